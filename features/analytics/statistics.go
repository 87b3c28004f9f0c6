package analytics

import (
	"cmp"
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// page cuts a page out of all rows, sorted by the caller's keys and then as they are.
func page[T any](all []T, p rest.Page, fields map[string]func(a, b T) int) ([]T, rest.Counted) {
	slices.SortStableFunc(all, func(a, b T) int {
		for _, k := range p.Sort {
			compare, ok := fields[k.Field]
			if !ok {
				continue
			}
			c := compare(a, b)
			if k.Desc {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return 0
	})
	n := int64(len(all))
	from := min(p.Offset, n)
	to := min(from+p.Limit(), n)
	if p.Unlimited() {
		to = n
	}
	return all[from:to], rest.Counted{Offset: p.Offset, Count: int(to - from), Total: n}
}

func compared[T any, V cmp.Ordered](of func(T) V) func(a, b T) int {
	return func(a, b T) int { return cmp.Compare(of(a), of(b)) }
}

// agentFigure is a number of an agent.
type agentFigure struct {
	id       chat.AgentID
	username string
	chats    int64
	seconds  int64
}

// serviceTimes are how long agents served, all in all or on average (analytics 9).
func (s *Service) serviceTimes(ctx context.Context, q question, average bool) ([]agentFigure, error) {
	all, err := s.tally(ctx, q)
	if err != nil {
		return nil, err
	}
	names, err := s.staffNames(ctx)
	var out []agentFigure
	for id, t := range by(all, agent) {
		if id == "" || t.served == 0 {
			continue
		}
		f := agentFigure{id, names[id].username, t.served, ceilDiv(t.service, 1000)}
		if average {
			f.seconds = ceilMean(t.service, t.served)
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b agentFigure) int {
		return cmp.Or(cmp.Compare(a.username, b.username), cmp.Compare(a.id, b.id))
	})
	return out, err
}

var agentFields = map[string]func(a, b agentFigure) int{
	"_id":                         compared(func(f agentFigure) string { return string(f.id) }),
	"username":                    compared(func(f agentFigure) string { return f.username }),
	"chats":                       compared(func(f agentFigure) int64 { return f.chats }),
	"serviceTimeDuration":         compared(func(f agentFigure) int64 { return f.seconds }),
	"averageServiceTimeInSeconds": compared(func(f agentFigure) int64 { return f.seconds }),
}

// departmentFigure is a number of a department; "" is none.
type departmentFigure struct {
	id    chat.DepartmentID
	name  string
	chats int64
	value int64
}

// departmentFigures takes a figure of each department that has it (analytics 10).
func (s *Service) departmentFigures(ctx context.Context, all map[chat.DepartmentID]sums, of func(sums) (value int64, has bool)) ([]departmentFigure, error) {
	out := []departmentFigure{}
	for id, t := range all {
		if v, has := of(t); has {
			out = append(out, departmentFigure{id: id, chats: t.closed, value: v})
		}
	}
	return s.named(ctx, out)
}

// named gives departments their names and puts them in their order; none comes last.
func (s *Service) named(ctx context.Context, all []departmentFigure) ([]departmentFigure, error) {
	names, err := s.departmentNames(ctx)
	for i := range all {
		all[i].name = names[all[i].id]
	}
	slices.SortFunc(all, func(a, b departmentFigure) int {
		if (a.id == "") != (b.id == "") {
			return cmp.Compare(string(b.id), string(a.id))
		}
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.id, b.id))
	})
	return all, err
}

func departmentFields(value string) map[string]func(a, b departmentFigure) int {
	return map[string]func(a, b departmentFigure) int{
		"_id":   compared(func(f departmentFigure) string { return string(f.id) }),
		"name":  compared(func(f departmentFigure) string { return f.name }),
		"chats": compared(func(f departmentFigure) int64 { return f.chats }),
		value:   compared(func(f departmentFigure) int64 { return f.value }),
	}
}

// The figures of a department.
func roomsOf(answered *bool) func(sums) (int64, bool) {
	return func(t sums) (int64, bool) {
		n := t.rooms
		switch {
		case answered != nil && *answered:
			n = t.answered
		case answered != nil:
			n = t.rooms - t.answered
		}
		return n, n > 0
	}
}

func averageService(t sums) (int64, bool)  { return ceilMean(t.span, t.spans), t.spans > 0 }
func averageWaiting(t sums) (int64, bool)  { return ceilMean(t.waited, t.answered), t.answered > 0 }
func averageDuration(t sums) (int64, bool) { return ceilMean(t.duration, t.closed), t.closed > 0 }
func totalService(t sums) (int64, bool)    { return ceilDiv(t.service, 1000), t.closed > 0 }
func abandonedRooms(t sums) (int64, bool)  { return t.abandoned, t.abandoned > 0 }

// transferred are the transfers in the period, and the departments that had
// conversations but none of them moved.
func (s *Service) transferred(ctx context.Context, q question) ([]departmentFigure, error) {
	moved, err := s.transfers(ctx, q)
	if err != nil {
		return nil, err
	}
	all, err := s.tally(ctx, q)
	if err != nil {
		return nil, err
	}
	for id := range by(all, department) {
		moved[id] += 0
	}
	out := []departmentFigure{}
	for id, n := range moved {
		out = append(out, departmentFigure{id: id, value: n})
	}
	return s.named(ctx, out)
}

func (s *Service) abandonedShare(ctx context.Context, q question) ([]departmentFigure, error) {
	all, err := s.tally(ctx, q)
	if err != nil {
		return nil, err
	}
	ended, err := s.ended(ctx, q)
	if err != nil {
		return nil, err
	}
	out := []departmentFigure{}
	for id, percent := range abandonment(all, ended) {
		out = append(out, departmentFigure{id: id, value: percent})
	}
	return s.named(ctx, out)
}
