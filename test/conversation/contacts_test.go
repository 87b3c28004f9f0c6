package conversation

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
)

// told hands the events of a name that were emitted so far to the contacts' consumers.
func (h *house) told(name string) {
	h.t.Helper()
	payloads, err := db.All(h.ctx, h.db, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, `SELECT payload FROM outbox WHERE name = $1 ORDER BY at, id`, name)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, c := range slices.Concat(h.contacts.Consumers(), h.rooms.Consumers()) {
		if !slices.Contains(c.Events, name) {
			continue
		}
		for _, p := range payloads {
			if err := c.Handle(context.Background(), outbox.Envelope{Name: name, Payload: json.RawMessage(p)}); err != nil {
				h.t.Fatal(err)
			}
		}
	}
}

func (w *wire) registered(token, more string) (visitor, contact string) {
	w.t.Helper()
	a := w.ok("", "POST", "livechat/visitor", `{"visitor":{"token":"`+token+`"`+more+`}}`)
	return a.at("visitor._id").(string), a.at("visitor.contactId").(string)
}

func (w *wire) contact(id string) map[string]any {
	w.t.Helper()
	c, _ := w.ok("bob", "GET", "omnichannel/contacts.get?contactId="+id, "").body["contact"].(map[string]any)
	return c
}

// opened opens the room of a visitor of the compatible API.
func (w *wire) opened(token string) string {
	w.t.Helper()
	return w.ok("", "GET", "livechat/room?token="+token, "").at("room._id").(string)
}

func text(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

func TestEveryVisitorHasAContact(t *testing.T) { // LC-CON-1, LC-REG-9, rest-api.md 4.3, 6, 15
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		w.field("zip", "visitor", `,"public":true`)
		v, id := w.registered("t1", `,"email":"A@x.org"`)
		got := w.contact(id)
		if got["unknown"] != true || got["name"] != "guest-1" || text(got["emails"]) != `["a@x.org"]` || text(got["phones"]) != `[]` || text(got["channels"]) != `[]` || got["lastChat"] != nil || got["contactManager"] != nil {
			t.Errorf("%v", got)
		}
		w.registered("t1", `,"name":"Ann","phone":"12","customFields":[{"key":"zip","value":"1","overwrite":true}]`)
		w.told("visitor.changed")
		if got := w.contact(id); got["name"] != "Ann" || text(got["phones"]) != `["12"]` || text(got["customFields"]) != `{"zip":"1"}` || got["unknown"] != true {
			t.Errorf("%v", got)
		}
		rid := w.opened("t1")
		want := `[{"blocked":false,"details":{"type":"api"},"lastChat":{"_id":"` + rid + `","ts":"2026-01-01T12:00:00.000Z"},"name":"api","verified":false,"visitor":{"source":{"type":"api"},"visitorId":"` + v + `"},"visitorId":"` + v + `"}]`
		if got := w.contact(id); text(got["channels"]) != want || text(got["lastChat"]) != `{"_id":"`+rid+`","ts":"2026-01-01T12:00:00.000Z"}` {
			t.Errorf("%s", text(got))
		}
		if a := w.ok("bob", "GET", "omnichannel/contacts.channels?contactId="+id, ""); text(a.body["channels"]) != want {
			t.Error(a.text)
		}
		if r := w.ok("boss", "GET", "channels.info?roomId="+rid, ""); r.at("channel.contactId") != id {
			t.Error(r.text)
		}
		if a := w.ok("bob", "GET", "omnichannel/contacts.history?contactId="+id, ""); a.at("total") != 1.0 || !strings.Contains(a.text, `"history":[{"_id":"`+rid+`","fname":"Ann","source":{"type":"api"},"ts":"2026-01-01T12:00:00.000Z","msgs":1}]`) {
			t.Error(a.text)
		}
		if a := w.ok("bob", "GET", "omnichannel/contacts.history?source=sms&contactId="+id, ""); a.at("total") != 0.0 {
			t.Error(a.text)
		}
		w.exec(`UPDATE visitors SET contact_id = ''`) // one who came before there were contacts
		w.ok("", "POST", "livechat/room.close", `{"rid":"`+rid+`","token":"t1"}`)
		w.opened("t1")
		if w.count(`SELECT count(*) FROM visitors WHERE contact_id <> ''`) != 1 {
			t.Error("he has none")
		}
	})
}

