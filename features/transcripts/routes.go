package transcripts

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/rest"
)

const (
	sendTranscript = string(chat.SendOmnichannelChatTranscript)
	requestPDF     = string(chat.RequestPDFTranscript)
)

// often is how often one client may ask for a transcript, whichever way.
var often = rest.Limit("transcript", 30, time.Minute)

// Rows are the endpoints of transcripts (rest-api.md 9).
func (s *Service) Rows() []rest.Endpoint {
	tag := rest.Tag("transcripts")
	address := rest.Errors("Invalid email address [error-invalid-email-address]")
	mails := rest.Errors("Invalid visitor [error-invalid-visitor]", "Too many transcripts were sent; try again later [error-too-many-transcripts]")
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/livechat/transcript", rest.Public, "Mail a transcript of one's own chat to one's own address.", s.sendByVisitor, tag, mails, address, often),
		rest.Row("POST", "/api/v1/foyer/widget/transcript", rest.Guest, "Mail a transcript of the guest's chat to the guest's own address.", s.sendByGuest, tag, mails, address, often),
		rest.Row("POST", "/api/v1/livechat/transcript/{rid}", rest.All(sendTranscript), "Have a transcript mailed to the visitor when the chat ends.", s.request, tag, address,
			rest.Errors("Invalid room [error-invalid-room]", "Transcript already requested [error-transcript-already-requested]")),
		rest.Row("DELETE", "/api/v1/livechat/transcript/{rid}", rest.All(sendTranscript), "Take that request back.", s.discard, tag,
			rest.Errors("Invalid room [error-invalid-room]", "No transcript requested for this chat [error-transcript-not-requested]")),
		rest.Row("POST", "/api/v1/omnichannel/{rid}/request-transcript", rest.All(requestPDF), "Have a PDF made of a chat that has ended.", s.requestPDF, tag,
			rest.Errors("Invalid room [error-invalid-room]", "Room still open [room-still-open]")),
		rest.Row("GET", "/api/v1/foyer/pdf.notices", rest.SignedIn, "What became of the PDFs one asked for.", s.getNotices, tag),
		rest.Row("POST", "/api/v1/foyer/pdf.noticed", rest.SignedIn, "Put such a notice away.", s.postNoticed, tag),
	}
}

// Calls are the same by name (rest-api.md 24).
func (s *Service) Calls() []rest.Call {
	return []rest.Call{
		rest.Procedure("livechat:requestTranscript", rest.All(sendTranscript), s.callRequest),
		rest.Procedure("livechat:discardTranscript", rest.All(sendTranscript), s.callDiscard),
		rest.Procedure("livechat:sendTranscript", rest.All(sendTranscript), s.callSend, often),
	}
}

type byVisitor struct {
	RID   chat.RoomID `json:"rid" required:"true" minLength:"1" maxLength:"100"`
	Token string      `json:"token" required:"true" minLength:"1" maxLength:"255"`
	Email string      `json:"email" required:"true" minLength:"1" maxLength:"254"`
}

type sentAnswer struct {
	Message string `json:"message"`
}

const sentText = "Omnichannel transcript sent"

// byToken finds the visitor of a chat by a token that is his now, or was when the chat began.
func (s *Service) byToken(ctx context.Context, rid chat.RoomID, token string) (chat.VisitorID, error) {
	c, err := findChat(ctx, s.DB, rid)
	if errors.Is(err, db.ErrNoRows) || err == nil && (!c.tokenOpens || token != c.token && token != c.snapshot.Token) {
		return "", errInvalidVisitor()
	}
	return c.visitor, err
}

func (s *Service) sendByVisitor(ctx context.Context, r byVisitor) (sentAnswer, error) {
	v, err := s.byToken(ctx, r.RID, r.Token)
	if err == nil {
		err = s.Send(ctx, v, r.RID, r.Email, "")
	}
	return sentAnswer{sentText}, err
}

type byGuest struct {
	RID   chat.RoomID `json:"rid" required:"true" minLength:"1" maxLength:"100"`
	Email string      `json:"email" maxLength:"254" doc:"One of the guest's own addresses; else the first is used."`
}

func (s *Service) sendByGuest(ctx context.Context, r byGuest) (sentAnswer, error) {
	return sentAnswer{sentText}, s.Send(ctx, rest.Identity[chat.Actor](ctx).Visitor, r.RID, r.Email, "")
}

type requested struct {
	RID     chat.RoomID `path:"rid"`
	Email   string      `json:"email" required:"true" minLength:"1" maxLength:"254"`
	Subject string      `json:"subject" required:"true" maxLength:"500"`
}

func (s *Service) request(ctx context.Context, r requested) (struct{}, error) {
	return struct{}{}, s.Request(ctx, rest.Identity[chat.Actor](ctx), r.RID, r.Email, r.Subject)
}

type ofRoom struct {
	RID chat.RoomID `path:"rid"`
}

func (s *Service) discard(ctx context.Context, r ofRoom) (struct{}, error) {
	return struct{}{}, s.Discard(ctx, rest.Identity[chat.Actor](ctx), r.RID)
}

func (s *Service) requestPDF(ctx context.Context, r ofRoom) (struct{}, error) {
	return struct{}{}, s.RequestPDF(ctx, rest.Identity[chat.Actor](ctx), r.RID)
}

type noticesAnswer struct {
	Notices []Notice `json:"notices"`
}

func (s *Service) getNotices(ctx context.Context, _ struct{}) (noticesAnswer, error) {
	all, err := s.Notices(ctx, rest.Identity[chat.Actor](ctx).User)
	return noticesAnswer{all}, err
}

type noticed struct {
	RID chat.RoomID `json:"rid" required:"true" minLength:"1" maxLength:"100"`
}

func (s *Service) postNoticed(ctx context.Context, r noticed) (struct{}, error) {
	return struct{}{}, s.PutAway(ctx, rest.Identity[chat.Actor](ctx).User, r.RID)
}

type callRequested struct {
	RID     chat.RoomID `json:"rid" required:"true"`
	Email   string      `json:"email" required:"true"`
	Subject string      `json:"subject"`
}

func (s *Service) callRequest(ctx context.Context, r callRequested) (bool, error) {
	err := s.Request(ctx, rest.Identity[chat.Actor](ctx), r.RID, r.Email, cut(r.Subject))
	return err == nil, err
}

type callRoom struct {
	RID chat.RoomID `json:"rid" required:"true"`
}

func (s *Service) callDiscard(ctx context.Context, r callRoom) (bool, error) {
	err := s.Discard(ctx, rest.Identity[chat.Actor](ctx), r.RID)
	return err == nil, err
}

type callSent struct {
	Token   string      `json:"token" required:"true"`
	RID     chat.RoomID `json:"rid" required:"true"`
	Email   string      `json:"email" required:"true"`
	Subject string      `json:"subject"`
}

func (s *Service) callSend(ctx context.Context, r callSent) (bool, error) {
	v, err := s.byToken(ctx, r.RID, r.Token)
	if err == nil {
		err = s.Send(ctx, v, r.RID, r.Email, cut(r.Subject))
	}
	return err == nil, err
}

// cut is a subject that is no longer than the endpoints take.
func cut(subject string) string {
	if r := []rune(strings.TrimSpace(subject)); len(r) > 500 {
		return string(r[:500])
	}
	return subject
}
