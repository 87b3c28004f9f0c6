package onsite

import (
	"context"
	"math"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/outbox"
)

const (
	jobExpire   = "onsite.expire" // kind and key of the one cleaning job
	expireEvery = time.Minute
)

// Jobs are the durable work: forgetting who is gone.
func (s *Service) Jobs() []jobs.Kind {
	return []jobs.Kind{{Name: jobExpire, MaxAttempts: math.MaxInt32, AtOnce: 1, Run: func(ctx context.Context, _ jobs.Run) error {
		if err := s.forget(ctx, expire); err != nil {
			return err
		}
		return s.Start(ctx)
	}}}
}

// Start plans the forgetting.
func (s *Service) Start(ctx context.Context) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		return tx.Enqueue(ctx, db.Job{Kind: jobExpire, Key: jobExpire, DueAt: tx.Now().Add(expireEvery)})
	})
}

// Consumers forget an erased visitor.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{outbox.On("onsite.erased", func(ctx context.Context, _ string, e chat.VisitorErased) error {
		return s.forget(ctx, func(ctx context.Context, tx *db.Tx) (int64, error) { return removeOf(ctx, tx, e.Visitor) })
	})}
}

func (s *Service) forget(ctx context.Context, some func(context.Context, *db.Tx) (int64, error)) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if n, err := some(ctx, tx); err != nil || n == 0 {
			return err
		}
		return tx.Emit(ctx, chat.VisitorsMoved{})
	})
}
