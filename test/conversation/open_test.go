package conversation

import (
	"slices"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/platform/fault"
)

func TestAnOpenedRoomWaitsUnderManualSelection(t *testing.T) { // lifecycle 4.4, 1.4, 2.2, LT-CB-4
	manual(t, func(t *testing.T, h *house) {
		h.agent("bob")
		r := h.open(h.visitor("ann"))
		if !r.Open || r.ServedBy != nil || r.FName != "ann" || r.Msgs != 1 || r.Seq != 1 || r.UsersCount != 1 || !r.WaitingResponse || r.Code != 1 ||
			r.PriorityWeight != 99 || r.EstimatedWaitingTimeQueue != 9999999 || r.QueuedAt != noon || r.TS != noon || r.V.ID != "v-ann" {
			t.Errorf("room: %+v", r)
		}
		if m := r.LastMessage; m == nil || m.T != chat.MessageStarted || m.U.ID != "v-ann" || m.Seq != 1 || m.Groupable == nil || *m.Groupable || m.Token != "token of ann" {
			t.Errorf("first message: %+v", m)
		}
		if i := h.inquiry(r); i.Status != chat.StatusQueued || i.Name != "ann" || i.RID != r.ID || i.QueuedAt != noon || i.V.ID != "v-ann" || i.PriorityWeight != 99 {
			t.Errorf("inquiry: %+v", i)
		}
		if got := h.events(r); !slices.Equal(got, []string{"room.opened", "message.sent", "inquiry.queued"}) {
			t.Errorf("events: %v", got)
		}
	})
}

func TestAnOpenedRoomIsServedAtOnceUnderAutoSelection(t *testing.T) { // rest-api 1.9, LC-TAKE-8, LC-TAKE-9
	each(t, func(t *testing.T, h *house) {
		bob := h.agent("bob")
		r := h.open(h.visitor("ann"))
		if r.ServedBy == nil || r.ServedBy.ID != bob.User || r.ServedBy.Username != "bob" || r.UsersCount != 2 || r.QueuedAt != 0 {
			t.Fatalf("room: %+v", r)
		}
		if i := h.inquiry(r); i.Status != chat.StatusTaken || i.TakenAt != noon || i.QueuedAt != 0 {
			t.Errorf("inquiry: %+v", i)
		}
		s, err := h.rooms.History(h.ctx, everything, rooms.Span{RID: r.ID})
		if err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, m := range s.Messages {
			kinds = append(kinds, string(m.T)+":"+m.Msg)
		}
		if !slices.Equal(kinds, []string{"livechat-started:", "command:connected", "uj:bob"}) || s.Room.Seq != 4 {
			t.Errorf("messages %v, number %d", kinds, s.Room.Seq)
		}
		want := []string{"room.opened", "message.sent", "room.taken", "message.sent", "message.sent"}
		if got := h.events(r); !slices.Equal(got, want) {
			t.Errorf("events: %v", got)
		}
		if got := h.count(`SELECT last_assign_at FROM agents WHERE user_id = $1`, bob.User); got != int64(noon) {
			t.Errorf("last assignment at %d", got)
		}
		reason := `SELECT count(*) FROM decisions WHERE room_id = $1 AND agent = $2 AND method = 'Auto_Selection' AND reason = 'Mx bob is the only available agent'`
		if h.count(reason, r.ID, bob.User) != 1 {
			t.Error("the reason is not recorded")
		}
	})
}

func TestParallelOpensGiveOneRoom(t *testing.T) { // LC-START-3, INV-6
	each(t, func(t *testing.T, h *house) {
		h.agent("bob")
		ann := h.visitor("ann")
		ids := make([]chat.RoomID, 16)
		created := make([]bool, 16)
		for _, err := range parallel(16, func(i int) (err error) {
			r, opened, err := h.rooms.Open(h.ctx, rooms.Opening{Visitor: ann.Visitor, Source: chat.Source{Type: chat.SourceWidget}})
			ids[i], created[i] = r.ID, opened
			return err
		}) {
			if err != nil {
				t.Error(err)
			}
		}
		if len(slices.Compact(ids)) != 1 || h.count(`SELECT count(*) FROM rooms`) != 1 {
			t.Errorf("rooms: %v", ids)
		}
		if n := len(slices.DeleteFunc(created, func(b bool) bool { return !b })); n != 1 {
			t.Errorf("%d calls say that the room is new", n)
		}
		if next := h.open(h.visitor("cat")); next.Code != 2 {
			t.Errorf("a lost race used up a room number: the next is %d", next.Code)
		}
	})
}

