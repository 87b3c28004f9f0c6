package realtime

import (
	"cmp"
	"context"
	"slices"
)

// sub is a topic one connection hears. A room's sub sends each number once and in
// order: while the backlog is read, or when a number is missing, what arrives is
// held back. All but topic and room is guarded by the client's lock.
type sub struct {
	client *client
	topic  string
	room   string // "": not a room, nothing is numbered

	last     int64 // the number sent last
	catching bool  // a backlog is being read
	missed   bool  // more arrived than could be held: read again
	gone     bool
	checking bool // the Gate is being asked whether this may go on; what arrives waits
	recheck  bool // and must be asked once more
	held     []Frame
}

// deliver takes a publication; it never blocks.
func (s *sub) deliver(f Frame) {
	c := s.client
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.gone || c.closed || f.Except != "" && f.Except == c.peer.ID {
		return
	}
	switch {
	case f.Seq == 0 || s.room == "":
		if f.Outside == "" || c.find(f.Outside) == nil {
			c.push(f.Body)
		}
	case s.catching || s.checking:
		s.hold(f)
	case f.Seq == s.last+1:
		s.last = f.Seq
		c.push(f.Body)
	case f.Seq > s.last:
		s.catching = true
		s.hold(f)
		c.hub.work.Go(func() { c.heal(s) })
	}
	if f.Recheck && s.room != "" && s.mustAsk() {
		c.hub.work.Go(func() { c.check(s) })
	}
}

func (s *sub) hold(f Frame) {
	if len(s.held) >= maxHeld {
		s.held, s.missed = nil, true
	}
	if !s.missed {
		s.held = append(s.held, f)
	}
}

// release sends what was held as far as the numbers go on, and reports whether
// nothing is missing.
func (s *sub) release() bool {
	slices.SortStableFunc(s.held, func(a, b Frame) int { return cmp.Compare(a.Seq, b.Seq) })
	for i, f := range s.held {
		if f.Seq > s.last+1 {
			s.held = s.held[i:]
			return false
		}
		if f.Seq == s.last+1 {
			s.last = f.Seq
			s.client.push(f.Body)
		}
	}
	s.held = nil
	return !s.missed
}

// catchUp sends what the room has after s.last and then what arrived meanwhile.
// It ends when nothing is missing, or when reading brings nothing new.
func (c *client) catchUp(ctx context.Context, s *sub, joining bool) error {
	for {
		c.mu.Lock()
		peer, after := c.peer, s.last
		c.mu.Unlock()
		frames, head, more, err := c.hub.gate.After(ctx, peer, s.room, after)
		if err != nil {
			return err
		}
		if c.advance(s, backlog{frames, head, more, joining}) {
			return nil
		}
		joining = false
	}
}

type backlog struct {
	frames []Frame
	head   int64
	more   bool
	join   bool
}

// advance sends a backlog and reports whether the sub is live.
func (c *client) advance(s *sub, b backlog) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.gone || c.closed {
		return true
	}
	before := s.last
	s.send(b)
	if s.checking {
		s.catching = false // goOn releases
		return true
	}
	if !s.release() && (s.missed || b.join || s.last > before) {
		s.missed = false // what is read from here on has it
		return false
	}
	for len(s.held) > 0 { // the numbers have a hole for good
		s.last = s.held[0].Seq - 1
		s.release()
	}
	s.catching = false
	return true
}

func (s *sub) send(b backlog) {
	for _, f := range b.frames {
		if f.Seq == 0 {
			s.client.push(f.Body)
		} else if f.Seq > s.last {
			s.last = f.Seq
			s.client.push(f.Body)
		}
	}
	if b.more || b.join || b.head > s.last {
		s.last = b.head
	}
	if b.join || b.more {
		s.client.push(marshal(Joined{T: "joined", Room: s.room, Seq: s.last, More: b.more}))
	}
}

// heal fills a gap in what arrived: buses may deliver out of order.
func (c *client) heal(s *sub) {
	ctx, cancel := c.hub.context()
	defer cancel()
	if err := c.catchUp(ctx, s, false); err != nil {
		c.hub.opt.Log.Warn("realtime: gap not filled", "room", s.room, "error", err)
		c.close(CloseTooSlow, "connect again and resume")
	}
}
