package routing

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

// Candidate is an agent who could take a chat now, with what the choice looks at.
type Candidate struct {
	ID       chat.AgentID
	Username string
	Chats    int64         // open conversations he serves
	LastAt   clock.Instant // last assignment, zero: never
	Returned bool          // he just gave this very chat back (LC-RET-3)
}

// leastBusy is the method Auto_Selection: the agent with the fewest open chats; of
// equals the one whose last assignment is longest ago (never comes first), then
// the smaller username by code point. Who gave this chat back comes after
// everybody else. Nobody: an empty Pick.
func leastBusy(candidates []Candidate) chat.Pick {
	if len(candidates) == 0 {
		return chat.Pick{Method: chat.RoutingAuto, Reason: "Nobody is available"}
	}
	best := slices.MinFunc(candidates, func(a, b Candidate) int {
		return cmp.Or(after(a.Returned, b.Returned), cmp.Compare(a.Chats, b.Chats), cmp.Compare(a.LastAt, b.LastAt),
			cmp.Compare(a.Username, b.Username))
	})
	return chat.Pick{Agent: best.ID, Method: chat.RoutingAuto, Reason: why(best, candidates)}
}

// after orders false before true.
func after(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// why says in a sentence what decided.
func why(best Candidate, candidates []Candidate) string {
	if len(candidates) == 1 {
		return fmt.Sprintf("%s is the only available agent", best.Username)
	}
	others := slices.DeleteFunc(slices.Clone(candidates), func(c Candidate) bool {
		return c.ID == best.ID || c.Returned != best.Returned || c.Chats != best.Chats
	})
	if len(others) == 0 {
		return fmt.Sprintf("%s has the fewest open chats (%d) of %d available agents", best.Username, best.Chats, len(candidates))
	}
	if slices.ContainsFunc(others, func(c Candidate) bool { return c.LastAt == best.LastAt }) {
		return fmt.Sprintf("%s is first by name of %d available agents who are equally busy (%d open chats)",
			best.Username, len(others)+1, best.Chats)
	}
	return fmt.Sprintf("%s waited longest for a chat of %d available agents who are equally busy (%d open chats)",
		best.Username, len(others)+1, best.Chats)
}
