package outbox

import (
	"context"
	"slices"
	"time"
)

// gather is how long delivered rows wait for one another: a deletion is a commit
// of its own, and nobody waits for it. After a crash in between they are
// delivered again, which consumers are used to.
const gather = 100 * time.Millisecond

// deleteDone deletes delivered rows until Run ends.
func (r *Relay) deleteDone() {
	for open := true; open; {
		_, open = <-r.wake
		select {
		case <-r.clock.After(gather):
		case <-r.hurry:
		case <-r.stopped:
		}
		for r.deleteSome() {
		}
	}
}

// deleteSome reports whether there may be more to delete.
func (r *Relay) deleteSome() bool {
	r.mu.Lock()
	ids := slices.Clone(r.done[:min(len(r.done), batch)])
	r.mu.Unlock()
	if len(ids) == 0 {
		return false
	}
	err := r.store.delete(context.Background(), ids)
	if err != nil {
		r.log.Error("delivered events cannot be deleted yet", "events", len(ids), "err", err)
		return false // the next sweep wakes us
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done = r.done[len(ids):]
	r.forget(ids...)
	return true
}
