package live

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/realtime"
)

// Consumers publish what happened. They are one consumer, so that the different
// events of a room stay in order.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{together("live",
		outbox.On("", s.identityChecked),
		outbox.On("", s.messageSent), outbox.On("", s.messageChanged), outbox.On("", s.roomOpened), outbox.On("", s.roomReopened), outbox.On("", s.inboxesChanged),
		outbox.On("", s.roomTaken), outbox.On("", s.roomClosed), outbox.On("", s.roomChanged),
		outbox.On("", s.inquiryQueued), outbox.On("", s.agentChanged), outbox.On("", s.settingChanged), outbox.On("", s.portraitChanged), outbox.On("", s.noticesChanged), outbox.On("", s.webhooksChanged), outbox.On("", s.cannedChanged), outbox.On("", s.contactChanged), outbox.On("", s.roomErased), outbox.On("", s.roomGiven),
		outbox.On("", s.permissionsChanged), outbox.On("", s.sessionRevoked), outbox.On("", s.visitorErased),
		outbox.On("", s.queueMoved), outbox.On("", s.inquiryChanged), outbox.On("", s.roomForwarded), outbox.On("", s.preferenceDropped),
		outbox.On("", s.membershipChanged), outbox.On("", s.departmentChanged),
		outbox.On("", s.unitChanged), outbox.On("", s.priorityChanged), outbox.On("", s.triggersJudged), outbox.On("", s.roomRated),
		outbox.On("", s.offlineReceived), outbox.On("", s.offlineChanged), outbox.On("", s.visitorsMoved),
		outbox.On("", s.sitesChanged))}
}

func together(name string, parts ...outbox.Consumer) outbox.Consumer {
	all := outbox.Consumer{Name: name}
	of := map[string]outbox.Consumer{}
	for _, p := range parts {
		all.Events = append(all.Events, p.Events...)
		of[p.Events[0]] = p
	}
	all.Handle = func(ctx context.Context, e outbox.Envelope) error { return of[e.Name].Handle(ctx, e) }
	return all
}

// messageSent is the hot path: it reads nothing.
func (s *Service) messageSent(ctx context.Context, _ string, e chat.MessageSent) error {
	if err := s.inRoom(ctx, e.Message.RID, e.Message.Seq, e); err != nil || e.Message.Hidden || s.Settings.Current().Hides(e.Message.T) {
		return err
	}
	switch {
	case e.Head.ServedBy != "":
		return s.outside(ctx, user(e.Head.ServedBy), e)
	case e.Head.Open && e.Message.ByVisitor() && e.Head.Msgs <= previewed:
		return s.each(queues(e.Head.DepartmentID), func(t string) error { return s.outside(ctx, t, e) })
	}
	return nil
}

// previewed is how many messages of a waiting room may change what the waiting
// list shows of it: its first one, which may follow system messages.
const previewed = 4

// outside tells those who have not joined the room.
func (s *Service) outside(ctx context.Context, topic string, e chat.MessageSent) error {
	if !s.Hub.HeardOutside(topic, string(e.Message.RID)) {
		return nil
	}
	f, err := realtime.NewPush("message", RoomMessageData{e.Message.ForStaff(), e.Head.ServedBy, e.Head.Visitor})
	if err != nil {
		return err
	}
	f.Outside = string(e.Message.RID)
	return s.Hub.Publish(ctx, topic, f)
}

func (s *Service) messageChanged(ctx context.Context, _ string, e chat.MessageChanged) error {
	return s.inRoom(ctx, e.Message.RID, e.Seq, e)
}

func (s *Service) roomOpened(ctx context.Context, _ string, e chat.RoomOpened) error {
	s.moved.Store(true)
	return s.push(ctx, "room.added", RoomData{s.staffAudience().room(e.Room)}, supervising(e.Room)...)
}

// roomReopened puts the room into the lists it left when it was closed.
func (s *Service) roomReopened(ctx context.Context, _ string, e chat.RoomReopened) error {
	s.moved.Store(true)
	return s.push(ctx, "room.added", RoomData{s.staffAudience().room(e.Room)}, supervising(e.Room)...)
}

