package widget

import (
	"context"
	"net/http"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints (rest-api.md 21) and the widget's page and files.
func (s *Service) Rows() []rest.Endpoint {
	tag := rest.Tag("widget")
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/config", rest.Public, "The widget's configuration for the visitor of a token.", s.getConfig, tag,
			rest.Errors("Error! No Active Business Unit found with id: … [error-unit-not-found]")),
		rest.Row("GET", "/api/v1/foyer/widget/config", rest.Public, "The configuration for our own widget.", s.getOwnConfig, tag,
			rest.Errors("Error! No Active Business Unit found with id: … [error-unit-not-found]", "Unknown site [error-invalid-site]")),
		rest.Row("GET", "/api/v1/livechat/config/routing", rest.Any(string(chat.ViewLRoom)), "How the screens of the routing method behave.", s.getRouting, tag),
		rest.Row("GET", "/livechat", rest.Public, "The widget's page.", s.getPage, tag),
		rest.Row("GET", "/livechatoo/{file}", rest.Public, "The script of the second widget API, embed.js.", s.getSecond, tag),
		rest.Row("GET", "/livechat/{file...}", rest.Public, "The widget's loader and files.", s.getFile, tag),
	}
}

type getConfig struct {
	Token      string            `query:"token" maxLength:"255"`
	Department chat.DepartmentID `query:"department" maxLength:"255"`
	Unit       chat.UnitID       `query:"businessUnit" maxLength:"255"`
}

type configResult struct {
	Config Config `json:"config"`
}

func (s *Service) getConfig(ctx context.Context, r getConfig) (configResult, error) {
	c, err := s.Config(ctx, Question{Token: r.Token, Department: r.Department, Unit: r.Unit})
	return configResult{Config: c}, err
}

type getOwnConfig struct {
	Session    string            `header:"X-Foyer-Session"`
	Site       chat.SiteID       `query:"site" maxLength:"64" doc:"The account of the page; none: the host tells."`
	Host       string            `query:"host" maxLength:"255" doc:"Of the page."`
	Department chat.DepartmentID `query:"department" maxLength:"255"`
	Unit       chat.UnitID       `query:"businessUnit" maxLength:"255"`
}

func (s *Service) getOwnConfig(ctx context.Context, r getOwnConfig) (configResult, error) {
	c, err := s.Config(ctx, Question{Own: true, Secret: r.Session, Site: r.Site, Host: r.Host, Department: r.Department, Unit: r.Unit})
	return configResult{Config: c}, err
}

type routingResult struct {
	Config RoutingConfig `json:"config"`
}

func (s *Service) getRouting(context.Context, struct{}) (routingResult, error) {
	return routingResult{Config: routing(s.Settings.Current().RoutingMethod)}, nil
}

type getPage struct {
	Encoding string      `header:"Accept-Encoding"`
	Known    string      `header:"If-None-Match"`
	Site     chat.SiteID `query:"site" maxLength:"64"`
	Host     string      `query:"host" maxLength:"255"`
	Mode     string      `query:"mode" maxLength:"16" doc:"popup: a window that the page of the host opens."`
	Style    string      `query:"css" maxLength:"1000" doc:"Style sheet of the page that embeds it."`
}

type getFile struct {
	getPage
	File string `path:"file"`
}

func (s *Service) getPage(ctx context.Context, r getPage) (rest.Bytes, error) {
	site, err := s.Sites.Choose(ctx, r.Site, r.Host)
	if err != nil && !fault.Has(err, "error-invalid-site") { // the page itself tells whoever made its address (LT-LOAD-4)
		return rest.Bytes{}, err
	}
	set, err := s.Sites.For(ctx, site)
	if err != nil {
		return rest.Bytes{}, err
	}
	if r.Mode == "popup" && !mayOpen(set.AllowedDomainsList, r.Host, s.address(set)) {
		return rest.Bytes{}, fault.Text(fault.Forbidden, "unauthorized")
	}
	all, err := s.files()
	if err != nil {
		return rest.Bytes{}, err
	}
	scripts, styles := sources(addresses(set.AdditionalWidgetScripts)), sources(addresses(set.WidgetLayoutClasses))
	own := sources(addresses(r.Style))
	f, ok := all[page]
	if ok && len(scripts)+len(styles) > 0 {
		f = newFile(page, []byte(extended(string(f.body), set.AdditionalWidgetScripts, set.WidgetLayoutClasses)))
	}
	b, err := send(f, ok, r)
	if err == nil {
		b.Header.Set("Content-Security-Policy", contentPolicy(set.AllowedDomainsList, policy(scripts, append(styles, own...), pictures(own, r.Host, set.Background))))
	}
	return b, err
}

func (s *Service) getFile(ctx context.Context, r getFile) (rest.Bytes, error) {
	// The page's relative addresses, asked from "/livechat/", carry the prefix twice.
	name := strings.TrimPrefix(r.File, "livechat/")
	if name == "" || name == page {
		return s.getPage(ctx, r.getPage)
	}
	return s.serve(name, r.getPage)
}

type getSecond struct {
	getPage
	File string `path:"file"`
}

func (s *Service) getSecond(_ context.Context, r getSecond) (rest.Bytes, error) {
	if r.File != "embed.js" {
		return send(file{}, false, r.getPage)
	}
	return s.serve("livechatoo.min.js", r.getPage)
}

// serve sends a file: those with a hash in their name may be kept for ever, the others are asked for anew by tag.
func (s *Service) serve(name string, r getPage) (rest.Bytes, error) {
	all, err := s.files()
	if err != nil {
		return rest.Bytes{}, err
	}
	f, ok := all[name]
	return send(f, ok, r)
}

func send(f file, ok bool, r getPage) (rest.Bytes, error) {
	if !ok {
		return rest.Bytes{}, fault.Text(fault.NotFound, "File not found")
	}
	h := http.Header{"Etag": {f.tag}, "Cache-Control": {"no-cache"}, "Vary": {"Accept-Encoding"}, "Cross-Origin-Resource-Policy": {"cross-origin"}}
	if f.hashed {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if strings.Contains(r.Known, f.tag) {
		return rest.Bytes{Header: h, Status: http.StatusNotModified}, nil
	}
	body := f.body
	if f.zipped != nil && strings.Contains(r.Encoding, "gzip") {
		body = f.zipped
		h.Set("Content-Encoding", "gzip")
	}
	return rest.Bytes{Type: f.mime, Body: body, Header: h}, nil
}
