package mailer

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/mail"
	"github.com/foyerchat/foyer/platform/rest"
)

const (
	viewSettings = string(chat.ViewPrivilegedSetting)
	editSettings = string(chat.EditPrivilegedSetting)
	sendMail     = string(chat.SendMail)
)

// Rows are the endpoints: the queue as the console shows it, and the mailer (rest-api.md 22).
func (s *Service) Rows() []rest.Endpoint {
	tag, none := rest.Tag("mail"), rest.Errors("There is no such mail [error-mail-not-found]")
	rows := []rest.Endpoint{
		rest.Row("GET", "/api/v1/foyer/mail", rest.All(viewSettings), "Mails without their content, the newest first, and how many there are in each state.", s.getMails, tag),
		rest.Row("GET", "/api/v1/foyer/mail/{id}", rest.All(viewSettings), "A mail that was kept instead of sent.", s.getMail, tag, none),
		rest.Row("POST", "/api/v1/foyer/mail.retry", rest.All(editSettings), "Send a mail now that waits after a failure or was given up.", s.postRetry, tag, none),
		rest.Row("POST", "/api/v1/foyer/mail.test", rest.All(editSettings), "Send a test mail now and say what the server answered.", s.postTest, tag,
			rest.Errors("Invalid email address [error-invalid-email-address]", "No SMTP server or sender is set [error-mail-not-configured]")),
	}
	return append(rows, s.mailerRows()...)
}

type getMails struct {
	rest.Page
	State mail.State `query:"state" enum:"waiting,sent,dead,kept,unsent"`
}

type mailsAnswer struct {
	Mails      []mail.Entry         `json:"mails"`
	States     map[mail.State]int64 `json:"states" doc:"How many mails are in each state."`
	Configured bool                 `json:"configured" doc:"A server and a sender are set."`
	Keeps      bool                 `json:"keeps" doc:"Mails are kept to look at instead of sent."`
	From       string               `json:"from,omitempty"`
	rest.Counted
}

func (s *Service) getMails(ctx context.Context, r getMails) (a mailsAnswer, err error) {
	out := s.outbox()
	a.Configured, a.Keeps = out.Configured(), out.Keep
	if out.From.Address != "" {
		a.From = out.From.String()
	}
	if a.States, err = s.queue.Count(ctx); err != nil {
		return a, err
	}
	a.Mails, a.Total, err = s.queue.List(ctx, mail.Filter{State: r.State, Offset: r.Offset, Limit: r.Limit()})
	a.Offset, a.Count = r.Offset, len(a.Mails)
	return a, err
}

type byID struct {
	ID string `path:"id" maxLength:"255"`
}

// shown is a kept mail.
type shown struct {
	From    string   `json:"from"`
	To      string   `json:"to"`
	ReplyTo string   `json:"replyTo,omitempty"`
	Subject string   `json:"subject"`
	Text    string   `json:"text"`
	HTML    string   `json:"html"`
	Files   []string `json:"files"`
}

type shownAnswer struct {
	Mail shown `json:"mail"`
}

func (s *Service) getMail(ctx context.Context, r byID) (shownAnswer, error) {
	m, err := s.queue.Content(ctx, r.ID)
	if err != nil {
		return shownAnswer{}, err
	}
	from := m.From
	if from.Address == "" {
		from.Address = s.outbox().From.Address
	}
	if from.Name == "" {
		from.Name = s.outbox().From.Name
	}
	a := shown{From: from.String(), To: m.To.String(), Subject: m.Subject, Text: m.Text, HTML: m.HTML, Files: []string{}}
	if m.ReplyTo != nil {
		a.ReplyTo = m.ReplyTo.String()
	}
	for _, f := range m.Files {
		a.Files = append(a.Files, f.Name)
	}
	return shownAnswer{a}, nil
}

type postRetry struct {
	ID string `json:"_id" required:"true" maxLength:"255"`
}

func (s *Service) postRetry(ctx context.Context, r postRetry) (struct{}, error) {
	return struct{}{}, s.queue.Retry(ctx, r.ID)
}

type postTest struct {
	To string `json:"to" required:"true" maxLength:"254"`
}

func (s *Service) postTest(ctx context.Context, r postTest) (Tried, error) { return s.Test(ctx, r.To) }
