package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// staffRows are what agents and managers do with a room.
func (s *Service) staffRows() []rest.Endpoint {
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/chat.sendMessage", rest.SignedIn, "Send a message as a user; a repeat of its _id is harmless.",
			s.sendMessage, rest.Errors("error-invalid-room", "Not allowed [error-not-allowed]", "[error-invalid-blocks]")),
		rest.Row("POST", "/api/v1/livechat/inquiries.take", rest.All("view-l-room"), "Take a waiting chat; of several at once one gets it.",
			s.takeInquiry, rest.Errors("[error-inquiry-taken]", "[error-unknown-contact]", "[error-invalid-contact]", "Inquiry not found [error-not-found]")),
		rest.Row("POST", "/api/v1/livechat/inquiries.returnAsInquiry", rest.All("view-l-room"), "Give a chat back to the queue.",
			s.returnInquiry, rest.Errors("error-invalid-room", "[room-closed]", "[error-room-onHold]")),
		rest.Row("GET", "/api/v1/livechat/room.join", rest.All("view-l-room"), "Become a member of a room without serving it.",
			s.joinRoom, rest.SameOrigin(), rest.Errors("error-invalid-room")),
		rest.Row("POST", "/api/v1/livechat/room.closeByUser", rest.All("close-livechat-room"), "Close a room.",
			s.closeByUser, rest.Errors("error-comment-is-required", "error-tags-must-be-assigned-before-closing-chat", "error-room-cannot-be-closed-try-again", "error-room-already-closed")),
		rest.Row("GET", "/api/v1/foyer/rooms/{rid}", rest.All("view-l-room"), "A room, its visitor and agent, what the caller may do and why it went where it is.",
			s.showRoom, rest.Errors("error-invalid-room")),
		rest.Row("GET", "/api/v1/foyer/rooms/{rid}/history", rest.All("view-l-room"), "What was said in a room after or before a number.",
			s.roomHistory, rest.Errors("error-invalid-room")),
	}
}

type sendMessage struct {
	Message *struct {
		RID    *chat.RoomID   `json:"rid" maxLength:"100"`
		ID     chat.MessageID `json:"_id" minLength:"1" maxLength:"64" pattern:"^[!-~]+$"`
		Msg    string         `json:"msg"`
		Blocks []chat.Block   `json:"blocks" maxItems:"20" doc:"What stands beside the text: words, pictures, links, and buttons with what the visitor may say."`
	} `json:"message"`
}

func (s *Service) sendMessage(ctx context.Context, r sendMessage) (messageAnswer, error) {
	if r.Message == nil {
		return messageAnswer{}, fault.New(fault.Invalid, "error-invalid-params", `The "message" parameter must be provided.`)
	}
	if r.Message.RID == nil || *r.Message.RID == "" {
		return messageAnswer{}, fault.Text(fault.Invalid, "The 'rid' property on the message object is missing.")
	}
	m, err := s.Answer(ctx, rest.Identity[chat.Actor](ctx), Saying{RID: *r.Message.RID, ID: r.Message.ID, Msg: r.Message.Msg, Blocks: r.Message.Blocks})
	return messageAnswer{Message: m.ForStaff()}, err
}

type takeInquiry struct {
	Inquiry chat.InquiryID `json:"inquiryId" required:"true" minLength:"1" maxLength:"100"`
	User    chat.AgentID   `json:"userId" maxLength:"100"`
}

type inquiryAnswer struct {
	Inquiry chat.Inquiry `json:"inquiry"`
}

func (s *Service) takeInquiry(ctx context.Context, r takeInquiry) (inquiryAnswer, error) {
	i, err := s.Take(ctx, rest.Identity[chat.Actor](ctx), r.Inquiry, r.User)
	return inquiryAnswer{Inquiry: s.Settings.Current().ShownInquiry(i)}, err
}

type returnInquiry struct {
	RID        chat.RoomID       `json:"roomId" required:"true" minLength:"1" maxLength:"100"`
	Department chat.DepartmentID `json:"departmentId" maxLength:"100"`
}

type resultAnswer struct {
	Result bool `json:"result"`
}

