package visitors

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers follow what happens in the visitors' conversations.
func (s *Service) Consumers() []outbox.Consumer {
	activity := outbox.On("visitors.activity", s.onMessageSent)
	activity.Wants = func(event any) bool { return answersAnew(event.(chat.MessageSent)) }
	return []outbox.Consumer{
		outbox.On("visitors.last-chat", s.onRoomOpened),
		activity,
		outbox.On("visitors.department", s.onDepartmentChanged),
		outbox.On("visitors.manager-role", func(ctx context.Context, _ string, e chat.PermissionsChanged) error {
			return s.managerGone(ctx, e.User)
		}),
		outbox.On("visitors.manager-gone", s.onSessionRevoked),
		outbox.On("visitors.field", s.onFieldChanged),
		outbox.On("visitors.room-erased", func(ctx context.Context, _ string, e chat.RoomErased) error {
			return s.DB.InTx(ctx, func(tx *db.Tx) error { return removePagesOf(ctx, tx, e.Room) })
		}),
	}
}

// onRoomOpened notes the visitor's last chat and gives the room the pages he saw before it (LC-NAV-4).
func (s *Service) onRoomOpened(ctx context.Context, _ string, e chat.RoomOpened) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := setLastChat(ctx, tx, e.Room.V.ID, chat.ChatRef{ID: e.Room.ID, TS: e.Room.TS}); err != nil {
			return err
		}
		return claimPages(ctx, tx, e.Room.V.ID, e.Room.ID)
	})
}

const monthsKept = 12

// onMessageSent notes the month in which an agent answered the visitor (LC-MSG-22).
func (s *Service) onMessageSent(ctx context.Context, _ string, e chat.MessageSent) error {
	if !answersAnew(e) {
		return nil
	}
	m := month(e.Message.TS)
	v, err := byID(ctx, s.DB, e.Head.Visitor)
	if gone(err) || err == nil && slices.Contains(v.Activity, m) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.change(ctx, v.ID, func(tx *db.Tx) (bool, error) { return addActivity(ctx, tx, v.ID, m) })
}

// answersAnew reports whether a message may be the first answer of its month.
func answersAnew(e chat.MessageSent) bool {
	return !e.Message.ByVisitor() && !e.Message.System() && e.Message.Automatic == nil && !slices.Contains(e.Head.Activity, month(e.Message.TS))
}

func month(at clock.Instant) string { return at.Time().Format("2006-01") }

func withMonth(months []string, m string) []string {
	if slices.Contains(months, m) {
		return months
	}
	months = append(slices.Clone(months), m)
	slices.Sort(months)
	return months[max(0, len(months)-monthsKept):]
}
