// Package units groups departments so that monitors oversee exactly these. It takes no part in
// routing; rooms remember the unit of their department. Who is a monitor is decided here too:
// only units make a monitor see something.
package units

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/rest"
)

// Departments keeps which department is in which unit.
type Departments interface {
	// PutInUnit makes these departments, and no others, those of the unit, and
	// returns those whose unit changed.
	PutInUnit(ctx context.Context, tx *db.Tx, unit chat.UnitID, departments []chat.DepartmentID) (changed []chat.DepartmentID, err error)
}

// Roles gives and takes roles.
type Roles interface {
	Grant(ctx context.Context, tx *db.Tx, user chat.UserID, role string) error
	Revoke(ctx context.Context, tx *db.Tx, user chat.UserID, role string) error
}

// Deps is what units needs.
type Deps struct {
	DB          *db.DB
	Departments Departments
	Roles       Roles
}

// Service keeps them.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Visibility says who may list and edit a unit; it works for its monitors either way.
type Visibility string

// The visibilities; a private unit is its creator's, its monitors' and the administrators'.
const (
	Public  Visibility = "public"
	Private Visibility = "private"
)

// Unit is a group of departments (rest-api.md 4.10).
type Unit struct {
	ID             chat.UnitID   `json:"_id"`
	Name           string        `json:"name"`
	Visibility     Visibility    `json:"visibility"`
	Type           string        `json:"type"` // always "u"
	NumMonitors    int64         `json:"numMonitors"`
	NumDepartments int64         `json:"numDepartments"`
	UpdatedAt      clock.Instant `json:"_updatedAt"`
}

// Draft is what a unit shall be.
type Draft struct {
	Name        string
	Visibility  Visibility
	Monitors    []chat.UserID
	Departments []chat.DepartmentID
}

func (d *Draft) clean() error {
	if d.Name = strings.TrimSpace(d.Name); d.Name == "" {
		return fault.New(fault.Invalid, "error-invalid-name", "A name is needed").At("unitData.name")
	}
	d.Departments = slices.Clone(d.Departments)
	return nil
}

// Filter says which units are wanted.
type Filter struct {
	Text   string // part of the name, case-insensitive
	Offset int64
	Limit  int64 // 0: all
	Sort   rest.Sort
}

// List returns a page of the units the actor may see, and how many there are.
func (s *Service) List(ctx context.Context, by chat.Actor, f Filter) ([]Unit, int64, error) {
	return list(ctx, s.DB, by, f)
}

// Find returns a unit the actor may see.
func (s *Service) Find(ctx context.Context, by chat.Actor, unit chat.UnitID) (Unit, error) {
	u, err := find(ctx, s.DB, by, unit)
	if errors.Is(err, db.ErrNoRows) {
		return u, fault.New(fault.NotFound, "error-unit-not-found", "Unit not found")
	}
	return u, err
}

// Create makes a unit; dropped are the users who are no monitors.
func (s *Service) Create(ctx context.Context, by chat.Actor, d Draft) (u Unit, dropped []chat.UserID, err error) {
	unit := chat.UnitID(id.New())
	if err := d.clean(); err != nil {
		return u, nil, err
	}
	return s.save(ctx, unit, d, func(tx *db.Tx) error {
		added, err := insert(ctx, tx, Unit{ID: unit, Name: d.Name, Visibility: d.Visibility}, by.User)
		return taken(added, err)
	})
}

// Update replaces a unit with its monitors and departments.
func (s *Service) Update(ctx context.Context, by chat.Actor, unit chat.UnitID, d Draft) (u Unit, dropped []chat.UserID, err error) {
	if err := d.clean(); err != nil {
		return u, nil, err
	}
	return s.save(ctx, unit, d, func(tx *db.Tx) error {
		if err := mayChange(ctx, tx, by, unit, errUnknown()); err != nil {
			return err
		}
		saved, err := update(ctx, tx, Unit{ID: unit, Name: d.Name, Visibility: d.Visibility})
		return taken(saved, err)
	})
}

