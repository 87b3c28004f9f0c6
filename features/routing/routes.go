package routing

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints of routing.
func (s *Service) Rows() []rest.Endpoint {
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/rooms/{rid}/explain", rest.All("view-l-room"), "Why the room went to whom: every decision about it, oldest first.", s.getExplained),
		rest.Row("GET", "/api/v1/livechat/inquiries.list", rest.All("view-livechat-manager"), "All inquiries.", s.listAll),
		rest.Row("GET", "/api/v1/livechat/inquiries.queued", rest.All("view-l-room"), "The waiting inquiries.", s.listQueued),
		rest.Row("GET", "/api/v1/livechat/inquiries.queuedForUser", rest.All("view-l-room"), "The inquiries the caller may take, next one first.", s.listQueued),
		rest.Row("GET", "/api/v1/livechat/inquiries.getOne", rest.All("view-l-room"), "The inquiry of a room, or null.", s.one),
		rest.Row("GET", "/api/v1/livechat/queue", rest.All("view-l-room"), "How many open chats each agent serves.", s.queue),
	}
}

type explainQuery struct {
	RID chat.RoomID `path:"rid" maxLength:"100"`
}

type explainAnswer struct {
	Decisions []Explained `json:"decisions"`
}

func (s *Service) getExplained(ctx context.Context, q explainQuery) (explainAnswer, error) {
	found, err := s.Explain(ctx, rest.Identity[chat.Actor](ctx), q.RID)
	return explainAnswer{found}, err
}

type listQuery struct {
	rest.Page
	Department chat.DepartmentID `query:"department" maxLength:"100"`
}

func (q listQuery) list() List {
	byUpdate := slices.ContainsFunc(q.Sort, func(k rest.SortKey) bool { return k.Field == "_updatedAt" && k.Desc })
	return List{Department: q.Department, ByUpdate: byUpdate, Offset: q.Offset, Limit: q.Limit()}
}

type inquiryList struct {
	Inquiries []chat.Inquiry `json:"inquiries"`
	rest.Counted
}

func (s *Service) listAll(ctx context.Context, q listQuery) (inquiryList, error) {
	return s.answer(ctx, q.list())
}

func (s *Service) listQueued(ctx context.Context, q listQuery) (inquiryList, error) {
	l := q.list()
	l.QueuedOnly = true
	return s.answer(ctx, l)
}

func (s *Service) answer(ctx context.Context, l List) (inquiryList, error) {
	found, total, err := s.List(ctx, rest.Identity[chat.Actor](ctx), l)
	for i := range found {
		found[i] = s.Settings.Current().ShownInquiry(found[i])
	}
	return inquiryList{Inquiries: found, Counted: rest.Counted{Offset: l.Offset, Count: len(found), Total: total}}, err
}

type oneQuery struct {
	RID chat.RoomID `query:"roomId" required:"true" minLength:"1" maxLength:"100"`
}

type oneAnswer struct {
	Inquiry *chat.Inquiry `json:"inquiry"`
}

func (s *Service) one(ctx context.Context, q oneQuery) (oneAnswer, error) {
	found, err := s.Find(ctx, rest.Identity[chat.Actor](ctx), q.RID)
	if err != nil || found == nil {
		return oneAnswer{}, err
	}
	i := s.Settings.Current().ShownInquiry(*found)
	return oneAnswer{Inquiry: &i}, nil
}

type queueQuery struct {
	rest.Page
	Agent      chat.AgentID      `query:"agentId" maxLength:"100"`
	Department chat.DepartmentID `query:"departmentId" maxLength:"100"`
	Offline    bool              `query:"includeOfflineAgents"`
}

type queueAnswer struct {
	Queue []load `json:"queue"`
	rest.Counted
}

func (s *Service) queue(ctx context.Context, q queueQuery) (queueAnswer, error) {
	found, total, err := listLoads(ctx, s.DB, overview{now: s.DB.Clock().Now(), monitor: rest.Identity[chat.Actor](ctx).Monitor(), agent: q.Agent, department: q.Department,
		offline: q.Offline, sort: q.Sort, offset: q.Offset, limit: q.Limit()})
	return queueAnswer{Queue: found, Counted: rest.Counted{Offset: q.Offset, Count: len(found), Total: total}}, err
}
