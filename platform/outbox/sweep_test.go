package outbox_test

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/testkit"
)

// advance moves the clock until the work is done: sweeps come with time.
func advance(t *testing.T, c *clock.Fake, l *log, n int) {
	t.Helper()
	late := time.After(20 * time.Second)
	for seen := 0; seen < n; {
		c.Advance(time.Second)
		select {
		case <-l.more:
			seen++
		case <-late:
			t.Fatalf("only %v", l.all())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// What `foyer user` emits, or a process that died before it delivered.
func TestRowsThatNobodyDeliversAreSweptInOrder(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			c := clock.NewFake(1_000_000)
			url := testkit.URL(t, engine)
			other := testkit.OpenURL(t, url, c)
			insertBackwards(t, other, 40)
			d := testkit.OpenURL(t, url, c)
			l := newLog()
			r, _ := start(t, d, recorder(l, "a"))
			advance(t, c, l, 40)
			for n, got := range l.all() {
				if got != fmt.Sprintf("a lobby %d", n) {
					t.Errorf("%d: %s", n, got)
				}
			}
			emit(t, other, said{"hall", 1}) // while the relay runs
			advance(t, c, l, 1)
			if err := r.Idle(t.Context()); err != nil || rows(t, d) != 0 {
				t.Error(rows(t, d), err)
			}
		})
	}
}

// Two nodes: what the one is working on is not taken by the other, however long
// it takes; when the one ends, the other takes over what is left.
func TestAClaimHoldsWhileItsProcessLives(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			url := testkit.URL(t, engine)
			w, w2 := watch(), watch()
			first, second := testkit.OpenURL(t, url, w), testkit.OpenURL(t, url, w2)
			l := newLog()
			begun, free := make(chan struct{}), make(chan struct{})
			_, stop := start(t, first, outbox.On("slow", func(_ context.Context, _ string, e said) error {
				if e.N == 0 {
					close(begun)
					<-free
				}
				l.add("first %d", e.N)
				return nil
			}))
			emit(t, first, said{"lobby", 0}, said{"lobby", 1})
			<-begun
			_, stopSecond := start(t, second, recorder(l, "second"))
			bothSweep(w, w2, 5) // a claim lasts two
			if got := l.all(); slices.Contains(got, "second lobby 0") || slices.Contains(got, "second lobby 1") {
				t.Error("the second node took what the first works on")
			}
			go stop()
			close(free)
			advance(t, w2.Fake, l, 2)
			if got := l.all(); !slices.Contains(got, "first 0") || !slices.Contains(got, "second lobby 1") && !slices.Contains(got, "first 1") {
				t.Error(got)
			}
			stopSecond()
		})
	}
}

