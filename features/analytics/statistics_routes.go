package analytics

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

type pagedQuery struct {
	rest.Page
	Start string `query:"start" required:"true" minLength:"1" maxLength:"100"`
	End   string `query:"end" required:"true" minLength:"1" maxLength:"100"`
}

func (s *Service) agentRows() []rest.Endpoint {
	return []rest.Endpoint{
		row("agents/average-service-time", "How long agents serve a conversation on average.", s.getAverageServiceTimes),
		row("agents/total-service-time", "How long agents served all in all.", s.getTotalServiceTimes),
		row("agents/available-for-service-history", "How long agents were available, day by day.", s.getAvailability),
	}
}

type agentList[T any] struct {
	Agents []T `json:"agents"`
	rest.Counted
}

type agentAverage struct {
	ID       chat.AgentID `json:"_id"`
	Username string       `json:"username"`
	Average  int64        `json:"averageServiceTimeInSeconds"`
}

func (s *Service) getAverageServiceTimes(ctx context.Context, r pagedQuery) (out agentList[agentAverage], err error) {
	all, counted, err := s.agentPage(ctx, r, true)
	out.Agents, out.Counted = make([]agentAverage, len(all)), counted
	for i, f := range all {
		out.Agents[i] = agentAverage{f.id, f.username, f.seconds}
	}
	return out, err
}

type agentTotal struct {
	ID       chat.AgentID `json:"_id"`
	Username string       `json:"username"`
	Chats    int64        `json:"chats"`
	Total    int64        `json:"serviceTimeDuration"`
}

func (s *Service) getTotalServiceTimes(ctx context.Context, r pagedQuery) (out agentList[agentTotal], err error) {
	all, counted, err := s.agentPage(ctx, r, false)
	out.Agents, out.Counted = make([]agentTotal, len(all)), counted
	for i, f := range all {
		out.Agents[i] = agentTotal{f.id, f.username, f.chats, f.seconds}
	}
	return out, err
}

func (s *Service) agentPage(ctx context.Context, r pagedQuery, average bool) ([]agentFigure, rest.Counted, error) {
	q, _, err := s.exact(ctx, momentsQuery{Start: r.Start, End: r.End})
	if err != nil {
		return nil, rest.Counted{}, err
	}
	all, err := s.serviceTimes(ctx, q.silent(), average)
	found, counted := page(all, r.Page, agentFields)
	return found, counted, err
}

type availabilityQuery struct {
	pagedQuery
	Full bool `query:"fullReport" doc:"With every session."`
}

type agentActivity struct {
	Username string        `json:"username"`
	Seconds  int64         `json:"availableTimeInSeconds"`
	History  []ServiceTime `json:"serviceHistory,omitempty"`
}

func (s *Service) getAvailability(ctx context.Context, r availabilityQuery) (out agentList[agentActivity], err error) {
	q, d, err := s.daily(ctx, "", dates{r.Start, r.End, "start", "end"})
	if err != nil {
		return out, err
	}
	all, err := s.availability(ctx, q, d)
	found := make([]agentActivity, len(all))
	for i, a := range all {
		found[i] = agentActivity{Username: a.username, Seconds: a.millis() / 1000}
		if r.Full {
			found[i].History = a.sessions
		}
	}
	byName := compared(func(a agentActivity) string { return a.Username })
	keys := r.Page
	keys.Sort = append(keys.Sort, rest.SortKey{Field: "username"})
	out.Agents, out.Counted = page(found, keys, map[string]func(a, b agentActivity) int{"username": byName,
		"availableTimeInSeconds": compared(func(a agentActivity) int64 { return a.Seconds })})
	return out, err
}

type departmentQuery struct {
	pagedQuery
	Department chat.DepartmentID `query:"departmentId" maxLength:"255"`
}

type departmentList[T any] struct {
	Departments []T `json:"departments"`
	rest.Counted
}

// departmentRow makes an endpoint of a figure of departments, shown by an answer's type.
func departmentRow[T any](s *Service, path, doc, field string, figures func(context.Context, question) ([]departmentFigure, error),
	show func(id *chat.DepartmentID, f departmentFigure) T) rest.Endpoint {
	return row("departments/"+path, doc, func(ctx context.Context, r departmentQuery) (out departmentList[T], err error) {
		return listed(ctx, s, r, field, figures, show)
	})
}

func listed[T any](ctx context.Context, s *Service, r departmentQuery, field string, figures func(context.Context, question) ([]departmentFigure, error),
	show func(id *chat.DepartmentID, f departmentFigure) T) (out departmentList[T], err error) {
	q, _, err := s.exact(ctx, momentsQuery{Start: r.Start, End: r.End, Department: r.Department})
	if err != nil {
		return out, err
	}
	all, err := figures(ctx, q.silent())
	found, counted := page(all, r.Page, departmentFields(field))
	out.Departments, out.Counted = make([]T, len(found)), counted
	for i, f := range found {
		var id *chat.DepartmentID
		if f.id != "" {
			id = &f.id
		}
		out.Departments[i] = show(id, f)
	}
	return out, err
}

