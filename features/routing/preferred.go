package routing

import (
	"slices"

	"github.com/foyerchat/foyer/chat"
)

// preferred is the first of the wishes that counts by the settings and is there
// (PT-PREF); false: nobody.
func (c Case) preferred() (Agent, Source, bool) {
	for _, w := range c.Wishes {
		a, ok := c.find(w.Agent)
		if ok && c.counts(w.Source) && a.ID != c.From && a.Out == "" {
			return a, w.Source, true
		}
	}
	return Agent{}, "", false
}

// wishes reports whether an agent is preferred.
func (c Case) wishes(agent chat.AgentID) bool {
	return slices.ContainsFunc(c.Wishes, func(w Wish) bool { return w.Agent == agent })
}

// counts reports whether the settings let a source count.
func (c Case) counts(s Source) bool {
	switch s {
	case SourceManager:
		return c.Rules.ContactManager
	case SourceLast, SourceClosed:
		return c.Rules.LastAgent
	}
	return true
}

// refusesWish reports whether somebody was asked for who is not there, and the chat
// may not go to anybody else (LC-START-4, RQ-ACC-3).
func (c Case) refusesWish() bool {
	return !c.Rules.AcceptAnyway && slices.ContainsFunc(c.Wishes, func(w Wish) bool {
		a, ok := c.find(w.Agent)
		return w.Source == SourceRequested && (!ok || a.Out != "")
	})
}

// nextBot is the bot of the queue whose turn it is (RQ-PREF-5).
func (c Case) nextBot() (Agent, bool) {
	bots := slices.DeleteFunc(slices.Clone(c.Agents), func(a Agent) bool { return !a.Bot || a.Outside || a.Out != "" || a.ID == c.From })
	if len(bots) == 0 {
		return Agent{}, false
	}
	bot, _ := best(c, []key{
		{TieCount, fixed(func(a Agent) int64 { return a.Count })},
		{TieOrder, fixed(func(a Agent) int64 { return a.Order })},
	}, bots)
	return bot, true
}

// giveBot hands the chat to a bot and counts it.
func giveBot(c Case, v Verdict, bot Agent) Verdict {
	v.Rule = RuleBot
	v.Counts = []Count{{bot.ID, bot.Count + 1}}
	return give(c, v, bot)
}

// errNobody is the refusal when a chat may not even wait (lifecycle 4.3).
const errNobody = "no-agent-online"

// place is where a new chat goes: the visitor's department if it takes chats, else
// the one for chats without (4.2), unless somebody is preferred; with nobody there
// the first of its fallbacks with somebody.
func (c Case) place() (queue chat.DepartmentID, passed []chat.DepartmentID, nobody bool) {
	_, _, wish := c.preferred()
	switch {
	case c.usable(c.Department):
		queue = c.Department
	case !wish:
		queue = c.unassigned()
	}
	if wish {
		return queue, nil, false
	}
	if queue == "" {
		return "", nil, !c.Anybody
	}
	found, passed := c.walk(queue, c.there)
	if found == "" {
		return queue, nil, true
	}
	return found, passed, false
}
