package analytics

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/foyerchat/foyer/platform/fault"
)

// Total is one figure: a number or a text.
type Total struct {
	Title string `json:"title"`
	Value any    `json:"value"`
}

// conversations are the figures of whole days (analytics 4.1).
func (s *Service) conversations(ctx context.Context, q question, d days) ([]Total, error) {
	counts, err := s.counts(ctx, q.in(d.from(), d.to()))
	if err != nil {
		return nil, err
	}
	busy, err := s.busiest(ctx, q, d)
	if err != nil {
		return nil, err
	}
	perDay := 0.0
	if n := d.count(); n > 0 {
		perDay = float64(counts[0].Value.(int64)) / float64(n)
	}
	day, hour := "-", "-"
	if busy.found {
		if day, err = s.weekday(ctx, busy.day.Weekday()); err != nil {
			return nil, err
		}
		hour = hourName(busy.hour) + " - " + hourName(busy.hour.Add(time.Hour))
	}
	return append(counts, Total{"Busiest_day", day}, Total{"Conversations_per_day", strconv.FormatFloat(perDay, 'f', 2, 64)},
		Total{"Busiest_time", hour}), nil
}

// counts are the first four of them.
func (s *Service) counts(ctx context.Context, q question) ([]Total, error) {
	all, err := s.tally(ctx, q)
	t := total(all)
	return []Total{{"Total_conversations", t.rooms}, {"Open_conversations", t.open + t.queued + t.verifying}, {"On_Hold_conversations", t.onHold},
		{"Total_messages", t.messages}}, err
}

// busyness is the day whose conversations have most messages, and its hour.
type busyness struct {
	found bool
	day   time.Time
	hour  time.Time
}

// busiest finds them; of equal ones the earliest, and only where there are conversations.
func (s *Service) busiest(ctx context.Context, q question, d days) (b busyness, err error) {
	bounds := d.each()
	perDay, err := s.series(ctx, q, bounds)
	if err != nil {
		return b, err
	}
	i := most(perDay)
	if i < 0 {
		return b, nil
	}
	b.found, b.day = true, bounds[i].Time().In(d.first.Location())
	hourly := hours(b.day)
	perHour, err := s.series(ctx, q, hourly)
	if err != nil {
		return b, err
	}
	if i = most(perHour); i < 0 { // closed and removed in between
		return busyness{}, nil
	}
	b.hour = hourly[i].Time().In(d.first.Location())
	return b, nil
}

func most(all []sums) int {
	at := -1
	for i, x := range all {
		if x.rooms > 0 && (at < 0 || x.messages > all[at].messages) {
			at = i
		}
	}
	return at
}

// productivity are the response times (analytics 4.2).
func (s *Service) productivity(ctx context.Context, q question) ([]Total, error) {
	all, err := s.tally(ctx, q)
	t := total(all)
	return []Total{{"Avg_response_time", clockText(meanMicros(t.response, t.responded))},
		{"Avg_first_response_time", clockText(mean(t.first, t.responded))},
		{"Avg_reaction_time", clockText(mean(t.reaction, t.responded))}}, err
}

// The charts, and columns of the agents' table.
const (
	totalConversations = "Total_conversations"
	avgDuration        = "Avg_chat_duration"
	totalMessages      = "Total_messages"
	avgFirst           = "Avg_first_response_time"
	bestFirst          = "Best_first_response_time"
	avgResponse        = "Avg_response_time"
	avgReaction        = "Avg_reaction_time"
)

