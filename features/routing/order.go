package routing

import "github.com/foyerchat/foyer/chat"

// leading is the column that comes before a chat's age in the queue's order, or "".
// What this version does not know is Timestamp.
func leading(sorting string) string {
	switch sorting {
	case chat.SortPriority:
		return "priority_weight"
	case chat.SortSLA:
		return "sla_minutes"
	case chat.SortDeadline:
		return "deadline"
	}
	return ""
}

// orderOf are the keys that order the inquiries i of a queue (RQ-SORT); the last
// one makes the order total.
func orderOf(sorting string) string {
	const byAge = `i.ts, i.updated_at DESC, i.id`
	if first := leading(sorting); first != "" {
		return `i.` + first + `, ` + byAge
	}
	return byAge
}

// notAfter is how many of the queue of inquiry m, itself included, come not after it in that
// order: those with smaller first keys, which an index counts, and of those with
// the same the ones that the last keys put before it.
func notAfter(sorting string) string {
	mine, other := `m.ts`, `i.ts`
	if first := leading(sorting); first != "" {
		mine, other = `m.`+first+`, m.ts`, `i.`+first+`, i.ts`
	}
	const queue = `(SELECT count(*) FROM inquiries i WHERE i.status = 'queued' AND i.department_id = m.department_id AND `
	return queue + `(` + other + `) < (` + mine + `)) + ` +
		queue + `(` + other + `) = (` + mine + `) AND (i.updated_at > m.updated_at OR i.updated_at = m.updated_at AND i.id <= m.id))`
}
