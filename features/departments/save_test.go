package departments

import (
	"strings"
	"testing"

	"github.com/foyerchat/foyer/test/stage"
)

// all is every field with a value of its own.
const all = `"name":" Invoices ","description":"d","offlineMessageChannelName":"#office","requestTagsBeforeClosingChat":true,
	"chatClosingTags":["billing"," billing ","","late"],"fallbackForwardDepartment":"d1","departmentsAllowedToForward":["d2","nope","d1","d2"],
	"allowReceiveForwardOffline":true,"maxNumberSimultaneousChat":"4","visitorInactivityTimeoutInSeconds":900,
	"abandonedRoomsCloseCustomMessage":"bye","waitingQueueMessage":"wait"`

func TestCreateStoresEveryField(t *testing.T) { // departments.md 2 and 4
	each(t, func(k *kit) {
		a := k.must(k.Call("mary", "POST", "department", body(all, `"agents":[{"agentId":"cid","order":7},{"agentId":"bob","username":"any"}]`)))
		for _, want := range []string{`"name":"Invoices"`, `"description":"d"`, `"offlineMessageChannelName":"office"`, `"requestTagBeforeClosingChat":true`,
			`"chatClosingTags":["billing","late"]`, `"fallbackForwardDepartment":"d1"`, `"departmentsAllowedToForward":["d2","d1"]`,
			`"allowReceiveForwardOffline":true`, `"maxNumberSimultaneousChat":4,`, `"visitorInactivityTimeoutInSeconds":900,`,
			`"abandonedRoomsCloseCustomMessage":"bye"`, `"waitingQueueMessage":"wait"`, `"type":"d"`, `"numAgents":2`, `"enabled":true`, `"email":"i@example.org"`} {
			if !strings.Contains(a.Text, want) {
				t.Errorf("no %s in %s", want, a.Text)
			}
		}
		id := idOf(a)
		if got := k.told(); got != "department "+id+"; member "+id+" cid inserted; member "+id+" bob inserted" {
			t.Error(got)
		}
		again := k.must(k.Call("mary", "GET", "department/"+id, ""))
		if !strings.HasPrefix(a.Text, strings.TrimSuffix(again.Text, `,"success":true}`)) {
			t.Errorf("read back %s\nafter %s", again.Text, a.Text)
		}
	})
}

func TestWhatIsNotSet(t *testing.T) { // departments.md 2: empty text, null, absence, 0 and less
	each(t, func(k *kit) {
		id := idOf(k.must(k.Call("mary", "POST", "department", body(all, ""))))
		for _, none := range []string{
			`"maxNumberSimultaneousChat":0,"visitorInactivityTimeoutInSeconds":-5`,
			`"maxNumberSimultaneousChat":"","visitorInactivityTimeoutInSeconds":"0","departmentsAllowedToForward":"","chatClosingTags":"","fallbackForwardDepartment":""`,
			`"maxNumberSimultaneousChat":null,"departmentsAllowedToForward":null,"chatClosingTags":null,"description":null,"waitingQueueMessage":null`, ``,
		} {
			a := k.must(k.Call("mary", "PUT", "department/"+id, body(none, "")))
			for _, field := range []string{"maxNumberSimultaneousChat", "visitorInactivityTimeoutInSeconds", "departmentsAllowedToForward", "chatClosingTags", "fallbackForwardDepartment", "description"} {
				if v, ok := departmentOf(a)[field]; ok {
					t.Errorf("%s: %s is %v", none, field, v)
				}
			}
			k.must(k.Call("mary", "PUT", "department/"+id, body(all, "")))
		}
	})
}

