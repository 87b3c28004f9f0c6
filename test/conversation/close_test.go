package conversation

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/features/routing"
	"github.com/foyerchat/foyer/platform/fault"
)

func newDispatcher(h *house) *routing.Dispatcher { return routing.NewDispatcher(h.routing, h.rooms) }

func TestWhatClosingDoes(t *testing.T) { // LC-CLOSE-1, LC-CLOSE-4, LC-CLOSE-5, LC-CLOSE-8, LC-CLOSE-9
	each(t, func(t *testing.T, h *house) {
		bob, ann := h.agent("bob"), h.visitor("ann")
		r := h.open(ann)
		h.say(ann, r, "hello")
		h.clock.Advance(10 * time.Second)
		h.answer(bob, r, "hi")
		h.clock.Advance(30 * time.Second)
		if err := h.rooms.Close(h.ctx, bob, rooms.Closing{RID: r.ID, Comment: "solved", Tags: []string{"a", "b", "a"}}); err != nil {
			t.Fatal(err)
		}
		got := h.room(r)
		if got.Open || got.ClosedAt != h.clock.Now() || got.Closer != chat.CloserUser || got.ClosedBy.Username != "bob" ||
			!slices.Equal(got.Tags, []string{"a", "b"}) || got.V.Status != chat.Offline || got.ServedBy == nil {
			t.Errorf("room: %+v", got)
		}
		if m := got.Metrics; *m.ChatDuration != 40 || *m.VisitorInactivity != 30 || *m.ServiceTimeDuration < 39 {
			t.Errorf("durations: %v %v %v", *m.ChatDuration, *m.VisitorInactivity, *m.ServiceTimeDuration)
		}
		if m := got.LastMessage; m.T != chat.MessageClosed || m.Msg != "solved" || m.U.Username != "bob" || m.Token != "" {
			t.Errorf("closing message: %+v", m)
		}
		events := h.events(r)
		if tail := events[len(events)-2:]; !slices.Equal(tail, []string{"message.sent", "room.closed"}) {
			t.Errorf("the closing message must come before the closing: %v", tail)
		}
		if next := h.open(ann); next.ID == r.ID || next.Code != 2 { // LC-REO-1
			t.Errorf("next room: %+v", next)
		}
	})
}

func TestAVisitorCloses(t *testing.T) { // lifecycle 10.2
	each(t, func(t *testing.T, h *house) {
		h.agent("bob")
		ann, bea := h.visitor("ann"), h.visitor("bea")
		r := h.open(ann)
		close := func(v chat.Actor, rid chat.RoomID) error {
			return h.rooms.Close(h.ctx, v, rooms.Closing{RID: rid, Comment: "ignored"})
		}
		before := h.snapshot()
		foreign, unknown := close(bea, r.ID), close(bea, "nowhere")
		if !fault.Has(foreign, "invalid-room") || foreign.Error() != unknown.Error() {
			t.Errorf("foreign %v, unknown %v", foreign, unknown)
		}
		h.settings.set(func(s *chat.Settings) { s.VisitorsMayClose = false })
		if err := close(ann, r.ID); !fault.Has(err, "error-not-allowed-to-close-conversation") {
			t.Errorf("switched off: %v", err)
		}
		h.unchanged(t, before)
		h.settings.set(func(s *chat.Settings) { s.VisitorsMayClose = true })
		if err := close(ann, r.ID); err != nil {
			t.Fatal(err)
		}
		got := h.room(r)
		if got.Closer != chat.CloserVisitor || got.ClosedBy.Username != ann.Username || got.Metrics.VisitorInactivity != nil ||
			got.LastMessage.Msg != "Closed by visitor" || got.LastMessage.Token == "" {
			t.Errorf("room: %+v %+v", got, got.LastMessage)
		}
		before = h.snapshot()
		if err := close(ann, r.ID); !fault.Has(err, "room-closed") {
			t.Errorf("twice: %v", err)
		}
		h.unchanged(t, before)
	})
}

