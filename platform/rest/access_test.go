package rest_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/limit"
	"github.com/foyerchat/foyer/platform/rest"
)

type who struct {
	Who string `json:"who"`
}

type named struct {
	Name string `json:"name" required:"true"`
}

func whoami(ctx context.Context, _ struct{}) (who, error) {
	return who{rest.Identity[string](ctx)}, nil
}

func whoamiNamed(ctx context.Context, _ named) (who, error) { return whoami(ctx, struct{}{}) }

const (
	login     = `{"status":"error","message":"You must be logged in to do this."}`
	forbidden = `{"success":false,"error":"User does not have the permissions required for this action [error-unauthorized]"}`
)

// rest-api.md 1.3: 401, then 403, then 400, then the handler.
func TestOrderOfChecks(t *testing.T) {
	h := api(
		rest.Row("POST", "/public", rest.Public, "", whoamiNamed),
		rest.Row("POST", "/guest", rest.Guest, "", whoamiNamed),
		rest.Row("POST", "/user", rest.SignedIn, "", whoamiNamed),
		rest.Row("POST", "/all", rest.All("close"), "", whoamiNamed),
		rest.Row("POST", "/both", rest.All("close", "open"), "", whoamiNamed),
		rest.Row("POST", "/any", rest.Any("open", "close"), "", whoamiNamed),
	)
	ann, bob := []string{"X-User-Id: ann", "X-Auth-Token: a"}, []string{"X-User-Id: bob", "X-Auth-Token: b"}
	invalid := `{"success":false,"error":"must have required property 'name' [invalid-params]","errorType":"invalid-params"}`
	for _, c := range []struct {
		path, body string
		headers    []string
		status     int
		want       string
	}{
		{"/public", `{"name":"x"}`, nil, 200, `{"who":"","success":true}`},
		{"/public", `{"name":"x"}`, []string{"X-Auth-Token: wrong"}, 200, `{"who":"","success":true}`},
		{"/guest", `not json`, nil, 401, login},
		{"/guest", `{"name":"x"}`, []string{"X-Foyer-Session: wrong"}, 401, login},
		{"/guest", `{"name":"x"}`, []string{"X-Foyer-Session: g"}, 200, `{"who":"Guest","success":true}`},
		{"/guest", `{"name":"x"}`, ann, 401, login},
		{"/user", `not json`, nil, 401, login},
		{"/user", `{"name":"x"}`, []string{"X-User-Id: ann", "X-Auth-Token: wrong"}, 401, login},
		{"/user", `{"name":"x"}`, []string{"X-User-Id: ann"}, 401, login},
		{"/user", `{}`, ann, 400, invalid},
		{"/user", `{"name":"x"}`, ann, 200, `{"who":"Ann","success":true}`},
		{"/all", `not json`, ann, 403, forbidden},
		{"/all", `{"name":"x"}`, bob, 200, `{"who":"Bob","success":true}`},
		{"/both", `{"name":"x"}`, bob, 403, forbidden},
		{"/any", `{"name":"x"}`, ann, 403, forbidden},
		{"/any", `{"name":"x"}`, bob, 200, `{"who":"Bob","success":true}`},
	} {
		w := call(h, "POST", c.path, c.body, c.headers...)
		if w.Code != c.status || w.Body.String() != c.want {
			t.Errorf("%s %s %v: got %d %s\nwant %d %s", c.path, c.body, c.headers, w.Code, w.Body, c.status, c.want)
		}
	}
}

// A cookie is sent along by browsers for any site's page; headers are not.
func TestCookieCallsAreGuardedAgainstOtherSites(t *testing.T) {
	rows := []rest.Endpoint{
		rest.Row("POST", "/do", rest.SignedIn, "", whoami),
		rest.Row("GET", "/see", rest.SignedIn, "", whoami),
		rest.Row("POST", "/login", rest.Public, "", whoami, rest.SameOrigin()),
		rest.Row("GET", "/join", rest.SignedIn, "", whoami, rest.SameOrigin()),
	}
	h := rest.NewAPI(rest.Config{Auth: people{}, Clock: clock.NewFake(1), Log: slog.New(slog.DiscardHandler), RootURL: "https://chat.example.com/x"}, rows)
	const ann = "Cookie: foyer_session=ann's"
	for _, c := range []struct {
		method, path string
		headers      []string
		status       int
	}{
		{"POST", "/do", []string{ann}, 200},
		{"POST", "/do", []string{ann, "Sec-Fetch-Site: same-origin"}, 200},
		{"POST", "/do", []string{ann, "Sec-Fetch-Site: cross-site"}, 403},
		{"POST", "/do", []string{ann, "Origin: https://evil.example"}, 403},
		{"POST", "/do", []string{ann, "Origin: https://chat.example.com", "Sec-Fetch-Site: same-site"}, 200},
		{"GET", "/see", []string{ann, "Sec-Fetch-Site: cross-site"}, 200},
		{"POST", "/do", []string{"X-User-Id: ann", "X-Auth-Token: a", "Sec-Fetch-Site: cross-site"}, 200},
		{"POST", "/do", []string{"X-User-Id: bob", "X-Auth-Token: wrong", ann}, 401}, // headers win
		{"POST", "/login", []string{"Sec-Fetch-Site: cross-site"}, 403},
		{"POST", "/login", nil, 200},
		{"GET", "/join", []string{ann, "Sec-Fetch-Site: cross-site"}, 403},
		{"GET", "/join", []string{ann, "Sec-Fetch-Site: same-origin"}, 200},
	} {
		if w := call(h, c.method, c.path, "", c.headers...); w.Code != c.status {
			t.Errorf("%s %s %v: got %d %s, want %d", c.method, c.path, c.headers, w.Code, w.Body, c.status)
		}
	}
}

