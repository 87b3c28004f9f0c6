package model

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/outbox"
)

// most bounds what may follow from one act.
const most = 20_000

// settle delivers every event and runs every job that is due, one after the other,
// until nothing more follows.
func (h *House) settle() error {
	for range most {
		if did, err := h.deliver(); did || err != nil {
			if err != nil {
				return err
			}
			continue
		}
		if did, err := h.work(); !did || err != nil {
			return err
		}
	}
	return fmt.Errorf("more than %d things follow from one act", most)
}

func scanEvent(row db.Row) (e outbox.Envelope, err error) {
	var payload string
	err = row.Scan(&e.ID, &e.Name, &e.Key, &payload, &e.At)
	e.Payload = []byte(payload)
	return e, err
}

// times is how often everything is delivered and run: at least once is all that is promised.
func (h *House) times() int {
	if h.twice {
		return 2
	}
	return 1
}

// deliver hands the oldest events to their consumers, as after a restart: from the table.
func (h *House) deliver() (did bool, err error) {
	events, err := db.All(h.ctx, h.inside.DB, scanEvent, `SELECT id, name, key, payload, at FROM outbox ORDER BY id LIMIT 50`)
	for _, e := range events {
		for _, c := range h.inside.Consumers {
			if !slices.Contains(c.Events, e.Name) {
				continue
			}
			for range h.times() {
				if err := c.Handle(h.ctx, e); err != nil {
					return true, fmt.Errorf("%s fails on %s %s: %w", c.Name, e.Name, e.Payload, err)
				}
			}
		}
	}
	if len(events) == 0 || err != nil {
		return false, err
	}
	ids := make([]any, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	return true, h.exec(`DELETE FROM outbox WHERE id IN (`+db.In(len(ids), 1)+`)`, ids...)
}

type job struct {
	id, kind, key, payload string
	due                    clock.Instant
}

func scanJob(row db.Row) (j job, err error) {
	err = row.Scan(&j.id, &j.kind, &j.key, &j.payload, &j.due)
	return j, err
}

// next is the first job of all, due or not.
func (h *House) next() (j job, found bool, err error) {
	all, err := db.All(h.ctx, h.inside.DB, scanJob, `SELECT id, kind, key, payload, due_at FROM jobs WHERE dead_at = 0 ORDER BY due_at, id LIMIT 1`)
	if len(all) > 0 {
		j = all[0]
	}
	return j, len(all) > 0, err
}

// work runs the job that has been due for longest.
func (h *House) work() (did bool, err error) {
	j, found, err := h.next()
	if err != nil || !found || j.due > h.clock.Now() {
		return false, err
	}
	i := slices.IndexFunc(h.inside.Jobs, func(k jobs.Kind) bool { return k.Name == j.kind })
	if i < 0 {
		return false, fmt.Errorf("nobody does jobs of kind %s", j.kind)
	}
	for n := range h.times() {
		run := jobs.Run{ID: j.id, Key: j.key, Attempt: n + 1, Payload: json.RawMessage(j.payload)}
		if err := h.inside.Jobs[i].Run(h.ctx, run); err != nil {
			return true, fmt.Errorf("job %s %s: %w", j.kind, j.key, err)
		}
	}
	return true, h.exec(`DELETE FROM jobs WHERE id = $1`, j.id)
}

// wait moves the clock from job to job until the model's time.
func (h *House) wait(at int64) error {
	until := noon + clock.Instant(at-beginning)
	for {
		if err := h.settle(); err != nil {
			return err
		}
		j, found, err := h.next()
		if err != nil {
			return err
		}
		if !found || j.due > until {
			h.clock.Advance(until.Sub(h.clock.Now()))
			return h.settle()
		}
		h.clock.Advance(j.due.Sub(h.clock.Now()))
	}
}
