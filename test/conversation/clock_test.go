package conversation

import (
	"encoding/json"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
)

// pending is a timer that waits.
type pending struct {
	id, key, payload string
	due              clock.Instant
}

// pass lets time go by, a second at most at once where something is due, and runs what
// becomes due in its order, as a runner of any node would.
func (h *house) pass(d time.Duration) {
	h.t.Helper()
	until := h.clock.Now().Add(d)
	for {
		next, ok := h.next()
		if !ok || next.due > until {
			break
		}
		if wait := next.due.Sub(h.clock.Now()); wait > 0 {
			h.clock.Advance(wait)
		}
		h.run(next)
	}
	if rest := until.Sub(h.clock.Now()); rest > 0 {
		h.clock.Advance(rest)
	}
}

func (h *house) next() (pending, bool) {
	h.t.Helper()
	all, err := db.All(h.ctx, h.db, func(row db.Row) (p pending, err error) {
		err = row.Scan(&p.id, &p.key, &p.payload, &p.due)
		return p, err
	}, `SELECT id, key, payload, due_at FROM jobs WHERE kind = 'rooms.timer' AND dead_at = 0 ORDER BY due_at, id LIMIT 1`)
	if err != nil {
		h.t.Fatal(err)
	}
	if len(all) == 0 {
		return pending{}, false
	}
	return all[0], true
}

func (h *house) run(p pending) {
	h.t.Helper()
	if err := h.rooms.Jobs()[0].Run(h.ctx, jobs.Run{ID: p.id, Key: p.key, Attempt: 1, Payload: json.RawMessage(p.payload)}); err != nil {
		h.t.Fatalf("timer %s: %v", p.key, err)
	}
	h.exec(`DELETE FROM jobs WHERE id = $1`, p.id)
}

// change is an administrator who changes a setting.
func (h *house) change(id string, f func(*chat.Settings)) {
	h.t.Helper()
	h.settings.set(f)
	consume(h, "rooms.setting", chat.SettingChanged{ID: id})
}

// seen makes rooms hear that an agent came or went.
func (h *house) seen(a chat.Actor) {
	h.t.Helper()
	consume(h, "rooms.agent-left", chat.AgentChanged{Agent: chat.User{ID: a.User}})
}
