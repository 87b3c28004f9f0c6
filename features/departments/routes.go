package departments

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

const (
	viewDepartments   = string(chat.ViewLivechatDepartments)
	viewLRoom         = string(chat.ViewLRoom)
	manageDepartments = string(chat.ManageLivechatDepartments)
	addAgents         = string(chat.AddLivechatDepartmentAgents)
	removeDepartment  = string(chat.RemoveLivechatDepartment)
)

// Rows are the endpoints (rest-api.md 12).
func (s *Service) Rows() []rest.Endpoint {
	tag, seen := rest.Tag("departments"), rest.Any(viewDepartments, viewLRoom)
	return append(s.writingRows(),
		rest.Row("GET", "/api/v1/livechat/department", seen, "List departments.", s.getAll, tag),
		rest.Row("GET", "/api/v1/livechat/departments/archived", seen, "List archived departments.", s.getArchived, tag),
		rest.Row("GET", "/api/v1/livechat/department/{_id}", seen, "One department and its agents; null for an unknown id.", s.getOne, tag),
		rest.Row("GET", "/api/v1/livechat/department/{_id}/agents", seen, "The agents of a department; none of an unknown one.", s.getAgents, tag),
		rest.Row("GET", "/api/v1/livechat/department.autocomplete", seen, "Departments to choose from, by the beginning of their names.", s.getCompletion, tag,
			rest.ParamErrors(), rest.Errors("The 'selector' param is required")),
		rest.Row("GET", "/api/v1/livechat/department.listByIds", seen, "These departments; unknown ones are left out.", s.getByIDs, tag,
			rest.ParamErrors(), rest.Errors("The 'ids' param is required", "The 'ids' param must be an array")),
		rest.Row("GET", "/api/v1/livechat/department/isDepartmentCreationAvailable", rest.Any(viewDepartments, manageDepartments),
			"Whether another department may be made: always.", s.getAvailable, tag),
	)
}

type getAll struct {
	rest.Page
	Text     string            `query:"text" maxLength:"255" doc:"Part of the name."`
	Enabled  bool              `query:"enabled" doc:"Only enabled ones; false: all."`
	Archived bool              `query:"showArchived" doc:"List archived ones too."`
	OnlyMine bool              `query:"onlyMyDepartments" doc:"A monitor's: those of his units; an agent's: those he works in; a manager's: all."`
	Except   chat.DepartmentID `query:"excludeDepartmentId"`
}

func (r getAll) filter(ctx context.Context) Filter {
	f := Filter{Text: r.Text, Enabled: r.Enabled, Archived: r.Archived, Of: only(ctx, r.OnlyMine)}
	if r.Except != "" {
		f.Except = []chat.DepartmentID{r.Except}
	}
	return f.part(r.Page)
}

// part is the page of a list that is asked for.
func (f Filter) part(p rest.Page) Filter {
	f.Offset, f.Sort = p.Offset, p.Sort
	if !p.Unlimited() {
		f.Limit = p.Limit()
	}
	return f
}

// only is the caller, when he asks for his own departments.
func only(ctx context.Context, mine bool) *chat.Actor {
	if !mine {
		return nil
	}
	a := rest.Identity[chat.Actor](ctx)
	return &a
}

type departmentsPage struct {
	Departments []Department `json:"departments"`
	rest.Counted
}

func (s *Service) getAll(ctx context.Context, r getAll) (departmentsPage, error) {
	return s.page(ctx, r.filter(ctx))
}

func (s *Service) page(ctx context.Context, f Filter) (departmentsPage, error) {
	found, total, err := s.List(ctx, f)
	return departmentsPage{Departments: found, Counted: rest.Counted{Offset: f.Offset, Count: len(found), Total: total}}, err
}

type getArchived struct {
	rest.Page
	Text     string            `query:"text" maxLength:"255" doc:"Part of the name."`
	OnlyMine bool              `query:"onlyMyDepartments"`
	Except   chat.DepartmentID `query:"excludeDepartmentId"`
}

func (s *Service) getArchived(ctx context.Context, r getArchived) (departmentsPage, error) {
	f := getAll{Page: r.Page, Text: r.Text, OnlyMine: r.OnlyMine, Except: r.Except}.filter(ctx)
	f.OnlyArchived = true
	return s.page(ctx, f)
}

