package units

import (
	"context"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

func monitorsOf(ctx context.Context, q db.Querier, unit chat.UnitID) ([]chat.UserID, error) {
	return db.All(ctx, q, userID, `SELECT monitor_id FROM unit_monitors WHERE unit_id = $1 ORDER BY monitor_id`, unit)
}

// setMonitors replaces a unit's monitors and returns those who are none.
func setMonitors(ctx context.Context, tx *db.Tx, unit chat.UnitID, wanted []chat.UserID) (dropped []chat.UserID, err error) {
	if _, err := tx.Exec(ctx, `DELETE FROM unit_monitors WHERE unit_id = $1`, unit); err != nil {
		return nil, err
	}
	for _, u := range wanted {
		n, err := tx.Exec(ctx, `INSERT INTO unit_monitors (unit_id, monitor_id, updated_at)
			SELECT $1, u.id, $4 FROM users u JOIN user_roles r ON r.user_id = u.id AND r.role = $3 WHERE u.id = $2 AND u.active
			ON CONFLICT (unit_id, monitor_id) DO UPDATE SET updated_at = excluded.updated_at`, unit, u, chat.RoleMonitor, tx.Now())
		if err != nil {
			return nil, err
		}
		if n == 0 && !slices.Contains(dropped, u) {
			dropped = append(dropped, u)
		}
	}
	return dropped, nil
}

// leave ends a user's links to units unless he still is an active monitor.
func leave(ctx context.Context, tx *db.Tx, u chat.UserID) error {
	_, err := tx.Exec(ctx, `DELETE FROM unit_monitors WHERE monitor_id = $1 AND NOT EXISTS (SELECT 1 FROM users u
		JOIN user_roles r ON r.user_id = u.id AND r.role = $2 WHERE u.id = $1 AND u.active)`, u, chat.RoleMonitor)
	return err
}

func links(ctx context.Context, q db.Querier, unit chat.UnitID) ([]Link, error) {
	return db.All(ctx, q, func(r db.Row) (l Link, err error) {
		err = r.Scan(&l.UnitID, &l.MonitorID, &l.Username, &l.UpdatedAt)
		l.ID = string(l.UnitID) + ":" + string(l.MonitorID)
		return l, err
	}, `SELECT m.unit_id, m.monitor_id, u.username, m.updated_at FROM unit_monitors m JOIN users u ON u.id = m.monitor_id
		WHERE m.unit_id = $1 ORDER BY u.username_lower`, unit)
}

// monitorColumns need now as $3; an agent's presence is what was last announced of him.
const monitorColumns = `u.id, u.username, u.name, COALESCE(NULLIF(a.status, ''), (SELECT CASE WHEN u.status_default <> 'online' THEN u.status_default
	ELSE max(p.status) END FROM presence p WHERE p.user_id = u.id AND p.expires_at > $3 HAVING count(*) > 0), 'offline'),
	COALESCE(a.status_livechat, ''), COALESCE(a.max_chats, 0), COALESCE((SELECT string_agg(CASE WHEN e.verified THEN '1' ELSE '0' END || e.address, ' ' ORDER BY e.position)
	FROM user_emails e WHERE e.user_id = u.id), '')`

func scanMonitor(r db.Row) (m Monitor, err error) {
	var emails string
	err = r.Scan(&m.ID, &m.Username, &m.Name, &m.Status, &m.StatusLivechat, &m.Livechat.MaxChats, &emails)
	for _, e := range strings.Fields(emails) {
		m.Emails = append(m.Emails, chat.UserEmail{Address: e[1:], Verified: e[0] == '1'})
	}
	return m, err
}

const monitors = ` FROM users u JOIN user_roles r ON r.user_id = u.id AND r.role = $1 LEFT JOIN agents a ON a.user_id = u.id WHERE u.active`

func listMonitors(ctx context.Context, q db.Querier, f Filter, now clock.Instant) ([]Monitor, int64, error) {
	const matching = monitors + ` AND ($2 = '' OR u.username_lower LIKE $2 ESCAPE '\' OR lower(u.name) LIKE $2 ESCAPE '\'
		OR EXISTS (SELECT 1 FROM user_emails e WHERE e.user_id = u.id AND e.address LIKE $2 ESCAPE '\'))`
	args := []any{chat.RoleMonitor, part(f.Text)}
	total, err := db.One(ctx, q, number, `SELECT count(*)`+matching, args...)
	if err != nil {
		return nil, 0, err
	}
	if f.Limit == 0 {
		f.Limit = total
	}
	found, err := db.All(ctx, q, scanMonitor, `SELECT `+monitorColumns+matching+` ORDER BY `+f.Sort.Over(monitorOrders)+`u.name, u.username, u.id LIMIT $4 OFFSET $5`,
		append(args, now, f.Limit, f.Offset)...)
	return found, total, err
}

var monitorOrders = map[string]string{"name": "u.name", "username": "u.username", "_updatedAt": "u.updated_at", "statusLivechat": "a.status_livechat"}

func findMonitor(ctx context.Context, q db.Querier, username string, now clock.Instant) (Monitor, error) {
	return db.One(ctx, q, scanMonitor, `SELECT `+monitorColumns+monitors+` AND u.username_lower = $2`, chat.RoleMonitor, strings.ToLower(username), now)
}

func byUsername(ctx context.Context, q db.Querier, username string) (chat.User, error) {
	return db.One(ctx, q, func(r db.Row) (u chat.User, err error) { return u, r.Scan(&u.ID, &u.Username) },
		`SELECT id, username FROM users WHERE username_lower = $1`, strings.ToLower(username))
}

func rolesOf(ctx context.Context, q db.Querier, u chat.UserID) ([]string, error) {
	return db.All(ctx, q, func(r db.Row) (role string, err error) { return role, r.Scan(&role) },
		`SELECT role FROM user_roles WHERE user_id = $1 ORDER BY role`, u)
}
