package app

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/accounts"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

// still is the whole product with nobody who hears its events: what a request did is
// all that happens.
type still struct {
	*features
	t   *testing.T
	api http.Handler
	as  map[string]http.Header
}

func stand(t *testing.T, d *db.DB) *still {
	t.Helper()
	registerWords()
	s := &still{t: t, as: map[string]http.Header{"nobody": {}}}
	s.features = tie(ground{db: d, clock: clock.System, log: slog.New(slog.DiscardHandler), version: "v-test", config: Config{RateLimits: "off"}})
	if err := s.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.api = testkit.API(t, rest.Config{Auth: s, Log: slog.New(slog.DiscardHandler), Clock: clock.System, Version: "v-test"}, s.rows())
	return s
}

// person makes a user with these roles and signs him in.
func (s *still) person(name string, roles ...string) {
	s.t.Helper()
	_, err := s.accounts.Create(s.t.Context(), accounts.NewUser{ID: chat.UserID(name), Username: name, Name: name, Email: name + "@example.com",
		Verified: true, Roles: roles, Digest: accounts.DigestOf("pw-of-" + name)})
	if err != nil {
		s.t.Fatal(err)
	}
	var in struct {
		Data struct{ UserID, AuthToken string }
	}
	s.must("nobody", "POST", "/api/v1/login", fmt.Sprintf(`{"user":%q,"password":"pw-of-%s"}`, name, name), &in)
	s.as[name] = http.Header{"X-User-Id": {in.Data.UserID}, "X-Auth-Token": {in.Data.AuthToken}}
}

func (s *still) send(as, method, target, body string) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header = s.as[as].Clone()
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	s.api.ServeHTTP(w, r)
	return w
}

func (s *still) must(as, method, target, body string, answer any) {
	s.t.Helper()
	w := s.send(as, method, target, body)
	if w.Code != http.StatusOK {
		s.t.Fatalf("%s %s: %d %s", method, target, w.Code, w.Body)
	}
	if answer != nil {
		if err := json.Unmarshal(w.Body.Bytes(), answer); err != nil {
			s.t.Fatalf("%s %s: %v %s", method, target, err, w.Body)
		}
	}
}

// events counts what has been said so far.
func (s *still) events(ctx context.Context, d *db.DB) (n int64) {
	s.t.Helper()
	n, err := db.One(ctx, d, func(r db.Row) (n int64, err error) { return n, r.Scan(&n) }, `SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM jobs)`)
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// What the OpenAPI document forbids is refused with 400 by every row, changes nothing
// and says nothing; nothing at all is answered with a fault of the server.
func TestWhatTheDocumentForbidsIsRefused(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		s := stand(t, d)
		s.person("boss", chat.RoleAdmin, chat.RoleManager, chat.RoleAgent)
		var in struct{ Session string }
		s.must("nobody", "POST", "/api/v1/foyer/widget/visitor", `{"name":"Ann"}`, &in)
		s.as["guest"] = http.Header{rest.GuestHeader: {in.Session}}
		doc := readDocument(t, rest.OpenAPI(Rows(), ""))
		before, sent := s.events(t.Context(), d), 0
		for _, o := range doc.operations {
			as := "boss"
			if o.access == "guest" {
				as = "guest"
			}
			for _, bad := range doc.forbidden(o) {
				sent++
				w := s.send(as, o.method, bad.target, bad.body)
				if w.Code != http.StatusBadRequest && w.Code != http.StatusRequestEntityTooLarge {
					t.Errorf("%s %s: %s\n%s %.300s\nanswered %d %.300s", o.method, o.path, bad.why, bad.target, bad.body, w.Code, w.Body)
				}
			}
			if after := s.events(t.Context(), d); after != before {
				t.Errorf("%s %s: a refused request left %d events or jobs", o.method, o.path, after-before)
				before = after
			}
		}
		for _, o := range doc.operations {
			as := "boss"
			if o.access == "guest" {
				as = "guest"
			}
			if o.path == "/api/v1/logout" || o.path == "/api/v1/foyer/console/logout" {
				continue // the others still need the session
			}
			for _, hostile := range doc.hostile(o) {
				sent++
				if w := s.send(as, o.method, hostile.target, hostile.body); w.Code >= 500 && w.Code != http.StatusServiceUnavailable {
					t.Errorf("%s %s: %s\n%s %.300s\nanswered %d %.300s", o.method, o.path, hostile.why, hostile.target, hostile.body, w.Code, w.Body)
				}
			}
		}
		t.Logf("%d requests to %d rows", sent, len(doc.operations))
	})
}
