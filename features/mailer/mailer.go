// Package mailer is this server's e-mails as people deal with them: it gives every mail
// its sender and its look by the settings, shows the queue, tries the server out, and
// writes to many users at once. What is in a mail about a chat is the business of the
// feature that sends it; how it leaves is platform/mail's.
package mailer

import (
	"context"
	"log/slog"
	"strconv"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/mail"
)

// Settings is the snapshot of the settings.
type Settings interface {
	Current() *chat.Settings
}

// Deps are what mails need.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Log      *slog.Logger
	Settings Settings
	Sender   *mail.Sender
	Keep     bool   // show mails instead of sending them, whatever the settings say
	RootURL  string // this server's address unless the settings have one
}

// Service sends mails.
type Service struct {
	Deps
	queue *mail.Queue
}

// New makes the service.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	s.queue = &mail.Queue{DB: d.DB, Clock: d.Clock, Log: d.Log, Sender: d.Sender, Outbox: s.outbox}
	return s
}

// Start plans the queue's upkeep.
func (s *Service) Start(ctx context.Context) error { return s.queue.Start(ctx) }

// Jobs are the durable work of mails.
func (s *Service) Jobs() []jobs.Kind { return s.queue.Jobs() }

// Enqueue has a mail sent after the transaction. A letter gets the language and the
// footer of this server unless it has its own.
func (s *Service) Enqueue(ctx context.Context, tx *db.Tx, m mail.Message) error {
	if m.Letter != nil {
		m.Letter = s.dressed(m.Letter)
	}
	return s.queue.Enqueue(ctx, tx, m)
}

func (s *Service) dressed(l *mail.Letter) *mail.Letter {
	dressed := *l
	if dressed.Language == "" {
		dressed.Language = s.language()
	}
	if dressed.Footer == "" {
		dressed.Footer = s.Settings.Current().MailFooter
	}
	return &dressed
}

// Count is how many mails are in a state now, of all nodes.
func (s *Service) Count(ctx context.Context, state mail.State) (int64, error) {
	all, err := s.queue.Count(ctx)
	return all[state], err
}

// Ready reports whether mails go anywhere; for those nobody would miss.
func (s *Service) Ready() bool {
	out := s.outbox()
	return out.Keep || out.Configured()
}

// Forget removes every mail about something or somebody.
func (s *Service) Forget(ctx context.Context, tx *db.Tx, about string) error {
	return s.queue.Forget(ctx, tx, about)
}

func (s *Service) language() string {
	if l := s.Settings.Current().Language; l != "" {
		return strings.ReplaceAll(l, "_", "-")
	}
	return "en"
}

func (s *Service) outbox() mail.Outbox {
	set := s.Settings.Current()
	return mail.Outbox{Server: serverOf(set), Keep: s.Keep || set.KeepMails, KeptDays: set.MailLogDays}
}

// serverOf is the server the settings describe (settings.md 2.15).
func serverOf(s *chat.Settings) mail.Server {
	server := mail.Server{Host: s.SMTPHost, Username: s.SMTPUsername, Password: s.SMTPPassword, Encryption: mail.STARTTLS, Reuse: s.SMTPPool}
	server.Port, _ = strconv.Atoi(s.SMTPPort) // a number, or empty
	server.From, _ = mail.ParseAddress(s.FromEmail)
	switch {
	case s.SMTPProtocol == "smtps":
		server.Encryption = mail.TLS
	case s.SMTPIgnoreTLS:
		server.Encryption = mail.None
	}
	return server
}
