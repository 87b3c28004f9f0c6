package units

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

func (s *Service) monitorRows() []rest.Endpoint {
	tag, unknown := rest.Tag("units"), rest.Errors("Invalid user [error-invalid-user]")
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/monitors", rest.All(manageMonitors), "List monitors.", s.getMonitors, tag),
		rest.Row("GET", "/api/v1/livechat/monitors/{username}", rest.All(manageMonitors), "One monitor.", s.getMonitor, tag, rest.Errors("Invalid user [invalid-user]")),
		rest.Row("POST", "/api/v1/livechat/monitors.create", rest.All(manageMonitors), "Make a user a monitor.", s.postMonitor, tag, unknown),
		rest.Row("POST", "/api/v1/livechat/monitors.delete", rest.All(manageMonitors), "Take the role of a monitor, and his units.", s.deleteMonitor, tag, unknown),
	}
}

type getMonitors struct {
	rest.Page
	Text string `query:"text" maxLength:"255" doc:"Part of name, username or address."`
}

type monitorsPage struct {
	Monitors []Monitor `json:"monitors"`
	rest.Counted
}

func (s *Service) getMonitors(ctx context.Context, r getMonitors) (monitorsPage, error) {
	found, total, err := s.Monitors(ctx, filter(r.Page, r.Text))
	return monitorsPage{Monitors: found, Counted: counted(r.Page, len(found), total)}, err
}

type oneMonitor struct {
	Username string `path:"username"`
}

func (s *Service) getMonitor(ctx context.Context, r oneMonitor) (Monitor, error) {
	return s.Monitor(ctx, r.Username)
}

type changeMonitor struct {
	Username string `json:"username" required:"true" maxLength:"255"`
}

type addedMonitor struct {
	ID       chat.UserID `json:"_id"`
	Username string      `json:"username"`
	Roles    []string    `json:"roles"`
}

func (s *Service) postMonitor(ctx context.Context, r changeMonitor) (addedMonitor, error) {
	u, err := s.AddMonitor(ctx, r.Username)
	return addedMonitor{ID: u.ID, Username: u.Username, Roles: u.Roles}, err
}

func (s *Service) deleteMonitor(ctx context.Context, r changeMonitor) (struct{}, error) {
	return struct{}{}, s.RemoveMonitor(ctx, r.Username)
}
