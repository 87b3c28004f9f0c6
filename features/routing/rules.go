package routing

import "github.com/foyerchat/foyer/chat"

// rulesOf are the settings decisions look at.
func rulesOf(s *chat.Settings) Rules {
	return Rules{
		Method: s.RoutingMethod, WaitingQueue: s.WaitingQueue, AcceptAnyway: s.AcceptChatsWithNoAgents, Bots: s.AssignToBot,
		ContactManager: s.ContactManagerRouting, LastAgent: s.LastChattedAgent, AfterBot: s.PreferredAfterBot,
		Limit: s.MaxChatsPerAgent, Delay: s.QueueDelay() * 1000, Depth: max(0, s.MaxFallbackDepth),
	}
}

// settings are some settings with these rules.
func (r Rules) settings() *chat.Settings {
	s := chat.DefaultSettings()
	s.RoutingMethod, s.WaitingQueue, s.AcceptChatsWithNoAgents, s.AssignToBot = r.Method, r.WaitingQueue, r.AcceptAnyway, r.Bots
	s.ContactManagerRouting, s.LastChattedAgent, s.PreferredAfterBot = r.ContactManager, r.LastAgent, r.AfterBot
	s.MaxChatsPerAgent, s.QueueDelaySeconds, s.MaxFallbackDepth = r.Limit, r.Delay/1000, r.Depth
	return s
}
