package accounts

import (
	"context"
	"fmt"
	"hash/fnv"
	"html"
	"strings"
	"unicode"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/picture"
)

// portraitSide is how many pixels wide and high a portrait is at most.
const portraitSide = 256

// Portrait is a user's picture.
type Portrait struct {
	picture.Small
	Tag string // another one with every picture
}

// SetPortrait gives a user a picture.
func (s *Service) SetPortrait(ctx context.Context, by chat.Actor, u chat.UserID, p picture.Small) error {
	return s.portrayed(ctx, by, u, func(tx *db.Tx) error {
		return savePortrait(ctx, tx, u, Portrait{p, id.Hash(string(p.Content))[:32]})
	})
}

// ResetPortrait takes a user's picture away.
func (s *Service) ResetPortrait(ctx context.Context, by chat.Actor, u chat.UserID) error {
	return s.portrayed(ctx, by, u, func(tx *db.Tx) error { return deletePortrait(ctx, tx, u) })
}

func (s *Service) portrayed(ctx context.Context, by chat.Actor, id chat.UserID, do func(*db.Tx) error) error {
	return s.change(ctx, id, func(tx *db.Tx, u chat.User) error {
		if by.User != u.ID && !mayEdit(by, u) {
			return fault.New(fault.Invalid, "error-action-not-allowed", "Editing this user is not allowed")
		}
		if err := do(tx); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.PortraitChanged{User: u.ID})
	})
}

// Portrait finds the picture of an active user by username, else by a display name that
// nobody else has. For who is no user it is there only while agents are shown (LC-HID-6).
func (s *Service) Portrait(ctx context.Context, by chat.Actor, name string) (Portrait, error) {
	if by.User == "" && !s.Settings().ShowAgentInfo {
		return Portrait{}, db.ErrNoRows
	}
	if u, ok := strings.CutPrefix(name, byID); ok {
		return findPortrait(ctx, s.DB, by.User != "", chat.UserID(u))
	}
	return findPortraitByName(ctx, s.DB, by.User != "", name)
}

// byID begins a name that is a user's id.
const byID = "uid/"

// monogram is a picture of the initials of any text, on a colour that stays with it.
func monogram(name string) []byte {
	sum := fnv.New32a()
	sum.Write([]byte(name))
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]d" height="%[1]d" viewBox="0 0 100 100">`+
		`<rect width="100" height="100" fill="hsl(%[2]d,42%%,34%%)"/>`+
		`<text x="50" y="52" fill="#fff" font-family="system-ui,sans-serif" font-size="40" font-weight="600" text-anchor="middle" dominant-baseline="central">%[3]s</text></svg>`,
		portraitSide, sum.Sum32()%24*15, html.EscapeString(initials(name)))
}

// initials are the first letters of the first and the last word.
func initials(name string) string {
	letters := ""
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("._-/", r) }) {
		at := strings.IndexFunc(word, func(r rune) bool {
			return unicode.In(r, unicode.L, unicode.N, unicode.So) && r != unicode.ReplacementChar
		})
		if at < 0 {
			continue
		}
		letter := string([]rune(word[at:])[:1])
		if letters == "" {
			letters = letter
		} else {
			letters = string([]rune(letters)[:1]) + letter
		}
	}
	if letters == "" {
		return "?"
	}
	return strings.ToUpper(letters)
}
