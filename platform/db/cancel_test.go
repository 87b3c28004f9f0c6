package db_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

// Writes whose context ends at any moment: what was acknowledged is stored, what
// failed with its own error is not, the write straight after succeeds, and the
// file stays sound.
func TestDeadlinesInTheMiddleOfWritesDoNoHarm(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		var mu sync.Mutex
		stored, cancelled := map[string]bool{}, 0
		var all sync.WaitGroup
		for w := range 8 {
			all.Go(func() {
				for i := range 40 { // ever longer deadlines: some machine is in time for some
					name, longest := fmt.Sprintf("%d-%d", w, i), 1500*(1+i/2)
					if i%4 == 0 { // and none for all of these
						longest = 100
					}
					ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rand.IntN(longest))*time.Microsecond)
					err := d.InTx(ctx, func(tx *db.Tx) error { return severalWrites(ctx, tx, name) })
					cancel()
					mu.Lock()
					if stored[name] = err == nil; err != nil {
						cancelled++
					}
					mu.Unlock()
					if err := d.InTx(t.Context(), func(tx *db.Tx) error { return set(tx, "after "+name, 1) }); err != nil {
						t.Errorf("the write after %s: %v", name, err)
					}
				}
			})
		}
		all.Wait()
		if cancelled == 0 || cancelled == len(stored) {
			t.Errorf("%d of %d were cancelled: the test tests nothing", cancelled, len(stored))
		}
		compare(t, d, stored)
	})
}

func severalWrites(ctx context.Context, tx *db.Tx, name string) error {
	for i := range 3 {
		if _, err := tx.Exec(ctx, `INSERT INTO counters (name, value) VALUES ($1, $2)`, fmt.Sprint(name, "/", i), i); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `UPDATE counters SET value = value + 1 WHERE name = $1`, name+"/0")
	return err
}

func compare(t *testing.T, d *db.DB, stored map[string]bool) {
	t.Helper()
	for name, want := range stored {
		n, err := db.One(t.Context(), d, number, `SELECT count(*) FROM counters WHERE name LIKE $1`, name+"/%")
		// A commit on PostgreSQL whose answer was cut off may have happened; half of one never.
		if err != nil || n != 0 && n != 3 || want && n != 3 || !want && n != 0 && d.Engine() == db.SQLite {
			t.Errorf("%s acknowledged %v: %d rows %v", name, want, n, err)
		}
	}
	if d.Engine() == db.SQLite {
		if s, err := db.One(t.Context(), d, text, `PRAGMA integrity_check`); s != "ok" || err != nil {
			t.Errorf("integrity: %s %v", s, err)
		}
	}
}
