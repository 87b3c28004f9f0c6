package analytics

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/platform/rest"
)

// attribution says whom a conversation counts for (AN-4).
type attribution string

// actual is whoever really answered; otherwise it is who served last.
const actual attribution = "actual"

// answered are the figures of who really answered, each from his own part in each
// conversation, and how many conversations were answered.
func (s *Service) answered(ctx context.Context, q question, name string) (rows []exactValue, whole int64, err error) {
	p := parts[name]
	all, err := s.parts(ctx, q, p)
	if err != nil {
		return nil, 0, err
	}
	for _, x := range all {
		rows = append(rows, exactValue{x.who.username, p.figure(name, x)})
	}
	if name == totalConversations {
		whole, err = s.replied(ctx, q)
	}
	return rows, whole, err
}

func (p part) figure(name string, x parted) float64 {
	switch {
	case name == totalConversations, name == totalMessages:
		return float64(x.total)
	case name == bestFirst:
		return mean(x.least, 1)
	case p.unit == 1e6:
		return meanMicros(x.total, x.n)
	default:
		return mean(x.total, x.n)
	}
}

// byActualAgent counts a conversation for each agent who answered.
func (s *Service) byActualAgent(ctx context.Context, q question, keys rest.Sort) (Report, error) {
	all, err := s.parts(ctx, q, parts[totalConversations])
	if err != nil {
		return Report{}, err
	}
	replied, err := s.replied(ctx, q)
	if err != nil {
		return Report{}, err
	}
	rooms, err := s.tally(ctx, q)
	none := total(rooms).rooms - replied
	r := Report{Data: []Slice{}, Unspecified: &none}
	for _, x := range all {
		r.Data = append(r.Data, Slice{x.who.shown(x.who.id), x.n})
		r.Total += x.n
	}
	slices.SortFunc(r.Data, sorted(keys, byLabel))
	return r, err
}
