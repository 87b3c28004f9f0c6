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
	postgresRuns  = 4  // of what is carried out together
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
	pool := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(alone))
	pool.SetMaxOpenConns(postgresConns)
	pool.SetMaxIdleConns(postgresConns)
	pool.SetConnMaxIdleTime(time.Minute)
	return pool
}

// alone spares a connection the compilation of statements and the start of processes
// that would help it: where the server takes many rows for likely, both last longer than
// reading them.
func alone(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, `SET jit = off; SET max_parallel_workers_per_gather = 0`)
	return err
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
	session := &postgresTx{conn: conn}
	tx := &Tx{db: d, conn: session, now: d.clock.Now()}
	done := false
	defer func() {
		if !done && session.begun {
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), "rollback")
		}
		d.order.settle(tx, done)
	}()
	if err := fn(tx); err != nil {
		return err
	}
	if err := session.commit(ctx, tx.closing()); err != nil {
		return err
	}
	done = true
	return nil
}

// postgresTx is a transaction on a connection. It begins with its first statement,
// in the same round trip.
type postgresTx struct {
	conn  *sql.Conn
	begun bool
}

// commit sends the last statements and the commit in one round trip.
func (p *postgresTx) commit(ctx context.Context, last []statement) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !p.begun && len(last) == 0 {
		return nil
	}
	batch := p.batch()
	for _, s := range last {
		batch.Queue(s.sql, s.args...)
	}
	batch.Queue("commit")
	return p.native(func(conn *pgx.Conn) error { return conn.SendBatch(ctx, batch).Close() })
}

// batch is empty, or begins the transaction.
func (p *postgresTx) batch() *pgx.Batch {
	batch := &pgx.Batch{}
	if !p.begun {
		batch.Queue("begin")
		p.begun = true
	}
	return batch
}

func (p *postgresTx) native(do func(*pgx.Conn) error) error {
	return p.conn.Raw(func(driver any) error { return do(driver.(*stdlib.Conn).Conn()) })
}

func (p *postgresTx) query(ctx context.Context, sql string, args []any) (*sql.Rows, error) {
	if !p.begun {
		if _, err := p.conn.ExecContext(ctx, "begin"); err != nil {
			return nil, err
		}
		p.begun = true
	}
	return p.conn.QueryContext(ctx, sql, args...)
}

func (p *postgresTx) queryRow(ctx context.Context, sql string, args []any) Row {
	return &postgresRow{ctx, p, sql, args}
}

func (p *postgresTx) exec(ctx context.Context, sql string, args []any) (affected int64, err error) {
	err = p.run(ctx, sql, args, func(results pgx.BatchResults) error {
		tag, err := results.Exec()
		affected = tag.RowsAffected()
		return err
	})
	return affected, err
}

// run sends one statement, and the beginning of the transaction before the first.
func (p *postgresTx) run(ctx context.Context, sql string, args []any, read func(pgx.BatchResults) error) error {
	begins := !p.begun
	batch := p.batch()
	batch.Queue(sql, args...)
	return p.native(func(conn *pgx.Conn) error {
		results := conn.SendBatch(ctx, batch)
		if begins {
			if _, err := results.Exec(); err != nil {
				return errors.Join(err, results.Close())
			}
		}
		err := read(results)
		if closed := results.Close(); err == nil {
			err = closed
		}
		return err
	})
}

// postgresRow runs its statement when it is scanned.
type postgresRow struct {
	ctx  context.Context
	tx   *postgresTx
	sql  string
	args []any
}

// Scan implements Row.
func (r *postgresRow) Scan(dest ...any) error {
	return r.tx.run(r.ctx, r.sql, r.args, func(results pgx.BatchResults) error {
		err := results.QueryRow().Scan(dest...)
		if errors.Is(err, pgx.ErrNoRows) {
			return sql.ErrNoRows
		}
		return err
	})
}
