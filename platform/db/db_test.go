package db_test

import (
	"context"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

func TestCounterCountsWithoutGaps(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		for want := int64(1); want <= 3; want++ {
			err := d.InTx(t.Context(), func(tx *db.Tx) error {
				got, err := tx.Next(t.Context(), "room")
				if got != want {
					t.Errorf("got %d, want %d", got, want)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		n, err := db.One(context.Background(), d, func(r db.Row) (n int64, err error) { return n, r.Scan(&n) }, `SELECT value FROM counters WHERE name = $1`, "room")
		if err != nil || n != 3 {
			t.Errorf("stored %d %v", n, err)
		}
	})
}
