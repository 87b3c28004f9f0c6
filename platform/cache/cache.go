// Package cache keeps answers for some seconds, so that many who ask the same at once
// have it made once. It knows nothing of who may see what: all an answer depends on is
// part of its key.
package cache

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

// Cache keeps a bounded number of answers by key.
type Cache[V any] struct {
	clock clock.Clock
	most  int
	mu    sync.Mutex
	kept  map[string]*answer[V]
}

type answer[V any] struct {
	until clock.Instant
	made  chan struct{} // closed when value or err is there
	value V
	err   error
}

// New makes a cache of most answers at most.
func New[V any](c clock.Clock, most int) *Cache[V] {
	return &Cache[V]{clock: c, most: most, kept: map[string]*answer[V]{}}
}

var errGivenUp = errors.New("cache: the answer was not made")

// Get is the answer of a key, made at most keep ago. If there is none, the first who asks
// makes it and the others wait for him; that he goes away does not take it from them.
// An error goes to all of them and is not kept.
func (c *Cache[V]) Get(ctx context.Context, key string, keep time.Duration, produce func(context.Context) (V, error)) (V, error) {
	a, mine := c.find(key, keep)
	if mine {
		a.err = errGivenUp // unless produce returns
		defer c.done(key, a)
		a.value, a.err = produce(context.WithoutCancel(ctx))
		return a.value, a.err
	}
	select {
	case <-a.made:
		return a.value, a.err
	case <-ctx.Done():
		var none V
		return none, ctx.Err()
	}
}

// Len is how many answers are kept or being made.
func (c *Cache[V]) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.kept)
}

// find is the answer that is kept or being made, or a new one that the caller has to make.
func (c *Cache[V]) find(key string, keep time.Duration) (a *answer[V], mine bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.clock.Now()
	if a, ok := c.kept[key]; ok && (now < a.until || a.inMaking()) {
		return a, false
	}
	a = &answer[V]{until: now.Add(keep), made: make(chan struct{})}
	c.makeRoom(now)
	c.kept[key] = a
	return a, true
}

// inMaking reports whether nobody has the answer yet: then it is made once, however long
// that takes.
func (a *answer[V]) inMaking() bool {
	select {
	case <-a.made:
		return false
	default:
		return true
	}
}

// makeRoom drops what has expired and, if all is fresh, what would expire first.
func (c *Cache[V]) makeRoom(now clock.Instant) {
	if len(c.kept) < c.most {
		return
	}
	oldest := ""
	for key, a := range c.kept {
		if a.until <= now {
			delete(c.kept, key)
		} else if oldest == "" || a.until < c.kept[oldest].until {
			oldest = key
		}
	}
	if len(c.kept) >= c.most {
		delete(c.kept, oldest)
	}
}

func (c *Cache[V]) done(key string, a *answer[V]) {
	close(a.made)
	if a.err == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept[key] == a {
		delete(c.kept, key)
	}
}
