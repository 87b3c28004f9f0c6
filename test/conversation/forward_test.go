package conversation

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/platform/fault"
)

// mover is an agent who may forward.
func (h *house) mover(name string) chat.Actor {
	a := h.agent(name)
	a.Permissions[chat.TransferLivechatGuest] = true
	return a
}

func (h *house) forward(a chat.Actor, f rooms.Forwarding) {
	h.t.Helper()
	if err := h.rooms.Forward(h.ctx, a, f); err != nil {
		h.t.Fatalf("%s forwards: %v", a.Username, err)
	}
}

// in makes the visitor choose a department.
func (h *house) in(v chat.Actor, d chat.DepartmentID) chat.Actor {
	h.exec(`UPDATE visitors SET department_id = $2 WHERE id = $1`, v.Visitor, d)
	return v
}

// says lists the types and texts of a room's messages after a number.
func (h *house) says(r chat.Room, after int64) []string {
	h.t.Helper()
	s, err := h.rooms.History(h.ctx, everything, rooms.Span{RID: r.ID, After: &after, Count: 100})
	if err != nil {
		h.t.Fatal(err)
	}
	var all []string
	for _, m := range s.Messages {
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s: %s %s", m.U.Username, m.T, m.Msg)))
	}
	return all
}

func (h *house) members(r chat.Room) (names []string) {
	h.t.Helper()
	rows, err := h.db.Query(h.ctx, `SELECT u.username FROM subscriptions s JOIN users u ON u.id = s.user_id WHERE s.room_id = $1 ORDER BY u.username`, r.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			h.t.Fatal(err)
		}
		names = append(names, name)
	}
	return names
}

func path(t *testing.T, data map[string]any, keys string) any {
	t.Helper()
	return answer{body: data}.at(keys)
}

func TestForwardingToAnAgent(t *testing.T) { // LC-FWD-3, lifecycle 7.2, INV-4, INV-16
	each(t, func(t *testing.T, h *house) {
		bob, ann := h.mover("bob"), h.visitor("ann")
		h.department("sales", bob)
		r := h.open(h.in(ann, "sales"))
		boss := h.user("boss", chat.RoleManager)
		if err := h.rooms.Join(h.ctx, boss, r.ID); err != nil {
			t.Fatal(err)
		}
		eve := h.agent("eve") // no member of sales
		at := h.room(r)
		h.forward(bob, rooms.Forwarding{RID: r.ID, Agent: eve.User, Comment: "please"})
		got := h.room(r)
		if got.ServedBy == nil || got.ServedBy.ID != eve.User || got.DepartmentID != "sales" || got.QueuedAt != 0 || got.UsersCount != at.UsersCount+1 {
			t.Errorf("room: %+v", got)
		}
		if i := h.inquiry(r); i.Status != chat.StatusTaken {
			t.Errorf("inquiry: %+v", i)
		}
		if who := h.members(r); !slices.Equal(who, []string{"boss", "eve"}) {
			t.Errorf("members: %v", who)
		}
		want := []string{"bob: ul bob", "eve: command connected", "eve: uj eve", "bob: livechat_transfer_history"}
		if said := h.says(r, at.Seq); !slices.Equal(said, want) {
			t.Errorf("history: %v", said)
		}
		data := got.LastMessage.TransferData
		for key, want := range map[string]string{"scope": "agent", "comment": "please", "transferredBy.username": "bob", "transferredBy.userType": "agent",
			"transferredTo.username": "eve", "previousDepartment": "sales"} {
			if path(t, data, key) != want {
				t.Errorf("%s: %v, want %s", key, path(t, data, key), want)
			}
		}
		events := h.events(r)
		if tail := events[len(events)-7:]; !slices.Equal(tail, []string{"message.sent", "room.taken", "message.sent", "message.sent", "message.sent", "room.changed", "room.forwarded"}) {
			t.Errorf("events: %v", tail)
		}
		if n := h.count(`SELECT count(*) FROM decisions WHERE room_id = $1 AND agent = $2`, r.ID, eve.User); n != 1 {
			t.Errorf("%d decisions for eve", n)
		}
	})
}

func TestAWaitingChatForwardedToAnAgentIsAssigned(t *testing.T) { // lifecycle 7.2
	manual(t, func(t *testing.T, h *house) {
		boss, eve := h.user("boss", chat.RoleManager), h.agent("eve")
		r := h.open(h.visitor("ann"))
		h.forward(boss, rooms.Forwarding{RID: r.ID, Agent: eve.User})
		got := h.room(r)
		if got.ServedBy == nil || got.ServedBy.ID != eve.User || path(t, got.LastMessage.TransferData, "transferredBy.userType") != "user" {
			t.Errorf("room: %+v %+v", got, got.LastMessage)
		}
	})
}

