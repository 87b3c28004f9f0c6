package visitors

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// Regroup makes the visitors of a contact those of another one.
func (s *Service) Regroup(ctx context.Context, tx *db.Tx, from, to chat.ContactID) error {
	return regroup(ctx, tx, from, to)
}

// Belong notes the contact of a visitor.
func (s *Service) Belong(ctx context.Context, tx *db.Tx, v chat.VisitorID, c chat.ContactID) error {
	return setContact(ctx, tx, v, c)
}

// Manage gives a visitor the agent he goes to first; empty is nobody.
func (s *Service) Manage(ctx context.Context, tx *db.Tx, v chat.VisitorID, agent chat.AgentID) error {
	changed, err := updateManager(ctx, tx, v, agent)
	if err != nil || !changed {
		return err
	}
	return s.announce(ctx, tx, v)
}
