package agents

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Switch turns an agent's switch, or flips it when to is empty, and returns its
// position. One's own switch needs nothing more; another's needs the right to
// manage agents. Whoever turns it, it counts as the agent's will from now on.
// Outside business hours nobody turns it on (lifecycle 2.3).
func (s *Service) Switch(ctx context.Context, by chat.Actor, agent chat.AgentID, to chat.Availability) (chat.Availability, error) {
	c := change{agent: agent, cause: chat.CauseSelf, by: by.User}
	if agent == "" {
		c.agent = by.User
	}
	if c.agent != by.User {
		if !by.May(chat.ManageLivechatAgents) {
			return "", forbidden()
		}
		c.cause = chat.CauseManager
	}
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		var err error
		to, err = s.turn(ctx, tx, c, to)
		return err
	})
	return to, err
}

func (s *Service) turn(ctx context.Context, tx *db.Tx, c change, to chat.Availability) (chat.Availability, error) {
	f, ok, err := s.lock(ctx, tx, c.agent)
	switch {
	case err != nil:
		return "", err
	case !ok || !f.agentRole:
		return "", fault.Text(fault.NotFound, "Agent not found")
	case !f.active:
		return "", fault.Text(fault.Invalid, "error-user-deactivated")
	}
	if to == "" {
		to = opposite(f.switched)
	}
	if to == chat.Available && f.outside() {
		return "", fault.Text(fault.Invalid, errHoursClosed)
	}
	f.switched, f.systemModified = to, false
	return to, s.settle(ctx, tx, f, c)
}

func opposite(a chat.Availability) chat.Availability {
	if a == chat.Available {
		return chat.NotAvailable
	}
	return chat.Available
}

func forbidden() error {
	return fault.New(fault.Forbidden, "error-unauthorized", "User does not have the permissions required for this action")
}
