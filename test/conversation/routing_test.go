package conversation

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/agents"
	"github.com/foyerchat/foyer/features/hours"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// queueing is each with a waiting queue and a limit of chats for every agent.
func queueing(t *testing.T, limit int64, f func(t *testing.T, h *house)) {
	t.Helper()
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) {
			s.WaitingQueue, s.MaxChatsPerAgent, s.AcceptChatsWithNoAgents, s.AllowManualOnHold = true, limit, true, true
			s.OnHoldUponEngagementOnly = false
		})
		f(t, h)
	})
}

func (h *house) sweep() {
	h.t.Helper()
	if err := h.dispatcher.Sweep(h.ctx); err != nil {
		h.t.Fatal(err)
	}
}

// taken are the rooms in the order in which they were given to agents.
func (h *house) taken() []chat.RoomID {
	h.t.Helper()
	found, err := db.All(h.ctx, h.db, func(row db.Row) (rid chat.RoomID, err error) { return rid, row.Scan(&rid) },
		`SELECT key FROM outbox WHERE name = 'room.taken' ORDER BY id`)
	if err != nil {
		h.t.Fatal(err)
	}
	return found
}

// PT-RR-3: chats that open at once, on several nodes, go to different agents.
func TestChatsThatOpenAtOnceGoToDifferentAgents(t *testing.T) {
	for _, method := range []string{chat.RoutingAuto, chat.RoutingBalance, chat.RoutingRotation} {
		t.Run(method, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				h.settings.set(func(s *chat.Settings) { s.RoutingMethod = method })
				const n = 6
				guests := make([]chat.Actor, n)
				for i := range n {
					h.agent(fmt.Sprint("agent", i))
					guests[i] = h.visitor(fmt.Sprint("v", i))
				}
				for _, err := range parallel(n, func(i int) error {
					_, _, err := h.rooms.Open(h.ctx, rooms.Opening{Visitor: guests[i].Visitor, Source: chat.Source{Type: chat.SourceAPI}})
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
		})
	}
}

// routing 15 #5, PT-CAP-1, RQ-CAP-4: whatever happens at once, nobody has more chats than he may have.
func TestNobodyGetsMoreThanAllowed(t *testing.T) {
	queueing(t, 2, func(t *testing.T, h *house) {
		team := []chat.Actor{h.agent("a"), h.agent("b"), h.agent("c")}
		h.exec(`UPDATE agents SET max_chats = 1 WHERE user_id = $1`, team[2].User)
		boss := h.user("boss", chat.RoleManager)
		var all []chat.Room
		for i := range 10 {
			all = append(all, h.open(h.visitor(fmt.Sprint("v", i))))
		}
		h.sweep()
		h.clock.Advance(10 * time.Second)
		refused := []string{"error-max-number-simultaneous-chats-reached", "error-inquiry-taken", "error-not-found", "error-forwarding-chat", "room-closed",
			"error-invalid-room", "error-selected-agent-room-agent-are-same", "error-room-onHold", "error-room-not-on-hold", "error-room-not-served",
			"error-unserved-rooms-cannot-be-placed-onhold", "error-room-is-already-on-hold", "This_conversation_is_already_closed", "error-not-allowed"}
		for _, err := range parallel(12, func(n int) error {
			random := rand.New(rand.NewPCG(9, uint64(n)))
			for range 12 {
				if err := press(h, random, team, boss, all[random.IntN(len(all))]); err != nil && !hasCode(err, refused) {
					return err
				}
			}
			return nil
		}) {
			if err != nil {
				t.Error(err)
			}
		}
		over := h.count(`SELECT count(*) FROM (SELECT s.user_id, count(*) AS n FROM subscriptions s JOIN rooms r ON r.id = s.room_id
			WHERE r.open AND NOT r.on_hold GROUP BY s.user_id) l JOIN agents a ON a.user_id = l.user_id
			WHERE l.n > CASE WHEN a.max_chats > 0 THEN a.max_chats ELSE 2 END`)
		if over > 0 {
			t.Errorf("%d agents have more chats than allowed", over)
		}
		if len(h.taken()) < 4 {
			t.Error("the test does too little")
		}
	})
}

// press does one thing that gives a chat to somebody.
func press(h *house, random *rand.Rand, team []chat.Actor, boss chat.Actor, r chat.Room) error {
	a := team[random.IntN(len(team))]
	switch random.IntN(5) {
	case 0:
		i, err := h.routing.Find(h.ctx, everything, r.ID)
		if err != nil || i == nil {
			return err
		}
		_, err = h.rooms.Take(h.ctx, a, i.ID, "")
		return err
	case 1:
		return h.rooms.Forward(h.ctx, boss, rooms.Forwarding{RID: r.ID, Agent: a.User, ByClient: true})
	case 2:
		return h.rooms.Hold(h.ctx, boss, r.ID)
	case 3:
		return h.rooms.Resume(h.ctx, boss, r.ID)
	default:
		return newDispatcher(h).Sweep(h.ctx)
	}
}

func TestLimitsAtTheClickOfAnAgent(t *testing.T) { // RQ-CAP-1, RQ-CAP-2, RQ-CAP-3, LC-TAKE-5
	queueing(t, 1, func(t *testing.T, h *house) {
		bob := h.agent("bob")
		first, second := h.open(h.visitor("ann")), h.open(h.visitor("bea"))
		h.take(bob, first)
		const code = "error-max-number-simultaneous-chats-reached"
		if _, err := h.rooms.Take(h.ctx, bob, h.inquiry(second).ID, ""); !fault.Has(err, code) {
			t.Errorf("take: %v", err)
		}
		bob.Permissions[chat.ViewLivechatRooms] = true
		if err := h.rooms.Join(h.ctx, bob, second.ID); !fault.Has(err, code) {
			t.Errorf("join: %v", err)
		}
		h.hold(bob, first)
		h.take(bob, second)
		if err := h.rooms.Resume(h.ctx, bob, first.ID); !fault.Has(err, code) {
			t.Errorf("resume: %v", err)
		}
		h.settings.set(func(s *chat.Settings) { s.WaitingQueue = false })
		if err := h.rooms.Resume(h.ctx, bob, first.ID); err != nil {
			t.Errorf("limits count only with the waiting queue: %v", err)
		}
	})
}

// PT-DEP-1: with exactly one eligible department nobody else serves a new chat.
func TestTheOnlyDepartmentServesItsChats(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.AcceptChatsWithNoAgents = true })
		bob, eve, out := h.agent("bob"), h.agent("eve"), h.agent("out")
		sales := h.department("sales", bob)
		back := h.department("back", eve)
		h.exec(`UPDATE departments SET show_on_registration = false WHERE id = $1`, back)
		h.exec(`UPDATE departments SET fallback_id = $2 WHERE id = $1`, sales, back)
		inSales := h.open(h.visitor("v1"))
		h.disconnect(bob)
		fallen := h.open(h.visitor("v2"))
		h.disconnect(eve)
		waits := h.open(h.visitor("v3"))
		h.clock.Advance(10 * time.Second)
		h.sweep()
		for r, want := range map[chat.RoomID][2]string{inSales.ID: {"sales", "bob"}, fallen.ID: {"back", "eve"}, waits.ID: {"sales", ""}} {
			got := h.room(chat.Room{ID: r})
			served := ""
			if got.ServedBy != nil {
				served = got.ServedBy.Username
			}
			if string(got.DepartmentID) != want[0] || served != want[1] {
				t.Errorf("%s is served by %q, not %v", got.DepartmentID, served, want)
			}
		}
		if n := h.count(`SELECT count(*) FROM rooms WHERE served_by = $1`, out.User); n > 0 {
			t.Error("somebody outside got a chat")
		}
		h.connect(eve, chat.Online)
		h.sweep() // RQ-DEP-5: it moves
		h.sweep()
		if got := h.room(waits); got.DepartmentID != back || got.ServedBy == nil || got.ServedBy.ID != eve.User ||
			h.count(`SELECT count(*) FROM visitors WHERE id = 'v-v3' AND department_id = 'back'`) != 1 {
			t.Errorf("RQ-DEP-5: %s %+v", got.DepartmentID, got.ServedBy)
		}
	})
}

