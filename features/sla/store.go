package sla

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

const columns = `id, name, description, minutes, updated_at`

func scan(r db.Row) (p Policy, err error) {
	err = r.Scan(&p.ID, &p.Name, &p.Description, &p.Minutes, &p.UpdatedAt)
	return p, err
}

func findPolicy(ctx context.Context, q db.Querier, policy chat.SLAID) (Policy, error) {
	return db.One(ctx, q, scan, `SELECT `+columns+` FROM sla_policies WHERE id = $1`, policy)
}

func listPolicies(ctx context.Context, q db.Querier, f Filter) ([]Policy, int64, error) {
	const matching = ` FROM sla_policies WHERE ($1 = '' OR name_lower LIKE $1 ESCAPE '\' OR lower(description) LIKE $1 ESCAPE '\')`
	part := ""
	if f.Text != "" {
		part = "%" + literal.Replace(strings.ToLower(f.Text)) + "%"
	}
	total, err := db.One(ctx, q, number, `SELECT count(*)`+matching, part)
	if err != nil {
		return nil, 0, err
	}
	if f.Limit == 0 {
		f.Limit = total
	}
	found, err := db.All(ctx, q, scan, `SELECT `+columns+matching+` ORDER BY `+f.Sort.Over(sortable)+`name, id LIMIT $2 OFFSET $3`, part, f.Limit, f.Offset)
	return found, total, err
}

var sortable = map[string]string{"name": "name", "description": "description", "dueTimeInMinutes": "minutes", "_updatedAt": "updated_at"}

// literal makes a searched text mean itself inside LIKE.
var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func number(r db.Row) (n int64, err error) { err = r.Scan(&n); return n, err }

// takenBy names the field that another policy has already; none is "".
func takenBy(ctx context.Context, tx *db.Tx, p Policy) (string, error) {
	return db.One(ctx, tx, func(r db.Row) (field string, err error) { return field, r.Scan(&field) },
		`SELECT COALESCE((SELECT CASE WHEN name_lower = $2 THEN 'name' ELSE 'dueTimeInMinutes' END FROM sla_policies
		WHERE id <> $1 AND (name_lower = $2 OR minutes = $3) ORDER BY 1 DESC LIMIT 1), '')`, p.ID, strings.ToLower(p.Name), p.Minutes)
}

func insertPolicy(ctx context.Context, tx *db.Tx, p Policy) error {
	_, err := tx.Exec(ctx, `INSERT INTO sla_policies (id, name, name_lower, description, minutes, updated_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		p.ID, p.Name, strings.ToLower(p.Name), p.Description, p.Minutes, p.UpdatedAt)
	return err
}

func updatePolicy(ctx context.Context, tx *db.Tx, p Policy) error {
	_, err := tx.Exec(ctx, `UPDATE sla_policies SET name = $2, name_lower = $3, description = $4, minutes = $5, updated_at = $6 WHERE id = $1`,
		p.ID, p.Name, strings.ToLower(p.Name), p.Description, p.Minutes, p.UpdatedAt)
	return err
}

func removePolicy(ctx context.Context, tx *db.Tx, policy chat.SLAID) error {
	_, err := tx.Exec(ctx, `DELETE FROM sla_policies WHERE id = $1`, policy)
	return err
}
