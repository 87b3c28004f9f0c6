package routing

import (
	"context"

	"github.com/foyerchat/foyer/platform/jobs"
)

// Jobs are routing's durable work: the sweep each minute, for what no event told
// of, such as a lease that another node wrote while this one was away.
func (d *Dispatcher) Jobs() []jobs.Kind {
	return []jobs.Kind{{Name: jobSweep, AtOnce: 1, Run: func(ctx context.Context, _ jobs.Run) error {
		if err := d.Sweep(ctx); err != nil {
			return err
		}
		return d.Start(ctx)
	}}}
}
