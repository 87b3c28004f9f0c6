package live

import (
	"context"
	"encoding/json"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/realtime"
)

// reads stores how far somebody has read and tells the visitor's other windows and, where that
// is wanted, the other side (LC-READ-2, 3).
func (s *Service) reads(ctx context.Context, a chat.Actor, in realtime.Inbound) error {
	rid := chat.RoomID(in.Room)
	moved, err := s.Reads.Seen(ctx, a, rid, in.Seq)
	if err != nil || !moved {
		return err
	}
	if a.IsVisitor() {
		b, err := json.Marshal(Read{T: "read", Room: in.Room, Seq: in.Seq, Visitor: true})
		if err != nil {
			return err
		}
		if err := s.Hub.Publish(ctx, visitorOf(rid), realtime.Frame{Body: b, Room: in.Room}); err != nil {
			return err
		}
	}
	frames, err := s.readBy(ctx, a.IsVisitor(), in.Room)
	if err != nil {
		return err
	}
	topic := visitorOf(rid)
	if a.IsVisitor() {
		topic = agentsOf(rid)
	}
	for _, f := range frames {
		if err := s.Hub.Publish(ctx, topic, f); err != nil {
			return err
		}
	}
	return nil
}

// readBy is the frame that says how far the visitor, or all agents, have read; none
// where receipts are off or nobody has.
func (s *Service) readBy(ctx context.Context, visitor bool, room string) ([]realtime.Frame, error) {
	if !s.Settings.Current().ReadReceipts {
		return nil, nil
	}
	marks, err := s.Reads.Marks(ctx, chat.RoomID(room))
	if err != nil {
		return nil, err
	}
	seq := marks.Agents
	if visitor {
		seq = marks.Visitor
	}
	if seq == 0 {
		return nil, nil
	}
	b, err := json.Marshal(Read{T: "read", Room: room, Seq: seq})
	return []realtime.Frame{{Body: b, Room: room}}, err
}
