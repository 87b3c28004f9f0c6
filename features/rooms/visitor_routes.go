package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/rest"
)

type openRoomRequest struct {
	Token    string       `query:"token" required:"true" minLength:"1" maxLength:"255"`
	RID      chat.RoomID  `query:"rid" maxLength:"100"`
	Agent    chat.AgentID `query:"agentId" maxLength:"100"`
	Priority string       `query:"priority" maxLength:"200" doc:"Of a new room: id or name."`
	SLA      string       `query:"sla" maxLength:"200" doc:"Of a new room: id or name of a policy."`
	RoomType string       `cookie:"rc_room_type" maxLength:"10"`
	IsWidget string       `cookie:"rc_is_widget" maxLength:"10"`

	Extra map[string]string `query:"*"`
}

type roomAnswer struct {
	Room    chat.Room `json:"room"`
	NewRoom bool      `json:"newRoom"`
}

func (s *Service) openRoom(ctx context.Context, r openRoomRequest) (roomAnswer, error) {
	a, err := s.byToken(ctx, r.Token)
	if err != nil {
		return roomAnswer{}, err
	}
	source := chat.Source{Type: chat.SourceAPI}
	if r.RoomType == chat.RoomType && r.IsWidget == "t" {
		source.Type = chat.SourceWidget
	}
	return s.answerOpen(ctx, Opening{Visitor: a.Visitor, RID: r.RID, Agent: r.Agent, Source: source,
		Priority: r.Priority, SLA: r.SLA, Extra: r.Extra})
}

func (s *Service) answerOpen(ctx context.Context, o Opening) (roomAnswer, error) {
	room, opened, err := s.Open(ctx, o)
	return roomAnswer{Room: room.ForVisitor(s.showAgents()), NewRoom: opened}, err
}

type visitorClose struct {
	RID   chat.RoomID `json:"rid" required:"true" minLength:"1" maxLength:"100"`
	Token string      `json:"token" required:"true" minLength:"1" maxLength:"255"`
}

type visitorClosed struct {
	RID     chat.RoomID `json:"rid"`
	Comment string      `json:"comment"`
}

func (s *Service) closeByVisitor(ctx context.Context, r visitorClose) (visitorClosed, error) {
	a, err := s.byToken(ctx, r.Token)
	if err == nil {
		err = s.Close(ctx, a, Closing{RID: r.RID})
	}
	return visitorClosed{RID: r.RID, Comment: s.texts().closedByVisitor}, err
}

type messageAnswer struct {
	Message chat.Message `json:"message"`
}

func (s *Service) forVisitor(m chat.Message, err error) (messageAnswer, error) {
	return messageAnswer{Message: m.ForVisitor(s.showAgents())}, err
}

type postMessage struct {
	Token string         `json:"token" required:"true" minLength:"1" maxLength:"255"`
	RID   chat.RoomID    `json:"rid" required:"true" minLength:"1" maxLength:"100"`
	Msg   string         `json:"msg" required:"true"`
	ID    chat.MessageID `json:"_id" minLength:"1" maxLength:"64" pattern:"^[!-~]+$"`
}

func (s *Service) postMessage(ctx context.Context, r postMessage) (messageAnswer, error) {
	a, err := s.byToken(ctx, r.Token)
	if err != nil {
		return messageAnswer{}, err
	}
	return s.forVisitor(s.Say(ctx, a, Saying{RID: r.RID, ID: r.ID, Msg: r.Msg}))
}

type readMessage struct {
	ID    chat.MessageID `path:"_id"`
	Token string         `query:"token" required:"true" minLength:"1" maxLength:"255"`
	RID   chat.RoomID    `query:"rid" required:"true" minLength:"1" maxLength:"100"`
}

func (s *Service) readMessage(ctx context.Context, r readMessage) (messageAnswer, error) {
	a, err := s.byToken(ctx, r.Token)
	if err != nil {
		return messageAnswer{}, err
	}
	return s.forVisitor(s.Message(ctx, a, r.RID, r.ID))
}

type putMessage struct {
	ID    chat.MessageID `path:"_id"`
	Token string         `json:"token" required:"true" minLength:"1" maxLength:"255"`
	RID   chat.RoomID    `json:"rid" required:"true" minLength:"1" maxLength:"100"`
	Msg   string         `json:"msg" required:"true"`
}

