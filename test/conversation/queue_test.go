package conversation

import (
	"fmt"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/features/routing"
	"github.com/foyerchat/foyer/platform/fault"
)

// waiting are the rooms an agent's list of those who wait shows.
func (h *house) waiting(a chat.Actor) (all []chat.RoomID) {
	h.t.Helper()
	found, err := h.routing.Waiting(h.ctx, a)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, i := range found {
		all = append(all, i.RID)
	}
	return all
}

// Under Manual_Selection a chat is offered to all of its queue, who may look before they
// take it; nothing is given away, but the timers run.
func TestAManualQueue(t *testing.T) { // RQ-1, RQ-MAN-2, RQ-MAN-4, RQ-MAN-5, RQ-Q-1
	manual(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.WaitingQueue, s.MaxQueueWaitMinutes, s.QueueItemsDisplayed = true, 2, 1 })
		ann, bob, eve := h.agent("ann"), h.agent("bob"), h.agent("eve")
		sales := h.department("sales", ann, bob)
		first := h.open(h.in(h.visitor("v1"), sales))
		h.clock.Advance(time.Second)
		public := h.open(h.visitor("v2"))
		h.exec(`UPDATE rooms SET department_id = '' WHERE id = $1`, public.ID)
		h.exec(`UPDATE inquiries SET department_id = '' WHERE room_id = $1`, public.ID)
		for who, want := range map[*chat.Actor][]chat.RoomID{&ann: {first.ID}, &bob: {first.ID}, &eve: {public.ID}} {
			if got := h.waiting(*who); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s sees %v, not %v: at most one is shown", who.Username, got, want)
			}
		}
		if _, err := h.rooms.History(h.ctx, bob, rooms.Span{RID: first.ID}); err != nil {
			t.Errorf("bob may look before he takes it: %v", err)
		}
		if _, err := h.rooms.Answer(h.ctx, bob, rooms.Saying{RID: first.ID, Msg: "hello"}); err == nil {
			t.Error("who only looks writes")
		}
		h.sweep()
		if len(h.taken()) != 0 {
			t.Error("given away")
		}
		h.take(bob, first)
		if got := h.waiting(ann); fmt.Sprint(got) != fmt.Sprint([]chat.RoomID{public.ID}) {
			t.Errorf("taken, but ann is still offered %v", got)
		}
		h.pass(3 * time.Minute)
		if h.room(public).Open || !h.room(first).Open {
			t.Error("who waited too long is closed, who is served is not")
		}
	})
}

