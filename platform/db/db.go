// Package db is the database: one SQL text on SQLite and PostgreSQL,
// transactions, events and jobs saved with the change they belong to, migrations
// and backups.
//
// On SQLite all writers go through one goroutine that commits many waiting
// transactions together; on PostgreSQL each is its own transaction. Nobody is
// answered before the commit is durable. The package has no query builder and
// maps no objects: SQL stands in the stores of the features.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/foyerchat/foyer/platform/clock"
)

// Engine is the kind of database server behind a DB.
type Engine string

// The engines.
const (
	SQLite     Engine = "sqlite"
	PostgreSQL Engine = "postgresql"
)

// ErrNoRows is what One returns when the query found nothing.
var ErrNoRows = sql.ErrNoRows

// ErrClosed is what a write returns after Close.
var ErrClosed = errors.New("the database is closed")

// Options are what a DB needs besides its address; zero values are the system's
// clock and a silent log.
type Options struct {
	Clock clock.Clock
	Log   *slog.Logger
}

// Querier is what both a DB and a Tx can do: read.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) Row
}

// DB is an open database.
type DB struct {
	engine Engine
	url    string
	path   string // SQLite's file
	clock  clock.Clock
	log    *slog.Logger

	read   *reader
	writer *writer // SQLite
	write  *sql.DB // PostgreSQL

	after *dispatcher
	order *sequence // PostgreSQL
}

// Open opens the database at "sqlite:/abs/foyer.db" (creating the file) or
// "postgres://…". It does not migrate.
func Open(ctx context.Context, url string, o Options) (*DB, error) {
	if o.Clock == nil {
		o.Clock = clock.System
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	d := &DB{url: url, clock: o.Clock, log: o.Log, after: newDispatcher(o.Log)}
	open, err := d.opener()
	if err == nil {
		err = open(ctx)
	}
	if err != nil {
		d.Close()
		return nil, fmt.Errorf("open database: %w", err)
	}
	return d, nil
}

func (d *DB) opener() (func(context.Context) error, error) {
	if path, ok := strings.CutPrefix(d.url, "sqlite:"); ok {
		d.engine, d.path = SQLite, path
		return d.openSQLite, nil
	}
	if strings.HasPrefix(d.url, "postgres://") || strings.HasPrefix(d.url, "postgresql://") {
		d.engine = PostgreSQL
		return d.openPostgres, nil
	}
	return nil, errors.New(`the address must begin with "sqlite:" or "postgres://"`)
}

// Engine says which engine this is.
func (d *DB) Engine() Engine { return d.engine }

// Parallel is how many runs of Together are worth having under way at once: on SQLite one
// transaction commits at a time, on PostgreSQL nobody waits for another's commit.
func (d *DB) Parallel() int {
	if d.engine == SQLite {
		return 1
	}
	return postgresRuns
}

// Clock is the clock the database was opened with.
func (d *DB) Clock() clock.Clock { return d.clock }

// Close answers the writers that wait with ErrClosed, runs the after-commit
// hooks that are due and closes the connections.
func (d *DB) Close() error {
	var errs []error
	if d.writer != nil {
		errs = append(errs, d.writer.close())
	}
	if d.write != nil {
		errs = append(errs, d.write.Close())
	}
	d.after.close()
	if d.read != nil {
		errs = append(errs, d.read.close())
	}
	return errors.Join(errs...)
}

// Query reads committed data, outside of any transaction.
func (d *DB) Query(ctx context.Context, sql string, args ...any) (*sql.Rows, error) {
	return d.read.query(ctx, sql, args)
}

// QueryRow reads one row of committed data, outside of any transaction.
func (d *DB) QueryRow(ctx context.Context, sql string, args ...any) Row {
	return d.read.queryRow(ctx, sql, args)
}

// InTx runs fn in a transaction and returns once it is durable. An error or a
// panic of fn undoes everything it wrote and comes back to the caller. fn may run
// more than once on PostgreSQL, must not talk to the network and must not call
// InTx again.
func (d *DB) InTx(ctx context.Context, fn func(tx *Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if d.engine == SQLite {
		return d.writer.do(ctx, fn)
	}
	return d.inTxPostgres(ctx, fn)
}

// Writable reports whether a write would succeed now, without leaving a trace.
func (d *DB) Writable(ctx context.Context) error {
	return d.InTx(ctx, func(tx *Tx) error {
		_, err := tx.Exec(ctx, `UPDATE counters SET value = value WHERE name = ''`)
		return err
	})
}
