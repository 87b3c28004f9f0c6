package messenger

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// keepKey is the server's key: the stored one, or this one from now on.
func keepKey(ctx context.Context, tx *db.Tx, key []byte) ([]byte, error) {
	stored, err := db.One(ctx, tx, func(r db.Row) (text string, err error) { return text, r.Scan(&text) }, `INSERT INTO messenger_keys (id, key) VALUES ('tokens', $1)
		ON CONFLICT (id) DO UPDATE SET key = messenger_keys.key RETURNING key`, base64.StdEncoding.EncodeToString(key))
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(stored)
}

const pageColumns = `id, name, access_token, department_id, welcome_message, finished_message, offline_message, subscribed`

func scanPage(r db.Row) (p Page, err error) {
	return p, r.Scan(&p.ID, &p.Name, &p.AccessToken, &p.Department, &p.Welcome, &p.Finished, &p.Offline, &p.Subscribed)
}

func listPages(ctx context.Context, q db.Querier) ([]Page, error) {
	return db.All(ctx, q, scanPage, `SELECT `+pageColumns+` FROM messenger_pages ORDER BY name, id`)
}

// findPage finds a page; one that is not entered has nothing.
func findPage(ctx context.Context, q db.Querier, id string) (Page, error) {
	return orNone(db.One(ctx, q, scanPage, `SELECT `+pageColumns+` FROM messenger_pages WHERE id = $1`, id))
}

const intoPages = `INSERT INTO messenger_pages (` + pageColumns + `, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`

func pageValues(p Page, at clock.Instant) []any {
	return []any{p.ID, p.Name, p.AccessToken, p.Department, p.Welcome, p.Finished, p.Offline, p.Subscribed, at}
}

// insertPage enters a page that must not be there.
func insertPage(ctx context.Context, tx *db.Tx, p Page) error {
	_, err := tx.Exec(ctx, intoPages, pageValues(p, tx.Now())...)
	return err
}

func savePage(ctx context.Context, tx *db.Tx, p Page) error {
	_, err := tx.Exec(ctx, intoPages+` ON CONFLICT (id) DO UPDATE SET name = $2, access_token = $3, department_id = $4, welcome_message = $5,
		finished_message = $6, offline_message = $7, subscribed = $8, updated_at = $9`, pageValues(p, tx.Now())...)
	return err
}

func deletePage(ctx context.Context, tx *db.Tx, id string) error {
	_, err := tx.Exec(ctx, `DELETE FROM messenger_pages WHERE id = $1`, id)
	return err
}

func clearDepartment(ctx context.Context, tx *db.Tx, d chat.DepartmentID) error {
	_, err := tx.Exec(ctx, `UPDATE messenger_pages SET department_id = '', updated_at = $2 WHERE department_id = $1`, d, tx.Now())
	return err
}

func departmentExists(ctx context.Context, q db.Querier, d chat.DepartmentID) (is bool, err error) {
	return is, q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM departments WHERE id = $1 AND site_id = $2)`, d, chat.DefaultSite).Scan(&is)
}

// insertPerson notes that somebody writes to a page.
func insertPerson(ctx context.Context, tx *db.Tx, p person) error {
	_, err := tx.Exec(ctx, `INSERT INTO messenger_people (page_id, person_id, wrote_at) VALUES ($1, $2, $3) ON CONFLICT (page_id, person_id) DO NOTHING`, p.page, p.id, tx.Now())
	return err
}

// wrote notes that a person wrote just now.
func wrote(ctx context.Context, tx *db.Tx, p person) error {
	_, err := tx.Exec(ctx, `UPDATE messenger_people SET wrote_at = $3 WHERE page_id = $1 AND person_id = $2`, p.page, p.id, tx.Now())
	return err
}

// findVisitor is the visitor who a person is.
func findVisitor(ctx context.Context, q db.Querier, p person) (chat.Actor, error) {
	return db.One(ctx, q, func(r db.Row) (a chat.Actor, err error) { return a, r.Scan(&a.Visitor, &a.Username, &a.Name) },
		`SELECT v.id, v.username, v.name FROM messenger_people p JOIN visitors v ON v.id = p.visitor_id WHERE p.page_id = $1 AND p.person_id = $2`, p.page, p.id)
}

// setVisitor notes who a person is; false: that is known already.
func setVisitor(ctx context.Context, tx *db.Tx, p person, v chat.VisitorID) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE messenger_people SET visitor_id = $3 WHERE page_id = $1 AND person_id = $2 AND visitor_id IS NULL`, p.page, p.id, v)
	return n == 1, err
}

