package live

import (
	"slices"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

func TestWhatAMonitorHears(t *testing.T) { // permissions.md 5, tags-units 3.2
	all := sight{departments: []chat.DepartmentID{"own", "both"}}
	units := sight{departments: all.departments, limited: true, units: []chat.UnitID{"u"}, overseen: []chat.DepartmentID{"both", "d"}}
	supervisor := []chat.Permission{chat.ViewLRoom, chat.ViewLivechatRooms}
	for _, c := range []struct {
		name   string
		rights []chat.Permission
		roles  []string
		sight  sight
		hears  string
	}{
		{"a manager", supervisor, nil, all, "user:x staff agents rooms queue:all"},
		{"a monitor while there is no unit", supervisor, []string{chat.RoleMonitor}, all, "user:x staff agents rooms queue:all"},
		{"a monitor", supervisor, []string{chat.RoleMonitor}, units, "queue:both queue:d self:x staff unit:u user:x"},
		{"a monitor without unit", supervisor, []string{chat.RoleMonitor}, sight{limited: true}, "self:x staff user:x"},
		{"a monitor who is an agent, too", supervisor, []string{chat.RoleMonitor, chat.RoleAgent}, units, "queue:both queue:d queue:own queue:public self:x staff unit:u user:x"},
		{"an agent", []chat.Permission{chat.ViewLRoom}, []string{chat.RoleAgent}, all, "agents queue:both queue:own queue:public staff user:x"},
		{"somebody else", nil, nil, all, "self:x staff user:x"},
	} {
		a := chat.Actor{User: "x", Roles: c.roles, Permissions: map[chat.Permission]bool{}}
		for _, p := range c.rights {
			a.Permissions[p] = true
		}
		if got := strings.Join(hears(a, c.sight), " "); got != c.hears {
			t.Errorf("%s: %s, want %s", c.name, got, c.hears)
		}
	}
}

// A monitor's screen follows the rooms and queues of his units, from the moment on
// that he oversees them.
func TestAMonitorsScreenFollowsHisUnits(t *testing.T) { // tags-units 3.2, 7.3
	engines(t, func(k *kit) {
		k.exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ('u', 'U', 'u', 'public', 1), ('w', 'W', 'w', 'public', 1)`)
		k.user("meg", "sales", "support")
		k.exec(`UPDATE departments SET unit_id = CASE id WHEN 'sales' THEN 'u' ELSE 'w' END`)
		k.user("mona")
		k.may("mona", chat.ViewLRoom, chat.ViewLivechatRooms)
		k.mu.Lock()
		k.roles["mona"] = []string{chat.RoleMonitor}
		k.mu.Unlock()
		k.user("inner", "sales")
		k.user("outsider", "support")
		inside, outside, open := k.room("inside", "ann", "sales"), k.room("outside", "ben", "support"), k.room("none", "cat", "")
		k.exec(`UPDATE rooms SET unit_id = CASE id WHEN 'inside' THEN 'u' WHEN 'outside' THEN 'w' ELSE '' END`)
		inside.DepartmentAncestors, outside.DepartmentAncestors = []chat.UnitID{"u"}, []chat.UnitID{"w"}
		mona := k.agent("mona")
		k.user("boss")
		k.may("boss", chat.ViewLRoom, chat.ViewLivechatRooms)
		boss := k.agent("boss")
		heard := func() (names []string) {
			k.emit(chat.RoomOpened{Room: inside}, chat.InquiryQueued{Inquiry: waiting("inside", "sales")}, chat.RoomOpened{Room: outside},
				chat.InquiryQueued{Inquiry: waiting("outside", "support")}, chat.RoomOpened{Room: open}, chat.InquiryQueued{Inquiry: waiting("none", "")})
			for range 6 {
				boss.next()
			}
			k.emit(chat.SettingChanged{ID: "after"})
			boss.wantNamed("push", "setting.changed")
			for {
				f := mona.next()
				if f.Name == "setting.changed" {
					slices.Sort(names)
					return names
				}
				names = append(names, f.Name)
			}
		}
		until := func(want ...string) {
			t.Helper()
			for late := clock.System.After(soon); ; { // until the sockets have been looked at again
				if slices.Equal(heard(), want) {
					return
				}
				select {
				case <-late:
					t.Fatalf("never heard just %v", want)
				default:
				}
			}
		}
		until()
		mona.join("inside", 0)
		mona.want("error")
		k.exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('u', 'mona', 1)`)
		k.emit(chat.PermissionsChanged{User: "mona"})
		mona.wantNamed("push", "permissions.changed")
		until("inquiry.added", "room.added")
		for _, agent := range []chat.AgentID{"outsider", "mona", "inner"} {
			k.emit(chat.AgentChanged{Agent: chat.User{ID: agent}})
			if f := boss.wantNamed("push", "agent.changed"); !strings.Contains(f.raw, string(agent)) {
				t.Error(f.raw)
			}
			if agent == "outsider" { // tags-units 3.2: an agent of no department of hers
				continue
			}
			if f := mona.wantNamed("push", "agent.changed"); !strings.Contains(f.raw, string(agent)) {
				t.Error(f.raw)
			}
		}
		mona.join("inside", 0)
		mona.want("joined")
		mona.join("outside", 0)
		mona.want("error")
		k.emit(chat.RoomForwarded{Room: outside, OldDepartment: "sales"}) // who sees all rooms is told by the room's change
		mona.wantNamed("push", "inquiry.removed")
		mona.wantNamed("push", "room.removed")
		k.exec(`UPDATE departments SET unit_id = ''`)
		k.emit(chat.UnitChanged{Departments: []chat.DepartmentID{"sales"}})
		until("room.added") // the queue is none of hers any more; the room follows with rooms' own event
	})
}

func TestARenamedPriorityIsShownEverywhere(t *testing.T) { // tags-units 4.2
	engines(t, func(k *kit) {
		k.user("bob")
		bob := k.agent("bob")
		k.emit(chat.PriorityChanged{ID: "priority-1", Name: "VIP"})
		if f := bob.wantNamed("push", "omnichannel.priority-changed"); string(f.Data) != `{"id":"priority-1","clientAction":"changed","name":"VIP"}` {
			t.Error(f.raw)
		}
	})
}
