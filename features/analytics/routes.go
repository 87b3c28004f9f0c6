package analytics

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

const (
	base    = "/api/v1/livechat/analytics/"
	badDate = `The "start" query parameter must be a valid date.`
	badEnd  = `The "end" query parameter must be a valid date.`
)

// Rows are the endpoints (rest-api.md 23).
func (s *Service) Rows() []rest.Endpoint {
	rows := s.overviewRows()
	for _, more := range [][]rest.Endpoint{s.nowRows(), s.reportRows(), s.agentRows(), s.departmentRows(), s.explainRows()} {
		rows = append(rows, more...)
	}
	return rows
}

// row is an endpoint of managers and monitors.
func row[Req, Res any](path, doc string, h func(context.Context, Req) (Res, error), more ...rest.Option) rest.Endpoint {
	return rest.Row("GET", base+path, rest.All(string(chat.ViewLivechatManager)), doc, h, append(more, rest.Tag("analytics"), rest.Errors(badDate, badEnd))...)
}

func (s *Service) overviewRows() []rest.Endpoint {
	return []rest.Endpoint{
		row("overview", "Totals of whole days, as an array of titles and values.", s.getOverview, rest.Plain()),
		row("agent-overview", "One figure of each agent.", s.getAgentOverview),
		row("dashboards/charts-data", "One figure day by day, or hour by hour of one day.", s.getChart, rest.Errors("Unknown chart [error-invalid-chart]")),
		rest.Row("GET", "/api/v1/livechat/livechat/analytics/dashboards/charts-data", rest.All(string(chat.ViewLivechatManager)),
			"The same as analytics/dashboards/charts-data, as it was published.", s.getChart, rest.Tag("analytics"), rest.Errors(badDate, badEnd)),
	}
}

// periodQuery is of whole days of the reporting zone.
type periodQuery struct {
	Name       string            `query:"name" required:"true" minLength:"1" maxLength:"100"`
	From       string            `query:"from" required:"true" minLength:"1" maxLength:"100" doc:"The first day, YYYY-MM-DD, in the reporting zone."`
	To         string            `query:"to" required:"true" minLength:"1" maxLength:"100" doc:"The last day."`
	Department chat.DepartmentID `query:"departmentId" maxLength:"255"`
}

// daily makes the question about whole days.
func (s *Service) daily(ctx context.Context, d chat.DepartmentID, asked dates) (question, days, error) {
	q, zone, err := s.ask(ctx, d)
	if err != nil {
		return question{}, days{}, err
	}
	all, err := wholeDays(asked, zone)
	if err != nil {
		return question{}, days{}, err
	}
	return q.in(all.from(), all.to()), all, nil
}

func (s *Service) getOverview(ctx context.Context, r periodQuery) (any, error) {
	q, d, err := s.daily(ctx, r.Department, dates{r.From, r.To, "from", "to"})
	if err != nil {
		return nil, err
	}
	switch r.Name {
	case "Conversations":
		return s.conversations(ctx, q, d)
	case "Productivity":
		return s.productivity(ctx, q.silent())
	default:
		return map[string]bool{"success": true}, nil
	}
}

type agentOverviewQuery struct {
	periodQuery
	Attribution attribution `query:"attribution" enum:"last,actual" default:"last" doc:"Whom a conversation counts for: who served it last, or everybody who really answered, each with his own part."`
}

type agentOverview struct {
	Head []Heading    `json:"head,omitempty"`
	Data []AgentValue `json:"data,omitzero"`
}

func (s *Service) getAgentOverview(ctx context.Context, r agentOverviewQuery) (out agentOverview, err error) {
	q, _, err := s.daily(ctx, r.Department, dates{r.From, r.To, "from", "to"})
	if err != nil {
		return out, err
	}
	out.Head, out.Data, err = s.agentTable(ctx, q, r.Name, r.Attribution)
	return out, err
}

type chartQuery struct {
	Chart      string            `query:"chartName" required:"true" minLength:"1" maxLength:"100"`
	Start      string            `query:"start" required:"true" minLength:"1" maxLength:"100"`
	End        string            `query:"end" required:"true" minLength:"1" maxLength:"100"`
	Department chat.DepartmentID `query:"departmentId" maxLength:"255"`
}

func (s *Service) getChart(ctx context.Context, r chartQuery) (Chart, error) {
	q, d, err := s.daily(ctx, r.Department, dates{r.Start, r.End, "start", "end"})
	if err != nil {
		return Chart{}, err
	}
	return s.chart(ctx, q, d, r.Chart)
}

// momentsQuery is a period between two moments, both included.
type momentsQuery struct {
	Start      string            `query:"start" required:"true" minLength:"1" maxLength:"100" doc:"A date and time; a date alone is midnight UTC."`
	End        string            `query:"end" required:"true" minLength:"1" maxLength:"100"`
	Department chat.DepartmentID `query:"departmentId" maxLength:"255"`
}

