package conversation

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

func (h *house) policy(id string, minutes int64) {
	h.exec(`INSERT INTO sla_policies (id, name, name_lower, minutes, updated_at) VALUES ($1, $2, $3, $4, 1)`, id, strings.ToUpper(id), id, minutes)
}

func TestTheTagsOfAClosing(t *testing.T) { // LC-CLOSE-3, LC-CLOSE-4, departments.md 6
	each(t, func(t *testing.T, h *house) {
		bob := h.agent("bob")
		h.department("sales", bob)
		h.exec(`UPDATE departments SET request_tag = true, closing_tags = '["sales","done"]' WHERE id = 'sales'`)
		one := func(name string) chat.Room { return h.open(h.in(h.visitor(name), "sales")) }
		r := one("ann")
		before := h.snapshot()
		if err := h.rooms.Close(h.ctx, bob, rooms.Closing{RID: r.ID}); !fault.Has(err, "error-comment-is-required") {
			t.Errorf("the comment comes first: %v", err)
		}
		if err := h.rooms.Close(h.ctx, bob, closing(r)); !fault.Has(err, "error-tags-must-be-assigned-before-closing-chat") {
			t.Errorf("no tag: %v", err)
		}
		if err := h.rooms.Close(h.ctx, bob, closing(r, " ", "")); !fault.Has(err, "error-tags-must-be-assigned-before-closing-chat") {
			t.Errorf("blank tags are none: %v", err)
		}
		h.unchanged(t, before)
		if err := h.rooms.Close(h.ctx, bob, closing(r, "done", " refund ", "", "done")); err != nil {
			t.Fatal(err)
		}
		if got := h.room(r); !slices.Equal(got.Tags, []string{"done", "refund", "sales"}) {
			t.Errorf("tags: %v", got.Tags)
		}
		r = one("bea")
		tags := []string{" ", "vip", "vip "}
		info := rooms.Info{RID: r.ID, Tags: &tags, Visitor: r.V.ID}
		if err := h.rooms.SaveInfo(h.ctx, bob, info); err != nil {
			t.Fatal(err)
		}
		if got := h.room(r).Tags; !slices.Equal(got, []string{"vip"}) { // tags-units 1.2
			t.Errorf("tags: %q", got)
		}
		if err := h.rooms.Close(h.ctx, bob, closing(r)); err != nil {
			t.Errorf("tagged before: %v", err)
		}
		cid := h.in(h.visitor("cid"), "sales")
		r = h.open(cid)
		if err := h.rooms.Close(h.ctx, cid, rooms.Closing{RID: r.ID}); err != nil {
			t.Errorf("a visitor: %v", err)
		}
		if got := h.room(r); !slices.Equal(got.Tags, []string{"sales", "done"}) {
			t.Errorf("tags of a visitor's closing: %v", got.Tags)
		}
		h.settings.set(func(s *chat.Settings) { s.AbandonedAction = chat.ActionClose })
		h.exec(`UPDATE departments SET closing_tags = '[]' WHERE id = 'sales'`)
		r = one("dan")
		h.answer(bob, r, "hi")
		h.pass(time.Hour + time.Second)
		if h.room(r).Open {
			t.Error("the server cannot close it")
		}
	})
}

// half is a house that is open half of the time.
type half struct{}

func (half) OpenTime(_ context.Context, _ db.Querier, d chat.DepartmentID, from, to clock.Instant) (time.Duration, error) {
	if d != "sales" {
		return 0, nil
	}
	return to.Sub(from) / 2, nil
}

func TestSilenceCountsInBusinessHours(t *testing.T) { // LC-CLOSE-9
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.EnableBusinessHours = true })
		h.rooms.Hours = half{}
		bob, ann := h.agent("bob"), h.visitor("ann")
		h.department("sales", bob)
		r := h.open(h.in(ann, "sales"))
		h.say(ann, r, "hello")
		h.answer(bob, r, "hi")
		h.clock.Advance(time.Minute)
		h.close(bob, r)
		if got := h.room(r).Metrics.VisitorInactivity; got == nil || *got > 30 || *got < 29 {
			t.Errorf("inactivity: %v", got)
		}
		r = h.open(ann)
		h.answer(bob, r, "hi")
		h.say(ann, r, "hello")
		h.close(bob, r)
		if got := h.room(r).Metrics.VisitorInactivity; got != nil {
			t.Errorf("the visitor wrote last: %v", *got)
		}
	})
}

