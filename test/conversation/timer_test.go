package conversation

import (
	"fmt"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
)

func (h *house) timers(act string) int64 {
	return h.count(`SELECT count(*) FROM jobs WHERE kind = 'rooms.timer' AND key LIKE $1`, act+":%")
}

func TestAnUnansweredChatMovesOnOnce(t *testing.T) { // RQ-UN-1, RQ-UN-2, PT-T-1, PT-T-3
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.UnansweredTransferSeconds = 60 })
		bob, ann := h.agent("bob"), h.visitor("ann")
		r := h.open(ann)
		h.say(ann, r, "hello")
		eve := h.agent("eve")
		h.pass(59 * time.Second)
		if h.room(r).ServedBy.ID != bob.User {
			t.Fatal("too early")
		}
		h.pass(2 * time.Second)
		got := h.room(r)
		if got.ServedBy.ID != eve.User || got.AutoTransferredAt == 0 {
			t.Fatalf("room: %+v", got)
		}
		data := got.LastMessage.TransferData
		if path(t, data, "scope") != "autoTransferUnansweredChatsToAgent" || path(t, data, "comment") != "60" ||
			path(t, data, "transferredTo.username") != "eve" || path(t, data, "transferredBy.username") != "rocket.cat" { // RQ-T-5
			t.Errorf("transfer: %v", data)
		}
		h.pass(10 * time.Minute)
		if got := h.room(r); got.ServedBy.ID != eve.User || h.timers("unanswered") != 0 {
			t.Errorf("it moved twice: %+v", got.ServedBy)
		}
	})
}

func TestWhatEndsTheWaitForAnAnswer(t *testing.T) { // RQ-UN-4, LC-MSG-22
	for name, do := range map[string]func(h *house, bob, ann, boss chat.Actor, r chat.Room){
		"the agent writes":  func(h *house, bob, _, _ chat.Actor, r chat.Room) { h.answer(bob, r, "hi") },
		"who joined writes": func(h *house, _, _, boss chat.Actor, r chat.Room) { h.answer(boss, r, "hi") },
		"it is closed":      func(h *house, bob, _, _ chat.Actor, r chat.Room) { h.close(bob, r) },
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				h.settings.set(func(s *chat.Settings) { s.UnansweredTransferSeconds = 60 })
				bob, ann, boss := h.agent("bob"), h.visitor("ann"), h.user("boss", chat.RoleManager)
				r := h.open(ann)
				h.agent("eve")
				if err := h.rooms.Join(h.ctx, boss, r.ID); err != nil {
					t.Fatal(err)
				}
				h.pass(50 * time.Second)
				do(h, bob, ann, boss, r)
				if n := h.timers("unanswered"); n != 0 {
					t.Errorf("%d timers are left", n)
				}
				h.say2(ann, r)
				h.pass(time.Hour)
				if got := h.room(r); got.ServedBy.ID != bob.User {
					t.Errorf("it moved to %s", got.ServedBy.Username)
				}
			})
		})
	}
}

// say2 is a visitor's message that a closed room may refuse.
func (h *house) say2(v chat.Actor, r chat.Room) {
	_, _ = h.rooms.Say(h.ctx, v, rooms.Saying{RID: r.ID, Msg: "hm"})
}

func TestAnUnansweredChatIsTriedAgainWhileNobodyIsThere(t *testing.T) { // RQ-UN-2
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.UnansweredTransferSeconds = 60 })
		bob := h.agent("bob")
		r := h.open(h.visitor("ann"))
		h.pass(3 * time.Minute)
		if h.room(r).ServedBy.ID != bob.User || h.timers("unanswered") != 1 {
			t.Fatal("nobody else is there")
		}
		eve := h.agent("eve")
		h.pass(61 * time.Second)
		if got := h.room(r); got.ServedBy.ID != eve.User {
			t.Errorf("served by %+v", got.ServedBy)
		}
	})
}

