package db_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

const addCounter = `INSERT INTO counters (name, value) VALUES ($1, $2)`

// What is kept for the commit is written in order, after everything else, with
// the transaction or not at all.
func TestAtCommit(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		value := func(name string) (n int64) {
			if d.QueryRow(ctx, `SELECT value FROM counters WHERE name = $1`, name).Scan(&n) != nil {
				return -1
			}
			return n
		}
		err := d.InTx(ctx, func(tx *db.Tx) error {
			tx.AtCommit(`UPDATE counters SET value = value * 10 WHERE name = $1`, "a")
			tx.AtCommit(`UPDATE counters SET value = value + 1 WHERE name = $1`, "a")
			_, err := tx.Exec(ctx, addCounter, "a", 5)
			return err
		})
		if err != nil || value("a") != 51 {
			t.Errorf("%v, a is %d and not 51", err, value("a"))
		}

		err = d.InTx(ctx, func(tx *db.Tx) error {
			tx.AtCommit(addCounter, "a", 1) // there already
			_, err := tx.Exec(ctx, addCounter, "b", 1)
			return err
		})
		if !db.IsUnique(err) || value("b") != -1 {
			t.Errorf("a failure at the commit: %v, b is %d", err, value("b"))
		}

		refused := errors.New("refused")
		err = d.InTx(ctx, func(tx *db.Tx) error { tx.AtCommit(addCounter, "c", 1); return refused })
		if !errors.Is(err, refused) || value("c") != -1 {
			t.Errorf("a refused transaction: %v, c is %d", err, value("c"))
		}
		if err := d.InTx(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, addCounter, "d", 1); return err }); err != nil || value("d") != 1 {
			t.Errorf("the next transaction: %v", err)
		}
	})
}

// Many rows are written in few statements, all of them.
func TestInsertAtCommit(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		const n = 203 // 64, 64, 64, 8, 2 and 1
		rows := make([][]any, n)
		for i := range rows {
			rows[i] = []any{fmt.Sprint("row ", i), i}
		}
		inTx(t, d, func(tx *db.Tx) error {
			tx.InsertAtCommit(`INSERT INTO counters (name, value) VALUES `, rows)
			return nil
		})
		var count, sum int
		if err := d.QueryRow(t.Context(), `SELECT count(*), sum(value) FROM counters WHERE name LIKE 'row %'`).Scan(&count, &sum); err != nil || count != n || sum != n*(n-1)/2 {
			t.Errorf("%d rows with the sum %d, %v", count, sum, err)
		}
	})
}

// A context that ends before the commit undoes the transaction, and the
// connection can be used again.
func TestACancelledTransactionIsUndone(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		for range 40 { // more than a pool has connections
			ctx, cancel := context.WithCancel(t.Context())
			err := d.InTx(ctx, func(tx *db.Tx) error {
				_, err := tx.Exec(ctx, addCounter, "x", 1)
				cancel()
				return errors.Join(err, ctx.Err())
			})
			if !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
		}
		err := d.InTx(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(t.Context(), addCounter, "x", 1); return err })
		if err != nil {
			t.Error(err)
		}
	})
}
