package db

import (
	"context"
	"errors"
	"strings"
)

// Schema is the schema as SQL text in a fixed order, for comparing with a golden
// file. SQLite only: there the text is what the migrations said.
func (d *DB) Schema(ctx context.Context) (string, error) {
	if d.engine != SQLite {
		return "", errors.New("the schema's text can be had from SQLite only")
	}
	text := func(r Row) (s string, err error) { return s, r.Scan(&s) }
	all, err := All(ctx, d, text, `SELECT sql FROM sqlite_master
		WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%'
		AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY tbl_name, type DESC, name`)
	if err != nil {
		return "", err
	}
	return strings.Join(all, ";\n") + ";\n", nil
}
