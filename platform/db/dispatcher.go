package db

import (
	"context"
	"encoding/json"
	"log/slog"
	"runtime/debug"
	"sync"

	"github.com/foyerchat/foyer/platform/clock"
)

// Emitted is an event as it was saved.
type Emitted struct {
	ID, Name, Key string
	At            clock.Instant
	Payload       json.RawMessage
	Event         Event

	owner string
}

// dispatcher runs what must happen after commits, in their order, on one
// goroutine that lives only while there is something to run.
type dispatcher struct {
	log *slog.Logger

	mu      sync.Mutex
	queue   []committed
	running bool
	idle    *sync.Cond
	node    string
	events  func([]Emitted)
	jobs    []func(clock.Instant)
}

type committed struct {
	events []Emitted
	hooks  []func()
	due    clock.Instant
}

func newDispatcher(log *slog.Logger) *dispatcher {
	p := &dispatcher{log: log}
	p.idle = sync.NewCond(&p.mu)
	return p
}

// OnEvents hands every event that is committed from now on to f, in the order of
// the commits (on PostgreSQL in that of the same key), until stop is called. The
// rows in the outbox are marked as claimed by node. f must be quick.
func (d *DB) OnEvents(node string, f func([]Emitted)) (stop func()) {
	p := d.after
	p.mu.Lock()
	defer p.mu.Unlock()
	p.node, p.events = node, f
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.node == node {
			p.node, p.events = "", nil
		}
	}
}

// OnJobs tells f the earliest due time of the jobs of every transaction that is
// committed from now on, until stop is called. f must be quick.
func (d *DB) OnJobs(f func(due clock.Instant)) (stop func()) {
	p := d.after
	p.mu.Lock()
	defer p.mu.Unlock()
	p.jobs = append(p.jobs, f)
	at := len(p.jobs) - 1
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.jobs[at] = nil
	}
}

func (p *dispatcher) owner() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.node
}

func (p *dispatcher) push(c committed) {
	if len(c.events) == 0 && len(c.hooks) == 0 && c.due == 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.queue = append(p.queue, c)
	if !p.running {
		p.running = true
		go p.run()
	}
}

func (p *dispatcher) run() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.queue) > 0 {
		batch, node, events, jobs := p.queue, p.node, p.events, append([]func(clock.Instant){}, p.jobs...)
		p.queue = nil
		p.mu.Unlock()
		for _, c := range batch {
			p.deliver(c, node, events)
			p.wake(c.due, jobs)
			for _, hook := range c.hooks {
				p.safely(hook)
			}
		}
		p.mu.Lock()
	}
	p.running = false
	p.idle.Broadcast()
}

func (p *dispatcher) deliver(c committed, node string, f func([]Emitted)) {
	if f == nil || len(c.events) == 0 || c.events[0].owner != node {
		return // written for somebody who has left: it will be swept
	}
	p.safely(func() { f(c.events) })
}

func (p *dispatcher) wake(due clock.Instant, jobs []func(clock.Instant)) {
	if due == 0 {
		return
	}
	for _, f := range jobs {
		if f != nil {
			p.safely(func() { f(due) })
		}
	}
}

func (p *dispatcher) safely(f func()) {
	defer func() {
		if v := recover(); v != nil {
			p.log.Error("after-commit hook panicked", "panic", v, "stack", string(debug.Stack()))
		}
	}()
	f()
}

// Settled returns when the after-commit hooks of everything committed before the
// call have run.
func (d *DB) Settled(ctx context.Context) error {
	c := make(chan struct{})
	d.after.push(committed{hooks: []func(){func() { close(c) }}})
	select {
	case <-c:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// close waits until what was committed has been handed over.
func (p *dispatcher) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.running {
		p.idle.Wait()
	}
}
