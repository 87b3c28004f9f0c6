package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/testkit"
)

const (
	childVariable = "FOYER_TEST_CHILD" // the database a child process of this test uses
	shortLease    = 1500 * time.Millisecond
)

func TestMain(m *testing.M) {
	if url := os.Getenv(childVariable); url != "" {
		fmt.Println("error", enqueueAndHang(url))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func enqueueAndHang(url string) error {
	ctx := context.Background()
	d, err := db.Open(ctx, url, db.Options{})
	if err != nil {
		return err
	}
	r := jobs.New(d, clock.System, quiet())
	r.Handle(jobs.Kind{Name: "mail", Lease: shortLease, Run: func(context.Context, jobs.Run) error {
		fmt.Println("begun")
		select {}
	}})
	go r.Run(ctx)
	if err := d.InTx(ctx, func(tx *db.Tx) error { return tx.Enqueue(ctx, db.Job{Kind: "mail", Key: "a"}) }); err != nil {
		return err
	}
	select {}
}

// kill -9 in the middle of a job: it runs again within its lease and a second.
func TestAJobSurvivesAKill(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			url := testkit.URL(t, engine)
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), childVariable+"="+url)
			out, err := child.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			var word string
			fmt.Fscan(out, &word)
			child.Process.Kill()
			killed := clock.System.Now()
			child.Wait()
			if word != "begun" {
				t.Fatalf("the child said %q", word)
			}
			d := testkit.OpenURL(t, url)
			ran := make(chan string, 1)
			start(t, d, report("mail", ran))
			if got := receive(t, ran); got != "mail a 2 null" {
				t.Error(got)
			}
			if took := clock.System.Now().Sub(killed); took > shortLease+time.Second {
				t.Errorf("took %v", took)
			}
			gone(t, d)
		})
	}
}

// watched is a clock that tells when the runner has looked and asked to be woken.
type watched struct {
	*clock.Fake
	asked chan struct{}
}

func (w *watched) After(d time.Duration) <-chan time.Time {
	c := w.Fake.After(d)
	select {
	case w.asked <- struct{}{}:
	default:
	}
	return c
}

// A run far longer than its lease keeps it; the other node does not take the job.
func TestALongRunKeepsItsLease(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			c := clock.NewFake(1_000_000)
			w := &watched{c, make(chan struct{}, 1)}
			url := testkit.URL(t, engine)
			first, second := testkit.OpenURL(t, url, w), testkit.OpenURL(t, url, c)
			begun, free := make(chan struct{}), make(chan struct{})
			start(t, first, jobs.Kind{Name: "mail", Lease: 3 * time.Second, Run: func(ctx context.Context, _ jobs.Run) error {
				close(begun)
				<-free
				return ctx.Err()
			}})
			enqueue(t, first, db.Job{Kind: "mail", Key: "a"})
			receive(t, begun)
			stolen := make(chan string, 10)
			start(t, second, report("mail", stolen))
			for range 20 {
				receive(t, w.asked)
				c.Advance(500 * time.Millisecond)
			}
			receive(t, w.asked)
			if len(stolen) > 0 {
				t.Error(<-stolen)
			}
			close(free)
			gone(t, first)
		})
	}
}

// Cancelled during its run, a job learns of it by its context, and stays gone.
func TestACancelledRunIsTold(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			c := clock.NewFake(1_000_000)
			d := testkit.Open(t, engine, c)
			begun, told := make(chan struct{}), make(chan error, 1)
			start(t, d, jobs.Kind{Name: "mail", Lease: 3 * time.Second, Run: func(ctx context.Context, _ jobs.Run) error {
				close(begun)
				<-ctx.Done()
				told <- ctx.Err()
				return ctx.Err()
			}})
			enqueue(t, d, db.Job{Kind: "mail", Key: "a"})
			receive(t, begun)
			err := d.InTx(t.Context(), func(tx *db.Tx) error { return tx.CancelJob(t.Context(), "mail", "a") })
			if err != nil {
				t.Fatal(err)
			}
			if err := advance(t, c, told); !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			gone(t, d)
		})
	}
}

// A node that lost its lease and ends late can neither finish nor fail the job
// that runs again meanwhile, be it the same one or one enqueued anew.
func TestALateEndIsFencedOff(t *testing.T) {
	for _, late := range []error{nil, errNo} {
		for _, anew := range []bool{false, true} {
			t.Run(fmt.Sprint("end=", late, " anew=", anew), func(t *testing.T) {
				testkit.EachEngine(t, func(t *testing.T, d *db.DB) { lateEnd(t, d, late, anew) })
			})
		}
	}
}

