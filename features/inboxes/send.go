package inboxes

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/mail"
	"github.com/foyerchat/foyer/platform/mailbox"
)

// sending is a mail on its way; its message says to whom it goes and what it answers.
type sending struct {
	RID  chat.RoomID    `json:"rid"`
	ID   chat.MessageID `json:"id"`
	Text string         `json:"text"`
	File *chat.FileRef  `json:"file,omitempty"`
}

// quote is the link in front of a text that quotes a message, as clients of the compatible
// API write it.
var quote = regexp.MustCompile(`^\[ ?\]\([^)\s]*[?&]msg=([!-~]{1,64}?)(?:&[^)\s]*)?\)\s*`)

// Answering makes a user's message that quotes a mail one that is sent to who wrote it
// (webhooks.md 8.3); another one stays as it is. The mail is sent once the message is stored.
func (s *Service) Answering(ctx context.Context, tx *db.Tx, r chat.Room, m *chat.Message) error {
	found := quote.FindStringSubmatch(m.Msg)
	if found == nil {
		return nil
	}
	quoted, err := findSaid(ctx, tx, r.ID, chat.MessageID(found[1]))
	if errors.Is(err, db.ErrNoRows) || err == nil && !quoted.Email.Came() {
		return nil
	} else if err != nil {
		return err
	}
	m.Msg = strings.TrimSpace(m.Msg[len(found[0]):])
	if m.Text() == "" {
		return fault.New(fault.Invalid, "error-message-empty", "The message is empty").At("msg")
	}
	m.Email = &chat.MessageEmail{Inbox: quoted.Email.Inbox, To: quoted.Email.ReplyTo, Subject: answering(quoted.Email.Subject),
		References: append(append([]string{}, quoted.Email.References...), quoted.Email.ID),
		Quotes:     quoted.ID, QuoteFrom: quoted.Email.From, QuoteText: beginning(quoted.Msg), State: chat.MailSending}
	return s.enqueue(ctx, tx, r, m)
}

// enqueue has a message sent as a mail after the transaction. Its id joins the thread, so
// that an answer to it finds its way.
func (s *Service) enqueue(ctx context.Context, tx *db.Tx, r chat.Room, m *chat.Message) error {
	host := r.Email.Inbox
	m.Email.ID = mail.ID("message", string(m.ID), "room", string(r.ID)) + "@" + mail.Host(host)
	if err := joinThread(ctx, tx, r.ID, m.Email.ID); err != nil {
		return err
	}
	return tx.Enqueue(ctx, db.Job{Kind: jobSend, Key: string(m.ID), Payload: sending{RID: r.ID, ID: m.ID, Text: m.Text(), File: m.File}})
}

// answering is the subject of an answer.
func answering(subject string) string {
	if len(subject) >= 3 && strings.EqualFold(subject[:3], "re:") {
		return subject
	}
	return mail.Line("Re: "+subject, 500)
}

const mostQuoted = 2000 // characters

func beginning(text string) string {
	if r := []rune(text); len(r) > mostQuoted {
		return string(r[:mostQuoted]) + "…"
	}
	return text
}

// SendFile sends the file of an agent's message to who wrote the room's mails.
func (s *Service) SendFile(ctx context.Context, a chat.Actor, message chat.MessageID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		return s.Rooms.Mailing(ctx, tx, a, message, func(r chat.Room, m *chat.Message) error {
			switch {
			case r.Email == nil || m.File == nil || m.ByVisitor():
				return fault.Text(fault.Invalid, "invalid-message")
			case m.Email != nil && m.Email.State != chat.MailFailed:
				return fault.New(fault.Invalid, "error-mail-sent-already", "")
			}
			inbox, err := findByEmail(ctx, tx, r.Email.Inbox)
			if err != nil && !errors.Is(err, db.ErrNoRows) {
				return err
			}
			m.Email = &chat.MessageEmail{Inbox: inbox.ID, To: r.Email.ReplyTo, Subject: answering(r.Email.Subject), References: r.Email.Thread, State: chat.MailSending}
			return s.enqueue(ctx, tx, r, m)
		})
	})
}

