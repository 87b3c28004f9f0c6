package routing

import (
	"context"
	"errors"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers are the events after which a waiting room may find its agent (RQ-Q-7).
func (d *Dispatcher) Consumers() []outbox.Consumer {
	return []outbox.Consumer{
		outbox.On("routing.agent", func(ctx context.Context, _ string, e chat.AgentChanged) error {
			if !e.Ready { // who waits for his department may go to its fallback, who waits for him to others (RQ-DEP-5, RQ-PREF-4)
				queues, err := queuesLeft(ctx, d.routing.DB, e.Agent.ID)
				return errors.Join(err, d.look(ctx, these(queues...)))
			}
			return d.free(ctx, e.Agent.ID)
		}),
		outbox.On("routing.queued", func(ctx context.Context, _ string, e chat.InquiryQueued) error {
			return d.look(ctx, these(e.Inquiry.Department))
		}),
		outbox.On("routing.closed", func(ctx context.Context, _ string, e chat.RoomClosed) error { return d.free(ctx, e.Agents...) }),
		outbox.On("routing.changed", func(ctx context.Context, _ string, e chat.RoomChanged) error {
			left := e.Left
			if e.Room.OnHold && e.Room.ServedBy != nil {
				left = append(slices.Clone(left), e.Room.ServedBy.ID)
			}
			return d.free(ctx, left...)
		}),
		outbox.On("routing.forwarded", func(ctx context.Context, _ string, e chat.RoomForwarded) error {
			if e.OldServedBy == nil {
				return nil
			}
			return d.free(ctx, e.OldServedBy.ID)
		}),
		outbox.On("routing.setting", d.settingChanged),
		outbox.On("routing.department", func(ctx context.Context, _ string, _ chat.DepartmentChanged) error {
			return d.look(ctx, queues{all: true})
		}),
		outbox.On("routing.member", func(ctx context.Context, _ string, e chat.MembershipChanged) error {
			return d.look(ctx, these(e.Department))
		}),
		outbox.On("routing.contact", func(ctx context.Context, _ string, _ chat.ContactChanged) error {
			if now := d.routing.Settings.Current(); !now.BlockUnknownContacts && !now.BlockUnverifiedContacts {
				return nil
			}
			return d.look(ctx, queues{all: true})
		}),
		outbox.On("routing.hours", func(ctx context.Context, _ string, _ chat.HoursChanged) error { return d.look(ctx, queues{all: true}) }),
	}
}

// look wakes the dispatcher for some queues.
func (d *Dispatcher) look(ctx context.Context, q queues) error {
	_, err := d.wake(ctx, q)
	return err
}

// free looks at the queues of agents who may have room now.
func (d *Dispatcher) free(ctx context.Context, agents ...chat.AgentID) error {
	if len(agents) == 0 {
		return nil
	}
	if d.routing.Settings.Current().RoutingMethod == chat.RoutingExternal { // whom it names for a queue need not be a member
		return d.look(ctx, queues{all: true})
	}
	q := these()
	for _, a := range agents {
		behind, err := queuesBehind(ctx, d.routing.DB, a)
		if err != nil {
			return err
		}
		q.add(these(behind...))
		own, err := queuesOf(ctx, d.routing.DB, a)
		if err != nil {
			return err
		}
		for _, queue := range own {
			q.some[queue] = true
		}
	}
	return d.look(ctx, q)
}

// freeing are the settings that may let a waiting chat go to somebody.
var freeing = []string{"Livechat_enabled", "Livechat_enabled_when_agent_idle", "Livechat_Block_Unknown_Contacts", "Livechat_Block_Unverified_Contacts", "Livechat_Routing_Method", "Livechat_waiting_queue",
	"Livechat_maximum_chats_per_agent", "Omnichannel_queue_delay_timeout", "Omnichannel_max_fallback_forward_depth",
	"Livechat_enable_business_hours", "Livechat_business_hour_type", "Foyer_business_hours_per_department",
	"Livechat_External_Queue_URL", "Livechat_External_Queue_Token"}

func (d *Dispatcher) settingChanged(ctx context.Context, _ string, e chat.SettingChanged) error {
	if !slices.Contains(freeing, e.ID) {
		return nil
	}
	if err := d.routing.Settings.Reload(ctx); err != nil { // whoever changed it may not have yet
		return err
	}
	if e.ID == "Livechat_Routing_Method" { // what was ready waits (routing 14)
		if err := d.reconcile(ctx); err != nil {
			return err
		}
	}
	return d.look(ctx, queues{all: true})
}
