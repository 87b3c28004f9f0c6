package settings

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/picture"
)

// asset is a file that a setting names.
type asset struct {
	picture.Small
	tag string
}

// logoSide is in pixels: the launcher shows 44, on screens that have several for one.
const logoSide = 256

// extensions are those that addresses of assets end with.
var extensions = map[string]string{"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg"}

// SetAsset makes a picture the value of a setting.
func (s *Service) SetAsset(ctx context.Context, by chat.Actor, name string, content []byte) error {
	kept, err := prepare(ctx, content)
	if err != nil {
		return err
	}
	return s.changeAsset(ctx, by, name, "/assets/"+name+extensions[kept.Type]+"?"+kept.tag, func(tx *db.Tx, d chat.Setting) error { return saveAsset(ctx, tx, d.ID, kept) })
}

// UnsetAsset takes the picture of a setting away.
func (s *Service) UnsetAsset(ctx context.Context, by chat.Actor, name string) error {
	return s.changeAsset(ctx, by, name, "", func(tx *db.Tx, d chat.Setting) error { return deleteAsset(ctx, tx, d.ID) })
}

// prepare takes a drawing as it is and makes other pictures anew.
func prepare(ctx context.Context, content []byte) (a asset, err error) {
	a.Small = picture.Small{Type: "image/svg+xml", Content: content}
	if !picture.IsSVG(content) {
		a.Small, err = picture.Within(ctx, bytes.NewReader(content), logoSide)
	}
	a.tag = id.Hash(string(a.Content))[:16]
	return a, err
}

func (s *Service) changeAsset(ctx context.Context, by chat.Actor, name, url string, keep func(*db.Tx, chat.Setting) error) error {
	d, ok := chat.SettingByID("Assets_" + name)
	if !ok || d.Type != chat.SettingAsset {
		return fault.New(fault.Invalid, "error-invalid-asset", "Invalid asset")
	}
	text, err := json.Marshal(chat.Asset{URL: url})
	if err != nil {
		return err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := keep(tx, d); err != nil {
			return err
		}
		return store(ctx, tx, change{d, by.User, string(text)})
	})
	if err != nil {
		return err
	}
	return s.Reload(ctx)
}
