package mailbox

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func raw(all ...string) []byte { return []byte(strings.Join(all, "\r\n")) }

func TestAMailIsRead(t *testing.T) { // webhooks.md 8.2
	l := Parse(raw(
		`From: =?iso-8859-1?Q?J=F6rg?= <Joerg@Example.COM>`, `Reply-To: desk@example.com`, `Subject: =?utf-8?B?w4RyZ2Vy?=`,
		`Message-ID: <3@example.com>`, `In-Reply-To: <2@example.com>`, "References: <1@example.com>\r\n\t<2@example.com> nonsense",
		`Content-Type: multipart/mixed; boundary=m`, ``,
		`--m`, `Content-Type: multipart/related; boundary=r`, ``,
		`--r`, `Content-Type: multipart/alternative; boundary=a`, ``,
		`--a`, `Content-Type: text/plain; charset=iso-8859-1`, `Content-Transfer-Encoding: quoted-printable`, ``, `Gr=FC=DFe`,
		`--a`, `Content-Type: text/html; charset=utf-8`, ``, `<p>Grüße, <a href="https://shop.example/a?b=1">hier</a></p><img src="cid:logo">`, `--a--`,
		`--r`, `Content-Type: image/png`, `Content-ID: <logo>`, `Content-Transfer-Encoding: base64`, ``, `aGVsbG8=`, `--r--`,
		`--m`, `Content-Type: application/pdf; name="=?utf-8?Q?Rechnung_=E2=82=AC.pdf?="`, `Content-Disposition: attachment`, `Content-Transfer-Encoding: base64`, ``, `aGVsbG8=`,
		`--m`, `Content-Type: message/rfc822`, ``, `Subject: x`, ``, `y`, `--m--`, ``))
	if l.From.Name != "Jörg" || l.From.Address != "joerg@example.com" || l.ReplyTo.Address != "desk@example.com" || l.Subject != "Ärger" {
		t.Errorf("%+v", l)
	}
	if l.ID != "3@example.com" || cmp.Diff(l.References, []string{"1@example.com", "2@example.com"}) != "" || l.Automatic {
		t.Errorf("%+v", l)
	}
	if l.Text != "Grüße, hier [https://shop.example/a?b=1]" {
		t.Errorf("%q", l.Text)
	}
	if len(l.Files) != 2 || l.Files[0].Name != "Rechnung €.pdf" || string(l.Files[0].Content) != "hello" || !strings.HasSuffix(l.Files[1].Name, ".eml") {
		t.Errorf("%+v", l.Files)
	}
}

func TestTextOfHTML(t *testing.T) { // webhooks.md 8.2
	for page, want := range map[string]string{
		`plain`:                                                         "plain",
		`<p>One</p><p>Two<br>Three</p>`:                                 "One\n\nTwo\nThree",
		`<b>a</b> <i>b</i>c`:                                            "a bc",
		`<ul><li>x</li><li>y</li></ul>z`:                                "- x\n- y\n\nz",
		`a<script>alert(1)</script>b`:                                   "ab",
		`a<style>p{}</style><title>t</title>`:                           "a",
		`<script>a<script>b</script>c`:                                  "c",
		`&lt;script&gt;x&lt;/script&gt;`:                                "<script>x</script>",
		`<a href="javascript:alert(1)">x</a>`:                           "x",
		`<a href="mailto:a@b.example">write</a>`:                        "write [mailto:a@b.example]",
		`<a href="https://x.example/">x.example</a>`:                    "x.example",
		`<a href="https://evil.example/">https://bank.example</a>`:      "https://bank.example [https://evil.example/]",
		`<blockquote>old<blockquote>older</blockquote></blockquote>new`: "> old\n> >\n> > older\n\nnew",
		`<pre>a
  b</pre>`: "a\n  b",
		`<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>`: "a b\nc",
		`<img alt="A cat" src="http://tracker.example/1.gif">`:            "[A cat]",
		`<p`:                       "",
		`</blockquote></a></pre>x`: "x",
	} {
		if got := TextOf([]byte(page)); got != want {
			t.Errorf("%s:\n%q, want\n%q", page, got, want)
		}
	}
}

