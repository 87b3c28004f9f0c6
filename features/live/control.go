package live

import (
	"context"
	"encoding/json"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/realtime"
)

// visitorLeft is told to every node by the one whose last connection of a
// visitor has gone; the others are events by their own names.
const visitorLeft = "visitor.left"

// tell repeats an event to every node of the installation, where caches are
// dropped and connections closed.
func (s *Service) tell(ctx context.Context, e chat.Event) error {
	b, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return s.Hub.Tell(ctx, e.EventName(), b)
}

// told acts on this node's connections. It must not block.
func (s *Service) told(name string, data []byte) {
	switch name {
	case chat.SessionRevoked{}.EventName():
		var e chat.SessionRevoked
		if s.understood(data, &e) {
			s.Hub.Disconnect(func(p realtime.Peer) bool { return signedIn(of(p), e) })
		}
	case chat.PermissionsChanged{}.EventName():
		var e chat.PermissionsChanged
		if s.understood(data, &e) {
			s.Hub.Refresh(func(p realtime.Peer) bool { return concerned(of(p), e) })
		}
	case chat.MembershipChanged{}.EventName():
		var e chat.MembershipChanged
		if s.understood(data, &e) {
			s.Hub.Refresh(func(p realtime.Peer) bool { return e.Agent != "" && of(p).actor.User == e.Agent })
		}
	case chat.DepartmentChanged{}.EventName(), chat.UnitChanged{}.EventName():
		s.Hub.Refresh(func(p realtime.Peer) bool { return !of(p).actor.IsVisitor() })
	case chat.VisitorErased{}.EventName():
		var e chat.VisitorErased
		if s.understood(data, &e) {
			s.Hub.Disconnect(func(p realtime.Peer) bool { return e.Visitor != "" && of(p).actor.Visitor == e.Visitor })
		}
	case chat.RoomGiven{}.EventName():
		var e chat.RoomGiven
		if s.understood(data, &e) {
			s.Hub.Disconnect(func(p realtime.Peer) bool { return e.From != "" && of(p).actor.Visitor == e.From })
		}
	case visitorLeft:
		if id := chat.VisitorID(data); s.visitors.present(id) {
			go s.visitors.settle(context.Background(), id, chat.Online)
		}
	}
}

func (s *Service) understood(data []byte, e any) bool {
	err := json.Unmarshal(data, e)
	if err != nil {
		s.Log.Error("live: control", "error", err)
	}
	return err == nil
}

func signedIn(who identity, e chat.SessionRevoked) bool {
	return e.User != "" && who.actor.User == e.User && (e.Session == "" || who.session == e.Session)
}

func concerned(who identity, e chat.PermissionsChanged) bool {
	return !who.actor.IsVisitor() && (e.User == "" || who.actor.User == e.User)
}
