package agents

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Serving is who serves the visitor's room, as visitors may see him. A room that
// is not the visitor's is as one that does not exist (LC-TOK-4).
func (s *Service) Serving(ctx context.Context, token string, rid chat.RoomID) (*chat.AgentView, error) {
	v, err := s.visitor(ctx, token)
	if err != nil {
		return nil, err
	}
	agent, err := servingAgent(ctx, s.DB, v.ID, rid)
	if errors.Is(err, db.ErrNoRows) || err == nil && rid == "" {
		return nil, fault.New(fault.Invalid, "invalid-room", "")
	}
	if err == nil && agent == "" {
		err = fault.New(fault.Invalid, "invalid-agent", "")
	}
	if err != nil {
		return nil, err
	}
	return s.view(ctx, agent)
}

// Next is who serves the visitor's open room, nil while nobody does; without an
// open room it is who would get his chat now, which counts nothing (RQ-AUTO-4).
func (s *Service) Next(ctx context.Context, token string) (*chat.AgentView, error) {
	v, err := s.visitor(ctx, token)
	if err != nil {
		return nil, err
	}
	agent, err := servingAgent(ctx, s.DB, v.ID, "")
	switch {
	case errors.Is(err, db.ErrNoRows):
		if agent, err = s.Router.Preview(ctx, v); err == nil && agent == "" {
			err = fault.New(fault.Invalid, "error-agent-not-found", "No agent available")
		}
	case err == nil && agent == "":
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return s.view(ctx, agent)
}

// Upcoming is who would get a visitor's chat now, as visitors may see him; nil: nobody.
func (s *Service) Upcoming(ctx context.Context, v chat.Visitor) (*chat.AgentView, error) {
	agent, err := s.Router.Preview(ctx, v)
	if err != nil || agent == "" {
		return nil, err
	}
	return s.view(ctx, agent)
}

func (s *Service) visitor(ctx context.Context, token string) (chat.Visitor, error) {
	v, err := visitorOf(ctx, s.DB, token)
	if errors.Is(err, db.ErrNoRows) {
		return v, fault.New(fault.Invalid, "invalid-token", "")
	}
	return v, err
}

// view is an agent as visitors may see him.
func (s *Service) view(ctx context.Context, id chat.AgentID) (*chat.AgentView, error) {
	u, err := user(ctx, s.DB, id, s.Clock.Now())
	if err != nil {
		return nil, err
	}
	view := u.ForVisitor(s.Settings.Current())
	return &view, nil
}
