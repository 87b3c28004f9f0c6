package units

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

// kit is the feature on a real database, with its endpoints served and its
// neighbours' decisions played by the kit itself.
type kit struct {
	*Service
	t   *testing.T
	api http.Handler
}

const start clock.Instant = 1_790_000_000_000

var rights = map[string][]chat.Permission{
	"nobody": nil, "agent": {chat.ViewLRoom}, "units": {chat.ManageLivechatUnits}, "monitors": {chat.ManageLivechatMonitors},
	"boss": {chat.ManageLivechatUnits, chat.ManageLivechatMonitors}, "other": {chat.ManageLivechatUnits},
	"mona": {chat.ManageLivechatUnits}, "admin": {chat.ManageLivechatUnits, chat.ManageLivechatMonitors},
}

func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	c := clock.NewFake(start)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := &kit{t: t}
		k.Service = New(Deps{DB: d, Departments: k, Roles: k})
		k.api = testkit.API(t, rest.Config{Auth: k, Clock: c, Log: slog.New(slog.DiscardHandler)}, k.Rows())
		k.exec(`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ('mona', 'Mona', 'mona', 'Mona Lee', 1, 1),
			('moe', 'moe', 'moe', 'Moe', 1, 1), ('plain', 'plain', 'plain', 'Plain', 1, 1), ('boss', 'boss', 'boss', 'Boss', 1, 1), ('bob', 'bob', 'bob', 'Bob', 1, 1)`)
		k.exec(`INSERT INTO user_roles (user_id, role) VALUES ('mona', 'livechat-monitor'), ('moe', 'livechat-monitor'), ('bob', 'livechat-agent')`)
		k.exec(`INSERT INTO user_emails (address, user_id, position, verified) VALUES ('mona@example.org', 'mona', 0, true)`)
		k.exec(`INSERT INTO departments (id, site_id, name, email, enabled, archived, show_on_registration, show_on_offline_form, updated_at) VALUES
			('d1', 'default', 'Sales', '', true, false, true, true, 1), ('d2', 'default', 'Support', '', true, false, true, true, 1),
			('d3', 'default', 'Asleep', '', false, false, true, true, 1), ('d4', 'default', 'Archived', '', true, true, true, true, 1)`)
		k.exec(`INSERT INTO department_agents (department_id, agent_id, position, updated_at) VALUES ('d2', 'bob', 1, 1), ('d2', 'boss', 1, 1)`)
		run(k)
	}, c)
}

// PutInUnit stands where departments are; theirs has tests of its own.
func (k *kit) PutInUnit(ctx context.Context, tx *db.Tx, unit chat.UnitID, wanted []chat.DepartmentID) (changed []chat.DepartmentID, err error) {
	of, err := db.All(ctx, tx, func(r db.Row) (p [2]string, err error) { return p, r.Scan(&p[0], &p[1]) }, `SELECT id, unit_id FROM departments ORDER BY id`)
	for _, p := range of {
		id, wants := chat.DepartmentID(p[0]), slices.Contains(wanted, chat.DepartmentID(p[0]))
		if wants == (p[1] == string(unit)) {
			continue
		}
		to := unit
		if !wants {
			to = ""
		}
		changed = append(changed, id)
		if _, err := tx.Exec(ctx, `UPDATE departments SET unit_id = $2 WHERE id = $1`, id, to); err != nil {
			return nil, err
		}
	}
	return changed, err
}

func (k *kit) Grant(ctx context.Context, tx *db.Tx, u chat.UserID, role string) error {
	_, err := tx.Exec(ctx, `INSERT INTO user_roles (user_id, role) VALUES ($1, $2) ON CONFLICT DO NOTHING`, u, role)
	return err
}

func (k *kit) Revoke(ctx context.Context, tx *db.Tx, u chat.UserID, role string) error {
	_, err := tx.Exec(ctx, `DELETE FROM user_roles WHERE user_id = $1 AND role = $2`, u, role)
	return err
}

func actor(name string) chat.Actor {
	a := chat.Actor{User: chat.UserID(name), Username: name, Permissions: map[chat.Permission]bool{}}
	for _, p := range rights[name] {
		a.Permissions[p] = true
	}
	if name == "admin" {
		a.Roles = []string{chat.RoleAdmin}
	}
	return a
}

// User knows the people of rights; their tokens are not looked at.
func (k *kit) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	if _, ok := rights[c.UserID]; !ok {
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	a := actor(c.UserID)
	return rest.Caller{Identity: a, Permissions: func(id string) bool { return a.May(chat.Permission(id)) }}, nil
}

func (k *kit) Guest(context.Context, string) (rest.Caller, error) {
	return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
}

type answer struct {
	status int
	body   map[string]any
	text   string
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
	return a
}

func (k *kit) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

func (k *kit) exec(sql string, args ...any) {
	k.t.Helper()
	k.must(k.DB.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	}))
}

// unit makes a unit and returns its id.
func (k *kit) unit(as, name, more string) string {
	k.t.Helper()
	a := k.call(as, "POST", "units", `{"unitData":{"name":"`+name+`","visibility":"public"},`+more+`}`)
	if a.status != 200 {
		k.t.Fatalf("%d %s", a.status, a.text)
	}
	return a.body["_id"].(string)
}

// names joins one field of the objects in a list of an answer.
func (a answer) names(list, field string) string {
	var all []string
	objects, _ := a.body[list].([]any)
	for _, o := range objects {
		all = append(all, o.(map[string]any)[field].(string))
	}
	return strings.Join(all, " ")
}

// told are the events of a kind so far, as JSON.
func (k *kit) told(name string) string {
	k.t.Helper()
	all, err := db.All(context.Background(), k.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, `SELECT payload FROM outbox WHERE name = $1 ORDER BY at, id`, name)
	k.must(err)
	slices.Sort(all)
	return strings.Join(all, " ")
}

// state is all that a refused call must leave as it was.
func (k *kit) state() string {
	k.t.Helper()
	all, err := db.All(context.Background(), k.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) },
		`SELECT id || name || visibility || created_by FROM units UNION ALL SELECT unit_id || ':' || monitor_id FROM unit_monitors
		UNION ALL SELECT id || '@' || unit_id FROM departments UNION ALL SELECT user_id || '=' || role FROM user_roles UNION ALL SELECT id FROM outbox`)
	k.must(err)
	slices.Sort(all)
	return strings.Join(all, "\n")
}
