package live

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/realtime"
)

// inRoom publishes a numbered event to the room's visitor and to its agents, each
// shaped once. Whatever is no message may have changed who may hear the room.
func (s *Service) inRoom(ctx context.Context, rid chat.RoomID, seq int64, e chat.Event) error {
	if seq == 0 {
		return nil
	}
	_, message := e.(chat.MessageSent)
	shape := func(topic string, a audience, recheck bool) error {
		if !s.Hub.Heard(topic) {
			return nil
		}
		f, err := a.frame(rid, seq, e)
		if err != nil {
			return err
		}
		f.Recheck = recheck
		return s.Hub.Publish(ctx, topic, f)
	}
	if err := shape(visitorOf(rid), s.visitorsAudience(), false); err != nil {
		return err
	}
	return shape(agentsOf(rid), s.staffAudience(), !message)
}

// push publishes an unnumbered happening, shaped once for all topics.
func (s *Service) push(ctx context.Context, name string, data any, topics ...string) error {
	f, err := realtime.NewPush(name, data)
	if err != nil {
		return err
	}
	return s.each(topics, func(t string) error { return s.Hub.Publish(ctx, t, f) })
}

func (s *Service) each(topics []string, do func(topic string) error) error {
	for _, t := range topics {
		if err := do(t); err != nil {
			return err
		}
	}
	return nil
}

// queues are the topics on which a department's waiting rooms are heard.
func queues(d chat.DepartmentID) []string { return []string{queue(d), queueAll} }
