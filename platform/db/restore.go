package db

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

const rowsAtOnce = 50 // of one INSERT

// Restore reads a backup of either engine into this database, which must be new
// or at least without users, rooms and visitors. The rows come in one transaction:
// all of them, checked against the backup's counts, or none. A backup of an older
// schema is migrated afterwards; one of a newer schema is refused.
func (d *DB) Restore(ctx context.Context, file string, files fs.FS) error {
	f, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer f.Close()
	zip, err := gzip.NewReader(bufio.NewReaderSize(f, 1<<16))
	if err != nil {
		return fmt.Errorf("restore: %s is no backup: %w", file, err)
	}
	in := json.NewDecoder(zip)
	in.UseNumber()
	if err := d.restore(ctx, in, files); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	return nil
}

func (d *DB) restore(ctx context.Context, in *json.Decoder, files fs.FS) error {
	var h backupHeader
	if err := in.Decode(&h); err != nil || h.Format != backupFormat || h.Layout != backupLayout {
		return errors.New("the file is no backup that this version can read")
	}
	if err := d.prepareFor(ctx, h, files); err != nil {
		return err
	}
	start := in.InputOffset()
	err := d.InTx(ctx, func(tx *Tx) error {
		if in.InputOffset() != start {
			return errors.New("the transaction was disturbed; try again while nobody else uses the database")
		}
		return d.fill(ctx, tx, in)
	})
	if err != nil {
		return err
	}
	return d.Migrate(ctx, files)
}

// prepareFor brings the database to the backup's schema.
func (d *DB) prepareFor(ctx context.Context, h backupHeader, files fs.FS) error {
	known, err := newest(files)
	if err != nil {
		return err
	}
	if h.Schema > known {
		return fmt.Errorf("the backup was made by a newer version (schema %d, this version knows %d)", h.Schema, known)
	}
	have, err := d.version(ctx, files)
	if err != nil {
		return err
	}
	if have > h.Schema {
		return fmt.Errorf("the backup is of an older version (schema %d, this database has %d): restore it into a new database", h.Schema, have)
	}
	return d.migrateTo(ctx, files, h.Schema)
}

// fill replaces what migrations put into the tables by the backup's rows.
func (d *DB) fill(ctx context.Context, tx *Tx, in *json.Decoder) error {
	all, err := d.tables(ctx, tx)
	if err != nil {
		return err
	}
	if err := refuseUsed(ctx, tx); err != nil {
		return err
	}
	known := map[string]table{}
	for i := len(all) - 1; i >= 0; i-- {
		known[all[i].name] = all[i]
		if _, err := tx.Exec(ctx, `DELETE FROM "`+all[i].name+`"`); err != nil {
			return err
		}
	}
	end, err := load(ctx, tx, in, known)
	if err != nil {
		return err
	}
	return verify(ctx, tx, end, known)
}

func refuseUsed(ctx context.Context, q Querier) error {
	for _, name := range []string{"users", "visitors", "rooms"} {
		var used bool
		if err := q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM `+name+`)`).Scan(&used); err != nil {
			return err
		}
		if used {
			return fmt.Errorf("the database is in use: it has %s; restore into a new one", name)
		}
	}
	return nil
}

// load reads tables and rows up to the end's record.
func load(ctx context.Context, tx *Tx, in *json.Decoder, known map[string]table) (end backupEnd, err error) {
	var into inserter
	for {
		var raw json.RawMessage
		if err := in.Decode(&raw); err != nil {
			return end, fmt.Errorf("the backup is not whole: %w", err)
		}
		if raw[0] == '[' {
			if err := into.add(ctx, tx, raw); err != nil {
				return end, err
			}
			continue
		}
		if err := into.flush(ctx, tx); err != nil {
			return end, err
		}
		var next struct {
			tableHeader
			backupEnd
		}
		if err := json.Unmarshal(raw, &next); err != nil {
			return end, err
		}
		if next.Rows != nil {
			return next.backupEnd, atEnd(in)
		}
		if into, err = into.of(next.tableHeader, known); err != nil {
			return end, err
		}
	}
}

// atEnd reads on, so that the compression's checksum is checked.
func atEnd(in *json.Decoder) error {
	if in.More() {
		return errors.New("the backup goes on after its end")
	}
	if _, err := in.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("the backup is damaged: %w", err)
	}
	return nil
}

func verify(ctx context.Context, q Querier, end backupEnd, known map[string]table) error {
	for name, want := range end.Rows {
		if _, ok := known[name]; !ok {
			return fmt.Errorf("the backup has an unknown table %q", name)
		}
		var got int64
		if err := q.QueryRow(ctx, `SELECT count(*) FROM "`+name+`"`).Scan(&got); err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("table %s: %d rows restored, the backup says %d", name, got, want)
		}
	}
	return nil
}

// inserter writes many rows of a table with one statement.
type inserter struct {
	table   string
	columns []string
	args    []any
}

func (inserter) of(h tableHeader, known map[string]table) (inserter, error) {
	t, ok := known[h.Table]
	if !ok || len(h.Columns) == 0 {
		return inserter{}, fmt.Errorf("the backup has an unknown table %q", h.Table)
	}
	for _, c := range h.Columns {
		if !slices.Contains(t.columns, c) {
			return inserter{}, fmt.Errorf("the backup has an unknown column %s.%s", h.Table, c)
		}
	}
	return inserter{table: h.Table, columns: h.Columns}, nil
}

func (i *inserter) add(ctx context.Context, tx *Tx, raw []byte) error {
	in := json.NewDecoder(strings.NewReader(string(raw)))
	in.UseNumber()
	var row []any
	if err := in.Decode(&row); err != nil || len(row) != len(i.columns) {
		return fmt.Errorf("the backup has a damaged row of table %q", i.table)
	}
	for _, v := range row {
		if n, ok := v.(json.Number); ok {
			v = number(n)
		}
		i.args = append(i.args, v)
	}
	if len(i.args) < rowsAtOnce*len(i.columns) {
		return nil
	}
	return i.flush(ctx, tx)
}

func number(n json.Number) any {
	if i, err := n.Int64(); err == nil {
		return i
	}
	f, _ := n.Float64()
	return f
}

func (i *inserter) flush(ctx context.Context, tx *Tx) error {
	if len(i.args) == 0 {
		return nil
	}
	var rows []string
	for from := 1; from <= len(i.args); from += len(i.columns) {
		rows = append(rows, "("+In(len(i.columns), from)+")")
	}
	_, err := tx.Exec(ctx, `INSERT INTO "`+i.table+`" (`+quoted(i.columns)+`) VALUES `+strings.Join(rows, ","), i.args...)
	i.args = i.args[:0]
	if err != nil {
		return fmt.Errorf("table %s: %w", i.table, err)
	}
	return nil
}