// inboxesChanged tells every node, and who looks at the inboxes to look again.
func (s *Service) inboxesChanged(ctx context.Context, _ string, e chat.InboxesChanged) error {
	if err := s.tell(ctx, e); err != nil {
		return err
	}
	return s.push(ctx, "inboxes.changed", struct{}{}, staff)
}

func (s *Service) inquiryQueued(ctx context.Context, _ string, e chat.InquiryQueued) error {
	s.moved.Store(true)
	topics := queues(e.Inquiry.Department)
	if a := e.Inquiry.DefaultAgent; a != nil {
		topics = append(topics, user(a.AgentID))
	}
	return s.push(ctx, "inquiry.added", InquiryData{e.Inquiry.ForStaff()}, topics...)
}

func (s *Service) identityChecked(ctx context.Context, _ string, e chat.IdentityChecked) error {
	return s.push(ctx, "identity.checked", RoomGoneData{e.RID}, agentsOf(e.RID))
}

func (s *Service) roomTaken(ctx context.Context, _ string, e chat.RoomTaken) error {
	if err := s.inRoom(ctx, e.Room.ID, e.Seq, e); err != nil {
		return err
	}
	if err := s.push(ctx, "inquiry.removed", RoomGoneData{e.Room.ID}, queues(e.Room.DepartmentID)...); err != nil {
		return err
	}
	s.moved.Store(true)
	if e.Room.ServedBy != nil {
		if err := s.push(ctx, "room.added", RoomData{s.staffAudience().room(e.Room)}, user(e.Room.ServedBy.ID)); err != nil {
			return err
		}
	}
	return s.push(ctx, "room.changed", RoomData{s.staffAudience().room(e.Room)}, supervising(e.Room)...)
}

func (s *Service) roomClosed(ctx context.Context, _ string, e chat.RoomClosed) error {
	if err := s.inRoom(ctx, e.Room.ID, e.Seq, e); err != nil {
		return err
	}
	if err := s.push(ctx, "inquiry.removed", RoomGoneData{e.Room.ID}, queues(e.Room.DepartmentID)...); err != nil {
		return err
	}
	s.moved.Store(true)
	return s.push(ctx, "room.removed", RoomGoneData{e.Room.ID}, append(users(e.Agents), supervising(e.Room)...)...)
}

func (s *Service) roomChanged(ctx context.Context, _ string, e chat.RoomChanged) error {
	if err := s.inRoom(ctx, e.Room.ID, e.Seq, e); err != nil {
		return err
	}
	if err := s.push(ctx, "room.removed", RoomGoneData{e.Room.ID}, users(e.Left)...); err != nil {
		return err
	}
	topics := supervising(e.Room)
	if e.Room.ServedBy != nil {
		topics = append(topics, user(e.Room.ServedBy.ID))
	}
	return s.push(ctx, "room.changed", RoomData{s.staffAudience().room(e.Room)}, topics...)
}

func (s *Service) agentChanged(ctx context.Context, _ string, e chat.AgentChanged) error {
	a := e.Agent
	a.Emails, a.Settings = nil, nil
	units, err := s.unitsOf(ctx, a.ID)
	if err != nil {
		return err
	}
	if err := s.push(ctx, "agent.changed", AgentData{a}, aware(a.ID, units)...); err != nil || !s.Settings.Current().ShowAgentInfo {
		return err
	}
	served, err := s.served(ctx, a.ID)
	if err != nil {
		return err
	}
	return s.each(served, func(rid string) error {
		return s.push(ctx, "agent.status", AgentStatusData{chat.RoomID(rid), a.Status}, visitorOf(chat.RoomID(rid)))
	})
}

func (s *Service) triggersJudged(ctx context.Context, _ string, e chat.TriggersJudged) error {
	return s.push(ctx, "triggers.judged", TriggersJudgedData(e), agentsOf(e.Room))
}

