// Package model is a second reading of the rules of routing: everything in memory,
// nothing at once, written from the specification and not from the product. The
// same random sequences drive it and the real thing; after each step both must
// show the same.
package model

import (
	"slices"

	"github.com/foyerchat/foyer/chat"
)

// Model is what the specification says about the chats after some steps. Time is in
// milliseconds since the beginning; 0 stands for never.
type Model struct {
	Now         int64
	Acted       int64 // when the last step was carried out
	Set         *chat.Settings
	Agents      map[string]*Agent
	Departments map[string]*Department
	Visitors    map[string]*Visitor
	Rooms       []*Room          // in the order in which they were opened
	Policies    map[string]int64 // SLA policies: minutes
	Named       string           // whom the external service names
	turns       map[turnKey]*turn
	started     int64 // the server
}

// Agent is somebody who serves, or a bot.
type Agent struct {
	Name   string
	Bot    bool
	Gone   bool  // deactivated
	On     bool  // wants chats
	Forced bool  // the server switched him off
	Hidden bool  // chose to appear offline
	Online bool  // is reachable
	Away   bool  // from the keyboard
	Until  int64 // the connection is gone and counts until then
	Limit  int64
	Routed int64 // the last choice of a load method

	ready, here bool  // availability with and without the idle rule, as last looked at
	left        int64 // since when he is gone; 0: nobody minds
}

// Department is a group of agents with a queue.
type Department struct {
	Name           string
	Enabled        bool
	Archived       bool
	Shown          bool // on registration
	Members        map[string]int64
	Fallback       string
	ForwardTo      []string
	ReceiveOffline bool
	MaxChats       int64
}

// Visitor is somebody with questions.
type Visitor struct {
	Name      string
	LastAgent string
	Manager   string
}

// Room is a conversation together with its inquiry.
type Room struct {
	Visitor    string
	N          int // which of the visitor's
	Open       bool
	Department string
	ServedBy   string
	Members    map[string]bool
	OnHold     bool
	ClosedBy   string
	TS         int64
	QueuedAt   int64
	Default    string // preferred agent
	Returned   string // who gave it back
	Priority   int64
	SLA        string // policy

	byVisitor bool // the last ordinary message
	moved     bool // once, because nobody answered

	// Since when: it has this agent, who did not write; he wrote, and not the visitor; it
	// is on hold. 0: it is not so, or was dealt with.
	unanswered, abandoned, held int64

	tried int64 // when it was last tried to move it because nobody answered; 0: not since the time limit is another
}

// beginning is when every story begins, so that 0 is never.
const beginning = 60_000

// New is an empty house.
func New() *Model {
	return &Model{Now: beginning, started: beginning, Set: chat.DefaultSettings(), Agents: map[string]*Agent{}, Departments: map[string]*Department{},
		Visitors: map[string]*Visitor{}, Policies: map[string]int64{}, turns: map[turnKey]*turn{}}
}

// turnKey names an agent's place in a queue; the public one is ”.
type turnKey struct{ queue, agent string }

// turn is what a queue remembers of an agent.
type turn struct {
	known bool  // he was counted here before, or joined the department
	count int64 // the round robin's
	given int64 // when the queue last gave him a chat
	back  int64 // when he became available, if he was not counted since
}

func (m *Model) turn(queue, agent string) *turn {
	t := m.turns[turnKey{queue, agent}]
	if t == nil {
		t = &turn{}
		m.turns[turnKey{queue, agent}] = t
	}
	return t
}

// agents lists the agents by name.
func (m *Model) agents() []*Agent { return sorted(m.Agents) }

func sorted[T any](m map[string]T) (all []T) {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		all = append(all, m[name])
	}
	return all
}

// open is the visitor's open room; nil: none.
func (m *Model) open(visitor string) *Room {
	for _, r := range m.Rooms {
		if r.Visitor == visitor && r.Open {
			return r
		}
	}
	return nil
}

// last is the visitor's latest room; nil: none.
func (m *Model) last(visitor string) (found *Room) {
	for _, r := range m.Rooms {
		if r.Visitor == visitor {
			found = r
		}
	}
	return found
}

// members lists the human agents of a queue by name; of the public one: all.
func (m *Model) members(queue string) (all []*Agent) {
	for _, a := range m.agents() {
		if !a.Bot && m.belongs(a.Name, queue) {
			all = append(all, a)
		}
	}
	return all
}

func (m *Model) belongs(agent, queue string) bool {
	if queue == "" {
		return true
	}
	_, ok := m.Departments[queue].Members[agent]
	return ok
}

// takesChats reports whether a department is there at all (RQ-DEP-3).
func (m *Model) takesChats(name string) bool {
	d := m.Departments[name]
	return d != nil && d.Enabled
}

// queued reports whether a room waits.
func (r *Room) queued() bool { return r.Open && r.ServedBy == "" }