// PT-Q-3 for every order, across departments by their heads, and PT-Q-2.
func TestChatsAreGivenAwayInTheOrderOfTheQueue(t *testing.T) {
	for _, sorting := range []string{chat.SortTimestamp, chat.SortPriority, chat.SortSLA, chat.SortDeadline} {
		t.Run(sorting, func(t *testing.T) {
			queueing(t, 0, func(t *testing.T, h *house) {
				h.settings.set(func(s *chat.Settings) { s.QueueSorting = sorting })
				bob := h.agent("bob")
				h.disconnect(bob)
				sales := h.department("sales", bob)
				h.department("other")
				for i := range 8 {
					h.clock.Advance(time.Second)
					v := h.visitor(fmt.Sprint("v", i))
					if i%3 == 0 {
						h.in(v, sales)
					}
					r := h.open(v)
					h.exec(`UPDATE inquiries SET priority_weight = $2, sla_minutes = $3, deadline = ts + $4 WHERE room_id = $1`, r.ID, 5-i%5, 1+i%2, (1+i%2)*60000)
				}
				var want []chat.RoomID
				for _, d := range []chat.DepartmentID{"", sales} {
					order := map[string]string{chat.SortTimestamp: "", chat.SortPriority: "priority_weight,", chat.SortSLA: "sla_minutes,", chat.SortDeadline: "deadline,"}[sorting]
					some, err := db.All(h.ctx, h.db, func(row db.Row) (rid chat.RoomID, err error) { return rid, row.Scan(&rid) },
						`SELECT room_id FROM inquiries WHERE department_id = $1 ORDER BY `+order+` ts, updated_at DESC, id`, d)
					if err != nil {
						t.Fatal(err)
					}
					want = append(want, some...)
				}
				h.connect(bob, chat.Online)
				for range 10 {
					h.sweep()
					h.clock.Advance(5 * time.Second)
				}
				got := h.taken()
				inSales := func(rid chat.RoomID) bool { return slices.Index(want, rid) >= 5 }
				slices.SortStableFunc(got, func(a, b chat.RoomID) int {
					switch {
					case inSales(a) == inSales(b):
						return 0
					case inSales(b):
						return -1
					}
					return 1
				})
				if !slices.Equal(got, want) {
					t.Errorf("given away %v, the queues say %v", got, want)
				}
			})
		})
	}
}

