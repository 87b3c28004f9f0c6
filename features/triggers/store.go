package triggers

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/rest"
)

const columns = `SELECT id, number, name, description, enabled, run_once, site_id, conditions, actions, updated_at FROM triggers`

func scan(r db.Row) (t chat.Trigger, err error) {
	err = r.Scan(&t.ID, &t.Number, &t.Name, &t.Description, &t.Enabled, &t.RunOnce, &t.Site, db.JSON(&t.Conditions), db.JSON(&t.Actions), &t.UpdatedAt)
	return t, err
}

func number(r db.Row) (n int64, err error) { err = r.Scan(&n); return n, err }

func find(ctx context.Context, q db.Querier, t chat.TriggerID) (chat.Trigger, error) {
	return db.One(ctx, q, scan, columns+` WHERE id = $1`, t)
}

func count(ctx context.Context, q db.Querier) (int64, error) {
	return db.One(ctx, q, number, `SELECT count(*) FROM triggers`)
}

var orders = map[string]string{"name": "name", "description": "description", "enabled": "enabled", "runOnce": "run_once", "_updatedAt": "updated_at", "_id": "id"}

func list(ctx context.Context, q db.Querier, by rest.Sort, offset, limit int64) ([]chat.Trigger, int64, error) {
	total, err := count(ctx, q)
	if err != nil {
		return nil, 0, err
	}
	if limit == 0 {
		limit = total
	}
	all, err := db.All(ctx, q, scan, columns+` ORDER BY `+by.Over(orders)+`number LIMIT $1 OFFSET $2`, limit, offset)
	return all, total, err
}

func siteExists(ctx context.Context, q db.Querier, site chat.SiteID) (yes bool, err error) {
	err = q.QueryRow(ctx, `SELECT $1 = '' OR EXISTS (SELECT 1 FROM sites WHERE id = $1)`, string(site)).Scan(&yes)
	return yes, err
}

func write(ctx context.Context, tx *db.Tx, t chat.Trigger) error {
	_, err := tx.Exec(ctx, `INSERT INTO triggers (id, number, name, description, enabled, run_once, site_id, conditions, actions, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description,
		enabled = excluded.enabled, run_once = excluded.run_once, site_id = excluded.site_id, conditions = excluded.conditions,
		actions = excluded.actions, updated_at = excluded.updated_at`,
		t.ID, t.Number, t.Name, t.Description, t.Enabled, t.RunOnce, t.Site, db.JSON(t.Conditions), db.JSON(t.Actions), t.UpdatedAt)
	return err
}

func remove(ctx context.Context, tx *db.Tx, t chat.TriggerID) error {
	_, err := tx.Exec(ctx, `DELETE FROM triggers WHERE id = $1`, t)
	return err
}

// visitorOf finds what a preview needs of a visitor.
func visitorOf(ctx context.Context, q db.Querier, v chat.VisitorID) (chat.Visitor, error) {
	return db.One(ctx, q, func(r db.Row) (v chat.Visitor, err error) {
		err = r.Scan(&v.ID, &v.Site, &v.Token, &v.Department)
		return v, err
	}, `SELECT id, site_id, token, department_id FROM visitors WHERE id = $1`, v)
}

