package outbox

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
)

const (
	lease    = 2 * time.Second // after which a claim that is not renewed is anybody's
	tick     = time.Second     // between sweeps
	parallel = 64              // handlers at work at the same time
	inMemory = 10_000          // events held for delivery; the others wait in the table
	grace    = 5 * time.Second // for handlers at work when Run ends
)

// Relay hands events to consumers.
type Relay struct {
	store store
	db    *db.DB
	clock clock.Clock
	log   *slog.Logger
	node  string
	by    map[string][]*Consumer // by the event's name

	slots chan struct{}
	work  sync.WaitGroup

	mu       sync.Mutex
	stopping bool
	stopped  chan struct{} // closed when Run ends
	held     map[string]*delivery
	lanes    map[laneKey]*lane
	behind   bool // memory was full: rows of ours wait in the table
	dropped  int
	done     []string // delivered, to be deleted
	deleting bool
	idle     []chan struct{}
	wake     chan struct{} // something is done
}

// delivery is an event of which some consumers are not done.
type delivery struct {
	left  int
	aside bool // a consumer gave up for now: the row stays
}

// New makes a relay; nothing moves before Run.
func New(d *db.DB, c clock.Clock, log *slog.Logger) *Relay {
	node := id.New()
	return &Relay{
		store: store{d, node}, db: d, clock: c, log: log, node: node,
		by: map[string][]*Consumer{}, slots: make(chan struct{}, parallel),
		stopped: make(chan struct{}), held: map[string]*delivery{}, lanes: map[laneKey]*lane{},
		wake: make(chan struct{}, 1),
	}
}

// Consume adds consumers; all of them before Run.
func (r *Relay) Consume(consumers ...Consumer) {
	for _, c := range consumers {
		for _, name := range c.Events {
			r.by[name] = append(r.by[name], &c)
		}
	}
}

// Run delivers until ctx ends. What was not delivered by then is left to others
// or to the next start. A relay runs once.
func (r *Relay) Run(ctx context.Context) error {
	handling, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	forget := r.db.OnEvents(r.node, func(events []db.Emitted) { r.take(handling, events) })
	deleter := make(chan struct{})
	go func() { defer close(deleter); r.deleteDone() }()
	for ctx.Err() == nil {
		r.sweep(ctx, handling)
		select {
		case <-r.clock.After(tick):
		case <-ctx.Done():
		}
	}
	forget()
	r.stop(cancel)
	<-deleter
	return r.store.release(context.WithoutCancel(ctx))
}

// stop lets the handlers at work end, for a while.
func (r *Relay) stop(cancel func()) {
	r.mu.Lock()
	r.stopping = true
	close(r.stopped)
	r.mu.Unlock()
	late := time.AfterFunc(grace, cancel)
	r.work.Wait()
	late.Stop()
	close(r.wake)
}

// take accepts what was just committed in this process.
func (r *Relay) take(ctx context.Context, events []db.Emitted) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range events {
		if r.behind || len(r.held) >= inMemory {
			r.behind = true
			r.dropped++
			continue
		}
		r.hold(ctx, Envelope{ID: e.ID, Name: e.Name, Key: e.Key, At: e.At, Payload: e.Payload, Event: e.Event})
	}
}

// hold puts an event into the lanes of its consumers. The lock is held.
func (r *Relay) hold(ctx context.Context, e Envelope) {
	if r.stopping || r.held[e.ID] != nil {
		return
	}
	consumers := r.by[e.Name]
	r.held[e.ID] = &delivery{left: len(consumers)}
	if len(consumers) == 0 {
		r.finish(e.ID)
		return
	}
	for _, c := range consumers {
		r.enter(ctx, c, e)
	}
}

// finish forgets a delivered event and lets its row be deleted. The lock is held.
func (r *Relay) finish(id string) {
	d := r.held[id]
	delete(r.held, id)
	if !d.aside {
		r.done = append(r.done, id)
		r.signal()
	}
	r.tellIdle()
}

func (r *Relay) signal() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Idle returns when nothing that was committed in this process before the call
// is still to be delivered or deleted, or when ctx ends.
func (r *Relay) Idle(ctx context.Context) error {
	if err := r.db.Settled(ctx); err != nil {
		return err
	}
	r.mu.Lock()
	c := make(chan struct{})
	r.idle = append(r.idle, c)
	r.tellIdle()
	r.mu.Unlock()
	select {
	case <-c:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *Relay) tellIdle() {
	if len(r.held) > 0 || len(r.done) > 0 || r.deleting || r.behind {
		return
	}
	for _, c := range r.idle {
		close(c)
	}
	r.idle = nil
}
