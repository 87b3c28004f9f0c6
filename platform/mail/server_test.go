package mail

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http/httptest"
	netmail "net/mail"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// server is a real SMTP server of this machine that can be told what to answer.
type server struct {
	port  int
	roots *x509.CertPool

	mu      sync.Mutex
	mails   []string // as they came
	from    []string
	refuse  []*smtp.SMTPError // answers to the next RCPT
	talks   int               // sessions begun
	secure  bool              // the last session was encrypted
	insists bool              // nobody sends without signing in
	short   bool              // a session is for one mail
	left    chan struct{}     // a session has ended
}

const user, password = "foyer", "pass word"

type session struct {
	*server
	conn   *smtp.Conn
	signed bool
	mails  int
}

func (s *server) NewSession(c *smtp.Conn) (smtp.Session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.talks++
	return &session{server: s, conn: c}, nil
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, u, p string) error {
		if u != user || p != password {
			return smtp.ErrAuthFailed
		}
		s.signed = true
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.insists && !s.signed {
		return smtp.ErrAuthRequired
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mails++; s.short && s.mails > 1 {
		return &smtp.SMTPError{Code: 421, Message: "enough for now"}
	}
	s.from = append(s.from, from)
	_, s.secure = s.conn.TLSConnectionState()
	return nil
}

func (s *session) Rcpt(string, *smtp.RcptOptions) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.refuse) == 0 {
		return nil
	}
	next := s.refuse[0]
	s.refuse = s.refuse[1:]
	if next == nil {
		return nil
	}
	return next
}

func (s *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.server.mails = append(s.server.mails, string(b))
	return err
}

func (s *session) Reset() {}
func (s *session) Logout() error {
	select {
	case s.left <- struct{}{}:
	default:
	}
	return nil
}

// serve starts a server; encryption is what it offers.
func serve(t *testing.T, e Encryption) *server {
	t.Helper()
	authority := httptest.NewTLSServer(nil)
	t.Cleanup(authority.Close)
	own := &server{roots: x509.NewCertPool(), left: make(chan struct{}, 100)}
	own.roots.AddCert(authority.Certificate())
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	own.port = l.Addr().(*net.TCPAddr).Port
	s := smtp.NewServer(own)
	s.AllowInsecureAuth, s.EnableSMTPUTF8, s.ErrorLog = true, true, log.New(io.Discard, "", 0)
	if e != None {
		s.TLSConfig = &tls.Config{Certificates: authority.TLS.Certificates}
	}
	if e == TLS {
		l = tls.NewListener(l, s.TLSConfig)
		s.TLSConfig = nil
	}
	go s.Serve(l)
	t.Cleanup(func() { s.Close() })
	return own
}

func (s *server) as(e Encryption) Server {
	return Server{Host: "127.0.0.1", Port: s.port, Encryption: e, From: Address{Name: "Shop", Address: "shop@example.org"}}
}

func (s *server) sender() *Sender {
	return NewSender(SenderOptions{AllowPrivate: true, TLS: &tls.Config{RootCAs: s.roots}})
}

// got are the mails that arrived, parsed.
func (s *server) got(t *testing.T) []*netmail.Message {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []*netmail.Message
	for _, text := range s.mails {
		m, err := netmail.ReadMessage(bytes.NewReader([]byte(text)))
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		all = append(all, m)
	}
	return all
}

func (s *server) answer(list ...*smtp.SMTPError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = slices.Clone(list)
}

func (s *server) String() string { return strconv.Itoa(s.port) }

func hello() Message {
	return Message{Kind: "test", To: Address{Name: "Ann", Address: "ann@example.com"}, Subject: "Hello", Text: "Good morning\n"}
}
