package app

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/testkit"
)

// Every procedure older clients call, against a whole server (rest-api.md 24).
func TestCallsReachTheSameRules(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			r := begin(t, withAdmin(config(t, engine)))
			c := r.as("boss", "boss-pw")
			c.people()
			c.records()
			c.messages()
			c.conversation()
		})
	}
}

type caller struct {
	*running
	t       *testing.T
	headers []string
}

// as signs somebody in.
func (r *running) as(username, password string) *caller {
	r.t.Helper()
	who, err := r.SignIn(r.t.Context(), username, password)
	if err != nil {
		r.t.Fatal(err)
	}
	return &caller{t: r.t, running: r, headers: []string{"X-Auth-Token", who.Token, "X-User-Id", string(who.User)}}
}

// ask carries out a call and returns the text of its result, or of its error.
func (c *caller) ask(endpoint, method, params string) string {
	c.t.Helper()
	inner := fmt.Sprintf(`{"msg":"method","id":"1","method":%q,"params":%s}`, method, params)
	body, err := json.Marshal(map[string]string{"message": inner})
	if err != nil {
		c.t.Fatal(err)
	}
	a := c.do("POST", "/api/v1/"+endpoint+"/"+strings.ReplaceAll(method, ":", "%3A"), string(body), c.headers...)
	var out struct{ Message string }
	var result struct{ Result, Error json.RawMessage }
	if a.status != 200 || json.Unmarshal([]byte(a.body), &out) != nil || json.Unmarshal([]byte(out.Message), &result) != nil {
		c.t.Fatalf("%s %s: %d %s", method, params, a.status, a.body)
	}
	if result.Error != nil {
		return "error " + string(result.Error)
	}
	return string(result.Result)
}

func (c *caller) expect(method, params, want string) string {
	c.t.Helper()
	endpoint := "method.call"
	if strings.HasPrefix(method, "anon ") {
		endpoint, method = "method.callAnon", strings.TrimPrefix(method, "anon ")
	}
	got := c.ask(endpoint, method, params)
	if !strings.Contains(got, want) {
		c.t.Errorf("%s %s\n got %s\nwant %s", method, params, got, want)
	}
	return got
}

// id is the _id of a result.
func (c *caller) id(result string) string {
	c.t.Helper()
	var r struct {
		ID string `json:"_id"`
	}
	if err := json.Unmarshal([]byte(result), &r); err != nil || r.ID == "" {
		c.t.Fatalf("no _id in %s", result)
	}
	return r.ID
}

func (c *caller) rest(method, path, body string) string {
	c.t.Helper()
	a := c.do(method, "/api/v1/"+path, body, c.headers...)
	if a.status != 200 {
		c.t.Fatalf("%s %s: %d %s", method, path, a.status, a.body)
	}
	return a.body
}

func (c *caller) refused(status int, method, path, body, part string) {
	c.t.Helper()
	if a := c.do(method, "/api/v1/"+path, body, c.headers...); a.status != status || !strings.Contains(a.body, part) {
		c.t.Errorf("%s %s %s: %d %s, want %d %s", method, path, body, a.status, a.body, status, part)
	}
}

func (c *caller) people() {
	for _, name := range []string{"mona", "bob"} {
		c.rest("POST", "users.create", fmt.Sprintf(`{"username":%q,"name":%q,"email":"%s@example.com","password":"pw-of-%s"}`, name, name, name, name))
	}
	c.expect("livechat:addMonitor", `["mona"]`, `"username":"mona"`)
	c.expect("livechat:addMonitor", `["mona"]`, `"username":"mona"`)
	c.expect("livechat:addMonitor", `["ghost"]`, `"error":"error-invalid-user"`)
	c.expect("livechat:addMonitor", `[""]`, `"error":"error-invalid-user"`)
	c.expect("livechat:removeMonitor", `["mona"]`, `true`)
	c.expect("livechat:removeMonitor", `["mona"]`, `true`)
	c.rest("POST", "livechat/users/agent", `{"username":"bob"}`)
	c.rest("POST", "livechat/users/agent", `{"username":"boss"}`)
	c.expect("livechat:changeLivechatStatus", `[{"status":"available"}]`, `true`)
	c.expect("livechat:changeLivechatStatus", `[{"status":"upside-down"}]`, `"reason":"Invalid Status"`)
	c.expect("livechat:changeLivechatStatus", `[{"status":"available","agentId":"ghost"}]`, `"reason":"Invalid Agent Id"`)
}

