// Package routing decides who serves: it keeps the inquiries (one for each open
// room), chooses the department and the agent of a new chat, and gives waiting
// chats to agents as they become available. Why a room went to whom is recorded
// and shown. It never writes to rooms; it asks rooms to assign.
package routing

import (
	"context"
	"errors"
	"log/slog"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Assignments keeps when an agent was last given a chat.
type Assignments interface {
	Assigned(ctx context.Context, tx *db.Tx, agent chat.AgentID, at clock.Instant) error
}

// Visitors keeps who served a visitor last.
type Visitors interface {
	LastAgent(ctx context.Context, tx *db.Tx, visitor chat.VisitorID, agent chat.AgentID) error
}

// Settings is the snapshot of the settings; Reload reads it anew.
type Settings interface {
	Current() *chat.Settings
	Reload(ctx context.Context) error
}

// Deps is what routing needs.
type Deps struct {
	DB       *db.DB
	Settings Settings
	Agents   Assignments
	Visitors Visitors
	Sight    Sight    // for explanations
	Outbound Outbound // for the method External
	Log      *slog.Logger
	Registry prometheus.Registerer
}

// Service keeps the queue and picks agents.
type Service struct {
	Deps
	counts counts
}

// New makes the service.
func New(d Deps) *Service {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	s := &Service{d, newCounts(d.Registry)}
	if d.Registry != nil {
		d.Registry.MustRegister(queueMeter{s})
	}
	return s
}

// Enter queues the inquiry of a new room.
func (s *Service) Enter(ctx context.Context, tx *db.Tx, i chat.Inquiry) error {
	return insertInquiry(ctx, tx, i)
}

// Take hands the room's inquiry to an agent if nobody has it yet (LC-TAKE-7), and
// records why.
func (s *Service) Take(ctx context.Context, tx *db.Tx, t chat.Taking) (chat.Inquiry, error) {
	wished, err := defaultAgent(ctx, tx, t.RID)
	if err != nil {
		return chat.Inquiry{}, err
	}
	i, err := takeInquiry(ctx, tx, t.RID)
	if errors.Is(err, db.ErrNoRows) {
		return i, fault.New(fault.Invalid, "error-inquiry-taken", "")
	} else if err != nil {
		return i, err
	}
	if err := dropped(ctx, tx, t.RID, wished); err != nil {
		return i, err
	}
	if err := s.recordTaking(ctx, tx, t, i.Department); err != nil {
		return i, err
	}
	if now := s.Settings.Current(); now.LastChattedAgent && assigns(now.RoutingMethod) { // RQ-PREF-1
		if err := s.Visitors.LastAgent(ctx, tx, i.V.ID, t.Agent.ID); err != nil {
			return i, err
		}
	}
	return i, s.Agents.Assigned(ctx, tx, t.Agent.ID, tx.Now())
}

// recordTaking records what a person decided; what routing decided is recorded already.
func (s *Service) recordTaking(ctx context.Context, tx *db.Tx, t chat.Taking, department chat.DepartmentID) error {
	if t.Decision != "" {
		return nil
	}
	d := Decision{RID: t.RID, Kind: KindTake, Method: t.Method, By: t.By,
		Verdict: Verdict{Agent: t.Agent.ID, Department: department, Rule: RuleTaken, Reason: t.Reason}}
	if t.By.ID != t.Agent.ID {
		d.Kind, d.Verdict.Rule = KindAssign, RuleGiven
	}
	_, err := s.record(ctx, tx, d)
	return err
}

// Return queues the inquiry again; who had it is tried last (LC-RET-3).
func (s *Service) Return(ctx context.Context, tx *db.Tx, r chat.Returning) (chat.Inquiry, error) {
	was, err := defaultAgent(ctx, tx, r.RID)
	if err != nil {
		return chat.Inquiry{}, err
	}
	if r.Moved {
		r.Wished = was
	}
	if was != r.Wished {
		if err := dropped(ctx, tx, r.RID, was); err != nil {
			return chat.Inquiry{}, err
		}
	}
	if err := s.recordReturn(ctx, tx, r); err != nil {
		return chat.Inquiry{}, err
	}
	return returnInquiry(ctx, tx, r)
}

// returns say why a chat returned to its queue without a decision of routing.
var returns = map[chat.ReturnCause]string{
	chat.ReturnGiven:     "Given back to the queue by ",
	chat.ReturnUnresumed: "The visitor wrote, but its agent could not go on",
	chat.ReturnGone:      "Its department takes no chats any more",
}

func (s *Service) recordReturn(ctx context.Context, tx *db.Tx, r chat.Returning) error {
	if r.Cause == "" {
		return nil
	}
	d := Decision{RID: r.RID, Kind: KindReturn, By: r.Actor, Verdict: Verdict{Department: r.Department, Rule: Rule(r.Cause), Reason: returns[r.Cause]}}
	if r.Cause == chat.ReturnGiven {
		d.Verdict.Reason += r.Actor.Username
	}
	_, err := s.record(ctx, tx, d)
	return err
}

// Rank gives the inquiry its room's priority and SLA.
func (s *Service) Rank(ctx context.Context, tx *db.Tx, r chat.Room) (chat.Inquiry, error) {
	return rankInquiry(ctx, tx, r)
}

// Leave removes the inquiry of a room that ends.
func (s *Service) Leave(ctx context.Context, tx *db.Tx, rid chat.RoomID) error {
	wished, err := removeInquiry(ctx, tx, rid)
	if err != nil {
		return err
	}
	return dropped(ctx, tx, rid, wished)
}

// dropped tells that an agent is preferred no more, if one was: his waiting list had
// the chat even if its queue is not his (LC-TAKE-9).
func dropped(ctx context.Context, tx *db.Tx, rid chat.RoomID, agent chat.AgentID) error {
	if agent == "" {
		return nil
	}
	return tx.Emit(ctx, chat.PreferenceDropped{RID: rid, Agent: agent})
}

// waitingShown bounds the waiting list on an agent's first screen.
const waitingShown = 1000

// Waiting lists the queued inquiries the actor may take, next one first (RQ-MAN-2).
func (s *Service) Waiting(ctx context.Context, a chat.Actor) ([]chat.Inquiry, error) {
	limit := s.Settings.Current().QueueItemsDisplayed
	if limit <= 0 || limit > waitingShown {
		limit = waitingShown
	}
	found, _, err := s.List(ctx, a, List{QueuedOnly: true, Limit: limit})
	return found, err
}

// List asks for inquiries; those the actor has no business with are never in it.
type List struct {
	Department chat.DepartmentID // empty: all
	QueuedOnly bool
	ByUpdate   bool // the latest change first, else the order of the queue
	Offset     int64
	Limit      int64

	sorting string
}

// List lists inquiries in the order of the queue (RQ-SORT-4).
func (s *Service) List(ctx context.Context, a chat.Actor, l List) ([]chat.Inquiry, int64, error) {
	now := s.Settings.Current()
	l.sorting = now.QueueSorting
	found, total, err := listInquiries(ctx, s.DB, scopeOf(a), l)
	for i := range found {
		found[i] = found[i].Lasting(now.MaxQueueWaitMinutes)
	}
	return found, total, err
}

// Find finds the inquiry of a room if the actor may know of it; nil else.
func (s *Service) Find(ctx context.Context, a chat.Actor, rid chat.RoomID) (*chat.Inquiry, error) {
	i, err := findInquiry(ctx, s.DB, scopeOf(a), rid)
	if errors.Is(err, db.ErrNoRows) {
		return nil, nil
	}
	i = i.Lasting(s.Settings.Current().MaxQueueWaitMinutes)
	return &i, err
}
