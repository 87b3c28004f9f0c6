package routing

import "github.com/foyerchat/foyer/chat"

// decide is every decision: a function of the case and nothing else.
func decide(c Case) Verdict {
	v := deciders[c.Kind](c)
	v.Reason = reason(c, v)
	return v
}

var deciders = map[Kind]func(Case) Verdict{
	KindOpen:       decideOpen,
	KindQueue:      decideQueue,
	KindForward:    decideForward,
	KindUnanswered: decideMoved,
	KindLeft:       decideMoved,
}

// decideOpen places a new chat (routing 2): a preferred agent, else a bot, else the
// method; with a waiting queue only a bot has it at once.
func decideOpen(c Case) Verdict {
	queue, passed, _ := c.place()
	v := Verdict{Department: queue, Path: passed}
	if c.turnedAway() {
		v.Rule, v.Error = RuleNobody, errNobody
		return v
	}
	wished, source, wish := c.preferred()
	bot, isBot := c.nextBot()
	switch {
	case wish && (wished.Bot || c.atOnce()):
		v.Rule = Rule(source)
		return give(c, v, wished)
	case wish:
		v.Wish = wished.ID
	case c.Rules.Bots && isBot:
		return giveBot(c, v, bot)
	}
	switch {
	case !assigns(c.Rules.Method):
		v.Rule = RuleManual
		return v
	case c.Rules.WaitingQueue:
		v.Rule = RuleQueue
		return v
	}
	v = choose(c, v)
	if v.Agent == "" && !c.Rules.AcceptAnyway {
		v.Error = errNobody
	}
	return v
}

// turnedAway reports whether a new chat may not even wait (lifecycle 4.3).
func (c Case) turnedAway() bool {
	_, _, nobody := c.place()
	return c.refusesWish() || nobody && !c.Rules.AcceptAnyway
}

// atOnce reports whether a new chat goes to its agent without waiting in the queue.
func (c Case) atOnce() bool { return assigns(c.Rules.Method) && !c.Rules.WaitingQueue }

// decideQueue gives a waiting chat to an agent when it is its turn. One whose
// department has nobody moves to the fallback and waits there (RQ-DEP-5). Its
// default agent is tried first, and waited for while the queue has just given him
// a chat; away or at his limit he keeps it from nobody else (RQ-PREF-4).
func decideQueue(c Case) Verdict {
	v := Verdict{Department: c.Department}
	if queue, passed := c.turn(); queue != c.Department {
		v.Department, v.Path, v.Rule = queue, passed, RuleMoved
		return v
	}
	for _, w := range c.Wishes {
		a, ok := c.find(w.Agent)
		if !ok {
			continue
		}
		_, _, full := c.full(a)
		switch {
		case a.Out != "", full:
			v.Wish = a.ID
		case c.freeAt(a) > 0:
			v.Rulings, _ = rule(c)
			v.Wish, v.Rests, v.Rule, v.Held, v.Free = a.ID, true, RuleDelayed, c.freeAt(a), int64(len(c.able()))
			return v
		default:
			var able []Agent
			v.Rulings, able = rule(c)
			v.Rule, v.Free = Rule(w.Source), int64(len(able))
			return give(c, v, a)
		}
	}
	return choose(c, v)
}

// able are the agents nothing rules out.
func (c Case) able() []Agent { _, able := rule(c); return able }

// turn is the queue a waiting chat belongs to: its own unless nobody is there and
// somebody is along its fallbacks; the public one when its department takes no
// chats any more (RQ-DEP-3).
func (c Case) turn() (queue chat.DepartmentID, passed []chat.DepartmentID) {
	if c.Department == "" {
		return "", nil
	}
	found, passed := c.walk(c.Department, func(d Department) bool { return d.Usable && d.Available })
	switch {
	case found != "":
		return found, passed
	case c.usable(c.Department):
		return c.Department, nil
	}
	return c.home()
}

// home is the queue in which a chat of the department waits: its own, of one that takes
// no chats any more the first of its fallbacks that does, else the public one (RQ-DEP-3).
func (c Case) home() (queue chat.DepartmentID, passed []chat.DepartmentID) {
	return c.walk(c.Department, func(d Department) bool { return d.Usable })
}

// decideMoved finds the next agent of a chat that leaves the one it has; nobody: it
// waits, or stays where it is (RQ-UN-2, RQ-LV-3).
func decideMoved(c Case) Verdict {
	v := Verdict{}
	v.Department, v.Path = c.home()
	if !assigns(c.Rules.Method) {
		v.Rule = RuleManual
		return v
	}
	return choose(c, v)
}
