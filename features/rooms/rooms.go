// Package rooms is the conversation: it opens rooms, stores what visitors and
// agents write, lets agents take, join, forward, return, hold and close, acts when
// somebody does nothing for too long, and answers what was said after a number. Everything that happens in a room takes the room's next
// number while the room's row is locked, so numbers have no gaps and a screen
// that missed something asks for what came after the last one it saw.
//
// It does not choose agents (routing does, asked through Router and Queue) and
// has never heard of sockets, webhooks or transcripts: they consume its events.
package rooms

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Queue keeps the inquiries: one for each open room.
type Queue interface {
	// Enter queues the inquiry of a new room.
	Enter(ctx context.Context, tx *db.Tx, i chat.Inquiry) error
	// Take hands the room's inquiry to an agent if nobody has it yet; the loser
	// of a race gets error-inquiry-taken (LC-TAKE-7).
	Take(ctx context.Context, tx *db.Tx, t chat.Taking) (chat.Inquiry, error)
	// Rank gives the inquiry its room's priority and SLA.
	Rank(ctx context.Context, tx *db.Tx, r chat.Room) (chat.Inquiry, error)
	// Return queues the inquiry again (LC-RET-2).
	Return(ctx context.Context, tx *db.Tx, r chat.Returning) (chat.Inquiry, error)
	// Leave removes the inquiry of a room that ends.
	Leave(ctx context.Context, tx *db.Tx, rid chat.RoomID) error
	// Ended records why the server itself closes a room.
	Ended(ctx context.Context, tx *db.Tx, r chat.Room, why string) error
	// Waiting lists the queued inquiries the actor may take, next one first.
	Waiting(ctx context.Context, a chat.Actor) ([]chat.Inquiry, error)
}

// Router decides who serves.
type Router interface {
	// Ahead asks outside whatever a decision about the chat needs, before the
	// transaction that decides with the context it returns; from is who has the chat.
	Ahead(ctx context.Context, i chat.Inquiry, from chat.AgentID) context.Context
	// Place settles a new inquiry's department and preferred agent and picks who
	// takes it now, if anybody; no-agent-online when it may not even wait.
	Place(ctx context.Context, tx *db.Tx, i chat.Inquiry) (chat.Inquiry, chat.Pick, error)
	// Refuses says no-agent-online when a new chat may not even wait, and decides nothing.
	Refuses(ctx context.Context, tx *db.Tx, i chat.Inquiry) error
	// Pick chooses an agent for an inquiry that waits; an empty Pick is nobody.
	Pick(ctx context.Context, tx *db.Tx, i chat.Inquiry) (chat.Pick, error)
	// Move settles where a room goes that is forwarded to a department or loses its
	// agent; its errors are those of lifecycle 7.3.
	Move(ctx context.Context, tx *db.Tx, m chat.Moving) (chat.Move, error)
	// QueueOf is where a chat waits that comes into a department's queue: of one that
	// takes no chats any more it is another (RQ-DEP-3).
	QueueOf(ctx context.Context, tx *db.Tx, d chat.DepartmentID) (chat.DepartmentID, error)
	// Refused keeps what was decided when Move's refusal rolled everything back, and
	// gives the error back.
	Refused(ctx context.Context, err error) error
	// Ready refuses an agent who cannot serve now (error-agent-status-service-offline;
	// for forwards error-user-is-offline) or who has as many chats as he may have
	// (error-max-number-simultaneous-chats-reached).
	Ready(ctx context.Context, tx *db.Tx, s chat.Serving) error
}

// Settings is the snapshot of the settings.
type Settings interface {
	Current() *chat.Settings
	// Reload makes the snapshot the latest.
	Reload(ctx context.Context) error
}

// Guests keeps what is known of a visitor.
type Guests interface {
	// Correct changes what staff knows better about a visitor; nil is left alone.
	Correct(ctx context.Context, tx *db.Tx, v chat.VisitorID, c chat.Correction) (changed bool, err error)
	// Settle notes the department a visitor chose, or was brought to instead of it.
	Settle(ctx context.Context, tx *db.Tx, v chat.VisitorID, d chat.DepartmentID) error
	// RoomDataGiven: the visitor's new room has the values that were kept for it.
	RoomDataGiven(ctx context.Context, tx *db.Tx, v chat.VisitorID) error
}