func TestForwardingThatFailsChangesNothing(t *testing.T) { // LC-FWD-1, LC-FWD-2, INV-15, departments.md 6
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.WaitingQueue, s.MaxChatsPerAgent = true, 1 })
		bob, eve, away, ann := h.mover("bob"), h.agent("eve"), h.agent("away"), h.visitor("ann")
		h.disconnect(away)
		h.department("sales", bob)
		h.department("support", eve)
		h.department("closed", eve)
		h.department("elsewhere", eve)
		h.department("empty", away)
		h.exec(`UPDATE departments SET enabled = false WHERE id = 'closed'`)
		h.exec(`UPDATE departments SET forward_to = '["sales","support","closed","empty","nowhere"]' WHERE id = 'sales'`)
		r := h.open(h.in(ann, "sales"))
		h.take(bob, r)
		h.take(eve, h.open(h.visitor("bea"))) // eve is full
		plain, foreign := h.mover("plain"), h.mover("foreign")
		delete(plain.Permissions, chat.TransferLivechatGuest)
		h.exec(`INSERT INTO subscriptions (id, room_id, user_id, ts, seen, updated_at) VALUES ('s', $1, $2, 1, 0, 1)`, r.ID, plain.User)
		to := func(a chat.Actor, f rooms.Forwarding) error {
			if f.RID == "" {
				f.RID = r.ID
			}
			return h.rooms.Forward(h.ctx, a, f)
		}
		before := h.snapshot()
		delete(before, "decisions") // why it was refused is kept
		for name, c := range map[string]struct {
			err  error
			code string
		}{
			"no target":              {to(bob, rooms.Forwarding{}), "error-no-target"},
			"unknown room":           {to(bob, rooms.Forwarding{RID: "nowhere", Agent: eve.User}), "error-invalid-room"},
			"somebody else's":        {to(foreign, rooms.Forwarding{Agent: eve.User}), "error-invalid-room"},
			"may not forward":        {to(plain, rooms.Forwarding{Agent: eve.User}), "error-not-allowed"},
			"a huge comment":         {to(bob, rooms.Forwarding{Agent: eve.User, Comment: strings.Repeat("x", 5001)}), "error-message-size-exceeded"},
			"to nobody":              {to(bob, rooms.Forwarding{Agent: "nobody"}), "error-user-is-offline"},
			"to somebody not there":  {to(bob, rooms.Forwarding{Agent: away.User}), "error-user-is-offline"},
			"to himself":             {to(bob, rooms.Forwarding{Agent: bob.User}), "error-selected-agent-room-agent-are-same"},
			"to somebody full":       {to(bob, rooms.Forwarding{Agent: eve.User}), "error-forwarding-chat"},
			"to somebody full, told": {to(bob, rooms.Forwarding{Agent: eve.User, ByClient: true}), "error-max-number-simultaneous-chats-reached"},
			"not allowed":            {to(bob, rooms.Forwarding{Department: "elsewhere"}), "error-forwarding-department-target-not-allowed"},
			"same department":        {to(bob, rooms.Forwarding{Department: "sales"}), "error-forwarding-chat-same-department"},
			"unknown department":     {to(bob, rooms.Forwarding{Department: "nowhere"}), "error-invalid-department"},
			"disabled department":    {to(bob, rooms.Forwarding{Department: "closed"}), "error-invalid-department"},
			"wished agent not there": {to(bob, rooms.Forwarding{Department: "support", Agent: away.User}), "error-user-is-offline"},
			"wished agent elsewhere": {to(bob, rooms.Forwarding{Department: "support", Agent: plain.User}), "error-user-not-belong-to-department"},
			"nobody there":           {to(bob, rooms.Forwarding{Department: "empty"}), "error-no-agents-online-in-department"},
		} {
			if !fault.Has(c.err, c.code) {
				t.Errorf("%s: %v", name, c.err)
			}
		}
		h.unchanged(t, before)
		h.exec(`UPDATE rooms SET on_hold = true WHERE id = $1`, r.ID)
		for _, f := range []rooms.Forwarding{{Agent: eve.User}, {Department: "support"}} {
			if err := to(bob, f); !fault.Has(err, "error-room-onHold") {
				t.Errorf("on hold: %v", err)
			}
		}
		h.unchanged(t, before)
		h.close(bob, r)
		if err := to(bob, rooms.Forwarding{Agent: eve.User}); !fault.Has(err, "This_conversation_is_already_closed") {
			t.Errorf("closed: %v", err)
		}
	})
}