// What becomes of those who wait.
func TestWhoWaits(t *testing.T) { // RQ-Q-9, RQ-Q-10, RQ-Q-11, RQ-SORT-1, RQ-2, RQ-ACC-4
	queueing(t, 1, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.AllowSwitchingDepartments = true })
		ann := h.agent("ann")
		h.disconnect(ann)
		sales, help := h.department("sales", ann), h.department("help", ann)
		visitors := []chat.Actor{}
		all := []chat.Room{}
		for i := range 4 {
			v := h.visitor(fmt.Sprint("v", i))
			visitors, all = append(visitors, v), append(all, h.open(h.in(v, sales)))
			h.clock.Advance(time.Second)
		}
		h.sweep()
		if len(h.taken()) != 0 {
			t.Fatal("RQ-ACC-4: given to an agent who is not there")
		}
		h.say(visitors[0], all[0], "is anybody there?")
		if err := h.rooms.ChangeDepartment(h.ctx, visitors[1], all[1].ID, help); err == nil {
			t.Error("forwarded to where nobody is")
		}
		h.exec(`UPDATE departments SET receive_offline = true WHERE id = $1`, help)
		if err := h.rooms.ChangeDepartment(h.ctx, visitors[1], all[1].ID, help); err != nil || h.inquiry(all[1]).Department != help {
			t.Errorf("RQ-Q-9: another department: %v", err)
		}
		h.close(h.user("boss", chat.RoleManager), all[2])
		if n := h.count(`SELECT count(*) FROM inquiries WHERE room_id = $1`, all[2].ID); n != 0 {
			t.Error("RQ-Q-9: who left still waits")
		}
		h.exec(`UPDATE inquiries SET status = 'verifying' WHERE room_id = $1`, all[0].ID)
		h.connect(ann, chat.Online)
		h.sweep()
		if r := h.room(all[0]); r.ServedBy != nil {
			t.Error("RQ-Q-10: who is being verified is in no queue")
		}
		h.exec(`UPDATE inquiries SET status = 'queued' WHERE room_id = $1`, all[0].ID)
		r := h.room(all[1])
		if r.ServedBy == nil || r.ServedBy.ID != ann.User || h.inquiry(all[1]).Status != chat.StatusTaken {
			t.Errorf("RQ-2: assigned without being asked: %+v", r.ServedBy)
		}
		h.settings.set(func(s *chat.Settings) { s.MaxChatsPerAgent = 2 })
		h.take(ann, all[3]) // RQ-Q-11
		before := h.inquiry(all[1]).TS
		h.clock.Advance(time.Minute)
		if ok, err := h.rooms.Return(h.ctx, ann, all[1].ID, sales); err != nil || !ok {
			t.Fatal(err)
		}
		found, _, err := h.routing.List(h.ctx, everything, routing.List{Department: sales, QueuedOnly: true, Limit: 9})
		if err != nil || len(found) != 2 || found[0].RID != all[0].ID || found[1].RID != all[1].ID || found[1].TS != before {
			t.Errorf("RQ-SORT-1: a returned chat is as old as it was: %+v %v", found, err)
		}
	})
}

// Without limits the queue spreads chats over those who are there.
func TestTheQueueSpreadsChats(t *testing.T) { // RQ-CAP-5, RQ-AUTO-1
	queueing(t, 0, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.LastChattedAgent = false })
		team := []chat.Actor{h.agent("a"), h.agent("b"), h.agent("c")}
		serve := func(name string) chat.AgentID {
			r := h.open(h.visitor(name))
			h.sweep()
			if s := h.room(r).ServedBy; s != nil {
				return s.ID
			}
			return ""
		}
		for i, a := range team {
			if got := serve(fmt.Sprint("v", i)); got != a.User {
				t.Errorf("chat %d went to %q", i, got)
			}
		}
		if got := serve("v3"); got != "" {
			t.Errorf("all were just given one, but %q got it", got)
		}
		h.exec(`UPDATE turns SET count = 0 WHERE agent_id = $1`, team[2].User)
		for _, room := range h.taken() {
			if r := h.room(chat.Room{ID: room}); r.ServedBy.ID == team[0].User {
				h.close(team[0], r)
			}
		}
		h.clock.Advance(6 * time.Second)
		h.sweep()
		if r := h.room(chat.Room{ID: h.taken()[3]}); r.ServedBy.ID != team[2].User {
			t.Errorf("RQ-AUTO-1: closing a chat does not give the next: %+v", r.ServedBy)
		}
	})
}

