// Package messenger is Facebook Messenger as a channel: what people write to a page
// becomes a chat, what agents answer leaves there in the order it was said, and what did
// not leave is told to them. A gateway of one's own may bring messages in a simpler form
// (parse.go). It begins no conversation by itself and knows nothing of how chats are served.
package messenger

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"log/slog"
	"strings"
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

// Visitors keeps the people who write.
type Visitors interface {
	// Meet makes a visitor whose token opens nothing.
	Meet(ctx context.Context, tx *db.Tx, n chat.Newcomer) (chat.Visitor, error)
	// Settle notes the department a visitor writes to.
	Settle(ctx context.Context, tx *db.Tx, v chat.VisitorID, d chat.DepartmentID) error
}

// Rooms keeps the conversations.
type Rooms interface {
	// OpenOn returns the visitor's open room or opens one.
	OpenOn(ctx context.Context, v chat.VisitorID, from chat.Source) (chat.Room, error)
	// Share stores what a visitor says; a repeat of its id stores nothing.
	Share(ctx context.Context, a chat.Actor, m chat.Sharing) (chat.Message, error)
	// Warn writes a notice for a room's agents.
	Warn(ctx context.Context, tx *db.Tx, n chat.Notice) error
}

// Files keeps what is no text.
type Files interface {
	// Arrive takes a file and writes the message that shows it.
	Arrive(ctx context.Context, by chat.Actor, a chat.Arrived) (chat.Message, error)
	// Link is the path of a file for somebody outside; empty: there is no such file.
	Link(ctx context.Context, file chat.FileID) (string, error)
}

// Deps are what the channel needs.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Log      *slog.Logger
	Settings Settings
	Outbound Outbound
	Visitors Visitors
	Rooms    Rooms
	Files    Files
	RootURL  string // this server's own address when Site_Url is empty
}

// Service is the channel.
type Service struct {
	Deps
	key atomic.Pointer[[]byte] // of the pages' tokens
}

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// verifySetting is what Facebook must say to be believed in a verification.
const verifySetting = "Livechat_Facebook_Verify_Token"

// Start gives the server its key for the pages' tokens, and a verify token of its own when
// it has none.
func (s *Service) Start(ctx context.Context) error {
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		key, err := keepKey(ctx, tx, seal.NewKey())
		s.key.Store(&key)
		return err
	})
	if err != nil {
		return err
	}
	if s.Settings.Current().FacebookVerifyToken != "" {
		return nil
	}
	return s.Settings.Change(ctx, chat.System, verifySetting, []byte(`"`+rand.Text()+`"`))
}

// site is the address of this server as others call it.
func (s *Service) site() string {
	if set := s.Settings.Current().SiteURL; set != "" {
		return strings.TrimRight(set, "/")
	}
	return strings.TrimRight(s.RootURL, "/")
}
