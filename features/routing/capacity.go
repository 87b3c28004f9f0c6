package routing

// full reports whether the agent has as many chats as he may have before another
// one, and which limit says so (routing 6): the department's holds besides, his own
// replaces the general one. Limits count only while there is a waiting queue, and
// not for bots.
func (c Case) full(a Agent) (has, limit int64, full bool) {
	if !c.Rules.WaitingQueue || a.Bot {
		return 0, 0, false
	}
	if c.Limit > 0 && a.Local >= c.Limit {
		return a.Local, c.Limit, true
	}
	if limit = a.Limit; limit <= 0 {
		limit = c.Rules.Limit
	}
	return a.Load, limit, limit > 0 && a.Load >= limit
}

// freeAt is when the queue may give the agent another chat, 0 = now (RQ-Q-7).
func (c Case) freeAt(a Agent) int64 {
	if at := a.Queued + c.Rules.Delay; c.Kind == KindQueue && a.Queued > 0 && !a.Bot && at > c.At {
		return at
	}
	return 0
}

// nextTurn is when somebody who was given a chat now may have another.
func (c Case) nextTurn() int64 { return c.At + c.Rules.Delay }

// ruling says what rules the agent out for the method's choice.
func (c Case) ruling(a Agent) Ruling {
	r := Ruling{Agent: a.ID, Out: a.Out}
	if r.Out != "" {
		return r
	}
	m, _ := methodOf(c.Rules.Method)
	has, limit, full := c.full(a)
	switch {
	case a.ID == c.From:
		r.Out = OutIgnored
	case m.only != nil && !m.only(c, a):
		r.Out = OutUnasked
	case m.only == nil && a.Outside:
		r.Out = OutOutside
	case m.only == nil && a.Bot:
		r.Out = OutBot
	case full:
		r.Out, r.Has, r.Limit = OutFull, has, limit
	case c.freeAt(a) > 0:
		r.Out = OutDelayed
	}
	return r
}
