package mail

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/outbound"
)

const noon = clock.Instant(1_764_504_000_000)

func codeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Code(fmt.Sprint(err))
}

// Every way of encryption against a server that offers it, with and without signing in.
func TestAMailIsHandedOverInEveryMode(t *testing.T) {
	for _, e := range []Encryption{None, STARTTLS, TLS} {
		for _, signIn := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/%v", e, signIn), func(t *testing.T) {
				s := serve(t, e)
				s.insists = signIn
				to := s.as(e)
				if signIn {
					to.Username, to.Password = user, password
				}
				answer, err := s.sender().Send(t.Context(), to, hello(), "m1", noon)
				if err != nil || !strings.Contains(answer, "OK") {
					t.Fatalf("%q %v", answer, err)
				}
				got := s.got(t)
				if len(got) != 1 || s.secure != (e != None) || s.from[0] != "shop@example.org" {
					t.Fatalf("%d mails, encrypted %v, from %v", len(got), s.secure, s.from)
				}
				h := got[0].Header
				for name, want := range map[string]string{"From": `"Shop" <shop@example.org>`, "To": `"Ann" <ann@example.com>`, "Subject": "Hello",
					"Message-Id": "<m1@example.org>", "Auto-Submitted": "auto-generated", "Date": "Sun, 30 Nov 2025 12:00:00 +0000"} {
					if h.Get(name) != want {
						t.Errorf("%s: %q", name, h.Get(name))
					}
				}
			})
		}
	}
}

