package db

import (
	"context"
	"sync"
)

// Together carries out calls that come at the same time as one: while as many runs as
// may be are under way, the next calls gather for the one after them. It never waits
// for more to come.
type Together[In, Out any] struct {
	// Runs says how many runs may be under way at once (nil: one), as DB.Parallel does.
	Runs func() int
	// Run carries calls out in a transaction of its own; nil is an answer for whoever
	// is to do it alone, and an error is that for all.
	Run func(ctx context.Context, all []In) ([]*Out, error)

	mu      sync.Mutex
	waiting []*turn[In, Out]
	running int
}

// mostTogether bounds a run, and with it the different statements it makes.
const mostTogether = 64

type turn[In, Out any] struct {
	in   In
	done chan *Out
}

// Do is answered by a run that began after the call. nil: do it alone; whether or
// not a failed run did it after all must then show, as the id of a row does.
func (t *Together[In, Out]) Do(ctx context.Context, in In) *Out {
	me := &turn[In, Out]{in, make(chan *Out, 1)}
	t.mu.Lock()
	t.waiting = append(t.waiting, me)
	if t.running == 0 || t.Runs != nil && t.running < t.Runs() {
		t.running++
		go t.work()
	}
	t.mu.Unlock()
	select {
	case out := <-me.done:
		return out
	case <-ctx.Done():
		return nil
	}
}

func (t *Together[In, Out]) work() {
	for {
		t.mu.Lock()
		n := min(len(t.waiting), mostTogether)
		if n == 0 {
			t.running--
			t.mu.Unlock()
			return
		}
		batch := t.waiting[:n:n]
		t.waiting = t.waiting[n:]
		t.mu.Unlock()
		t.answer(batch)
	}
}

func (t *Together[In, Out]) answer(batch []*turn[In, Out]) {
	all := make([]In, len(batch))
	for i, b := range batch {
		all[i] = b.in
	}
	out := t.safely(all)
	for i, b := range batch {
		b.done <- out[i]
	}
}

// safely leaves to each alone what cannot be done together.
func (t *Together[In, Out]) safely(all []In) (out []*Out) {
	defer func() {
		if recover() != nil { // whoever is the cause panics again alone
			out = make([]*Out, len(all))
		}
	}()
	out, err := t.Run(context.Background(), all)
	if err != nil {
		return make([]*Out, len(all))
	}
	return out
}
