package conversation

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbox"
)

// field defines a custom field.
func (w *wire) field(id, scope, more string) {
	w.t.Helper()
	w.ok("boss", "POST", "livechat/custom-fields.save", `{"customFieldId":null,"customFieldData":{"field":"`+id+`","label":"The `+id+`","scope":"`+scope+`","visibility":"visible"`+more+`}}`)
}

// hear hands everything that happened to the consumers.
func (h *house) hear(events ...chat.FieldChanged) {
	h.t.Helper()
	for _, c := range slices.Concat(h.rooms.Consumers(), h.visitors.Consumers()) {
		for _, e := range events {
			payload, _ := json.Marshal(e)
			if !slices.Contains(c.Events, e.EventName()) {
				continue
			}
			if err := c.Handle(context.Background(), outbox.Envelope{Name: e.EventName(), Payload: payload}); err != nil {
				h.t.Fatal(err)
			}
		}
	}
}

// staffed has boss, a manager, and bob, an agent, signed in.
func (w *wire) staffed() (bob chat.Actor) {
	bob = w.agent("bob")
	w.signedIn(bob, w.user("boss", chat.RoleManager), w.user("plain", chat.RoleUser))
	return bob
}

const noPermission = "User does not have the permissions required for this action [error-unauthorized]"

func TestValuesOfCustomFieldsByTheirVisitor(t *testing.T) { // custom-fields.md 4, LC-CF-1, LC-CF-2, LC-CF-3, LC-CF-4, rest-api.md 14
	online(t, func(t *testing.T, w *wire) {
		bob, ann := w.staffed(), w.visitor("ann")
		w.field("plan", "visitor", `,"public":true,"type":"select","options":"free, paid"`)
		w.field("zip", "visitor", `,"public":true,"regexp":"^[0-9]{5}$"`)
		w.field("secret", "visitor", "")
		w.field("order", "room", `,"public":true,"searchable":true`)
		const one, many, token = "livechat/custom.field", "livechat/custom.fields", `{"token":"token of ann"`
		value := func(key, value, overwrite string) string {
			return token + `,"key":"` + key + `","value":"` + value + `","overwrite":` + overwrite + `}`
		}
		for body, want := range map[string]string{
			`{"key":"zip","value":"1","overwrite":true}`:             "must have required property 'token' [invalid-params]",
			token + `,"value":"1","overwrite":true}`:                 "must have required property 'key' [invalid-params]",
			token + `,"key":"zip","overwrite":true}`:                 "must have required property 'value' [invalid-params]",
			token + `,"key":"zip","value":"12345"}`:                  "must have required property 'overwrite' [invalid-params]",
			`{"token":"x","key":"zip","value":"1","overwrite":true}`: "[invalid-token]",
			value("nothing", "1", "true"):                            "[invalid-custom-field]",
			value("secret", "1", "true"):                             "[invalid-custom-field]",
			value("zip", "1234x", "true"):                            "Invalid value for The zip field [error-invalid-custom-field-value]",
			value("zip", strings.Repeat("1", 1025), "true"):          "Invalid value for The zip field [error-invalid-custom-field-value]",
			value("plan", "gold", "true"):                            "Invalid value for The plan field [error-invalid-custom-field-value]",
		} {
			w.refused(t, 400, want, "", "POST", one, body)
		}
		for _, bad := range []string{token + `}`, token + `,"customFields":{}}`, token + `,"customFields":[]}`, token + `,"customFields":[{"key":"zip"}]}`,
			`{"token":"x","customFields":[{"key":"zip","value":"12345","overwrite":true}]}`,
			token + `,"customFields":[{"key":"zip","value":"12345","overwrite":true},{"key":"nothing","value":"1","overwrite":true}]}`} {
			before := w.snapshot()
			if a := w.call("", "POST", many, bad); a.status != 400 {
				t.Errorf("%s: %s", bad, a.text)
			}
			w.unchanged(t, before)
		}
		if a := w.ok("", "POST", one, value("zip", " 12345 ", "true")); a.text != `{"field":{"key":"zip","value":" 12345 ","overwrite":true},"success":true}` {
			t.Error(a.text)
		}
		w.ok("", "POST", one, value("zip", "99999", "false"))
		w.ok("bob", "POST", one, value("secret", "x", "true")) // a colleague may fill every field
		if a := w.ok("", "POST", many, token+`,"customFields":[{"key":"plan","value":"free","overwrite":true},{"key":"order","value":"17","overwrite":true}]}`); a.text !=
			`{"fields":[{"Key":"plan","key":"plan","value":"free","overwrite":true},{"Key":"order","key":"order","value":"17","overwrite":true}],"success":true}` {
			t.Error(a.text)
		}
		if a := w.ok("", "GET", "livechat/visitor/"+url.PathEscape("token of ann"), ""); !strings.Contains(a.text, `"livechatData":{"plan":"free","secret":"x","zip":"12345"}`) {
			t.Error(a.text)
		}
		w.signedIn(ann)
		const own = "foyer/widget/custom.fields"
		w.ok("ann", "POST", own, `{"customFields":[{"key":"plan","value":"free","overwrite":true}]}`)
		w.refused(t, 400, "Invalid value for The zip field [error-invalid-custom-field-value]", "ann", "POST", own, `{"customFields":[{"key":"plan","value":"paid","overwrite":true},{"key":"zip","value":"x","overwrite":true}]}`)
		w.refused(t, 400, "Invalid value for The zip field [error-invalid-custom-field-value]", "", "POST", many, token+`,"customFields":[{"key":"plan","value":"paid","overwrite":true},{"key":"zip","value":"x","overwrite":true}]}`)
		w.refused(t, 400, "[invalid-custom-field]", "ann", "POST", own, `{"customFields":[{"key":"secret","value":"y","overwrite":true}]}`)
		w.refused(t, 401, noLogin, "", "POST", own, `{"customFields":[{"key":"plan","value":"paid","overwrite":true}]}`)
		r := w.open(ann) // what came before it had a room is its own
		if r.LivechatData["order"] != "17" || w.count(`SELECT count(*) FROM visitors WHERE room_data <> '{}'`) != 0 {
			t.Errorf("%v", r.LivechatData)
		}
		w.ok("", "POST", one, value("order", "18", "true"))
		w.ok("", "POST", one, value("plan", " ", "true"))
		if got := w.room(r); got.LivechatData["order"] != "18" || got.Seq != r.Seq+1 {
			t.Errorf("%v %d", got.LivechatData, got.Seq)
		}
		w.take(bob, r)
		if a := w.ok("bob", "GET", "foyer/rooms/"+string(r.ID), ""); !strings.Contains(a.text, `"livechatData":{"secret":"x","zip":"12345"}`) || !strings.Contains(a.text, `"livechatData":{"order":"18"}`) {
			t.Error(a.text)
		}
		if a := w.ok("boss", "GET", `livechat/rooms?customFields=`+url.QueryEscape(`{"order":"18"}`), ""); a.at("total") != 1.0 {
			t.Error(a.text)
		}
		for custom, want := range map[string]bool{`{"zip":"234"}`: false, `{"order":"18"}`: false} { // neither is a searchable field of visitors
			if a := w.ok("bob", "GET", "omnichannel/contact.search?custom="+url.QueryEscape(custom), ""); (a.body["contact"] != nil) != want {
				t.Errorf("%s: %s", custom, a.text)
			}
		}
		w.ok("boss", "POST", "livechat/custom-fields.save", `{"customFieldId":"zip","customFieldData":{"field":"zip","label":"Z","scope":"visitor","visibility":"visible","searchable":true}}`)
		for custom, want := range map[string]bool{`{"zip":"234"}`: true, `{"zip":"12345"}`: true, `{"zip":"%"}`: false, `{"zip":{"$regex":"."}}`: false, `{"zip":"234","secret":"x"}`: false, `{"zip":"x"}`: false} {
			if a := w.ok("bob", "GET", "omnichannel/contact.search?custom="+url.QueryEscape(custom), ""); (a.body["contact"] != nil) != want {
				t.Errorf("%s: %s", custom, a.text)
			}
		}
		for _, id := range []string{"zip", "order"} {
			w.ok("boss", "POST", "livechat/custom-fields.delete", `{"customFieldId":"`+id+`"}`)
		}
		w.hear(chat.FieldChanged{Field: "zip", Removed: true}, chat.FieldChanged{Field: "order", Removed: true}, chat.FieldChanged{Field: "secret"})
		if got := w.room(r); len(got.LivechatData) != 0 {
			t.Errorf("a field that is gone: %v", got.LivechatData)
		}
		if a := w.ok("", "GET", "livechat/visitor/"+url.PathEscape("token of ann"), ""); !strings.Contains(a.text, `"livechatData":{"secret":"x"}`) {
			t.Error(a.text)
		}
	})
}

