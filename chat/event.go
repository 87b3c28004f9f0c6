package chat

import "github.com/foyerchat/foyer/platform/clock"

// Event is a recorded fact, past tense. It is saved in the transaction of the
// change it tells of and handed to its consumers after the commit, at least once
// each; consumers are idempotent by the event's id.
type Event interface {
	// EventName is the stable name: "message.sent".
	EventName() string
	// EventKey is the room it concerns, or "": events of one key arrive in order.
	EventKey() string
}

// Cause is why an agent's availability changed.
type Cause string

// The causes.
const (
	CauseSelf        Cause = "self"       // the agent flipped the switch
	CauseManager     Cause = "manager"    // somebody else did
	CauseConnected   Cause = "connected"  // first connection
	CauseLost        Cause = "lost"       // last connection's lease ran out
	CauseSignedOut   Cause = "signed-out" // last session ended
	CauseRole        Cause = "role"       // agent role given or taken
	CauseDeactivated Cause = "deactivated"
	CauseSignedIn    Cause = "signed-in"
	CauseIdle        Cause = "idle"    // away from the keyboard, or back
	CauseSetting     Cause = "setting" // a setting changed what counts as reachable
	CauseHours       Cause = "hours"   // business hours opened or closed
)

type (
	// RoomOpened: a conversation began. Seq is the number after its first message.
	RoomOpened struct {
		Room    Room    `json:"room"`
		Inquiry Inquiry `json:"inquiry"`
	}
	// MessageSent: a message was stored. It is by far the most frequent event and tells
	// only the head of its room; who needs more reads it.
	MessageSent struct {
		Message Message  `json:"message"`
		Head    RoomHead `json:"head"`
	}
	// MessageChanged: a message was edited or removed; Message is what it is now.
	MessageChanged struct {
		Message Message `json:"message"`
		Removed bool    `json:"removed,omitempty"`
		Seq     int64   `json:"seq"`
	}
	// RoomTaken: an agent serves the room now.
	RoomTaken struct {
		Room    Room      `json:"room"`
		Inquiry Inquiry   `json:"inquiry"`
		Agent   AgentView `json:"agent"` // as visitors may see it
		By      UserRef   `json:"by"`    // who took or assigned it
		Reason  string    `json:"reason"`
		Seq     int64     `json:"seq"`
	}
	// RoomClosed: the conversation ended.
	RoomClosed struct {
		Room   Room      `json:"room"`
		Agents []AgentID `json:"agents"` // whose subscriptions ended
		Seq    int64     `json:"seq"`
	}
	// RoomReopened: a closed conversation goes on. Seq is that of the RoomChanged beside it.
	RoomReopened struct {
		Room Room  `json:"room"`
		Seq  int64 `json:"seq"`
	}
	// RoomChanged: something else about the room changed (visitor's name, presence, tags, read marks).
	RoomChanged struct {
		Room Room      `json:"room"`
		Left []AgentID `json:"left,omitempty"` // whose subscriptions ended, when it went back to the queue
		Seq  int64     `json:"seq"`
	}
	// RoomForwarded: an open room went to another agent or department, or back to the
	// queue. Room is the room after it; what it was before is told. It has no number of
	// its own: Seq is that of the RoomChanged beside it.
	RoomForwarded struct {
		Room          Room         `json:"room"`
		OldServedBy   *ServedBy    `json:"oldServedBy,omitempty"`
		OldDepartment DepartmentID `json:"oldDepartmentId,omitempty"`
		Scope         string       `json:"scope"` // of the transfer message
		Seq           int64        `json:"seq"`
	}
	// DepartmentChanged: a department or its members changed. Gone: it takes no chats
	// any more (disabled, archived or removed), its waiting ones go to Fallback.
	DepartmentChanged struct {
		Department DepartmentID `json:"department"`
		Gone       bool         `json:"gone,omitempty"`
		Removed    bool         `json:"removed,omitempty"`
		Fallback   DepartmentID `json:"fallback,omitempty"`
	}
	// MembershipChanged: an agent joined, left or got another place in a department.
	MembershipChanged struct {
		Department DepartmentID `json:"department"`
		Agent      AgentID      `json:"agent"`
		Action     string       `json:"action"` // inserted, updated or removed
	}
	// UnitChanged: these departments came into a unit or left theirs; Removed is a unit
	// that is no more.
	UnitChanged struct {
		Departments []DepartmentID `json:"departments"`
		Removed     UnitID         `json:"removed,omitempty"`
	}
	// SLAChanged: a policy has another due time, or is gone.
	SLAChanged struct {
		SLA     SLAID `json:"sla"`
		Minutes int64 `json:"minutes,omitempty"`
		Removed bool  `json:"removed,omitempty"`
	}
	// PriorityChanged: a priority was renamed or reset.
	PriorityChanged struct {
		ID   PriorityID `json:"_id"`
		Name string     `json:"name,omitempty"` // empty: its default name
	}
	// HoursChanged: business hours were saved, removed or switched on or off.
	HoursChanged struct{}
	// InquiryChanged: a waiting inquiry has another place in its queue (priority, SLA).
	InquiryChanged struct {
		Inquiry Inquiry `json:"inquiry"`
	}
	// PreferenceDropped: an inquiry waits no more for this agent, whoever else it waits for.
	PreferenceDropped struct {
		RID   RoomID  `json:"rid"`
		Agent AgentID `json:"agent"`
	}
	// QueueMoved: the places in a queue changed. Places are those of waiting rooms; a
	// long queue comes in several events.
	QueueMoved struct {
		Department DepartmentID `json:"department,omitempty"`
		Places     []QueuePlace `json:"places"`
	}
	// InquiryQueued: a room waits in the queue. Seq is the room's number then.
	InquiryQueued struct {
		Inquiry Inquiry `json:"inquiry"`
		Seq     int64   `json:"seq,omitempty"`
	}
	// RoomDescribed: staff saved what is known of a room or of its visitor.
	RoomDescribed struct {
		Room Room `json:"room"`
	}
	// IdentityChecked: the site was asked who a room's visitor is.
	IdentityChecked struct {
		RID   RoomID `json:"rid"`
		Email string `json:"email,omitempty"` // under which he is signed in there
	}
	// AgentChanged: an agent's switch, reachability or presence changed.
	AgentChanged struct {
		Agent User  `json:"agent"`
		Cause Cause `json:"cause"`
		Ready bool  `json:"ready"` // availability conditions 1-4 of lifecycle 2.3
	}
	// SessionRevoked: sign-ins ended; their sockets must close. Empty Session: all of the user.
	SessionRevoked struct {
		User    UserID    `json:"user"`
		Session SessionID `json:"session,omitempty"`
	}
	// PortraitChanged: a user shows otherwise: by picture, name or address.
	PortraitChanged struct {
		User UserID `json:"user"`
	}
	// SettingChanged: a setting has a new value.
	SettingChanged struct {
		ID     string `json:"_id"`
		Public bool   `json:"public"`
	}
	// FieldChanged: a custom field was defined, changed or removed.
	FieldChanged struct {
		Field   FieldID `json:"field"`
		Removed bool    `json:"removed,omitempty"`
	}
	// CannedChanged: canned responses were saved or removed; everybody sees others of them.
	CannedChanged struct{}
	// ContactChanged: a contact, or one of its channels, was made, changed or removed.
	ContactChanged struct {
		Contact ContactID `json:"contactId"`
	}
	// ChannelVerified: whoever writes on a channel is proven to be its contact.
	ChannelVerified struct {
		Visitor  VisitorID     `json:"visitor"`
		Source   string        `json:"source"`             // its type
		SourceID string        `json:"sourceId,omitempty"` // which of that type
		At       clock.Instant `json:"at"`
	}
	// RoomErased: a closed room and everything in it was removed.
	RoomErased struct {
		Room RoomID `json:"room"`
	}
	// RoomGiven: a room is another visitor's now; From has no part in it any more.
	RoomGiven struct {
		Room RoomID    `json:"room"`
		From VisitorID `json:"from"`
	}
	// WebhooksChanged: who is told of chats, or of what, changed.
	WebhooksChanged struct{}
	// InboxesChanged: an e-mail inbox was made, changed, removed or switched off, or watching it goes otherwise.
	InboxesChanged struct{}
	// PermissionsChanged: which roles hold which permissions, or somebody's roles, changed.
	PermissionsChanged struct {
		User UserID `json:"user,omitempty"` // empty: everybody
	}
	// VisitorChanged: a visitor's name, address or presence changed.
	VisitorChanged struct {
		Visitor Visitor `json:"visitor"`
	}
	// OfflineReceived: a visitor left a message while nobody was reachable.
	OfflineReceived struct {
		Message OfflineMessage `json:"message"`
		Visitor VisitorID      `json:"visitor,omitempty"` // whose browser it came from, if that is known
	}
	// SitesChanged: a site, or what it has of its own, was made, changed or removed.
	SitesChanged struct{}
	// TriggersChanged: triggers were made, changed or removed.
	TriggersChanged struct{}
	// RoomRated: the visitor of a room said how it was, while it lasts or afterwards.
	RoomRated struct {
		Room RoomID `json:"room"`
	}
	// TriggersJudged: the browser of an open room's visitor told what triggers did.
	TriggersJudged struct {
		Room RoomID `json:"room"`
	}
	// NoticesChanged: what the system has to say to a user is another.
	NoticesChanged struct {
		User UserID `json:"user"`
	}
	// VisitorsMoved: who is on the sites, where or what he does there is another.
	VisitorsMoved struct{}
	// OfflineChanged: an offline message was read, dealt with or, without a state, removed.
	OfflineChanged struct {
		ID    string       `json:"_id"`
		State OfflineState `json:"state,omitempty"`
	}
	// PageVisited: the visitor of a room opened a page of the host site, which its agents are to see.
	PageVisited struct {
		RID  RoomID         `json:"rid"`
		ID   string         `json:"_id"`
		Text string         `json:"text"`
		Page NavigationPage `json:"page"`
	}
	// VisitorErased: a visitor and everything of his was removed.
	VisitorErased struct {
		Visitor VisitorID `json:"visitor"`
	}
)

