package routing

import (
	"cmp"
	"slices"

	"github.com/foyerchat/foyer/chat"
)

// method is a way to choose among the agents who could have a chat. A new one is a
// file with a row of this table and a test.
type method struct {
	name string
	keys []key // what tells agents apart, the smaller first; after all of them the username
	// only, if set, says who of them the method may choose.
	only func(c Case, a Agent) bool
	// counted, if set, notes in the verdict what the choice changes.
	counted func(c Case, chosen Agent, v *Verdict)
}

// key is one thing a method compares.
type key struct {
	tie Tie
	of  func(c Case) func(a Agent) int64
}

// methods assign by themselves. Manual_Selection is in none of its rows: nobody is
// chosen, an agent takes the chat (RQ-MAN-1).
var methods = []method{roundRobin, balancing, rotation, external}

// methodOf finds a method; false: it does not assign (RQ-4, autoAssignAgent).
func methodOf(name string) (method, bool) {
	i := slices.IndexFunc(methods, func(m method) bool { return m.name == name })
	if i < 0 {
		return method{}, false
	}
	return methods[i], true
}

// assigns reports whether a method gives chats to agents by itself.
func assigns(name string) bool { _, ok := methodOf(name); return ok }

// best is who comes first by the keys, then by username in code points, and the
// first key that left nobody else.
func best(c Case, keys []key, from []Agent) (Agent, Tie) {
	left := slices.Clone(from)
	for _, k := range keys {
		if len(left) == 1 {
			break
		}
		of := k.of(c)
		least := of(slices.MinFunc(left, func(a, b Agent) int { return cmp.Compare(of(a), of(b)) }))
		if left = slices.DeleteFunc(left, func(a Agent) bool { return of(a) != least }); len(left) == 1 {
			return left[0], k.tie
		}
	}
	if len(from) == 1 {
		return from[0], TieOnly
	}
	return slices.MinFunc(left, func(a, b Agent) int { return cmp.Compare(a.Username, b.Username) }), TieUsername
}

// fixed is a key that looks at nothing but the agent.
func fixed(of func(a Agent) int64) func(Case) func(Agent) int64 {
	return func(Case) func(Agent) int64 { return of }
}

// find is the agent of that id among those of the case.
func (c Case) find(id chat.AgentID) (Agent, bool) {
	i := slices.IndexFunc(c.Agents, func(a Agent) bool { return a.ID == id })
	if id == "" || i < 0 {
		return Agent{}, false
	}
	return c.Agents[i], true
}