func TestRegistrationFillsFields(t *testing.T) { // rest-api.md 6, LC-REG-7
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		w.field("zip", "visitor", `,"public":true,"regexp":"^[0-9]{5}$"`)
		w.field("secret", "visitor", "")
		w.field("order", "room", `,"public":true`)
		register := func(as, fields string) answer {
			return w.call(as, "POST", "livechat/visitor", `{"visitor":{"token":"t","customFields":[`+fields+`]}}`)
		}
		if a := register("", `{"key":"zip","value":"no","overwrite":true}`); a.status != 400 || a.body["errorType"] != "error-invalid-custom-field-value" {
			t.Error(a.text)
		}
		if a := register("", `{"key":"nothing","value":"1","overwrite":true},{"key":"order","value":"1","overwrite":true},{"key":"secret","value":"1","overwrite":true}`); a.status != 200 || strings.Contains(a.text, "livechatData") {
			t.Error(a.text)
		}
		if a := register("bob", `{"key":"zip","value":"11111","overwrite":false},{"key":"secret","value":"1","overwrite":true}`); !strings.Contains(a.text, `"livechatData":{"secret":"1","zip":"11111"}`) {
			t.Error(a.text)
		}
		if a := register("", `{"key":"zip","value":"22222","overwrite":false}`); !strings.Contains(a.text, `"zip":"11111"`) {
			t.Error(a.text)
		}
		if a := register("", `{"key":"zip","value":"22222","overwrite":true}`); !strings.Contains(a.text, `"zip":"22222"`) {
			t.Error(a.text)
		}
		if a := w.ok("bob", "POST", "omnichannel/contact", `{"token":"t","name":"Tim","customFields":{"zip":"33333","nothing":"x"}}`); a.status != 200 {
			t.Error(a.text)
		}
		if a := w.ok("", "GET", "livechat/visitor/t", ""); !strings.Contains(a.text, `"livechatData":{"secret":"1","zip":"33333"}`) {
			t.Error(a.text)
		}
	})
}

