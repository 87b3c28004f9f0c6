package onsite

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/search"
)

func gone(err error) bool { return errors.Is(err, db.ErrNoRows) }

func flag(r db.Row) (yes bool, err error)  { return yes, r.Scan(&yes) }
func number(r db.Row) (n int64, err error) { return n, r.Scan(&n) }

const rowColumns = `SELECT id, page, kin, site_id, visitor_id, name, staff_name, email, phone, href, title, referrer, browser, targets, offered,
	pages, visits, began_at, seen_at, left_at, expires_at, invitation_id, invitation, invited_by, invited_at, ledger FROM sightings `

func scanRow(r db.Row) (x row, err error) {
	err = r.Scan(&x.id, &x.page, &x.kin, &x.site, &x.visitor, &x.b.Name, &x.b.StaffName, &x.b.Email, &x.b.Phone, &x.b.Href, &x.b.Title, &x.b.Referrer, &x.b.Browser,
		db.JSON(&x.b.Targets), &x.b.Offered, &x.pages, &x.visits, &x.began, &x.seen, &x.left, &x.expiry, &x.invitation, &x.text, &x.by, &x.invitedAt, db.JSON(&x.b.Ledger))
	return x, err
}

// What a sign of life looks for; each has its index.
const (
	ofPage    = `WHERE page = $1 AND expires_at > $2`
	ofVisitor = `WHERE visitor_id = $1 AND visitor_id <> '' AND site_id = $2 AND expires_at > $3 ORDER BY seen_at DESC LIMIT 1`
	before    = `WHERE kin = $1 AND left_at > 0 AND href IN ($2, $3) AND href <> '' AND visitor_id = '' AND expires_at > $4 LIMIT 2`
	crowded   = `SELECT (SELECT count(*) FROM sightings WHERE expires_at > $1 AND left_at = 0) >= $2
		OR (SELECT count(*) FROM sightings WHERE origin = $3 AND expires_at > $1) >= $4`
	others = `DELETE FROM sightings WHERE visitor_id = $1 AND visitor_id <> '' AND site_id = $2 AND page <> $3 RETURNING invitation_id, invitation, invited_by, invited_at`
)

func rowOfPage(ctx context.Context, tx *db.Tx, page string) (row, error) {
	return db.One(ctx, tx, scanRow, rowColumns+ofPage+tx.Locked(), page, tx.Now())
}

func rowOfVisitor(ctx context.Context, tx *db.Tx, v chat.VisitorID, site chat.SiteID) (row, error) {
	return db.One(ctx, tx, scanRow, rowColumns+ofVisitor+tx.Locked(), v, site, tx.Now())
}

// rowBefore is the one visitor of this browser and address who has just left the page
// that the new one was reached from, or has loaded it anew; of several it is none.
func rowBefore(ctx context.Context, tx *db.Tx, kin, referrer, href string) (row, error) {
	found, err := db.All(ctx, tx, scanRow, rowColumns+before+tx.Locked(), kin, referrer, href, tx.Now())
	if err == nil && len(found) != 1 {
		err = db.ErrNoRows
	}
	if err != nil {
		return row{}, err
	}
	return found[0], nil
}

// full is whether there are too many visitors for one more, or too many of his address,
// who count until they are forgotten.
func full(ctx context.Context, tx *db.Tx, origin string) (bool, error) {
	return db.One(ctx, tx, flag, crowded, tx.Now(), most, origin, mostOfOne)
}

