// Package jobs runs durable work: rows with a due time, saved in the transaction
// of the change they follow from, run at least once each.
//
// A runner claims a due job for the length of a lease and renews it while the job
// runs; when the process dies, another or the restarted one runs the job again
// once the lease has ended. A failed job is tried again after its kind's pause
// and, after its last attempt, kept as dead until somebody retries it. What ends
// late is fenced off by the attempt's number: it can no longer change the row.
// There are no cron expressions: a job that repeats enqueues itself.
package jobs

import (
	"context"
	"encoding/json"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

// Kind is one sort of work and how to go about it. Zero values: a lease of 30 s,
// 10 attempts, pauses doubling from 1 s to 10 min, 4 at once.
type Kind struct {
	Name        string
	Lease       time.Duration
	MaxAttempts int
	Backoff     func(attempt int) time.Duration
	AtOnce      int
	// Run does the work. It may run more than once for the same job and must be
	// idempotent; its context ends when the lease is lost or the runner stops.
	Run func(ctx context.Context, run Run) error
}

// Run is one attempt at a job; the first has the number 1.
type Run struct {
	ID, Key string
	Attempt int
	Payload json.RawMessage
}

// Dead is a job that failed for the last time.
type Dead struct {
	ID, Kind, Key string
	Payload       json.RawMessage
	Attempt       int
	Error         string
	CreatedAt     clock.Instant
	DeadAt        clock.Instant
}

const (
	defaultLease    = 30 * time.Second
	defaultAttempts = 10
	defaultAtOnce   = 4
	firstPause      = time.Second
	longPause       = 10 * time.Minute
)

func (k Kind) withDefaults() *Kind {
	if k.Lease == 0 {
		k.Lease = defaultLease
	}
	if k.MaxAttempts == 0 {
		k.MaxAttempts = defaultAttempts
	}
	if k.AtOnce == 0 {
		k.AtOnce = defaultAtOnce
	}
	if k.Backoff == nil {
		k.Backoff = doubling
	}
	return &k
}

// doubling is 1 s, 2 s, 4 s … 10 min.
func doubling(attempt int) time.Duration {
	pause := firstPause
	for range attempt - 1 {
		if pause *= 2; pause >= longPause {
			return longPause
		}
	}
	return pause
}
