package routing

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

var sortings = []string{chat.SortTimestamp, chat.SortPriority, chat.SortSLA, chat.SortDeadline, "unheard of"}

// PT-SORT: a strict total order, and the database's is the same.
func TestTheOrderOfTheQueue(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		random := rand.New(rand.NewPCG(8, 8))
		var all []waiting
		err := d.InTx(ctx, func(tx *db.Tx) error {
			all = nil
			for i := range 120 {
				w := waiting{id: fmt.Sprintf("i%03d", random.IntN(1000)*1000+i), ts: random.Int64N(4), updated: random.Int64N(4), weight: 1 + random.Int64N(3), sla: random.Int64N(3)}
				w.rid, w.deadline = chat.RoomID("r"+w.id), w.ts+w.sla*60_000
				all = append(all, w)
				if _, err := tx.Exec(ctx, `INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, updated_at)
					VALUES ($1, 'default', $2, '', 0, 0, true, $1, '{}', 'api', '{}', 0)`, w.rid, i); err != nil {
					return err
				}
				if _, err := tx.Exec(ctx, `INSERT INTO inquiries (id, room_id, status, ts, updated_at, priority_weight, sla_minutes, deadline)
					VALUES ($1, $2, 'queued', $3, $4, $5, $6, $7)`, w.id, w.rid, w.ts, w.updated, w.weight, w.sla, w.deadline); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, sorting := range sortings {
			for _, a := range all {
				for _, b := range all {
					if ab, ba := compare(sorting, a, b), compare(sorting, b, a); ab != -ba || (ab == 0) != (a.id == b.id) {
						t.Fatalf("%s: %v and %v: %d, %d", sorting, a, b, ab, ba)
					}
				}
			}
			slices.SortFunc(all, func(a, b waiting) int { return compare(sorting, a, b) })
			stored, err := standing(ctx, d, "", sorting)
			if err != nil || len(stored) != len(all) {
				t.Fatal(len(stored), err)
			}
			for i, w := range all {
				head, err := headOf(ctx, d, &lane{passed: stored[:i]}, &chat.Settings{QueueSorting: sorting})
				if err != nil || head != w || stored[i] != w.rid {
					t.Fatalf("%s: place %d has %+v, the database %+v and %s (%v)", sorting, i, w, head, stored[i], err)
				}
			}
		}
	})
}
