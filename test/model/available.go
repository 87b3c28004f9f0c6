package model

import (
	"cmp"
	"slices"
)

// present is availability without the idle rule: what an agent must lose to have left
// (RQ-LV-1).
func (a *Agent) present() bool { return a.On && (a.Bot || a.Online) }

// isReady are conditions 1 to 4 of lifecycle 2.3, which no capacity enters.
func (m *Model) isReady(a *Agent) bool {
	return a.present() && (m.Set.EnabledWhenAgentIdle || a.Bot || !a.Away)
}

// load counts the open chats an agent is in, on hold ones left out; of one queue only
// if that is asked for (section 1: joined ones count).
func (m *Model) load(agent string, only ...string) (n int64) {
	for _, r := range m.Rooms {
		if r.Open && !r.OnHold && r.Members[agent] && (len(only) == 0 || r.Department == only[0]) {
			n++
		}
	}
	return n
}

// hasRoom is RQ-CAP for one more chat of a queue; "" asks without a department's limit.
func (m *Model) hasRoom(a *Agent, queue string) bool {
	if !m.Set.WaitingQueue || a.Bot {
		return true
	}
	if d := m.Departments[queue]; d != nil && d.MaxChats > 0 && m.load(a.Name, queue) >= d.MaxChats {
		return false
	}
	limit := m.Set.MaxChatsPerAgent
	if a.Limit > 0 {
		limit = a.Limit
	}
	return limit == 0 || m.load(a.Name) < limit
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
// "" when there is none (RQ-DEP-4). Departments out of use are passed through.
func (m *Model) reached(from string) string {
	seen := map[string]bool{from: true}
	for hops := int64(0); hops < m.Set.MaxFallbackDepth; hops++ {
		from = m.Departments[from].Fallback
		if from == "" || seen[from] {
			return ""
		}
		seen[from] = true
		if m.takesChats(from) && m.somebody(from) {
			return from
		}
	}
	return ""
}

// reassess follows what changed about the agents: who comes back does not start
// behind the others (RQ-AUTO-3), who left is given some time (RQ-LV-1).
func (m *Model) reassess() {
	for _, a := range m.agents() {
		ready, here := m.isReady(a), a.present()
		if ready && !a.ready {
			m.returns++
			for _, queue := range m.queues() {
				m.turn(queue, a.Name).back = m.returns
			}
		}
		switch {
		case here:
			a.leaves = 0
		case a.here && m.Set.AgentLeaveAction != "none":
			a.leaves = m.Now + max(0, m.Set.AgentLeaveSeconds)*1000
		}
		a.ready, a.here = ready, here
	}
}

// lift raises the counters of those who came back since the queue's last decision to
// the least of the others who are available, in the order in which they came.
func (m *Model) lift(queue string) {
	all := m.members(queue)
	slices.SortStableFunc(all, func(a, b *Agent) int {
		return cmp.Compare(m.turn(queue, a.Name).back, m.turn(queue, b.Name).back)
	})
	for _, a := range all {
		t := m.turn(queue, a.Name)
		if t.back == 0 || !a.ready {
			continue
		}
		t.back = 0
		least, found := int64(0), false
		for _, other := range all {
			if n := m.turn(queue, other.Name).count; other != a && other.ready && (!found || n < least) {
				least, found = n, true
			}
		}
		if found {
			t.count = max(t.count, least)
		}
	}
}

// queues lists all queues by name, the public one first.
func (m *Model) queues() []string {
	all := []string{""}
	for _, d := range sorted(m.Departments) {
		all = append(all, d.Name)
	}
	return all
}
