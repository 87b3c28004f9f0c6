package agents

import (
	"context"
	"math"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
)

const (
	sweepJob = "agents.leases"
	always   = "always" // the key of the job that repeats; others are of one connection
)

// Jobs is the durable work: noticing that leases ran out.
func (s *Service) Jobs() []jobs.Kind {
	return []jobs.Kind{{Name: sweepJob, MaxAttempts: math.MaxInt32, AtOnce: 1, Run: s.runSweep}}
}

// Start makes sure that leases are watched. What ran out while no server was there ends
// before anybody connects anew and seems to have been here all the time (AN-45).
func (s *Service) Start(ctx context.Context) error {
	if err := s.Sweep(ctx); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return tx.Enqueue(ctx, db.Job{Kind: sweepJob, Key: always}) })
}

func (s *Service) runSweep(ctx context.Context, r jobs.Run) error {
	if err := s.Sweep(ctx); err != nil || r.Key != always {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		next := tx.Now().Add(sweep)
		first, err := nextExpiry(ctx, tx)
		if err != nil {
			return err
		}
		if first > 0 {
			next = min(next, max(first, tx.Now().Add(sweep/30)))
		}
		return tx.Enqueue(ctx, db.Job{Kind: sweepJob, Key: always, DueAt: next})
	})
}
