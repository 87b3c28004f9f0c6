package clock

import (
	"sync"
	"time"
)

// Fake is a clock that stands still until it is moved.
type Fake struct {
	mu     sync.Mutex
	now    Instant
	alarms map[chan time.Time]Instant
}

// NewFake makes a clock that stands at the given instant.
func NewFake(at Instant) *Fake {
	return &Fake{now: at, alarms: map[chan time.Time]Instant{}}
}

// Now is where the clock stands.
func (f *Fake) Now() Instant {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// After delivers when the clock has been moved by d.
func (f *Fake) After(d time.Duration) <-chan time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	c := make(chan time.Time, 1)
	if d <= 0 {
		c <- f.now.Time()
		return c
	}
	f.alarms[c] = f.now.Add(d)
	return c
}

// Advance moves the clock and rings every alarm that is due.
func (f *Fake) Advance(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = f.now.Add(d)
	for c, at := range f.alarms {
		if at <= f.now {
			c <- f.now.Time()
			delete(f.alarms, c)
		}
	}
}
