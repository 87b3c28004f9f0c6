package departments

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

// Change is what is saved in one go: the record, agents to add or change, and the unit.
type Change struct {
	Draft  Draft
	Agents []Link
	Unit   *chat.UnitID // nil: unchanged; "": none
}

// The warnings of a save.
const (
	// WarnName: another department has the name.
	WarnName = "department-name-in-use"
	// WarnUnit: the unit is not the caller's to change; everything else was saved.
	WarnUnit = "department-unit-unchanged"
)

// Saved is a department after a save, with all its agents.
type Saved struct {
	Department Department `json:"department"`
	Agents     []Member   `json:"agents"`
	Warnings   []string   `json:"warnings,omitempty" doc:"department-name-in-use, department-unit-unchanged."`
}

// Create makes a department.
func (s *Service) Create(ctx context.Context, by chat.Actor, c Change) (Saved, error) {
	return s.save(ctx, by, c, func(tx *db.Tx) (Department, error) {
		fresh := Department{Department: chat.Department{ID: chat.DepartmentID(id.New()), Site: chat.DefaultSite}}
		return fresh, lockAll(ctx, tx)
	})
}

// Update replaces what a department is; agents are added and changed, never removed.
func (s *Service) Update(ctx context.Context, by chat.Actor, id chat.DepartmentID, c Change) (Saved, error) {
	return s.save(ctx, by, c, func(tx *db.Tx) (Department, error) {
		d, err := lock(ctx, tx, id)
		return d, known(err, errUnknown())
	})
}

func (s *Service) save(ctx context.Context, by chat.Actor, c Change, load func(*db.Tx) (Department, error)) (done Saved, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		was, err := load(tx)
		if err != nil {
			return err
		}
		d := was
		if err := c.Draft.apply(&d); err != nil {
			return err
		}
		if done.Warnings, err = s.settle(ctx, tx, by, &d, c.Unit); err != nil {
			return err
		}
		if err := s.keep(ctx, tx, was, d); err != nil {
			return err
		}
		if err := s.link(ctx, tx, d.ID, c.Agents); err != nil {
			return err
		}
		done.Department, done.Agents, err = s.read(ctx, tx, d.ID)
		return err
	})
	return done, err
}

// settle checks what the record says of others: fallback, allowed list, unit.
func (s *Service) settle(ctx context.Context, tx *db.Tx, by chat.Actor, d *Department, unit *chat.UnitID) (warnings []string, err error) {
	if err := checkFallback(ctx, tx, *d); err != nil {
		return nil, err
	}
	if d.ForwardTo, err = existing(ctx, tx, d.ForwardTo); err != nil {
		return nil, err
	}
	moved, err := putIntoUnit(ctx, tx, by, d, unit)
	if err != nil {
		return nil, err
	}
	if !moved {
		warnings = append(warnings, WarnUnit)
	}
	used, err := nameUsed(ctx, tx, *d)
	if used {
		warnings = append(warnings, WarnName)
	}
	return warnings, err
}

// keep writes the record and tells what that means (departments.md 5).
func (s *Service) keep(ctx context.Context, tx *db.Tx, was, d Department) error {
	e := chat.DepartmentChanged{Department: d.ID, Gone: was.TakesChats() && !d.TakesChats()}
	if err := write(ctx, tx, d); err != nil {
		return err
	}
	if !d.TakesChats() {
		if err := s.leaveHour(ctx, tx, d.ID); err != nil {
			return err
		}
	}
	if e.Gone {
		all, err := fallbacks(ctx, tx)
		if err != nil {
			return err
		}
		e.Fallback = next(all, d.ID)
	}
	if d.Unit != was.Unit {
		if err := tx.Emit(ctx, chat.UnitChanged{Departments: []chat.DepartmentID{d.ID}}); err != nil {
			return err
		}
	}
	if err := s.tellMembers(ctx, tx, was, d); err != nil {
		return err
	}
	return tx.Emit(ctx, e)
}

// tellMembers says that their links changed: each carries whether its department is enabled.
func (s *Service) tellMembers(ctx context.Context, tx *db.Tx, was, d Department) error {
	if was.Enabled == d.Enabled {
		return nil
	}
	all, err := members(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	for _, m := range all {
		if err := tx.Emit(ctx, chat.MembershipChanged{Department: d.ID, Agent: m.AgentID, Action: updated}); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) read(ctx context.Context, tx *db.Tx, id chat.DepartmentID) (Department, []Member, error) {
	d, err := find(ctx, tx, id)
	if err != nil {
		return d, nil, err
	}
	all, err := members(ctx, tx, id)
	return d, all, err
}

// checkFallback refuses a fallback that is not there or that leads back here.
func checkFallback(ctx context.Context, tx *db.Tx, d Department) error {
	if d.Fallback == "" {
		return nil
	}
	if d.Fallback == d.ID {
		return errCircular()
	}
	all, err := fallbacks(ctx, tx)
	if err != nil {
		return err
	}
	if _, ok := all[d.Fallback]; !ok {
		return fault.New(fault.Invalid, "error-fallback-department-not-found", "Fallback department not found").At("department.fallbackForwardDepartment")
	}
	if slices.Contains(chain(all, d.Fallback), d.ID) {
		return errCircular()
	}
	return nil
}

func errCircular() error {
	return fault.New(fault.Invalid, "error-fallback-department-circular", "Cannot save department. Circular reference between fallback department and department").
		At("department.fallbackForwardDepartment")
}

// chain are the departments one comes to from here, each once.
func chain(all map[chat.DepartmentID]fallback, from chat.DepartmentID) (through []chat.DepartmentID) {
	for at := from; at != "" && !slices.Contains(through, at); at = all[at].to {
		through = append(through, at)
	}
	return through
}

// next is the first department behind this one that takes chats, if there is one.
func next(all map[chat.DepartmentID]fallback, id chat.DepartmentID) chat.DepartmentID {
	for _, d := range chain(all, id)[1:] {
		if all[d].open {
			return d
		}
	}
	return ""
}