// values are the figures by name: whether the conversations give it, and it.
var values = map[string]func(s sums) (has bool, value float64){
	totalConversations: func(s sums) (bool, float64) { return s.rooms > 0, float64(s.rooms) },
	avgDuration:        func(s sums) (bool, float64) { return s.closed > 0, mean(s.duration, s.closed) },
	totalMessages:      func(s sums) (bool, float64) { return s.agentMessages > 0, float64(s.agentMessages) },
	avgFirst:           func(s sums) (bool, float64) { return s.responded > 0, mean(s.first, s.responded) },
	bestFirst:          func(s sums) (bool, float64) { return s.responded > 0, float64(max(s.best, 0)) / 1000 },
	avgResponse:        func(s sums) (bool, float64) { return s.responded > 0, meanMicros(s.response, s.responded) },
	avgReaction:        func(s sums) (bool, float64) { return s.responded > 0, mean(s.reaction, s.responded) },
}

// Chart is a line of points.
type Chart struct {
	Label  string    `json:"chartLabel"`
	Labels []string  `json:"dataLabels"`
	Points []float64 `json:"dataPoints"`
}

// chart draws a figure: hour by hour of one day, else day by day (analytics 5).
func (s *Service) chart(ctx context.Context, q question, d days, name string) (Chart, error) {
	value, ok := values[name]
	if !ok {
		return Chart{}, fault.New(fault.Invalid, "error-invalid-chart", "Unknown chart").At("chartName")
	}
	bounds, hourly := d.each(), d.count() == 1
	if hourly {
		bounds = hours(d.first)
	}
	all, err := s.series(ctx, q, bounds)
	c := Chart{Label: name, Labels: make([]string, len(all)), Points: make([]float64, len(all))}
	for i, x := range all {
		_, v := value(x)
		c.Points[i] = hundredths(v)
		at := bounds[i].Time().In(d.first.Location())
		c.Labels[i] = at.Format("1/2")
		if hourly {
			c.Labels[i] = hourName(at) + "-" + hourName(at.Add(time.Hour))
		}
	}
	return c, err
}

// Heading names a column.
type Heading struct {
	Name string `json:"name"`
}

// AgentValue is an agent's figure as text.
type AgentValue struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// agentTable is the figure of each agent (analytics 6); no heading: there is none of
// this name.
func (s *Service) agentTable(ctx context.Context, q question, name string, a attribution) ([]Heading, []AgentValue, error) {
	if _, ok := values[name]; !ok {
		return nil, nil, nil
	}
	measure := s.served
	if a == actual {
		measure = s.answered
	}
	rows, whole, err := measure(ctx, q, name)
	if err != nil {
		return nil, nil, err
	}
	falling := name == totalConversations || name == avgDuration || name == totalMessages
	slices.SortFunc(rows, func(a, b exactValue) int {
		if falling {
			return cmp.Or(cmp.Compare(b.exact, a.exact), cmp.Compare(a.name, b.name))
		}
		return cmp.Or(cmp.Compare(a.exact, b.exact), cmp.Compare(a.name, b.name))
	})
	out := make([]AgentValue, len(rows))
	for i, r := range rows {
		out[i] = AgentValue{r.name, agentText(name, r.exact, whole)}
	}
	column := name
	if name == totalConversations {
		column = "%_of_conversations"
	}
	return []Heading{{"Agent"}, {column}}, out, nil
}

// exactValue is an agent's figure as a number.
type exactValue struct {
	name  string
	exact float64
}

// served are the figures of who served last, and how many conversations were served.
func (s *Service) served(ctx context.Context, q question, name string) (rows []exactValue, whole int64, err error) {
	all, err := s.tally(ctx, q)
	if err != nil {
		return nil, 0, err
	}
	names, err := s.staffNames(ctx)
	for id, x := range by(all, agent) {
		if id == "" {
			continue
		}
		whole += x.rooms
		if has, v := values[name](x); has {
			rows = append(rows, exactValue{names[id].username, v})
		}
	}
	return rows, whole, err
}

func agentText(name string, exact float64, served int64) string {
	switch name {
	case totalConversations:
		return percentText(int64(exact), served)
	case totalMessages:
		return strconv.FormatInt(int64(exact), 10)
	default:
		return clockText(exact)
	}
}
