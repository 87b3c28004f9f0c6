package app

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
)

// What two generations of clients of the compatible API expect, topic by topic
// (rest-api.md 27): the form of 2024 is served, the one of 2026 too where both can be.
var versions = []struct {
	topic string
	holds func(v *versionsWorld)
}{
	{"contact emails and phones in answers", func(v *versionsWorld) {
		v.shows("omnichannel/contacts.get?contactId="+v.contact, `"emails":["ann@example.com"],"phones":["12"]`)
		v.objects(func() {
			v.shows("omnichannel/contacts.get?contactId="+v.contact, `"emails":[{"address":"ann@example.com"}],"phones":[{"phoneNumber":"12"}]`)
		})
		v.does("POST", "omnichannel/contacts.update", `{"contactId":"`+v.contact+`","emails":[{"address":"ann@example.com"},"b@example.com"],"phones":[{"phoneNumber":"12"},"13"],"contactManager":{"_id":"`+v.bob+`"}}`,
			`"emails":["ann@example.com","b@example.com"],"phones":["12","13"],"contactManager":"`+v.bob+`"`)
		v.refused(400, "POST", "omnichannel/contacts.update", `{"contactId":"`+v.contact+`","emails":[{"mail":"x"}]}`, "must have required property 'address' [invalid-params]")
		v.refused(400, "POST", "omnichannel/contacts.update", `{"contactId":"`+v.contact+`","phones":[["1"]]}`, "must be string [invalid-params]")
	}},
	{"contact channels", func(v *versionsWorld) {
		v.shows("omnichannel/contacts.get?contactId="+v.contactOfVisitor, `"visitorId":"`+v.visitor+`","visitor":{"visitorId":"`+v.visitor+`","source":{"type":"api"}},"verified":false,"blocked":false,"details":{"type":"api"},"lastChat":{"_id":"`+v.room+`"`)
	}},
	{"contact search contactManager", func(v *versionsWorld) {
		v.shows("omnichannel/contacts.search?searchText=ann", `"contactManager":"`+v.bob+`"`)
		v.objects(func() {
			v.shows("omnichannel/contacts.search?searchText=ann", `"contactManager":{"_id":"`+v.bob+`","name":"bob","username":"bob"}`)
			v.shows("omnichannel/contacts.get?contactId="+v.contact, `"contactManager":"`+v.bob+`"`)
		})
	}},
	{"archive path", func(v *versionsWorld) {
		for _, path := range []string{v.department + "/archive", v.department + "/unarchive", "archive/" + v.department, "unarchive/" + v.department} {
			v.does("POST", "livechat/department/"+path, `{}`, `"success":true`)
		}
	}},
	{"messages of a room", func(v *versionsWorld) {
		v.shows("livechat/"+v.room+"/messages", `"msg":"hello"`)
		v.shows("livechat/messages/"+v.room, `"msg":"hello"`)
	}},
	{"visitor presence", func(v *versionsWorld) {
		for _, path := range []string{"livechat/visitor.status", "livechat/visitors.status"} {
			v.does("POST", path, `{"token":"ann-token-1","status":"away"}`, `"status":"away"`)
		}
	}},
	{"delete canned response", func(v *versionsWorld) {
		for _, newer := range []bool{false, true} {
			v.does("POST", "canned-responses", `{"shortcut":"hi","text":"Hello","scope":"global"}`, `"success":true`)
			id := v.find("canned-responses", "cannedResponses", "_id")
			if newer {
				v.does("DELETE", "canned-responses/"+id, "", `"success":true`)
			} else {
				v.does("DELETE", "canned-responses", `{"_id":"`+id+`"}`, `"success":true`)
			}
		}
		v.shows("canned-responses", `"cannedResponses":[]`)
	}},
	{"charts data", func(v *versionsWorld) {
		for _, prefix := range []string{"livechat/", "livechat/livechat/"} {
			v.shows(prefix+"analytics/dashboards/charts-data?chartName=Total_conversations&start=2026-01-01&end=2026-01-02", `"chartLabel":"Total_conversations"`)
		}
	}},
	{"department autocomplete answer", func(v *versionsWorld) {
		one := `[{"_id":"` + v.department + `","name":"Sales"}]`
		v.shows(`livechat/department.autocomplete?selector={"term":"sal"}`, `"items":`+one+`,"departments":`+one)
	}},
	{"delete unit answer", func(v *versionsWorld) {
		v.does("POST", "livechat/units", `{"unitData":{"name":"Other","visibility":"public"},"unitMonitors":[{"monitorId":"`+v.mona+`","username":"mona"}],"unitDepartments":[]}`, `"name":"Other"`)
		if a := v.rest("DELETE", "livechat/units/"+v.find("livechat/units?text=Other", "units", "_id"), ""); a != "1" {
			v.t.Errorf("deleting a unit answers %s", a)
		}
	}},
	{"unit monitors permission", func(v *versionsWorld) {
		v.without("manage-livechat-units", func() { v.shows("livechat/units/"+v.unit+"/monitors", `"monitors":`) })
		v.without("manage-livechat-monitors", func() { v.refused(403, "GET", "livechat/units/"+v.unit+"/monitors", "", "error-unauthorized") })
	}},
	{"unknown tag", func(v *versionsWorld) { v.shows("livechat/tags/unknown", `"body":null`) }},
	{"inquiries.queued", func(v *versionsWorld) { v.shows("livechat/inquiries.queued", `"inquiries":`) }},
	{"endpoints that are gone", func(v *versionsWorld) {
		v.refused(400, "PUT", "livechat/room.visitor", `{}`, "must have required property 'rid'")
		v.refused(400, "GET", "livechat/webrtc.call", "", "must have required property 'rid'")
		v.does("POST", "livechat/visitor.callStatus", `{"token":"ann-token-1","rid":"`+v.room+`","callStatus":"ended","callId":"c"}`, `"callStatus":"ended"`)
	}},
	{"room list permission", func(v *versionsWorld) {
		v.without("view-livechat-rooms", func() { v.refused(403, "GET", "livechat/rooms", "", `"error":"unauthorized"`) })
	}},
	{"departmentId array", func(v *versionsWorld) {
		v.refused(400, "GET", "livechat/rooms?departmentId[]="+v.department, "", "invalid-params")
	}},
	{"visitor info token", func(v *versionsWorld) { // it opens everything the visitor may open: left out, as newer servers do
		if a := v.rest("GET", "livechat/visitors.info?visitorId="+v.visitor, ""); strings.Contains(a, "token") {
			v.t.Errorf("staff reads a visitor's secret: %s", a)
		}
	}},
	{"statistics status", func(v *versionsWorld) {
		v.shows("livechat/analytics/agents/average-service-time?start=2026-01-01&end=2026-01-02", `"agents":`) // only 200 passes
		v.shows("livechat/analytics/dashboards/conversations-by-source?start=2026-01-01T00:00:00.000Z&end=2026-01-02T00:00:00.000Z", `"data":`)
	}},
	{"external-service test timeout", func(v *versionsWorld) {
		v.rest("POST", "settings/Livechat_secret_token", `{"value":"secret"}`)
		v.refused(400, "POST", "livechat/triggers/external-service/test", `{"webhookUrl":"https://example.com/","timeout":"100","fallbackMessage":"x"}`, "must be number")
	}},
	{"uploads files keys", func(v *versionsWorld) {
		form := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n"
		a := v.do("POST", "/api/v1/livechat/upload/"+v.room, form, "Content-Type", "multipart/form-data; boundary=b", "X-Visitor-Token", "ann-token-1")
		var said struct{ Files []map[string]any }
		if err := json.Unmarshal([]byte(a.body), &said); err != nil || len(said.Files) != 1 || len(said.Files[0]) != 3 || said.Files[0]["_id"] == nil || said.Files[0]["name"] != "a.txt" || said.Files[0]["type"] != "text/plain" {
			v.t.Errorf("%v %d %s", err, a.status, a.body)
		}
	}},
	{"priority PUT", func(v *versionsWorld) {
		id := v.find("livechat/priorities", "priorities", "_id")
		v.does("PUT", "livechat/priorities/"+id, `{"name":"Burning"}`, `"success":true`)
		v.does("PUT", "livechat/priorities/"+id, `{"reset":true}`, `"success":true`)
		v.shows("livechat/priorities/"+id, `"dirty":false`)
	}},
	{"contacts.history answer", func(v *versionsWorld) {
		v.shows("omnichannel/contacts.history?contactId="+v.contactOfVisitor, `"history":[{"_id":"`+v.room+`"`)
		v.shows("omnichannel/contacts.history?contactId="+v.contactOfVisitor, `"offset":0,"count":1,"total":1`)
	}},
}

