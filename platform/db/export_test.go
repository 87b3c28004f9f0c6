package db

// Waiting is how many transactions wait for SQLite's writer.
func (d *DB) Waiting() int { return len(d.writer.calls) }