func TestTheLatestOfAContactComesFirst(t *testing.T) { // LC-CON-6; open chats are listed too, as rest-api.md 15 has it
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		v, id := w.registered("t1", "")
		first := w.opened("t1")
		w.ok("", "POST", "livechat/room.close", `{"rid":"`+first+`","token":"t1"}`)
		w.clock.Advance(time.Minute)
		second := w.opened("t1")
		w.exec(`INSERT INTO contact_channels (visitor_id, source_type, contact_id, name, details, last_chat_id, last_chat_at) VALUES ($1, 'old', $2, 'old', '{"type":"old"}', 'r', 1), ($1, 'new', $2, 'new', '{"type":"new"}', 'r', $3)`,
			v, id, w.clock.Now().Add(time.Minute))
		a := w.ok("bob", "GET", "omnichannel/contacts.history?contactId="+id, "")
		if list := a.at("history").([]any); len(list) != 2 || list[0].(map[string]any)["_id"] != second || list[0].(map[string]any)["closedAt"] != nil || list[1].(map[string]any)["_id"] != first || list[1].(map[string]any)["closedAt"] == nil {
			t.Error(a.text)
		}
		names := ""
		for _, c := range w.ok("bob", "GET", "omnichannel/contacts.channels?contactId="+id, "").at("channels").([]any) {
			names += c.(map[string]any)["name"].(string) + " "
		}
		if names != "new api old " {
			t.Error(names)
		}
	})
}

