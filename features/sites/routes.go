package sites

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints of sites.
func (s *Service) Rows() []rest.Endpoint {
	tag := rest.Tag("sites")
	see, change := rest.All(string(chat.ViewLivechatManager)), rest.All(string(chat.EditPrivilegedSetting))
	unknown := rest.Errors("Unknown site [error-invalid-site]")
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/foyer/sites", see, "The websites that are served, each with what it has of its own, and the settings it may have of its own.", s.getAll, tag),
		rest.Row("POST", "/api/v1/foyer/sites", change, "Make a site, or change one; its own settings stay.", s.post, tag,
			rest.Errors("[error-invalid-site-id]", "[error-invalid-host]", "[error-host-in-use]", "[error-business-hour-not-found]", "Department not found [error-department-not-found]", "[error-too-many-sites]")),
		rest.Row("DELETE", "/api/v1/foyer/sites/{site}", change, "Remove a site that nobody has come to.", s.delete, tag,
			rest.Errors("The default site stays [error-default-site]", "Visitors or chats belong to the site [error-site-in-use]")),
		rest.Row("POST", "/api/v1/foyer/sites/{site}/settings/{setting}", change, "Give a site its own value of a setting.", s.postSetting, tag, unknown,
			rest.Errors("[error-setting-not-found]", "[error-invalid-setting-value]")),
		rest.Row("DELETE", "/api/v1/foyer/sites/{site}/settings/{setting}", change, "Let the general value of a setting count for a site again.", s.deleteSetting, tag, unknown,
			rest.Errors("[error-setting-not-found]")),
	}
}

// Own describes a setting that a site may have its own value of.
type Own struct {
	ID      string           `json:"_id"`
	Type    chat.SettingType `json:"type"`
	Value   any              `json:"value" doc:"The general one."`
	Section string           `json:"section"`
	Doc     string           `json:"doc"`
	Values  []string         `json:"values,omitempty"`
}

type allAnswer struct {
	Sites    []Site `json:"sites"`
	Settings []Own  `json:"settings"`
}

func (s *Service) getAll(ctx context.Context, _ struct{}) (answer allAnswer, err error) {
	now := s.Settings.Current()
	for _, d := range chat.SiteSettings() {
		answer.Settings = append(answer.Settings, Own{d.ID, d.Type, d.Value(now), d.Section, d.Doc, d.Values})
	}
	answer.Sites, err = s.List(ctx)
	return answer, err
}

type postSite struct {
	ID          chat.SiteID         `json:"_id" required:"true" maxLength:"64" doc:"Small letters, digits and hyphens; pages name the site by it."`
	Name        string              `json:"name" required:"true" minLength:"1" maxLength:"100"`
	Hosts       []string            `json:"hosts" maxItems:"100" doc:"Pages of these hosts are of the site; *. stands for all below."`
	Hour        chat.HourID         `json:"businessHour" maxLength:"64" doc:"Outside of it nobody is there for the site."`
	Departments []chat.DepartmentID `json:"departments" maxItems:"500" doc:"A department belongs to one site; of the default one: all that no other has."`
}

func (s *Service) post(ctx context.Context, r postSite) (struct{}, error) {
	d := Draft{Site: chat.Site{ID: r.ID, Name: r.Name, Hosts: []string{}, Hour: r.Hour}, Departments: r.Departments}
	for _, h := range r.Hosts {
		d.Hosts = append(d.Hosts, strings.ToLower(strings.TrimSpace(h)))
	}
	return struct{}{}, s.Save(ctx, d)
}

type bySite struct {
	Site chat.SiteID `path:"site" maxLength:"64"`
}

func (s *Service) delete(ctx context.Context, r bySite) (struct{}, error) {
	return struct{}{}, s.Delete(ctx, r.Site)
}

type bySetting struct {
	bySite
	Setting string `path:"setting" maxLength:"200"`
}

type postSetting struct {
	bySetting
	Value json.RawMessage `json:"value" required:"true" doc:"Of the setting's type."`
}

func (s *Service) postSetting(ctx context.Context, r postSetting) (struct{}, error) {
	return struct{}{}, s.Override(ctx, rest.Identity[chat.Actor](ctx), r.Site, r.Setting, r.Value)
}

func (s *Service) deleteSetting(ctx context.Context, r bySetting) (struct{}, error) {
	return struct{}{}, s.Override(ctx, rest.Identity[chat.Actor](ctx), r.Site, r.Setting, nil)
}