func TestAnUnansweredChatUnderManualSelectionIsQueued(t *testing.T) { // RQ-UN-3
	manual(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.UnansweredTransferSeconds = 30 })
		bob := h.agent("bob")
		r := h.open(h.visitor("ann"))
		if h.timers("unanswered") != 0 {
			t.Error("nobody has it yet")
		}
		h.take(bob, r)
		h.pass(31 * time.Second)
		got := h.room(r)
		if got.ServedBy != nil || path(t, got.LastMessage.TransferData, "scope") != "autoTransferUnansweredChatsToQueue" || path(t, got.LastMessage.TransferData, "comment") != "30" {
			t.Fatalf("room: %+v", got)
		}
		h.take(bob, r)
		h.pass(time.Hour)
		if h.room(r).ServedBy == nil {
			t.Error("it moved twice (PT-T-3)")
		}
	})
}

func TestAChangedAnswerTimeCountsFromTheAssignment(t *testing.T) { // RQ-T-4
	each(t, func(t *testing.T, h *house) {
		const id = "Livechat_auto_transfer_chat_timeout"
		bob := h.agent("bob")
		answered, r := h.open(h.visitor("ann")), h.open(h.visitor("bea"))
		h.answer(bob, answered, "hi")
		eve := h.agent("eve")
		h.pass(40 * time.Second)
		h.change(id, func(s *chat.Settings) { s.UnansweredTransferSeconds = 60 })
		h.pass(19 * time.Second)
		if h.room(r).ServedBy.ID != bob.User {
			t.Fatal("too early")
		}
		h.pass(2 * time.Second)
		if h.room(r).ServedBy.ID != eve.User || h.room(answered).ServedBy.ID != bob.User {
			t.Errorf("served by %s and %s", h.room(r).ServedBy.Username, h.room(answered).ServedBy.Username)
		}
		next := h.open(h.visitor("cid"))
		h.change(id, func(s *chat.Settings) { s.UnansweredTransferSeconds = 0 })
		if n := h.timers("unanswered"); n != 0 {
			t.Errorf("switched off, %d left", n)
		}
		served := h.room(next).ServedBy.ID
		h.pass(time.Hour)
		if h.room(next).ServedBy.ID != served {
			t.Error("switched off, but moved")
		}
	})
}

func TestAWaitingChatIsClosedAfterItsTime(t *testing.T) { // routing 15 #13, 10.1, PT-T-1, RQ-T-4
	manual(t, func(t *testing.T, h *house) {
		const id = "Livechat_max_queue_wait_time"
		h.settings.set(func(s *chat.Settings) { s.MaxQueueWaitMinutes, s.Language = 10, "de" })
		bob, ann := h.agent("bob"), h.visitor("ann")
		r, taken, back := h.open(ann), h.open(h.visitor("bea")), h.open(h.visitor("cid"))
		h.pass(9 * time.Minute)
		h.say(ann, r, "Anybody?") // does not prolong it
		h.take(bob, taken)
		h.take(bob, back)
		if _, err := h.rooms.Return(h.ctx, bob, back.ID, ""); err != nil {
			t.Fatal(err)
		}
		h.pass(59 * time.Second)
		if !h.room(r).Open {
			t.Fatal("too early")
		}
		h.pass(2 * time.Second)
		got := h.room(r)
		if got.Open || got.ClosedBy.ID != chat.SystemUserID || got.LastMessage.Msg != "Automatisch beendet, weil der Chat länger als die erlaubten 10 Minuten gewartet hat" {
			t.Errorf("room: %+v %+v", got, got.LastMessage)
		}
		if !h.room(taken).Open || !h.room(back).Open {
			t.Error("one that was taken, or returned later, was closed")
		}
		h.change(id, func(s *chat.Settings) { s.MaxQueueWaitMinutes = -1 })
		h.pass(time.Hour)
		if !h.room(back).Open {
			t.Fatal("switched off, but closed")
		}
		h.change(id, func(s *chat.Settings) { s.MaxQueueWaitMinutes = 30 }) // long over
		h.pass(time.Second)
		if h.room(back).Open || !h.room(taken).Open {
			t.Error("switched on: counts from the entry into the queue")
		}
	})
}

