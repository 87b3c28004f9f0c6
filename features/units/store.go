package units

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

const columns = `u.id, u.name, u.visibility, u.updated_at,
	(SELECT count(*) FROM unit_monitors m WHERE m.unit_id = u.id), (SELECT count(*) FROM departments d WHERE d.unit_id = u.id)`

func scan(r db.Row) (u Unit, err error) {
	err = r.Scan(&u.ID, &u.Name, &u.Visibility, &u.UpdatedAt, &u.NumMonitors, &u.NumDepartments)
	u.Type = "u"
	return u, err
}

// seenBy are the units an actor ($1) may list and edit; $2: he may all.
const seenBy = ` FROM units u WHERE ($2 OR u.visibility <> 'private' OR u.created_by = $1
	OR EXISTS (SELECT 1 FROM unit_monitors m WHERE m.unit_id = u.id AND m.monitor_id = $1))`

func seesAll(a chat.Actor) bool {
	return a.User == chat.SystemUserID || chat.User{Roles: a.Roles}.HasRole(chat.RoleAdmin)
}

func find(ctx context.Context, q db.Querier, by chat.Actor, unit chat.UnitID) (Unit, error) {
	return db.One(ctx, q, scan, `SELECT `+columns+seenBy+` AND u.id = $3`, by.User, seesAll(by), unit)
}

func list(ctx context.Context, q db.Querier, by chat.Actor, f Filter) ([]Unit, int64, error) {
	const matching = seenBy + ` AND ($3 = '' OR u.name_lower LIKE $3 ESCAPE '\')`
	args := []any{by.User, seesAll(by), part(f.Text)}
	total, err := db.One(ctx, q, number, `SELECT count(*)`+matching, args...)
	if err != nil {
		return nil, 0, err
	}
	if f.Limit == 0 {
		f.Limit = total
	}
	units, err := db.All(ctx, q, scan, `SELECT `+columns+matching+` ORDER BY `+f.Sort.Over(sortable)+`u.name, u.id LIMIT $4 OFFSET $5`,
		append(args, f.Limit, f.Offset)...)
	return units, total, err
}

var sortable = map[string]string{"name": "u.name", "visibility": "u.visibility", "_updatedAt": "u.updated_at", "numMonitors": "5", "numDepartments": "6"}

// literal makes a searched text mean itself inside LIKE.
var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// part is the pattern of what contains the text; nothing searched is "".
func part(text string) string {
	if text == "" {
		return ""
	}
	return "%" + literal.Replace(strings.ToLower(text)) + "%"
}

func number(r db.Row) (n int64, err error) { err = r.Scan(&n); return n, err }

func flag(r db.Row) (b bool, err error) { err = r.Scan(&b); return b, err }

func userID(r db.Row) (u chat.UserID, err error) { err = r.Scan(&u); return u, err }

// insert adds a unit; false: the name is taken.
func insert(ctx context.Context, tx *db.Tx, u Unit, by chat.UserID) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO units (id, name, name_lower, visibility, created_by, updated_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (name_lower) DO NOTHING`, u.ID, u.Name, strings.ToLower(u.Name), u.Visibility, by, tx.Now())
	return n == 1, err
}

// update changes a unit; false: the name is another one's.
func update(ctx context.Context, tx *db.Tx, u Unit) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE units SET name = $2, name_lower = $3, visibility = $4, updated_at = $5 WHERE id = $1
		AND NOT EXISTS (SELECT 1 FROM units o WHERE o.name_lower = $3 AND o.id <> $1)`, u.ID, u.Name, strings.ToLower(u.Name), u.Visibility, tx.Now())
	return n == 1, err
}

// remove deletes the unit and with it its monitors' links.
func remove(ctx context.Context, tx *db.Tx, unit chat.UnitID) error {
	_, err := tx.Exec(ctx, `DELETE FROM units WHERE id = $1`, unit)
	return err
}

// exist reports whether there is any unit.
func exist(ctx context.Context, q db.Querier) (bool, error) {
	return db.One(ctx, q, flag, `SELECT EXISTS (SELECT 1 FROM units)`)
}
