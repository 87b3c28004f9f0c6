package accounts

import (
	"sync"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

// attempts counts failed sign-ins per account and per address; after too many
// the key is blocked for a while. The count is this process's own and bounded:
// when it is full the oldest window is forgotten.
type attempts struct {
	clock clock.Clock
	size  int

	mu   sync.Mutex
	keys map[string]failures
}

type failures struct {
	count int64
	until clock.Instant // end of the window, or of the block
}

// rule is how many failures block for how long.
type rule struct {
	allowed int64
	block   time.Duration
}

func newAttempts(c clock.Clock, size int) *attempts {
	return &attempts{clock: c, size: size, keys: map[string]failures{}}
}

// take books a failure in advance and reports false when the key is blocked.
// Booking first means that parallel guesses cannot slip past the limit.
func (a *attempts) take(key string, r rule) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.clock.Now()
	f, known := a.keys[key]
	if !known || now >= f.until {
		a.makeRoom()
		f = failures{until: now.Add(r.block)}
	}
	if f.count >= r.allowed {
		return false
	}
	f.count++
	if f.count == r.allowed {
		f.until = now.Add(r.block)
	}
	a.keys[key] = f
	return true
}

// giveBack takes back one booked failure: the sign-in was right.
func (a *attempts) giveBack(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if f, ok := a.keys[key]; ok && f.count > 0 {
		f.count--
		a.keys[key] = f
	}
}

// forget clears the account after a right sign-in.
func (a *attempts) forget(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.keys, key)
}

func (a *attempts) makeRoom() {
	if len(a.keys) < a.size {
		return
	}
	now, oldest, at := a.clock.Now(), "", clock.Instant(0)
	for key, f := range a.keys {
		if now >= f.until {
			delete(a.keys, key)
		} else if oldest == "" || f.until < at {
			oldest, at = key, f.until
		}
	}
	if len(a.keys) >= a.size {
		delete(a.keys, oldest)
	}
}
