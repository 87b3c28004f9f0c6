package mailer

import (
	"context"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/mail"
)

// Circular is a mail to many users.
type Circular struct {
	From, Subject, Body string
	Dry                 bool   // only to the sender's own address
	Query               string // JSON: what the users must be
	Root                string // this server's address unless it has one, without a slash at the end
}

const (
	placeholder = "[unsubscribe]"
	mostUsers   = 5000
)

var (
	errFrom        = fault.New(fault.Invalid, "error-invalid-from-address", "Invalid from address")
	errPlaceholder = fault.New(fault.Invalid, "error-missing-unsubscribe-link", "The text must contain [unsubscribe]")
	errQuery       = fault.New(fault.Invalid, "error-invalid-query", "The query may name _id, username, name, roles, active and emails.address, each with one value")
)

// SendMany has a mail sent to every active user who did not unsubscribe, one each.
func (s *Service) SendMany(ctx context.Context, c Circular) error {
	from, err := mail.ParseAddress(c.From)
	if err != nil {
		return errFrom
	}
	if !strings.Contains(c.Body, placeholder) {
		return errPlaceholder
	}
	chosen, err := readQuery(c.Query)
	if err != nil {
		return err
	}
	if c.Dry {
		chosen.address = strings.ToLower(from.Address)
	}
	if own := s.root(); own != "" {
		c.Root = own
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		all, err := listUsers(ctx, tx, chosen)
		if err != nil {
			return err
		}
		for _, u := range all {
			if err := s.sendOne(ctx, tx, c, from, u); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) sendOne(ctx context.Context, tx *db.Tx, c Circular, from mail.Address, u user) error {
	token, err := tokenOf(ctx, tx, u.id, id.Secret())
	if err != nil {
		return err
	}
	link := c.Root + unsubscribePath + "?token=" + url.QueryEscape(token)
	text, markup := written(c.Body, u, link)
	return s.Enqueue(ctx, tx, mail.Message{Kind: "mailer", About: string(u.id), From: from, To: mail.Address{Name: mail.Line(u.name, 100), Address: u.address},
		Subject: mail.Line(fill(c.Subject, u, "", plain), 500), Text: text, HTML: markup, Unsubscribe: link})
}

// root is where this server is reached, without a slash at the end; empty: not known.
func (s *Service) root() string {
	if a := s.Settings.Current().SiteURL; a != "" {
		return strings.TrimRight(a, "/")
	}
	return strings.TrimRight(s.RootURL, "/")
}

func plain(s string) string { return s }

// fill puts a user into a text.
func fill(text string, u user, link string, escape func(string) string) string {
	first, last, _ := strings.Cut(u.name, " ")
	return strings.NewReplacer("[name]", escape(u.name), "[fname]", escape(first), "[lname]", escape(last), "[email]", escape(u.address),
		placeholder, link).Replace(text)
}

var tag = regexp.MustCompile(`(?s)<(?:/?[a-zA-Z][^>]*|!--.*?--)>`)

// written is a body as text and, when the administrator wrote HTML, as that.
func written(body string, u user, link string) (text, markup string) {
	if !tag.MatchString(body) {
		return fill(body, u, link, plain), ""
	}
	markup = fill(body, u, html.EscapeString(link), html.EscapeString)
	return strings.TrimSpace(fill(html.UnescapeString(tag.ReplaceAllString(body, "")), u, link, plain)) + "\n", markup
}

// choice is which users a query means; empty fields mean all.
type choice struct {
	id, username, name, role, address string
	active                            *bool
}

// readQuery understands an object of plain values.
func readQuery(text string) (c choice, err error) {
	if strings.TrimSpace(text) == "" {
		return c, nil
	}
	var fields map[string]any
	if json.Unmarshal([]byte(text), &fields) != nil {
		return c, errQuery
	}
	into := map[string]*string{"_id": &c.id, "username": &c.username, "name": &c.name, "roles": &c.role, "emails.address": &c.address}
	for key, value := range fields {
		if b, ok := value.(bool); ok && key == "active" {
			c.active = &b
			continue
		}
		s, ok := value.(string)
		if to := into[key]; to == nil || !ok || s == "" {
			return c, errQuery
		} else {
			*to = s
		}
	}
	c.address = strings.ToLower(c.address)
	return c, nil
}

// user is a receiver.
type user struct {
	id            chat.UserID
	name, address string
}

// Unsubscribe ends the mails to all for the user of a link; false: there is none.
func (s *Service) Unsubscribe(ctx context.Context, token string) (found bool, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		n, err := unsubscribeToken(ctx, tx, token)
		found = n > 0
		return err
	})
	return found, err
}

// UnsubscribeUser ends them for a user: for oneself, for anybody who may send them, and
// for who knows when the account was made.
func (s *Service) UnsubscribeUser(ctx context.Context, by chat.Actor, user chat.UserID, createdAt clock.Instant) error {
	own := by.User == user || by.May(chat.SendMail)
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return unsubscribeUser(ctx, tx, user, createdAt, own, id.Secret()) })
}
