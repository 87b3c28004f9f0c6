package conversation

import (
	"fmt"
	"slices"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// What many say at once is stored together; whoever may not, or says what is stored
// already, or whose room is held or on hold, gets his own answer and disturbs nobody.
func TestManyVisitorsWriteAtOnce(t *testing.T) { // LC-MSG-2, LC-MSG-5, INV-8
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.AllowManualOnHold = true })
		const people, turns = 40, 5
		bob := h.agent("bob")
		visitors, of := make([]chat.Actor, people), make([]chat.Room, people)
		for i := range visitors {
			visitors[i] = h.visitor(fmt.Sprint("v", i))
			of[i] = h.open(visitors[i])
		}
		closed, held := of[0], of[1]
		h.close(bob, closed)
		h.answer(bob, held, "one moment")
		if err := h.rooms.Hold(h.ctx, bob, held.ID); err != nil {
			t.Fatal(err)
		}
		stranger := visitors[2]
		said := make([][]chat.Message, people)
		say := func(i, n int) error {
			w := rooms.Saying{RID: of[i].ID, ID: chat.MessageID(fmt.Sprintf("m-%d-%d", i, n)), Msg: fmt.Sprint("text ", n)}
			m, err := h.rooms.Say(h.ctx, visitors[i], w)
			said[i] = append(said[i], m)
			return err
		}
		errs := parallel(people+2, func(i int) error {
			switch {
			case i == people: // into somebody else's room
				_, err := h.rooms.Say(h.ctx, stranger, rooms.Saying{RID: of[3].ID, ID: "stranger", Msg: "let me in"})
				return err
			case i == people+1: // an id that is another's
				_, err := h.rooms.Say(h.ctx, visitors[4], rooms.Saying{RID: of[4].ID, ID: "m-5-0", Msg: "mine"})
				return err // of two, one comes first
			}
			for n := range turns {
				if err := say(i, n); err != nil && i != 5 {
					return err
				}
			}
			return nil
		})
		for i, err := range errs {
			if want := map[int]string{0: "room-closed", people: "invalid-room"}[i]; want != "" {
				if !fault.Has(err, want) {
					t.Errorf("%d: %v, want %s", i, err, want)
				}
			} else if err != nil && !fault.Has(err, "invalid-message") {
				t.Errorf("%d: %v", i, err)
			}
		}
		for i := 6; i < people; i++ {
			got := h.room(of[i])
			for n, m := range said[i] {
				if m.Seq != of[i].Seq+int64(n)+1 || m.Msg != fmt.Sprint("text ", n) || m.RID != of[i].ID || m.Alias != fmt.Sprint("v", i) {
					t.Errorf("message %d of room %d: %+v", n, i, m)
				}
			}
			if last := said[i][turns-1]; got.Seq != last.Seq || got.LM != last.TS || got.LastMessage.ID != last.ID || got.Msgs != of[i].Msgs+turns {
				t.Errorf("room %d: %+v", i, got)
			}
		}
		if got := h.room(held); got.OnHold || !slices.Contains(h.events(held), "room.changed") {
			t.Error("a message did not wake the room on hold")
		}
		if n := h.count(`SELECT count(*) FROM messages WHERE id = 'stranger' OR room_id = $1 AND id LIKE 'm-%'`, closed.ID); n != 0 {
			t.Errorf("%d messages where none may be", n)
		}
	})
}

// A room that somebody holds holds up nobody else's message.
func TestAHeldRoomHoldsUpItselfOnly(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		if h.db.Engine() == db.SQLite {
			t.Skip("one writer: nothing is held by another")
		}
		h.agent("bob")
		ann, bea := h.visitor("ann"), h.visitor("bea")
		a, b := h.open(ann), h.open(bea)
		late := make(chan error, 1)
		err := h.db.InTx(h.ctx, func(tx *db.Tx) error {
			if _, err := tx.Exec(h.ctx, `UPDATE rooms SET updated_at = updated_at WHERE id = $1`, a.ID); err != nil {
				return err
			}
			go func() {
				_, err := h.rooms.Say(h.ctx, ann, rooms.Saying{RID: a.ID, ID: "late", Msg: "late"})
				late <- err
			}()
			_, err := h.rooms.Say(h.ctx, bea, rooms.Saying{RID: b.ID, ID: "early", Msg: "early"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := <-late; err != nil {
			t.Fatal(err)
		}
		if got := h.room(a); got.LastMessage.ID != "late" || got.Seq != a.Seq+1 {
			t.Errorf("%+v", got)
		}
	})
}
