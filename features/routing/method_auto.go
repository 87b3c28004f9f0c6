package routing

import (
	"cmp"
	"slices"

	"github.com/foyerchat/foyer/chat"
)

// roundRobin is Auto_Selection (routing 5.1): the smallest counter, then the
// smaller rank in the department. The counter counts choices, not open chats.
var roundRobin = method{
	name: chat.RoutingAuto,
	keys: []key{
		{TieCount, func(c Case) func(Agent) int64 {
			counts := counters(c)
			return func(a Agent) int64 { return counts[a.ID] }
		}},
		{TieOrder, fixed(func(a Agent) int64 { return a.Order })},
	},
	counted: func(c Case, chosen Agent, v *Verdict) {
		counts := counters(c)
		counts[chosen.ID]++
		for _, a := range c.Agents {
			if count, ok := counts[a.ID]; ok && (a.ID == chosen.ID || a.returning()) {
				v.Counts = append(v.Counts, Count{a.ID, count})
			}
		}
	},
}

// counters are the counters of those who are there as they count now: whoever came
// back since his was last settled is lifted to the least of the others, a newcomer
// begins with the least of all members (RQ-AUTO-3). Of several who came back each
// is compared with those who were there before.
func counters(c Case) map[chat.AgentID]int64 {
	counts, back := map[chat.AgentID]int64{}, []Agent{}
	var least int64
	settle := func(a Agent, count int64) {
		if len(counts) == 0 || count < least {
			least = count
		}
		counts[a.ID] = count
	}
	for _, a := range c.Agents {
		switch {
		case a.Out != "" || a.Bot || a.Outside:
		case a.returning():
			back = append(back, a)
		default:
			settle(a, a.Count)
		}
	}
	slices.SortFunc(back, func(a, b Agent) int { return cmp.Or(cmp.Compare(a.Back, b.Back), cmp.Compare(a.Username, b.Username)) })
	for _, a := range back {
		count := a.Count
		if a.New {
			count = c.Floor
		}
		if len(counts) > 0 {
			count = max(count, least)
		}
		settle(a, count)
	}
	return counts
}

// returning reports whether the agent's counter is older than his being there.
func (a Agent) returning() bool { return a.New || a.Back > 0 }
