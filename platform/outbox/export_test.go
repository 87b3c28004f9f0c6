package outbox

// Limit sets how many events are held in memory, before anything is emitted.
func (r *Relay) Limit(n int) { r.limit = n }

// Hurry deletes what is delivered without waiting for more.
func (r *Relay) Hurry() { signal(r.hurry) }
