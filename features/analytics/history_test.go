package analytics

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

// raw is a room with its messages, as the naive reading knows it.
type raw struct {
	id         string
	ts, closed int64
	department string
	unit       string
	agent      string
	served     int64
	queue      *int64 // in the queue until the first assignment
	open, held bool
	verifying  bool // in no queue: it waits for a proof
	waits      bool
	metrics    chat.Metrics
	response   *chat.ResponseBy
	kind       string
	alias      string
	tags       []string
	said       []words
	replies    []reply
}

type words struct {
	at      int64
	visitor bool
	system  string
	hidden  bool
	by      string
}

// reply is what counted as a response: whose, how long it took and, of the first one, how
// long after the assignment it came.
type reply struct {
	by       string
	took     int64
	reaction *int64
}

func pick[T any](g *rand.Rand, all ...T) T { return all[g.IntN(len(all))] }

const twentyDays = 20 * 24 * 3600 * 1000

// randomRoom makes a room of the last twenty days that could have been.
func randomRoom(g *rand.Rand, n int) *raw {
	r := &raw{id: fmt.Sprintf("r%04d", n), ts: int64(start) - g.Int64N(twentyDays), department: pick(g, "sales", "support", "billing", "gone", ""),
		agent: pick(g, "bob", "eve", "zoe", "left", ""), kind: pick(g, "widget", "api", "app"), waits: g.IntN(2) == 0}
	if g.IntN(6) == 0 {
		r.ts -= r.ts % 900_000
	}
	r.unit = string(units[chat.DepartmentID(r.department)])
	if g.IntN(4) == 0 {
		r.alias = pick(g, "Shop", `A "b" c`, "api")
	}
	for _, tag := range []string{"vip", "refund", `q"uote`} {
		if g.IntN(3) == 0 {
			r.tags = append(r.tags, tag)
		}
	}
	r.open = g.IntN(4) == 0
	r.verifying = r.open && r.agent == "" && g.IntN(3) == 0
	life := g.Int64N(5*3600*1000) + 1
	if g.IntN(8) == 0 {
		life = g.Int64N(4 * 24 * 3600 * 1000)
	}
	r.closed = min(r.ts+life, int64(start))
	if r.agent != "" {
		r.served = r.ts + g.Int64N(r.closed-r.ts+1)
		r.held = r.open && g.IntN(3) == 0
		queue := g.Int64N(r.served - r.ts + 1) // served_at is of the last assignment
		r.queue = &queue
		r.answers(g)
	}
	r.talk(g)
	if r.open {
		r.closed = 0
		return r
	}
	d := float64(r.closed-r.ts) / 1000
	r.metrics.ChatDuration = &d
	if r.agent != "" {
		d := float64(r.closed-r.served) / 1000
		r.metrics.ServiceTimeDuration = &d
	}
	if r.response != nil && g.IntN(2) == 0 {
		d := float64(r.closed-int64(r.response.FirstResponseTS)) / 1000
		r.metrics.VisitorInactivity = &d
	}
	return r
}

func (r *raw) answers(g *rand.Rand) {
	if g.IntN(4) == 0 {
		return
	}
	total := 1 + g.Int64N(5)
	first := float64(g.Int64N(600_000)) / 1000
	tt := first + float64(g.Int64N(500_000))/1000
	r.metrics.Response = &chat.ResponseMetrics{Total: total, TT: tt, Avg: tt / float64(total), FT: first}
	r.metrics.Reaction = &chat.ReactionMetrics{FT: float64(g.Int64N(300_000)) / 1000}
	for i := range total {
		one := reply{by: pick(g, r.agent, "bob", "helper", "eve"), took: g.Int64N(200_000)}
		if i == 0 {
			reaction := int64(r.metrics.Reaction.FT*1000 + 0.5)
			one.took, one.reaction = int64(first*1000+0.5), &reaction
		}
		r.replies = append(r.replies, one)
	}
	if g.IntN(3) > 0 {
		last := r.served + g.Int64N(r.closed-r.served+1)
		r.response = &chat.ResponseBy{ID: chat.UserID(r.agent), FirstResponseTS: clock.Instant(last - g.Int64N(last-r.served+1)), LastMessageTS: clock.Instant(last)}
	}
}

func (r *raw) talk(g *rand.Rand) {
	for range g.IntN(8) {
		m := words{at: r.ts + g.Int64N(r.closed-r.ts+1), visitor: g.IntN(2) == 0, hidden: g.IntN(10) == 0, by: pick(g, "bob", "helper", "zoe")}
		if g.IntN(4) == 0 {
			m.system = pick(g, "livechat-close", "livechat_transfer_history")
		}
		r.said = append(r.said, m)
	}
}