// RQ-Q-7, RQ-Q-6: a chat that cannot be given away keeps its place and nobody else waiting.
func TestOneThatCannotBeGivenAwayBlocksNobody(t *testing.T) {
	queueing(t, 1, func(t *testing.T, h *house) {
		bob, eve := h.agent("bob"), h.agent("eve")
		empty := h.department("empty")
		h.exec(`UPDATE departments SET enabled = true`)
		stuck := h.open(h.in(h.visitor("v0"), empty))
		h.clock.Advance(time.Second)
		v := h.visitor("v1")
		wants, _, err := h.rooms.Open(h.ctx, rooms.Opening{Visitor: v.Visitor, Agent: bob.User, Source: chat.Source{Type: chat.SourceAPI}})
		if err != nil {
			t.Fatal(err)
		}
		h.exec(`INSERT INTO turns (department_id, agent_id, queue_at) VALUES ('', $1, $2)
			ON CONFLICT (department_id, agent_id) DO UPDATE SET queue_at = excluded.queue_at`, bob.User, h.clock.Now())
		h.clock.Advance(time.Second)
		next := h.open(h.visitor("v2"))
		h.sweep()
		if got := h.room(next); got.ServedBy == nil || got.ServedBy.ID != eve.User {
			t.Errorf("behind one that waits for bob: %+v", got.ServedBy)
		}
		if h.room(stuck).ServedBy != nil || h.room(wants).ServedBy != nil {
			t.Error("given away too early")
		}
		if n := h.count(`SELECT count(*) FROM jobs WHERE kind = 'routing.turn' AND due_at = $1`, h.clock.Now().Add(4*time.Second)); n != 1 {
			t.Errorf("%d looks are planned for when bob may have it", n)
		}
		h.clock.Advance(4 * time.Second)
		h.sweep()
		if got := h.room(wants); got.ServedBy == nil || got.ServedBy.ID != bob.User {
			t.Errorf("bob may have it now: %+v", got.ServedBy)
		}
	})
}