func TestAnAbandonedChatIsClosed(t *testing.T) { // RQ-AB-1, RQ-AB-2, PT-T-1
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.AbandonedAction, s.VisitorInactivitySeconds = chat.ActionClose, 600 })
		bob, ann := h.agent("bob"), h.visitor("ann")
		r := h.open(ann)
		h.pass(time.Hour)
		if !h.room(r).Open || h.timers("abandoned") != 0 {
			t.Fatal("it waits for the agent, not for the visitor")
		}
		h.say(ann, r, "hello")
		first := h.answer(bob, r, "hi")
		if p := h.room(r).Omnichannel; p == nil || p.PredictedVisitorAbandonmentAt != first.TS.Add(10*time.Minute) {
			t.Errorf("prediction: %+v", p)
		}
		h.pass(5 * time.Minute)
		jobs := h.count(`SELECT count(*) FROM jobs WHERE due_at = $1`, first.TS.Add(10*time.Minute))
		h.answer(bob, r, "are you there?") // does not move it
		if h.count(`SELECT count(*) FROM jobs WHERE due_at = $1`, first.TS.Add(10*time.Minute)) != jobs || jobs != 1 {
			t.Errorf("%d jobs", jobs)
		}
		h.pass(4 * time.Minute)
		h.say(ann, r, "yes")
		if h.room(r).Omnichannel != nil {
			t.Error("the prediction outlives the visitor's message")
		}
		h.pass(30 * time.Minute)
		if !h.room(r).Open {
			t.Fatal("closed although it waits for the agent")
		}
		h.answer(bob, r, "fine")
		h.pass(9*time.Minute + 59*time.Second)
		if !h.room(r).Open {
			t.Fatal("too early")
		}
		h.pass(2 * time.Second)
		got := h.room(r)
		if got.Open || got.ClosedBy.ID != chat.SystemUserID || got.Omnichannel != nil ||
			got.LastMessage.Msg != "Closed automatically because ann did not answer for 600 seconds" {
			t.Errorf("room: %+v %+v", got, got.LastMessage)
		}
	})
}

func TestTheDepartmentsPatience(t *testing.T) { // RQ-AB-2, departments.md 6
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) {
			s.AbandonedAction, s.VisitorInactivitySeconds, s.AbandonedMessage = chat.ActionClose, 600, "global"
		})
		bob := h.agent("bob")
		h.department("sales", bob)
		h.department("support", bob)
		h.exec(`UPDATE departments SET abandon_seconds = 60 WHERE id = 'sales'`)
		h.exec(`UPDATE departments SET abandon_message = 'Gone?' WHERE id = 'support'`)
		sales, support := h.open(h.in(h.visitor("ann"), "sales")), h.open(h.in(h.visitor("bea"), "support"))
		for _, r := range []chat.Room{sales, support} {
			h.answer(bob, r, "hi")
		}
		h.pass(61 * time.Second)
		if got := h.room(sales); got.Open || got.LastMessage.Msg != "global" || !h.room(support).Open {
			t.Errorf("sales: %+v", got.LastMessage)
		}
		h.exec(`UPDATE departments SET abandon_seconds = 300 WHERE id = 'support'`)
		consume(h, "rooms.department", chat.DepartmentChanged{Department: "support"})
		h.pass(240 * time.Second)
		if got := h.room(support); got.Open || got.LastMessage.Msg != "Gone?" {
			t.Errorf("support: %+v", got.LastMessage)
		}
	})
}

// RQ-AB-6: how long a visitor was silent is counted also where nobody acts on it.
func TestSilenceIsCountedWithoutATimer(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.AbandonedAction, s.VisitorInactivitySeconds = chat.ActionNone, 600 })
		bob, ann := h.agent("bob"), h.visitor("ann")
		r := h.open(ann)
		h.say(ann, r, "hello")
		h.answer(bob, r, "hi")
		h.pass(time.Hour)
		if got := h.room(r); !got.Open || got.Omnichannel != nil || h.timers("abandoned") != 0 {
			t.Fatalf("somebody waits for the visitor: %+v", got)
		}
		h.close(bob, r)
		m := h.room(r).Metrics
		if m == nil || m.VisitorInactivity == nil {
			t.Fatalf("metrics: %+v", m)
		}
		if got := *m.VisitorInactivity; got < 3599 || got > 3600 {
			t.Errorf("silent for %v seconds", got)
		}
	})
}

