// Package mail makes e-mails, keeps them in a queue that belongs to the transaction
// which wants them sent, and hands them to the administrator's SMTP server: again
// after a while when it cannot take them, never when it refuses them.
//
// It knows nothing about who writes to whom and why, receives no mail, and keeps
// no mail's content longer than until it is sent.
package mail

import (
	netmail "net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/foyerchat/foyer/platform/fault"
)

// Address is a person's name, which may be empty, and address.
type Address = netmail.Address

// Message is one mail to one person. Either Text (with or without HTML) or Letter
// says what is in it.
type Message struct {
	Kind string `json:"kind"` // what sort of mail, for lists: "transcript"
	// Once, when it is set, makes sure that there is one mail of this name: another is
	// left out. For what may be told twice, such as events.
	Once string `json:"-"`
	// About is whose mail it is: everything about a person is forgotten together.
	About string `json:"about,omitempty"`

	// ID and Thread become Message-ID and References (see ID); without ID the mail has a
	// made-up one. InReplyTo and References name mails of others, with < and >.
	ID         string   `json:"id,omitempty"`
	Thread     string   `json:"thread,omitempty"`
	InReplyTo  string   `json:"inReplyTo,omitempty"`
	References []string `json:"references,omitempty"`

	From    Address  `json:"from"` // what is empty is the server's own
	To      Address  `json:"to"`
	ReplyTo *Address `json:"replyTo,omitempty"` // where answers go, if not to From
	Subject string   `json:"subject"`
	Text    string   `json:"text,omitempty"`
	HTML    string   `json:"html,omitempty"`
	Letter  *Letter  `json:"-"` // rendered into Text and HTML when it is enqueued
	Files   []File   `json:"files,omitempty"`

	Unsubscribe string `json:"unsubscribe,omitempty"` // address for List-Unsubscribe, by POST
	Personal    bool   `json:"personal,omitempty"`    // a person wrote it; else it says of itself that it is automatic
}

// File is an attachment, or a picture the HTML shows as cid:ContentID.
type File struct {
	Name      string `json:"name"`
	Type      string `json:"type"`
	ContentID string `json:"contentId,omitempty"`
	Content   []byte `json:"content"`
}

const (
	longestAddress = 254
	longestHeader  = 900      // bytes of a name or subject
	largestMail    = 25 << 20 // bytes of texts and files
)

// ParseAddress reads "name <address>" or "address"; the error is a fault.
func ParseAddress(text string) (Address, error) {
	a, err := netmail.ParseAddress(strings.TrimSpace(text))
	if err != nil || !validAddress(a.Address) || !oneLine(a.Name) {
		return Address{}, errAddress
	}
	return *a, nil
}

var errAddress = fault.New(fault.Invalid, "error-invalid-email-address", "Invalid email address")

// Host is the part of an address after the @ as it travels, in small letters.
func Host(address string) string {
	return ASCIIDomain(strings.ToLower(address[strings.LastIndexByte(address, '@')+1:]))
}

func validAddress(a string) bool {
	at := strings.LastIndexByte(a, '@')
	if at < 1 || at == len(a)-1 || len(a) > longestAddress || !oneLine(a) {
		return false
	}
	parsed, err := netmail.ParseAddress("<" + a + ">")
	return err == nil && parsed.Address == a && !strings.ContainsAny(a[at+1:], " []\"(),:;<>\\")
}

// oneLine reports whether a text can stand in a header.
func oneLine(s string) bool {
	return len(s) <= longestHeader && utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

// Line makes a header's text of what somebody wrote: one line, no control
// characters, at most as many characters.
func Line(s string, most int) string {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, ""), func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

// check refuses what must not become a mail: a line break in a header would be
// another header.
func (m *Message) check() error {
	headers := append([]string{m.Subject, m.From.Name, m.To.Name, m.ID, m.Thread, m.InReplyTo, m.Unsubscribe}, m.References...)
	addresses := []string{m.To.Address}
	if m.From.Address != "" {
		addresses = append(addresses, m.From.Address)
	}
	if m.ReplyTo != nil {
		headers, addresses = append(headers, m.ReplyTo.Name), append(addresses, m.ReplyTo.Address)
	}
	size := len(m.Text) + len(m.HTML)
	for _, f := range m.Files {
		headers = append(headers, f.Name, f.Type, f.ContentID)
		size += len(f.Content)
	}
	for _, h := range headers {
		if !oneLine(h) {
			return errHeader
		}
	}
	for _, a := range addresses {
		if !validAddress(a) {
			return errAddress
		}
	}
	if size > largestMail {
		return errTooLarge
	}
	return nil
}

var (
	errHeader   = fault.New(fault.Invalid, "error-invalid-mail-header", "A line break or control character in a name or subject")
	errTooLarge = fault.New(fault.TooLarge, "error-mail-too-large", "The mail is too large")
)
