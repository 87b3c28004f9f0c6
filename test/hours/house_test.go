package hours

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/app"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/testkit"
	wire "github.com/foyerchat/foyer/test/house"
)

// house is the real thing on a clock that only the test moves; events are delivered
// and jobs run when the test says so.
type house struct {
	t      *testing.T
	clock  *clock.Fake
	inside *app.Inside
}

func open(t *testing.T, url string, at clock.Instant) *house {
	t.Helper()
	h := &house{t: t, clock: clock.NewFake(at)}
	h.inside = h.node(url)
	h.hire("boss", "admin", "livechat-manager")
	return h
}

// node is one more server on the same database.
func (h *house) node(url string) *app.Inside {
	h.t.Helper()
	c := app.Config{Storage: app.Storage{Database: url}, RateLimits: "off", Listen: "127.0.0.1:0"}
	n, err := app.NewInside(context.Background(), c, app.Options{Version: "test", Clock: h.clock})
	h.must(err)
	h.t.Cleanup(func() { n.Close() })
	return n
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) exec(sql string, args ...any) {
	h.t.Helper()
	h.must(h.inside.DB.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	}))
}

// hire makes a user whose id is his name and who is signed in with the token "t-name".
func (h *house) hire(name string, roles ...string) {
	h.t.Helper()
	now := h.clock.Now()
	h.exec(`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ($1, $1, $1, $1, $2, $2)`, name, now)
	for _, role := range roles {
		h.exec(`INSERT INTO user_roles (user_id, role) VALUES ($1, $2)`, name, role)
	}
	h.exec(`INSERT INTO sessions (id, user_id, token_hash, created_at, last_used_at, expires_at) VALUES ($1, $2, $3, $4, $4, $5)`,
		"s-"+name, name, id.Hash("t-"+name), now, now.Add(900*24*time.Hour))
}

// call sends a request as a user; "" is success, else the error's text.
func (h *house) call(who, method, path string, body any, answer any) string {
	h.t.Helper()
	text, err := json.Marshal(body)
	h.must(err)
	r := httptest.NewRequest(method, "/api/v1/"+path, strings.NewReader(string(text)))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Auth-Token", "t-"+who)
	r.Header.Set("X-User-Id", who)
	w := httptest.NewRecorder()
	wire.Checked(h.t, h.inside.API).ServeHTTP(w, r)
	if w.Code != 200 {
		return fmt.Sprint(w.Code, w.Body)
	}
	if answer != nil {
		h.must(json.Unmarshal(w.Body.Bytes(), answer))
	}
	return ""
}

func (h *house) ok(who, method, path string, body any) {
	h.t.Helper()
	if failed := h.call(who, method, path, body, nil); failed != "" {
		h.t.Fatalf("%s %s: %s", method, path, failed)
	}
	h.settle()
}

// settle delivers every event and runs every job that is due until nothing follows.
func (h *house) settle() {
	h.t.Helper()
	for h.deliver() || h.work() {
	}
}

func (h *house) deliver() bool {
	h.t.Helper()
	ctx := context.Background()
	events, err := db.All(ctx, h.inside.DB, func(r db.Row) (e outbox.Envelope, err error) {
		var payload string
		err = r.Scan(&e.ID, &e.Name, &e.Key, &payload, &e.At)
		e.Payload = []byte(payload)
		return e, err
	}, `SELECT id, name, key, payload, at FROM outbox ORDER BY id LIMIT 50`)
	h.must(err)
	for _, e := range events {
		for _, c := range h.inside.Consumers {
			if slices.Contains(c.Events, e.Name) {
				h.must(c.Handle(ctx, e))
			}
		}
		h.exec(`DELETE FROM outbox WHERE id = $1`, e.ID)
	}
	return len(events) > 0
}

type job struct {
	id, kind, key, payload string
	due                    clock.Instant
}

func (h *house) next() (job, bool) {
	h.t.Helper()
	all, err := db.All(context.Background(), h.inside.DB, func(r db.Row) (j job, err error) {
		err = r.Scan(&j.id, &j.kind, &j.key, &j.payload, &j.due)
		return j, err
	}, `SELECT id, kind, key, payload, due_at FROM jobs WHERE dead_at = 0 ORDER BY due_at, id LIMIT 1`)
	h.must(err)
	if len(all) == 0 {
		return job{}, false
	}
	return all[0], true
}

func (h *house) work() bool {
	h.t.Helper()
	j, found := h.next()
	if !found || j.due > h.clock.Now() {
		return false
	}
	h.run(h.inside, j)
	h.exec(`DELETE FROM jobs WHERE id = $1`, j.id)
	return true
}

func (h *house) run(n *app.Inside, j job) {
	i := slices.IndexFunc(n.Jobs, func(k jobs.Kind) bool { return k.Name == j.kind })
	if err := n.Jobs[i].Run(context.Background(), jobs.Run{ID: j.id, Key: j.key, Attempt: 1, Payload: json.RawMessage(j.payload)}); err != nil {
		h.t.Errorf("job %s: %v", j.kind, err)
	}
}

// wait moves the clock from job to job, so that each runs when it is due.
func (h *house) wait(until clock.Instant) {
	h.t.Helper()
	for h.settle(); ; h.settle() {
		j, found := h.next()
		if !found || j.due > until {
			break
		}
		h.clock.Advance(j.due.Sub(h.clock.Now()))
	}
	h.clock.Advance(until.Sub(h.clock.Now()))
	h.settle()
}

// agent is how an agent stands.
type agent struct {
	available, system bool
	open              string // ids in their order, "none" without a list
}

func (h *house) agents() map[string]agent {
	h.t.Helper()
	all := map[string]agent{}
	_, err := db.All(context.Background(), h.inside.DB, func(r db.Row) (a agent, err error) {
		var name string
		var ids []string
		err = r.Scan(&name, &a.available, &a.system, db.JSON(&ids))
		a.open = strings.Join(ids, " ")
		all[name] = a
		return a, err
	}, `SELECT user_id, status_livechat = 'available', system_modified, open_hours FROM agents`)
	h.must(err)
	return all
}

func eachEngine(t *testing.T, run func(t *testing.T, url string)) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) { run(t, testkit.URL(t, engine)) })
	}
}
