package widget

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers follow what changes the offer. Settings are read anew each time.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{
		outbox.On("widget.agent", func(context.Context, string, chat.AgentChanged) error { return s.changed() }),
		outbox.On("widget.department", func(context.Context, string, chat.DepartmentChanged) error { return s.changed() }),
		outbox.On("widget.membership", func(context.Context, string, chat.MembershipChanged) error { return s.changed() }),
		outbox.On("widget.unit", func(context.Context, string, chat.UnitChanged) error { return s.changed() }),
		outbox.On("widget.field", func(context.Context, string, chat.FieldChanged) error { return s.changed() }),
		outbox.On("widget.triggers", func(context.Context, string, chat.TriggersChanged) error { return s.changed() }),
		outbox.On("widget.hours", func(context.Context, string, chat.HoursChanged) error { return s.changed() }),
	}
}

func (s *Service) changed() error {
	s.offers.drop()
	return nil
}
