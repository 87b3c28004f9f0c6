package outbox

import (
	"context"
	"log/slog"
	"slices"
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
	limit int // events in memory
	work  sync.WaitGroup

	mu       sync.Mutex
	handling context.Context // the handlers', nil before Run
	early    []db.Emitted    // committed before Run
	stopping bool
	stopped  chan struct{}        // closed when Run ends
	held     map[string]*delivery // until the row is deleted
	lanes    map[laneKey]*lane
	behind   bool // memory was full: rows of ours wait in the table
	dropped  int
	done     []string // delivered, to be deleted
	idle     []chan struct{}
	wake     chan struct{} // something is done
	hurry    chan struct{} // somebody waits for it to be deleted
	forgo    func()
}

// delivery is an event of which some consumers are not done.
type delivery struct {
	since clock.Instant
	left  int
	aside bool // a consumer gave up for now: the row stays
}

// New makes a relay. It takes what is committed from now on, so that the order
// holds from the start, but delivers nothing before Run.
func New(d *db.DB, c clock.Clock, log *slog.Logger) *Relay {
	node := id.New()
	r := &Relay{
		store: store{d, node}, db: d, clock: c, log: log, node: node,
		by: map[string][]*Consumer{}, slots: make(chan struct{}, parallel), limit: inMemory,
		stopped: make(chan struct{}), held: map[string]*delivery{}, lanes: map[laneKey]*lane{},
		wake: make(chan struct{}, 1), hurry: make(chan struct{}, 1),
	}
	r.forgo = d.OnEvents(node, r.take)
	return r
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
	r.begin(handling)
	deleter := make(chan struct{})
	go func() { defer close(deleter); r.deleteDone() }()
	for ctx.Err() == nil {
		r.sweep(ctx)
		select {
		case <-r.clock.After(tick):
		case <-ctx.Done():
		}
	}
	r.forgo()
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
	done := make(chan struct{})
	go func() { r.work.Wait(); close(done) }()
	select {
	case <-done:
	case <-r.clock.After(grace):
		cancel()
		<-done
	}
	close(r.wake)
}

// begin lets the handlers work, first on what was committed before.
func (r *Relay) begin(handling context.Context) {
	r.mu.Lock()
	early := r.early
	r.handling, r.early = handling, nil
	r.accept(early)
	r.mu.Unlock()
}

// take gets what was just committed in this process.
func (r *Relay) take(events []db.Emitted) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.handling != nil:
		r.accept(events)
	case len(r.early) < r.limit:
		r.early = append(r.early, events...)
	default:
		r.behind = true
		r.dropped++
	}
}

// accept holds events as far as memory allows. The lock is held.
func (r *Relay) accept(events []db.Emitted) {
	for _, e := range events {
		if r.behind || len(r.held) >= r.limit {
			r.behind = true
			r.dropped++
			continue
		}
		r.hold(Envelope{ID: e.ID, Name: e.Name, Key: e.Key, At: e.At, Payload: e.Payload, Event: e.Event})
	}
}

// hold puts an event into the lanes of its consumers. The lock is held.
func (r *Relay) hold(e Envelope) {
	if r.stopping || r.held[e.ID] != nil {
		return
	}
	consumers := interested(r.by[e.Name], e.Event)
	r.held[e.ID] = &delivery{since: r.clock.Now(), left: len(consumers)}
	if len(consumers) == 0 {
		r.finish(e.ID)
		return
	}
	for _, c := range consumers {
		r.enter(c, e)
	}
}

// interested leaves out who does not want the event.
func interested(all []*Consumer, event any) []*Consumer {
	uninterested := func(c *Consumer) bool { return event != nil && c.Wants != nil && !c.Wants(event) }
	if !slices.ContainsFunc(all, uninterested) {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), uninterested)
}

// finish lets a delivered event's row be deleted. The lock is held.
func (r *Relay) finish(id string) {
	if r.held[id].aside {
		r.forget(id)
		return
	}
	r.done = append(r.done, id)
	signal(r.wake)
	if len(r.idle) > 0 {
		signal(r.hurry)
	}
}

func (r *Relay) forget(ids ...string) {
	for _, id := range ids {
		delete(r.held, id)
	}
	r.tellIdle()
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
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
	signal(r.hurry)
	r.mu.Unlock()
	select {
	case <-c:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *Relay) tellIdle() {
	if len(r.held) > 0 || r.behind {
		return
	}
	for _, c := range r.idle {
		close(c)
	}
	r.idle = nil
}