func (RoomOpened) EventName() string         { return "room.opened" }
func (MessageSent) EventName() string        { return "message.sent" }
func (MessageChanged) EventName() string     { return "message.changed" }
func (RoomTaken) EventName() string          { return "room.taken" }
func (RoomClosed) EventName() string         { return "room.closed" }
func (RoomReopened) EventName() string       { return "room.reopened" }
func (RoomChanged) EventName() string        { return "room.changed" }
func (InquiryQueued) EventName() string      { return "inquiry.queued" }
func (RoomForwarded) EventName() string      { return "room.forwarded" }
func (DepartmentChanged) EventName() string  { return "department.changed" }
func (MembershipChanged) EventName() string  { return "membership.changed" }
func (UnitChanged) EventName() string        { return "unit.changed" }
func (SLAChanged) EventName() string         { return "sla.changed" }
func (PriorityChanged) EventName() string    { return "priority.changed" }
func (HoursChanged) EventName() string       { return "hours.changed" }
func (RoomDescribed) EventName() string      { return "room.described" }
func (InquiryChanged) EventName() string     { return "inquiry.changed" }
func (PreferenceDropped) EventName() string  { return "preference.dropped" }
func (QueueMoved) EventName() string         { return "queue.moved" }
func (IdentityChecked) EventName() string    { return "identity.checked" }
func (AgentChanged) EventName() string       { return "agent.changed" }
func (SessionRevoked) EventName() string     { return "session.revoked" }
func (PortraitChanged) EventName() string    { return "portrait.changed" }
func (SettingChanged) EventName() string     { return "setting.changed" }
func (CannedChanged) EventName() string      { return "canned.changed" }
func (ContactChanged) EventName() string     { return "contact.changed" }
func (ChannelVerified) EventName() string    { return "channel.verified" }
func (RoomErased) EventName() string         { return "room.erased" }
func (RoomGiven) EventName() string          { return "room.given" }
func (WebhooksChanged) EventName() string    { return "webhooks.changed" }
func (InboxesChanged) EventName() string     { return "inboxes.changed" }
func (FieldChanged) EventName() string       { return "field.changed" }
func (PermissionsChanged) EventName() string { return "permissions.changed" }
func (VisitorChanged) EventName() string     { return "visitor.changed" }
func (OfflineReceived) EventName() string    { return "offline.received" }
func (NoticesChanged) EventName() string     { return "notices.changed" }
func (OfflineChanged) EventName() string     { return "offline.changed" }
func (VisitorsMoved) EventName() string      { return "visitors.moved" }
func (PageVisited) EventName() string        { return "page.visited" }
func (VisitorErased) EventName() string      { return "visitor.erased" }
func (SitesChanged) EventName() string       { return "sites.changed" }
func (TriggersChanged) EventName() string    { return "triggers.changed" }
func (TriggersJudged) EventName() string     { return "triggers.judged" }
func (RoomRated) EventName() string          { return "room.rated" }