// tallied and finished are figures of what began in the period, and of what also ended.
func (s *Service) tallied(of func(sums) (int64, bool)) func(context.Context, question) ([]departmentFigure, error) {
	return func(ctx context.Context, q question) ([]departmentFigure, error) {
		all, err := s.tally(ctx, q)
		if err != nil {
			return nil, err
		}
		return s.departmentFigures(ctx, by(all, department), of)
	}
}

func (s *Service) finished(of func(sums) (int64, bool)) func(context.Context, question) ([]departmentFigure, error) {
	return func(ctx context.Context, q question) ([]departmentFigure, error) {
		all, err := s.ended(ctx, q)
		if err != nil {
			return nil, err
		}
		return s.departmentFigures(ctx, by(all, department), of)
	}
}

type (
	amountQuery struct {
		departmentQuery
		Answered *bool `query:"answered" doc:"Only those whose visitor waits for no answer, or only the others."`
	}
	departmentAmount struct {
		ID    *chat.DepartmentID `json:"_id"`
		Rooms int64              `json:"rooms"`
	}
	departmentService struct {
		ID      *chat.DepartmentID `json:"_id"`
		Average int64              `json:"averageServiceTimeInSeconds"`
	}
	departmentTotal struct {
		ID    *chat.DepartmentID `json:"_id"`
		Chats int64              `json:"chats"`
		Total int64              `json:"serviceTimeDuration"`
	}
	departmentDuration struct {
		ID      *chat.DepartmentID `json:"_id"`
		Average int64              `json:"averageChatDurationTimeInSeconds"`
	}
	departmentWaiting struct {
		ID      *chat.DepartmentID `json:"_id"`
		Average int64              `json:"averageWaitingTimeInSeconds"`
	}
	departmentTransfers struct {
		ID    *chat.DepartmentID `json:"_id"`
		Moved int64              `json:"numberOfTransferredRooms"`
	}
	departmentAbandoned struct {
		ID    *chat.DepartmentID `json:"_id"`
		Rooms int64              `json:"abandonedRooms"`
	}
	departmentShare struct {
		ID      *chat.DepartmentID `json:"_id"`
		Percent int64              `json:"percentageOfAbandonedChats"`
	}
)

func (s *Service) departmentRows() []rest.Endpoint {
	type id = *chat.DepartmentID
	type fig = departmentFigure
	return []rest.Endpoint{
		row("departments/amount-of-chats", "How many conversations departments have.", s.getAmounts),
		departmentRow(s, "average-service-time", "How long departments serve a conversation on average.", "averageServiceTimeInSeconds", s.tallied(averageService),
			func(i id, f fig) departmentService { return departmentService{i, f.value} }),
		departmentRow(s, "total-service-time", "How long departments served all in all.", "serviceTimeDuration", s.finished(totalService),
			func(i id, f fig) departmentTotal { return departmentTotal{i, f.chats, f.value} }),
		departmentRow(s, "average-chat-duration-time", "How long conversations of departments last.", "averageChatDurationTimeInSeconds", s.finished(averageDuration),
			func(i id, f fig) departmentDuration { return departmentDuration{i, f.value} }),
		departmentRow(s, "average-waiting-time", "How long visitors wait for the first answer.", "averageWaitingTimeInSeconds", s.tallied(averageWaiting),
			func(i id, f fig) departmentWaiting { return departmentWaiting{i, f.value} }),
		departmentRow(s, "total-transferred-chats", "How often conversations were moved.", "numberOfTransferredRooms", s.transferred,
			func(i id, f fig) departmentTransfers { return departmentTransfers{i, f.value} }),
		departmentRow(s, "total-abandoned-chats", "How many conversations visitors abandoned.", "abandonedRooms", s.finished(abandonedRooms),
			func(i id, f fig) departmentAbandoned { return departmentAbandoned{i, f.value} }),
		departmentRow(s, "percentage-abandoned-chats", "How many of a hundred conversations visitors abandoned.", "percentageOfAbandonedChats", s.abandonedShare,
			func(i id, f fig) departmentShare { return departmentShare{i, f.value} }),
	}
}

func (s *Service) getAmounts(ctx context.Context, r amountQuery) (departmentList[departmentAmount], error) {
	return listed(ctx, s, r.departmentQuery, "rooms", s.tallied(roomsOf(r.Answered)),
		func(i *chat.DepartmentID, f departmentFigure) departmentAmount { return departmentAmount{i, f.value} })
}
