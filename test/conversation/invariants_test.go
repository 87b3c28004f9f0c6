package conversation

import (
	"slices"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// impossible are what no sequence of operations may leave behind (lifecycle 25).
var impossible = map[string]string{
	"INV-1 an open room without an inquiry": `SELECT count(*) FROM rooms r WHERE r.open AND NOT EXISTS (SELECT 1 FROM inquiries i WHERE i.room_id = r.id)`,
	"INV-1 a closed room with an inquiry":   `SELECT count(*) FROM rooms r JOIN inquiries i ON i.room_id = r.id WHERE NOT r.open`,
	"INV-2 open and closedAt":               `SELECT count(*) FROM rooms WHERE open = (closed_at > 0)`,
	"INV-3 taken without an agent, or the other way round": `SELECT count(*) FROM rooms r JOIN inquiries i ON i.room_id = r.id
		WHERE (i.status = 'taken') <> (r.served_by <> '')`,
	"INV-4 a serving agent without a subscription": `SELECT count(*) FROM rooms r WHERE r.open AND r.served_by <> ''
		AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.room_id = r.id AND s.user_id = r.served_by)`,
	"a closed room with a subscription":        `SELECT count(*) FROM rooms r JOIN subscriptions s ON s.room_id = r.id WHERE NOT r.open`,
	"INV-5 on hold and not served":             `SELECT count(*) FROM rooms WHERE on_hold AND (NOT open OR served_by = '')`,
	"INV-6 two open rooms of one visitor":      `SELECT count(*) FROM (SELECT visitor_id FROM rooms WHERE open GROUP BY visitor_id, source_type HAVING count(*) > 1) x`,
	"INV-8 msgs is not the number of messages": `SELECT count(*) FROM rooms r WHERE r.msgs <> (SELECT count(*) FROM messages m WHERE m.room_id = r.id)`,
	"INV-9 numbers and times order differently": `SELECT count(*) FROM messages a JOIN messages b ON a.room_id = b.room_id
		AND a.seq < b.seq AND (a.ts, a.id) >= (b.ts, b.id)`,
	"INV-10 waitingResponse disagrees with the last ordinary message": `SELECT count(*) FROM rooms r
		JOIN messages m ON m.room_id = r.id AND m.seq = (SELECT max(seq) FROM messages x WHERE x.room_id = r.id AND x.t = '')
		WHERE r.waiting_response <> m.by_visitor
		AND NOT EXISTS (SELECT 1 FROM room_changes c WHERE c.room_id = r.id AND c.name = 'message-changed')`,
	"INV-11 times in the wrong order": `SELECT count(*) FROM rooms WHERE closed_at > 0 AND (closed_at < served_at OR closed_at < ts)
		OR served_at > 0 AND served_at < ts`,
	"INV-12 room and inquiry in different departments": `SELECT count(*) FROM rooms r JOIN inquiries i ON i.room_id = r.id WHERE i.department_id <> r.department_id`,
	"the last message is not the room's last": `SELECT count(*) FROM rooms r
		WHERE r.last_seq <> (SELECT COALESCE(max(seq), 0) FROM messages m WHERE m.room_id = r.id)`,
	"numbers with a gap or a double": `SELECT count(*) FROM rooms r WHERE r.seq <> (SELECT count(DISTINCT n.seq) FROM
			(SELECT seq FROM messages WHERE room_id = r.id UNION ALL SELECT seq FROM room_changes WHERE room_id = r.id) n WHERE n.seq BETWEEN 1 AND r.seq)
		OR r.seq <> (SELECT count(*) FROM messages WHERE room_id = r.id) + (SELECT count(*) FROM room_changes WHERE room_id = r.id)`,
}

func (h *house) invariants() {
	h.t.Helper()
	for what, sql := range impossible {
		if n := h.count(sql); n > 0 {
			h.t.Errorf("%d × %s", n, what)
		}
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

// seq is the number the event tells of, 0 for those without one.
func (e envelope) seq() int64 {
	if e.name == "message.sent" {
		return e.payload.Message.Seq
	}
	return e.payload.Seq
}

func hasCode(err error, codes []string) bool {
	return slices.ContainsFunc(codes, func(code string) bool { return fault.Has(err, code) })
}
