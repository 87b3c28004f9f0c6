package mailer

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/mail"
)

// Tried is how a test mail went.
type Tried struct {
	OK       bool      `json:"ok"`
	Kept     bool      `json:"kept" doc:"It is in the list instead of sent."`
	Error    mail.Code `json:"error,omitempty" doc:"Why it did not go."`
	Status   int       `json:"status" doc:"What the server answered; 0: nothing."`
	Answer   string    `json:"answer,omitempty" doc:"The beginning of that answer."`
	Duration int64     `json:"duration" doc:"Milliseconds."`
}

var errNotConfigured = fault.New(fault.Invalid, "error-mail-not-configured", "No SMTP server or sender is set")

// Test sends a mail at once, beside the queue, so that one sees what the server says.
func (s *Service) Test(ctx context.Context, to string) (Tried, error) {
	address, err := mail.ParseAddress(to)
	if err != nil {
		return Tried{}, err
	}
	t := words(s.language())
	m := mail.Message{Kind: "test", To: address, Subject: t.testSubject, Letter: &mail.Letter{Parts: []mail.Part{{Text: t.testText}}}}
	out := s.outbox()
	if out.Keep {
		return Tried{OK: true, Kept: true}, s.DB.InTx(ctx, func(tx *db.Tx) error { return s.Enqueue(ctx, tx, m) })
	}
	if !out.Configured() {
		return Tried{}, errNotConfigured
	}
	if m.Text, m.HTML, err = s.dressed(m.Letter).Render(); err != nil {
		return Tried{}, err
	}
	begun := s.Clock.Now()
	answer, err := s.Sender.Send(ctx, out.Server, m, id.New(), begun)
	tried := Tried{OK: err == nil, Answer: answer, Duration: s.Clock.Now().Sub(begun).Milliseconds()}
	var failed *mail.Error
	if errors.As(err, &failed) {
		tried.Error, tried.Status, tried.Answer = failed.Code, failed.Status, failed.Answer
	}
	return tried, nil
}
