package db_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
)

// Calls that come while a run is under way are one run; each gets its own answer.
func TestTogether(t *testing.T) {
	gate, begun := make(chan struct{}), make(chan int, 100)
	double := func(_ context.Context, all []int) ([]*int, error) {
		begun <- len(all)
		<-gate
		out := make([]*int, len(all))
		for i, n := range all {
			switch {
			case n == 13:
				return nil, errors.New("unlucky")
			case n == 14:
				panic("worse")
			case n%2 == 0:
				out[i] = new(2 * n)
			}
		}
		return out, nil
	}
	together := db.Together[int, int]{Run: double}
	got := make([]*int, 12)
	var all sync.WaitGroup
	call := func(i, n int) { all.Go(func() { got[i] = together.Do(t.Context(), n) }) }
	call(0, 100)
	if n := <-begun; n != 1 {
		t.Fatalf("the first run has %d calls", n)
	}
	for i := 1; i < 10; i++ {
		call(i, i)
	}
	for together.Waiting() < 9 {
		runtime.Gosched()
	}
	gate <- struct{}{}
	if n := <-begun; n != 9 {
		t.Fatalf("the second run has %d calls", n)
	}
	gate <- struct{}{}
	all.Wait()
	for i := 1; i < 10; i++ {
		if i%2 == 0 && (got[i] == nil || *got[i] != 2*i) || i%2 == 1 && got[i] != nil {
			t.Errorf("the answer to %d is %v", i, got[i])
		}
	}
	close(gate)
	for _, n := range []int{13, 14} {
		if together.Do(t.Context(), n) != nil {
			t.Errorf("%d was answered", n)
		}
	}
	if out := together.Do(t.Context(), 2); out == nil || *out != 4 {
		t.Error("nothing runs after a failure")
	}
}

// As many runs as may be are under way at once; further calls gather for the next one.
func TestTogetherInSeveralRuns(t *testing.T) {
	gate, begun := make(chan struct{}), make(chan []int, 10)
	together := db.Together[int, int]{Runs: func() int { return 3 }, Run: func(_ context.Context, all []int) ([]*int, error) {
		begun <- all
		<-gate
		out := make([]*int, len(all))
		for i := range all {
			out[i] = &all[i]
		}
		return out, nil
	}}
	var all sync.WaitGroup
	call := func(n int) {
		all.Go(func() {
			if out := together.Do(t.Context(), n); out == nil || *out != n {
				t.Errorf("the answer to %d is %v", n, out)
			}
		})
	}
	for n := range 3 {
		call(n)
		if run := <-begun; len(run) != 1 || run[0] != n {
			t.Fatalf("run %d has %v", n, run)
		}
	}
	for n := 3; n < 8; n++ {
		call(n)
	}
	for together.Waiting() < 5 {
		runtime.Gosched()
	}
	gate <- struct{}{}
	if run := <-begun; len(run) != 5 {
		t.Errorf("the run after the first has %v", run)
	}
	close(gate)
	all.Wait()
	if len(begun) > 0 {
		t.Error("a run of nothing")
	}
}

// Who does not wait any more gets no answer; the run goes on.
func TestTogetherWithoutPatience(t *testing.T) {
	gate, ran := make(chan struct{}), make(chan int, 1)
	together := db.Together[int, int]{Run: func(_ context.Context, all []int) ([]*int, error) {
		<-gate
		ran <- all[0]
		return make([]*int, len(all)), nil
	}}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if together.Do(ctx, 1) != nil {
		t.Error("an answer")
	}
	close(gate)
	if n := <-ran; n != 1 {
		t.Error(n)
	}
}
