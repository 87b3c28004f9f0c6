package conversation

import (
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
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

// A preference that is dropped while the chat waits is told too, and the chat stays with its queue.
func TestADroppedPreferenceIsTold(t *testing.T) { // RQ-PREF-4, LC-TAKE-9, LC-TAKE-10
	queueing(t, 5, func(t *testing.T, h *house) {
		bob, eve := h.agent("bob"), h.agent("eve")
		sales, help := h.department("sales", bob), h.department("help", eve)
		h.open(h.in(h.visitor("v0"), sales))
		h.open(h.in(h.visitor("v9"), help))
		h.sweep()
		h.settings.set(func(s *chat.Settings) { s.MaxChatsPerAgent = 1 })
		r := h.open(h.in(h.visitor("v1"), sales))
		h.exec(`UPDATE inquiries SET default_agent = $1 WHERE room_id = $2`, eve.User, r.ID)
		inquiry := h.inquiry(r)
		if err := h.db.InTx(h.ctx, func(tx *db.Tx) error {
			_, err := h.routing.Pick(h.ctx, tx, inquiry)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if i := h.inquiry(r); i.Status != chat.StatusQueued || i.DefaultAgent != nil {
			t.Fatalf("%+v", i)
		}
		all := h.events(r)
		if n := len(all); n < 2 || all[n-2] != "preference.dropped" || all[n-1] != "inquiry.changed" {
			t.Errorf("told %v", all)
		}
	})
}
