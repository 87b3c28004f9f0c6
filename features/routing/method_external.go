package routing

import "github.com/foyerchat/foyer/chat"

// external is External (routing 5.5): the one whom the service named, member of the
// department or not (RQ-EXT-2). It was asked before.
var external = method{
	name: chat.RoutingExternal,
	only: Case.named,
}

// named reports whether the service named this agent.
func (c Case) named(a Agent) bool { return c.Answer != nil && a.ID == c.Answer.Agent }
