package routing

import "github.com/foyerchat/foyer/chat"

// orderOf are the keys that order the inquiries i of a queue (RQ-SORT); the last
// one makes the order total. What this version does not know is Timestamp.
func orderOf(sorting string) string {
	const byAge = `i.ts, i.updated_at DESC, i.id`
	switch sorting {
	case chat.SortPriority:
		return `i.priority_weight, ` + byAge
	case chat.SortSLA:
		return `i.sla_minutes, ` + byAge
	case chat.SortDeadline:
		return `i.deadline, ` + byAge
	}
	return byAge
}