func TestAnAbandonedChatIsPutOnHold(t *testing.T) { // RQ-AB-3, LC-HOLD-5
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) {
			s.AbandonedAction, s.VisitorInactivitySeconds, s.OnHoldSeconds = chat.ActionOnHold, 60, 120
		})
		bob, ann := h.agent("bob"), h.visitor("ann")
		r := h.open(ann)
		h.say(ann, r, "hello")
		h.answer(bob, r, "hi")
		h.pass(61 * time.Second)
		got := h.room(r)
		if !got.OnHold || got.LastMessage.U.ID != string(chat.SystemUserID) ||
			got.LastMessage.Comment != "The chat was automatically placed On Hold because ann did not answer for 60 seconds" {
			t.Fatalf("room: %+v %+v", got, got.LastMessage)
		}
		h.pass(121 * time.Second)
		if h.room(r).Open {
			t.Error("on hold for ever")
		}
	})
}

func TestSwitchingAbandonmentOffAndOn(t *testing.T) { // RQ-AB-4, RQ-T-4
	each(t, func(t *testing.T, h *house) {
		const id = "Livechat_abandoned_rooms_action"
		bob := h.agent("bob")
		r, asked := h.open(h.visitor("ann")), h.open(h.visitor("bea"))
		first := h.answer(bob, r, "hi")
		h.pass(10 * time.Minute)
		h.change(id, func(s *chat.Settings) { s.AbandonedAction = chat.ActionClose })
		if p := h.room(r).Omnichannel; p == nil || p.PredictedVisitorAbandonmentAt != first.TS.Add(time.Hour) || h.room(asked).Omnichannel != nil {
			t.Errorf("predictions: %+v", p)
		}
		h.change("Livechat_visitor_inactivity_timeout", func(s *chat.Settings) { s.VisitorInactivitySeconds = 1200 })
		if p := h.room(r).Omnichannel; p == nil || p.PredictedVisitorAbandonmentAt != first.TS.Add(20*time.Minute) {
			t.Errorf("prediction: %+v", p)
		}
		h.change(id, func(s *chat.Settings) { s.AbandonedAction = chat.ActionNone })
		if h.room(r).Omnichannel != nil || h.timers("abandoned") != 0 {
			t.Error("switched off, but predicted")
		}
		h.pass(2 * time.Hour)
		if !h.room(r).Open {
			t.Error("switched off, but closed")
		}
	})
}

func TestWhatEndsAPrediction(t *testing.T) { // 10.1
	for name, do := range map[string]func(h *house, bob, eve, ann chat.Actor, r chat.Room) error{
		"forwarded": func(h *house, bob, eve, _ chat.Actor, r chat.Room) error {
			return h.rooms.Forward(h.ctx, bob, rooms.Forwarding{RID: r.ID, Agent: eve.User})
		},
		"returned": func(h *house, bob, _, _ chat.Actor, r chat.Room) error {
			_, err := h.rooms.Return(h.ctx, bob, r.ID, "")
			return err
		},
		"on hold": func(h *house, bob, _, _ chat.Actor, r chat.Room) error { return h.rooms.Hold(h.ctx, bob, r.ID) },
		"closed": func(h *house, bob, _, _ chat.Actor, r chat.Room) error {
			return h.rooms.Close(h.ctx, bob, closing(r))
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				h.settings.set(func(s *chat.Settings) {
					s.AbandonedAction, s.VisitorInactivitySeconds, s.AllowManualOnHold = chat.ActionClose, 60, true
				})
				bob := h.mover("bob")
				r := h.open(h.visitor("ann"))
				eve := h.agent("eve")
				h.answer(bob, r, "hi")
				if err := do(h, bob, eve, chat.Actor{}, r); err != nil {
					t.Fatal(err)
				}
				if h.room(r).Omnichannel != nil || h.timers("abandoned") != 0 {
					t.Error("the visitor is still waited for")
				}
				open := h.room(r).Open
				h.pass(10 * time.Minute)
				if h.room(r).Open != open {
					t.Error("closed although nobody waited for the visitor")
				}
			})
		})
	}
}

func leaving(t *testing.T, action string, f func(t *testing.T, h *house, bob chat.Actor, r chat.Room)) {
	t.Helper()
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.AgentLeaveAction = action })
		bob := h.agent("bob")
		f(t, h, bob, h.open(h.visitor("ann")))
	})
}