func TestAPriority(t *testing.T) { // LC-CF-7, tags-units 6
	manual(t, func(t *testing.T, h *house) {
		bob, eve, ann := h.agent("bob"), h.agent("eve"), h.visitor("ann")
		r := h.open(ann)
		set := func(a chat.Actor, rid chat.RoomID, p chat.PriorityID) error {
			return h.rooms.SetPriority(h.ctx, a, rid, p)
		}
		if err := set(bob, r.ID, "priority-2"); err != nil {
			t.Fatal(err)
		}
		got, i := h.room(r), h.inquiry(r)
		m := got.LastMessage
		if got.PriorityID != "priority-2" || got.PriorityWeight != 2 || i.PriorityWeight != 2 || m.T != chat.MessagePriority || m.PriorityData == nil ||
			m.PriorityData.DefinedBy.Username != "bob" || m.PriorityData.Priority == nil || m.PriorityData.Priority.I18n != "High" {
			t.Errorf("room %+v, message %+v, inquiry %+v", got, m, i)
		}
		if hidden := m.ForVisitor(false); hidden.PriorityData != nil {
			t.Error("a hidden agent is named")
		}
		events := h.events(r)
		if tail := events[len(events)-3:]; !slices.Equal(tail, []string{"message.sent", "inquiry.changed", "room.changed"}) {
			t.Errorf("events: %v", tail)
		}
		before := h.snapshot()
		if err := set(bob, r.ID, "priority-2"); err != nil {
			t.Errorf("the same again: %v", err)
		}
		h.unchanged(t, before)
		h.take(bob, r)
		closed := h.open(h.visitor("bea"))
		h.close(h.user("boss", chat.RoleManager), closed)
		before = h.snapshot()
		for name, c := range map[string]struct {
			err  error
			code string
		}{
			"unknown room":     {set(bob, "nowhere", "priority-1"), "error-room-does-not-exist"},
			"somebody else's":  {set(eve, r.ID, "priority-1"), "error-room-does-not-exist"},
			"unknown priority": {set(bob, r.ID, "priority-9"), "error-invalid-priority"},
			"closed":           {set(h.user("boss2", chat.RoleManager), closed.ID, "priority-1"), "room-closed"},
		} {
			if !fault.Has(c.err, c.code) {
				t.Errorf("%s: %v", name, c.err)
			}
		}
		before["users"]++ // boss2
		h.unchanged(t, before)
		if err := set(bob, r.ID, ""); err != nil {
			t.Fatal(err)
		}
		got, i = h.room(r), h.inquiry(r)
		if got.PriorityID != "" || got.PriorityWeight != 99 || i.PriorityWeight != 99 || got.LastMessage.PriorityData.Priority != nil {
			t.Errorf("room %+v, inquiry %+v", got, i)
		}
	})
}

