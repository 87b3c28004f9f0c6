package chat

import (
	"slices"
	"testing"
)

// people are the actors of the tables.
var people = map[string]Actor{
	"visitor":  {Visitor: "v1"},
	"stranger": {Visitor: "v2"},
	"agent":    somebody("a1", RoleAgent),
	"manager":  somebody("m1", RoleManager),
	"monitor":  somebody("mo", RoleMonitor),
	"admin":    somebody("ad", RoleAdmin),
	"user":     somebody("u1", RoleUser),
	"system":   System,
	"nobody":   {},
}

// somebody is a user with what the role has by default.
func somebody(id UserID, role string) Actor {
	a := Actor{User: id, Roles: []string{role}, Permissions: map[Permission]bool{}}
	for _, g := range DefaultPermissions() {
		if slices.Contains(g.Roles, role) {
			a.Permissions[g.ID] = true
		}
	}
	return a
}

type expectation struct {
	name  string
	facts RoomFacts
	yes   []string // everybody else: no
}

func check(t *testing.T, policy func(Actor, RoomFacts) bool, all []expectation) {
	t.Helper()
	for _, e := range all {
		yes := map[string]bool{}
		for _, who := range e.yes {
			yes[who] = true
		}
		for who, actor := range people {
			if got := policy(actor, e.facts); got != yes[who] {
				t.Errorf("%s: %s: got %v, want %v", e.name, who, got, yes[who])
			}
		}
	}
}

func TestMaySee(t *testing.T) { // permissions.md 5, LC-TOK-4
	own := RoomFacts{Visitor: "v1"}
	with := func(f func(*RoomFacts)) RoomFacts { r := own; r.Open = true; f(&r); return r }
	always := []string{"visitor", "manager", "monitor", "admin", "system"}
	check(t, MaySee, []expectation{
		{"served by another agent", with(func(f *RoomFacts) { f.ServedBy = "a2" }), always},
		{"b: serves it", with(func(f *RoomFacts) { f.ServedBy = "a1" }), append(always, "agent")},
		{"b: served it, closed", RoomFacts{Visitor: "v1", ServedBy: "a1"}, append(always, "agent")},
		{"d: closed, of the department", RoomFacts{Visitor: "v1", ServedBy: "a2", Department: "d", InDepartment: true}, always},
		{"e: waits, no preview", with(func(f *RoomFacts) {}), always},
		{"e: waits in the public queue, preview", with(func(f *RoomFacts) { f.QueuePreview = true }), append(always, "agent")},
		{"e: waits in another department", with(func(f *RoomFacts) { f.QueuePreview, f.Department = true, "d" }), always},
		{"e: waits in a department of his", with(func(f *RoomFacts) { f.QueuePreview, f.Department, f.InDepartment = true, "d", true }), append(always, "agent")},
		{"e: waits in another department, wished", with(func(f *RoomFacts) { f.QueuePreview, f.Department, f.Wished = true, "d", true }), append(always, "agent")},
		{"f: joined it", with(func(f *RoomFacts) { f.ServedBy, f.Member = "a2", true }), append(always, "agent", "user", "nobody")},
	})
	closing := people["agent"]
	closing.Permissions = map[Permission]bool{ViewLivechatRoomClosedSameDepartment: true}
	if !MaySee(closing, RoomFacts{Department: "d", InDepartment: true}) || MaySee(closing, RoomFacts{Department: "d"}) {
		t.Error("d: the permission counts for closed rooms of his departments only")
	}
	closing.Permissions = map[Permission]bool{ViewLivechatRoomClosedByAnotherAgent: true}
	if !MaySee(closing, RoomFacts{}) || MaySee(closing, RoomFacts{Open: true}) {
		t.Error("c: the permission counts for closed rooms only")
	}
}

func TestMayWrite(t *testing.T) { // LC-MSG-1, LC-MSG-20
	check(t, MayWrite, []expectation{
		{"open, not a member", RoomFacts{Open: true, Visitor: "v1"}, []string{"visitor"}},
		{"open, a member", RoomFacts{Open: true, Visitor: "v1", Member: true}, []string{"visitor", "agent", "manager", "monitor", "admin"}},
		{"closed", RoomFacts{Visitor: "v1", Member: true}, nil},
	})
}

func TestMayTake(t *testing.T) { // LC-TAKE-1
	check(t, MayTake, []expectation{
		{"waits", RoomFacts{Open: true, Visitor: "v1"}, []string{"agent"}},
		{"waits in another department", RoomFacts{Open: true, Department: "d"}, []string{"agent"}},
		{"is served", RoomFacts{Open: true, ServedBy: "a2"}, nil},
		{"closed", RoomFacts{}, nil},
	})
	for who, want := range map[string]bool{"agent": false, "manager": true, "monitor": true, "admin": true, "user": false, "visitor": false} {
		if got := MayTakeFor(people[who]); got != want {
			t.Errorf("take for somebody else: %s: %v", who, got)
		}
	}
}

