package conversation

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

func TestATakeHasOneWinner(t *testing.T) { // LC-TAKE-7, RQ 13 #1
	manual(t, func(t *testing.T, h *house) {
		r := h.open(h.visitor("ann"))
		i := h.inquiry(r)
		team := make([]chat.Actor, 16)
		for n := range team {
			team[n] = h.agent(fmt.Sprint("agent", n))
		}
		errs := parallel(len(team), func(n int) error {
			_, err := h.rooms.Take(h.ctx, team[n], i.ID, "")
			return err
		})
		if n := winners(t, errs, "error-inquiry-taken"); n != 1 {
			t.Errorf("%d agents won", n)
		}
		winner := team[slices.IndexFunc(errs, func(err error) bool { return err == nil })]
		got := h.room(r)
		if got.ServedBy == nil || got.ServedBy.ID != winner.User || got.UsersCount != 2 || got.Seq != 4 {
			t.Errorf("room: %+v", got)
		}
		if n := h.count(`SELECT count(*) FROM subscriptions`); n != 1 {
			t.Errorf("%d subscriptions", n)
		}
		if n := h.count(`SELECT count(*) FROM decisions WHERE agent <> '' AND reason = $1`, "Taken by "+winner.Username); n != 1 {
			t.Errorf("%d decisions", n)
		}
		if n := h.count(`SELECT count(*) FROM messages WHERE t = 'uj'`); n != 1 {
			t.Errorf("%d joined", n)
		}
	})
}

func TestTakingRules(t *testing.T) { // LC-TAKE-1, LC-TAKE-2, LC-TAKE-3, permissions.md 7.4
	manual(t, func(t *testing.T, h *house) {
		bob, eve, boss, plain := h.agent("bob"), h.agent("eve"), h.user("boss", chat.RoleManager), h.user("plain", chat.RoleUser)
		ann := h.visitor("ann")
		r := h.open(ann)
		id := h.inquiry(r).ID
		take := func(a chat.Actor, i chat.InquiryID, u chat.UserID) error {
			_, err := h.rooms.Take(h.ctx, a, i, u)
			return err
		}
		away := h.agent("away")
		h.disconnect(away)
		before := h.snapshot()
		for name, c := range map[string]struct {
			err  error
			code string
		}{
			"unknown inquiry":              {take(bob, "nothing", ""), "error-not-found"},
			"not there":                    {take(away, id, ""), "error-agent-status-service-offline"},
			"no agent":                     {take(boss, id, ""), "error-invalid-agent"},
			"for nobody":                   {take(boss, id, "nobody"), "error-invalid-agent"},
			"for somebody who is no agent": {take(boss, id, plain.User), "error-invalid-agent"},
			"an agent for another":         {take(bob, id, eve.User), "error-not-allowed"},
		} {
			if !fault.Has(c.err, c.code) {
				t.Errorf("%s: %v", name, c.err)
			}
		}
		h.unchanged(t, before)

		if err := take(boss, id, eve.User); err != nil {
			t.Fatal(err)
		}
		if got := h.room(r); got.ServedBy.ID != eve.User {
			t.Errorf("served by %+v", got.ServedBy)
		}
		before = h.snapshot()
		if err := take(eve, id, ""); err != nil {
			t.Errorf("already mine: %v", err)
		}
		if err := take(bob, id, ""); !fault.Has(err, "error-inquiry-taken") {
			t.Errorf("taken: %v", err)
		}
		h.unchanged(t, before)
		h.close(eve, r)
		if err := take(bob, id, ""); !fault.Has(err, "error-not-found") {
			t.Errorf("closed: %v", err)
		}
	})
}

func TestJoining(t *testing.T) { // lifecycle 6, INV-14
	manual(t, func(t *testing.T, h *house) {
		bob, eve, boss := h.agent("bob"), h.agent("eve"), h.user("boss", chat.RoleManager)
		r := h.open(h.visitor("ann"))
		h.take(bob, r)
		before := h.snapshot()
		if err := h.rooms.Join(h.ctx, eve, r.ID); !fault.Has(err, "error-invalid-room") {
			t.Errorf("an agent who does not see it: %v", err)
		}
		if err := h.rooms.Join(h.ctx, boss, "nowhere"); !fault.Has(err, "error-invalid-room") {
			t.Errorf("unknown: %v", err)
		}
		if err := h.rooms.Join(h.ctx, bob, r.ID); err != nil {
			t.Errorf("who serves joins: %v", err)
		}
		h.unchanged(t, before)
		if err := h.rooms.Join(h.ctx, boss, r.ID); err != nil {
			t.Fatal(err)
		}
		got := h.room(r)
		if got.ServedBy.ID != bob.User || got.LastMessage.T != chat.MessageJoined || got.LastMessage.Msg != "boss" {
			t.Errorf("room: %+v", got)
		}
		before = h.snapshot()
		if err := h.rooms.Join(h.ctx, boss, r.ID); err != nil {
			t.Errorf("a second time: %v", err)
		}
		h.unchanged(t, before)
		h.close(bob, r)
		if err := h.rooms.Join(h.ctx, boss, r.ID); !fault.Has(err, "room-closed") {
			t.Errorf("closed: %v", err)
		}
	})
}

