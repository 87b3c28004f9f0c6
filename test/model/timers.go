package model

import "github.com/foyerchat/foyer/chat"

// alarm is something that happens by itself.
type alarm struct {
	at  int64
	act func()
}

// wait lets time pass; what becomes due happens in its order.
func (m *Model) wait(ms int64) {
	until := m.Now + ms
	for {
		next := m.next()
		if next.act == nil || next.at > until {
			break
		}
		m.Now = max(m.Now, next.at)
		next.act()
		m.quiet()
	}
	m.Now = until
	m.quiet()
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

// next is the first thing that will happen by itself.
func (m *Model) next() (first alarm) {
	consider := func(at int64, act func()) {
		if at > 0 && (first.act == nil || at < first.at) {
			first = alarm{at, act}
		}
	}
	for _, a := range m.agents() {
		consider(a.Until, func() { a.Online, a.Away, a.Until = false, false, 0 })
		consider(a.leaves, func() { m.left(a) })
	}
	for _, r := range m.Rooms {
		if !r.Open {
			continue
		}
		consider(r.unanswered, func() { m.unanswered(r) })
		consider(r.abandoned, func() { m.abandoned(r) })
		consider(r.held, func() { m.finish(r, "system") })
		if minutes := m.Set.MaxQueueWaitMinutes; r.queued() && minutes > 0 {
			consider(r.QueuedAt+minutes*60_000, func() { m.finish(r, "system") })
		}
	}
	for _, t := range m.turns {
		if rested := t.given + m.Set.QueueDelay()*1000; t.given > 0 && rested > m.Now {
			consider(rested, func() {})
		}
	}
	return first
}

// unknownFor is how long after the start of the server nobody counts as gone.
const unknownFor = 60_000

// left is 10.3.
func (m *Model) left(a *Agent) {
	if known := m.started + unknownFor; m.Now < known { // RQ-LV-6
		a.leaves = known
		return
	}
	a.leaves = 0
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
	a := m.pick(search{room: r, queue: r.Department, but: r.ServedBy, last: r.Returned})
	if a == nil {
		m.enqueue(r, r.Department)
		return
	}
	m.chosen(a, r.Department)
	m.leave(r)
	m.serve(r, a)
}

// unanswered is 10.2.
func (m *Model) unanswered(r *Room) {
	again := m.Now + m.Set.UnansweredTransferSeconds*1000
	r.unanswered = 0
	switch {
	case r.OnHold || r.ServedBy == "":
	case !m.assigns():
		m.enqueue(r, r.Department)
		r.moved = true
	default:
		a := m.pick(search{room: r, queue: r.Department, but: r.ServedBy})
		if a == nil {
			r.unanswered = again
			return
		}
		m.chosen(a, r.Department)
		r.moved = true
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