// PT-Q-1, PT-Q-4, RQ-Q-4, RQ-1: several workers and agents at once: each room is given away once.
func TestManyWorkersGiveEachRoomAwayOnce(t *testing.T) {
	queueing(t, 3, func(t *testing.T, h *house) {
		for i := range 12 {
			h.open(h.visitor(fmt.Sprint("v", i)))
		}
		for i := range 5 {
			h.agent(fmt.Sprint("a", i))
		}
		for round := range 4 {
			for _, err := range parallel(6, func(int) error { return newDispatcher(h).Sweep(h.ctx) }) {
				if err != nil {
					t.Errorf("round %d: %v", round, err)
				}
			}
			h.clock.Advance(5 * time.Second)
		}
		got := h.taken()
		if len(got) != 12 || len(slices.Compact(slices.Sorted(slices.Values(got)))) != 12 {
			t.Errorf("%d rooms were given away, %d different ones", len(got), len(slices.Compact(slices.Sorted(slices.Values(got)))))
		}
	})
}

func TestWhatDoesNotAgreeIsRepaired(t *testing.T) { // RQ-Q-5
	queueing(t, 0, func(t *testing.T, h *house) {
		bob := h.agent("bob")
		h.disconnect(bob)
		ready, served := h.open(h.visitor("v0")), h.open(h.visitor("v1"))
		h.exec(`UPDATE inquiries SET status = 'ready' WHERE room_id = $1`, ready.ID)
		h.connect(bob, chat.Online)
		h.take(bob, served)
		h.exec(`UPDATE inquiries SET status = 'queued' WHERE room_id = $1`, served.ID)
		consume(h, "routing.setting", chat.SettingChanged{ID: "Livechat_Routing_Method"})
		if i := h.inquiry(served); i.Status != chat.StatusTaken {
			t.Errorf("the served one is %s", i.Status)
		}
		if h.room(ready).ServedBy == nil {
			t.Error("what was ready is forgotten")
		}
	})
}