func TestReturningToTheQueue(t *testing.T) { // LC-RET-1, LC-RET-2, LC-RET-3
	each(t, func(t *testing.T, h *house) {
		bob, ann := h.agent("bob"), h.visitor("ann")
		r := h.open(ann)
		h.say(ann, r, "my question")
		eve := h.agent("eve")
		h.clock.Advance(time.Minute)
		if _, err := h.rooms.Return(h.ctx, eve, r.ID, ""); !fault.Has(err, "error-invalid-room") {
			t.Errorf("somebody else's: %v", err)
		}
		if _, err := h.rooms.Return(h.ctx, bob, r.ID, "nowhere"); !fault.Has(err, "error-invalid-department") {
			t.Errorf("unknown department: %v", err)
		}
		if ok, err := h.rooms.Return(h.ctx, bob, r.ID, ""); !ok || err != nil {
			t.Fatal(ok, err)
		}
		got, i := h.room(r), h.inquiry(r)
		if got.ServedBy != nil || got.QueuedAt != h.clock.Now() || i.Status != chat.StatusQueued || i.TS != noon || i.TakenAt != 0 {
			t.Errorf("room %+v, inquiry %+v", got, i)
		}
		if m := got.LastMessage; m.T != chat.MessageTransfer || m.TransferData["scope"] != "queue" || m.U.Username != "bob" {
			t.Errorf("last message: %+v", m)
		}
		events := h.events(r)
		if tail := events[len(events)-5:]; !slices.Equal(tail, []string{"message.sent", "message.sent", "room.changed", "room.forwarded", "inquiry.queued"}) {
			t.Errorf("events: %v", tail)
		}
		if n := h.count(`SELECT count(*) FROM outbox WHERE name = 'inquiry.queued' AND payload LIKE '%"message":"my question"%'`); n != 1 {
			t.Error("who waits does not show what was asked")
		}
		h.disconnect(eve)
		consume(h, "routing.queued", chat.InquiryQueued{Inquiry: i}) // only bob is there: he gets it back
		if got := h.room(r); got.ServedBy == nil || got.ServedBy.ID != bob.User {
			t.Errorf("nobody else is there, but it went to %+v", got.ServedBy)
		}
		if ok, err := h.rooms.Return(h.ctx, bob, r.ID, ""); !ok || err != nil {
			t.Fatal(ok, err)
		}
		h.connect(eve, chat.Online)
		busy := h.open(h.visitor("bea")) // makes eve or bob busier
		h.clock.Advance(time.Minute)
		consume(h, "routing.queued", chat.InquiryQueued{Inquiry: i})
		if got := h.room(r); got.ServedBy == nil || got.ServedBy.ID != eve.User {
			t.Errorf("who gave it back got it again: %+v (the other one went to %s)", got.ServedBy, busy.ServedBy.Username)
		}
	})
}

func TestReturningWhatNobodyServes(t *testing.T) { // LC-RET-1
	manual(t, func(t *testing.T, h *house) {
		boss := h.user("boss", chat.RoleManager)
		r := h.open(h.visitor("ann"))
		before := h.snapshot()
		if ok, err := h.rooms.Return(h.ctx, boss, r.ID, ""); ok || err != nil {
			t.Errorf("waiting: %v %v", ok, err)
		}
		h.unchanged(t, before)
		h.close(boss, r)
		if _, err := h.rooms.Return(h.ctx, boss, r.ID, ""); !fault.Has(err, "room-closed") {
			t.Errorf("closed: %v", err)
		}
	})
}

