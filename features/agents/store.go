package agents

import (
	"cmp"
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
)

// insertAgent makes a user an agent; false: he is one already.
func insertAgent(ctx context.Context, tx *db.Tx, u chat.UserID, to chat.Availability) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO agents (user_id, status_livechat, open_hours, updated_at) VALUES ($1, $2, '', $3)
		ON CONFLICT (user_id) DO NOTHING`, u, to, tx.Now())
	return n > 0, err
}

func removeAgent(ctx context.Context, tx *db.Tx, u chat.UserID) (bool, error) {
	n, err := tx.Exec(ctx, `DELETE FROM agents WHERE user_id = $1`, u)
	return n > 0, err
}

// lockAgent keeps other changes of the agent waiting; false: the user is no agent.
func lockAgent(ctx context.Context, tx *db.Tx, u chat.UserID) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE agents SET updated_at = updated_at WHERE user_id = $1`, u)
	return n > 0, err
}

// userFacts reads what a user's availability follows from; db.ErrNoRows: there is no such user.
func userFacts(ctx context.Context, tx *db.Tx, u chat.UserID) (facts, error) {
	return db.One(ctx, tx, func(r db.Row) (f facts, err error) {
		a := &f.announced
		err = r.Scan(&f.active, &f.statusDefault, &f.agentRole, &f.bot, &f.connected, &f.atKeyboard,
			&a.switched, &a.systemModified, &a.status, &a.connection, &a.ready, &a.open)
		f.switched, f.systemModified = a.switched, a.systemModified
		return f, err
	}, `SELECT u.active, u.status_default,
		EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = u.id AND r.role = 'livechat-agent'),
		u.type = 'bot' OR EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = u.id AND r.role = 'bot'),
		EXISTS (SELECT 1 FROM presence p WHERE p.user_id = u.id AND p.expires_at > $2),
		EXISTS (SELECT 1 FROM presence p WHERE p.user_id = u.id AND p.expires_at > $2 AND p.status = 'online'),
		coalesce(a.status_livechat, ''), coalesce(a.system_modified, false), coalesce(a.status, ''), coalesce(a.status_connection, ''), coalesce(a.ready, false), coalesce(a.open_hours, '')
		FROM users u LEFT JOIN agents a ON a.user_id = u.id WHERE u.id = $1`, u, tx.Now())
}

func saveState(ctx context.Context, tx *db.Tx, u chat.UserID, s state) error {
	_, err := tx.Exec(ctx, `UPDATE agents SET status_livechat = $2, system_modified = $3, status = $4, status_connection = $5, ready = $6, updated_at = $7,
		ready_at = CASE WHEN $6 AND NOT ready THEN $7 ELSE ready_at END, open_hours = $8
		WHERE user_id = $1`, u, s.switched, s.systemModified, s.status, s.connection, s.ready, tx.Now(), s.open)
	return err
}