// store writes the room as the server would have it.
func (k *kit) store(r *raw) {
	k.t.Helper()
	k.exec(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, updated_at) VALUES ($1, 'default', 1, 'Ann', $2, $2, true, $3, '{}', $4, $5, 1)`,
		r.id, r.ts, "v"+r.id, r.kind, k.text(chat.Source{Type: r.kind, Alias: r.alias}))
	k.write(r)
	k.rooms = append(k.rooms, r)
}

func (k *kit) text(v any) string {
	k.t.Helper()
	b, err := json.Marshal(v)
	k.must(err)
	return string(b)
}

// write writes what becomes of a room, and what is said in it.
func (k *kit) write(r *raw) {
	k.t.Helper()
	answered, response := 0, ""
	if r.metrics.Response != nil {
		answered = 1
	}
	if r.response != nil {
		response = k.text(r.response)
	}
	k.exec(`UPDATE rooms SET open = $2, department_id = $3, unit_id = $4, served_by = $5, served_by_username = $5, served_at = $6, waiting_response = $7, response_by = $8,
		tags = $9, on_hold = $10, metrics = $11, closed_at = $12, answered_at = $13, queue_ms = $14, verifying = $15 WHERE id = $1`,
		r.id, r.open, r.department, r.unit, r.agent, r.served, r.waits, response, k.text(append([]string{}, r.tags...)), r.held, k.text(r.metrics), r.closed, answered, r.queue, r.verifying)
	for i, m := range r.said {
		k.exec(`INSERT INTO messages (id, room_id, seq, msg, ts, t, sender_id, sender_username, by_visitor, hidden, updated_at)
			VALUES ($1, $2, $3, '', $4, $5, $8, $8, $6, $7, 1) ON CONFLICT DO NOTHING`, fmt.Sprintf("%s-%d", r.id, i), r.id, i+1, m.at, m.system, m.visitor, m.hidden, m.by)
	}
	for i, a := range r.replies {
		k.exec(`INSERT INTO room_replies (room_id, seq, agent_id, agent_username, took_ms, reaction_ms) VALUES ($1, $2, $3, $3, $4, $5) ON CONFLICT DO NOTHING`, r.id, i+1, a.by, a.took, a.reaction)
	}
}

// history lives through one: some rooms are counted when they end, some by the job, some
// change afterwards, some go on, some are removed (LC-DEL-5), and much is heard twice.
func (k *kit) history(g *rand.Rand, n int) {
	k.t.Helper()
	ctx := context.Background()
	k.guestsOf(g, n/2)
	for i := range n {
		k.store(randomRoom(g, i))
		if r := k.rooms[len(k.rooms)-1]; !r.open && g.IntN(2) == 0 {
			k.must(k.count(ctx, chat.RoomID(r.id)))
		}
	}
	k.must(k.Start(ctx))
	k.run(fillJob)
	for range n / 2 {
		i := g.IntN(len(k.rooms))
		r := k.rooms[i]
		switch {
		case r.open:
			continue
		case g.IntN(3) == 0:
			k.exec(`DELETE FROM rooms WHERE id = $1`, r.id)
			k.rooms = append(k.rooms[:i], k.rooms[i+1:]...)
		case g.IntN(2) == 0:
			k.reopened(g, r)
			continue
		default:
			r.tags = []string{pick(g, "vip", "late")}
			r.agent = pick(g, "bob", "left")
			k.exec(`UPDATE rooms SET tags = $2, served_by = $3, served_by_username = $3 WHERE id = $1`, r.id, `["`+r.tags[0]+`"]`, r.agent)
		}
		k.must(k.count(ctx, chat.RoomID(r.id)))
		k.must(k.count(ctx, chat.RoomID(r.id)))
	}
}

// guest is a visitor whose record changed at a moment.
type guest struct {
	id, department string
	at             int64
}

// guestsOf makes visitors, of whom some change and some are erased.
func (k *kit) guestsOf(g *rand.Rand, n int) {
	k.t.Helper()
	one := func(i int) guest {
		return guest{fmt.Sprintf("g%03d", i), pick(g, "sales", "support", "gone", ""), int64(start) - g.Int64N(twentyDays)}
	}
	for i := range n {
		v := one(i)
		k.exec(`INSERT INTO visitors (id, site_id, username, token, token_opens, ts, updated_at, department_id) VALUES ($1, 'default', $1, $1, true, 1, $2, $3)`, v.id, v.at, v.department)
		switch g.IntN(4) {
		case 0:
			v = one(i)
			k.exec(`UPDATE visitors SET updated_at = $2, department_id = $3 WHERE id = $1`, v.id, v.at, v.department)
		case 1:
			k.exec(`DELETE FROM visitors WHERE id = $1`, v.id)
			continue
		}
		k.guests = append(k.guests, v)
	}
}
