package realtime

import "github.com/foyerchat/foyer/platform/fault"

// While the Gate is asked whether a room may still be heard (RT-33), what arrives
// is held: who has lost the right gets nothing of it.

// mustAsk notes that the Gate must be asked and reports whether nobody is doing
// so; the client's lock is held. Who is asking already will ask once more: what he
// read may be older than the reason to ask.
func (s *sub) mustAsk() bool {
	s.recheck = s.checking
	asking := s.checking
	s.checking = true
	return !asking
}

func (c *client) ask(s *sub) {
	c.mu.Lock()
	start := s.mustAsk()
	c.mu.Unlock()
	if start {
		c.check(s)
	}
}

func (c *client) check(s *sub) {
	for {
		ctx, cancel := c.hub.context()
		topic, err := c.hub.gate.Join(ctx, c.whoever(), s.room)
		cancel()
		if err == nil && topic != s.topic {
			err = errNotJoined
		}
		if err != nil {
			c.lose(s, err)
			return
		}
		if c.goOn(s) {
			return
		}
	}
}

// lose ends a room; what is no refusal ends the connection, so that the client
// asks again.
func (c *client) lose(s *sub, err error) {
	if _, known := fault.Of(err); !known {
		c.hub.opt.Log.Error("realtime: room not rechecked", "room", s.room, "error", err)
		c.close(CloseInternal, "connect again")
		return
	}
	c.drop(s)
	c.refuse(s.room, err)
}

// goOn sends what was held, or reports that the Gate must be asked once more.
func (c *client) goOn(s *sub) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.recheck {
		s.recheck = false
		return false
	}
	s.checking = false
	if !s.catching && !s.gone && !c.closed && !s.release() { // else who reads the backlog goes on
		s.catching, s.missed = true, false
		c.hub.work.Go(func() { c.heal(s) })
	}
	return true
}