func TestFieldsOfClients(t *testing.T) { // departments.md 2: stored if text, whole number or boolean; computed ones are not taken
	each(t, func(k *kit) {
		a := k.must(k.Call("mary", "POST", "department", body(`"color":"red","rank":3,"vip":true,"numAgents":77,"_id":"mine","archived":true,"type":"u","parentId":"u9",
			"ancestors":["u9"],"businessHourId":"h1","_updatedAt":"2020-01-01T00:00:00.000Z"`, "")))
		d := departmentOf(a)
		if d["color"] != "red" || d["rank"] != 3.0 || d["vip"] != true {
			t.Errorf("not stored: %v", d)
		}
		if d["numAgents"] != 0.0 || d["_id"] == "mine" || d["archived"] != nil || d["type"] != "d" || d["parentId"] != nil || d["businessHourId"] != nil {
			t.Errorf("taken from outside: %v", d)
		}
		d = departmentOf(k.must(k.Call("mary", "PUT", "department/"+idOf(a), body(`"color":null,"rank":4`, ""))))
		if _, kept := d["color"]; kept || d["rank"] != 4.0 || d["vip"] != true {
			t.Errorf("null takes away, what is not named stays: %v", d)
		}
		if d := k.Call("bob", "GET", "department?text=invoices", ""); !strings.Contains(d.Text, `"vip":true`) {
			t.Error(d.Text)
		}
		for _, bad := range []string{`"x":{"$gt":1}`, `"x":[1]`, `"x":1.5`, `"x":1e300`, `"":"y"`, `"x":"` + strings.Repeat("y", 5001) + `"`} {
			if a := k.Call("mary", "POST", "department", body(bad, "")); a.Status != 400 || !strings.Contains(a.Text, "invalid-params") {
				t.Errorf("%.30s: %d %s", bad, a.Status, a.Text)
			}
		}
	})
}

func TestWhatASaveRefuses(t *testing.T) { // departments.md 2, rest-api.md 12
	each(t, func(k *kit) {
		before := k.everything()
		for more, want := range map[string]string{
			`"name":"  "`: "error-invalid-name", `"email":""`: "error-invalid-email", `"email":"x"`: "error-invalid-email", `"email":"a@b.c, nope"`: "error-invalid-email",
			`"email":"<script>@x"`:                                       "error-invalid-email",
			`"requestTagBeforeClosingChat":true`:                         "error-validating-department-chat-closing-tags",
			`"requestTagBeforeClosingChat":true,"chatClosingTags":[" "]`: "error-validating-department-chat-closing-tags",
			`"requestTagBeforeClosingChat":true,"chatClosingTags":"x"`:   "must be array [invalid-params]",
			`"fallbackForwardDepartment":"nope"`:                         "error-fallback-department-not-found",
			`"departmentsAllowedToForward":"d1"`:                         "must be array [invalid-params]",
			`"maxNumberSimultaneousChat":"many"`:                         "must be number [invalid-params]",
			`"maxNumberSimultaneousChat":2.5`:                            "must be integer [invalid-params]",
			`"visitorInactivityTimeoutInSeconds":9e15`:                   "must be <= 31536000 [invalid-params]",
			`"enabled":"perhaps"`:                                        "must be boolean [invalid-params]",
			`"enabled":null`:                                             "must be boolean [invalid-params]",
			`"description":{}`:                                           "must be string [invalid-params]",
			`"name":"a\u0000b"`:                                          "error-invalid-json",
			`"description":"` + strings.Repeat("x", 5001) + `"`:          "must NOT have more than 5000 characters",
		} {
			for _, to := range []string{"POST department", "PUT department/d2"} {
				method, path, _ := strings.Cut(to, " ")
				if a := k.Call("mary", method, path, body(more, "")); a.Status != 400 || !strings.Contains(a.Text, want) {
					t.Errorf("%s %.60s: %d %s, want %s", to, more, a.Status, a.Text, want)
				}
			}
		}
		for text, want := range map[string]string{
			`{}`: "must have required property 'department' [invalid-params]", `{"department":{}}`: "must have required property 'enabled' [invalid-params]",
			`{"department":{"enabled":true,"showOnRegistration":true,"email":"a@b","showOnOfflineForm":true}}`: "must have required property 'name' [invalid-params]",
			`{"department":[]}`: "must be object", `[]`: "must be object", `{`: "error-invalid-json",
		} {
			if a := k.Call("mary", "POST", "department", text); a.Status != 400 || !strings.Contains(a.Text, want) {
				t.Errorf("%s: %s", text, a.Text)
			}
		}
		for beside, want := range map[string]string{
			`"agents":[{"agentId":"ghost"}]`: "error-invalid-user", `"agents":[{"agentId":"plain"}]`: "error-user-is-not-agent",
			`"departmentUnit":{"_id":"nope"}`: "error-unit-not-found",
		} {
			for _, to := range []string{"POST department", "PUT department/d2"} {
				method, path, _ := strings.Cut(to, " ")
				if a := k.Call("mary", method, path, body("", beside)); a.Status != 400 || a.Body["errorType"] != want {
					t.Errorf("%s %s: %d %s", to, beside, a.Status, a.Text)
				}
			}
		}
		if a := k.Call("mary", "PUT", "department/nope", body("", "")); a.Status != 400 || a.Body["errorType"] != "error-department-not-found" {
			t.Error(a.Text)
		}
		if after := k.everything(); after != before {
			t.Errorf("a refusal changed\n%s\nto\n%s", before, after)
		}
	})
}