func TestErrorsBecomeEnvelopes(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		body   string
	}{
		{fault.New(fault.Invalid, "error-x", "No x"), 400, `{"success":false,"error":"No x [error-x]","errorType":"error-x"}`},
		{fault.New(fault.Invalid, "error-x", ""), 400, `{"success":false,"error":"[error-x]","errorType":"error-x"}`},
		{fault.Text(fault.Invalid, "error-x"), 400, `{"success":false,"error":"error-x"}`},
		{fault.New(fault.Invalid, "e", "m").At("a.b"), 400, `{"success":false,"error":"m [e]","errorType":"e","details":{"field":"a.b"}}`},
		{&fault.Fault{Code: "e", Details: []int{1}}, 400, `{"success":false,"error":"[e]","errorType":"e","details":[1]}`},
		{fault.New(fault.Unauthenticated, "Unauthorized", "Unauthorized"), 401, `{"status":"error","error":"Unauthorized","message":"Unauthorized"}`},
		{fault.New(fault.Forbidden, "error-unauthorized", ""), 403, forbidden},
		{fault.Text(fault.Forbidden, "unauthorized"), 403, `{"success":false,"error":"unauthorized"}`},
		{fault.New(fault.NotFound, "error-n", "Not here"), 404, `{"success":false,"error":"Not here [error-n]","errorType":"error-n"}`},
		{fault.New(fault.TooLarge, "e", ""), 413, `{"success":false,"error":"[e]","errorType":"e"}`},
		{fault.New(fault.TooMany, "e", ""), 429, `{"success":false,"error":"[e]","errorType":"e"}`},
		{fault.New(fault.Unavailable, "e", ""), 503, `{"success":false,"error":"[e]","errorType":"e"}`},
		{errors.New("disk is on fire"), 500, `{"success":false,"error":"Internal error"}`},
	} {
		h := api(rest.Row("GET", "/x", rest.Public, "", func(context.Context, struct{}) (struct{}, error) { return struct{}{}, c.err }))
		w := call(h, "GET", "/x", "")
		expect(t, w, c.status, c.body)
		if got := w.Header().Get("Content-Type"); got != "application/json" {
			t.Errorf("%v: Content-Type %q", c.err, got)
		}
	}
}

func TestPanicIsInternalErrorLoggedWithoutContents(t *testing.T) {
	var log bytes.Buffer
	boom := func(_ context.Context, r named) (struct{}, error) { panic("cannot handle " + r.Name) }
	h := rest.NewAPI(rest.Config{Clock: clock.NewFake(1), Log: slog.New(slog.NewTextHandler(&log, nil))},
		[]rest.Endpoint{rest.Row("POST", "/x", rest.Public, "", boom)})
	expect(t, call(h, "POST", "/x?key=q-secret", `{"name":"b-secret"}`), 500, `{"success":false,"error":"Internal error"}`)
	if out := log.String(); !strings.Contains(out, "access_test.go") || strings.Contains(out, "secret") {
		t.Errorf("want the stack and nothing of the request in the log: %s", out)
	}
	if lines := strings.Count(log.String(), "msg=request"); lines != 1 {
		t.Errorf("%d request lines", lines)
	}
}

func TestLimitByClientAddress(t *testing.T) {
	c := clock.NewFake(0)
	l := limit.New(c, true)
	h := rest.NewAPI(rest.Config{Clock: c, Log: slog.New(slog.DiscardHandler), Limits: l, Proxies: proxies(t, "192.0.2.0/24")},
		[]rest.Endpoint{rest.Row("GET", "/x", rest.Public, "", whoami, rest.Limit("x", 2, time.Minute))})
	from := func(ip string) *http.Response {
		return call(h, "GET", "/x", "", "X-Forwarded-For: "+ip).Result()
	}
	for range 2 {
		if r := from("2001:db8:0:1::1"); r.StatusCode != 200 {
			t.Fatalf("got %d within the limit", r.StatusCode)
		}
	}
	w := call(h, "GET", "/x", "", "X-Forwarded-For: 2001:db8:0:1::2") // same /64, one client
	expect(t, w, 429, `{"success":false,"error":"Error, too many requests. Please slow down. You must wait 30 seconds before trying this endpoint again. [error-too-many-requests]","errorType":"error-too-many-requests"}`)
	if got := w.Header().Get("Retry-After"); got != "30" {
		t.Errorf("Retry-After %q", got)
	}
	if r := from("203.0.113.9"); r.StatusCode != 200 {
		t.Errorf("another client: got %d", r.StatusCode)
	}
	c.Advance(30 * time.Second)
	if r := from("2001:db8:0:1::1"); r.StatusCode != 200 {
		t.Errorf("after the wait: got %d", r.StatusCode)
	}
	l.Turn(false)
	for range 5 {
		if r := from("2001:db8:0:1::1"); r.StatusCode != 200 {
			t.Errorf("limits off: got %d", r.StatusCode)
		}
	}
}