func (s *Service) putMessage(ctx context.Context, r putMessage) (messageAnswer, error) {
	a, err := s.byToken(ctx, r.Token)
	if err != nil {
		return messageAnswer{}, err
	}
	return s.forVisitor(s.Edit(ctx, a, Saying{RID: r.RID, ID: r.ID, Msg: r.Msg}))
}

type removeMessage struct {
	ID    chat.MessageID `path:"_id"`
	Token string         `json:"token" required:"true" minLength:"1" maxLength:"255"`
	RID   chat.RoomID    `json:"rid" required:"true" minLength:"1" maxLength:"100"`
}

type removedMessage struct {
	Message struct {
		ID chat.MessageID `json:"_id"`
		TS clock.Instant  `json:"ts"`
	} `json:"message"`
}

func (s *Service) deleteMessage(ctx context.Context, r removeMessage) (out removedMessage, err error) {
	a, err := s.byToken(ctx, r.Token)
	if err != nil {
		return out, err
	}
	m, err := s.Erase(ctx, a, Saying{RID: r.RID, ID: r.ID})
	out.Message.ID, out.Message.TS = m.ID, m.UpdatedAt
	return out, err
}

type visitorHistory struct {
	RID    chat.RoomID   `path:"rid"`
	Token  string        `query:"token" required:"true" minLength:"1" maxLength:"255"`
	Limit  int64         `query:"limit" min:"1" default:"20" doc:"Page size, at most 100."`
	Offset int64         `query:"offset" min:"0"`
	End    clock.Instant `query:"end" doc:"Only messages up to this moment."`
	Seen   clock.Instant `query:"ls" doc:"Counts what came after it and is older than the page."`
}

type historyAnswer struct {
	Messages        []chat.Message `json:"messages"`
	UnreadNotLoaded *int64         `json:"unreadNotLoaded,omitempty"`
}

func (s *Service) visitorHistory(ctx context.Context, r visitorHistory) (out historyAnswer, err error) {
	a, err := s.byToken(ctx, r.Token)
	if err != nil {
		return out, err
	}
	p := Past{RID: r.RID, Offset: r.Offset, Limit: min(r.Limit, maxStretch), Until: r.End, Seen: r.Seen}
	found, notLoaded, err := s.Newest(ctx, a, p)
	if p.Seen != 0 {
		out.UnreadNotLoaded = &notLoaded
	}
	out.Messages = s.forVisitors(found)
	return out, err
}

func (s *Service) forVisitors(all []chat.Message) []chat.Message {
	show := s.showAgents()
	out := make([]chat.Message, 0, len(all))
	for _, m := range all {
		if !m.StaffOnly() {
			out = append(out, m.ForVisitor(show))
		}
	}
	return out
}

// widgetRows are for our own widget, which proves itself with its secret.
func (s *Service) widgetRows() []rest.Endpoint {
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/foyer/widget/room", rest.Guest, "The guest's open room; opens one when there is none.",
			s.widgetRoom, rest.Paced("widget-room"), rest.Errors("Sorry, no online agents [no-agent-online]")),
		rest.Row("POST", "/api/v1/foyer/widget/message", rest.Guest, "Send a message as guest; a repeat of its _id is harmless.",
			s.widgetMessage, rest.Errors("[invalid-room]", "[room-closed]")),
		rest.Row("GET", "/api/v1/foyer/widget/history", rest.Guest, "What was said in the guest's room after or before a number.",
			s.widgetHistory, rest.Errors("[invalid-room]")),
		rest.Row("POST", "/api/v1/foyer/widget/department", rest.Guest, "Forward the guest's room to another department.",
			s.widgetDepartment, rest.Paced("widget-department"), rest.Errors("[room-closed]", "[error-forwarding-department-target-not-allowed]")),
		rest.Row("POST", "/api/v1/foyer/widget/close", rest.Guest, "Close the guest's room.",
			s.widgetClose, rest.Errors("[room-closed]", "[error-not-allowed-to-close-conversation]")),
	}
}

type widgetRoom struct {
	Agent     chat.AgentID `json:"agentId" maxLength:"100" doc:"Whom the page wants for a new room."`
	Shown     bool         `json:"shown" doc:"The visitor was spoken to in the name of this agent: if he is not there, another will do."`
	Initiator string       `json:"initiator" enum:"client,trigger,api" doc:"How a new room came about."`
	Offers    []Offer      `json:"offers" maxItems:"20" doc:"What was said to the visitor before he answered."`
	Page      string       `json:"page" maxLength:"64" doc:"The browser's own name for its page load: an invitation that an agent has open there becomes the room's beginning."`
}

