package conversation

import (
	"slices"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/platform/fault"
)

// holding is each with chats that may be put on hold, one of them served and answered.
func holding(t *testing.T, f func(t *testing.T, h *house, bob, ann chat.Actor, r chat.Room)) {
	t.Helper()
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.AllowManualOnHold = true })
		bob, ann := h.agent("bob"), h.visitor("ann")
		r := h.open(ann)
		h.say(ann, r, "hello")
		h.answer(bob, r, "hi")
		f(t, h, bob, ann, r)
	})
}

func (h *house) hold(a chat.Actor, r chat.Room) {
	h.t.Helper()
	if err := h.rooms.Hold(h.ctx, a, r.ID); err != nil {
		h.t.Fatalf("%s holds: %v", a.Username, err)
	}
}

func TestPuttingOnHoldAndResuming(t *testing.T) { // LC-HOLD-4, LC-HOLD-7, LC-HOLD-8
	holding(t, func(t *testing.T, h *house, bob, ann chat.Actor, r chat.Room) {
		h.settings.set(func(s *chat.Settings) { s.AbandonedAction = chat.ActionClose })
		h.say(ann, r, "and?")
		h.answer(bob, r, "a moment")
		if h.room(r).Omnichannel == nil {
			t.Fatal("no prediction")
		}
		h.hold(bob, r)
		got := h.room(r)
		if !got.OnHold || got.Omnichannel != nil || got.LastMessage.T != chat.MessageOnHold || got.LastMessage.U.Username != "bob" ||
			got.LastMessage.Comment != "The chat was manually placed On Hold by Mx bob" {
			t.Errorf("room: %+v %+v", got, got.LastMessage)
		}
		if hidden := got.LastMessage.ForVisitor(false); hidden.Comment != "" {
			t.Error("a hidden agent is named (LC-HID-6)")
		}
		if n := h.count(`SELECT count(*) FROM jobs WHERE key = 'held:' || $1`, r.ID); n != 1 {
			t.Errorf("%d timers", n)
		}
		if n := h.count(`SELECT count(*) FROM jobs WHERE key = 'abandoned:' || $1`, r.ID); n != 0 {
			t.Error("the visitor is still waited for")
		}
		h.answer(bob, r, "still there?") // 2.1: stored, stays on hold
		if got := h.room(r); !got.OnHold || got.Omnichannel != nil {
			t.Errorf("after the agent wrote: %+v", got)
		}
		if err := h.rooms.Resume(h.ctx, bob, r.ID); err != nil {
			t.Fatal(err)
		}
		got = h.room(r)
		if got.OnHold || got.ServedBy.ID != bob.User || got.LastMessage.T != chat.MessageResumed ||
			got.LastMessage.Comment != "The chat was manually resumed from On Hold by Mx bob" {
			t.Errorf("room: %+v %+v", got, got.LastMessage)
		}
		if n := h.count(`SELECT count(*) FROM jobs WHERE key = 'held:' || $1`, r.ID); n != 0 {
			t.Error("the timer outlives the hold")
		}
	})
}

