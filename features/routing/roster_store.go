package routing

import (
	"context"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/platform/db"
)

// roster lists the members of the department, of the public queue all agents, with
// what decides among them; of who is not there only why.
func roster(ctx context.Context, q db.Querier, w question) ([]Agent, error) {
	args := []any{w.now, w.idle, w.room, w.only}
	ask := rosterOfAll
	if w.department != "" {
		ask = rosterOf
		args = append(args, w.department, w.strict)
	}
	from := len(args) + 1
	for _, a := range w.more {
		args = append(args, a)
	}
	found, err := db.All(ctx, q, scanAgent, ask+` OR a.user_id IN (`+db.In(len(w.more), from)+`)`, args...)
	slices.SortFunc(found, func(a, b Agent) int { return strings.Compare(a.Username, b.Username) })
	return found, err
}

// The two questions for agents. $3 is the chat, which does not count, $4 whether only
// those named are meant, $5 the department and $6 whether any keeps its hours strictly.
const (
	rosterOfAll = `SELECT u.id, u.username, u.name, b.user_id IS NOT NULL, false, ` + outJoined + ` ELSE '' END, 0, a.max_chats,
			COALESCE(c.load, 0), 0, ` + turned + `, COALESCE(t.routed_at, 0)` + gaveBack + `
		FROM ` + rolesJoined + ` LEFT JOIN (` + loads + ` GROUP BY s.user_id) c ON c.user_id = a.user_id
		LEFT JOIN turns t ON t.department_id = '' AND t.agent_id = a.user_id
		WHERE NOT $4`
	rosterOf = `SELECT u.id, u.username, u.name, b.user_id IS NOT NULL, m.agent_id IS NULL, ` + outJoined + `
			WHEN m.agent_id IS NOT NULL AND $6 AND EXISTS (SELECT 1 FROM departments d JOIN business_hours h ON h.id = d.business_hour_id
				WHERE d.id = $5 AND NOT h.open) THEN 'hours' ELSE '' END,
			COALESCE(m.position, 0), a.max_chats, COALESCE(c.load, 0), COALESCE(c.local, 0), ` + turned + `, COALESCE(p.routed_at, 0)` + gaveBack + `
		FROM ` + rolesJoined + ` LEFT JOIN department_agents m ON m.department_id = $5 AND m.agent_id = a.user_id
		LEFT JOIN (` + localLoads + ` GROUP BY s.user_id) c ON c.user_id = a.user_id
		LEFT JOIN turns t ON t.department_id = $5 AND t.agent_id = a.user_id
		LEFT JOIN turns p ON p.department_id = '' AND p.agent_id = a.user_id
		WHERE NOT $4 AND m.agent_id IS NOT NULL`

	rolesJoined = `agents a JOIN users u ON u.id = a.user_id
		LEFT JOIN user_roles g ON g.user_id = a.user_id AND g.role = 'livechat-agent' LEFT JOIN user_roles b ON b.user_id = a.user_id AND b.role = 'bot'`
	turned     = `t.agent_id IS NULL, COALESCE(t.count, 0), CASE WHEN a.ready_at > COALESCE(t.counted_at, 0) THEN a.ready_at ELSE 0 END, COALESCE(t.queue_at, 0)`
	gaveBack   = `, u.id = COALESCE((SELECT i.returned_by FROM inquiries i WHERE i.room_id = $3), '')`
	counting   = ` FROM subscriptions s JOIN rooms r ON r.id = s.room_id WHERE r.open AND NOT r.on_hold AND r.id <> $3`
	loads      = `SELECT s.user_id, count(*) AS load` + counting
	localLoads = `SELECT s.user_id, count(*) AS load, count(*) FILTER (WHERE r.department_id = $5) AS local` + counting

	// outJoined is out, without its end, where the roles are joined as g and b.
	outJoined = `CASE
		WHEN NOT u.active OR g.user_id IS NULL THEN 'inactive'
		WHEN a.status_livechat <> 'available' THEN 'switched-off'
		WHEN b.user_id IS NOT NULL THEN ''
		WHEN u.status_default = 'offline' OR NOT EXISTS (SELECT 1 FROM presence l WHERE l.user_id = u.id AND l.expires_at > $1) THEN 'offline'
		WHEN NOT $2 AND NOT EXISTS (SELECT 1 FROM presence l WHERE l.user_id = u.id AND l.expires_at > $1 AND l.status = 'online') THEN 'idle'`
)

// scanAgent forgets of who is not there what does not matter.
func scanAgent(row db.Row) (a Agent, err error) {
	err = row.Scan(&a.ID, &a.Username, &a.Name, &a.Bot, &a.Outside, &a.Out, &a.Order, &a.Limit, &a.Load, &a.Local,
		&a.New, &a.Count, &a.Back, &a.Queued, &a.Routed, &a.Returned)
	if a.Out != "" {
		a = Agent{ID: a.ID, Username: a.Username, Name: a.Name, Bot: a.Bot, Outside: a.Outside, Out: a.Out}
	}
	return a, err
}
