package accounts

import (
	"context"
	"errors"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// selectUser reads a user with everything that belongs to him; $1 is now. An
// agent's presence is what features/agents last announced; anybody else's comes
// from his live connections.
const selectUser = `SELECT u.id, u.username, u.name, u.type, u.active, u.status_default, u.status_text, u.language,
  u.utc_offset, u.preferences, u.created_at, u.updated_at,
  COALESCE((SELECT string_agg(r.role, ' ' ORDER BY r.role) FROM user_roles r WHERE r.user_id = u.id), ''),
  COALESCE((SELECT string_agg(CASE WHEN e.verified THEN '1' ELSE '0' END || e.address, ' ' ORDER BY e.position)
    FROM user_emails e WHERE e.user_id = u.id), ''),
  COALESCE(a.status_livechat, ''), COALESCE(a.open_hours, ''), COALESCE(a.status, ''), COALESCE(a.status_connection, ''),
  COALESCE((SELECT MAX(p.status) FROM presence p WHERE p.user_id = u.id AND p.expires_at > $1), 'offline')
  FROM users u LEFT JOIN agents a ON a.user_id = u.id `

func scanUser(r db.Row) (chat.User, error) {
	var u chat.User
	var roles, emails string
	var status, connection, live chat.Presence
	var minutes int64
	preferences := map[string]any{}
	err := r.Scan(&u.ID, &u.Username, &u.Name, &u.Type, &u.Active, &u.StatusDefault, &u.StatusText, &u.Language,
		&minutes, db.JSON(&preferences), &u.CreatedAt, &u.UpdatedAt, &roles, &emails, &u.StatusLivechat, db.JSON(&u.OpenHours), &status, &connection, &live)
	if err != nil {
		return chat.User{}, err
	}
	u.UTCOffset = float64(minutes) / 60
	u.Roles = strings.Fields(roles)
	for _, e := range strings.Fields(emails) {
		u.Emails = append(u.Emails, chat.UserEmail{Address: e[1:], Verified: e[0] == '1'})
	}
	u.Settings = &chat.UserSettings{Preferences: preferences}
	if u.Status, u.StatusConnection = status, connection; status == "" {
		u.Status, u.StatusConnection = presenceOf(live, u.StatusDefault), live
	}
	return u, nil
}

// presenceOf is what a user shows who is no agent: his own choice as long as he is connected.
func presenceOf(live, chosen chat.Presence) chat.Presence {
	if live == chat.Offline || chosen == chat.Online || chosen == "" {
		return live
	}
	return chosen
}

func findUser(ctx context.Context, q db.Querier, now clock.Instant, id chat.UserID) (chat.User, error) {
	return db.One(ctx, q, scanUser, selectUser+`WHERE u.id = $2`, now, id)
}

func findByUsername(ctx context.Context, q db.Querier, now clock.Instant, username string) (chat.User, error) {
	return db.One(ctx, q, scanUser, selectUser+`WHERE u.username_lower = $2`, now, strings.ToLower(username))
}

func findByEmail(ctx context.Context, q db.Querier, now clock.Instant, address string) (chat.User, error) {
	return db.One(ctx, q, scanUser, selectUser+`JOIN user_emails m ON m.user_id = u.id WHERE m.address = $2`, now, strings.ToLower(address))
}

func listUsers(ctx context.Context, q db.Querier, now clock.Instant, count, offset int) ([]chat.User, error) {
	return db.All(ctx, q, scanUser, selectUser+`ORDER BY u.username_lower LIMIT $2 OFFSET $3`, now, count, offset)
}

func countUsers(ctx context.Context, q db.Querier) (n int, err error) {
	return n, q.QueryRow(ctx, `SELECT COUNT(*) FROM users`).Scan(&n)
}

// countPeople counts users that are no bots.
func countPeople(ctx context.Context, q db.Querier) (n int, err error) {
	return n, q.QueryRow(ctx, `SELECT COUNT(*) FROM users WHERE type <> 'bot'`).Scan(&n)
}

// countOtherAdmins counts the active administrators besides this user.
func countOtherAdmins(ctx context.Context, q db.Querier, id chat.UserID) (n int, err error) {
	return n, q.QueryRow(ctx, `SELECT COUNT(*) FROM users u JOIN user_roles r ON r.user_id = u.id AND r.role = $1
		WHERE u.active AND u.id <> $2`, chat.RoleAdmin, id).Scan(&n)
}

// secretOf is what signing in needs of a user.
type secretOf struct {
	id     chat.UserID
	hash   string
	active bool
}

// findSecret finds by username or, failing that, by address; nobody is the zero value.
func findSecret(ctx context.Context, q db.Querier, login string) (s secretOf, err error) {
	login = strings.ToLower(login)
	err = q.QueryRow(ctx, `SELECT u.id, u.password_hash, u.active FROM users u WHERE u.username_lower = $1
		OR u.id = (SELECT e.user_id FROM user_emails e WHERE e.address = $1)
		ORDER BY CASE WHEN u.username_lower = $1 THEN 0 ELSE 1 END LIMIT 1`, login).Scan(&s.id, &s.hash, &s.active)
	if errors.Is(err, db.ErrNoRows) {
		return secretOf{}, nil
	}
	return s, err
}

// insertUser writes the user; false: the username or the id is taken.
func insertUser(ctx context.Context, tx *db.Tx, u chat.User, hash string) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO users (id, username, username_lower, name, type, active, password_hash,
		status_text, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) ON CONFLICT DO NOTHING`,
		u.ID, u.Username, strings.ToLower(u.Username), u.Name, u.Type, u.Active, hash, u.StatusText, tx.Now())
	return n == 1, err
}

// insertEmail writes one address; false: it is taken.
func insertEmail(ctx context.Context, tx *db.Tx, id chat.UserID, e chat.UserEmail, position int) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO user_emails (address, user_id, position, verified) VALUES ($1, $2, $3, $4)
		ON CONFLICT DO NOTHING`, strings.ToLower(e.Address), id, position, e.Verified)
	return n == 1, err
}

