package db

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// table is one to be dumped or restored: no virtual tables, no generated columns, and
// nothing that triggers make anew of the rows of others.
type table struct {
	name    string
	columns []string
	needs   []string // tables its foreign keys point to
}

// tables lists all tables, each after those it needs.
func (d *DB) tables(ctx context.Context, q Querier) ([]table, error) {
	names, columns, keys := sqliteTables, sqliteColumns, sqliteKeys
	if d.engine == PostgreSQL {
		names, columns, keys = postgresTables, postgresColumns, postgresKeys
	}
	text := func(r Row) (s string, err error) { return s, r.Scan(&s) }
	found, err := All(ctx, q, text, names)
	if err != nil {
		return nil, err
	}
	var all []table
	for _, name := range found {
		t := table{name: name}
		if t.columns, err = All(ctx, q, text, columns, name); err != nil {
			return nil, err
		}
		if t.needs, err = All(ctx, q, text, keys, name); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return byNeed(all)
}

const (
	sqliteTables = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
		AND name NOT LIKE 'sqlite_%' AND name NOT IN ('goose_db_version', 'visitor_days') ORDER BY name`
	sqliteColumns = `SELECT name FROM pragma_table_xinfo($1) WHERE hidden = 0 ORDER BY cid`
	sqliteKeys    = `SELECT DISTINCT "table" FROM pragma_foreign_key_list($1)`

	postgresTables = `SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()
		AND table_type = 'BASE TABLE' AND table_name NOT IN ('goose_db_version', 'visitor_days') ORDER BY table_name`
	postgresColumns = `SELECT column_name::text FROM information_schema.columns WHERE table_schema = current_schema()
		AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`
	postgresKeys = `SELECT DISTINCT t.relname::text FROM pg_constraint c JOIN pg_class t ON t.oid = c.confrelid
		JOIN pg_class s ON s.oid = c.conrelid WHERE c.contype = 'f' AND s.relname = $1
		AND s.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())`
)

// byNeed sorts so that no table stands before one it needs; a table may need itself.
func byNeed(all []table) ([]table, error) {
	var sorted []table
	placed := map[string]bool{}
	for len(sorted) < len(all) {
		before := len(sorted)
		for _, t := range all {
			ready := !slices.ContainsFunc(t.needs, func(n string) bool { return n != t.name && !placed[n] })
			if !placed[t.name] && ready {
				placed[t.name] = true
				sorted = append(sorted, t)
			}
		}
		if len(sorted) == before {
			return nil, fmt.Errorf("tables need one another in a circle; sorted so far: %d of %d", len(sorted), len(all))
		}
	}
	return sorted, nil
}

func quoted(columns []string) string { return `"` + strings.Join(columns, `", "`) + `"` }
