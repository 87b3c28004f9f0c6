// Package limit says how often something may happen. It keeps token buckets by
// key in this process, on the injected clock, in bounded memory. It does not
// know what it counts and does not share counts between processes.
package limit

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/foyerchat/foyer/platform/clock"
)

// generation is how many buckets are kept before the idle ones are dropped.
const generation = 50_000

// Limiter holds the buckets. The zero value is not usable.
type Limiter struct {
	clock clock.Clock

	mu         sync.Mutex
	on         bool
	young, old map[string]*rate.Limiter
}

// New makes a limiter; one that is off allows everything.
func New(c clock.Clock, on bool) *Limiter {
	return &Limiter{clock: c, on: on, young: map[string]*rate.Limiter{}}
}

// Turn switches the limiter on or off while it runs.
func (l *Limiter) Turn(on bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.on = on
}

// Allow reports whether key may happen now, n times per period and not more than n
// at once, and counts it; if not, retry is how long to wait. Another n than before
// counts from then on; a key always comes with the same per.
func (l *Limiter) Allow(key string, n int, per time.Duration) (ok bool, retry time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.on {
		return true, 0
	}
	now := l.clock.Now().Time()
	r := l.bucket(key, n, per).ReserveN(now, 1)
	if !r.OK() {
		return false, per
	}
	// The buckets count in floating point; the clock in milliseconds.
	if wait := r.DelayFrom(now).Round(time.Millisecond); wait > 0 {
		r.CancelAt(now)
		return false, wait
	}
	return true, 0
}

// bucket finds or makes the key's bucket. Those not asked for during a whole
// generation of others are forgotten.
func (l *Limiter) bucket(key string, n int, per time.Duration) *rate.Limiter {
	if b, ok := l.young[key]; ok && b.Burst() == n {
		return b
	}
	b, ok := l.old[key]
	if !ok || b.Burst() != n {
		b = rate.NewLimiter(rate.Limit(float64(n)/per.Seconds()), n)
	}
	if len(l.young) >= generation {
		l.old, l.young = l.young, map[string]*rate.Limiter{}
	}
	l.young[key] = b
	return b
}

// Len is how many buckets are kept.
func (l *Limiter) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.young) + len(l.old)
}
