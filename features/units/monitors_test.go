package units

import (
	"context"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

func TestMonitorsAreAddedAndRemoved(t *testing.T) { // tags-units 3.1
	each(t, func(k *kit) {
		a := k.call("boss", "POST", "monitors.create", `{"username":"BOB"}`)
		if a.status != 200 || a.text != `{"_id":"bob","username":"bob","roles":["livechat-agent","livechat-monitor"],"success":true}` {
			k.t.Errorf("%d %s", a.status, a.text)
		}
		if a := k.call("boss", "POST", "monitors.create", `{"username":"bob"}`); a.status != 200 { // already one
			k.t.Errorf("%d %s", a.status, a.text)
		}
		id := k.unit("boss", "North", `"unitMonitors":[{"monitorId":"bob"},{"monitorId":"mona"}],"unitDepartments":[]`)
		for range 2 { // the second time he is none
			if a := k.call("boss", "POST", "monitors.delete", `{"username":"bob"}`); a.text != `{"success":true}` {
				k.t.Errorf("%d %s", a.status, a.text)
			}
		}
		if a := k.call("boss", "GET", "units/"+id, ""); a.body["numMonitors"] != 1.0 {
			k.t.Errorf("he left his units: %s", a.text)
		}
		before := k.state()
		for path, body := range map[string]string{"monitors.create": `{"username":"ghost"}`, "monitors.delete": `{"username":"ghost"}`} {
			if a := k.call("boss", "POST", path, body); a.status != 400 || !strings.Contains(a.text, "error-invalid-user") {
				k.t.Errorf("%s: %d %s", path, a.status, a.text)
			}
			if a := k.call("boss", "POST", path, `{}`); a.status != 400 || !strings.Contains(a.text, "must have required property 'username' [invalid-params]") {
				k.t.Errorf("%s: %d %s", path, a.status, a.text)
			}
		}
		if k.state() != before {
			k.t.Error("something changed")
		}
	})
}

func TestMonitorsAreListedAndFound(t *testing.T) { // tags-units 3.1
	each(t, func(k *kit) {
		k.exec(`INSERT INTO agents (user_id, status_livechat, status, status_connection, updated_at, max_chats) VALUES ('mona', 'available', 'busy', 'online', 1, 7)`)
		for query, want := range map[string]string{"": "moe Mona", "?text=LEE": "Mona", "?text=MONA@": "Mona", "?text=o": "moe Mona", "?text=zz": "", "?text=%25": "",
			"?count=1&offset=1": "Mona", `?sort={"username":1}`: "Mona moe", `?sort={"name":-1}`: "Mona moe"} {
			a := k.call("boss", "GET", "monitors"+query, "")
			if a.status != 200 || a.names("monitors", "username") != want {
				k.t.Errorf("%s: %d %s", query, a.status, a.text)
			}
		}
		want := `{"_id":"mona","username":"Mona","name":"Mona Lee","status":"busy","statusLivechat":"available","emails":[{"address":"mona@example.org","verified":true}],"livechat":{"maxNumberSimultaneousChat":7},"success":true}`
		if a := k.call("boss", "GET", "monitors/mona", ""); a.status != 200 || a.text != want {
			k.t.Errorf("%d %s", a.status, a.text)
		}
		for _, name := range []string{"ghost", "bob"} {
			if a := k.call("boss", "GET", "monitors/"+name, ""); a.status != 400 || !strings.Contains(a.text, "invalid-user") {
				k.t.Errorf("%s: %d %s", name, a.status, a.text)
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
		count := func() any { return k.call("boss", "GET", "units/"+id, "").body["numMonitors"] }
		k.must(k.gone(ctx, "mona"))
		k.must(k.gone(ctx, ""))
		if count() != 2.0 {
			k.t.Fatal("he still is one")
		}
		for name, sql := range gone {
			k.exec(`INSERT INTO users (id, username, username_lower, created_at, updated_at) VALUES ('mona', 'Mona', 'mona', 1, 1) ON CONFLICT (id) DO UPDATE SET active = true`)
			k.exec(`INSERT INTO user_roles (user_id, role) VALUES ('mona', 'livechat-monitor') ON CONFLICT DO NOTHING`)
			k.exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ($1, 'mona', 1) ON CONFLICT DO NOTHING`, id)
			k.exec(sql)
			for range 2 {
				k.must(k.gone(ctx, "mona"))
			}
			if count() != 1.0 {
				k.t.Errorf("%s: %v monitors", name, count())
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
			k.t.Errorf("first unit: %s", got)
		}
		k.unit("boss", "South", `"unitMonitors":[{"monitorId":"moe"}],"unitDepartments":[]`)
		k.call("boss", "POST", "units/"+first, `{"unitData":{"name":"North","visibility":"public"},"unitMonitors":[{"monitorId":"moe"}],"unitDepartments":[]}`)
		if got := k.told("permissions.changed"); got != `{"user":"moe"} {"user":"moe"} {"user":"mona"} {}` {
			k.t.Errorf("told: %s", got)
		}
		if e := (chat.UnitChanged{}).EventName(); k.told(e) != "" {
			k.t.Errorf("no department moved: %s", k.told(e))
		}
	})
}
