package model

import "slices"

// forward is 7.3: to a department, perhaps with a wish.
func (m *Model) forward(r *Room, to, wished string) string {
	switch {
	case !r.Open:
		return "This_conversation_is_already_closed|room-closed"
	case r.OnHold:
		return "error-room-onHold"
	}
	from := m.Departments[r.Department]
	d := m.Departments[to]
	why := refused(
		when(from != nil && len(from.ForwardTo) > 0 && !slices.Contains(from.ForwardTo, to), "error-forwarding-department-target-not-allowed"),
		when(to == r.Department, "error-forwarding-chat-same-department"),
		when(d == nil || !d.Enabled, "error-invalid-department"))
	if why != "" {
		return why
	}
	if wished == r.ServedBy { // he has it already
		wished = ""
	}
	if w := m.Agents[wished]; wished != "" {
		why = refused(when(w == nil || !m.isReady(w), "error-user-is-offline"), when(!m.belongs(wished, to), "error-user-not-belong-to-department"))
		if why != "" {
			return why
		}
	}
	return m.choose(r, to, wished)
}

// choose are steps 4 to 9 of 7.3.
func (m *Model) choose(r *Room, to, wished string) string {
	seen := map[string]bool{}
	for hops := int64(0); ; hops++ {
		seen[to] = true
		if m.takesChats(to) {
			if !m.assigns() || m.Departments[to].ReceiveOffline && !m.somebody(to) && m.reached(to) == "" {
				return m.move(r, to, nil, wished)
			}
			if m.somebody(to, r.ServedBy) {
				a := m.chooses(r, to, wished)
				if a == nil && !m.Set.WaitingQueue && !m.Set.AcceptChatsWithNoAgents { // RQ-EXT-4
					return "error-no-agents-online-in-department"
				}
				return m.move(r, to, a, "")
			}
		}
		to, wished = m.Departments[to].Fallback, ""
		if to == "" || seen[to] || hops >= m.Set.MaxFallbackDepth {
			return "error-no-agents-online-in-department"
		}
	}
}

// chooses is the wished agent or the method's; nil: all are full.
func (m *Model) chooses(r *Room, to, wished string) *Agent {
	if w := m.Agents[wished]; w != nil && m.hasRoom(w, r, to) {
		return w
	}
	a := m.pick(search{room: r, queue: to, but: r.ServedBy, last: r.Returned})
	if a != nil {
		m.chosen(a, to)
	}
	return a
}

// move changes the department and hands the room over; nil: it waits there.
func (m *Model) move(r *Room, to string, a *Agent, wished string) string {
	if a == nil {
		returned := r.Returned
		served := r.ServedBy != ""
		m.enqueue(r, to)
		if !served {
			r.Returned = returned
		}
		r.Default = wished
		return ""
	}
	m.leave(r)
	r.Department = to
	m.serve(r, a)
	return ""
}