func TestContactsAreWrittenByStaff(t *testing.T) { // rest-api.md 15, LC-CON-2, LC-CON-3, LC-CON-4, LC-CON-5, LC-REG-9
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		w.field("zip", "visitor", `,"regexp":"^[0-9]+$","searchable":true`)
		w.field("need", "visitor", `,"required":true`)
		const create, update, rest = "omnichannel/contacts", "omnichannel/contacts.update", `"name":"Ann","emails":["ann@x.org"," ANN@x.org"],"phones":["1"]`
		for body, want := range map[string]string{
			`{"emails":[],"phones":[]}`: "must have required property 'name' [invalid-params]", `{"name":"x","phones":[]}`: "must have required property 'emails' [invalid-params]",
			`{"name":"x","emails":[]}`: "must have required property 'phones' [invalid-params]", `{"name":"x","emails":"a","phones":[]}`: "must be array [invalid-params]",
			`{` + rest + `,"unknown":true}`: "must NOT have additional properties [invalid-params]", `{` + rest + `,"contactManager":"u-plain"}`: "error-contact-manager-not-found",
			`{` + rest + `}`: "Invalid value for The need field", `{` + rest + `,"customFields":{"need":"1","zip":"x"}}`: "Invalid value for The zip field",
			`{` + rest + `,"customFields":{"need":"1","nothing":"x"}}`: "Custom field nothing is not allowed", `{"name":" ","emails":[],"phones":[]}`: "A name is needed [error-invalid-name]",
			`{"name":"x","emails":["nonsense"],"phones":[],"customFields":{"need":"1"}}`: "Invalid email nonsense [error-invalid-email]",
		} {
			w.refused(t, 400, want, "bob", "POST", create, body)
		}
		id := w.ok("bob", "POST", create, `{`+rest+`,"contactManager":"u-bob","customFields":{"need":"1","zip":"12345"}}`).body["contactId"].(string)
		got := w.contact(id)
		if got["unknown"] != false || text(got["emails"]) != `["ann@x.org"]` || got["contactManager"] != "u-bob" || text(got["customFields"]) != `{"need":"1","zip":"12345"}` || text(got["conflictingFields"]) != "[]" {
			t.Errorf("%v", got)
		}
		for body, want := range map[string]string{
			`{"name":"x"}`: "must have required property 'contactId' [invalid-params]", `{"contactId":"x","name":"y"}`: "error-contact-not-found", `{"contactId":"` + id + `","contactManager":"u-none"}`: "error-contact-manager-not-found",
			`{"contactId":"` + id + `","customFields":{"zip":"x"}}`: "Invalid value for The zip field", `{"contactId":"` + id + `","customFields":{"other":"x"}}`: "Custom field other is not allowed",
			`{"contactId":"` + id + `","unknown":true}`: "must NOT have additional properties [invalid-params]", `{"contactId":"` + id + `","customFields":{"need":""}}`: "Invalid value for The need field",
		} {
			w.refused(t, 400, want, "bob", "POST", update, body)
		}
		w.refused(t, 400, "Invalid email nonsense [error-invalid-email]", "bob", "POST", update, `{"contactId":"`+id+`","emails":["nonsense"]}`)
		w.refused(t, 400, "error-contact-has-no-conflicts", "bob", "POST", "omnichannel/contacts.conflicts", `{"contactId":"`+id+`","name":"x"}`)
		if a := w.ok("bob", "POST", update, `{"contactId":"`+id+`","emails":["b@x.org"],"phones":[],"contactManager":"","customFields":{"zip":""}}`); text(a.at("contact.emails")) != `["b@x.org"]` || text(a.at("contact.customFields")) != `{"need":"1"}` || a.at("contact.contactManager") != nil || a.at("contact.name") != "Ann" {
			t.Error(a.text)
		}
		_, mine := w.registered("t1", "")
		rid := w.opened("t1")
		w.ok("bob", "POST", update, `{"contactId":"`+mine+`","name":"Bea","contactManager":"u-bob"}`)
		w.told("visitor.changed")
		if r := w.ok("boss", "GET", "channels.info?roomId="+rid, ""); r.at("channel.fname") != "Bea" { // LC-CON-4
			t.Error(r.text)
		}
		if a := w.ok("", "GET", "livechat/visitor/t1", ""); a.at("visitor.name") != "Bea" || a.at("visitor.contactManager.username") != "bob" {
			t.Error(a.text)
		}
		w.registered("t1", `,"name":"Somebody"`)
		w.told("visitor.changed")
		if got := w.contact(mine); got["name"] != "Bea" || got["unknown"] != false {
			t.Errorf("what staff wrote stays: %v", got)
		}
		w.exec(`UPDATE contact_values SET value = '12345', folded = '12345'`)
		w.exec(`INSERT INTO contact_values (contact_id, field, value, folded) VALUES ($1, 'zip', '77', '77')`, mine)
		w.registered("t2", `,"name":"100%"`)
		for query, want := range map[string]string{"": "100% Ann Bea", "searchText=BE": "Bea", "searchText=b@X": "Ann", "searchText=%25": "100%", "searchText=77": "Bea", "searchText=12345": "", "unknown=true": "100%", "unknown=false": "Ann Bea",
			"count=1&offset=1": "Ann", `sort={"name":-1}`: "Bea Ann 100%"} {
			if key, value, _ := strings.Cut(query, "="); strings.HasPrefix(value, "{") {
				query = key + "=" + url.QueryEscape(value)
			}
			a := w.ok("bob", "GET", "omnichannel/contacts.search?"+query, "")
			var names []string
			for _, c := range a.body["contacts"].([]any) {
				names = append(names, c.(map[string]any)["name"].(string))
			}
			if strings.Join(names, " ") != want {
				t.Errorf("%s: %v", query, names)
			}
		}
		for query, want := range map[string]any{"contactId=" + id: true, "contactId=x": false, "email=B@x.org": true, "email=x": false, "phone=1": false} {
			if a := w.ok("bob", "GET", "omnichannel/contacts.checkExistence?"+query, ""); a.body["exists"] != want {
				t.Errorf("%s: %s", query, a.text)
			}
		}
		w.refused(t, 400, "must have required property 'contactId'  must have required property 'email'  must have required property 'phone'  must match exactly one schema in oneOf [invalid-params]", "bob", "GET", "omnichannel/contacts.checkExistence", "")
		w.refused(t, 400, "must match exactly one schema in oneOf [invalid-params]", "bob", "GET", "omnichannel/contacts.checkExistence?email=a&phone=b", "")
		w.refused(t, 400, "must have required property 'contactId' [invalid-params]", "bob", "GET", "omnichannel/contacts.get", "")
		w.refused(t, 400, `must pass "isNotEmpty" keyword validation [invalid-params]`, "bob", "GET", "omnichannel/contacts.get?contactId=", "")
		w.refused(t, 400, "error-contact-not-found", "bob", "GET", "omnichannel/contacts.history?contactId=x", "")
		if a := w.ok("bob", "GET", "omnichannel/contacts.get?contactId=x", ""); a.text != `{"contact":null,"success":true}` {
			t.Error(a.text)
		}
		for _, row := range w.contacts.Rows() {
			path := strings.TrimPrefix(row.Path, "/api/v1/")
			w.refused(t, 401, noLogin, "", row.Method, path, "")
			w.refused(t, 403, noPermission, "plain", row.Method, path, "")
		}
	})
}

