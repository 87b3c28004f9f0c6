package departments

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Archive ends a department's work and keeps it; doing it twice is harmless.
func (s *Service) Archive(ctx context.Context, id chat.DepartmentID) error {
	return s.shelve(ctx, id, func(d *Department) { d.Archived, d.Enabled = true, false })
}

// Unarchive brings a department back; it stays disabled.
func (s *Service) Unarchive(ctx context.Context, id chat.DepartmentID) error {
	return s.shelve(ctx, id, func(d *Department) { d.Archived = false })
}

func (s *Service) shelve(ctx context.Context, id chat.DepartmentID, how func(*Department)) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		was, err := lock(ctx, tx, id)
		if err != nil {
			return known(err, fault.Text(fault.Invalid, "department-not-found"))
		}
		d := was
		how(&d)
		if d.Archived == was.Archived && d.Enabled == was.Enabled {
			return nil
		}
		return s.keep(ctx, tx, was, d)
	})
}

// Remove deletes a department for good, with what refers to it here; others clear
// their references when they hear of it (departments.md 5.3).
func (s *Service) Remove(ctx context.Context, id chat.DepartmentID) error {
	if !s.Settings.Current().EnableDepartmentRemoval {
		return fault.New(fault.Invalid, "error-department-removal-disabled", "Department removal is disabled")
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		d, err := lock(ctx, tx, id)
		if err != nil {
			return known(err, fault.Text(fault.Invalid, "error-department-not-found"))
		}
		if err := mustNotEmpty(ctx, tx, d); err != nil {
			return err
		}
		if err := s.leaveHour(ctx, tx, id); err != nil {
			return err
		}
		if err := s.detach(ctx, tx, id); err != nil {
			return err
		}
		if err := remove(ctx, tx, id); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.DepartmentChanged{Department: id, Gone: true, Removed: true})
	})
}

// detach takes a department out of its agents' and the other departments' records.
func (s *Service) detach(ctx context.Context, tx *db.Tx, id chat.DepartmentID) error {
	all, err := members(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, m := range all {
		if err := s.drop(ctx, tx, id, m.AgentID); err != nil {
			return err
		}
	}
	changed, err := withoutFallback(ctx, tx, id)
	if err != nil {
		return err
	}
	listing, err := forwardingTo(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, d := range listing {
		d.ForwardTo = slices.DeleteFunc(d.ForwardTo, func(other chat.DepartmentID) bool { return other == id })
		if err := write(ctx, tx, d); err != nil {
			return err
		}
		changed = append(changed, d.ID)
	}
	slices.Sort(changed)
	for _, d := range slices.Compact(changed) {
		if err := tx.Emit(ctx, chat.DepartmentChanged{Department: d}); err != nil {
			return err
		}
	}
	return nil
}
