package live

import (
	"context"
	"sync"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/realtime"
)

// movedPace is how often is told at most that visitors came, moved or left: every open
// list is read anew then.
const movedPace = 5 * time.Second

// visitorGrace is how long a visitor may be without a connection: pages reload.
const visitorGrace = 10 * time.Second

// Opened counts a connection in.
func (s *Service) Opened(ctx context.Context, p realtime.Peer, conn string) {
	who := of(p)
	if who.actor.IsVisitor() {
		s.visitors.came(ctx, who.actor.Visitor)
	} else if err := s.Presence.Connected(ctx, conn, who.actor.User, who.session); err != nil {
		s.Log.Error("presence: connected", "user", who.actor.User, "error", err)
	}
}

// Renew keeps the users' connections alive.
func (s *Service) Renew(ctx context.Context, conns []string) {
	if err := s.Presence.Renew(ctx, conns); err != nil {
		s.Log.Error("presence: renew", "connections", len(conns), "error", err)
	}
}

// Closed counts a connection out.
func (s *Service) Closed(ctx context.Context, p realtime.Peer, conn string) {
	s.typing.forget(conn)
	who := of(p)
	if who.actor.IsVisitor() {
		s.visitors.left(who.actor.Visitor)
	} else if err := s.Presence.Gone(ctx, conn); err != nil {
		s.Log.Error("presence: gone", "user", who.actor.User, "error", err)
	}
}

// visitors knows how many connections each visitor has here, and who has had
// none since when.
type visitors struct {
	s *Service

	mu      sync.Mutex
	conns   map[chat.VisitorID]int
	leaving map[chat.VisitorID]clock.Instant
}

func newVisitors(s *Service) *visitors {
	return &visitors{s: s, conns: map[chat.VisitorID]int{}, leaving: map[chat.VisitorID]clock.Instant{}}
}

func (v *visitors) came(ctx context.Context, id chat.VisitorID) {
	v.mu.Lock()
	v.conns[id]++
	first := v.conns[id] == 1
	delete(v.leaving, id)
	v.mu.Unlock()
	if first {
		v.settle(ctx, id, chat.Online)
	}
}

func (v *visitors) left(id chat.VisitorID) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.conns[id]--; v.conns[id] <= 0 {
		delete(v.conns, id)
		v.leaving[id] = v.s.Clock.Now()
	}
}

func (v *visitors) present(id chat.VisitorID) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.conns[id] > 0
}

func (v *visitors) idle(ctx context.Context, id chat.VisitorID, on bool) error {
	p := chat.Online
	if on {
		p = chat.Away
	}
	return v.s.Visitors.SetStatus(ctx, id, p)
}

// sweep makes offline who has been gone long enough, and asks the other nodes to
// object: with several tabs the last one counts (RT-22).
func (v *visitors) sweep(ctx context.Context) {
	for _, id := range v.expired() {
		v.settle(ctx, id, chat.Offline)
		if err := v.s.Hub.Tell(ctx, visitorLeft, []byte(id)); err != nil {
			v.s.Log.Error("presence: tell", "error", err)
		}
	}
}

func (v *visitors) expired() (ids []chat.VisitorID) {
	v.mu.Lock()
	defer v.mu.Unlock()
	now := v.s.Clock.Now()
	for id, since := range v.leaving {
		if now.Sub(since) >= visitorGrace {
			ids = append(ids, id)
			delete(v.leaving, id)
		}
	}
	return ids
}

func (v *visitors) settle(ctx context.Context, id chat.VisitorID, p chat.Presence) {
	if err := v.s.Visitors.SetStatus(ctx, id, p); err != nil {
		v.s.Log.Error("presence: visitor", "visitor", id, "error", err)
	}
}

// Run watches for visitors who do not come back, until ctx ends.
func (s *Service) Run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-s.Clock.After(time.Second):
			s.visitors.sweep(ctx)
			s.tellMoved(ctx)
		}
	}
}

// tellMoved tells only that there is something to ask for: who may see whom, the list says.
func (s *Service) tellMoved(ctx context.Context) {
	now := s.Clock.Now()
	if now.Sub(s.toldAt) < movedPace || !s.moved.Swap(false) {
		return
	}
	s.toldAt = now
	if err := s.push(ctx, "visitors.moved", struct{}{}, staff); err != nil {
		s.Log.Error("visitors on the sites: tell", "error", err)
	}
}