func TestWhatAServerRefusesIsTold(t *testing.T) {
	plain, offered := serve(t, None), serve(t, STARTTLS)
	signIn := func(s Server, name, pass string) Server { s.Username, s.Password = name, pass; return s }
	far := plain.sender() // a server that is not on this machine
	far.dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, "127.0.0.1:"+plain.String())
	}
	elsewhere := func(s Server) Server { s.Host = "mail.example.org"; return s }
	quiet, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer quiet.Close()
	babble, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer babble.Close()
	go func() {
		for {
			c, err := babble.Accept()
			if err != nil {
				return
			}
			go io.Copy(c, strings.NewReader(strings.Repeat("x", 3*mostHeard)))
		}
	}()
	port := func(l net.Listener) Server {
		return Server{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, From: Address{Address: "a@example.org"}}
	}
	for name, c := range map[string]struct {
		sender *Sender
		to     Server
		want   Code
		status int
	}{
		"wrong password":          {offered.sender(), signIn(offered.as(STARTTLS), user, "no"), NotAccepted, 535},
		"no STARTTLS":             {plain.sender(), plain.as(STARTTLS), NoEncryption, 0},
		"password in the clear":   {far, signIn(elsewhere(plain.as(None)), user, password), PasswordOpen, 0},
		"unknown authority":       {NewSender(SenderOptions{AllowPrivate: true}), offered.as(STARTTLS), Code(outbound.BadTLS), 0},
		"TLS where there is none": {plain.sender(), plain.as(TLS), Code(outbound.BadTLS), 0},
		"silence":                 {NewSender(SenderOptions{AllowPrivate: true, Timeout: 100 * time.Millisecond}), port(quiet), Code(outbound.TimedOut), 0},
		"a flood":                 {plain.sender(), port(babble), Code(outbound.Failed), 0},
		"nobody there":            {plain.sender(), Server{Host: "127.0.0.1", Port: 1, From: Address{Address: "a@example.org"}}, Code(outbound.NotReached), 0},
		"no sender":               {plain.sender(), Server{Host: "127.0.0.1", Port: plain.port}, Unfit, 0},
	} {
		_, err := c.sender.Send(t.Context(), c.to, hello(), "m", noon)
		var e *Error
		if errors.As(err, &e); codeOf(err) != c.want || e.Status != c.status {
			t.Errorf("%s: %v %+v", name, err, errors.Unwrap(err))
		}
		if strings.Contains(fmt.Sprint(err), password) {
			t.Errorf("%s tells the password: %v", name, err)
		}
	}
	plain.answer(&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user\x07"})
	_, err = plain.sender().Send(t.Context(), plain.as(None), hello(), "m", noon)
	if err == nil || err.Error() != "refused: 550 5.1.1 no such user" {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := plain.sender().Send(ctx, plain.as(None), hello(), "m", noon); codeOf(err) != Code(outbound.Cancelled) {
		t.Error(err)
	}
}

// The host of the settings is dialled like any other address an administrator enters.
func TestNoForbiddenServerIsReached(t *testing.T) {
	s := serve(t, None)
	sender := NewSender(SenderOptions{Timeout: 3 * time.Second})
	for _, host := range []string{
		"127.0.0.1", "127.1.2.3", "localhost", "0.0.0.0", "0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
		"192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "[::1]", "::", "::ffff:127.0.0.1", "[::ffff:127.0.0.1]",
		"::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fc00::1", "fe80::1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "①②⑦.0.0.1",
		"/var/run/docker.sock", "unix:/var/run/docker.sock", "127.0.0.1:" + s.String(), "example.org\r\nQUIT", "a b",
	} {
		to := s.as(None)
		to.Host = host
		_, err := sender.Send(t.Context(), to, hello(), "m", noon)
		switch outbound.Code(codeOf(err)) {
		case outbound.Forbidden, outbound.NotResolved, outbound.NotReached:
		default:
			t.Errorf("%q: %v", host, err)
		}
	}
	allowed := s.as(None)
	allowed.Host = "169.254.169.254"
	if _, err := s.sender().Send(t.Context(), allowed, hello(), "m", noon); codeOf(err) != Code(outbound.Forbidden) {
		t.Errorf("metadata: %v", err)
	}
	if s.talks != 0 {
		t.Errorf("%d sessions", s.talks)
	}
}

// A mail whose headers would be more than they seem is none.
func TestNoHeaderIsInjected(t *testing.T) {
	s := serve(t, None)
	for name, spoil := range map[string]func(*Message){
		"subject":      func(m *Message) { m.Subject = "x\r\nBcc: all@example.com" },
		"subject LF":   func(m *Message) { m.Subject = "x\nBcc: all@example.com" },
		"subject NUL":  func(m *Message) { m.Subject = "x\x00" },
		"long":         func(m *Message) { m.Subject = strings.Repeat("x", 2000) },
		"to name":      func(m *Message) { m.To.Name = "Ann\r\nBcc: all@example.com" },
		"to":           func(m *Message) { m.To.Address = "ann@example.com\r\nRCPT TO:<all@example.com>" },
		"two":          func(m *Message) { m.To.Address = "ann@example.com, all@example.com" },
		"none":         func(m *Message) { m.To.Address = "" },
		"from":         func(m *Message) { m.From.Address = "a@b>\r\nDATA" },
		"from name":    func(m *Message) { m.From.Name = "\u0085\r\n" },
		"reply":        func(m *Message) { m.ReplyTo = &Address{Address: "a@example.com>\n"} },
		"reply name":   func(m *Message) { m.ReplyTo = &Address{Name: "\n", Address: "a@example.com"} },
		"file":         func(m *Message) { m.Files = []File{{Name: "a\"\r\nX: y", Type: "text/plain"}} },
		"file type":    func(m *Message) { m.Files = []File{{Name: "a", Type: "text/plain\r\nX: y"}} },
		"content id":   func(m *Message) { m.Files = []File{{Name: "a", ContentID: "x>\r\nX: y"}} },
		"reference":    func(m *Message) { m.References = []string{"<a@b>\r\nX: y"} },
		"in reply":     func(m *Message) { m.InReplyTo = "<a@b>\r\nX: y" },
		"id":           func(m *Message) { m.ID = "a\r\nX: y" },
		"thread":       func(m *Message) { m.Thread = "a\r\nX: y" },
		"unsubscribe":  func(m *Message) { m.Unsubscribe = "https://x/\r\nX: y" },
		"too large":    func(m *Message) { m.Files = []File{{Name: "a", Content: make([]byte, largestMail+1)}} },
		"invalid UTF8": func(m *Message) { m.Subject = "\xff" },
	} {
		m := hello()
		spoil(&m)
		if _, err := s.sender().Send(t.Context(), s.as(None), m, "m", noon); codeOf(err) != Unfit {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(s.mails) > 0 {
		t.Error(s.mails)
	}
}

// Names, subjects and file names in every script, texts with dots and long lines arrive as they were.
func TestWhatIsWrittenArrives(t *testing.T) {
	s := serve(t, None)
	m := Message{To: Address{Name: `"Zoë" <x> 山田`, Address: "zoë@example.com"}, Subject: "Grüße = =?utf-8?q?x?= 😀 " + strings.Repeat("lang ", 40),
		From: Address{Name: "Bob, Ltd."}, ReplyTo: &Address{Name: "Ann", Address: "ann@example.com"},
		Text: ".\r\n.leading\n" + strings.Repeat("äöü", 700) + "\n", HTML: "<p>مرحبا</p>", Unsubscribe: "https://chat.example.org/u?t=1",
		ID: ID("transcript", "r 1>"), Thread: ID("room", "r1"), References: []string{"<first@example.com>"},
		Files: []File{{Name: "Überweisung \"1\";.pdf", Type: "application/pdf", Content: []byte("%PDF")}, {Name: "p.png", Type: "image/png", ContentID: "p1", Content: []byte{1, 2}}}}
	if _, err := s.sender().Send(t.Context(), s.as(None), m, "m", noon); err != nil {
		t.Fatal(err)
	}
	got := s.got(t)[0]
	word := mime.WordDecoder{}
	subject, err := word.DecodeHeader(got.Header.Get("Subject"))
	if err != nil || subject != m.Subject {
		t.Errorf("subject %q", subject)
	}
	for name, want := range map[string]Address{"To": m.To, "From": {Name: "Bob, Ltd.", Address: "shop@example.org"}, "Reply-To": *m.ReplyTo} {
		list, err := got.Header.AddressList(name)
		if err != nil || len(list) != 1 || *list[0] != want {
			t.Errorf("%s: %v %v", name, list, err)
		}
	}
	for name, want := range map[string]string{"Message-Id": "<transcript.r1@example.org>", "References": "<room.r1@example.org> <first@example.com>",
		"In-Reply-To": "<first@example.com>", "List-Unsubscribe": "<https://chat.example.org/u?t=1>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} {
		if have := strings.Join(strings.Fields(got.Header.Get(name)), " "); have != want {
			t.Errorf("%s: %q", name, have)
		}
	}
	parts := leaves(t, got.Header.Get("Content-Type"), got.Header.Get("Content-Transfer-Encoding"), got.Body)
	if strings.ReplaceAll(parts["text/plain"], "\r\n", "\n") != strings.ReplaceAll(m.Text, "\r\n", "\n") || parts["text/html"] != m.HTML {
		t.Errorf("%.200q", parts)
	}
	if !strings.Contains(s.mails[0], "Content-Id: <p1>") {
		t.Error("the picture is not named")
	}
	for name, want := range map[string]string{"Überweisung _1_;.pdf": "JVBERg==", "p.png": "AQI="} {
		if strings.TrimSpace(parts["file "+name]) != want {
			t.Errorf("%s: %q", name, parts["file "+name])
		}
	}
}

// leaves are the parts of a mail by type, files by name.
func leaves(t *testing.T, kind, encoding string, body io.Reader) map[string]string {
	t.Helper()
	media, params, err := mime.ParseMediaType(kind)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	if !strings.HasPrefix(media, "multipart/") {
		if encoding == "quoted-printable" {
			body = quotedprintable.NewReader(body)
		}
		b, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		found[media] = string(b)
		return found
	}
	r := multipart.NewReader(body, params["boundary"])
	for {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return found
		}
		if err != nil {
			t.Fatal(err)
		}
		for k, v := range leaves(t, p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p) {
			if _, params, _ := mime.ParseMediaType(p.Header.Get("Content-Disposition")); params["filename"] != "" {
				name, err := (&mime.WordDecoder{}).DecodeHeader(params["filename"])
				if err != nil {
					t.Fatal(err)
				}
				k = "file " + name
			}
			found[k] = v
		}
	}
}

func TestWordsLeadBack(t *testing.T) {
	id := ID("message", "m1", "room", "r-1_2")
	if w := Words(" "+bracketed(id, "example.org")+" ", "example.org"); strings.Join(w, " ") != "message m1 room r-1_2" {
		t.Error(w)
	}
	for _, other := range []string{"", "<@example.org>", "<a@b>", "<a@example.org.evil>", "<a b@example.org>"} {
		if w := Words(other, "example.org"); w != nil {
			t.Errorf("%q: %v", other, w)
		}
	}
}

func TestAddresses(t *testing.T) {
	for text, want := range map[string]string{"a@b.de": "a@b.de", " Ann <a@b.de> ": "a@b.de", `"a b"@c.de`: "", "bla@bla": "bla@bla", "ä@ö.de": "ä@ö.de",
		"": "", "a": "", "a@": "", "@b": "", "a@b, c@d": "", "a@[127.0.0.1]": "", "a@b\nc": "", strings.Repeat("a", 250) + "@b.de": ""} {
		a, err := ParseAddress(text)
		if a.Address != want || (err == nil) != (want != "") {
			t.Errorf("%q: %v %v", text, a, err)
		}
	}
	if h := Host("a@B.De"); h != "b.de" {
		t.Error(h)
	}
	if l := Line("  a\r\n\tb\u2028c \xff d ", 5); l != "a b c" {
		t.Errorf("%q", l)
	}
	var _ netmail.Address = Address{}
}
