package agents

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Change is one entry of an agent's history: how he stood after it, and why.
type Change struct {
	ID             string            `json:"_id"`
	At             clock.Instant     `json:"at"`
	StatusLivechat chat.Availability `json:"statusLivechat"`
	Status         chat.Presence     `json:"status"`
	Cause          chat.Cause        `json:"cause"`
	By             *chat.UserRef     `json:"by,omitempty"` // who, if somebody else did it
}

// Changes are a page of an agent's history, the newest first, and how many there are.
// One's own needs nothing more, another's the right to manage agents.
func (s *Service) Changes(ctx context.Context, by chat.Actor, agent chat.AgentID, offset, limit int64) ([]Change, int64, error) {
	if err := s.mayLookAt(ctx, by, agent); err != nil {
		return nil, 0, err
	}
	return changes(ctx, s.DB, agent, offset, limit)
}

func (s *Service) mayLookAt(ctx context.Context, by chat.Actor, agent chat.AgentID) error {
	if agent != by.User && !by.May(chat.ManageLivechatAgents) {
		return forbidden()
	}
	sees, err := s.sees(ctx, by, agent)
	if err != nil {
		return err
	}
	if known, err := isAgent(ctx, s.DB, agent); err != nil || known && sees {
		return err
	}
	return fault.Text(fault.NotFound, "Agent not found")
}

// Standing is how an agent stands now, and since which change of his switch.
type Standing struct {
	StatusLivechat chat.Availability `json:"statusLivechat"`
	Status         chat.Presence     `json:"status"`
	Since          *Change           `json:"since,omitempty"`
	// Hours: he follows business hours; Inside: one of them is open; ChangesAt: until then.
	Hours     bool          `json:"hours"`
	Inside    bool          `json:"inside"`
	ChangesAt clock.Instant `json:"changesAt,omitzero"`
}

// Standing tells how an agent stands and why.
func (s *Service) Standing(ctx context.Context, by chat.Actor, agent chat.AgentID) (Standing, error) {
	if err := s.mayLookAt(ctx, by, agent); err != nil {
		return Standing{}, err
	}
	now := s.Clock.Now()
	u, err := user(ctx, s.DB, agent, now)
	if err != nil {
		return Standing{}, err
	}
	st := Standing{StatusLivechat: u.StatusLivechat, Status: u.Status}
	last, err := lastSwitch(ctx, s.DB, agent)
	if err == nil {
		st.Since = &last
	} else if !errors.Is(err, db.ErrNoRows) {
		return Standing{}, err
	}
	open, bound, err := s.Hours.Open(ctx, s.DB, agent, now)
	if err != nil {
		return Standing{}, err
	}
	st.Hours, st.Inside = bound, !bound || len(open) > 0
	st.ChangesAt, err = s.Hours.Next(ctx, s.DB, agent, now)
	return st, err
}