func (s *Service) widgetRoom(ctx context.Context, r widgetRoom) (roomAnswer, error) {
	guest := rest.Identity[chat.Actor](ctx)
	return s.answerOpen(ctx, Opening{Visitor: guest.Visitor, Agent: r.Agent, Shown: r.Shown, Initiator: r.Initiator, Offers: r.Offers, Page: r.Page, Source: chat.Source{Type: chat.SourceWidget}})
}

type widgetMessage struct {
	RID chat.RoomID    `json:"rid" required:"true" minLength:"1" maxLength:"100"`
	ID  chat.MessageID `json:"_id" required:"true" minLength:"1" maxLength:"64" pattern:"^[!-~]+$"`
	Msg string         `json:"msg" required:"true"`
}

func (s *Service) widgetMessage(ctx context.Context, r widgetMessage) (messageAnswer, error) {
	return s.forVisitor(s.Say(ctx, rest.Identity[chat.Actor](ctx), Saying{RID: r.RID, ID: r.ID, Msg: r.Msg}))
}

// stretchQuery asks for a stretch of history.
type stretchQuery struct {
	Before *int64 `query:"before" min:"1" doc:"Only messages with smaller numbers."`
	After  *int64 `query:"after" min:"0" doc:"Only messages with greater numbers, the first ones of them."`
	Count  int    `query:"count" min:"1" default:"50" doc:"At most 100."`
}

type widgetHistory struct {
	RID chat.RoomID `query:"rid" required:"true" minLength:"1" maxLength:"100"`
	stretchQuery
}

type widgetHistoryAnswer struct {
	Messages []chat.Message  `json:"messages"`
	Agent    *chat.AgentView `json:"agent,omitempty"`
	Room     chat.Room       `json:"room"`
	Seq      int64           `json:"seq"`
	More     bool            `json:"more"`
}

func (s *Service) widgetHistory(ctx context.Context, r widgetHistory) (out widgetHistoryAnswer, err error) {
	h, err := s.History(ctx, rest.Identity[chat.Actor](ctx), Span{RID: r.RID, Before: r.Before, After: r.After, Count: r.Count})
	if err != nil {
		return out, err
	}
	out = widgetHistoryAnswer{Messages: s.forVisitors(h.Messages), Room: h.Room.ForVisitor(s.showAgents()), Seq: h.Room.Seq, More: h.More}
	if h.Room.ServedBy != nil {
		view, err := s.viewAgent(ctx, s.DB, h.Room.ServedBy.ID)
		if err != nil {
			return out, err
		}
		out.Agent = &view
	}
	return out, nil
}

type widgetClose struct {
	RID chat.RoomID `json:"rid" required:"true" minLength:"1" maxLength:"100"`
}

func (s *Service) widgetClose(ctx context.Context, r widgetClose) (struct{}, error) {
	return struct{}{}, s.Close(ctx, rest.Identity[chat.Actor](ctx), Closing{RID: r.RID})
}

type widgetDepartment struct {
	RID        chat.RoomID       `json:"rid" required:"true" minLength:"1" maxLength:"100"`
	Department chat.DepartmentID `json:"department" required:"true" minLength:"1" maxLength:"100"`
}

func (s *Service) widgetDepartment(ctx context.Context, r widgetDepartment) (struct{}, error) {
	return struct{}{}, s.ChangeDepartment(ctx, rest.Identity[chat.Actor](ctx), r.RID, r.Department)
}

type visitorDepartment struct {
	Token      string            `json:"token" required:"true" minLength:"1" maxLength:"255"`
	RID        chat.RoomID       `json:"rid" required:"true" minLength:"1" maxLength:"100"`
	Department chat.DepartmentID `json:"department" required:"true" minLength:"1" maxLength:"100"`
}

func (s *Service) visitorDepartment(ctx context.Context, r visitorDepartment) (struct{}, error) {
	a, err := s.byToken(ctx, r.Token)
	if err == nil {
		err = s.ChangeDepartment(ctx, a, r.RID, r.Department)
	}
	return struct{}{}, err
}
