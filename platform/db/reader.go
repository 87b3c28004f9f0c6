package db

import (
	"context"
	"database/sql"
	"sync"
)

// cacheSize bounds the statements kept prepared; texts with a varying number of
// placeholders must not fill the memory.
const cacheSize = 512

// reader is a pool for reading. On SQLite it keeps statements prepared; on
// PostgreSQL the driver does.
type reader struct {
	pool    *sql.DB
	prepare bool
	relieve func() // PostgreSQL

	mu       sync.RWMutex
	prepared map[string]*sql.Stmt
}

func newReader(pool *sql.DB, prepare bool) *reader {
	return &reader{pool: pool, prepare: prepare, prepared: map[string]*sql.Stmt{}}
}

func (r *reader) query(ctx context.Context, sql string, args []any) (rows *sql.Rows, err error) {
	if s := r.statement(ctx, sql); s != nil {
		return s.QueryContext(ctx, args...)
	}
	if r.relieve == nil {
		return r.pool.QueryContext(ctx, sql, args...)
	}
	err = patiently(ctx, r.relieve, func() error { rows, err = r.pool.QueryContext(ctx, sql, args...); return err })
	return rows, err
}

func (r *reader) queryRow(ctx context.Context, text string, args []any) Row {
	if s := r.statement(ctx, text); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	if r.relieve == nil {
		return r.pool.QueryRowContext(ctx, text, args...)
	}
	var row *sql.Row
	err := patiently(ctx, r.relieve, func() error { row = r.pool.QueryRowContext(ctx, text, args...); return row.Err() })
	if err != nil {
		return failed{err}
	}
	return row
}

// failed is the row of a query that failed.
type failed struct{ error }

// Scan implements Row.
func (f failed) Scan(...any) error { return f.error }

// statement is the prepared statement, or nil where there should be none.
func (r *reader) statement(ctx context.Context, text string) *sql.Stmt {
	if !r.prepare {
		return nil
	}
	r.mu.RLock()
	s, n := r.prepared[text], len(r.prepared)
	r.mu.RUnlock()
	if s != nil || n >= cacheSize {
		return s
	}
	s, err := r.pool.PrepareContext(ctx, positional(text))
	if err != nil {
		return nil // the query itself will say why
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if first := r.prepared[text]; first != nil {
		s.Close()
		return first
	}
	r.prepared[text] = s
	return s
}

func (r *reader) close() error { return r.pool.Close() }