type getOne struct {
	ID            chat.DepartmentID `path:"_id"`
	IncludeAgents bool              `query:"includeAgents" default:"true"`
	OnlyMine      bool              `query:"onlyMyDepartments"`
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
	if r.OnlyMine {
		mine, _, err := s.List(ctx, Filter{IDs: []chat.DepartmentID{r.ID}, Archived: true, Of: only(ctx, true)})
		if err != nil || len(mine) == 0 {
			return oneDepartment{}, err
		}
	}
	// permissions.md: who is in a department is for those who may see departments.
	if !r.IncludeAgents || !rest.Identity[chat.Actor](ctx).May(chat.ViewLivechatDepartments) {
		agents = nil
	}
	return oneDepartment{Department: &d, Agents: agents}, nil
}

type getAgents struct {
	rest.Page
	ID chat.DepartmentID `path:"_id"`
}

type agentsPage struct {
	Agents []Member `json:"agents"`
	rest.Counted
}

func (s *Service) getAgents(ctx context.Context, r getAgents) (agentsPage, error) {
	found, total, err := s.Members(ctx, r.ID, Filter{}.part(r.Page))
	return agentsPage{Agents: found, Counted: rest.Counted{Offset: r.Offset, Count: len(found), Total: total}}, err
}

type getCompletion struct {
	// A text on the wire: as an object it would accept selector[term]=x.
	Selector string `query:"selector" required:"true" maxLength:"20000" doc:"JSON text: {term?, exceptions?: id[], conditions?: {enabled?, numAgents?, showOnRegistration?, showOnOfflineForm?}}."`
	Archived bool   `query:"showArchived" doc:"Archived ones too."`
	OnlyMine bool   `query:"onlyMyDepartments"`
}

const (
	exceptionsMost = 1000
	choicesMost    = 100
)

// selected reads the selector; of its conditions only those we know act (departments.md 8.6).
func (r getCompletion) selected() (Filter, error) {
	var sel struct {
		Term       string              `json:"term"`
		Exceptions []chat.DepartmentID `json:"exceptions"`
		Conditions map[string]any      `json:"conditions"`
	}
	if r.Selector == "" {
		return Filter{}, fault.Text(fault.Invalid, "The 'selector' param is required")
	}
	err := json.Unmarshal([]byte(r.Selector), &sel)
	unstorable := strings.Contains(r.Selector, `\u0000`) // no database takes it
	if err != nil || unstorable || len(sel.Exceptions) > exceptionsMost {
		return Filter{}, fault.New(fault.Invalid, "invalid-params", "The parameter 'selector' is not a valid selector")
	}
	f := Filter{Text: sel.Term, Prefix: true, Except: sel.Exceptions, Archived: r.Archived, Limit: choicesMost}
	f.conditions(sel.Conditions)
	return f, nil
}

func (f *Filter) conditions(all map[string]any) {
	if enabled, ok := all["enabled"].(bool); ok {
		f.Enabled = enabled
	}
	if n, ok := all["numAgents"].(float64); ok {
		whole := int64(n)
		f.NumAgents = &whole
	}
	if shown, ok := all["showOnRegistration"].(bool); ok {
		f.OnRegistration = &shown
	}
	if shown, ok := all["showOnOfflineForm"].(bool); ok {
		f.OnOfflineForm = &shown
	}
}

// Choice is a department one may choose.
type Choice struct {
	ID   chat.DepartmentID `json:"_id"`
	Name string            `json:"name"`
}

type choices struct {
	Items       []Choice `json:"items"`
	Departments []Choice `json:"departments"` // the same under the name newer clients look for
}

func (s *Service) getCompletion(ctx context.Context, r getCompletion) (choices, error) {
	f, err := r.selected()
	if err != nil {
		return choices{}, err
	}
	f.Of = only(ctx, r.OnlyMine)
	found, _, err := s.List(ctx, f)
	items := make([]Choice, len(found))
	for i, d := range found {
		items[i] = Choice{d.ID, d.Name}
	}
	return choices{Items: items, Departments: items}, err
}

type getByIDs struct {
	rest.Choosing
	IDs []chat.DepartmentID `query:"ids" required:"true" maxItems:"1000"`
}

type departmentsOnly struct {
	Departments []rest.Part[Department] `json:"departments"`
}

func (s *Service) getByIDs(ctx context.Context, r getByIDs) (departmentsOnly, error) {
	found, _, err := s.List(ctx, Filter{IDs: r.IDs, Archived: true})
	if err != nil {
		return departmentsOnly{}, err
	}
	parts, err := rest.Parts(found, r.Fields)
	return departmentsOnly{Departments: parts}, err
}

type available struct {
	Available bool `json:"isDepartmentCreationAvailable"`
}

func (s *Service) getAvailable(context.Context, struct{}) (available, error) {
	return available{Available: true}, nil
}
