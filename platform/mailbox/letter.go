package mailbox

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"slices"
	"strings"
	"unicode"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // knows the charsets mails have
	gomail "github.com/emersion/go-message/mail"

	"github.com/foyerchat/foyer/platform/mail"
)

// Letter is a mail as far as it could be read. Its texts are valid, without control
// characters but line breaks and tabs.
type Letter struct {
	ID         string   // without < and >; empty: it has none
	References []string // what it answers, the nearest last
	From       mail.Address
	ReplyTo    mail.Address // From if it names none
	Subject    string
	Text       string
	Files      []File
	Automatic  bool // a program wrote it, or it went to many
	Cut        bool // there was more of its text than is read
	Crowded    bool // it had more parts or files than are read
}

// File is an attachment.
type File struct {
	Name    string
	Content []byte
}

// The bounds of what is read of a mail.
const (
	mostText       = 200_000 // bytes
	mostFiles      = 20
	mostParts      = 200
	deepest        = 10
	mostHeader     = 256 << 10
	mostReferences = 100
	longestID      = 500
	longestSubject = 500 // characters
)

// Parse reads a mail. What is broken is left out.
func Parse(raw []byte) (l Letter) {
	e, err := message.ReadWithOptions(bytes.NewReader(raw), &message.ReadOptions{MaxHeaderBytes: mostHeader})
	if e == nil || err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
		return l
	}
	h := gomail.Header{Header: e.Header}
	l.ID = plainID(h.Get("Message-Id"))
	l.References = append(ids(h.Get("References")), ids(h.Get("In-Reply-To"))...)
	l.References = distinct(l.References)
	l.From = address(h, "From")
	if l.ReplyTo = address(h, "Reply-To"); l.ReplyTo.Address == "" {
		l.ReplyTo = l.From
	}
	subject, err := h.Subject()
	if err != nil {
		subject = h.Get("Subject")
	}
	l.Subject = mail.Line(subject, longestSubject)
	l.Automatic = automatic(h)
	r := reader{letter: &l}
	l.Text = strings.TrimSpace(Clean(r.read(e, 0, false).text))
	return l
}

func address(h gomail.Header, key string) mail.Address {
	list, err := h.AddressList(key)
	if err != nil || len(list) == 0 {
		return mail.Address{}
	}
	return mail.Address{Name: mail.Line(list[0].Name, 255), Address: strings.ToLower(mail.Line(list[0].Address, 300))}
}

// ids are the ids in a header, the last ones when there are many.
func ids(header string) (all []string) {
	for _, word := range strings.FieldsFunc(header, func(r rune) bool { return unicode.IsSpace(r) || r == '<' || r == '>' || r == ',' }) {
		if id := plainID(word); strings.Contains(id, "@") {
			all = append(all, id)
		}
	}
	return all[max(0, len(all)-mostReferences):]
}

func plainID(header string) string {
	id := strings.Trim(strings.TrimSpace(header), "<>")
	if len(id) > longestID || strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r > '~' || r == '<' || r == '>' }) {
		return ""
	}
	return id
}

// distinct keeps each id's last place: the nearest are last.
func distinct(all []string) (kept []string) {
	for i, id := range all {
		if !slices.Contains(all[i+1:], id) {
			kept = append(kept, id)
		}
	}
	return kept
}

// automatic reports whether a program wrote the mail, or it went to many (RFC 3834):
// answering it could go round in a circle.
func automatic(h gomail.Header) bool {
	value := func(key string) string { return strings.ToLower(strings.TrimSpace(h.Get(key))) }
	submitted, _, _ := strings.Cut(value("Auto-Submitted"), ";")
	kind, parameters, _ := h.ContentType()
	from := address(h, "From").Address
	local, _, _ := strings.Cut(from, "@")
	switch {
	case submitted != "" && strings.TrimSpace(submitted) != "no",
		slices.Contains([]string{"bulk", "junk", "list", "auto_reply"}, value("Precedence")),
		h.Has("X-Autoreply"), h.Has("X-Autorespond"), h.Has("List-Id"), h.Has("List-Unsubscribe"),
		value("Return-Path") == "<>", local == "mailer-daemon", local == "postmaster",
		kind == "multipart/report" && parameters["report-type"] != "":
		return true
	}
	return false
}

// reader walks through the parts of a mail.
type reader struct {
	letter *Letter
	parts  int
}

// said is the text of a part, and whether it was HTML.
type said struct {
	text string
	html bool
}

func (r *reader) read(e *message.Entity, depth int, related bool) said {
	if r.parts++; r.parts > mostParts || depth > deepest {
		r.letter.Crowded = true
		return said{}
	}
	kind, parameters, err := e.Header.ContentType()
	if err != nil || kind == "" {
		kind = "text/plain"
	}
	if parts := e.MultipartReader(); parts != nil {
		return r.readAll(parts, depth, kind)
	}
	disposition, more, _ := e.Header.ContentDisposition()
	name := more["filename"]
	if name == "" {
		name = parameters["name"]
	}
	text := kind == "text/plain" || kind == "text/html"
	switch {
	case text && disposition != "attachment" && name == "":
		content, _ := io.ReadAll(io.LimitReader(e.Body, mostText+1)) // what could be read of it
		if len(content) > mostText {
			content, r.letter.Cut = content[:mostText], true
		}
		if kind == "text/html" {
			return said{TextOf(content), true}
		}
		return said{text: string(content)}
	case related && strings.HasPrefix(kind, "image/") && e.Header.Has("Content-Id"):
		return said{} // a picture of the text
	}
	r.keep(e, name, kind)
	return said{}
}

func (r *reader) readAll(parts message.MultipartReader, depth int, kind string) (all said) {
	for {
		part, err := parts.NextPart()
		if part == nil || err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
			return all
		}
		one := r.read(part, depth+1, kind == "multipart/related")
		switch {
		case strings.TrimSpace(one.text) == "":
		case all.text == "", kind == "multipart/alternative" && one.html && !all.html:
			all = one
		case kind == "multipart/alternative":
		case len(all.text) >= mostText:
			r.letter.Cut = true
		default:
			all = said{strings.TrimRight(all.text, "\n") + "\n\n" + one.text, all.html || one.html}
		}
		if r.parts > mostParts {
			return all
		}
	}
}

func (r *reader) keep(e *message.Entity, name, kind string) {
	if len(r.letter.Files) >= mostFiles {
		r.letter.Crowded = true
		return
	}
	content, _ := io.ReadAll(e.Body)
	if len(content) == 0 {
		return
	}
	if name = mail.Line(name, 200); name == "" {
		name = fmt.Sprintf("attachment-%d%s", len(r.letter.Files)+1, ending(kind))
	}
	r.letter.Files = append(r.letter.Files, File{Name: name, Content: content})
}

func ending(kind string) string {
	if kind == "message/rfc822" {
		return ".eml"
	}
	if all, err := mime.ExtensionsByType(kind); err == nil && len(all) > 0 {
		return all[0]
	}
	return ".bin"
}

// Clean makes a text valid and takes out what only turns or hides others: control
// characters but line breaks and tabs, and marks that override the direction.
func Clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r == '\r', r == '\u2028', r == '\u2029':
			return '\n'
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u200b', r == '\ufeff', r == '\u00ad':
			return -1
		}
		return r
	}, s)
}