func TestAnSLAPolicy(t *testing.T) { // LC-CF-7, tags-units 5, 6
	manual(t, func(t *testing.T, h *house) {
		bob, ann := h.agent("bob"), h.visitor("ann")
		h.policy("gold", 15)
		r, over := h.open(ann), h.open(h.visitor("old"))
		if err := h.rooms.SetSLA(h.ctx, bob, over.ID, "gold"); err != nil {
			t.Fatal(err)
		}
		h.take(bob, over)
		h.close(bob, over)
		set := func(rid chat.RoomID, p string) error { return h.rooms.SetSLA(h.ctx, bob, rid, p) }
		if err := set(r.ID, "bronze"); !fault.Has(err, "error-invalid-sla") {
			t.Errorf("unknown: %v", err)
		}
		if err := set("nowhere", "gold"); !fault.Has(err, "error-invalid-room") {
			t.Errorf("unknown room: %v", err)
		}
		if err := set(r.ID, "GOLD"); err != nil { // by its name
			t.Fatal(err)
		}
		got, i := h.room(r), h.inquiry(r)
		m := got.LastMessage
		if got.SLAID != "gold" || got.EstimatedWaitingTimeQueue != 15 || i.EstimatedWaitingTimeQueue != 15 || m.T != chat.MessageSLA || m.SLAData.SLA.Name != "GOLD" {
			t.Errorf("room %+v, message %+v", got, m)
		}
		if n := h.count(`SELECT count(*) FROM inquiries WHERE sla_minutes = 15 AND deadline = ts + 900000`); n != 1 {
			t.Error("the deadline is another one")
		}
		h.exec(`UPDATE sla_policies SET minutes = 5 WHERE id = 'gold'`)
		consume(h, "rooms.sla", chat.SLAChanged{SLA: "gold", Minutes: 5})
		if h.room(r).EstimatedWaitingTimeQueue != 5 || h.inquiry(r).EstimatedWaitingTimeQueue != 5 {
			t.Error("the policy's new time did not reach the chat")
		}
		before := h.snapshot()
		consume(h, "rooms.sla", chat.SLAChanged{SLA: "gold", Minutes: 5})
		h.unchanged(t, before)
		h.take(bob, r)
		if err := set(r.ID, "gold"); !fault.Has(err, "error-invalid-inquiry") {
			t.Errorf("served: %v", err)
		}
		h.exec(`DELETE FROM sla_policies WHERE id = 'gold'`)
		consume(h, "rooms.sla", chat.SLAChanged{SLA: "gold", Removed: true})
		if got := h.room(r); got.SLAID != "" || got.EstimatedWaitingTimeQueue != chat.NoEstimatedWaiting {
			t.Errorf("the policy is gone, the chat has %+v", got)
		}
		if got := h.room(over); got.SLAID != "" || got.EstimatedWaitingTimeQueue != chat.NoEstimatedWaiting {
			t.Errorf("the policy is gone, the closed chat has %+v", got)
		}
		h.close(bob, r)
		if err := h.rooms.SetSLA(h.ctx, bob, r.ID, "gold"); !fault.Has(err, "room-closed") {
			t.Errorf("closed: %v", err)
		}
	})
}

func TestOpeningWithPriorityAndSLA(t *testing.T) { // LC-START-5
	manual(t, func(t *testing.T, h *house) {
		h.policy("gold", 15)
		ann := h.visitor("ann")
		open := func(priority, sla string) (chat.Room, error) {
			r, _, err := h.rooms.Open(h.ctx, rooms.Opening{Visitor: ann.Visitor, Source: chat.Source{Type: chat.SourceAPI}, Priority: priority, SLA: sla})
			return r, err
		}
		before := h.snapshot()
		if _, err := open("nothing", ""); !fault.Has(err, "error-invalid-priority") {
			t.Errorf("priority: %v", err)
		}
		if _, err := open("", "nothing"); !fault.Has(err, "error-invalid-sla") {
			t.Errorf("SLA: %v", err)
		}
		h.unchanged(t, before)
		r, err := open("Highest", "gold")
		if err != nil {
			t.Fatal(err)
		}
		i := h.inquiry(r)
		if r.PriorityID != "priority-1" || r.PriorityWeight != 1 || r.SLAID != "gold" || r.EstimatedWaitingTimeQueue != 15 || i.PriorityWeight != 1 || i.EstimatedWaitingTimeQueue != 15 {
			t.Errorf("room %+v, inquiry %+v", r, i)
		}
		if again, err := open("Lowest", ""); err != nil || again.PriorityWeight != 1 {
			t.Errorf("the open one is another now: %+v %v", again, err)
		}
	})
}

