package analytics

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/migrations"
	"github.com/foyerchat/foyer/platform/db"
)

// What was added conversation by conversation is what comes of adding all up (PT-AN-1).
func TestSumsThatGrewAreTheSumsOfAll(t *testing.T) {
	each(t, func(k *kit) {
		k.history(rand.New(rand.NewPCG(3, 4)), 120)
		grown := k.sums()
		var closed []chat.RoomID
		for _, r := range k.rooms {
			if !r.open {
				closed = append(closed, chat.RoomID(r.id))
			}
		}
		k.exec(`UPDATE analytics_parts SET duration_ms = duration_ms + 1`) // as if each had changed
		k.must(k.count(context.Background(), closed...))                   // all are counted already: every sum is made anew
		if anew := k.sums(); len(grown) < 500 || !slices.Equal(grown, anew) {
			for i := range min(len(grown), len(anew)) {
				if grown[i] != anew[i] {
					t.Fatalf("%s, not %s", grown[i], anew[i])
				}
			}
			t.Fatalf("%d sums, not %d", len(grown), len(anew))
		}
	})
}

// Times in the queue come into what was added up before there were any (analytics 7.1).
func TestTheMigrationAddsUpTimesInTheQueue(t *testing.T) {
	each(t, func(k *kit) {
		k.history(rand.New(rand.NewPCG(3, 5)), 120)
		grown := k.sums()
		text, err := fs.ReadFile(migrations.Files, "0078_queue_time.sql")
		k.must(err)
		_, updates, _ := strings.Cut(string(text), "UPDATE analytics_rooms")
		updates, _, _ = strings.Cut("UPDATE analytics_rooms"+updates, "-- +goose Down")
		k.exec(`UPDATE analytics_rooms SET queue_ms = NULL`)
		k.exec(`UPDATE analytics_days SET assigned = 0, queue_ms = 0`)
		k.exec(`UPDATE analytics_blocks SET assigned = 0, queue_ms = 0`)
		if slices.Equal(k.sums(), grown) {
			t.Fatal("nothing is forgotten")
		}
		for _, update := range strings.Split(strings.TrimSpace(updates), ";") {
			if update != "" {
				k.exec(update)
			}
		}
		if !slices.Equal(k.sums(), grown) {
			t.Error("the sums are other ones")
		}
	})
}

// sums are all rows of sums as text, in order.
func (k *kit) sums() (all []string) {
	k.t.Helper()
	for _, t := range []table{dayTable, blockTable(8), blockTable(64), slotTable, hourTable(2), hourTable(4)} {
		names := dayNames
		if t.slots {
			names = slotNames
		}
		columns := strings.Split(t.key+", "+names, ", ")
		width := ""
		if len(t.fixed) > 0 {
			width = fmt.Sprintf(" WHERE %s = %d", columns[len(strings.Split(t.key, ", "))-1], t.fixed[0])
		}
		rows, err := db.All(context.Background(), k.DB, func(r db.Row) (string, error) {
			values, targets := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				targets[i] = &values[i]
			}
			err := r.Scan(targets...)
			return t.name + fmt.Sprint(values), err
		}, `SELECT `+t.key+`, `+names+` FROM `+t.name+width)
		k.must(err)
		slices.Sort(rows)
		all = append(all, rows...)
	}
	rows, err := db.All(context.Background(), k.DB, func(r db.Row) (string, error) {
		var size int64
		d := did{}
		err := r.Scan(append([]any{&size, &d.ts, &d.department, &d.unit, &d.agent}, d.targets()...)...)
		return fmt.Sprint(size, d), err
	}, `SELECT `+sumKey+`, `+shareNames+` FROM analytics_part_sums ORDER BY `+sumKey)
	k.must(err)
	if len(rows) < 100 {
		k.t.Errorf("%d sums of parts", len(rows))
	}
	return append(all, rows...)
}

// Old conversations are counted page by page, each once, whatever was counted before.
func TestOldConversationsAreCountedInPages(t *testing.T) {
	each(t, func(k *kit) {
		const n = 2*batch + 100
		k.must(k.DB.InTx(context.Background(), func(tx *db.Tx) error {
			var rows [][]any
			for i := range n {
				at := int64(start) - int64(i/3)*60_000 // three at the same moment
				rows = append(rows, []any{fmt.Sprintf("r%05d", i), "default", i, "Ann", at, at, false, "v", "{}", "api", "{}", at + 1000, at})
			}
			tx.InsertAtCommit(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, closed_at, updated_at) VALUES `, rows)
			return nil
		}))
		for _, i := range []int{0, 7, batch, n - 1} {
			k.must(k.count(context.Background(), chat.RoomID(fmt.Sprintf("r%05d", i))))
		}
		k.must(k.Start(context.Background()))
		k.run(fillJob)
		query := map[string]string{"start": "2026-03-01", "end": "2026-05-01"}
		k.same("max", "dashboards/charts/chats", query, object{"open": 0, "closed": n, "queued": 0, "onhold": 0})
	})
}

// What has just ended and is not counted yet is asked for by when it ended, and by
// nothing that would find more of them.
func TestLiveConversationsAreFoundByTheirIndexes(t *testing.T) {
	each(t, func(k *kit) {
		if k.DB.Engine() != db.SQLite {
			return // PostgreSQL goes by its statistics
		}
		for sql, index := range map[string]string{readOpen: "rooms_open_ts", readEnded: "rooms_closed"} {
			plan, err := db.All(context.Background(), k.DB, func(r db.Row) (s string, err error) {
				var a, b, c int
				return s, r.Scan(&a, &b, &c, &s)
			}, `EXPLAIN QUERY PLAN `+sql, []any{1, 2}[:strings.Count(sql, "$")]...)
			k.must(err)
			if !strings.Contains(plan[0], "USING INDEX "+index+" ") {
				t.Errorf("%s: %s", index, plan)
			}
		}
	})
}