// EventPlace is the room's number then: the order of what concerns one room, whichever
// process tells of it.
func (e RoomOpened) EventPlace() int64     { return e.Room.Seq }
func (e MessageSent) EventPlace() int64    { return e.Message.Seq }
func (e MessageChanged) EventPlace() int64 { return e.Seq }
func (e RoomTaken) EventPlace() int64      { return e.Seq }
func (e RoomClosed) EventPlace() int64     { return e.Seq }
func (e RoomReopened) EventPlace() int64   { return e.Seq }
func (e RoomChanged) EventPlace() int64    { return e.Seq }
func (e RoomForwarded) EventPlace() int64  { return e.Seq }
func (e InquiryQueued) EventPlace() int64  { return e.Seq }
func (e RoomDescribed) EventPlace() int64  { return e.Room.Seq }

func (e RoomOpened) EventKey() string        { return string(e.Room.ID) }
func (e MessageSent) EventKey() string       { return string(e.Message.RID) }
func (e MessageChanged) EventKey() string    { return string(e.Message.RID) }
func (e RoomTaken) EventKey() string         { return string(e.Room.ID) }
func (e RoomClosed) EventKey() string        { return string(e.Room.ID) }
func (e RoomReopened) EventKey() string      { return string(e.Room.ID) }
func (e RoomChanged) EventKey() string       { return string(e.Room.ID) }
func (e InquiryQueued) EventKey() string     { return string(e.Inquiry.RID) }
func (e RoomForwarded) EventKey() string     { return string(e.Room.ID) }
func (DepartmentChanged) EventKey() string   { return "" }
func (MembershipChanged) EventKey() string   { return "" }
func (UnitChanged) EventKey() string         { return "" }
func (SLAChanged) EventKey() string          { return "" }
func (PriorityChanged) EventKey() string     { return "" }
func (HoursChanged) EventKey() string        { return "" }
func (e RoomDescribed) EventKey() string     { return string(e.Room.ID) }
func (e InquiryChanged) EventKey() string    { return string(e.Inquiry.RID) }
func (e PreferenceDropped) EventKey() string { return string(e.RID) }
func (QueueMoved) EventKey() string          { return "" }
func (e IdentityChecked) EventKey() string   { return string(e.RID) }
func (AgentChanged) EventKey() string        { return "" }
func (SessionRevoked) EventKey() string      { return "" }
func (PortraitChanged) EventKey() string     { return "" }
func (SettingChanged) EventKey() string      { return "" }
func (CannedChanged) EventKey() string       { return "" }
func (ContactChanged) EventKey() string      { return "" }
func (ChannelVerified) EventKey() string     { return "" }
func (e RoomErased) EventKey() string        { return string(e.Room) }
func (e RoomGiven) EventKey() string         { return string(e.Room) }
func (WebhooksChanged) EventKey() string     { return "" }
func (InboxesChanged) EventKey() string      { return "" }
func (FieldChanged) EventKey() string        { return "" }
func (PermissionsChanged) EventKey() string  { return "" }
func (VisitorChanged) EventKey() string      { return "" }
func (OfflineReceived) EventKey() string     { return "" }
func (NoticesChanged) EventKey() string      { return "" }
func (OfflineChanged) EventKey() string      { return "" }
func (VisitorsMoved) EventKey() string       { return "" }
func (e PageVisited) EventKey() string       { return string(e.RID) }
func (VisitorErased) EventKey() string       { return "" }
func (SitesChanged) EventKey() string        { return "" }
func (TriggersChanged) EventKey() string     { return "" }
func (e TriggersJudged) EventKey() string    { return string(e.Room) }
func (e RoomRated) EventKey() string         { return string(e.Room) }
