package settings

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

func (s *Service) assetRows() []rest.Endpoint {
	tag := rest.Tag("settings")
	may := rest.Any(string(chat.EditPrivilegedSetting), string(chat.ManageSelectedSettings), string(chat.ViewLivechatAppearance))
	invalid := rest.Errors("Invalid asset [error-invalid-asset]")
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/assets.setAsset", may, "Set a picture of the server: livechat_widget_logo, on the launcher.", s.setAsset, tag, rest.Form("assetName"), rest.FileField("asset"),
			rest.Limit("asset", 60, time.Minute), invalid, rest.Errors("The picture cannot be read [error-invalid-picture]", "The file is too large [error-size-not-allowed]", "File required [error-no-file]")),
		rest.Row("POST", "/api/v1/assets.unsetAsset", may, "Take it away.", s.unsetAsset, tag, invalid),
		rest.Row("GET", "/assets/{file}", rest.Public, "A picture of the server.", s.readAsset, tag, rest.Errors("File not found")),
	}
}

type setAsset struct {
	Asset rest.Upload `json:"-"`
}

const mostAsset = 1 << 20 // bytes

func (s *Service) setAsset(ctx context.Context, r setAsset) (struct{}, error) {
	var content bytes.Buffer
	form, err := r.Asset.Receive(&content, mostAsset)
	if errors.Is(err, rest.ErrTooMuch) {
		err = fault.New(fault.Invalid, "error-size-not-allowed", "The file is too large")
	}
	name := form.Values["assetName"]
	if err == nil {
		err = mayChangeAsset(ctx, name)
	}
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, s.SetAsset(ctx, rest.Identity[chat.Actor](ctx), name, content.Bytes())
}

type unsetAsset struct {
	Name string `json:"assetName" required:"true" maxLength:"200"`
}

func (s *Service) unsetAsset(ctx context.Context, r unsetAsset) (struct{}, error) {
	if err := mayChangeAsset(ctx, r.Name); err != nil {
		return struct{}{}, err
	}
	return struct{}{}, s.UnsetAsset(ctx, rest.Identity[chat.Actor](ctx), r.Name)
}

// mayChangeAsset also lets those through who change how the widget looks.
func mayChangeAsset(ctx context.Context, name string) error {
	me := rest.Identity[chat.Actor](ctx)
	if me.May(chat.EditPrivilegedSetting) || me.May(chat.ManageSelectedSettings) && me.May(chat.ChangeSetting("Assets_"+name)) ||
		me.May(chat.ViewLivechatManager) && me.May(chat.ViewLivechatAppearance) {
		return nil
	}
	return errNotAllowed()
}

type readAsset struct {
	File  string `path:"file" maxLength:"200"`
	Known string `header:"If-None-Match"`
}

func (s *Service) readAsset(ctx context.Context, r readAsset) (rest.Bytes, error) {
	a, err := findAsset(ctx, s.DB, "Assets_"+strings.TrimSuffix(r.File, path.Ext(r.File)))
	if errors.Is(err, db.ErrNoRows) || err == nil && path.Ext(r.File) != extensions[a.Type] {
		return rest.Bytes{}, fault.Text(fault.NotFound, "File not found")
	} else if err != nil {
		return rest.Bytes{}, err
	}
	// Opened by itself a drawing runs and loads nothing; as a picture in a page it never does.
	h := http.Header{"Etag": {`"` + a.tag + `"`}, "Cache-Control": {"no-cache"}, "Cross-Origin-Resource-Policy": {"cross-origin"},
		"Content-Security-Policy": {"default-src 'none'; style-src 'unsafe-inline'; sandbox"}}
	if strings.Contains(r.Known, h.Get("Etag")) {
		return rest.Bytes{Header: h, Status: http.StatusNotModified}, nil
	}
	return rest.Bytes{Type: a.Type, Body: a.Content, Header: h}, nil
}
