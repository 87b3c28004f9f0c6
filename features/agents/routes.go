package agents

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

const (
	viewLRoom     = string(chat.ViewLRoom)
	viewManager   = string(chat.ViewLivechatManager)
	manageAgents  = string(chat.ManageLivechatAgents)
	transferGuest = string(chat.TransferLivechatGuest)
	editContact   = string(chat.EditOmnichannelContact)
)

// Rows are the endpoints (rest-api.md 11).
func (s *Service) Rows() []rest.Endpoint {
	tag, noType := rest.Tag("agents"), rest.Errors("Invalid type")
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/users/{type}", rest.Any(manageAgents, transferGuest, editContact, viewManager),
			"List agents or managers.", s.getUsers, tag, noType),
		rest.Row("POST", "/api/v1/livechat/users/{type}", rest.Any(viewManager), "Make a user an agent or a manager.", s.postUser, tag, noType),
		rest.Row("GET", "/api/v1/livechat/users/{type}/{_id}", rest.Any(viewManager), "One agent or manager; null when the user lacks the role.", s.getUser, tag, noType),
		rest.Row("DELETE", "/api/v1/livechat/users/{type}/{_id}", rest.Any(viewManager), "Take the role of an agent or a manager.", s.deleteUser, tag, noType),
		s.infoRow(),
		rest.Row("GET", "/api/v1/livechat/agents/{agentId}/departments", rest.Any(viewLRoom), "The departments of an agent.", s.getDepartments, tag),
		rest.Row("GET", "/api/v1/livechat/agent.info/{rid}/{token}", rest.Public, "Who serves a visitor's room.", s.getInfo, tag, rest.Errors("[invalid-token]", "[invalid-room]")),
		rest.Row("GET", "/api/v1/livechat/agent.next/{token}", rest.Public, "Who serves the visitor, or would.", s.getNext, tag, rest.Paced("agent-next"), rest.Errors("[invalid-token]")),
		rest.Row("POST", "/api/v1/livechat/agent.status", rest.Any(viewLRoom), "Turn an agent's switch; without a status it flips.", s.postStatus, tag,
			rest.Errors("Agent not found", "error-user-deactivated", "error-business-hours-are-closed")),
		rest.Row("GET", "/api/v1/foyer/agents/{id}/changes", rest.Any(viewLRoom, manageAgents), "An agent's availability over time, each change with its cause; of oneself, or of all with the right to manage agents.", s.getChanges, tag, rest.Errors("Agent not found")),
		rest.Row("GET", "/api/v1/foyer/agents/{id}/standing", rest.Any(viewLRoom, manageAgents), "Whether an agent takes chats now, since when and why.", s.getStanding, tag, rest.Errors("Agent not found")),
	}
}

// types are the values of {type} and the roles behind them.
var types = map[string]string{"agent": chat.RoleAgent, "manager": chat.RoleManager}

func role(kind string) (string, error) {
	if r, ok := types[kind]; ok {
		return r, nil
	}
	return "", fault.Text(fault.Invalid, "Invalid type")
}

type getUsers struct {
	rest.Page
	Type           string      `path:"type"`
	Text           string      `query:"text" maxLength:"255" doc:"Part of name, username or address."`
	OnlyAvailable  bool        `query:"onlyAvailable" doc:"Only those whose switch is on."`
	ShowIdleAgents bool        `query:"showIdleAgents" default:"true" doc:"false leaves out who is offline; bots stay."`
	ExcludeID      chat.UserID `query:"excludeId"`
}

type usersPage struct {
	Users []Member `json:"users"`
	rest.Counted
}

func (s *Service) getUsers(ctx context.Context, r getUsers) (usersPage, error) {
	role, err := role(r.Type)
	if err != nil {
		return usersPage{}, err
	}
	by := rest.Identity[chat.Actor](ctx)
	if role == chat.RoleManager && !by.May(chat.ViewLivechatManager) || role == chat.RoleAgent && !mayListAgents(by) {
		return usersPage{}, forbidden()
	}
	f := Filter{Role: role, Text: r.Text, OnlyAvailable: r.OnlyAvailable, WithoutIdle: !r.ShowIdleAgents, Except: r.ExcludeID, Offset: r.Offset, Sort: r.Sort}
	if role == chat.RoleAgent {
		f.Monitor = by.Monitor()
	}
	if !r.Unlimited() {
		f.Limit = r.Limit()
	}
	users, total, err := s.List(ctx, f)
	return usersPage{Users: users, Counted: rest.Counted{Offset: r.Offset, Count: len(users), Total: total}}, err
}

