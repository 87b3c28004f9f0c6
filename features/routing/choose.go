package routing

import (
	"slices"

	"github.com/foyerchat/foyer/chat"
)

// choose lets the method choose among the agents of the case and says of everybody
// else why not. Who gave this very chat back comes last (LC-RET-3).
func choose(c Case, v Verdict) Verdict {
	m, _ := methodOf(c.Rules.Method)
	var able []Agent
	v.Rulings, able = rule(c)
	v.Free = int64(len(able))
	firsts := slices.DeleteFunc(slices.Clone(able), func(a Agent) bool { return a.Returned })
	if len(firsts) == 0 && !othersThere(c, v.Rulings) {
		firsts = able
	}
	for i, a := range c.Agents {
		if v.Rulings[i].Out == "" && a.Returned && len(firsts) < len(able) {
			v.Rulings[i].Out = OutReturned
		}
	}
	if len(firsts) == 0 {
		return unchosen(c, v)
	}
	chosen, tie := best(c, m.keys, firsts)
	if tie == TieOnly && len(able) > 1 {
		tie = TieReturned
	}
	v.Rule, v.Tie, v.Among = RuleMethod, tie, int64(len(able))
	if m.counted != nil {
		m.counted(c, chosen, &v)
	}
	return give(c, v, chosen)
}

// rule rules on every agent, in their order, and lists who is left.
func rule(c Case) (rulings []Ruling, able []Agent) {
	for _, a := range c.Agents {
		r := c.ruling(a)
		if rulings = append(rulings, r); r.Out == "" {
			able = append(able, a)
		}
	}
	return rulings, able
}

// othersThere reports whether somebody who did not give the chat back will be able
// to have it in a moment.
func othersThere(c Case, rulings []Ruling) bool {
	for i, a := range c.Agents {
		if rulings[i].Out == OutDelayed && !a.Returned {
			return true
		}
	}
	return false
}

// unchosen says why the chat waits although it was its turn, and for how long at least.
func unchosen(c Case, v Verdict) Verdict {
	v.Agent = ""
	is := func(o Out) bool { return slices.ContainsFunc(v.Rulings, func(r Ruling) bool { return r.Out == o }) }
	switch {
	case c.Rules.Method == external.name && (c.Answer == nil || c.Answer.Agent == "" || c.Answer.Agent == c.From):
		v.Rule = RuleSilent
	case is(OutDelayed):
		v.Rule = RuleDelayed
	case is(OutFull):
		v.Rule = RuleFull
	default:
		v.Rule = RuleNobody
	}
	v.Held = held(c, "")
	return v
}

// give hands the chat to the agent.
func give(c Case, v Verdict, a Agent) Verdict {
	v.Agent, v.Wish, v.Error = a.ID, "", ""
	if c.Kind != KindQueue {
		return v
	}
	if !a.Bot && slices.ContainsFunc(v.Rulings, func(r Ruling) bool { return r.Agent == a.ID && (r.Out == "" || r.Out == OutReturned) }) {
		v.Free--
	}
	v.Held = held(c, a.ID)
	return v
}

// held is when the first of those who were just given a chat, of whom this is one,
// may have another one; 0: nobody is held back.
func held(c Case, given chat.AgentID) (first int64) {
	for _, a := range c.Agents {
		at := c.freeAt(a)
		if a.ID == given && !a.Bot {
			at = c.nextTurn()
			a.Load, a.Local = a.Load+1, a.Local+1
		}
		if _, _, full := c.full(a); at > 0 && !full && a.Out == "" && (!a.Outside || c.wishes(a.ID) || c.named(a)) && (first == 0 || at < first) {
			first = at
		}
	}
	return first
}
