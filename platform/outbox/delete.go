package outbox

import (
	"context"
	"slices"
)

// deleteDone deletes delivered rows until Run ends: all that have gathered while
// the last deletion was on its way go with one statement, and on SQLite with the
// commit of whoever else writes.
func (r *Relay) deleteDone() {
	for open := true; open; {
		_, open = <-r.wake
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
