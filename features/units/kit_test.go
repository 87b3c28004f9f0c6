package units

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
	"github.com/foyerchat/foyer/test/stage"
)

// kit is the feature on a real database, with its endpoints served and its
// neighbours' decisions played by the kit itself.
type kit struct {
	*Service
	*stage.Stage
}

const start clock.Instant = 1_790_000_000_000

var rights = stage.Rights{
	"nobody": nil, "agent": {chat.ViewLRoom}, "units": {chat.ManageLivechatUnits}, "monitors": {chat.ManageLivechatMonitors},
	"boss": {chat.ManageLivechatUnits, chat.ManageLivechatMonitors}, "other": {chat.ManageLivechatUnits, chat.ManageLivechatMonitors},
	"mona": {chat.ManageLivechatUnits, chat.ManageLivechatMonitors}, "admin": {chat.ManageLivechatUnits, chat.ManageLivechatMonitors},
}

func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	c := clock.NewFake(start)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := &kit{Stage: &stage.Stage{T: t, DB: d, Below: "/api/v1/livechat/"}}
		k.Service = New(Deps{DB: d, Departments: k, Roles: k})
		k.Serve(people{rights}, c, k.Rows())
		k.Exec(`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ('mona', 'Mona', 'mona', 'Mona Lee', 1, 1),
			('moe', 'moe', 'moe', 'Moe', 1, 1), ('plain', 'plain', 'plain', 'Plain', 1, 1), ('boss', 'boss', 'boss', 'Boss', 1, 1), ('bob', 'bob', 'bob', 'Bob', 1, 1)`)
		k.Exec(`INSERT INTO user_roles (user_id, role) VALUES ('mona', 'livechat-monitor'), ('moe', 'livechat-monitor'), ('bob', 'livechat-agent')`)
		k.Exec(`INSERT INTO user_emails (address, user_id, position, verified) VALUES ('mona@example.org', 'mona', 0, true)`)
		k.Exec(`INSERT INTO departments (id, site_id, name, email, enabled, archived, show_on_registration, show_on_offline_form, updated_at) VALUES
			('d1', 'default', 'Sales', '', true, false, true, true, 1), ('d2', 'default', 'Support', '', true, false, true, true, 1),
			('d3', 'default', 'Asleep', '', false, false, true, true, 1), ('d4', 'default', 'Archived', '', true, true, true, true, 1)`)
		k.Exec(`INSERT INTO department_agents (department_id, agent_id, position, updated_at) VALUES ('d2', 'bob', 1, 1), ('d2', 'boss', 1, 1)`)
		run(k)
	}, c)
}

// PutInUnit stands where departments are; theirs has tests of its own.
func (k *kit) PutInUnit(ctx context.Context, tx *db.Tx, unit chat.UnitID, wanted []chat.DepartmentID) (changed []chat.DepartmentID, err error) {
	of, err := db.All(ctx, tx, func(r db.Row) (p [2]string, err error) { return p, r.Scan(&p[0], &p[1]) }, `SELECT id, unit_id FROM departments ORDER BY id`)
	for _, w := range wanted {
		if !slices.ContainsFunc(of, func(p [2]string) bool { return p[0] == string(w) }) {
			return nil, fault.New(fault.Invalid, "error-invalid-department", "Invalid department")
		}
	}
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

// people are those of rights, with an administrator's role.
type people struct{ stage.Rights }

func (people) User(ctx context.Context, c rest.Credentials) (rest.Caller, error) {
	if c.UserID == "admin" {
		return stage.Caller(chat.Actor{User: "admin", Roles: []string{chat.RoleAdmin}, Permissions: rights.Actor("admin").Permissions}), nil
	}
	return rights.User(ctx, c)
}

// unit makes a unit and returns its id.
func (k *kit) unit(as, name, more string) string {
	k.T.Helper()
	a := k.Call(as, "POST", "units", `{"unitData":{"name":"`+name+`","visibility":"public"},`+more+`}`)
	if a.Status != 200 {
		k.T.Fatalf("%d %s", a.Status, a.Text)
	}
	return a.Body["_id"].(string)
}

// told are the events of a kind so far, as JSON.
func (k *kit) told(name string) string {
	k.T.Helper()
	all, err := db.All(context.Background(), k.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, `SELECT payload FROM outbox WHERE name = $1 ORDER BY at, id`, name)
	k.Must(err)
	slices.Sort(all)
	return strings.Join(all, " ")
}

// state is all that a refused call must leave as it was.
func (k *kit) state() string {
	k.T.Helper()
	all, err := db.All(context.Background(), k.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) },
		`SELECT id || name || visibility || created_by FROM units UNION ALL SELECT unit_id || ':' || monitor_id FROM unit_monitors
		UNION ALL SELECT id || '@' || unit_id FROM departments UNION ALL SELECT user_id || '=' || role FROM user_roles UNION ALL SELECT id FROM outbox`)
	k.Must(err)
	slices.Sort(all)
	return strings.Join(all, "\n")
}
