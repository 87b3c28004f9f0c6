package sites

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

const columns = `SELECT id, name, hosts, business_hour_id FROM sites`

func scan(r db.Row) (s chat.Site, err error) {
	err = r.Scan(&s.ID, &s.Name, db.JSON(&s.Hosts), &s.Hour)
	return s, err
}

// value is one own value of a site.
type value struct {
	site     chat.SiteID
	id, text string
}

func values(ctx context.Context, q db.Querier) ([]value, error) {
	return db.All(ctx, q, func(r db.Row) (v value, err error) { return v, r.Scan(&v.site, &v.id, &v.text) },
		`SELECT site_id, id, value FROM site_settings ORDER BY site_id, id`)
}

// load reads the sites and their own values; one that this version would refuse is none.
func load(ctx context.Context, q db.Querier) ([]chat.Site, map[chat.SiteID]map[string]any, error) {
	all, err := db.All(ctx, q, scan, columns+` ORDER BY id`)
	if err != nil {
		return nil, nil, err
	}
	stored, err := values(ctx, q)
	own := map[chat.SiteID]map[string]any{}
	for _, v := range stored {
		d, ok := chat.SiteSetting(v.id)
		if !ok {
			continue
		}
		accepted, err := d.Accept(json.RawMessage(v.text))
		if err != nil {
			continue
		}
		if own[v.site] == nil {
			own[v.site] = map[string]any{}
		}
		own[v.site][v.id] = accepted
	}
	return all, own, err
}

// list reads the sites with all that is theirs.
func list(ctx context.Context, q db.Querier) ([]Site, error) {
	all, err := db.All(ctx, q, func(r db.Row) (s Site, err error) {
		s.Departments, s.Settings = []chat.DepartmentID{}, map[string]json.RawMessage{}
		err = r.Scan(&s.ID, &s.Name, db.JSON(&s.Hosts), &s.Hour, &s.CreatedAt)
		return s, err
	}, `SELECT id, name, hosts, business_hour_id, created_at FROM sites ORDER BY id <> 'default', id`)
	if err != nil {
		return nil, err
	}
	at := map[chat.SiteID]*Site{}
	for i := range all {
		at[all[i].ID] = &all[i]
	}
	stored, err := values(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, v := range stored {
		at[v.site].Settings[v.id] = json.RawMessage(v.text)
	}
	_, err = db.All(ctx, q, func(r db.Row) (struct{}, error) {
		var site chat.SiteID
		var d chat.DepartmentID
		err := r.Scan(&site, &d)
		if s := at[site]; s != nil {
			s.Departments = append(s.Departments, d)
		}
		return struct{}{}, err
	}, `SELECT site_id, id FROM departments ORDER BY name, id`)
	return all, err
}

func exists(ctx context.Context, q db.Querier, site chat.SiteID) (yes bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM sites WHERE id = $1)`, site).Scan(&yes)
	return yes, err
}

func hourExists(ctx context.Context, q db.Querier, hour chat.HourID) (yes bool, err error) {
	err = q.QueryRow(ctx, `SELECT $1 = '' OR EXISTS (SELECT 1 FROM business_hours WHERE id = $1)`, string(hour)).Scan(&yes)
	return yes, err
}

func used(ctx context.Context, q db.Querier, site chat.SiteID) (yes bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM visitors WHERE site_id = $1) OR EXISTS (SELECT 1 FROM rooms WHERE site_id = $1)`, site).Scan(&yes)
	return yes, err
}

func write(ctx context.Context, tx *db.Tx, s chat.Site) error {
	_, err := tx.Exec(ctx, `INSERT INTO sites (id, name, hosts, business_hour_id, created_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, hosts = excluded.hosts, business_hour_id = excluded.business_hour_id`,
		s.ID, s.Name, db.JSON(s.Hosts), s.Hour, tx.Now())
	return err
}

func remove(ctx context.Context, tx *db.Tx, site chat.SiteID) error {
	_, err := tx.Exec(ctx, `DELETE FROM sites WHERE id = $1`, site)
	return err
}

// ownValue is a site's own value as JSON, "": none.
func ownValue(ctx context.Context, tx *db.Tx, site chat.SiteID, setting string) (text string, err error) {
	if _, err := tx.Next(ctx, "sites"); err != nil {
		return "", err
	}
	err = tx.QueryRow(ctx, `SELECT value FROM site_settings WHERE site_id = $1 AND id = $2`, site, setting).Scan(&text)
	if errors.Is(err, db.ErrNoRows) {
		return "", nil
	}
	return text, err
}

func setValue(ctx context.Context, tx *db.Tx, c change) (err error) {
	if c.text == "" {
		_, err = tx.Exec(ctx, `DELETE FROM site_settings WHERE site_id = $1 AND id = $2`, c.site, c.setting)
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO site_settings (site_id, id, value, updated_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (site_id, id) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`, c.site, c.setting, c.text, tx.Now())
	return err
}

func noteChange(ctx context.Context, tx *db.Tx, c change, previous string) error {
	_, err := tx.Exec(ctx, `INSERT INTO site_changes (id, site_id, setting, previous, value, user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		c.id, c.site, c.setting, previous, c.text, c.by, tx.Now())
	return err
}
