package jobs_test

import (
	"context"
	"sync"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/testkit"
)

// BenchmarkEnqueueAndRun is a job's whole life, saved by 16 writers, run 16 at once.
func BenchmarkEnqueueAndRun(b *testing.B) {
	for _, engine := range testkit.Engines {
		b.Run(string(engine), func(b *testing.B) {
			d := testkit.Open(b, engine)
			var all sync.WaitGroup
			all.Add(b.N)
			r := jobs.New(d, d.Clock(), quiet())
			r.Handle(jobs.Kind{Name: "mail", AtOnce: 16, Run: func(context.Context, jobs.Run) error { all.Done(); return nil }})
			ctx, cancel := context.WithCancel(context.Background())
			ended := make(chan error)
			go func() { ended <- r.Run(ctx) }()
			b.SetParallelism(8)
			b.ResetTimer()
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					if err := d.InTx(ctx, func(tx *db.Tx) error { return tx.Enqueue(ctx, db.Job{Kind: "mail"}) }); err != nil {
						b.Error(err)
					}
				}
			})
			all.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "jobs/s")
			cancel()
			if err := <-ended; err != nil {
				b.Error(err)
			}
		})
	}
}
