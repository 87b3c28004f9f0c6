package live

import (
	"slices"

	"github.com/foyerchat/foyer/chat"
)

// The data of a room's numbered events. Agents get whole rooms, visitors little.
type (
	// MessageData goes with "message".
	MessageData struct {
		Message chat.Message `json:"message"`
	}
	// MessageChangedData goes with "message-changed": the message as it is now.
	MessageChangedData struct {
		Message chat.Message `json:"message"`
		Removed bool         `json:"removed"`
	}
	// TakenData goes with "taken"; Room is for agents.
	TakenData struct {
		Agent chat.AgentView `json:"agent"`
		Room  *chat.Room     `json:"room,omitempty"`
	}
	// ClosedData goes with "closed"; Room is for agents.
	ClosedData struct {
		Closer   chat.Closer   `json:"closer"`
		ClosedBy *chat.UserRef `json:"closedBy,omitempty"`
		Room     *chat.Room    `json:"room,omitempty"`
	}
	// ChangedData goes with "changed" to agents.
	ChangedData struct {
		Room chat.Room `json:"room"`
	}
	// VisitorChangedData goes with "changed" to the visitor. Served is false when
	// the room waits for an agent again, Verifying is true while it waits for its
	// visitor to be verified first.
	VisitorChangedData struct {
		Open      bool             `json:"open"`
		Served    bool             `json:"served"`
		Verifying bool             `json:"verifying,omitempty"`
		Visitor   chat.VisitorView `json:"visitor"`

		DepartmentID chat.DepartmentID `json:"departmentId,omitempty"`
	}
)

// The data of pushes.
type (
	// InquiryData goes with "inquiry.added" and "inquiry.changed".
	InquiryData struct {
		Inquiry chat.Inquiry `json:"inquiry"`
	}
	// RoomGoneData goes with "inquiry.removed" and "room.removed", and where a room is only to be asked for again.
	RoomGoneData struct {
		RID chat.RoomID `json:"rid"`
	}
	// RoomData goes with "room.added" and "room.changed".
	RoomData struct {
		Room chat.Room `json:"room"`
	}
	// RoomMessageData goes with the push "message", sent where the room is not joined.
	RoomMessageData struct {
		Message  chat.Message   `json:"message"`
		ServedBy chat.AgentID   `json:"servedBy,omitempty"`
		Visitor  chat.VisitorID `json:"visitor"`
	}
	// AgentData goes with "agent.changed".
	AgentData struct {
		Agent chat.User `json:"agent"`
	}
	// AgentStatusData goes with "agent.status", to the visitors an agent serves.
	AgentStatusData struct {
		RID    chat.RoomID   `json:"rid"`
		Status chat.Presence `json:"status"`
	}
	// AgentViewData goes with "agent.view", to the visitors an agent serves: he shows otherwise than before.
	AgentViewData struct {
		RID   chat.RoomID    `json:"rid"`
		Agent chat.AgentView `json:"agent"`
	}
	// QueueData goes with "queueData", to the visitor of a waiting room. Who is
	// served meanwhile forgets it.
	QueueData struct {
		chat.QueuePlace
		Message chat.QueueMessage `json:"message"`
	}
	// PriorityNameData goes with "omnichannel.priority-changed"; no name is the default one.
	PriorityNameData struct {
		ID     chat.PriorityID `json:"id"`
		Action string          `json:"clientAction"`
		Name   string          `json:"name,omitempty"`
	}
	// TriggersJudgedData goes with "triggers.judged", to who has the room open.
	TriggersJudgedData struct {
		Room chat.RoomID `json:"room"`
	}
	// SettingData goes with "setting.changed".
	SettingData struct {
		ID string `json:"_id"`
	}
	// ContactData goes with "contact.changed".
	ContactData struct {
		ID chat.ContactID `json:"contactId"`
	}
	// CannedData goes with "canned.changed".
	CannedData struct{}
	// PermissionsData goes with "permissions.changed"; no user means everybody.
	PermissionsData struct {
		User chat.UserID `json:"user,omitempty"`
	}
)

