package sms

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/outbound"
	"github.com/foyerchat/foyer/platform/rest"
)

// provider is a service that carries texts, in its own words (webhooks.md 7).
type provider struct {
	name     string
	signed   bool // what it sends is signed when it has credentials here
	parse    func(f fields) text
	accepted rest.Bytes
	refused  func(reason string) rest.Bytes
	// requests is how texts of one chat are handed over: how many of them the one
	// request takes; none: it lacks a setting.
	request func(s *Service, set *chat.Settings, all []outgoing) (r outbound.Request, taken int)
	// failed is why an answer means that the text did not leave; "" for one that it did.
	failed func(a outbound.Response) string
	files  func(set *chat.Settings) fileRules
}

var providers = map[string]*provider{"twilio": &twilio, "voxtelesys": &voxtelesys, "mobex": &mobex}

// fileRules say which files leave with a provider.
type fileRules struct {
	never bool // it carries texts only
	on    bool
	types string // separated by commas; empty: all
}

// text is what somebody sent.
type text struct {
	service  string
	proven   bool   // it is certain that the service sent it
	ID       string // the provider's, if it has one
	From, To string
	Body     *string // nil: it has none, which is not the same as an empty one
	Media    []media
	Place    *chat.Point
	Of       map[string]string // what the provider knows of the sender, by custom field
}

type media struct{ URL, Type string }

// complete reports whether there is anything of anybody for anybody.
func (t text) complete() bool {
	return t.From != "" && t.To != "" && t.Body != nil && (strings.TrimSpace(*t.Body) != "" || len(t.Media) > 0 || t.Place != nil)
}

// outgoing is a message of an agent that leaves as a text.
type outgoing struct {
	id             chat.MessageID
	gone           bool // the message is not there any more
	to, from, body string
	fileID         chat.FileID
	fileName       string
	file           string // where the provider reads it
	attempts       int64
	dueAt          clock.Instant
}

// longestNumber is how many characters of a number are kept.
const longestNumber = 50

// number is a number as it is stored and shown.
func number(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) && r != ' ' }), "")
	s = strings.TrimSpace(s)
	if r := []rune(s); len(r) > longestNumber {
		s = string(r[:longestNumber])
	}
	return s
}

// digits are those of a number.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// key tells numbers apart, however they are written; senders by name have no digits.
func key(s string) string {
	if d := digits(s); d != "" {
		return d
	}
	return strings.ToLower(s)
}

// messageID is the id of the n-th message of a text: of a repeat the same one. A text
// without an id of its own gets a new one each time.
func (t text) messageID(n int) chat.MessageID {
	if t.ID == "" {
		return ""
	}
	return derivedID(t.service, t.ID, strconv.Itoa(n))
}

// derivedID is a message's id that is the same for the same words.
func derivedID(words ...string) chat.MessageID {
	sum := sha256.Sum256([]byte(strings.Join(words, "\n")))
	return chat.MessageID("sms-" + hex.EncodeToString(sum[:16]))
}
