package analytics

import (
	"context"
	"slices"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
)

// Row is one thing a figure was made from: a room, a visitor, a session of an agent, an
// agent or a transfer. Value is its part in the figure.
type Row struct {
	Kind       string            `json:"kind"`
	ID         string            `json:"_id"`
	Name       string            `json:"name"`
	At         clock.Instant     `json:"at"`
	Until      clock.Instant     `json:"until,omitzero"`
	Department chat.DepartmentID `json:"departmentId,omitempty"`
	Agent      string            `json:"agent,omitempty"`
	Value      float64           `json:"value"`
}

// figure is how a figure is made: which conversations, and what of each.
type figure struct {
	where  string // a condition of room r and its counted form f
	value  func(f fact, silence int64) float64
	ended  bool // what has ended by the end of the period
	dates  bool // counted in whole days of the reporting zone
	other  string
	states []string
}

func one(fact, int64) float64               { return 1 }
func allMessages(f fact, _ int64) float64   { return float64(f.messages) }
func agentMessages(f fact, _ int64) float64 { return float64(f.agentMessages) }
func ofDuration(f fact, _ int64) float64    { return seconds(f.duration, 1e3) }
func ofFirst(f fact, _ int64) float64       { return seconds(f.first, 1e3) }
func ofResponse(f fact, _ int64) float64    { return seconds(f.response, 1e6) }
func ofReaction(f fact, _ int64) float64    { return seconds(f.reaction, 1e3) }
func ofService(f fact, _ int64) float64     { return seconds(f.service, 1e3) }
func ofSpan(f fact, _ int64) float64        { return seconds(f.lastWord, 1e3) }
func ofQueue(f fact, _ int64) float64       { return seconds(f.queue, 1e3) }

func ofAbandonment(f fact, silence int64) float64 {
	if f.inactivity != nil && silence >= 0 && *f.inactivity >= silence {
		return 1
	}
	return 0
}

func seconds(n *int64, per float64) float64 {
	if n == nil {
		return 0
	}
	return float64(*n) / per
}

// What a figure is made from, if not from rooms.
const (
	fromVisitors  = "visitor"
	fromOnline    = "visitor who is there"
	fromSessions  = "session"
	fromAgents    = "agent"
	fromTransfers = "transfer"
	fromRooms     = "room"
	fromBusyDay   = "busy day"
	fromBusyHour  = "busy hour"
)

// request is a question about a figure, with what narrows it.
type request struct {
	question
	days                      days
	agent                     chat.AgentID
	username                  string
	agentName, departmentName string
	tag                       string
	source                    string
	none                      bool // those without department, agent or tag
	by                        string
	answered                  *bool
	narrowed                  bool // only of one department, which may be none
	offset                    int64
	limit                     int64
	firstOnly                 bool // sessions of the first day only
}

// explain lists what a figure was made from.
func (s *Service) explain(ctx context.Context, f figure, r request) ([]Row, int64, error) {
	switch f.other {
	case fromVisitors:
		return s.explainVisitors(ctx, r)
	case fromOnline:
		return s.explainOnline(ctx, r)
	case fromTransfers:
		return s.explainTransfers(ctx, r)
	case fromSessions:
		return s.explainSessions(ctx, r)
	case fromAgents:
		return s.explainAgents(ctx, f, r)
	case fromBusyDay, fromBusyHour:
		busy, err := s.busiest(ctx, r.question, r.days)
		if err != nil || !busy.found {
			return []Row{}, 0, err
		}
		r.question = r.in(clock.Of(busy.day), clock.Of(next(busy.day)))
		if f.other == fromBusyHour {
			r.question = r.in(clock.Of(busy.hour), min(clock.Of(busy.hour.Add(time.Hour)), clock.Of(next(busy.day))))
		}
	}
	return s.explainRooms(ctx, f, r)
}

func (s *Service) explainSessions(ctx context.Context, r request) ([]Row, int64, error) {
	d := r.days
	if r.firstOnly {
		d.last = next(d.first)
	}
	all, err := s.availability(ctx, r.question, d)
	var rows []Row
	for _, a := range all {
		if r.username != "" && a.username != r.username || r.agent != "" && a.agent != r.agent {
			continue
		}
		for _, one := range a.sessions {
			rows = append(rows, Row{Kind: fromSessions, ID: string(a.agent) + "/" + one.StartedAt.String(), Name: a.username, At: one.StartedAt, Until: one.StoppedAt,
				Agent: a.username, Value: one.StoppedAt.Sub(one.StartedAt).Seconds()})
		}
	}
	return paged(rows, r), int64(len(rows)), err
}

func (s *Service) explainAgents(ctx context.Context, f figure, r request) ([]Row, int64, error) {
	all, err := s.standings(ctx, r.question)
	var rows []Row
	for _, a := range all {
		if slices.Contains(f.states, a.state()) {
			rows = append(rows, Row{Kind: fromAgents, ID: string(a.id), Name: a.username, At: r.now, Agent: a.username, Value: 1})
		}
	}
	return paged(rows, r), int64(len(rows)), err
}

func paged(rows []Row, r request) []Row {
	n := int64(len(rows))
	from := min(r.offset, n)
	return append([]Row{}, rows[from:min(from+r.limit, n)]...)
}

// figureOf finds a figure by its name; "" is the first one where there is only one.
func figureOf(figures map[string]figure, name string) (figure, error) {
	if f, ok := figures[name]; ok {
		return f, nil
	}
	if name == "" && len(figures) == 1 {
		for _, f := range figures {
			return f, nil
		}
	}
	return figure{}, fault.New(fault.Invalid, "error-invalid-figure", "Unknown figure").At("figure")
}
