package agents

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// live is a connection whose lease runs; $1 is now.
const live = `SELECT 1 FROM presence p WHERE p.user_id = u.id AND p.expires_at > $1`

// connection and status say what facts.infer says, in SQL.
const connectionSQL = `CASE WHEN EXISTS (` + live + ` AND p.status = 'online') THEN 'online' WHEN EXISTS (` + live + `) THEN 'away' ELSE 'offline' END`

const statusSQL = `CASE WHEN u.status_default <> 'online' AND EXISTS (` + live + `) THEN u.status_default ELSE ` + connectionSQL + ` END`

const userColumns = `u.id, u.username, u.name, u.type, u.active, ` + statusSQL + `, ` + connectionSQL + `, u.status_default, u.status_text,
	coalesce(a.status_livechat, ''), coalesce(a.open_hours, ''), u.utc_offset, u.language, u.created_at, u.updated_at, coalesce(a.max_chats, 0)`

func scanUser(r db.Row) (u chat.User, err error) {
	var minutes, most int64
	err = r.Scan(&u.ID, &u.Username, &u.Name, &u.Type, &u.Active, &u.Status, &u.StatusConnection, &u.StatusDefault, &u.StatusText,
		&u.StatusLivechat, db.JSON(&u.OpenHours), &minutes, &u.Language, &u.CreatedAt, &u.UpdatedAt, &most)
	u.UTCOffset = float64(minutes) / 60
	if most > 0 {
		u.Livechat = &chat.AgentLimits{MaxChats: most}
	}
	return u, err
}

// user reads a user with his addresses and roles.
func user(ctx context.Context, q db.Querier, id chat.UserID, now clock.Instant) (chat.User, error) {
	u, err := db.One(ctx, q, scanUser, `SELECT `+userColumns+` FROM users u LEFT JOIN agents a ON a.user_id = u.id WHERE u.id = $2`, now, id)
	if err != nil {
		return u, err
	}
	if u.Emails, err = emails(ctx, q, id); err != nil {
		return u, err
	}
	if u.AvatarETag, err = db.One(ctx, q, text, `SELECT coalesce((SELECT tag FROM portraits WHERE user_id = $1), '')`, id); err != nil {
		return u, err
	}
	u.Roles, err = db.All(ctx, q, text, `SELECT role FROM user_roles WHERE user_id = $1 ORDER BY role`, id)
	return u, err
}

func emails(ctx context.Context, q db.Querier, id chat.UserID) ([]chat.UserEmail, error) {
	return db.All(ctx, q, func(r db.Row) (e chat.UserEmail, err error) {
		err = r.Scan(&e.Address, &e.Verified)
		return e, err
	}, `SELECT address, verified FROM user_emails WHERE user_id = $1 ORDER BY position`, id)
}

func text(r db.Row) (s string, err error) { err = r.Scan(&s); return s, err }

func byUsername(ctx context.Context, q db.Querier, username string) (chat.UserID, error) {
	return db.One(ctx, q, userID, `SELECT id FROM users WHERE username_lower = $1`, strings.ToLower(username))
}

const listed = ` FROM users u LEFT JOIN agents a ON a.user_id = u.id JOIN user_roles r ON r.user_id = u.id AND r.role = $2
	WHERE u.active AND u.id <> $3 AND (NOT $4 OR a.status_livechat = 'available')
	AND (NOT $5 OR u.type = 'bot' OR ` + statusSQL + ` <> 'offline')
	AND ($6 = '' OR u.username_lower LIKE $6 ESCAPE '\' OR lower(u.name) LIKE $6 ESCAPE '\'
		OR EXISTS (SELECT 1 FROM user_emails e WHERE e.user_id = u.id AND e.address LIKE $6 ESCAPE '\'))
	AND ($7 = '' OR NOT EXISTS (SELECT 1 FROM units) OR EXISTS (` + inHisUnits + ` AND ma.agent_id = u.id AND um.monitor_id = $7))`

// inHisUnits are the links of agents to departments that somebody monitors.
const inHisUnits = `SELECT 1 FROM department_agents ma JOIN departments md ON md.id = ma.department_id JOIN unit_monitors um ON um.unit_id = md.unit_id WHERE true`

// overseen reports whether a monitor sees an agent; all of them while there is no unit.
func overseen(ctx context.Context, q db.Querier, monitor chat.UserID, agent chat.AgentID) (yes bool, err error) {
	err = q.QueryRow(ctx, `SELECT NOT EXISTS (SELECT 1 FROM units) OR EXISTS (`+inHisUnits+` AND ma.agent_id = $2 AND um.monitor_id = $1)`, monitor, agent).Scan(&yes)
	return yes, err
}