func (c *caller) records() {
	tag := c.id(c.expect("livechat:saveTag", `[null,{"name":"vip","description":"d"},[]]`, `"name":"vip"`))
	c.expect("livechat:saveTag", fmt.Sprintf(`[%q,{"name":"gold","description":"d"},[]]`, tag), `"name":"gold"`)
	c.expect("livechat:removeTag", fmt.Sprintf(`[%q]`, tag), `true`)

	const data = `{"enabled":true,"name":"Sales","showOnRegistration":true,"showOnOfflineForm":true,"email":"sales@example.com"}`
	department := c.id(c.expect("livechat:saveDepartment", `["",`+data+`,[]]`, `"_updatedAt":{"$date":`))
	c.expect("livechat:saveDepartment", fmt.Sprintf(`[%q,%s,[],null]`, department, strings.Replace(data, "Sales", "Sale", 1)), `"name":"Sale"`)
	c.expect("livechat:saveDepartment", `["",`+data+`,[],{"_id":true}]`, `"error":"error-invalid-department-unit"`)
	c.expect("livechat:saveDepartment", fmt.Sprintf(`[%q,%s,[],{"_id":true}]`, department, data), `"error":"error-invalid-department-unit"`)

	unit := c.id(c.expect("livechat:saveUnit", fmt.Sprintf(`[null,{"name":"North","visibility":"public"},[],[{"departmentId":%q}]]`, department), `"numDepartments":1`))
	c.expect("livechat:saveUnit", fmt.Sprintf(`[%q,{"name":"South","visibility":"public"},[],[]]`, unit), `"name":"South"`)
	c.expect("livechat:removeUnit", fmt.Sprintf(`[%q]`, unit), `true`)

	const hour = `[{"name":"Nights","active":true,"type":"custom","timezoneName":"Asia/Kolkata","ts":{"$date":1},"workHours":[{"day":"Sunday","start":"%s","finish":"23:59","open":true}],"departmentsToApplyBusinessHour":%q}]`
	c.expect("livechat:saveBusinessHour", fmt.Sprintf(hour, "00:00", department), `true`)
	c.expect("livechat:saveBusinessHour", fmt.Sprintf(hour, "23:59", department), `error`)
	c.expect("livechat:saveBusinessHour", fmt.Sprintf(hour, "8:00", department), `error`)
	var hours struct {
		BusinessHours []struct {
			ID, Name string
		}
	}
	all := c.rest("GET", "livechat/business-hours", "")
	if err := json.Unmarshal([]byte(strings.ReplaceAll(all, `"_id"`, `"ID"`)), &hours); err != nil {
		c.t.Fatal(err)
	}
	for _, h := range hours.BusinessHours {
		if h.Name == "Nights" {
			c.expect("livechat:removeBusinessHour", fmt.Sprintf(`[%q,"custom"]`, h.ID), `true`)
		}
	}
	if again := c.rest("GET", "livechat/business-hours", ""); !strings.Contains(all, "Nights") || strings.Contains(again, "Nights") {
		c.t.Errorf("business hours: %s then %s", all, again)
	}
}

