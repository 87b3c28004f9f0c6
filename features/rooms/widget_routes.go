package rooms

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// widgetRows are for our own widget, which proves itself with its secret.
func (s *Service) widgetRows() []rest.Endpoint {
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/foyer/widget/room", rest.Guest, "The guest's open room; opens one when there is none.",
			s.widgetRoom, rest.Limit("widget-room", 30, time.Minute), rest.Errors("Sorry, no online agents [no-agent-online]")),
		rest.Row("POST", "/api/v1/foyer/widget/message", rest.Guest, "Send a message as guest; a repeat of its _id is harmless.",
			s.widgetMessage, rest.Errors("[invalid-room]", "[room-closed]")),
		rest.Row("GET", "/api/v1/foyer/widget/history", rest.Guest, "What was said in the guest's room after or before a number.",
			s.widgetHistory, rest.Errors("[invalid-room]")),
		rest.Row("POST", "/api/v1/foyer/widget/close", rest.Guest, "Close the guest's room.",
			s.widgetClose, rest.Errors("[room-closed]", "[error-not-allowed-to-close-conversation]")),
	}
}

func (s *Service) widgetRoom(ctx context.Context, _ struct{}) (roomAnswer, error) {
	guest := rest.Identity[chat.Actor](ctx)
	return s.answerOpen(ctx, Opening{Visitor: guest.Visitor, Source: chat.Source{Type: chat.SourceWidget}})
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