func mayListAgents(a chat.Actor) bool {
	return a.May(chat.ManageLivechatAgents) || a.May(chat.TransferLivechatGuest) || a.May(chat.EditOmnichannelContact)
}

// mayManage is the role behind {type}, if the caller may give and take it (permissions.md 7.2).
func mayManage(ctx context.Context, kind string) (string, error) {
	role, err := role(kind)
	if err != nil {
		return "", err
	}
	needed := chat.ManageLivechatAgents
	if role == chat.RoleManager {
		needed = chat.ManageLivechatManagers
	}
	if !rest.Identity[chat.Actor](ctx).May(needed) {
		return "", forbidden()
	}
	return role, nil
}

type postUser struct {
	Type     string `path:"type"`
	Username string `json:"username" required:"true" minLength:"1" maxLength:"255"`
}

type userResult struct {
	User chat.User `json:"user"`
}

func (s *Service) postUser(ctx context.Context, r postUser) (userResult, error) {
	role, err := mayManage(ctx, r.Type)
	if err != nil {
		return userResult{}, err
	}
	u, err := s.Add(ctx, r.Username, role)
	return userResult{User: u}, err
}

type oneUser struct {
	Type string      `path:"type"`
	ID   chat.UserID `path:"_id"`
}

type foundUser struct {
	User *chat.User `json:"user"` // null: the user lacks the role
}

func (s *Service) getUser(ctx context.Context, r oneUser) (foundUser, error) {
	role, err := role(r.Type)
	if err != nil {
		return foundUser{}, err
	}
	sees, err := s.sees(ctx, rest.Identity[chat.Actor](ctx), r.ID)
	if err != nil {
		return foundUser{}, err
	}
	if role == chat.RoleAgent && !sees {
		return foundUser{}, errNoUser()
	}
	u, err := s.Find(ctx, r.ID, role)
	return foundUser{User: u}, err
}

func (s *Service) deleteUser(ctx context.Context, r oneUser) (struct{}, error) {
	role, err := mayManage(ctx, r.Type)
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, s.Remove(ctx, r.ID, role)
}

type getDepartments struct {
	AgentID     chat.AgentID `path:"agentId"`
	EnabledOnly bool         `query:"enabledDepartmentsOnly"`
}

type departmentsOf struct {
	Departments []Membership `json:"departments"`
}

func (s *Service) getDepartments(ctx context.Context, r getDepartments) (departmentsOf, error) {
	if sees, err := s.sees(ctx, rest.Identity[chat.Actor](ctx), r.AgentID); err != nil || !sees {
		return departmentsOf{Departments: []Membership{}}, err
	}
	found, err := s.Memberships(ctx, r.AgentID, r.EnabledOnly)
	return departmentsOf{Departments: found}, err
}

type getInfo struct {
	RID   chat.RoomID `path:"rid"`
	Token string      `path:"token" maxLength:"255"`
}

type agentInfo struct {
	Agent *chat.AgentView `json:"agent,omitempty"`
}

func (s *Service) getInfo(ctx context.Context, r getInfo) (agentInfo, error) {
	agent, err := s.Serving(ctx, r.Token, r.RID)
	return agentInfo{Agent: agent}, err
}

type getNext struct {
	Token string `path:"token" maxLength:"255"`
}

func (s *Service) getNext(ctx context.Context, r getNext) (agentInfo, error) {
	agent, err := s.Next(ctx, r.Token)
	return agentInfo{Agent: agent}, err
}

type postStatus struct {
	AgentID chat.AgentID      `json:"agentId" maxLength:"64"`
	Status  chat.Availability `json:"status" enum:"available,not-available"`
}

type statusResult struct {
	Status chat.Availability `json:"status"`
}

func (s *Service) postStatus(ctx context.Context, r postStatus) (statusResult, error) {
	status, err := s.Switch(ctx, rest.Identity[chat.Actor](ctx), r.AgentID, r.Status)
	return statusResult{Status: status}, err
}

type getChanges struct {
	rest.Page
	ID chat.AgentID `path:"id"`
}

type changesPage struct {
	Changes []Change `json:"changes"`
	rest.Counted
}

func (s *Service) getChanges(ctx context.Context, r getChanges) (changesPage, error) {
	found, total, err := s.Changes(ctx, rest.Identity[chat.Actor](ctx), r.ID, r.Offset, r.Limit())
	return changesPage{Changes: found, Counted: rest.Counted{Offset: r.Offset, Count: len(found), Total: total}}, err
}

type getStanding struct {
	ID chat.AgentID `path:"id"`
}

func (s *Service) getStanding(ctx context.Context, r getStanding) (Standing, error) {
	return s.Standing(ctx, rest.Identity[chat.Actor](ctx), r.ID)
}
