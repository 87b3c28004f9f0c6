package routing

import (
	"cmp"
	"slices"

	"github.com/foyerchat/foyer/chat"
)

// department is what is known about one; false: it is none.
func (c Case) department(id chat.DepartmentID) (Department, bool) {
	i := slices.IndexFunc(c.Departments, func(d Department) bool { return d.ID == id })
	if id == "" || i < 0 {
		return Department{}, false
	}
	return c.Departments[i], true
}

// there reports whether somebody may serve a new chat of the department.
func (c Case) there(d Department) bool { return d.Usable && (d.Available || c.Rules.Bots && d.Bot) }

// usable reports whether there is such a department and it takes chats.
func (c Case) usable(id chat.DepartmentID) bool {
	d, ok := c.department(id)
	return ok && d.Usable
}

// walk goes from a department along its fallbacks, none twice and no more of them
// than the rules allow, until one pleases: the one found and those passed (RQ-DEP-4).
func (c Case) walk(from chat.DepartmentID, pleases func(Department) bool) (found chat.DepartmentID, passed []chat.DepartmentID) {
	for id, depth := from, c.Rules.Depth; ; depth-- {
		d, ok := c.department(id)
		if !ok || slices.Contains(passed, id) {
			return "", passed
		}
		if pleases(d) {
			return id, passed
		}
		if passed = append(passed, id); depth <= 0 {
			return "", passed
		}
		id = d.Fallback
	}
}

// unassigned is the department of a chat without one: none is eligible: the public
// queue; a single one gets it whether somebody is there or not; of several the first
// by name with somebody there, else the public queue (RQ-DEP-2).
func (c Case) unassigned() chat.DepartmentID {
	eligible := slices.DeleteFunc(slices.Clone(c.Departments), func(d Department) bool { return !d.Eligible })
	slices.SortFunc(eligible, func(a, b Department) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	if len(eligible) == 1 {
		return eligible[0].ID
	}
	for _, d := range eligible {
		if c.there(d) {
			return d.ID
		}
	}
	return ""
}
