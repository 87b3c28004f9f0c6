package model

import (
	"fmt"
	"slices"
	"strings"
)

// State is what can be seen of the house: a line a room, a line an agent.
type State []string

// State is the model's.
func (m *Model) State() (all State) {
	for _, r := range m.Rooms {
		all = append(all, m.shown(r))
	}
	for _, a := range m.agents() {
		all = append(all, Agency(a.Name, m.isReady(a), m.load(a.Name, nil)))
	}
	for _, d := range sorted(m.Departments) {
		for name := range d.Members {
			all = append(all, Counter(d.Name, name, m.turn(d.Name, name).count))
		}
	}
	slices.Sort(all)
	return all
}

func (m *Model) shown(r *Room) string {
	name := fmt.Sprintf("%s.%d", r.Visitor, r.N)
	if !r.Open {
		return Seen{Room: name, Department: r.Department, Agent: r.ServedBy, Closed: r.ClosedBy}.String()
	}
	place := 0
	if r.queued() {
		place = 1 + slices.Index(m.waiting(r.Department), r)
	}
	return Seen{Room: name, Open: true, Department: r.Department, Agent: r.ServedBy, OnHold: r.OnHold, Place: place}.String()
}

// Seen is what can be seen of a room.
type Seen struct {
	Room       string
	Open       bool
	Department string
	Agent      string
	OnHold     bool
	Place      int // in its queue, 1 is next; 0: it does not wait
	Closed     string
}

// String is a line.
func (s Seen) String() string {
	words := []string{"room", s.Room}
	if s.Open {
		words = append(words, "open")
	} else {
		words = append(words, "closed by", s.Closed)
	}
	if s.Department != "" {
		words = append(words, "in", s.Department)
	}
	if s.Agent != "" {
		words = append(words, "served by", s.Agent)
	}
	if s.OnHold {
		words = append(words, "on hold")
	}
	if s.Place > 0 {
		words = append(words, fmt.Sprintf("place %d", s.Place))
	}
	return strings.Join(words, " ")
}

// Agency is an agent's line.
func Agency(name string, ready bool, load int64) string {
	return fmt.Sprintf("agent %s ready %t load %d", name, ready, load)
}

// Counter is the line of an agent's place in a department's round robin.
func Counter(department, agent string, n int64) string {
	return fmt.Sprintf("in %s agent %s had %d turns", department, agent, n)
}

// Differ lists the lines only one of them has.
func (s State) Differ(real State) string {
	var b strings.Builder
	for _, line := range s {
		if !slices.Contains(real, line) {
			fmt.Fprintln(&b, "  expected", line)
		}
	}
	for _, line := range real {
		if !slices.Contains(s, line) {
			fmt.Fprintln(&b, "  found   ", line)
		}
	}
	return b.String()
}