func TestEveryVersionConflict(t *testing.T) {
	eachEngine(t, func(t *testing.T, engine db.Engine) {
		v := newVersionsWorld(begin(t, withAdmin(config(t, engine))))
		for _, row := range versions {
			t.Run(row.topic, func(t *testing.T) {
				v.t = t
				row.holds(v)
			})
		}
	})
}

// versionsWorld is what the rows are about.
type versionsWorld struct {
	*caller
	bob, mona, contact, visitor, contactOfVisitor, room, department, unit string
}

func newVersionsWorld(r *running) *versionsWorld {
	r.t.Helper()
	v := &versionsWorld{caller: r.as("boss", "boss-pw")}
	v.rest("POST", "settings/Livechat_accept_chats_with_no_agents", `{"value":true}`)
	for _, name := range []string{"bob", "mona"} {
		v.rest("POST", "users.create", fmt.Sprintf(`{"username":%q,"name":%q,"email":"%s@example.com","password":"pw"}`, name, name, name))
	}
	v.rest("POST", "livechat/users/agent", `{"username":"bob"}`)
	v.rest("POST", "livechat/monitors.create", `{"username":"mona"}`)
	v.bob, v.mona = v.find("users.info?username=bob", "user", "_id"), v.find("users.info?username=mona", "user", "_id")
	v.contact = v.of(v.rest("POST", "omnichannel/contacts", `{"name":"Ann","emails":["ann@example.com"],"phones":["12"],"contactManager":"`+v.bob+`"}`), "contactId")
	guest := v.rest("POST", "livechat/visitor", `{"visitor":{"token":"ann-token-1","name":"Ben"}}`)
	v.visitor, v.contactOfVisitor = v.of(guest, "visitor", "_id"), v.of(guest, "visitor", "contactId")
	v.room = v.find("livechat/room?token=ann-token-1", "room", "_id")
	v.rest("POST", "livechat/message", `{"token":"ann-token-1","rid":"`+v.room+`","msg":"hello"}`)
	v.department = v.of(v.rest("POST", "livechat/department", `{"department":{"enabled":true,"name":"Sales","showOnRegistration":true,"email":"d@example.com","showOnOfflineForm":true}}`), "department", "_id")
	v.unit = v.of(v.rest("POST", "livechat/units", `{"unitData":{"name":"North","visibility":"public"},"unitMonitors":[{"monitorId":"`+v.mona+`","username":"mona"}],"unitDepartments":[]}`), "_id")
	return v
}