// Typing says that somebody writes, or has stopped. Forget it after 5 seconds.
type Typing struct {
	T       string `json:"t"` // typing
	Room    string `json:"room"`
	ID      string `json:"id"`
	Name    string `json:"name,omitempty"`
	Visitor bool   `json:"visitor"`
	On      bool   `json:"on"`
}

// Read says how far the other side has read the room.
type Read struct {
	T       string `json:"t"` // read
	Room    string `json:"room"`
	Seq     int64  `json:"seq"`
	Visitor bool   `json:"visitor,omitempty"` // the visitor himself, for his other windows; else the other side
}

// audience is for whom something is shaped.
type audience struct {
	visitor    bool
	showAgents bool // visitors see who serves them
	showEmail  bool
	hidden     []string // types of messages nobody is shown
}

func (a audience) hides(m chat.Message) bool { return slices.Contains(a.hidden, string(m.T)) }

// none is the event of a number the audience does not see: it keeps the numbers
// of everybody without a gap.
const none = "none"

// view shapes what happened for an audience: the name of the event and its data.
func (a audience) view(e chat.Event) (name string, data any) {
	switch e := e.(type) {
	case chat.MessageSent:
		if e.Message.Hidden || a.visitor && e.Message.StaffOnly() || a.hides(e.Message) {
			return none, nil
		}
		return "message", MessageData{a.message(e.Message)}
	case chat.MessageChanged:
		if e.Message.Hidden || a.hides(e.Message) {
			return none, nil
		}
		return "message-changed", MessageChangedData{a.message(e.Message), e.Removed}
	case chat.RoomTaken:
		return "taken", TakenData{a.agent(e.Agent), a.roomOfStaff(e.Room)}
	case chat.RoomClosed:
		return "closed", ClosedData{e.Room.Closer, a.closedBy(e.Room), a.roomOfStaff(e.Room)}
	case chat.RoomChanged:
		if a.visitor {
			return "changed", VisitorChangedData{e.Room.Open, e.Room.ServedBy != nil, e.Room.Verifying, e.Room.V.ForStaff(), e.Room.DepartmentID}
		}
		return "changed", ChangedData{a.room(e.Room)}
	}
	return none, nil
}

// message never carries a token: not even the visitor's screen needs it.
func (a audience) message(m chat.Message) chat.Message {
	if a.visitor {
		m = m.ForVisitor(a.showAgents)
	}
	return m.ForStaff()
}

func (a audience) agent(v chat.AgentView) chat.AgentView {
	if !a.visitor {
		return v
	}
	if !a.showAgents {
		return chat.AgentView{Hidden: true}
	}
	if !a.showEmail {
		v.Emails = nil
	}
	return v
}

func (a audience) roomOfStaff(r chat.Room) *chat.Room {
	if a.visitor {
		return nil
	}
	r = a.room(r)
	return &r
}

// room is without a last message where nobody is shown that one: screens keep the one they have (LC-HID-4).
func (a audience) room(r chat.Room) chat.Room {
	if r.LastMessage != nil && a.hides(*r.LastMessage) {
		r.LastMessage = nil
	}
	return r.ForStaff()
}

func (a audience) closedBy(r chat.Room) *chat.UserRef {
	if a.visitor {
		r = r.ForVisitor(a.showAgents)
	}
	return r.ClosedBy
}

func (s *Service) audience(a chat.Actor) audience {
	if !a.IsVisitor() {
		return s.staffAudience()
	}
	return s.visitorsAudience()
}

func (s *Service) staffAudience() audience { return audience{hidden: s.Settings.Current().HiddenTypes} }

func (s *Service) visitorsAudience() audience {
	now := s.Settings.Current()
	return audience{hidden: now.HiddenTypes, visitor: true, showAgents: now.ShowAgentInfo, showEmail: now.ShowAgentEmail}
}
