package sla

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

const (
	viewLRoom        = string(chat.ViewLRoom)
	managePriorities = string(chat.ManageLivechatPriorities)
	manageSLA        = string(chat.ManageLivechatSLA)
)

// Rows are the endpoints of priorities and SLA policies (rest-api.md 18).
func (s *Service) Rows() []rest.Endpoint {
	tag := rest.Tag("sla")
	readers, twice := rest.Any(manageSLA, viewLRoom), rest.Errors("Another policy has this name or due time [error-duplicated-sla]")
	unknown := rest.Errors("SLA with id … not found")
	return append([]rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/sla", readers, "List SLA policies.", s.getPolicies, tag),
		rest.Row("POST", "/api/v1/livechat/sla", rest.All(manageSLA), "Make an SLA policy.", s.postPolicy, tag, rest.Strict(), twice),
		rest.Row("GET", "/api/v1/livechat/sla/{slaId}", readers, "One SLA policy.", s.getPolicy, tag, unknown),
		rest.Row("PUT", "/api/v1/livechat/sla/{slaId}", rest.All(manageSLA), "Replace an SLA policy; open chats that have it follow.", s.putPolicy, tag, rest.Strict(), twice, unknown),
		rest.Row("DELETE", "/api/v1/livechat/sla/{slaId}", rest.All(manageSLA), "Remove an SLA policy, also from the chats that have it.", s.deletePolicy, tag, unknown),
	}, s.priorityRows()...)
}

func (s *Service) priorityRows() []rest.Endpoint {
	tag := rest.Tag("priorities")
	readers, writers := rest.Any(managePriorities, viewLRoom), rest.All(managePriorities)
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/priorities", readers, "List the five priorities, the highest first.", s.getPriorities, tag),
		rest.Row("GET", "/api/v1/livechat/priorities/{priorityId}", readers, "One priority.", s.getPriority, tag, rest.Errors("Priority with id … not found")),
		rest.Row("PUT", "/api/v1/livechat/priorities/{priorityId}", writers, "Rename a priority, or give it its default name again: exactly one of both.", s.putPriority, tag, rest.Strict(),
			rest.Errors(oneOf+" [invalid-params]", "error-duplicate-priority-name", "error-unable-to-update-priority")),
		rest.Row("GET", "/api/v1/livechat/priorities.reset", writers, "Whether any priority is renamed.", s.getReset, tag),
		rest.Row("POST", "/api/v1/livechat/priorities.reset", writers, "Give all priorities their default names.", s.postReset, tag, rest.Errors("No priority is renamed [error-nothing-to-reset]")),
	}
}

type getPolicies struct {
	rest.Page
	Text string `query:"text" maxLength:"255" doc:"Part of name or description."`
}

type policiesPage struct {
	Policies []Policy `json:"sla"`
	rest.Counted
}

func (s *Service) getPolicies(ctx context.Context, r getPolicies) (policiesPage, error) {
	f := Filter{Text: r.Text, Offset: r.Offset, Sort: r.Sort}
	if !r.Unlimited() {
		f.Limit = r.Limit()
	}
	found, total, err := s.Policies(ctx, f)
	return policiesPage{Policies: found, Counted: rest.Counted{Offset: r.Offset, Count: len(found), Total: total}}, err
}

type policyData struct {
	Name        string `json:"name" required:"true" maxLength:"255"`
	Description string `json:"description" maxLength:"1000"`
	Minutes     int64  `json:"dueTimeInMinutes" required:"true" min:"1" max:"525600" doc:"How soon it is due, at most a year."`
}

type policyResult struct {
	Policy Policy `json:"sla"`
}

func (s *Service) postPolicy(ctx context.Context, r policyData) (policyResult, error) {
	p, err := s.CreatePolicy(ctx, Policy{Name: r.Name, Description: r.Description, Minutes: r.Minutes})
	return policyResult{Policy: p}, err
}

type onePolicy struct {
	ID chat.SLAID `path:"slaId"`
}

func (s *Service) getPolicy(ctx context.Context, r onePolicy) (Policy, error) {
	return s.Policy(ctx, r.ID)
}

type putPolicy struct {
	onePolicy
	policyData
}

func (s *Service) putPolicy(ctx context.Context, r putPolicy) (policyResult, error) {
	p, err := s.UpdatePolicy(ctx, Policy{ID: r.ID, Name: r.Name, Description: r.Description, Minutes: r.Minutes})
	return policyResult{Policy: p}, err
}

func (s *Service) deletePolicy(ctx context.Context, r onePolicy) (struct{}, error) {
	return struct{}{}, s.DeletePolicy(ctx, r.ID)
}

type getPriorities struct {
	rest.Page
	Text string `query:"text" maxLength:"255" doc:"Part of the name."`
}

type prioritiesPage struct {
	Priorities []Priority `json:"priorities"`
	rest.Counted
}

func (s *Service) getPriorities(ctx context.Context, r getPriorities) (prioritiesPage, error) {
	all, err := s.Priorities(ctx, r.Text)
	page := sorted(all, r.Sort)
	page = page[min(r.Offset, int64(len(page))):]
	if !r.Unlimited() {
		page = page[:min(r.Limit(), int64(len(page)))]
	}
	return prioritiesPage{Priorities: page, Counted: rest.Counted{Offset: r.Offset, Count: len(page), Total: int64(len(all))}}, err
}

type onePriority struct {
	ID chat.PriorityID `path:"priorityId"`
}

func (s *Service) getPriority(ctx context.Context, r onePriority) (Priority, error) {
	return s.Priority(ctx, r.ID)
}

type putPriority struct {
	onePriority
	Name  *string `json:"name" maxLength:"100"`
	Reset *bool   `json:"reset" doc:"true and nothing else."`
}

const oneOf = "must match exactly one schema in oneOf"

func (s *Service) putPriority(ctx context.Context, r putPriority) (struct{}, error) {
	if (r.Name == nil) == (r.Reset == nil) || r.Reset != nil && !*r.Reset {
		return struct{}{}, fault.New(fault.Invalid, "invalid-params", oneOf)
	}
	name := ""
	if r.Name != nil {
		if name = strings.TrimSpace(*r.Name); name == "" {
			return struct{}{}, fault.New(fault.Invalid, "error-invalid-name", "A name is needed").At("name")
		}
	}
	return struct{}{}, s.Rename(ctx, r.ID, name)
}

type resetResult struct {
	Reset bool `json:"reset"`
}

func (s *Service) getReset(ctx context.Context, _ struct{}) (resetResult, error) {
	any, err := s.Renamed(ctx)
	return resetResult{Reset: any}, err
}

func (s *Service) postReset(ctx context.Context, _ struct{}) (struct{}, error) {
	return struct{}{}, s.ResetAll(ctx)
}
