package rest_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// people is an Authenticator that knows ann, bob (who may close) and one guest.
type people struct{}

func (people) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	switch {
	case c.UserID == "ann" && c.Token == "a", c.Cookie == "ann's":
		return rest.Caller{UserID: "ann", SessionID: "s1", Identity: "Ann", Token: c.Token + c.Cookie}, nil
	case c.UserID == "bob" && c.Token == "b":
		return rest.Caller{UserID: "bob", Identity: "Bob", Permissions: func(p string) bool { return p == "close" }}, nil
	}
	return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
}

func (people) Guest(_ context.Context, secret string) (rest.Caller, error) {
	if secret == "g" {
		return rest.Caller{Identity: "Guest"}, nil
	}
	return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
}

func api(rows ...rest.Endpoint) *rest.API {
	return rest.NewAPI(rest.Config{
		Auth: people{}, Clock: clock.NewFake(1_000), Log: slog.New(slog.DiscardHandler),
	}, rows)
}

// call sends a request; headers are "Name: value" lines.
func call(h http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	var from io.Reader
	if body != "" {
		from = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, target, from)
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func expect(t *testing.T, w *httptest.ResponseRecorder, status int, body string) {
	t.Helper()
	if w.Code != status || w.Body.String() != body {
		t.Errorf("got %d %s\nwant %d %s", w.Code, w.Body, status, body)
	}
}

type messageRequest struct {
	Token string `json:"token" required:"true"`
	RID   string `json:"rid" required:"true"`
	Msg   string `json:"msg" required:"true" maxLength:"10"`
}

type messageResponse struct {
	Message message `json:"message"`
}

type message struct {
	ID  string        `json:"_id"`
	Msg string        `json:"msg"`
	TS  clock.Instant `json:"ts"`
}

func send(_ context.Context, r messageRequest) (messageResponse, error) {
	return messageResponse{message{ID: "m1", Msg: r.Msg, TS: 5}}, nil
}

func TestRowAnswersMergedWithSuccess(t *testing.T) {
	h := api(rest.Row("POST", "/api/v1/livechat/message", rest.Public, "Send a message.", send))
	w := call(h, "POST", "/api/v1/livechat/message", `{"token":"t","rid":"r","msg":"a<b"}`)
	expect(t, w, 200, `{"message":{"_id":"m1","msg":"a<b","ts":"1970-01-01T00:00:00.005Z"},"success":true}`)
	if got := w.Header()["Content-Type"]; len(got) != 1 || got[0] != "application/json" {
		t.Errorf("Content-Type %q: clients compare it exactly", got)
	}
	expect(t, call(h, "POST", "/api/v1/livechat/message", `{"token":"t","msg":"x"}`), 400,
		`{"success":false,"error":"must have required property 'rid' [invalid-params]","errorType":"invalid-params"}`)
}

// callQuery sends a GET with the query as it is, also when it is no valid URL.
func callQuery(h http.Handler, query string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", "/x", nil)
	r.URL.RawQuery = query
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func proxies(t *testing.T, texts ...string) rest.Proxies {
	t.Helper()
	p, err := rest.ParseProxies(texts...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The answers that do not follow the envelope.
func TestOtherAnswers(t *testing.T) {
	h := api(
		rest.Row("GET", "/bare", rest.Public, "", func(context.Context, struct{}) (struct{}, error) { return struct{}{}, nil }),
		rest.Row("GET", "/number", rest.Public, "", func(context.Context, struct{}) (int, error) { return 1, nil }, rest.Plain()),
		rest.Row("GET", "/map", rest.Public, "", func(context.Context, struct{}) (map[string]any, error) { return nil, nil }),
		rest.Row("GET", "/pointer", rest.Public, "", func(context.Context, struct{}) (*who, error) { return &who{"p"}, nil }),
		rest.Row("GET", "/cookie", rest.Public, "", func(context.Context, struct{}) (cookied, error) { return cookied{}, nil }),
		rest.Row("GET", "/page/{file...}", rest.Public, "", func(context.Context, struct{}) (rest.Bytes, error) {
			return rest.Bytes{Type: "text/html", Body: []byte("<p>"), Header: http.Header{"X-One": {"1"}}, Status: 203}, nil
		}),
	)
	expect(t, call(h, "GET", "/bare", ""), 200, `{"success":true}`)
	expect(t, call(h, "GET", "/number", ""), 200, `1`)
	expect(t, call(h, "GET", "/map", ""), 200, `{"success":true}`)
	expect(t, call(h, "GET", "/pointer", ""), 200, `{"who":"p","success":true}`)
	w := call(h, "GET", "/cookie", "")
	expect(t, w, 200, `{"success":true}`)
	if got := w.Header().Get("Set-Cookie"); got != "a=b" {
		t.Errorf("Set-Cookie %q", got)
	}
	w = call(h, "GET", "/page/a/b.html", "")
	expect(t, w, 203, `<p>`)
	if w.Header().Get("Content-Type") != "text/html" || w.Header().Get("X-One") != "1" {
		t.Errorf("headers %v", w.Header())
	}
}

type cookied struct{}

func (cookied) WriteHeaders(h http.Header) { h.Add("Set-Cookie", "a=b") }
