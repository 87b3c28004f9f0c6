package routing

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// saveOffer remembers whom the visitor was shown as the next agent.
func saveOffer(ctx context.Context, tx *db.Tx, v chat.VisitorID, agent chat.AgentID) error {
	_, err := tx.Exec(ctx, `INSERT INTO offers (visitor_id, agent_id, at) VALUES ($1, $2, $3)
		ON CONFLICT (visitor_id) DO UPDATE SET agent_id = excluded.agent_id, at = excluded.at`, v, agent, tx.Now())
	return err
}

// removeOffers forgets what was offered too long ago.
func removeOffers(ctx context.Context, tx *db.Tx, until clock.Instant) error {
	_, err := tx.Exec(ctx, `DELETE FROM offers WHERE at <= $1`, until)
	return err
}
