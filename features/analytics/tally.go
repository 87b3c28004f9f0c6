package analytics

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

// ask makes the question of a caller about a department, and says in which zone he counts
// days; the text "undefined" is none, as old clients send it.
func (s *Service) ask(ctx context.Context, d chat.DepartmentID) (question, *time.Location, error) {
	v, err := s.viewer(ctx)
	q := question{department: d, limited: v.limited, units: v.units, now: s.DB.Clock().Now(), read: &reading{}}
	if d == "undefined" {
		q.department = ""
	}
	return q, v.zone, err
}

// tally adds up the conversations of a question, in parts that have none in common.
func (s *Service) tally(ctx context.Context, q question) ([]group, error) {
	all, err := s.kept(ctx, q, 0)
	if err != nil {
		return nil, err
	}
	live, err := s.live(ctx, q)
	for _, f := range live {
		all = append(all, s.alone(f))
	}
	return all, err
}

// ended adds up what has ended by the end of the question's period (which is included).
func (s *Service) ended(ctx context.Context, q question) ([]group, error) {
	by := q.to - 1
	all, err := s.kept(ctx, q, by)
	if err != nil {
		return nil, err
	}
	live, err := s.live(ctx, q)
	for _, f := range live {
		if !f.open && f.closedAt <= by {
			all = append(all, s.alone(f))
		}
	}
	return all, err
}

// alone is the sums of one conversation.
func (s *Service) alone(f fact) group {
	g := group{department: f.department, agent: f.agent, sums: none()}
	g.addFact(f, s.threshold())
	return g
}

func total(all []group) sums {
	t := none()
	for _, g := range all {
		t.add(g.sums)
	}
	return t
}

// by adds up what has the same key.
func by[K comparable](all []group, key func(group) K) map[K]sums {
	out := map[K]sums{}
	for _, g := range all {
		t, ok := out[key(g)]
		if !ok {
			t = none()
		}
		t.add(g.sums)
		out[key(g)] = t
	}
	return out
}

func department(g group) chat.DepartmentID { return g.department }
func agent(g group) chat.AgentID           { return g.agent }

// series adds up the conversations of each bucket.
func (s *Service) series(ctx context.Context, q question, bounds []clock.Instant) ([]sums, error) {
	out := make([]sums, len(bounds)-1)
	for i := range out {
		out[i] = none()
	}
	if len(out) == 0 {
		return out, nil
	}
	if err := s.keptSeries(ctx, q, bounds, out); err != nil {
		return nil, err
	}
	live, err := s.live(ctx, q.in(bounds[0], bounds[len(bounds)-1]))
	for _, f := range live {
		out[bucket(bounds, f.ts)].addFact(f, s.threshold())
	}
	return out, err
}
