package departments

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

func countEnabled(ctx context.Context, tx *db.Tx, departments []chat.DepartmentID) (int64, error) {
	return db.One(ctx, tx, number, `SELECT count(*) FROM departments WHERE enabled AND NOT archived
		AND id IN (`+db.In(len(departments), 1)+`)`, anyOf(departments)...)
}

// endHour ends the link of those that follow the hour, but for the ones that stay.
func endHour(ctx context.Context, tx *db.Tx, hour chat.HourID, stay []chat.DepartmentID) ([]chat.DepartmentID, error) {
	where := `business_hour_id = $1`
	if len(stay) > 0 {
		where += ` AND id NOT IN (` + db.In(len(stay), 3) + `)`
	}
	return db.All(ctx, tx, departmentID, `UPDATE departments SET business_hour_id = '', updated_at = $2 WHERE `+where+` RETURNING id`,
		anyOf(stay, hour, tx.Now())...)
}

func followHour(ctx context.Context, tx *db.Tx, hour chat.HourID, departments []chat.DepartmentID) ([]chat.DepartmentID, error) {
	return db.All(ctx, tx, departmentID, `UPDATE departments SET business_hour_id = $1, updated_at = $2 WHERE business_hour_id <> $1
		AND id IN (`+db.In(len(departments), 3)+`) RETURNING id`, anyOf(departments, hour, tx.Now())...)
}

func hourOf(ctx context.Context, tx *db.Tx, department chat.DepartmentID) (hour chat.HourID, err error) {
	err = tx.QueryRow(ctx, `SELECT business_hour_id FROM departments WHERE id = $1`, department).Scan(&hour)
	if errors.Is(err, db.ErrNoRows) {
		err = nil
	}
	return hour, err
}

func clearHour(ctx context.Context, tx *db.Tx, department chat.DepartmentID) error {
	_, err := tx.Exec(ctx, `UPDATE departments SET business_hour_id = '' WHERE id = $1`, department)
	return err
}
