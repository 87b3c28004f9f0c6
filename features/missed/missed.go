// Package missed tells agents by e-mail what they would otherwise learn too late: that
// a visitor left before anybody answered, and that they were given a chat while they
// were away. It decides nothing about chats; whoever does not want it says so in his
// account.
package missed

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/mail"
)

// Settings is the snapshot of the settings.
type Settings interface {
	Current() *chat.Settings
}

// Mails sends e-mails after the transaction.
type Mails interface {
	Enqueue(ctx context.Context, tx *db.Tx, m mail.Message) error
	// Ready reports whether mails go anywhere.
	Ready() bool
}

// Deps are what this feature needs.
type Deps struct {
	DB       *db.DB
	Settings Settings
	Mails    Mails
	RootURL  string // this server's address unless the settings have one
}

// Service writes the mails.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Preference is the name of the user's preference; absent means yes.
const Preference = "missedChatMails"

const (
	mostAtOnce  = 50 // agents told of one chat
	mostAnHour  = 10 // mails to one agent
	hourOfMails = clock.Instant(60 * 60 * 1000)
)

// unanswered reports whether a closed chat ended without an answer and without a person
// of the team having closed it.
func unanswered(r chat.Room) bool {
	byPerson := r.Closer == chat.CloserUser && r.ClosedBy != nil && r.ClosedBy.ID != chat.SystemUserID
	return !byPerson && (r.ServedBy == nil || r.Metrics == nil || r.Metrics.Response == nil)
}

// reader is an agent to tell.
type reader struct {
	id         chat.UserID
	name       string
	address    string
	language   string
	declines   bool
	away       bool
	mailsSoFar int64
}

// wants reports whether he is told at all now.
func (r reader) wants() bool {
	return !r.declines && r.address != "" && r.mailsSoFar < mostAnHour
}
