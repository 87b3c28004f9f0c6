package agents

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/limit"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
	"github.com/foyerchat/foyer/test/stage"
)

func TestAgentTurnsHisSwitch(t *testing.T) { // rest-api.md 11, lifecycle 2.3
	engines(t, func(k *kit) {
		k.agent("bob")
		k.connect("c", "bob")
		k.told()
		for _, step := range []struct{ body, status, told string }{
			{`{"status":"not-available"}`, "not-available", "bob self online not-available"},
			{`{"status":"not-available"}`, "not-available", ""},
			{`{}`, "available", "bob self online available"},
			{``, "not-available", "bob self online not-available"},
			{`{"agentId":"bob","status":"available"}`, "available", "bob self online available"},
		} {
			a := k.Call("bob", "POST", "agent.status", step.body)
			if a.Status != 200 || a.Text != `{"status":"`+step.status+`","success":true}` {
				t.Errorf("%s: %d %s", step.body, a.Status, a.Text)
			}
			k.expect(step.told)
		}
	})
}

func TestASwitchTurnedWhileOfflineIsAnnouncedToo(t *testing.T) {
	engines(t, func(k *kit) {
		k.agent("bob")
		k.Call("bob", "POST", "agent.status", `{"status":"not-available"}`)
		k.expect("bob self offline not-available")
	})
}

func TestAnothersSwitchNeedsTheRight(t *testing.T) {
	engines(t, func(k *kit) {
		k.agent("bob", "eve")
		k.user("nobody")
		k.user("manager")
		if a := k.Call("manager", "POST", "agent.status", `{"agentId":"bob","status":"not-available"}`); a.Status != 200 {
			t.Errorf("%d %s", a.Status, a.Text)
		}
		if by, err := db.One(context.Background(), k.DB, userID, `SELECT by_user FROM agent_changes`); err != nil || by != "manager" {
			t.Errorf("recorded as done by %q, %v", by, err)
		}
		k.expect("bob manager offline not-available")
		k.Exec(`UPDATE users SET active = false WHERE id = 'eve'`)
		for _, c := range []struct {
			as, body string
			status   int
			want     string
		}{
			{"bob", `{"agentId":"eve"}`, 403, "User does not have the permissions required for this action [error-unauthorized]"},
			{"bob", `{"agentId":"unknown"}`, 403, ""},
			{"nobody", `{}`, 403, ""}, {"", `{}`, 401, ""},
			{"manager", `{"agentId":"unknown"}`, 404, "Agent not found"},
			{"manager", `{"agentId":"nobody"}`, 404, "Agent not found"},
			{"manager", `{}`, 404, "Agent not found"},
			{"manager", `{"agentId":"eve"}`, 400, "error-user-deactivated"},
			{"manager", `{"agentId":"bob","status":"sleepy"}`, 400, ""},
			{"manager", `{"agentId":"bob","status":{}}`, 400, ""},
			{"manager", `{"agentId":["bob"]}`, 400, ""},
			{"manager", `{"agentId":"` + strings.Repeat("x", 100) + `"}`, 400, ""},
			{"manager", `{"agentId":"bob"`, 400, ""},
		} {
			a := k.Call(c.as, "POST", "agent.status", c.body)
			if a.Status != c.status || c.want != "" && a.Body["error"] != c.want {
				t.Errorf("%s %s: %d %s", c.as, c.body, a.Status, a.Text)
			}
		}
		k.expect("")
	})
}

func TestMakingAndUnmakingAgentsAndManagers(t *testing.T) { // rest-api.md 11, LC-DEL-7
	engines(t, func(k *kit) {
		k.user("Bob")
		for range 2 {
			a := k.Call("manager", "POST", "users/agent", `{"username":"bOb"}`)
			if a.Status != 200 || !strings.Contains(a.Text, `"_id":"Bob","username":"Bob"`) || !strings.Contains(a.Text, `"statusLivechat":"available"`) {
				t.Fatalf("%d %s", a.Status, a.Text)
			}
		}
		k.expect("Bob role offline available")
		a := k.Call("manager", "GET", "users/agent/Bob", "")
		if a.Status != 200 || !strings.Contains(a.Text, `"username":"Bob"`) || strings.Contains(a.Text, "roles") {
			t.Errorf("%d %s", a.Status, a.Text)
		}
		if a := k.Call("manager", "GET", "users/manager/Bob", ""); a.Status != 200 || a.Text != `{"user":null,"success":true}` {
			t.Errorf("%d %s", a.Status, a.Text)
		}
		if a := k.Call("manager", "POST", "users/manager", `{"username":"Bob"}`); a.Status != 200 {
			t.Errorf("%d %s", a.Status, a.Text)
		}
		k.expect("")
		if a := k.Call("manager", "DELETE", "users/agent/Bob", ""); a.Status != 200 || a.Text != `{"success":true}` {
			t.Errorf("%d %s", a.Status, a.Text)
		}
		k.expect("Bob role offline ")
		if a := k.Call("manager", "GET", "users/agent/Bob", ""); a.Text != `{"user":null,"success":true}` {
			t.Error(a.Text)
		}
	})
}

