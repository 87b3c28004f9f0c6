package db_test

import (
	"flag"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/testkit"
)

const benchRooms = 1000

var words = flag.String("words", "my parcel has not arrived yet although it was promised for tuesday what can i do about it", "the message's words in the index; empty: it is not indexed")

type sent struct {
	RID string `json:"rid"`
	Msg string `json:"msg"`
	Seq int64  `json:"seq"`
}

func (sent) EventName() string  { return "bench.sent" }
func (s sent) EventKey() string { return s.RID }

// BenchmarkAppend is the message path: the room's next number, the message, the
// event's row, by 32 writers at once.
func BenchmarkAppend(b *testing.B) {
	for _, engine := range testkit.Engines {
		for _, writers := range []int{1, 8, 32} {
			b.Run(fmt.Sprintf("%s/writers=%d", engine, writers), func(b *testing.B) {
				d := testkit.Open(b, engine)
				openRooms(b, d)
				b.SetParallelism(max(1, writers/2)) // of two processors
				var n atomic.Int64
				b.ReportAllocs()
				b.ResetTimer()
				b.RunParallel(func(p *testing.PB) {
					for p.Next() {
						room := fmt.Sprint("room", n.Add(1)%benchRooms)
						if err := d.InTx(ctx, func(tx *db.Tx) error { return appendTo(tx, room) }); err != nil {
							b.Error(err)
						}
					}
				})
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "appends/s")
			})
		}
	}
}

func openRooms(b *testing.B, d *db.DB) {
	b.Helper()
	err := d.InTx(b.Context(), func(tx *db.Tx) error {
		for i := range benchRooms {
			_, err := tx.Exec(b.Context(), `INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, updated_at)
				VALUES ($1, 'default', $2, 'Ann', 0, 0, true, $1, '{}', 'widget', '{}', 0)`, fmt.Sprint("room", i), i)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func appendTo(tx *db.Tx, room string) error {
	e := sent{RID: room, Msg: "My parcel has not arrived yet, although it was promised for Tuesday. What can I do about it?"}
	err := tx.QueryRow(ctx, `UPDATE rooms SET seq = seq + 1, msgs = msgs + 1, lm = $2, updated_at = $2 WHERE id = $1 AND open RETURNING seq`,
		room, tx.Now()).Scan(&e.Seq)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO messages (id, room_id, seq, msg, ts, sender_id, sender_username, by_visitor, updated_at, words)
		VALUES ($1, $2, $3, $4, $5, $6, $7, true, $5, $8)`, id.New(), room, e.Seq, e.Msg, tx.Now(), "ann", "guest-1", *words)
	if err != nil {
		return err
	}
	return tx.Emit(ctx, e)
}

// BenchmarkRead is one row by its key, as 4 readers ask for it.
func BenchmarkRead(b *testing.B) {
	for _, engine := range testkit.Engines {
		b.Run(string(engine), func(b *testing.B) {
			d := testkit.Open(b, engine)
			openRooms(b, d)
			var n atomic.Int64
			b.SetParallelism(2)
			b.ResetTimer()
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					_, err := db.One(b.Context(), d, number, `SELECT code FROM rooms WHERE id = $1 AND open`, fmt.Sprint("room", n.Add(1)%benchRooms))
					if err != nil {
						b.Error(err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reads/s")
		})
	}
}
