package realtime

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/platform/fault"
)

// listen hears topics that need no joining.
func (c *client) listen(topics []string) {
	for _, t := range topics {
		c.add(&sub{client: c, topic: t})
	}
}

func (c *client) add(s *sub) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		s.gone = true
		return
	}
	c.subs = append(c.subs, s)
	c.hub.topics.add(s)
}

func (c *client) drop(s *sub) {
	c.mu.Lock()
	s.gone = true
	s.held = nil
	if i := slices.Index(c.subs, s); i >= 0 {
		c.subs = slices.Delete(c.subs, i, i+1)
	}
	c.mu.Unlock()
	c.hub.topics.remove(s)
}

// find is the sub of a joined room, or nil; c.mu is held.
func (c *client) find(room string) *sub {
	for _, s := range c.subs {
		if s.room == room {
			return s
		}
	}
	return nil
}

func (c *client) hears(room string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.find(room) != nil
}

// join hears a room from number after on: first subscribed, then read, so that
// nothing falls between. Joining again starts over.
func (c *client) join(room string, after int64) error {
	if room == "" || after < 0 {
		return errFrame
	}
	c.leave(room)
	c.mu.Lock()
	full := len(c.subs) >= maxRooms
	c.mu.Unlock()
	if full {
		return errRooms
	}
	ctx, cancel := c.hub.context()
	defer cancel()
	topic, err := c.hub.gate.Join(ctx, c.whoever(), room)
	if err != nil {
		return err
	}
	s := &sub{client: c, topic: topic, room: room, last: after, catching: true}
	c.add(s)
	if err := c.catchUp(ctx, s, true); err != nil {
		c.drop(s)
		return err
	}
	return nil
}

func (c *client) leave(room string) {
	c.mu.Lock()
	s := c.find(room)
	c.mu.Unlock()
	if s != nil && room != "" {
		c.drop(s)
	}
}

// refresh gives the connection its present rights: other topics, fewer rooms, or
// the end.
func (c *client) refresh(ctx context.Context) {
	peer, err := c.hub.gate.Again(ctx, c.whoever())
	if _, known := fault.Of(err); known {
		c.close(CloseUnknown, "signed out")
		return
	} else if err != nil {
		c.hub.opt.Log.Error("realtime: rights not read", "error", err)
		c.close(CloseInternal, "connect again")
		return
	}
	c.mu.Lock()
	c.peer = peer
	subs := slices.Clone(c.subs)
	c.mu.Unlock()
	fresh := slices.Clone(peer.Topics)
	for _, s := range subs {
		if i := slices.Index(fresh, s.topic); s.room != "" {
			c.ask(s)
		} else if i >= 0 {
			fresh = slices.Delete(fresh, i, i+1)
		} else {
			c.drop(s)
		}
	}
	c.listen(fresh)
}