func deleteUser(ctx context.Context, tx *db.Tx, id chat.UserID) error {
	_, err := tx.Exec(ctx, `DELETE FROM users WHERE id = $1`, id)
	return err
}

func updateActive(ctx context.Context, tx *db.Tx, id chat.UserID, active bool) error {
	_, err := tx.Exec(ctx, `UPDATE users SET active = $2, updated_at = $3 WHERE id = $1`, id, active, tx.Now())
	return err
}

func updatePassword(ctx context.Context, tx *db.Tx, id chat.UserID, hash string) error {
	_, err := tx.Exec(ctx, `UPDATE users SET password_hash = $2, updated_at = $3 WHERE id = $1`, id, hash, tx.Now())
	return err
}

// rehash renews the stored form unless the password changed meanwhile.
func rehash(ctx context.Context, tx *db.Tx, id chat.UserID, old, renewed string) error {
	_, err := tx.Exec(ctx, `UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2`, id, old, renewed)
	return err
}

func updateStatus(ctx context.Context, tx *db.Tx, id chat.UserID, status chat.Presence, text string) error {
	_, err := tx.Exec(ctx, `UPDATE users SET status_default = $2, status_text = $3, updated_at = $4 WHERE id = $1`, id, status, text, tx.Now())
	return err
}

func updatePreferences(ctx context.Context, tx *db.Tx, u chat.User) error {
	_, err := tx.Exec(ctx, `UPDATE users SET preferences = $2, language = $3, updated_at = $4 WHERE id = $1`,
		u.ID, db.JSON(u.Settings.Preferences), u.Language, tx.Now())
	return err
}

// insertRole gives the role; false: the user has it already.
func insertRole(ctx context.Context, tx *db.Tx, id chat.UserID, role string) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO user_roles (user_id, role) VALUES ($1, $2) ON CONFLICT DO NOTHING`, id, role)
	return n == 1, err
}

// deleteRole takes the role; false: the user had it not.
func deleteRole(ctx context.Context, tx *db.Tx, id chat.UserID, role string) (bool, error) {
	n, err := tx.Exec(ctx, `DELETE FROM user_roles WHERE user_id = $1 AND role = $2`, id, role)
	return n == 1, err
}

// updateUser writes what a user is called; false: the username is another one's.
func updateUser(ctx context.Context, tx *db.Tx, id chat.UserID, n NewUser) (bool, error) {
	changed, err := tx.Exec(ctx, `UPDATE users SET username = $2, username_lower = $3, name = $4, status_text = $5, updated_at = $6 WHERE id = $1
		AND NOT EXISTS (SELECT 1 FROM users o WHERE o.username_lower = $3 AND o.id <> $1)`, id, n.Username, strings.ToLower(n.Username), n.Name, n.StatusText, tx.Now())
	return changed == 1, err
}

func deleteEmail(ctx context.Context, tx *db.Tx, id chat.UserID, address string) error {
	_, err := tx.Exec(ctx, `DELETE FROM user_emails WHERE user_id = $1 AND address = $2`, id, strings.ToLower(address))
	return err
}
