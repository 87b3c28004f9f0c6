package visitors

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/foyerchat/foyer/platform/fault"
)

// The longest values a visitor may bring, in code points.
const (
	maxToken = 255
	maxName  = 255
	maxEmail = 254
	maxPhone = 50
)

// tokenUsable refuses blank tokens, those with control characters and those
// longer than 255 characters (LC-TOK-1, LC-REG-1).
func tokenUsable(token string) bool {
	return strings.TrimSpace(token) != "" && utf8.ValidString(token) &&
		utf8.RuneCountInString(token) <= maxToken && !strings.ContainsFunc(token, unicode.IsControl)
}

var address = regexp.MustCompile(`^[a-z0-9.!#$%&'*+/=?^_{|}~` + "`" + `-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$`)

// cleanEmail trims and lower-cases an address (LC-REG-2).
func cleanEmail(email string) (string, error) {
	email = strings.ToLower(strings.TrimSpace(email))
	if email != "" && (len(email) > maxEmail || !address.MatchString(email)) {
		return "", fault.New(fault.Invalid, "error-invalid-email", "Invalid email").At("visitor.email")
	}
	return email, nil
}

// cleanText makes a name or a number one line of printable text, cut at most code points.
func cleanText(s string, most int) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return ' '
		case unicode.Is(unicode.Bidi_Control, r) && r != '\u200e' && r != '\u200f' && r != '\u061c':
			return -1 // overrides and isolates would turn the text around them
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > most {
		s = strings.TrimSpace(string([]rune(s)[:most]))
	}
	return s
}

// usableID accepts an identifier a caller chose for a new visitor.
var usableID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
