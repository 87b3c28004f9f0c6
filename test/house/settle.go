package house

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Settle delivers every event, each twice, and runs every job that is due until nothing follows.
func (h *House) Settle() {
	h.T.Helper()
	for h.deliver() || h.work() {
	}
}

// After moves the clock and settles.
func (h *House) After(d time.Duration) {
	h.T.Helper()
	h.Clock.Advance(d)
	h.Settle()
}

func (h *House) deliver() bool {
	h.T.Helper()
	events, err := db.All(context.Background(), h.Inside.DB, func(r db.Row) (e outbox.Envelope, err error) {
		var payload string
		err = r.Scan(&e.ID, &e.Name, &e.Key, &payload, &e.At)
		e.Payload = []byte(payload)
		return e, err
	}, `SELECT id, name, key, payload, at FROM outbox ORDER BY id LIMIT 50`)
	h.Must(err)
	for _, e := range events {
		for _, c := range h.Inside.Consumers {
			for range 2 {
				if slices.Contains(c.Events, e.Name) {
					h.Must(c.Handle(context.Background(), e))
				}
			}
		}
		h.Exec(`DELETE FROM outbox WHERE id = $1`, e.ID)
	}
	return len(events) > 0
}

func (h *House) work() bool {
	h.T.Helper()
	type job struct {
		id, kind, key, payload string
		attempt                int
	}
	due, err := db.All(context.Background(), h.Inside.DB, func(r db.Row) (j job, err error) {
		err = r.Scan(&j.id, &j.kind, &j.key, &j.payload, &j.attempt)
		return j, err
	}, `SELECT id, kind, key, payload, attempt FROM jobs WHERE dead_at = 0 AND due_at <= $1 ORDER BY due_at, id`, h.Clock.Now())
	h.Must(err)
	for _, j := range due {
		k := h.Inside.Jobs[slices.IndexFunc(h.Inside.Jobs, func(k jobs.Kind) bool { return k.Name == j.kind })]
		err := k.Run(context.Background(), jobs.Run{ID: j.id, Key: j.key, Attempt: j.attempt + 1, Payload: json.RawMessage(j.payload)})
		if err != nil && h.JobsFail {
			h.Exec(`UPDATE jobs SET attempt = attempt + 1, due_at = $2 WHERE id = $1`, j.id, h.Clock.Now().Add(k.Backoff(j.attempt+1)))
			continue
		}
		h.Must(err)
		h.Exec(`DELETE FROM jobs WHERE id = $1`, j.id)
	}
	return len(due) > 0
}
