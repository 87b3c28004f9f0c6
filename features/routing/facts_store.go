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
	strict     bool // a department outside its own hours has nobody
	department chat.DepartmentID
	site       chat.SiteID // of a new chat without a department; none: any
	room       chat.RoomID
	from       chat.AgentID   // departments: who does not count as another one
	more       []chat.AgentID // agents besides the department's members
	only       bool           // nobody but them
}

// bot is whether the user u is one.
const bot = `EXISTS (SELECT 1 FROM user_roles b WHERE b.user_id = u.id AND b.role = 'bot')`

// out is the one wording of lifecycle 2.3, conditions 1 to 4, about users u and
// agents a: why one is not there, or ”. $1 is now and $2 whether idle agents count.
// Bots are always reachable (RQ-IDLE-5).
const out = `CASE
	WHEN NOT u.active OR NOT EXISTS (SELECT 1 FROM user_roles g WHERE g.user_id = u.id AND g.role = 'livechat-agent') THEN 'inactive'
	WHEN a.status_livechat <> 'available' THEN 'switched-off'
	WHEN ` + bot + ` THEN ''
	WHEN u.status_default = 'offline' OR NOT EXISTS (SELECT 1 FROM presence p WHERE p.user_id = u.id AND p.expires_at > $1) THEN 'offline'
	WHEN NOT $2 AND NOT EXISTS (SELECT 1 FROM presence p WHERE p.user_id = u.id AND p.expires_at > $1 AND p.status = 'online') THEN 'idle'
	ELSE '' END`

// available is that one is there.
const available = `(` + out + `) = ''`

// human leaves out bots: they take chats only where they are asked for (RQ-AUTO step 1).
const human = ` AND NOT ` + bot

// shut is that the department d is outside hours of its own that it keeps strictly; $3 is whether any does.
const shut = `($3 AND EXISTS (SELECT 1 FROM business_hours h WHERE h.id = d.business_hour_id AND NOT h.open))`

// floor is the least counter in a queue, of all its members.
func floor(ctx context.Context, q db.Querier, queue chat.DepartmentID) (least int64, err error) {
	err = q.QueryRow(ctx, `SELECT COALESCE(min(t.count), 0) FROM turns t WHERE t.department_id = $1 AND ($1 = ''
		OR EXISTS (SELECT 1 FROM department_agents m WHERE m.department_id = $1 AND m.agent_id = t.agent_id))`, queue).Scan(&least)
	return least, err
}

// member begins whether an agent of the department d is there.
const member = `EXISTS (SELECT 1 FROM department_agents m JOIN agents a ON a.user_id = m.agent_id JOIN users u ON u.id = a.user_id
	WHERE m.department_id = d.id AND ` + available

const departmentFacts = `SELECT d.id, d.name, d.enabled AND NOT d.archived,
	d.enabled AND NOT d.archived AND d.show_on_registration AND EXISTS (SELECT 1 FROM department_agents m WHERE m.department_id = d.id),
	NOT ` + shut + ` AND ` + member + human + `), NOT ` + shut + ` AND ` + member + human + ` AND u.id <> $4),
	` + member + ` AND ` + bot + `), d.fallback_id, d.receive_offline FROM departments d `

func scanDepartment(row db.Row) (d Department, err error) {
	return d, row.Scan(&d.ID, &d.Name, &d.Usable, &d.Eligible, &d.Available, &d.Others, &d.Bot, &d.Fallback, &d.Offline)
}

// chain lists the question's department and all that follow as fallbacks.
func chain(ctx context.Context, q db.Querier, w question) ([]Department, error) {
	return db.All(ctx, q, scanDepartment, `WITH RECURSIVE chain (id) AS (SELECT $5
			UNION SELECT d.fallback_id FROM chain c JOIN departments d ON d.id = c.id WHERE d.fallback_id <> '')
		`+departmentFacts+`WHERE d.id IN (SELECT id FROM chain)`, w.now, w.idle, w.strict, w.from, w.department)
}

// eligible lists the departments a chat without one may go to.
func eligible(ctx context.Context, q db.Querier, w question) ([]Department, error) {
	return db.All(ctx, q, scanDepartment, departmentFacts+`WHERE d.enabled AND NOT d.archived AND d.show_on_registration
		AND EXISTS (SELECT 1 FROM department_agents m WHERE m.department_id = d.id) AND ($5 = '' OR d.site_id = $5)`, w.now, w.idle, w.strict, w.from, string(w.site))
}

// anybody reports whether somebody is there at all; bots count only if they are asked for.
func anybody(ctx context.Context, q db.Querier, w question, bots bool) (ok bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM agents a JOIN users u ON u.id = a.user_id WHERE `+available+` AND ($3 OR NOT `+bot+`))`,
		w.now, w.idle, bots).Scan(&ok)
	return ok, err
}

// history is who a visitor knows already.
type history struct{ offered, manager, last, closed chat.AgentID }

// historyOf reads whom the visitor of a room was offered since then, and had.
func historyOf(ctx context.Context, q db.Querier, v chat.VisitorID, since clock.Instant) (h history, err error) {
	err = q.QueryRow(ctx, `SELECT v.contact_manager, v.last_agent,
			COALESCE((SELECT o.agent_id FROM offers o WHERE o.visitor_id = v.id AND o.at > $2), ''),
			COALESCE((SELECT r.served_by FROM rooms r WHERE r.visitor_id = v.id AND NOT r.open AND r.served_by <> '' ORDER BY r.closed_at DESC LIMIT 1), '')
		FROM visitors v WHERE v.id = $1`, v, since).Scan(&h.manager, &h.last, &h.offered, &h.closed)
	return h, err
}

// agentNamed is who has that username, "": nobody.
func agentNamed(ctx context.Context, q db.Querier, username string) (id chat.AgentID, err error) {
	err = q.QueryRow(ctx, `SELECT COALESCE(max(u.id), '') FROM agents a JOIN users u ON u.id = a.user_id WHERE u.username = $1`, username).Scan(&id)
	return id, err
}

// loadOf is how many chats the first agent of the question has besides its room.
func loadOf(ctx context.Context, q db.Querier, w question) (load, local int64, err error) {
	err = q.QueryRow(ctx, `SELECT `+counted+` FROM subscriptions WHERE user_id = $3 AND room_id <> $1 AND NOT on_hold`, w.room, w.department, w.more[0]).Scan(&load, &local)
	return load, local, err
}

// departmentLimit is how many chats of a department an agent may have; of one that is gone: any.
func departmentLimit(ctx context.Context, q db.Querier, d chat.DepartmentID) (limit int64, err error) {
	err = q.QueryRow(ctx, `SELECT COALESCE(max(max_chats), 0) FROM departments WHERE id = $1`, d).Scan(&limit)
	return limit, err
}

// allowedTargets are where a department may forward to; none: anywhere.
func allowedTargets(ctx context.Context, q db.Querier, d chat.DepartmentID) (allowed []chat.DepartmentID, err error) {
	err = q.QueryRow(ctx, `SELECT COALESCE(max(forward_to), '') FROM departments WHERE id = $1`, d).Scan(db.JSON(&allowed))
	return allowed, err
}

// isBot reports whether a user is one.
func isBot(ctx context.Context, q db.Querier, agent chat.AgentID) (is bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM user_roles WHERE user_id = $1 AND role = 'bot')`, agent).Scan(&is)
	return is, err
}
