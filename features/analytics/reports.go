package analytics

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// Slice is one part of a report.
type Slice struct {
	Label string `json:"label"`
	Value int64  `json:"value"`
}

// Report counts the conversations of a period by something. Unspecified are those that
// have none of it; nil where every conversation has one.
type Report struct {
	Total       int64   `json:"total"`
	Data        []Slice `json:"data"`
	Unspecified *int64  `json:"unspecified,omitempty"`
}

// reportOn makes a report of parts, the empty ones left out.
func reportOn(parts map[string]int64, unspecified *int64, order func(a, b Slice) int) Report {
	r := Report{Data: []Slice{}, Unspecified: unspecified}
	for label, n := range parts {
		if n > 0 {
			r.Data = append(r.Data, Slice{label, n})
			r.Total += n
		}
	}
	slices.SortFunc(r.Data, order)
	return r
}

func falling(a, b Slice) int {
	return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Label, b.Label))
}
func rising(a, b Slice) int {
	return cmp.Or(cmp.Compare(a.Value, b.Value), cmp.Compare(a.Label, b.Label))
}
func byLabel(a, b Slice) int { return cmp.Compare(a.Label, b.Label) }

// sorted is the order a caller wants, or else the usual one.
func sorted(keys rest.Sort, usual func(a, b Slice) int) func(a, b Slice) int {
	if len(keys) == 0 {
		return usual
	}
	return func(a, b Slice) int {
		for _, k := range keys {
			c := 0
			switch k.Field {
			case "label", "name":
				c = cmp.Compare(a.Label, b.Label)
			case "value":
				c = cmp.Compare(a.Value, b.Value)
			}
			if k.Desc {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return usual(a, b)
	}
}

// The labels of the report by status.
const (
	statusOpen   = "Open"
	statusClosed = "Closed"
	statusQueued = "Queued"
	statusOnHold = "On_Hold"
)

// byStatus always has its four parts, unless there is no conversation at all.
func (s *Service) byStatus(ctx context.Context, q question, keys rest.Sort) (Report, error) {
	all, err := s.tally(ctx, q)
	t := total(all)
	if t.rooms == 0 {
		return Report{Data: []Slice{}}, err
	}
	r := Report{Total: t.rooms, Data: []Slice{{statusOpen, t.open}, {statusClosed, t.closed}, {statusQueued, t.queued}, {statusOnHold, t.onHold}}}
	slices.SortFunc(r.Data, sorted(keys, falling))
	return r, err
}

// labels counts by source or tag.
func (s *Service) labels(ctx context.Context, q question, kind string) (map[string]int64, error) {
	count, err := s.labelCounts(ctx, q, kind)
	if err != nil {
		return nil, err
	}
	live, err := s.live(ctx, q)
	countLabels(count, live, kind)
	return count, err
}

// bySource has a part for every kind and alias; two of them may look the same.
func (s *Service) bySource(ctx context.Context, q question, keys rest.Sort) (Report, error) {
	count, err := s.labels(ctx, q, kindSource)
	r := reportOn(count, nil, falling)
	for i, part := range r.Data {
		if _, alias, ok := strings.Cut(part.Label, "\t"); ok {
			r.Data[i].Label = alias
		}
	}
	slices.SortStableFunc(r.Data, sorted(keys, falling))
	return r, err
}

func (s *Service) byTags(ctx context.Context, q question, keys rest.Sort) (Report, error) {
	count, err := s.labels(ctx, q, kindTag)
	untagged := count[""]
	delete(count, "")
	return reportOn(count, &untagged, sorted(keys, rising)), err
}

// byDepartment drops departments that are gone; equal names are one part.
func (s *Service) byDepartment(ctx context.Context, q question, keys rest.Sort) (Report, error) {
	all, err := s.tally(ctx, q)
	if err != nil {
		return Report{}, err
	}
	names, err := s.departmentNames(ctx)
	parts, none := map[string]int64{}, int64(0)
	for d, t := range by(all, department) {
		if name, ok := names[d]; ok {
			parts[name] += t.rooms
		} else if d == "" {
			none = t.rooms
		}
	}
	return reportOn(parts, &none, sorted(keys, rising)), err
}

func (s *Service) byAgent(ctx context.Context, q question, keys rest.Sort) (Report, error) {
	all, err := s.tally(ctx, q)
	if err != nil {
		return Report{}, err
	}
	names, err := s.staffNames(ctx)
	perAgent := by(all, agent)
	none := perAgent[""].rooms
	delete(perAgent, "")
	r := Report{Data: []Slice{}, Unspecified: &none}
	for id, t := range perAgent {
		r.Data = append(r.Data, Slice{names[id].shown(id), t.rooms})
		r.Total += t.rooms
	}
	slices.SortFunc(r.Data, sorted(keys, byLabel))
	return r, err
}

// shown is an agent's name, or his id when he has none.
func (n name) shown(id chat.AgentID) string {
	return cmp.Or(n.text, string(id))
}
