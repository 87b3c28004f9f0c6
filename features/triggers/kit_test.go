package triggers

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/outbound"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

// kit is the feature on a real database, with its endpoints served and a service beside it.
type kit struct {
	*Service
	t        *testing.T
	api      http.Handler
	clock    *clock.Fake
	settings *chat.Settings
	next     *chat.AgentView // who would get a chat
	came     clock.Instant   // when ann came to the site
	service  *httptest.Server
	answer   func(w http.ResponseWriter, r *http.Request)
}

func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	c := clock.NewFake(1_790_000_000_000)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := &kit{t: t, clock: c, settings: chat.DefaultSettings()}
		k.service = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { k.answer(w, r) }))
		t.Cleanup(k.service.Close)
		out := outbound.New(outbound.Options{AllowPrivate: true})
		t.Cleanup(out.Close)
		k.Service = New(Deps{DB: d, Clock: c, Settings: k, Outbound: out, Agents: k, Guests: k, Sight: k, Onsite: k})
		k.api = testkit.API(t, rest.Config{Auth: k, Clock: c, Log: slog.New(slog.DiscardHandler)}, k.Rows())
		run(k)
	}, c)
}

func (k *kit) Current() *chat.Settings { return k.settings }

func (k *kit) Upcoming(context.Context, chat.Visitor) (*chat.AgentView, error) { return k.next, nil }

func (k *kit) BySecret(_ context.Context, secret string) (chat.Actor, error) {
	if secret != "secret-of-ann" {
		return chat.Actor{}, fault.New(fault.Unauthenticated, "", "")
	}
	return chat.Actor{Visitor: "ann"}, nil
}

func (k *kit) Visible(_ context.Context, _ chat.Actor, rid chat.RoomID) (r chat.Room, can chat.Can, err error) {
	if rid != "r1" {
		return r, can, fault.Text(fault.Invalid, "error-invalid-room")
	}
	r.V.ID = "ann"
	return r, can, nil
}

// Visitor sees two: ann came with the first of the tests' visits, and s2 has not acted.
func (k *kit) Visitor(_ context.Context, a chat.Actor, sighting string) (chat.VisitorID, clock.Instant, error) {
	switch sighting {
	case "s1":
		return "ann", k.came, nil
	case "s2":
		return "", 0, nil
	}
	return "", 0, fault.New(fault.NotFound, "error-visitor-gone", "The visitor has left the site")
}

func (k *kit) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	a := chat.Actor{User: chat.UserID(c.UserID)}
	return rest.Caller{Identity: a, Permissions: func(p string) bool {
		return c.UserID == "boss" || c.UserID == "bob" && p == string(chat.ViewLRoom)
	}}, nil
}

func (k *kit) Guest(ctx context.Context, secret string) (rest.Caller, error) {
	a, err := k.BySecret(ctx, secret)
	return rest.Caller{Identity: a}, err
}

type reply struct {
	status int
	text   string
	body   map[string]any
}

func (k *kit) call(who, method, path, body string) reply {
	k.t.Helper()
	r := httptest.NewRequest(method, "/api/v1/"+path, strings.NewReader(body))
	if who == "ann" {
		r.Header.Set("X-Foyer-Session", "secret-of-ann")
	} else if who != "" {
		r.Header.Set("X-User-Id", who)
		r.Header.Set("X-Auth-Token", "t")
	}
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	a := reply{status: w.Code, text: w.Body.String()}
	if err := json.Unmarshal(w.Body.Bytes(), &a.body); err != nil {
		k.t.Fatalf("%s %s: %s", method, path, w.Body)
	}
	return a
}

func (k *kit) exec(sql string, args ...any) {
	k.t.Helper()
	k.must(k.DB.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	}))
}

func (k *kit) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

func (k *kit) number(sql string) (n int64) {
	k.t.Helper()
	k.must(k.DB.QueryRow(context.Background(), sql).Scan(&n))
	return n
}

// visitor adds ann, who has an open room.
func (k *kit) visitor() {
	k.exec(`INSERT INTO visitors (id, site_id, username, token, token_opens, ts, updated_at) VALUES ('ann', 'default', 'guest-1', 'stand-in', false, 1, 1)`)
	k.exec(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, updated_at) VALUES ('r1', 'default', 1, 'Ann', 1, 1, true, 'ann', '{}', 'widget', '{}', 1)`)
}

// later lets the limits of a minute pass.
func (k *kit) later() { k.clock.Advance(time.Minute) }
