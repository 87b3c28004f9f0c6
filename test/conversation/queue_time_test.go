package conversation

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/migrations"
)

// A room knows how long it was in the queue when it was first assigned, whatever happens
// later, and reading it off the messages finds the same (analytics 7.1).
func TestTheTimeInTheQueueIsThatOfTheFirstAssignment(t *testing.T) {
	manual(t, func(t *testing.T, h *house) {
		bob, eve, boss := h.agent("bob"), h.agent("eve"), h.user("boss", chat.RoleManager)
		sales, support := h.department("sales", bob, eve), h.department("support", bob, eve)
		after := func(d time.Duration) { h.clock.Advance(d) }
		want := map[chat.RoomID]int64{}
		waits := func(name string) chat.Room { return h.inDepartment(h.visitor(name), sales) }

		r := waits("taken")
		after(5 * time.Second)
		h.take(bob, r)
		want[r.ID] = 5000
		after(time.Minute)
		h.forward(boss, rooms.Forwarding{RID: r.ID, Agent: eve.User})
		after(time.Minute)
		if _, err := h.rooms.Return(h.ctx, eve, r.ID, ""); err != nil {
			t.Fatal(err)
		}
		after(time.Minute)
		h.take(bob, r)

		r = waits("given by a person")
		after(7 * time.Second)
		h.forward(boss, rooms.Forwarding{RID: r.ID, Agent: eve.User})
		want[r.ID] = 7000

		r = waits("in another queue")
		after(10 * time.Second)
		h.forward(boss, rooms.Forwarding{RID: r.ID, Department: support})
		after(4 * time.Second)
		h.take(bob, r)
		want[r.ID] = 4000
		h.close(bob, r)

		r = waits("never")
		after(time.Minute)
		h.close(boss, r)
		want[r.ID] = -1

		h.settings.set(func(s *chat.Settings) { s.RoutingMethod = chat.RoutingAuto })
		r = waits("at once")
		want[r.ID] = 1 // after the first message

		h.settings.set(func(s *chat.Settings) { s.WaitingQueue = true })
		h.changed(bob, chat.NotAvailable, false)
		h.changed(eve, chat.NotAvailable, false)
		h.department("help", h.agent("zoe"))
		r = waits("moved on by the server")
		after(9 * time.Second)
		h.exec(`UPDATE departments SET fallback_id = 'help' WHERE id = 'sales'`)
		h.sweep()
		h.sweep()
		if h.room(r).DepartmentID != "help" {
			t.Error("nothing was moved on")
		}
		want[r.ID] = 9001 // the move is a message, too

		h.agreeQueued(want)
		h.readQueueTimes()
		h.agreeQueued(want)
	})
}

func (h *house) agreeQueued(want map[chat.RoomID]int64) {
	h.t.Helper()
	for rid, ms := range want {
		if got := h.count(`SELECT COALESCE(queue_ms, -1) FROM rooms WHERE id = $1`, rid); got != ms {
			fname := h.room(chat.Room{ID: rid}).FName
			h.t.Errorf("%s: %d ms, not %d", fname, got, ms)
		}
	}
}

// readQueueTimes forgets them and reads them off the messages as the migration does.
func (h *house) readQueueTimes() {
	h.t.Helper()
	text, err := fs.ReadFile(migrations.Files, "0078_queue_time.sql")
	if err != nil {
		h.t.Fatal(err)
	}
	_, update, _ := strings.Cut(string(text), "UPDATE rooms SET ")
	update, _, _ = strings.Cut(update, ";")
	h.exec(`UPDATE rooms SET queue_ms = NULL`)
	h.exec("UPDATE rooms SET " + update)
}
