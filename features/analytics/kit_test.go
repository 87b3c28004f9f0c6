package analytics

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

// kit is the feature on a real database, with its endpoints served.
type kit struct {
	*Service
	t        *testing.T
	clock    *clock.Fake
	settings *chat.Settings
	api      http.Handler
	rooms    []*raw
	guests   []guest
}

func (k *kit) Current() *chat.Settings { return k.settings }

// start is noon of 3 April 2026, some days after the clocks changed in Europe.
const start clock.Instant = 1_775_217_600_000

func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	c := clock.NewFake(start)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := &kit{t: t, clock: c, settings: chat.DefaultSettings()}
		k.Service = New(Deps{DB: d, Clock: c, Log: slog.New(slog.DiscardHandler), Settings: k, Zone: "UTC"})
		k.api = testkit.API(t, rest.Config{Auth: k, Clock: c, Log: slog.New(slog.DiscardHandler)}, k.Rows())
		k.exec(`INSERT INTO visitors (id, site_id, username, token, token_opens, ts, updated_at) VALUES ('v', 'default', 'v', 'v', true, 1, 1)`)
		for _, u := range []string{"max", "mona", "lena", "bob", "eve", "zoe"} {
			k.exec(`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ($1, $1, $1, $2, 1, 1)`, u, "Mr "+u)
		}
		for _, d := range []string{"sales", "support", "billing"} {
			k.exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at, unit_id)
				VALUES ($1, 'default', $2, true, true, true, 1, $3)`, d, "The "+d, units[chat.DepartmentID(d)])
		}
		run(k)
	}, c)
}

var units = map[chat.DepartmentID]chat.UnitID{"sales": "east", "support": "west"}

// User knows max, who manages, and the monitors mona of the unit east and lena of none.
func (k *kit) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	a := chat.Actor{User: chat.UserID(c.UserID), Username: c.UserID, Permissions: map[chat.Permission]bool{}}
	switch c.UserID {
	case "max":
		a.Roles = []string{chat.RoleManager}
	case "mona", "lena":
		a.Roles = []string{chat.RoleMonitor}
	case "bob":
		return rest.Caller{Identity: a, Permissions: func(string) bool { return false }}, nil
	default:
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	return rest.Caller{Identity: a, Permissions: func(string) bool { return true }}, nil
}

func (k *kit) Guest(context.Context, string) (rest.Caller, error) {
	return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
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

// later is when no number is kept any more (AN-16).
func (k *kit) later() { k.clock.Advance(ofReport) }

// get asks an endpoint; the answer comes without "success".
func (k *kit) get(as, path string, query map[string]string) (int, any) {
	k.t.Helper()
	q := url.Values{}
	for name, v := range query {
		if v != "" {
			q.Set(name, v)
		}
	}
	r := httptest.NewRequest("GET", base+path+"?"+q.Encode(), nil)
	if as != "" {
		r.Header.Set("X-User-Id", as)
		r.Header.Set("X-Auth-Token", "t")
	}
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	var out any
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		k.t.Fatalf("%s answered %q", path, w.Body)
	}
	if m, ok := out.(map[string]any); ok && w.Code == 200 {
		delete(m, "success")
	}
	return w.Code, out
}

// run works off a job as it is stored, and what it leaves.
func (k *kit) run(name string) {
	k.t.Helper()
	for _, kind := range k.Jobs() {
		if kind.Name != name {
			continue
		}
		for {
			payload, err := db.One(context.Background(), k.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) },
				`SELECT COALESCE((SELECT payload FROM jobs WHERE kind = $1), '')`, name)
			k.must(err)
			if payload == "" {
				return
			}
			k.exec(`DELETE FROM jobs WHERE kind = $1`, name)
			k.must(k.work(context.Background(), name, cursorOf(k.t, payload), map[string]step{fillJob: k.fill, unitJob: k.followUnits, silenceJob: k.followSilence}[name]))
		}
	}
}

type step = func(context.Context, *db.Tx, cursor) (cursor, bool, error)

func cursorOf(t *testing.T, payload string) (c cursor) {
	if err := json.Unmarshal([]byte(payload), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// recount counts the rooms as they are now.
func (k *kit) recount(rooms []*raw) {
	k.t.Helper()
	var ids []chat.RoomID
	for _, r := range rooms {
		ids = append(ids, chat.RoomID(r.id))
	}
	k.must(k.count(context.Background(), ids...))
}
