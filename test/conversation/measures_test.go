package conversation

import (
	"slices"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

// measures compares measurements after everything that was committed has been counted.
func (h *house) measures(prefix string, want ...string) {
	h.t.Helper()
	counted := make(chan struct{})
	if err := h.db.InTx(h.ctx, func(tx *db.Tx) error { tx.AfterCommit(func() { close(counted) }); return nil }); err != nil {
		h.t.Fatal(err)
	}
	<-counted
	if got := testkit.Measured(h.t, h.registry, prefix); !slices.Equal(got, want) {
		h.t.Errorf("%s: %q, not %q", prefix, got, want)
	}
}

func TestQueuesAndAssignmentsAreMeasured(t *testing.T) { // analytics 12
	each(t, func(t *testing.T, h *house) {
		bob, boss := h.agent("bob"), h.user("boss", chat.RoleManager)
		h.open(h.visitor("ann"))
		sales := h.department("sales", bob)
		h.measures("foyer_assignments_total", `foyer_assignments_total{kind="open",rule="method"} 1`)
		h.disconnect(bob)
		h.settings.set(func(s *chat.Settings) { s.AcceptChatsWithNoAgents = true })
		r := h.open(h.in(h.visitor("vic"), sales))
		h.clock.Advance(90 * time.Second)
		h.measures("foyer_queue_", `foyer_queue_chats{department="",name=""} 0`, `foyer_queue_chats{department="`+string(sales)+`",name="sales"} 1`,
			`foyer_queue_oldest_seconds{department="",name=""} 0`, `foyer_queue_oldest_seconds{department="`+string(sales)+`",name="sales"} 90`)
		h.connect(bob, chat.Online)
		h.take(bob, r)
		h.exec(`UPDATE inquiries SET status = 'queued' WHERE room_id = $1`, r.ID)
		h.sweep()
		h.measures("foyer_reconciliations_total", "foyer_reconciliations_total 1")
		h.measures("foyer_assignments_total{kind=\"take\"", `foyer_assignments_total{kind="take",rule="taken"} 1`)
		if err := h.rooms.Forward(h.ctx, boss, rooms.Forwarding{RID: r.ID, Department: h.department("empty")}); err == nil {
			t.Fatal("it was forwarded to where nobody is")
		}
		h.measures("foyer_assignments_failed_total", `foyer_assignments_failed_total{why="error-no-agents-online-in-department"} 1`)
	})
}
