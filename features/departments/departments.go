// Package departments keeps departments and who works in them: their form with
// its rules, their agents, their end. It decides nothing about routing and moves
// no chat: others do when they hear that a department changed.
package departments

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// Turns keeps the round robin's counters.
type Turns interface {
	// Set gives an agent of a department his counter. nil is a newcomer's, the
	// smallest of the department, and leaves who has one as he is (RQ-AUTO-3).
	Set(ctx context.Context, tx *db.Tx, department chat.DepartmentID, agent chat.AgentID, count *int64) error
	// Drop forgets the counter of an agent who left.
	Drop(ctx context.Context, tx *db.Tx, department chat.DepartmentID, agent chat.AgentID) error
}

// Settings is the snapshot of the settings.
type Settings interface{ Current() *chat.Settings }

// Deps is what departments need.
type Deps struct {
	DB       *db.DB
	Settings Settings
	Turns    Turns
	Hours    Hours // may be nil
}

// Service keeps departments.
type Service struct {
	Deps
}

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Department is a department as lists and single answers show it.
type Department = chat.DepartmentView

// Member is an agent of a department (rest-api.md 4.8).
type Member struct {
	ID                string            `json:"_id"`
	DepartmentID      chat.DepartmentID `json:"departmentId"`
	AgentID           chat.AgentID      `json:"agentId"`
	Username          string            `json:"username"`
	Count             int64             `json:"count"`
	Order             int64             `json:"order"`
	DepartmentEnabled bool              `json:"departmentEnabled"`
	UpdatedAt         clock.Instant     `json:"_updatedAt"`
}

// Filter says which departments, and which part of them, are wanted.
type Filter struct {
	Text           string // part of the name, case-insensitive
	Prefix         bool   // Text is the name's beginning
	Enabled        bool   // only enabled ones
	Archived       bool   // archived ones too
	OnlyArchived   bool
	OnRegistration *bool
	OnOfflineForm  *bool
	NumAgents      *int64
	Except         []chat.DepartmentID
	IDs            []chat.DepartmentID // only these
	Of             *chat.Actor         // only his: see mine
	Offset, Limit  int64               // Limit 0: all
	Sort           rest.Sort
}

// List returns one page of the departments, by name unless sorted otherwise, and how many match.
func (s *Service) List(ctx context.Context, f Filter) ([]Department, int64, error) {
	return list(ctx, s.DB, f)
}

// Find returns a department and its members by their rank, or db.ErrNoRows.
func (s *Service) Find(ctx context.Context, id chat.DepartmentID) (Department, []Member, error) {
	d, err := find(ctx, s.DB, id)
	if err != nil {
		return d, nil, err
	}
	all, err := members(ctx, s.DB, id)
	return d, all, err
}

// Members returns a page of a department's agents, by username unless sorted
// otherwise, and how many there are; an unknown department has none.
func (s *Service) Members(ctx context.Context, id chat.DepartmentID, f Filter) ([]Member, int64, error) {
	return pageOfMembers(ctx, s.DB, id, f)
}

func errUnknown() error {
	return fault.New(fault.Invalid, "error-department-not-found", "Department not found")
}

// known turns the absence of a department into the fault.
func known(err, fault error) error {
	if errors.Is(err, db.ErrNoRows) {
		return fault
	}
	return err
}