// of is a text in an answer; of a list, its first one.
func (v *versionsWorld) of(answer string, path ...string) string {
	v.t.Helper()
	var at any
	if err := json.Unmarshal([]byte(answer), &at); err != nil {
		v.t.Fatal(err)
	}
	for _, key := range path {
		if list, ok := at.([]any); ok && len(list) > 0 {
			at = list[0]
		}
		fields, _ := at.(map[string]any)
		at = fields[key]
	}
	text, ok := at.(string)
	if !ok {
		v.t.Fatalf("no %v in %s", path, answer)
	}
	return text
}

func (v *versionsWorld) find(path string, keys ...string) string {
	v.t.Helper()
	return v.of(v.rest("GET", path, ""), keys...)
}

func (v *versionsWorld) does(method, path, body, part string) {
	v.t.Helper()
	if a := v.rest(method, path, body); !strings.Contains(a, part) {
		v.t.Errorf("%s %s %s\n got %s\nwant %s", method, path, body, a, part)
	}
}

func (v *versionsWorld) shows(path, part string) {
	v.t.Helper()
	v.does("GET", strings.NewReplacer(`"`, "%22", "{", "%7B", "}", "%7D").Replace(path), "", part)
}

// objects holds while contacts are written in the newer form.
func (v *versionsWorld) objects(f func()) {
	v.rest("POST", "settings/Foyer_contact_objects", `{"value":true}`)
	f()
	v.rest("POST", "settings/Foyer_contact_objects", `{"value":false}`)
}

// without holds while nobody has a permission.
func (v *versionsWorld) without(permission string, f func()) {
	v.rest("POST", "permissions.update", `{"permissions":[{"_id":"`+permission+`","roles":[]}]}`)
	f()
	v.rest("POST", "permissions.update", `{"permissions":[{"_id":"`+permission+`","roles":["admin","livechat-manager"]}]}`)
}