func TestAutomaticMails(t *testing.T) { // webhooks.md 8.2
	for header, want := range map[string]bool{
		"Subject: x":                        false,
		"Auto-Submitted: no":                false,
		"Auto-Submitted: auto-replied":      true,
		"Auto-Submitted: auto-generated; x": true,
		"Precedence: bulk":                  true,
		"Precedence: first-class":           false,
		"List-Id: <news.example>":           true,
		"X-Autoreply: yes":                  true,
		"Return-Path: <>":                   true,
		"Content-Type: multipart/report; report-type=delivery-status; boundary=x": true,
	} {
		if l := Parse(raw("From: ann@example.com", header, "", "x")); l.Automatic != want {
			t.Errorf("%s: %v", header, l.Automatic)
		}
	}
	if l := Parse(raw("From: MAILER-DAEMON@example.com", "", "x")); !l.Automatic {
		t.Error("the mail system's own")
	}
}

func TestBrokenMails(t *testing.T) {
	deep := ""
	for range 50 {
		deep += "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
	}
	for name, c := range map[string]struct {
		raw  string
		text string
	}{
		"nothing":             {"", ""},
		"no header":           {"\r\nhello", "hello"},
		"unknown charset":     {"Content-Type: text/plain; charset=x-klingon\r\n\r\nhello", "hello"},
		"wrong charset":       {"Content-Type: text/plain; charset=utf-8\r\n\r\nh\xe4llo\x00", "h\uFFFDllo"},
		"unknown encoding":    {"Content-Transfer-Encoding: x-own\r\n\r\nhello", "hello"},
		"broken base64":       {"Content-Transfer-Encoding: base64\r\n\r\naGVsbG8gdGhlcmU!!!", "hello the"},
		"no boundary":         {"Content-Type: multipart/mixed\r\n\r\nhello", ""},
		"an unclosed one":     {"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhello", "hello"},
		"parts within parts":  {deep + "hello", ""},
		"a charset of UTF-16": {"Content-Type: text/plain; charset=utf-16le\r\n\r\nh\x00i\x00", "hi"},
		"direction":           {"\r\na\u202eb", "ab"},
	} {
		l := Parse([]byte(c.raw))
		if l.Text != c.text || !utf8.ValidString(l.Text) {
			t.Errorf("%s: %q", name, l.Text)
		}
	}
	l := Parse(raw("From: a@example.com, b@example.com", "Message-ID: <"+strings.Repeat("x", 600)+"@y>", "Subject: a\x00b\x1b[31m", "", "x"))
	if l.ID != "" || l.Subject != "a b [31m" || l.From.Address != "a@example.com" {
		t.Errorf("%+v", l)
	}
	many := "Content-Type: multipart/mixed; boundary=x\r\n\r\n" + strings.Repeat("--x\r\nContent-Disposition: attachment\r\n\r\nfile\r\n", 500)
	if l := Parse([]byte(many)); len(l.Files) != mostFiles {
		t.Errorf("%d files", len(l.Files))
	}
	if l := Parse([]byte("\r\n" + strings.Repeat("a ", mostText))); len(l.Text) > mostText {
		t.Errorf("%d bytes of text", len(l.Text))
	}
}

func TestACutMailSaysSo(t *testing.T) {
	mixed := func(part string, times int) string {
		return "Content-Type: multipart/mixed; boundary=x\r\n\r\n" + strings.Repeat("--x\r\n"+part+"\r\n", times) + "--x--"
	}
	file, long := "Content-Disposition: attachment\r\n\r\nfile", "\r\n"+strings.Repeat("a", mostText)
	for name, c := range map[string]struct {
		raw          string
		cut, crowded bool
	}{
		"files":                   {mixed(file, mostFiles), false, false},
		"a file more":             {mixed(file, mostFiles+1), false, true},
		"a text":                  {long, false, false},
		"a longer one":            {long + "a", true, false},
		"a longer one as HTML":    {"Content-Type: text/html\r\n" + long + "a", true, false},
		"texts":                   {mixed(long, 1), false, false},
		"texts one after another": {mixed(long, 2), true, false},
		"parts":                   {mixed("\r\n", mostParts-1), false, false},
		"a part more":             {mixed("\r\n", mostParts), false, true},
	} {
		if l := Parse([]byte(c.raw)); l.Cut != c.cut || l.Crowded != c.crowded {
			t.Errorf("%s: %v %v", name, l.Cut, l.Crowded)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("From: a@example.com\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>hi</p>\r\n--x--"))
	f.Add([]byte("Subject: =?x?q?=?=\r\nContent-Transfer-Encoding: base64\r\n\r\n====="))
	f.Fuzz(func(t *testing.T, raw []byte) {
		l := Parse(raw)
		for _, s := range append([]string{l.ID, l.Subject, l.Text, l.From.Name, l.From.Address}, l.References...) {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r\x1b") {
				t.Fatalf("%q", s)
			}
		}
	})
}
