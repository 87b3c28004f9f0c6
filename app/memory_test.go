package app

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestASmallHeapGrowsMoreThanALargeOne(t *testing.T) {
	for _, c := range []struct {
		live uint64
		want int
	}{{0, 100}, {4 << 20, 300}, {24 << 20, 200}, {48 << 20, 100}, {100 << 20, 60}, {8 << 30, 60}} {
		if got := growth(c.live); got != c.want {
			t.Errorf("a heap of %d bytes may grow by %d %%, want %d", c.live, got, c.want)
		}
	}
}

// What is in use decides anew after every collection, and no more once it is stopped.
func TestTheCollectorIsTuned(t *testing.T) {
	percent := func() int {
		n := debug.SetGCPercent(100)
		debug.SetGCPercent(n)
		return n
	}
	becomes := func(want func(int) bool) {
		t.Helper()
		for until := time.Now().Add(10 * time.Second); !want(percent()); runtime.Gosched() {
			if time.Now().After(until) {
				t.Fatalf("it is %d %%", percent())
			}
			runtime.GC()
		}
	}
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	stop := tuneCollector()
	small := percent()
	held := make([]byte, 100<<20)
	becomes(func(n int) bool { return n == leastGrowth })
	runtime.KeepAlive(held)
	becomes(func(n int) bool { return n > leastGrowth })
	if small <= leastGrowth {
		t.Errorf("a small heap may grow by %d %%", small)
	}
	stop()
	if n := percent(); n != 100 {
		t.Errorf("after its end it is %d %%", n)
	}
}
