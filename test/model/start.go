package model

// start is a visitor's wish to talk (lifecycle 4).
func (m *Model) start(name, department, wished string) string {
	if m.Visitors[name] == nil {
		m.Visitors[name] = &Visitor{Name: name}
	}
	v := m.Visitors[name]
	switch {
	case !m.Set.LivechatEnabled:
		return "error-omnichannel-is-disabled"
	case m.open(name) != nil:
		return ""
	}
	if a := m.Agents[wished]; wished != "" && (a == nil || !m.isReady(a)) {
		if !m.Set.AcceptChatsWithNoAgents {
			return "no-agent-online"
		}
		wished = "" // RQ-ACC-3
	}
	if !m.takesChats(department) {
		department = ""
	}
	preferred, inTurn := m.preferred(v, wished), false
	if preferred == nil {
		var ok bool
		if department, ok = m.place(department); !ok && !m.Set.AcceptChatsWithNoAgents {
			return "no-agent-online"
		}
		if m.Set.AssignToBot {
			preferred = m.bot(department)
			inTurn = preferred != nil
		}
	}
	if preferred == nil && m.atOnce() && !m.Set.AcceptChatsWithNoAgents && m.pick(search{queue: department}) == nil {
		return "no-agent-online" // RQ-EXT-4
	}
	r := &Room{Visitor: name, N: m.count(name) + 1, Open: true, Department: department, Members: map[string]bool{},
		TS: m.Now, QueuedAt: m.Now, Priority: 99, byVisitor: true}
	m.Rooms = append(m.Rooms, r)
	if inTurn { // RQ-PREF-5; other preferred agents are not counted
		m.counted(department, preferred.Name, m.turn(department, preferred.Name).count+1)
	}
	m.settle(r, preferred)
	return ""
}

// place is lifecycle 4.2, 2 and 3; ok: somebody is there.
func (m *Model) place(department string) (queue string, ok bool) {
	if department == "" {
		department = m.eligible()
	}
	if m.anybody(department) {
		return department, true
	}
	if department == "" {
		return "", false
	}
	if to := m.along(department, m.anybody); to != "" {
		return to, true
	}
	return department, false
}

// anybody is somebody, or a bot if bots are asked (lifecycle 4.3).
func (m *Model) anybody(queue string) bool {
	return m.somebody(queue) || m.Set.AssignToBot && m.bot(queue) != nil
}

// eligible is the department of a chat without one (RQ-DEP-2).
func (m *Model) eligible() string {
	var all []*Department
	for _, d := range sorted(m.Departments) {
		if d.Enabled && d.Shown && len(d.Members) > 0 {
			all = append(all, d)
		}
	}
	if len(all) == 1 {
		return all[0].Name
	}
	for _, d := range all {
		if m.anybody(d.Name) {
			return d.Name
		}
	}
	return ""
}

// settle gives a new room its first place: an agent's desk or the queue (section 2).
func (m *Model) settle(r *Room, preferred *Agent) {
	switch {
	case preferred != nil && preferred.Bot:
		m.serve(r, preferred)
		return
	case preferred != nil:
		r.Default = preferred.Name
	}
	if !m.atOnce() {
		return // the queue runs at once
	}
	if preferred != nil {
		m.serve(r, preferred)
		return
	}
	if a := m.pick(search{room: r, queue: r.Department}); a != nil {
		m.chosen(a, r.Department)
		m.serve(r, a)
	}
}

// atOnce reports whether a new room does not wait for its turn.
func (m *Model) atOnce() bool { return m.assigns() && !m.Set.WaitingQueue }

// count is how many rooms a visitor had.
func (m *Model) count(visitor string) (n int) {
	for _, r := range m.Rooms {
		if r.Visitor == visitor {
			n++
		}
	}
	return n
}