func TestSavingInfo(t *testing.T) { // LC-CF-5
	manual(t, func(t *testing.T, h *house) {
		h.policy("gold", 15)
		bob, boss, ann := h.agent("bob"), h.user("boss", chat.RoleManager), h.visitor("ann")
		monitor := h.user("mona", chat.RoleMonitor)
		delete(monitor.Permissions, chat.SaveOthersLivechatRoomInfo)
		h.exec(`UPDATE visitors SET status = 'away' WHERE id = $1`, ann.Visitor)
		r := h.open(ann)
		h.take(bob, r)
		text := func(s string) *string { return &s }
		tags := []string{"a", "b", "a"}
		full := rooms.Info{RID: r.ID, Visitor: ann.Visitor, Topic: text("Lamp"), Tags: &tags, Priority: text("priority-3"), SLA: text("gold"),
			Guest: chat.Correction{Name: text("Anna"), Email: text("Anna@Example.com"), Phone: text("123")}}
		before := h.snapshot()
		wrong := func(f func(*rooms.Info)) rooms.Info { i := full; f(&i); return i }
		for name, c := range map[string]struct {
			err  error
			code string
		}{
			"unknown":          {h.rooms.SaveInfo(h.ctx, boss, wrong(func(i *rooms.Info) { i.RID = "nowhere" })), "error-invalid-room"},
			"not to be seen":   {h.rooms.SaveInfo(h.ctx, bob, wrong(func(i *rooms.Info) { i.RID = "nowhere" })), "unauthorized"},
			"another visitor":  {h.rooms.SaveInfo(h.ctx, bob, wrong(func(i *rooms.Info) { i.Visitor = "v-x" })), "error-invalid-visitor"},
			"may not":          {h.rooms.SaveInfo(h.ctx, monitor, full), "unauthorized"},
			"unknown priority": {h.rooms.SaveInfo(h.ctx, bob, wrong(func(i *rooms.Info) { i.Priority = text("x") })), "error-invalid-priority"},
			"unknown policy":   {h.rooms.SaveInfo(h.ctx, bob, wrong(func(i *rooms.Info) { i.SLA = text("x") })), "SLA not found with id: x"},
			"a bad address":    {h.rooms.SaveInfo(h.ctx, bob, wrong(func(i *rooms.Info) { i.Guest.Email = text("nope") })), "error-invalid-email"},
			"a huge topic":     {h.rooms.SaveInfo(h.ctx, bob, wrong(func(i *rooms.Info) { i.Topic = text(strings.Repeat("x", 501)) })), "error-invalid-topic"},
			"a huge tag":       {h.rooms.SaveInfo(h.ctx, bob, wrong(func(i *rooms.Info) { i.Tags = &[]string{strings.Repeat("x", 101)} })), "error-invalid-tag"},
		} {
			if !fault.Has(c.err, c.code) {
				t.Errorf("%s: %v", name, c.err)
			}
		}
		h.unchanged(t, before)
		if err := h.rooms.SaveInfo(h.ctx, bob, full); err != nil {
			t.Fatal(err)
		}
		got := h.room(r)
		if got.Topic != "Lamp" || !slices.Equal(got.Tags, []string{"a", "b"}) || got.PriorityID != "priority-3" || got.SLAID != "gold" || got.EstimatedWaitingTimeQueue != 15 {
			t.Errorf("room: %+v", got)
		}
		if n := h.count(`SELECT count(*) FROM visitors v JOIN visitor_emails e ON e.visitor_id = v.id JOIN visitor_phones p ON p.visitor_id = v.id
			WHERE v.name = 'Anna' AND v.status = 'away' AND e.address = 'anna@example.com' AND p.number = '123'`); n != 1 {
			t.Error("the visitor is another one")
		}
		before = h.snapshot()
		if err := h.rooms.SaveInfo(h.ctx, boss, full); err != nil {
			t.Errorf("the same again: %v", err)
		}
		if err := h.rooms.SaveInfo(h.ctx, boss, rooms.Info{RID: r.ID, Visitor: ann.Visitor}); err != nil {
			t.Errorf("nothing given: %v", err)
		}
		h.unchanged(t, before)
		none := []string{}
		if err := h.rooms.SaveInfo(h.ctx, boss, rooms.Info{RID: r.ID, Visitor: ann.Visitor, Tags: &none, Priority: text(""), SLA: text(""),
			Guest: chat.Correction{Email: text(""), Phone: text("")}}); err != nil {
			t.Fatal(err)
		}
		if got := h.room(r); len(got.Tags) != 0 || got.PriorityID != "" || got.SLAID != "" || got.Topic != "Lamp" {
			t.Errorf("room: %+v", got)
		}
		if n := h.count(`SELECT (SELECT count(*) FROM visitor_emails) + (SELECT count(*) FROM visitor_phones)`); n != 0 {
			t.Error("the addresses stay")
		}
		h.close(bob, r)
		if err := h.rooms.SaveInfo(h.ctx, bob, rooms.Info{RID: r.ID, Visitor: ann.Visitor, Topic: text("Late"), Priority: text("priority-1")}); err != nil {
			t.Fatal(err)
		}
		if got := h.room(r); got.Topic != "Late" || got.PriorityID != "" {
			t.Errorf("closed: %+v", got)
		}
	})
}