// Who is away from the keyboard is, with the setting off, there for nobody, in no way;
// what he has stays his.
func TestWhoIsIdle(t *testing.T) { // RQ-IDLE-1, RQ-IDLE-3, RQ-IDLE-4, RQ-IDLE-5
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) {
			s.EnabledWhenAgentIdle, s.AgentLeaveAction, s.AllowSwitchingDepartments = false, chat.ActionClose, true
		})
		ann, bob, boss := h.agent("ann"), h.agent("bob"), h.user("boss", chat.RoleManager)
		sales, help := h.department("sales", ann), h.department("help", bob)
		his, hers := h.open(h.in(h.visitor("v0"), help)), h.open(h.in(h.visitor("v1"), sales))
		h.exec(`UPDATE presence SET status = 'away' WHERE user_id = $1`, bob.User)
		h.seen(bob)
		if h.timers("left") != 0 || h.room(his).ServedBy.ID != bob.User {
			t.Error("RQ-IDLE-4: being idle is no departure")
		}
		if _, _, err := h.rooms.Open(h.ctx, rooms.Opening{Visitor: h.in(h.visitor("v2"), help).Visitor, Source: chat.Source{Type: chat.SourceAPI}}); !fault.Has(err, "no-agent-online") {
			t.Errorf("RQ-IDLE-3: a new chat: %v", err)
		}
		for name, f := range map[string]rooms.Forwarding{"error-user-is-offline": {RID: hers.ID, Agent: bob.User, ByClient: true},
			"error-no-agents-online-in-department": {RID: hers.ID, Department: help}} {
			if err := h.rooms.Forward(h.ctx, boss, f); !fault.Has(err, name) {
				t.Errorf("RQ-IDLE-3: forwarding: %v", err)
			}
		}
		if ok, err := h.rooms.Return(h.ctx, boss, hers.ID, ""); err != nil || !ok {
			t.Fatal(err)
		}
		if _, err := h.rooms.Take(h.ctx, bob, h.inquiry(hers).ID, ""); !fault.Has(err, "error-agent-status-service-offline") {
			t.Errorf("RQ-IDLE-1: taking: %v", err)
		}
		h.exec(`INSERT INTO user_roles (user_id, role) VALUES ($1, 'bot')`, bob.User)
		h.take(bob, hers) // RQ-IDLE-5
	})
}

// Chats that may wait while nobody is there are given to nobody who is not.
func TestAcceptingWithNobodyThere(t *testing.T) { // RQ-ACC-4, RQ-ACC-6, RQ-ACC-7, RQ-T-3, PT-ACC
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.AcceptChatsWithNoAgents, s.MaxQueueWaitMinutes = true, 1 })
		ann := h.agent("ann")
		h.exec(`UPDATE agents SET status_livechat = 'not-available' WHERE user_id = $1`, ann.User) // as the end of business hours does
		r := h.open(h.visitor("v1"))
		h.sweep()
		if h.room(r).ServedBy != nil || h.inquiry(r).Status != chat.StatusQueued {
			t.Fatalf("%+v", h.room(r).ServedBy)
		}
		if i := h.inquiry(r); i.EstimatedInactivityCloseTimeAt != i.QueuedAt.Add(time.Minute) { // lifecycle 1.5
			t.Errorf("it is said to close at %d", i.EstimatedInactivityCloseTimeAt)
		}
		h.pass(time.Minute - time.Second)
		if !h.room(r).Open {
			t.Error("closed too early")
		}
		h.pass(time.Second)
		if h.room(r).Open {
			t.Error("RQ-ACC-7: the maximum wait counts")
		}
		h.settings.set(func(s *chat.Settings) { s.AcceptChatsWithNoAgents = false })
		if _, _, err := h.rooms.Open(h.ctx, rooms.Opening{Visitor: h.visitor("v2").Visitor, Source: chat.Source{Type: chat.SourceAPI}}); !fault.Has(err, "no-agent-online") {
			t.Errorf("PT-ACC: %v", err)
		}
	})
}

// Timers are the server's: what a monitor may see limits none.
func TestTimersDoNotStopAtUnits(t *testing.T) { // RQ-AB-5
	each(t, func(t *testing.T, h *house) {
		bob, mona := h.agent("bob"), h.user("mona", chat.RoleMonitor)
		north, south := h.department("north", bob), h.department("south", bob)
		h.unit("n", []chat.DepartmentID{north}, mona)
		all := []chat.Room{h.inDepartment(h.visitor("v1"), north), h.inDepartment(h.visitor("v2"), south)}
		for _, r := range all {
			h.answer(bob, r, "hello")
		}
		h.change("Livechat_abandoned_rooms_action", func(s *chat.Settings) { s.AbandonedAction, s.VisitorInactivitySeconds = chat.ActionClose, 60 })
		h.pass(2 * time.Minute)
		for _, r := range all {
			if h.room(r).Open {
				t.Errorf("%s is open", r.FName)
			}
		}
	})
}