// literal makes a searched text mean itself inside LIKE.
var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func list(ctx context.Context, q db.Querier, f Filter, now clock.Instant) ([]chat.User, int64, error) {
	part := ""
	if f.Text != "" {
		part = "%" + literal.Replace(strings.ToLower(f.Text)) + "%"
	}
	args := []any{now, f.Role, f.Except, f.OnlyAvailable, f.WithoutIdle, part, f.Monitor}
	total, err := db.One(ctx, q, number, `SELECT count(*)`+listed, args...)
	if err != nil {
		return nil, 0, err
	}
	if f.Limit == 0 {
		f.Limit = total
	}
	users, err := db.All(ctx, q, scanUser, `SELECT `+userColumns+listed+` ORDER BY `+f.Sort.Over(sortable)+`u.username, u.id LIMIT $8 OFFSET $9`,
		append(args, f.Limit, f.Offset)...)
	return users, total, err
}

var sortable = map[string]string{"name": "u.name", "username": "u.username", "status": "a.status", "statusLivechat": "a.status_livechat", "_updatedAt": "u.updated_at"}

// fillMembers adds addresses, departments and chats to a page.
func fillMembers(ctx context.Context, q db.Querier, page []Member, at map[chat.UserID]int) error {
	ids := make([]any, len(page))
	for i := range page {
		ids[i] = page[i].ID
	}
	in := db.In(len(ids), 1)
	if err := each(ctx, q, func(r db.Row) error {
		var id chat.UserID
		var e chat.UserEmail
		err := r.Scan(&id, &e.Address, &e.Verified)
		m := &page[at[id]]
		m.Emails = append(m.Emails, e)
		return err
	}, `SELECT user_id, address, verified FROM user_emails WHERE user_id IN (`+in+`) ORDER BY user_id, position`, ids...); err != nil {
		return err
	}
	if err := each(ctx, q, func(r db.Row) error {
		var id chat.UserID
		var n int64
		err := r.Scan(&id, &n)
		page[at[id]].Chats = n
		return err
	}, `SELECT user_id, count(*) FROM subscriptions WHERE NOT on_hold AND user_id IN (`+in+`) GROUP BY user_id`, ids...); err != nil {
		return err
	}
	return each(ctx, q, func(r db.Row) error {
		var id chat.UserID
		var d chat.DepartmentID
		err := r.Scan(&id, &d)
		m := &page[at[id]]
		m.Departments = append(m.Departments, d)
		return err
	}, `SELECT agent_id, department_id FROM department_agents WHERE agent_id IN (`+in+`) ORDER BY agent_id, department_id`, ids...)
}

func each(ctx context.Context, q db.Querier, use func(db.Row) error, sql string, args ...any) error {
	_, err := db.All(ctx, q, func(r db.Row) (struct{}, error) { return struct{}{}, use(r) }, sql, args...)
	return err
}

func memberships(ctx context.Context, q db.Querier, agent chat.AgentID, enabledOnly bool) ([]Membership, error) {
	return db.All(ctx, q, func(r db.Row) (m Membership, err error) {
		err = r.Scan(&m.AgentID, &m.Username, &m.DepartmentID, &m.DepartmentName, &m.DepartmentEnabled, &m.Count, &m.Order, &m.UpdatedAt)
		m.ID = string(m.DepartmentID) + ":" + string(m.AgentID)
		return m, err
	}, `SELECT m.agent_id, u.username, d.id, d.name, d.enabled, COALESCE((SELECT t.count FROM turns t WHERE t.department_id = m.department_id AND t.agent_id = m.agent_id), 0), m.position, m.updated_at
		FROM department_agents m JOIN departments d ON d.id = m.department_id JOIN users u ON u.id = m.agent_id
		WHERE m.agent_id = $1 AND (NOT $2 OR d.enabled) ORDER BY d.name, d.id`, agent, enabledOnly)
}

// visitorOf finds the visitor whose credential the token is.
func visitorOf(ctx context.Context, q db.Querier, token string) (chat.Visitor, error) {
	return db.One(ctx, q, func(r db.Row) (v chat.Visitor, err error) {
		err = r.Scan(&v.ID, &v.Site, &v.Department)
		return v, err
	}, `SELECT id, site_id, department_id FROM visitors WHERE token = $1 AND token_opens`, token)
}

// servingAgent is who serves the visitor's room rid, or his open room when rid is empty.
func servingAgent(ctx context.Context, q db.Querier, v chat.VisitorID, rid chat.RoomID) (chat.AgentID, error) {
	return db.One(ctx, q, userID, `SELECT served_by FROM rooms WHERE visitor_id = $1 AND (id = $2 OR $2 = '' AND open) ORDER BY ts DESC LIMIT 1`, v, rid)
}
