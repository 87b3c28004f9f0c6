package accounts

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

const (
	upkeepEvery = 3 * time.Minute
	// rereadEvery bounds how long a change of permissions can stay unknown to a node
	// that did not hear of it.
	rereadEvery = 30 * time.Second
)

// Run writes down when sessions were last used and ends those whose time is
// over, until ctx ends. What it keeps in memory is this process's own, so every
// node runs it.
func (s *Service) Run(ctx context.Context) error {
	for due := s.Clock.Now().Add(upkeepEvery); ; {
		select {
		case <-ctx.Done():
			return s.FlushUsed(context.WithoutCancel(ctx))
		case <-s.Clock.After(rereadEvery):
		}
		s.rights.changed()
		if s.Clock.Now() < due {
			continue
		}
		due = s.Clock.Now().Add(upkeepEvery)
		if err := s.upkeep(ctx); err != nil && ctx.Err() == nil {
			s.Log.Warn("sessions' upkeep failed", "error", err)
		}
	}
}

func (s *Service) upkeep(ctx context.Context) error {
	if err := s.FlushUsed(ctx); err != nil {
		return err
	}
	return s.EndExpired(ctx)
}

// FlushUsed writes down when sessions were last used.
func (s *Service) FlushUsed(ctx context.Context) error {
	used := s.cache.takeUsed()
	if len(used) == 0 {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		for session, at := range used {
			if err := updateUsed(ctx, tx, session, at); err != nil {
				return err
			}
		}
		return nil
	})
}

// EndExpired ends the sessions whose time is over.
func (s *Service) EndExpired(ctx context.Context) error {
	var ended []chat.SessionRevoked
	err := s.DB.InTx(ctx, func(tx *db.Tx) (err error) {
		if ended, err = deleteExpired(ctx, tx); err != nil {
			return err
		}
		for _, e := range ended {
			if err := tx.Emit(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
	for _, e := range ended {
		s.ForgetUser(e.User)
	}
	return err
}
