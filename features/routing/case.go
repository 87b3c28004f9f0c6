package routing

import "github.com/foyerchat/foyer/chat"

// Kind is what is decided.
type Kind string

// The kinds of decisions. Take and assign are people's: they have no Case.
const (
	KindOpen       Kind = "open"       // a new chat: where it goes and who has it at once
	KindQueue      Kind = "queue"      // a waiting chat in its turn
	KindForward    Kind = "forward"    // to a department
	KindUnanswered Kind = "unanswered" // its agent did not write in time
	KindLeft       Kind = "left"       // its agent is gone
	KindTake       Kind = "take"       // an agent took it
	KindAssign     Kind = "assign"     // somebody gave it to an agent
	KindReturn     Kind = "return"     // it went back to a queue; no Case either
	KindClose      Kind = "close"      // the server closed it; no Case either
)

// Case is everything a decision looks at: decide(Case) is the Verdict, now and
// whenever it is read again. Times are epoch milliseconds and keys are short: it is
// stored with every decision.
type Case struct {
	Kind        Kind                `json:"kind"`
	At          int64               `json:"at"`
	Rules       Rules               `json:"rules"`
	Department  chat.DepartmentID   `json:"department,omitempty"`  // the chat's own; of a new one: the visitor's
	To          chat.DepartmentID   `json:"to,omitempty"`          // forwards: the department meant
	Allowed     []chat.DepartmentID `json:"allowed,omitempty"`     // forwards: where its department may forward to; none: anywhere
	From        chat.AgentID        `json:"from,omitempty"`        // who has it and is not chosen again
	Bot         bool                `json:"bot,omitempty"`         // From is a bot that hands over
	Wishes      []Wish              `json:"wishes,omitempty"`      // who is preferred, first one first
	Departments []Department        `json:"departments,omitempty"` // that may play a part, by name
	Anybody     bool                `json:"anybody,omitempty"`     // somebody is there in the public queue
	Queue       chat.DepartmentID   `json:"queue,omitempty"`       // whose members Agents are; empty: everybody
	Limit       int64               `json:"limit,omitempty"`       // that department's, of chats an agent
	Floor       int64               `json:"floor,omitempty"`       // the least counter among all its members
	Agents      []Agent             `json:"agents,omitempty"`      // its members and who is preferred, by username
	Answer      *Answer             `json:"answer,omitempty"`      // External: what the service said
}

// Rules are the settings that matter.
type Rules struct {
	Method         string `json:"method"`
	WaitingQueue   bool   `json:"waitingQueue,omitempty"`
	AcceptAnyway   bool   `json:"acceptAnyway,omitempty"` // chats may wait while nobody is there
	Bots           bool   `json:"bots,omitempty"`         // new chats go to bots first
	ContactManager bool   `json:"contactManager,omitempty"`
	LastAgent      bool   `json:"lastAgent,omitempty"`
	AfterBot       bool   `json:"afterBot,omitempty"` // both also when a bot hands over
	Limit          int64  `json:"limit,omitempty"`    // of chats an agent without a limit of his own; 0: none
	Delay          int64  `json:"delay,omitempty"`    // milliseconds between two chats the queue gives to an agent
	Depth          int64  `json:"depth,omitempty"`    // how many fallback departments are tried
}

// Source is why an agent is preferred.
type Source string

// The sources, in their order (routing 3). Of a waiting chat only the default
// agent is left.
const (
	SourceRequested Source = "requested"
	SourceOffered   Source = "offered" // the visitor was shown him as the next agent (RQ-AUTO-4)
	SourceManager   Source = "contact-manager"
	SourceLast      Source = "last-agent"
	SourceClosed    Source = "last-closed"
	SourceDefault   Source = "default-agent" // of one that is opened again its former agent (LC-REO-3)
	SourceWished    Source = "wished"        // a forward names him
)

// Wish prefers an agent.
type Wish struct {
	Source Source       `json:"source"`
	Agent  chat.AgentID `json:"agent"`
}

// Department is what a decision knows about one.
type Department struct {
	ID        chat.DepartmentID `json:"id"`
	Name      string            `json:"name"`
	Usable    bool              `json:"usable,omitempty"`    // enabled and not archived
	Eligible  bool              `json:"eligible,omitempty"`  // for chats without a department (RQ-DEP-2)
	Available bool              `json:"available,omitempty"` // somebody is there
	Others    bool              `json:"others,omitempty"`    // somebody besides Case.From is there
	Bot       bool              `json:"bot,omitempty"`       // a bot is there
	Fallback  chat.DepartmentID `json:"fallback,omitempty"`
	Offline   bool              `json:"offline,omitempty"` // receives forwards while nobody is there
}

// Agent is what a decision knows about one. Of who is not there only the names and Out are told.
type Agent struct {
	ID       chat.AgentID `json:"id"`
	Username string       `json:"username"`
	Name     string       `json:"name,omitempty"`
	Out      Out          `json:"out,omitempty"` // why he is not there: inactive to hours
	Bot      bool         `json:"bot,omitempty"`
	Outside  bool         `json:"outside,omitempty"`  // no member of the queue
	Load     int64        `json:"load,omitempty"`     // open chats, not on hold, that he is in
	Local    int64        `json:"local,omitempty"`    // those of this queue's department
	Limit    int64        `json:"limit,omitempty"`    // his own, 0: none
	New      bool         `json:"new,omitempty"`      // has no counter in this queue yet
	Count    int64        `json:"count,omitempty"`    // the round robin's counter
	Order    int64        `json:"order,omitempty"`    // rank in the department
	Back     int64        `json:"back,omitempty"`     // since when he is there, if his counter is older than that
	Routed   int64        `json:"routed,omitempty"`   // last chosen by a load method
	Queued   int64        `json:"queued,omitempty"`   // last given a chat out of this queue
	Returned bool         `json:"returned,omitempty"` // gave this very chat back
}

// Answer is what the external service said.
type Answer struct {
	Username string       `json:"username"` // empty: nothing usable
	Agent    chat.AgentID `json:"agent,omitempty"`
}

// Out is what rules an agent out.
type Out string

// What rules out. The first five are facts about the agent, the others follow from the Case.
const (
	OutInactive Out = "inactive"     // deactivated, or no agent
	OutSwitched Out = "switched-off" // does not take chats
	OutOffline  Out = "offline"
	OutIdle     Out = "idle"       // away from the keyboard, and that counts
	OutHours    Out = "hours"      // the department is outside its business hours
	OutBot      Out = "bot"        // takes only what is meant for bots
	OutOutside  Out = "not-member" // of the department
	OutIgnored  Out = "ignored"    // has the chat already
	OutFull     Out = "full"
	OutDelayed  Out = "delayed"    // was just given one out of this queue
	OutReturned Out = "returned"   // gave it back; only if nobody else is there
	OutUnasked  Out = "not-chosen" // External: the service named another
)
