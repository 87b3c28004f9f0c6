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

// ofShares are the figures by name, of what agents really did: whether there is one, and it.
var ofShares = map[string]func(x share) (has bool, value float64){
	totalConversations: func(x share) (bool, float64) { return x.replied > 0, float64(x.replied) },
	avgDuration:        func(x share) (bool, float64) { return x.ended > 0, mean(x.duration, x.ended) },
	totalMessages:      func(x share) (bool, float64) { return x.messages > 0, float64(x.messages) },
	avgFirst:           func(x share) (bool, float64) { return x.firsts > 0, mean(x.first, x.firsts) },
	bestFirst:          func(x share) (bool, float64) { return x.firsts > 0, mean(x.best, 1) },
	avgResponse:        func(x share) (bool, float64) { return x.replied > 0, meanMicros(x.response, x.replied) },
	avgReaction:        func(x share) (bool, float64) { return x.firsts > 0, mean(x.reaction, x.firsts) },
}

// answered are the figures of who really answered, each from his own part in each
// conversation, and how many conversations were answered.
func (s *Service) answered(ctx context.Context, q question, name string) (rows []exactValue, whole int64, err error) {
	all, err := s.shares(ctx, q)
	if err != nil {
		return nil, 0, err
	}
	names, err := s.actors(ctx, all)
	for id, x := range all {
		whole += x.rooms
		if has, v := ofShares[name](x.share); has {
			rows = append(rows, exactValue{names[id].username, v})
		}
	}
	return rows, whole, err
}

// byActualAgent counts a conversation for each agent who answered.
func (s *Service) byActualAgent(ctx context.Context, q question, keys rest.Sort) (Report, error) {
	all, err := s.shares(ctx, q)
	if err != nil {
		return Report{}, err
	}
	names, err := s.actors(ctx, all)
	if err != nil {
		return Report{}, err
	}
	rooms, err := s.tally(ctx, q)
	none := total(rooms).rooms
	r := Report{Data: []Slice{}, Unspecified: &none}
	for id, x := range all {
		none -= x.rooms
		if x.replied > 0 {
			r.Data = append(r.Data, Slice{names[id].shown(id), x.replied})
			r.Total += x.replied
		}
	}
	slices.SortFunc(r.Data, sorted(keys, byLabel))
	return r, err
}
