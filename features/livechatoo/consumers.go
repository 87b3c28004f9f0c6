package livechatoo

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers give newcomers their numbers.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{
		outbox.On("livechatoo.department", func(ctx context.Context, _ string, e chat.DepartmentChanged) error {
			if e.Removed {
				return nil
			}
			return s.numbered(ctx, Departments, string(e.Department))
		}),
		outbox.On("livechatoo.agent", func(ctx context.Context, _ string, e chat.AgentChanged) error {
			return s.numbered(ctx, Operators, string(e.Agent.ID))
		}),
	}
}
