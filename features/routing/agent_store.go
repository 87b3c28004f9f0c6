package routing

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// question is for whom agents are looked up, and when.
type question struct {
	now        clock.Instant
	idle       bool // agents away from the keyboard count (RQ-IDLE)
	department chat.DepartmentID
	room       chat.RoomID
}

// available is the one rule of lifecycle 2.3 about users u and agents a; $1 is now
// and $2 whether idle agents count. Bots are always reachable (RQ-IDLE-5).
const available = `a.status_livechat = 'available' AND u.active
	AND EXISTS (SELECT 1 FROM user_roles g WHERE g.user_id = u.id AND g.role = 'livechat-agent')
	AND (EXISTS (SELECT 1 FROM user_roles b WHERE b.user_id = u.id AND b.role = 'bot')
		OR u.status_default <> 'offline' AND EXISTS (SELECT 1 FROM presence p
			WHERE p.user_id = u.id AND p.expires_at > $1 AND ($2 OR p.status = 'online')))`

// human leaves out bots: they take chats only where they are asked for (RQ-AUTO step 1).
const human = ` AND NOT EXISTS (SELECT 1 FROM user_roles b WHERE b.user_id = u.id AND b.role = 'bot')`

// candidates lists who may take a chat of the department now; of the public queue: all agents.
func candidates(ctx context.Context, q db.Querier, w question) ([]Candidate, error) {
	return db.All(ctx, q, func(row db.Row) (c Candidate, err error) {
		err = row.Scan(&c.ID, &c.Username, &c.LastAt, &c.Chats, &c.Returned)
		return c, err
	}, `SELECT u.id, u.username, a.last_assign_at,
			(SELECT count(*) FROM rooms r WHERE r.open AND r.served_by = u.id AND NOT r.on_hold),
			EXISTS (SELECT 1 FROM inquiries i WHERE i.room_id = $4 AND i.returned_by = u.id)
		FROM agents a JOIN users u ON u.id = a.user_id WHERE `+available+human+`
		AND ($3 = '' OR EXISTS (SELECT 1 FROM department_agents d WHERE d.department_id = $3 AND d.agent_id = u.id))`,
		w.now, w.idle, w.department, w.room)
}

// present is the username of an agent who is there, whatever his department.
func present(ctx context.Context, q db.Querier, agent chat.AgentID, w question) (username string, err error) {
	err = q.QueryRow(ctx, `SELECT u.username FROM agents a JOIN users u ON u.id = a.user_id WHERE `+available+` AND u.id = $3`,
		w.now, w.idle, agent).Scan(&username)
	return username, err
}

// takesChats reports whether the department exists and is in use.
func takesChats(ctx context.Context, q db.Querier, d chat.DepartmentID) (ok bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM departments WHERE id = $1 AND enabled AND NOT archived)`, d).Scan(&ok)
	return ok, err
}

// eligibleDepartments lists by name the departments with agents that are shown on
// registration, and whether somebody is there.
func eligibleDepartments(ctx context.Context, q db.Querier, w question) ([]eligible, error) {
	return db.All(ctx, q, func(row db.Row) (e eligible, err error) {
		err = row.Scan(&e.ID, &e.Available)
		return e, err
	}, `SELECT d.id, EXISTS (SELECT 1 FROM department_agents m JOIN agents a ON a.user_id = m.agent_id JOIN users u ON u.id = a.user_id
			WHERE m.department_id = d.id AND `+available+human+`)
		FROM departments d WHERE d.enabled AND NOT d.archived AND d.show_on_registration
		AND EXISTS (SELECT 1 FROM department_agents m WHERE m.department_id = d.id)
		ORDER BY d.name, d.id LIMIT 200`, w.now, w.idle)
}

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
	agent         chat.AgentID
	department    chat.DepartmentID
	offline       bool // include agents who are not there
	offset, limit int64
}

func listLoads(ctx context.Context, q db.Querier, o overview) (found []load, total int64, err error) {
	const loads = ` FROM (SELECT served_by, department_id, count(*) AS chats FROM rooms WHERE open AND served_by <> ''
			AND ($1 = '' OR served_by = $1) AND ($2 = '' OR department_id = $2) GROUP BY served_by, department_id) l
		JOIN (SELECT u.id, u.username, a.status_livechat, COALESCE((SELECT CASE WHEN u.status_default <> 'online' THEN u.status_default ELSE max(p.status) END
				FROM presence p WHERE p.user_id = u.id AND p.expires_at > $3 HAVING count(*) > 0), 'offline') AS status
			FROM users u LEFT JOIN agents a ON a.user_id = u.id) w ON w.id = l.served_by
		LEFT JOIN departments d ON d.id = l.department_id
		WHERE ($4 OR w.status <> 'offline' AND w.status_livechat = 'available')`
	args := []any{o.agent, o.department, o.now, o.offline}
	if err := q.QueryRow(ctx, `SELECT count(*)`+loads, args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	found, err = db.All(ctx, q, func(row db.Row) (l load, err error) {
		err = row.Scan(&l.Chats, &l.User.ID, &l.User.Username, &l.User.Status, &l.Department.ID, &l.Department.Name)
		return l, err
	}, `SELECT l.chats, w.id, w.username, w.status, l.department_id, COALESCE(d.name, '')`+loads+`
		ORDER BY l.chats DESC, w.username, l.department_id LIMIT $5 OFFSET $6`, append(args, o.limit, o.offset)...)
	return found, total, err
}