func TestContinuingARoom(t *testing.T) { // LC-START-2, LC-TOK-4, LC-REO-1
	manual(t, func(t *testing.T, h *house) {
		ann, bea := h.visitor("ann"), h.visitor("bea")
		r := h.open(ann)
		open := func(v chat.Actor, rid chat.RoomID) (chat.Room, bool, error) {
			return h.rooms.Open(h.ctx, rooms.Opening{Visitor: v.Visitor, RID: rid, Source: chat.Source{Type: chat.SourceWidget}})
		}
		if got, opened, err := open(ann, r.ID); err != nil || opened || got.ID != r.ID {
			t.Errorf("own: %v %v %v", got.ID, opened, err)
		}
		if got, opened, err := open(ann, ""); err != nil || opened || got.ID != r.ID {
			t.Errorf("the open one, also from elsewhere: %v %v %v", got.ID, opened, err)
		}
		_, _, foreign := open(bea, r.ID)
		_, _, unknown := open(bea, "no such room")
		if !fault.Has(foreign, "invalid-room") || foreign.Error() != unknown.Error() {
			t.Errorf("a foreign and an unknown room are told apart: %v, %v", foreign, unknown)
		}
		h.close(ann, r)
		if _, _, err := open(ann, r.ID); !fault.Has(err, "invalid-room") {
			t.Errorf("closed: %v", err)
		}
		if next := h.open(ann); next.ID == r.ID {
			t.Error("a closed room was opened again")
		}
	})
}

func TestNobodyThere(t *testing.T) { // lifecycle 4.3, 2.3, RQ-ACC-1, RQ-ACC-2
	tests := []struct {
		name  string
		leave func(h *house, bob chat.Actor)
		there bool
	}{
		{"available", func(*house, chat.Actor) {}, true},
		{"away counts as there", func(h *house, bob chat.Actor) { h.disconnect(bob); h.connect(bob, chat.Away) }, true},
		{"away does not count when idle agents do not", func(h *house, bob chat.Actor) {
			h.disconnect(bob)
			h.connect(bob, chat.Away)
			h.settings.set(func(s *chat.Settings) { s.EnabledWhenAgentIdle = false })
		}, false},
		{"switched off", func(h *house, bob chat.Actor) {
			h.exec(`UPDATE agents SET status_livechat = 'not-available' WHERE user_id = $1`, bob.User)
		}, false},
		{"not connected", func(h *house, bob chat.Actor) { h.disconnect(bob) }, false},
		{"lease ran out", func(h *house, bob chat.Actor) { h.exec(`UPDATE presence SET expires_at = $1`, noon) }, false},
		{"invisible", func(h *house, bob chat.Actor) { h.exec(`UPDATE users SET status_default = 'offline'`) }, false},
		{"deactivated", func(h *house, bob chat.Actor) { h.exec(`UPDATE users SET active = false`) }, false},
		{"no agent any more", func(h *house, bob chat.Actor) { h.exec(`DELETE FROM user_roles`) }, false},
		{"a bot is not picked", func(h *house, bob chat.Actor) {
			h.exec(`INSERT INTO user_roles (user_id, role) VALUES ($1, 'bot')`, bob.User)
		}, false},
	}
	each(t, func(t *testing.T, h *house) {
		for i, c := range tests {
			t.Run(c.name, func(t *testing.T) {
				for _, table := range []string{"rooms", "users", "visitors"} {
					h.exec(`DELETE FROM ` + table)
				}
				h.settings.set(func(s *chat.Settings) { *s = *chat.DefaultSettings() })
				bob, ann := h.agent("bob"), h.visitor("ann")
				c.leave(h, bob)
				before := h.snapshot()
				r, _, err := h.rooms.Open(h.ctx, rooms.Opening{Visitor: ann.Visitor, Source: chat.Source{Type: chat.SourceAPI}})
				if c.there {
					if err != nil || r.ServedBy == nil {
						t.Errorf("got %v, served by %v", err, r.ServedBy)
					}
					return
				}
				if !fault.Has(err, "no-agent-online") {
					t.Fatalf("%d: got %v", i, err)
				}
				h.unchanged(t, before)
				h.settings.set(func(s *chat.Settings) { s.AcceptChatsWithNoAgents = true })
				if r := h.open(ann); r.ServedBy != nil || h.inquiry(r).Status != chat.StatusQueued {
					t.Errorf("with chats accepted it must wait: %+v", r)
				}
			})
		}
	})
}

