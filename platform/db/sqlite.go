package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

const readers = 4

func (d *DB) openSQLite(ctx context.Context) error {
	if !filepath.IsAbs(d.path) {
		return errors.New(`a SQLite address needs an absolute path: "sqlite:/var/lib/foyer/foyer.db"`)
	}
	if err := createPrivately(d.path); err != nil {
		return err
	}
	pool, err := sql.Open("sqlite", dsn(d.path)+forWriting)
	if err != nil {
		return err
	}
	pool.SetMaxOpenConns(1)
	conn, err := pool.Conn(ctx)
	if err != nil {
		pool.Close()
		return err
	}
	d.writer = newWriter(d, pool, conn)
	read, err := sql.Open("sqlite", dsn(d.path)+"&_pragma=query_only(1)")
	if err != nil {
		return err
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	d.read = newReader(read, true)
	return read.PingContext(ctx)
}

// forWriting keeps the pages that are written again and again in memory, with what may
// have to be undone of them, and lets the log grow to 16 MiB: its pages are copied into
// the database in the middle of somebody's commit.
const forWriting = "&_pragma=cache_size(-8000)&_pragma=temp_store(MEMORY)&_pragma=wal_autocheckpoint(4000)"

func dsn(path string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?_txlock=immediate&_dqs=0" +
		"&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)"
}

// createPrivately makes the file readable by its owner only; the files SQLite
// puts beside it inherit that.
func createPrivately(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("cannot write the database file: %w", err)
	}
	return f.Close()
}
