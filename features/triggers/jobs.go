package triggers

import (
	"context"
	"math"
	"time"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
)

const (
	expiryJob = "triggers.visits"
	always    = "always" // the key of the one job that repeats
)

// Jobs is the durable work: letting visits expire.
func (s *Service) Jobs() []jobs.Kind {
	return []jobs.Kind{{Name: expiryJob, MaxAttempts: math.MaxInt32, Run: s.runExpiry}}
}

// Start makes sure that visits expire.
func (s *Service) Start(ctx context.Context) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return tx.Enqueue(ctx, db.Job{Kind: expiryJob, Key: always}) })
}

func (s *Service) runExpiry(ctx context.Context, _ jobs.Run) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		keep := time.Duration(s.Settings.Current().TriggerVisitDays) * day
		if err := expire(ctx, tx, tx.Now().Add(-keep)); err != nil {
			return err
		}
		return tx.Enqueue(ctx, db.Job{Kind: expiryJob, Key: always, DueAt: tx.Now().Add(day / 24)})
	})
}
