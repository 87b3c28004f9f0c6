package realtime

import (
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

const (
	burst    = 60  // frames at once
	patience = 300 // refused frames until the connection is closed
)

// bucket counts the frames a connection may still send.
type bucket struct {
	left    float64
	at      clock.Instant
	refused int
}

// take uses up one frame; perMinute 0 lets everything pass.
func (b *bucket) take(now clock.Instant, perMinute int) bool {
	if perMinute == 0 {
		return true
	}
	b.left = min(burst, b.left+now.Sub(b.at).Seconds()*float64(perMinute)/float64(time.Minute/time.Second))
	b.at = now
	if b.left < 1 {
		b.refused++
		return false
	}
	b.left--
	b.refused = 0
	return true
}

// allow takes a frame from the client's bucket; c.mu is held. Who goes on and on
// is cut off.
func (c *client) allow() bool {
	ok := c.bucket.take(c.hub.opt.Clock.Now(), c.hub.opt.PerMinute)
	if !ok && c.bucket.refused > patience {
		c.end(ClosePolicy, "too many frames")
	}
	return ok
}
