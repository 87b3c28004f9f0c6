package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/outbound"
)

// Encryption of the connection to the server.
type Encryption string

// The ways. A password is never sent without encryption, except to this machine.
const (
	None     Encryption = "none"
	STARTTLS Encryption = "starttls" // or not at all
	TLS      Encryption = "tls"      // from the first byte
)

// Server is where mails are handed over, and in whose name; without a host there
// is none.
type Server struct {
	Host, Username, Password string
	Port                     int // 0: 25, 587 or 465 by encryption
	Encryption               Encryption
	From                     Address
	Reuse                    bool // several mails, one after the other, on one connection
}

// Configured reports whether mails can be sent.
func (s Server) Configured() bool { return s.Host != "" && s.From.Address != "" }

func (s Server) port() int {
	switch {
	case s.Port > 0:
		return s.Port
	case s.Encryption == TLS:
		return 465
	case s.Encryption == STARTTLS:
		return 587
	}
	return 25
}

// SenderOptions of a Sender; zero values mean the defaults.
type SenderOptions struct {
	AllowPrivate bool          // also servers in private networks and on this machine
	Timeout      time.Duration // of a whole conversation; default 60 s
	TLS          *tls.Config   // default: the system's authorities
	Clock        clock.Clock   // default: the machine's
}

// Sender hands mails to SMTP servers.
type Sender struct {
	o    SenderOptions
	dial func(ctx context.Context, network, address string) (net.Conn, error)

	mu   sync.Mutex
	kept map[Server][]*line // connections that wait for another mail
}

// NewSender makes a Sender.
func NewSender(o SenderOptions) *Sender {
	if o.Timeout == 0 {
		o.Timeout = time.Minute
	}
	if o.Clock == nil {
		o.Clock = clock.System
	}
	return &Sender{o: o, dial: outbound.Dialer(o.AllowPrivate).DialContext, kept: map[Server][]*line{}}
}

const (
	handshakeWithin = 10 * time.Second
	mostHeard       = 1 << 20 // bytes a server may say in one conversation
)

// Send hands a mail over and says what the server answered. Its error is always an *Error.
func (s *Sender) Send(ctx context.Context, to Server, m Message, id string, at clock.Instant) (string, error) {
	g, err := build(m, to.From, id, at)
	if err != nil {
		return "", &Error{Code: Unfit, err: err}
	}
	from, err := g.GetSender(false)
	if err != nil {
		return "", &Error{Code: Unfit, err: err}
	}
	receivers, err := g.GetRecipients()
	if err != nil {
		return "", &Error{Code: Unfit, err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, s.o.Timeout)
	defer cancel()
	line, err := s.begin(ctx, to, from)
	if err != nil {
		return "", err
	}
	answer, err := say(line.client, receivers, g)
	if err != nil {
		line.hangUp()
		return "", explain(err, false)
	}
	s.end(line) // the mail is theirs now, whatever comes of the line
	return Printable(answer), nil
}

// begin opens a conversation about one mail: on a line that is kept if the server still
// listens there, else on a new one.
func (s *Sender) begin(ctx context.Context, to Server, from string) (*line, error) {
	for l := s.take(to); l != nil; l = s.take(to) {
		if l.again() == nil && l.client.Mail(from) == nil {
			return l, nil
		}
		l.hangUp()
	}
	l := &line{sender: s, to: to}
	if err := l.connect(ctx); err != nil {
		l.hangUp()
		return nil, explain(err, true)
	}
	if err := l.client.Mail(from); err != nil {
		l.hangUp()
		return nil, explain(err, false)
	}
	return l, nil
}

// say tells to whom a mail goes, and the mail.
func say(client *smtp.Client, to []string, g *gomail.Msg) (string, error) {
	for _, one := range to {
		if err := client.Rcpt(one); err != nil {
			return "", err
		}
	}
	w, err := client.Data()
	if err != nil {
		return "", err
	}
	if _, err := g.WriteTo(w); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	if closer, ok := w.(*smtp.DataCloser); ok {
		return closer.ServerResponse(), nil
	}
	return "", nil
}

// line is one connection.
type line struct {
	sender *Sender
	to     Server
	conn   *heard
	client *smtp.Client
	mails  int           // handed over on it
	taken  chan struct{} // closed when it is kept no longer
}

func (l *line) hangUp() {
	if l.conn != nil {
		l.conn.Close()
	}
}

func (l *line) connect(ctx context.Context) error {
	options := []gomail.Option{gomail.WithPort(l.to.port()), gomail.WithTimeout(l.sender.o.Timeout),
		gomail.WithHELO(Host(l.to.From.Address)), gomail.WithTLSConfig(l.tls()), gomail.WithDialContextFunc(l.dial)}
	switch l.to.Encryption {
	case STARTTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case TLS: // dial encrypts; the library only looks whether it did
		options = append(options, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if l.to.Username != "" {
		options = append(options, l.auth(), gomail.WithUsername(l.to.Username), gomail.WithPassword(l.to.Password))
	}
	client, err := gomail.NewClient(ASCIIDomain(l.to.Host), options...)
	if err != nil {
		return err
	}
	l.client, err = client.DialToSMTPClientWithContext(ctx)
	return err
}

// auth is the best way the server offers; to this machine also in the clear.
func (l *line) auth() gomail.Option {
	if l.to.Encryption == None && Loopback(l.to.Host) {
		return gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthCramMD5,
			gomail.SMTPAuthPlainNoEnc, gomail.SMTPAuthLoginNoEnc)
	}
	return gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover)
}

// Loopback reports whether a host is this machine.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (l *line) tls() *tls.Config {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if l.sender.o.TLS != nil {
		config = l.sender.o.TLS.Clone()
	}
	config.ServerName = ASCIIDomain(l.to.Host)
	return config
}

// dial connects to an allowed address. The library's own address is not asked: it has no
// room for a host that is one of IPv6.
func (l *line) dial(ctx context.Context, network, _ string) (net.Conn, error) {
	host := strings.TrimSuffix(strings.TrimPrefix(ASCIIDomain(l.to.Host), "["), "]")
	plain, err := l.sender.dial(ctx, network, net.JoinHostPort(host, strconv.Itoa(l.to.port())))
	if err != nil {
		return nil, err
	}
	l.conn = &heard{Conn: plain, left: mostHeard}
	if l.to.Encryption != TLS {
		return l.conn, nil
	}
	within, cancel := context.WithTimeout(ctx, handshakeWithin)
	defer cancel()
	secure := tls.Client(l.conn, l.tls())
	return secure, secure.HandshakeContext(within)
}

// heard is a connection whose other side may not talk for ever.
type heard struct {
	net.Conn
	left int64
}

var errTalkative = errors.New("the server talks too much")

func (h *heard) Read(b []byte) (int, error) {
	if h.left <= 0 {
		return 0, errTalkative
	}
	n, err := h.Conn.Read(b)
	h.left -= int64(n)
	return n, err
}
