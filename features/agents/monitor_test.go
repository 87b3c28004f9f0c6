package agents

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// A monitor lists the agents who work in a department of his units.
func TestAMonitorListsTheAgentsOfHisUnits(t *testing.T) { // tags-units 3.2
	engines(t, func(k *kit) {
		k.agent("bob", "eve", "ann")
		k.user("mona")
		k.Exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at, unit_id) VALUES
			('d1', 'default', 'Sales', true, true, true, 1, ''), ('d2', 'default', 'Off', false, true, true, 1, '')`)
		k.Exec(`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ('d1', 'bob', 1), ('d2', 'eve', 1)`)
		list := func(roles ...string) string {
			a := rights.Actor("manager")
			a.User, a.Roles = "mona", roles
			found, err := k.getUsers(rest.With(context.Background(), rest.Caller{Identity: a}, rest.Meta{}), getUsers{Type: "agent", ShowIdleAgents: true})
			k.Must(err)
			names := ""
			for _, u := range found.Users {
				names += " " + u.Username
			}
			if int(found.Total) != len(found.Users) {
				t.Errorf("%d of %d", len(found.Users), found.Total)
			}
			return names
		}
		const all = " ann bob eve"
		if got := list(chat.RoleMonitor); got != all {
			t.Errorf("no unit exists: %s", got)
		}
		k.Exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ('u', 'U', 'u', 'public', 1)`)
		if got := list(chat.RoleMonitor); got != "" {
			t.Errorf("in no unit: %s", got)
		}
		k.Exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('u', 'mona', 1)`)
		k.Exec(`UPDATE departments SET unit_id = 'u' WHERE id = 'd1'`)
		if got := list(chat.RoleMonitor); got != " bob" {
			t.Errorf("in one: %s", got)
		}
		for agent, want := range map[string]string{"bob": "bob 1 departments", "eve": "nobody 0 departments", "ann": "nobody 0 departments"} {
			if got := k.shown(agent, chat.RoleMonitor); got != want {
				t.Errorf("%s alone: %s", agent, got)
			}
			if got := k.shown(agent, chat.RoleMonitor, chat.RoleManager); !strings.HasPrefix(got, agent) {
				t.Errorf("%s to a manager too: %s", agent, got)
			}
		}
		k.Exec(`UPDATE departments SET unit_id = 'u'`)
		if got := list(chat.RoleMonitor); got != " bob eve" {
			t.Errorf("disabled departments count: %s", got)
		}
		for _, role := range []string{chat.RoleManager, chat.RoleAdmin} {
			if got := list(chat.RoleMonitor, role); got != all {
				t.Errorf("also %s: %s", role, got)
			}
		}
	})
}

// shown is what the look-ups of one agent tell somebody with these roles.
func (k *kit) shown(agent string, roles ...string) string {
	k.T.Helper()
	a := rights.Actor("manager")
	a.User, a.Roles = "mona", roles
	ctx := rest.With(context.Background(), rest.Caller{Identity: a}, rest.Meta{})
	found, err := k.getUser(ctx, oneUser{Type: "agent", ID: chat.UserID(agent)})
	name := "nobody"
	if err == nil && found.User != nil {
		name = found.User.Username
	}
	_, standing := k.Standing(ctx, a, chat.AgentID(agent))
	_, _, history := k.Changes(ctx, a, chat.AgentID(agent), 0, 10)
	if (standing == nil) != (err == nil) || (history == nil) != (err == nil) {
		k.T.Errorf("%s: found %v, standing %v, history %v", agent, err, standing, history)
	}
	in, err := k.getDepartments(ctx, getDepartments{AgentID: chat.AgentID(agent)})
	k.Must(err)
	return fmt.Sprintf("%s %d departments", name, len(in.Departments))
}
