package mailer

import (
	"bytes"
	"context"
	"html/template"
	"net/http"
	"strconv"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/mail"
	"github.com/foyerchat/foyer/platform/rest"
)

const unsubscribePath = "/api/v1/foyer/mailer/unsubscribe"

// mailerRows are the mailer (rest-api.md 22) and the page its links lead to.
func (s *Service) mailerRows() []rest.Endpoint {
	tag, often := rest.Tag("mail"), rest.Limit("mailer-unsubscribe", 20, time.Minute)
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/mailer", rest.All(sendMail), "Send a mail to every user who did not unsubscribe.", s.postMailer, tag,
			rest.Errors("Invalid from address [error-invalid-from-address]", "The text must contain [unsubscribe] [error-missing-unsubscribe-link]",
				"The query may name … [error-invalid-query]")),
		rest.Row("POST", "/api/v1/mailer.unsubscribe", rest.SignedIn, "Get no more mails to all users.", s.postUnsubscribe, tag),
		rest.Row("GET", unsubscribePath, rest.Public, "The page on which one unsubscribes.", s.getUnsubscribePage, tag, often),
		rest.Row("POST", unsubscribePath, rest.Public, "Unsubscribe by a mail's link.", s.postUnsubscribePage, tag, often),
	}
}

type postMailer struct {
	From    string `json:"from" required:"true" maxLength:"500"`
	Subject string `json:"subject" required:"true" maxLength:"500"`
	Body    string `json:"body" required:"true" maxLength:"200000"`
	Dry     bool   `json:"dryrun" doc:"Only to the sender's own address."`
	Query   string `json:"query" maxLength:"5000" doc:"What the users must be, as a JSON object: _id, username, name, roles, active, emails.address."`
}

func (s *Service) postMailer(ctx context.Context, r postMailer) (struct{}, error) {
	m := rest.From(ctx)
	root := "http://" + m.Host
	if m.Secure {
		root = "https://" + m.Host
	}
	return struct{}{}, s.SendMany(ctx, Circular{Root: root, From: r.From, Subject: r.Subject, Body: r.Body, Dry: r.Dry, Query: r.Query})
}

type postUnsubscribe struct {
	ID        chat.UserID `json:"_id" required:"true" maxLength:"255"`
	CreatedAt string      `json:"createdAt" required:"true" maxLength:"50" doc:"When the account was made: ISO 8601 or milliseconds."`
}

func (s *Service) postUnsubscribe(ctx context.Context, r postUnsubscribe) (struct{}, error) {
	return struct{}{}, s.UnsubscribeUser(ctx, rest.Identity[chat.Actor](ctx), r.ID, instant(r.CreatedAt))
}

// instant reads a time in either form; what is none is no account's.
func instant(text string) clock.Instant {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return clock.Instant(n)
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return clock.Of(t)
	}
	return -1
}

type byToken struct {
	Token string `query:"token" required:"true" maxLength:"255"`
}

var page = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="{{.Language}}" dir="{{.Direction}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>{{.Title}}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:0;padding:24px}main{max-width:32rem;margin:10vh auto}h1{font-size:20px}button{font:inherit;padding:10px 18px;min-height:44px}</style></head>
<body><main><h1>{{.Title}}</h1><p>{{.Text}}</p>{{if .Ask}}<form method="post"><button>{{.Title}}</button></form>{{end}}</main></body></html>
`))

func (s *Service) show(text func(sentences) string, ask bool) (rest.Bytes, error) {
	t, letter := words(s.language()), mail.Letter{Language: s.language()}
	var b bytes.Buffer
	err := page.Execute(&b, struct {
		Language, Direction, Title, Text string
		Ask                              bool
	}{letter.Language, letter.Direction(), t.unsubscribe, text(t), ask})
	h := http.Header{"Cache-Control": {"no-store"}, "Referrer-Policy": {"no-referrer"}, "X-Frame-Options": {"DENY"},
		"Content-Security-Policy": {"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"}}
	return rest.Bytes{Type: "text/html; charset=utf-8", Body: b.Bytes(), Header: h}, err
}

// getUnsubscribePage only asks: mail programs look at links before people do.
func (s *Service) getUnsubscribePage(context.Context, byToken) (rest.Bytes, error) {
	return s.show(func(t sentences) string { return t.unsubscribeAsk }, true)
}

func (s *Service) postUnsubscribePage(ctx context.Context, r byToken) (rest.Bytes, error) {
	found, err := s.Unsubscribe(ctx, r.Token)
	if err != nil {
		return rest.Bytes{}, err
	}
	return s.show(func(t sentences) string {
		if !found {
			return t.unsubNoSuch
		}
		return t.unsubscribed
	}, false)
}