func TestADepartmentThatIsGone(t *testing.T) { // RQ-DEP-3, departments.md 5, LC-DEL-6
	manual(t, func(t *testing.T, h *house) {
		bob := h.agent("bob")
		for _, d := range []string{"sales", "support", "night"} {
			h.department(d, bob)
		}
		waiting := h.open(h.in(h.visitor("ann"), "sales"))
		served := h.open(h.in(h.visitor("bea"), "sales"))
		elsewhere := h.open(h.in(h.visitor("cid"), "support"))
		h.take(bob, served)
		before := h.snapshot()
		consume(h, "rooms.department", chat.DepartmentChanged{Department: "sales", Gone: true, Fallback: "night"}) // it is back already
		h.unchanged(t, before)
		h.exec(`UPDATE departments SET enabled = false WHERE id = 'sales'`)
		consume(h, "rooms.department", chat.DepartmentChanged{Department: "sales", Gone: true, Fallback: "night"})
		got := h.room(waiting)
		if got.DepartmentID != "night" || h.inquiry(waiting).Department != "night" || path(t, got.LastMessage.TransferData, "nextDepartment._id") != "night" {
			t.Errorf("waiting: %+v", got)
		}
		if events := h.events(waiting); !slices.Contains(events[len(events)-2:], "inquiry.queued") {
			t.Errorf("it is not routed again: %v", events)
		}
		if got := h.room(served); got.DepartmentID != "sales" || h.room(elsewhere).DepartmentID != "support" {
			t.Errorf("served: %+v", got)
		}
		before = h.snapshot()
		consume(h, "rooms.department", chat.DepartmentChanged{Department: "sales", Gone: true, Fallback: "night"})
		h.unchanged(t, before)
		h.exec(`DELETE FROM departments WHERE id = 'sales'`)
		consume(h, "rooms.department", chat.DepartmentChanged{Department: "sales", Gone: true, Removed: true})
		if got := h.room(served); got.DepartmentID != "" || got.ServedBy == nil || h.inquiry(served).Department != "" {
			t.Errorf("served in a removed department: %+v", got)
		}
		h.exec(`UPDATE departments SET archived = true WHERE id = 'night'`)
		consume(h, "rooms.department", chat.DepartmentChanged{Department: "night", Gone: true, Fallback: "nowhere"})
		if got := h.room(waiting); got.DepartmentID != "" {
			t.Errorf("without a fallback: %+v", got)
		}
	})
}

