package groups

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// insert writes a group; false: its name is in use.
func insert(ctx context.Context, tx *db.Tx, c chat.Group) (bool, error) {
	if c.CustomFields == nil {
		c.CustomFields = map[string]any{}
	}
	n, err := tx.Exec(ctx, `INSERT INTO user_groups (id, t, name, name_lower, read_only, custom_fields, created_by, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`, c.ID, c.T, c.Name, strings.ToLower(c.Name), c.RO, db.JSON(c.CustomFields), c.U.ID, c.TS)
	return n == 1, err
}

// join makes users of these names members, and the maker if he wants.
func join(ctx context.Context, tx *db.Tx, c chat.RoomID, maker chat.UserID, too bool, usernames []string) error {
	args := []any{c, maker, too}
	for _, name := range usernames {
		args = append(args, strings.ToLower(name))
	}
	others := ""
	if len(usernames) > 0 {
		others = ` OR username_lower IN (` + db.In(len(usernames), 4) + `)`
	}
	_, err := tx.Exec(ctx, `INSERT INTO user_group_members (group_id, user_id) SELECT CAST($1 AS TEXT), id FROM users WHERE id = $2 AND $3`+others, args...)
	return err
}

// figures are what belongs to a group that was just made.
func figures(ctx context.Context, tx *db.Tx, c chat.Group) (msgs int64, last clock.Instant, members int64, username string, err error) {
	err = tx.QueryRow(ctx, `SELECT (SELECT count(*) FROM offline_messages WHERE lower(channel) = $2 AND channel <> ''),
		(SELECT coalesce(max(at), 0) FROM offline_messages WHERE lower(channel) = $2 AND channel <> ''),
		(SELECT count(*) FROM user_group_members WHERE group_id = $1), coalesce((SELECT username FROM users WHERE id = $3), '')`,
		c.ID, strings.ToLower(c.Name), c.U.ID).Scan(&msgs, &last, &members, &username)
	return msgs, last, members, username, err
}

type found struct {
	id      chat.RoomID
	t, name string
}

func find(ctx context.Context, q db.Querier, rid chat.RoomID, lowerName string) (found, error) {
	return db.One(ctx, q, func(r db.Row) (f found, err error) { return f, r.Scan(&f.id, &f.t, &f.name) },
		`SELECT id, t, name FROM user_groups WHERE id = $1 OR CAST($1 AS TEXT) = '' AND name_lower = $2`, rid, lowerName)
}

func remove(ctx context.Context, tx *db.Tx, c chat.RoomID) error {
	_, err := tx.Exec(ctx, `DELETE FROM user_groups WHERE id = $1`, c)
	return err
}
