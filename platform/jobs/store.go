package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

type store struct{ db *db.DB }

// next is when the next job of each kind is due, as far as nobody holds it; 0: none.
func (s store) next(ctx context.Context, kinds []*Kind, now clock.Instant) ([]clock.Instant, error) {
	args := []any{now}
	columns := make([]string, len(kinds))
	due, dest := make([]sql.Null[int64], len(kinds)), make([]any, len(kinds))
	for i, k := range kinds {
		args = append(args, k.Name)
		columns[i] = fmt.Sprintf(`(SELECT due_at FROM jobs WHERE kind = $%d AND dead_at = 0 AND lease_until <= $1 ORDER BY due_at, id LIMIT 1)`, i+2)
		dest[i] = &due[i]
	}
	err := s.db.QueryRow(ctx, `SELECT `+strings.Join(columns, ", "), args...).Scan(dest...)
	instants := make([]clock.Instant, len(kinds))
	for i, d := range due {
		if d.Valid {
			instants[i] = max(1, clock.Instant(d.V))
		}
	}
	return instants, err
}

// claim leases up to n jobs of a kind that are due now, the longest due first. now
// is the instant at which the caller's own leases were in order.
func (s store) claim(ctx context.Context, k *Kind, n int, now clock.Instant) (claimed []*run, err error) {
	until := now.Add(k.Lease)
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		scan := func(row db.Row) (*run, error) {
			r, payload := &run{kind: k, leaseUntil: until}, ""
			err := row.Scan(&r.ID, &r.Key, &r.Attempt, &payload, &r.due)
			r.Payload = []byte(payload)
			return r, err
		}
		claimed, err = db.All(ctx, tx, scan, `UPDATE jobs SET attempt = attempt + 1, lease_until = $1 WHERE id IN (
			SELECT id FROM jobs WHERE kind = $2 AND dead_at = 0 AND due_at <= $3 AND lease_until <= $3
			ORDER BY due_at, id LIMIT $4`+tx.SkipLocked()+`) RETURNING id, key, attempt, payload, due_at`,
			until, k.Name, now, n)
		return err
	})
	slices.SortFunc(claimed, func(a, b *run) int {
		if a.due != b.due {
			return int(a.due - b.due)
		}
		return strings.Compare(a.ID, b.ID)
	})
	return claimed, err
}

// done removes finished jobs. Those that were enqueued again meanwhile have a new
// id: they stay, free to run.
func (s store) done(ctx context.Context, runs []*run) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		for _, r := range runs {
			n, err := tx.Exec(ctx, `DELETE FROM jobs WHERE id = $1 AND attempt = $2 AND dead_at = 0`, r.ID, r.Attempt)
			if err == nil && n == 0 {
				err = freeSuccessor(ctx, tx, r)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// again makes a failed job wait until due.
func (s store) again(ctx context.Context, r *run, due clock.Instant, reason string) error {
	return s.change(ctx, r, `UPDATE jobs SET lease_until = 0, due_at = $3, last_error = $4
		WHERE id = $1 AND attempt = $2 AND dead_at = 0`, due, reason)
}

// bury keeps a job that failed for the last time as dead.
func (s store) bury(ctx context.Context, r *run, at clock.Instant, reason string) error {
	return s.change(ctx, r, `UPDATE jobs SET lease_until = 0, dead_at = $3, last_error = $4
		WHERE id = $1 AND attempt = $2 AND dead_at = 0`, at, reason)
}

// giveBack undoes a claim whose run was broken off by the end of the runner.
func (s store) giveBack(ctx context.Context, r *run) error {
	return s.change(ctx, r, `UPDATE jobs SET lease_until = 0, attempt = attempt - 1
		WHERE id = $1 AND attempt = $2 AND dead_at = 0`)
}

func (s store) change(ctx context.Context, r *run, sql string, args ...any) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(ctx, sql, append([]any{r.ID, r.Attempt}, args...)...)
		if err == nil && n == 0 {
			err = freeSuccessor(ctx, tx, r)
		}
		return err
	})
}

// renew prolongs the lease. lost: the job was cancelled or somebody else has it.
func (s store) renew(ctx context.Context, r *run, until clock.Instant) (lost bool, err error) {
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(ctx, `UPDATE jobs SET lease_until = $1 WHERE dead_at = 0 AND
			(id = $2 AND attempt = $3 OR kind = $4 AND key = $5 AND key <> '' AND attempt = 0 AND lease_until > 0)`,
			until, r.ID, r.Attempt, r.kind.Name, r.Key)
		lost = n == 0
		return err
	})
	return lost, err
}

// freeSuccessor ends the lease that a job inherited when it was enqueued again
// during the run. It was never claimed itself: its attempt is 0.
func freeSuccessor(ctx context.Context, tx *db.Tx, r *run) error {
	_, err := tx.Exec(ctx, `UPDATE jobs SET lease_until = 0
		WHERE kind = $1 AND key = $2 AND key <> '' AND attempt = 0 AND dead_at = 0`, r.kind.Name, r.Key)
	return err
}

func (s store) dead(ctx context.Context) ([]Dead, error) {
	scan := func(row db.Row) (d Dead, err error) {
		var payload string
		err = row.Scan(&d.ID, &d.Kind, &d.Key, &payload, &d.Attempt, &d.Error, &d.CreatedAt, &d.DeadAt)
		d.Payload = []byte(payload)
		return d, err
	}
	return db.All(ctx, s.db, scan, `SELECT id, kind, key, payload, attempt, last_error, created_at, dead_at
		FROM jobs WHERE dead_at > 0 ORDER BY dead_at DESC, id LIMIT 1000`)
}

var (
	errNoDead     = fault.New(fault.NotFound, "error-job-not-found", "No dead job has this id")
	errSuperseded = fault.New(fault.Invalid, "error-job-superseded", "A newer job of the same kind and key waits already")
)

// revive lets a dead job run again under a new id, which fences its old runs off.
func (s store) revive(ctx context.Context, old string) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		var kind, key string
		err := tx.QueryRow(ctx, `SELECT kind, key FROM jobs WHERE id = $1 AND dead_at > 0`, old).Scan(&kind, &key)
		if err == db.ErrNoRows {
			return errNoDead
		}
		if err != nil {
			return err
		}
		n, err := tx.Exec(ctx, `UPDATE jobs SET id = $1, attempt = 0, lease_until = 0, due_at = $2, dead_at = 0
			WHERE id = $3 AND dead_at > 0 AND NOT EXISTS
			(SELECT 1 FROM jobs WHERE kind = $4 AND key = $5 AND key <> '' AND dead_at = 0)`, id.New(), tx.Now(), old, kind, key)
		if err == nil && n == 0 || db.IsUnique(err) {
			return errSuperseded
		}
		tx.WakeJobs(tx.Now())
		return err
	})
}
