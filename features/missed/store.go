package missed

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// readers are active agents who are no bots; $1 is an hour ago.
const readers = `SELECT u.id, u.name, coalesce((SELECT e.address FROM user_emails e WHERE e.user_id = u.id ORDER BY e.position LIMIT 1), ''), u.language,
	u.preferences, coalesce(a.status, 'offline'),
	(SELECT count(*) FROM mails m WHERE m.kind = 'missed' AND m.created_at > $1 AND m.recipient IN (SELECT e.address FROM user_emails e WHERE e.user_id = u.id))
	FROM users u JOIN user_roles r ON r.user_id = u.id AND r.role = 'livechat-agent' LEFT JOIN agents a ON a.user_id = u.id
	WHERE u.active AND u.type <> 'bot'`

func scan(row db.Row) (r reader, err error) {
	preferences, status := map[string]any{}, ""
	err = row.Scan(&r.id, &r.name, &r.address, &r.language, db.JSON(&preferences), &status, &r.mailsSoFar)
	wants, said := preferences[Preference].(bool)
	r.declines, r.away = said && !wants, status == string(chat.Away) || status == string(chat.Offline)
	return r, err
}

func one(ctx context.Context, tx *db.Tx, id chat.AgentID) ([]reader, error) {
	return db.All(ctx, tx, scan, readers+` AND u.id = $2`, tx.Now()-hourOfMails, id)
}

// team are the agents of a department; without one, every agent.
func team(ctx context.Context, tx *db.Tx, d chat.DepartmentID) ([]reader, error) {
	return db.All(ctx, tx, scan, readers+` AND (CAST($2 AS TEXT) = '' OR u.id IN (SELECT m.agent_id FROM department_agents m WHERE m.department_id = $2))
		ORDER BY u.id LIMIT $3`, tx.Now()-hourOfMails, d, mostAtOnce)
}

func departmentName(ctx context.Context, tx *db.Tx, d chat.DepartmentID) (string, error) {
	name, err := db.One(ctx, tx, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, `SELECT name FROM departments WHERE id = $1`, d)
	if errors.Is(err, db.ErrNoRows) {
		err = nil
	}
	return name, err
}
