package inboxes

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net"
	netmail "net/mail"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

const password = "pass word"

// post is somebody's mail provider: an IMAP and an SMTP server of this machine.
type post struct {
	t        *testing.T
	imapPort int
	smtpPort int
	imap     *imapserver.Server
	store    *imapmemserver.Server
	user     *imapmemserver.User

	mu     sync.Mutex
	sent   []string // what was handed over
	refuse []*smtp.SMTPError
	open   int // sessions of IMAP
	opened int // ever
	read   int // contents of mails that were asked for

	understates bool // the sizes of mails
}

func newPost(t *testing.T) *post {
	p := &post{t: t, store: imapmemserver.New(), user: imapmemserver.NewUser("shop", password)}
	p.must(p.user.Create("INBOX", nil))
	p.store.AddUser(p.user)
	p.listen("127.0.0.1:0")
	s := smtp.NewServer(p)
	s.AllowInsecureAuth, s.EnableSMTPUTF8, s.ErrorLog = true, true, log.New(io.Discard, "", 0)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	p.must(err)
	p.smtpPort = l.Addr().(*net.TCPAddr).Port
	go s.Serve(l)
	t.Cleanup(func() { s.Close(); p.hangUp() })
	return p
}

func (p *post) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// listen opens the IMAP server, again after hangUp.
func (p *post) listen(address string) {
	p.t.Helper()
	l, err := net.Listen("tcp", address)
	p.must(err)
	p.imapPort = l.Addr().(*net.TCPAddr).Port
	p.imap = imapserver.New(&imapserver.Options{InsecureAuth: true, Caps: imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapIdle: {}}, Logger: log.New(io.Discard, "", 0),
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.open++
			p.opened++
			return &session{p.store.NewSession(), p}, nil, nil
		}})
	go p.imap.Serve(listener{l, p})
}

// listener and connection tell of mails that they are small, as some servers do that estimate.
type listener struct {
	net.Listener
	p *post
}

func (l listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return connection{c, l.p}, err
}

type connection struct {
	net.Conn
	p *post
}

var size = regexp.MustCompile(`RFC822\.SIZE \d+`)

func (c connection) Write(b []byte) (int, error) {
	if !c.p.understates {
		return c.Conn.Write(b)
	}
	_, err := c.Conn.Write(size.ReplaceAll(b, []byte("RFC822.SIZE 9")))
	return len(b), err
}

// hangUp ends the IMAP server and every connection to it.
func (p *post) hangUp() { p.imap.Close() }

func (p *post) listenAgain() { p.listen(fmt.Sprintf("127.0.0.1:%d", p.imapPort)) }

type session struct {
	imapserver.Session
	p *post
}

// Idle tells also what came before it began, which the library's own keeps for later.
func (s *session) Idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	for {
		if err := s.Session.Poll(w, true); err != nil {
			return err
		}
		select {
		case <-stop:
			return nil
		case <-time.After(2 * time.Millisecond):
		}
	}
}

func (s *session) Fetch(w *imapserver.FetchWriter, of imap.NumSet, o *imap.FetchOptions) error {
	if len(o.BodySection) > 0 {
		s.p.mu.Lock()
		s.p.read++
		s.p.mu.Unlock()
	}
	return s.Session.Fetch(w, of, o)
}

func (s *session) Close() error {
	s.p.mu.Lock()
	s.p.open--
	s.p.mu.Unlock()
	return s.Session.Close()
}

func (p *post) sessions() (open, ever int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.open, p.opened
}

func (p *post) reads() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.read
}

type literal struct{ *bytes.Reader }

// brings puts a mail into the mailbox at a moment, as its bytes are.
func (p *post) brings(at time.Time, raw string) {
	p.t.Helper()
	raw = strings.ReplaceAll(raw, "\n", "\r\n")
	_, err := p.user.Append("INBOX", literal{bytes.NewReader([]byte(raw))}, &imap.AppendOptions{Time: at})
	p.must(err)
}

// unseen is how many mails nobody has seen, and all of them.
func (p *post) unseen() (unseen, all uint32) {
	s, err := p.user.Status("INBOX", &imap.StatusOptions{NumMessages: true, NumUnseen: true})
	p.must(err)
	return *s.NumUnseen, *s.NumMessages
}

// The SMTP side.

func (p *post) NewSession(*smtp.Conn) (smtp.Session, error) { return &handing{p: p}, nil }

type handing struct {
	p      *post
	signed bool
}

func (h *handing) AuthMechanisms() []string { return []string{sasl.Plain} }
func (h *handing) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, u, w string) error {
		if u != "shop" || w != password {
			return smtp.ErrAuthFailed
		}
		h.signed = true
		return nil
	}), nil
}
func (h *handing) Mail(string, *smtp.MailOptions) error {
	if !h.signed {
		return smtp.ErrAuthRequired
	}
	return nil
}
func (h *handing) Rcpt(string, *smtp.RcptOptions) error {
	h.p.mu.Lock()
	defer h.p.mu.Unlock()
	if len(h.p.refuse) == 0 {
		return nil
	}
	next := h.p.refuse[0]
	h.p.refuse = h.p.refuse[1:]
	return next
}
func (h *handing) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	h.p.mu.Lock()
	defer h.p.mu.Unlock()
	h.p.sent = append(h.p.sent, string(b))
	return err
}
func (h *handing) Reset()        {}
func (h *handing) Logout() error { return nil }

func (p *post) refuses(all ...*smtp.SMTPError) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse = all
}

// took are the mails that were handed over.
func (p *post) took() (all []*netmail.Message, texts []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, text := range p.sent {
		m, err := netmail.ReadMessage(strings.NewReader(text))
		p.must(err)
		body, err := io.ReadAll(m.Body)
		p.must(err)
		all, texts = append(all, m), append(texts, string(body))
	}
	return all, texts
}
