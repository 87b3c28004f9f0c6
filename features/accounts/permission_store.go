package accounts

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

func listGrants(ctx context.Context, q db.Querier) ([]chat.Grant, error) {
	return db.All(ctx, q, func(r db.Row) (g chat.Grant, err error) {
		g.Roles = []string{}
		return g, r.Scan(&g.ID, db.JSON(&g.Roles))
	}, `SELECT id, roles FROM permissions ORDER BY id`)
}

// insertGrant writes a permission that is new to this server; an existing one stays as it is.
func insertGrant(ctx context.Context, tx *db.Tx, g chat.Grant) error {
	_, err := tx.Exec(ctx, `INSERT INTO permissions (id, roles, updated_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		g.ID, db.JSON(g.Roles), tx.Now())
	return err
}

// updateGrant replaces who holds a permission; false: there is no such permission.
func updateGrant(ctx context.Context, tx *db.Tx, g chat.Grant) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE permissions SET roles = $2, updated_at = $3 WHERE id = $1`, g.ID, db.JSON(g.Roles), tx.Now())
	return n == 1, err
}
