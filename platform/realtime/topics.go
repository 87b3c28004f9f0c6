package realtime

import (
	"slices"
	"sync"
)

// topics says who hears what. Lists are replaced, never changed, so that a
// publication walks one without holding the lock.
type topics struct {
	mu sync.RWMutex
	of map[string][]*sub
}

func newTopics() *topics { return &topics{of: map[string][]*sub{}} }

func (t *topics) subs(topic string) []*sub {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.of[topic]
}

func (t *topics) add(s *sub) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.of[s.topic] = append(slices.Clip(t.of[s.topic]), s)
}

func (t *topics) remove(s *sub) {
	t.mu.Lock()
	defer t.mu.Unlock()
	old := t.of[s.topic]
	i := slices.Index(old, s)
	if i < 0 {
		return
	}
	if len(old) == 1 {
		delete(t.of, s.topic)
		return
	}
	t.of[s.topic] = slices.Concat(old[:i], old[i+1:])
}
