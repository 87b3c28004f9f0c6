package chat

import "testing"

func TestWhomUnitsLimit(t *testing.T) { // permissions.md 5, RQ-U-4
	for _, c := range []struct {
		roles   []string
		limited bool
	}{
		{nil, false}, {[]string{RoleAgent}, false}, {[]string{RoleMonitor}, true}, {[]string{RoleAgent, RoleMonitor}, true},
		{[]string{RoleMonitor, RoleManager}, false}, {[]string{RoleAdmin, RoleMonitor}, false},
	} {
		if got := (Actor{User: "x", Roles: c.roles}).Monitor(); (got == "x") != c.limited || got != "" && got != "x" {
			t.Errorf("%v: %q", c.roles, got)
		}
	}
}

func TestWhatAMonitorMayDoOutsideHisUnits(t *testing.T) { // permissions.md 5
	a := Actor{User: "x", Roles: []string{RoleMonitor}, Permissions: map[Permission]bool{}}
	for _, g := range DefaultPermissions() {
		for _, r := range g.Roles {
			a.Permissions[g.ID] = a.Permissions[g.ID] || r == RoleMonitor
		}
	}
	served := RoomFacts{Open: true, ServedBy: "bob", Department: "d", ManualOnHold: true}
	waiting := RoomFacts{Open: true, QueuePreview: true}
	for _, f := range []RoomFacts{served, waiting, {Department: "d"}} {
		if !MaySee(a, f) || f.Open && !MayClose(a, f) {
			t.Errorf("inside: %+v", f)
		}
		f.OutsideUnits = true
		if MaySee(a, f) || CanDo(a, f) != (Can{}) || MaySeeQueue(a, f) {
			t.Errorf("outside: %+v may %+v", f, CanDo(a, f))
		}
	}
	a.Roles = append(a.Roles, RoleAgent)
	waiting.OutsideUnits = true
	if !MaySeeQueue(a, waiting) || !MayTake(a, waiting) {
		t.Error("as an agent he takes from the public queue")
	}
}

func TestWhoseListsAreRead(t *testing.T) { // permissions.md 5
	all := map[Permission]bool{ViewLivechatRooms: true}
	for want, a := range map[Sight]Actor{
		{Agent: "a"}:               {User: "a", Roles: []string{RoleAgent}},
		{All: true}:                {User: "b", Roles: []string{RoleManager, RoleMonitor}, Permissions: all},
		{Monitor: "m"}:             {User: "m", Roles: []string{RoleMonitor}, Permissions: all},
		{Monitor: "n", Agent: "n"}: {User: "n", Roles: []string{RoleMonitor, RoleAgent}, Permissions: all},
	} {
		if got := a.Sight(); got != want {
			t.Errorf("%v: %+v, want %+v", a.Roles, got, want)
		}
	}
}
