package visitors

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

func saveLastAgent(ctx context.Context, tx *db.Tx, visitor chat.VisitorID, agent chat.AgentID) error {
	_, err := tx.Exec(ctx, `UPDATE visitors SET last_agent = $2, last_agent_at = $3 WHERE id = $1`, visitor, agent, tx.Now())
	return err
}
