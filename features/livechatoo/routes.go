package livechatoo

import (
	"context"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints of livechatoo.md 11.
func (s *Service) Rows() []rest.Endpoint {
	tag, may := rest.Tag("livechatoo"), rest.All(string(chat.ViewLivechatManager))
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/foyer/widget/livechatoo", rest.Public, "Departments and operators with their numbers, who is there, addresses and requests, for a page.", s.getPage, rest.Tag("widget"),
			rest.Errors("Unknown site [error-invalid-site]")),
		rest.Row("POST", "/api/v1/foyer/widget/livechatoo", rest.Guest, "What the page tells agents about the guest.", s.postNote, rest.Tag("widget"), rest.Limit("widget-note", 60, time.Minute)),
		rest.Row("GET", "/api/v1/foyer/rooms/{rid}/livechatoo", rest.Any(string(chat.ViewLRoom)), "What the page told about a room's visitor.", s.getNote, tag),
		rest.Row("GET", "/api/v1/foyer/livechatoo", may, "Every department and operator with its number and welcome.", s.getLists, tag),
		rest.Row("POST", "/api/v1/foyer/livechatoo.welcome", may, "Set how a department or operator welcomes.", s.postWelcome, tag,
			rest.Errors("There is no such department or operator [error-not-found]")),
	}
}

type getPage struct {
	Site chat.SiteID `query:"site" maxLength:"64" doc:"The account of the page; none: the host tells."`
	Host string      `query:"host" maxLength:"255" doc:"Of the page."`
}

func (s *Service) getPage(ctx context.Context, r getPage) (Page, error) {
	return s.ForPage(ctx, r.Site, r.Host)
}

type postNote struct {
	Name       string   `json:"name" maxLength:"100"`
	Department string   `json:"department" maxLength:"100"`
	Targets    []string `json:"targets" maxItems:"20"`
}

func (s *Service) postNote(ctx context.Context, r postNote) (struct{}, error) {
	for i, one := range r.Targets {
		r.Targets[i] = strings.ToValidUTF8(one[:min(len(one), 1000)], "")
	}
	return struct{}{}, s.Tell(ctx, rest.Identity[chat.Actor](ctx).Visitor, Note{Name: r.Name, Department: r.Department, Targets: r.Targets})
}

type getNote struct {
	RID chat.RoomID `path:"rid" maxLength:"100"`
}

type noteAnswer struct {
	Note Note `json:"note"`
}

func (s *Service) getNote(ctx context.Context, r getNote) (a noteAnswer, err error) {
	a.Note, err = s.Told(ctx, rest.Identity[chat.Actor](ctx), r.RID)
	return a, err
}

type listsAnswer struct {
	Departments []Department `json:"departments"`
	Operators   []Operator   `json:"operators"`
}

func (s *Service) getLists(ctx context.Context, _ struct{}) (a listsAnswer, err error) {
	a.Departments, a.Operators, err = s.List(ctx)
	return a, err
}

type postWelcome struct {
	Kind Kind   `json:"kind" required:"true" enum:"department,operator"`
	ID   string `json:"id" required:"true" minLength:"1" maxLength:"64"`
	Text string `json:"text" required:"true" maxLength:"2000" doc:"Empty: none."`
}

func (s *Service) postWelcome(ctx context.Context, r postWelcome) (struct{}, error) {
	return struct{}{}, s.Welcome(ctx, r.Kind, r.ID, r.Text)
}