func TestMayClose(t *testing.T) { // lifecycle 10.2
	check(t, MayClose, []expectation{
		{"not a member", RoomFacts{Open: true, Visitor: "v1", VisitorsMayClose: true}, []string{"visitor", "manager", "monitor", "admin", "system"}},
		{"a member", RoomFacts{Open: true, Visitor: "v1", Member: true, VisitorsMayClose: true}, []string{"visitor", "agent", "manager", "monitor", "admin", "system"}},
		{"visitors may not", RoomFacts{Open: true, Visitor: "v1"}, []string{"manager", "monitor", "admin", "system"}},
	})
}

func TestMayJoinAndReturn(t *testing.T) { // lifecycle 6 and LC-RET-1
	served := RoomFacts{Open: true, Visitor: "v1", ServedBy: "a2"}
	member := served
	member.Member = true
	check(t, MayJoin, []expectation{
		{"served by another", served, []string{"manager", "monitor", "admin"}},
		{"already a member", member, nil},
		{"closed", RoomFacts{Visitor: "v1", ServedBy: "a2"}, nil},
	})
	check(t, MayReturn, []expectation{
		{"served by another", served, []string{"manager", "monitor", "admin"}},
		{"a member", member, []string{"agent", "manager", "monitor", "admin"}},
		{"waits", RoomFacts{Open: true, Member: true}, nil},
	})
}

func TestMayEditAndErase(t *testing.T) { // LC-MSG-9, LC-TOK-3
	own := Message{U: Sender{ID: "v1"}, Token: "t"}
	system := own
	system.T = MessageStarted
	foreign := Message{U: Sender{ID: "a1"}}
	open := RoomFacts{Open: true, Visitor: "v1", VisitorsMayEdit: true, VisitorsMayErase: true}
	closed, off := open, open
	closed.Open = false
	off.VisitorsMayEdit, off.VisitorsMayErase = false, false
	for _, c := range []struct {
		name  string
		facts RoomFacts
		m     Message
		want  bool
	}{
		{"own", open, own, true}, {"own, closed", closed, own, false}, {"own, switched off", off, own, false},
		{"a system message", open, system, false}, {"the agent's", open, foreign, false},
	} {
		if got := MayEdit(people["visitor"], c.facts, c.m); got != c.want {
			t.Errorf("edit %s: %v", c.name, got)
		}
		if got := MayErase(people["visitor"], c.facts, c.m); got != c.want {
			t.Errorf("erase %s: %v", c.name, got)
		}
		if MayEdit(people["stranger"], c.facts, c.m) || MayErase(people["admin"], c.facts, c.m) {
			t.Errorf("%s: somebody else may", c.name)
		}
	}
}

func TestTokensAndHiddenAgents(t *testing.T) { // permissions.md 6, LC-HID-6
	last := Message{U: Sender{ID: "a1", Username: "ann", Name: "Ann"}, Msg: "hello"}
	r := Room{V: VisitorView{ID: "v1", Token: "secret"}, ServedBy: &ServedBy{ID: "a1", Username: "ann", TS: 5},
		LastMessage: &Message{U: Sender{ID: "v1"}, Token: "secret"}, ResponseBy: &ResponseBy{Username: "ann"},
		Closer: CloserUser, ClosedBy: &UserRef{Username: "ann"}}
	if s := r.ForStaff(); s.V.Token != "" || s.LastMessage.Token != "" || r.LastMessage.Token == "" {
		t.Errorf("staff sees a token, or the original changed: %+v", s)
	}
	if i := (Inquiry{V: r.V}).ForStaff(); i.V.Token != "" {
		t.Error("staff sees the inquiry's token")
	}
	r.LastMessage = &last
	hidden := r.ForVisitor(false)
	if hidden.ServedBy == nil || *hidden.ServedBy != (ServedBy{TS: 5}) || hidden.ResponseBy != nil || hidden.ClosedBy != nil || hidden.LastMessage.U != (Sender{}) {
		t.Errorf("the visitor sees who the agent is: %+v", hidden)
	}
	if shown := r.ForVisitor(true); shown.ServedBy.Username != "ann" || shown.LastMessage.U.Username != "ann" {
		t.Errorf("shown agents are hidden: %+v", shown)
	}
	joined := Message{T: MessageJoined, Msg: "ann", U: last.U}.ForVisitor(false)
	if joined.Msg != "" || joined.U != (Sender{}) {
		t.Errorf("who joined is seen: %+v", joined)
	}
	if own := (Message{U: Sender{ID: "v1"}, Token: "secret"}).ForVisitor(false); own.U.ID != "v1" {
		t.Error("the visitor's own message lost its sender")
	}
}