func TestAddresses(t *testing.T) { // departments.md 2: one or several with commas; rest-api.md 12: bla@bla
	each(t, func(k *kit) {
		for email, want := range map[string]string{"bla@bla": "bla@bla", " a@b.c ,d@e.f": "a@b.c, d@e.f"} {
			if a := k.must(k.Call("mary", "POST", "department", body(`"email":"`+email+`"`, ""))); departmentOf(a)["email"] != want {
				t.Error(a.Text)
			}
		}
	})
}

func TestFallbacksMakeNoCircle(t *testing.T) { // departments.md 2 and 8.1: of any length
	each(t, func(k *kit) {
		to := func(d, fallback string) stage.Answer {
			return k.Call("mary", "PUT", "department/"+d, body(`"enabled":false,"fallbackForwardDepartment":"`+fallback+`"`, ""))
		}
		if a := to("d1", "d1"); a.Body["errorType"] != "error-fallback-department-circular" {
			t.Error(a.Text)
		}
		k.must(to("d1", "d2"))
		k.must(to("d2", "d3"))
		k.must(to("d3", "d4"))
		for _, d := range []string{"d1", "d2", "d3"} {
			if a := to("d4", d); a.Status != 400 || a.Body["errorType"] != "error-fallback-department-circular" {
				t.Errorf("d4 to %s: %s", d, a.Text)
			}
		}
		k.must(to("d2", ""))
		k.must(to("d4", "d2"))
	})
}

func TestTwoSavesAtOnceMakeNoCircle(t *testing.T) { // departments.md 8.1
	each(t, func(k *kit) {
		for range 5 {
			done := make(chan int, 2)
			for d, fallback := range map[string]string{"d1": "d2", "d2": "d1"} {
				go func() {
					done <- k.Call("mary", "PUT", "department/"+d, body(`"fallbackForwardDepartment":"`+fallback+`"`, "")).Status
				}()
			}
			if a, b := <-done, <-done; a+b != 600 {
				t.Errorf("one of them is refused: %d %d", a, b)
			}
			for _, d := range []string{"d1", "d2"} {
				k.must(k.Call("mary", "PUT", "department/"+d, body("", "")))
			}
		}
	})
}

func TestNamesMayRepeatWithAWarning(t *testing.T) { // departments.md 2
	each(t, func(k *kit) {
		a := k.must(k.Call("mary", "POST", "department", body(`"name":"SALES"`, "")))
		if !strings.Contains(a.Text, `"warnings":["department-name-in-use"]`) {
			t.Error(a.Text)
		}
		if a = k.must(k.Call("mary", "PUT", "department/"+idOf(a), body(`"name":"Sales 2"`, ""))); strings.Contains(a.Text, "warnings") {
			t.Error(a.Text)
		}
	})
}

