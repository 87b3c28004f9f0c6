package mail

import (
	"bytes"
	"mime"
	"slices"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"github.com/foyerchat/foyer/platform/clock"
)

// build makes the mail as it is sent.
func build(m Message, from Address, id string, at clock.Instant) (*gomail.Msg, error) {
	if m.From.Address != "" {
		from.Address = m.From.Address
	}
	if m.From.Name != "" {
		from.Name = m.From.Name
	}
	m.From = from
	if from.Address == "" {
		return nil, errAddress
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	m.From, m.To = travelling(m.From), travelling(m.To)
	if m.ReplyTo != nil {
		answers := travelling(*m.ReplyTo)
		m.ReplyTo = &answers
	}
	g := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	g.FromMailAddress(&m.From)
	g.ToMailAddress(&m.To)
	if m.ReplyTo != nil {
		g.ReplyToMailAddress(m.ReplyTo)
	}
	g.Subject(m.Subject)
	g.SetDateWithValue(at.Time())
	if !m.Personal {
		g.SetGenHeader("Auto-Submitted", "auto-generated")
	}
	m.thread(g, id, Host(from.Address))
	if m.Unsubscribe != "" {
		g.SetGenHeaderPreformatted("List-Unsubscribe", "<"+m.Unsubscribe+">")
		g.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	g.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		g.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return g, m.attach(g)
}

// thread names the mail and what it belongs to.
func (m *Message) thread(g *gomail.Msg, id, host string) {
	if m.ID != "" {
		id = m.ID
	}
	g.SetMessageIDWithValue(id + "@" + host)
	references := slices.Clone(m.References)
	if m.Thread != "" && m.Thread != id {
		references = append([]string{bracketed(m.Thread, host)}, references...)
	}
	answered := m.InReplyTo
	if answered == "" && len(references) > 0 {
		answered = references[len(references)-1]
	}
	if answered != "" {
		g.SetGenHeaderPreformatted("In-Reply-To", answered)
	}
	if len(references) > 0 {
		g.SetGenHeaderPreformatted("References", strings.Join(references, "\r\n "))
	}
}

func (m *Message) attach(g *gomail.Msg) error {
	for _, f := range m.Files {
		kind := f.Type
		if _, _, err := mime.ParseMediaType(kind); err != nil {
			kind = "application/octet-stream"
		}
		options := []gomail.FileOption{gomail.WithFileContentType(gomail.ContentType(kind)), gomail.WithFileEncoding(gomail.EncodingB64)}
		var err error
		if f.ContentID != "" {
			err = g.EmbedReader(f.Name, bytes.NewReader(f.Content), append(options, gomail.WithFileContentID("<"+f.ContentID+">"))...)
		} else {
			err = g.AttachReader(f.Name, bytes.NewReader(f.Content), options...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