func TestDepartments(t *testing.T) { // RQ-DEP-1, RQ-DEP-2, PT-DEP-1, lifecycle 4.2
	each(t, func(t *testing.T, h *house) {
		bob, eve := h.agent("bob"), h.agent("eve")
		sales := h.department("sales", eve)
		if r := h.open(h.visitor("v1")); r.DepartmentID != sales || r.ServedBy.ID != eve.User {
			t.Errorf("one department: %+v", r)
		}
		h.department("alpha", bob)
		h.disconnect(bob)
		if r := h.open(h.visitor("v2")); r.DepartmentID != sales {
			t.Errorf("several: the first with somebody there, not %q", r.DepartmentID)
		}
		chosen := func(name string, d chat.DepartmentID) (chat.Room, error) {
			v := h.visitor(name)
			h.exec(`UPDATE visitors SET department_id = $2 WHERE id = $1`, v.Visitor, d)
			r, _, err := h.rooms.Open(h.ctx, rooms.Opening{Visitor: v.Visitor, Source: chat.Source{Type: chat.SourceAPI}})
			return r, err
		}
		if _, err := chosen("v3", "alpha"); !fault.Has(err, "no-agent-online") { // 4.3 b
			t.Errorf("nobody in the chosen department: %v", err)
		}
		if r, err := chosen("v4", "gone"); err != nil || r.DepartmentID != sales {
			t.Errorf("a department that is gone counts as none: %q, %v", r.DepartmentID, err)
		}
		h.exec(`UPDATE departments SET enabled = false`)
		if r, err := chosen("v5", sales); err != nil || r.DepartmentID != "" {
			t.Errorf("a disabled department counts as none: %q, %v", r.DepartmentID, err)
		}
	})
}

func TestAWishedAgent(t *testing.T) { // LC-START-4, RQ-ACC-3, RQ-PREF-4
	each(t, func(t *testing.T, h *house) {
		bob, eve := h.agent("bob"), h.agent("eve")
		wish := func(name string, who chat.AgentID) (chat.Room, error) {
			r, _, err := h.rooms.Open(h.ctx, rooms.Opening{Visitor: h.visitor(name).Visitor, Agent: who, Source: chat.Source{Type: chat.SourceAPI}})
			return r, err
		}
		for i := range 3 {
			if r, err := wish(string(rune('a'+i)), eve.User); err != nil || r.ServedBy.ID != eve.User {
				t.Errorf("wished: %+v %v", r.ServedBy, err)
			}
		}
		h.disconnect(eve)
		if _, err := wish("v1", eve.User); !fault.Has(err, "no-agent-online") {
			t.Errorf("not there: %v", err)
		}
		h.settings.set(func(s *chat.Settings) { s.AcceptChatsWithNoAgents = true })
		if r, err := wish("v2", eve.User); err != nil || r.ServedBy.ID != bob.User {
			t.Errorf("the wish is dropped: %+v %v", r.ServedBy, err)
		}
		h.settings.set(func(s *chat.Settings) { s.RoutingMethod = chat.RoutingManual })
		r, err := wish("v3", bob.User)
		if i := h.inquiry(r); err != nil || i.Status != chat.StatusQueued || i.DefaultAgent == nil || *i.DefaultAgent != (chat.DefaultAgent{AgentID: bob.User, Username: "bob"}) {
			t.Errorf("under manual selection it is kept: %+v %v", i, err)
		}
	})
}

