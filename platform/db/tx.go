package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math/bits"
	"slices"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/id"
)

// Event is a fact that is saved with the change it tells of.
type Event interface {
	// EventName is the stable name: "message.sent".
	EventName() string
	// EventKey groups events whose order matters; "" promises no order.
	EventKey() string
}

// placed is an event with a place among those of its key, whichever process emits
// it: a number that its transaction holds the row of.
type placed interface{ EventPlace() int64 }

// Job is work to be done later, at least once. Kind names the handler. Of one
// Kind and Key at most one waits; an empty Key is never the same as another.
type Job struct {
	Kind, Key string
	Payload   any           // becomes JSON
	DueAt     clock.Instant // zero: now
}

// Tx is a transaction in progress, valid until its function returns.
type Tx struct {
	db   *DB
	conn statements
	now  clock.Instant

	last    []statement // written together with the commit
	saved   [][]any     // events, written after last
	events  []Emitted
	hooks   []func()
	due     clock.Instant // of the earliest job enqueued
	tickets map[string]*ticket
}

type statement struct {
	sql  string
	args []any
}

// statements runs SQL inside the transaction; both engines have their own.
type statements interface {
	query(ctx context.Context, sql string, args []any) (*sql.Rows, error)
	queryRow(ctx context.Context, sql string, args []any) Row
	exec(ctx context.Context, sql string, args []any) (affected int64, err error)
}

// Query reads inside the transaction. Close the rows before the next statement.
func (tx *Tx) Query(ctx context.Context, sql string, args ...any) (*sql.Rows, error) {
	return tx.conn.query(ctx, sql, args)
}

// QueryRow reads one row inside the transaction, also of … RETURNING. It runs when
// the row is scanned.
func (tx *Tx) QueryRow(ctx context.Context, sql string, args ...any) Row {
	return tx.conn.queryRow(ctx, sql, args)
}

// Exec writes and says how many rows it affected.
func (tx *Tx) Exec(ctx context.Context, sql string, args ...any) (affected int64, err error) {
	return tx.conn.exec(ctx, sql, args)
}

// AtCommit writes after everything else of the transaction, in the order of the
// calls, and on PostgreSQL in one round trip with the commit. The transaction
// itself does not see it; its error fails the whole and is InTx's.
func (tx *Tx) AtCommit(sql string, args ...any) {
	tx.last = append(tx.last, statement{sql, args})
}

// InsertAtCommit is AtCommit for rows of values under "INSERT INTO … VALUES ", many in
// one statement.
func (tx *Tx) InsertAtCommit(into string, rows [][]any) {
	for len(rows) > 0 {
		n := min(1<<(bits.Len(uint(len(rows)))-1), mostTogether) // a power of two: few different statements
		tx.AtCommit(into+Values(n, len(rows[0]), 1), slices.Concat(rows[:n]...)...)
		rows = rows[n:]
	}
}

// closing is what is written with the commit.
func (tx *Tx) closing() []statement {
	tx.InsertAtCommit(`INSERT INTO outbox (id, name, key, payload, at, claimed_by, claimed_at, place) VALUES `, tx.saved)
	return tx.last
}

// Now is the clock at the beginning of the transaction.
func (tx *Tx) Now() clock.Instant { return tx.now }

// AfterCommit runs f soon after the commit and never without it: on a goroutine
// of the database's own, in the order of the commits, possibly after InTx has
// returned. f may call InTx.
func (tx *Tx) AfterCommit(f func()) { tx.hooks = append(tx.hooks, f) }

// Next counts up a named counter, starting at 1 and without gaps.
func (tx *Tx) Next(ctx context.Context, counter string) (int64, error) {
	var n int64
	err := tx.QueryRow(ctx, `INSERT INTO counters (name, value) VALUES ($1, 1)
		ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value`, counter).Scan(&n)
	return n, err
}

// Emit saves an event and hands it to the outbox after the commit.
func (tx *Tx) Emit(ctx context.Context, e Event) error {
	payload, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("emit %s: %w", e.EventName(), err)
	}
	m := Emitted{ID: id.New(), Name: e.EventName(), Key: e.EventKey(), At: tx.now, Payload: payload, Event: e}
	claimedAt := clock.Instant(0)
	if m.owner = tx.db.after.owner(); m.owner != "" {
		claimedAt = tx.now
	}
	place := int64(0)
	if p, ok := e.(placed); ok {
		place = p.EventPlace()
	}
	tx.saved = append(tx.saved, []any{m.ID, m.Name, m.Key, string(payload), m.At, m.owner, claimedAt, place})
	tx.remember(m)
	return nil
}

// Enqueue saves a job. If one of the same Kind and Key waits, it gets the new
// due time and payload; if it is running, it runs once more afterwards.
func (tx *Tx) Enqueue(ctx context.Context, j Job) error {
	payload, err := json.Marshal(j.Payload)
	if err != nil {
		return fmt.Errorf("enqueue %s: %w", j.Kind, err)
	}
	due := j.DueAt
	if due == 0 {
		due = tx.now
	}
	// The new id fences a run in progress off; its lease still keeps others away until it ends.
	_, err = tx.conn.exec(ctx, `INSERT INTO jobs (id, kind, key, payload, due_at, created_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (kind, key) WHERE key <> '' AND dead_at = 0
		DO UPDATE SET id = excluded.id, payload = excluded.payload, due_at = excluded.due_at, attempt = 0, last_error = ''`,
		[]any{id.New(), j.Kind, j.Key, string(payload), due, tx.now})
	if err != nil {
		return fmt.Errorf("enqueue %s: %w", j.Kind, err)
	}
	tx.WakeJobs(due)
	return nil
}

// CancelJob forgets the job that waits under this kind and key, if there is one.
// A run in progress is told by its context within its lease.
func (tx *Tx) CancelJob(ctx context.Context, kind, key string) error {
	_, err := tx.conn.exec(ctx, `DELETE FROM jobs WHERE kind = $1 AND key = $2 AND key <> '' AND dead_at = 0`, []any{kind, key})
	return err
}

func (tx *Tx) remember(m Emitted) {
	if m.owner == "" {
		return // nobody here delivers: whoever does sweeps it
	}
	if tx.db.order != nil && m.Key != "" {
		tx.db.order.enter(tx, m)
		return
	}
	tx.events = append(tx.events, m)
}

// SkipLocked ends a sub-select of rows to claim, so that the nodes of a cluster
// do not wait for one another; SQLite has one writer and needs nothing.
func (tx *Tx) SkipLocked() string {
	if tx.db.engine == PostgreSQL {
		return " FOR UPDATE SKIP LOCKED"
	}
	return ""
}

// Locked ends a select of rows that this transaction goes on to change, so that no
// other changes them meanwhile; SQLite has one writer and needs nothing.
func (tx *Tx) Locked() string {
	if tx.db.engine == PostgreSQL {
		return " FOR UPDATE"
	}
	return ""
}

// WakeJobs tells the runner after the commit that a job is due at the given time,
// for changes of jobs other than Enqueue.
func (tx *Tx) WakeJobs(due clock.Instant) {
	if tx.due == 0 || due < tx.due {
		tx.due = due
	}
}