// errInboxOff: there is no such inbox any more, or it is switched off.
var errInboxOff = &mail.Error{Code: "inbox-off"}

// send hands one mail over to the inbox's server; its error is a *mail.Error.
func (s *Service) send(ctx context.Context, inbox chat.InboxID, id string, m mail.Message) error {
	i, err := find(ctx, s.DB, inbox)
	if errors.Is(err, db.ErrNoRows) || err == nil && !i.Active {
		return errInboxOff
	} else if err != nil {
		return err
	}
	server, err := s.opened(i.SMTP)
	if err != nil {
		return err
	}
	to := mail.Server{Host: server.Host, Port: server.Port, Username: server.Username, Password: server.Password, Encryption: mail.STARTTLS,
		From: mail.Address{Name: i.SenderInfo, Address: i.Email}}
	switch {
	case server.Secure:
		to.Encryption = mail.TLS
	case mail.Loopback(server.Host):
		to.Encryption = mail.None
	}
	_, err = s.Sender.Send(ctx, to, m, id, s.Clock.Now())
	return err
}

// compose is a message as a mail.
func (s *Service) compose(ctx context.Context, w sending, e chat.MessageEmail) (mail.Message, error) {
	to, err := mail.ParseAddress(e.To)
	if err != nil {
		return mail.Message{}, &mail.Error{Code: mail.Unfit}
	}
	id, _, _ := strings.Cut(e.ID, "@")
	m := mail.Message{Kind: "inbox", ID: id, To: to, Subject: e.Subject, Personal: true, Text: mailbox.Clean(w.Text) + "\n"}
	for _, r := range e.References[max(0, len(e.References)-20):] {
		m.References = append(m.References, "<"+r+">")
	}
	if e.QuoteText != "" {
		m.Text += fmt.Sprintf("\n%s:\n> %s\n", e.QuoteFrom, strings.ReplaceAll(mailbox.Clean(e.QuoteText), "\n", "\n> "))
	}
	if w.File != nil {
		content, err := s.Files.Content(ctx, w.File.ID, mostAttached)
		if err != nil {
			return m, err
		}
		m.Files = []mail.File{{Name: w.File.Name, Type: w.File.Type, Content: content}}
	}
	return m, nil
}

const mostAttached = 20 << 20

// Test sends a fixed text from an inbox to the caller's own address.
func (s *Service) Test(ctx context.Context, a chat.Actor, inbox chat.InboxID) error {
	i, err := find(ctx, s.DB, inbox)
	if errors.Is(err, db.ErrNoRows) || err == nil && !i.Active {
		return fault.New(fault.Invalid, "inbox-not-found", "")
	} else if err != nil {
		return err
	}
	address, err := verifiedAddress(ctx, s.DB, a.User)
	if err != nil {
		return err
	} else if address == "" {
		return fault.New(fault.Invalid, "user-without-verified-email", "")
	}
	t := words(s.Settings.Current().Language)
	err = s.send(ctx, inbox, mail.ID("test", string(inbox), string(a.User), fmt.Sprint(s.Clock.Now())), mail.Message{Kind: "test", To: mail.Address{Address: address}, Subject: t.subject, Text: t.text + "\n"})
	var failed *mail.Error
	if errors.As(err, &failed) {
		return fault.New(fault.Invalid, "error-email-send-failed", failed.Error())
	}
	return err
}

type sentences struct{ subject, text string }

var inLanguage = map[string]sentences{
	"en": {"Test of the e-mail inbox", "If you read this, mails leave this inbox."},
	"de": {"Test des E-Mail-Postfachs", "Wenn Sie das lesen, verlassen E-Mails dieses Postfach."},
	"ar": {"اختبار صندوق البريد", "إذا كنت تقرأ هذا فإن الرسائل تغادر هذا الصندوق."},
}

func words(language string) sentences {
	if t, ok := inLanguage[strings.ToLower(language[:min(2, len(language))])]; ok {
		return t
	}
	return inLanguage["en"]
}