func TestTheChatsOfWhoLeftAreMovedOn(t *testing.T) { // RQ-LV-1, RQ-LV-3, RQ-LV-4, RQ-LV-5
	leaving(t, chat.ActionForward, func(t *testing.T, h *house, bob chat.Actor, r chat.Room) {
		h.department("sales", bob)
		theirs := h.open(h.in(h.visitor("bea"), "sales"))
		held := h.open(h.in(h.visitor("cid"), "sales"))
		h.settings.set(func(s *chat.Settings) { s.AllowManualOnHold, s.OnHoldUponEngagementOnly = true, false })
		h.hold(bob, held)
		eve := h.agent("eve")
		h.disconnect(bob)
		h.seen(bob)
		h.pass(30 * time.Second)
		h.seen(bob) // more news of the same absence does not prolong it
		h.pass(29 * time.Second)
		if h.room(r).ServedBy.ID != bob.User {
			t.Fatal("too early")
		}
		h.pass(2 * time.Second)
		if got := h.room(r); got.ServedBy == nil || got.ServedBy.ID != eve.User || path(t, got.LastMessage.TransferData, "scope") != "agent" {
			t.Errorf("of the public queue: %+v", got)
		}
		if got := h.room(theirs); got.ServedBy != nil || got.DepartmentID != "sales" || path(t, got.LastMessage.TransferData, "scope") != "queue" {
			t.Errorf("nobody else is in its department: %+v", got)
		}
		if got := h.room(held); !got.OnHold || got.ServedBy.ID != bob.User {
			t.Errorf("on hold: %+v", got)
		}
	})
}

func TestTheChatsOfWhoLeftAreClosed(t *testing.T) { // RQ-LV-2, RQ-LV-4, RQ-T-5
	leaving(t, chat.ActionClose, func(t *testing.T, h *house, bob chat.Actor, r chat.Room) {
		h.settings.set(func(s *chat.Settings) { s.AllowManualOnHold, s.OnHoldUponEngagementOnly = true, false })
		held := h.open(h.visitor("bea"))
		h.hold(bob, held)
		eve := h.agent("eve")
		h.exec(`UPDATE agents SET status_livechat = 'not-available' WHERE user_id = $1`, bob.User)
		hers := h.open(h.visitor("cid"))
		h.seen(bob)
		h.pass(61 * time.Second)
		for _, r := range []chat.Room{r, held} {
			got := h.room(r)
			if got.Open || got.Closer != chat.CloserUser || got.ClosedBy.ID != bob.User || got.LastMessage.U.ID != string(chat.SystemUserID) ||
				got.LastMessage.Msg != "The agent left the conversation" {
				t.Errorf("room: %+v %+v", got, got.LastMessage)
			}
		}
		if got := h.room(hers); !got.Open || got.ServedBy.ID != eve.User {
			t.Error("another agent's chat")
		}
	})
}

func TestWhoIsBackInTimeKeepsHisChats(t *testing.T) { // RQ-LV-1, RQ-LV-6, RQ-T-4
	leaving(t, chat.ActionClose, func(t *testing.T, h *house, bob chat.Actor, r chat.Room) {
		h.disconnect(bob)
		h.seen(bob)
		h.pass(50 * time.Second)
		h.connect(bob, chat.Online)
		h.seen(bob)
		if h.timers("left") != 0 {
			t.Error("he is back, but waited for")
		}
		h.pass(time.Hour)
		if !h.room(r).Open {
			t.Fatal("closed although he came back")
		}
		h.exec(`UPDATE presence SET status = 'away' WHERE user_id = $1`, bob.User)
		h.settings.set(func(s *chat.Settings) { s.EnabledWhenAgentIdle = false })
		h.seen(bob)
		if h.timers("left") != 0 {
			t.Error("being away from the keyboard is no departure")
		}
		h.disconnect(bob)
		h.seen(bob)
		h.change("Livechat_agent_leave_action_timeout", func(s *chat.Settings) { s.AgentLeaveSeconds = 300 })
		h.pass(299 * time.Second)
		if !h.room(r).Open {
			t.Fatal("closed before the new time")
		}
		h.change("Livechat_agent_leave_action", func(s *chat.Settings) { s.AgentLeaveAction = chat.ActionNone })
		h.pass(time.Hour)
		if !h.room(r).Open || h.timers("left") != 0 {
			t.Error("switched off, but closed")
		}
	})
}

