package conversation

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/limit"
	"github.com/foyerchat/foyer/platform/metrics"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

// wire is the house behind its endpoints. Users sign in with their name as token,
// guests of our own widget with their name as secret.
type wire struct {
	*house
	api   http.Handler
	users map[string]chat.Actor
}

func online(t *testing.T, f func(t *testing.T, w *wire)) {
	t.Helper()
	manual(t, func(t *testing.T, h *house) {
		w := &wire{house: h, users: map[string]chat.Actor{}}
		w.api = w.serving(false)
		f(t, w)
	})
}

// serving are the endpoints, with their rate limits or without.
func (w *wire) serving(limited bool) http.Handler {
	return testkit.API(w.t, rest.Config{Auth: w, Limits: limit.New(w.clock, limited), Pace: func() int { return int(w.settings.Current().CallsPerMinute) }, Log: slog.New(slog.DiscardHandler),
		Clock: w.clock, Registry: metrics.New("test")}, slices.Concat(w.rooms.Rows(), w.routing.Rows(), w.visitors.Rows(), w.fields.Rows(), w.contacts.Rows()))
}

// User implements rest.Authenticator.
func (w *wire) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	a, ok := w.users[c.Token]
	if !ok {
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	return rest.Caller{UserID: string(a.User), Identity: a, Permissions: func(p string) bool { return a.May(chat.Permission(p)) }}, nil
}

// Guest implements rest.Authenticator.
func (w *wire) Guest(_ context.Context, secret string) (rest.Caller, error) {
	a, ok := w.users[secret]
	if !ok || !a.IsVisitor() {
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	return rest.Caller{Identity: a}, nil
}

func (w *wire) signedIn(all ...chat.Actor) {
	for _, a := range all {
		name := a.Username
		if a.IsVisitor() {
			name = a.Name
		}
		w.users[name] = a
	}
}

// answer is a response with its body decoded.
type answer struct {
	status int
	text   string
	body   map[string]any
}

// at is the value under a path of keys, or nil.
func (a answer) at(path string) any {
	var v any = a.body
	for _, key := range strings.Split(path, ".") {
		switch m := v.(type) {
		case map[string]any:
			v = m[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(m) {
				return nil
			}
			v = m[i]
		default:
			return nil
		}
	}
	return v
}

// call sends a request as somebody; body is JSON text or "".
func (w *wire) call(who, method, target, body string) answer {
	w.t.Helper()
	return w.callWith(who, method, target, body, nil)
}

func (w *wire) callWith(who, method, target, body string, header http.Header) answer {
	w.t.Helper()
	if !strings.HasPrefix(target, "/") {
		target = "/api/v1/" + target
	}
	r := httptest.NewRequest(method, target, bytes.NewBufferString(body))
	for k, v := range header {
		r.Header[k] = v
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if a := w.users[who]; a.IsVisitor() {
		r.Header.Set(rest.GuestHeader, who)
	} else if who != "" {
		r.Header.Set("X-Auth-Token", who)
		r.Header.Set("X-User-Id", string(a.User))
	}
	rec := httptest.NewRecorder()
	w.api.ServeHTTP(rec, r)
	if got := rec.Header().Get("Content-Type"); got != "application/json" {
		w.t.Errorf("%s %s: content type %q", method, target, got)
	}
	out := answer{status: rec.Code, text: rec.Body.String()}
	if err := json.Unmarshal(rec.Body.Bytes(), &out.body); err != nil {
		w.t.Fatalf("%s %s: %v: %s", method, target, err, out.text)
	}
	return out
}

// ok sends a request that must succeed.
func (w *wire) ok(who, method, target, body string) answer {
	w.t.Helper()
	a := w.call(who, method, target, body)
	if a.status != http.StatusOK || a.body["success"] != true {
		w.t.Fatalf("%s %s: %d %s", method, target, a.status, a.text)
	}
	return a
}

// refused sends a request that must be refused with this text, and change nothing.
func (w *wire) refused(t *testing.T, status int, text string, who, method, target, body string) {
	t.Helper()
	before := w.snapshot()
	a := w.call(who, method, target, body)
	if a.status != status || a.body["error"] != text && a.body["message"] != text {
		t.Errorf("%s %s %s: %d %s, want %d %q", method, target, body, a.status, a.text, status, text)
	}
	w.unchanged(t, before)
}

func quote(s string) string {
	b, _ := json.Marshal(s) // a string always marshals
	return string(b)
}
