package tags

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// An id has neither blanks nor commas.
const columns = `t.id, t.name, t.description, t.updated_at, (SELECT count(*) FROM tag_departments n WHERE n.tag_id = t.id),
	COALESCE((SELECT string_agg(l.department_id, ',' ORDER BY l.department_id) FROM tag_departments l WHERE l.tag_id = t.id), '')`

func scan(r db.Row) (t Tag, err error) {
	var departments string
	err = r.Scan(&t.ID, &t.Name, &t.Description, &t.UpdatedAt, &t.NumDepartments, &departments)
	t.Departments = []chat.DepartmentID{}
	for d := range strings.SplitSeq(departments, ",") {
		if d != "" {
			t.Departments = append(t.Departments, chat.DepartmentID(d))
		}
	}
	return t, err
}

func find(ctx context.Context, q db.Querier, tag chat.TagID) (Tag, error) {
	return db.One(ctx, q, scan, `SELECT `+columns+` FROM tags t WHERE t.id = $1`, tag)
}

// view is which tags somebody is shown besides the public ones: all, those of a
// department, or those of his own departments.
type view struct {
	user       chat.UserID
	all        bool
	department chat.DepartmentID
	own        bool
}

// ofUser are the departments a user works in or oversees; $2 is he.
const ofUser = `SELECT a.department_id FROM department_agents a WHERE a.agent_id = $2
	UNION SELECT d.id FROM departments d JOIN unit_monitors m ON m.unit_id = d.unit_id WHERE m.monitor_id = $2`

const matching = ` FROM tags t WHERE ($4 = '' OR lower(t.name) LIKE $4 ESCAPE '\' OR lower(t.description) LIKE $4 ESCAPE '\')
	AND ($1 OR NOT EXISTS (SELECT 1 FROM tag_departments l WHERE l.tag_id = t.id)
	OR EXISTS (SELECT 1 FROM tag_departments l WHERE l.tag_id = t.id AND (l.department_id = $3 OR $5 AND l.department_id IN (` + ofUser + `))))`

func list(ctx context.Context, q db.Querier, v view, f Filter) ([]Tag, int64, error) {
	part := ""
	if f.Text != "" {
		part = "%" + literal.Replace(strings.ToLower(f.Text)) + "%"
	}
	args := []any{v.all, v.user, v.department, part, v.own}
	total, err := db.One(ctx, q, number, `SELECT count(*)`+matching, args...)
	if err != nil {
		return nil, 0, err
	}
	if f.Limit == 0 {
		f.Limit = total
	}
	tags, err := db.All(ctx, q, scan, `SELECT `+columns+matching+` ORDER BY `+f.Sort.Over(sortable)+`t.name, t.id LIMIT $6 OFFSET $7`,
		append(args, f.Limit, f.Offset)...)
	return tags, total, err
}

var sortable = map[string]string{"name": "t.name", "description": "t.description", "numDepartments": "5", "_updatedAt": "t.updated_at"}

// literal makes a searched text mean itself inside LIKE.
var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func number(r db.Row) (n int64, err error) { err = r.Scan(&n); return n, err }

// isHis reports whether the user works in the department or oversees it.
func isHis(ctx context.Context, q db.Querier, u chat.UserID, d chat.DepartmentID) (bool, error) {
	return db.One(ctx, q, func(r db.Row) (yes bool, err error) { return yes, r.Scan(&yes) },
		`SELECT EXISTS (SELECT 1 FROM departments x WHERE x.id = $1 AND x.id IN (`+ofUser+`))`, d, u)
}

// insert adds a tag; false: the name is taken.
func insert(ctx context.Context, tx *db.Tx, t Tag) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO tags (id, name, name_lower, description, updated_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (name_lower) DO NOTHING`, t.ID, t.Name, strings.ToLower(t.Name), t.Description, tx.Now())
	return n == 1, err
}

// update changes a tag; false: the name is another one's.
func update(ctx context.Context, tx *db.Tx, t Tag) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE tags SET name = $2, name_lower = $3, description = $4, updated_at = $5 WHERE id = $1
		AND NOT EXISTS (SELECT 1 FROM tags o WHERE o.name_lower = $3 AND o.id <> $1)`, t.ID, t.Name, strings.ToLower(t.Name), t.Description, tx.Now())
	return n == 1, err
}

// countKnown counts those of the departments that exist or that the tag has already.
func countKnown(ctx context.Context, tx *db.Tx, tag chat.TagID, departments []chat.DepartmentID) (int64, error) {
	args := []any{tag}
	for _, d := range departments {
		args = append(args, d)
	}
	return db.One(ctx, tx, number, `SELECT count(*) FROM (SELECT id FROM departments UNION SELECT department_id FROM tag_departments WHERE tag_id = $1) k
		WHERE k.id IN (`+db.In(len(departments), 2)+`)`, args...)
}

func setDepartments(ctx context.Context, tx *db.Tx, tag chat.TagID, departments []chat.DepartmentID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM tag_departments WHERE tag_id = $1`, tag); err != nil {
		return err
	}
	for _, d := range departments {
		if _, err := tx.Exec(ctx, `INSERT INTO tag_departments (tag_id, department_id) VALUES ($1, $2)`, tag, d); err != nil {
			return err
		}
	}
	return nil
}

func remove(ctx context.Context, tx *db.Tx, tag chat.TagID) error {
	_, err := tx.Exec(ctx, `DELETE FROM tags WHERE id = $1`, tag)
	return err
}

// forget takes a department from the tags that have another one, too.
func forget(ctx context.Context, tx *db.Tx, d chat.DepartmentID) error {
	_, err := tx.Exec(ctx, `DELETE FROM tag_departments WHERE department_id = $1
		AND EXISTS (SELECT 1 FROM tag_departments o WHERE o.tag_id = tag_departments.tag_id AND o.department_id <> $1)`, d)
	return err
}
