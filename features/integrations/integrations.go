// Package integrations connects chats with services of others that have a protocol
// of their own: a page beside a chat (External Frame), leads for RD Station, and the
// question to a site who somebody is that is signed in there. Who hears of chats in
// general is the business of webhooks, who gets one that of routing.
package integrations

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync/atomic"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbound"
	"github.com/foyerchat/foyer/platform/seal"
)

// Outbound sends requests to other people's servers.
type Outbound interface {
	Do(ctx context.Context, r outbound.Request) (outbound.Response, error)
}

// Settings is the snapshot of the settings and how one of them is changed.
type Settings interface {
	Current() *chat.Settings
	Change(ctx context.Context, by chat.Actor, id string, raw json.RawMessage) error
}

// Rooms finds a room that somebody may see.
type Rooms interface {
	Visible(ctx context.Context, a chat.Actor, rid chat.RoomID) (chat.Room, chat.Can, error)
}

// Tokens makes tokens that prove a user for a while and end with his sign-in.
type Tokens interface {
	Lend(ctx context.Context, u chat.UserID, session chat.SessionID) (string, error)
}

// Deps are what integrations need.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Log      *slog.Logger
	Settings Settings
	Outbound Outbound
	Rooms    Rooms
	Tokens   Tokens
}

// Service connects chats with others' services.
type Service struct {
	Deps
	key atomic.Pointer[[]byte] // of what pages say about their visitors
}

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// Start gives the server its key for what pages say about their visitors.
func (s *Service) Start(ctx context.Context) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		key, err := keepKey(ctx, tx, seal.NewKey())
		s.key.Store(&key)
		return err
	})
}
