package outbox

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"
)

const (
	tries      = 8 // before an event is set aside
	firstPause = 100 * time.Millisecond
	longPause  = 10 * time.Second
	asideFor   = time.Minute
)

// laneKey names a queue of events that must reach a consumer one after another.
type laneKey struct {
	consumer *Consumer
	key      string
}

// lane is such a queue; it has a goroutine only while it holds something.
type lane struct {
	key   laneKey
	queue []Envelope
	sick  bool // its last event failed for good: do not try the next ones long
}

// enter queues an event for a consumer. The lock is held.
func (r *Relay) enter(c *Consumer, e Envelope) {
	key := laneKey{c, e.Key}
	if e.Key == "" {
		key.key = "\x00" + e.Name
	}
	l := r.lanes[key]
	if l != nil {
		l.queue = append(l.queue, e)
		return
	}
	l = &lane{key: key, queue: []Envelope{e}}
	r.lanes[key] = l
	ctx := r.handling
	r.work.Go(func() { r.drain(ctx, l) })
}

func (r *Relay) drain(ctx context.Context, l *lane) {
	for {
		r.mu.Lock()
		if len(l.queue) == 0 || r.stopping {
			delete(r.lanes, l.key)
			r.mu.Unlock()
			return
		}
		e := l.queue[0]
		l.queue[0] = Envelope{}
		l.queue = l.queue[1:]
		r.mu.Unlock()
		r.deliver(ctx, l, e)
	}
}

func (r *Relay) deliver(ctx context.Context, l *lane, e Envelope) {
	err := r.handle(ctx, l.key.consumer, e)
	if err == nil {
		l.sick = false
		r.leave(e.ID)
		return
	}
	if e.Key == "" { // no order promised: out of the way of the others
		r.work.Go(func() { r.retry(ctx, &lane{key: l.key}, e) })
		return
	}
	r.retry(ctx, l, e)
}

// retry tries a failed event again, more and more rarely, and in the end sets it
// aside: the row is kept and tried again later while others of its key go on.
func (r *Relay) retry(ctx context.Context, l *lane, e Envelope) {
	pause := firstPause
	for n := 1; n < tries && !l.sick; n++ {
		select {
		case <-r.clock.After(pause):
		case <-r.stopped:
			return
		}
		if r.handle(ctx, l.key.consumer, e) == nil {
			r.leave(e.ID)
			return
		}
		pause = min(2*pause, longPause)
	}
	l.sick = true
	if err := r.store.setAside(context.WithoutCancel(ctx), e.ID, r.clock.Now().Add(asideFor)); err != nil {
		r.log.Error("event cannot be set aside", "event", e.Name, "id", e.ID, "err", err)
	}
	r.mu.Lock()
	r.held[e.ID].aside = true
	r.mu.Unlock()
	r.leave(e.ID)
}

// leave ends one consumer's part in an event.
func (r *Relay) leave(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := r.held[id]
	if d.left--; d.left == 0 {
		r.finish(id)
	}
}

// handle runs the consumer once; waiting between tries holds no slot.
func (r *Relay) handle(ctx context.Context, c *Consumer, e Envelope) (err error) {
	r.slots <- struct{}{}
	defer func() {
		<-r.slots
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
		if err != nil {
			r.log.Error("consumer failed", "consumer", c.Name, "event", e.Name, "id", e.ID, "key", e.Key, "err", err)
		}
	}()
	return c.Handle(ctx, e)
}
