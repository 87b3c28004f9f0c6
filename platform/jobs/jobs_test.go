package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/testkit"
)

const patience = 20 * time.Second

var errNo = errors.New("no")

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// start runs a runner until the test ends or stop is called.
func start(t *testing.T, d *db.DB, kinds ...jobs.Kind) (r *jobs.Runner, stop func()) {
	t.Helper()
	r = jobs.New(d, d.Clock(), quiet())
	r.Handle(kinds...)
	return r, run(t, r)
}

func run(t *testing.T, r *jobs.Runner) (stop func()) {
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

func enqueue(t *testing.T, d *db.DB, list ...db.Job) {
	t.Helper()
	err := d.InTx(t.Context(), func(tx *db.Tx) error {
		for _, j := range list {
			if err := tx.Enqueue(t.Context(), j); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func receive[T any](t *testing.T, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatal("nothing came")
		panic("unreachable")
	}
}

// advance moves the clock until something comes.
func advance[T any](t *testing.T, c *clock.Fake, ch <-chan T) T {
	t.Helper()
	for late := time.After(patience); ; {
		c.Advance(time.Second)
		select {
		case v := <-ch:
			return v
		case <-late:
			t.Fatal("nothing came")
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// gone waits until the table is empty.
func gone(t *testing.T, d *db.DB) {
	t.Helper()
	removed(t, d, "%")
}

// report makes a kind that tells of its runs.
func report(name string, to chan<- string) jobs.Kind {
	return jobs.Kind{Name: name, Run: func(_ context.Context, r jobs.Run) error {
		to <- fmt.Sprintf("%s %s %d %s", name, r.Key, r.Attempt, r.Payload)
		return nil
	}}
}

func TestADueJobRunsOnceAndIsGone(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		ran := make(chan string, 10)
		start(t, d, report("mail", ran))
		enqueue(t, d, db.Job{Kind: "mail", Key: "a", Payload: map[string]int{"n": 1}}, db.Job{Kind: "other", Key: "a"})
		if got := receive(t, ran); got != `mail a 1 {"n":1}` {
			t.Error(got)
		}
		err := d.InTx(t.Context(), func(tx *db.Tx) error { return tx.CancelJob(t.Context(), "other", "a") })
		if err != nil {
			t.Error(err)
		}
		gone(t, d)
		if len(ran) > 0 {
			t.Error(<-ran)
		}
	})
}

// Nothing runs early; moving the clock runs it.
func TestAJobWaitsForItsTime(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			c := clock.NewFake(1_000_000)
			d := testkit.Open(t, engine, c)
			ran := make(chan string, 10)
			kind := report("mail", ran)
			kind.AtOnce = 1
			start(t, d, kind)
			at := c.Now()
			enqueue(t, d, db.Job{Kind: "mail", Key: "late", DueAt: at.Add(20 * time.Second)}, db.Job{Kind: "mail", Key: "later", DueAt: at.Add(40 * time.Second)},
				db.Job{Kind: "mail", Key: "cancelled", DueAt: at.Add(10 * time.Second)}, db.Job{Kind: "mail", Key: "now"})
			if got := receive(t, ran); got != "mail now 1 null" {
				t.Error(got)
			}
			err := d.InTx(t.Context(), func(tx *db.Tx) error { return tx.CancelJob(t.Context(), "mail", "cancelled") })
			if err != nil {
				t.Fatal(err)
			}
			if got := advance(t, c, ran); got != "mail late 1 null" || c.Now() < at.Add(20*time.Second) {
				t.Error(got, c.Now())
			}
			if got := advance(t, c, ran); got != "mail later 1 null" || c.Now() < at.Add(40*time.Second) {
				t.Error(got, c.Now())
			}
			gone(t, d)
		})
	}
}

// After its pauses and its last attempt a job is dead, listed, and can be retried.
func TestAFailingJobIsTriedThenDeadThenRetried(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			c := clock.NewFake(1_000_000)
			d := testkit.Open(t, engine, c)
			var healed atomic.Bool
			at := make(chan clock.Instant, 10)
			r, registry := jobs.New(d, c, quiet()), prometheus.NewRegistry()
			r.Measure(registry)
			r.Handle(jobs.Kind{
				Name: "mail", MaxAttempts: 3, Backoff: func(n int) time.Duration { return time.Duration(n) * time.Minute },
				Run: func(_ context.Context, r jobs.Run) error {
					at <- c.Now()
					switch {
					case healed.Load():
						return nil
					case r.Attempt == 2:
						panic("boom")
					}
					return fmt.Errorf("attempt %d \x00 \xff%s", r.Attempt, strings.Repeat("x", 5000))
				},
			})
			stop := run(t, r)
			enqueue(t, d, db.Job{Kind: "mail", Key: "a", Payload: "p"})
			first := receive(t, at)
			second := advance(t, c, at)
			third := advance(t, c, at)
			if second.Sub(first) < time.Minute || third.Sub(second) < 2*time.Minute {
				t.Error(first, second, third)
			}
			dead := waitForDead(t, r)
			if dead.Kind != "mail" || dead.Key != "a" || dead.Attempt != 3 || string(dead.Payload) != `"p"` || dead.DeadAt < third ||
				!strings.HasPrefix(dead.Error, "attempt 3") || len(dead.Error) > 2000 {
				t.Errorf("%+v", dead)
			}
			healed.Store(true)
			if err := r.Retry(t.Context(), dead.ID); err != nil {
				t.Fatal(err)
			}
			receive(t, at)
			gone(t, d)
			if err := r.Retry(t.Context(), dead.ID); !fault.Has(err, "error-job-not-found") {
				t.Error(err)
			}
			stop()
			if got := testkit.Measured(t, registry, "foyer_jobs_total"); !slices.Equal(got, []string{`foyer_jobs_total{kind="mail",outcome="dead"} 1`,
				`foyer_jobs_total{kind="mail",outcome="done"} 1`, `foyer_jobs_total{kind="mail",outcome="failed"} 2`}) {
				t.Error(got)
			}
		})
	}
}

