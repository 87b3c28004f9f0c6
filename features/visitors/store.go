package visitors

import (
	"context"
	"errors"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

const columns = `v.id, v.site_id, v.username, v.token, v.name, v.ts, v.department_id, v.status, v.last_chat_id, v.last_chat_at,
	v.livechat_data, v.activity, v.user_agent, v.ip, v.host, v.updated_at, v.contact_id,
	(SELECT address FROM visitor_emails e WHERE e.visitor_id = v.id AND e.position = 0),
	(SELECT number FROM visitor_phones p WHERE p.visitor_id = v.id AND p.position = 0),
	COALESCE((SELECT u.username FROM users u WHERE u.id = v.contact_manager), '')`

func scan(r db.Row) (v chat.Visitor, err error) {
	var last chat.ChatRef
	var email, phone *string
	var manager chat.ContactManager
	err = r.Scan(&v.ID, &v.Site, &v.Username, &v.Token, &v.Name, &v.TS, &v.Department, &v.Status, &last.ID, &last.TS,
		db.JSON(&v.LivechatData), db.JSON(&v.Activity), &v.UserAgent, &v.IP, &v.Host, &v.UpdatedAt, &v.ContactID, &email, &phone, &manager.Username)
	if last.ID != "" {
		v.LastChat = &last
	}
	if manager.Username != "" {
		v.ContactManager = &manager
	}
	if email != nil {
		v.VisitorEmails = emails(*email)
	}
	if phone != nil {
		v.Phone = phones(*phone)
	}
	return v, err
}

func byToken(ctx context.Context, q db.Querier, token string) (chat.Visitor, error) {
	return db.One(ctx, q, scan, `SELECT `+columns+` FROM visitors v WHERE v.token = $1 AND v.token_opens`, token)
}

func byID(ctx context.Context, q db.Querier, id chat.VisitorID) (chat.Visitor, error) {
	return db.One(ctx, q, scan, `SELECT `+columns+` FROM visitors v WHERE v.id = $1`, id)
}

// forRegistration finds the holder of a token and whether the token opens
// anything. Writing nothing new keeps other registrations with it waiting.
func forRegistration(ctx context.Context, tx *db.Tx, token string) (chat.Visitor, bool, error) {
	opens, err := db.One(ctx, tx, flag, `UPDATE visitors SET search = search WHERE token = $1 RETURNING token_opens`, token)
	if err != nil || !opens {
		return chat.Visitor{}, opens, err
	}
	v, err := byToken(ctx, tx, token)
	return v, true, err
}

// lock keeps other changes of the visitor waiting until the transaction ends.
func lock(ctx context.Context, tx *db.Tx, id chat.VisitorID) error {
	_, err := tx.Exec(ctx, `UPDATE visitors SET search = search WHERE id = $1`, id)
	return err
}

func flag(r db.Row) (b bool, err error) { err = r.Scan(&b); return b, err }

func number(r db.Row) (n int64, err error) { err = r.Scan(&n); return n, err }

func text(r db.Row) (s string, err error) { err = r.Scan(&s); return s, err }

// insert adds a visitor; false: the token is taken by a registration that was faster.
func insert(ctx context.Context, tx *db.Tx, v chat.Visitor, opens bool) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO visitors (id, site_id, username, token, token_opens, name, search, ts, department_id, status,
		user_agent, ip, host, updated_at, livechat_data, contact_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (token) DO NOTHING`, v.ID, v.Site, v.Username, v.Token, opens, v.Name, searchText(v), v.TS, v.Department, v.Status,
		v.UserAgent, v.IP, v.Host, v.UpdatedAt, object(v.LivechatData), v.ContactID)
	if err != nil || n == 0 {
		return false, err
	}
	return true, saveAddresses(ctx, tx, v)
}

func save(ctx context.Context, tx *db.Tx, v chat.Visitor) error {
	_, err := tx.Exec(ctx, `UPDATE visitors SET name = $2, search = $3, department_id = $4, status = $5, updated_at = $6, livechat_data = $7 WHERE id = $1`,
		v.ID, v.Name, searchText(v), v.Department, v.Status, v.UpdatedAt, object(v.LivechatData))
	if err != nil {
		return err
	}
	return saveAddresses(ctx, tx, v)
}

func saveAddresses(ctx context.Context, tx *db.Tx, v chat.Visitor) error {
	for _, e := range v.VisitorEmails {
		if _, err := tx.Exec(ctx, `INSERT INTO visitor_emails (visitor_id, position, address) VALUES ($1, 0, $2)
			ON CONFLICT (visitor_id, position) DO UPDATE SET address = excluded.address`, v.ID, e.Address); err != nil {
			return err
		}
	}
	for _, p := range v.Phone {
		if _, err := tx.Exec(ctx, `INSERT INTO visitor_phones (visitor_id, position, number) VALUES ($1, 0, $2)
			ON CONFLICT (visitor_id, position) DO UPDATE SET number = excluded.number`, v.ID, p.PhoneNumber); err != nil {
			return err
		}
	}
	return nil
}

// remove deletes the visitor with his addresses, sessions and pages.
func remove(ctx context.Context, tx *db.Tx, id chat.VisitorID) (bool, error) {
	if _, err := tx.Exec(ctx, `DELETE FROM pages WHERE visitor_id = $1`, id); err != nil {
		return false, err
	}
	n, err := tx.Exec(ctx, `DELETE FROM visitors WHERE id = $1`, id)
	return n > 0, err
}

func setStatus(ctx context.Context, tx *db.Tx, id chat.VisitorID, p chat.Presence) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE visitors SET status = $2, updated_at = $3 WHERE id = $1 AND status <> $2`, id, p, tx.Now())
	return n > 0, err
}