func TestForwardingToADepartment(t *testing.T) { // lifecycle 7.3, INV-12
	each(t, func(t *testing.T, h *house) {
		bob, ann := h.mover("bob"), h.visitor("ann")
		h.department("sales", bob)
		r := h.open(h.in(ann, "sales"))
		eve, zoe := h.agent("eve"), h.agent("zoe")
		h.department("support", eve, zoe)
		h.exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ('north', 'North', 'north', 'public', 1)`)
		h.exec(`UPDATE departments SET unit_id = 'north', name = 'Support' WHERE id = 'support'`)
		at := h.room(r)
		h.forward(bob, rooms.Forwarding{RID: r.ID, Department: "support", Agent: zoe.User, Comment: "yours"})
		got := h.room(r)
		if got.ServedBy == nil || got.ServedBy.ID != zoe.User || got.DepartmentID != "support" || !slices.Equal(got.DepartmentAncestors, []chat.UnitID{"north"}) {
			t.Errorf("the wished agent did not get it: %+v", got)
		}
		if said := h.says(r, at.Seq); !slices.Equal(said, []string{"bob: ul bob", "zoe: command connected", "zoe: uj zoe", "bob: livechat_transfer_history"}) {
			t.Errorf("history: %v", said)
		}
		data := got.LastMessage.TransferData
		if path(t, data, "scope") != "department" || path(t, data, "previousDepartment") != "sales" || path(t, data, "nextDepartment._id") != "support" || path(t, data, "nextDepartment.name") != "Support" {
			t.Errorf("transfer: %v", data)
		}
		if n := h.count(`SELECT count(*) FROM outbox WHERE name = 'room.forwarded' AND payload LIKE '%"oldDepartmentId":"sales"%' AND payload LIKE '%"scope":"department"%'`); n != 1 {
			t.Errorf("%d forwards were told", n)
		}
		if who := h.members(r); !slices.Equal(who, []string{"zoe"}) {
			t.Errorf("members: %v", who)
		}
	})
}

func TestForwardingToADepartmentUnderManualSelectionQueuesIt(t *testing.T) { // lifecycle 7.3 step 4
	manual(t, func(t *testing.T, h *house) {
		bob, eve, ann := h.mover("bob"), h.agent("eve"), h.visitor("ann")
		r := h.open(ann)
		h.department("support", eve)
		h.take(bob, r)
		at := h.room(r)
		h.forward(bob, rooms.Forwarding{RID: r.ID, Department: "support"})
		got, i := h.room(r), h.inquiry(r)
		if got.ServedBy != nil || got.DepartmentID != "support" || i.Status != chat.StatusQueued || i.Department != "support" || got.QueuedAt == 0 {
			t.Errorf("room %+v, inquiry %+v", got, i)
		}
		if said := h.says(r, at.Seq); !slices.Equal(said, []string{"bob: ul bob", "bob: livechat_transfer_history"}) {
			t.Errorf("history: %v", said)
		}
		events := h.events(r)
		if tail := events[len(events)-3:]; !slices.Equal(tail, []string{"room.changed", "room.forwarded", "inquiry.queued"}) {
			t.Errorf("events: %v", tail)
		}
		h.take(eve, r)
	})
}

func TestForwardingFallsBack(t *testing.T) { // lifecycle 7.3 step 6
	each(t, func(t *testing.T, h *house) {
		bob, ann := h.mover("bob"), h.visitor("ann")
		r := h.open(ann)
		away, eve := h.agent("away"), h.agent("eve")
		h.disconnect(away)
		h.department("night", eve)
		h.department("support", away)
		h.exec(`UPDATE departments SET fallback_id = 'night' WHERE id = 'support'`)
		at := h.room(r)
		h.forward(bob, rooms.Forwarding{RID: r.ID, Department: "support"})
		got := h.room(r)
		if got.ServedBy == nil || got.ServedBy.ID != eve.User || got.DepartmentID != "night" {
			t.Errorf("room: %+v", got)
		}
		said := h.says(r, at.Seq)
		if !slices.Equal(said[3:], []string{"bob: livechat_transfer_history_fallback", "bob: livechat_transfer_history"}) {
			t.Errorf("history: %v", said)
		}
		if n := h.count(`SELECT count(*) FROM messages WHERE t = 'livechat_transfer_history_fallback' AND extra LIKE '%"originalDepartment":{"_id":"support","name":"support"}%'`); n != 1 {
			t.Error("the history does not name the department that was meant")
		}
	})
}

func TestForwardingToAFullDepartmentQueuesThere(t *testing.T) { // lifecycle 7.3 step 7
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.WaitingQueue, s.MaxChatsPerAgent = true, 1 })
		bob, eve := h.mover("bob"), h.agent("eve")
		r, other := h.open(h.visitor("ann")), h.open(h.visitor("bea"))
		h.department("support", eve)
		h.take(bob, r)
		h.take(eve, other)
		h.forward(bob, rooms.Forwarding{RID: r.ID, Department: "support"})
		if got, i := h.room(r), h.inquiry(r); got.ServedBy != nil || got.DepartmentID != "support" || i.Status != chat.StatusQueued {
			t.Errorf("room %+v, inquiry %+v", got, i)
		}
	})
}

func TestAVisitorChangesTheDepartment(t *testing.T) { // LC-FWD-4
	each(t, func(t *testing.T, h *house) {
		bob, ann, bea := h.agent("bob"), h.visitor("ann"), h.visitor("bea")
		r := h.open(ann)
		eve := h.agent("eve")
		h.department("support", eve)
		change := func(v chat.Actor, rid chat.RoomID, d chat.DepartmentID) error {
			return h.rooms.ChangeDepartment(h.ctx, v, rid, d)
		}
		before := h.snapshot()
		delete(before, "decisions") // why it was refused is kept
		foreign, unknown := change(bea, r.ID, "support"), change(bea, "nowhere", "support")
		if !fault.Has(foreign, "invalid-room") || foreign.Error() != unknown.Error() {
			t.Errorf("foreign %v, unknown %v", foreign, unknown)
		}
		if err := change(ann, r.ID, "nowhere"); !fault.Has(err, "error-invalid-department") {
			t.Errorf("unknown department: %v", err)
		}
		h.settings.set(func(s *chat.Settings) { s.AllowSwitchingDepartments = false })
		if err := change(ann, r.ID, "support"); !fault.Has(err, "error-not-allowed") {
			t.Errorf("switched off: %v", err)
		}
		h.unchanged(t, before)
		h.settings.set(func(s *chat.Settings) { s.AllowSwitchingDepartments = true })
		if err := change(ann, r.ID, "support"); err != nil {
			t.Fatal(err)
		}
		got := h.room(r)
		m := got.LastMessage
		if got.ServedBy == nil || got.ServedBy.ID != eve.User || got.DepartmentID != "support" || m.Token != "token of ann" ||
			path(t, m.TransferData, "transferredBy.userType") != "visitor" || path(t, m.TransferData, "transferredBy.username") != ann.Username {
			t.Errorf("room: %+v %+v", got, m)
		}
		if hidden := m.ForVisitor(false); hidden.TransferData != nil {
			t.Error("hidden agents are named in the transfer")
		}
		if n := h.count(`SELECT count(*) FROM visitors WHERE id = $1 AND department_id = 'support'`, ann.Visitor); n != 1 {
			t.Error("the next chat forgets the department")
		}
		h.close(eve, r)
		if err := change(ann, r.ID, "support"); !fault.Has(err, "room-closed") {
			t.Errorf("closed: %v", err)
		}
		_ = bob
	})
}

func TestOneOfManyForwardsComesFirst(t *testing.T) { // RQ 13 #5, INV-15
	each(t, func(t *testing.T, h *house) {
		bob := h.mover("bob")
		r := h.open(h.visitor("ann"))
		team := []chat.Actor{h.agent("a"), h.agent("b"), h.agent("c")}
		for i, a := range team {
			h.department(fmt.Sprint("d", i), a)
		}
		errs := parallel(9, func(i int) error {
			if i%3 == 0 {
				return h.rooms.Forward(h.ctx, bob, rooms.Forwarding{RID: r.ID, Agent: team[i/3].User})
			}
			return h.rooms.Forward(h.ctx, bob, rooms.Forwarding{RID: r.ID, Department: chat.DepartmentID(fmt.Sprint("d", i%3))})
		})
		if n := winners(t, errs, "error-invalid-room", "error-forwarding-chat-same-department", "error-selected-agent-room-agent-are-same"); n != 1 {
			t.Errorf("%d forwards of the one who loses it by the first", n)
		}
		if who := h.members(r); len(who) != 1 || who[0] != h.room(r).ServedBy.Username {
			t.Errorf("members: %v", who)
		}
	})
}
