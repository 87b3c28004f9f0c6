package departments

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

func (s *Service) writingRows() []rest.Endpoint {
	tag, manage := rest.Tag("departments"), rest.All(manageDepartments)
	refusals := rest.Errors("error-fallback-department-not-found", "error-validating-department-chat-closing-tags",
		"error-invalid-user", "error-user-is-not-agent", "error-unit-not-found", "error-invalid-email")
	rows := []rest.Endpoint{
		rest.Row("POST", "/api/v1/livechat/department", manage, "Make a department.", s.post, tag, refusals, rest.Errors("error-invalid-department-unit")),
		rest.Row("PUT", "/api/v1/livechat/department/{_id}", manage, "Save a department; agents are added and changed, never removed.", s.update, tag, refusals,
			rest.Errors("error-department-not-found", "error-fallback-department-circular", "error-unit-cant-be-empty", "error-archived-department-cant-be-enabled")),
		rest.Row("DELETE", "/api/v1/livechat/department/{_id}", rest.All(removeDepartment), "Remove a department for good, if the setting allows it.", s.delete, tag,
			rest.Errors("error-department-removal-disabled", "error-department-not-found", "error-unit-cant-be-empty")),
		rest.Row("POST", "/api/v1/livechat/department/{_id}/agents", rest.Any(manageDepartments, addAgents), "Remove agents and add or change others.", s.postAgents, tag,
			rest.MatchErrors(), rest.Errors("error-department-not-found", "error-user-is-not-agent")),
	}
	const base = "/api/v1/livechat/department/"
	unknown := rest.Errors("department-not-found")
	for _, path := range []string{"{_id}/archive", "archive/{_id}"} { // rest-api.md 27: both spellings
		rows = append(rows, rest.Row("POST", base+path, manage, "End a department's work and keep it.", s.archive, tag, unknown))
	}
	for _, path := range []string{"{_id}/unarchive", "unarchive/{_id}"} {
		rows = append(rows, rest.Row("POST", base+path, manage, "Bring an archived department back, disabled.", s.unarchive, tag, unknown))
	}
	return rows
}

type post struct {
	Department Draft          `json:"department" required:"true"`
	Agents     []Link         `json:"agents" maxItems:"5000"`
	Unit       map[string]any `json:"departmentUnit" doc:"{_id: unit} moves it there, {} takes it out; absent: unchanged."`
}

func (s *Service) post(ctx context.Context, r post) (Saved, error) {
	unit, err := r.unit()
	if err != nil {
		return Saved{}, err
	}
	return s.Create(ctx, rest.Identity[chat.Actor](ctx), Change{Draft: r.Department, Agents: r.Agents, Unit: unit})
}

func (r post) unit() (*chat.UnitID, error) {
	unit, bad, ok := unitOf(r.Unit)
	switch {
	case ok:
		return unit, nil
	case bad == "_id":
		return nil, fault.New(fault.Invalid, "error-invalid-department-unit", "Invalid department unit").At("departmentUnit._id")
	}
	return nil, fault.New(fault.Invalid, "invalid-params", "must NOT have additional properties")
}

// unitOf reads departmentUnit: nil when absent, or which key is wrong.
func unitOf(m map[string]any) (unit *chat.UnitID, bad string, ok bool) {
	if m == nil {
		return nil, "", true
	}
	for name := range m {
		if name != "_id" {
			return nil, name, false
		}
	}
	text, isText := m["_id"].(string)
	if !isText && m["_id"] != nil {
		return nil, "_id", false
	}
	u := chat.UnitID(text)
	return &u, "", true
}

type put struct {
	ID chat.DepartmentID `path:"_id"`
	post
}

func (s *Service) update(ctx context.Context, r put) (Saved, error) {
	unit, bad, ok := unitOf(r.Unit)
	switch { // this endpoint words it in the other style (rest-api.md 12)
	case !ok && bad == "_id":
		return Saved{}, fault.Text(fault.Invalid, "Match error: Expected string, got "+word(r.Unit["_id"])+" in field departmentUnit._id")
	case !ok:
		return Saved{}, fault.Text(fault.Invalid, "Match error: Unknown key in field departmentUnit."+bad)
	}
	by := rest.Identity[chat.Actor](ctx)
	c := Change{Draft: r.Department, Unit: unit}
	if by.May(chat.AddLivechatDepartmentAgents) {
		c.Agents = r.Agents
	}
	return s.Update(ctx, by, r.ID, c)
}

// word is the type of a JSON value.
func word(v any) string {
	switch v.(type) {
	case bool:
		return "boolean"
	case float64:
		return "number"
	default:
		return "object"
	}
}

type byID struct {
	ID chat.DepartmentID `path:"_id"`
}

func (s *Service) delete(ctx context.Context, r byID) (struct{}, error) {
	return struct{}{}, s.Remove(ctx, r.ID)
}

func (s *Service) archive(ctx context.Context, r byID) (struct{}, error) {
	return struct{}{}, s.Archive(ctx, r.ID)
}

func (s *Service) unarchive(ctx context.Context, r byID) (struct{}, error) {
	return struct{}{}, s.Unarchive(ctx, r.ID)
}

type named struct {
	Link
	Username string `json:"username" required:"true" maxLength:"255" doc:"Not looked at: the id decides."`
}

type gone struct {
	AgentID  chat.AgentID `json:"agentId" required:"true" minLength:"1" maxLength:"64"`
	Username string       `json:"username" maxLength:"255"`
}

type postAgents struct {
	ID     chat.DepartmentID `path:"_id"`
	Upsert []named           `json:"upsert" required:"true" maxItems:"5000"`
	Remove []gone            `json:"remove" required:"true" maxItems:"5000"`
}

func (s *Service) postAgents(ctx context.Context, r postAgents) (struct{}, error) {
	var links []Link
	for _, a := range r.Upsert {
		links = append(links, a.Link)
	}
	var out []chat.AgentID
	for _, a := range r.Remove {
		out = append(out, a.AgentID)
	}
	slices.Sort(out)
	return struct{}{}, s.SetAgents(ctx, r.ID, links, slices.Compact(out))
}
