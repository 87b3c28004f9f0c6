package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// findPriority finds a priority by its id or by the name it is called.
func findPriority(ctx context.Context, q db.Querier, key string) (priority, error) {
	return db.One(ctx, q, func(row db.Row) (p priority, err error) {
		err = row.Scan(&p.ID, &p.Name, &p.I18n, &p.weight)
		return p, err
	}, `SELECT id, name, i18n, weight FROM priorities WHERE id = $1 OR name = $1 OR name = '' AND i18n = $1
		ORDER BY CASE WHEN id = $1 THEN 0 ELSE 1 END, weight LIMIT 1`, key)
}

// findPolicy finds an SLA policy by its id or name.
func findPolicy(ctx context.Context, q db.Querier, key string) (policy, error) {
	return db.One(ctx, q, func(row db.Row) (p policy, err error) {
		err = row.Scan(&p.ID, &p.Name, &p.minutes)
		return p, err
	}, `SELECT id, name, minutes FROM sla_policies WHERE id = $1 OR name = $1 ORDER BY CASE WHEN id = $1 THEN 0 ELSE 1 END LIMIT 1`, key)
}

// forgetPolicy takes a policy that is no more from the closed rooms.
func forgetPolicy(ctx context.Context, tx *db.Tx, p chat.SLAID) error {
	_, err := tx.Exec(ctx, `UPDATE rooms SET sla_id = '', sla_minutes = $2 WHERE sla_id = $1 AND NOT open`, p, chat.NoEstimatedWaiting)
	return err
}

// roomsPromised lists the open rooms with an SLA policy.
func roomsPromised(ctx context.Context, q db.Querier, p chat.SLAID) ([]chat.RoomID, error) {
	return db.All(ctx, q, scanID[chat.RoomID], `SELECT id FROM rooms WHERE open AND sla_id = $1 AND sla_id <> '' ORDER BY id`, p)
}
