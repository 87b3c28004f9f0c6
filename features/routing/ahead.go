package routing

import (
	"context"

	"github.com/foyerchat/foyer/chat"
)

// ahead is what a decision inside a transaction was told before it began.
type ahead struct {
	asked    bool
	username string // whom the external service named
	hung     bool   // it did not answer in time
}

type aheadKey struct{}

// Ahead asks the external service, if that is the method, for the chat that is about
// to be placed or moved; the decision made with the context it returns knows the
// answer. Never in a transaction. From is who has the chat.
func (s *Service) Ahead(ctx context.Context, i chat.Inquiry, from chat.AgentID) context.Context {
	if s.Settings.Current().RoutingMethod != chat.RoutingExternal {
		return ctx
	}
	queue := i.Department
	if i.RID == "" {
		l := s.look(s.DB, nil, KindOpen, i)
		if err := l.open(ctx, i); err != nil {
			return ctx // the decision itself will fail, or do without
		}
		v := decide(l.c)
		if v.Rule != RuleSilent {
			return ctx
		}
		queue = v.Department
	}
	return s.asked(ctx, queue, from)
}

// asked asks for a queue and returns the context that knows the answer.
func (s *Service) asked(ctx context.Context, queue chat.DepartmentID, ignore chat.AgentID) context.Context {
	username, hung := s.Ask(ctx, Asked{Department: queue, Ignore: ignore})
	return context.WithValue(ctx, aheadKey{}, ahead{asked: true, username: username, hung: hung})
}

func answerIn(ctx context.Context) ahead {
	a, _ := ctx.Value(aheadKey{}).(ahead)
	return a
}

// usable reports whether the agent of that name is there (RQ-EXT-2).
func (s *Service) usable(ctx context.Context, username string) bool {
	agent, err := agentNamed(ctx, s.DB, username)
	if err != nil || agent == "" {
		return false
	}
	w := s.look(s.DB, nil, KindQueue, chat.Inquiry{}).at
	w.only, w.more = true, []chat.AgentID{agent}
	found, err := roster(ctx, s.DB, w)
	return err == nil && len(found) == 1 && found[0].Out == ""
}
