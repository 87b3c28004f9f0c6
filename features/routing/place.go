package routing

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Place settles where a new inquiry goes and who takes it now (lifecycle 4.2, 4.3).
// Choices are serialised until the transaction ends: of chats that open at once none
// sees an agent as free whom another is about to give a chat (PT-RR-3).
func (s *Service) Place(ctx context.Context, tx *db.Tx, i chat.Inquiry) (chat.Inquiry, chat.Pick, error) {
	l := s.look(nil, tx, KindOpen, i)
	if err := l.open(ctx, i); err != nil {
		return i, chat.Pick{}, err
	}
	v := decide(l.c)
	if v.Error != "" {
		return i, chat.Pick{}, refusal(v)
	}
	i.Department, i.DefaultAgent = v.Department, nil
	if a, ok := l.c.find(v.Wish); ok {
		i.DefaultAgent = &chat.DefaultAgent{AgentID: a.ID, Username: a.Username}
	}
	pick, err := l.settle(ctx, v)
	return i, pick, err
}

// Refuses says no-agent-online where Place would, before anybody is chosen, and decides
// nothing.
func (s *Service) Refuses(ctx context.Context, tx *db.Tx, i chat.Inquiry) error {
	l := s.look(nil, tx, KindOpen, i)
	if err := l.open(ctx, i); err != nil {
		return err
	}
	if !l.c.turnedAway() {
		return nil
	}
	return refusal(Verdict{Error: errNobody})
}

// Pick chooses an agent for an inquiry in its turn; nobody under Manual_Selection.
func (s *Service) Pick(ctx context.Context, tx *db.Tx, i chat.Inquiry) (chat.Pick, error) {
	l := s.look(nil, tx, KindQueue, i)
	if !assigns(l.c.Rules.Method) {
		return chat.Pick{Department: i.Department}, nil
	}
	if err := l.queue(ctx); err != nil {
		return chat.Pick{}, err
	}
	v := decide(l.c)
	if tell, ok := ctx.Value(turnKey{}).(*Verdict); ok {
		*tell = v
	}
	return l.settle(ctx, v)
}

// turnKey is under which the dispatcher hears the verdict about the chat whose turn it is.
type turnKey struct{}

// settle stores what the verdict changes and records it.
func (l *look) settle(ctx context.Context, v Verdict) (chat.Pick, error) {
	for _, c := range v.Counts {
		if err := setCount(ctx, l.tx, l.c.Queue, c); err != nil {
			return chat.Pick{}, err
		}
	}
	if v.Routed > 0 {
		if err := setRouted(ctx, l.tx, v.Agent, v.Routed); err != nil {
			return chat.Pick{}, err
		}
	}
	if v.Agent != "" && l.c.Kind == KindQueue {
		if err := setQueued(ctx, l.tx, l.c.Queue, v.Agent); err != nil {
			return chat.Pick{}, err
		}
	}
	made, err := l.s.record(ctx, l.tx, Decision{RID: l.at.room, Kind: l.c.Kind, Method: l.c.Rules.Method, Case: &l.c, Verdict: v, By: chat.System.Ref()})
	return chat.Pick{Agent: v.Agent, Department: v.Department, Method: l.c.Rules.Method, Reason: v.Reason, Decision: made}, err
}

// refusal is the error of a verdict that refuses.
func refusal(v Verdict) error {
	if v.Error == errNobody {
		return fault.New(fault.Invalid, errNobody, "Sorry, no online agents")
	}
	return fault.New(fault.Invalid, v.Error, v.Reason)
}

// Preview is who would get the visitor's chat now, "": nobody or nobody can tell. It
// changes no counter (RQ-AUTO-4); who is shown is preferred for a while.
func (s *Service) Preview(ctx context.Context, v chat.Visitor) (chat.AgentID, error) {
	i := chat.Inquiry{Site: v.Site, Department: v.Department, V: v.View()}
	l := s.look(s.DB, nil, KindOpen, i)
	if l.c.Rules.Method == chat.RoutingExternal || !assigns(l.c.Rules.Method) {
		return "", nil // asking the service is a choice already
	}
	if err := l.open(ctx, i); err != nil {
		return "", err
	}
	verdict := decide(l.c)
	if verdict.Rule == RuleQueue && verdict.Wish == "" {
		if err := l.fill(ctx, verdict.Department); err != nil {
			return "", err
		}
		verdict = choose(l.c, verdict)
	}
	agent := verdict.Agent
	if agent == "" {
		agent = verdict.Wish
	}
	if agent == "" || v.ID == "" { // who is not registered comes back with a wish
		return agent, nil
	}
	return agent, s.DB.InTx(ctx, func(tx *db.Tx) error { return saveOffer(ctx, tx, v.ID, agent) })
}
