package chat

import "github.com/foyerchat/foyer/platform/clock"

// MessageType marks a system message; ordinary messages have none.
type MessageType string

// The system messages (lifecycle 1.9).
const (
	MessageStarted          MessageType = "livechat-started"
	MessageCommand          MessageType = "command" // instruction to the widget, never shown
	MessageJoined           MessageType = "uj"
	MessageLeft             MessageType = "ul"
	MessageClosed           MessageType = "livechat-close"
	MessageTransfer         MessageType = "livechat_transfer_history"
	MessageTransferFallback MessageType = "livechat_transfer_history_fallback"
	MessageNavigation       MessageType = "livechat_navigation_history"
	MessageTranscript       MessageType = "livechat_transcript_history"
	MessageOnHold           MessageType = "omnichannel_placed_chat_on_hold"
	MessageResumed          MessageType = "omnichannel_on_hold_chat_resumed"
	MessagePriority         MessageType = "omnichannel_priority_change_history"
	MessageSLA              MessageType = "omnichannel_sla_change_history"
	MessageCall             MessageType = "livechat_webrtc_video_call"
	MessageUndelivered      MessageType = "foyer_undelivered" // why a message did not leave, for agents
	MessageMail             MessageType = "foyer_mail_notice" // what did not work with a mail, for agents
)

// The commands of a MessageCommand, in Msg.
const (
	CommandConnected        = "connected"
	CommandPromptTranscript = "promptTranscript"
)

// Message is one entry of a room's history (lifecycle 1.9).
type Message struct {
	ID        MessageID     `json:"_id"`
	RID       RoomID        `json:"rid"`
	Msg       string        `json:"msg"`
	TS        clock.Instant `json:"ts"`
	T         MessageType   `json:"t,omitempty"`
	U         Sender        `json:"u"`
	Token     string        `json:"token,omitempty"` // only on visitors' messages
	Alias     string        `json:"alias,omitempty"` // display name of the visitor
	Groupable *bool         `json:"groupable,omitempty"`
	EditedAt  clock.Instant `json:"editedAt,omitzero"`
	EditedBy  *UserRef      `json:"editedBy,omitempty"`
	Hidden    bool          `json:"_hidden,omitempty"`
	UpdatedAt clock.Instant `json:"_updatedAt"`
	// Seq is the message's number in its room.
	Seq int64 `json:"seq"`
	// Unread says that the other side has not read it; only with Message_Read_Receipt_Enabled.
	Unread bool `json:"unread,omitempty"`
	MessageExtra
}

// ReadMarks are the numbers up to which the visitor, and all agents of a room, have read it.
type ReadMarks struct{ Visitor, Agents int64 }

// Of is how far the other side has read what agents, or the visitor, wrote. A widget that
// reports nothing counts as reading with the agents (LC-READ-3).
func (m ReadMarks) Of(byAgents bool) int64 {
	if byAgents && m.Visitor > 0 {
		return m.Visitor
	}
	return m.Agents
}

// MessageExtra is what only some messages carry; it is stored as one document.
type MessageExtra struct {
	TranscriptRequested bool           `json:"transcriptRequested,omitempty"`
	TransferData        map[string]any `json:"transferData,omitempty"`
	Comment             string         `json:"comment,omitempty"`
	PriorityData        *PriorityData  `json:"priorityData,omitempty"`
	SLAData             *SLAData       `json:"slaData,omitempty"`
	Automatic           *Automatic     `json:"automatic,omitempty"`
	Navigation          *Navigation    `json:"navigation,omitempty"`
	RequestData         *RequestData   `json:"requestData,omitempty"`
	CallStatus          string         `json:"callStatus,omitempty"`
	CallEnded           clock.Instant  `json:"webRtcCallEndTs,omitzero"`
	Blocks              []Block        `json:"blocks,omitempty"`
	Location            *Point         `json:"location,omitempty"`
	Email               *MessageEmail  `json:"email,omitempty"`
	Shared
}

// Navigation is a page the visitor looked at. The token is the visitor's; only webhooks
// carry it.
type Navigation struct {
	Page  NavigationPage `json:"page"`
	Token string         `json:"token,omitempty"`
}

// NavigationPage is the page, and what of it changed: url or title.
type NavigationPage struct {
	Change   string             `json:"change"`
	Title    string             `json:"title"`
	Location NavigationLocation `json:"location"`
}

// NavigationLocation is its address.
type NavigationLocation struct {
	Href string `json:"href"`
}

// Point is a place: longitude and latitude in degrees.
type Point struct {
	Type        string    `json:"type"` // always Point
	Coordinates []float64 `json:"coordinates"`
}

// Automatic marks what was said to a visitor before he answered, and not by a person.
type Automatic struct {
	Trigger TriggerID `json:"trigger,omitempty"` // none: the page itself spoke
	Name    string    `json:"name,omitempty"`    // of the trigger
	Agent   string    `json:"agent,omitempty"`   // username of the one in whose name it was said
	Claimed bool      `json:"claimed,omitempty"` // only the visitor's browser says that this was the text
}

// PriorityData tells of a room's new priority; none: it was taken away.
type PriorityData struct {
	DefinedBy UserRef      `json:"definedBy"`
	Priority  *PriorityRef `json:"priority,omitempty"`
}

// PriorityRef names a priority: by its own name, or by that of its default.
type PriorityRef struct {
	ID   PriorityID `json:"_id"`
	Name string     `json:"name,omitempty"`
	I18n string     `json:"i18n"`
}

// SLAData tells of a room's new SLA policy; none: it was taken away.
type SLAData struct {
	DefinedBy UserRef `json:"definedBy"`
	SLA       *SLARef `json:"sla,omitempty"`
}

// SLARef names an SLA policy.
type SLARef struct {
	ID   SLAID  `json:"_id"`
	Name string `json:"name"`
}

// Sender is who wrote a message: a visitor or a user.
type Sender struct {
	ID       string `json:"_id"`
	Username string `json:"username"`
	Name     string `json:"name,omitempty"`
}

// ByVisitor reports whether a visitor wrote it: a sender who is no user.
func (m Message) ByVisitor() bool { return m.Token != "" }

// System reports whether it is a system message.
func (m Message) System() bool { return m.T != "" }
