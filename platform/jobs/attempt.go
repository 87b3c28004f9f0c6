package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
)

const longestError = 2000 // bytes kept of an error

// attempt runs one job and settles its row.
func (r *Runner) attempt(ctx context.Context, one *run) {
	begun := r.clock.Now()
	err := errOverdue
	if one.Attempt <= one.kind.MaxAttempts {
		err = call(ctx, one)
	}
	stopped := ctx.Err() != nil
	one.cancel()
	if err != nil {
		r.fail(context.WithoutCancel(ctx), one, err, stopped)
	} else {
		r.count.WithLabelValues(one.kind.Name, "done").Inc()
	}
	r.leave(one, err == nil)
	level := slog.LevelDebug
	if err != nil {
		level = slog.LevelInfo
	}
	r.log.Log(ctx, level, "job", "kind", one.kind.Name, "id", one.ID, "key", one.Key, "attempt", one.Attempt,
		"ms", r.clock.Now().Sub(begun).Milliseconds(), "ok", err == nil)
}

var errOverdue = errors.New("the process ended during the last attempt")

func call(ctx context.Context, one *run) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	return one.kind.Run(ctx, one.Run)
}

func (r *Runner) fail(ctx context.Context, one *run, reason error, stopped bool) {
	text := printable(reason.Error())
	var err error
	switch now := r.clock.Now(); {
	case stopped && errors.Is(reason, context.Canceled):
		err = r.store.giveBack(ctx, one)
	case one.Attempt >= one.kind.MaxAttempts:
		r.count.WithLabelValues(one.kind.Name, "dead").Inc()
		r.log.Error("job is dead", "kind", one.kind.Name, "id", one.ID, "key", one.Key, "err", text)
		err = r.store.bury(ctx, one, now, text)
	default:
		r.count.WithLabelValues(one.kind.Name, "failed").Inc()
		r.log.Warn("job failed", "kind", one.kind.Name, "id", one.ID, "key", one.Key, "attempt", one.Attempt, "err", text)
		err = r.store.again(ctx, one, now.Add(one.kind.Backoff(one.Attempt)), text)
	}
	if err != nil {
		r.log.Error("failed job cannot be saved; it runs again after its lease", "id", one.ID, "err", err)
	}
}

// printable is what of an error's text both engines can store.
func printable(text string) string {
	text = text[:min(len(text), longestError)]
	return strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "")
}

// leave frees the slot; a success is removed with the next batch.
func (r *Runner) leave(one *run, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.busy[one.kind]--
	if ok {
		r.done = append(r.done, one)
		signal(r.ended)
	} else {
		delete(r.running, one)
	}
	signal(r.wake)
}

// removeDone removes finished jobs: all that end while the last removal is on its
// way go in one transaction.
func (r *Runner) removeDone() {
	for open := true; open; {
		_, open = <-r.ended
		for r.removeSome() {
		}
	}
}

// removeSome reports whether there may be more to remove.
func (r *Runner) removeSome() bool {
	r.mu.Lock()
	some := r.done[:min(len(r.done), doneBatch)]
	r.done = r.done[len(some):]
	r.mu.Unlock()
	if len(some) == 0 {
		return false
	}
	err := r.store.done(context.Background(), some)
	r.mu.Lock()
	for _, one := range some {
		delete(r.running, one)
	}
	r.mu.Unlock()
	if err != nil {
		r.log.Error("finished jobs cannot be removed and run again after their lease", "jobs", len(some), "err", err)
		return false
	}
	signal(r.wake)
	return true
}