func lateEnd(t *testing.T, d *db.DB, late error, anew bool) {
	begun, log := make(chan chan error, 2), &ends{ended: make(chan struct{}, 10)}
	r := jobs.New(d, d.Clock(), slog.New(log))
	r.Handle(jobs.Kind{Name: "mail", Run: func(context.Context, jobs.Run) error {
		end := make(chan error)
		begun <- end
		return <-end
	}}, jobs.Kind{Name: "probe", Run: func(context.Context, jobs.Run) error { return nil }})
	run(t, r)
	enqueue(t, d, db.Job{Kind: "mail", Key: "a"})
	first := receive(t, begun)
	if anew {
		enqueue(t, d, db.Job{Kind: "mail", Key: "a"})
	}
	loseLease(t, d)
	second := receive(t, begun)
	first <- late
	receive(t, log.ended)
	enqueue(t, d, db.Job{Kind: "probe"}) // removed after the first run, were that possible
	receive(t, log.ended)
	removed(t, d, "probe")
	var left, dueLater, failed int
	err := d.QueryRow(t.Context(), `SELECT count(*), count(*) FILTER (WHERE due_at > $1), count(*) FILTER (WHERE last_error <> '') FROM jobs`,
		d.Clock().Now()).Scan(&left, &dueLater, &failed)
	if left != 1 || dueLater > 0 || failed > 0 || err != nil {
		t.Errorf("the late end was taken: %d left, %d put off, %d failed %v", left, dueLater, failed, err)
	}
	second <- nil
	gone(t, d)
}

// ends is a log that tells when a run has been settled.
type ends struct {
	slog.Handler
	ended chan struct{}
}

func (e *ends) Enabled(context.Context, slog.Level) bool { return true }

func (e *ends) Handle(_ context.Context, r slog.Record) error {
	if r.Message == "job" {
		e.ended <- struct{}{}
	}
	return nil
}

// loseLease is a node that stood still longer than its lease.
func loseLease(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.InTx(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE jobs SET lease_until = 0`)
		tx.WakeJobs(tx.Now())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// removed waits until no job of a kind (a pattern) is left.
func removed(t *testing.T, d *db.DB, kind string) {
	t.Helper()
	for late := time.After(patience); ; {
		var n int
		if err := d.QueryRow(t.Context(), `SELECT count(*) FROM jobs WHERE kind LIKE $1`, kind).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return
		}
		select {
		case <-late:
			t.Fatalf("%d jobs are left", n)
		default:
		}
	}
}

// Two nodes share the work: every job runs, none twice.
func TestTwoNodesShareTheWork(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			url := testkit.URL(t, engine)
			var mu sync.Mutex
			ran := map[string]int{}
			var left atomic.Int64
			const n = 200
			left.Store(n)
			done := make(chan struct{})
			var nodes []*db.DB
			for range 2 {
				d := testkit.OpenURL(t, url)
				nodes = append(nodes, d)
				start(t, d, jobs.Kind{Name: "mail", Run: func(_ context.Context, r jobs.Run) error {
					mu.Lock()
					ran[string(r.Payload)]++
					mu.Unlock()
					if left.Add(-1) == 0 {
						close(done)
					}
					return nil
				}})
			}
			for i := range n {
				enqueue(t, nodes[i%2], db.Job{Kind: "mail", Payload: i})
			}
			receive(t, done)
			gone(t, nodes[0])
			for payload, times := range ran {
				if times != 1 {
					t.Errorf("%s ran %d times", payload, times)
				}
			}
			if len(ran) != n {
				t.Errorf("%d of %d ran", len(ran), n)
			}
		})
	}
}

// A job that takes its process down each time ends as dead, not in a circle.
func TestAJobThatKillsItsProcessBecomesDead(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		enqueue(t, d, db.Job{Kind: "mail", Key: "a"})
		err := d.InTx(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), `UPDATE jobs SET attempt = 2`) // two processes have died of it
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		r, _ := start(t, d, jobs.Kind{Name: "mail", MaxAttempts: 2, Run: func(context.Context, jobs.Run) error { t.Error("it ran"); return nil }})
		if dead := waitForDead(t, r); dead.Error == "" {
			t.Errorf("%+v", dead)
		}
	})
}
