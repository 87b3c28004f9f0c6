package conversation

import (
	"slices"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
)

// unit puts departments into a unit that these monitors oversee.
func (h *house) unit(id string, departments []chat.DepartmentID, monitors ...chat.Actor) {
	h.t.Helper()
	h.exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ($1, $1, $1, 'public', 1)`, id)
	for _, m := range monitors {
		h.exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ($1, $2, 1)`, id, m.User)
	}
	h.moved(id, departments...)
}

// moved puts departments into a unit, as the unit's form does.
func (h *house) moved(unit string, departments ...chat.DepartmentID) {
	h.t.Helper()
	for _, d := range departments {
		h.exec(`UPDATE departments SET unit_id = $1 WHERE id = $2`, unit, d)
	}
	consume(h, "rooms.unit", chat.UnitChanged{Departments: departments})
}

// inDepartment opens a room of a visitor who chose a department.
func (h *house) inDepartment(v chat.Actor, d chat.DepartmentID) chat.Room {
	h.t.Helper()
	h.exec(`UPDATE visitors SET department_id = $1 WHERE id = $2`, d, v.Visitor)
	return h.open(v)
}

// overseen is everything a monitor may see of conversations, on the wire.
func (w *wire) overseen(t *testing.T, who string, all ...chat.Room) string {
	t.Helper()
	names := func(path, list, field string) (found []string) {
		objects, _ := w.ok(who, "GET", path, "").at(list).([]any)
		for _, o := range objects {
			found = append(found, o.(map[string]any)[field].(string))
		}
		slices.Sort(found)
		return found
	}
	var single []string
	for _, r := range all {
		if w.call(who, "GET", "foyer/rooms/"+string(r.ID), "").status == 200 {
			single = append(single, r.FName)
		}
		seen := slices.Contains(single, r.FName)
		for _, path := range []string{"livechat/" + string(r.ID) + "/messages", "channels.info?roomId=" + string(r.ID), "foyer/rooms/" + string(r.ID) + "/history"} {
			if (w.call(who, "GET", path, "").status == 200) != seen {
				t.Errorf("%s sees %s: %t, but not so %s", who, r.FName, seen, path)
			}
		}
		if inquiry := w.ok(who, "GET", "livechat/inquiries.getOne?roomId="+string(r.ID), "").at("inquiry"); r.Open && (inquiry != nil) != seen {
			t.Errorf("%s sees %s: %t, but not so its inquiry", who, r.FName, seen)
		}
	}
	slices.Sort(single)
	listed := names("livechat/rooms", "rooms", "fname")
	if !slices.Equal(listed, single) {
		t.Errorf("%s may see %v and is listed %v", who, single, listed)
	}
	return strings.Join(listed, " ") + " | " + strings.Join(names("livechat/inquiries.list", "inquiries", "name"), " ") +
		" | " + strings.Join(names("foyer/inbox", "waiting", "name"), " ")
}

