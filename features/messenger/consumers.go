package messenger

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers send what agents say and what a page says by itself, and forget a department
// that is no more.
func (s *Service) Consumers() []outbox.Consumer {
	said := outbox.On("messenger.said", func(ctx context.Context, _ string, e chat.MessageSent) error {
		if !s.leaves(e.Message) {
			return nil
		}
		return s.queue(ctx, outgoing{id: string(e.Message.ID), kind: said, room: e.Message.RID, seq: e.Message.Seq})
	})
	said.Wants = func(event any) bool { return s.leaves(event.(chat.MessageSent).Message) }
	opened := outbox.On("messenger.opened", func(ctx context.Context, _ string, e chat.RoomOpened) error {
		return s.greet(ctx, greeting, e.Room, e.Room.Seq)
	})
	opened.Wants = func(event any) bool { return s.greets(event.(chat.RoomOpened).Room) }
	closed := outbox.On("messenger.closed", func(ctx context.Context, _ string, e chat.RoomClosed) error {
		return s.greet(ctx, farewell, e.Room, e.Seq)
	})
	closed.Wants = func(event any) bool { return s.greets(event.(chat.RoomClosed).Room) }
	return []outbox.Consumer{said, opened, closed,
		outbox.On("messenger.department", func(ctx context.Context, _ string, e chat.DepartmentChanged) error {
			if !e.Removed {
				return nil
			}
			return s.freed(ctx, e.Department)
		}),
	}
}

// leaves reports whether a message may be one that is sent (webhooks.md 6.1).
func (s *Service) leaves(m chat.Message) bool {
	return s.Settings.Current().FacebookEnabled && !m.ByVisitor() && !m.System() && !m.Hidden && m.Automatic == nil
}

func (s *Service) greets(r chat.Room) bool {
	return s.Settings.Current().FacebookEnabled && r.Source.Facebook() != nil
}

// greet keeps what a page says at the beginning or the end of a chat to be sent.
func (s *Service) greet(ctx context.Context, k kind, r chat.Room, seq int64) error {
	if !s.greets(r) {
		return nil
	}
	page, err := findPage(ctx, s.DB, r.Source.Destination)
	if err != nil || page.says(k) == "" {
		return err
	}
	return s.queue(ctx, outgoing{id: derivedID(string(k), string(r.ID), closing(r)), kind: k, room: r.ID, seq: seq})
}

// closing tells the ends of a chat that was opened again apart.
func closing(r chat.Room) string { return r.ClosedAt.String() }
