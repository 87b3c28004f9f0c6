package mail

import (
	"context"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/foyerchat/foyer/platform/clock"
)

// Mails that follow one another take one connection, unless the server or the settings
// want otherwise; each arrives once.
func TestSeveralMailsOnOneConnection(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(*server, *Server)
		talks   int
	}{
		"one after the other":      {func(*server, *Server) {}, 1},
		"encrypted":                {func(_ *server, to *Server) { to.Encryption = STARTTLS }, 2}, // it begins anew once it is
		"switched off":             {func(_ *server, to *Server) { to.Reuse = false }, 3},
		"a server that has enough": {func(s *server, _ *Server) { s.short = true }, 3},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, STARTTLS)
			sender, to := s.sender(), s.as(None)
			to.Reuse = true
			c.prepare(s, &to)
			for _, id := range []string{"m1", "m2", "m3"} {
				if _, err := sender.Send(t.Context(), to, hello(), id, noon); err != nil {
					t.Fatal(err)
				}
			}
			got := s.got(t)
			if len(got) != 3 || s.talks != c.talks {
				t.Errorf("%d mails in %d sessions", len(got), s.talks)
			}
			for i, want := range []string{"<m1@example.org>", "<m2@example.org>", "<m3@example.org>"} {
				if id := got[i].Header.Get("Message-Id"); id != want {
					t.Error(i, id)
				}
			}
		})
	}
}

// A refused mail leaves nothing behind that the next one could suffer from; other servers
// and names have their own connections; what is kept for nothing is closed.
func TestAKeptConnectionIsGivenUp(t *testing.T) {
	c := clock.NewFake(noon)
	s := serve(t, None)
	sender := NewSender(SenderOptions{AllowPrivate: true, Clock: c})
	to := s.as(None)
	to.Reuse = true
	send := func(to Server, want Code, talks int) {
		t.Helper()
		if _, err := sender.Send(t.Context(), to, hello(), "m", noon); err != nil && codeOf(err) != want || (err == nil) != (want == "") {
			t.Errorf("%v, want %q", err, want)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.talks != talks {
			t.Errorf("%d sessions, want %d", s.talks, talks)
		}
	}
	send(to, "", 1)
	s.answer(&smtp.SMTPError{Code: 550, Message: "nobody"})
	send(to, Refused, 1)
	send(to, "", 2)
	other := to
	other.From.Address = "other@example.net"
	send(other, "", 3)
	s.gone(t) // the refused one's
	c.Advance(keptFor)
	s.gone(t)
	s.gone(t)
	send(to, "", 4)
	if len(sender.kept) != 1 {
		t.Error(len(sender.kept), "servers are remembered")
	}
}

func (s *server) gone(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	select {
	case <-s.left:
	case <-ctx.Done():
		t.Fatal("a session goes on")
	}
}

// Letters beyond ASCII in domains travel in their other form, so that every server
// understands them; in what a person reads they stay.
func TestDomainsInEveryScript(t *testing.T) {
	s := serve(t, None)
	to := s.as(None)
	to.From.Address = "shop@Bücher.example"
	m := hello()
	m.To.Address = "ann@почта.рф"
	m.ReplyTo = &Address{Name: "Zoë", Address: "zoe@例え.テスト"}
	if _, err := s.sender().Send(t.Context(), to, m, "m1", noon); err != nil {
		t.Fatal(err)
	}
	h := s.got(t)[0].Header
	for name, want := range map[string]string{"From": `"Shop" <shop@xn--bcher-kva.example>`, "To": `"Ann" <ann@xn--80a1acny.xn--p1ai>`,
		"Reply-To": `=?utf-8?q?Zo=C3=AB?= <zoe@xn--r8jz45g.xn--zckzah>`, "Message-Id": "<m1@xn--bcher-kva.example>"} {
		if h.Get(name) != want {
			t.Errorf("%s: %q", name, h.Get(name))
		}
	}
	if s.from[0] != "shop@xn--bcher-kva.example" {
		t.Error(s.from)
	}
	for domain, want := range map[string]string{"example.org": "example.org", "A_b.example": "A_b.example", "straße.de": "xn--strae-oqa.de", "ｅxample.org": "example.org", "": ""} {
		if got := ASCIIDomain(domain); got != want {
			t.Errorf("%q: %q", domain, got)
		}
	}
}
