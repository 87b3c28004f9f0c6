package model

import (
	"cmp"
	"slices"

	"github.com/foyerchat/foyer/chat"
)

// waiting lists a queue in its order (section 8); rooms open at different times.
func (m *Model) waiting(queue string) (all []*Room) {
	for _, r := range m.Rooms {
		if r.queued() && r.Department == queue {
			all = append(all, r)
		}
	}
	slices.SortStableFunc(all, m.before)
	return all
}

func (m *Model) before(a, b *Room) int {
	first := 0
	switch m.Set.QueueSorting {
	case chat.SortPriority:
		first = cmp.Compare(a.Priority, b.Priority)
	case chat.SortSLA:
		first = cmp.Compare(m.minutes(a), m.minutes(b))
	case chat.SortDeadline:
		first = cmp.Compare(a.TS+m.minutes(a)*60_000, b.TS+m.minutes(b)*60_000)
	}
	return cmp.Or(first, cmp.Compare(a.TS, b.TS))
}

// minutes is how soon a room is due by its policy; without one it comes last.
func (m *Model) minutes(r *Room) int64 {
	if due, ok := m.Policies[r.SLA]; ok {
		return due
	}
	return 9_999_999
}

// dispatch gives waiting chats to agents until nobody more can be given one; of
// several queues the one whose first comes first (RQ-Q-7).
func (m *Model) dispatch() {
	if !m.assigns() || !m.Set.LivechatEnabled {
		return
	}
	for again := true; again; {
		again = false
		var all []*Room
		for _, queue := range m.queues() {
			all = append(all, m.waiting(queue)...)
		}
		slices.SortStableFunc(all, m.before)
		for _, r := range all {
			if again = m.attempt(r); again {
				break
			}
		}
	}
}

// attempt is a waiting room's turn; true when something changed.
func (m *Model) attempt(r *Room) bool {
	if r.Department != "" && !m.somebody(r.Department) {
		if to := m.reached(r.Department); to != "" { // RQ-DEP-5; who is preferred stays so
			r.Department = to
			return true
		}
	}
	wished := m.Agents[r.Default]
	if wished != nil && m.isReady(wished) && m.hasRoom(wished, r, r.Department) {
		if m.rests(wished, r.Department) {
			return false
		}
		m.given(r.Department, wished.Name)
		m.serve(r, wished)
		return true
	}
	// RQ-PREF-4: nobody waits for one who is away or full if there are others.
	a := m.pick(search{room: r, queue: r.Department, last: r.Returned, fromQueue: true})
	if a == nil {
		return false
	}
	m.chosen(a, r.Department)
	m.given(r.Department, a.Name)
	m.serve(r, a)
	return true
}

// serve hands a room to an agent (LC-TAKE-8, 9).
func (m *Model) serve(r *Room, a *Agent) {
	r.ServedBy, r.Default, r.Returned = a.Name, "", ""
	r.Members[a.Name] = true
	if m.Set.LastChattedAgent && m.assigns() { // RQ-PREF-1
		m.Visitors[r.Visitor].LastAgent = a.Name
	}
	if !r.moved { // RQ-UN-1; each assignment begins anew (7.2, 6)
		r.unanswered, r.tried = m.Now, 0
	}
}

// enqueue takes a room from its agent and lets it wait in a queue (LC-RET-2).
func (m *Model) enqueue(r *Room, queue string) {
	r.Returned, r.Department, r.QueuedAt = r.ServedBy, m.home(queue), m.Now
	r.ServedBy, r.OnHold, r.Default, r.Members = "", false, "", map[string]bool{}
	r.unanswered, r.abandoned, r.held = 0, 0, 0
}

// finish ends a room (LC-CLOSE-1, 6).
func (m *Model) finish(r *Room, by string) {
	r.Open, r.OnHold, r.ClosedBy, r.Members = false, false, by, map[string]bool{}
	r.unanswered, r.abandoned, r.held = 0, 0, 0
}
