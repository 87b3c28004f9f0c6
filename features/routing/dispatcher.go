package routing

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// Rooms carries out assignments.
type Rooms interface {
	// Assign gives a waiting room to whom Pick picks; false when nobody is there
	// or it no longer waits.
	Assign(ctx context.Context, rid chat.RoomID) (bool, error)
}

// Dispatcher gives waiting rooms to agents, oldest first, whenever that may have
// become possible. Several may run at once, also on several nodes: who takes is
// decided by each room's compare-and-set.
type Dispatcher struct {
	routing *Service
	rooms   Rooms

	begun atomic.Int64 // sweeps of this node that began
	one   sync.Mutex
	done  int64 // the latest of them that ended well; under one
}

// NewDispatcher ties the queue to the rooms.
func NewDispatcher(s *Service, r Rooms) *Dispatcher { return &Dispatcher{routing: s, rooms: r} }

// Sweep assigns what can be assigned, in the order of the queue. Who asks while
// another sweep runs waits for it and sweeps once more, together with all who wait.
func (d *Dispatcher) Sweep(ctx context.Context) error {
	if d.routing.Settings.Current().RoutingMethod != chat.RoutingAuto {
		return nil
	}
	asked := d.begun.Load()
	d.one.Lock()
	defer d.one.Unlock()
	if d.done > asked {
		return nil // one began after the call and saw what we would see
	}
	this := d.begun.Add(1)
	if err := d.sweep(ctx); err != nil {
		return err
	}
	d.done = this
	return nil
}

// sweep goes through the queue. A department in which nobody is there is asked
// once; its rooms do not keep others waiting.
func (d *Dispatcher) sweep(ctx context.Context) error {
	nobody := map[chat.DepartmentID]bool{}
	if empty, err := d.nobodyIn(ctx, ""); empty || err != nil {
		return err // nobody at all
	}
	for last := (waiting{}); ; {
		page, err := nextQueued(ctx, d.routing.DB, last)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, w := range page {
			if err := d.try(ctx, w, nobody); err != nil {
				return err
			}
		}
		last = page[len(page)-1]
	}
}

func (d *Dispatcher) nobodyIn(ctx context.Context, department chat.DepartmentID) (bool, error) {
	found, err := candidates(ctx, d.routing.DB, question{now: d.routing.DB.Clock().Now(),
		idle: d.routing.Settings.Current().EnabledWhenAgentIdle, department: department})
	return len(found) == 0, err
}

func (d *Dispatcher) try(ctx context.Context, w waiting, nobody map[chat.DepartmentID]bool) error {
	empty, asked := nobody[w.department]
	if !asked {
		var err error
		if empty, err = d.nobodyIn(ctx, w.department); err != nil {
			return err
		}
		nobody[w.department] = empty
	}
	if empty {
		return nil
	}
	_, err := d.rooms.Assign(ctx, w.rid)
	return err
}

// sweepEvery is how often the queue is looked at although nothing told of a change.
const sweepEvery = time.Minute

// jobSweep is the kind and the key of the one sweeping job.
const jobSweep = "routing.sweep"

// Start plans the first sweep; every sweep plans the next.
func (d *Dispatcher) Start(ctx context.Context) error {
	return d.routing.DB.InTx(ctx, func(tx *db.Tx) error {
		return tx.Enqueue(ctx, db.Job{Kind: jobSweep, Key: jobSweep, DueAt: tx.Now().Add(sweepEvery)})
	})
}
