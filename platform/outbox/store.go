package outbox

import (
	"context"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// batch is how many rows one statement claims or deletes at most.
const batch = 256

type store struct {
	db   *db.DB
	node string
}

const columns = `id, name, key, payload, at`

func scan(row db.Row) (e Envelope, err error) {
	var payload string
	err = row.Scan(&e.ID, &e.Name, &e.Key, &payload, &e.At)
	e.Payload = []byte(payload)
	return e, err
}

// claim takes over up to n rows whose claim ended before the given instant, oldest first.
func (s store) claim(ctx context.Context, before clock.Instant, n int) (rows []Envelope, err error) {
	var found bool
	err = s.db.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM outbox WHERE claimed_at <= $1)`, before).Scan(&found)
	if err != nil || !found {
		return nil, err
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		rows, err = db.All(ctx, tx, scan, `UPDATE outbox SET claimed_by = $1, claimed_at = $2
			WHERE id IN (SELECT id FROM outbox WHERE claimed_at <= $3 ORDER BY id LIMIT $4`+tx.SkipLocked()+`)
			RETURNING `+columns, s.node, tx.Now(), before, n)
		return err
	})
	slices.SortFunc(rows, func(a, b Envelope) int { return strings.Compare(a.ID, b.ID) })
	return rows, err
}

// renew prolongs the claims on up to batch rows.
func (s store) renew(ctx context.Context, ids []string) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		args := padded(ids)
		_, err := tx.Exec(ctx, `UPDATE outbox SET claimed_at = $1 WHERE id IN (`+db.In(len(args), 2)+`)`,
			append([]any{tx.Now()}, args...)...)
		return err
	})
}

// renewAll prolongs every claim of this process.
func (s store) renewAll(ctx context.Context) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE outbox SET claimed_at = $1 WHERE claimed_by = $2`, tx.Now(), s.node)
		return err
	})
}

// mine reads the oldest n rows this process claimed.
func (s store) mine(ctx context.Context, n int) ([]Envelope, error) {
	return db.All(ctx, s.db, scan, `SELECT `+columns+` FROM outbox WHERE claimed_by = $1 ORDER BY id LIMIT $2`, s.node, n)
}

// release gives every claim of this process up.
func (s store) release(ctx context.Context) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE outbox SET claimed_by = '', claimed_at = 0 WHERE claimed_by = $1`, s.node)
		return err
	})
}

// setAside leaves a row to whoever sweeps after the given instant.
func (s store) setAside(ctx context.Context, id string, until clock.Instant) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE outbox SET claimed_by = '', claimed_at = $1 WHERE id = $2`, until, id)
		return err
	})
}

// delete removes up to batch rows.
func (s store) delete(ctx context.Context, ids []string) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		args := padded(ids)
		_, err := tx.Exec(ctx, `DELETE FROM outbox WHERE id IN (`+db.In(len(args), 1)+`)`, args...)
		return err
	})
}

func padded(ids []string) []any {
	args := make([]any, db.Padded(len(ids)))
	for i := range args {
		args[i] = ids[min(i, len(ids)-1)]
	}
	return args
}
