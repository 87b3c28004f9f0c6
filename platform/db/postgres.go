package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

const (
	postgresConns = 16 // of each pool
	postgresTries = 10 // of a transaction that lost against others
)

func (d *DB) openPostgres(ctx context.Context) error {
	config, err := pgx.ParseConfig(d.url)
	if err != nil {
		return errors.New("the PostgreSQL address is malformed") // err would show the password
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "foyer"
	}
	// Two pools: a transaction that also reads outside itself cannot wait for its own connection.
	d.write = postgresPool(config)
	d.read = newReader(postgresPool(config), false)
	d.read.relieve = d.relieve
	d.order = &sequence{lanes: map[string][]*ticket{}}
	return patiently(ctx, d.relieve, func() error { return d.write.PingContext(ctx) })
}

// relieve closes the connections that both pools keep idle, but for one of each.
func (d *DB) relieve() {
	for _, pool := range []*sql.DB{d.write, d.read.pool} {
		pool.SetMaxIdleConns(1)
		pool.SetMaxIdleConns(postgresConns)
	}
}

func postgresPool(config *pgx.ConnConfig) *sql.DB {
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(postgresConns)
	pool.SetMaxIdleConns(postgresConns)
	pool.SetConnMaxIdleTime(time.Minute)
	return pool
}

func (d *DB) inTxPostgres(ctx context.Context, fn func(tx *Tx) error) error {
	var err error
	for range postgresTries {
		if err = d.tryPostgres(ctx, fn); !worthRetrying(err) || ctx.Err() != nil {
			return err
		}
	}
	return fmt.Errorf("gave up after %d tries: %w", postgresTries, err)
}

func (d *DB) tryPostgres(ctx context.Context, fn func(tx *Tx) error) error {
	var conn *sql.Conn
	if err := patiently(ctx, d.relieve, func() (err error) { conn, err = d.write.Conn(ctx); return err }); err != nil {
		return err
	}
	defer conn.Close() // the pool discards a connection whose transaction is still open
	if _, err := conn.ExecContext(ctx, "begin"); err != nil {
		return err
	}
	tx := &Tx{db: d, conn: postgresTx{conn}, now: d.clock.Now()}
	done := false
	defer func() {
		if !done {
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), "rollback")
		}
		d.order.settle(tx, done)
	}()
	if err := fn(tx); err != nil {
		return err
	}
	if err := commit(ctx, conn, tx.last); err != nil {
		return err
	}
	done = true
	return nil
}

// commit sends the last statements and the commit in one round trip.
func commit(ctx context.Context, conn *sql.Conn, last []statement) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	batch := &pgx.Batch{}
	for _, s := range last {
		batch.Queue(s.sql, s.args...)
	}
	batch.Queue("commit")
	return conn.Raw(func(driver any) error {
		return driver.(*stdlib.Conn).Conn().SendBatch(ctx, batch).Close()
	})
}

type postgresTx struct{ conn *sql.Conn }

func (p postgresTx) query(ctx context.Context, sql string, args []any) (*sql.Rows, error) {
	return p.conn.QueryContext(ctx, sql, args...)
}

func (p postgresTx) queryRow(ctx context.Context, sql string, args []any) *sql.Row {
	return p.conn.QueryRowContext(ctx, sql, args...)
}

func (p postgresTx) exec(ctx context.Context, sql string, args []any) (sql.Result, error) {
	return p.conn.ExecContext(ctx, sql, args...)
}
