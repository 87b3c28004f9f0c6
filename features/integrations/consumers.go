package integrations

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers are the events integrations follow.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{
		outbox.On("integrations.closed", func(ctx context.Context, event string, e chat.RoomClosed) error {
			return s.tellRDStation(ctx, event, e.Room)
		}),
		outbox.On("integrations.described", func(ctx context.Context, event string, e chat.RoomDescribed) error {
			return s.tellRDStation(ctx, event, e.Room)
		}),
		outbox.On("integrations.claim", func(ctx context.Context, _ string, e chat.RoomClosed) error {
			return s.DB.InTx(ctx, func(tx *db.Tx) error { return dropClaim(ctx, tx, e.Room.ID) })
		}),
	}
}
