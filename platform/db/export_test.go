package db

// Waiting is how many transactions wait for SQLite's writer.
func (d *DB) Waiting() int { return len(d.writer.calls) }

// Waiting is how many calls gather for the next run.
func (t *Together[In, Out]) Waiting() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.waiting)
}
