package offline

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/rest"
)

const (
	viewLRoom   = string(chat.ViewLRoom)
	viewManager = string(chat.ViewLivechatManager)
)

// often is how often one client may leave a message, whichever way.
var often = rest.Limit("offline-message", 6, time.Minute)

// Rows are the endpoints (rest-api.md 8).
func (s *Service) Rows() []rest.Endpoint {
	tag, none := rest.Tag("offline messages"), rest.Errors("There is no such offline message [error-offline-message-not-found]")
	refused := rest.Errors("The offline form is disabled [error-offline-form-disabled]", "Invalid email address [error-invalid-email-address]",
		"Too many messages from this address, try again later [error-too-many-requests]")
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/livechat/offline.message", rest.Public, "Leave a message while nobody is reachable.", s.postMessage, tag, often, refused,
			rest.Errors("Error sending offline message [error-sending-offline-message]")),
		rest.Row("POST", "/api/v1/foyer/widget/offline", rest.Public, "Leave a message with our own widget; it is stored even if nobody is told.", s.postOwn, rest.Tag("widget"), often, refused),
		rest.Row("POST", "/api/v1/foyer/widget/offline.resume", rest.Guest, "Say in the guest's open chat what was left before.", s.postResume, rest.Tag("widget"),
			rest.Limit("offline-resume", 30, time.Minute),
			rest.Errors("[invalid-room]", "[room-closed]")),
		rest.Row("GET", "/api/v1/foyer/offline.messages", rest.Any(viewManager, viewLRoom), "The offline messages one may see, the newest first.", s.getMessages, tag),
		rest.Row("POST", "/api/v1/foyer/offline.mark", rest.Any(viewManager, viewLRoom), "Say that an offline message is new, read or handled.", s.postMark, tag, none),
		rest.Row("POST", "/api/v1/foyer/offline.delete", rest.All(viewManager), "Forget an offline message.", s.postDelete, tag, none),
	}
}

type left struct {
	Name       string `json:"name" required:"true" maxLength:"255"`
	Email      string `json:"email" required:"true" maxLength:"254"`
	Message    string `json:"message" required:"true" maxLength:"20000"`
	Department string `json:"department" maxLength:"255" doc:"Id or name."`
	Host       string `json:"host" maxLength:"2000" doc:"The page it is written on."`
}

type leftAnswer struct {
	Message string `json:"message"`
}

func (s *Service) postMessage(ctx context.Context, r left) (leftAnswer, error) {
	_, err := s.Leave(ctx, Form{Name: r.Name, Email: r.Email, Text: r.Message, Department: r.Department, Host: r.Host}, true)
	return leftAnswer{texts(s.Settings.Current()).sent}, err
}

type ownLeft struct {
	left
	Phone   string      `json:"phone" maxLength:"50"`
	Agent   chat.UserID `json:"agentId" maxLength:"100" doc:"Whom the visitor chose."`
	Claim   string      `json:"claim" minLength:"32" maxLength:"100" doc:"What the answer to an earlier message said."`
	Session string      `header:"X-Foyer-Session"`
}

type ownAnswer struct {
	leftAnswer
	Claim string `json:"claim" doc:"With it the visitor's browser goes on in a chat."`
}

func (s *Service) postOwn(ctx context.Context, r ownLeft) (ownAnswer, error) {
	guest, err := s.guest(ctx, r.Session)
	if err != nil {
		return ownAnswer{}, err
	}
	claim := cmp.Or(r.Claim, id.Secret())
	_, err = s.Leave(ctx, Form{Name: r.Name, Email: r.Email, Phone: r.Phone, Text: r.Message, Department: r.Department, Host: r.Host,
		Visitor: guest, Agent: r.Agent, Claim: claim}, false)
	return ownAnswer{leftAnswer{texts(s.Settings.Current()).sent}, claim}, err
}

type postResume struct {
	RID   chat.RoomID `json:"rid" required:"true" minLength:"1" maxLength:"100"`
	Claim string      `json:"claim" required:"true" minLength:"32" maxLength:"100"`
}

func (s *Service) postResume(ctx context.Context, r postResume) (struct{}, error) {
	return struct{}{}, s.Resume(ctx, rest.Identity[chat.Actor](ctx), r.RID, r.Claim)
}

// guest is who writes; most are not known yet, which is no fault of theirs.
func (s *Service) guest(ctx context.Context, secret string) (chat.VisitorID, error) {
	if secret == "" {
		return "", nil
	}
	a, err := s.Guests.BySecret(ctx, secret)
	if _, unknown := fault.Of(err); unknown {
		err = nil
	}
	return a.Visitor, err
}

type getMessages struct {
	rest.Page
	State      chat.OfflineState `query:"state" enum:"new,read,handled"`
	Department chat.DepartmentID `query:"department" maxLength:"255"`
	Text       string            `query:"text" maxLength:"255" doc:"Part of name, address or text."`
}

type messagesAnswer struct {
	Messages []Listed `json:"messages"`
	New      int64    `json:"new" doc:"How many of all one may see are new."`
	rest.Counted
}

func (s *Service) getMessages(ctx context.Context, r getMessages) (messagesAnswer, error) {
	all, total, fresh, err := s.List(ctx, rest.Identity[chat.Actor](ctx),
		Filter{State: r.State, Department: r.Department, Text: strings.TrimSpace(r.Text), Offset: r.Offset, Limit: r.Limit()})
	return messagesAnswer{all, fresh, rest.Counted{Offset: r.Offset, Count: len(all), Total: total}}, err
}

type postMark struct {
	ID    string            `json:"_id" required:"true" maxLength:"255"`
	State chat.OfflineState `json:"state" required:"true" enum:"new,read,handled"`
}

func (s *Service) postMark(ctx context.Context, r postMark) (struct{}, error) {
	return struct{}{}, s.Mark(ctx, rest.Identity[chat.Actor](ctx), r.ID, r.State)
}

type byID struct {
	ID string `json:"_id" required:"true" maxLength:"255"`
}

func (s *Service) postDelete(ctx context.Context, r byID) (struct{}, error) {
	return struct{}{}, s.Remove(ctx, rest.Identity[chat.Actor](ctx), r.ID)
}
