package routing

import (
	"context"
	"sync"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

// Rooms carries out assignments.
type Rooms interface {
	// Assign gives a waiting room to whom Pick picks; false when nobody is there
	// or it no longer waits.
	Assign(ctx context.Context, rid chat.RoomID) (bool, error)
}

// Dispatcher gives waiting rooms to agents whenever that may have become possible:
// of the queues with somebody free always the one whose head comes first, until
// nobody is free (RQ-Q-7). It never walks through a queue: it looks at heads.
// Several may run at once, also on several nodes: who takes is decided by each
// room's lock and compare-and-set.
type Dispatcher struct {
	routing *Service
	rooms   Rooms

	mu      sync.Mutex
	ended   *sync.Cond
	running bool
	asked   queues // since the last run began
	wanted  int64  // how often anything was asked for
	served  int64  // of that, what ended runs covered
}

// NewDispatcher ties the queue to the rooms.
func NewDispatcher(s *Service, r Rooms) *Dispatcher {
	d := &Dispatcher{routing: s, rooms: r}
	d.ended = sync.NewCond(&d.mu)
	return d
}

// queues are some of them, or all.
type queues struct {
	all  bool
	some map[chat.DepartmentID]bool // true: somebody seems to be free, do not look first
}

func (q *queues) add(more queues) {
	q.all = q.all || more.all
	for d, freed := range more.some {
		if q.some == nil {
			q.some = map[chat.DepartmentID]bool{}
		}
		q.some[d] = q.some[d] || freed
	}
}

func these(list ...chat.DepartmentID) queues {
	q := queues{some: map[chat.DepartmentID]bool{}}
	for _, d := range list {
		q.some[d] = false
	}
	return q
}

// Sweep assigns what can be assigned in every queue and returns when that is done.
func (d *Dispatcher) Sweep(ctx context.Context) error {
	mine, err := d.wake(ctx, queues{all: true})
	d.mu.Lock()
	defer d.mu.Unlock()
	for err == nil && d.served < mine && d.running {
		d.ended.Wait()
	}
	return err
}

// wake assigns what can be assigned in some queues. While a run is on its way it
// only leaves word: that run goes on with them.
func (d *Dispatcher) wake(ctx context.Context, q queues) (mine int64, err error) {
	d.mu.Lock()
	d.asked.add(q)
	d.wanted++
	mine = d.wanted
	if d.running {
		d.mu.Unlock()
		return mine, nil
	}
	d.running = true
	for err == nil && (d.asked.all || len(d.asked.some) > 0) {
		now, until := d.asked, d.wanted
		d.asked = queues{}
		d.mu.Unlock()
		err = d.run(ctx, now)
		d.mu.Lock()
		if err != nil {
			d.asked.add(now) // for whoever comes next: the caller, again
		} else {
			d.served = until
		}
		d.ended.Broadcast()
	}
	d.running = false
	d.ended.Broadcast()
	d.mu.Unlock()
	return mine, err
}

// run serves queues until nobody in them is free or nobody waits.
func (d *Dispatcher) run(ctx context.Context, q queues) error {
	now := d.routing.Settings.Current()
	if !now.LivechatEnabled || !assigns(now.RoutingMethod) {
		return nil
	}
	lanes, err := d.lanes(ctx, q)
	if err != nil {
		return err
	}
	for {
		next := nextLane(now.QueueSorting, lanes)
		if next == nil {
			return nil
		}
		if err := d.step(ctx, next); err != nil {
			return err
		}
	}
}

// lanes finds the heads of those of the queues in which somebody waits.
func (d *Dispatcher) lanes(ctx context.Context, q queues) ([]*lane, error) {
	all := make([]chat.DepartmentID, 0, len(q.some))
	for queue := range q.some {
		all = append(all, queue)
	}
	if q.all {
		var err error
		if all, err = waitedIn(ctx, d.routing.DB); err != nil {
			return nil, err
		}
	}
	this := &round{}
	for _, queue := range all {
		l := &lane{round: this, queue: queue, seen: q.some[queue]}
		if err := d.advance(ctx, l); err != nil {
			return nil, err
		}
		this.lanes = append(this.lanes, l)
	}
	return this.lanes, nil
}

// nextLane is the queue whose head comes first; nil when all are done.
func nextLane(sorting string, lanes []*lane) (first *lane) {
	for _, l := range lanes {
		if !l.done && (first == nil || compare(sorting, l.head, first.head) < 0) {
			first = l
		}
	}
	return first
}

// later plans another run for a queue when those who were just given a chat may
// have another one.
func (d *Dispatcher) later(ctx context.Context, queue chat.DepartmentID, at clock.Instant) error {
	return plan(ctx, d.routing.DB, queue, at)
}
