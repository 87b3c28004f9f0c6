package model

import "github.com/foyerchat/foyer/chat"

// alarm is something that happens by itself.
type alarm struct {
	at    int64
	act   func()
	exact bool
}

// The product counts from the moment of a message, which may be some milliseconds after
// the act: the clock never stops so close to an alarm that it matters.
const (
	blur = 60
	step = 100
)

// wait lets time pass, or a little more; what becomes due happens in its order.
func (m *Model) wait(ms int64) {
	until, last := m.Now+ms, int64(0)
	for {
		next := m.next()
		switch {
		case next.act == nil || next.at > until+blur:
			if last <= until-blur {
				m.Now = until
				m.quiet()
				return
			}
			until, last = until+step, 0
		case next.at > until:
			until += step
		default:
			m.Now = max(m.Now, next.at)
			if !next.exact {
				last = m.Now
			}
			next.act()
			m.quiet()
		}
	}
}

// quiet is what follows from any change at once.
func (m *Model) quiet() {
	for {
		m.reassess()
		m.dispatch()
		due := m.next()
		if due.act == nil || due.at > m.Now {
			return
		}
		due.act()
	}
}

// next is the first thing that will happen by itself. All is counted from when it
// began, so that other settings count for what is on its way (RQ-T-4).
func (m *Model) next() (first alarm) {
	consider := func(since, lasts int64, on bool, act func()) {
		if at := since + lasts; since > 0 && on && (first.act == nil || at < first.at) {
			first = alarm{at: at, act: act}
		}
	}
	for _, a := range m.agents() {
		consider(a.Until, 0, true, func() { a.Online, a.Away, a.Until = false, false, 0 })
		leaves := max(a.left+max(0, m.Set.AgentLeaveSeconds)*1000, m.started+unknownFor) // RQ-LV-6
		consider(a.left, leaves-a.left, true, func() { m.left(a) })
	}
	for _, r := range m.Rooms {
		if !r.Open {
			continue
		}
		s := m.Set
		consider(r.unanswered, max(0, r.tried-r.unanswered)+s.UnansweredTransferSeconds*1000, s.UnansweredTransferSeconds > 0, func() { m.unanswered(r) })
		consider(r.abandoned, s.VisitorInactivitySeconds*1000, s.VisitorInactivitySeconds > 0 && s.AbandonedAction != chat.ActionNone, func() { m.abandoned(r) })
		consider(r.held, s.OnHoldSeconds*1000, s.OnHoldSeconds > 0, func() { m.finish(r, "system") })
		consider(r.QueuedAt, s.MaxQueueWaitMinutes*60_000, r.queued() && s.MaxQueueWaitMinutes > 0, func() { m.finish(r, "system") })
	}
	for _, t := range m.turns {
		rest := m.Set.QueueDelay() * 1000
		if at := t.given + rest; t.given > 0 && at > m.Now && (first.act == nil || at < first.at) {
			first = alarm{at, func() {}, true}
		}
	}
	return first
}

// unknownFor is how long after the start of the server nobody counts as gone.
const unknownFor = 60_000

// left is 10.3.
func (m *Model) left(a *Agent) {
	a.left = 0
	for _, r := range m.Rooms {
		if !r.Open || r.ServedBy != a.Name {
			continue
		}
		switch {
		case m.Set.AgentLeaveAction == chat.ActionClose:
			m.finish(r, a.Name)
		case m.Set.AgentLeaveAction == chat.ActionForward && !r.OnHold:
			m.reroute(r)
		}
	}
}

// reroute looks for another agent in the room's own queue; nobody: it waits.
func (m *Model) reroute(r *Room) {
	queue := m.home(r.Department)
	a := m.pick(search{room: r, queue: queue, but: r.ServedBy, last: r.Returned})
	if a == nil {
		m.enqueue(r, queue)
		return
	}
	m.chosen(a, queue)
	m.leave(r)
	r.Department = queue
	m.serve(r, a)
}

// never is later than any story.
const never = 1 << 50

// unanswered is 10.2.
func (m *Model) unanswered(r *Room) {
	if r.OnHold { // RQ-UN-4: used up
		r.tried = never
		return
	}
	since := r.unanswered
	r.unanswered = 0
	switch {
	case r.ServedBy == "":
	case !m.assigns():
		m.enqueue(r, r.Department)
		r.moved = true
	default:
		queue := m.home(r.Department)
		a := m.pick(search{room: r, queue: queue, but: r.ServedBy})
		if a == nil {
			r.unanswered, r.tried = since, m.Now // RQ-UN-2: again after the same time
			return
		}
		m.chosen(a, queue)
		r.moved, r.Department = true, queue
		m.leave(r)
		m.serve(r, a)
	}
}

// abandoned is 10.4.
func (m *Model) abandoned(r *Room) {
	r.abandoned = 0
	switch m.Set.AbandonedAction {
	case chat.ActionClose:
		m.finish(r, "system")
	case chat.ActionOnHold:
		m.suspend(r)
	}
}
