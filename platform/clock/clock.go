// Package clock is the only place that reads the machine's time. Everything
// else is handed a Clock, so that tests move time instead of waiting for it.
package clock

import "time"

// Clock tells the time and wakes people up.
type Clock interface {
	// Now is the present instant, in whole milliseconds.
	Now() Instant
	// After delivers once when d has passed on this clock; d ≤ 0 delivers at once.
	After(d time.Duration) <-chan time.Time
}

// System is the machine's clock.
var System Clock = system{}

type system struct{}

func (system) Now() Instant                           { return Of(time.Now()) }
func (system) After(d time.Duration) <-chan time.Time { return time.After(d) }
