package outbox_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/testkit"
)

// BenchmarkEmitAndDeliver is an event's whole life: saved by 32 writers, handed
// to two consumers, deleted.
func BenchmarkEmitAndDeliver(b *testing.B) {
	for _, engine := range testkit.Engines {
		b.Run(string(engine), func(b *testing.B) {
			d := testkit.Open(b, engine)
			r := outbox.New(d, d.Clock(), quiet())
			for _, name := range []string{"a", "b"} {
				r.Consume(outbox.On(name, func(context.Context, string, said) error { return nil }))
			}
			ctx, cancel := context.WithCancel(context.Background())
			ended := make(chan error)
			go func() { ended <- r.Run(ctx) }()
			var n atomic.Int64
			b.SetParallelism(16)
			b.ResetTimer()
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					e := said{fmt.Sprint("room", n.Add(1)%1000), 1}
					if err := d.InTx(ctx, func(tx *db.Tx) error { return tx.Emit(ctx, e) }); err != nil {
						b.Error(err)
					}
				}
			})
			if err := r.Idle(ctx); err != nil {
				b.Error(err)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
			cancel()
			if err := <-ended; err != nil {
				b.Error(err)
			}
		})
	}
}
