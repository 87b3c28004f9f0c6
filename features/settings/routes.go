package settings

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints of this feature.
func (s *Service) Rows() []rest.Endpoint {
	tag := rest.Tag("settings")
	rows := []rest.Endpoint{
		rest.Row("GET", "/api/v1/settings.public", rest.Public, "The settings everybody may read.", s.public, tag),
		rest.Row("GET", "/api/v1/settings", rest.SignedIn, "Every setting the caller may read, with what a form needs.", s.list, tag),
		rest.Row("GET", "/api/v1/settings/{_id}", rest.All(string(chat.ViewPrivilegedSetting)), "One setting's value.", s.one, tag,
			rest.Errors("There is no setting … [error-setting-not-found]")),
		rest.Row("POST", "/api/v1/settings/{_id}", rest.Any(string(chat.EditPrivilegedSetting), string(chat.ManageSelectedSettings)),
			"Change a setting; it takes effect at once.", s.update, tag, rest.Errors("Invalid setting value: … [error-invalid-setting-value]")),
		rest.Row("GET", "/api/v1/livechat/appearance", rest.All(string(chat.ViewLivechatManager)), "The settings of the widget's look.", s.getAppearance, tag),
		rest.Row("POST", "/api/v1/livechat/appearance", rest.All(string(chat.ViewLivechatManager), string(chat.ViewLivechatAppearance)), "Change settings of the widget's look, all or none.",
			s.postAppearance, tag, rest.Errors("invalid-setting", "must NOT have fewer than 1 items [invalid-params]", "Invalid setting value: … [error-invalid-setting-value]")),
	}
	return append(rows, s.assetRows()...)
}

type listQuery struct {
	rest.Page
	ID string `query:"_id" maxLength:"2000" doc:"Only these ids, separated by commas."`
}

type publicSetting struct {
	ID    string `json:"_id"`
	Value any    `json:"value"`
}

type publicResponse struct {
	Settings []publicSetting `json:"settings"`
	rest.Counted
}

func (s *Service) public(_ context.Context, q listQuery) (publicResponse, error) {
	page, counted := q.cut(readable(false))
	res := publicResponse{Settings: []publicSetting{}, Counted: counted}
	now := s.Current()
	for _, d := range page {
		res.Settings = append(res.Settings, publicSetting{d.ID, d.Shown(now)})
	}
	return res, nil
}

func readable(privileged bool) []chat.Setting {
	return slices.DeleteFunc(chat.AllSettings(), func(d chat.Setting) bool { return !d.Public && !privileged })
}

// cut is the page of the settings that were asked for; a count of 0 is all.
func (q listQuery) cut(all []chat.Setting) ([]chat.Setting, rest.Counted) {
	if q.ID != "" {
		wanted := strings.Split(q.ID, ",")
		all = slices.DeleteFunc(all, func(d chat.Setting) bool { return !slices.Contains(wanted, d.ID) })
	}
	from := min(int(min(q.Offset, 1<<20)), len(all))
	to := len(all)
	if !q.Unlimited() {
		to = min(from+int(q.Limit()), to)
	}
	return all[from:to], rest.Counted{Offset: q.Offset, Count: to - from, Total: int64(len(all))}
}

// Record is a setting with what a form needs to show it (settings.md 1.1).
type Record struct {
	ID              string           `json:"_id"`
	Type            chat.SettingType `json:"type"`
	Value           any              `json:"value"`
	PackageValue    any              `json:"packageValue"`
	Group           string           `json:"group"`
	Section         string           `json:"section"`
	I18nLabel       string           `json:"i18nLabel"`
	I18nDescription string           `json:"i18nDescription"`
	Public          bool             `json:"public"`
	Hidden          bool             `json:"hidden"`
	Blocked         bool             `json:"blocked"`
	Secret          bool             `json:"secret"` // the value is a mask, or "" when none is set
	Enterprise      bool             `json:"enterprise"`
	Values          []Choice         `json:"values,omitempty"`
	Min             *int64           `json:"min,omitempty"`
	Max             *int64           `json:"max,omitempty"`
	Sorter          int              `json:"sorter"`
}

// Choice is one value of a select.
type Choice struct {
	Key       string `json:"key"`
	I18nLabel string `json:"i18nLabel"`
}

func record(d chat.Setting, now *chat.Settings) Record {
	r := Record{ID: d.ID, Type: d.Type, Value: d.Shown(now), PackageValue: d.Default, Group: d.Group, Section: d.Section,
		I18nLabel: d.ID, I18nDescription: d.Doc, Public: d.Public, Secret: d.Secret, Sorter: d.Position()}
	r.Min, r.Max = d.Bounds()
	for _, v := range d.Values {
		r.Values = append(r.Values, Choice{v, v})
	}
	return r
}

type listResponse struct {
	Settings []Record `json:"settings"`
	rest.Counted
}

func (s *Service) list(ctx context.Context, q listQuery) (listResponse, error) {
	me := rest.Identity[chat.Actor](ctx)
	page, counted := q.cut(readable(me.May(chat.ViewPrivilegedSetting)))
	res := listResponse{Settings: []Record{}, Counted: counted}
	now := s.Current()
	for _, d := range page {
		res.Settings = append(res.Settings, record(d, now))
	}
	return res, nil
}

type appearanceResponse struct {
	Appearance []Record `json:"appearance"`
}

func (s *Service) getAppearance(context.Context, struct{}) (appearanceResponse, error) {
	return appearanceResponse{s.Appearance()}, nil
}

type postAppearance struct {
	Looks []Look `body:"whole" minItems:"1" maxItems:"100"`
}

func (s *Service) postAppearance(ctx context.Context, r postAppearance) (struct{}, error) {
	return struct{}{}, s.ChangeAppearance(ctx, rest.Identity[chat.Actor](ctx), r.Looks)
}

type oneQuery struct {
	ID string `path:"_id" maxLength:"200"`
}

func (s *Service) one(_ context.Context, q oneQuery) (publicSetting, error) {
	d, ok := chat.SettingByID(q.ID)
	if !ok {
		return publicSetting{}, fault.New(fault.Invalid, "error-setting-not-found", "There is no setting "+q.ID)
	}
	return publicSetting{d.ID, d.Shown(s.Current())}, nil
}

type updateRequest struct {
	ID    string          `path:"_id" maxLength:"200"`
	Value json.RawMessage `json:"value" required:"true" doc:"The new value, of the setting's type."`
}

func (s *Service) update(ctx context.Context, r updateRequest) (struct{}, error) {
	me := rest.Identity[chat.Actor](ctx)
	if !me.May(chat.EditPrivilegedSetting) && !me.May(chat.ChangeSetting(r.ID)) {
		return struct{}{}, errNotAllowed()
	}
	return struct{}{}, s.Change(ctx, me, r.ID, r.Value)
}

func errNotAllowed() error {
	return fault.New(fault.Forbidden, "error-action-not-allowed", "Changing this setting is not allowed")
}
