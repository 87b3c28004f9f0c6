package mail

import (
	"context"
	"encoding/json"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
)

func insert(ctx context.Context, tx *db.Tx, e Entry, m Message) (fresh bool, err error) {
	text, err := json.Marshal(m)
	if err != nil {
		return false, err
	}
	n, err := tx.Exec(ctx, `INSERT INTO mails (id, kind, about, recipient, subject, message, state, due_at, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) ON CONFLICT (id) DO NOTHING`, e.ID, e.Kind, m.About, e.To, e.Subject, string(text), e.State, e.CreatedAt)
	return n == 1, err
}

func scanMessage(r db.Row) (Message, error) {
	var text string
	if err := r.Scan(&text); err != nil {
		return Message{}, err
	}
	return decode(text)
}

// find is a mail that waits to be sent.
func find(ctx context.Context, q db.Querier, id string) (Message, error) {
	return db.One(ctx, q, scanMessage, `SELECT message FROM mails WHERE id = $1 AND state = 'waiting'`, id)
}

func findKept(ctx context.Context, q db.Querier, id string) (Message, error) {
	return db.One(ctx, q, scanMessage, `SELECT message FROM mails WHERE id = $1 AND state = 'kept'`, id)
}

// settle ends a mail's way; what was sent or cannot be is forgotten but for its envelope.
func settle(ctx context.Context, tx *db.Tx, r jobs.Run, state State, e *Error) error {
	_, err := tx.Exec(ctx, `UPDATE mails SET state = $2, attempts = $3, error = $4, status = $5, answer = $6, done_at = $7,
		message = CASE WHEN $2 IN ('dead', 'kept') THEN message ELSE '' END WHERE id = $1 AND state = 'waiting'`,
		r.Key, state, r.Attempt, e.Code, e.Status, e.Answer, tx.Now())
	return err
}

func postpone(ctx context.Context, tx *db.Tx, r jobs.Run, until clock.Instant, e *Error) error {
	_, err := tx.Exec(ctx, `UPDATE mails SET attempts = $2, error = $3, status = $4, answer = $5, due_at = $6 WHERE id = $1 AND state = 'waiting'`,
		r.Key, r.Attempt, e.Code, e.Status, e.Answer, until)
	return err
}

func revive(ctx context.Context, tx *db.Tx, id string) (int64, error) {
	return tx.Exec(ctx, `UPDATE mails SET state = 'waiting', due_at = $2, done_at = 0 WHERE id = $1 AND state IN ('dead', 'waiting')`, id, tx.Now())
}

func list(ctx context.Context, q db.Querier, f Filter) ([]Entry, int64, error) {
	const matching = ` FROM mails WHERE (CAST($1 AS TEXT) = '' OR state = $1)`
	total, err := db.One(ctx, q, func(r db.Row) (n int64, err error) { return n, r.Scan(&n) }, `SELECT count(*)`+matching, f.State)
	if err != nil {
		return nil, 0, err
	}
	all, err := db.All(ctx, q, scanEntry, `SELECT id, kind, recipient, subject, state, attempts, error, status, answer, created_at,
		CASE WHEN state = 'waiting' THEN due_at ELSE 0 END, done_at`+matching+` ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3`,
		f.State, f.Limit, f.Offset)
	return all, total, err
}

func scanEntry(r db.Row) (e Entry, err error) {
	return e, r.Scan(&e.ID, &e.Kind, &e.To, &e.Subject, &e.State, &e.Attempts, &e.Error, &e.Status, &e.Answer, &e.CreatedAt, &e.DueAt, &e.DoneAt)
}

func count(ctx context.Context, q db.Querier) (map[State]int64, error) {
	type row struct {
		state State
		n     int64
	}
	rows, err := db.All(ctx, q, func(r db.Row) (c row, err error) { return c, r.Scan(&c.state, &c.n) },
		`SELECT state, count(*) FROM mails GROUP BY state`)
	all := map[State]int64{}
	for _, s := range States() {
		all[s] = 0
	}
	for _, r := range rows {
		all[r.state] = r.n
	}
	return all, err
}

func removeAbout(ctx context.Context, tx *db.Tx, about string) error {
	_, err := tx.Exec(ctx, `DELETE FROM mails WHERE about = $1 AND about <> ''`, about)
	return err
}

// removeOld forgets what was settled before a moment, some at a time.
func removeOld(ctx context.Context, tx *db.Tx, before clock.Instant, most int) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM mails WHERE id IN (SELECT id FROM mails WHERE state <> 'waiting' AND created_at < $1
		ORDER BY created_at, id LIMIT $2)`, before, most)
}
