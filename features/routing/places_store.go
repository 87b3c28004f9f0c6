package routing

import (
	"context"
	"database/sql"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// standing lists the rooms that wait in a queue, next one first (PT-SORT).
func standing(ctx context.Context, q db.Querier, department chat.DepartmentID, sorting string) ([]chat.RoomID, error) {
	return db.All(ctx, q, func(r db.Row) (rid chat.RoomID, err error) { return rid, r.Scan(&rid) },
		`SELECT i.room_id FROM inquiries i WHERE i.status = 'queued' AND i.department_id = $1 ORDER BY `+orderOf(sorting), department)
}

// spot is where a room stands, 1 is next; db.ErrNoRows when it does not wait.
func spot(ctx context.Context, q db.Querier, rid chat.RoomID, sorting string) (department chat.DepartmentID, n int64, err error) {
	err = q.QueryRow(ctx, `SELECT m.department_id, `+notAfter(sorting)+` FROM inquiries m WHERE m.room_id = $1 AND m.status = 'queued'`, rid).Scan(&department, &n)
	return department, n, err
}

// averageChat is how long the last n served chats of the department took, of all
// departments when it has had none; 0 without any (RQ-POS-2).
func averageChat(ctx context.Context, q db.Querier, department chat.DepartmentID, n int64) (time.Duration, error) {
	const recent = `SELECT avg(took) FROM (SELECT r.closed_at - r.ts AS took FROM rooms r WHERE NOT r.open AND r.served_by <> ''`
	const last = ` ORDER BY r.closed_at DESC LIMIT $1) c`
	var average sql.Null[float64]
	err := q.QueryRow(ctx, recent+` AND r.department_id = $2`+last, n, department).Scan(&average)
	if err == nil && !average.Valid {
		err = q.QueryRow(ctx, recent+last, n).Scan(&average)
	}
	return time.Duration(average.V * float64(time.Millisecond)), err
}

// servingNow lists the agents of a queue who are there, and its own limit.
func servingNow(ctx context.Context, q db.Querier, w question) (all []serving, limit int64, err error) {
	all, err = db.All(ctx, q, func(r db.Row) (s serving, err error) { return s, r.Scan(&s.limit, &s.chats) },
		`SELECT a.max_chats, (SELECT count(*) FROM subscriptions s JOIN rooms r ON r.id = s.room_id WHERE s.user_id = u.id AND r.open AND NOT r.on_hold)
		FROM agents a JOIN users u ON u.id = a.user_id WHERE `+available+human+`
		AND ($3 = '' OR EXISTS (SELECT 1 FROM department_agents d WHERE d.department_id = $3 AND d.agent_id = u.id))`,
		w.now, w.idle, w.department)
	if err == nil {
		limit, err = departmentLimit(ctx, q, w.department)
	}
	return all, limit, err
}

// waitingText is what a department tells those who wait in it, else the general text.
func waitingText(ctx context.Context, q db.Querier, department chat.DepartmentID, general string) (string, error) {
	var own string
	err := q.QueryRow(ctx, `SELECT coalesce(max(queue_message), '') FROM departments WHERE id = $1`, department).Scan(&own)
	if own == "" {
		own = general
	}
	return own, err
}
