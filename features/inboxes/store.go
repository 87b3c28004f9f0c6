package inboxes

import (
	"context"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/mailbox"
	"github.com/foyerchat/foyer/platform/rest"
)

// keepKey is the server's key: the stored one, or this one from now on.
func keepKey(ctx context.Context, tx *db.Tx, key []byte) ([]byte, error) {
	stored, err := db.One(ctx, tx, scanText[string], `INSERT INTO inbox_keys (id, key) VALUES ('passwords', $1)
		ON CONFLICT (id) DO UPDATE SET key = inbox_keys.key RETURNING key`, base64.StdEncoding.EncodeToString(key))
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(stored)
}

func scanText[T ~string](r db.Row) (t T, err error) { return t, r.Scan(&t) }
func scanFlag(r db.Row) (b bool, err error)         { return b, r.Scan(&b) }

const columns = `id, active, name, email, description, sender_info, department_id, smtp, imap, state, error, answer, failures, retry_at, held, held_for,
	created_at, created_by, updated_at, revision`

func scan(r db.Row) (i Inbox, err error) {
	return i, r.Scan(&i.ID, &i.Active, &i.Name, &i.Email, &i.Description, &i.SenderInfo, &i.Department, db.JSON(&i.SMTP), db.JSON(&i.IMAP),
		&i.Status.State, &i.Status.Error, &i.Status.Answer, &i.Status.Failures, &i.Status.RetryAt, &i.Status.Held, &i.Status.HeldFor,
		&i.CreatedAt, db.JSON(&i.CreatedBy), &i.UpdatedAt, &i.revision)
}

func find(ctx context.Context, q db.Querier, inbox chat.InboxID) (Inbox, error) {
	return db.One(ctx, q, scan, `SELECT `+columns+` FROM email_inboxes WHERE id = $1`, inbox)
}

func findByEmail(ctx context.Context, q db.Querier, email string) (Inbox, error) {
	return db.One(ctx, q, scan, `SELECT `+columns+` FROM email_inboxes WHERE email = $1`, email)
}

// Filter chooses a page of the inboxes.
type Filter struct {
	Having        map[string]any // values that fields must have; what is no field's value finds nothing
	Offset, Limit int64
	Sort          rest.Sort
}

var orders = map[string]string{"_id": "id", "name": "name", "email": "email", "active": "active", "department": "department_id",
	"_createdAt": "created_at", "_updatedAt": "updated_at"}

// where is the condition that the inboxes have the values that are asked for.
func (f Filter) where() (sql string, args []any) {
	for _, name := range slices.Sorted(maps.Keys(f.Having)) {
		_, text := f.Having[name].(string)
		_, flag := f.Having[name].(bool)
		if column := equals[name]; column != "" && (flag && name == "active" || text && name != "active") {
			args = append(args, f.Having[name])
			sql += fmt.Sprintf(" AND %s = $%d", column, len(args))
			continue
		}
		return " AND false", nil
	}
	return sql, args
}

// equals are the columns whose values may be asked for.
var equals = map[string]string{"_id": "id", "name": "name", "email": "email", "active": "active", "department": "department_id",
	"description": "description", "senderInfo": "sender_info"}

func list(ctx context.Context, q db.Querier, f Filter) (all []Inbox, total int64, err error) {
	matching, args := f.where()
	matching = ` FROM email_inboxes WHERE true` + matching
	if err := q.QueryRow(ctx, `SELECT count(*)`+matching, args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	n := len(args)
	all, err = db.All(ctx, q, scan, fmt.Sprintf(`SELECT %s%s ORDER BY %sname, id LIMIT $%d OFFSET $%d`, columns, matching, f.Sort.Over(orders), n+1, n+2),
		append(args, f.Limit, f.Offset)...)
	return all, total, err
}

func insert(ctx context.Context, tx *db.Tx, i Inbox) error {
	_, err := tx.Exec(ctx, `INSERT INTO email_inboxes (id, active, name, email, description, sender_info, department_id, smtp, imap, state, created_at, created_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11)`,
		i.ID, i.Active, i.Name, i.Email, i.Description, i.SenderInfo, i.Department, db.JSON(i.SMTP), db.JSON(i.IMAP), begun(i), i.CreatedAt, db.JSON(i.CreatedBy))
	return err
}

// begun is the state of an inbox that somebody has just saved.
func begun(i Inbox) State {
	if i.Active {
		return Waiting
	}
	return Off
}

// update changes an inbox and lets it be tried anew.
func update(ctx context.Context, tx *db.Tx, i Inbox) error {
	_, err := tx.Exec(ctx, `UPDATE email_inboxes SET active = $2, name = $3, email = $4, description = $5, sender_info = $6, department_id = $7, smtp = $8, imap = $9,
		state = $10, error = '', answer = '', failures = 0, retry_at = 0, held = 0, held_for = '', revision = revision + 1, updated_at = $11 WHERE id = $1`,
		i.ID, i.Active, i.Name, i.Email, i.Description, i.SenderInfo, i.Department, db.JSON(i.SMTP), db.JSON(i.IMAP), begun(i), i.UpdatedAt)
	return err
}

func remove(ctx context.Context, tx *db.Tx, inbox chat.InboxID) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM email_inboxes WHERE id = $1`, inbox)
}

func departmentExists(ctx context.Context, q db.Querier, d chat.DepartmentID) (bool, error) {
	return db.One(ctx, q, scanFlag, `SELECT EXISTS (SELECT 1 FROM departments WHERE id = $1)`, d)
}

func dropDepartment(ctx context.Context, tx *db.Tx, d chat.DepartmentID) (int64, error) {
	return tx.Exec(ctx, `UPDATE email_inboxes SET department_id = '', revision = revision + 1, updated_at = $2 WHERE department_id = $1`, d, tx.Now())
}

// siteOf is the site of a department; without one the default site.
func siteOf(ctx context.Context, q db.Querier, d chat.DepartmentID) (chat.SiteID, error) {
	return db.One(ctx, q, scanText[chat.SiteID], `SELECT COALESCE((SELECT site_id FROM departments WHERE id = $1), $2)`, d, chat.DefaultSite)
}

// verifiedAddress is a user's first address that he has proved, or "".
func verifiedAddress(ctx context.Context, q db.Querier, u chat.UserID) (string, error) {
	return db.One(ctx, q, scanText[string], `SELECT COALESCE((SELECT address FROM user_emails WHERE user_id = $1 AND verified ORDER BY position LIMIT 1), '')`, u)
}

// claim makes this process the one that watches an inbox, for a while; false: another one
// does, it is not its time yet, or it is another inbox by now.
func claim(ctx context.Context, tx *db.Tx, w *watch, until clock.Instant) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE email_inboxes SET watcher = $2, watched_until = $3 WHERE id = $1 AND active AND revision = $4 AND retry_at <= $5
		AND (watcher = $2 OR watched_until < $5)`, w.inbox.ID, w.node, until, w.inbox.revision, tx.Now())
	return n == 1, err
}

