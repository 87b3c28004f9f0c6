package canned

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers remove what belonged to a department or a person that is no more.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{
		outbox.On("canned.department", func(ctx context.Context, _ string, e chat.DepartmentChanged) error {
			if !e.Removed {
				return nil
			}
			return s.clear(ctx, func(tx *db.Tx) (int64, error) { return removeOf(ctx, tx, e.Department) })
		}),
		outbox.On("canned.account", func(ctx context.Context, _ string, e chat.SessionRevoked) error {
			if e.Session != "" {
				return nil
			}
			return s.clear(ctx, func(tx *db.Tx) (int64, error) { return removeOwn(ctx, tx, e.User) })
		}),
	}
}

func (s *Service) clear(ctx context.Context, remove func(*db.Tx) (int64, error)) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		n, err := remove(tx)
		if err != nil || n == 0 {
			return err
		}
		return tx.Emit(ctx, chat.CannedChanged{})
	})
}