func TestWhatMayNotBePutOnHold(t *testing.T) { // LC-HOLD-1, LC-HOLD-2, LC-HOLD-3
	holding(t, func(t *testing.T, h *house, bob, ann chat.Actor, r chat.Room) {
		boss, monitor := h.user("boss", chat.RoleManager), h.user("mona", chat.RoleMonitor)
		monitor.Permissions[chat.OnHoldLivechatRoom] = true
		delete(monitor.Permissions, chat.OnHoldOthersLivechatRoom)
		eve := h.agent("eve")
		asked, closed := h.open(h.visitor("bea")), h.open(h.visitor("cid"))
		h.close(boss, closed)
		waits := h.open(h.visitor("dan"))
		if served := h.room(waits).ServedBy; served != nil {
			if _, err := h.rooms.Return(h.ctx, boss, waits.ID, ""); err != nil {
				t.Fatal(err)
			}
		}
		h.settings.set(func(s *chat.Settings) { s.OnHoldUponEngagementOnly = false })
		before := h.snapshot()
		for name, c := range map[string]struct {
			err  error
			code string
		}{
			"unknown":            {h.rooms.Hold(h.ctx, bob, "nowhere"), "error-invalid-room"},
			"cannot see it":      {h.rooms.Hold(h.ctx, eve, r.ID), "Not_authorized"},
			"sees, serves not":   {h.rooms.Hold(h.ctx, monitor, r.ID), "Not_authorized"},
			"closed":             {h.rooms.Hold(h.ctx, boss, closed.ID), "error-room-already-closed"},
			"nobody serves it":   {h.rooms.Hold(h.ctx, boss, waits.ID), "error-unserved-rooms-cannot-be-placed-onhold"},
			"resume: not held":   {h.rooms.Resume(h.ctx, bob, r.ID), "error-room-not-on-hold"},
			"resume: unknown":    {h.rooms.Resume(h.ctx, bob, "nowhere"), "error-invalid-room"},
			"resume: not his":    {h.rooms.Resume(h.ctx, eve, r.ID), "error-room-not-on-hold"},
			"resume: closed one": {h.rooms.Resume(h.ctx, boss, closed.ID), "error-room-not-on-hold"},
		} {
			if !fault.Has(c.err, c.code) {
				t.Errorf("%s: %v", name, c.err)
			}
		}
		h.settings.set(func(s *chat.Settings) { s.OnHoldUponEngagementOnly = true })
		if err := h.rooms.Hold(h.ctx, boss, asked.ID); !fault.Has(err, "error-cannot-place-chat-on-hold") {
			t.Errorf("nobody answered: %v", err)
		}
		h.settings.set(func(s *chat.Settings) { s.AllowManualOnHold = false })
		if err := h.rooms.Hold(h.ctx, bob, r.ID); !fault.Has(err, "error-not-allowed") {
			t.Errorf("switched off: %v", err)
		}
		h.unchanged(t, before)
		h.settings.set(func(s *chat.Settings) { s.AllowManualOnHold = true })
		h.hold(boss, r) // others' chats: a manager
		before = h.snapshot()
		if err := h.rooms.Hold(h.ctx, bob, r.ID); !fault.Has(err, "error-room-is-already-on-hold") {
			t.Errorf("twice: %v", err)
		}
		if _, err := h.rooms.Return(h.ctx, bob, r.ID, ""); !fault.Has(err, "error-room-onHold") { // LC-HOLD-10
			t.Errorf("returned: %v", err)
		}
		if err := h.rooms.Resume(h.ctx, monitor, r.ID); !fault.Has(err, "Not_authorized") {
			t.Errorf("resumed by somebody: %v", err)
		}
		h.unchanged(t, before)
		h.close(bob, r) // LC-HOLD-10, LC-CLOSE-6, LC-CLOSE-7
		if got := h.room(r); got.OnHold || got.Open {
			t.Errorf("room: %+v", got)
		}
	})
}

func TestTheVisitorResumes(t *testing.T) { // LC-HOLD-6, LC-MSG-7
	holding(t, func(t *testing.T, h *house, bob, ann chat.Actor, r chat.Room) {
		h.hold(bob, r)
		at := h.room(r)
		m := h.say(ann, r, "I am back")
		got := h.room(r)
		if got.OnHold || got.ServedBy == nil || !got.WaitingResponse || m.Seq != at.Seq+1 {
			t.Errorf("room: %+v", got)
		}
		said := h.says(r, at.Seq)
		if !slices.Equal(said, []string{ann.Username + ":  I am back", "rocket.cat: omnichannel_on_hold_chat_resumed"}) {
			t.Errorf("history: %q", said)
		}
		if got.LastMessage.Comment != "The chat was automatically resumed from On Hold because ann sent a message" {
			t.Errorf("comment: %q", got.LastMessage.Comment)
		}
	})
}