// statusMatters: the visitor's stored presence differs and he has an open room.
func statusMatters(ctx context.Context, q db.Querier, id chat.VisitorID, p chat.Presence) (bool, error) {
	return db.One(ctx, q, flag, `SELECT EXISTS (SELECT 1 FROM visitors v JOIN rooms r ON r.visitor_id = v.id AND r.open
		WHERE v.id = $1 AND v.status <> $2)`, id, p)
}

func hasOpenRoom(ctx context.Context, tx *db.Tx, id chat.VisitorID) (bool, error) {
	return db.One(ctx, tx, flag, `SELECT EXISTS (SELECT 1 FROM rooms WHERE visitor_id = $1 AND open)`, id)
}

func setLastChat(ctx context.Context, tx *db.Tx, id chat.VisitorID, c chat.ChatRef) error {
	_, err := tx.Exec(ctx, `UPDATE visitors SET last_chat_id = $2, last_chat_at = $3 WHERE id = $1 AND last_chat_at <= $3`, id, c.ID, c.TS)
	return err
}

// addActivity notes a month; false: it was known, or the visitor is gone.
func addActivity(ctx context.Context, tx *db.Tx, id chat.VisitorID, m string) (bool, error) {
	if err := lock(ctx, tx, id); err != nil {
		return false, err
	}
	v, err := byID(ctx, tx, id)
	if gone(err) {
		return false, nil
	}
	months := withMonth(v.Activity, m)
	if err != nil || slices.Equal(months, v.Activity) {
		return false, err
	}
	_, err = tx.Exec(ctx, `UPDATE visitors SET activity = $2, updated_at = $3 WHERE id = $1`, id, db.JSON(months), tx.Now())
	if err == nil {
		_, err = tx.Next(ctx, chat.ActiveContacts(m)) // who is erased later was active all the same
	}
	return true, err
}

func gone(err error) bool { return errors.Is(err, db.ErrNoRows) }

func siteExists(ctx context.Context, q db.Querier, id chat.SiteID) (bool, error) {
	return db.One(ctx, q, flag, `SELECT EXISTS (SELECT 1 FROM sites WHERE id = $1)`, id)
}

func usernameTaken(ctx context.Context, q db.Querier, username string) (bool, error) {
	return db.One(ctx, q, flag, `SELECT EXISTS (SELECT 1 FROM visitors WHERE username = $1)`, username)
}

func insertSession(ctx context.Context, tx *db.Tx, hash string, id chat.VisitorID) error {
	_, err := tx.Exec(ctx, `INSERT INTO visitor_sessions (secret_hash, visitor_id, created_at, last_used_at) VALUES ($1, $2, $3, $3)`, hash, id, tx.Now())
	return err
}

func bySecret(ctx context.Context, q db.Querier, hash string) (guest, error) {
	return db.One(ctx, q, func(r db.Row) (g guest, err error) {
		err = r.Scan(&g.actor.Visitor, &g.actor.Username, &g.actor.Name, &g.lastUsed)
		return g, err
	}, `SELECT v.id, v.username, v.name, s.last_used_at FROM visitor_sessions s JOIN visitors v ON v.id = s.visitor_id WHERE s.secret_hash = $1`, hash)
}

func touchSession(ctx context.Context, tx *db.Tx, hash string) error {
	_, err := tx.Exec(ctx, `UPDATE visitor_sessions SET last_used_at = $2 WHERE secret_hash = $1`, hash, tx.Now())
	return err
}
