package departments

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

func departmentID(r db.Row) (d chat.DepartmentID, err error) { err = r.Scan(&d); return d, err }

// anyOf makes departments arguments after those given.
func anyOf(departments []chat.DepartmentID, before ...any) []any {
	for _, d := range departments {
		before = append(before, d)
	}
	return before
}

func countKnown(ctx context.Context, tx *db.Tx, departments []chat.DepartmentID) (int64, error) {
	return db.One(ctx, tx, number, `SELECT count(*) FROM departments WHERE id IN (`+db.In(len(departments), 1)+`)`, anyOf(departments)...)
}

// takeOutOfUnit empties the unit but for the departments that stay. Those of a unit that
// ends have none as if there had never been one (tags-units-monitors-priorities-sla.md 2).
func takeOutOfUnit(ctx context.Context, tx *db.Tx, unit chat.UnitID, stay []chat.DepartmentID) ([]chat.DepartmentID, error) {
	where := `unit_id = $1`
	if len(stay) > 0 {
		where += ` AND id NOT IN (` + db.In(len(stay), 4) + `)`
	}
	return db.All(ctx, tx, departmentID, `UPDATE departments SET unit_id = '', had_unit = $3, updated_at = $2 WHERE `+where+` RETURNING id`,
		anyOf(stay, unit, tx.Now(), len(stay) > 0)...)
}

func putInUnit(ctx context.Context, tx *db.Tx, unit chat.UnitID, departments []chat.DepartmentID) ([]chat.DepartmentID, error) {
	return db.All(ctx, tx, departmentID, `UPDATE departments SET unit_id = $1, had_unit = true, updated_at = $2 WHERE unit_id <> $1
		AND id IN (`+db.In(len(departments), 3)+`) RETURNING id`, anyOf(departments, unit, tx.Now())...)
}