// A monitor sees exactly the rooms of his units, in every list and one by one.
func TestAMonitorSeesTheRoomsOfHisUnits(t *testing.T) { // permissions.md 5, tags-units 3.2
	online(t, func(t *testing.T, w *wire) {
		bob := w.agent("bob")
		cat := w.open(w.visitor("cat")) // while there is no department to put it into
		north, south := w.department("north", bob), w.department("south", bob)
		mona, boss := w.user("mona", chat.RoleMonitor), w.user("boss", chat.RoleManager)
		w.signedIn(mona, boss)
		all := []chat.Room{w.inDepartment(w.visitor("ann"), north), w.inDepartment(w.visitor("ben"), south), cat}
		const everything = "ann ben cat | ann ben cat | ann ben cat"
		check := func(situation, want string) {
			t.Helper()
			if got := w.overseen(t, "mona", all...); got != want {
				t.Errorf("%s: %q, want %q", situation, got, want)
			}
			if got := w.overseen(t, "boss", all...); got != everything {
				t.Errorf("%s, a manager: %q", situation, got)
			}
		}
		check("no unit exists", everything)
		w.unit("n", []chat.DepartmentID{north})
		check("in no unit", " |  | ")
		w.exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('n', $1, 1)`, mona.User)
		check("in one", "ann | ann | ann")
		w.unit("s", []chat.DepartmentID{south}, mona)
		check("in two", "ann ben | ann ben | ann ben")
		w.moved("", north)
		check("a department was taken out", "ben | ben | ben")
		w.exec(`UPDATE departments SET unit_id = '' WHERE unit_id = 's'`)
		w.exec(`DELETE FROM units WHERE id = 's'`)
		consume(w.house, "rooms.unit", chat.UnitChanged{Departments: []chat.DepartmentID{south}, Removed: "s"})
		check("a unit was removed", " |  | ")
		w.exec(`INSERT INTO user_roles (user_id, role) VALUES ($1, $2)`, mona.User, chat.RoleManager)
		mona.Roles = append(mona.Roles, chat.RoleManager)
		w.signedIn(mona)
		check("also a manager", everything)
	})
}

// A monitor gives nobody a chat of other units.
func TestAMonitorPlacesOnlyChatsOfHisUnits(t *testing.T) { // permissions.md 5
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.RoutingMethod = chat.RoutingManual })
		bob := h.agent("bob")
		north, south := h.department("north", bob), h.department("south", bob)
		mona := h.user("mona", chat.RoleMonitor)
		h.unit("n", []chat.DepartmentID{north}, mona)
		inside, outside := h.inDepartment(h.visitor("ann"), north), h.inDepartment(h.visitor("ben"), south)
		if _, err := h.rooms.Take(h.ctx, mona, h.inquiry(outside).ID, bob.User); !fault.Has(err, "error-not-found") {
			t.Errorf("outside: %v", err)
		}
		if _, err := h.rooms.Take(h.ctx, mona, h.inquiry(inside).ID, bob.User); err != nil || h.room(inside).ServedBy == nil {
			t.Errorf("inside: %v", err)
		}
	})
}

// What a monitor may not see he may not change, whatever rights he has.
func TestAMonitorChangesNothingOutsideHisUnits(t *testing.T) { // permissions.md 5
	online(t, func(t *testing.T, w *wire) {
		bob := w.agent("bob")
		north, south := w.department("north", bob), w.department("south", bob)
		mona := w.user("mona", chat.RoleMonitor)
		w.signedIn(mona)
		inside, outside := w.inDepartment(w.visitor("ann"), north), w.inDepartment(w.visitor("ben"), south)
		w.take(bob, inside)
		w.take(bob, outside)
		w.unit("n", []chat.DepartmentID{north}, mona)
		act := func(r chat.Room) (done []string) {
			rid := string(r.ID)
			for _, c := range []struct{ method, path, body string }{
				{"GET", "livechat/room.join?roomId=" + rid, ""},
				{"POST", "livechat/room/" + rid + "/priority", `{"priorityId":"priority-1"}`},
				{"DELETE", "livechat/room/" + rid + "/priority", ""},
				{"PUT", "livechat/inquiry.setSLA", `{"roomId":"` + rid + `","sla":"gold"}`},
				{"POST", "livechat/room.onHold", `{"roomId":"` + rid + `"}`},
				{"POST", "livechat/room.resumeOnHold", `{"roomId":"` + rid + `"}`},
				{"GET", "livechat/rooms/" + rid + "/explain", ""},
				{"POST", "livechat/room.saveInfo", `{"roomData":{"_id":"` + rid + `","topic":"x"},"guestData":{"_id":"` + string(r.V.ID) + `"}}`},
				{"POST", "livechat/inquiries.returnAsInquiry", `{"roomId":"` + rid + `"}`},
				{"POST", "livechat/room.forward", `{"roomId":"` + rid + `","departmentId":"south"}`},
				{"GET", "livechat/transfer.history/" + rid, ""},
				{"POST", "livechat/room.closeByUser", `{"rid":"` + rid + `","comment":"x"}`},
			} {
				if a := w.call("mona", c.method, c.path, c.body); a.status == 200 {
					done = append(done, strings.SplitN(c.path, "?", 2)[0])
				} else if a.status >= 500 {
					t.Errorf("%s: %d %s", c.path, a.status, a.text)
				}
			}
			return done
		}
		before := w.snapshot()
		if done := act(outside); done != nil {
			t.Errorf("outside she could %v", done)
		}
		w.unchanged(t, before)
		for r, want := range map[chat.RoomID]float64{inside.ID: 1, outside.ID: 0} { // contacts' chats
			if a := w.ok("mona", "GET", "omnichannel/contacts.history?contactId="+string(w.room(chat.Room{ID: r}).ContactID), ""); a.at("total") != want {
				t.Errorf("%s, want %v", a.text, want)
			}
		}
		if done := act(inside); len(done) < 7 {
			t.Errorf("inside she could only %v", done)
		}
	})
}

// A monitor who is an agent, too, works as every agent does.
func TestAMonitorIsAlsoAnAgent(t *testing.T) { // RQ-U-3, permissions.md 5, tags-units 3.2
	online(t, func(t *testing.T, w *wire) {
		bob, mona := w.agent("bob"), w.agent("mona")
		cat := w.open(w.visitor("cat"))
		north, south, west := w.department("north", bob), w.department("south", bob, mona), w.department("west", bob)
		for _, g := range chat.DefaultPermissions() {
			if slices.Contains(g.Roles, chat.RoleMonitor) {
				mona.Permissions[g.ID] = true
			}
		}
		mona.Roles = append(mona.Roles, chat.RoleMonitor)
		w.exec(`INSERT INTO user_roles (user_id, role) VALUES ($1, $2)`, mona.User, chat.RoleMonitor)
		w.signedIn(mona)
		w.unit("n", []chat.DepartmentID{north}, mona)
		ann, ben := w.inDepartment(w.visitor("ann"), north), w.inDepartment(w.visitor("ben"), south)
		dan, eva := w.inDepartment(w.visitor("dan"), west), w.inDepartment(w.visitor("eva"), west)
		w.take(bob, dan)
		w.take(mona, eva)
		names := func(path, list, field string) string {
			objects, _ := w.ok("mona", "GET", path, "").at(list).([]any)
			var found []string
			for _, o := range objects {
				found = append(found, o.(map[string]any)[field].(string))
			}
			slices.Sort(found)
			return strings.Join(found, " ")
		}
		if got := names("livechat/rooms", "rooms", "fname"); got != "ann eva" {
			t.Errorf("rooms: %s", got)
		}
		if got := names("foyer/inbox", "waiting", "name"); got != "ann ben cat" {
			t.Errorf("the unit's queue, her own and the public one: %s", got)
		}
		for r, want := range map[chat.RoomID]int{ann.ID: 200, ben.ID: 200, cat.ID: 200, eva.ID: 200, dan.ID: 400} {
			if a := w.call("mona", "GET", "foyer/rooms/"+string(r), ""); a.status != want {
				t.Errorf("%s: %d %s", r, a.status, a.text)
			}
		}
	})
}
