package agents

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// setLimit stores another limit and says whether the agent can be given chats;
// db.ErrNoRows when he has that limit already.
func setLimit(ctx context.Context, tx *db.Tx, id chat.AgentID, most int64) (bool, error) {
	return db.One(ctx, tx, flag, `UPDATE agents SET max_chats = $2, updated_at = $3 WHERE user_id = $1 AND max_chats <> $2 RETURNING ready`, id, most, tx.Now())
}
