package outbox

// Limit sets how many events are held in memory, before anything is emitted.
func (r *Relay) Limit(n int) { r.limit = n }
