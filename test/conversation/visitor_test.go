package conversation

import (
	"slices"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

func TestARenamedVisitor(t *testing.T) { // LC-REG-8
	manual(t, func(t *testing.T, h *house) {
		ann := h.visitor("ann")
		closed := h.open(ann)
		h.close(ann, closed)
		r := h.open(ann)
		h.exec(`UPDATE visitors SET name = 'Anna', status = 'away' WHERE id = $1`, ann.Visitor)
		consume(h, "rooms.visitor", chat.VisitorChanged{Visitor: chat.Visitor{ID: ann.Visitor, Name: "outdated"}})
		consume(h, "rooms.visitor", chat.VisitorChanged{Visitor: chat.Visitor{ID: ann.Visitor, Name: "outdated"}})
		got := h.room(r)
		if got.FName != "Anna" || got.V.Name != "Anna" || got.V.Status != chat.Away || got.V.Token == "" || got.Seq != 2 {
			t.Errorf("room: %+v", got)
		}
		if i := h.inquiry(r); i.Name != "Anna" || i.V.Name != "Anna" {
			t.Errorf("inquiry: %+v", i)
		}
		if old := h.room(closed); old.FName != "ann" {
			t.Errorf("the closed room follows: %s", old.FName)
		}
		events := h.events(r)
		if n := len(slices.DeleteFunc(events, func(e string) bool { return e != "room.changed" })); n != 1 {
			t.Errorf("%d changes were told", n)
		}
	})
}

func TestForgettingAVisitor(t *testing.T) { // LC-DEL-3, INV-17
	each(t, func(t *testing.T, h *house) {
		bob, ann, bea := h.agent("bob"), h.visitor("ann"), h.visitor("bea")
		old := h.open(ann)
		h.say(ann, old, "4711")
		h.close(bob, old)
		r, other := h.open(ann), h.open(bea)
		h.say(ann, r, "4711")
		if err := h.db.InTx(h.ctx, func(tx *db.Tx) error { return h.rooms.Forget(h.ctx, tx, ann.Visitor) }); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"rooms", "inquiries", "subscriptions"} {
			if n := h.count(`SELECT count(*) FROM ` + table); n != 1 {
				t.Errorf("%s: %d left, want bea's", table, n)
			}
		}
		for _, table := range []string{"messages", "room_changes", "decisions"} {
			if n := h.count(`SELECT count(*) FROM `+table+` WHERE room_id <> $1`, other.ID); n != 0 {
				t.Errorf("%s: %d left of the forgotten", table, n)
			}
		}
		if events := h.events(r); events[len(events)-1] != "room.closed" {
			t.Errorf("nobody heard of it: %v", events)
		}
	})
}