// Contacts are the people behind visitors.
type Contacts interface {
	// Begin notes that a visitor opens a room and says whose visitor he is; on a blocked
	// channel it is error-contact-channel-blocked, else what Admit says.
	Begin(ctx context.Context, tx *db.Tx, v chat.Visitor, r chat.Room) (chat.ContactID, error)
	// Admit refuses whom agents shall not serve: error-unknown-contact,
	// error-invalid-contact, error-unverified-contact.
	Admit(ctx context.Context, q db.Querier, r chat.Room) error
	// Awaits reports whether the room has to wait until its channel is verified.
	Awaits(ctx context.Context, q db.Querier, r chat.Room) (bool, error)
}

// Fields knows what may be stored in custom fields.
type Fields interface {
	// Fill returns the stored values with the written ones over them.
	Fill(ctx context.Context, q db.Querier, w chat.FieldWrites) (map[string]string, error)
}

// Hours knows when a department is open.
type Hours interface {
	// OpenTime is how much of a stretch of time it was.
	OpenTime(ctx context.Context, q db.Querier, d chat.DepartmentID, from, to clock.Instant) (time.Duration, error)
}

// Sites knows the settings of the websites this server serves.
type Sites interface {
	For(ctx context.Context, site chat.SiteID) (*chat.Settings, error)
}

// Transcripts decides what is written down of a chat.
type Transcripts interface {
	// Ending plans the transcripts of a chat that is being closed.
	Ending(ctx context.Context, tx *db.Tx, e chat.Ending) (chat.Planned, error)
	// Finish makes now what Ending planned as a PDF.
	Finish(ctx context.Context, rid chat.RoomID)
}

// Mails are the rooms' way out by e-mail.
type Mails interface {
	// Answering makes a user's message that quotes a mail one that is sent to who wrote it.
	Answering(ctx context.Context, tx *db.Tx, r chat.Room, m *chat.Message) error
}

// Deps is what rooms need.
type Deps struct {
	DB       *db.DB
	Settings Settings
	Queue    Queue
	Router   Router
	Guests   Guests
	Hours    Hours
	Fields   Fields
	Contacts Contacts
	Sites    Sites

	Transcripts Transcripts // nil: there are none
	Mails       Mails       // nil: no message is sent as a mail
}

// Service carries out what happens in conversations.
type Service struct {
	Deps
	started atomic.Int64 // when this server began, an Instant
	asking  db.Together[saying, chat.Message]
}

// New makes the service.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	s.asking.Run, s.asking.Runs = s.sayTogether, d.DB.Parallel
	return s
}

// The answers of lifecycle 23. A room that does not exist and one that is none of
// the caller's business are answered alike (LC-TOK-4).

func errInvalidToken() error { return fault.New(fault.Invalid, "invalid-token", "") }
func errInvalidRoom() error  { return fault.New(fault.Invalid, "invalid-room", "") }
func errRoomClosed() error   { return fault.New(fault.Invalid, "room-closed", "") }
func errBlocked() error      { return fault.New(fault.Invalid, "error-contact-channel-blocked", "") }
func errDisabled() error     { return fault.New(fault.Invalid, "error-omnichannel-is-disabled", "") }
func errUnverified() error   { return fault.New(fault.Invalid, "error-unverified-contact", "") }
func errNotAllowed() error   { return fault.New(fault.Invalid, "error-not-allowed", "Not allowed") }

// errNoRoom is errInvalidRoom for users, in the endpoints' bare form.
func errNoRoom() error { return fault.Text(fault.Invalid, codeNoRoom) }

const codeNoRoom = "error-invalid-room"

// errInvalidMessage: no such message in this room.
func errInvalidMessage() error { return fault.Text(fault.Invalid, "invalid-message") }

// errActionNotAllowed: the setting or the message's owner forbids it (LC-MSG-9).
func errActionNotAllowed() error { return fault.New(fault.Invalid, "error-action-not-allowed", "") }
