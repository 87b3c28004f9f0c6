package routing

import (
	"slices"

	"github.com/foyerchat/foyer/chat"
)

// The refusals of a forward to a department (lifecycle 7.3).
const (
	errNotAllowed    = "error-forwarding-department-target-not-allowed"
	errSame          = "error-forwarding-chat-same-department"
	errNoDepartment  = "error-invalid-department"
	errWishedOffline = "error-user-is-offline"
	errWishedOutside = "error-user-not-belong-to-department"
	errNoneThere     = "error-no-agents-online-in-department"
)

// decideForward settles a forward to a department (lifecycle 7.3).
func decideForward(c Case) Verdict {
	v := Verdict{Department: c.To}
	if v.Error = c.refusesForward(); v.Error != "" {
		v.Rule = RuleRefused
		return v
	}
	wished, _ := c.wished()
	if !assigns(c.Rules.Method) {
		v.Rule, v.Wish = RuleManual, wished.ID
		return v
	}
	reached, waits, passed := c.reach()
	v.Department, v.Path = reached, passed
	switch {
	case reached == "":
		v.Department, v.Rule, v.Error = c.To, RuleRefused, errNoneThere
	case waits:
		v.Rule, v.Wish = RuleOffline, wished.ID
	default:
		return c.chooseForward(v)
	}
	return v
}

// chooseForward: the wished agent, after a bot whoever else is preferred, else the
// method; at their limits the chat waits there (7.3 steps 5 and 7).
func (c Case) chooseForward(v Verdict) Verdict {
	if a, source, ok := c.preferred(); ok {
		if _, _, full := c.full(a); !full {
			v.Rulings, _ = rule(c)
			v.Rule = Rule(source)
			return give(c, v, a)
		}
	}
	v = choose(c, v)
	if v.Agent == "" && v.Rule != RuleFull && !(v.Rule == RuleSilent && (c.Rules.WaitingQueue || c.Rules.AcceptAnyway)) {
		v.Department, v.Path, v.Rule, v.Error = c.To, nil, RuleRefused, errNoneThere
	}
	return v
}

// wished is the agent whom a forward names, unless he has the chat.
func (c Case) wished() (Agent, bool) {
	for _, w := range c.Wishes {
		if w.Source == SourceWished && w.Agent != c.From {
			return c.find(w.Agent)
		}
	}
	return Agent{}, false
}

// refusesForward makes the checks of 7.3 in their order.
func (c Case) refusesForward() string {
	wished, known := c.wished()
	named := slices.ContainsFunc(c.Wishes, func(w Wish) bool { return w.Source == SourceWished && w.Agent != c.From })
	switch {
	case len(c.Allowed) > 0 && !slices.Contains(c.Allowed, c.To):
		return errNotAllowed
	case c.To == c.Department:
		return errSame
	case !c.usable(c.To):
		return errNoDepartment
	case named && (!known || wished.Out != ""):
		return errWishedOffline
	case named && wished.Outside:
		return errWishedOutside
	}
	return ""
}

// reach goes from the department meant along its fallbacks to one where somebody
// besides the present agent is there, or which receives although nobody is
// (7.3 steps 4 and 6). Empty: there is none.
func (c Case) reach() (reached chat.DepartmentID, waits bool, passed []chat.DepartmentID) {
	_, wish := c.wished()
	reached, passed = c.walk(c.To, func(d Department) bool {
		if !d.Usable {
			return false
		}
		someone, _ := c.walk(d.ID, func(d Department) bool { return d.Usable && d.Available })
		waits = d.Offline && someone == "" && !wish
		return waits || d.Others || wish && d.ID == c.To
	})
	return reached, waits, passed
}