func TestABlockedChannelIsClosed(t *testing.T) { // lifecycle 15.5
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		v, _ := w.registered("t1", "")
		rid := w.opened("t1")
		body := `{"visitor":{"visitorId":"` + v + `","source":{"type":"api"}}}`
		w.refused(t, 400, "must have required property 'visitor' [invalid-params]", "bob", "POST", "omnichannel/contacts.block", `{}`)
		w.refused(t, 400, "error-contact-not-found", "bob", "POST", "omnichannel/contacts.block", strings.Replace(body, v, "x", 1))
		w.refused(t, 400, "error-contact-channel-not-found", "bob", "POST", "omnichannel/contacts.block", strings.Replace(body, "api", "sms", 1))
		for range 2 {
			w.ok("bob", "POST", "omnichannel/contacts.block", body)
		}
		if got := w.room(chat.Room{ID: chat.RoomID(rid)}); got.Open || got.ClosedBy == nil || got.ClosedBy.ID != chat.SystemUserID {
			t.Errorf("the chat goes on: %+v", got.ClosedBy)
		}
		w.refused(t, 400, "[error-contact-channel-blocked]", "", "GET", "livechat/room?token=t1", "")
		w.refused(t, 400, "[error-contact-channel-blocked]", "", "POST", "livechat/message", `{"token":"t1","rid":"`+rid+`","msg":"x"}`)
		w.signedIn(chat.Actor{Visitor: chat.VisitorID(v), Name: "t1"})
		w.ok("t1", "POST", "foyer/widget/room", "") // another channel of the same person
		w.ok("bob", "POST", "omnichannel/contacts.unblock", body)
		w.refused(t, 400, "[room-closed]", "", "POST", "livechat/message", `{"token":"t1","rid":"`+rid+`","msg":"x"}`)
		w.opened("t1")
	})
}

func TestContactsAreMerged(t *testing.T) { // lifecycle 15.3, INV-18
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		w.field("zip", "visitor", "")
		w.field("plan", "visitor", "")
		write := func(id, more string) {
			w.ok("bob", "POST", "omnichannel/contacts.update", `{"contactId":"`+id+`"`+more+`}`)
		}
		va, a := w.registered("a", `,"email":"a@x.org"`)
		vb, b := w.registered("b", `,"email":"A@x.org","phone":"2"`)
		w.opened("a")
		rid := w.opened("b")
		write(a, `,"name":"Ann","customFields":{"zip":"1"}`)
		write(b, `,"name":"Bea","contactManager":"u-bob","customFields":{"zip":"2","plan":"paid"}`)
		w.refused(t, 400, "error-contact-not-found", "bob", "POST", "foyer/contacts.merge", `{"contactId":"`+a+`","from":"x"}`)
		w.refused(t, 400, "A contact cannot be merged with itself [error-contact-merge-same]", "bob", "POST", "foyer/contacts.merge", `{"contactId":"`+a+`","from":"`+a+`"}`)
		got := w.ok("bob", "POST", "foyer/contacts.merge", `{"contactId":"`+a+`","from":"`+b+`"}`)
		if got.at("contact.name") != "Ann" || got.at("contact.contactManager") != "u-bob" || text(got.at("contact.emails")) != `["a@x.org"]` || text(got.at("contact.phones")) != `["2"]` ||
			text(got.at("contact.customFields")) != `{"plan":"paid","zip":"1"}` || text(got.at("contact.conflictingFields")) != `[{"field":"name","value":"Bea"},{"field":"customFields.zip","value":"2"}]` ||
			len(got.at("contact.channels").([]any)) != 2 {
			t.Error(got.text)
		}
		if w.contact(b) != nil {
			t.Error("both are there")
		}
		if h := w.ok("bob", "GET", "omnichannel/contacts.history?contactId="+a, ""); h.at("total") != 2.0 || !strings.Contains(h.text, rid) {
			t.Error(h.text)
		}
		for _, v := range []string{va, vb} {
			if i := w.ok("bob", "GET", "livechat/visitors.info?visitorId="+v, ""); i.at("visitor.contactId") != a || i.at("visitor.name") != "Ann" || i.at("visitor.contactManager.username") != "bob" {
				t.Error(i.text)
			}
		}
		for body, want := range map[string]string{`,"contactManager":"u-none"}`: "error-contact-manager-not-found", `,"customFields":{"other":"x"}}`: "Custom field other is not allowed",
			`,"customFields":{"zip":"` + strings.Repeat("1", 1025) + `"}}`: "Invalid value for The zip field"} {
			w.refused(t, 400, want, "bob", "POST", "omnichannel/contacts.conflicts", `{"contactId":"`+a+`"`+body)
		}
		left := w.ok("bob", "POST", "omnichannel/contacts.conflicts", `{"contactId":"`+a+`","customFields":{"zip":"2"}}`)
		if text(left.at("result.conflictingFields")) != `[{"field":"name","value":"Bea"}]` || left.at("result.customFields.zip") != "2" || left.at("result.name") != "Ann" {
			t.Error(left.text)
		}
		if done := w.ok("bob", "POST", "omnichannel/contacts.conflicts", `{"contactId":"`+a+`","wipeConflicts":true}`); text(done.at("result.conflictingFields")) != `[]` {
			t.Error(done.text)
		}
		w.exec(`UPDATE users SET active = false WHERE id = 'u-bob'`)
		w.exec(`DELETE FROM user_roles WHERE user_id = 'u-bob'`)
		for _, c := range w.contacts.Consumers() { // LC-CON-8
			if slices.Contains(c.Events, "permissions.changed") {
				if err := c.Handle(w.ctx, outbox.Envelope{Name: "permissions.changed", Payload: json.RawMessage(`{"user":"u-bob"}`)}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got := w.contact(a); got["contactManager"] != nil {
			t.Errorf("%v", got)
		}
	})
}

func TestAContactGoesWithItsLastVisitor(t *testing.T) { // LC-DEL-3, INV-17
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		_, a := w.registered("a", `,"name":"Ann"`)
		_, b := w.registered("b", "")
		w.ok("bob", "POST", "foyer/contacts.merge", `{"contactId":"`+a+`","from":"`+b+`"}`)
		rid := w.opened("a")
		w.ok("", "POST", "livechat/room.close", `{"rid":"`+rid+`","token":"a"}`)
		w.ok("", "DELETE", "livechat/visitor/a", "")
		if got := w.contact(a); got == nil || len(got["channels"].([]any)) != 0 {
			t.Errorf("%v", got)
		}
		w.ok("", "DELETE", "livechat/visitor/b", "")
		if w.contact(a) != nil || w.count(`SELECT count(*) FROM contact_addresses`)+w.count(`SELECT count(*) FROM contact_channels`) != 0 {
			t.Error("something is left of him")
		}
	})
}

