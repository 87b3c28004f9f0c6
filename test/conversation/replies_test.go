package conversation

import (
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/migrations"
	"github.com/foyerchat/foyer/platform/db"
)

// Whatever is said by whom: each response is kept with who gave it, together they are the
// room's metrics, and reading them off the messages finds the same (AN-1, AN-4, PT-AN-7).
func TestWhoAnsweredIsKept(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		g := rand.New(rand.NewPCG(5, 6))
		bob, boss := h.agent("bob"), h.user("boss", chat.RoleManager)
		eve, serving := h.agent("eve"), bob
		var all []chat.Room
		for n := range 8 {
			ann := h.visitor(fmt.Sprintf("ann%d", n))
			r := h.open(ann)
			serving = map[chat.AgentID]chat.Actor{bob.User: bob, eve.User: eve}[h.room(r).ServedBy.ID]
			bursts, waits, want := int64(0), false, []string{}
			for range 4 + g.IntN(12) {
				h.clock.Advance(time.Duration(1+g.IntN(60_000)) * time.Millisecond)
				switch g.IntN(5) {
				case 0, 1:
					h.say(ann, r, "hello")
					if !waits {
						bursts, waits = bursts+1, true
					}
				case 2, 3:
					h.answer(serving, r, "yes")
					if waits || len(want) == 0 {
						want = append(want, string(serving.User))
					}
					waits = false
				default:
					to := map[chat.AgentID]chat.Actor{bob.User: eve, eve.User: bob}[serving.User]
					if err := h.rooms.Forward(h.ctx, boss, rooms.Forwarding{RID: r.ID, Agent: to.User}); err != nil {
						t.Fatal(err)
					}
					serving = to
				}
			}
			if got := h.replies(r, "agent_id"); !slices.Equal(got, want) {
				t.Errorf("answered by %v, not %v", got, want)
			}
			h.sumsUp(r, bursts)
			all = append(all, r)
		}
		kept := h.allReplies(all)
		h.readOff()
		if anew := h.allReplies(all); !slices.Equal(anew, kept) {
			t.Errorf("read off the messages:\n%v, not\n%v", anew, kept)
		}
	})
}

// A file is a message, with text or without (AN-5).
func TestAFileIsAnAnswer(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		bob, ann := h.agent("bob"), h.visitor("ann")
		r := h.open(ann)
		share := func(a chat.Actor, text string) {
			t.Helper()
			h.clock.Advance(10 * time.Second)
			if _, err := h.rooms.Share(h.ctx, a, chat.Sharing{RID: r.ID, Msg: text, Shared: chat.Shared{File: &chat.FileRef{ID: "f", Name: "a.png", Type: "image/png"}}}); err != nil {
				t.Fatal(err)
			}
		}
		for n, text := range []string{"", "look"} {
			share(ann, text)
			if !h.room(r).WaitingResponse {
				t.Errorf("%q: a visitor's file wants no answer", text)
			}
			share(bob, text)
			if got := h.room(r); got.WaitingResponse || got.Metrics.Response.Total != int64(n+1) || got.Metrics.Response.TT != float64(10*(n+1)) {
				t.Errorf("%q: %+v", text, got.Metrics.Response)
			}
		}
		if got := h.replies(r, "took_ms"); !slices.Equal(got, []string{"10000", "10000"}) {
			t.Errorf("%v", got)
		}
	})
}

func (h *house) replies(r chat.Room, column string) []string {
	h.t.Helper()
	all, err := db.All(h.ctx, h.db, func(row db.Row) (s string, err error) { return s, row.Scan(&s) },
		`SELECT CAST(`+column+` AS TEXT) FROM room_replies WHERE room_id = $1 ORDER BY seq`, r.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return all
}

func (h *house) allReplies(rooms []chat.Room) (all []string) {
	for _, r := range rooms {
		all = append(all, h.replies(r, `seq || ' ' || agent_id || ' ' || agent_username || ' ' || took_ms || ' ' || CASE WHEN reaction_ms IS NULL THEN '-' ELSE '+' END`)...)
	}
	return all
}

// sumsUp holds the metrics of a room against its replies.
func (h *house) sumsUp(r chat.Room, bursts int64) {
	h.t.Helper()
	m := h.room(r).Metrics
	if m == nil || m.Response == nil {
		return
	}
	var n, took, first, reaction, firsts int64
	if err := h.db.QueryRow(h.ctx, `SELECT count(*), CAST(sum(took_ms) AS BIGINT), COALESCE(max(CASE WHEN reaction_ms IS NOT NULL THEN took_ms END), -1), COALESCE(max(reaction_ms), -1), count(reaction_ms)
		FROM room_replies WHERE room_id = $1`, r.ID).Scan(&n, &took, &first, &reaction, &firsts); err != nil {
		h.t.Fatal(err)
	}
	near := func(seconds float64, ms int64) bool { return math.Abs(seconds*1000-float64(ms)) < 1e-3 }
	if n != m.Response.Total || firsts != 1 || !near(m.Response.TT, took) || !near(m.Response.FT, first) || !near(m.Reaction.FT, reaction) {
		h.t.Errorf("%d replies of %d ms, first %d and %d ms; the room says %+v %+v", n, took, first, reaction, m.Response, m.Reaction)
	}
	if m.Response.Total > bursts+1 || m.Response.TT < m.Response.FT || math.Abs(m.Response.Avg*float64(m.Response.Total)-m.Response.TT) > 1e-6 {
		h.t.Errorf("%d bursts, %+v", bursts, m.Response)
	}
}

// readOff forgets the replies and reads them off the messages as the migration does.
func (h *house) readOff() {
	h.t.Helper()
	text, err := fs.ReadFile(migrations.Files, "0056_replies.sql")
	if err != nil {
		h.t.Fatal(err)
	}
	_, insert, _ := strings.Cut(string(text), "INSERT INTO ")
	insert, _, _ = strings.Cut(insert, ";")
	if err := h.db.InTx(h.ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(h.ctx, `DELETE FROM room_replies`); err != nil {
			return err
		}
		_, err := tx.Exec(h.ctx, "INSERT INTO "+insert)
		return err
	}); err != nil {
		h.t.Fatal(err)
	}
}