func TestClosingRules(t *testing.T) { // LC-CLOSE-2, LC-CLOSE-3, lifecycle 10.2
	each(t, func(t *testing.T, h *house) {
		bob := h.agent("bob")
		r := h.open(h.visitor("ann"))
		eve, boss, plain := h.agent("eve"), h.user("boss", chat.RoleManager), h.user("plain", chat.RoleUser)
		close := func(a chat.Actor, c rooms.Closing) error { return h.rooms.Close(h.ctx, a, c) }
		text := func(s string, tags ...string) rooms.Closing { return rooms.Closing{RID: r.ID, Comment: s, Tags: tags} }
		joined := h.user("joined", chat.RoleManager)
		delete(joined.Permissions, chat.CloseOthersLivechatRoom)
		before := h.snapshot()
		for name, c := range map[string]struct {
			err  error
			code string
		}{
			"unknown":                {close(bob, rooms.Closing{RID: "nowhere", Comment: "x"}), "error-invalid-room"},
			"another agent":          {close(eve, text("x")), "error-invalid-room"},
			"no agent":               {close(plain, text("x")), "error-invalid-room"},
			"sees it, may not close": {close(joined, text("x")), "error-not-authorized"},
			"no comment":             {close(bob, text("")), "error-comment-is-required"},
			"a blank comment":        {close(bob, text(" \n")), "error-comment-is-required"},
			"a huge comment":         {close(bob, text(strings.Repeat("x", 5001))), "error-message-size-exceeded"},
			"a huge tag":             {close(bob, text("x", strings.Repeat("x", 101))), "error-invalid-tag"},
			"many tags":              {close(bob, text("x", make([]string, 101)...)), "error-too-many-tags"},
		} {
			if !fault.Has(c.err, c.code) {
				t.Errorf("%s: %v", name, c.err)
			}
		}
		h.unchanged(t, before)
		h.settings.set(func(s *chat.Settings) { s.RequestCommentWhenClosing = false })
		if err := close(boss, text("")); err != nil {
			t.Errorf("a manager, comments not required: %v", err)
		}
		if err := close(boss, text("")); !fault.Has(err, "error-room-already-closed") {
			t.Errorf("twice: %v", err)
		}
	})
}

func TestOneOfManyClosingsSucceeds(t *testing.T) { // LC-CLOSE-2, rest-api 7
	each(t, func(t *testing.T, h *house) {
		bob, ann, boss := h.agent("bob"), h.visitor("ann"), h.user("boss", chat.RoleManager)
		r := h.open(ann)
		who := []chat.Actor{bob, ann, boss}
		errs := parallel(16, func(i int) error {
			return h.rooms.Close(h.ctx, who[i%3], rooms.Closing{RID: r.ID, Comment: "x"})
		})
		if n := winners(t, errs, "error-room-cannot-be-closed-try-again", "error-room-already-closed", "room-closed"); n != 1 {
			t.Errorf("%d closings succeeded", n)
		}
		for i, err := range errs {
			if who[i%3].IsVisitor() && err != nil && !fault.Has(err, "room-closed") {
				t.Errorf("the visitor is told %v", err)
			}
		}
		if n := h.count(`SELECT count(*) FROM messages WHERE t = 'livechat-close'`); n != 1 {
			t.Errorf("%d closing messages", n)
		}
	})
}

// Whatever happens at once, in whatever order, the invariants hold at the end.
func TestEverythingAtOnce(t *testing.T) { // INV-1 to INV-14
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.AcceptChatsWithNoAgents = true })
		h.settings.set(func(s *chat.Settings) {
			s.AllowManualOnHold, s.UnansweredTransferSeconds, s.AbandonedAction, s.MaxQueueWaitMinutes = true, 60, chat.ActionOnHold, 5
		})
		team := []chat.Actor{h.mover("a"), h.mover("b"), h.user("boss", chat.RoleManager)}
		h.department("sales", team[0])
		h.department("support", team[0], team[1])
		guests := []chat.Actor{h.visitor("x"), h.visitor("y"), h.visitor("z")}
		expected := []string{"error-inquiry-taken", "error-not-found", "room-closed", "invalid-room", "error-invalid-room", "error-not-allowed",
			"error-room-cannot-be-closed-try-again", "error-room-already-closed", "error-not-authorized", "invalid-message", "error-invalid-agent",
			"error-room-onHold", "This_conversation_is_already_closed", "error-selected-agent-room-agent-are-same", "error-forwarding-chat-same-department",
			"error-no-agents-online-in-department", "error-user-is-offline", "error-cannot-place-chat-on-hold", "Not_authorized", "error-room-is-already-on-hold",
			"error-unserved-rooms-cannot-be-placed-onhold", "error-room-not-on-hold", "error-room-does-not-exist", "error-invalid-inquiry", "error-action-not-allowed"}
		errs := parallel(12, func(n int) error {
			random := rand.New(rand.NewPCG(7, uint64(n)))
			for range 25 {
				if err := step(h, random, team, guests); err != nil && !hasCode(err, expected) {
					return err
				}
			}
			return nil
		})
		for _, err := range errs {
			if err != nil {
				t.Error(err)
			}
		}
		if n := h.count(`SELECT count(*) FROM rooms`); n < 4 {
			t.Errorf("only %d rooms: the test does too little", n)
		}
	})
}

