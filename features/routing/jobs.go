package routing

import (
	"context"
	"encoding/json"
	"math"
	"time"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
)

// sweepEvery is how often every queue is looked at although nothing told of a change.
const sweepEvery = time.Minute

const (
	jobSweep = "routing.sweep" // kind and key of the one sweeping job
	jobTurn  = "routing.turn"  // a later look at one queue
)

// Jobs are routing's durable work: the look at a queue when its agents may have
// another chat, and each minute at all of them, for what no event told of, such as
// a lease that another node wrote while this one was away.
func (d *Dispatcher) Jobs() []jobs.Kind {
	return []jobs.Kind{
		{Name: jobSweep, AtOnce: 1, MaxAttempts: math.MaxInt32, Backoff: func(int) time.Duration { return sweepEvery }, Run: func(ctx context.Context, _ jobs.Run) error {
			if err := d.tidy(ctx); err != nil {
				return err
			}
			if err := d.Sweep(ctx); err != nil {
				return err
			}
			return d.Start(ctx)
		}},
		{Name: jobTurn, AtOnce: 2, Run: func(ctx context.Context, r jobs.Run) error {
			var j turnJob
			if err := json.Unmarshal(r.Payload, &j); err != nil {
				return err
			}
			return d.look(ctx, these(j.Queue))
		}},
	}
}

// Start plans the first sweep; every sweep plans the next.
func (d *Dispatcher) Start(ctx context.Context) error {
	return d.routing.DB.InTx(ctx, func(tx *db.Tx) error {
		return tx.Enqueue(ctx, db.Job{Kind: jobSweep, Key: jobSweep, DueAt: tx.Now().Add(sweepEvery)})
	})
}

// tidy repairs what does not agree and forgets offers of long ago.
func (d *Dispatcher) tidy(ctx context.Context) error {
	return d.routing.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := removeOffers(ctx, tx, tx.Now().Add(-offered)); err != nil {
			return err
		}
		return d.repair(ctx, tx)
	})
}
