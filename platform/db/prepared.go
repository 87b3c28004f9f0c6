package db

import (
	"context"
	"database/sql"
)

// prepared runs statements on SQLite's one writing connection and keeps them
// prepared. It never passes the caller's context on: a cancelled request must not
// interrupt the transaction it shares with others.
type prepared struct {
	conn *sql.Conn
	all  map[string]*sql.Stmt
	open []openRows
}

type openRows struct {
	sql  string
	rows *sql.Rows
}

func newPrepared(conn *sql.Conn) *prepared {
	return &prepared{conn: conn, all: map[string]*sql.Stmt{}}
}

func (p *prepared) query(_ context.Context, text string, args []any) (rows *sql.Rows, err error) {
	s := p.statement(text)
	if s == nil || p.inUse(text) {
		rows, err = p.conn.QueryContext(context.Background(), text, args...)
	} else {
		rows, err = s.QueryContext(context.Background(), args...)
	}
	if err == nil {
		p.open = append(p.open, openRows{text, rows})
	}
	return rows, err
}

func (p *prepared) queryRow(_ context.Context, text string, args []any) Row {
	if s := p.statement(text); s != nil && !p.inUse(text) {
		return s.QueryRowContext(context.Background(), args...)
	}
	return p.conn.QueryRowContext(context.Background(), text, args...)
}

func (p *prepared) exec(_ context.Context, text string, args []any) (int64, error) {
	res, err := p.result(text, args)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (p *prepared) result(text string, args []any) (sql.Result, error) {
	if s := p.statement(text); s != nil && !p.inUse(text) {
		return s.ExecContext(context.Background(), args...)
	}
	return p.conn.ExecContext(context.Background(), text, args...)
}

func (p *prepared) run(text string) error {
	_, err := p.exec(context.Background(), text, nil)
	return err
}

func (p *prepared) statement(text string) *sql.Stmt {
	s := p.all[text]
	if s != nil || len(p.all) >= cacheSize {
		return s
	}
	s, err := p.conn.PrepareContext(context.Background(), positional(text))
	if err != nil {
		return nil // running it will say why
	}
	p.all[text] = s
	return s
}

// inUse reports whether the statement's rows are still being read: it cannot
// run a second time meanwhile.
func (p *prepared) inUse(text string) bool {
	for _, o := range p.open {
		if o.sql != text {
			continue
		}
		if _, err := o.rows.Columns(); err == nil {
			return true
		}
	}
	return false
}

// closeRows closes what a transaction left open; an unfinished statement would
// hold up the commit of everybody.
func (p *prepared) closeRows() {
	for i, o := range p.open {
		o.rows.Close()
		p.open[i] = openRows{}
	}
	p.open = p.open[:0]
}

func (p *prepared) close() {
	for _, s := range p.all {
		s.Close()
	}
}
