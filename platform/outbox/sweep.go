package outbox

import (
	"context"
	"maps"
	"slices"

	"github.com/foyerchat/foyer/platform/clock"
)

// sweep keeps our claims alive and takes over rows that nobody delivers: those
// of a process that died, and those written by one that delivers nothing.
func (r *Relay) sweep(ctx context.Context) {
	now := r.clock.Now() // before our own claims are renewed: they cannot look stale
	err := r.renew(ctx, now)
	if err == nil {
		err = r.adopt(ctx, now.Add(-lease))
	}
	if err == nil {
		err = r.catchUp(ctx)
	}
	if err != nil && ctx.Err() == nil {
		r.log.Error("outbox sweep failed", "err", err)
	}
}

// renew keeps the claims on what is held. A row of ours that is not held, because
// a commit's answer was lost, must become stale to be delivered after all.
func (r *Relay) renew(ctx context.Context, now clock.Instant) error {
	r.mu.Lock()
	behind := r.behind
	var old []string
	for id, d := range r.held {
		if now.Sub(d.since) >= tick/2 {
			old = append(old, id)
		}
	}
	if len(r.done) > 0 {
		signal(r.wake)
	}
	r.mu.Unlock()
	if behind {
		return r.store.renewAll(ctx)
	}
	for ids := range slices.Chunk(old, batch) {
		if err := r.store.renew(ctx, ids); err != nil {
			return err
		}
	}
	return nil
}

// adopt takes over the rows not claimed since the given instant until there are
// none or memory is full.
func (r *Relay) adopt(ctx context.Context, before clock.Instant) error {
	for {
		r.mu.Lock()
		room := r.limit - len(r.held)
		r.mu.Unlock()
		if room <= 0 {
			return nil
		}
		rows, err := r.store.claim(ctx, before, min(room, batch))
		if err != nil || len(rows) == 0 {
			return err
		}
		r.mu.Lock()
		for _, e := range rows {
			r.hold(e)
		}
		r.mu.Unlock()
		r.log.Info("took over events", "events", len(rows))
	}
}

// catchUp reads what had no room in memory, once there is room again. Until it
// has read everything, what is committed stays in the table, so the order holds.
func (r *Relay) catchUp(ctx context.Context) error {
	r.mu.Lock()
	wanted, dropped := r.behind && len(r.held) <= r.limit/2, r.dropped
	var known map[string]*delivery // what is deleted while we read is not to be delivered again
	if wanted {
		known = maps.Clone(r.held)
	}
	r.mu.Unlock()
	if !wanted {
		return nil
	}
	rows, err := r.store.mine(ctx, r.limit)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range rows {
		if known[e.ID] == nil && len(r.held) < r.limit {
			r.hold(e)
		}
	}
	if len(rows) < r.limit && r.dropped == dropped && len(r.held) < r.limit {
		r.behind = false
		r.tellIdle()
	}
	return nil
}
