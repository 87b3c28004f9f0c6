package units

import (
	"context"

	"github.com/foyerchat/foyer/chat"
)

// DepartmentFilter says which departments of or for a unit are wanted.
type DepartmentFilter struct {
	Unit chat.UnitID // "none": a unit that does not exist yet
	Mine chat.UserID // only those he works in; empty: all
	Filter
}

// Links are who oversees the unit.
func (s *Service) Links(ctx context.Context, by chat.Actor, unit chat.UnitID) ([]Link, error) {
	if _, err := s.Find(ctx, by, unit); err != nil {
		return nil, err
	}
	return links(ctx, s.DB, unit)
}

// In returns a page of the unit's departments, and how many it has.
func (s *Service) In(ctx context.Context, by chat.Actor, f DepartmentFilter) ([]chat.DepartmentView, int64, error) {
	if _, err := s.Find(ctx, by, f.Unit); err != nil {
		return nil, 0, err
	}
	return departments(ctx, s.DB, ofUnit, f)
}

// none stands for a unit that does not exist yet.
const none chat.UnitID = "none"

// Available returns a page of the departments that may be put into the unit: those
// of no unit and its own, but no archived ones (tags-units 7.4).
func (s *Service) Available(ctx context.Context, by chat.Actor, f DepartmentFilter) ([]chat.DepartmentView, int64, error) {
	if f.Unit != none {
		if _, err := s.Find(ctx, by, f.Unit); err != nil {
			return nil, 0, err
		}
	}
	return departments(ctx, s.DB, forUnit, f)
}