func TestBadOrForbiddenManagingChangesNothing(t *testing.T) {
	engines(t, func(k *kit) {
		k.agent("bob")
		k.user("ann")
		roles := func() int64 {
			n, err := db.One(context.Background(), k.DB, number, `SELECT count(*) FROM user_roles`)
			k.Must(err)
			return n
		}
		before := roles()
		for _, c := range []struct {
			as, method, path, body string
			status                 int
			want                   string
		}{
			{"manager", "POST", "users/king", `{"username":"ann"}`, 400, "Invalid type"},
			{"manager", "POST", "users/agent", `{}`, 400, "must have required property 'username' [invalid-params]"},
			{"manager", "POST", "users/agent", `{"username":""}`, 400, ""},
			{"manager", "POST", "users/agent", `{"username":"nobody-of-this-name"}`, 400, ""},
			{"manager", "POST", "users/agent", `{"username":{"$gt":""}}`, 400, ""},
			{"manager", "POST", "users/agent", `{"username":"` + strings.Repeat("x", 300) + `"}`, 400, ""},
			{"manager", "POST", "users/agent", `[]`, 400, ""},
			{"manager", "GET", "users/king/bob", ``, 400, "Invalid type"},
			{"manager", "GET", "users/agent/unknown", ``, 400, ""},
			{"manager", "DELETE", "users/king/bob", ``, 400, "Invalid type"},
			{"manager", "DELETE", "users/agent/unknown", ``, 400, ""},
			{"manager", "GET", "users/king", ``, 400, "Invalid type"},
			{"manager", "GET", "users/agent?count=x", ``, 400, ""},
			{"manager", "GET", "users/agent?onlyAvailable=perhaps", ``, 400, ""},
			{"manager", "GET", "users/agent?text[]=x", ``, 400, ""},
			{"manager", "GET", "users/agent?text=" + strings.Repeat("x", 300), ``, 400, ""},
			// permissions.md 7.2: a monitor makes nobody a manager or an agent
			{"monitor", "POST", "users/manager", `{"username":"ann"}`, 403, ""},
			{"monitor", "POST", "users/agent", `{"username":"ann"}`, 403, ""},
			{"monitor", "DELETE", "users/agent/bob", ``, 403, ""},
			{"monitor", "GET", "users/agent", ``, 403, ""},
			{"forwarder", "GET", "users/manager", ``, 403, ""},
			{"bob", "GET", "users/agent", ``, 403, ""},
			{"bob", "POST", "users/agent", ``, 403, ""},
			{"bob", "GET", "users/agent/bob", ``, 403, ""},
			{"bob", "DELETE", "users/agent/bob", ``, 403, ""},
			{"nobody", "GET", "agents/bob/departments", ``, 403, ""},
			{"", "GET", "users/agent", ``, 401, ""},
			{"", "POST", "users/agent", `nonsense`, 401, ""},
			{"bob", "GET", "agents/bob/departments?enabledDepartmentsOnly=x", ``, 400, ""},
		} {
			a := k.Call(c.as, c.method, c.path, c.body)
			if a.Status != c.status || c.want != "" && a.Body["error"] != c.want {
				t.Errorf("%s %s %s %s: %d %s", c.as, c.method, c.path, c.body, a.Status, a.Text)
			}
		}
		if roles() != before {
			t.Error("roles changed")
		}
		k.expect("")
	})
}

func usernames(a stage.Answer) string {
	list, _ := a.Body["users"].([]any)
	var all []string
	for _, item := range list {
		m, _ := item.(map[string]any)
		name, _ := m["username"].(string)
		all = append(all, name)
	}
	return strings.Join(all, " ")
}

