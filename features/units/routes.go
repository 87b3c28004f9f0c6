package units

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

const (
	manageUnits    = string(chat.ManageLivechatUnits)
	manageMonitors = string(chat.ManageLivechatMonitors)
)

// Rows are the endpoints of units and monitors (rest-api.md 17).
func (s *Service) Rows() []rest.Endpoint {
	tag, units := rest.Tag("units"), rest.All(manageUnits)
	refusals := rest.Errors("The name is in use [error-duplicate-unit-name]", "Invalid department [error-invalid-department]")
	unknown := rest.Errors("Unit not found [error-unit-not-found]")
	return append([]rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/units", units, "List units; private ones to their creator, their monitors and administrators.", s.getUnits, tag),
		rest.Row("POST", "/api/v1/livechat/units", units, "Make a unit; users who are no monitors are left out and named in warnings.", s.postUnit, tag, rest.MatchErrors(), refusals),
		rest.Row("GET", "/api/v1/livechat/units/{id}", units, "One unit.", s.getUnit, tag, unknown),
		rest.Row("POST", "/api/v1/livechat/units/{id}", units, "Replace a unit with its monitors and departments.", s.putUnit, tag, rest.MatchErrors(), refusals, unknown),
		rest.Row("DELETE", "/api/v1/livechat/units/{id}", units, "Remove a unit; its departments stay.", s.deleteUnit, tag, rest.Plain(), rest.Errors("Unit not found [unit-not-found]")),
		rest.Row("GET", "/api/v1/livechat/units/{id}/monitors", rest.All(manageMonitors), "The monitors of a unit.", s.getLinks, tag, unknown),
		rest.Row("GET", "/api/v1/livechat/units/{id}/departments", units, "The departments of a unit.", s.getDepartments, tag, unknown),
		rest.Row("GET", "/api/v1/livechat/units/{id}/departments/available", units, "The departments of no unit and of this one; none is the id of a new unit.", s.getAvailable, tag, unknown),
	}, s.monitorRows()...)
}

type getUnits struct {
	rest.Page
	Text string `query:"text" maxLength:"255" doc:"Part of the name."`
}

// filter is what a page and a text ask for.
func filter(p rest.Page, text string) Filter {
	f := Filter{Text: text, Offset: p.Offset, Sort: p.Sort}
	if !p.Unlimited() {
		f.Limit = p.Limit()
	}
	return f
}

func counted(p rest.Page, count int, total int64) rest.Counted {
	return rest.Counted{Offset: p.Offset, Count: count, Total: total}
}

type unitsPage struct {
	Units []Unit `json:"units"`
	rest.Counted
}

func (s *Service) getUnits(ctx context.Context, r getUnits) (unitsPage, error) {
	units, total, err := s.List(ctx, rest.Identity[chat.Actor](ctx), filter(r.Page, r.Text))
	return unitsPage{Units: units, Counted: counted(r.Page, len(units), total)}, err
}

// unitData has what older clients send, too; it is dropped (tags-units 2.2).
type unitData struct {
	Name       string     `json:"name" required:"true" maxLength:"255"`
	Visibility Visibility `json:"visibility" required:"true" enum:"public,private"`
}

type monitorOfUnit struct {
	ID       chat.UserID `json:"monitorId" required:"true" maxLength:"255"`
	Username string      `json:"username" maxLength:"255" doc:"Not looked at."`
}

type departmentOfUnit struct {
	ID chat.DepartmentID `json:"departmentId" required:"true" maxLength:"255"`
}

type postUnit struct {
	Data        unitData           `json:"unitData" required:"true"`
	Monitors    []monitorOfUnit    `json:"unitMonitors" required:"true" maxItems:"1000"`
	Departments []departmentOfUnit `json:"unitDepartments" required:"true" maxItems:"1000"`
}

func (r postUnit) draft() Draft {
	d := Draft{Name: r.Data.Name, Visibility: r.Data.Visibility}
	for _, m := range r.Monitors {
		d.Monitors = append(d.Monitors, m.ID)
	}
	for _, p := range r.Departments {
		d.Departments = append(d.Departments, p.ID)
	}
	return d
}

type savedUnit struct {
	Unit
	Warnings []string `json:"warnings,omitempty" doc:"Who was left out, being no monitor."`
}

// saved is the unit and the names, as sent, of those who were left out.
func (r postUnit) saved(u Unit, dropped []chat.UserID) savedUnit {
	out := savedUnit{Unit: u}
	for _, d := range dropped {
		name := string(d)
		for _, m := range r.Monitors {
			if m.ID == d && m.Username != "" {
				name = m.Username
			}
		}
		out.Warnings = append(out.Warnings, name)
	}
	return out
}

func (s *Service) postUnit(ctx context.Context, r postUnit) (savedUnit, error) {
	u, dropped, err := s.Create(ctx, rest.Identity[chat.Actor](ctx), r.draft())
	return r.saved(u, dropped), err
}

type oneUnit struct {
	ID chat.UnitID `path:"id"`
}

func (s *Service) getUnit(ctx context.Context, r oneUnit) (Unit, error) {
	return s.Find(ctx, rest.Identity[chat.Actor](ctx), r.ID)
}

type putUnit struct {
	oneUnit
	postUnit
}

func (s *Service) putUnit(ctx context.Context, r putUnit) (savedUnit, error) {
	u, dropped, err := s.Update(ctx, rest.Identity[chat.Actor](ctx), r.ID, r.draft())
	return r.saved(u, dropped), err
}

// deleteUnit answers how many it removed (rest-api.md 17, 27).
func (s *Service) deleteUnit(ctx context.Context, r oneUnit) (int, error) {
	return 1, s.Delete(ctx, rest.Identity[chat.Actor](ctx), r.ID)
}

type linksResult struct {
	Monitors []Link `json:"monitors"`
}

func (s *Service) getLinks(ctx context.Context, r oneUnit) (linksResult, error) {
	found, err := s.Links(ctx, rest.Identity[chat.Actor](ctx), r.ID)
	return linksResult{Monitors: found}, err
}

type getDepartments struct {
	rest.Page
	oneUnit
}

type departmentsPage struct {
	Departments []chat.DepartmentView `json:"departments"`
	rest.Counted
}

func departmentsResult(p rest.Page, found []chat.DepartmentView, total int64) departmentsPage {
	return departmentsPage{Departments: found, Counted: counted(p, len(found), total)}
}

func (s *Service) getDepartments(ctx context.Context, r getDepartments) (departmentsPage, error) {
	found, total, err := s.In(ctx, rest.Identity[chat.Actor](ctx), DepartmentFilter{Unit: r.ID, Filter: filter(r.Page, "")})
	return departmentsResult(r.Page, found, total), err
}

type getAvailable struct {
	rest.Page
	oneUnit
	Text string `query:"text" maxLength:"255" doc:"Part of the name."`
	Mine bool   `query:"onlyMyDepartments" doc:"Only departments the caller works in."`
}

func (s *Service) getAvailable(ctx context.Context, r getAvailable) (departmentsPage, error) {
	by := rest.Identity[chat.Actor](ctx)
	f := DepartmentFilter{Unit: r.ID, Filter: filter(r.Page, r.Text)}
	if r.Mine {
		f.Mine = by.User
	}
	found, total, err := s.Available(ctx, by, f)
	return departmentsResult(r.Page, found, total), err
}
