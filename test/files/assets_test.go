package files

import (
	"image"
	"strings"
	"testing"
)

const (
	setAsset    = "/api/v1/assets.setAsset"
	logoSetting = "Assets_livechat_widget_logo"
	hostileSVG  = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(1)"><script>alert(2)</script><circle r="4"/></svg>`
)

var logo = part{"assetName", "", "livechat_widget_logo"}

// shownLogo is what the widget and everybody else are told.
func (h *house) shownLogo() string {
	h.t.Helper()
	config := h.ok("", "GET", "livechat/config", nil)
	all := h.ok("", "GET", "settings.public?_id="+logoSetting, nil)
	url, _ := config.at("config.settings.livechatLogo.url").(string)
	if known, _ := all.at("settings.0.value.url").(string); known != url || all.at("settings.0.value.defaultUrl") != "" {
		h.t.Errorf("the setting says %q, the widget %q", known, url)
	}
	return url
}

// settings.md 2: Assets_livechat_widget_logo.
func TestTheLaunchersLogo(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		if h.shownLogo() != "" || h.send("GET", "/assets/livechat_widget_logo.svg", "", nil).status != 404 {
			t.Fatal("a logo before there is one")
		}
		if a := h.upload(setAsset, user("boss"), logo, part{"asset", "l.svg", hostileSVG}); a.status != 200 || a.at("success") != true {
			t.Fatalf("%d %s", a.status, a.text)
		}
		first := h.shownLogo()
		got := h.send("GET", first, "", nil)
		if !strings.HasPrefix(first, "/assets/livechat_widget_logo.svg?") || got.text != hostileSVG {
			t.Errorf("%s: %s", first, got.text)
		}
		for name, want := range map[string]string{"Content-Type": "image/svg+xml", "X-Content-Type-Options": "nosniff",
			"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"} {
			if got.header.Get(name) != want {
				t.Errorf("%s: %q", name, got.header.Get(name))
			}
		}
		if a := h.send("GET", first, "", nil, "If-None-Match", got.header.Get("Etag")); a.status != 304 {
			t.Errorf("known: %d", a.status)
		}

		if a := h.upload(setAsset, user("boss"), part{"asset", "l.jpg", photo(900, 600, 1)}, logo); a.status != 200 {
			t.Fatal(a.text)
		}
		next := h.shownLogo()
		img, kind, err := image.Decode(strings.NewReader(h.send("GET", next, "", nil).text))
		if err != nil || kind != "jpeg" || img.Bounds().Dx() != 256 || img.Bounds().Dy() != 170 {
			t.Errorf("%s: %v %s", next, err, kind)
		}
		if h.send("GET", first, "", nil).status != 404 {
			t.Error("the one before is still there")
		}
		h.ok("boss", "POST", "assets.unsetAsset", map[string]any{"assetName": "livechat_widget_logo"})
		if h.shownLogo() != "" || h.send("GET", next, "", nil).status != 404 || h.count(`SELECT COUNT(*) FROM assets`) != 0 {
			t.Error("it stays")
		}
		if n := h.count(`SELECT COUNT(*) FROM setting_changes WHERE setting = $1 AND user_id = 'boss'`, logoSetting); n != 3 {
			t.Errorf("%d changes written down", n)
		}
	})
}

func TestWhatIsNoLogo(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		bombs := `<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>`
		for name, c := range map[string]struct {
			code  string
			parts []part
		}{
			"entities":      {"error-invalid-picture", []part{logo, {"asset", "l.svg", bombs}}},
			"a page":        {"error-invalid-picture", []part{logo, {"asset", "l.svg", `<html><svg xmlns="http://www.w3.org/2000/svg"/></html>`}}},
			"half a file":   {"error-invalid-picture", []part{logo, {"asset", "l.svg", `<svg xmlns="http://www.w3.org/2000/svg"><g>`}}},
			"nothing":       {"error-invalid-picture", []part{logo, {"asset", "l.svg", ""}}},
			"a broken one":  {"error-invalid-picture", []part{logo, {"asset", "l.jpg", photo(20, 20, 1)[:300]}}},
			"too much":      {"error-size-not-allowed", []part{logo, {"asset", "l.svg", strings.Repeat(" ", 1<<20+1)}}},
			"another asset": {"error-invalid-asset", []part{{"assetName", "", "logo"}, {"asset", "l.svg", hostileSVG}}},
			"a setting":     {"error-invalid-asset", []part{{"assetName", "", "../Livechat_title"}, {"asset", "l.svg", hostileSVG}}},
			"no file":       {"error-no-file", []part{logo}},
		} {
			if a := h.upload(setAsset, user("boss"), c.parts...); a.status != 400 || a.at("errorType") != c.code {
				t.Errorf("%s: %d %s", name, a.status, a.text)
			}
		}
		if a := h.call("boss", "POST", "settings/"+logoSetting, map[string]any{"value": map[string]any{"url": "https://elsewhere.example/l.svg"}}); a.status != 400 {
			t.Errorf("an address of its own: %d", a.status)
		}
		if a := h.call("boss", "POST", "assets.unsetAsset", map[string]any{"assetName": "logo"}); a.status != 400 {
			t.Errorf("taking nothing away: %d", a.status)
		}
		if h.shownLogo() != "" {
			t.Error("something was kept")
		}
	})
}

func TestWhoSetsTheLogo(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.hire("root", "admin")
		h.hire("chief", "livechat-manager")
		for _, c := range []struct {
			who  string
			want int
		}{{"alice", 403}, {"chief", 200}, {"root", 200}} {
			if a := h.upload(setAsset, user(c.who), logo, part{"asset", "l.png", pngOf(64, 64)}); a.status != c.want {
				t.Errorf("%s: %d %s", c.who, a.status, a.text)
			}
			if a := h.call(c.who, "POST", "assets.unsetAsset", map[string]any{"assetName": "livechat_widget_logo"}); a.status != c.want {
				t.Errorf("%s takes it away: %d %s", c.who, a.status, a.text)
			}
		}
	})
}
