package onsite

import (
	"context"
	"errors"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

func gone(err error) bool { return errors.Is(err, db.ErrNoRows) }

func flag(r db.Row) (yes bool, err error)  { return yes, r.Scan(&yes) }
func number(r db.Row) (n int64, err error) { return n, r.Scan(&n) }

const rowColumns = `SELECT id, page, kin, site_id, visitor_id, name, staff_name, email, phone, href, title, referrer, browser, targets, offered,
	pages, visits, began_at, seen_at, left_at, expires_at, invitation_id, invitation, invited_by, invited_at FROM sightings `

func scanRow(r db.Row) (x row, err error) {
	err = r.Scan(&x.id, &x.page, &x.kin, &x.site, &x.visitor, &x.b.Name, &x.b.StaffName, &x.b.Email, &x.b.Phone, &x.b.Href, &x.b.Title, &x.b.Referrer, &x.b.Browser,
		db.JSON(&x.b.Targets), &x.b.Offered, &x.pages, &x.visits, &x.began, &x.seen, &x.left, &x.expiry, &x.invitation, &x.text, &x.by, &x.invitedAt)
	return x, err
}

func rowOfPage(ctx context.Context, tx *db.Tx, page string) (row, error) {
	return db.One(ctx, tx, scanRow, rowColumns+`WHERE page = $1 AND expires_at > $2`, page, tx.Now())
}

func rowOfVisitor(ctx context.Context, tx *db.Tx, v chat.VisitorID, site chat.SiteID) (row, error) {
	return db.One(ctx, tx, scanRow, rowColumns+`WHERE visitor_id = $1 AND site_id = $2 AND expires_at > $3 ORDER BY seen_at DESC LIMIT 1`, v, site, tx.Now())
}

// rowBefore is the one visitor of this browser and address who has just left the page
// that the new one was reached from, or has loaded it anew; of several it is none.
func rowBefore(ctx context.Context, tx *db.Tx, kin, referrer, href string) (row, error) {
	found, err := db.All(ctx, tx, scanRow, rowColumns+`WHERE kin = $1 AND left_at > 0 AND href IN ($2, $3) AND href <> '' AND visitor_id = '' AND expires_at > $4 LIMIT 2`, kin, referrer, href, tx.Now())
	if err == nil && len(found) != 1 {
		err = db.ErrNoRows
	}
	if err != nil {
		return row{}, err
	}
	return found[0], nil
}

func count(ctx context.Context, tx *db.Tx) (int64, error) {
	return db.One(ctx, tx, number, `SELECT count(*) FROM sightings`)
}

// save stores a row; of two that a browser's haste makes of one page load the first stays.
func save(ctx context.Context, tx *db.Tx, x row, fresh bool) error {
	if fresh {
		_, err := tx.Exec(ctx, `DELETE FROM sightings WHERE page = $1 AND expires_at <= $2`, x.page, tx.Now())
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO sightings (id, page, kin, site_id, visitor_id, name, staff_name, email, phone, href, title, referrer, browser, targets, offered,
			pages, visits, began_at, seen_at, left_at, expires_at, invitation_id, invitation, invited_by, invited_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 0, $20, '', '', '', 0) ON CONFLICT (page) DO NOTHING`,
			x.id, x.page, x.kin, x.site, x.visitor, x.b.Name, x.b.StaffName, x.b.Email, x.b.Phone, x.b.Href, x.b.Title, x.b.Referrer, x.b.Browser, db.JSON(x.b.Targets), x.b.Offered,
			x.pages, x.visits, x.began, x.seen, x.expiry)
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE sightings SET page = $2, kin = $3, visitor_id = $4, name = $5, staff_name = $6, email = $7, phone = $8, href = $9, title = $10,
		browser = $11, targets = $12, offered = $13, pages = $14, visits = $15, seen_at = $16, left_at = 0, expires_at = $17,
		invitation_id = $18, invitation = $19, invited_by = $20, invited_at = $21 WHERE id = $1`,
		x.id, x.page, x.kin, x.visitor, x.b.Name, x.b.StaffName, x.b.Email, x.b.Phone, x.b.Href, x.b.Title,
		x.b.Browser, db.JSON(x.b.Targets), x.b.Offered, x.pages, x.visits, x.seen, x.expiry, x.invitation, x.text, x.by, x.invitedAt)
	return err
}

// visit notes that a visitor is there, and how often he came: again after a while away.
func visit(ctx context.Context, tx *db.Tx, v chat.VisitorID, comes bool) (int64, error) {
	_, err := tx.Exec(ctx, `INSERT INTO visit_counts (visitor_id, visits, last_at) VALUES ($1, 1, $2) ON CONFLICT (visitor_id) DO UPDATE SET last_at = $2,
		visits = visit_counts.visits + CASE WHEN $3 AND visit_counts.last_at < $4 THEN 1 ELSE 0 END WHERE visit_counts.last_at < $5`,
		v, tx.Now(), comes, tx.Now().Add(-newVisit), tx.Now().Add(-newVisit/10))
	if err != nil {
		return 0, err
	}
	return db.One(ctx, tx, number, `SELECT visits FROM visit_counts WHERE visitor_id = $1`, v)
}

func hasOpenRoom(ctx context.Context, q db.Querier, v chat.VisitorID) (bool, error) {
	return db.One(ctx, q, flag, `SELECT EXISTS (SELECT 1 FROM rooms WHERE visitor_id = $1 AND open)`, v)
}

func removeOthers(ctx context.Context, tx *db.Tx, v chat.VisitorID, site chat.SiteID, but string) error {
	_, err := tx.Exec(ctx, `DELETE FROM sightings WHERE visitor_id = $1 AND site_id = $2 AND id <> $3`, v, site, but)
	return err
}

func leave(ctx context.Context, tx *db.Tx, id string, until clock.Instant) error {
	_, err := tx.Exec(ctx, `UPDATE sightings SET left_at = $2, expires_at = $3 WHERE id = $1`, id, tx.Now(), until)
	return err
}

// spokenTo is the open invitation of a page load as its visitor reads it, nil: none.
func spokenTo(ctx context.Context, q db.Querier, page string, set *chat.Settings) (*Spoken, error) {
	var u chat.User
	said, err := db.One(ctx, q, func(r db.Row) (x Spoken, err error) {
		return x, r.Scan(&x.ID, &x.Text, &u.ID, &u.Username, &u.Name, &u.Status)
	},
		`SELECT s.invitation_id, s.invitation, u.id, u.username, u.name, coalesce(a.status, 'offline') FROM sightings s JOIN users u ON u.id = s.invited_by
		LEFT JOIN agents a ON a.user_id = u.id WHERE s.page = $1 AND s.invitation_id <> ''`, page)
	if gone(err) {
		return nil, nil
	}
	said.Agent = u.ForVisitor(set)
	return &said, err
}

// there is the condition of a sight on the visitors who are there; its values come first.
const there = `s.expires_at > $5 AND s.left_at = 0 AND ($1
	OR (s.site_id IN (SELECT d.site_id FROM departments d JOIN unit_monitors m ON m.unit_id = d.unit_id WHERE m.monitor_id = $2)
		AND (r.id IS NULL OR r.unit_id IN (SELECT m.unit_id FROM unit_monitors m WHERE m.monitor_id = $2)))
	OR CAST($2 AS TEXT) <> '' AND NOT EXISTS (SELECT 1 FROM units)
	OR CAST($3 AS TEXT) <> '' AND (s.site_id IN (SELECT d.site_id FROM department_agents m JOIN departments d ON d.id = m.department_id WHERE m.agent_id = $3)
		OR NOT EXISTS (SELECT 1 FROM department_agents m WHERE m.agent_id = $3))
	OR r.served_by = CAST($4 AS TEXT))`

// seen joins a visitor with what else is known of him.
const seen = ` FROM sightings s LEFT JOIN sites w ON w.id = s.site_id LEFT JOIN visitors v ON v.id = s.visitor_id
	LEFT JOIN livechatoo_notes n ON n.visitor_id = v.id LEFT JOIN users u ON u.id = s.invited_by
	LEFT JOIN rooms r ON r.id = (SELECT o.id FROM rooms o WHERE o.visitor_id = s.visitor_id AND o.open ORDER BY o.ts DESC LIMIT 1) WHERE ` + there

func (v sight) args(now clock.Instant) []any { return []any{v.all, v.monitor, v.agent, v.me, now} }

var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func list(ctx context.Context, q db.Querier, v sight, f Filter, now clock.Instant) (all []Sighting, total int64, err error) {
	part := ""
	if f.Text != "" {
		part = "%" + literal.Replace(strings.ToLower(f.Text)) + "%"
	}
	const matching = seen + ` AND (CAST($6 AS TEXT) = '' OR lower(s.name || ' ' || s.staff_name || ' ' || s.email || ' ' || s.href || ' ' || s.title || ' ' || coalesce(v.search, '')) LIKE $6 ESCAPE '\')`
	args := append(v.args(now), part)
	if total, err = db.One(ctx, q, number, `SELECT count(*)`+matching, args...); err != nil {
		return nil, 0, err
	}
	all, err = db.All(ctx, q, scanSighting(v), `SELECT s.id, s.site_id, coalesce(w.name, ''), s.visitor_id,
		coalesce(nullif(s.staff_name, ''), nullif(n.name, ''), nullif(v.name, ''), s.name),
		coalesce((SELECT e.address FROM visitor_emails e WHERE e.visitor_id = v.id ORDER BY e.position LIMIT 1), s.email),
		coalesce((SELECT p.number FROM visitor_phones p WHERE p.visitor_id = v.id ORDER BY p.position LIMIT 1), s.phone),
		s.href, s.title, s.referrer, s.browser, s.targets, s.offered, s.pages, s.visits, s.began_at, s.seen_at,
		s.invitation_id, s.invitation, s.invited_by, coalesce(u.username, ''), coalesce(u.name, ''), s.invited_at, coalesce(r.id, ''), coalesce(r.served_by, '')`+
		matching+` ORDER BY CASE WHEN s.targets = '[]' THEN 1 ELSE 0 END, s.began_at DESC, s.id DESC LIMIT $7 OFFSET $8`, append(args, f.Limit, f.Offset)...)
	return all, total, err
}

func scanSighting(v sight) func(db.Row) (Sighting, error) {
	return func(r db.Row) (x Sighting, err error) {
		var offered bool
		var i Invitation
		var served chat.UserID
		err = r.Scan(&x.ID, &x.Site, &x.SiteName, &x.Visitor, &x.Name, &x.Email, &x.Phone, &x.Href, &x.Title, &x.Referrer, &x.Browser, db.JSON(&x.Targets), &offered,
			&x.Pages, &x.Visits, &x.Since, &x.SeenAt, &i.ID, &i.Text, &i.By.ID, &i.By.Username, &i.By.Name, &i.At, &x.Room, &served)
		switch {
		case served != "":
			x.Status = Chatting
		case x.Room != "":
			x.Status = Waiting
		case offered || i.ID != "":
			x.Status = Offered
		default:
			x.Status = Browsing
		}
		if i.ID != "" && x.Room == "" {
			x.Invitation = &i
		}
		if !v.all && served != v.me {
			x.Room = ""
		}
		return x, err
	}
}

func isThere(ctx context.Context, tx *db.Tx, v sight, id string) (bool, error) {
	return db.One(ctx, tx, flag, `SELECT EXISTS (SELECT 1`+seen+` AND s.id = $6)`, append(v.args(tx.Now()), id)...)
}

func isAgent(ctx context.Context, q db.Querier, u chat.UserID) (bool, error) {
	return db.One(ctx, q, flag, `SELECT EXISTS (SELECT 1 FROM agents a JOIN user_roles r ON r.user_id = a.user_id AND r.role = 'livechat-agent' WHERE a.user_id = $1)`, u)
}

func talking(ctx context.Context, q db.Querier, id string) (bool, error) {
	return db.One(ctx, q, flag, `SELECT EXISTS (SELECT 1 FROM sightings s JOIN rooms r ON r.visitor_id = s.visitor_id AND r.open WHERE s.id = $1)`, id)
}

// invite writes an open invitation, or that there is none.
func invite(ctx context.Context, tx *db.Tx, id string, x row) error {
	_, err := tx.Exec(ctx, `UPDATE sightings SET invitation_id = $2, invitation = $3, invited_by = $4, invited_at = $5 WHERE id = $1`, id, x.invitation, x.text, x.by, x.invitedAt)
	return err
}

// expire removes who is gone and reports whether somebody was still shown.
func expire(ctx context.Context, tx *db.Tx) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM sightings WHERE expires_at <= $1`, tx.Now())
}

func removeOf(ctx context.Context, tx *db.Tx, v chat.VisitorID) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM sightings WHERE visitor_id = $1 AND visitor_id <> ''`, v)
}
