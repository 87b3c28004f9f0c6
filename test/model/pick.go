package model

import (
	"cmp"
	"slices"

	"github.com/foyerchat/foyer/chat"
)

// search says for which chat an agent is looked for.
type search struct {
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
	m.lift(s.queue)
	var found []*Agent
	for _, a := range m.members(s.queue) {
		if m.isReady(a) && a.Name != s.but && m.hasRoom(a, s.queue) && !(s.fromQueue && m.rests(a, s.queue)) {
			found = append(found, a)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return slices.MinFunc(found, func(a, b *Agent) int {
		return cmp.Or(cmp.Compare(truth(a.Name == s.last), truth(b.Name == s.last)), m.order(s.queue, a, b), cmp.Compare(a.Name, b.Name))
	})
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// order is the method's, without the last key, the name.
func (m *Model) order(queue string, a, b *Agent) int {
	switch m.Set.RoutingMethod {
	case chat.RoutingBalance:
		load := func(a *Agent) int64 {
			if queue != "" {
				return m.load(a.Name, queue)
			}
			return m.load(a.Name)
		}
		return cmp.Or(cmp.Compare(load(a), load(b)), cmp.Compare(a.Routed, b.Routed))
	case chat.RoutingRotation:
		return cmp.Compare(a.Routed, b.Routed)
	}
	return m.inTurn(queue, a, b)
}

// inTurn is the round robin's order.
func (m *Model) inTurn(queue string, a, b *Agent) int {
	byCount := cmp.Compare(m.turn(queue, a.Name).count, m.turn(queue, b.Name).count)
	if queue == "" {
		return byCount
	}
	members := m.Departments[queue].Members
	return cmp.Or(byCount, cmp.Compare(members[a.Name], members[b.Name]))
}

// rests reports whether the queue gave the agent a chat too short a time ago.
func (m *Model) rests(a *Agent, queue string) bool {
	given := m.turn(queue, a.Name).given
	return given != 0 && m.Now < given+m.Set.QueueDelay()*1000
}

// chosen counts a choice of the method that became an assignment (RQ-AUTO-4).
func (m *Model) chosen(a *Agent, queue string) {
	switch {
	case a.Bot || m.Set.RoutingMethod == chat.RoutingAuto:
		m.turn(queue, a.Name).count++
	default:
		for _, other := range m.members(queue) { // RQ-LB: a clock that stands still rotates, too
			a.Routed = max(a.Routed, m.Now, other.Routed+1)
		}
	}
}

// bot is the next one of a queue (RQ-PREF-5); nil: none.
func (m *Model) bot(queue string) *Agent {
	var found []*Agent
	for _, a := range m.agents() {
		if a.Bot && a.On && m.belongs(a.Name, queue) {
			found = append(found, a)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return slices.MinFunc(found, func(a, b *Agent) int {
		return cmp.Or(m.inTurn(queue, a, b), cmp.Compare(a.Name, b.Name))
	})
}

// preferred is the first of section 3 that is there; wished is rule 1. Rules that
// are off or yield nobody fall through (RQ-PREF-3).
func (m *Model) preferred(v *Visitor, wished, queue string) *Agent {
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
	if m.Set.AssignToBot {
		return m.bot(queue)
	}
	return nil
}

// servedLast is who served the visitor's most recent closed room.
func (m *Model) servedLast(visitor string) (agent string) {
	for _, r := range m.Rooms {
		if r.Visitor == visitor && !r.Open {
			agent = r.ServedBy
		}
	}
	return agent
}