// step does one random thing.
func step(h *house, random *rand.Rand, team, guests []chat.Actor) error {
	a, v := team[random.IntN(len(team))], guests[random.IntN(len(guests))]
	r, _, err := h.rooms.Open(h.ctx, rooms.Opening{Visitor: v.Visitor, Source: chat.Source{Type: chat.SourceWidget}})
	if err != nil {
		return err
	}
	saying := rooms.Saying{RID: r.ID, ID: chat.MessageID(fmt.Sprint("m", random.IntN(200))), Msg: "text"}
	switch random.IntN(17) {
	case 9, 10:
		return h.rooms.Forward(h.ctx, a, rooms.Forwarding{RID: r.ID, Agent: team[random.IntN(2)].User})
	case 11:
		return h.rooms.Forward(h.ctx, a, rooms.Forwarding{RID: r.ID, Department: []chat.DepartmentID{"sales", "support"}[random.IntN(2)]})
	case 12:
		return h.rooms.Hold(h.ctx, a, r.ID)
	case 13:
		return h.rooms.Resume(h.ctx, a, r.ID)
	case 14:
		return h.rooms.SetPriority(h.ctx, a, r.ID, []chat.PriorityID{"", "priority-1"}[random.IntN(2)])
	case 15:
		return h.rooms.ChangeDepartment(h.ctx, v, r.ID, []chat.DepartmentID{"sales", "support"}[random.IntN(2)])
	case 0:
		return h.rooms.Close(h.ctx, a, rooms.Closing{RID: r.ID, Comment: "x"})
	case 1:
		return h.rooms.Close(h.ctx, v, rooms.Closing{RID: r.ID})
	case 2:
		_, err = h.rooms.Return(h.ctx, a, r.ID, "")
	case 3:
		i, err := h.routing.Find(h.ctx, everything, r.ID)
		if err != nil || i == nil {
			return err
		}
		_, err = h.rooms.Take(h.ctx, a, i.ID, "")
		return err
	case 4:
		err = h.rooms.Join(h.ctx, a, r.ID)
	case 5:
		_, err = h.rooms.Answer(h.ctx, a, saying)
	case 6:
		_, err = h.rooms.Erase(h.ctx, v, saying)
	case 7:
		err = newDispatcher(h).Sweep(h.ctx)
	default:
		_, err = h.rooms.Say(h.ctx, v, saying)
	}
	return err
}

// lifecycle 2.1 and 10.2: whoever may serve no more leaves no chat behind.
func TestWhatADeactivatedAgentServedEnds(t *testing.T) {
	gone := map[string]string{
		"deactivated":    `UPDATE users SET active = false WHERE id = $1`,
		"role taken":     `DELETE FROM user_roles WHERE user_id = $1`,
		"account erased": `DELETE FROM users WHERE id = $1`,
	}
	for name, statement := range gone {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				bob := h.agent("bob")
				mine := h.open(h.visitor("ann"))
				h.disconnect(bob)
				h.agent("eve")
				hers := h.open(h.visitor("bea"))
				told := chat.AgentChanged{Agent: chat.User{ID: bob.User}, Cause: chat.CauseDeactivated}
				consume(h, "rooms.agent-gone", told)
				if !h.room(mine).Open {
					t.Fatal("he is still an active agent, for instance again")
				}
				h.exec(statement, bob.User)
				consume(h, "rooms.agent-gone", told)
				got := h.room(mine)
				if got.Open || got.Closer != chat.CloserUser || got.ClosedBy.ID != chat.SystemUserID ||
					got.LastMessage.T != chat.MessageClosed || got.LastMessage.Msg != "Agent was deactivated" {
					t.Errorf("room: %+v %+v", got, got.LastMessage)
				}
				if !h.room(hers).Open {
					t.Error("another agent's chat ended too")
				}
				before := h.snapshot()
				consume(h, "rooms.agent-gone", told)
				h.unchanged(t, before)
			})
		})
	}
}
