package routing

import (
	"cmp"
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// waiting is a room in the queue with what the order looks at.
type waiting struct {
	rid                   chat.RoomID
	id                    string
	ts, updated           int64
	weight, sla, deadline int64
}

// compare orders two who wait as orderOf does (RQ-SORT, PT-SORT).
func compare(sorting string, a, b waiting) int {
	first := 0
	switch sorting {
	case chat.SortPriority:
		first = cmp.Compare(a.weight, b.weight)
	case chat.SortSLA:
		first = cmp.Compare(a.sla, b.sla)
	case chat.SortDeadline:
		first = cmp.Compare(a.deadline, b.deadline)
	}
	return cmp.Or(first, cmp.Compare(a.ts, b.ts), cmp.Compare(b.updated, a.updated), cmp.Compare(a.id, b.id))
}

// known is that somebody has looked at the contact of a chat (LC-TAKE-4).
const known = ` AND EXISTS (SELECT 1 FROM rooms r JOIN contacts c ON c.id = r.contact_id WHERE r.id = i.room_id AND NOT c.unknown)`

// proven is that its channel is verified.
const proven = ` AND EXISTS (SELECT 1 FROM rooms r JOIN contact_channels c ON c.visitor_id = r.visitor_id AND c.source_type = r.source_type AND c.source_id = r.source_id
	WHERE r.id = i.room_id AND c.verified)`

// headOf is who comes first in the lane; db.ErrNoRows: nobody.
func headOf(ctx context.Context, q db.Querier, l *lane, now *chat.Settings) (waiting, error) {
	args, but := []any{l.queue}, ``
	if now.BlockUnknownContacts {
		but += known
	}
	if now.BlockUnverifiedContacts {
		but += proven
	}
	but += among(` AND i.default_agent NOT IN `, l.except, &args)
	but += among(` AND i.default_agent IN `, l.only, &args)
	but += among(` AND i.room_id NOT IN `, l.passed, &args)
	return db.One(ctx, q, func(row db.Row) (w waiting, err error) {
		return w, row.Scan(&w.rid, &w.id, &w.ts, &w.updated, &w.weight, &w.sla, &w.deadline)
	}, `SELECT i.room_id, i.id, i.ts, i.updated_at, i.priority_weight, i.sla_minutes, i.deadline FROM inquiries i
		WHERE i.status = 'queued' AND i.department_id = $1`+but+` ORDER BY `+orderOf(now.QueueSorting)+` LIMIT 1`, args...)
}

// among is a condition about a list, of which the values are added to the arguments;
// nothing for an empty one.
func among[T ~string](condition string, list []T, args *[]any) string {
	if len(list) == 0 {
		return ``
	}
	from := len(*args) + 1
	for _, one := range list {
		*args = append(*args, one)
	}
	return condition + `(` + db.In(len(list), from) + `)`
}

func departmentID(row db.Row) (d chat.DepartmentID, err error) { return d, row.Scan(&d) }

func agentID(row db.Row) (a chat.AgentID, err error) { return a, row.Scan(&a) }

// waitedIn lists the queues in which somebody waits, jumping from one to the next.
func waitedIn(ctx context.Context, q db.Querier) ([]chat.DepartmentID, error) {
	return db.All(ctx, q, departmentID, `WITH RECURSIVE queue (id) AS (
			SELECT min(department_id) FROM inquiries WHERE status = 'queued'
			UNION ALL SELECT (SELECT min(i.department_id) FROM inquiries i WHERE i.status = 'queued' AND i.department_id > queue.id)
				FROM queue WHERE queue.id IS NOT NULL)
		SELECT id FROM queue WHERE id IS NOT NULL`)
}

// wishedIn lists who is preferred by those who wait in a queue.
func wishedIn(ctx context.Context, q db.Querier, queue chat.DepartmentID) ([]chat.AgentID, error) {
	return db.All(ctx, q, agentID, `SELECT DISTINCT default_agent FROM inquiries
		WHERE status = 'queued' AND default_agent <> '' AND department_id = $1`, queue)
}

// queuesBehind lists those in which somebody waits and whose fallbacks lead to a
// department of the agent: their chats may move to him (RQ-DEP-5).
func queuesBehind(ctx context.Context, q db.Querier, agent chat.AgentID) ([]chat.DepartmentID, error) {
	return db.All(ctx, q, departmentID, `WITH RECURSIVE behind (id) AS (
			SELECT d.id FROM department_agents m JOIN departments d ON d.fallback_id = m.department_id WHERE m.agent_id = $1
			UNION SELECT d.id FROM behind b JOIN departments d ON d.fallback_id = b.id)
		SELECT b.id FROM behind b WHERE EXISTS (SELECT 1 FROM inquiries i WHERE i.status = 'queued' AND i.department_id = b.id)`, agent)
}

// queuesLeft lists the departments whose chats go on to a fallback if this agent was the
// last one there, and the queues in which somebody waited for him.
func queuesLeft(ctx context.Context, q db.Querier, agent chat.AgentID) ([]chat.DepartmentID, error) {
	return db.All(ctx, q, departmentID, `SELECT d.id FROM department_agents m JOIN departments d ON d.id = m.department_id
		WHERE m.agent_id = $1 AND d.fallback_id <> ''
		UNION SELECT department_id FROM inquiries WHERE status = 'queued' AND default_agent <> '' AND default_agent = $1`, agent)
}

// queuesOf lists the queues an agent may be given chats of: the public one, those of
// his departments and those in which somebody prefers him.
func queuesOf(ctx context.Context, q db.Querier, agent chat.AgentID) ([]chat.DepartmentID, error) {
	return db.All(ctx, q, departmentID, `SELECT '' UNION SELECT department_id FROM department_agents WHERE agent_id = $1
		UNION SELECT department_id FROM inquiries WHERE status = 'queued' AND default_agent <> '' AND default_agent = $1`, agent)
}

// reconcile makes inquiries agree with their rooms: those of closed rooms go, those
// of served rooms are taken, and none stays ready when nobody picks for it (RQ-Q-5).
func reconcile(ctx context.Context, tx *db.Tx) (repaired int64, err error) {
	for _, statement := range []string{
		`DELETE FROM inquiries WHERE EXISTS (SELECT 1 FROM rooms r WHERE r.id = room_id AND NOT r.open)`,
		`UPDATE inquiries SET status = 'taken' WHERE status IN ('ready', 'queued')
			AND EXISTS (SELECT 1 FROM rooms r WHERE r.id = room_id AND r.open AND r.served_by <> '')`,
		`UPDATE inquiries SET status = 'queued' WHERE status = 'ready'`,
	} {
		n, err := tx.Exec(ctx, statement)
		if err != nil {
			return 0, err
		}
		repaired += n
	}
	return repaired, nil
}

// turnJob is a later look at a queue.
type turnJob struct {
	Queue chat.DepartmentID `json:"queue"`
}

// plan enqueues a look at a queue, never early; those of a tenth of a second are one.
func plan(ctx context.Context, d *db.DB, queue chat.DepartmentID, at clock.Instant) error {
	const grain = 100
	due := (at + grain - 1) / grain * grain
	return d.InTx(ctx, func(tx *db.Tx) error {
		return tx.Enqueue(ctx, db.Job{Kind: jobTurn, Key: string(queue) + "@" + due.String(), Payload: turnJob{queue}, DueAt: due})
	})
}

// queueNow is how many chats of a department wait, and since when the first of them does.
type queueNow struct {
	department chat.DepartmentID
	name       string
	chats      int64
	since      clock.Instant
}

// queuesNow are those of all departments and, with the id "", of chats without one.
func queuesNow(ctx context.Context, q db.Querier) ([]queueNow, error) {
	const counted = `count(i.id), COALESCE(min(CASE WHEN i.queued_at > 0 THEN i.queued_at ELSE i.ts END), 0)`
	return db.All(ctx, q, func(r db.Row) (n queueNow, err error) { return n, r.Scan(&n.department, &n.name, &n.chats, &n.since) },
		`SELECT d.id, d.name, `+counted+` FROM departments d LEFT JOIN inquiries i ON i.department_id = d.id AND i.status = 'queued' GROUP BY d.id, d.name
		UNION ALL SELECT '', '', `+counted+` FROM inquiries i WHERE i.status = 'queued' AND i.department_id NOT IN (SELECT d.id FROM departments d) ORDER BY 1`)
}
