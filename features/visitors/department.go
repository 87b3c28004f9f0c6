package visitors

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// onDepartmentChanged forgets a department that is no more (departments.md 5.3).
func (s *Service) onDepartmentChanged(ctx context.Context, _ string, e chat.DepartmentChanged) error {
	if !e.Removed {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return clearDepartment(ctx, tx, e.Department) })
}
