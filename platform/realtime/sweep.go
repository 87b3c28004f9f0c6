package realtime

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

// sweep is the only clockwork: it ends connections that say nothing and reports
// the living ones.
func (h *Hub) sweep(now clock.Instant) {
	h.mu.Lock()
	renew := now.Sub(h.renewed) >= RenewEvery
	if renew {
		h.renewed = now
	}
	list := h.swept
	h.swept = nil
	h.mu.Unlock()
	var leases []string
	list = h.into(list)
	for _, c := range list {
		if c.expire(now); renew && c.matches(func(p Peer) bool { return p.Lease }) {
			leases = append(leases, c.id)
		}
	}
	clear(list)
	h.mu.Lock()
	h.swept = list
	h.mu.Unlock()
	if len(leases) > 0 {
		h.work.Go(func() {
			ctx, cancel := h.context()
			defer cancel()
			h.gate.Renew(ctx, leases)
		})
	}
}

func (c *client) expire(now clock.Instant) {
	c.mu.Lock()
	defer c.mu.Unlock()
	silent := now.Sub(clock.Instant(c.seen.Load()))
	switch {
	case (!c.greeted || c.paused) && now.Sub(c.born) >= helloWithin:
		c.end(CloseHelloTimeout, "no hello")
	case c.inFlight > 0 && now.Sub(c.since) >= writeWithin:
		c.end(CloseTooSlow, "too slow: connect again and resume")
	case silent >= silentFor*c.hub.opt.Heartbeat:
		c.end(CloseGoingAway, "silent")
	}
}

// Drain refuses new connections, asks the clients to connect elsewhere, spread
// over Options.Spread, and closes each when its time has come; at the end of ctx
// those that are left. It returns when all are gone.
func (h *Hub) Drain(ctx context.Context) {
	h.refuseNew()
	due := map[*client]clock.Instant{}
	for now := h.opt.Clock.Now(); h.Connections() > 0; now = h.opt.Clock.Now() {
		for _, c := range h.all() {
			if at, told := due[c]; !told {
				due[c] = now.Add(c.sendAway() + drainGrace)
			} else if now >= at {
				c.close(CloseGoingAway, "going away")
			}
		}
		select {
		case <-ctx.Done():
			h.endAll()
			return
		case <-h.opt.Clock.After(50 * time.Millisecond):
		}
	}
}

// sendAway asks for a new connection elsewhere within the time it returns.
func (c *client) sendAway() time.Duration {
	spread := c.hub.opt.Spread.Milliseconds()
	after := rand.Int64N(spread + 1)
	c.send(marshal(Drain{T: "drain", After: after}))
	return time.Duration(after) * time.Millisecond
}

func (h *Hub) refuseNew() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.draining = true
}

// endAll ends what is left and waits for what follows from it.
func (h *Hub) endAll() {
	h.refuseNew()
	for _, c := range h.all() {
		c.close(CloseGoingAway, "going away")
		c.conn.Abort()
	}
	h.loops.Wait()
	h.work.Wait()
}
