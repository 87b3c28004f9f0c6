package visitors

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// LastAgent remembers who served the visitor last (RQ-PREF-1).
func (s *Service) LastAgent(ctx context.Context, tx *db.Tx, visitor chat.VisitorID, agent chat.AgentID) error {
	return saveLastAgent(ctx, tx, visitor, agent)
}
