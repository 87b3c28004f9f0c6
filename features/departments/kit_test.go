package departments

import (
	"context"
	"encoding/json"
	"strconv"
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

// kit is the feature on a real database with its endpoints served; the counters
// and the settings are played by the kit.
type kit struct {
	*Service
	*stage.Stage
	settings *chat.Settings
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
type people struct{ stage.Rights }

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
	return stage.Caller(actor(name, chat.Permission(without))), nil
}

// each runs a test on both engines with the departments of fill.
func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		k := &kit{Stage: &stage.Stage{T: t, DB: d, Below: "/api/v1/livechat/"}, settings: chat.DefaultSettings()}
		k.Service = New(Deps{DB: d, Settings: k, Turns: k, Hours: k})
		k.Serve(people{}, clock.NewFake(1), k.Rows())
		run(k)
	})
}

// department is the department of an answer.
func departmentOf(a stage.Answer) map[string]any {
	d, _ := a.Body["department"].(map[string]any)
	return d
}

func idOf(a stage.Answer) string {
	id, _ := departmentOf(a)["_id"].(string)
	return id
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

func (k *kit) must(a stage.Answer) stage.Answer {
	k.T.Helper()
	if a.Status != 200 {
		k.T.Fatalf("%d %s", a.Status, a.Text)
	}
	return a
}

// told are the events since the last question: "department.changed d1 gone; membership.changed d1 bob inserted".
func (k *kit) told() string {
	k.T.Helper()
	all, err := db.All(context.Background(), k.DB, func(r db.Row) (string, error) {
		var name, payload string
		err := r.Scan(&name, &payload)
		return word1(name, payload), err
	}, `SELECT name, payload FROM outbox ORDER BY id`)
	if err != nil {
		k.T.Fatal(err)
	}
	k.Exec(`DELETE FROM outbox`)
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
	k.T.Helper()
	all, err := members(context.Background(), k.DB, d)
	if err != nil {
		k.T.Fatal(err)
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
	k.T.Helper()
	all, err := db.All(context.Background(), k.DB, func(r db.Row) (line string, err error) { err = r.Scan(&line); return line, err },
		`SELECT id || ' ' || name || ' ' || fallback_id || ' ' || forward_to || ' ' || unit_id || ' ' || extra FROM departments
		UNION ALL SELECT department_id || ':' || agent_id || '@' || position FROM department_agents
		UNION ALL SELECT department_id || ':' || agent_id || '=' || count FROM turns UNION ALL SELECT name FROM outbox ORDER BY 1`)
	if err != nil {
		k.T.Fatal(err)
	}
	return strings.Join(all, "\n")
}

func status(a stage.Answer) string { return strconv.Itoa(a.Status) }
