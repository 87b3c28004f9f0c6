package routing

import "github.com/foyerchat/foyer/chat"

// rotation is Load_Rotation (routing 5.3): who waited longest for a chat, whatever
// he has; never comes first.
var rotation = method{
	name:    chat.RoutingRotation,
	keys:    []key{{TieRouted, fixed(func(a Agent) int64 { return a.Routed })}},
	counted: routed,
}
