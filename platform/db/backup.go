package db

import (
	"bufio"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/foyerchat/foyer/platform/clock"
)

// A backup is gzipped JSON lines that both engines read and write: a header, then
// for every table its header and one array a row, then the end with the counts.
const (
	backupFormat = "foyer-backup"
	backupLayout = 1
)

type backupHeader struct {
	Format string        `json:"format"`
	Layout int           `json:"layout"`
	Schema int64         `json:"schema"` // the newest migration applied
	Engine Engine        `json:"engine"`
	At     clock.Instant `json:"at"`
}

type tableHeader struct {
	Table   string   `json:"table"`
	Columns []string `json:"columns"`
}

type backupEnd struct {
	Rows map[string]int64 `json:"rows"` // of every table
}

// Backup writes the whole database, as it is at one instant, to a file that
// Restore reads into either engine. It may run while others write. The file
// appears when it is complete and is readable by its owner only.
func (d *DB) Backup(ctx context.Context, file string) (err error) {
	f, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*.part")
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if err := d.backupTo(ctx, f); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return os.Rename(f.Name(), file)
}

func (d *DB) backupTo(ctx context.Context, w io.Writer) error {
	tx, err := d.snapshot(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	zip := gzip.NewWriter(w)
	buffer := bufio.NewWriterSize(zip, 1<<16)
	if err := d.dump(ctx, snapshot{tx}, json.NewEncoder(buffer)); err != nil {
		return err
	}
	if err := buffer.Flush(); err != nil {
		return err
	}
	return zip.Close()
}

// snapshot begins a transaction that sees the database at one instant.
func (d *DB) snapshot(ctx context.Context) (*sql.Tx, error) {
	if d.engine == SQLite { // _txlock=immediate holds for writers; read-only begins are deferred
		return d.read.pool.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	}
	return d.read.pool.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
}

type snapshot struct{ tx *sql.Tx }

func (s snapshot) Query(ctx context.Context, sql string, args ...any) (*sql.Rows, error) {
	return s.tx.QueryContext(ctx, sql, args...)
}

func (s snapshot) QueryRow(ctx context.Context, sql string, args ...any) Row {
	return s.tx.QueryRowContext(ctx, sql, args...)
}

func (d *DB) dump(ctx context.Context, q Querier, out *json.Encoder) error {
	out.SetEscapeHTML(false)
	h := backupHeader{Format: backupFormat, Layout: backupLayout, Engine: d.engine, At: d.clock.Now()}
	if err := q.QueryRow(ctx, `SELECT max(version_id) FROM goose_db_version WHERE is_applied`).Scan(&h.Schema); err != nil {
		return fmt.Errorf("the database has no schema: %w", err)
	}
	if err := out.Encode(h); err != nil {
		return err
	}
	all, err := d.tables(ctx, q)
	if err != nil {
		return err
	}
	end := backupEnd{Rows: map[string]int64{}}
	for _, t := range all {
		if end.Rows[t.name], err = dumpTable(ctx, q, out, t); err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
	}
	return out.Encode(end)
}

// inOrder are tables whose rows are restored in this order: on SQLite the order of
// messages in their table is how a search knows which is the latest.
var inOrder = map[string]string{"messages": ` ORDER BY ts, id`}

func dumpTable(ctx context.Context, q Querier, out *json.Encoder, t table) (n int64, err error) {
	if err := out.Encode(tableHeader{t.name, t.columns}); err != nil {
		return 0, err
	}
	rows, err := q.Query(ctx, `SELECT `+quoted(t.columns)+` FROM "`+t.name+`"`+inOrder[t.name])
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return 0, err
	}
	values, dest := make([]any, len(types)), make([]any, len(types))
	for i := range values {
		dest[i] = &values[i]
	}
	for ; rows.Next(); n++ {
		if err := rows.Scan(dest...); err != nil {
			return n, err
		}
		if err := plain(values, types); err != nil {
			return n, err
		}
		if err := out.Encode(values); err != nil {
			return n, err
		}
	}
	return n, rows.Err()
}

// plain turns what a driver delivers into what JSON says the same way for both.
func plain(values []any, types []*sql.ColumnType) error {
	for i, v := range values {
		kind := types[i].DatabaseTypeName()
		switch v := v.(type) {
		case nil, bool, string, float64:
		case int64:
			if strings.HasPrefix(kind, "BOOL") {
				values[i] = v != 0
			}
		default:
			return fmt.Errorf("column %s: a %s (%T) cannot be backed up", types[i].Name(), kind, v)
		}
	}
	return nil
}
