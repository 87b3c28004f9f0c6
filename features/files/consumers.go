package files

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers remove the files of what is removed.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{
		outbox.On("files.message", func(ctx context.Context, _ string, e chat.MessageChanged) error {
			if !e.Removed {
				return nil
			}
			found, err := ofMessage(ctx, s.DB, e.Message.ID)
			for _, f := range found {
				if err == nil {
					err = s.Delete(ctx, f)
				}
			}
			return err
		}),
		outbox.On("files.room", func(ctx context.Context, _ string, _ chat.RoomErased) error { return s.Sweep(ctx) }),
		outbox.On("files.visitor", func(ctx context.Context, _ string, _ chat.VisitorErased) error { return s.Sweep(ctx) }),
	}
}
