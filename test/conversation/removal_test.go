package conversation

import (
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

func (w *wire) finished(name string) chat.Room {
	w.t.Helper()
	v := w.visitor(name)
	r := w.open(v)
	w.ok("boss", "POST", "livechat/room.closeByUser", `{"rid":"`+string(r.ID)+`","comment":"x"}`)
	return r
}

func TestClosedRoomsAreRemoved(t *testing.T) { // LC-DEL-1, LC-DEL-2, rest-api.md 7
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		mona := w.user("mona", chat.RoleMonitor)
		w.signedIn(mona)
		open := w.open(w.visitor("ann"))
		const one, all = "livechat/rooms.delete", "livechat/rooms.removeAllClosedRooms"
		body := func(r chat.Room) string { return `{"roomId":"` + string(r.ID) + `"}` }
		w.refused(t, 401, noLogin, "", "POST", one, body(open))
		w.refused(t, 403, noPermission, "bob", "POST", one, body(open))
		w.refused(t, 403, noPermission, "bob", "POST", all, "")
		w.refused(t, 400, "must have required property 'roomId' [invalid-params]", "boss", "POST", one, `{}`)
		w.refused(t, 400, "error-invalid-room", "boss", "POST", one, `{"roomId":"x"}`)
		w.refused(t, 400, "error-room-is-not-closed", "boss", "POST", one, body(open))
		gone := w.finished("bea")
		w.exec(`INSERT INTO pages (id, visitor_id, room_id, change, title, href, at) VALUES ('p', 'v-bea', $1, 'url', 't', 'h', 1)`, gone.ID)
		w.ok("boss", "POST", one, body(gone))
		w.told("room.erased")
		w.hear()
		if n := w.count(`SELECT (SELECT count(*) FROM messages WHERE room_id = $1) + (SELECT count(*) FROM rooms WHERE id = $1) + (SELECT count(*) FROM room_changes WHERE room_id = $1) + (SELECT count(*) FROM contacts WHERE last_chat_id = $1)`, gone.ID); n != 0 {
			t.Errorf("%d are left", n)
		}
		w.refused(t, 400, "error-invalid-room", "boss", "POST", one, body(gone))
		w.department("sales", w.agent("eve"))
		w.exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ('u', 'U', 'u', 'public', 1)`)
		w.exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('u', 'u-mona', 1)`)
		a, b, c := w.finished("cat"), w.finished("dan"), w.finished("eli")
		w.exec(`UPDATE rooms SET department_id = '' WHERE id <> $1 AND NOT open`, a.ID) // the only department there is had them all
		w.exec(`UPDATE rooms SET unit_id = 'u' WHERE id = $1`, b.ID)
		if got := w.ok("boss", "POST", all+"?departmentIds[]=sales", ""); got.text != `{"removedRooms":1,"success":true}` {
			t.Error(got.text)
		}
		if got := w.ok("mona", "POST", all, ""); got.text != `{"removedRooms":1,"success":true}` { // a monitor's: his units'
			t.Error(got.text)
		}
		if got := w.ok("boss", "POST", all+"?departmentIds[]=other", ""); got.text != `{"removedRooms":0,"success":true}` {
			t.Error(got.text)
		}
		if w.count(`SELECT count(*) FROM rooms WHERE id = $1`, c.ID) != 1 {
			t.Error("too many")
		}
		if got := w.ok("boss", "POST", all, ""); got.text != `{"removedRooms":1,"success":true}` || w.count(`SELECT count(*) FROM rooms`) != 1 {
			t.Error(got.text)
		}
	})
}

func TestARoomIsGivenToAnotherVisitor(t *testing.T) { // rest-api.md 7
	online(t, func(t *testing.T, w *wire) {
		bob, ann, bea := w.staffed(), w.visitor("ann"), w.visitor("bea")
		w.signedIn(ann, bea)
		r := w.open(ann)
		w.take(bob, r)
		const target = "livechat/room.visitor"
		body := func(rid, from, to string) string {
			return `{"rid":"` + rid + `","oldVisitorId":"` + from + `","newVisitorId":"` + to + `"}`
		}
		rid := string(r.ID)
		w.refused(t, 401, noLogin, "", "PUT", target, "")
		w.refused(t, 403, noPermission, "plain", "PUT", target, "")
		w.refused(t, 400, "must have required property 'rid' [invalid-params]", "bob", "PUT", target, `{"oldVisitorId":"a","newVisitorId":"b"}`)
		w.refused(t, 400, "error-invalid-room", "bob", "PUT", target, body("x", "v-ann", "v-bea"))
		w.refused(t, 400, "Invalid visitor [error-invalid-visitor]", "bob", "PUT", target, body(rid, "v-bea", "v-ann"))
		w.refused(t, 400, "Invalid visitor [error-invalid-visitor]", "bob", "PUT", target, body(rid, "v-ann", "v-none"))
		hers := w.open(bea)
		w.refused(t, 400, "The visitor has an open chat on this channel [error-visitor-has-open-room]", "bob", "PUT", target, body(rid, "v-ann", "v-bea"))
		w.ok("boss", "POST", "livechat/room.closeByUser", `{"rid":"`+string(hers.ID)+`","comment":"x"}`)
		a := w.ok("bob", "PUT", target, body(rid, "v-ann", "v-bea"))
		if a.at("room.v._id") != "v-bea" || a.at("room.fname") != "bea" || strings.Contains(a.text, "token") {
			t.Error(a.text)
		}
		w.refused(t, 400, "[invalid-room]", "", "POST", "livechat/message", `{"token":"token of ann","rid":"`+rid+`","msg":"x"}`)
		w.ok("", "POST", "livechat/message", `{"token":"token of bea","rid":"`+rid+`","msg":"x"}`)
		if w.count(`SELECT count(*) FROM rooms r JOIN visitors v ON v.id = r.visitor_id AND v.contact_id = r.contact_id WHERE r.id = $1`, rid) != 1 {
			t.Error("the contact is another one's")
		}
		if w.count(`SELECT count(*) FROM outbox WHERE name = 'room.given'`) != 1 {
			t.Error("who had it is not told")
		}
	})
}
