package webhooks

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
)

const (
	jobClean   = "webhooks.clean" // kind and key of the one cleaning job
	cleanEvery = time.Hour
	cleanSome  = 500
)

// Jobs are the durable work of webhooks: forgetting what was settled long ago.
func (s *Service) Jobs() []jobs.Kind {
	return []jobs.Kind{{Name: jobClean, AtOnce: 1, Run: func(ctx context.Context, _ jobs.Run) error {
		if err := s.clean(ctx); err != nil {
			return err
		}
		return s.planCleaning(ctx)
	}}}
}

func (s *Service) planCleaning(ctx context.Context) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		return tx.Enqueue(ctx, db.Job{Kind: jobClean, Key: jobClean, DueAt: tx.Now().Add(cleanEvery)})
	})
}

// clean forgets deliveries older than the setting says; what still waits stays.
func (s *Service) clean(ctx context.Context) error {
	before := s.Clock.Now().Add(-time.Duration(s.Settings.Current().WebhookLogDays) * 24 * time.Hour)
	for {
		var n int64
		err := s.DB.InTx(ctx, func(tx *db.Tx) (err error) {
			n, err = removeOld(ctx, tx, before, cleanSome)
			return err
		})
		if err != nil || n < cleanSome {
			return err
		}
	}
}
