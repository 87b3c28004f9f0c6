package visitors

import (
	"context"
	"math"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
)

const (
	pagesJob = "visitors.pages"
	always   = "always" // the key of the one job that repeats
)

// Jobs is the durable work: letting pages expire.
func (s *Service) Jobs() []jobs.Kind {
	return []jobs.Kind{{Name: pagesJob, MaxAttempts: math.MaxInt32, Run: s.runExpiry}}
}

// Start makes sure that pages expire.
func (s *Service) Start(ctx context.Context) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return tx.Enqueue(ctx, db.Job{Kind: pagesJob, Key: always}) })
}

func (s *Service) runExpiry(ctx context.Context, _ jobs.Run) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := expirePages(ctx, tx, tx.Now().Add(-pagesExpire)); err != nil {
			return err
		}
		return tx.Enqueue(ctx, db.Job{Kind: pagesJob, Key: always, DueAt: tx.Now().Add(day)})
	})
}
