// Package live turns what happened into what people's screens hear: events are
// shaped for each audience and published to the sockets, and it is the gate at
// which sockets are let in and rooms are opened to them. It also keeps presence:
// which agents and visitors have a connection.
//
// It decides nothing about chats and writes no table: who may see what is a rule
// of package chat, availability belongs to agents, read marks to rooms.
package live

import (
	"context"
	"log/slog"
	"sync/atomic"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/realtime"
)

// Accounts knows who signs in.
type Accounts interface {
	// Redeem uses up a one-time ticket of the console.
	Redeem(ctx context.Context, ticket string) (chat.Actor, chat.SessionID, error)
	// Actor is the user with the rights of this moment.
	Actor(ctx context.Context, u chat.UserID) (chat.Actor, error)
}

// Guests knows the visitors of our own widget by their secret.
type Guests interface {
	BySecret(ctx context.Context, secret string) (chat.Actor, error)
}

// Presence hears which connections of users live: leases that run out by themselves.
type Presence interface {
	Connected(ctx context.Context, conn string, u chat.UserID, s chat.SessionID) error
	Renew(ctx context.Context, conns []string) error
	Gone(ctx context.Context, conn string) error
	Idle(ctx context.Context, conn string, away bool) error
}

// VisitorPresence stores whether a visitor is there, if that is news and he has
// an open room.
type VisitorPresence interface {
	SetStatus(ctx context.Context, v chat.VisitorID, p chat.Presence) error
}

// Reads stores how far somebody has read a room.
type Reads interface {
	// Seen moves somebody's mark and reports whether it did.
	Seen(ctx context.Context, a chat.Actor, rid chat.RoomID, seq int64) (bool, error)
	Marks(ctx context.Context, rid chat.RoomID) (chat.ReadMarks, error)
}

// Settings is the snapshot of the settings.
type Settings interface{ Current() *chat.Settings }

// Deps is what live needs.
type Deps struct {
	DB       *db.DB
	Hub      *realtime.Hub
	Clock    clock.Clock
	Log      *slog.Logger
	Settings Settings
	Accounts Accounts
	Guests   Guests
	Presence Presence
	Visitors VisitorPresence
	Reads    Reads
}

// Service is the gate of the sockets and the source of what they hear.
type Service struct {
	Deps
	visitors *visitors
	typing   *typing
	moved    atomic.Bool   // who is on the sites, since it was told last
	toldAt   clock.Instant // when
}

// New makes the service and stands it at the hub's gate.
func New(d Deps) *Service {
	s := &Service{Deps: d, typing: newTyping()}
	s.visitors = newVisitors(s)
	d.Hub.Use(s)
	d.Hub.OnControl(s.told)
	return s
}