func (c *caller) messages() {
	const trigger = `[{"_id":"t-1","name":"Hi","description":"","enabled":true,"runOnce":false,"conditions":[{"name":"time-on-site","value":"5"}],"actions":[{"name":"send-message","params":{"sender":"queue","msg":"hi","name":""}}]}]`
	c.expect("livechat:saveTrigger", trigger, `true`)
	if all := c.rest("GET", "livechat/triggers", ""); !strings.Contains(all, `"_id":"t-1"`) {
		c.t.Errorf("no trigger: %s", all)
	}
	c.expect("livechat:saveTrigger", `[]`, `"errorType":"Match.Error"`)
	c.expect("anon livechat:saveTrigger", trigger, `error-not-allowed`)
	c.expect("livechat:removeTrigger", `["t-1"]`, `true`)
	if all := c.rest("GET", "livechat/triggers", ""); strings.Contains(all, `"_id":"t-1"`) {
		c.t.Errorf("still a trigger: %s", all)
	}
	c.rest("POST", "settings/Livechat_validate_offline_email", `{"value":false}`)
	c.rest("POST", "settings/Livechat_offline_email", `{"value":"desk@example.com"}`)
	const left = `[{"name":"Ann","email":"%s","message":"call me back"}]`
	c.expect("anon livechat:sendOfflineMessage", fmt.Sprintf(left, "nobody"), `"error":"error-invalid-email-address"`)
	c.expect("anon livechat:sendOfflineMessage", fmt.Sprintf(left, "ann@example.com"), `true`)
	if all := c.rest("GET", "foyer/offline.messages", ""); !strings.Contains(all, "call me back") {
		c.t.Errorf("no offline message: %s", all)
	}
}

func (c *caller) conversation() {
	c.rest("POST", "settings/Livechat_accept_chats_with_no_agents", `{"value":true}`)
	c.rest("POST", "settings/Livechat_Routing_Method", `{"value":"Manual_Selection"}`)
	guest := c.expect("anon livechat:registerGuest", `[{"token":"ann-token-1","name":"Ann"}]`, `"name":"Ann"`)
	var known struct{ UserID string }
	if err := json.Unmarshal([]byte(guest), &known); err != nil || known.UserID == "" {
		c.t.Fatalf("%v %s", err, guest)
	}
	c.expect("anon livechat:loginByToken", `["ann-token-1"]`, known.UserID)
	c.expect("anon livechat:loginByToken", `["nobody"]`, `null`)
	c.expect("anon livechat:loginByToken", `[{"$ne":null}]`, `"errorType":"Match.Error"`)

	var opened struct {
		Room struct {
			ID string `json:"_id"`
		}
	}
	if err := json.Unmarshal([]byte(c.rest("GET", "livechat/room?token=ann-token-1", "")), &opened); err != nil {
		c.t.Fatal(err)
	}
	rid := opened.Room.ID
	c.rest("POST", "livechat/message", fmt.Sprintf(`{"token":"ann-token-1","rid":%q,"msg":"hello"}`, rid))
	c.expect("livechat:returnAsInquiry", fmt.Sprintf(`[%q]`, rid), `false`)
	c.expect("livechat:returnAsInquiry", `["nothing"]`, `error-invalid-room`)
	c.rest("GET", "livechat/room.join?roomId="+rid, "")
	c.expect("sendMessage", fmt.Sprintf(`[{"rid":%q,"msg":"good day","_id":"m-1"}]`, rid), `"_id":"m-1"`)
	c.expect("anon livechat:loadHistory", fmt.Sprintf(`[{"token":"ann-token-1","rid":%q,"limit":10}]`, rid), `good day`)
	c.expect("anon livechat:loadHistory", `[{"token":"ann-token-1","rid":false}]`, `"errorType":"Match.Error"`)
	c.expect("anon livechat:saveTag", `[null,{"name":"vip"},[]]`, `error-not-allowed`)
	c.rest("POST", "livechat/room.close", fmt.Sprintf(`{"token":"ann-token-1","rid":%q}`, rid))
	c.expect("livechat:returnAsInquiry", fmt.Sprintf(`[%q]`, rid), `room-closed`)
}
