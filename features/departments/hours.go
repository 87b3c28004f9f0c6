package departments

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Hours hears that a department follows a business hour no more.
type Hours interface {
	// Left is called after the department's link is gone.
	Left(ctx context.Context, tx *db.Tx, hour chat.HourID) error
}

// FollowHour makes these departments, and no others, follow a business hour; who
// followed another one changes to it. Only enabled departments can (RQ-BH-5).
func (s *Service) FollowHour(ctx context.Context, tx *db.Tx, hour chat.HourID, departments []chat.DepartmentID) error {
	if err := lockAll(ctx, tx); err != nil {
		return err
	}
	slices.Sort(departments)
	departments = slices.Compact(departments)
	found, err := countEnabled(ctx, tx, departments)
	if err != nil {
		return err
	}
	if found != int64(len(departments)) {
		return fault.New(fault.Invalid, "error-invalid-department", "Only enabled departments can follow a business hour").At("departmentsToApplyBusinessHour")
	}
	left, err := endHour(ctx, tx, hour, departments)
	if err != nil {
		return err
	}
	joined, err := followHour(ctx, tx, hour, departments)
	if err != nil {
		return err
	}
	for _, d := range append(left, joined...) {
		if err := tx.Emit(ctx, chat.DepartmentChanged{Department: d}); err != nil {
			return err
		}
	}
	return nil
}

// leaveHour takes a department from its business hour, if it follows one: it takes
// no chats any more. Nothing links it again (11.3).
func (s *Service) leaveHour(ctx context.Context, tx *db.Tx, department chat.DepartmentID) error {
	hour, err := hourOf(ctx, tx, department)
	if err != nil || hour == "" {
		return err
	}
	if err := clearHour(ctx, tx, department); err != nil || s.Hours == nil {
		return err
	}
	return s.Hours.Left(ctx, tx, hour)
}
