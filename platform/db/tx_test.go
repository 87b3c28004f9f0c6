package db_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

var (
	ctx   = context.Background() // where no test's is at hand
	errNo = errors.New("no")
)

func number(r db.Row) (n int64, err error) { return n, r.Scan(&n) }
func text(r db.Row) (s string, err error)  { return s, r.Scan(&s) }

// set writes a counter, the simplest table there is.
func set(tx *db.Tx, name string, value int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO counters (name, value) VALUES ($1, $2)`, name, value)
	return err
}

func counters(t *testing.T, q db.Querier) []string {
	t.Helper()
	names, err := db.All(t.Context(), q, text, `SELECT name FROM counters ORDER BY name`)
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func inTx(t *testing.T, d *db.DB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := d.InTx(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func TestCounterCountsWithoutGaps(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		next := func(tx *db.Tx) (n int64) {
			n, err := tx.Next(t.Context(), "room")
			if err != nil {
				t.Error(err)
			}
			return n
		}
		var got []int64
		inTx(t, d, func(tx *db.Tx) error { got = append(got, next(tx)); return nil })
		d.InTx(t.Context(), func(tx *db.Tx) error { next(tx); return errNo })
		inTx(t, d, func(tx *db.Tx) error { got = append(got, next(tx), next(tx)); return nil })
		if !slices.Equal(got, []int64{1, 2, 3}) {
			t.Error(got)
		}
	})
}

func TestAnErrorUndoesEverythingAndComesBack(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		err := d.InTx(t.Context(), func(tx *db.Tx) error {
			tx.AfterCommit(func() { t.Error("hook ran without a commit") })
			return errors.Join(set(tx, "a", 1), tx.Emit(t.Context(), sent{RID: "r"}), tx.Enqueue(t.Context(), db.Job{Kind: "k"}), errNo)
		})
		if !errors.Is(err, errNo) {
			t.Errorf("got %v", err)
		}
		for _, table := range []string{"counters", "outbox", "jobs"} {
			if n, err := db.One(t.Context(), d, number, `SELECT count(*) FROM `+table); n != 0 || err != nil {
				t.Errorf("%s holds %d %v", table, n, err)
			}
		}
		d.Settled(t.Context())
	})
}

func TestAPanicUndoesEverythingAndComesBack(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		func() {
			defer func() {
				if recover() != "boom" {
					t.Error("the panic was lost")
				}
			}()
			d.InTx(t.Context(), func(tx *db.Tx) error { set(tx, "a", 1); panic("boom") })
		}()
		inTx(t, d, func(tx *db.Tx) error { return set(tx, "b", 1) })
		if got := counters(t, d); !slices.Equal(got, []string{"b"}) {
			t.Error(got)
		}
	})
}

func TestNothingRunsForACallerWhoHasLeft(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := d.InTx(ctx, func(*db.Tx) error { t.Error("it ran"); return nil })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestAfterACloseWritesAreRefused(t *testing.T) {
	d, err := db.Open(t.Context(), testkit.URL(t, db.SQLite), db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Close(), d.Close()); err != nil {
		t.Error(err)
	}
	if err := d.InTx(t.Context(), func(*db.Tx) error { return nil }); !errors.Is(err, db.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

func TestHooksRunInOrderAndMayWrite(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		var got []int
		inTx(t, d, func(tx *db.Tx) error {
			tx.AfterCommit(func() { got = append(got, 1) })
			tx.AfterCommit(func() { panic("a hook's panic harms nobody") })
			tx.AfterCommit(func() {
				inTx(t, d, func(tx *db.Tx) error { tx.AfterCommit(func() { got = append(got, 3) }); return nil })
				got = append(got, 2)
			})
			return nil
		})
		d.Settled(t.Context())
		d.Settled(t.Context())
		if !slices.Equal(got, []int{1, 2, 3}) {
			t.Error(got)
		}
	})
}

func TestNowStandsStillInATransaction(t *testing.T) {
	c := clock.NewFake(1000)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		inTx(t, d, func(tx *db.Tx) error {
			before := c.Now()
			c.Advance(5)
			c.Advance(5_000_000)
			if tx.Now() != before {
				t.Errorf("%v is not %v", tx.Now(), before)
			}
			return nil
		})
	}, c)
}

func TestUniqueViolationIsRecognised(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		inTx(t, d, func(tx *db.Tx) error { return set(tx, "a", 1) })
		err := d.InTx(t.Context(), func(tx *db.Tx) error { return set(tx, "a", 2) })
		if !db.IsUnique(err) {
			t.Errorf("primary key: %v", err)
		}
		err = d.InTx(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), `INSERT INTO user_roles (user_id, role) VALUES ('nobody', 'agent')`)
			return err
		})
		if err == nil || db.IsUnique(err) {
			t.Errorf("foreign key: %v", err)
		}
	})
}

func TestAStatementMayRunAgainWhileItsRowsAreRead(t *testing.T) {
	d := testkit.Open(t, db.SQLite) // PostgreSQL's protocol has one at a time
	inTx(t, d, func(tx *db.Tx) error { return errors.Join(set(tx, "a", 1), set(tx, "b", 2)) })
	const list = `SELECT name FROM counters ORDER BY name`
	var got []string
	inTx(t, d, func(tx *db.Tx) error {
		rows, err := tx.Query(t.Context(), list)
		if err != nil {
			return err
		}
		for rows.Next() {
			outer, err := text(rows)
			got = append(got, outer)
			inner, err2 := db.All(t.Context(), tx, text, list)
			got = append(got, inner...)
			if err := errors.Join(err, err2); err != nil {
				return err
			}
		}
		_, err = tx.Query(t.Context(), list) // and left open: the commit must not suffer
		return err
	})
	if !slices.Equal(got, []string{"a", "a", "b", "b", "a", "b"}) {
		t.Error(got)
	}
	inTx(t, d, func(tx *db.Tx) error { return set(tx, "c", 3) })
}

func TestWritable(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		if err := d.Writable(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestTheReadPoolCannotWrite(t *testing.T) {
	d := testkit.Open(t, db.SQLite)
	rows, err := d.Query(t.Context(), `DELETE FROM sites RETURNING id`)
	if err == nil {
		rows.Next()
		err = rows.Err()
		rows.Close()
	}
	if err == nil {
		t.Error("a read-only connection wrote")
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	for _, url := range []string{"", "mysql://x", "sqlite:relative.db", "sqlite:/proc/none/foyer.db", "postgres://%zz", "postgres://127.0.0.1:1/x"} {
		if d, err := db.Open(t.Context(), url, db.Options{}); err == nil {
			d.Close()
			t.Errorf("%q was opened", url)
		}
	}
}
