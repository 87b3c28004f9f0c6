package jobs

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/metrics"
)

const (
	poll      = 500 * time.Millisecond // longest wait before looking for what other processes left
	doneBatch = 64
)

// Runner runs the jobs of its kinds.
type Runner struct {
	store store
	db    *db.DB
	clock clock.Clock
	log   *slog.Logger
	kinds []*Kind
	wake  chan struct{} // something may be due, a slot is free, or a run is done
	ended chan struct{}
	work  sync.WaitGroup
	count *prometheus.CounterVec // of attempts, by kind and outcome

	mu      sync.Mutex
	running map[*run]bool // until the row is settled
	busy    map[*Kind]int
	done    []*run
}

// run is an attempt that this runner holds.
type run struct {
	Run
	kind       *Kind
	due        clock.Instant
	leaseUntil clock.Instant
	cancel     context.CancelFunc
}

// New makes a runner; nothing runs before Run.
func New(d *db.DB, c clock.Clock, log *slog.Logger) *Runner {
	return &Runner{
		store: store{d}, db: d, clock: c, log: log,
		wake: make(chan struct{}, 1), ended: make(chan struct{}, 1),
		running: map[*run]bool{}, busy: map[*Kind]int{}, count: measured(nil),
	}
}

// Measure counts attempts in a registry.
func (r *Runner) Measure(in prometheus.Registerer) { r.count = measured(in) }

func measured(in prometheus.Registerer) *prometheus.CounterVec {
	return metrics.Counter(in, "foyer_jobs_total", "Attempts of durable work on this node, by kind and outcome: done, failed (and tried again), dead.", "kind", "outcome")
}

// Handle adds kinds; all of them before Run. Jobs of other kinds are left alone.
func (r *Runner) Handle(kinds ...Kind) {
	for _, k := range kinds {
		r.kinds = append(r.kinds, k.withDefaults())
	}
}

// Dead lists the jobs that failed for the last time, the newest first, 1000 at most.
func (r *Runner) Dead(ctx context.Context) ([]Dead, error) { return r.store.dead(ctx) }

// Retry lets a dead job run again now, under a new id. It is a fault if there is
// no such job or a newer one of the same kind and key waits.
func (r *Runner) Retry(ctx context.Context, id string) error { return r.store.revive(ctx, id) }

// Run runs jobs as they become due until ctx ends, then tells those at work by
// their context, waits for them and gives back what they did not finish.
func (r *Runner) Run(ctx context.Context) error {
	stop := r.db.OnJobs(func(clock.Instant) { signal(r.wake) })
	defer stop()
	finished := make(chan struct{})
	go func() { defer close(finished); r.removeDone() }()
	for ctx.Err() == nil {
		next := r.round(ctx) // a moment, not a time to wait: the clock goes on while the round is made
		select {
		case <-r.wake:
		case <-r.clock.After(next.Sub(r.clock.Now())):
		case <-ctx.Done():
		}
	}
	r.work.Wait()
	close(r.ended)
	<-finished
	return nil
}

// round renews leases, starts what is due and says when the next round is needed at the latest.
func (r *Runner) round(ctx context.Context) clock.Instant {
	now := r.clock.Now()
	r.renew(ctx, now)
	due, err := r.store.next(ctx, r.kinds, now)
	wait := poll
	for i, k := range r.kinds {
		switch {
		case err != nil || due[i] == 0:
		case due[i] > now:
			wait = min(wait, due[i].Sub(now))
		default:
			err = r.start(ctx, k, now)
		}
	}
	if err != nil && ctx.Err() == nil {
		r.log.Error("jobs cannot be read", "err", err)
	}
	return now.Add(wait)
}

// start claims as many jobs as the kind has free slots.
func (r *Runner) start(ctx context.Context, k *Kind, now clock.Instant) error {
	r.mu.Lock()
	free := k.AtOnce - r.busy[k]
	r.mu.Unlock()
	if free <= 0 {
		return nil // a run's end wakes us
	}
	claimed, err := r.store.claim(ctx, k, free, now)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, one := range claimed {
		var work context.Context
		work, one.cancel = context.WithCancel(ctx)
		r.running[one] = true
		r.busy[k]++
		r.work.Go(func() { r.attempt(work, one) })
	}
	if len(claimed) == free {
		signal(r.wake) // of other kinds, too, there may be more
	}
	return nil
}

// renew prolongs the leases that have run for a third of their time.
func (r *Runner) renew(ctx context.Context, now clock.Instant) {
	r.mu.Lock()
	var old []*run
	for one := range r.running {
		if one.leaseUntil.Sub(now) < one.kind.Lease*2/3 {
			old = append(old, one)
		}
	}
	r.mu.Unlock()
	for _, one := range old {
		until := now.Add(one.kind.Lease)
		lost, err := r.store.renew(ctx, one, until)
		switch {
		case err != nil:
			r.log.Error("lease cannot be renewed", "kind", one.kind.Name, "id", one.ID, "err", err)
		case lost:
			one.cancel()
		default:
			one.leaseUntil = until
		}
	}
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
