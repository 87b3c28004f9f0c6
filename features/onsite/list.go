package onsite

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

// sight is whom somebody may see: everybody; for a monitor who is on the sites of his
// units' departments, but not who chats with others; for an agent who is on the sites of
// his departments, or on any if he is in none and no monitor, but not who chats or waits
// in another department.
type sight struct {
	chat.Sight
	me chat.UserID
}

func sightOf(a chat.Actor) sight { return sight{a.Sight(), a.User} }

// Filter chooses visitors.
type Filter struct {
	Text          string // part of name, address, page or title; empty: all
	Offset, Limit int64
}

// Visitor is whom an actor sees under an id, and since when; without an id he has not acted.
func (s *Service) Visitor(ctx context.Context, by chat.Actor, sighting string) (v chat.VisitorID, since clock.Instant, err error) {
	v, since, err = whoIs(ctx, s.DB, sightOf(by), sighting, s.DB.Clock().Now())
	if gone(err) {
		err = errGone
	}
	return v, since, err
}

// List lists who is on the sites that somebody may see: those who reached a target
// first, then those who came last. mayInvite says whether he may invite them.
func (s *Service) List(ctx context.Context, by chat.Actor, f Filter) (all []Sighting, total int64, mayInvite bool, err error) {
	if mayInvite, err = isAgent(ctx, s.DB, by.User); err != nil {
		return nil, 0, false, err
	}
	all, total, err = list(ctx, s.DB, sightOf(by), f, s.DB.Clock().Now())
	return all, total, mayInvite, err
}