func TestAResumedChatWaitsWhenItsAgentCannotGoOn(t *testing.T) { // LC-HOLD-6, LC-HOLD-7
	t.Run("not there", func(t *testing.T) {
		holding(t, func(t *testing.T, h *house, bob, ann chat.Actor, r chat.Room) {
			h.hold(bob, r)
			h.disconnect(bob)
			if err := h.rooms.Resume(h.ctx, bob, r.ID); !fault.Has(err, "error-agent-status-service-offline") {
				t.Errorf("by hand: %v", err)
			}
			h.say(ann, r, "I am back")
			got, i := h.room(r), h.inquiry(r)
			if got.OnHold || got.ServedBy != nil || i.Status != chat.StatusQueued || len(h.members(r)) != 0 {
				t.Errorf("room %+v, inquiry %+v, members %v", got, i, h.members(r))
			}
			events := h.events(r)
			if tail := events[len(events)-2:]; !slices.Equal(tail, []string{"room.changed", "inquiry.queued"}) {
				t.Errorf("events: %v", tail)
			}
		})
	})
	t.Run("full", func(t *testing.T) {
		holding(t, func(t *testing.T, h *house, bob, ann chat.Actor, r chat.Room) {
			h.settings.set(func(s *chat.Settings) { s.WaitingQueue, s.MaxChatsPerAgent = true, 1 })
			h.hold(bob, r)
			h.take(bob, h.open(h.visitor("bea"))) // on hold it does not count
			before := h.snapshot()
			if err := h.rooms.Resume(h.ctx, bob, r.ID); !fault.Has(err, "error-max-number-simultaneous-chats-reached") {
				t.Errorf("by hand: %v", err)
			}
			h.unchanged(t, before)
			h.say(ann, r, "I am back")
			if got := h.room(r); got.OnHold || got.ServedBy != nil {
				t.Errorf("room: %+v", got)
			}
		})
	})
}

func TestAHoldEndsAfterItsTime(t *testing.T) { // LC-HOLD-9, PT-T-1
	holding(t, func(t *testing.T, h *house, bob, ann chat.Actor, r chat.Room) {
		h.hold(bob, r)
		h.pass(30 * time.Minute)
		if err := h.rooms.Resume(h.ctx, bob, r.ID); err != nil {
			t.Fatal(err)
		}
		h.answer(bob, r, "go on")
		h.hold(bob, r) // another period, another hour
		h.pass(59 * time.Minute)
		if !h.room(r).Open {
			t.Fatal("closed by the timer of an earlier hold, or too early")
		}
		h.pass(time.Minute + time.Second)
		got := h.room(r)
		if got.Open || got.ClosedBy.ID != chat.SystemUserID || got.Closer != chat.CloserUser ||
			got.LastMessage.Msg != "Closed automatically because the chat was On Hold for 3600 seconds" {
			t.Errorf("room: %+v %+v", got, got.LastMessage)
		}
	})
}

func TestAChangedHoldTimeCountsFromTheBeginning(t *testing.T) { // RQ-T-4
	holding(t, func(t *testing.T, h *house, bob, ann chat.Actor, r chat.Room) {
		h.settings.set(func(s *chat.Settings) { s.OnHoldMessage = "Too long" })
		h.hold(bob, r)
		h.pass(10 * time.Minute)
		h.change("Livechat_auto_close_on_hold_chats_timeout", func(s *chat.Settings) { s.OnHoldSeconds = 0 })
		h.pass(3 * time.Hour)
		if !h.room(r).Open {
			t.Fatal("switched off, but closed")
		}
		h.change("Livechat_auto_close_on_hold_chats_timeout", func(s *chat.Settings) { s.OnHoldSeconds = 4 * 3600 })
		h.pass(49 * time.Minute)
		if !h.room(r).Open {
			t.Fatal("too early")
		}
		h.pass(2 * time.Minute)
		if got := h.room(r); got.Open || got.LastMessage.Msg != "Too long" {
			t.Errorf("room: %+v %+v", got, got.LastMessage)
		}
	})
}

func TestOneOfManyHoldsCounts(t *testing.T) { // RQ 13 #6
	holding(t, func(t *testing.T, h *house, bob, ann chat.Actor, r chat.Room) {
		errs := parallel(8, func(int) error { return h.rooms.Hold(h.ctx, bob, r.ID) })
		if n := winners(t, errs, "error-room-is-already-on-hold"); n != 1 {
			t.Errorf("%d holds", n)
		}
		errs = parallel(8, func(i int) error {
			if i%2 == 0 {
				return h.rooms.Resume(h.ctx, bob, r.ID)
			}
			_, err := h.rooms.Say(h.ctx, ann, rooms.Saying{RID: r.ID, Msg: "back"})
			return err
		})
		winners(t, errs, "error-room-not-on-hold")
		if n := h.count(`SELECT count(*) FROM messages WHERE t = $1`, chat.MessageResumed); n != 1 {
			t.Errorf("%d resumed", n)
		}
	})
}
