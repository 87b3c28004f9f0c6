package files

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
)

const (
	sweepJob   = "files.sweep"
	always     = "always" // the key of the one job that repeats
	sweepEvery = 24 * time.Hour
	unsaidFor  = 24 * time.Hour // how long a file may wait for its message
	sweepBatch = 200
)

// Jobs is the durable work: removing files that belong to nothing.
func (s *Service) Jobs() []jobs.Kind {
	return []jobs.Kind{{Name: sweepJob, MaxAttempts: math.MaxInt32, Run: func(ctx context.Context, _ jobs.Run) error {
		err := s.Sweep(ctx)
		return errors.Join(err, s.DB.InTx(ctx, func(tx *db.Tx) error {
			return tx.Enqueue(ctx, db.Job{Kind: sweepJob, Key: always, DueAt: tx.Now().Add(sweepEvery)})
		}))
	}}}
}

// Start makes sure that files are swept.
func (s *Service) Start(ctx context.Context) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return tx.Enqueue(ctx, db.Job{Kind: sweepJob, Key: always}) })
}

// Sweep removes files whose chat is gone and those that were never said.
func (s *Service) Sweep(ctx context.Context) error {
	for {
		found, err := orphans(ctx, s.DB, s.DB.Clock().Now().Add(-unsaidFor), sweepBatch)
		if err != nil {
			return err
		}
		for _, f := range found {
			if err := s.Delete(ctx, f); err != nil {
				return err
			}
		}
		if len(found) < sweepBatch {
			return nil
		}
	}
}
