package units

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers follow accounts: who is no monitor any more, or deactivated, leaves
// his units (tags-units 3.1).
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{
		outbox.On("units.roles", func(ctx context.Context, _ string, e chat.PermissionsChanged) error { return s.gone(ctx, e.User) }),
		outbox.On("units.sessions", func(ctx context.Context, _ string, e chat.SessionRevoked) error {
			if e.Session != "" {
				return nil
			}
			return s.gone(ctx, e.User)
		}),
	}
}

func (s *Service) gone(ctx context.Context, u chat.UserID) error {
	if u == "" {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return leave(ctx, tx, u) })
}