// Chats that open at once find different agents when there are enough of them.
func TestParallelOpensGoToDifferentAgents(t *testing.T) { // PT-RR-3
	each(t, func(t *testing.T, h *house) {
		const n = 8
		who := make([]chat.Actor, n)
		for i := range n {
			h.agent("agent" + string(rune('a'+i)))
			who[i] = h.visitor("v" + string(rune('a'+i)))
		}
		for _, err := range parallel(n, func(i int) error {
			_, _, err := h.rooms.Open(h.ctx, rooms.Opening{Visitor: who[i].Visitor, Source: chat.Source{Type: chat.SourceWidget}})
			return err
		}) {
			if err != nil {
				t.Error(err)
			}
		}
		if got := h.count(`SELECT count(DISTINCT served_by) FROM rooms WHERE open`); got != n {
			t.Errorf("%d chats went to %d agents", n, got)
		}
	})
}

func TestTheLeastBusyGetsTheNext(t *testing.T) { // rest-api 25.3
	each(t, func(t *testing.T, h *house) {
		bob, eve := h.agent("bob"), h.agent("eve")
		var order []chat.AgentID
		var first chat.Room
		for i := range 4 {
			h.clock.Advance(time.Second)
			r := h.open(h.visitor("v" + string(rune('a'+i))))
			order = append(order, r.ServedBy.ID)
			if i == 0 {
				first = r
			}
		}
		if !slices.Equal(order, []chat.AgentID{bob.User, eve.User, bob.User, eve.User}) {
			t.Errorf("order: %v", order)
		}
		h.close(bob, first) // now bob is the less busy one
		if r := h.open(h.visitor("last")); r.ServedBy.ID != bob.User {
			t.Errorf("served by %s", r.ServedBy.Username)
		}
	})
}

func TestSwitchedOff(t *testing.T) { // LC-START-6, LC-MSG-6
	manual(t, func(t *testing.T, h *house) {
		ann := h.visitor("ann")
		r := h.open(ann)
		h.settings.set(func(s *chat.Settings) { s.LivechatEnabled = false })
		before := h.snapshot()
		_, _, err := h.rooms.Open(h.ctx, rooms.Opening{Visitor: ann.Visitor, Source: chat.Source{Type: chat.SourceAPI}})
		_, written := h.rooms.Say(h.ctx, ann, rooms.Saying{RID: r.ID, Msg: "hello?"})
		if !fault.Has(err, "error-omnichannel-is-disabled") || !fault.Has(written, "error-omnichannel-is-disabled") {
			t.Errorf("%v, %v", err, written)
		}
		h.unchanged(t, before)
	})
}

// snapshot counts every table and the outbox, so that "nothing changed" can be said.
func (h *house) snapshot() map[string]int64 {
	counts := map[string]int64{}
	for _, table := range []string{"rooms", "messages", "room_changes", "subscriptions", "inquiries", "outbox", "jobs", "visitors", "users"} {
		counts[table] = h.count(`SELECT count(*) FROM ` + table)
	}
	counts["assignments"] = h.count(`SELECT count(*) FROM decisions WHERE agent <> ''`) // a refusal is recorded, and assigns nobody
	counts["numbers"] = h.count(`SELECT COALESCE(sum(seq), 0) FROM rooms`)
	counts["room codes"] = h.count(`SELECT COALESCE(max(value), 0) FROM counters WHERE name = 'rooms'`)
	counts["open rooms"] = h.count(`SELECT count(*) FROM rooms WHERE open`)
	counts["served rooms"] = h.count(`SELECT count(*) FROM rooms WHERE served_by <> ''`)
	counts["edited messages"] = h.count(`SELECT count(*) FROM messages WHERE edited_at > 0`)
	counts["taken inquiries"] = h.count(`SELECT count(*) FROM inquiries WHERE status = 'taken'`)
	return counts
}

func (h *house) unchanged(t *testing.T, before map[string]int64) {
	t.Helper()
	now := h.snapshot()
	for what, n := range before {
		if now[what] != n {
			t.Errorf("%s: %d before, %d now, although nothing may change", what, n, now[what])
		}
	}
}
