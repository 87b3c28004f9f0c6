package routing

import "github.com/foyerchat/foyer/chat"

// balancing is Load_Balancing (routing 5.2): the fewest open chats, in a
// department those of the department; then who waited longest for one.
var balancing = method{
	name: chat.RoutingBalance,
	keys: []key{
		{TieLoad, func(c Case) func(Agent) int64 {
			if c.Queue != "" {
				return func(a Agent) int64 { return a.Local }
			}
			return func(a Agent) int64 { return a.Load }
		}},
		{TieRouted, fixed(func(a Agent) int64 { return a.Routed })},
	},
	counted: routed,
}

// routed notes when the agent was chosen: later than anybody of the queue before
// him, even within a millisecond.
func routed(c Case, _ Agent, v *Verdict) {
	v.Routed = c.At
	for _, a := range c.Agents {
		v.Routed = max(v.Routed, a.Routed+1)
	}
}
