package analytics

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
)

// goesOn opens a room that ended again: nobody serves it, and what was measured stays but
// what tells that it is over (LC-REO-2, LC-REO-5). It waits, then, or for a proof, or
// somebody serves it; and it may have ended once more.
func (r *raw) goesOn(g *rand.Rand) {
	again := r.closed + g.Int64N(int64(start)-r.closed+1)
	r.open, r.held, r.verifying, r.waits = true, false, false, true
	r.agent, r.served, r.closed, r.response = "", 0, 0, nil
	r.metrics.ChatDuration, r.metrics.ServiceTimeDuration, r.metrics.VisitorInactivity = nil, nil, nil
	now := again + g.Int64N(int64(start)-again+1)
	for range g.IntN(4) {
		r.said = append(r.said, words{at: again + g.Int64N(now-again+1), visitor: g.IntN(2) == 0, by: pick(g, "bob", "zoe"), system: pick(g, "", "", "", string(chat.MessageTransfer))})
	}
	switch g.IntN(4) {
	case 0:
		r.verifying = g.IntN(2) == 0
		return
	case 1:
		r.held = g.IntN(2) == 0
	default:
		defer r.endsAgain(g, now)
	}
	r.isServedAgain(g, again, now)
}

// isServedAgain gives the room an agent. How long it was in the queue before the first
// assignment of all is not measured anew.
func (r *raw) isServedAgain(g *rand.Rand, again, now int64) {
	r.agent, r.served = pick(g, "bob", "eve", "left"), again+g.Int64N(now-again+1)
	if r.queue == nil {
		waited := r.served - again
		r.queue = &waited
	}
	if g.IntN(2) == 0 {
		return
	}
	took, m := g.Int64N(300_000), chat.ResponseMetrics{}
	one := reply{by: r.agent, took: took}
	if r.metrics.Response == nil {
		reaction := g.Int64N(now - r.served + 1)
		m.FT, one.reaction, r.metrics.Reaction = float64(took)/1000, &reaction, &chat.ReactionMetrics{FT: float64(reaction) / 1000}
	} else {
		m = *r.metrics.Response
	}
	m.Total++
	m.TT += float64(took) / 1000
	m.Avg = m.TT / float64(m.Total)
	last := clock.Instant(r.served + g.Int64N(now-r.served+1))
	r.metrics.Response, r.replies, r.waits = &m, append(r.replies, one), false
	r.response = &chat.ResponseBy{ID: chat.UserID(r.agent), FirstResponseTS: last, LastMessageTS: last}
}

// endsAgain ends the room: it lasted from its first beginning on.
func (r *raw) endsAgain(g *rand.Rand, at int64) {
	r.open, r.closed = false, at
	lasted, service := float64(at-r.ts)/1000, float64(at-r.served)/1000
	r.metrics.ChatDuration, r.metrics.ServiceTimeDuration = &lasted, &service
	if r.response != nil && g.IntN(2) == 0 {
		silent := float64(at-int64(r.response.FirstResponseTS)) / 1000
		r.metrics.VisitorInactivity = &silent
	}
}

// hears tells the consumers of an event, as often as they may be told.
func (k *kit) hears(g *rand.Rand, e db.Event) {
	k.t.Helper()
	b, err := json.Marshal(e)
	k.must(err)
	for _, c := range k.Consumers() {
		for range 1 + g.IntN(2) {
			if slices.Contains(c.Events, e.EventName()) {
				k.must(c.Handle(context.Background(), outbox.Envelope{Name: e.EventName(), Payload: b}))
			}
		}
	}
}

// reopened has a room go on, which it may do several times. What happened is heard of in
// its order, but perhaps only when more has happened.
func (k *kit) reopened(g *rand.Rand, r *raw) {
	k.t.Helper()
	var late []db.Event
	room := func() chat.Room { return chat.Room{ID: chat.RoomID(r.id), Open: r.open} }
	if g.IntN(2) == 0 {
		late = append(late, chat.RoomClosed{Room: room()}) // its end is not heard of yet
	}
	for !r.open && (len(late) < 2 || g.IntN(2) == 0) {
		r.goesOn(g)
		k.write(r)
		reopened := room()
		reopened.Open = true
		late = append(late, chat.RoomReopened{Room: reopened})
		if !r.open {
			late = append(late, chat.RoomClosed{Room: room()})
		}
		if g.IntN(2) == 0 {
			for _, e := range late {
				k.hears(g, e)
			}
			late = late[:0]
		}
		if len(late) == 0 {
			break
		}
	}
	for _, e := range late {
		k.hears(g, e)
	}
}

// A chat that goes on is one chat, also as long as nobody has heard that it does.
func TestAReopenedChatIsCountedOnce(t *testing.T) { // LC-REO-5, PT-AN-1
	each(t, func(k *kit) {
		r := &raw{id: "r", ts: int64(start) - 7_200_000, closed: int64(start) - 3_600_000, served: int64(start) - 7_000_000, department: "sales", agent: "bob", kind: "widget",
			said: []words{{at: int64(start) - 7_000_000, system: string(chat.MessageTransfer)}}}
		r.endsAgain(rand.New(rand.NewPCG(1, 1)), r.closed)
		k.store(r)
		k.recount(k.rooms)
		r.open, r.closed, r.agent, r.served, r.waits, r.metrics = true, 0, "", 0, true, chat.Metrics{}
		k.write(r)
		today := map[string]string{"start": "2026-04-03", "end": "2026-04-03T23:59:59Z"}
		counted := func(open, queued, closed int) {
			t.Helper()
			k.later()
			k.same("max", "dashboards/charts/chats", today, object{"open": open, "queued": queued, "closed": closed, "onhold": 0})
			k.same("max", "departments/amount-of-chats", today, object{"departments": []any{object{"_id": "sales", "rooms": 1}}, "count": 1, "offset": 0, "total": 1})
			k.same("max", "departments/total-transferred-chats", today, object{"departments": []any{object{"_id": "sales", "numberOfTransferredRooms": 1}}, "count": 1, "offset": 0, "total": 1})
		}
		counted(0, 0, 1)
		k.hears(rand.New(rand.NewPCG(1, 1)), chat.RoomReopened{Room: chat.Room{ID: "r", Open: true}})
		counted(0, 1, 0)
		if n, _ := k.rows("max", "dashboards/charts/chats", with(today, "figure", "queued")); n != 1 {
			t.Errorf("%d rows", n)
		}
	})
}
