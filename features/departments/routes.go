package departments

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/rest"
)

const (
	viewDepartments = string(chat.ViewLivechatDepartments)
	viewLRoom       = string(chat.ViewLRoom)
)

// Rows are the endpoints (rest-api.md 12, the reading ones).
func (s *Service) Rows() []rest.Endpoint {
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/department", rest.Any(viewDepartments, viewLRoom), "List departments.", s.getAll, rest.Tag("departments")),
		rest.Row("GET", "/api/v1/livechat/department/{_id}", rest.Any(viewDepartments, viewLRoom), "One department and its agents; null for an unknown id.", s.getOne, rest.Tag("departments")),
	}
}

type getAll struct {
	rest.Page
	Text     string            `query:"text" maxLength:"255" doc:"Part of the name."`
	Enabled  *bool             `query:"enabled"`
	Archived bool              `query:"showArchived" doc:"List archived ones too."`
	Except   chat.DepartmentID `query:"excludeDepartmentId"`
}

// Department is a department as lists and single answers show it.
type Department struct {
	chat.Department
	Type string `json:"type"` // always "d"
}

type departmentsPage struct {
	Departments []Department `json:"departments"`
	rest.Counted
}

func (s *Service) getAll(ctx context.Context, r getAll) (departmentsPage, error) {
	f := Filter{Text: r.Text, Enabled: r.Enabled, Archived: r.Archived, Except: r.Except, Offset: r.Offset, Sort: r.Sort}
	if !r.Unlimited() {
		f.Limit = r.Limit()
	}
	found, total, err := s.List(ctx, f)
	page := departmentsPage{Departments: make([]Department, len(found)), Counted: rest.Counted{Offset: r.Offset, Count: len(found), Total: total}}
	for i, d := range found {
		page.Departments[i] = typed(d)
	}
	return page, err
}

func typed(d chat.Department) Department { return Department{Department: d, Type: "d"} }

type getOne struct {
	ID            chat.DepartmentID `path:"_id"`
	IncludeAgents bool              `query:"includeAgents" default:"true"`
}

type oneDepartment struct {
	Department *Department `json:"department"` // null: unknown
	Agents     []Member    `json:"agents,omitempty"`
}

func (s *Service) getOne(ctx context.Context, r getOne) (oneDepartment, error) {
	d, agents, err := s.Find(ctx, r.ID)
	if errors.Is(err, db.ErrNoRows) {
		return oneDepartment{}, nil
	}
	if err != nil {
		return oneDepartment{}, err
	}
	found := typed(d)
	// permissions.md: who is in a department is for those who may see departments.
	if !r.IncludeAgents || !rest.Identity[chat.Actor](ctx).May(chat.ViewLivechatDepartments) {
		agents = nil
	}
	return oneDepartment{Department: &found, Agents: agents}, nil
}
