package app

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// The garbage is collected when the heap has grown by about heapRoom, within these
// percents of what is in use: collecting a small heap each time it doubles costs more
// than what the memory is worth, and a large one should not double.
const (
	heapRoom                = 48 << 20
	leastGrowth, mostGrowth = 60, 300
	defaultGrowth           = 100
)

// growth is by how many percent a heap of so many bytes in use may grow.
func growth(live uint64) int {
	if live == 0 {
		return defaultGrowth
	}
	return min(max(int(heapRoom*100/live), leastGrowth), mostGrowth)
}

// tuneCollector adapts the heap's growth after every collection, until stop is called.
// It respects what GOGC says.
func tuneCollector() (stop func()) {
	before := debug.SetGCPercent(defaultGrowth)
	if before != defaultGrowth {
		debug.SetGCPercent(before)
		return func() {}
	}
	var mu sync.Mutex
	stopped := false
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	var again func()
	again = func() {
		mu.Lock()
		defer mu.Unlock()
		if stopped {
			return
		}
		metrics.Read(sample)
		debug.SetGCPercent(growth(sample[0].Value.Uint64()))
		runtime.AddCleanup(new(*byte), func(f func()) { f() }, again) // runs after the next collection
	}
	again()
	return func() {
		mu.Lock()
		defer mu.Unlock()
		stopped = true
		debug.SetGCPercent(before)
	}
}
