package analytics

import (
	"context"

	"github.com/foyerchat/foyer/platform/db"
)

// labelCounts are the closed conversations by source or by tag.
func (s *Service) labelCounts(ctx context.Context, q question, kind string) (map[string]int64, error) {
	first, last := (q.from+dayMillis-1)/dayMillis, q.to/dayMillis
	count := map[string]int64{}
	edges := []question{q}
	if first < last {
		edges = []question{q.in(q.from, first*dayMillis), q.in(last*dayMillis, q.to)}
		w := (&conditions{}).add("d.kind = ?", kind).add("d.day >= ?", first).add("d.day < ?", last).inUnits(q, "d.unit_id")
		rows, err := db.All(ctx, s.DB, scanLabel, `SELECT d.label, CAST(sum(d.rooms) AS BIGINT) FROM analytics_labels d`+w.String()+` GROUP BY d.label`, w.args...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			count[r.label] += r.n
		}
	}
	for _, e := range edges {
		if err := s.countEdge(ctx, e, kind, count); err != nil {
			return nil, err
		}
	}
	return count, nil
}

// countEdge adds what is not a whole day: all that have the same source or the same tags
// at once.
func (s *Service) countEdge(ctx context.Context, q question, kind string, count map[string]int64) error {
	if q.from >= q.to {
		return nil
	}
	w := (&conditions{}).add("f.ts >= ?", q.from).add("f.ts < ?", q.to).inUnits(q, "f.unit_id")
	column := "f.source, '[]'"
	if kind == kindTag {
		column = "'', f.tags"
	}
	rows, err := db.All(ctx, s.DB, scanAlike, `SELECT `+column+`, count(*) FROM analytics_rooms f`+w.String()+` GROUP BY 1, 2`, w.args...)
	for _, r := range rows {
		for _, l := range r.labels() {
			if l.kind == kind {
				count[l.label] += r.n
			}
		}
	}
	return err
}

// alike are conversations with the same source or the same tags.
type alike struct {
	fact
	n int64
}

func scanAlike(r db.Row) (a alike, err error) { return a, r.Scan(&a.source, db.JSON(&a.tags), &a.n) }

func countLabels(count map[string]int64, facts []fact, kind string) {
	for _, f := range facts {
		for _, l := range f.labels() {
			if l.kind == kind {
				count[l.label]++
			}
		}
	}
}

type labelRow struct {
	label string
	n     int64
}

func scanLabel(r db.Row) (l labelRow, err error) { return l, r.Scan(&l.label, &l.n) }