// insertIncoming keeps what a person wrote; false: it came before.
func insertIncoming(ctx context.Context, tx *db.Tx, n note) (bool, error) {
	text, err := json.Marshal(n)
	if err != nil {
		return false, err
	}
	added, err := tx.Exec(ctx, `INSERT INTO messenger_incoming (id, page_id, person_id, position, note, came_at)
		SELECT $1, $2, $3, COALESCE(MAX(position), 0) + 1, $4, $5 FROM messenger_incoming WHERE page_id = $2 AND person_id = $3 ON CONFLICT (id) DO NOTHING`,
		n.id, n.from.page, n.from.id, string(text), tx.Now())
	return added == 1, err
}

// nextIncoming is the first of what a person wrote that is not worked on.
func nextIncoming(ctx context.Context, q db.Querier, p person) (note, error) {
	return db.One(ctx, q, func(r db.Row) (n note, err error) {
		err = r.Scan(&n.id, &n.came, db.JSON(&n))
		n.from = p
		return n, err
	}, `SELECT id, came_at, note FROM messenger_incoming WHERE page_id = $1 AND person_id = $2 AND note <> '' ORDER BY position, id LIMIT 1`, p.page, p.id)
}

// setDone keeps of what a person wrote that it came, and no word of it.
func setDone(ctx context.Context, tx *db.Tx, n note) error {
	_, err := tx.Exec(ctx, `UPDATE messenger_incoming SET note = '' WHERE id = $1`, n.id)
	return err
}

// forget drops what is done and older.
func forget(ctx context.Context, tx *db.Tx, before clock.Instant) error {
	if _, err := tx.Exec(ctx, `DELETE FROM messenger_incoming WHERE note = '' AND came_at < $1`, before); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM messenger_outgoing WHERE room_id IS NULL AND state <> 'waiting' AND queued_at < $1`, before)
	return err
}

// findSaid finds a message of a visitor's that is stored.
func findSaid(ctx context.Context, q db.Querier, id chat.MessageID, by chat.VisitorID) (m chat.Message, said bool, err error) {
	m, err = db.One(ctx, q, func(r db.Row) (m chat.Message, err error) { return m, r.Scan(&m.ID, &m.RID, &m.Msg, &m.TS, &m.Seq) },
		`SELECT m.id, m.room_id, m.msg, m.ts, m.seq FROM messages m JOIN rooms r ON r.id = m.room_id WHERE m.id = $1 AND r.visitor_id = $2`, id, by)
	if errors.Is(err, db.ErrNoRows) {
		return m, false, nil
	}
	return m, err == nil, err
}

// insertOutgoing keeps a message of a room with somebody in Messenger to be sent; the
// person is nobody when it is none, or known.
func insertOutgoing(ctx context.Context, tx *db.Tx, o outgoing) (p person, err error) {
	p, err = db.One(ctx, tx, func(r db.Row) (p person, err error) { return p, r.Scan(&p.page, &p.id) },
		`INSERT INTO messenger_outgoing (id, kind, page_id, person_id, room_id, queued_at, seq, state, parts, attempts, due_at)
		SELECT $1, $2, p.page_id, p.person_id, r.id, $3, $4, $5, 0, 0, 0 FROM rooms r JOIN messenger_people p ON p.visitor_id = r.visitor_id
		WHERE r.id = $6 AND r.source_type = $7 ON CONFLICT (id) DO NOTHING RETURNING page_id, person_id`,
		o.id, o.kind, tx.Now(), o.seq, waits, o.room, chat.SourceApp)
	if errors.Is(err, db.ErrNoRows) {
		return person{}, nil
	}
	return p, err
}

// insertApology keeps an offline message to be sent to somebody who got none since then.
func insertApology(ctx context.Context, tx *db.Tx, p person, id string, since clock.Instant) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO messenger_outgoing (id, kind, page_id, person_id, queued_at, seq, state, parts, attempts, due_at)
		SELECT $1, $2, page_id, person_id, $3, 0, $4, 0, 0, 0 FROM messenger_people WHERE page_id = $5 AND person_id = $6 AND NOT EXISTS (
			SELECT 1 FROM messenger_outgoing o WHERE o.page_id = $5 AND o.person_id = $6 AND o.kind = $2 AND o.queued_at > $7) ON CONFLICT (id) DO NOTHING`,
		id, apology, tx.Now(), waits, p.page, p.id, since)
	return n == 1, err
}

