// Package surveys keeps how visitors rate their conversations. It does not ask them:
// the widget does; and it does not count what they say: the reports do.
package surveys

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Guests finds whose token it is.
type Guests interface {
	ByToken(ctx context.Context, token string) (chat.Visitor, error)
}

// Deps is what surveys need.
type Deps struct {
	DB     *db.DB
	Guests Guests
}

// Service keeps them.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Answer is what a visitor says to one item.
type Answer struct {
	Name  string `json:"name" required:"true" maxLength:"100"`
	Value string `json:"value" required:"true" maxLength:"5000"`
}

// The items; one is misspelt, as clients know it, and understood as it should be, too (LC-SUR-1).
const (
	satisfaction = "satisfaction"
	additional   = "additionalFeedback"
	misspelt     = "agentResposiveness"
	spelt        = "agentResponsiveness"
)

var rated = []string{satisfaction, "agentKnowledge", misspelt, "agentFriendliness"}

const maxFeedback = 2000

// understood are the answers to known items with possible values (LC-SUR-2).
func understood(all []Answer) map[string]string {
	known := map[string]string{}
	for _, a := range all {
		if a.Name == spelt {
			a.Name = misspelt
		}
		switch {
		case slices.Contains(rated, a.Name) && len(a.Value) == 1 && a.Value >= "1" && a.Value <= "5":
			known[a.Name] = a.Value
		case a.Name == additional && strings.TrimSpace(a.Value) != "":
			known[additional] = cut(strings.TrimSpace(strings.ToValidUTF8(a.Value, "")))
		}
	}
	return known
}

func cut(s string) string {
	if utf8.RuneCountInString(s) > maxFeedback {
		return string([]rune(s)[:maxFeedback])
	}
	return s
}

// Rate stores what the visitor of a room says about it and returns it; a repeated
// answer replaces the same items only. It is possible while the room is open and after
// its end (LC-SUR-3).
func (s *Service) Rate(ctx context.Context, v chat.VisitorID, rid chat.RoomID, all []Answer) (map[string]string, error) {
	given := understood(all)
	if len(given) == 0 {
		return nil, fault.New(fault.Invalid, "invalid-data", "")
	}
	return given, s.DB.InTx(ctx, func(tx *db.Tx) error {
		r, err := rating(ctx, tx, v, rid)
		if err != nil {
			return err
		}
		if r.answers == nil {
			r.answers = map[string]string{}
		}
		maps.Copy(r.answers, given)
		stars, _ := strconv.ParseInt(r.answers[satisfaction], 10, 64) // absent: 0
		if err := save(ctx, tx, rid, r, stars); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.RoomRated{Room: rid})
	})
}