func TestListOfAgents(t *testing.T) { // rest-api.md 11 and 1.7
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob", "Ann", "robot", "off_duty")
		k.user("nobody")
		k.Exec(`INSERT INTO user_roles (user_id, role) VALUES ('robot', 'bot')`)
		k.Exec(`UPDATE users SET type = 'bot' WHERE id = 'robot'`)
		k.Exec(`INSERT INTO user_emails (address, user_id, position, verified) VALUES ('bob@corp.example', 'bob', 0, true)`)
		k.Exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at) VALUES ('d1', 'default', 'Sales', true, true, true, 1)`)
		k.Exec(`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ('d1', 'bob', 1)`)
		_, err := k.Switch(ctx, rights.Actor("off_duty"), "", chat.NotAvailable)
		k.Must(err)
		k.connect("c", "bob")
		for query, want := range map[string]string{
			"":                          "Ann bob off_duty robot",
			"?onlyAvailable=true":       "Ann bob robot",
			"?showIdleAgents=false":     "bob robot",
			"?excludeId=bob":            "Ann off_duty robot",
			"?text=B":                   "bob robot",
			"?text=corp.ex":             "bob",
			"?text=_":                   "off_duty",
			"?text=%25":                 "",
			"?count=1&offset=1":         "bob",
			`?sort={"username":-1}`:     "robot off_duty bob Ann",
			`?sort={"(SELECT%201)":-1}`: "Ann bob off_duty robot",
		} {
			if a := k.Call("forwarder", "GET", "users/agent"+query, ""); a.Status != 200 || usernames(a) != want {
				t.Errorf("%s: %d %q, want %q", query, a.Status, usernames(a), want)
			}
		}
		k.Exec(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, updated_at)
			VALUES ('r', 'default', 0, '', 0, 0, true, 'v', '{}', 'api', '{}', 0)`)
		k.Exec(`INSERT INTO subscriptions (id, room_id, user_id, ts, seen, updated_at) VALUES ('s', 'r', 'bob', 0, 0, 0)`)
		k.settings.WaitingQueue, k.settings.MaxChatsPerAgent = true, 4
		a := k.Call("manager", "GET", "users/agent?text=bob&count=10", "")
		for _, part := range []string{`"status":"online"`, `"statusLivechat":"available"`, `"emails":[{"address":"bob@corp.example","verified":true}]`, `"departments":["d1"]`, `"chats":1,"mostChats":4`, `"total":1`, `"count":1`, `"offset":0`} {
			if !strings.Contains(a.Text, part) {
				t.Errorf("%s is missing in %s", part, a.Text)
			}
		}
		if strings.Contains(a.Text, "password") {
			t.Error(a.Text)
		}
	})
}

func TestDepartmentsOfAnAgent(t *testing.T) {
	engines(t, func(k *kit) {
		k.agent("bob")
		k.Exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at)
			VALUES ('d1', 'default', 'Sales', true, true, true, 1), ('d2', 'default', 'Old', false, true, true, 1)`)
		k.Exec(`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ('d1', 'bob', 1), ('d2', 'bob', 1)`)
		a := k.Call("bob", "GET", "agents/bob/departments?enabledDepartmentsOnly=true", "")
		want := `{"departments":[{"_id":"d1:bob","agentId":"bob","username":"bob","departmentId":"d1","departmentName":"Sales","departmentEnabled":true,"count":0,"order":0,"_updatedAt":"1970-01-01T00:00:00.001Z"}],"success":true}`
		if a.Text != want {
			t.Error(a.Text)
		}
		if a := k.Call("bob", "GET", "agents/bob/departments", ""); strings.Count(a.Text, "departmentName") != 2 {
			t.Error(a.Text)
		}
		if a := k.Call("bob", "GET", "agents/unknown/departments", ""); a.Status != 200 || a.Text != `{"departments":[],"success":true}` {
			t.Errorf("%d %s", a.Status, a.Text)
		}
	})
}

// guests puts two visitors and ann's open room into the database.
func (k *kit) guests() {
	for _, name := range []string{"ann", "eve", "ours"} {
		k.Exec(`INSERT INTO visitors (id, site_id, username, token, token_opens, ts, updated_at) VALUES ($1, 'default', $1, $2, $3, 1, 1)`, name, "t-"+name, name != "ours")
	}
	k.Exec(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, updated_at)
		VALUES ('r1', 'default', 1, 'Ann', 1, 1, true, 'ann', '{}', 'api', '{}', 1)`)
}

