package db_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

// together runs the transactions in one commit of SQLite's writer: it holds the
// writer up until all of them wait.
func together(t *testing.T, d *db.DB, fns ...func(tx *db.Tx) error) []error {
	t.Helper()
	held, free := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		d.InTx(t.Context(), func(*db.Tx) error { close(held); <-free; return nil })
	})
	<-held
	errs := make([]error, len(fns))
	for i, fn := range fns {
		all.Go(func() {
			errs[i] = errors.New("ended its goroutine") // unless it is answered
			defer func() {
				if v := recover(); v != nil {
					errs[i] = fmt.Errorf("panic: %v", v)
				}
			}()
			errs[i] = d.InTx(t.Context(), fn)
		})
		for d.Waiting() <= i {
			runtime.Gosched()
		}
	}
	close(free)
	all.Wait()
	return errs
}

func TestAFailureInAGroupHarmsOnlyItself(t *testing.T) {
	d := testkit.Open(t, db.SQLite)
	errs := together(t, d,
		func(tx *db.Tx) error { return set(tx, "a", 1) },
		func(tx *db.Tx) error { return errors.Join(set(tx, "b", 1), errNo) },
		func(tx *db.Tx) error { set(tx, "c", 1); panic("boom") },
		func(tx *db.Tx) error { return set(tx, "a", 2) }, // exists already, in the same commit
		func(tx *db.Tx) error { return set(tx, "d", 1) },
	)
	if errs[0] != nil || !errors.Is(errs[1], errNo) || errs[2] == nil || !db.IsUnique(errs[3]) || errs[4] != nil {
		t.Error(errs)
	}
	if got := counters(t, d); !slices.Equal(got, []string{"a", "d"}) {
		t.Error(got)
	}
}

// A group whose COMMIT fails is lost as a whole, and everybody is told.
func TestAFailedCommitIsEverybodysError(t *testing.T) {
	d := testkit.Open(t, db.SQLite)
	orphan := func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), `PRAGMA defer_foreign_keys = ON`)
		_, err2 := tx.Exec(t.Context(), `INSERT INTO user_roles (user_id, role) VALUES ('nobody', 'agent')`)
		return errors.Join(err, err2)
	}
	hook := func(tx *db.Tx) error {
		tx.AfterCommit(func() { t.Error("hook ran without a commit") })
		return set(tx, "a", 1)
	}
	for _, err := range together(t, d, hook, orphan, func(tx *db.Tx) error { return set(tx, "b", 1) }) {
		if err == nil {
			t.Error("answered well before the commit")
		}
	}
	d.Settled(t.Context())
	if got := counters(t, d); len(got) != 0 {
		t.Error(got)
	}
	inTx(t, d, func(tx *db.Tx) error { return set(tx, "c", 1) })
}

// SQLite itself rolls the whole transaction back after some errors. Nobody may
// be told that his part was kept.
func TestARollbackBySQLiteIsEverybodysError(t *testing.T) {
	d := testkit.Open(t, db.SQLite)
	errs := together(t, d,
		func(tx *db.Tx) error { return set(tx, "a", 1) },
		func(tx *db.Tx) error {
			tx.Exec(t.Context(), `INSERT OR ROLLBACK INTO counters (name, value) VALUES ('a', 2)`)
			return nil // swallowed
		},
		func(tx *db.Tx) error { return set(tx, "b", 1) },
	)
	if slices.Contains(errs, nil) {
		t.Error(errs)
	}
	if got := counters(t, d); len(got) != 0 {
		t.Error(got)
	}
	inTx(t, d, func(tx *db.Tx) error { return set(tx, "c", 1) })
}

// What a failing test does inside a transaction must not stop the writer.
func TestACallbackMayEndItsGoroutine(t *testing.T) {
	d := testkit.Open(t, db.SQLite)
	errs := together(t, d,
		func(tx *db.Tx) error { return set(tx, "a", 1) },
		func(*db.Tx) error { runtime.Goexit(); return nil },
	)
	if errs[0] == nil || !strings.Contains(errs[1].Error(), "ended its goroutine") {
		t.Error(errs)
	}
	inTx(t, d, func(tx *db.Tx) error { return set(tx, "b", 1) })
	if got := counters(t, d); !slices.Equal(got, []string{"b"}) {
		t.Error(got)
	}
}

func TestWhoLeavesTheQueueIsAnsweredAtOnceAndNeverRun(t *testing.T) {
	d := testkit.Open(t, db.SQLite)
	held, free := make(chan struct{}), make(chan struct{})
	first := make(chan error, 1)
	go func() { first <- d.InTx(t.Context(), func(*db.Tx) error { close(held); <-free; return nil }) }()
	<-held
	ctx, cancel := context.WithCancel(t.Context())
	second := make(chan error, 1)
	go func() { second <- d.InTx(ctx, func(*db.Tx) error { t.Error("it ran"); return nil }) }()
	for d.Waiting() == 0 {
		runtime.Gosched()
	}
	cancel()
	if err := <-second; !errors.Is(err, context.Canceled) { // while the writer is still held up
		t.Errorf("got %v", err)
	}
	close(free)
	if err := <-first; err != nil {
		t.Error(err)
	}
	inTx(t, d, func(tx *db.Tx) error { return set(tx, "a", 1) })
}

func TestCloseAnswersThoseWhoWait(t *testing.T) {
	d, err := db.Open(t.Context(), testkit.URL(t, db.SQLite), db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	held, free := make(chan struct{}), make(chan struct{})
	answers := make(chan error, 9)
	go func() { answers <- d.InTx(t.Context(), func(*db.Tx) error { close(held); <-free; return nil }) }()
	<-held
	for range 8 {
		go func() { answers <- d.InTx(t.Context(), func(*db.Tx) error { return nil }) }()
	}
	for d.Waiting() < 8 {
		runtime.Gosched()
	}
	closed := make(chan error, 1)
	go func() { closed <- d.Close() }()
	close(free)
	for range 9 {
		if err := <-answers; err != nil && !errors.Is(err, db.ErrClosed) {
			t.Error(err)
		}
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
}
