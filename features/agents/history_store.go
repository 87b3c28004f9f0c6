package agents

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

const changeColumns = `c.id, c.at, c.status_livechat, c.status, c.cause, coalesce(b.id, ''), coalesce(b.username, ''), coalesce(b.name, '')`

func scanChange(r db.Row) (c Change, err error) {
	var by chat.UserRef
	err = r.Scan(&c.ID, &c.At, &c.StatusLivechat, &c.Status, &c.Cause, &by.ID, &by.Username, &by.Name)
	if by.ID != "" {
		c.By = &by
	}
	return c, err
}

func changes(ctx context.Context, q db.Querier, agent chat.AgentID, offset, limit int64) ([]Change, int64, error) {
	total, err := db.One(ctx, q, number, `SELECT count(*) FROM agent_changes WHERE user_id = $1`, agent)
	if err != nil {
		return nil, 0, err
	}
	found, err := db.All(ctx, q, scanChange, `SELECT `+changeColumns+` FROM agent_changes c LEFT JOIN users b ON b.id = c.by_user AND b.id <> c.user_id
		WHERE c.user_id = $1 ORDER BY c.at DESC, c.id DESC LIMIT $2 OFFSET $3`, agent, limit, offset)
	return found, total, err
}

// lastSwitch is the change after which the switch has stood as it stands now.
func lastSwitch(ctx context.Context, q db.Querier, agent chat.AgentID) (Change, error) {
	return db.One(ctx, q, scanChange, `SELECT `+changeColumns+` FROM agent_changes c LEFT JOIN users b ON b.id = c.by_user AND b.id <> c.user_id
		JOIN agents a ON a.user_id = c.user_id AND a.status_livechat = c.status_livechat
		WHERE c.user_id = $1 AND NOT EXISTS (SELECT 1 FROM agent_changes o WHERE o.user_id = $1 AND o.status_livechat <> c.status_livechat
			AND (o.at > c.at OR o.at = c.at AND o.id > c.id))
		ORDER BY c.at, c.id LIMIT 1`, agent)
}

func isAgent(ctx context.Context, q db.Querier, u chat.UserID) (bool, error) {
	return db.One(ctx, q, flag, `SELECT EXISTS (SELECT 1 FROM agents WHERE user_id = $1)`, u)
}