// save writes the record with write and its links after it.
func (s *Service) save(ctx context.Context, unit chat.UnitID, d Draft, write func(*db.Tx) error) (u Unit, dropped []chat.UserID, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		before, err := s.before(ctx, tx, unit)
		if err != nil {
			return err
		}
		if err := write(tx); err != nil {
			return err
		}
		if dropped, err = setMonitors(ctx, tx, unit, d.Monitors); err != nil {
			return err
		}
		if err := s.link(ctx, tx, unit, d.Departments); err != nil {
			return err
		}
		if err := s.tellMonitors(ctx, tx, unit, before); err != nil {
			return err
		}
		u, err = find(ctx, tx, chat.System, unit)
		return err
	})
	return u, dropped, err
}

// link moves the departments and tells rooms of it.
func (s *Service) link(ctx context.Context, tx *db.Tx, unit chat.UnitID, departments []chat.DepartmentID) error {
	changed, err := s.Departments.PutInUnit(ctx, tx, unit, departments)
	if err != nil || len(changed) == 0 {
		return err
	}
	return tx.Emit(ctx, chat.UnitChanged{Departments: changed})
}

// Delete removes a unit; its departments stay, without one.
func (s *Service) Delete(ctx context.Context, by chat.Actor, unit chat.UnitID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		before, err := s.before(ctx, tx, unit)
		if err != nil {
			return err
		}
		if err := mayChange(ctx, tx, by, unit, fault.New(fault.Invalid, "unit-not-found", "Unit not found")); err != nil {
			return err
		}
		changed, err := s.Departments.PutInUnit(ctx, tx, unit, nil)
		if err != nil {
			return err
		}
		if err := remove(ctx, tx, unit); err != nil {
			return err
		}
		if err := tx.Emit(ctx, chat.UnitChanged{Departments: changed, Removed: unit}); err != nil {
			return err
		}
		return s.tellMonitors(ctx, tx, unit, before)
	})
}

func errUnknown() error { return fault.New(fault.Invalid, "error-unit-not-found", "Unit not found") }

// mayChange refuses a unit that is not there or is somebody else's private one.
func mayChange(ctx context.Context, tx *db.Tx, by chat.Actor, unit chat.UnitID, refusal error) error {
	_, err := find(ctx, tx, by, unit)
	if errors.Is(err, db.ErrNoRows) {
		return refusal
	}
	return err
}

func taken(written bool, err error) error {
	if err != nil || written {
		return err
	}
	return fault.New(fault.Invalid, "error-duplicate-unit-name", "The name is in use").At("unitData.name")
}

// was is whom a change concerns: the unit's monitors, and whether any unit exists.
type was struct {
	monitors []chat.UserID
	units    bool
}

// before reads it and keeps other changes of units waiting: the first unit
// restricts every monitor, and the last one's end frees them (tags-units 3.2).
func (s *Service) before(ctx context.Context, tx *db.Tx, unit chat.UnitID) (w was, err error) {
	if _, err := tx.Next(ctx, "units"); err != nil {
		return w, err
	}
	if w.monitors, err = monitorsOf(ctx, tx, unit); err != nil {
		return w, err
	}
	w.units, err = exist(ctx, tx)
	return w, err
}

// tellMonitors has the sockets of those whose sight changed looked at again.
func (s *Service) tellMonitors(ctx context.Context, tx *db.Tx, unit chat.UnitID, before was) error {
	units, err := exist(ctx, tx)
	if err != nil {
		return err
	}
	if units != before.units {
		return tx.Emit(ctx, chat.PermissionsChanged{})
	}
	now, err := monitorsOf(ctx, tx, unit)
	if err != nil {
		return err
	}
	concerned := append(now, before.monitors...)
	slices.Sort(concerned)
	for _, u := range slices.Compact(concerned) {
		if err := tx.Emit(ctx, chat.PermissionsChanged{User: u}); err != nil {
			return err
		}
	}
	return nil
}
