package model

import "strings"

// The acts answer with "" or with the refusals that fit, separated by "|".

// refused joins the refusals whose reason is there.
func refused(reasons ...string) string {
	var fit []string
	for _, r := range reasons {
		if r != "" {
			fit = append(fit, r)
		}
	}
	return strings.Join(fit, "|")
}

// when is a refusal if its reason is there.
func when(is bool, code string) string {
	if is {
		return code
	}
	return ""
}

const full = "error-max-number-simultaneous-chats-reached"

// take is section 6 of lifecycle.
func (m *Model) take(a *Agent, r *Room) string {
	switch {
	case !r.Open:
		return "error-not-found"
	case r.ServedBy == a.Name:
		return ""
	}
	why := refused(when(r.ServedBy != "", "error-inquiry-taken"), when(!m.isReady(a), "error-agent-status-service-offline"),
		when(!m.hasRoom(a, r, r.Department), full))
	if why == "" {
		m.serve(r, a)
	}
	return why
}

// join makes an agent a member without serving.
func (m *Model) join(a *Agent, r *Room) string {
	switch {
	case !r.Open:
		return "room-closed"
	case r.Members[a.Name]:
		return ""
	case !m.hasRoom(a, r, r.Department):
		return full
	}
	r.Members[a.Name] = true
	return ""
}

// giveBack is section 8.
func (m *Model) giveBack(r *Room, to string) string {
	switch {
	case !r.Open:
		return "room-closed"
	case r.OnHold:
		return "error-room-onHold"
	case r.ServedBy == "":
		return "false"
	}
	if to == "" {
		to = r.Department
	} else if !m.takesChats(to) {
		return "error-invalid-department"
	}
	m.enqueue(r, to)
	return ""
}

// hand is 7.2: to another agent.
func (m *Model) hand(r *Room, to *Agent) string {
	switch {
	case !r.Open:
		return "This_conversation_is_already_closed"
	case r.OnHold:
		return "error-room-onHold"
	}
	why := refused(when(!m.isReady(to), "error-user-is-offline"), when(r.ServedBy == to.Name, "error-selected-agent-room-agent-are-same"))
	if why != "" {
		return why
	}
	if !m.hasRoom(to, r, "") { // the department's limit does not count
		return full
	}
	m.leave(r)
	m.serve(r, to)
	return ""
}

// leave takes a room from its agent before another gets it.
func (m *Model) leave(r *Room) {
	delete(r.Members, r.ServedBy)
	r.ServedBy, r.abandoned, r.unanswered = "", 0, 0
}

// hold is section 9.
func (m *Model) hold(r *Room) string {
	why := refused(when(!m.Set.AllowManualOnHold, "error-not-allowed"), when(!r.Open, "error-room-already-closed"),
		when(r.Open && r.ServedBy == "", "error-unserved-rooms-cannot-be-placed-onhold"), when(r.OnHold, "error-room-is-already-on-hold"),
		when(m.Set.OnHoldUponEngagementOnly && r.byVisitor, "error-cannot-place-chat-on-hold"))
	if why == "" {
		m.suspend(r)
	}
	return why
}

func (m *Model) suspend(r *Room) {
	r.OnHold, r.abandoned, r.held = true, 0, m.Now
}

// resume is LC-HOLD-7.
func (m *Model) resume(r *Room) string {
	if !r.Open || !r.OnHold {
		return "error-room-not-on-hold"
	}
	a := m.Agents[r.ServedBy]
	why := refused(when(!m.isReady(a), "error-agent-status-service-offline"), when(!m.hasRoom(a, r, r.Department), full))
	if why == "" {
		r.OnHold, r.held = false, 0
	}
	return why
}

// end closes a room for a person.
func (m *Model) end(r *Room, by string) string {
	if !r.Open {
		return "error-room-already-closed|room-closed"
	}
	m.finish(r, by)
	return ""
}

// ask is a visitor's message (LC-MSG-7, LC-HOLD-6).
func (m *Model) ask(r *Room) string {
	switch {
	case !m.Set.LivechatEnabled:
		return "error-omnichannel-is-disabled"
	case !r.Open:
		return "room-closed"
	}
	r.byVisitor, r.abandoned = true, 0
	if r.OnHold {
		if a := m.Agents[r.ServedBy]; m.isReady(a) && m.hasRoom(a, r, r.Department) {
			r.OnHold, r.held = false, 0
		} else {
			m.enqueue(r, r.Department)
		}
	}
	return ""
}

// answer is an agent's message (LC-MSG-20, 22).
func (m *Model) answer(a *Agent, r *Room) string {
	switch {
	case !r.Open:
		return "room-closed|error-not-allowed|error-invalid-room"
	case !r.Members[a.Name]:
		return "error-not-allowed|error-invalid-room"
	}
	r.byVisitor, r.unanswered = false, 0
	if r.abandoned == 0 && !r.OnHold { // the first one since the visitor wrote, or since it was moved
		r.abandoned = m.Now
	}
	return ""
}
