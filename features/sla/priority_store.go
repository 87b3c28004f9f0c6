package sla

import (
	"context"
	"fmt"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
)

const priorityColumns = `id, i18n, name, weight, updated_at`

func scanPriority(r db.Row) (p Priority, err error) {
	err = r.Scan(&p.ID, &p.I18n, &p.Name, &p.SortItem, &p.UpdatedAt)
	p.Dirty = p.Name != ""
	return p, err
}

func listPriorities(ctx context.Context, q db.Querier) ([]Priority, error) {
	return db.All(ctx, q, scanPriority, `SELECT `+priorityColumns+` FROM priorities ORDER BY weight`)
}

func findPriority(ctx context.Context, q db.Querier, priority chat.PriorityID) (Priority, error) {
	return db.One(ctx, q, scanPriority, `SELECT `+priorityColumns+` FROM priorities WHERE id = $1`, priority)
}

func setName(ctx context.Context, tx *db.Tx, priority chat.PriorityID, name string) error {
	_, err := tx.Exec(ctx, `UPDATE priorities SET name = $2, updated_at = $3 WHERE id = $1`, priority, name, tx.Now())
	return err
}

// repair makes the five what they are again, and nothing else.
func repair(ctx context.Context, tx *db.Tx) error {
	args := []any{}
	for _, name := range defaults {
		args = append(args, name)
	}
	if _, err := tx.Exec(ctx, `DELETE FROM priorities WHERE i18n NOT IN (`+db.In(len(args), 1)+`)`, args...); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE priorities SET weight = -1 - weight`); err != nil { // out of the way of each other
		return err
	}
	for i, name := range defaults {
		if err := repairOne(ctx, tx, name, i+1); err != nil {
			return err
		}
	}
	return nil
}

func repairOne(ctx context.Context, tx *db.Tx, name string, weight int) error {
	n, err := tx.Exec(ctx, `UPDATE priorities SET weight = $2, updated_at = $3 WHERE i18n = $1`, name, weight, tx.Now())
	if err != nil || n > 0 {
		return err
	}
	const add = `INSERT INTO priorities (id, i18n, weight, updated_at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING`
	if n, err = tx.Exec(ctx, add, fmt.Sprintf("priority-%d", weight), name, weight, tx.Now()); err != nil || n > 0 {
		return err
	}
	_, err = tx.Exec(ctx, add, id.New(), name, weight, tx.Now())
	return err
}
