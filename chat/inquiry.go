package chat

import (
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

// InquiryStatus is where a room stands in the queue.
type InquiryStatus string

// The states of an inquiry (lifecycle 2.2).
const (
	StatusVerifying InquiryStatus = "verifying"
	StatusReady     InquiryStatus = "ready"
	StatusQueued    InquiryStatus = "queued"
	StatusTaken     InquiryStatus = "taken"
)

// Inquiry says that a room needs, or has, an agent: exactly one per open room.
type Inquiry struct {
	ID                        InquiryID     `json:"_id"`
	RID                       RoomID        `json:"rid"`
	Site                      SiteID        `json:"-"`
	Name                      string        `json:"name"`
	TS                        clock.Instant `json:"ts"`
	Message                   string        `json:"message"`
	Status                    InquiryStatus `json:"status"`
	Department                DepartmentID  `json:"department,omitempty"`
	V                         VisitorView   `json:"v"`
	T                         string        `json:"t"`
	QueuedAt                  clock.Instant `json:"queuedAt,omitzero"`
	TakenAt                   clock.Instant `json:"takenAt,omitzero"`
	DefaultAgent              *DefaultAgent `json:"defaultAgent,omitempty"`
	Source                    Source        `json:"source"`
	PriorityWeight            int64         `json:"priorityWeight"`
	EstimatedWaitingTimeQueue int64         `json:"estimatedWaitingTimeQueue"`
	// When it is closed unless somebody takes it before; zero is never.
	EstimatedInactivityCloseTimeAt clock.Instant `json:"estimatedInactivityCloseTimeAt,omitzero"`
	UpdatedAt                      clock.Instant `json:"_updatedAt"`
}

// DefaultAgent is the preferred agent of an inquiry.
type DefaultAgent struct {
	AgentID  AgentID    `json:"agentId"`
	Username string     `json:"username"`
	Why      Preference `json:"-"` // until the chat is placed
}

// Preference is why an agent is preferred for a chat that is to be placed.
type Preference string

// The reasons.
const (
	PreferAsked  Preference = ""       // the visitor asks for him (LC-START-4)
	PreferShown  Preference = "shown"  // the visitor was spoken to in his name (RQ-AUTO-4)
	PreferFormer Preference = "former" // he had the chat before it was opened again (LC-REO-3)
)

// Pick is routing's answer to "who takes this?". Routing has recorded it.
type Pick struct {
	Agent AgentID // empty: nobody, the room waits
	// Department is where it is served or waits from now on; of one whose own
	// department has nobody at all it is the fallback, where it waits (RQ-DEP-5).
	Department DepartmentID
	Method     string // the routing method or rule that decided
	Reason     string // why, in words for people
	Decision   DecisionID
}

// Taking hands a room to an agent.
type Taking struct {
	RID      RoomID
	Agent    UserRef
	By       UserRef // who took or assigned it
	Method   string
	Reason   string     // in words for people
	Decision DecisionID // routing's own, already recorded; empty: recorded with the taking
}

// ReturnCause is why a room returns to the queue without a decision of routing.
type ReturnCause string

// The causes of returns.
const (
	ReturnGiven     ReturnCause = "returned"        // somebody gave it back
	ReturnUnresumed ReturnCause = "not-resumed"     // its visitor wrote, but its agent could not go on
	ReturnGone      ReturnCause = "department-gone" // its department takes no chats any more
)

// Returning gives a room back to the queue.
type Returning struct {
	RID        RoomID
	By         AgentID       // who had it; tried only when nobody else is there
	Department DepartmentID  // the queue it goes to
	Since      clock.Instant // since when it waits
	Wished     AgentID       // who is preferred while it waits
	Moved      bool          // it waited already, and the server moves it on: who was preferred stays so
	Cause      ReturnCause   // empty: routing recorded why
	Actor      UserRef       // who gave it back
}

// MoveCause is why a room leaves its agent or its department.
type MoveCause string

// The causes of moves.
const (
	MoveForward    MoveCause = "forward"    // somebody forwards it to a department
	MoveUnanswered MoveCause = "unanswered" // its agent did not write in time
	MoveLeft       MoveCause = "left"       // its agent is gone
)

// Moving asks where a room goes that leaves its agent or department.
type Moving struct {
	Inquiry Inquiry      // as it is now
	From    AgentID      // who has it and is not chosen again; empty: it waits
	To      DepartmentID // forwards: the department it goes to; else it stays in its queue
	Wished  AgentID      // forwards: the agent of that department who is wished for
	Cause   MoveCause
}

// Move is routing's answer to a Moving.
type Move struct {
	Department DepartmentID // where it goes: To, or the fallback that was reached
	Pick       Pick         // no agent: it waits in that department
	Wished     AgentID      // who is preferred while it waits
}

// Serving asks whether an agent may be given a room now.
type Serving struct {
	Agent AgentID
	Room  Room // as it is now
	Act   ServingAct
}

// ServingAct is how an agent comes to a room.
type ServingAct string

// The acts that count against an agent's limit (RQ-CAP-1).
const (
	ActTake    ServingAct = "take"
	ActJoin    ServingAct = "join"    // capacity only
	ActForward ServingAct = "forward" // to the agent himself: without the department's limit
	ActResume  ServingAct = "resume"
)

// Deadline is when the inquiry's SLA policy is due.
func (i Inquiry) Deadline() clock.Instant {
	return i.TS.Add(time.Duration(i.EstimatedWaitingTimeQueue) * time.Minute)
}

// Lasting completes a waiting inquiry with when it will be closed, after so many minutes
// in the queue; not positive is never.
func (i Inquiry) Lasting(minutes int64) Inquiry {
	if minutes > 0 && i.Status == StatusQueued && i.QueuedAt > 0 {
		i.EstimatedInactivityCloseTimeAt = i.QueuedAt.Add(time.Duration(minutes) * time.Minute)
	}
	return i
}

// About completes the inquiry with what it has from its room.
func (i Inquiry) About(r Room) Inquiry {
	i.RID, i.Site, i.T = r.ID, r.Site, RoomType
	i.Name, i.V, i.Source, i.Department = r.FName, r.V, r.Source, r.DepartmentID
	i.PriorityWeight, i.EstimatedWaitingTimeQueue = r.PriorityWeight, r.EstimatedWaitingTimeQueue
	return i
}