func TestAgentsOfAnUpdate(t *testing.T) { // departments.md 3, 4, 8.2
	each(t, func(k *kit) {
		k.Exec(`INSERT INTO turns (department_id, agent_id, count) VALUES ('d1', 'bob', 5), ('d1', 'ann', 3)`)
		put := func(as, agents string) stage.Answer {
			return k.Call(as, "PUT", "department/d1", body("", `"agents":`+agents))
		}
		k.must(put("mary", `[{"agentId":"bob"}]`))
		if got := k.links("d1"); got != "ann[3,1] bob[5,2]" {
			t.Errorf("saved again without count and order, nobody removed: %s", got)
		}
		if got := k.told(); got != "department d1" {
			t.Error(got)
		}
		a := k.must(put("mary", `[{"agentId":"cid","order":"9","count":""},{"agentId":"bob","count":"-2","order":-1}]`))
		if got := k.links("d1"); got != "bob[-2,-1] ann[3,1] cid[3,9]" || len(names(a, "agents", "agentId")) != 3 {
			t.Errorf("a newcomer starts with the smallest (RQ-AUTO-3): %s %s", got, a.Text)
		}
		if got := k.told(); got != "department d1; member d1 cid inserted; member d1 bob updated" {
			t.Error(got)
		}
		before := k.everything()
		for agents, want := range map[string]string{
			`[{"agentId":"ghost"}]`: "There is no user ghost [error-invalid-user]", `[{"agentId":"ann"},{"agentId":"plain"}]`: "error-user-is-not-agent",
			`{}`: "must be array", `[{}]`: "must have required property 'agentId'", `[{"agentId":"bob","count":1.5}]`: "must be integer",
			`[{"agentId":"bob","order":"first"}]`: "must be number", `[{"agentId":""}]`: "must NOT have fewer",
		} {
			a := k.Call("mary", "PUT", "department/d1", body(`"name":"Changed"`, `"agents":`+agents))
			if a.Status != 400 || !strings.Contains(a.Text, want) {
				t.Errorf("%s: %s", agents, a.Text)
			}
		}
		if after := k.everything(); after != before { // 8.10: one transaction
			t.Errorf("a refusal changed\n%s\nto\n%s", before, after)
		}
		k.must(k.Call("mary-add-livechat-department-agents", "PUT", "department/d1", body(`"name":"S"`, `"agents":[{"agentId":"bob","order":5}]`)))
		if got := k.links("d1"); got != "bob[-2,-1] ann[3,1] cid[3,9]" {
			t.Errorf("without the permission that part is ignored: %s", got)
		}
	})
}

func TestPostAgents(t *testing.T) { // departments.md 4, rest-api.md 12
	each(t, func(k *kit) {
		k.Exec(`INSERT INTO turns (department_id, agent_id, count) VALUES ('d1', 'bob', 5), ('d1', 'ann', 3)`)
		post := func(text string) stage.Answer { return k.Call("mary", "POST", "department/d1/agents", text) }
		if a := k.must(post(`{"upsert":[],"remove":[]}`)); a.Text != `{"success":true}` {
			t.Error(a.Text)
		}
		k.told()
		k.must(post(`{"upsert":[{"agentId":"bob","username":"Bob","order":4},{"agentId":"cid","username":"wrong","count":8,"_id":"x"}],"remove":[{"agentId":"ann"},{"agentId":"bob","username":"Bob"},{"agentId":"ghost"}]}`))
		if got := k.links("d1"); got != "cid[8,0] bob[0,4]" {
			t.Errorf("removal first, then upsert: %s", got)
		}
		if got := k.told(); got != "member d1 ann removed; member d1 bob removed; member d1 bob inserted; member d1 cid inserted; department d1" {
			t.Error(got)
		}
		before := k.everything()
		for text, want := range map[string]string{
			`{}`: "Match error: Missing key 'upsert'", `{"upsert":[]}`: "Match error: Missing key 'remove'",
			`{"upsert":[{}],"remove":[]}`:                                                  "Match error: Missing key 'agentId' in field upsert[0]",
			`{"upsert":[{"agentId":"bob"}],"remove":[]}`:                                   "Match error: Missing key 'username' in field upsert[0]",
			`{"upsert":[{"agentId":"bob","username":"b","count":"1"}],"remove":[]}`:        "Match error: Expected number, got string in field upsert[0].count",
			`{"upsert":[],"remove":[{}]}`:                                                  "Match error: Missing key 'agentId' in field remove[0]",
			`{"upsert":[{"agentId":"ghost","username":"b"}],"remove":[{"agentId":"bob"}]}`: "error-invalid-user",
			`{"upsert":[{"agentId":"plain","username":"b"}],"remove":[]}`:                  "error-user-is-not-agent",
		} {
			if a := post(text); a.Status != 400 || !strings.Contains(a.Text, want) {
				t.Errorf("%s: %s", text, a.Text)
			}
		}
		a := k.Call("mary", "POST", "department/nope/agents", `{"upsert":[],"remove":[]}`)
		if a.Status != 400 || a.Body["error"] != "Department not found [error-department-not-found]" {
			t.Error(a.Text)
		}
		if after := k.everything(); after != before {
			t.Errorf("a refusal changed\n%s\nto\n%s", before, after)
		}
	})
}
