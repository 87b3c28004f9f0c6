// Package departments keeps departments and who works in them. Departments are
// read here: the lists the console chooses from and the ones a single record
// needs. It decides nothing about routing and offers no way to create one.
package departments

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/rest"
)

// Deps is what departments need.
type Deps struct {
	DB *db.DB
}

// Service reads departments.
type Service struct {
	db *db.DB
}

// New makes the service.
func New(d Deps) *Service { return &Service{db: d.DB} }

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
	Text     string // part of the name, case-insensitive
	Enabled  *bool
	Archived bool // archived ones too
	Except   chat.DepartmentID
	Offset   int64
	Limit    int64 // 0: all
	Sort     rest.Sort
}

// List returns one page of the departments, by name unless sorted otherwise, and how many match.
func (s *Service) List(ctx context.Context, f Filter) ([]chat.Department, int64, error) {
	return list(ctx, s.db, f)
}

// Find returns a department and its members, or db.ErrNoRows.
func (s *Service) Find(ctx context.Context, id chat.DepartmentID) (chat.Department, []Member, error) {
	d, err := find(ctx, s.db, id)
	if err != nil {
		return d, nil, err
	}
	members, err := members(ctx, s.db, id)
	return d, members, err
}

// Leave ends all memberships of an agent (lifecycle 2.3: the role was taken away).
func (s *Service) Leave(ctx context.Context, tx *db.Tx, agent chat.AgentID) error {
	return leave(ctx, tx, agent)
}