func TestStaffFillFields(t *testing.T) { // custom-fields.md 4, rest-api.md 7
	online(t, func(t *testing.T, w *wire) {
		bob, ann := w.staffed(), w.visitor("ann")
		w.field("zip", "visitor", `,"required":true`)
		w.field("order", "room", `,"regexp":"^[0-9]+$"`)
		r := w.open(ann)
		w.take(bob, r)
		info := func(room, guest string) string {
			return `{"roomData":{"_id":"` + string(r.ID) + `"` + room + `},"guestData":{"_id":"v-ann"` + guest + `}}`
		}
		const target = "livechat/room.saveInfo"
		w.refused(t, 400, "Invalid value for The order field", "bob", "POST", target, info(`,"topic":"x","livechatData":{"order":"a"}`, `,"livechatData":{"zip":"1"}`))
		w.ok("bob", "POST", target, info(`,"livechatData":{"order":17,"other":"x"}`, `,"livechatData":{"zip":"1"}`))
		a := w.ok("bob", "GET", "foyer/rooms/"+string(r.ID), "")
		if !strings.Contains(a.text, `"livechatData":{"order":"17"}`) || !strings.Contains(a.text, `"livechatData":{"zip":"1"}`) {
			t.Error(a.text)
		}
		delete(bob.Permissions, chat.EditLivechatRoomCustomfields)
		w.signedIn(bob)
		w.ok("bob", "POST", target, info(`,"topic":"T","livechatData":{"order":"18"}`, `,"livechatData":{"zip":""}`))
		if got := w.room(r); got.LivechatData["order"] != "17" || got.Topic != "T" {
			t.Errorf("%v %s", got.LivechatData, got.Topic)
		}
		bob.Permissions[chat.EditLivechatRoomCustomfields] = true
		w.ok("bob", "POST", target, info(`,"livechatData":{"order":""}`, `,"livechatData":{"zip":null}`))
		if a := w.ok("bob", "GET", "foyer/rooms/"+string(r.ID), ""); strings.Contains(a.text, "livechatData") {
			t.Error(a.text)
		}
	})
}

