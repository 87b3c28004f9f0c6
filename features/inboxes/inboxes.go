// Package inboxes is the e-mail channel: it watches mailboxes over IMAP, makes a chat of
// what comes, and sends what agents answer over the inbox's own server. What happens in a
// chat is the business of rooms; how mailboxes and mails look inside is platform's.
package inboxes

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/mail"
	"github.com/foyerchat/foyer/platform/mailbox"
	"github.com/foyerchat/foyer/platform/seal"
)

// Settings is the snapshot of the settings.
type Settings interface{ Current() *chat.Settings }

// Guests are the visitors who write mails.
type Guests interface {
	// Correspond is the visitor who writes from an address, in the inbox's department.
	Correspond(ctx context.Context, tx *db.Tx, c chat.Correspondent) (chat.Visitor, error)
}

// Rooms are the chats that mails become.
type Rooms interface {
	// Reach is the open room a mail belongs into, opened or opened again if need be.
	Reach(ctx context.Context, want chat.Reaching) (chat.Room, error)
	// Share stores what the visitor wrote; a repeat of its id is answered with the stored one.
	Share(ctx context.Context, a chat.Actor, m chat.Sharing) (chat.Message, error)
	// Notice tells the agents what did not work.
	Notice(ctx context.Context, rid chat.RoomID, id chat.MessageID, e chat.MessageEmail) error
	// Mailed notes what became of a mail that a message was sent as.
	Mailed(ctx context.Context, tx *db.Tx, m chat.MessageID, state chat.SendState, why string) error
	// Mailing makes a message with a file one that is sent.
	Mailing(ctx context.Context, tx *db.Tx, a chat.Actor, m chat.MessageID, as func(chat.Room, *chat.Message) error) error
}

// Files keep what is attached.
type Files interface {
	// Attach takes a file into a chat under a message's id.
	Attach(ctx context.Context, a chat.Actor, rid chat.RoomID, m chat.MessageID, name string, content []byte) error
	// Content is a file of a chat, if it is no larger than most bytes.
	Content(ctx context.Context, f chat.FileID, most int64) ([]byte, error)
}

// Opener opens mailboxes.
type Opener interface {
	Open(ctx context.Context, s mailbox.Server) (*mailbox.Box, error)
}

// Deps is what inboxes need.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Log      *slog.Logger
	Settings Settings
	Guests   Guests
	Rooms    Rooms
	Files    Files
	Opener   Opener
	Sender   *mail.Sender
}

// Service keeps inboxes, watches them and sends from them.
type Service struct {
	Deps
	node    string
	key     atomic.Pointer[[]byte]
	changed chan struct{} // an inbox may be another
	mu      sync.Mutex
	watched map[chat.InboxID]*watch
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{Deps: d, node: id.New(), changed: make(chan struct{}, 1), watched: map[chat.InboxID]*watch{}}
}

// Start gives the server its key for the passwords.
func (s *Service) Start(ctx context.Context) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		key, err := keepKey(ctx, tx, seal.NewKey())
		s.key.Store(&key)
		return err
	})
}

// State is how watching an inbox goes.
type State string

// The states.
const (
	Waiting   State = "waiting" // nobody has opened it yet
	Connected State = "connected"
	Retrying  State = "retrying"
	Off       State = "off"
)

// Inbox is a mailbox whose mails become chats (webhooks.md 8.1).
type Inbox struct {
	ID          chat.InboxID
	Active      bool
	Name        string
	Email       string
	Description string
	SenderInfo  string
	Department  chat.DepartmentID
	SMTP        Server
	IMAP        Server
	Status      Status
	CreatedAt   clock.Instant
	CreatedBy   chat.UserRef
	UpdatedAt   clock.Instant
	revision    int64
}

// Server is one of an inbox's two servers. Its password is sealed where it is stored.
type Server struct {
	Host       string `json:"server"`
	Port       int    `json:"port"`
	Username   string `json:"username"`
	Password   string `json:"password"`
	Secure     bool   `json:"secure"`
	MaxRetries int64  `json:"maxRetries,omitempty"` // of IMAP; -1: for ever
}

// Status is how watching goes, for people.
type Status struct {
	State    State         `json:"state"`
	Error    mail.Code     `json:"error,omitempty" doc:"Why the last attempt failed, or it is switched off."`
	Answer   string        `json:"answer,omitempty" doc:"The beginning of what the server said."`
	Failures int64         `json:"failures" doc:"One after the other."`
	RetryAt  clock.Instant `json:"retryAt,omitzero"`
	Held     int64         `json:"held" doc:"Mails that stay in the mailbox until they can become chats."`
	HeldFor  string        `json:"heldFor,omitempty" doc:"Why."`
}

func errNoInbox() error { return fault.Text(fault.NotFound, "Resource not found") }

func errInvalid(field, why string) error {
	return fault.New(fault.Invalid, "error-invalid-email-inbox", why).At(field)
}
