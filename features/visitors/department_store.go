package visitors

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// departmentNamed finds a department by id or else by name; of several the enabled
// one and then the oldest is meant (departments.md 2).
func departmentNamed(ctx context.Context, q db.Querier, site chat.SiteID, idOrName string) (chat.DepartmentID, error) {
	found, err := db.One(ctx, q, text, `SELECT id FROM departments WHERE site_id = $1 AND (id = $2 OR name = $2)
		ORDER BY CASE WHEN id = $2 THEN 0 WHEN enabled AND NOT archived THEN 1 ELSE 2 END, id LIMIT 1`, site, idOrName)
	return chat.DepartmentID(found), err
}

func clearDepartment(ctx context.Context, tx *db.Tx, gone chat.DepartmentID) error {
	_, err := tx.Exec(ctx, `UPDATE visitors SET department_id = '', updated_at = $2 WHERE department_id = $1`, gone, tx.Now())
	return err
}