// roomRated tells who has the room open to look again: what was said is read where rooms are read.
func (s *Service) roomRated(ctx context.Context, _ string, e chat.RoomRated) error {
	return s.push(ctx, "room.rated", RoomGoneData{e.Room}, agentsOf(e.Room))
}

func (s *Service) sitesChanged(ctx context.Context, _ string, e chat.SitesChanged) error {
	return s.tell(ctx, e)
}

func (s *Service) webhooksChanged(ctx context.Context, _ string, e chat.WebhooksChanged) error {
	return s.tell(ctx, e)
}

// cannedChanged tells everybody to look again: nobody learns what is not his to see.
func (s *Service) cannedChanged(ctx context.Context, _ string, _ chat.CannedChanged) error {
	return s.push(ctx, "canned.changed", CannedData{}, staff)
}

func (s *Service) roomErased(ctx context.Context, _ string, e chat.RoomErased) error {
	return s.push(ctx, "room.removed", RoomGoneData{e.Room}, staff)
}

// roomGiven ends the connections of who had the room: on the next he is refused.
func (s *Service) roomGiven(ctx context.Context, _ string, e chat.RoomGiven) error {
	return s.tell(ctx, e)
}

func (s *Service) contactChanged(ctx context.Context, _ string, e chat.ContactChanged) error {
	return s.push(ctx, "contact.changed", ContactData{e.Contact}, staff)
}

// portraitChanged tells staff, and the visitors whom the user serves, how he shows now.
func (s *Service) portraitChanged(ctx context.Context, _ string, e chat.PortraitChanged) error {
	if err := s.push(ctx, "faces.changed", struct{}{}, staff); err != nil {
		return err
	}
	served, err := s.served(ctx, e.User)
	if err != nil || len(served) == 0 {
		return err
	}
	view, err := s.viewOf(ctx, e.User)
	if err != nil {
		return err
	}
	view = s.visitorsAudience().agent(view)
	return s.each(served, func(rid string) error {
		return s.push(ctx, "agent.view", AgentViewData{chat.RoomID(rid), view}, visitorOf(chat.RoomID(rid)))
	})
}

func (s *Service) settingChanged(ctx context.Context, _ string, e chat.SettingChanged) error {
	if err := s.tell(ctx, e); err != nil {
		return err
	}
	// Visitors hear only that their configuration may be another.
	if err := s.push(ctx, "config.changed", struct{}{}, guests); err != nil {
		return err
	}
	return s.push(ctx, "setting.changed", SettingData{e.ID}, staff)
}

func (s *Service) noticesChanged(ctx context.Context, _ string, e chat.NoticesChanged) error {
	return s.push(ctx, "notices.changed", struct{}{}, user(e.User))
}

// offlineReceived and offlineChanged tell only that there is something to ask for: who may see what, the list says.
func (s *Service) offlineReceived(ctx context.Context, _ string, _ chat.OfflineReceived) error {
	return s.push(ctx, "offline.changed", struct{}{}, staff)
}

func (s *Service) offlineChanged(ctx context.Context, _ string, _ chat.OfflineChanged) error {
	return s.push(ctx, "offline.changed", struct{}{}, staff)
}

// visitorsMoved is told in time: on a busy site it happens at every moment.
func (s *Service) visitorsMoved(context.Context, string, chat.VisitorsMoved) error {
	s.moved.Store(true)
	return nil
}

func (s *Service) permissionsChanged(ctx context.Context, _ string, e chat.PermissionsChanged) error {
	if err := s.tell(ctx, e); err != nil {
		return err
	}
	topic := staff
	if e.User != "" {
		topic = user(e.User)
	}
	return s.push(ctx, "permissions.changed", PermissionsData(e), topic)
}

func (s *Service) sessionRevoked(ctx context.Context, _ string, e chat.SessionRevoked) error {
	return s.tell(ctx, e)
}

func (s *Service) visitorErased(ctx context.Context, _ string, e chat.VisitorErased) error {
	return s.tell(ctx, e)
}
