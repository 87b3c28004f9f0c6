package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/testkit"
)

type said struct {
	Room string `json:"room"`
	N    int    `json:"n"`
}

func (said) EventName() string  { return "test.said" }
func (s said) EventKey() string { return s.Room }

type noticed struct{ N int }

func (noticed) EventName() string { return "test.noticed" }
func (noticed) EventKey() string  { return "" }

// log collects what consumers saw.
type log struct {
	mu   sync.Mutex
	seen []string
	more chan struct{}
}

func newLog() *log { return &log{more: make(chan struct{}, 10_000)} }

func (l *log) add(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seen = append(l.seen, fmt.Sprintf(format, args...))
	l.more <- struct{}{}
}

func (l *log) all() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.seen)
}

// wait returns once n things were seen.
func (l *log) wait(t *testing.T, n int) {
	t.Helper()
	late := time.After(20 * time.Second)
	for range n {
		select {
		case <-l.more:
		case <-late:
			t.Fatalf("only %v", l.all())
		}
	}
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// start runs a relay until the test ends or stop is called. What is emitted after
// it is handed over.
func start(t *testing.T, d *db.DB, consumers ...outbox.Consumer) (r *outbox.Relay, stop func()) {
	t.Helper()
	r = outbox.New(d, d.Clock(), quiet())
	r.Consume(consumers...)
	return r, run(t, r)
}

func run(t *testing.T, r *outbox.Relay) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return stop
}

func emit(t *testing.T, d *db.DB, events ...db.Event) {
	t.Helper()
	err := d.InTx(t.Context(), func(tx *db.Tx) error {
		for _, e := range events {
			if err := tx.Emit(t.Context(), e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func rows(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	if err := d.QueryRow(t.Context(), `SELECT count(*) FROM outbox`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func recorder(l *log, name string) outbox.Consumer {
	return outbox.On(name, func(_ context.Context, _ string, e said) error {
		l.add("%s %s %d", name, e.Room, e.N)
		return nil
	})
}

func TestEveryConsumerGetsWhatWasEmittedAndTheRowGoes(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		l := newLog()
		r, _ := start(t, d, recorder(l, "a"), recorder(l, "b"))
		emit(t, d, said{"lobby", 1}, noticed{7})
		l.wait(t, 2)
		if err := r.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := l.all()
		slices.Sort(got)
		if !slices.Equal(got, []string{"a lobby 1", "b lobby 1"}) || rows(t, d) != 0 {
			t.Error(got, rows(t, d))
		}
	})
}

// The clock stands still, so nothing is swept: what arrives was handed over.
// What a consumer does not want costs it nothing; what another process emitted it must look at.
func TestWhoIsNotInterestedIsNotAsked(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		l := newLog()
		picky := recorder(l, "picky")
		picky.Wants = func(event any) bool { return event.(said).N%2 == 0 }
		emit(t, d, said{"r", 7}) // nobody delivers yet: it is found in the table
		r, stop := start(t, d, picky)
		defer stop()
		l.wait(t, 1)
		for n := range 4 {
			emit(t, d, said{"r", n})
		}
		if err := r.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := l.all(); !slices.Equal(got, []string{"picky r 7", "picky r 0", "picky r 2"}) || rows(t, d) != 0 {
			t.Error(got, rows(t, d))
		}
	})
}

func TestTheHandOverIsTypedAndDoesNotReadTheTable(t *testing.T) {
	c := clock.NewFake(1_000_000)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		l := newLog()
		start(t, d, outbox.Consumer{Name: "raw", Events: []string{"test.said"}, Handle: func(_ context.Context, e outbox.Envelope) error {
			l.add("%s %s %s %T %s", e.Name, e.Key, e.Payload, e.Event, e.At)
			return nil
		}})
		emit(t, d, said{"lobby", 1})
		l.wait(t, 1)
		want := `test.said lobby {"room":"lobby","n":1} outbox_test.said 1970-01-01T00:16:40.000Z`
		if got := l.all(); len(got) != 1 || got[0] != want {
			t.Error(got)
		}
	}, c)
}

func TestEventsOfAKeyArriveInOrder(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		l := newLog()
		start(t, d, recorder(l, "a"))
		var all sync.WaitGroup
		for room := range 4 {
			all.Go(func() {
				for n := range 30 {
					emit(t, d, said{fmt.Sprint("room", room), n})
				}
			})
		}
		all.Wait()
		l.wait(t, 120)
		next := map[string]int{}
		for _, s := range l.all() {
			var e said
			fmt.Sscanf(s, "a %s %d", &e.Room, &e.N)
			if e.N != next[e.Room] {
				t.Errorf("%s came when %d was due", s, next[e.Room])
			}
			next[e.Room]++
		}
	})
}

