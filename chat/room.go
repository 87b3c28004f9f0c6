package chat

import "github.com/foyerchat/foyer/platform/clock"

// Source says how a conversation came in.
type Source struct {
	Type        string `json:"type"` // widget, email, sms, app, api or other
	ID          string `json:"id,omitempty"`
	Alias       string `json:"alias,omitempty"`
	Label       string `json:"label,omitempty"`
	SidebarIcon string `json:"sidebarIcon,omitempty"`
	DefaultIcon string `json:"defaultIcon,omitempty"`
	Destination string `json:"destination,omitempty"` // for the widget: the host that embeds it
}

// The source types.
const (
	SourceWidget = "widget"
	SourceAPI    = "api"
	SourceSMS    = "sms"   // its destination is our number, its alias the service
	SourceEmail  = "email" // its id is the address of the inbox
	SourceApp    = "app"   // its alias is the app; of Messenger the destination is the page
)

// AliasFacebook is the alias of chats that come from Facebook Messenger.
const AliasFacebook = "facebook"

// RoomSMS is the number that a room's texts leave from.
type RoomSMS struct {
	From string `json:"from"`
}

// SMS is what a room of this source says of texts; nil: they are none.
func (s Source) SMS() *RoomSMS {
	if s.Type != SourceSMS {
		return nil
	}
	return &RoomSMS{s.Destination}
}

// RoomFacebook is the page that a room's answers leave from.
type RoomFacebook struct {
	Page string `json:"page"`
}

// Facebook is what a room of this source says of Messenger; nil: it is none of it.
func (s Source) Facebook() *RoomFacebook {
	if s.Type != SourceApp || s.Alias != AliasFacebook {
		return nil
	}
	return &RoomFacebook{s.Destination}
}

// UserRef names a user.
type UserRef struct {
	ID       UserID `json:"_id"`
	Username string `json:"username"`
	Name     string `json:"name,omitempty"`
}

// ServedBy is the agent of a room and since when.
type ServedBy struct {
	ID       AgentID       `json:"_id"`
	Username string        `json:"username"`
	TS       clock.Instant `json:"ts"`
}

// ResponseBy is who answered since the visitor's last message.
type ResponseBy struct {
	ID              UserID        `json:"_id"`
	Username        string        `json:"username"`
	FirstResponseTS clock.Instant `json:"firstResponseTs"`
	LastMessageTS   clock.Instant `json:"lastMessageTs"`
}

// Closer is the kind of party that closed a room.
type Closer string

// The closers; automatic closings count as by user, the system user.
const (
	CloserUser    Closer = "user"
	CloserVisitor Closer = "visitor"
)

// The sorting values of a room without priority or SLA.
const (
	NoPriorityWeight   = 99
	NoEstimatedWaiting = 9999999
	RoomType           = "l"
)

// Who begins a conversation: the visitor, or what spoke to him first.
const (
	InitiatorClient   = "client"
	InitiatorTrigger  = "trigger"
	InitiatorAPI      = "api"
	InitiatorOperator = "operator"
)

// Room is one conversation, from opening to closing (lifecycle 1.4).
type Room struct {
	ID                        RoomID            `json:"_id"`
	Site                      SiteID            `json:"-"`
	T                         string            `json:"t"` // always "l"
	FName                     string            `json:"fname"`
	TS                        clock.Instant     `json:"ts"`
	LM                        clock.Instant     `json:"lm"`
	Msgs                      int64             `json:"msgs"`
	UsersCount                int64             `json:"usersCount"`
	Open                      bool              `json:"open,omitempty"`
	V                         VisitorView       `json:"v"`
	DepartmentID              DepartmentID      `json:"departmentId,omitempty"`
	DepartmentAncestors       []UnitID          `json:"departmentAncestors,omitempty"` // the unit of the department, if any
	Source                    Source            `json:"source"`
	SMS                       *RoomSMS          `json:"sms,omitempty"`      // of one that began with a text message
	Facebook                  *RoomFacebook     `json:"facebook,omitempty"` // of one that began in Messenger
	Email                     *RoomEmail        `json:"email,omitempty"`    // of one that began with a mail
	QueuedAt                  clock.Instant     `json:"queuedAt,omitzero"`
	ServedBy                  *ServedBy         `json:"servedBy,omitempty"`
	WaitingResponse           bool              `json:"waitingResponse,omitempty"`
	ResponseBy                *ResponseBy       `json:"responseBy,omitempty"`
	LivechatData              map[string]string `json:"livechatData,omitempty"`
	Tags                      []string          `json:"tags,omitempty"`
	Topic                     string            `json:"topic,omitempty"`
	Label                     string            `json:"label,omitempty"`
	PriorityWeight            int64             `json:"priorityWeight"`
	PriorityID                PriorityID        `json:"priorityId,omitempty"`
	EstimatedWaitingTimeQueue int64             `json:"estimatedWaitingTimeQueue"`
	SLAID                     SLAID             `json:"slaId,omitempty"`
	OnHold                    bool              `json:"onHold,omitempty"`
	Metrics                   *Metrics          `json:"metrics,omitempty"`
	ClosedAt                  clock.Instant     `json:"closedAt,omitzero"`
	Closer                    Closer            `json:"closer,omitempty"`
	ClosedBy                  *UserRef          `json:"closedBy,omitempty"`
	LastMessage               *Message          `json:"lastMessage,omitempty"`
	Omnichannel               *RoomPrediction   `json:"omnichannel,omitempty"`
	AutoTransferredAt         clock.Instant     `json:"autoTransferredAt,omitzero"` // moved on because nobody answered
	HeldAt                    clock.Instant     `json:"-"`                          // since when it is on hold
	SilentSince               clock.Instant     `json:"-"`                          // since when its visitor owes an answer
	QueueMillis               *int64            `json:"-"`                          // how long it was in the queue when first assigned
	ContactID                 ContactID         `json:"contactId,omitempty"`
	Verifying                 bool              `json:"verifying,omitempty"` // it waits until its channel is verified
	Verified                  bool              `json:"verified,omitempty"`  // which happened
	CustomFields              map[string]any    `json:"customFields,omitempty"`
	Initiator                 string            `json:"initiator,omitempty"`      // client, trigger, api or operator
	SurveyFeedback            map[string]string `json:"surveyFeedback,omitempty"` // how the visitor rated it, where rooms are read for staff
	Code                      int64             `json:"code"`                     // server-wide room number
	CL                        bool              `json:"cl"`                       // legacy constant, false
	UpdatedAt                 clock.Instant     `json:"_updatedAt"`
	// Seq is the number of the room's last message or change; gap-free from 1.
	Seq               int64              `json:"seq"`
	TranscriptRequest *TranscriptRequest `json:"transcriptRequest,omitempty"`
	PDFRequested      bool               `json:"pdfTranscriptRequested,omitempty"` // one is being made
	PDFFile           FileID             `json:"pdfTranscriptFileId,omitempty"`
}

