package widget

import (
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

func envelope(name string) outbox.Envelope {
	return outbox.Envelope{ID: "e", Name: name, Payload: []byte(`{}`)}
}

// pages serves the files alone; they need no database.
func pages(t *testing.T) *kit {
	k := &kit{settings: chat.DefaultSettings()}
	k.Service = New(Deps{Settings: k, Sites: k, Files: built})
	k.api = testkit.API(t, rest.Config{Auth: k, Clock: clock.NewFake(1), Log: slog.New(slog.DiscardHandler)}, k.Rows())
	return k
}

func TestPageLoaderAndFilesAreServed(t *testing.T) { // rocketchat-widget.md 1.2, appearance.md 9
	k := pages(t)
	for path, want := range map[string]struct{ mime, cache, body string }{
		"/livechat":                            {"text/html; charset=utf-8", "no-cache", "<p>widget</p>"},
		"/livechat?mode=popout":                {"text/html; charset=utf-8", "no-cache", "<p>widget</p>"},
		"/livechat/":                           {"text/html; charset=utf-8", "no-cache", "<p>widget</p>"},
		"/livechat/index.html":                 {"text/html; charset=utf-8", "no-cache", "<p>widget</p>"},
		"/livechat/rocketchat-livechat.min.js": {"text/javascript; charset=utf-8", "no-cache", "loader()"},
		"/livechat/assets/app-abc.js":          {"text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "app();"},
		"/livechat/livechat/assets/app-abc.js": {"text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "app();"},
		"/livechat/assets/some.unknown":        {"application/octet-stream", "public, max-age=31536000, immutable", "?"},
		"/livechat/chime.wav":                  {"audio/wav", "no-cache", "RIFF"},
	} {
		w := k.get(path)
		h := w.Header()
		if w.Code != 200 || h.Get("Content-Type") != want.mime || h.Get("Cache-Control") != want.cache || !strings.Contains(w.Body.String(), want.body) {
			t.Errorf("%s: %d %v", path, w.Code, h)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Frame-Options") != "" || h.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
			t.Errorf("%s: %v", path, h)
		}
	}
	for _, path := range []string{"/livechat/nothing.js", "/livechat/../go.mod", "/livechat/%2e%2e/%2e%2e/etc/passwd", "/livechat/assets", "/livechat/assets/", "/livechat//etc/passwd", "/livechat/livechat/livechat/index.html"} {
		if w := k.get(path); w.Code != 404 {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	if w := k.get("/livechat/%00"); w.Code != 400 && w.Code != 404 {
		t.Errorf("%d", w.Code)
	}
}

func TestFilesAreCompressedAndNotSentAgain(t *testing.T) {
	k := pages(t)
	plain := k.get("/livechat/assets/app-abc.js")
	zipped := k.get("/livechat/assets/app-abc.js", "Accept-Encoding", "br, gzip")
	if zipped.Header().Get("Content-Encoding") != "gzip" || gunzip(t, zipped.Body.Bytes()) != plain.Body.String() || zipped.Header().Get("Vary") != "Accept-Encoding" {
		t.Errorf("%v", zipped.Header())
	}
	if w := k.get("/livechat/rocketchat-livechat.min.js", "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "" {
		t.Error("compressing eight bytes does not pay")
	}
	for _, known := range []string{plain.Header().Get("Etag"), `W/` + plain.Header().Get("Etag"), `"other", ` + plain.Header().Get("Etag")} {
		if w := k.get("/livechat/assets/app-abc.js", "If-None-Match", known); w.Code != 304 || w.Body.Len() != 0 {
			t.Errorf("%s: %d", known, w.Code)
		}
	}
	if w := k.get("/livechat/assets/app-abc.js", "If-None-Match", `"other"`); w.Code != 200 {
		t.Error(w.Code)
	}
	if w := k.get("/livechat", "If-None-Match", k.get("/livechat").Header().Get("Etag")); w.Code != 304 || w.Header().Get("Content-Security-Policy") == "" {
		t.Errorf("%d %v: the policy may have changed although the page has not", w.Code, w.Header())
	}
}

func TestWhoMayEmbedThePage(t *testing.T) { // appearance.md 8, LT-SEC-1
	k := pages(t)
	for list, want := range map[string]string{
		"": "", " , ,": "",
		"shop.example":                          "; frame-ancestors 'self' http://shop.example https://shop.example",
		" HTTPS://Shop.example/path , b.c:8080": "; frame-ancestors 'self' http://shop.example https://shop.example http://b.c:8080 https://b.c:8080",
		"*.example.org":                         "; frame-ancestors 'self' http://*.example.org https://*.example.org",
		"[::1]:3000":                            "; frame-ancestors 'self' http://[::1]:3000 https://[::1]:3000",
		"evil.example; script-src *":            "; frame-ancestors 'self'",
		"a.b\r\nSet-Cookie: x=1":                "; frame-ancestors 'self'",
		"*":                                     "; frame-ancestors 'self'",
		"'none'":                                "; frame-ancestors 'self'",
	} {
		k.settings.AllowedDomainsList = list
		for _, referer := range []string{"", "https://shop.example/", "https://other.example/"} {
			w := k.get("/livechat", "Referer", referer)
			if got := w.Header().Get("Content-Security-Policy"); got != policy(nil, nil, anywhere)+want || w.Code != 200 {
				t.Errorf("%q: %s", list, got)
			}
		}
	}
}

func TestWhoMayOpenThePageAsAWindow(t *testing.T) { // appearance.md 8, LT-SEC-1
	k := pages(t)
	k.RootURL = "https://Chat.example:3000/sub/"
	for _, c := range []struct {
		list, query string
		code        int
	}{
		{"", "mode=popup", 200},
		{" , ", "mode=popup&host=evil.example", 200},
		{"shop.example", "host=evil.example", 200},
		{"shop.example", "mode=popout", 200},
		{"shop.example", "mode=popup", 403},
		{"shop.example", "mode=popup&host=evil.example", 403},
		{"shop.example", "mode=popup&host=evilshop.example", 403},
		{"shop.example", "mode=popup&host=www.shop.example", 403},
		{"shop.example", "mode=popup&host=shop.example:81", 403},
		{"a.example, HTTPS://Shop.example/path", "mode=popup&host=shop.example", 200},
		{"shop.example:81", "mode=popup&host=shop.example:81", 200},
		{"*.shop.example", "mode=popup&host=a.b.shop.example", 200},
		{"*.shop.example", "mode=popup&host=shop.example", 403},
		{"*.shop.example", "mode=popup&host=evilshop.example", 403},
		{"shop.example", "mode=popup&host=chat.example:3000", 200},
		{"shop.example", "mode=popup&host=chat.example", 403},
		{"*", "mode=popup&host=evil.example", 403},
		{"", "mode=popup&site=other&host=shop.example", 403},
		{"", "mode=popup&host=other.example", 200},
	} {
		k.settings.AllowedDomainsList = c.list
		for _, path := range []string{"/livechat?", "/livechat/index.html?"} {
			if w := k.get(path + c.query); w.Code != c.code {
				t.Errorf("%q: %s%s: %d %s", c.list, path, c.query, w.Code, w.Body)
			}
		}
	}
}

func TestWithoutTheBuiltFrontEndThePageIsMissing(t *testing.T) {
	k := pages(t)
	k.Service = New(Deps{Settings: k, Sites: k})
	api := testkit.API(t, rest.Config{Auth: k, Clock: clock.NewFake(1), Log: slog.New(slog.DiscardHandler)}, k.Rows())
	w := httptest.NewRecorder()
	api.ServeHTTP(w, httptest.NewRequest("GET", "/livechat", nil))
	if w.Code != 404 || !strings.Contains(w.Body.String(), "File not found") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestThePageLoadsWhatTheAdministratorAdds(t *testing.T) { // settings.md 2.2, rest-api.md 21, appearance.md 11.2
	k := pages(t)
	plain := k.get("/livechat")
	k.settings.AdditionalWidgetScripts = " https://cdn.example/a.js?v=1, ,javascript:alert(1),//no.scheme/x.js,https://u:p@evil.example/x.js,https://x.example/a;b.js\nhttp://cdn.example/b.js"
	k.settings.WidgetLayoutClasses = "https://cdn.example/\"><script>.css,https://cdn.example/a.css"
	w := k.get("/livechat")
	for _, want := range []string{`<script src="https://cdn.example/a.js?v=1" defer></script><script src="http://cdn.example/b.js" defer></script></body>`, `<link rel="stylesheet" href="https://cdn.example/a.css"></head>`} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s is not in %s", want, w.Body)
		}
	}
	for _, no := range []string{"javascript:", "no.scheme", "evil", "a;b"} {
		if strings.Contains(w.Body.String(), no) {
			t.Errorf("%s is in %s", no, w.Body)
		}
	}
	if got := w.Header().Get("Content-Security-Policy"); !strings.Contains(got, "script-src 'self' https://cdn.example/a.js http://cdn.example/b.js; ") || strings.Contains(got, "?") {
		t.Error(got)
	}
	if got := w.Header().Get("Content-Security-Policy"); !strings.Contains(got, "; connect-src 'self' https://cdn.example http://cdn.example; ") {
		t.Error("a script that counts can tell its own host:", got)
	}
	if w.Header().Get("Etag") == plain.Header().Get("Etag") {
		t.Error("a browser would keep the page from before")
	}
	k.settings.AdditionalWidgetScripts, k.settings.WidgetLayoutClasses = "", ""
	if again := k.get("/livechat"); again.Body.String() != plain.Body.String() {
		t.Error("nothing is left")
	}
}
