package outbox

import "context"

// sweep keeps our claims alive and takes over rows that nobody delivers: those
// of a process that died, and those written by one that delivers nothing.
func (r *Relay) sweep(ctx, handling context.Context) {
	err := r.renew(ctx)
	if err == nil {
		err = r.adopt(ctx, handling)
	}
	if err == nil {
		err = r.catchUp(ctx, handling)
	}
	if err != nil && ctx.Err() == nil {
		r.log.Error("outbox sweep failed", "err", err)
	}
}

func (r *Relay) renew(ctx context.Context) error {
	r.mu.Lock()
	needed := len(r.held) > 0 || r.behind
	r.mu.Unlock()
	if !needed {
		return nil
	}
	return r.store.renew(ctx)
}

// adopt claims stale rows until there are none or memory is full.
func (r *Relay) adopt(ctx, handling context.Context) error {
	for {
		r.mu.Lock()
		room := inMemory - len(r.held)
		r.mu.Unlock()
		if room <= 0 {
			return nil
		}
		rows, err := r.store.claim(ctx, r.clock.Now().Add(-lease), min(room, batch))
		if err != nil || len(rows) == 0 {
			return err
		}
		r.mu.Lock()
		for _, e := range rows {
			r.hold(handling, e)
		}
		r.mu.Unlock()
		r.log.Info("took over events", "events", len(rows))
	}
}

// catchUp reads what had no room in memory, once there is room again. Until it
// has read everything, what is committed stays in the table, so the order holds.
func (r *Relay) catchUp(ctx, handling context.Context) error {
	r.mu.Lock()
	wanted, dropped := r.behind && len(r.held) <= inMemory/2, r.dropped
	r.mu.Unlock()
	if !wanted {
		return nil
	}
	rows, err := r.store.mine(ctx, inMemory)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range rows {
		if len(r.held) < inMemory {
			r.hold(handling, e)
		}
	}
	if len(rows) < inMemory && r.dropped == dropped && len(r.held) < inMemory {
		r.behind = false
		r.tellIdle()
	}
	return nil
}
