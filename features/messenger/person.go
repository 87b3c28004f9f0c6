package messenger

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"unicode"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// person is somebody who writes to a page. The same one is another on another page.
type person struct{ page, id string }

// key is the person as a job names him; pages have no slash.
func (p person) key() string { return p.page + "/" + p.id }

func personOf(key string) person {
	page, id, _ := strings.Cut(key, "/")
	return person{page, id}
}

// token is the visitor's; it opens nothing, and tells integrations who it is.
func (p person) token() string { return "fb-" + p.page + "-" + p.id }

// nobodysName is that of a person whom Facebook does not name.
const nobodysName = "Facebook user"

var errRaced = errors.New("somebody else met this person")

// meetTries bounds how often a lost race for a new person is run again.
const meetTries = 3

// meet is the visitor who a person is, known or new; a new one is asked for by name.
func (s *Service) meet(ctx context.Context, p person, department chat.DepartmentID, name func() string) (a chat.Actor, err error) {
	known, err := findVisitor(ctx, s.DB, p)
	if err == nil {
		return known, s.DB.InTx(ctx, func(tx *db.Tx) error { return s.Visitors.Settle(ctx, tx, known.Visitor, department) })
	} else if !errors.Is(err, db.ErrNoRows) {
		return known, err
	}
	newcomer := chat.Newcomer{Token: p.token(), Name: cmp.Or(name(), nobodysName), Department: department}
	for range meetTries {
		err = s.DB.InTx(ctx, func(tx *db.Tx) (err error) {
			a, err = s.admit(ctx, tx, p, newcomer)
			return err
		})
		switch {
		case fault.Has(err, "error-livechat-visitor-registration"): // the token is somebody's who chose it
			newcomer.Token = ""
		case !errors.Is(err, errRaced):
			return a, err
		}
	}
	return a, err
}

func (s *Service) admit(ctx context.Context, tx *db.Tx, p person, n chat.Newcomer) (chat.Actor, error) {
	if a, err := findVisitor(ctx, tx, p); !errors.Is(err, db.ErrNoRows) {
		return a, err
	}
	v, err := s.Visitors.Meet(ctx, tx, n)
	if err != nil {
		return chat.Actor{}, err
	}
	if new, err := setVisitor(ctx, tx, p, v.ID); err != nil || !new {
		return chat.Actor{}, errors.Join(err, errRaced)
	}
	return chat.Actor{Visitor: v.ID, Username: v.Username, Name: v.Name}, nil
}

// derivedID is an id that is the same for the same words.
func derivedID(words ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(words, "\n")))
	return "fb-" + hex.EncodeToString(sum[:16])
}

// clean is a text as a database stores it.
func clean(s string) string { return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "") }

// line is a text on one line.
func line(s string) string {
	return strings.Join(strings.FieldsFunc(clean(s), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// split cuts a text into parts of so many characters at most, at a line's or a word's end
// where there is one in the second half of a part.
func split(s string, most int) (parts []string) {
	rest := []rune(s)
	for len(rest) > most {
		at := most
		for _, end := range []string{"\n", " "} {
			if i := strings.LastIndex(string(rest[:most]), end); i >= 0 {
				if n := len([]rune(string(rest[:most])[:i])); n >= most/2 {
					at = n + 1
					break
				}
			}
		}
		parts, rest = append(parts, string(rest[:at])), rest[at:]
	}
	return append(parts, string(rest))
}
