package offline

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/outbox"
)

const (
	jobClean   = "offline.clean" // kind and key of the one cleaning job
	cleanEvery = time.Hour
	cleanSome  = 200
)

// Jobs are the durable work of offline messages: forgetting old ones.
func (s *Service) Jobs() []jobs.Kind {
	return []jobs.Kind{{Name: jobClean, AtOnce: 1, Run: func(ctx context.Context, _ jobs.Run) error {
		if err := s.clean(ctx); err != nil {
			return err
		}
		return s.Start(ctx)
	}}}
}

// Start plans the cleaning.
func (s *Service) Start(ctx context.Context) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		return tx.Enqueue(ctx, db.Job{Kind: jobClean, Key: jobClean, DueAt: tx.Now().Add(cleanEvery)})
	})
}

// clean forgets messages older than the setting says, with their mails.
func (s *Service) clean(ctx context.Context) error {
	for {
		n := 0
		err := s.DB.InTx(ctx, func(tx *db.Tx) error {
			before := tx.Now().Add(-time.Duration(s.Settings.Current().OfflineMessageDays) * 24 * time.Hour)
			ids, err := removeOld(ctx, tx, before, cleanSome)
			n = len(ids)
			if err != nil {
				return err
			}
			return s.forgotten(ctx, tx, ids)
		})
		if err != nil || n < cleanSome {
			return err
		}
	}
}

// Consumers forget what an erased visitor wrote.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{outbox.On("offline.erased", func(ctx context.Context, _ string, e chat.VisitorErased) error {
		return s.DB.InTx(ctx, func(tx *db.Tx) error {
			ids, err := removeOf(ctx, tx, e.Visitor)
			if err != nil {
				return err
			}
			return s.forgotten(ctx, tx, ids)
		})
	})}
}

// forgotten forgets the mails about messages that are gone, and tells the screens.
func (s *Service) forgotten(ctx context.Context, tx *db.Tx, ids []string) error {
	for _, id := range ids {
		if err := s.Mails.Forget(ctx, tx, id); err != nil {
			return err
		}
		if err := tx.Emit(ctx, chat.OfflineChanged{ID: id}); err != nil {
			return err
		}
	}
	return nil
}