func TestAContactIsErasedWithAllItsVisitors(t *testing.T) { // LC-DEL-4, INV-17
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		const erase = "foyer/contacts.erase"
		v1, one := w.registered("t1", `,"name":"Ann","consent":"Yes"`)
		_, two := w.registered("t2", `,"name":"Anna"`)
		_, other := w.registered("t3", "")
		w.ok("boss", "POST", "foyer/contacts.merge", `{"contactId":"`+one+`","from":"`+two+`"}`)
		closed, open, kept := w.opened("t1"), w.opened("t2"), w.opened("t3")
		w.ok("", "POST", "livechat/room.close", `{"rid":"`+closed+`","token":"t1"}`)
		body := `{"contactId":"` + one + `"}`
		before := w.snapshot()
		w.refused(t, 400, "error-contact-has-open-rooms", "boss", "POST", erase, body)
		w.refused(t, 400, "error-contact-not-found", "boss", "POST", erase, `{"contactId":"x"}`)
		w.refused(t, 403, noPermission, "bob", "POST", erase, body)
		w.unchanged(t, before)
		w.ok("", "POST", "livechat/room.close", `{"rid":"`+open+`","token":"t2"}`)
		w.ok("boss", "POST", erase, body)
		if c := w.contact(one); c != nil {
			t.Errorf("%v", c)
		}
		for table, column := range map[string]string{"rooms": "id", "messages": "room_id"} {
			if n := w.count(`SELECT count(*) FROM `+table+` WHERE `+column+` IN ($1, $2)`, closed, open); n != 0 {
				t.Errorf("%d %s are left", n, table)
			}
		}
		if n := w.count(`SELECT count(*) FROM visitor_consents WHERE visitor_id = $1`, v1); n != 0 {
			t.Error("what he agreed to is left")
		}
		for _, token := range []string{"t1", "t2"} {
			w.refused(t, 400, "[invalid-token]", "", "GET", "livechat/visitor/"+token, "")
		}
		if w.contact(other) == nil || w.opened("t3") != kept {
			t.Error("somebody else is gone, too")
		}
		made := w.ok("bob", "POST", "omnichannel/contacts", `{"name":"No visitor","emails":[],"phones":[]}`).body["contactId"].(string)
		w.ok("boss", "POST", erase, `{"contactId":"`+made+`"}`)
		if w.contact(made) != nil {
			t.Error("a contact without visitors stays")
		}
	})
}