func TestThePreferredAgents(t *testing.T) { // RQ-PREF-1, RQ-PREF-2, RQ-PREF-3, RQ-PREF-4, RQ-PREF-5, RQ-PREF-6, RQ-AUTO-4
	each(t, func(t *testing.T, h *house) {
		bob, mia := h.agent("bob"), h.agent("mia")
		h.agent("eve")
		ann := h.visitor("ann")
		served := func() string {
			t.Helper()
			r := h.room(h.open(ann))
			h.close(chat.System, r)
			return r.ServedBy.Username
		}
		if got := served(); got != "bob" {
			t.Errorf("his turn is bob's: %s", got)
		}
		h.settings.set(func(s *chat.Settings) { s.LastChattedAgent = true })
		if got := served(); got != "bob" { // source 4, although nobody was saved
			t.Errorf("the agent of the last closed chat: %s", got)
		}
		if n := h.count(`SELECT count(*) FROM visitors WHERE id = $1 AND last_agent = $2`, ann.Visitor, bob.User); n != 1 {
			t.Error("RQ-PREF-1: the last agent is not saved")
		}
		if n := h.count(`SELECT count FROM turns WHERE department_id = '' AND agent_id = $1`, bob.User); n != 1 {
			t.Errorf("RQ-AUTO-5: bob's counter is %d", n)
		}
		h.exec(`UPDATE visitors SET contact_manager = $2 WHERE id = $1`, ann.Visitor, mia.User)
		if got := served(); got != "mia" {
			t.Errorf("the contact manager comes first: %s", got)
		}
		h.disconnect(mia)
		h.settings.set(func(s *chat.Settings) { s.LastChattedAgent = false })
		if got := served(); got != "eve" {
			t.Errorf("RQ-PREF-3: the search goes on and the method picks: %s", got)
		}
		shown, err := h.routing.Preview(h.ctx, chat.Visitor{ID: ann.Visitor})
		before := h.count(`SELECT sum(count) FROM turns`)
		if again, _ := h.routing.Preview(h.ctx, chat.Visitor{ID: ann.Visitor}); err != nil || again != shown || shown == "" || h.count(`SELECT sum(count) FROM turns`) != before {
			t.Errorf("RQ-AUTO-4: shown %s, then %s, %v", shown, again, err)
		}
		other := h.open(h.visitor("bea"))
		if got := served(); got != string(shown[2:]) {
			t.Errorf("RQ-AUTO-4: %s was shown, %s serves (bea has %+v)", shown, got, h.room(other).ServedBy)
		}
	})
}

func TestABotIsAskedFirst(t *testing.T) { // RQ-PREF-5
	queueing(t, 1, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.AssignToBot = true })
		h.agent("bob")
		robo := h.agent("robo")
		h.exec(`INSERT INTO user_roles (user_id, role) VALUES ($1, 'bot')`, robo.User)
		h.disconnect(robo)
		for i := range 3 {
			if got := h.open(h.visitor(fmt.Sprint("v", i))); got.ServedBy == nil || got.ServedBy.ID != robo.User {
				t.Errorf("%d: %+v", i, got.ServedBy)
			}
		}
		h.settings.set(func(s *chat.Settings) { s.AssignToBot = false })
		r := h.open(h.visitor("ann"))
		h.sweep()
		if got := h.room(r); got.ServedBy == nil || got.ServedBy.Username != "bob" {
			t.Errorf("without it bots get nothing: %+v", got.ServedBy)
		}
	})
}

// RQ-AUTO-3 from end to end: since when an agent is there is what agents say.
func TestAnAgentWhoComesBackDoesNotCatchUp(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		open := hours.New(hours.Deps{DB: h.db, Clock: h.clock, Settings: h.settings})
		who := agents.New(agents.Deps{DB: h.db, Clock: h.clock, Settings: h.settings, Hours: open})
		looked := func(a chat.Actor) {
			t.Helper()
			if err := h.db.InTx(h.ctx, func(tx *db.Tx) error { return who.Reassess(h.ctx, tx, a.User, chat.CauseConnected) }); err != nil {
				t.Fatal(err)
			}
		}
		bob, eve := h.agent("bob"), h.agent("eve")
		looked(bob)
		looked(eve)
		h.disconnect(eve)
		looked(eve)
		for i := range 4 {
			h.open(h.visitor(fmt.Sprint("v", i)))
		}
		h.clock.Advance(time.Minute)
		h.connect(eve, chat.Online)
		looked(eve)
		for i := range 4 {
			h.open(h.visitor(fmt.Sprint("w", i)))
		}
		if n := h.count(`SELECT count(*) FROM rooms WHERE served_by = $1`, eve.User); n != 2 {
			t.Errorf("of the last 4 chats eve got %d", n)
		}
	})
}
