package conversation

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/routing"
	"github.com/foyerchat/foyer/platform/outbound"
)

// poison is rooms in which one cannot be given away.
type poison struct {
	routing.Rooms
	rid chat.RoomID
}

func (p poison) Assign(ctx context.Context, rid chat.RoomID) (bool, error) {
	if rid == p.rid {
		return false, errors.New("a fault of its own")
	}
	return p.Rooms.Assign(ctx, rid)
}

// A chat that cannot be given away because of a fault keeps nobody waiting, in its
// queue or another, and is tried again.
func TestAFaultyChatKeepsNobodyWaiting(t *testing.T) { // RQ-Q-3, RQ-Q-7
	queueing(t, 5, func(t *testing.T, h *house) {
		sales := h.department("sales", h.agent("sam"))
		help := h.department("help", h.agent("hal"))
		bad := h.open(h.in(h.visitor("v0"), sales))
		h.clock.Advance(time.Millisecond)
		good, other := h.open(h.in(h.visitor("v1"), sales)), h.open(h.in(h.visitor("v2"), help))
		d := routing.NewDispatcher(h.routing, poison{h.rooms, bad.ID})
		if err := d.Sweep(h.ctx); err != nil {
			t.Fatal(err)
		}
		if h.room(bad).ServedBy != nil || h.room(good).ServedBy == nil || h.room(other).ServedBy == nil {
			t.Errorf("served: %v, %v, %v", h.room(bad).ServedBy, h.room(good).ServedBy, h.room(other).ServedBy)
		}
		at := h.clock.Now().Add(10 * time.Second)
		if n := h.count(`SELECT count(*) FROM jobs WHERE kind = 'routing.turn' AND due_at >= $1 AND due_at < $2`, at, at.Add(100*time.Millisecond)); n != 1 {
			t.Errorf("%d later looks are planned", n)
		}
	})
}

// late is rooms in which time passes while one is given away.
type late struct {
	routing.Rooms
	pass func()
}

func (l late) Assign(ctx context.Context, rid chat.RoomID) (bool, error) {
	assigned, err := l.Rooms.Assign(ctx, rid)
	l.pass()
	return assigned, err
}

// An agent who becomes free just after it was found that the first who waits can have
// nobody is not given to the second.
func TestNobodyOvertakesTheFirst(t *testing.T) { // PT-Q-3
	queueing(t, 5, func(t *testing.T, h *house) {
		sam := h.agent("sam")
		sales := h.department("sales", sam)
		h.open(h.in(h.visitor("v0"), sales))
		h.sweep()
		first := h.open(h.in(h.visitor("v1"), sales))
		h.clock.Advance(time.Millisecond)
		second := h.open(h.in(h.visitor("v2"), sales))
		h.dispatcher = routing.NewDispatcher(h.routing, late{h.rooms, func() { h.clock.Advance(5 * time.Second) }})
		consume(h, "routing.changed", chat.RoomChanged{Left: []chat.AgentID{sam.User}})
		if h.room(first).ServedBy == nil || h.room(second).ServedBy != nil {
			t.Errorf("served: %v, %v", h.room(first).ServedBy, h.room(second).ServedBy)
		}
	})
}

// The minute's look at every queue is never given up.
func TestTheSweepIsNeverGivenUp(t *testing.T) { // RQ-Q-7
	each(t, func(t *testing.T, h *house) {
		for _, k := range h.dispatcher.Jobs() {
			if k.Name == "routing.sweep" && (k.MaxAttempts < 1<<30 || k.Backoff == nil || k.Backoff(1000) > time.Minute) {
				t.Errorf("%d attempts", k.MaxAttempts)
			}
		}
	})
}

// hanging is an external service that never answers in time.
type hanging struct{ asked atomic.Int64 }

func (s *hanging) Do(context.Context, outbound.Request) (outbound.Response, error) {
	s.asked.Add(1)
	return outbound.Response{}, fmt.Errorf("no answer: %w", context.DeadlineExceeded)
}

