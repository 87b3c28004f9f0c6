package analytics

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// ordered are the places in one order for everybody, so that nobody waits in a circle.
func ordered[V any](all map[place]V) []place {
	return slices.SortedFunc(maps.Keys(all), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.ts, b.ts), cmp.Compare(a.department, b.department), cmp.Compare(a.unit, b.unit), cmp.Compare(a.agent, b.agent))
	})
}

// addUp makes the sums anew that these conversations are part of or were part of. A row
// is locked before it is added up, so that who comes second sees what the first one stored.
func (s *Service) addUp(ctx context.Context, tx *db.Tx, all []fact) error {
	daily, slots := map[place]bool{}, map[place]bool{}
	for _, f := range all {
		p := f.place()
		slot := p.ts / slotMillis
		slots[place{slot, "*", "*", ""}], slots[place{slot, "*", p.unit, ""}], slots[place{slot, p.department, p.unit, ""}] = true, true, true
		p.ts /= dayMillis
		daily[p] = true
	}
	if err := s.addUpDays(ctx, tx, daily); err != nil {
		return err
	}
	return addUpSlots(ctx, tx, slots)
}

// coarser are the places of sums over n of these.
func coarser(all map[place]bool, n int64) map[place]bool {
	out := map[place]bool{}
	for p := range all {
		p.ts /= clock.Instant(n)
		out[p] = true
	}
	return out
}

func (s *Service) addUpDays(ctx context.Context, tx *db.Tx, daily map[place]bool) error {
	for _, p := range ordered(daily) {
		if err := s.addUpDay(ctx, tx, p); err != nil {
			return err
		}
	}
	for size := int64(blockOf); size <= largestBlock; size *= blockOf {
		for _, p := range ordered(coarser(daily, size)) {
			if err := addUpBlock(ctx, tx, p, size); err != nil {
				return err
			}
		}
	}
	return nil
}

func addUpSlots(ctx context.Context, tx *db.Tx, slots map[place]bool) error {
	for _, p := range ordered(slots) {
		if err := addUpSlot(ctx, tx, p); err != nil {
			return err
		}
	}
	for _, width := range widths {
		for _, p := range ordered(coarser(slots, width)) {
			if err := addUpHour(ctx, tx, p, width); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) addUpDay(ctx context.Context, tx *db.Tx, p place) error {
	key := []any{p.ts, p.department, p.unit, p.agent}
	if _, err := tx.Exec(ctx, `INSERT INTO analytics_days (day, department_id, unit_id, agent_id) VALUES ($1, $2, $3, $4)
		ON CONFLICT (day, department_id, unit_id, agent_id) DO UPDATE SET day = excluded.day`, key...); err != nil {
		return err
	}
	from := p.ts * dayMillis
	if _, err := tx.Exec(ctx, `UPDATE analytics_days SET (`+dayNames+`) = (SELECT `+dayFacts+` FROM analytics_rooms f
		WHERE f.ts >= $2 AND f.ts < $3 AND f.department_id = $4 AND f.unit_id = $5 AND f.agent_id = $6)
		WHERE day = $7 AND department_id = $4 AND unit_id = $5 AND agent_id = $6`,
		s.threshold(), from, from+dayMillis, p.department, p.unit, p.agent, p.ts); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM analytics_days WHERE day = $1 AND department_id = $2 AND unit_id = $3 AND agent_id = $4 AND rooms = 0`, key...)
	return err
}

// addUpBlock adds up eight days, or eight times as many of what is added up already.
func addUpBlock(ctx context.Context, tx *db.Tx, p place, size int64) error {
	key := []any{p.ts, p.department, p.unit, p.agent, size}
	if _, err := tx.Exec(ctx, `INSERT INTO analytics_blocks (block, department_id, unit_id, agent_id, size) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (size, block, department_id, unit_id, agent_id) DO UPDATE SET block = excluded.block`, key...); err != nil {
		return err
	}
	of := ` FROM analytics_days d WHERE d.day >= $6 AND d.day < $7 AND d.department_id = $2 AND d.unit_id = $3 AND d.agent_id = $4)`
	values := append(key, p.ts*blockOf, (p.ts+1)*blockOf)
	if size > blockOf {
		of = ` FROM analytics_blocks d WHERE d.size = $8 AND d.block >= $6 AND d.block < $7 AND d.department_id = $2 AND d.unit_id = $3 AND d.agent_id = $4)`
		values = append(values, size/blockOf)
	}
	if _, err := tx.Exec(ctx, `UPDATE analytics_blocks SET (`+dayNames+`) = (SELECT `+dayFolds+of+`
		WHERE block = $1 AND department_id = $2 AND unit_id = $3 AND agent_id = $4 AND size = $5`, values...); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM analytics_blocks WHERE block = $1 AND department_id = $2 AND unit_id = $3 AND agent_id = $4 AND size = $5 AND rooms = 0`, key...)
	return err
}

func addUpSlot(ctx context.Context, tx *db.Tx, p place) error {
	key := []any{p.ts, p.department, p.unit}
	if _, err := tx.Exec(ctx, `INSERT INTO analytics_slots (slot, department_id, unit_id) VALUES ($1, $2, $3)
		ON CONFLICT (department_id, slot, unit_id) DO UPDATE SET slot = excluded.slot`, key...); err != nil {
		return err
	}
	from := p.ts * slotMillis
	if _, err := tx.Exec(ctx, `UPDATE analytics_slots SET (`+slotNames+`) = (SELECT `+slotFacts+` FROM analytics_rooms f
		WHERE f.ts >= $4 AND f.ts < $5 AND ($2 = '*' OR f.department_id = $2) AND ($3 = '*' OR f.unit_id = $3))
		WHERE slot = $1 AND department_id = $2 AND unit_id = $3`, append(key, from, from+slotMillis)...); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM analytics_slots WHERE slot = $1 AND department_id = $2 AND unit_id = $3 AND rooms = 0`, key...)
	return err
}

// addUpHour adds up some quarters of an hour.
func addUpHour(ctx context.Context, tx *db.Tx, p place, width int64) error {
	key := []any{p.ts, p.department, p.unit, width}
	if _, err := tx.Exec(ctx, `INSERT INTO analytics_hours (slot, department_id, unit_id, width) VALUES ($1, $2, $3, $4)
		ON CONFLICT (width, department_id, slot, unit_id) DO UPDATE SET slot = excluded.slot`, key...); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE analytics_hours SET (`+slotNames+`) = (SELECT `+slotFolds+` FROM analytics_slots d
		WHERE d.slot >= $5 AND d.slot < $6 AND d.department_id = $2 AND d.unit_id = $3)
		WHERE slot = $1 AND department_id = $2 AND unit_id = $3 AND width = $4`, append(key, int64(p.ts)*width, int64(p.ts+1)*width)...); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM analytics_hours WHERE slot = $1 AND department_id = $2 AND unit_id = $3 AND width = $4 AND rooms = 0`, key...)
	return err
}
