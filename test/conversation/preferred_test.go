package conversation

import (
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
)

// Whoever a waiting chat prefers hears that it waits for him no more, however that
// comes about: his list shows it even if the queue is not his.
func TestThePreferredAgentHearsThatAChatIsGone(t *testing.T) { // LC-TAKE-9, RQ-MAN-2
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.RoutingMethod = chat.RoutingManual })
		bob, eve, boss := h.agent("bob"), h.agent("eve"), h.user("boss", chat.RoleManager)
		sales := h.department("sales", bob)
		waits := func(name string) chat.Room {
			r := h.open(h.in(h.visitor(name), sales))
			h.exec(`UPDATE inquiries SET default_agent = $1 WHERE room_id = $2`, eve.User, r.ID)
			return r
		}
		told := func(r chat.Room, want int64) {
			t.Helper()
			if n := h.count(`SELECT count(*) FROM outbox WHERE name = 'preference.dropped' AND key = $1 AND payload LIKE '%"`+string(eve.User)+`"%'`, r.ID); n != want {
				t.Errorf("told %d times, want %d", n, want)
			}
		}
		taken, closed := waits("v1"), waits("v2")
		told(taken, 0)
		h.take(bob, taken)
		told(taken, 1)
		h.close(bob, taken)
		told(taken, 1)
		h.close(boss, closed)
		told(closed, 1)
	})
}

// Who is preferred and full keeps the chat from nobody, and it is his again only if he
// is the first to have room.
func TestAFullPreferredAgentIsNotWaitedFor(t *testing.T) { // RQ-PREF-4, LC-TAKE-10
	queueing(t, 5, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.MaxChatsPerAgent = 1 })
		bob, eve := h.agent("bob"), h.agent("eve")
		sales, help := h.department("sales", bob), h.department("help", eve)
		his, hers := h.open(h.in(h.visitor("v0"), sales)), h.open(h.in(h.visitor("v9"), help))
		h.sweep()
		wishes := func(name string) chat.Room {
			r := h.open(h.in(h.visitor(name), sales))
			h.exec(`UPDATE inquiries SET default_agent = $1 WHERE room_id = $2`, eve.User, r.ID)
			h.sweep()
			if i := h.inquiry(r); i.Status != chat.StatusQueued || i.DefaultAgent == nil || i.DefaultAgent.AgentID != eve.User {
				t.Fatalf("%+v", i)
			}
			return r
		}
		first, second := wishes("v1"), wishes("v2")
		h.clock.Advance(6 * time.Second)
		h.close(bob, his)
		h.sweep()
		if r := h.room(first); r.ServedBy == nil || r.ServedBy.ID != bob.User {
			t.Errorf("bob was the first: %+v", r.ServedBy)
		}
		h.close(eve, hers)
		h.sweep()
		if r := h.room(second); r.ServedBy == nil || r.ServedBy.ID != eve.User {
			t.Errorf("eve was the first, though no member: %+v", r.ServedBy)
		}
	})
}
