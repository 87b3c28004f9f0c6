package routing

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/rest"
)

// load is a row of the queue overview: an agent's open chats in a department.
type load struct {
	Chats int64 `json:"chats"`
	User  struct {
		ID       chat.AgentID  `json:"_id"`
		Username string        `json:"username"`
		Status   chat.Presence `json:"status"`
	} `json:"user"`
	Department struct {
		ID   chat.DepartmentID `json:"_id,omitempty"`
		Name string            `json:"name,omitempty"`
	} `json:"department"`
}

// overview asks for a page of loads.
type overview struct {
	now           clock.Instant
	monitor       chat.UserID // whose units limit what is shown; empty: no units do
	agent         chat.AgentID
	department    chat.DepartmentID
	offline       bool // include agents who are not there
	sort          rest.Sort
	offset, limit int64
}

var loadOrders = map[string]string{"chats": "l.chats", "user._id": "w.id", "user.username": "w.username", "user.status": "w.status",
	"department._id": "l.department_id", "department.name": "COALESCE(d.name, '')"}

func listLoads(ctx context.Context, q db.Querier, o overview) (found []load, total int64, err error) {
	const loads = ` FROM (SELECT served_by, department_id, count(*) AS chats FROM rooms WHERE open AND served_by <> ''
			AND ($1 = '' OR served_by = $1) AND ($2 = '' OR department_id = $2) GROUP BY served_by, department_id) l
		JOIN (SELECT u.id, u.username, COALESCE((SELECT CASE WHEN u.status_default <> 'online' THEN u.status_default ELSE max(p.status) END
				FROM presence p WHERE p.user_id = u.id AND p.expires_at > $3 HAVING count(*) > 0), 'offline') AS status
			FROM users u) w ON w.id = l.served_by
		LEFT JOIN departments d ON d.id = l.department_id
		WHERE ($4 OR w.status <> 'offline')
			AND ($5 = '' OR NOT EXISTS (SELECT 1 FROM units) OR l.served_by = $5
				OR d.unit_id IN (SELECT um.unit_id FROM unit_monitors um WHERE um.monitor_id = $5))`
	args := []any{o.agent, o.department, o.now, o.offline, o.monitor}
	if err := q.QueryRow(ctx, `SELECT count(*)`+loads, args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	found, err = db.All(ctx, q, func(row db.Row) (l load, err error) {
		err = row.Scan(&l.Chats, &l.User.ID, &l.User.Username, &l.User.Status, &l.Department.ID, &l.Department.Name)
		return l, err
	}, `SELECT l.chats, w.id, w.username, w.status, l.department_id, COALESCE(d.name, '')`+loads+`
		ORDER BY `+o.sort.Over(loadOrders)+`l.chats DESC, w.username, l.department_id LIMIT $6 OFFSET $7`, append(args, o.limit, o.offset)...)
	return found, total, err
}
