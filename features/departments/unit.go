package departments

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// PutInUnit makes these departments, and no others, those of the unit: a department
// of another unit moves (tags-units 2.2). It returns the departments whose unit
// changed; telling of it is the caller's. An unknown one is error-invalid-department.
func (s *Service) PutInUnit(ctx context.Context, tx *db.Tx, unit chat.UnitID, departments []chat.DepartmentID) ([]chat.DepartmentID, error) {
	if err := lockAll(ctx, tx); err != nil {
		return nil, err
	}
	slices.Sort(departments)
	departments = slices.Compact(departments)
	known, err := countKnown(ctx, tx, departments)
	if err != nil {
		return nil, err
	}
	if known != int64(len(departments)) {
		return nil, fault.New(fault.Invalid, "error-invalid-department", "Invalid department").At("unitDepartments")
	}
	left, err := takeOutOfUnit(ctx, tx, unit, departments)
	if err != nil || len(departments) == 0 {
		return left, err
	}
	joined, err := putInUnit(ctx, tx, unit, departments)
	return append(left, joined...), err
}
