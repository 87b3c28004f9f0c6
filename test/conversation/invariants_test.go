package conversation

import (
	"slices"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/test/invariants"
)

func (h *house) invariants() {
	h.t.Helper()
	broken, err := invariants.Broken(h.ctx, h.db)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, what := range broken {
		h.t.Error(what)
	}
	h.eventsFollowTheNumbers()
}

// eventsFollowTheNumbers: each number of a room is told exactly once and in order.
func (h *house) eventsFollowTheNumbers() {
	h.t.Helper()
	type told struct {
		seq   int64
		event string
	}
	all, err := db.All(h.ctx, h.db, func(row db.Row) (e envelope, err error) {
		err = row.Scan(&e.room, &e.name, db.JSON(&e.payload))
		return e, err
	}, `SELECT key, name, payload FROM outbox WHERE key <> '' ORDER BY id`)
	if err != nil {
		h.t.Fatal(err)
	}
	numbers := map[string][]told{}
	for _, e := range all {
		if seq := e.seq(); seq > 0 {
			numbers[e.room] = append(numbers[e.room], told{seq, e.name})
		}
	}
	for room, seqs := range numbers {
		slices.SortStableFunc(seqs, func(a, b told) int { return int(a.seq - b.seq) }) // ids made in one millisecond by several connections are not ordered
		for i, s := range seqs {
			if s.seq != int64(i+1) {
				h.t.Errorf("room %s: event %d has number %d (%s)", room, i+1, s.seq, s.event)
				break
			}
		}
	}
}

type envelope struct {
	room, name string
	payload    struct {
		Seq     int64 `json:"seq"`
		Message struct {
			Seq int64 `json:"seq"`
		} `json:"message"`
	}
}

// seq is the number the event takes, 0 for those that have none of their own.
func (e envelope) seq() int64 {
	switch e.name {
	case "message.sent":
		return e.payload.Message.Seq
	case "message.changed", "room.taken", "room.changed", "room.closed":
		return e.payload.Seq
	}
	return 0
}

func hasCode(err error, codes []string) bool {
	return slices.ContainsFunc(codes, func(code string) bool { return fault.Has(err, code) })
}
