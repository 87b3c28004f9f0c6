package analytics

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/rest"
)

type reportQuery struct {
	Start string    `query:"start" required:"true" minLength:"1" maxLength:"100"`
	End   string    `query:"end" required:"true" minLength:"1" maxLength:"100" doc:"Not included."`
	Sort  rest.Sort `query:"sort" doc:"By label or value, as a JSON object."`
}

type agentReportQuery struct {
	reportQuery
	Attribution attribution `query:"attribution" enum:"last,actual" default:"last" doc:"Whom a conversation counts for: who served it last, or everybody who really answered."`
}

// report answers a question about the period of a report.
type report = func(context.Context, question, rest.Sort) (Report, error)

func (s *Service) reportRows() []rest.Endpoint {
	return []rest.Endpoint{
		reportRow(s, "status", "Conversations by how they stand.", s.reporting(s.byStatus)),
		reportRow(s, "source", "Conversations by where they came from.", s.reporting(s.bySource)),
		reportRow(s, "department", "Conversations by department.", s.reporting(s.byDepartment)),
		reportRow(s, "tags", "Conversations by tag; one with two tags counts twice.", s.reporting(s.byTags)),
		reportRow(s, "agent", "Conversations by who serves or served them, or by who answered: then one counts for each of them.", s.getAgentReport),
	}
}

func reportRow[Req any](s *Service, by, doc string, h func(context.Context, Req) (Report, error)) rest.Endpoint {
	path := "dashboards/conversations-by-" + by
	return rest.Row("GET", base+path, rest.All(string(chat.ViewLivechatReports)), doc, kept(s, path, ofReport, h), rest.Tag("analytics"),
		rest.Errors(badDate, badEnd, `The "start" and "end" query parameters must be less than 1 year apart.`, `The "start" query parameter must be before the "end" query parameter.`))
}

func (s *Service) getAgentReport(ctx context.Context, r agentReportQuery) (Report, error) {
	answer := s.byAgent
	if r.Attribution == actual {
		answer = s.byActualAgent
	}
	return s.reporting(answer)(ctx, r.reportQuery)
}

func (s *Service) reporting(answer report) func(context.Context, reportQuery) (Report, error) {
	return func(ctx context.Context, r reportQuery) (Report, error) {
		from, to, err := reported(r.Start, r.End)
		if err != nil {
			return Report{}, err
		}
		q, _, err := s.ask(ctx, "")
		if err != nil {
			return Report{}, err
		}
		return answer(ctx, q.in(from, to).silent(), r.Sort)
	}
}

// explainQuery names a figure of an endpoint and what narrows it.
type explainQuery struct {
	rest.Page
	Figure      string            `query:"figure" maxLength:"100" doc:"Its title or key, or the name of the chart; not needed where there is only one."`
	Start       string            `query:"start" maxLength:"100" doc:"As of the endpoint."`
	End         string            `query:"end" maxLength:"100"`
	From        string            `query:"from" maxLength:"100"`
	To          string            `query:"to" maxLength:"100"`
	Department  chat.DepartmentID `query:"departmentId" maxLength:"255"`
	Agent       chat.AgentID      `query:"agentId" maxLength:"255" doc:"Only what this agent serves or served."`
	Username    string            `query:"agent" maxLength:"255" doc:"The same, by username."`
	Tag         string            `query:"tag" maxLength:"255"`
	Source      string            `query:"source" maxLength:"255" doc:"A label of the report by source."`
	AgentName   string            `query:"agentName" maxLength:"255" doc:"The same, by a label of the report by agent."`
	DeptName    string            `query:"departmentName" maxLength:"255" doc:"Only of departments of this name."`
	Answered    *bool             `query:"answered"`
	Attribution attribution       `query:"attribution" enum:"last,actual" default:"last" doc:"As of the endpoints with figures of agents."`
	None        bool              `query:"none" doc:"Those without department, agent or tags, by the endpoint."`
}

// explanation is what a figure was made from.
type explanation struct {
	Rows []Row `json:"rows"`
	rest.Counted
}

// explainRows explain each figure of each endpoint.
func (s *Service) explainRows() []rest.Endpoint {
	var rows []rest.Endpoint
	for _, path := range explainable() {
		access := chat.ViewLivechatManager
		if reportOf(path) != "" {
			access = chat.ViewLivechatReports
		}
		rows = append(rows, rest.Row("GET", base+path+"/explain", rest.All(string(access)), "What a figure of "+path+" was made from.",
			func(ctx context.Context, r explainQuery) (explanation, error) { return s.getExplanation(ctx, path, r) },
			rest.Tag("analytics"), rest.Errors(badDate, badEnd, "Unknown figure [error-invalid-figure]")))
	}
	return rows
}

func (s *Service) getExplanation(ctx context.Context, path string, r explainQuery) (out explanation, err error) {
	f, err := figureOf(figures[path], r.Figure)
	if err != nil {
		return out, err
	}
	q, err := s.requested(ctx, path, f, r)
	if err != nil {
		return out, err
	}
	found, total, err := s.explained(ctx, path, f, r, q)
	return explanation{found, rest.Counted{Offset: r.Offset, Count: len(found), Total: total}}, err
}

// explained is what a figure was made from, by the attribution that the endpoint knows.
func (s *Service) explained(ctx context.Context, path string, f figure, r explainQuery, q request) ([]Row, int64, error) {
	if r.Attribution == actual {
		switch {
		case path == "agent-overview":
			return s.explainParts(ctx, parts[r.Figure], q)
		case reportOf(path) == "agent" && !r.None:
			return s.explainParts(ctx, parts[totalConversations], q)
		case reportOf(path) == "agent":
			return s.explainRooms(ctx, figure{where: "NOT " + someReplied, value: one}, q.ofNothing())
		}
	}
	return s.explain(ctx, f, q)
}

// requested reads the period as the endpoint itself does.
func (s *Service) requested(ctx context.Context, path string, f figure, r explainQuery) (out request, err error) {
	q, zone, err := s.ask(ctx, r.Department)
	if err != nil {
		return out, err
	}
	out = request{question: q, agent: r.Agent, username: r.Username, agentName: r.AgentName, departmentName: r.DeptName, tag: r.Tag, source: r.Source, none: r.None, by: reportOf(path), answered: r.Answered,
		offset: r.Offset, limit: r.Limit(), firstOnly: !f.dates}
	if r.Department == "null" || r.None && isOfDepartments(path) {
		out.department, out.narrowed = "", true
	}
	if f.other == fromAgents {
		return out, nil
	}
	var from, to clock.Instant
	switch kindOf(path) {
	case ofDates:
		if out.days, err = wholeDays(r.dates(), zone); err != nil {
			return out, err
		}
		out.question = out.in(out.days.from(), out.days.to())
		return out, nil
	case ofReports:
		from, to, err = reported(r.Start, r.End)
	default:
		from, to, err = moments(r.Start, r.End)
		to++
	}
	if err != nil {
		return out, err
	}
	if out.days, err = daysAround(from, to-1, zone); err != nil {
		return out, err
	}
	if f.dates {
		from, to = out.days.from(), out.days.to()
	}
	out.question = out.in(from, to)
	return out, nil
}

func (r explainQuery) dates() dates {
	if r.From == "" && r.To == "" {
		return dates{r.Start, r.End, "start", "end"}
	}
	return dates{r.From, r.To, "from", "to"}
}
