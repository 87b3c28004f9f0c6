package mailer

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// listUsers are the active ones with an address who did not unsubscribe.
func listUsers(ctx context.Context, tx *db.Tx, c choice) ([]user, error) {
	if c.active != nil && !*c.active {
		return nil, nil
	}
	return db.All(ctx, tx, func(r db.Row) (u user, err error) { return u, r.Scan(&u.id, &u.name, &u.address) },
		`SELECT u.id, u.name, e.address FROM users u JOIN user_emails e ON e.user_id = u.id AND e.position = (SELECT min(f.position) FROM user_emails f WHERE f.user_id = u.id)
		WHERE u.active AND u.type <> 'bot' AND NOT EXISTS (SELECT 1 FROM mailer_recipients m WHERE m.user_id = u.id AND m.unsubscribed_at > 0)
		AND (CAST($1 AS TEXT) = '' OR u.id = $1) AND (CAST($2 AS TEXT) = '' OR u.username_lower = $2) AND (CAST($3 AS TEXT) = '' OR u.name = $3)
		AND (CAST($4 AS TEXT) = '' OR EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = u.id AND r.role = $4))
		AND (CAST($5 AS TEXT) = '' OR EXISTS (SELECT 1 FROM user_emails g WHERE g.user_id = u.id AND g.address = $5))
		ORDER BY u.id LIMIT $6`, c.id, strings.ToLower(c.username), c.name, c.role, c.address, mostUsers)
}

// tokenOf is the secret of a user's link; fresh becomes it if he has none.
func tokenOf(ctx context.Context, tx *db.Tx, u chat.UserID, fresh string) (string, error) {
	return db.One(ctx, tx, func(r db.Row) (s string, err error) { return s, r.Scan(&s) },
		`INSERT INTO mailer_recipients (user_id, token) VALUES ($1, $2)
		ON CONFLICT (user_id) DO UPDATE SET token = mailer_recipients.token RETURNING token`, u, fresh)
}

func unsubscribeToken(ctx context.Context, tx *db.Tx, token string) (int64, error) {
	return tx.Exec(ctx, `UPDATE mailer_recipients SET unsubscribed_at = CASE WHEN unsubscribed_at = 0 THEN $2 ELSE unsubscribed_at END WHERE token = $1`, token, tx.Now())
}

func unsubscribeUser(ctx context.Context, tx *db.Tx, u chat.UserID, createdAt clock.Instant, own bool, fresh string) error {
	_, err := tx.Exec(ctx, `INSERT INTO mailer_recipients (user_id, token, unsubscribed_at)
		SELECT u.id, $4, $5 FROM users u WHERE u.id = $1 AND ($3 OR u.created_at = $2)
		ON CONFLICT (user_id) DO UPDATE SET unsubscribed_at = excluded.unsubscribed_at`, u, createdAt, own, fresh, tx.Now())
	return err
}
