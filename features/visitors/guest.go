package visitors

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

const (
	day        = 24 * time.Hour
	guestsKept = 50_000
	guestFresh = 30 * time.Second // how long another node's change may stay unnoticed
)

// BySecret finds who holds one of our own widget's secrets; anything else is
// unauthenticated. Known guests are kept for half a minute, so that writing a
// message asks the database nothing about its writer.
func (s *Service) BySecret(ctx context.Context, secret string) (chat.Actor, error) {
	if len(secret) < 20 || len(secret) > 100 {
		return chat.Actor{}, unknownSession()
	}
	key, now := id.Hash(secret), s.Clock.Now()
	if actor, ok := s.guests.find(key, now); ok {
		return actor, nil
	}
	mark := s.guests.mark()
	g, err := bySecret(ctx, s.DB, key)
	if gone(err) {
		return chat.Actor{}, unknownSession()
	}
	if err != nil {
		return chat.Actor{}, err
	}
	if stale(now, g.lastUsed) {
		if err := s.DB.InTx(ctx, func(tx *db.Tx) error { return touchSession(ctx, tx, key) }); err != nil {
			return chat.Actor{}, err
		}
	}
	s.guests.keep(key, g.actor, now.Add(guestFresh), mark)
	return g.actor, nil
}

func unknownSession() error {
	return fault.New(fault.Unauthenticated, "error-invalid-session", "Unknown session")
}

// guest is a visitor as his secret introduces him.
type guest struct {
	actor    chat.Actor
	lastUsed clock.Instant
}

// Welcome registers a visitor of our own widget. With the secret of a session
// that exists it changes that visitor; otherwise it makes a new one with a new
// secret, of which only the hash is stored. The token of such a visitor is a
// stand-in that opens nothing, unless the page brought one: then the visitor is
// that token's, whatever the session was.
func (s *Service) Welcome(ctx context.Context, secret string, r Registration) (chat.Visitor, string, error) {
	if r.Token != "" && !tokenUsable(r.Token) {
		return chat.Visitor{}, "", invalidRegistrationToken()
	}
	if err := r.clean(); err != nil {
		return chat.Visitor{}, "", err
	}
	actor, err := s.BySecret(ctx, secret)
	if f, ok := fault.Of(err); ok && f.Kind == fault.Unauthenticated {
		return s.welcomeNew(ctx, r)
	}
	if err != nil {
		return chat.Visitor{}, "", err
	}
	if r.Token != "" {
		return s.welcomeHolder(ctx, actor, secret, r)
	}
	var v chat.Visitor
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err = lock(ctx, tx, actor.Visitor); err != nil {
			return err
		}
		if v, err = byID(ctx, tx, actor.Visitor); err == nil {
			v, err = s.update(ctx, tx, v, r)
		}
		return err
	})
	s.guests.drop(actor.Visitor)
	if gone(err) { // erased a moment ago
		return s.welcomeNew(ctx, r)
	}
	return v, secret, err
}

func (s *Service) welcomeNew(ctx context.Context, r Registration) (v chat.Visitor, secret string, err error) {
	secret, r.ID = id.Secret(), ""
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if r.Token != "" {
			v, err = s.register(ctx, tx, r)
		} else {
			r.Token = id.New()
			v, err = s.create(ctx, tx, r, false)
		}
		if err != nil {
			return err
		}
		return insertSession(ctx, tx, id.Hash(secret), v.ID)
	})
	return v, secret, err
}

// welcomeHolder keeps the session of who brings the token of its own visitor; another
// token is another visitor, with a session of its own.
func (s *Service) welcomeHolder(ctx context.Context, a chat.Actor, secret string, r Registration) (chat.Visitor, string, error) {
	known, err := s.ByToken(ctx, r.Token)
	if err != nil || known.ID != a.Visitor {
		r.Consent = "" // it was the visitor's of the session
		return s.welcomeNew(ctx, r)
	}
	v, err := s.Register(ctx, r)
	s.guests.drop(a.Visitor)
	return v, secret, err
}