var errNo = errors.New("no")

// One room's consumer fails: other rooms and other consumers go on, and the
// room's events come in order once it works again.
func TestAFailureHoldsUpOnlyItsKey(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		l := newLog()
		var mu sync.Mutex
		broken := true
		failing := outbox.On("failing", func(_ context.Context, _ string, e said) error {
			mu.Lock()
			defer mu.Unlock()
			if broken && e.Room == "bad" {
				if e.N%2 == 0 {
					panic("boom")
				}
				return errNo
			}
			l.add("failing %s %d", e.Room, e.N)
			return nil
		})
		r, _ := start(t, d, failing, recorder(l, "sound"))
		emit(t, d, said{"bad", 0}, said{"bad", 1}, said{"good", 0})
		l.wait(t, 4)
		mu.Lock()
		broken = false
		mu.Unlock()
		l.wait(t, 2)
		if got := l.all()[4:]; !slices.Equal(got, []string{"failing bad 0", "failing bad 1"}) {
			t.Error(got)
		}
		if err := r.Idle(t.Context()); err != nil || rows(t, d) != 0 {
			t.Error(rows(t, d), err)
		}
	})
}

// An event without a key that fails lets those of its name pass. The clock stands
// still: it is not tried again meanwhile.
func TestAKeylessFailureHoldsUpNobody(t *testing.T) {
	c := clock.NewFake(1_000_000)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		l := newLog()
		start(t, d, outbox.On("a", func(_ context.Context, _ string, e noticed) error {
			if e.N == 0 {
				return errNo
			}
			l.add("%d", e.N)
			return nil
		}))
		emit(t, d, noticed{0}, noticed{1}, noticed{2})
		l.wait(t, 2)
	}, c)
}

// Events committed after New are held for Run, so that none overtakes them: with
// the clock standing still nothing is swept.
func TestWhatIsCommittedBeforeRunIsHandedOver(t *testing.T) {
	c := clock.NewFake(1_000_000)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		l := newLog()
		r := outbox.New(d, c, quiet())
		r.Consume(recorder(l, "a"))
		emit(t, d, said{"lobby", 1})
		if err := d.Settled(t.Context()); err != nil {
			t.Fatal(err)
		}
		run(t, r)
		emit(t, d, said{"lobby", 2})
		l.wait(t, 2)
		if got := l.all(); !slices.Equal(got, []string{"a lobby 1", "a lobby 2"}) {
			t.Error(got)
		}
	}, c)
}

// A stop gives up what was not delivered: others need not wait for the claim's end.
func TestAStopGivesClaimsBack(t *testing.T) {
	c := clock.NewFake(1_000_000)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		tried := make(chan struct{}, 10)
		_, stop := start(t, d, outbox.On("a", func(context.Context, string, said) error { tried <- struct{}{}; return errNo }))
		emit(t, d, said{"lobby", 1})
		<-tried
		stop()
		claimed := func(r db.Row) (by string, err error) { return by, r.Scan(&by) }
		if by, err := db.One(t.Context(), d, claimed, `SELECT claimed_by FROM outbox WHERE claimed_at = 0`); by != "" || err != nil {
			t.Errorf("still claimed by %q %v", by, err)
		}
	}, c)
}

func TestNothingIsLeftRunning(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		before := goleak.IgnoreCurrent()
		l := newLog()
		_, stop := start(t, d, recorder(l, "a"))
		emit(t, d, said{"lobby", 1})
		l.wait(t, 1)
		stop()
		d.Settled(t.Context())
		testkit.NothingRunsOn(t, before)
		if rows(t, d) != 0 {
			t.Error("the end came before the row's deletion")
		}
	})
}
