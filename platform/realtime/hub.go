package realtime

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

// controlTopic carries what every node must hear, apart from clients.
const controlTopic = "node:control"

// BusBack is what OnControl hears when the bus can be reached (again): whatever
// other nodes told meanwhile was missed, so nothing remembered may be trusted.
const BusBack = "bus.back"

// Hub holds the connections of this node.
type Hub struct {
	opt     Options
	gate    Gate
	broker  Broker
	topics  *topics
	changes atomic.Int64   // how often rights were taken back
	loops   sync.WaitGroup // readers
	work    sync.WaitGroup // what connections have going on beside reading

	mu       sync.Mutex
	clients  map[*client]struct{}
	streams  map[string]*stream // event streams by the hash of their secret
	from     map[string]int     // connections by address
	draining bool
	renewed  clock.Instant
	swept    []*client
	controls []func(name string, data []byte)
}

// NewHub makes a hub on a bus. Use it with a Gate before it runs.
func NewHub(b Broker, o Options) *Hub {
	h := &Hub{opt: o.withDefaults(), broker: b, topics: newTopics(),
		clients: map[*client]struct{}{}, streams: map[string]*stream{}, from: map[string]int{}}
	h.renewed = h.opt.Clock.Now()
	b.Subscribe(receiver{h})
	return h
}

// Use names the Gate; once, before Run.
func (h *Hub) Use(g Gate) { h.gate = g }

// Publish sends a frame to everybody who hears the topic, on every node. It
// returns when the bus has it.
func (h *Hub) Publish(ctx context.Context, topic string, f Frame) error {
	return h.broker.Publish(ctx, topic, f.encode())
}

// Heard reports whether a frame on the topic could reach anybody now; with other
// nodes on the bus nobody knows, so it could. What is said before somebody joins
// is in the database when he reads it.
func (h *Hub) Heard(topic string) bool {
	_, alone := h.broker.(*Memory)
	return !alone || len(h.topics.subs(topic)) > 0
}

// HeardOutside is Heard for a frame that is only for those who have not joined the room.
func (h *Hub) HeardOutside(topic, room string) bool {
	if _, alone := h.broker.(*Memory); !alone {
		return true
	}
	return slices.ContainsFunc(h.topics.subs(topic), func(s *sub) bool { return !s.client.hears(room) })
}

// Tell says something to every node, this one included; see OnControl.
func (h *Hub) Tell(ctx context.Context, name string, data []byte) error {
	return h.broker.Publish(ctx, controlTopic, Frame{Room: name, Body: data}.encode())
}

// OnControl calls f, in order, with what any node tells. Before Run; nothing that was
// published later is heard until f returns, so f must be quick.
func (h *Hub) OnControl(f func(name string, data []byte)) { h.controls = append(h.controls, f) }

// Healthy says why clients cannot be served; nil when they can.
func (h *Hub) Healthy() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.draining {
		return errors.New("draining")
	}
	return h.broker.Healthy()
}

// Connections is how many connections this node has.
func (h *Hub) Connections() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.clients)
}

// Disconnect closes this node's connections of the peers that match: what they
// signed in with is not valid any more.
func (h *Hub) Disconnect(match func(Peer) bool) {
	h.changes.Add(1)
	for _, c := range h.all() {
		if c.matches(match) {
			c.close(CloseUnknown, "signed out")
		}
	}
}

// Refresh asks the Gate again for the rights of this node's peers that match, one
// after another, and returns at once.
func (h *Hub) Refresh(match func(Peer) bool) {
	h.changes.Add(1)
	h.work.Go(func() {
		for _, c := range h.all() {
			if c.matches(match) {
				ctx, cancel := h.context()
				c.refresh(ctx)
				cancel()
			}
		}
	})
}

func (c *client) matches(match func(Peer) bool) bool {
	c.mu.Lock()
	peer, greeted := c.peer, c.greeted
	c.mu.Unlock()
	return greeted && match(peer)
}

func (h *Hub) all() []*client { return h.into(nil) }

// into fills a list that is used again and again: a sweep must not leave garbage.
func (h *Hub) into(list []*client) []*client {
	h.mu.Lock()
	defer h.mu.Unlock()
	list = slices.Grow(list[:0], len(h.clients))
	for c := range h.clients {
		list = append(list, c)
	}
	return list
}

// admit counts a new connection in, or says why not.
func (h *Hub) admit(addr string) error {
	if err := h.Healthy(); err != nil {
		return errUnavailable
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.opt.PerAddress > 0 && h.from[addr] >= h.opt.PerAddress {
		return errAddress
	}
	h.from[addr]++
	return nil
}

func (h *Hub) discharge(addr string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.from[addr]--; h.from[addr] <= 0 {
		delete(h.from, addr)
	}
}

// start serves an admitted connection until it ends, in a goroutine of its own.
func (h *Hub) start(c *client) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clients[c] = struct{}{}
	if h.draining { // since it was admitted
		c.conn.Abort()
	}
	h.loops.Go(c.serve)
}

func (h *Hub) forget(c *client) {
	h.mu.Lock()
	delete(h.clients, c)
	if s, ok := c.conn.(*stream); ok {
		delete(h.streams, s.key)
	}
	h.mu.Unlock()
	h.discharge(c.addr)
}

// receiver is the hub's side of the bus.
type receiver struct{ h *Hub }

func (r receiver) Frame(topic string, b []byte) {
	f, err := decode(b)
	if err != nil {
		r.h.opt.Log.Error("realtime: bus", "error", err)
		return
	}
	if topic == controlTopic {
		r.h.control(f.Room, f.Body)
		return
	}
	for _, s := range r.h.topics.subs(topic) {
		s.deliver(f)
	}
}

// Lost closes everything: frames are missed from now on (RT-53).
func (r receiver) Lost(err error) {
	r.h.opt.Log.Error("realtime: the bus is lost", "error", err)
	for _, c := range r.h.all() {
		c.close(CloseRestart, "connect again")
	}
}

// Back lets those who were told nothing meanwhile know.
func (r receiver) Back() { r.h.control(BusBack, nil) }

func (h *Hub) control(name string, data []byte) {
	for _, do := range h.controls {
		do(name, data)
	}
}

// Run keeps the bus connected and the connections honest until ctx ends, then
// ends them all. Drain first to end them politely.
func (h *Hub) Run(ctx context.Context) error {
	var bus error
	done := make(chan struct{})
	go func() {
		defer close(done)
		bus = h.broker.Run(ctx)
	}()
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-h.opt.Clock.After(time.Second):
			h.sweep(h.opt.Clock.Now())
		}
	}
	<-done
	h.endAll()
	return bus
}
