package hours

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// hourOf is the business hour a department follows, or "".
func hourOf(ctx context.Context, q db.Querier, d chat.DepartmentID) (h chat.HourID, err error) {
	err = q.QueryRow(ctx, `SELECT business_hour_id FROM departments WHERE id = $1`, d).Scan(&h)
	if errors.Is(err, db.ErrNoRows) {
		return "", nil
	}
	return h, err
}