func waitForDead(t *testing.T, r *jobs.Runner) jobs.Dead {
	t.Helper()
	for late := time.After(patience); ; {
		dead, err := r.Dead(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(dead) > 0 {
			return dead[0]
		}
		select {
		case <-late:
			t.Fatal("no job is dead")
		default:
		}
	}
}

// A dead job does not stand in the way of a new one of its key, and cannot come
// back beside it.
func TestADeadJobAndANewOneOfItsKey(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			c := clock.NewFake(1_000_000)
			d := testkit.Open(t, engine, c)
			r, _ := start(t, d, jobs.Kind{Name: "mail", MaxAttempts: 1, Run: func(context.Context, jobs.Run) error { return errNo }})
			enqueue(t, d, db.Job{Kind: "mail", Key: "a"})
			dead := waitForDead(t, r)
			enqueue(t, d, db.Job{Kind: "mail", Key: "a", DueAt: c.Now().Add(time.Hour)})
			if err := r.Retry(t.Context(), dead.ID); !fault.Has(err, "error-job-superseded") {
				t.Error(err)
			}
		})
	}
}

// Enqueued again while it runs, a job runs once more afterwards, never beside itself.
func TestAJobEnqueuedDuringItsRunRunsOnceMore(t *testing.T) {
	for _, fails := range []bool{false, true} {
		t.Run(fmt.Sprintf("fails=%v", fails), func(t *testing.T) {
			testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
				ran, goOn := make(chan string, 10), make(chan struct{})
				var atWork atomic.Int64
				start(t, d, jobs.Kind{Name: "mail", Run: func(_ context.Context, r jobs.Run) error {
					if atWork.Add(1) > 1 {
						t.Error("it runs beside itself")
					}
					defer atWork.Add(-1)
					ran <- string(r.Payload)
					<-goOn
					if fails && string(r.Payload) == "1" {
						return errNo
					}
					return nil
				}})
				enqueue(t, d, db.Job{Kind: "mail", Key: "a", Payload: 1})
				got := []string{receive(t, ran)}
				enqueue(t, d, db.Job{Kind: "mail", Key: "a", Payload: 2})
				enqueue(t, d, db.Job{Kind: "mail", Key: "a", Payload: 3}, db.Job{Kind: "mail", Key: "b", Payload: 4, DueAt: d.Clock().Now().Add(time.Hour)})
				goOn <- struct{}{}
				got = append(got, receive(t, ran))
				close(goOn)
				if !slices.Equal(got, []string{"1", "3"}) {
					t.Error(got)
				}
				err := d.InTx(t.Context(), func(tx *db.Tx) error { return tx.CancelJob(t.Context(), "mail", "b") })
				if err != nil {
					t.Error(err)
				}
				gone(t, d)
				if len(ran) > 0 {
					t.Error(<-ran)
				}
			})
		})
	}
}

func TestNoMoreThanAtOnceRun(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		begun, free, probed := make(chan bool, 100), make(chan struct{}), make(chan string, 1)
		start(t, d, report("probe", probed), jobs.Kind{Name: "mail", AtOnce: 3, Run: func(context.Context, jobs.Run) error {
			begun <- true
			<-free
			return nil
		}})
		list := make([]db.Job, 20)
		for i := range list {
			list[i].Kind = "mail"
		}
		enqueue(t, d, list...)
		for range 3 {
			receive(t, begun)
		}
		for range 3 { // the runner looks again, and again
			enqueue(t, d, db.Job{Kind: "probe"})
			receive(t, probed)
		}
		if len(begun) > 0 {
			t.Error("a fourth job runs")
		}
		close(free)
		gone(t, d)
		if len(begun) != 17 {
			t.Errorf("%d more ran", len(begun))
		}
	})
}

// A stop tells the job, gives it back without counting the attempt, and leaves
// nothing running.
func TestAStopGivesJobsBack(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		before := goleak.IgnoreCurrent()
		ran := make(chan string, 10)
		_, stop := start(t, d, jobs.Kind{Name: "mail", Run: func(ctx context.Context, _ jobs.Run) error {
			ran <- "begun"
			<-ctx.Done()
			return ctx.Err()
		}})
		enqueue(t, d, db.Job{Kind: "mail", Key: "a"})
		receive(t, ran)
		stop()
		d.Settled(t.Context())
		testkit.NothingRunsOn(t, before)
		start(t, d, report("mail", ran))
		if got := receive(t, ran); got != "mail a 1 null" {
			t.Error(got)
		}
		gone(t, d)
	})
}
