package realtime

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

// Conn is one way to a client. Read is called by one goroutine, Write by one at
// a time; Close and Abort by anybody, and they end both.
type Conn interface {
	Read() ([]byte, error)
	Write(frames [][]byte) error
	// Close says goodbye with a code, in bounded time.
	Close(code int, reason string)
	// Abort ends at once.
	Abort()
}

// client is one connection: an idle one costs its read loop and nothing else.
type client struct {
	hub  *Hub
	conn Conn
	id   string
	addr string
	born clock.Instant
	seen atomic.Int64 // last sign of life, milliseconds

	mu       sync.Mutex
	peer     Peer
	greeted  bool
	closed   bool // nothing is queued any more
	code     int  // to say goodbye with
	reason   string
	paused   bool // an event stream nobody reads yet
	writing  bool // a writer is at work
	out      [][]byte
	inFlight int           // frames handed to the writer
	since    clock.Instant // when they were
	queued   int           // bytes waiting and in flight
	subs     []*sub
	bucket   bucket
}

func newClient(h *Hub, c Conn, addr string) *client {
	now := h.opt.Clock.Now()
	cl := &client{hub: h, conn: c, id: id.New(), addr: addr, born: now}
	cl.bucket.left, cl.bucket.at = burst, now
	cl.seen.Store(int64(now))
	return cl
}

// serve reads until the connection ends. What needs a deep stack runs in a
// goroutine of its own: the reader's stack is what an idle connection costs.
func (c *client) serve() {
	defer c.gone()
	for {
		b, err := c.conn.Read()
		if err != nil {
			return
		}
		c.seen.Store(int64(c.hub.opt.Clock.Now()))
		if isPing(b) {
			c.pong()
			continue
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			c.receive(b)
		}()
		<-done
	}
}

func (c *client) pong() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.allow() {
		c.push(pong)
	}
}

// push queues a frame; c.mu is held. The writer lives only while there is
// something to write.
func (c *client) push(body []byte) {
	if c.closed {
		return
	}
	c.out = append(c.out, body)
	c.queued += len(body)
	if len(c.out)+c.inFlight > maxQueue || c.queued > maxQueued {
		c.end(CloseTooSlow, "too slow: connect again and resume")
		return
	}
	if !c.writing && !c.paused {
		c.writing = true
		c.hub.work.Go(c.write)
	}
}

func (c *client) send(body []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.push(body)
}

func (c *client) write() {
	for {
		c.mu.Lock()
		c.inFlight = 0
		batch := c.out
		c.out = nil
		if len(batch) == 0 {
			c.writing = false
			c.bye()
			c.mu.Unlock()
			return
		}
		c.inFlight, c.since = len(batch), c.hub.opt.Clock.Now()
		c.mu.Unlock()
		if err := c.conn.Write(batch); err != nil {
			c.conn.Abort()
		}
		c.written(batch)
	}
}

func (c *client) written(batch [][]byte) {
	n := 0
	for _, b := range batch {
		n += len(b)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.queued -= n
}

// resume starts writing what a paused connection has queued.
func (c *client) resume() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.paused = false
	if len(c.out) > 0 && !c.writing && !c.closed {
		c.writing = true
		c.hub.work.Go(c.write)
	}
}

// end closes with a code once what is queued has been written, but does not wait
// for a reader that is too slow; c.mu is held. The rest happens in gone.
func (c *client) end(code int, reason string) {
	if c.closed {
		return
	}
	c.closed, c.code, c.reason = true, code, reason
	if code == CloseTooSlow {
		c.out = nil
		c.bye()
	} else if !c.writing {
		c.bye()
	}
}

// bye says goodbye once; c.mu is held.
func (c *client) bye() {
	if !c.closed || c.code == 0 {
		return
	}
	code, reason := c.code, c.reason
	c.code = 0
	c.hub.work.Go(func() { c.conn.Close(code, reason) })
}

func (c *client) close(code int, reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.end(code, reason)
}

// gone forgets the connection once its reader has ended.
func (c *client) gone() {
	c.mu.Lock()
	c.closed = true
	c.out = nil
	subs, greeted, peer := c.subs, c.greeted, c.peer
	c.subs = nil
	for _, s := range subs {
		s.gone = true
	}
	c.mu.Unlock()
	for _, s := range subs {
		c.hub.topics.remove(s)
	}
	c.conn.Abort()
	c.hub.forget(c)
	if greeted {
		c.hub.work.Go(func() {
			ctx, cancel := c.hub.context()
			defer cancel()
			c.hub.gate.Closed(ctx, peer, c.id)
		})
	}
}

// refuse tells the client what went wrong with its frame.
func (c *client) refuse(room string, err error) {
	c.send(marshal(Error{T: "error", Code: c.hub.code(err), Room: room}))
}

func (h *Hub) code(err error) string {
	if f, ok := fault.Of(err); ok && f.Code != "" {
		return f.Code
	}
	h.opt.Log.Error("realtime: frame failed", "error", err)
	return "internal"
}

// context bounds what a frame may make the Gate do.
func (h *Hub) context() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), 10*time.Second)
}

func (c *client) whoever() Peer {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.peer
}