func TestVisitorLearnsWhoServesHim(t *testing.T) { // rest-api.md 11, LC-TOK-4, lifecycle 1.7
	engines(t, func(k *kit) {
		k.agent("bob")
		k.Exec(`INSERT INTO user_emails (address, user_id, position, verified) VALUES ('bob@corp.example', 'bob', 0, true)`)
		k.guests()
		ask := func(path string, status int, want string) {
			t.Helper()
			if a := k.Call("", "GET", path, ""); a.Status != status || a.Text != want && a.Body["error"] != want {
				t.Errorf("%s: %d %s, want %s", path, a.Status, a.Text, want)
			}
		}
		ask("agent.info/r1/t-ann", 400, "[invalid-agent]")
		ask("agent.next/t-ann", 200, `{"success":true}`)
		k.Exec(`UPDATE rooms SET served_by = 'bob'`)
		bob := `{"agent":{"_id":"bob","username":"bob","name":"BOB","emails":[{"address":"bob@corp.example","verified":true}],"status":"offline"},"success":true}`
		ask("agent.info/r1/t-ann", 200, bob)
		ask("agent.next/t-ann", 200, bob)
		k.Exec(`UPDATE rooms SET open = false`)
		ask("agent.info/r1/t-ann", 200, bob)
		if a := k.Call("", "GET", "agent.next/t-ann", ""); a.Status != 400 {
			t.Errorf("the next agent of nobody's: %d %s", a.Status, a.Text)
		}
		for _, path := range []string{"agent.info/r1/t-eve", "agent.info/unknown/t-ann"} {
			ask(path, 400, "[invalid-room]")
		}
		for _, path := range []string{"agent.info/r1/unknown", "agent.info/r1/t-ours", "agent.next/unknown", "agent.next/t-ours"} {
			ask(path, 400, "[invalid-token]")
		}
		for _, path := range []string{"agent.info/%00/t-ann", "agent.info/r1/%FF", "agent.next/" + strings.Repeat("x", 300), "agent.next/%00"} {
			if a := k.Call("", "GET", path, ""); a.Status != 400 {
				t.Errorf("%s: %d %s", path, a.Status, a.Text)
			}
		}
		k.settings.ShowAgentEmail = false
		ask("agent.info/r1/t-ann", 200, strings.Replace(bob, `"emails":[{"address":"bob@corp.example","verified":true}],`, "", 1))
		k.settings.ShowAgentInfo = false
		ask("agent.info/r1/t-ann", 200, `{"agent":{"hiddenInfo":true},"success":true}`)
	})
}

func TestTheNextAgentIsPreviewedWithoutATrace(t *testing.T) { // RQ-AUTO-4
	engines(t, func(k *kit) {
		k.agent("bob")
		k.guests()
		if a := k.Call("", "GET", "agent.next/t-eve", ""); a.Status != 400 || a.Body["success"] != false {
			t.Errorf("nobody to choose: %d %s", a.Status, a.Text)
		}
		k.pick = "bob"
		if a := k.Call("", "GET", "agent.next/t-eve", ""); a.Status != 200 || !strings.Contains(a.Text, `"username":"bob"`) {
			t.Errorf("%d %s", a.Status, a.Text)
		}
		if n, err := db.One(context.Background(), k.DB, number, `SELECT count(*) FROM outbox`); err != nil || n != 0 {
			t.Errorf("%d traces, %v", n, err)
		}
	})
}

// What is public and stores who was shown cannot be asked without end (RQ-AUTO-4).
func TestTheNextAgentIsNotAskedForWithoutEnd(t *testing.T) {
	engines(t, func(k *kit) {
		k.agent("bob")
		k.guests()
		k.pick = "bob"
		k.API = testkit.API(k.T, rest.Config{Auth: rights, Clock: k.clock, Log: slog.New(slog.DiscardHandler), Limits: limit.New(k.clock, true), Pace: func() int { return 30 }}, k.Rows())
		for i := range 31 {
			want := 200
			if i == 30 {
				want = 429
			}
			if a := k.Call("", "GET", "agent.next/t-eve", ""); a.Status != want {
				t.Fatalf("asked %d times: %d %s", i+1, a.Status, a.Text)
			}
		}
	})
}

func TestTheLastAssignmentIsKept(t *testing.T) {
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob")
		k.InTx(func(tx *db.Tx) error { return k.Assigned(ctx, tx, "bob", 77) })
		if n, err := db.One(ctx, k.DB, number, `SELECT last_assign_at FROM agents`); err != nil || n != 77 {
			t.Errorf("%d %v", n, err)
		}
		err := k.DB.InTx(ctx, func(tx *db.Tx) error { return k.RoleGiven(ctx, tx, "unknown") })
		if _, isFault := fault.Of(err); err == nil || isFault {
			t.Errorf("an unknown user became an agent: %v", err)
		}
	})
}
