package live

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/realtime"
)

// An unknown room and one that may not be seen are answered alike (realtime 13).
var (
	errRoom    error = fault.New(fault.NotFound, "invalid-room", "")
	errSession error = fault.New(fault.Unauthenticated, "unknown-session", "")
	errMember  error = fault.New(fault.Forbidden, "not-allowed", "")
)

// identity is what the hub keeps of us with every connection.
type identity struct {
	actor   chat.Actor
	session chat.SessionID
}

func of(p realtime.Peer) identity { return p.Identity.(identity) }

// Hello lets a user in by ticket and a visitor by secret. A cookie opens nothing.
func (s *Service) Hello(ctx context.Context, h realtime.Hello) (realtime.Peer, error) {
	if h.Session != "" {
		a, err := s.Guests.BySecret(ctx, h.Session)
		if err != nil {
			return realtime.Peer{}, err
		}
		return visitorPeer(a), nil
	}
	if h.Ticket == "" {
		return realtime.Peer{}, errSession
	}
	a, session, err := s.Accounts.Redeem(ctx, h.Ticket)
	if err != nil {
		return realtime.Peer{}, err
	}
	return s.userPeer(ctx, identity{a, session})
}

func visitorPeer(a chat.Actor) realtime.Peer {
	return realtime.Peer{ID: "visitor:" + string(a.Visitor), Topics: []string{guests}, Identity: identity{actor: a}}
}

func (s *Service) userPeer(ctx context.Context, who identity) (realtime.Peer, error) {
	sight, err := s.sight(ctx, who.actor)
	return realtime.Peer{ID: user(who.actor.User), Topics: hears(who.actor, sight),
		Identity: who, Session: string(who.session), Lease: true}, err
}

// Again is the peer with the rights of this moment.
func (s *Service) Again(ctx context.Context, p realtime.Peer) (realtime.Peer, error) {
	who := of(p)
	if who.actor.IsVisitor() {
		return p, known(s.visitorExists(ctx, who.actor.Visitor))
	}
	if who.session != "" {
		if err := known(s.sessionLives(ctx, who.session)); err != nil {
			return p, err
		}
	}
	actor, err := s.Accounts.Actor(ctx, who.actor.User)
	if err != nil {
		return p, err
	}
	return s.userPeer(ctx, identity{actor, who.session})
}

func known(yes bool, err error) error {
	if err == nil && !yes {
		return errSession
	}
	return err
}

// Join opens a room to those who may see it.
func (s *Service) Join(ctx context.Context, p realtime.Peer, room string) (string, error) {
	actor := of(p).actor
	facts, err := s.facts(ctx, actor, room)
	if err != nil {
		return "", err
	}
	if !chat.MaySee(actor, facts) {
		return "", errRoom
	}
	if actor.IsVisitor() {
		return visitorOf(chat.RoomID(room)), nil
	}
	return agentsOf(chat.RoomID(room)), nil
}

// Receive takes typing, seen and idle.
func (s *Service) Receive(ctx context.Context, p realtime.Peer, conn string, in realtime.Inbound) error {
	who := of(p)
	switch in.T {
	case "typing":
		return s.types(ctx, who.actor, conn, in)
	case "seen":
		if in.Room == "" || in.Seq < 0 {
			return errRoom
		}
		return s.reads(ctx, who.actor, in)
	case "idle":
		if who.actor.IsVisitor() {
			return s.visitors.idle(ctx, who.actor.Visitor, in.On)
		}
		return s.Presence.Idle(ctx, conn, in.On)
	}
	return realtime.ErrUnknownFrame
}
