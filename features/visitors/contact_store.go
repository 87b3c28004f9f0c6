package visitors

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// agentNamed finds an active user with the agent role.
func agentNamed(ctx context.Context, q db.Querier, username string) (chat.AgentID, error) {
	return db.One(ctx, q, func(r db.Row) (a chat.AgentID, err error) { return a, r.Scan(&a) }, `SELECT u.id FROM users u
		JOIN user_roles r ON r.user_id = u.id AND r.role = $2 WHERE u.username_lower = $1 AND u.active`, strings.ToLower(username), chat.RoleAgent)
}

func updateManager(ctx context.Context, tx *db.Tx, visitor chat.VisitorID, manager chat.AgentID) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE visitors SET contact_manager = $2, updated_at = $3 WHERE id = $1 AND contact_manager <> $2`, visitor, manager, tx.Now())
	return n > 0, err
}

// clearManager frees a user's visitors unless he is an agent.
func clearManager(ctx context.Context, tx *db.Tx, u chat.UserID) error {
	_, err := tx.Exec(ctx, `UPDATE visitors SET contact_manager = '', updated_at = $3 WHERE contact_manager = $1 AND contact_manager <> ''
		AND NOT EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = $1 AND r.role = $2)`, u, chat.RoleAgent, tx.Now())
	return err
}

// byAddress finds the latest visitor with the address and the number, where given;
// one of them is.
func byAddress(ctx context.Context, q db.Querier, email, phone string) (chat.Visitor, error) {
	const (
		hasEmail = `v.id IN (SELECT e.visitor_id FROM visitor_emails e WHERE e.address = $1)`
		hasPhone = `v.id IN (SELECT p.visitor_id FROM visitor_phones p WHERE p.number = $1)`
	)
	where, args := hasEmail, []any{email}
	switch {
	case email == "":
		where, args = hasPhone, []any{phone}
	case phone != "":
		where, args = hasEmail+` AND `+strings.Replace(hasPhone, "$1", "$2", 1), []any{email, phone}
	}
	return db.One(ctx, q, scan, `SELECT `+columns+` FROM visitors v WHERE `+where+` ORDER BY v.last_chat_at DESC, v.ts DESC, v.id LIMIT 1`, args...)
}
