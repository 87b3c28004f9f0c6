package app

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

func TestWhatTheServerAnswers(t *testing.T) {
	c := withAdmin(config(t, db.SQLite))
	c.MetricsListen = "127.0.0.1:0"
	r := begin(t, c)
	for _, want := range []struct {
		path   string
		status int
		kind   string
		text   string
	}{
		{"/health/live", 200, "application/json", `"ok"`},
		{"/health/ready", 200, "application/json", `"ok"`},
		{"/api/openapi.json", 200, "application/json", `"openapi"`},
		{"/api/v1/info", 200, "application/json", `"version":"v-test"`},
		{"/api/info", 200, "application/json", `"version":"v-test"`},
		{"/api/v1/nothing", 404, "application/json", `"success":false`},
		{"/nothing", 404, "application/json", `"success":false`},
		{"/api/v1/me", 401, "application/json", `You must be logged in to do this.`},
		{"/metrics", 404, "application/json", `"success":false`}, // on its own listener only
		{"/", 302, "", ""},
		{"/console", 302, "", ""},
		{"/api/docs", 302, "", "/api/docs/"},
		{"/api", 302, "", "/api/docs/"},
		{"/api/", 302, "", "/api/docs/"},
		{"/realtime/events", 404, "", ""},
	} {
		a := r.do("GET", want.path, "")
		if a.status != want.status || want.kind != "" && a.header.Get("Content-Type") != want.kind || !strings.Contains(a.body, want.text) {
			t.Errorf("%s: %d %s %.200s", want.path, a.status, a.header.Get("Content-Type"), a.body)
		}
	}
	r.Server.URL = "http://" + r.measures.Addr().String()
	if a := r.do("GET", "/metrics", ""); !strings.Contains(a.body, `foyer_build_info{version="v-test"} 1`) || !strings.Contains(a.body, "foyer_realtime_connections 0") ||
		!strings.Contains(a.body, `foyer_queue_chats{department="",name=""} 0`) {
		t.Errorf("%.500s", a.body)
	}
}

var variables = regexp.MustCompile(`\{[^}]+\}`)

// Every row of the product, asked without sign-in, says so before anything else;
// rows with a permission refuse who lacks it.
func TestEveryRowGuardsItself(t *testing.T) {
	r := begin(t, withAdmin(config(t, db.SQLite)))
	boss, err := r.SignIn(t.Context(), "boss", "boss-pw")
	if err != nil {
		t.Fatal(err)
	}
	err = boss.Call(t.Context(), "POST", "/api/v1/users.create",
		map[string]any{"username": "nobody", "name": "x", "email": "x@example.com", "password": "pw", "roles": []string{chat.RoleGuest}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	nobody, err := r.SignIn(t.Context(), "nobody", "pw")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range Rows() {
		path := variables.ReplaceAllString(row.Path, "x")
		if row.Access.String() == "public" {
			continue
		}
		if a := r.do(row.Method, path, "{"); a.status != 401 {
			t.Errorf("%s: %d without sign-in", row.Name(), a.status)
		}
		if len(row.Access.Permissions()) == 0 {
			continue
		}
		if a := r.do(row.Method, path, "{", "X-Auth-Token", nobody.Token, "X-User-Id", string(nobody.User)); a.status != 403 {
			t.Errorf("%s: %d without %s", row.Name(), a.status, row.Access)
		}
	}
}

func TestSites(t *testing.T) {
	files := fstest.MapFS{
		"index.html":      {Data: []byte("<html>" + strings.Repeat("x", 2000))},
		"assets/a-123.js": {Data: []byte(strings.Repeat("code;", 1000))},
		"icon.svg":        {Data: []byte("<svg/>")},
	}
	framed := false
	s := newSite(files, "/console/", consoleHeaders(func() bool { return framed }))
	get := func(path string, headers ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", path, nil)
		for i := 0; i+1 < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		rec := httptest.NewRecorder()
		s.ServeHTTP(rec, r)
		return rec
	}
	for path, want := range map[string]struct {
		status      int
		kind, cache string
	}{
		"/console/":                  {200, "text/html; charset=utf-8", "no-cache"},
		"/console/inbox/some-room":   {200, "text/html; charset=utf-8", "no-cache"},
		"/console/assets/a-123.js":   {200, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		"/console/assets/gone-99.js": {404, "text/plain; charset=utf-8", "no-store"},
		"/console/icon.svg":          {200, "image/svg+xml", "no-cache"},
		"/console/../app.go":         {404, "text/plain; charset=utf-8", "no-store"},
	} {
		rec := get(path)
		h := rec.Header()
		if rec.Code != want.status || h.Get("Content-Type") != want.kind || h.Get("Cache-Control") != want.cache {
			t.Errorf("%s: %d %v", path, rec.Code, h)
		}
		if !strings.Contains(h.Get("Content-Security-Policy"), "frame-ancestors 'none'") || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: unguarded %v", path, h)
		}
	}
	for _, framed = range []bool{true, false} {
		if policy := get("/console/").Header().Get("Content-Security-Policy"); !strings.Contains(policy, "frame-src 'self'") || strings.Contains(policy, "frame-src 'self' http: https:") != framed {
			t.Error(framed, policy)
		}
	}
	page := get("/console/", "Accept-Encoding", "gzip, br")
	if page.Header().Get("Content-Encoding") != "gzip" || page.Body.Len() > 200 {
		t.Errorf("not compressed: %d bytes", page.Body.Len())
	}
	if again := get("/console/", "If-None-Match", page.Header().Get("ETag")); again.Code != http.StatusNotModified || again.Body.Len() > 0 {
		t.Errorf("asked again: %d", again.Code)
	}
	unbuilt := newSite(fstest.MapFS{}, "/console/", consoleHeaders(func() bool { return framed }))
	rec := httptest.NewRecorder()
	if unbuilt.ServeHTTP(rec, httptest.NewRequest("GET", "/console/", nil)); rec.Code != 404 || !strings.Contains(rec.Body.String(), "make build") {
		t.Errorf("not built: %d %s", rec.Code, rec.Body)
	}
}