func (s *Service) returnInquiry(ctx context.Context, r returnInquiry) (resultAnswer, error) {
	returned, err := s.Return(ctx, rest.Identity[chat.Actor](ctx), r.RID, r.Department)
	return resultAnswer{Result: returned}, err
}

type roomOfQuery struct {
	RID chat.RoomID `query:"roomId" required:"true" minLength:"1" maxLength:"100"`
}

func (s *Service) joinRoom(ctx context.Context, r roomOfQuery) (struct{}, error) {
	return struct{}{}, s.Join(ctx, rest.Identity[chat.Actor](ctx), r.RID)
}

type closeByUser struct {
	RID     chat.RoomID `json:"rid" required:"true" minLength:"1" maxLength:"100"`
	Comment string      `json:"comment"`
	Tags    []string    `json:"tags" maxItems:"100"`

	PDF  *bool `json:"generateTranscriptPdf"`
	Mail *struct {
		Send bool `json:"sendToVisitor" required:"true"`
		Data *struct {
			Email   string `json:"email" maxLength:"254"`
			Subject string `json:"subject" maxLength:"500"`
		} `json:"requestData"`
	} `json:"transcriptEmail"`
}

func (s *Service) closeByUser(ctx context.Context, r closeByUser) (struct{}, error) {
	c := Closing{RID: r.RID, Comment: r.Comment, Tags: r.Tags, PDF: r.PDF}
	if r.Mail != nil {
		c.Mail = &chat.MailWish{Send: r.Mail.Send}
		if d := r.Mail.Data; d != nil {
			c.Mail.Email, c.Mail.Subject = d.Email, d.Subject
		}
	}
	return struct{}{}, s.Close(ctx, rest.Identity[chat.Actor](ctx), c)
}

type roomOfPath struct {
	RID chat.RoomID `path:"rid"`
}

type shownRoom struct {
	Room    chat.Room       `json:"room"`
	Visitor chat.Visitor    `json:"visitor"`
	Agent   *chat.AgentView `json:"agent,omitempty"`
	Can     chat.Can        `json:"can"`
	Reason  string          `json:"reason,omitempty"`

	Department *departmentRules `json:"department,omitempty"` // as far as its chats are concerned

	SiteName string `json:"siteName,omitempty" doc:"None while there is one site."`
}

func (s *Service) showRoom(ctx context.Context, r roomOfPath) (out shownRoom, err error) {
	room, can, err := s.Visible(ctx, rest.Identity[chat.Actor](ctx), r.RID)
	if err != nil {
		return out, err
	}
	out.Room, out.Can = room.ForStaff(), can
	if out.Visitor, err = visitorCard(ctx, s.DB, room.V.ID); err != nil {
		return out, err
	}
	if room.DepartmentID != "" {
		rules, err := rulesOf(ctx, s.DB, room.DepartmentID)
		if err != nil {
			return out, err
		}
		out.Department = &rules
	}
	if out.SiteName, err = siteName(ctx, s.DB, room.Site); err != nil {
		return out, err
	}
	if out.Reason, err = reasonOf(ctx, s.DB, room.ID); err != nil {
		return out, err
	}
	if room.ServedBy != nil {
		view, err := orZero(agentView(ctx, s.DB, room.ServedBy.ID, s.DB.Clock().Now()))
		out.Agent = &view
		return out, err
	}
	return out, nil
}

type roomHistory struct {
	RID chat.RoomID `path:"rid"`
	stretchQuery
}

type roomHistoryAnswer struct {
	Messages []chat.Message `json:"messages"`
	Seq      int64          `json:"seq"`
	More     bool           `json:"more"`
}

func (s *Service) roomHistory(ctx context.Context, r roomHistory) (roomHistoryAnswer, error) {
	h, err := s.History(ctx, rest.Identity[chat.Actor](ctx), Span{RID: r.RID, Before: r.Before, After: r.After, Count: r.Count})
	return roomHistoryAnswer{Messages: forStaff(h.Messages), Seq: h.Room.Seq, More: h.More}, err
}

func forStaff(all []chat.Message) []chat.Message {
	out := make([]chat.Message, len(all))
	for i, m := range all {
		out[i] = m.ForStaff()
	}
	return out
}