type weightedQuery struct {
	momentsQuery
	Weighting weighting `query:"weighting" enum:"departments,rooms" default:"departments" doc:"What weighs alike in means over departments: every department, or every conversation."`
}

// exact makes the question about a period between moments, and about its calendar days.
func (s *Service) exact(ctx context.Context, r momentsQuery) (question, days, error) {
	from, to, err := moments(r.Start, r.End)
	if err != nil {
		return question{}, days{}, err
	}
	q, zone, err := s.ask(ctx, r.Department)
	if err != nil {
		return q, days{}, err
	}
	d, err := daysAround(from, to, zone)
	return q.in(from, to+1), d, err
}

type totalizers struct {
	Totals []Total `json:"totalizers"`
}

// nowRow is an endpoint of how things stand now.
func nowRow[Req, Res any](s *Service, path, doc string, h func(context.Context, Req) (Res, error), more ...rest.Option) rest.Endpoint {
	return row(path, doc, kept(s, path, ofNow, h), more...)
}

func (s *Service) nowRows() []rest.Endpoint {
	return []rest.Endpoint{
		nowRow(s, "dashboards/conversation-totalizers", "How many conversations, messages and visitors; exactly five figures, unless who is on the sites is asked for.", s.getConversationTotals),
		nowRow(s, "dashboards/productivity-totalizers", "Response, reaction and waiting times, and how long chats were in the queue before their first agent.", s.getProductivityTotals),
		nowRow(s, "dashboards/chats-totalizers", "Abandoned chats, and how long chats take.", s.getChatTotals),
		nowRow(s, "dashboards/agents-productivity-totalizers", "The busiest hour, and how long agents are available and serve.", s.getAgentTotals),
		nowRow(s, "dashboards/charts/chats", "Conversations by how they stand.", exactly(s, s.chats)),
		nowRow(s, "dashboards/charts/chats-per-agent", "Each agent's conversations, by username.", exactly(s, s.chatsPerAgent), rest.Plain()),
		nowRow(s, "dashboards/charts/chats-per-department", "Each department's conversations, by name.", exactly(s, s.chatsPerDepartment), rest.Plain()),
		nowRow(s, "dashboards/charts/agents-status", "Agents by how they stand now.", s.getAgentStates),
		nowRow(s, "dashboards/charts/timings", "Mean and longest times.", exactly(s, s.timings)),
	}
}

// exactly answers a question about a period between moments.
func exactly[Res any](s *Service, answer func(context.Context, question) (Res, error)) func(context.Context, momentsQuery) (Res, error) {
	return func(ctx context.Context, r momentsQuery) (out Res, err error) {
		q, _, err := s.exact(ctx, r)
		if err != nil {
			return out, err
		}
		return answer(ctx, q.silent())
	}
}

// onlineQuery asks for our own figure, which older clients would count as one too many.
type onlineQuery struct {
	momentsQuery
	Online bool `query:"online" doc:"Also how many visitors are on the sites now."`
}

func (s *Service) getConversationTotals(ctx context.Context, r onlineQuery) (out totalizers, err error) {
	q, d, err := s.exact(ctx, r.momentsQuery)
	if err != nil {
		return out, err
	}
	if out.Totals, err = s.counts(ctx, q.in(d.from(), d.to())); err != nil {
		return out, err
	}
	visitors, err := s.countVisitors(ctx, q)
	out.Totals = append(out.Totals, Total{"Total_visitors", visitors})
	if err != nil || !r.Online {
		return out, err
	}
	online, err := s.countOnline(ctx, q)
	out.Totals = append(out.Totals, Total{"Total_visitors_online", online})
	return out, err
}

func (s *Service) getProductivityTotals(ctx context.Context, r weightedQuery) (out totalizers, err error) {
	q, d, err := s.exact(ctx, r.momentsQuery)
	if err == nil {
		out.Totals, err = s.productivityTotals(ctx, q.silent(), d, r.Weighting)
	}
	return out, err
}

func (s *Service) getChatTotals(ctx context.Context, r weightedQuery) (out totalizers, err error) {
	q, _, err := s.exact(ctx, r.momentsQuery)
	if err == nil {
		out.Totals, err = s.chatTotals(ctx, q.silent(), r.Weighting)
	}
	return out, err
}

func (s *Service) getAgentTotals(ctx context.Context, r weightedQuery) (out totalizers, err error) {
	q, d, err := s.exact(ctx, r.momentsQuery)
	if err == nil {
		out.Totals, err = s.agentTotals(ctx, q, d, r.Weighting)
	}
	return out, err
}

type statesQuery struct {
	Department chat.DepartmentID `query:"departmentId" maxLength:"255"`
}

func (s *Service) getAgentStates(ctx context.Context, r statesQuery) (AgentStates, error) {
	q, _, err := s.ask(ctx, r.Department)
	if err != nil {
		return AgentStates{}, err
	}
	return s.agentStates(ctx, q)
}
