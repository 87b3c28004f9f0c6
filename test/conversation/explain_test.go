package conversation

import (
	"fmt"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
)

// why is the room's way in short: "kind rule agent" for each decision.
func (h *house) why(a chat.Actor, r chat.Room) (told []string) {
	h.t.Helper()
	all, err := h.routing.Explain(h.ctx, a, r.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, d := range all {
		who := ""
		if d.Agent != nil {
			who = " " + d.Agent.Username
		}
		if d.Error != "" {
			who += " " + d.Error
		}
		told = append(told, fmt.Sprintf("%s %s%s", d.Kind, d.Rule, who))
	}
	return told
}

// Every assignment, wait, refusal, forward and automatic close of a room is recorded with its reason, once.
func TestEverythingThatWasDecidedIsExplained(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) {
			s.WaitingQueue, s.AcceptChatsWithNoAgents, s.MaxQueueWaitMinutes = true, true, 5
		})
		boss := h.user("boss", chat.RoleManager)
		bob, eve := h.agent("bob"), h.agent("eve")
		h.department("sales", bob)
		h.department("support", eve)
		v := h.visitor("ann")
		h.exec(`UPDATE visitors SET department_id = 'sales' WHERE id = $1`, v.Visitor)
		r := h.open(v)
		for range 2 {
			if err := h.dispatcher.Sweep(h.ctx); err != nil {
				t.Fatal(err)
			}
		}
		forward := func(to chat.DepartmentID) {
			for range 2 { // a refusal that is repeated is told once
				h.clock.Advance(time.Second)
				if err := h.rooms.Forward(h.ctx, boss, rooms.Forwarding{RID: r.ID, Department: to}); err == nil {
					t.Errorf("forwarded to %s", to)
				}
			}
		}
		forward("sales")
		forward("nowhere")
		h.clock.Advance(time.Second)
		if err := h.rooms.Forward(h.ctx, boss, rooms.Forwarding{RID: r.ID, Department: "support"}); err != nil {
			t.Fatal(err)
		}
		h.clock.Advance(time.Second)
		if err := h.rooms.Forward(h.ctx, boss, rooms.Forwarding{RID: r.ID, Agent: bob.User}); err != nil {
			t.Fatal(err)
		}
		h.clock.Advance(time.Second)
		if ok, err := h.rooms.Return(h.ctx, boss, r.ID, ""); err != nil || !ok {
			t.Fatal(err)
		}
		want := []string{"open queue", "queue method bob", "forward refused error-forwarding-chat-same-department",
			"forward refused error-invalid-department", "forward method eve", "assign assigned bob", "return returned"}
		if got := h.why(boss, r); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("told %q\nwant %q", got, want)
		}

		h.disconnect(bob)
		waits := h.open(h.visitor("ben"))
		h.exec(`UPDATE inquiries SET department_id = 'sales' WHERE room_id = $1`, waits.ID)
		h.exec(`UPDATE rooms SET department_id = 'sales' WHERE id = $1`, waits.ID)
		h.pass(6 * time.Minute)
		got := h.why(boss, waits)
		if last := got[len(got)-1]; last != "close closed" {
			t.Errorf("closed by the maximum wait, told %q", got)
		}
		if all, err := h.routing.Explain(h.ctx, eve, waits.ID); err == nil {
			t.Errorf("eve, who may not see it, was told %v", all)
		}
	})
}