func insertChange(ctx context.Context, tx *db.Tx, c change, s state) error {
	at := cmp.Or(c.at, tx.Now())
	_, err := tx.Exec(ctx, `INSERT INTO agent_changes (id, user_id, status_livechat, status, cause, by_user, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		id.New(), c.agent, s.switched, s.status, c.cause, c.by, at)
	return err
}

func assigned(ctx context.Context, tx *db.Tx, u chat.AgentID, at clock.Instant) error {
	_, err := tx.Exec(ctx, `UPDATE agents SET last_assign_at = $2 WHERE user_id = $1`, u, at)
	return err
}

func agentIDs(ctx context.Context, q db.Querier) ([]chat.AgentID, error) {
	return db.All(ctx, q, userID, `SELECT user_id FROM agents ORDER BY user_id`)
}

func userID(r db.Row) (u chat.UserID, err error) { err = r.Scan(&u); return u, err }

func flag(r db.Row) (b bool, err error) { err = r.Scan(&b); return b, err }

func number(r db.Row) (n int64, err error) { err = r.Scan(&n); return n, err }

// sessionsLeft reports whether the user is signed in anywhere.
func sessionsLeft(ctx context.Context, tx *db.Tx, u chat.UserID) (bool, error) {
	return db.One(ctx, tx, flag, `SELECT EXISTS (SELECT 1 FROM sessions WHERE user_id = $1 AND expires_at > $2)`, u, tx.Now())
}

// insertLease begins a lease, or takes one again that ran out.
func insertLease(ctx context.Context, tx *db.Tx, conn string, c connection, until clock.Instant) error {
	_, err := tx.Exec(ctx, `INSERT INTO presence (connection_id, user_id, session_id, status, expires_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (connection_id) DO UPDATE SET status = excluded.status, expires_at = excluded.expires_at`, conn, c.user, c.session, c.status, until)
	return err
}

func removeStanding(ctx context.Context, tx *db.Tx, u chat.UserID) error {
	_, err := tx.Exec(ctx, `DELETE FROM presence WHERE connection_id = $1`, standing(u))
	return err
}

// endStanding removes a standing lease whose session ended; false: there was none.
func endStanding(ctx context.Context, tx *db.Tx, u chat.UserID) (bool, error) {
	n, err := tx.Exec(ctx, `DELETE FROM presence WHERE connection_id = $1
		AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = presence.session_id AND s.expires_at > $2)`, standing(u), tx.Now())
	return n > 0, err
}

// renewLeases extends the leases that have not run out and says which those are.
func renewLeases(ctx context.Context, tx *db.Tx, conns []string) ([]string, error) {
	args := []any{tx.Now().Add(lease), tx.Now()}
	for _, c := range conns {
		args = append(args, c)
	}
	return db.All(ctx, tx, func(r db.Row) (c string, err error) { err = r.Scan(&c); return c, err },
		`UPDATE presence SET expires_at = $1 WHERE expires_at > $2 AND connection_id IN (`+db.In(len(conns), 3)+`) RETURNING connection_id`, args...)
}

// shortenLease lets a lease run out sooner; false: there is none.
func shortenLease(ctx context.Context, tx *db.Tx, conn string, until clock.Instant) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE presence SET expires_at = $2 WHERE connection_id = $1 AND expires_at > $2`, conn, until)
	return n > 0, err
}

// nextExpiry is when the first lease runs out, 0 without leases.
func nextExpiry(ctx context.Context, tx *db.Tx) (clock.Instant, error) {
	return db.One(ctx, tx, func(r db.Row) (at clock.Instant, err error) { err = r.Scan(&at); return at, err },
		`SELECT coalesce(min(expires_at), 0) FROM presence`)
}

func setLeaseStatus(ctx context.Context, tx *db.Tx, conn string, p chat.Presence) (chat.UserID, error) {
	return db.One(ctx, tx, userID, `UPDATE presence SET status = $2 WHERE connection_id = $1 RETURNING user_id`, conn, p)
}

// expired lists some users with leases that ran out.
func expired(ctx context.Context, q db.Querier, now clock.Instant) ([]chat.UserID, error) {
	return db.All(ctx, q, userID, `SELECT DISTINCT user_id FROM presence WHERE expires_at <= $1 LIMIT 100`, now)
}

// lastLeaseEnded is when the last of a user's leases that ran out did, or his last change
// if that came after.
func lastLeaseEnded(ctx context.Context, tx *db.Tx, u chat.UserID) (clock.Instant, error) {
	return db.One(ctx, tx, func(r db.Row) (at clock.Instant, err error) { return at, r.Scan(&at) }, `SELECT COALESCE(max(at), 0) FROM (
		SELECT max(expires_at) AS at FROM presence WHERE user_id = $1 AND expires_at <= $2
		UNION ALL SELECT max(at) FROM agent_changes WHERE user_id = $1) x`, u, tx.Now())
}

func removeExpired(ctx context.Context, tx *db.Tx, u chat.UserID, now clock.Instant) error {
	_, err := tx.Exec(ctx, `DELETE FROM presence WHERE user_id = $1 AND expires_at <= $2`, u, now)
	return err
}