func departmentExists(ctx context.Context, q db.Querier, d chat.DepartmentID) (yes bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM departments WHERE id = $1 AND enabled AND NOT archived)`, d).Scan(&yes)
	return yes, err
}

func openRoom(ctx context.Context, q db.Querier, v chat.VisitorID) ([]chat.RoomID, error) {
	return db.All(ctx, q, func(r db.Row) (id chat.RoomID, err error) { return id, r.Scan(&id) },
		`SELECT id FROM rooms WHERE visitor_id = $1 AND open ORDER BY ts DESC LIMIT 1`, v)
}

// writeVisit stores a visit as it is now.
func writeVisit(ctx context.Context, tx *db.Tx, v Visit) error {
	_, err := tx.Exec(ctx, `INSERT INTO trigger_visits (visitor_id, id, site_id, facts, ledger, began_at, updated_at)
		SELECT $1, $2, site_id, $3, $4, $5, $6 FROM visitors WHERE id = $1
		ON CONFLICT (visitor_id, id) DO UPDATE SET facts = excluded.facts, ledger = excluded.ledger, updated_at = excluded.updated_at`,
		v.visitor, v.ID, db.JSON(v.Facts), db.JSON(v.Ledger), v.BeganAt, v.UpdatedAt)
	return err
}

// dropOldest keeps the newest visits of a visitor.
func dropOldest(ctx context.Context, tx *db.Tx, v chat.VisitorID, keep int64) error {
	_, err := tx.Exec(ctx, `DELETE FROM trigger_visits WHERE visitor_id = $1 AND id IN (SELECT id FROM trigger_visits WHERE visitor_id = $1
		ORDER BY began_at DESC, id DESC LIMIT 1000 OFFSET $2)`, v, keep)
	return err
}

// met notes that a visitor met a trigger; one that does not exist is not noted.
func met(ctx context.Context, tx *db.Tx, v chat.VisitorID, t chat.TriggerID) error {
	_, err := tx.Exec(ctx, `INSERT INTO trigger_firings (visitor_id, trigger_id, at) SELECT $1, id, $3 FROM triggers WHERE id = $2
		ON CONFLICT (visitor_id, trigger_id) DO NOTHING`, v, t, tx.Now())
	return err
}

const visitColumns = `SELECT id, visitor_id, site_id, facts, ledger, began_at, updated_at FROM trigger_visits`

func scanVisit(r db.Row) (v Visit, err error) {
	err = r.Scan(&v.ID, &v.visitor, &v.Site, db.JSON(&v.Facts), db.JSON(&v.Ledger), &v.BeganAt, &v.UpdatedAt)
	return v, err
}

func visitsOf(ctx context.Context, q db.Querier, v chat.VisitorID, since clock.Instant) ([]Visit, error) {
	return db.All(ctx, q, scanVisit, visitColumns+` WHERE visitor_id = $1 AND updated_at >= $2 ORDER BY began_at DESC, id DESC`, v, since)
}

// liveVisits is what the browser of somebody on a site tells of its page load, if it tells of triggers.
func liveVisits(ctx context.Context, q db.Querier, sighting string) ([]Visit, error) {
	return db.All(ctx, q, func(r db.Row) (v Visit, err error) {
		v.Facts = []Fact{}
		return v, r.Scan(&v.ID, &v.Site, db.JSON(&v.Ledger), &v.BeganAt, &v.UpdatedAt)
	}, `SELECT id, site_id, ledger, began_at, seen_at FROM sightings WHERE id = $1 AND ledger <> '[]'`, sighting)
}

func names(ctx context.Context, q db.Querier) (map[chat.TriggerID]string, error) {
	all := map[chat.TriggerID]string{}
	_, err := db.All(ctx, q, func(r db.Row) (id chat.TriggerID, err error) {
		var name string
		err = r.Scan(&id, &name)
		all[id] = name
		return id, err
	}, `SELECT id, name FROM triggers`)
	return all, err
}

func visitsBetween(ctx context.Context, q db.Querier, p Period) ([]Visit, int64, error) {
	const where = ` WHERE began_at >= $1 AND began_at < $2 AND ($3 = '' OR site_id = $3)`
	total, err := db.One(ctx, q, number, `SELECT count(*) FROM trigger_visits`+where, p.From, p.To, string(p.Site))
	if err != nil {
		return nil, 0, err
	}
	all, err := db.All(ctx, q, scanVisit, visitColumns+where+` ORDER BY began_at, id LIMIT $4 OFFSET $5`, p.From, p.To, string(p.Site), p.Limit, p.Offset)
	return all, total, err
}

func expire(ctx context.Context, tx *db.Tx, before clock.Instant) error {
	_, err := tx.Exec(ctx, `DELETE FROM trigger_visits WHERE began_at < $1`, before)
	return err
}

// forget removes what is known of a visitor.
func forget(ctx context.Context, tx *db.Tx, v chat.VisitorID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM trigger_visits WHERE visitor_id = $1`, v); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM trigger_firings WHERE visitor_id = $1`, v)
	return err
}