func TestDefinitionsOfCustomFields(t *testing.T) { // custom-fields.md 2, 3, rest-api.md 14
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		save := func(id, data string) answer {
			return w.call("boss", "POST", "livechat/custom-fields.save", `{"customFieldId":`+id+`,"customFieldData":{`+data+`}}`)
		}
		const rest = `,"label":"B","scope":"visitor","visibility":true`
		a := save("null", `"field":"b-1"`+rest+`,"type":"select","options":" x ,y z,, x","required":true,"public":true`)
		want := `{"_id":"b-1","label":"B","scope":"visitor","visibility":"visible","regexp":"","searchable":false,"type":"select","required":true,"defaultValue":"","options":"x,y z","public":true,"_updatedAt":"2026-01-01T12:00:00.000Z"}`
		if a.status != 200 || a.text != `{"customField":`+want+`,"success":true}` {
			t.Fatal(a.text)
		}
		if a := w.ok("bob", "GET", "livechat/custom-fields/b-1", ""); a.text != `{"customField":`+want+`,"success":true}` {
			t.Error(a.text)
		}
		if a := w.ok("bob", "GET", "livechat/custom-fields/a%20b", ""); a.text != `{"customField":null,"success":true}` {
			t.Error(a.text)
		}
		for _, c := range []struct{ id, data, code string }{
			{"null", `"field":"a b"` + rest, "error-invalid-custom-field-name"}, {"null", `"field":"ä"` + rest, "error-invalid-custom-field-name"},
			{"null", `"field":"b-1","label":"x","scope":"room","visibility":"hidden"`, "error-custom-field-name-already-exists"},
			{`"nothing"`, `"field":"nothing"` + rest, "error-invalid-custom-field"}, {`"b-1"`, `"field":"other"` + rest, "error-invalid-custom-field-name"},
			{"null", `"field":"c","label":" ","scope":"room","visibility":"hidden"`, "error-invalid-custom-field-label"},
			{"null", `"field":"c","label":"x","scope":"user","visibility":"hidden"`, "invalid-params"}, {"null", `"field":"c"`, "invalid-params"},
			{"null", `"field":"c","regexp":"(["` + rest, "error-invalid-custom-field-regexp"}, {"null", `"field":"c","type":"select"` + rest, "error-invalid-custom-field-options"},
			{"null", `"field":"c","type":"select","options":"a,<b>"` + rest, "error-invalid-custom-field-options"},
			{"null", `"field":"c","regexp":"^a$","defaultValue":"b"` + rest, "error-invalid-custom-field-value"},
		} {
			before := w.snapshot()
			if a := save(c.id, c.data); a.status != 400 || a.body["errorType"] != c.code {
				t.Errorf("%s: %s, want %s", c.data, a.text, c.code)
			}
			w.unchanged(t, before)
		}
		if a := save(`"b-1"`, `"field":"b-1","label":"B2","scope":"visitor","visibility":"false","public":true`); !strings.Contains(a.text, `"visibility":"hidden"`) || !strings.Contains(a.text, `"public":false`) {
			t.Error(a.text)
		}
		for word, want := range map[string]string{"private": "hidden", "public": "visible"} {
			if a := save(`"b-1"`, `"field":"b-1","label":"B2","scope":"visitor","visibility":"`+word+`"`); !strings.Contains(a.text, `"visibility":"`+want+`"`) {
				t.Error(word, a.text)
			}
		}
		save(`"b-1"`, `"field":"b-1","label":"B2","scope":"visitor","visibility":"hidden"`)
		save("null", `"field":"a_1","label":"Aa","scope":"room","visibility":"visible"`)
		for query, want := range map[string]string{"": "a_1 b-1", "text=b2": "b-1", "text=A_": "a_1", "text=%25": "", `sort={"label":-1}`: "b-1 a_1", "count=1&offset=1": "b-1", "count=0": "a_1 b-1"} {
			a := w.ok("bob", "GET", "livechat/custom-fields?"+query, "")
			var got []string
			for _, f := range a.at("customFields").([]any) {
				got = append(got, f.(map[string]any)["_id"].(string))
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s: %s", query, a.text)
			}
		}
		w.refused(t, 400, "There is no such custom field [error-invalid-custom-field]", "boss", "POST", "livechat/custom-fields.delete", `{"customFieldId":"x"}`)
		w.refused(t, 400, "must have required property 'customFieldId' [invalid-params]", "boss", "POST", "livechat/custom-fields.delete", `{}`)
		for _, call := range []string{"GET livechat/custom-fields", "GET livechat/custom-fields/x", "POST livechat/custom-fields.save", "POST livechat/custom-fields.delete"} {
			method, path, _ := strings.Cut(call, " ")
			w.refused(t, 401, noLogin, "", method, path, "")
			w.refused(t, 403, noPermission, "plain", method, path, "")
		}
		w.refused(t, 403, noPermission, "bob", "POST", "livechat/custom-fields.save", "")
		w.refused(t, 403, noPermission, "bob", "POST", "livechat/custom-fields.delete", "")
	})
}