func TestRoomsFollowTheUnitOfTheirDepartment(t *testing.T) { // tags-units 2.4, LC-TAKE-9, RQ-U-5
	manual(t, func(t *testing.T, h *house) {
		bob, ann := h.agent("bob"), h.visitor("ann")
		h.department("sales", bob)
		old := h.open(h.in(ann, "sales"))
		h.close(ann, old)
		r := h.open(ann)
		unit := func(u string) {
			h.exec(`UPDATE departments SET unit_id = $1 WHERE id = 'sales'`, u)
			consume(h, "rooms.unit", chat.UnitChanged{Departments: []chat.DepartmentID{"sales"}})
		}
		unit("north")
		for _, r := range []chat.Room{old, r} {
			if got := h.room(r); !slices.Equal(got.DepartmentAncestors, []chat.UnitID{"north"}) {
				t.Errorf("ancestors: %v", got.DepartmentAncestors)
			}
		}
		unit("south")
		if got := h.room(old).DepartmentAncestors; !slices.Equal(got, []chat.UnitID{"north"}) {
			t.Errorf("closed under another unit: %v", got)
		}
		if got := h.room(r).DepartmentAncestors; !slices.Equal(got, []chat.UnitID{"south"}) {
			t.Errorf("open: %v", got)
		}
		h.exec(`UPDATE departments SET unit_id = 'west' WHERE id = 'sales'`)
		h.take(bob, r)
		if got := h.room(r).DepartmentAncestors; !slices.Equal(got, []chat.UnitID{"west"}) {
			t.Errorf("a take refreshes it: %v", got)
		}
		unit("")
		if got := h.room(r).DepartmentAncestors; got != nil {
			t.Errorf("no unit any more: %v", got)
		}
		consume(h, "rooms.unit", chat.UnitChanged{Removed: "north"})
		if got := h.room(old).DepartmentAncestors; got != nil {
			t.Errorf("the unit is removed: %v", got)
		}
	})
}

func TestAWaitingChatLeavesADepartmentWithNobody(t *testing.T) { // RQ-DEP-3, RQ-DEP-5
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.AcceptChatsWithNoAgents = true })
		away := h.agent("away")
		h.disconnect(away)
		h.department("sales", away)
		h.department("support", away)
		h.department("night", away)
		ann := h.in(h.visitor("ann"), "sales")
		r, lost := h.open(ann), h.open(h.in(h.visitor("bea"), "support"))
		bob := h.agent("bob")
		h.exec(`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ('night', $1, 1)`, bob.User)
		h.exec(`UPDATE departments SET fallback_id = 'night' WHERE id = 'sales'`)
		h.exec(`UPDATE departments SET enabled = false WHERE id = 'support'`)
		for _, r := range []chat.Room{r, lost, r, lost} { // first into the other queue, where its turn comes
			if _, err := h.rooms.Assign(h.ctx, r.ID); err != nil {
				t.Fatal(err)
			}
		}
		got := h.room(r)
		if got.DepartmentID != "night" || got.ServedBy == nil || got.ServedBy.ID != bob.User {
			t.Errorf("to the fallback: %+v", got)
		}
		if n := h.count(`SELECT count(*) FROM visitors WHERE id = $1 AND department_id = 'night'`, ann.Visitor); n != 1 {
			t.Error("the visitor stays behind")
		}
		if got := h.room(lost); got.DepartmentID != "" || got.ServedBy == nil {
			t.Errorf("of a department that takes no chats: %+v", got)
		}
	})
}

func TestAFullAgentTakesAndJoinsNothing(t *testing.T) { // LC-TAKE-5, LC-TAKE-6, RQ-CAP-1
	manual(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.WaitingQueue, s.MaxChatsPerAgent = true, 1 })
		bob, boss := h.agent("bob"), h.user("boss", chat.RoleManager)
		bob.Permissions[chat.ViewLivechatRooms] = true
		first, second := h.open(h.visitor("ann")), h.open(h.visitor("bea"))
		h.take(bob, first)
		before := h.snapshot()
		const full = "error-max-number-simultaneous-chats-reached"
		if _, err := h.rooms.Take(h.ctx, bob, h.inquiry(second).ID, ""); !fault.Has(err, full) {
			t.Errorf("takes: %v", err)
		}
		if _, err := h.rooms.Take(h.ctx, boss, h.inquiry(second).ID, bob.User); !fault.Has(err, full) {
			t.Errorf("is given: %v", err)
		}
		if err := h.rooms.Join(h.ctx, bob, second.ID); !fault.Has(err, full) {
			t.Errorf("joins: %v", err)
		}
		h.unchanged(t, before)
		if err := h.rooms.Join(h.ctx, boss, second.ID); err != nil {
			t.Errorf("who is no agent joins: %v", err)
		}
		h.exec(`INSERT INTO user_roles (user_id, role) VALUES ($1, 'bot')`, bob.User)
		h.take(bob, second) // LC-TAKE-6
	})
}