func TestARestartIsNoDeparture(t *testing.T) { // RQ-LV-6, PT-T-2
	leaving(t, chat.ActionClose, func(t *testing.T, h *house, bob chat.Actor, r chat.Room) {
		h.settings.set(func(s *chat.Settings) { s.AgentLeaveSeconds = 5 })
		h.disconnect(bob)
		h.seen(bob)
		if err := h.rooms.Start(h.ctx); err != nil { // the server begins anew
			t.Fatal(err)
		}
		h.pass(59 * time.Second)
		if !h.room(r).Open {
			t.Fatal("consoles had no time to connect again")
		}
		h.pass(2 * time.Second)
		if h.room(r).Open {
			t.Error("he is not back, a minute after the start")
		}
	})
}

// Every timer may run twice, late, or after what it was for is gone.
func TestAStaleTimerDoesNothing(t *testing.T) { // RQ-T-1, RQ-T-2, INV-14
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) {
			s.UnansweredTransferSeconds, s.AbandonedAction, s.VisitorInactivitySeconds, s.MaxQueueWaitMinutes = 10, chat.ActionClose, 10, 1
			s.AllowManualOnHold, s.AgentLeaveAction = true, chat.ActionClose
		})
		bob := h.agent("bob")
		r := h.open(h.visitor("ann"))
		h.answer(bob, r, "hi")
		closed := h.open(h.visitor("bea"))
		h.close(bob, closed)
		before := h.snapshot()
		at := h.clock.Now()
		for i, act := range []string{"unanswered", "abandoned", "held", "waited", "left", "of a later version"} {
			for _, id := range []string{string(r.ID), string(closed.ID), "nowhere", string(bob.User)} {
				h.run(pending{id: fmt.Sprint("x", i), key: act, payload: fmt.Sprintf(`{"act":%q,"id":%q,"of":%q}`, act, id, at.String())})
			}
		}
		h.unchanged(t, before)
	})
}

// The state lasts, but it is not the one the timer was made for.
func TestATimerOfAnEarlierStateDoesNothing(t *testing.T) { // RQ-T-1, PT-T-3
	manual(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) {
			s.UnansweredTransferSeconds, s.MaxQueueWaitMinutes, s.OnHoldSeconds, s.AllowManualOnHold = 10, 1, 10, true
			s.AbandonedAction, s.VisitorInactivitySeconds = chat.ActionClose, 10
		})
		bob := h.agent("bob")
		served, moved, held, waits, silent := h.open(h.visitor("a")), h.open(h.visitor("b")), h.open(h.visitor("c")), h.open(h.visitor("d")), h.open(h.visitor("e"))
		for _, r := range []chat.Room{served, moved, held, silent} {
			h.take(bob, r)
		}
		h.answer(bob, held, "hi")
		h.hold(bob, held)
		h.answer(bob, silent, "hi")
		h.exec(`UPDATE rooms SET transferred_at = 1 WHERE id = $1`, moved.ID)
		h.clock.Advance(time.Hour)
		fire := func(act string, r chat.Room, of string) {
			h.run(pending{id: "x", key: act, payload: fmt.Sprintf(`{"act":%q,"id":%q,"of":%q}`, act, r.ID, of)})
		}
		before := h.snapshot()
		earlier := noon.Add(-time.Hour).String()
		fire("unanswered", served, earlier)
		fire("unanswered", moved, h.room(moved).ServedBy.TS.String())
		fire("held", held, earlier)
		fire("waited", waits, earlier)
		fire("abandoned", silent, earlier)
		h.unchanged(t, before)
		fire("unanswered", served, h.room(served).ServedBy.TS.String())
		fire("waited", waits, h.room(waits).QueuedAt.String())
		if h.room(served).ServedBy != nil || h.room(waits).Open {
			t.Error("the timers of the present state do nothing either")
		}
	})
}
