package routing

import (
	"context"
	"errors"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// round is what the lanes of one run share.
type round struct {
	lanes []*lane
	hung  bool // the external service does not answer: nobody else waits for it now
}

// lane is a queue while it is served.
type lane struct {
	*round
	queue  chat.DepartmentID
	head   waiting
	seen   bool           // it is known that somebody may be free
	passed []chat.RoomID  // they cannot be assigned now
	again  chat.RoomID    // a head for whom nobody was free; it is tried once more before it is passed
	except []chat.AgentID // whoever prefers one of these waits for him
	only   []chat.AgentID // if any: only who prefers one of these can be assigned
	silent bool           // the external service names nobody now
	done   bool
}

// step serves the head of a queue.
func (d *Dispatcher) step(ctx context.Context, l *lane) error {
	if l.hung && !l.silent {
		return d.silence(ctx, l)
	}
	if !l.seen {
		if err := d.see(ctx, l); err != nil || l.done {
			return err
		}
		if len(l.only) > 0 {
			return d.advance(ctx, l)
		}
	}
	var v Verdict
	turn := context.WithValue(ctx, turnKey{}, &v)
	asks := len(l.only) == 0 && d.routing.Settings.Current().RoutingMethod == chat.RoutingExternal
	if asks {
		turn = d.routing.asked(turn, l.queue, "")
		l.hung = answerIn(turn).hung
	}
	assigned, err := d.rooms.Assign(turn, l.head.rid)
	if err != nil {
		return d.failed(ctx, l, err)
	}
	switch {
	case v.Rule == "": // it does not wait any more, or only seems to
		return d.gone(ctx, l)
	case v.Rests:
		l.except = append(l.except, v.Wish)
	case asks && !assigned && v.Department == l.queue: // it is asked again at the queue's pace (RQ-EXT-4)
		return errors.Join(d.lift(ctx, l, v), d.silence(ctx, l))
	}
	return d.goOn(ctx, l, v)
}

// silence goes on without the external service until the queue's next turn.
func (d *Dispatcher) silence(ctx context.Context, l *lane) error {
	l.silent, l.seen = true, false
	return d.later(ctx, l.queue, clock.Instant(d.routing.look(d.routing.DB, nil, KindQueue, chat.Inquiry{}).c.nextTurn()))
}

// againAfter is when a queue is looked at again after a chat in it failed.
const againAfter = 10 * time.Second

// failed passes over a chat that cannot be given away because of a fault: it keeps
// nobody behind it waiting (RQ-Q-3, RQ-Q-7).
func (d *Dispatcher) failed(ctx context.Context, l *lane, why error) error {
	if ctx.Err() != nil {
		return why
	}
	d.routing.counts.failed.WithLabelValues("fault").Inc()
	d.routing.Log.Error("a waiting chat cannot be given away", "room", l.head.rid, "queue", l.queue, "error", why)
	l.passed = append(l.passed, l.head.rid)
	return errors.Join(d.later(ctx, l.queue, d.routing.DB.Clock().Now().Add(againAfter)), d.advance(ctx, l))
}

// gone goes on after a head that was taken meanwhile; one that cannot be taken
// although it waits does not agree with its room.
func (d *Dispatcher) gone(ctx context.Context, l *lane) error {
	before := l.head.rid
	if err := d.advance(ctx, l); err != nil || l.done || l.head.rid != before {
		return err
	}
	l.passed = append(l.passed, before)
	return errors.Join(d.reconcile(ctx), d.advance(ctx, l))
}

// goOn looks at the next head if somebody is still free, else plans to come back
// when those who were just given a chat may have another.
func (d *Dispatcher) goOn(ctx context.Context, l *lane, v Verdict) error {
	before := l.head.rid
	if err := d.joined(ctx, l, v.Department); err != nil {
		return err
	}
	if err := d.advance(ctx, l); err != nil {
		return err
	}
	if !l.done && l.head.rid == before {
		if v.Free == 0 && !v.Rests && l.again != before { // if somebody is free meanwhile, the next in the queue must not have him (PT-Q-3)
			l.again, l.seen = before, false
			return nil
		}
		l.passed = append(l.passed, before) // it must not keep the others waiting
		if err := d.advance(ctx, l); err != nil {
			return err
		}
	}
	if err := d.lift(ctx, l, v); err != nil {
		return err
	}
	if l.done {
		return nil
	}
	if v.Free > 0 || v.Department != l.queue {
		return nil
	}
	wished, err := wishedIn(ctx, d.routing.DB, l.queue)
	l.seen, l.done = false, len(wished) == 0 // whoever is preferred need not be a member
	return err
}

// joined looks again at the head of the queue to which one of a lane's chats moved: it
// may come before the others there.
func (d *Dispatcher) joined(ctx context.Context, l *lane, to chat.DepartmentID) error {
	for _, other := range l.lanes {
		if other == l || other.queue != to {
			continue
		}
		if other.done {
			other.done, other.seen, other.only = false, false, nil
		}
		return d.advance(ctx, other)
	}
	return nil
}

// lift comes back to those who are left when the first who was just given a chat may have another.
func (d *Dispatcher) lift(ctx context.Context, l *lane, v Verdict) error {
	if left := !l.done || len(l.passed) > 0 || len(l.except) > 0; !left || v.Held == 0 {
		return nil
	}
	return d.later(ctx, l.queue, clock.Instant(v.Held))
}

// see finds out, without a lock, whether anybody is free for the queue.
func (d *Dispatcher) see(ctx context.Context, l *lane) error {
	s := d.routing
	k := s.look(s.DB, nil, KindQueue, chat.Inquiry{Department: l.queue})
	asks := k.c.Rules.Method == chat.RoutingExternal
	if asks && !l.silent {
		l.seen = true
		return nil
	}
	wished, err := wishedIn(ctx, s.DB, l.queue)
	if err != nil {
		return err
	}
	for _, a := range wished {
		k.wish(SourceDefault, a)
	}
	if err := k.departments(ctx, l.queue); err != nil {
		return err
	}
	if queue, _ := k.c.turn(); queue != l.queue {
		l.seen = true // they move
		return nil
	}
	if err := k.fill(ctx, l.queue); err != nil {
		return err
	}
	l.seen, l.only = true, nil
	if !asks && len(k.c.able()) > 0 {
		return nil
	}
	l.only = k.c.freeWishes()
	if l.done = len(l.only) == 0; l.done {
		if at := held(k.c, ""); at > 0 {
			return d.later(ctx, l.queue, clock.Instant(at))
		}
	}
	return nil
}

// freeWishes are those among the preferred who could have a chat now, members or not.
func (c Case) freeWishes() (free []chat.AgentID) {
	for _, w := range c.Wishes {
		a, ok := c.find(w.Agent)
		if _, _, full := c.full(a); ok && a.Out == "" && !full && c.freeAt(a) == 0 {
			free = append(free, a.ID)
		}
	}
	return free
}

// advance finds the head of the lane.
func (d *Dispatcher) advance(ctx context.Context, l *lane) (err error) {
	l.head, err = headOf(ctx, d.routing.DB, l, d.routing.Settings.Current())
	if errors.Is(err, db.ErrNoRows) {
		l.done, err = true, nil
	}
	return err
}

// reconcile repairs inquiries that do not agree with their rooms (RQ-Q-5).
func (d *Dispatcher) reconcile(ctx context.Context) error {
	return d.routing.DB.InTx(ctx, func(tx *db.Tx) error { return d.repair(ctx, tx) })
}
