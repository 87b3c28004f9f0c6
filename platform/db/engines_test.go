package db_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

// `foyer user …` writes to the file that `foyer serve` has open, and two nodes
// write to one PostgreSQL.
func TestTwoProcessesWriteToOneDatabase(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			url := testkit.URL(t, engine)
			var all sync.WaitGroup
			for range 2 {
				d := testkit.OpenURL(t, url)
				for range 4 {
					all.Go(func() {
						for range 40 {
							err := d.InTx(t.Context(), func(tx *db.Tx) error { _, err := tx.Next(t.Context(), "n"); return err })
							if err != nil {
								t.Error(err)
							}
						}
					})
				}
			}
			all.Wait()
			n, err := db.One(t.Context(), testkit.OpenURL(t, url), number, `SELECT value FROM counters`)
			if n != 2*4*40 || err != nil {
				t.Errorf("counted %d %v", n, err)
			}
		})
	}
}

// Two transactions that lock the same rows the other way round: PostgreSQL ends
// one of them, which runs again.
func TestADeadlockIsRetried(t *testing.T) {
	d := testkit.Open(t, db.PostgreSQL)
	inTx(t, d, func(tx *db.Tx) error { set(tx, "a", 0); return set(tx, "b", 0) })
	var both sync.WaitGroup
	both.Add(2)
	var runs atomic.Int64
	cross := func(first, second string) {
		var once sync.Once
		err := d.InTx(t.Context(), func(tx *db.Tx) error {
			runs.Add(1)
			if _, err := tx.Next(t.Context(), first); err != nil {
				return err
			}
			once.Do(both.Done)
			both.Wait()
			_, err := tx.Next(t.Context(), second)
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	var all sync.WaitGroup
	all.Go(func() { cross("a", "b") })
	all.Go(func() { cross("b", "a") })
	all.Wait()
	sum, err := db.One(t.Context(), d, number, `SELECT cast(sum(value) AS BIGINT) FROM counters`)
	if sum != 4 || err != nil || runs.Load() < 3 {
		t.Errorf("sum %d after %d runs %v", sum, runs.Load(), err)
	}
}

// Whatever the goroutines' luck, the events of one key are handed over in the
// order of their numbers.
func TestEventsOfAKeyAreHandedOverInOrder(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		got := map[string][]int64{}
		stop := d.OnEvents("node", func(events []db.Emitted) {
			for _, e := range events {
				got[e.Key] = append(got[e.Key], e.Event.(sent).Seq)
			}
		})
		defer stop()
		var all sync.WaitGroup
		for w := range 12 {
			all.Go(func() {
				for i := range 30 {
					d.InTx(t.Context(), func(tx *db.Tx) error {
						e := sent{RID: fmt.Sprint("room", w%3)}
						var err error
						if e.Seq, err = tx.Next(t.Context(), e.RID); err != nil {
							return err
						}
						if err := tx.Emit(t.Context(), e); err != nil || i%5 > 0 {
							return err
						}
						return errNo
					})
				}
			})
		}
		all.Wait()
		d.Settled(t.Context())
		for w := range 3 {
			want := make([]int64, 4*24)
			for i := range want {
				want[i] = int64(i + 1)
			}
			if key := fmt.Sprint("room", w); !slices.Equal(got[key], want) {
				t.Errorf("%s: %v", key, got[key])
			}
		}
	})
}

func TestNothingIsLeftRunningAfterClose(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			url := testkit.URL(t, engine)
			before := goleak.IgnoreCurrent()
			d, err := db.Open(t.Context(), url, db.Options{})
			if err != nil {
				t.Fatal(err)
			}
			inTx(t, d, func(tx *db.Tx) error { tx.AfterCommit(func() {}); return set(tx, "a", 1) })
			counters(t, d)
			if err := d.Close(); err != nil {
				t.Error(err)
			}
			goleak.VerifyNone(t, before)
		})
	}
}

func TestOfAKindAndKeyOneJobWaits(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		list := func() []string {
			jobs, err := db.All(t.Context(), d, text, `SELECT kind || key || payload || due_at FROM jobs ORDER BY kind, key, due_at`)
			if err != nil {
				t.Fatal(err)
			}
			return jobs
		}
		enqueue := func(jobs ...db.Job) {
			inTx(t, d, func(tx *db.Tx) error {
				for _, j := range jobs {
					if err := tx.Enqueue(t.Context(), j); err != nil {
						return err
					}
				}
				return nil
			})
		}
		enqueue(db.Job{Kind: "k", Key: "a", Payload: 1, DueAt: 5}, db.Job{Kind: "k", Key: "b", DueAt: 6}, db.Job{Kind: "l", Key: "a", DueAt: 7})
		enqueue(db.Job{Kind: "k", Key: "a", Payload: 2, DueAt: 9}, db.Job{Kind: "k", DueAt: 1}, db.Job{Kind: "k", DueAt: 2})
		if got := list(); !slices.Equal(got, []string{"knull1", "knull2", "ka29", "kbnull6", "lanull7"}) {
			t.Error(got)
		}
		inTx(t, d, func(tx *db.Tx) error { return tx.CancelJob(t.Context(), "k", "a") })
		inTx(t, d, func(tx *db.Tx) error { return tx.CancelJob(t.Context(), "k", "") }) // keyless jobs cannot be meant
		if got := list(); !slices.Equal(got, []string{"knull1", "knull2", "kbnull6", "lanull7"}) {
			t.Error(got)
		}
	})
}
