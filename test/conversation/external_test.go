package conversation

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/outbound"
)

// service is an external queue service that always names the same agent.
type service struct {
	names  atomic.Value // string
	asked  atomic.Int64
	latest atomic.Value // address
	during func()       // happens while it is asked
}

func (s *service) Do(_ context.Context, r outbound.Request) (outbound.Response, error) {
	s.asked.Add(1)
	s.latest.Store(r.URL)
	if s.during != nil {
		s.during()
	}
	name, _ := s.names.Load().(string)
	if name == "" {
		return outbound.Response{Status: 204}, nil
	}
	return outbound.Response{Status: 200, Body: fmt.Appendf(nil, `{"username": %q}`, name)}, nil
}

// asking is each with the method External.
func asking(t *testing.T, f func(t *testing.T, h *house, s *service)) {
	t.Helper()
	each(t, func(t *testing.T, h *house) {
		s := &service{}
		h.routing.Outbound, h.routing.Log = s, slog.New(slog.DiscardHandler)
		h.settings.set(func(s *chat.Settings) {
			s.RoutingMethod, s.ExternalQueueURL = chat.RoutingExternal, "https://queue.example"
		})
		f(t, h, s)
	})
}

// RQ-EXT-3: nobody is asked for whose forward is refused anyway.
func TestTheExternalServiceIsNotAskedInVain(t *testing.T) {
	asking(t, func(t *testing.T, h *house, s *service) {
		bob, eve := h.mover("bob"), h.mover("eve")
		sales, support := h.department("sales", bob), h.department("support", eve)
		s.names.Store("bob")
		ann, other := h.visitor("ann"), h.visitor("ben")
		r := h.open(h.in(ann, sales))
		asked := s.asked.Load()
		stranger := h.user("stranger", chat.RoleAgent)
		h.settings.set(func(s *chat.Settings) { s.AllowSwitchingDepartments = false })
		for who, err := range map[string]error{
			"another visitor":    h.rooms.ChangeDepartment(h.ctx, other, r.ID, support),
			"switching is off":   h.rooms.ChangeDepartment(h.ctx, ann, r.ID, support),
			"no right":           h.rooms.Forward(h.ctx, stranger, rooms.Forwarding{RID: r.ID, Department: support}),
			"the same":           h.rooms.Forward(h.ctx, bob, rooms.Forwarding{RID: r.ID, Department: sales}),
			"no such department": h.rooms.Forward(h.ctx, bob, rooms.Forwarding{RID: r.ID, Department: "nowhere"}),
		} {
			if err == nil {
				t.Errorf("%s: not refused", who)
			}
		}
		if n := s.asked.Load() - asked; n != 0 {
			t.Errorf("asked %d times for forwards that are refused", n)
		}
		s.names.Store("eve")
		if err := h.rooms.Forward(h.ctx, bob, rooms.Forwarding{RID: r.ID, Department: support}); err != nil || s.asked.Load() == asked {
			t.Errorf("%v, asked %d times", err, s.asked.Load()-asked)
		}
	})
}

// RQ-T-1: who comes back while his chats are about to move keeps them.
func TestWhoComesBackMeanwhileKeepsHisChats(t *testing.T) {
	asking(t, func(t *testing.T, h *house, s *service) {
		bob := h.agent("bob")
		h.agent("eve")
		s.names.Store("bob")
		r := h.open(h.visitor("ann"))
		h.settings.set(func(s *chat.Settings) { s.AgentLeaveAction, s.AgentLeaveSeconds = chat.ActionForward, 60 })
		h.disconnect(bob)
		h.seen(bob)
		s.names.Store("eve")
		s.during = func() { h.connect(bob, chat.Online) }
		asked := s.asked.Load()
		h.pass(2 * time.Minute)
		if got := h.room(r); s.asked.Load() == asked || got.ServedBy == nil || got.ServedBy.ID != bob.User {
			t.Errorf("served by %+v, asked %d times", got.ServedBy, s.asked.Load()-asked)
		}
	})
}

func TestTheExternalServiceNamesTheAgent(t *testing.T) { // RQ-EXT-1, RQ-EXT-2, RQ-EXT-3, RQ-EXT-4, RQ-ACC-5
	asking(t, func(t *testing.T, h *house, s *service) {
		h.agent("bob")
		eve := h.agent("eve")
		sales := h.department("sales", h.agent("sam"))
		s.names.Store("eve")
		r := h.open(h.in(h.visitor("ann"), sales))
		if got := h.room(r); got.ServedBy == nil || got.ServedBy.ID != eve.User || got.DepartmentID != sales {
			t.Errorf("served by %+v in %s", got.ServedBy, got.DepartmentID)
		}
		if s.asked.Load() != 1 || !strings.Contains(s.latest.Load().(string), "departmentId=sales") {
			t.Errorf("asked %d times, %v", s.asked.Load(), s.latest.Load())
		}
		s.names.Store("")
		v := h.visitor("bea")
		open := func() (chat.Room, error) {
			r, _, err := h.rooms.Open(h.ctx, rooms.Opening{Visitor: v.Visitor, Source: chat.Source{Type: chat.SourceAPI}})
			return r, err
		}
		if _, err := open(); !fault.Has(err, "no-agent-online") {
			t.Errorf("nobody named: %v", err)
		}
		if s.asked.Load() != 11 {
			t.Errorf("asked %d times in all: a useless answer is asked for ten times (RQ-EXT-3)", s.asked.Load())
		}
		h.settings.set(func(s *chat.Settings) { s.AcceptChatsWithNoAgents = true })
		waits, err := open()
		if err != nil || h.room(waits).ServedBy != nil {
			t.Fatalf("accepted: %v", err)
		}
		h.sweep()
		if n := h.count(`SELECT count(*) FROM jobs WHERE kind = 'routing.turn' AND due_at = $1`, h.clock.Now().Add(5*time.Second)); n != 1 {
			t.Errorf("%d retries are planned", n)
		}
		s.names.Store("bob")
		h.clock.Advance(5 * time.Second)
		h.sweep()
		if got := h.room(waits); got.ServedBy == nil || got.ServedBy.Username != "bob" {
			t.Errorf("RQ-EXT-4: retried at the queue's pace: %+v", got.ServedBy)
		}
	})
}

// A service that names nobody is not asked for each of a long queue.
func TestASilentServiceIsAskedOncePerQueue(t *testing.T) { // RQ-Q-7
	asking(t, func(t *testing.T, h *house, s *service) {
		h.settings.set(func(s *chat.Settings) { s.WaitingQueue, s.MaxChatsPerAgent = true, 1 })
		h.agent("bob")
		for i := range 5 {
			h.open(h.visitor(fmt.Sprint("v", i)))
		}
		h.sweep()
		if n := s.asked.Load(); n != 10 {
			t.Errorf("asked %d times", n)
		}
		s.names.Store("bob")
		h.sweep()
		h.clock.Advance(6 * time.Second)
		before := s.asked.Load()
		h.sweep() // RQ-EXT-5: he is named again and has as many chats as allowed
		if n := s.asked.Load() - before; n != 1 || len(h.taken()) != 1 {
			t.Errorf("asked %d times, %d chats given away", n, len(h.taken()))
		}
	})
}
