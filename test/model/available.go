package model

import (
	"cmp"
	"slices"
)

// present is availability without the idle rule: what an agent must lose to have left
// (RQ-LV-1).
func (a *Agent) present() bool { return !a.Gone && a.On && (a.Bot || a.Online) }

// isReady are conditions 1 to 4 of lifecycle 2.3, which no capacity enters.
func (m *Model) isReady(a *Agent) bool {
	return a.present() && (m.Set.EnabledWhenAgentIdle || a.Bot || !a.Away)
}

// load counts the open chats an agent is in, on hold ones and one besides left out
// (section 1: joined ones count).
func (m *Model) load(agent string, but *Room) (n int64) {
	for _, r := range m.Rooms {
		if r.Open && !r.OnHold && r.Members[agent] && r != but {
			n++
		}
	}
	return n
}

// localLoad is the load of one department.
func (m *Model) localLoad(agent, department string, but *Room) (n int64) {
	for _, r := range m.Rooms {
		if r.Open && !r.OnHold && r.Members[agent] && r != but && r.Department == department {
			n++
		}
	}
	return n
}

// hasRoom is RQ-CAP for a chat in a queue; "" asks without a department's limit.
func (m *Model) hasRoom(a *Agent, r *Room, queue string) bool {
	if !m.Set.WaitingQueue || a.Bot {
		return true
	}
	if d := m.Departments[queue]; d != nil && d.MaxChats > 0 && m.localLoad(a.Name, queue, r) >= d.MaxChats {
		return false
	}
	limit := m.Set.MaxChatsPerAgent
	if a.Limit > 0 {
		limit = a.Limit
	}
	return limit == 0 || m.load(a.Name, r) < limit
}

// somebody reports whether an agent is available in a queue, room or not.
func (m *Model) somebody(queue string, but ...string) bool {
	for _, a := range m.members(queue) {
		if m.isReady(a) && (len(but) == 0 || a.Name != but[0]) {
			return true
		}
	}
	return false
}

// reached is the first department along the fallback chain with somebody available;
// "" when there is none (RQ-DEP-4).
func (m *Model) reached(from string) string {
	return m.along(from, func(d string) bool { return m.somebody(d) })
}

// along is the first department along the fallback chain that takes chats and pleases.
// Departments out of use are passed through.
func (m *Model) along(from string, pleases func(string) bool) string {
	seen := map[string]bool{from: true}
	for hops := int64(0); hops < m.Set.MaxFallbackDepth; hops++ {
		d := m.Departments[from]
		if d == nil || d.Fallback == "" || seen[d.Fallback] {
			return ""
		}
		from = d.Fallback
		seen[from] = true
		if m.takesChats(from) && pleases(from) {
			return from
		}
	}
	return ""
}

// home is the queue of a department's chats: that of one out of use is its fallback's,
// else the public one (RQ-DEP-3).
func (m *Model) home(department string) string {
	if department == "" || m.takesChats(department) {
		return department
	}
	return m.along(department, func(string) bool { return true })
}

// reassess follows what changed about the agents: who comes back does not start
// behind the others (RQ-AUTO-3), who left is given some time (RQ-LV-1).
func (m *Model) reassess() {
	for _, a := range m.agents() {
		ready, here := m.isReady(a), a.present()
		if ready && !a.ready {
			for _, queue := range m.queues() {
				m.turn(queue, a.Name).back = m.Now
			}
		}
		switch {
		case here || m.Set.AgentLeaveAction == "none":
			a.left = 0
		case a.here:
			a.left = m.Now
		}
		a.ready, a.here = ready, here
	}
}

// counters are the round robin's counters of a queue's available agents: who came back
// since he was last counted is lifted to the least of the others, in the order in
// which they came; who was never counted begins with the least of all.
func (m *Model) counters(queue string) map[string]int64 {
	all, counts := m.members(queue), map[string]int64{}
	slices.SortStableFunc(all, func(a, b *Agent) int {
		return cmp.Compare(m.turn(queue, a.Name).back, m.turn(queue, b.Name).back)
	})
	for _, a := range all {
		if !m.isReady(a) {
			continue
		}
		t := m.turn(queue, a.Name)
		n := t.count
		if !t.known {
			n = m.floor(queue)
		}
		if least, ok := leastOf(counts); ok && (t.back > 0 || !t.known) {
			n = max(n, least)
		}
		counts[a.Name] = n
	}
	return counts
}

func leastOf(counts map[string]int64) (least int64, ok bool) {
	for _, n := range counts {
		if !ok || n < least {
			least, ok = n, true
		}
	}
	return least, ok
}

// floor is the least counter in a queue, available or not.
func (m *Model) floor(queue string) int64 {
	counts := map[string]int64{}
	for _, a := range m.agents() {
		if t := m.turn(queue, a.Name); t.known && m.belongs(a.Name, queue) {
			counts[a.Name] = t.count
		}
	}
	least, _ := leastOf(counts)
	return least
}

// queues lists all queues by name, the public one first.
func (m *Model) queues() []string {
	all := []string{""}
	for _, d := range sorted(m.Departments) {
		all = append(all, d.Name)
	}
	return all
}
