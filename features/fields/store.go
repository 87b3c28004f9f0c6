package fields

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

const columns = `id, label, scope, visibility, regexp, searchable, type, required, default_value, options, public, updated_at`

func scan(r db.Row) (f chat.CustomField, err error) {
	err = r.Scan(&f.ID, &f.Label, &f.Scope, &f.Visibility, &f.Regexp, &f.Searchable, &f.Type, &f.Required, &f.DefaultValue, &f.Options, &f.Public, &f.UpdatedAt)
	return f, err
}

func find(ctx context.Context, q db.Querier, id chat.FieldID) (chat.CustomField, error) {
	return db.One(ctx, q, scan, `SELECT `+columns+` FROM custom_fields WHERE id = $1`, id)
}

func all(ctx context.Context, q db.Querier) ([]chat.CustomField, error) {
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM custom_fields ORDER BY label, id`)
}

// literal makes a searched text mean itself inside LIKE.
var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

var sortable = map[string]string{"_id": "id", "label": "label", "scope": "scope", "visibility": "visibility", "type": "type", "_updatedAt": "updated_at"}

func list(ctx context.Context, q db.Querier, f Filter) ([]chat.CustomField, int64, error) {
	const matching = ` FROM custom_fields WHERE lower(label) LIKE $1 ESCAPE '\' OR lower(id) LIKE $1 ESCAPE '\'`
	part := "%" + literal.Replace(strings.ToLower(f.Text)) + "%"
	total, err := db.One(ctx, q, func(r db.Row) (n int64, err error) { return n, r.Scan(&n) }, `SELECT count(*)`+matching, part)
	if err != nil {
		return nil, 0, err
	}
	if f.Limit == 0 {
		f.Limit = total
	}
	found, err := db.All(ctx, q, scan, `SELECT `+columns+matching+` ORDER BY `+f.Sort.Over(sortable)+`label, id LIMIT $2 OFFSET $3`, part, f.Limit, f.Offset)
	return found, total, err
}

// insert adds a definition; false: the name is taken.
func insert(ctx context.Context, tx *db.Tx, f chat.CustomField) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO custom_fields (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`,
		f.ID, f.Label, f.Scope, f.Visibility, f.Regexp, f.Searchable, f.Type, f.Required, f.DefaultValue, f.Options, f.Public, f.UpdatedAt)
	return n == 1, err
}

// update changes a definition; false: there is none.
func update(ctx context.Context, tx *db.Tx, f chat.CustomField) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE custom_fields SET label = $2, scope = $3, visibility = $4, regexp = $5, searchable = $6, type = $7, required = $8,
		default_value = $9, options = $10, public = $11, updated_at = $12 WHERE id = $1`,
		f.ID, f.Label, f.Scope, f.Visibility, f.Regexp, f.Searchable, f.Type, f.Required, f.DefaultValue, f.Options, f.Public, f.UpdatedAt)
	return n == 1, err
}

func remove(ctx context.Context, tx *db.Tx, id chat.FieldID) (bool, error) {
	n, err := tx.Exec(ctx, `DELETE FROM custom_fields WHERE id = $1`, id)
	return n == 1, err
}