func TestWaitingRoomsAreAssignedOldestFirst(t *testing.T) { // RQ-ACC-2, rest-api 25.3
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.AcceptChatsWithNoAgents = true })
		bob, eve := h.agent("bob"), h.agent("eve")
		h.disconnect(bob)
		h.disconnect(eve)
		sales := h.department("sales", eve)
		h.department("support", eve)
		waiting := make([]chat.Room, 4)
		for i := range waiting {
			h.clock.Advance(time.Second)
			v := h.visitor(fmt.Sprint("v", i))
			if i%2 == 1 {
				h.exec(`UPDATE visitors SET department_id = $2 WHERE id = $1`, v.Visitor, sales)
			}
			waiting[i] = h.open(v)
		}
		consume(h, "routing.agent", chat.AgentChanged{Agent: chat.User{ID: bob.User, StatusLivechat: chat.NotAvailable}})
		if h.room(waiting[0]).ServedBy != nil {
			t.Error("an agent who went away got a chat")
		}
		h.connect(bob, chat.Online)
		consume(h, "routing.agent", chat.AgentChanged{Agent: chat.User{ID: bob.User, StatusLivechat: chat.Available}, Ready: true})
		if h.room(waiting[2]).ServedBy != nil {
			t.Error("the delay between two chats out of a queue is not kept (RQ-Q-7)")
		}
		if n := h.count(`SELECT count(*) FROM jobs WHERE kind = 'routing.turn' AND due_at = $1`, h.clock.Now().Add(5*time.Second)); n != 1 {
			t.Errorf("%d looks at the queue are planned for when it ends", n)
		}
		h.clock.Advance(5 * time.Second)
		if err := h.dispatcher.Sweep(h.ctx); err != nil {
			t.Fatal(err)
		}
		for i, r := range waiting {
			got := h.room(r)
			if i%2 == 0 && (got.ServedBy == nil || got.ServedBy.ID != bob.User) {
				t.Errorf("%d: waits in the public queue although bob is there", i)
			}
			if i%2 == 1 && got.ServedBy != nil {
				t.Errorf("%d: went to %s, who is not in its department", i, got.ServedBy.Username)
			}
		}
		order, err := db.All(h.ctx, h.db, func(row db.Row) (rid chat.RoomID, err error) { err = row.Scan(&rid); return rid, err },
			`SELECT key FROM outbox WHERE name = 'room.taken' ORDER BY id`)
		if err != nil || !slices.Equal(order, []chat.RoomID{waiting[0].ID, waiting[2].ID}) {
			t.Errorf("the older one comes first: %v %v", order, err)
		}
		h.connect(eve, chat.Online)
		if err := h.dispatcher.Sweep(h.ctx); err != nil { // what the job does each minute
			t.Fatal(err)
		}
		h.clock.Advance(5 * time.Second)
		if err := h.dispatcher.Sweep(h.ctx); err != nil {
			t.Fatal(err)
		}
		if got := h.room(waiting[3]); got.ServedBy == nil || got.ServedBy.ID != eve.User {
			t.Errorf("the department's waits: %+v", got.ServedBy)
		}
	})
}

func TestNothingIsAssignedUnderManualSelection(t *testing.T) { // RQ-MAN-1, RQ-Q-2
	manual(t, func(t *testing.T, h *house) {
		h.agent("bob")
		r := h.open(h.visitor("ann"))
		if err := h.dispatcher.Sweep(h.ctx); err != nil || h.room(r).ServedBy != nil {
			t.Errorf("%v, served by %+v", err, h.room(r).ServedBy)
		}
		h.settings.set(func(s *chat.Settings) { s.RoutingMethod = chat.RoutingAuto })
		consume(h, "routing.setting", chat.SettingChanged{ID: "Livechat_Routing_Method"})
		if h.room(r).ServedBy == nil {
			t.Error("waits although the method changed")
		}
	})
}

// Chats that are assigned at once see each other's assignments.
func TestParallelAssignmentsGoToDifferentAgents(t *testing.T) { // PT-RR-3
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.AcceptChatsWithNoAgents = true })
		const n = 8
		var waiting []chat.Room
		for i := range n {
			waiting = append(waiting, h.open(h.visitor(fmt.Sprint("v", i))))
		}
		for i := range n {
			h.agent(fmt.Sprint("agent", i))
		}
		for _, err := range parallel(n, func(i int) error { _, err := h.rooms.Assign(h.ctx, waiting[i].ID); return err }) {
			if err != nil {
				t.Error(err)
			}
		}
		if got := h.count(`SELECT count(DISTINCT served_by) FROM rooms WHERE open`); got != n {
			t.Errorf("%d chats went to %d agents", n, got)
		}
	})
}

// Several nodes sweep while agents take by hand: every room has one agent, each
// gets one message "joined", and load is spread.
func TestSweepsAndTakesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.AcceptChatsWithNoAgents = true })
		var waiting []chat.Room
		for i := range 8 {
			waiting = append(waiting, h.open(h.visitor(fmt.Sprint("v", i))))
		}
		team := []chat.Actor{h.agent("a"), h.agent("b"), h.agent("c"), h.agent("d")}
		errs := parallel(12, func(n int) error {
			if n < 4 {
				return newDispatcher(h).Sweep(h.ctx)
			}
			i, err := h.routing.Find(h.ctx, everything, waiting[n-4].ID)
			if err != nil {
				return err
			}
			_, err = h.rooms.Take(h.ctx, team[n%4], i.ID, "")
			return err
		})
		winners(t, errs, "error-inquiry-taken")
		if n := h.count(`SELECT count(*) FROM rooms WHERE served_by <> ''`); n != 8 {
			t.Errorf("%d of 8 are served", n)
		}
		if n := h.count(`SELECT count(*) FROM messages WHERE t = 'uj'`); n != 8 {
			t.Errorf("%d joined in 8 rooms", n)
		}
	})
}
