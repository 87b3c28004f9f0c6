package sms

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// departmentNamed finds a department by id or else by name; of several the one in use.
func departmentNamed(ctx context.Context, q db.Querier, idOrName string) (chat.DepartmentID, error) {
	return db.One(ctx, q, func(r db.Row) (d chat.DepartmentID, err error) { return d, r.Scan(&d) }, `SELECT id FROM departments WHERE site_id = $1 AND (id = $2 OR name = $2)
		ORDER BY CASE WHEN id = $2 THEN 0 WHEN enabled AND NOT archived THEN 1 ELSE 2 END, id LIMIT 1`, chat.DefaultSite, idOrName)
}

// findSender is the visitor who wrote from a number.
func findSender(ctx context.Context, q db.Querier, number string) (chat.Actor, error) {
	return db.One(ctx, q, func(r db.Row) (a chat.Actor, err error) { return a, r.Scan(&a.Visitor, &a.Username, &a.Name) },
		`SELECT v.id, v.username, v.name FROM sms_numbers n JOIN visitors v ON v.id = n.visitor_id WHERE n.number = $1`, number)
}

// isSaid reports whether a message is stored.
func isSaid(ctx context.Context, q db.Querier, m chat.MessageID) (said bool, err error) {
	return said, q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM messages WHERE id = $1)`, m).Scan(&said)
}

// insertNumber keeps whose a number is; false: it is somebody's already.
func insertNumber(ctx context.Context, tx *db.Tx, number string, v chat.VisitorID) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO sms_numbers (number, visitor_id) VALUES ($1, $2) ON CONFLICT (number) DO NOTHING`, number, v)
	return n == 1, err
}

// insertOutgoing keeps a message of a room with texts to be sent; false: it is none, or known.
func insertOutgoing(ctx context.Context, tx *db.Tx, m chat.Message) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO sms_outgoing (message_id, room_id, seq, state, attempts, due_at)
		SELECT $1, id, $3, $4, 0, 0 FROM rooms WHERE id = $2 AND source_type = $5 ON CONFLICT (message_id) DO NOTHING`,
		m.ID, m.RID, m.Seq, waits, chat.SourceSMS)
	return n == 1, err
}

// waiting lists what waits in a room, in the order it was said.
func waiting(ctx context.Context, q db.Querier, rid chat.RoomID, most int) ([]outgoing, error) {
	return db.All(ctx, q, func(r db.Row) (o outgoing, err error) {
		var msg *string
		var extra chat.MessageExtra
		var source chat.Source
		err = r.Scan(&o.id, &o.attempts, &o.dueAt, &msg, db.JSON(&extra), db.JSON(&source), &o.to)
		o.gone, o.from = msg == nil, source.Destination
		if msg != nil {
			o.body = chat.Message{Msg: *msg, MessageExtra: extra}.Text()
		}
		if extra.File != nil {
			o.fileID, o.fileName = extra.File.ID, extra.File.Name
		}
		return o, err
	}, `SELECT o.message_id, o.attempts, o.due_at, m.msg, m.extra, r.source,
		COALESCE((SELECT p.number FROM visitor_phones p WHERE p.visitor_id = r.visitor_id ORDER BY p.position LIMIT 1), '')
		FROM sms_outgoing o JOIN rooms r ON r.id = o.room_id LEFT JOIN messages m ON m.id = o.message_id
		WHERE o.room_id = $1 AND o.state = 'waiting' ORDER BY o.seq LIMIT $2`, rid, most)
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

func setState(ctx context.Context, tx *db.Tx, m chat.MessageID, now state) error {
	_, err := tx.Exec(ctx, `UPDATE sms_outgoing SET state = $2 WHERE message_id = $1`, m, now)
	return err
}

// postpone counts an attempt that failed.
func postpone(ctx context.Context, tx *db.Tx, all []outgoing, due clock.Instant) error {
	for _, o := range all {
		if _, err := tx.Exec(ctx, `UPDATE sms_outgoing SET attempts = attempts + 1, due_at = $2 WHERE message_id = $1`, o.id, due); err != nil {
			return err
		}
	}
	return nil
}
