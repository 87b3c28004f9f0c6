// Package offline takes what visitors write while nobody is reachable: it stores each
// message for people to read and deal with, and sends it by e-mail to whom the
// settings or the department name. It never writes to the visitor, so nobody can use
// it to send mails to others.
package offline

import (
	"context"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/mail"
)

// Settings is the snapshot of the settings.
type Settings interface {
	Current() *chat.Settings
}

// Mails sends e-mails after the transaction, and forgets those about a message.
type Mails interface {
	Enqueue(ctx context.Context, tx *db.Tx, m mail.Message) error
	Forget(ctx context.Context, tx *db.Tx, about string) error
}

// Domains knows which domains take mail.
type Domains interface {
	// TakesMail is true also when nobody can say.
	TakesMail(ctx context.Context, domain string) bool
}

// Guests know who uses our own widget.
type Guests interface {
	BySecret(ctx context.Context, secret string) (chat.Actor, error)
}

// Deps are what offline messages need.
type Deps struct {
	DB       *db.DB
	Settings Settings
	Mails    Mails
	Domains  Domains
	Guests   Guests
	Rooms    Rooms
}

// Service takes and keeps offline messages.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Form is what a visitor filled in.
type Form struct {
	Name, Email, Phone, Text string
	Department               string         // id or name
	Host                     string         // the page
	Visitor                  chat.VisitorID // whose browser it is, if that is known
	Agent                    chat.UserID    // whom the visitor chose
	Claim                    string         // with which its browser takes it up in a chat; empty: it does not
}

const (
	perAddress = 10 // messages of one e-mail address within an hour
	inAnHour   = time.Hour
	shown      = 20 // characters of the text in a subject (LC-OFF-4)
)

var (
	errOff      = fault.New(fault.Invalid, "error-offline-form-disabled", "The offline form is disabled")
	errAddress  = fault.New(fault.Invalid, "error-invalid-email-address", "Invalid email address")
	errNobody   = fault.New(fault.Invalid, "error-sending-offline-message", "Error sending offline message")
	errFull     = fault.New(fault.TooMany, "error-too-many-requests", "Too many messages were left, try again later")
	errTooMany  = fault.New(fault.TooMany, "error-too-many-requests", "Too many messages from this address, try again later")
	errNotFound = fault.New(fault.NotFound, "error-offline-message-not-found", "There is no such offline message")
)

// Leave stores a message and sends it on its ways (LC-OFF-1 to 8). With must it is
// refused when it would only be stored.
func (s *Service) Leave(ctx context.Context, f Form, must bool) (m chat.OfflineMessage, err error) {
	set := s.Settings.Current()
	if !set.LivechatEnabled || !set.DisplayOfflineForm {
		return m, errOff
	}
	m = chat.OfflineMessage{ID: id.New(), Name: mail.Line(f.Name, 255), Phone: mail.Line(f.Phone, 50), Text: clean(f.Text),
		Asked: mail.Line(f.Department, 255), Host: mail.Line(f.Host, 1000), State: chat.OfflineNew}
	if m.Name == "" || m.Text == "" {
		return m, fault.New(fault.Invalid, "invalid-params", "name, email and message must not be empty")
	}
	address, err := mail.ParseAddress(f.Email)
	if err != nil || address.Name != "" {
		return m, errAddress
	}
	m.Email = address.Address
	if set.ValidateOfflineEmail && !s.Domains.TakesMail(ctx, mail.Host(m.Email)) {
		return m, errAddress
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		m.At = tx.Now()
		return s.take(ctx, tx, &m, f, must)
	})
	return m, err
}

func (s *Service) take(ctx context.Context, tx *db.Tx, m *chat.OfflineMessage, f Form, must bool) error {
	if err := s.within(ctx, tx, m.Email); err != nil {
		return err
	}
	d, err := department(ctx, tx, m.Asked)
	if err != nil {
		return err
	}
	set := s.Settings.Current()
	m.Department, m.Channel = d.id, channel(set, d)
	to := receivers(set, d)
	webhook := set.WebhookOnOfflineMessage && set.CRMAddress() != ""
	if must && len(to) == 0 && m.Channel == "" && !webhook {
		return errNobody
	}
	if m.Agent, err = agent(ctx, tx, f.Agent); err != nil {
		return err
	}
	if err := insert(ctx, tx, *m, f); err != nil {
		return err
	}
	for _, one := range to {
		if err := s.Mails.Enqueue(ctx, tx, letter(*m, d.name, one, set)); err != nil {
			return err
		}
	}
	return tx.Emit(ctx, chat.OfflineReceived{Message: *m, Visitor: f.Visitor})
}

// within refuses what would be too many messages within an hour.
func (s *Service) within(ctx context.Context, tx *db.Tx, email string) error {
	n, err := leftSince(ctx, tx, email, tx.Now().Add(-inAnHour))
	switch {
	case err != nil:
		return err
	case n.address >= perAddress:
		return errTooMany
	case n.all >= s.Settings.Current().OfflineMessagesPerHour:
		return errFull
	}
	return nil
}

// clean is a text as people wrote it, without what is no text.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s))
}

// asked is a department a message is for; empty when there is none.
type asked struct {
	id                   chat.DepartmentID
	name, email, channel string
}

// receivers are who gets a message by mail (LC-OFF-3).
func receivers(s *chat.Settings, d asked) (to []mail.Address) {
	if a, err := mail.ParseAddress(d.email); err == nil {
		return []mail.Address{a}
	}
	seen := map[string]bool{}
	for text := range strings.SplitSeq(s.OfflineEmail, ",") {
		if a, err := mail.ParseAddress(text); err == nil && !seen[strings.ToLower(a.Address)] && len(to) < mostReceivers {
			seen[strings.ToLower(a.Address)] = true
			to = append(to, a)
		}
	}
	return to
}

const mostReceivers = 20

// channel is under whose name agents see a message (LC-OFF-6); empty: they do not.
func channel(s *chat.Settings, d asked) string {
	switch {
	case !s.OfflineToChannel:
		return ""
	case d.channel != "":
		return d.channel
	}
	return s.OfflineChannel
}
