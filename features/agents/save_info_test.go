package agents

import (
	"strings"
	"testing"
)

func TestSaveInfo(t *testing.T) { // departments.md 4, rest-api.md 11
	engines(t, func(k *kit) {
		k.agent("bob", "eve")
		k.user("plain")
		k.Exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at) VALUES
			('d1', 'default', 'Sales', true, true, true, 1), ('d2', 'default', 'Support', true, true, true, 1)`)
		k.connect("c", "bob")
		k.told()
		of := func() string {
			k.T.Helper()
			a := k.Call("manager", "GET", "agents/bob/departments", "")
			var all []string
			list, _ := a.Body["departments"].([]any)
			for _, d := range list {
				all = append(all, d.(map[string]any)["departmentId"].(string))
			}
			a = k.Call("manager", "GET", "users/agent/bob", "")
			i := strings.Index(a.Text, `"livechat":`)
			if i < 0 {
				return strings.Join(all, " ")
			}
			return strings.Join(all, " ") + " " + a.Text[i:i+len(`"livechat":{"maxNumberSimultaneousChat":3}`)]
		}
		for _, step := range []struct{ body, then string }{
			{`{"agentId":"bob","agentData":{"maxNumberSimultaneousChat":"3"},"agentDepartments":["d1","d2"]}`, `d1 d2 "livechat":{"maxNumberSimultaneousChat":3}`},
			{`{"agentId":"bob","agentData":{"maxNumberSimultaneousChat":3,"name":"x"},"agentDepartments":["d2"]}`, `d2 "livechat":{"maxNumberSimultaneousChat":3}`},
			{`{"agentId":"bob","agentData":{"maxNumberSimultaneousChat":""},"agentDepartments":[]}`, ``},
			{`{"agentId":"bob","agentData":{"maxNumberSimultaneousChat":5},"agentDepartments":[]}`, ` "livechat":{"maxNumberSimultaneousChat":5}`},
			{`{"agentId":"bob","agentData":{"maxNumberSimultaneousChat":-1},"agentDepartments":[]}`, ``},
		} {
			if a := k.Call("manager", "POST", "agents.saveInfo", step.body); a.Status != 200 || a.Text != `{"success":true}` {
				t.Errorf("%s: %d %s", step.body, a.Status, a.Text)
			}
			if got := of(); got != step.then {
				t.Errorf("%s: %s, want %s", step.body, got, step.then)
			}
		}
		for body, want := range map[string]string{
			`{}`: "must have required property 'agentId'", `{"agentId":"bob","agentData":{}}`: "must have required property 'agentDepartments'",
			`{"agentId":"bob","agentDepartments":[]}`:                                                        "must have required property 'agentData'",
			`{"agentId":"bob","agentData":[],"agentDepartments":[]}`:                                         "must be object",
			`{"agentId":"bob","agentData":{},"agentDepartments":"d1"}`:                                       "must be array",
			`{"agentId":"bob","agentData":{"maxNumberSimultaneousChat":"many"},"agentDepartments":[]}`:       "must be number",
			`{"agentId":"ghost","agentData":{},"agentDepartments":[]}`:                                       "error-invalid-user",
			`{"agentId":"plain","agentData":{},"agentDepartments":[]}`:                                       "error-user-is-not-agent",
			`{"agentId":"bob","agentData":{"maxNumberSimultaneousChat":7},"agentDepartments":["d1","nope"]}`: "error-invalid-department",
		} {
			if a := k.Call("manager", "POST", "agents.saveInfo", body); a.Status != 400 || !strings.Contains(a.Text, want) {
				t.Errorf("%s: %d %s", body, a.Status, a.Text)
			}
		}
		if got := of(); got != "" {
			t.Errorf("a refusal changed %s", got)
		}
		for as, want := range map[string]int{"": 401, "nobody": 403, "bob": 403, "monitor": 403} {
			if a := k.Call(as, "POST", "agents.saveInfo", `{}`); a.Status != want {
				t.Errorf("%q: %d", as, a.Status)
			}
		}
	})
}

func TestAnotherLimitIsAnnouncedIfItMatters(t *testing.T) { // RQ-CAP: who may take more can be given a waiting chat
	engines(t, func(k *kit) {
		k.agent("bob", "eve")
		k.connect("c", "bob")
		k.told()
		k.Exec(`UPDATE agents SET ready = true WHERE user_id = 'bob'`)
		for _, id := range []string{"bob", "bob", "eve"} {
			k.Call("manager", "POST", "agents.saveInfo", `{"agentId":"`+id+`","agentData":{"maxNumberSimultaneousChat":4},"agentDepartments":[]}`)
		}
		if n, err := number(k.DB.QueryRow(t.Context(), `SELECT count(*) FROM outbox WHERE name = 'agent.changed'`)); err != nil || n != 1 {
			t.Errorf("%d announcements, %v", n, err)
		}
	})
}
