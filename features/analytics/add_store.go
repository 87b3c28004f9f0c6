package analytics

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// table is where sums of some width are kept.
type table struct {
	name, key string // the columns of a place
	slots     bool
	fixed     []any // the width, where a table has several
}

var (
	dayTable  = table{"analytics_days", "day, department_id, unit_id, agent_id", false, nil}
	slotTable = table{"analytics_slots", "slot, department_id, unit_id", true, nil}
)

func blockTable(size int64) table {
	return table{"analytics_blocks", "block, department_id, unit_id, agent_id, size", false, []any{size}}
}

func hourTable(width int64) table {
	return table{"analytics_hours", "slot, department_id, unit_id, width", true, []any{width}}
}

// addOn adds conversations that were in no sum yet. The database adds, so it does not
// matter who else adds at the same time.
func (s *Service) addOn(ctx context.Context, tx *db.Tx, all []fact) error {
	daily, slots := map[place]sums{}, map[place]sums{}
	for _, f := range all {
		one, p := s.alone(f).sums, f.place()
		slot := p.ts / slotMillis
		gather(slots, place{slot, "*", "*", ""}, one)
		gather(slots, place{slot, "*", p.unit, ""}, one)
		gather(slots, place{slot, p.department, p.unit, ""}, one)
		p.ts /= dayMillis
		gather(daily, p, one)
	}
	if err := dayTable.add(ctx, tx, daily); err != nil {
		return err
	}
	for size := int64(blockOf); size <= largestBlock; size *= blockOf {
		if err := blockTable(size).add(ctx, tx, wider(daily, size)); err != nil {
			return err
		}
	}
	if err := slotTable.add(ctx, tx, slots); err != nil {
		return err
	}
	for _, width := range widths {
		if err := hourTable(width).add(ctx, tx, wider(slots, width)); err != nil {
			return err
		}
	}
	return nil
}

func gather(all map[place]sums, p place, more sums) {
	t, ok := all[p]
	if !ok {
		t = none()
	}
	t.add(more)
	all[p] = t
}

// wider are the sums over n of these.
func wider(all map[place]sums, n int64) map[place]sums {
	out := map[place]sums{}
	for p, t := range all {
		p.ts /= clock.Instant(n)
		gather(out, p, t)
	}
	return out
}

// steps are how many rows a statement adds: few different texts, as each stays prepared.
var steps = []int{64, 8, 1}

func (t table) add(ctx context.Context, tx *db.Tx, all map[place]sums) error {
	places := ordered(all)
	for _, n := range steps {
		for ; len(places) >= n; places = places[n:] {
			var values []any
			for _, p := range places[:n] {
				values = append(values, t.row(p, all[p])...)
			}
			if _, err := tx.Exec(ctx, t.insert(n, len(values)/n), values...); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t table) row(p place, s sums) []any {
	row := []any{p.ts, p.department, p.unit}
	if !t.slots {
		row = append(row, p.agent)
	}
	row = append(row, t.fixed...)
	for _, c := range columns {
		if c.slots || !t.slots {
			row = append(row, *c.of(&s))
		}
	}
	return row
}

func (t table) insert(rows, width int) string {
	names := dayNames
	if t.slots {
		names = slotNames
	}
	var sets []string
	for _, c := range columns {
		if c.slots || !t.slots {
			sets = append(sets, c.name+" = "+c.joined(t.name))
		}
	}
	return `INSERT INTO ` + t.name + ` (` + t.key + `, ` + names + `) VALUES ` + db.Values(rows, width, 1) + ` ON CONFLICT (` + t.key + `) DO UPDATE SET ` + strings.Join(sets, ", ")
}

// joined is the sum of what is stored and what is added.
func (c column) joined(table string) string {
	old, more := table+"."+c.name, "excluded."+c.name
	switch {
	case c.name == "best_ms":
		return "CASE WHEN " + old + " < 0 OR " + more + " >= 0 AND " + more + " < " + old + " THEN " + more + " ELSE " + old + " END"
	case strings.HasPrefix(c.fold, "max"):
		return "CASE WHEN " + more + " > " + old + " THEN " + more + " ELSE " + old + " END"
	default:
		return old + " + " + more
	}
}
