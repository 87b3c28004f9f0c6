package units

import (
	"context"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

func TestMonitorsAreAddedAndRemoved(t *testing.T) { // tags-units 3.1
	each(t, func(k *kit) {
		a := k.Call("boss", "POST", "monitors.create", `{"username":"BOB"}`)
		if a.Status != 200 || a.Text != `{"_id":"bob","username":"bob","roles":["livechat-agent","livechat-monitor"],"success":true}` {
			k.T.Errorf("%d %s", a.Status, a.Text)
		}
		if a := k.Call("boss", "POST", "monitors.create", `{"username":"bob"}`); a.Status != 200 { // already one
			k.T.Errorf("%d %s", a.Status, a.Text)
		}
		id := k.unit("boss", "North", `"unitMonitors":[{"monitorId":"bob"},{"monitorId":"mona"}],"unitDepartments":[]`)
		for range 2 { // the second time he is none
			if a := k.Call("boss", "POST", "monitors.delete", `{"username":"bob"}`); a.Text != `{"success":true}` {
				k.T.Errorf("%d %s", a.Status, a.Text)
			}
		}
		if a := k.Call("boss", "GET", "units/"+id, ""); a.Body["numMonitors"] != 1.0 {
			k.T.Errorf("he left his units: %s", a.Text)
		}
		before := k.state()
		for path, body := range map[string]string{"monitors.create": `{"username":"ghost"}`, "monitors.delete": `{"username":"ghost"}`} {
			if a := k.Call("boss", "POST", path, body); a.Status != 400 || !strings.Contains(a.Text, "error-invalid-user") {
				k.T.Errorf("%s: %d %s", path, a.Status, a.Text)
			}
			if a := k.Call("boss", "POST", path, `{}`); a.Status != 400 || !strings.Contains(a.Text, "must have required property 'username' [invalid-params]") {
				k.T.Errorf("%s: %d %s", path, a.Status, a.Text)
			}
		}
		if k.state() != before {
			k.T.Error("something changed")
		}
	})
}

func TestMonitorsAreListedAndFound(t *testing.T) { // tags-units 3.1
	each(t, func(k *kit) {
		k.Exec(`INSERT INTO agents (user_id, status_livechat, status, status_connection, updated_at, max_chats) VALUES ('mona', 'available', 'busy', 'online', 1, 7)`)
		for query, want := range map[string]string{"": "moe Mona", "?text=LEE": "Mona", "?text=MONA@": "Mona", "?text=o": "moe Mona", "?text=zz": "", "?text=%25": "",
			"?count=1&offset=1": "Mona", `?sort={"username":1}`: "Mona moe", `?sort={"name":-1}`: "Mona moe"} {
			a := k.Call("boss", "GET", "monitors"+query, "")
			if a.Status != 200 || a.Names("monitors", "username") != want {
				k.T.Errorf("%s: %d %s", query, a.Status, a.Text)
			}
		}
		want := `{"_id":"mona","username":"Mona","name":"Mona Lee","status":"busy","statusLivechat":"available","emails":[{"address":"mona@example.org","verified":true}],"livechat":{"maxNumberSimultaneousChat":7},"success":true}`
		if a := k.Call("boss", "GET", "monitors/mona", ""); a.Status != 200 || a.Text != want {
			k.T.Errorf("%d %s", a.Status, a.Text)
		}
		for _, name := range []string{"ghost", "bob"} {
			if a := k.Call("boss", "GET", "monitors/"+name, ""); a.Status != 400 || !strings.Contains(a.Text, "invalid-user") {
				k.T.Errorf("%s: %d %s", name, a.Status, a.Text)
			}
		}
	})
}

// Who is deactivated, deleted or loses the role otherwise leaves his units.
func TestWhoIsNoMonitorLeavesHisUnits(t *testing.T) { // tags-units 3.1
	gone := map[string]string{"deactivated": `UPDATE users SET active = false WHERE id = 'mona'`, "role taken": `DELETE FROM user_roles WHERE user_id = 'mona'`,
		"deleted": `DELETE FROM users WHERE id = 'mona'`}
	each(t, func(k *kit) {
		id := k.unit("boss", "North", `"unitMonitors":[{"monitorId":"mona"},{"monitorId":"moe"}],"unitDepartments":[]`)
		ctx := context.Background()
		count := func() any { return k.Call("boss", "GET", "units/"+id, "").Body["numMonitors"] }
		k.Must(k.gone(ctx, "mona"))
		k.Must(k.gone(ctx, ""))
		if count() != 2.0 {
			k.T.Fatal("he still is one")
		}
		for name, sql := range gone {
			k.Exec(`INSERT INTO users (id, username, username_lower, created_at, updated_at) VALUES ('mona', 'Mona', 'mona', 1, 1) ON CONFLICT (id) DO UPDATE SET active = true`)
			k.Exec(`INSERT INTO user_roles (user_id, role) VALUES ('mona', 'livechat-monitor') ON CONFLICT DO NOTHING`)
			k.Exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ($1, 'mona', 1) ON CONFLICT DO NOTHING`, id)
			k.Exec(sql)
			for range 2 {
				k.Must(k.gone(ctx, "mona"))
			}
			if count() != 1.0 {
				k.T.Errorf("%s: %v monitors", name, count())
			}
		}
	})
}

// A monitor's sockets are looked at again when his sight changes; the first and
// the last unit change everybody's.
func TestMonitorsHearThatTheirSightChanged(t *testing.T) { // tags-units 3.2, 7.3
	each(t, func(k *kit) {
		first := k.unit("boss", "North", `"unitMonitors":[{"monitorId":"mona"}],"unitDepartments":[]`)
		if got := k.told("permissions.changed"); got != `{}` {
			k.T.Errorf("first unit: %s", got)
		}
		k.unit("boss", "South", `"unitMonitors":[{"monitorId":"moe"}],"unitDepartments":[]`)
		k.Call("boss", "POST", "units/"+first, `{"unitData":{"name":"North","visibility":"public"},"unitMonitors":[{"monitorId":"moe"}],"unitDepartments":[]}`)
		if got := k.told("permissions.changed"); got != `{"user":"moe"} {"user":"moe"} {"user":"mona"} {}` {
			k.T.Errorf("told: %s", got)
		}
		if e := (chat.UnitChanged{}).EventName(); k.told(e) != "" {
			k.T.Errorf("no department moved: %s", k.told(e))
		}
	})
}