// RoomHead is what of a room everybody must know who hears of a message in it.
type RoomHead struct {
	Visitor      VisitorID    `json:"visitor"`
	DepartmentID DepartmentID `json:"departmentId,omitempty"`
	ServedBy     AgentID      `json:"servedBy,omitempty"`
	Open         bool         `json:"open,omitempty"`
	Msgs         int64        `json:"msgs"`
	Activity     []string     `json:"activity,omitempty"` // the visitor's, with what users write only
}

// Head is the room's head as a user's message shows it.
func (r Room) Head() RoomHead {
	h := RoomHead{Visitor: r.V.ID, DepartmentID: r.DepartmentID, Open: r.Open, Msgs: r.Msgs, Activity: r.V.Activity}
	if r.ServedBy != nil {
		h.ServedBy = r.ServedBy.ID
	}
	return h
}

// RoomPrediction says when a room's visitor will count as gone.
type RoomPrediction struct {
	PredictedVisitorAbandonmentAt clock.Instant `json:"predictedVisitorAbandonmentAt"`
}

// Metrics are a room's timings; durations in seconds.
type Metrics struct {
	V                   *VisitorMetrics  `json:"v,omitempty"`
	ServedBy            *AgentMetrics    `json:"servedBy,omitempty"`
	Response            *ResponseMetrics `json:"response,omitempty"`
	Reaction            *ReactionMetrics `json:"reaction,omitempty"`
	ChatDuration        *float64         `json:"chatDuration,omitempty"`
	ServiceTimeDuration *float64         `json:"serviceTimeDuration,omitempty"`
	VisitorInactivity   *float64         `json:"visitorInactivity,omitempty"`
}

// VisitorMetrics say when the visitor began to wait for an answer.
type VisitorMetrics struct {
	LQ clock.Instant `json:"lq,omitzero"` // first message of the unanswered burst
}

// AgentMetrics say when the agent answered.
type AgentMetrics struct {
	LR clock.Instant `json:"lr,omitzero"` // last counted reply
}

// ResponseMetrics measure from the visitor's question to the answer.
type ResponseMetrics struct {
	Total int64         `json:"total"`
	TT    float64       `json:"tt"`
	Avg   float64       `json:"avg"`
	FT    float64       `json:"ft"`
	FD    clock.Instant `json:"fd,omitzero"`
}

// ReactionMetrics measure from the assignment to the first answer.
type ReactionMetrics struct {
	TT float64       `json:"tt"`
	FT float64       `json:"ft"`
	FD clock.Instant `json:"fd,omitzero"`
}

// Subscription is an agent's membership in a room (lifecycle 1.6).
type Subscription struct {
	ID            SubscriptionID `json:"_id"`
	RID           RoomID         `json:"rid"`
	T             string         `json:"t"`
	U             UserRef        `json:"u"`
	V             *VisitorView   `json:"v,omitempty"`
	Name          string         `json:"name"`
	FName         string         `json:"fname"`
	TS            clock.Instant  `json:"ts"`
	LS            clock.Instant  `json:"ls,omitzero"`
	Open          bool           `json:"open"`
	Alert         bool           `json:"alert"`
	Unread        int64          `json:"unread"`
	UserMentions  int64          `json:"userMentions"`
	GroupMentions int64          `json:"groupMentions"`
	Department    DepartmentID   `json:"department,omitempty"`
	OnHold        bool           `json:"onHold,omitempty"`
	UpdatedAt     clock.Instant  `json:"_updatedAt"`
}