// save stores a row; of two that a browser's haste makes of one page load the first stays.
func save(ctx context.Context, tx *db.Tx, x row, fresh bool) error {
	if _, err := tx.Exec(ctx, `DELETE FROM sightings WHERE page = $1 AND expires_at <= $2`, x.page, tx.Now()); err != nil {
		return err
	}
	if fresh {
		_, err := tx.Exec(ctx, `INSERT INTO sightings (id, page, kin, site_id, visitor_id, name, staff_name, email, phone, href, title, referrer, browser, targets, offered,
			pages, visits, began_at, seen_at, left_at, expires_at, invitation_id, invitation, invited_by, invited_at, search, origin, ledger)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 0, $20, '', '', '', 0, $21, $22, $23) ON CONFLICT (page) DO NOTHING`,
			x.id, x.page, x.kin, x.site, x.visitor, x.b.Name, x.b.StaffName, x.b.Email, x.b.Phone, x.b.Href, x.b.Title, x.b.Referrer, x.b.Browser, db.JSON(x.b.Targets), x.b.Offered,
			x.pages, x.visits, x.began, x.seen, x.expiry, searchText(x.b), id.Hash(x.b.IP), db.JSON(x.b.Ledger))
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE sightings SET page = $2, kin = $3, visitor_id = $4, name = $5, staff_name = $6, email = $7, phone = $8, href = $9, title = $10,
		browser = $11, targets = $12, offered = $13, pages = $14, visits = $15, seen_at = $16, left_at = 0, expires_at = $17, search = $18, ledger = $19 WHERE id = $1`,
		x.id, x.page, x.kin, x.visitor, x.b.Name, x.b.StaffName, x.b.Email, x.b.Phone, x.b.Href, x.b.Title,
		x.b.Browser, db.JSON(x.b.Targets), x.b.Offered, x.pages, x.visits, x.seen, x.expiry, searchText(x.b), db.JSON(x.b.Ledger))
	return err
}

// triggers are those that there are.
func triggers(ctx context.Context, q db.Querier) ([]chat.TriggerID, error) {
	return db.All(ctx, q, func(r db.Row) (t chat.TriggerID, err error) { return t, r.Scan(&t) }, `SELECT id FROM triggers`)
}

// visit notes that a visitor is there, and how often he came: again after a while away. Of
// somebody who has been erased there is nothing.
func visit(ctx context.Context, tx *db.Tx, v chat.VisitorID, comes bool) (int64, error) {
	_, err := tx.Exec(ctx, `INSERT INTO visit_counts (visitor_id, visits, last_at) SELECT id, 1, CAST($2 AS BIGINT) FROM visitors WHERE id = $1 ON CONFLICT (visitor_id) DO UPDATE SET last_at = $2,
		visits = visit_counts.visits + CASE WHEN $3 AND visit_counts.last_at < $4 THEN 1 ELSE 0 END WHERE visit_counts.last_at < $5`,
		v, tx.Now(), comes, tx.Now().Add(-newVisit), tx.Now().Add(-newVisit/10))
	if err != nil {
		return 0, err
	}
	return db.One(ctx, tx, number, `SELECT visits FROM visit_counts WHERE visitor_id = $1`, v)
}

// answered is whether a chat has come since something was said, or goes on.
func answered(ctx context.Context, q db.Querier, v chat.VisitorID, at clock.Instant) (bool, error) {
	return db.One(ctx, q, flag, `SELECT EXISTS (SELECT 1 FROM rooms WHERE visitor_id = $1 AND (open OR ts >= $2))`, v, at)
}

// removeOthers removes a visitor's other rows and returns what was said on them.
func removeOthers(ctx context.Context, tx *db.Tx, x row) ([]row, error) {
	return db.All(ctx, tx, func(r db.Row) (o row, err error) { return o, r.Scan(&o.invitation, &o.text, &o.by, &o.invitedAt) },
		others, x.visitor, x.site, x.page)
}

func leave(ctx context.Context, tx *db.Tx, id string, until clock.Instant) error {
	_, err := tx.Exec(ctx, `UPDATE sightings SET left_at = $2, expires_at = $3 WHERE id = $1`, id, tx.Now(), until)
	return err
}

// spokenTo is the open invitation of a page load as its visitor reads it, nil: none.
func spokenTo(ctx context.Context, q db.Querier, page string, set *chat.Settings) (*Spoken, error) {
	var u chat.User
	said, err := db.One(ctx, q, func(r db.Row) (x Spoken, err error) {
		return x, r.Scan(&x.ID, &x.Text, &u.ID, &u.Username, &u.Name, &u.Status, &u.AvatarETag)
	},
		`SELECT s.invitation_id, s.invitation, u.id, u.username, u.name, coalesce(a.status, 'offline'), coalesce((SELECT p.tag FROM portraits p WHERE p.user_id = u.id), '') FROM sightings s JOIN users u ON u.id = s.invited_by
		LEFT JOIN agents a ON a.user_id = u.id WHERE s.page = $1 AND s.invitation_id <> ''`, page)
	if gone(err) {
		return nil, nil
	}
	said.Agent = u.ForVisitor(set)
	return &said, err
}

// here are the visitors who are there, talk joins each one's open chat, and limits is what
// a sight leaves of them; its values follow the moment.
const (
	here   = ` WHERE s.expires_at > $1 AND s.left_at = 0`
	talk   = ` LEFT JOIN rooms r ON r.id = (SELECT o.id FROM rooms o WHERE o.visitor_id = s.visitor_id AND o.open ORDER BY o.ts DESC LIMIT 1)`
	limits = ` AND (s.site_id IN (SELECT d.site_id FROM departments d JOIN unit_monitors m ON m.unit_id = d.unit_id WHERE m.monitor_id = $2)
		AND (r.id IS NULL OR r.unit_id IN (SELECT m.unit_id FROM unit_monitors m WHERE m.monitor_id = $2))
	OR CAST($2 AS TEXT) <> '' AND NOT EXISTS (SELECT 1 FROM units)
	OR CAST($3 AS TEXT) <> '' AND (s.site_id IN (SELECT d.site_id FROM department_agents m JOIN departments d ON d.id = m.department_id WHERE m.agent_id = $3)
		OR CAST($2 AS TEXT) = '' AND NOT EXISTS (SELECT 1 FROM department_agents m WHERE m.agent_id = $3))
		AND (r.id IS NULL OR r.department_id = '' OR r.department_id IN (SELECT m.department_id FROM department_agents m WHERE m.agent_id = $3))
	OR r.served_by = CAST($4 AS TEXT))`
)

// seen are the visitors whom a sight shows; whoever sees everybody needs no look at chats.
func (v sight) seen(now clock.Instant) (from string, args []any) {
	if v.All {
		return ` FROM sightings s` + here, []any{now}
	}
	return ` FROM sightings s` + talk + here + limits, []any{now, v.Monitor, v.Agent, v.me}
}

// one is the visitor of an id among them.
func (v sight) one(id string, now clock.Instant) (from string, args []any) {
	from, args = v.seen(now)
	args = append(args, id)
	return fmt.Sprintf(`%s AND s.id = $%d`, from, len(args)), args
}

// matching are those of them in whom a text is found.
func (v sight) matching(part string, now clock.Instant) (from string, args []any) {
	from, args = v.seen(now)
	if part == "" {
		return from, args
	}
	args = append(args, "%"+literal.Replace(search.Fold(part))+"%")
	like := fmt.Sprintf(`.search LIKE $%d ESCAPE '\'`, len(args))
	return from + ` AND (s` + like + ` OR EXISTS (SELECT 1 FROM visitors v WHERE v.id = s.visitor_id AND v` + like + `))`, args
}

var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

const (
	inOrder = ` ORDER BY CASE WHEN s.targets = '[]' THEN 1 ELSE 0 END, s.began_at DESC, s.id DESC`
	shown   = `SELECT s.id, s.site_id, coalesce(w.name, ''), s.visitor_id,
		coalesce(nullif(s.staff_name, ''), nullif(n.name, ''), nullif(v.name, ''), nullif(s.name, ''), v.username, ''),
		coalesce((SELECT e.address FROM visitor_emails e WHERE e.visitor_id = v.id ORDER BY e.position LIMIT 1), s.email),
		coalesce((SELECT p.number FROM visitor_phones p WHERE p.visitor_id = v.id ORDER BY p.position LIMIT 1), s.phone),
		s.href, s.title, s.referrer, s.browser, s.targets, s.offered, s.pages, s.visits, s.began_at, s.seen_at,
		s.invitation_id, s.invitation, s.invited_by, coalesce(u.username, ''), coalesce(u.name, ''), s.invited_at, coalesce(r.id, ''), coalesce(r.served_by, ''), c.total
		FROM (%s LIMIT $%d OFFSET $%d) c JOIN sightings s ON s.id = c.id LEFT JOIN sites w ON w.id = s.site_id LEFT JOIN visitors v ON v.id = s.visitor_id
		LEFT JOIN livechatoo_notes n ON n.visitor_id = v.id LEFT JOIN users u ON u.id = s.invited_by` + talk + inOrder
)

// list chooses a page's visitors before it looks at what else is known of them.
func list(ctx context.Context, q db.Querier, v sight, f Filter, now clock.Instant) (all []Sighting, total int64, err error) {
	from, args := v.matching(f.Text, now)
	page := fmt.Sprintf(shown, `SELECT s.id, count(*) OVER () AS total`+from+inOrder, len(args)+1, len(args)+2)
	all, err = db.All(ctx, q, scanSighting(v, &total), page, append(args, f.Limit, f.Offset)...)
	if err == nil && len(all) == 0 && f.Offset > 0 { // past the end no row tells
		total, err = db.One(ctx, q, number, `SELECT count(*)`+from, args...)
	}
	return all, total, err
}

func scanSighting(v sight, total *int64) func(db.Row) (Sighting, error) {
	return func(r db.Row) (x Sighting, err error) {
		var offered bool
		var i Invitation
		var served chat.UserID
		err = r.Scan(&x.ID, &x.Site, &x.SiteName, &x.Visitor, &x.Name, &x.Email, &x.Phone, &x.Href, &x.Title, &x.Referrer, &x.Browser, db.JSON(&x.Targets), &offered,
			&x.Pages, &x.Visits, &x.Since, &x.SeenAt, &i.ID, &i.Text, &i.By.ID, &i.By.Username, &i.By.Name, &i.At, &x.Room, &served, total)
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
		if !v.All && served != v.me {
			x.Room = ""
		}
		return x, err
	}
}

func whoIs(ctx context.Context, q db.Querier, v sight, id string, now clock.Instant) (who chat.VisitorID, since clock.Instant, err error) {
	from, args := v.one(id, now)
	err = q.QueryRow(ctx, `SELECT s.visitor_id, s.began_at`+from, args...).Scan(&who, &since)
	return who, since, err
}

func isThere(ctx context.Context, tx *db.Tx, v sight, id string) (bool, error) {
	from, args := v.one(id, tx.Now())
	return db.One(ctx, tx, flag, `SELECT EXISTS (SELECT 1`+from+`)`, args...)
}

func isAgent(ctx context.Context, q db.Querier, u chat.UserID) (bool, error) {
	return db.One(ctx, q, flag, `SELECT EXISTS (SELECT 1 FROM agents a JOIN user_roles r ON r.user_id = a.user_id AND r.role = 'livechat-agent' WHERE a.user_id = $1)`, u)
}

func talking(ctx context.Context, q db.Querier, id string) (bool, error) {
	return db.One(ctx, q, flag, `SELECT EXISTS (SELECT 1 FROM sightings s JOIN rooms r ON r.visitor_id = s.visitor_id AND r.open WHERE s.id = $1)`, id)
}

// invite writes an open invitation, or that there is none, and how many rows have it now.
func invite(ctx context.Context, tx *db.Tx, id string, x row) (int64, error) {
	return tx.Exec(ctx, `UPDATE sightings SET invitation_id = $2, invitation = $3, invited_by = $4, invited_at = $5 WHERE id = $1`, id, x.invitation, x.text, x.by, x.invitedAt)
}

// expire removes who is gone and reports whether somebody was still shown.
func expire(ctx context.Context, tx *db.Tx) (int64, error) {
	if _, err := tx.Exec(ctx, `DELETE FROM sightings WHERE expires_at <= $1 AND left_at > 0`, tx.Now()); err != nil {
		return 0, err
	}
	return tx.Exec(ctx, `DELETE FROM sightings WHERE expires_at <= $1`, tx.Now())
}

func removeOf(ctx context.Context, tx *db.Tx, v chat.VisitorID) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM sightings WHERE visitor_id = $1 AND visitor_id <> ''`, v)
}
