package departments

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

// kit is the feature on a real database with its endpoints served; the counters
// and the settings are played by the kit.
type kit struct {
	*Service
	t        *testing.T
	settings *chat.Settings
	api      http.Handler
	hours    []chat.HourID // that lost a department
}

func (k *kit) Left(_ context.Context, _ *db.Tx, hour chat.HourID) error {
	k.hours = append(k.hours, hour)
	return nil
}

func (k *kit) Current() *chat.Settings { return k.settings }

// Set keeps counters as RQ-AUTO-3 says: a newcomer has the smallest.
func (k *kit) Set(ctx context.Context, tx *db.Tx, d chat.DepartmentID, a chat.AgentID, count *int64) error {
	if count != nil {
		_, err := tx.Exec(ctx, `INSERT INTO turns (department_id, agent_id, count) VALUES ($1, $2, $3)
			ON CONFLICT (department_id, agent_id) DO UPDATE SET count = excluded.count`, d, a, *count)
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO turns (department_id, agent_id, count) SELECT $1, $2, coalesce(min(count), 0) FROM turns WHERE department_id = $1
		ON CONFLICT (department_id, agent_id) DO NOTHING`, d, a)
	return err
}

func (k *kit) Drop(ctx context.Context, tx *db.Tx, d chat.DepartmentID, a chat.AgentID) error {
	_, err := tx.Exec(ctx, `DELETE FROM turns WHERE department_id = $1 AND agent_id = $2`, d, a)
	return err
}

// people are an Authenticator; what each role may is the product's own table.
type people struct{}

var roles = map[string][]string{
	"nobody": nil, "bob": {chat.RoleAgent}, "mona": {chat.RoleMonitor}, "mike": {chat.RoleMonitor, chat.RoleAgent},
	"mary": {chat.RoleManager}, "root": {chat.RoleAdmin}, "both": {chat.RoleMonitor, chat.RoleManager},
}

func actor(name string, without ...chat.Permission) chat.Actor {
	a := chat.Actor{User: chat.UserID(name), Username: name, Roles: roles[name], Permissions: map[chat.Permission]bool{}}
	for _, g := range chat.DefaultPermissions() {
		for _, role := range g.Roles {
			if (chat.User{Roles: a.Roles}).HasRole(role) {
				a.Permissions[g.ID] = true
			}
		}
	}
	for _, p := range without {
		delete(a.Permissions, p)
	}
	return a
}

// User knows the people of roles; "mary-x" is mary without permission x.
func (people) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	name, without, _ := strings.Cut(c.UserID, "-")
	if _, ok := roles[name]; !ok {
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	a := actor(name, chat.Permission(without))
	return rest.Caller{Identity: a, Permissions: func(id string) bool { return a.May(chat.Permission(id)) }}, nil
}

func (people) Guest(context.Context, string) (rest.Caller, error) {
	return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
}

// each runs a test on both engines with the departments of fill.
func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		k := &kit{t: t, settings: chat.DefaultSettings()}
		k.Service = New(Deps{DB: d, Settings: k, Turns: k, Hours: k})
		k.api = testkit.API(t, rest.Config{Auth: people{}, Clock: clock.NewFake(1), Log: slog.New(slog.DiscardHandler)}, k.Rows())
		run(k)
	})
}

type answer struct {
	status int
	text   string
	body   map[string]any
}

// department is the department of an answer.
func (a answer) department() map[string]any {
	d, _ := a.body["department"].(map[string]any)
	return d
}

func (a answer) id() string {
	id, _ := a.department()["_id"].(string)
	return id
}

func (k *kit) call(as, method, path, body string) answer {
	k.t.Helper()
	var from io.Reader
	if body != "" {
		from = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, "/api/v1/livechat/"+path, from)
	if as != "" {
		r.Header.Set("X-User-Id", as)
		r.Header.Set("X-Auth-Token", "t")
	}
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	a := answer{status: w.Code, text: w.Body.String()}
	if err := json.Unmarshal(w.Body.Bytes(), &a.body); err != nil {
		k.t.Fatalf("%s %s answered %q", method, path, a.text)
	}
	if a.status >= 500 {
		k.t.Errorf("%s %s: %d", method, path, a.status)
	}
	return a
}

// draft is a body with the required fields, and more of them or others.
func draft(more string) string {
	base := map[string]any{"enabled": true, "name": "Invoices", "email": "i@example.org", "showOnRegistration": true, "showOnOfflineForm": true}
	extra := map[string]any{}
	if err := json.Unmarshal([]byte("{"+more+"}"), &extra); err != nil {
		panic(err)
	}
	for name, v := range extra {
		base[name] = v
	}
	b, _ := json.Marshal(base)
	return string(b)
}

// body is a whole request: the department, and what stands beside it.
func body(more, beside string) string {
	if beside != "" {
		beside = "," + beside
	}
	return `{"department":` + draft(more) + beside + `}`
}

func (k *kit) must(a answer) answer {
	k.t.Helper()
	if a.status != 200 {
		k.t.Fatalf("%d %s", a.status, a.text)
	}
	return a
}

func (k *kit) exec(sql string, args ...any) {
	k.t.Helper()
	if err := k.DB.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	}); err != nil {
		k.t.Fatal(err)
	}
}

// told are the events since the last question: "department.changed d1 gone; membership.changed d1 bob inserted".
func (k *kit) told() string {
	k.t.Helper()
	all, err := db.All(context.Background(), k.DB, func(r db.Row) (string, error) {
		var name, payload string
		err := r.Scan(&name, &payload)
		return word1(name, payload), err
	}, `SELECT name, payload FROM outbox ORDER BY id`)
	if err != nil {
		k.t.Fatal(err)
	}
	k.exec(`DELETE FROM outbox`)
	return strings.Join(all, "; ")
}

func word1(name, payload string) string {
	switch name {
	case "department.changed":
		var e chat.DepartmentChanged
		_ = json.Unmarshal([]byte(payload), &e)
		text := "department " + string(e.Department)
		if e.Gone {
			text += " gone"
		}
		if e.Removed {
			text += " removed"
		}
		if e.Fallback != "" {
			text += " to " + string(e.Fallback)
		}
		return text
	case "membership.changed":
		var e chat.MembershipChanged
		_ = json.Unmarshal([]byte(payload), &e)
		return "member " + string(e.Department) + " " + string(e.Agent) + " " + e.Action
	}
	return name + " " + payload
}

// links are a department's agents: "ann 0/1 bob 0/2", count and order.
func (k *kit) links(d chat.DepartmentID) string {
	k.t.Helper()
	all, err := members(context.Background(), k.DB, d)
	if err != nil {
		k.t.Fatal(err)
	}
	var said []string
	for _, m := range all {
		b, _ := json.Marshal([]int64{m.Count, m.Order})
		said = append(said, string(m.AgentID)+string(b))
	}
	return strings.Join(said, " ")
}

// everything is what departments store, to see that nothing changed.
func (k *kit) everything() string {
	k.t.Helper()
	all, err := db.All(context.Background(), k.DB, func(r db.Row) (line string, err error) { err = r.Scan(&line); return line, err },
		`SELECT id || ' ' || name || ' ' || fallback_id || ' ' || forward_to || ' ' || unit_id || ' ' || extra FROM departments
		UNION ALL SELECT department_id || ':' || agent_id || '@' || position FROM department_agents
		UNION ALL SELECT department_id || ':' || agent_id || '=' || count FROM turns UNION ALL SELECT name FROM outbox ORDER BY 1`)
	if err != nil {
		k.t.Fatal(err)
	}
	return strings.Join(all, "\n")
}

func status(a answer) string { return strconv.Itoa(a.status) }
