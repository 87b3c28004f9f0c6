package chat

import "github.com/foyerchat/foyer/platform/clock"

// InquiryStatus is where a room stands in the queue.
type InquiryStatus string

// The states of an inquiry (lifecycle 2.2).
const (
	StatusReady  InquiryStatus = "ready"
	StatusQueued InquiryStatus = "queued"
	StatusTaken  InquiryStatus = "taken"
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
	UpdatedAt                 clock.Instant `json:"_updatedAt"`
}

// DefaultAgent is the preferred agent of an inquiry.
type DefaultAgent struct {
	AgentID  AgentID `json:"agentId"`
	Username string  `json:"username"`
}

// Pick is routing's answer to "who takes this?", with its reason.
type Pick struct {
	Agent  AgentID // empty: nobody, the room waits
	Method string  // the routing method that decided
	Reason string  // why, in words for people
}

// Taking hands a room to an agent.
type Taking struct {
	RID    RoomID
	Agent  UserRef
	By     UserRef // who took or assigned it
	Method string
	Reason string // in words for people; recorded
}

// Returning gives a room back to the queue.
type Returning struct {
	RID        RoomID
	By         AgentID      // who had it
	Department DepartmentID // the queue it goes to
}

// About completes the inquiry with what it has from its room.
func (i Inquiry) About(r Room) Inquiry {
	i.RID, i.Site, i.T = r.ID, r.Site, RoomType
	i.Name, i.V, i.Source, i.Department = r.FName, r.V, r.Source, r.DepartmentID
	i.PriorityWeight, i.EstimatedWaitingTimeQueue = r.PriorityWeight, r.EstimatedWaitingTimeQueue
	return i
}