// insertBackwards writes n rows, the newest first, as no engine would return them
// in their order by itself.
func insertBackwards(t *testing.T, d *db.DB, n int) {
	t.Helper()
	err := d.InTx(t.Context(), func(tx *db.Tx) error {
		for i := n - 1; i >= 0; i-- {
			_, err := tx.Exec(t.Context(), `INSERT INTO outbox (id, name, key, payload, at) VALUES ($1, 'test.said', 'lobby', $2, 0)`,
				fmt.Sprintf("id%03d", i), fmt.Sprintf(`{"room":"lobby","n":%d}`, i))
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// watched is a clock that tells when the relay has swept and asked to be woken.
type watched struct {
	*clock.Fake
	asked chan struct{}
}

func watch() *watched { return &watched{clock.NewFake(1_000_000), make(chan struct{}, 1)} }

// bothSweep lets two nodes sweep n times, the second a little before the first: if
// the first has not renewed its claims the last time, the second takes them.
func bothSweep(first, second *watched, n int) {
	for range n {
		for _, w := range []*watched{second, first} {
			<-w.asked
			w.Advance(time.Second)
			<-w.asked
			w.asked <- struct{}{} // still waiting
		}
	}
}

func (w *watched) After(d time.Duration) <-chan time.Time {
	c := w.Fake.After(d)
	select {
	case w.asked <- struct{}{}:
	default:
	}
	return c
}

// On PostgreSQL the connection may break after the commit and before its answer:
// the row is ours, but nobody was handed it. It is delivered although others are held.
func TestARowWhoseHandOverWasLostIsSwept(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			c := clock.NewFake(1_000_000)
			d := testkit.Open(t, engine, c)
			l := newLog()
			begun, free := make(chan struct{}), make(chan struct{})
			start(t, d, outbox.On("a", func(_ context.Context, _ string, e said) error {
				if e.Room == "held" {
					close(begun)
					<-free
				}
				l.add("%s", e.Room)
				return nil
			}))
			emit(t, d, said{"held", 0})
			<-begun
			err := d.InTx(t.Context(), func(tx *db.Tx) error {
				_, err := tx.Exec(t.Context(), `INSERT INTO outbox (id, name, key, payload, at, claimed_by, claimed_at)
					SELECT 'lost', name, 'lost', '{"room":"lost"}', at, claimed_by, claimed_at FROM outbox`)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			advance(t, c, l, 1)
			close(free)
			l.wait(t, 1)
			if got := l.all(); !slices.Equal(got, []string{"lost", "held"}) {
				t.Error(got)
			}
		})
	}
}

// A consumer that never manages: the event is set aside, those after it come,
// and it is tried again later.
func TestAHopelessEventIsSetAsideAndTriedAgain(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			c := clock.NewFake(1_000_000)
			d := testkit.Open(t, engine, c)
			l := newLog()
			var healed atomic.Bool
			r, _ := start(t, d, outbox.On("a", func(_ context.Context, _ string, e said) error {
				if e.N == 0 && !healed.Load() {
					return errNo
				}
				l.add("%d", e.N)
				return nil
			}))
			emit(t, d, said{"lobby", 0}, said{"lobby", 1})
			advance(t, c, l, 1)
			if got := l.all(); got[0] != "1" || rows(t, d) == 0 {
				t.Error(got)
			}
			healed.Store(true)
			advance(t, c, l, 1)
			if err := r.Idle(t.Context()); err != nil || !slices.Equal(l.all(), []string{"1", "0"}) || rows(t, d) != 0 {
				t.Error(l.all(), rows(t, d), err)
			}
		})
	}
}

// More events than memory holds while nothing can be delivered: they wait in the
// table, where no other node takes them, and come in order, each once.
func TestABacklogWaitsInTheTable(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			const limit, n = 400, 1100
			w, w2 := watch(), watch()
			url := testkit.URL(t, engine)
			d, other := testkit.OpenURL(t, url, w), testkit.OpenURL(t, url, w2)
			free := make(chan struct{})
			next := 0
			r := outbox.New(d, w, quiet())
			r.Limit(limit)
			r.Consume(outbox.On("a", func(_ context.Context, _ string, e said) error {
				<-free
				if next != e.N {
					t.Errorf("%d came when %d was due", e.N, next)
				}
				next++
				return nil
			}))
			run(t, r)
			burst(t, d, 0, n-100)
			l := newLog()
			_, stopOther := start(t, other, recorder(l, "other"))
			bothSweep(w, w2, 5)
			stopOther()
			if got := l.all(); len(got) > 0 {
				t.Errorf("the other node took %d, the first %s", len(got), got[0])
			}
			close(free)
			for rows(t, d) > n-100-limit { // until memory is empty; without a sweep nobody looks into the table
				r.Hurry()
			}
			burst(t, d, n-100, n) // must not overtake what waits there
			idle(t, w.Fake, r)
			if next != n || rows(t, d) != 0 {
				t.Errorf("%d came, %d rows are left", next, rows(t, d))
			}
		})
	}
}

// burst emits the numbers in transactions of a hundred.
func burst(t *testing.T, d *db.DB, from, to int) {
	t.Helper()
	for ; from < to; from += 100 {
		events := make([]db.Event, 100)
		for i := range events {
			events[i] = said{"lobby", from + i}
		}
		emit(t, d, events...)
	}
}

// idle moves the clock until the relay has nothing more to do.
func idle(t *testing.T, c *clock.Fake, r *outbox.Relay) {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- r.Idle(t.Context()) }()
	for {
		c.Advance(time.Second)
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
			return
		case <-time.After(5 * time.Millisecond):
		}
	}
}