func release(ctx context.Context, tx *db.Tx, w *watch) error {
	_, err := tx.Exec(ctx, `UPDATE email_inboxes SET watched_until = 0, state = CASE WHEN state = $3 THEN $4 ELSE state END WHERE id = $1 AND watcher = $2`,
		w.inbox.ID, w.node, Connected, Waiting)
	return err
}

// toWatch lists the inboxes that are active.
func toWatch(ctx context.Context, q db.Querier) ([]Inbox, error) {
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM email_inboxes WHERE active ORDER BY id`)
}

// setStatus notes how it goes, unless the inbox is another by now; false: it is.
func setStatus(ctx context.Context, tx *db.Tx, w *watch, active bool, s Status) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE email_inboxes SET active = $4, state = $5, error = $6, answer = $7, failures = $8, retry_at = $9, held = $10, held_for = $11
		WHERE id = $1 AND watcher = $2 AND revision = $3`,
		w.inbox.ID, w.node, w.inbox.revision, active, s.State, s.Error, s.Answer, s.Failures, s.RetryAt, s.Held, s.HeldFor)
	return n == 1, err
}

// ownAddress reports whether an address is one of this server's inboxes.
func ownAddress(ctx context.Context, q db.Querier, address string) (bool, error) {
	return db.One(ctx, q, scanFlag, `SELECT EXISTS (SELECT 1 FROM email_inboxes WHERE email = $1)`, address)
}

func isHandled(ctx context.Context, q db.Querier, message string) (bool, error) {
	return db.One(ctx, q, scanFlag, `SELECT EXISTS (SELECT 1 FROM inbox_mails WHERE message_id = $1)`, message)
}

func setHandled(ctx context.Context, tx *db.Tx, message string) error {
	_, err := tx.Exec(ctx, `INSERT INTO inbox_mails (message_id, at) VALUES ($1, $2) ON CONFLICT (message_id) DO NOTHING`, message, tx.Now())
	return err
}

func senderOf(ctx context.Context, q db.Querier, address string, site chat.SiteID) (chat.VisitorID, error) {
	return db.One(ctx, q, scanText[chat.VisitorID], `SELECT COALESCE((SELECT visitor_id FROM inbox_senders WHERE address = $1 AND site_id = $2), '')`, address, site)
}

func setSender(ctx context.Context, tx *db.Tx, address string, site chat.SiteID, v chat.VisitorID) error {
	_, err := tx.Exec(ctx, `INSERT INTO inbox_senders (address, site_id, visitor_id) VALUES ($1, $2, $3)`, address, site, v)
	return err
}

// roomOfThread is a visitor's room that shares an id of a thread, the open one first, or "".
func roomOfThread(ctx context.Context, q db.Querier, v chat.VisitorID, inbox string, thread []string) (chat.RoomID, error) {
	args := []any{v, inbox, chat.SourceEmail}
	for _, id := range thread {
		args = append(args, id)
	}
	found, err := db.All(ctx, q, scanText[chat.RoomID], `SELECT r.id FROM rooms r WHERE r.visitor_id = $1 AND r.source_id = $2 AND r.source_type = $3
		AND EXISTS (SELECT 1 FROM inbox_threads t WHERE t.room_id = r.id AND t.message_id IN (`+db.In(len(thread), 4)+`))
		ORDER BY CASE WHEN r.open THEN 0 ELSE 1 END, r.ts DESC, r.id LIMIT 1`, args...)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

func joinThread(ctx context.Context, tx *db.Tx, rid chat.RoomID, thread ...string) error {
	for _, id := range thread {
		if _, err := tx.Exec(ctx, `INSERT INTO inbox_threads (message_id, room_id) SELECT $1, id FROM rooms WHERE id = $2 ON CONFLICT (message_id, room_id) DO NOTHING`, id, rid); err != nil {
			return err
		}
	}
	return nil
}

// isSaid reports whether a message is stored.
func isSaid(ctx context.Context, q db.Querier, m chat.MessageID) (rid chat.RoomID, err error) {
	return db.One(ctx, q, scanText[chat.RoomID], `SELECT COALESCE((SELECT room_id FROM messages WHERE id = $1), '')`, m)
}

func (i Inbox) mailbox(server Server) mailbox.Server {
	return mailbox.Server{Host: server.Host, Port: server.Port, Username: server.Username, Password: server.Password, Secure: server.Secure}
}
