package canned

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

const columns = `c.id, c.shortcut, c.text, c.scope, c.department_id, c.tags, c.user_id, c.created_by, c.creator, c.created_at, c.updated_at`

func scan(row db.Row) (r Response, err error) {
	err = row.Scan(&r.ID, &r.Shortcut, &r.Text, &r.Scope, &r.DepartmentID, db.JSON(&r.Tags), &r.UserID, &r.CreatedBy.ID, &r.CreatedBy.Username, &r.CreatedAt, &r.UpdatedAt)
	return r, err
}

// ofUser are the departments a user works in or oversees; $1 is he.
const ofUser = `SELECT a.department_id FROM department_agents a WHERE a.agent_id = $1
	UNION SELECT d.id FROM departments d JOIN unit_monitors m ON m.unit_id = d.unit_id WHERE m.monitor_id = $1`

// forUse is what $1 may put into a message, visible what he may look at; $2: he sees
// those of all departments.
const (
	forUse  = `(c.scope = 'global' OR c.user_id = $1 OR c.scope = 'department' AND ($2 OR c.department_id IN (` + ofUser + `)))`
	visible = `($2 OR ` + forUse + `)`
)

func departmentsOf(ctx context.Context, q db.Querier, u chat.UserID) (map[chat.DepartmentID]bool, error) {
	all, err := db.All(ctx, q, func(r db.Row) (d chat.DepartmentID, err error) { return d, r.Scan(&d) }, ofUser, u)
	his := map[chat.DepartmentID]bool{}
	for _, d := range all {
		his[d] = true
	}
	return his, err
}

func departmentExists(ctx context.Context, q db.Querier, d chat.DepartmentID) (bool, error) {
	return db.One(ctx, q, func(r db.Row) (yes bool, err error) { return yes, r.Scan(&yes) }, `SELECT EXISTS (SELECT 1 FROM departments WHERE id = $1)`, d)
}

func usable(ctx context.Context, q db.Querier, u chat.UserID, all bool) ([]Response, error) {
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM canned_responses c WHERE `+forUse+`
		ORDER BY c.shortcut, CASE c.scope WHEN 'user' THEN 0 WHEN 'department' THEN 1 ELSE 2 END, c.id`, u, all)
}

func find(ctx context.Context, q db.Querier, u chat.UserID, all bool, rid chat.CannedID) (Response, error) {
	return db.One(ctx, q, scan, `SELECT `+columns+` FROM canned_responses c WHERE `+visible+` AND c.id = $3`, u, all, rid)
}

// literal makes a searched text mean itself inside LIKE.
var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

var sortable = map[string]string{"shortcut": "c.shortcut", "text": "c.text", "scope": "c.scope", "createdBy": "c.creator", "createdBy.username": "c.creator",
	"_createdAt": "c.created_at", "_updatedAt": "c.updated_at", "tags": "c.tags"}

func list(ctx context.Context, q db.Querier, u chat.UserID, all bool, f Filter) ([]Response, int64, error) {
	where, args := []string{visible}, []any{u, all}
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	if f.Shortcut != "" {
		where = append(where, `c.shortcut = `+arg(f.Shortcut))
	}
	if f.Text != "" {
		where = append(where, `c.search LIKE `+arg("%"+literal.Replace(strings.ToLower(f.Text))+"%")+` ESCAPE '\'`)
	}
	if f.Scope != "" {
		where = append(where, `c.scope = `+arg(f.Scope))
	}
	if f.Department != "" {
		where = append(where, `c.department_id = `+arg(f.Department))
	}
	if f.CreatedBy != "" {
		where = append(where, `c.created_by = `+arg(f.CreatedBy))
	}
	var tagged []string
	for _, t := range f.Tags {
		tagged = append(tagged, `replace(c.tags, `+arg(quoted(t))+`, '') <> c.tags`)
	}
	if len(tagged) > 0 {
		where = append(where, `(`+strings.Join(tagged, " OR ")+`)`)
	}
	matching := ` FROM canned_responses c WHERE ` + strings.Join(where, " AND ")
	total, err := db.One(ctx, q, func(r db.Row) (n int64, err error) { return n, r.Scan(&n) }, `SELECT count(*)`+matching, args...)
	if err != nil {
		return nil, 0, err
	}
	if f.Limit == 0 {
		f.Limit = total
	}
	found, err := db.All(ctx, q, scan, `SELECT `+columns+matching+` ORDER BY `+f.Sort.Over(sortable)+`c.shortcut, c.id LIMIT `+arg(f.Limit)+` OFFSET `+arg(f.Offset), args...)
	return found, total, err
}

// quoted is a text as it stands in stored JSON.
func quoted(s string) string {
	b, _ := json.Marshal(s) // a text always marshals
	return string(b)
}

// searched is what a search looks in.
func searched(r Response) string { return strings.ToLower(r.Shortcut + "\n" + r.Text) }

func insert(ctx context.Context, tx *db.Tx, r Response) error {
	_, err := tx.Exec(ctx, `INSERT INTO canned_responses (id, shortcut, text, search, scope, department_id, user_id, tags, created_by, creator, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)`,
		r.ID, r.Shortcut, r.Text, searched(r), r.Scope, r.DepartmentID, r.UserID, db.JSON(r.Tags), r.CreatedBy.ID, r.CreatedBy.Username, tx.Now())
	return err
}

func update(ctx context.Context, tx *db.Tx, r Response) error {
	_, err := tx.Exec(ctx, `UPDATE canned_responses SET shortcut = $2, text = $3, search = $4, scope = $5, department_id = $6, user_id = $7, tags = $8, updated_at = $9 WHERE id = $1`,
		r.ID, r.Shortcut, r.Text, searched(r), r.Scope, r.DepartmentID, r.UserID, db.JSON(r.Tags), tx.Now())
	return err
}

func remove(ctx context.Context, tx *db.Tx, rid chat.CannedID) error {
	_, err := tx.Exec(ctx, `DELETE FROM canned_responses WHERE id = $1`, rid)
	return err
}

func taggedWith(ctx context.Context, q db.Querier, name string) ([]Response, error) {
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM canned_responses c WHERE replace(c.tags, $1, '') <> c.tags`, quoted(name))
}

func setTags(ctx context.Context, tx *db.Tx, rid chat.CannedID, tags []string) error {
	_, err := tx.Exec(ctx, `UPDATE canned_responses SET tags = $2, updated_at = $3 WHERE id = $1`, rid, db.JSON(tags), tx.Now())
	return err
}

// removeOf removes those of a department that is no more.
func removeOf(ctx context.Context, tx *db.Tx, d chat.DepartmentID) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM canned_responses WHERE department_id = $1 AND NOT EXISTS (SELECT 1 FROM departments WHERE id = $1)`, d)
}

// removeOwn removes those of somebody who has no account any more.
func removeOwn(ctx context.Context, tx *db.Tx, u chat.UserID) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM canned_responses WHERE user_id = $1 AND NOT EXISTS (SELECT 1 FROM users WHERE id = $1)`, u)
}