// nextOutgoing is the first of what waits for a person, in the order it was said.
func nextOutgoing(ctx context.Context, q db.Querier, p person) (outgoing, error) {
	return db.One(ctx, q, func(r db.Row) (o outgoing, err error) {
		var msg *string
		var extra chat.MessageExtra
		err = r.Scan(&o.id, &o.kind, &o.room, &o.seq, &o.parts, &o.attempts, &o.dueAt, &o.wroteAt, &msg, db.JSON(&extra))
		if msg != nil {
			o.text = chat.Message{Msg: *msg, MessageExtra: extra}.Text()
		}
		if extra.File != nil {
			o.fileID, o.fileName = extra.File.ID, extra.File.Name
		}
		return o, err
	}, `SELECT o.id, o.kind, COALESCE(o.room_id, ''), o.seq, o.parts, o.attempts, o.due_at, p.wrote_at, m.msg, m.extra
		FROM messenger_outgoing o JOIN messenger_people p ON p.page_id = o.page_id AND p.person_id = o.person_id
		LEFT JOIN messages m ON m.id = o.id AND o.kind = 'message'
		WHERE o.page_id = $1 AND o.person_id = $2 AND o.state = 'waiting' ORDER BY o.queued_at, o.seq, o.id LIMIT 1`, p.page, p.id)
}

// storedFile is what matters of a file here; one that is gone has no size.
type storedFile struct {
	size int64
	kind string
}

func findFile(ctx context.Context, q db.Querier, id chat.FileID) (storedFile, error) {
	f, err := db.One(ctx, q, func(r db.Row) (f storedFile, err error) { return f, r.Scan(&f.size, &f.kind) }, `SELECT size, type FROM files WHERE id = $1`, id)
	if errors.Is(err, db.ErrNoRows) {
		return storedFile{}, nil
	}
	return f, err
}

func setState(ctx context.Context, tx *db.Tx, id string, now state) error {
	_, err := tx.Exec(ctx, `UPDATE messenger_outgoing SET state = $2 WHERE id = $1`, id, now)
	return err
}

// setParts notes how many parts of a message were sent.
func setParts(ctx context.Context, tx *db.Tx, id string, parts int64) error {
	_, err := tx.Exec(ctx, `UPDATE messenger_outgoing SET parts = $2, attempts = 0 WHERE id = $1`, id, parts)
	return err
}

// postpone counts an attempt that failed.
func postpone(ctx context.Context, tx *db.Tx, id string, due clock.Instant) error {
	_, err := tx.Exec(ctx, `UPDATE messenger_outgoing SET attempts = attempts + 1, due_at = $2 WHERE id = $1`, id, due)
	return err
}
