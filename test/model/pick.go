package model

import (
	"cmp"
	"slices"

	"github.com/foyerchat/foyer/chat"
)

// search says for which chat an agent is looked for.
type search struct {
	room      *Room
	queue     string
	but       string // is not chosen
	last      string // is chosen only when nobody else is there (LC-RET-3)
	fromQueue bool   // in the room's turn: the distance between two chats counts (RQ-Q-7)
}

// assigns reports whether the method chooses agents.
func (m *Model) assigns() bool { return m.Set.RoutingMethod != chat.RoutingManual }

// pick is the method's choice; nil: nobody (section 5). It changes no counter.
func (m *Model) pick(s search) *Agent {
	if !m.assigns() {
		return nil
	}
	var able []*Agent
	others := false // somebody who did not give it back, now or in a moment
	for _, a := range m.candidates(s.queue) {
		if !m.isReady(a) || a.Name == s.but || !m.hasRoom(a, s.room, s.queue) {
			continue
		}
		others = others || a.Name != s.last
		if !s.fromQueue || !m.rests(a, s.queue) {
			able = append(able, a)
		}
	}
	if others {
		able = slices.DeleteFunc(able, func(a *Agent) bool { return a.Name == s.last })
	}
	if len(able) == 0 {
		return nil
	}
	order := m.order(s.queue)
	return slices.MinFunc(able, func(a, b *Agent) int { return cmp.Or(order(a, b), cmp.Compare(a.Name, b.Name)) })
}

// candidates are the members; of the external service it is the one it names, member or
// bot or neither (RQ-EXT-2).
func (m *Model) candidates(queue string) []*Agent {
	if m.Set.RoutingMethod != chat.RoutingExternal {
		return m.members(queue)
	}
	if a := m.Agents[m.Named]; a != nil {
		return []*Agent{a}
	}
	return nil
}

// order is the method's, without the last key, the name.
func (m *Model) order(queue string) func(a, b *Agent) int {
	switch m.Set.RoutingMethod {
	case chat.RoutingBalance:
		load := func(a *Agent) int64 {
			if queue != "" {
				return m.localLoad(a.Name, queue, nil)
			}
			return m.load(a.Name, nil)
		}
		return func(a, b *Agent) int { return cmp.Or(cmp.Compare(load(a), load(b)), cmp.Compare(a.Routed, b.Routed)) }
	case chat.RoutingRotation:
		return func(a, b *Agent) int { return cmp.Compare(a.Routed, b.Routed) }
	}
	counts := m.counters(queue)
	return func(a, b *Agent) int {
		return cmp.Or(cmp.Compare(counts[a.Name], counts[b.Name]), m.byRank(queue, a, b))
	}
}

// byRank is the manual order in a department.
func (m *Model) byRank(queue string, a, b *Agent) int {
	if queue == "" {
		return 0
	}
	members := m.Departments[queue].Members
	return cmp.Compare(members[a.Name], members[b.Name])
}

// rests reports whether the queue gave the agent a chat too short a time ago.
func (m *Model) rests(a *Agent, queue string) bool {
	given := m.turn(queue, a.Name).given
	return given != 0 && m.Now < given+m.Set.QueueDelay()*1000 && !a.Bot
}

// chosen counts a choice of the method that becomes an assignment (RQ-AUTO-4). It
// comes before the assignment.
func (m *Model) chosen(a *Agent, queue string) {
	switch m.Set.RoutingMethod {
	case chat.RoutingExternal: // the service keeps its own counters
	case chat.RoutingAuto:
		counts := m.counters(queue)
		counts[a.Name]++
		for name, n := range counts {
			if t := m.turn(queue, name); name == a.Name || t.back > 0 || !t.known {
				m.counted(queue, name, n)
			}
		}
	default: // a clock that stands still rotates, too
		m.seen("", a.Name)
		routed := m.Now
		for _, other := range m.members(queue) {
			if m.isReady(other) {
				routed = max(routed, other.Routed+1)
			}
		}
		a.Routed = routed
	}
}

func (m *Model) counted(queue, agent string, n int64) {
	t := m.turn(queue, agent)
	t.known, t.count, t.back = true, n, 0
}

// seen makes an agent known to a queue in which he was not counted yet.
func (m *Model) seen(queue, agent string) {
	if t := m.turn(queue, agent); !t.known {
		t.count, t.known, t.back = m.floor(queue), true, max(t.back, 1)
	}
}

// given notes that the queue gave an agent a chat.
func (m *Model) given(queue, agent string) {
	m.seen(queue, agent)
	m.turn(queue, agent).given = m.Now
}

// bot is the next one of a queue (RQ-PREF-5); nil: none.
func (m *Model) bot(queue string) *Agent {
	var found []*Agent
	for _, a := range m.agents() {
		if a.Bot && m.isReady(a) && m.belongs(a.Name, queue) {
			found = append(found, a)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return slices.MinFunc(found, func(a, b *Agent) int {
		return cmp.Or(cmp.Compare(m.turn(queue, a.Name).count, m.turn(queue, b.Name).count), m.byRank(queue, a, b), cmp.Compare(a.Name, b.Name))
	})
}

// preferred is the first of section 3 that is there, bots left out; wished is rule 1.
// Rules that are off or yield nobody fall through (RQ-PREF-3).
func (m *Model) preferred(v *Visitor, wished string) *Agent {
	names := []string{wished}
	if m.Set.ContactManagerRouting {
		names = append(names, v.Manager)
	}
	if m.Set.LastChattedAgent {
		names = append(names, v.LastAgent, m.servedLast(v.Name))
	}
	for _, name := range names {
		if a := m.Agents[name]; a != nil && m.isReady(a) {
			return a
		}
	}
	return nil
}

// servedLast is who served the visitor's latest closed room that anybody served.
func (m *Model) servedLast(visitor string) (agent string) {
	for _, r := range m.Rooms {
		if r.Visitor == visitor && !r.Open && r.ServedBy != "" {
			agent = r.ServedBy
		}
	}
	return agent
}
