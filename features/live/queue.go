package live

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
)

// queueMoved tells those who wait where they stand, if they listen (RQ-POS-4).
func (s *Service) queueMoved(ctx context.Context, _ string, e chat.QueueMoved) error {
	heard := make([]chat.QueuePlace, 0, len(e.Places))
	for _, p := range e.Places {
		if s.Hub.Heard(visitorOf(p.RID)) {
			heard = append(heard, p)
		}
	}
	if len(heard) == 0 {
		return nil
	}
	text, err := s.waitingText(ctx, e.Department)
	if err != nil {
		return err
	}
	message := chat.QueueMessage{Text: text, User: chat.System.Ref()}
	for _, p := range heard {
		if err := s.push(ctx, "queueData", QueueData{p, message}, visitorOf(p.RID)); err != nil {
			return err
		}
	}
	return nil
}

// inquiryChanged has waiting lists put the inquiry in its new place.
func (s *Service) inquiryChanged(ctx context.Context, _ string, e chat.InquiryChanged) error {
	return s.push(ctx, "inquiry.changed", InquiryData{e.Inquiry.ForStaff()}, queues(e.Inquiry.Department)...)
}

// preferenceDropped takes the inquiry from the list of who was preferred; whoever
// still has it otherwise is told again by the event after it.
func (s *Service) preferenceDropped(ctx context.Context, _ string, e chat.PreferenceDropped) error {
	return s.push(ctx, "inquiry.removed", RoomGoneData{e.RID}, user(e.Agent))
}

// roomForwarded takes the room out of the waiting lists of the department it left;
// what else happened is told by the events beside it.
func (s *Service) roomForwarded(ctx context.Context, _ string, e chat.RoomForwarded) error {
	s.moved.Store(true)
	if e.OldDepartment == e.Room.DepartmentID {
		return nil
	}
	if err := s.push(ctx, "inquiry.removed", RoomGoneData{e.Room.ID}, queue(e.OldDepartment)); err != nil {
		return err
	}
	left, err := s.unitOf(ctx, e.OldDepartment)
	if err != nil || left == "" || slices.Contains(e.Room.DepartmentAncestors, left) {
		return err
	}
	return s.push(ctx, "room.removed", RoomGoneData{e.Room.ID}, unit(left))
}

func (s *Service) unitChanged(ctx context.Context, _ string, e chat.UnitChanged) error {
	return s.tell(ctx, e)
}

// priorityChanged has every screen show the new name.
func (s *Service) priorityChanged(ctx context.Context, _ string, e chat.PriorityChanged) error {
	return s.push(ctx, "omnichannel.priority-changed", PriorityNameData{ID: e.ID, Action: "changed", Name: e.Name}, staff)
}