// A service that hangs is waited for once, not for each queue; who is preferred gets his chat.
func TestAHangingServiceHoldsUpOneQueue(t *testing.T) { // RQ-EXT-3, RQ-EXT-4, RQ-Q-7
	asking(t, func(t *testing.T, h *house, _ *service) {
		h.settings.set(func(s *chat.Settings) { s.WaitingQueue, s.AcceptChatsWithNoAgents = true, true })
		sam := h.agent("sam")
		var waiting []chat.Room
		for _, name := range []string{"a", "b", "c"} {
			waiting = append(waiting, h.open(h.in(h.visitor("v"+name), h.department(name, sam))))
			h.clock.Advance(time.Millisecond)
		}
		h.exec(`UPDATE inquiries SET default_agent = $1 WHERE room_id = $2`, sam.User, waiting[2].ID)
		s := &hanging{}
		h.routing.Outbound = s
		h.sweep()
		if n := s.asked.Load(); n != 10 {
			t.Errorf("asked %d times", n)
		}
		if h.room(waiting[2]).ServedBy == nil || h.room(waiting[1]).ServedBy != nil {
			t.Errorf("served: %v, %v", h.room(waiting[1]).ServedBy, h.room(waiting[2]).ServedBy)
		}
		if n := h.count(`SELECT count(*) FROM jobs WHERE kind = 'routing.turn'`); n != 3 {
			t.Errorf("%d queues are looked at again", n)
		}
	})
}

// changed tells the dispatcher what becomes of an agent.
func (h *house) changed(a chat.Actor, status chat.Availability, ready bool) {
	h.t.Helper()
	h.exec(`UPDATE agents SET status_livechat = $2 WHERE user_id = $1`, a.User, status)
	e := chat.AgentChanged{Ready: ready}
	e.Agent.ID, e.Agent.StatusLivechat = a.User, status
	consume(h, "routing.agent", e)
}

// Whoever comes frees the queues whose fallbacks lead to him; whoever goes lets those
// who wait for his department go on to its fallback.
func TestWhoWaitsFollowsTheFallback(t *testing.T) { // RQ-DEP-4, RQ-DEP-5, RQ-Q-7
	queueing(t, 1, func(t *testing.T, h *house) {
		ann, bob := h.agent("ann"), h.agent("bob")
		help, sales := h.department("help", bob), h.department("sales", ann)
		first := h.department("first")
		h.exec(`UPDATE departments SET fallback_id = 'help' WHERE id = 'sales'`)
		h.exec(`UPDATE departments SET fallback_id = 'sales' WHERE id = 'first'`)
		h.changed(ann, chat.NotAvailable, false)
		h.changed(bob, chat.NotAvailable, false)
		waits := h.open(h.in(h.visitor("v0"), first))
		h.changed(bob, chat.Available, true)
		consume(h, "routing.queued", chat.InquiryQueued{Inquiry: h.inquiry(waits)}) // it moved
		if got := h.room(waits); got.DepartmentID != help || got.ServedBy == nil || got.ServedBy.ID != bob.User {
			t.Errorf("bob came: in %s, served by %v", got.DepartmentID, got.ServedBy)
		}
		h.changed(ann, chat.Available, true)
		h.take(ann, h.open(h.in(h.visitor("v1"), sales)))
		waits = h.open(h.in(h.visitor("v2"), sales))
		h.sweep()
		h.changed(ann, chat.NotAvailable, false)
		if got := h.room(waits); got.DepartmentID != help {
			t.Errorf("ann went: in %s", got.DepartmentID)
		}
	})
}

// A monitor sees the agents' chats in the queues of his units, and his own.
func TestAMonitorSeesTheQueuesOfHisUnits(t *testing.T) { // RQ-U-2, permissions.md 5, tags-units 3.2
	online(t, func(t *testing.T, w *wire) {
		bob, cas := w.agent("bob"), w.agent("cas")
		north, south := w.department("north", bob), w.department("south", cas)
		mona, boss := w.user("mona", chat.RoleMonitor), w.user("boss", chat.RoleManager)
		w.signedIn(mona, boss)
		w.take(bob, w.inDepartment(w.visitor("ann"), north))
		w.take(cas, w.inDepartment(w.visitor("ben"), south))
		check := func(situation, who string, want ...string) {
			t.Helper()
			a := w.ok(who, "GET", "livechat/queue?includeOfflineAgents=true", "")
			if a.at("total") != float64(len(want)) {
				t.Errorf("%s: %s sees %v", situation, who, a.at("total"))
			}
			for _, name := range want {
				if !strings.Contains(a.text, `"`+name+`"`) {
					t.Errorf("%s: %s does not see %s", situation, who, name)
				}
			}
		}
		check("no unit exists", "mona", "bob", "cas")
		w.unit("n", []chat.DepartmentID{north})
		check("in no unit", "mona")
		w.exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('n', $1, 1)`, mona.User)
		check("in one", "mona", "bob")
		check("in one", "boss", "bob", "cas")
	})
}
