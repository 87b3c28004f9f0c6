package analytics

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers follow conversations to their end, and what changes afterwards. Each counts
// the conversation anew, so it does not matter how often it hears of it. What happens to
// one conversation is heard by one of them, in order: two would get in each other's way.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{
		together("analytics.rooms",
			outbox.On("", func(ctx context.Context, _ string, e chat.RoomClosed) error { return s.count(ctx, e.Room.ID) }),
			outbox.On("", func(ctx context.Context, _ string, e chat.RoomChanged) error { return s.ifClosed(ctx, e.Room) }),
			outbox.On("", func(ctx context.Context, _ string, e chat.RoomReopened) error { return s.countKept(ctx, e.Room.ID) }),
			outbox.On("", func(ctx context.Context, _ string, e chat.RoomDescribed) error { return s.ifClosed(ctx, e.Room) }),
			outbox.On("", func(ctx context.Context, _ string, e chat.MessageChanged) error {
				return s.countKept(ctx, e.Message.RID)
			}),
			outbox.On("", func(ctx context.Context, _ string, e chat.RoomErased) error { return s.count(ctx, e.Room) }),
			outbox.On("", func(ctx context.Context, _ string, e chat.RoomGiven) error { return s.countKept(ctx, e.Room) }),
		),
		outbox.On("analytics.visitor", s.onVisitorErased),
		outbox.On("analytics.unit", s.onUnitChanged),
		outbox.On("analytics.setting", s.onSettingChanged),
	}
}

// together makes one consumer of several.
func together(name string, all ...outbox.Consumer) outbox.Consumer {
	one, by := outbox.Consumer{Name: name}, map[string]outbox.Consumer{}
	for _, c := range all {
		one.Events = append(one.Events, c.Events...)
		by[c.Events[0]] = c
	}
	one.Handle = func(ctx context.Context, v outbox.Envelope) error { return by[v.Name].Handle(ctx, v) }
	return one
}

// count counts conversations anew. One at a time: they all add to the sums of today, and
// those that wait for one another would take connections from people.
func (s *Service) count(ctx context.Context, ids ...chat.RoomID) error {
	select {
	case s.counting <- struct{}{}:
		defer func() { <-s.counting }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for len(ids) > 0 {
		some := ids[:min(len(ids), batch)]
		ids = ids[len(some):]
		if err := s.DB.InTx(ctx, func(tx *db.Tx) error { return s.refresh(ctx, tx, some) }); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) ifClosed(ctx context.Context, r chat.Room) error {
	if r.Open {
		return nil
	}
	return s.count(ctx, r.ID)
}

// countKept counts a room again if it is counted already.
func (s *Service) countKept(ctx context.Context, rid chat.RoomID) error {
	kept, err := isKept(ctx, s.DB, rid)
	if err != nil || !kept {
		return err
	}
	return s.count(ctx, rid)
}

func (s *Service) onVisitorErased(ctx context.Context, _ string, e chat.VisitorErased) error {
	ids, err := roomsOfVisitor(ctx, s.DB, e.Visitor)
	if err != nil {
		return err
	}
	return s.count(ctx, ids...)
}

// onUnitChanged counts the rooms again whose unit is another one now.
func (s *Service) onUnitChanged(ctx context.Context, _ string, _ chat.UnitChanged) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		return tx.Enqueue(ctx, db.Job{Kind: unitJob, Key: unitJob, Payload: cursor{}, DueAt: tx.Now().Add(settle)})
	})
}

// inactivity is the setting that says who counts as gone.
const inactivity = "Livechat_visitor_inactivity_timeout"

func (s *Service) onSettingChanged(ctx context.Context, _ string, e chat.SettingChanged) error {
	if e.ID != inactivity {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		return tx.Enqueue(ctx, db.Job{Kind: silenceJob, Key: silenceJob, Payload: cursor{}, DueAt: tx.Now().Add(settle)})
	})
}
