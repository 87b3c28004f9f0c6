package visitors

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// dropAddresses removes the stored addresses and numbers of a visitor who has none any more.
func dropAddresses(ctx context.Context, tx *db.Tx, v chat.Visitor) error {
	if len(v.VisitorEmails) == 0 {
		if _, err := tx.Exec(ctx, `DELETE FROM visitor_emails WHERE visitor_id = $1`, v.ID); err != nil {
			return err
		}
	}
	if len(v.Phone) > 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `DELETE FROM visitor_phones WHERE visitor_id = $1`, v.ID)
	return err
}

func setDepartment(ctx context.Context, tx *db.Tx, id chat.VisitorID, d chat.DepartmentID) error {
	_, err := tx.Exec(ctx, `UPDATE visitors SET department_id = $2, updated_at = $3 WHERE id = $1 AND department_id <> $2`, id, d, tx.Now())
	return err
}
