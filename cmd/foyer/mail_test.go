package main

import (
	"io"
	"log"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/foyerchat/foyer/test/people"
)

// mailbox is an SMTP server's session that takes everything.
type mailbox chan string

func (m mailbox) NewSession(*smtp.Conn) (smtp.Session, error) { return m, nil }
func (m mailbox) Mail(string, *smtp.MailOptions) error        { return nil }
func (m mailbox) Rcpt(string, *smtp.RcptOptions) error        { return nil }
func (m mailbox) Reset()                                      {}
func (m mailbox) Logout() error                               { return nil }
func (m mailbox) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	m <- string(b)
	return err
}

type mails struct {
	Mails []struct {
		ID    string `json:"_id"`
		State string `json:"state"`
		Error string `json:"error"`
	} `json:"mails"`
}

// A mail that could not be sent when its server was killed is sent by the next one, once.
func TestMailsSurviveAKill(t *testing.T) {
	eachEngine(t, func(t *testing.T, h *house) {
		_, port, err := net.SplitHostPort(freeAddress(t)) // nobody listens there yet
		if err != nil {
			t.Fatal(err)
		}
		p := h.serve("--allow-private-outbound")
		boss := func() *people.Agent {
			t.Helper()
			b, err := p.SignIn(t.Context(), "boss", "boss-pw")
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		call := func(b *people.Agent, method, path string, body, answer any) {
			t.Helper()
			if err := b.Call(t.Context(), method, path, body, answer); err != nil {
				t.Fatal(err)
			}
		}
		listed := func(b *people.Agent, state string) (m mails) { // the lease of a process that was killed while it settled the attempt has half a minute
			t.Helper()
			for until := time.Now().Add(time.Minute); ; <-time.After(10 * time.Millisecond) {
				call(b, "GET", "/api/v1/foyer/mail", nil, &m)
				if len(m.Mails) == 1 && m.Mails[0].State == state && (state != "waiting" || m.Mails[0].Error != "") {
					return m
				}
				if time.Now().After(until) {
					t.Fatalf("%+v\n%s", m, p.log.String())
				}
			}
		}
		b := boss()
		for id, value := range map[string]any{"From_Email": "shop@example.org", "SMTP_Host": "127.0.0.1", "SMTP_Port": port,
			"Livechat_offline_email": "team@example.org", "Livechat_validate_offline_email": false} {
			call(b, "POST", "/api/v1/settings/"+id, map[string]any{"value": value}, nil)
		}
		call(b, "POST", "/api/v1/livechat/offline.message", map[string]string{"name": "Ann", "email": "ann@example.com", "message": "Hello?"}, nil)
		if m := listed(b, "waiting"); m.Mails[0].Error != "not-reached" {
			t.Errorf("%+v", m)
		}
		if err := p.stop(syscall.SIGKILL); err == nil {
			t.Error("SIGKILL: exit 0")
		}
		got := make(mailbox, 10)
		server := smtp.NewServer(got)
		server.ErrorLog = log.New(io.Discard, "", 0)
		l, err := net.Listen("tcp", "127.0.0.1:"+port)
		if err != nil {
			t.Fatal(err)
		}
		go server.Serve(l)
		defer server.Close()
		p = h.serve("--allow-private-outbound")
		b = boss()
		call(b, "POST", "/api/v1/foyer/mail.retry", map[string]string{"_id": listed(b, "waiting").Mails[0].ID}, nil)
		listed(b, "sent")
		if text := <-got; len(got) > 0 || !strings.Contains(text, "Reply-To: \"Ann\" <ann@example.com>") || !strings.Contains(text, "Hello?") {
			t.Errorf("%d more, %s", len(got), text)
		}
	})
}
