package routing

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers are the events after which a waiting room may find its agent.
func (d *Dispatcher) Consumers() []outbox.Consumer {
	return []outbox.Consumer{
		outbox.On("routing.agent", func(ctx context.Context, _ string, e chat.AgentChanged) error {
			if e.Agent.StatusLivechat != chat.Available {
				return nil
			}
			return d.Sweep(ctx)
		}),
		outbox.On("routing.queued", func(ctx context.Context, _ string, _ chat.InquiryQueued) error { return d.Sweep(ctx) }),
		outbox.On("routing.closed", func(ctx context.Context, _ string, _ chat.RoomClosed) error { return d.Sweep(ctx) }),
		outbox.On("routing.setting", func(ctx context.Context, _ string, _ chat.SettingChanged) error { return d.Sweep(ctx) }),
	}
}
