package routing

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers are what moves queues (RQ-POS-5).
func (p *Places) Consumers() []outbox.Consumer {
	return []outbox.Consumer{
		outbox.On("places.queued", func(ctx context.Context, _ string, e chat.InquiryQueued) error {
			return p.moved(ctx, e.Inquiry.Department)
		}),
		outbox.On("places.changed", func(ctx context.Context, _ string, e chat.InquiryChanged) error {
			return p.moved(ctx, e.Inquiry.Department)
		}),
		outbox.On("places.taken", func(ctx context.Context, _ string, e chat.RoomTaken) error { return p.moved(ctx, e.Room.DepartmentID) }),
		outbox.On("places.closed", func(ctx context.Context, _ string, e chat.RoomClosed) error { return p.moved(ctx, e.Room.DepartmentID) }),
		outbox.On("places.forwarded", func(ctx context.Context, _ string, e chat.RoomForwarded) error {
			return p.moved(ctx, e.Room.DepartmentID, e.OldDepartment)
		}),
		outbox.On("places.department", func(ctx context.Context, _ string, e chat.DepartmentChanged) error { return p.moved(ctx, e.Department) }),
		outbox.On("places.agent", func(ctx context.Context, _ string, _ chat.AgentChanged) error { return p.allMoved(ctx) }),
		outbox.On("places.setting", p.settingChanged),
	}
}

// placesSettings are those that change places, estimates or whether they are shown.
var placesSettings = []string{"Omnichannel_sorting_mechanism", "Livechat_waiting_queue", "Omnichannel_calculate_dispatch_service_queue_statistics",
	"Livechat_waiting_queue_message", "Livechat_number_most_recent_chats_estimate_wait_time", "Livechat_maximum_chats_per_agent"}

// settingChanged does not ask whether places are shown: this node may not have
// read the new settings yet.
func (p *Places) settingChanged(ctx context.Context, _ string, e chat.SettingChanged) error {
	if !slices.Contains(placesSettings, e.ID) {
		return nil
	}
	return p.allMoved(ctx)
}

// allMoved tells everybody who waits again: who is there decides how long it takes.
func (p *Places) allMoved(ctx context.Context) error {
	queues, err := waitedIn(ctx, p.routing.DB)
	if err != nil || len(queues) == 0 {
		return err
	}
	return p.soon(ctx, queues)
}
