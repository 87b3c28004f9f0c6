// Package transcripts writes down chats: as an e-mail to the visitor's own address, by
// the visitor's wish, an agent's request or a rule, and as a PDF for staff. It sends
// nothing to any other address and only so much to one, so that nobody uses this server
// to write to strangers. Mails and files leave and stay by others' means.
package transcripts

import (
	"context"
	"errors"
	"image"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/mail"
)

// Rooms keeps what is noted of a chat's transcripts.
type Rooms interface {
	// NoteTranscript changes what is noted and, with a message, says so in the chat.
	NoteTranscript(ctx context.Context, tx *db.Tx, rid chat.RoomID, f func(*chat.Room) (*chat.Message, error)) error
	// Visible finds a room the actor may see.
	Visible(ctx context.Context, a chat.Actor, rid chat.RoomID) (chat.Room, chat.Can, error)
}

// Mails sends mails after the transaction.
type Mails interface {
	Enqueue(ctx context.Context, tx *db.Tx, m mail.Message) error
}

// Files keeps PDFs and shows pictures.
type Files interface {
	// KeepTranscript stores a PDF of a chat, in place of an earlier one.
	KeepTranscript(ctx context.Context, rid chat.RoomID, name string, content *os.File) (chat.FileID, error)
	// Look is what a picture looks like, perhaps smaller; nil when the file is none.
	Look(ctx context.Context, file chat.FileID) (image.Image, error)
}

// Settings is the snapshot of the settings.
type Settings interface{ Current() *chat.Settings }

// Deps is what transcripts need.
type Deps struct {
	DB       *db.DB
	Log      *slog.Logger
	Settings Settings
	Rooms    Rooms
	Mails    Mails
	Files    Files
	Zone     string // name of the time zone transcripts are written in; empty: UTC
	Folder   string // where PDFs are while they are made
}

// Service writes transcripts.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// The errors of lifecycle 23.

func errInvalidVisitor() error {
	return fault.New(fault.Invalid, "error-invalid-visitor", "Invalid visitor")
}
func errInvalidRoom() error { return fault.New(fault.Invalid, "error-invalid-room", "Invalid room") }
func errAddress() error {
	return fault.New(fault.Invalid, "error-invalid-email-address", "Invalid email address")
}
func errTooMany() error {
	return fault.New(fault.TooMany, "error-too-many-transcripts", "Too many transcripts were sent; try again later")
}

// Send mails a transcript of his own chat to a visitor now (LC-TRS-1).
func (s *Service) Send(ctx context.Context, v chat.VisitorID, rid chat.RoomID, email, subject string) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		c, err := findChat(ctx, tx, rid)
		if errors.Is(err, db.ErrNoRows) || err == nil && c.visitor != v {
			return errInvalidVisitor()
		} else if err != nil {
			return err
		}
		to, err := s.recipient(ctx, tx, v, email)
		if err != nil {
			return err
		}
		if err := s.within(ctx, tx, v, to); err != nil {
			return err
		}
		by := chat.RequestData{Type: "visitor", Visitor: &chat.Sender{ID: string(v), Username: c.username, Name: c.name}}
		return tx.Enqueue(ctx, db.Job{Kind: mailJob, Payload: mailing{rid, v, to, subject, by}})
	})
}

// Request has a transcript mailed to the visitor when the chat ends (LC-TRS-2).
func (s *Service) Request(ctx context.Context, a chat.Actor, rid chat.RoomID, email, subject string) error {
	return s.note(ctx, a, rid, func(tx *db.Tx, r *chat.Room) error {
		if r.TranscriptRequest != nil {
			return fault.New(fault.Invalid, "error-transcript-already-requested", "Transcript already requested")
		}
		to, err := s.recipient(ctx, tx, r.V.ID, email)
		r.TranscriptRequest = &chat.TranscriptRequest{Email: to, Subject: subject, RequestedAt: tx.Now(), RequestedBy: a.Ref()}
		return err
	})
}

// Discard takes a request back.
func (s *Service) Discard(ctx context.Context, a chat.Actor, rid chat.RoomID) error {
	return s.note(ctx, a, rid, func(_ *db.Tx, r *chat.Room) error {
		if r.TranscriptRequest == nil {
			return fault.New(fault.Invalid, "error-transcript-not-requested", "No transcript requested for this chat")
		}
		r.TranscriptRequest = nil
		return nil
	})
}

// note changes what is noted of an open chat the actor sees.
func (s *Service) note(ctx context.Context, a chat.Actor, rid chat.RoomID, f func(*db.Tx, *chat.Room) error) error {
	if _, _, err := s.Rooms.Visible(ctx, a, rid); err != nil {
		return orInvalidRoom(err)
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		return s.Rooms.NoteTranscript(ctx, tx, rid, func(r *chat.Room) (*chat.Message, error) {
			if !r.Open {
				return nil, errInvalidRoom()
			}
			return nil, f(tx, r)
		})
	})
}

func orInvalidRoom(err error) error {
	if _, ok := fault.Of(err); ok {
		return errInvalidRoom()
	}
	return err
}

// RequestPDF has a PDF made of a chat that has ended (LC-PDF-1); one that is being
// made is not made twice.
func (s *Service) RequestPDF(ctx context.Context, a chat.Actor, rid chat.RoomID) error {
	if _, _, err := s.Rooms.Visible(ctx, a, rid); err != nil {
		return orInvalidRoom(err)
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		return s.Rooms.NoteTranscript(ctx, tx, rid, func(r *chat.Room) (*chat.Message, error) {
			if r.Open {
				return nil, fault.New(fault.Invalid, "room-still-open", "Room still open")
			}
			if r.PDFRequested {
				return nil, nil
			}
			r.PDFRequested = true
			return nil, s.planPDF(ctx, tx, r.ID, a.User)
		})
	})
}

func (s *Service) planPDF(ctx context.Context, tx *db.Tx, rid chat.RoomID, forUser chat.UserID) error {
	return tx.Enqueue(ctx, db.Job{Kind: pdfJob, Key: string(rid), Payload: printing{rid, forUser}})
}

// recipient is where a visitor's transcript goes: the wanted address if it is one he is
// registered with, else his first. No other address is written to, whoever gives it.
func (s *Service) recipient(ctx context.Context, tx *db.Tx, v chat.VisitorID, wanted string) (string, error) {
	if wanted = strings.TrimSpace(wanted); wanted != "" {
		a, err := mail.ParseAddress(wanted)
		if err != nil {
			return "", errAddress()
		}
		wanted = a.Address
	}
	own, err := addresses(ctx, tx, v)
	if err == nil && len(own) == 0 {
		err = errAddress()
	}
	if err != nil {
		return "", err
	}
	for _, address := range own {
		if strings.EqualFold(address, wanted) {
			return address, nil
		}
	}
	return own[0], nil
}

// within refuses what would be too many mails.
func (s *Service) within(ctx context.Context, tx *db.Tx, v chat.VisitorID, to string) error {
	set := s.Settings.Current()
	n, err := sentSince(ctx, tx, v, to, tx.Now().Add(-24*time.Hour), tx.Now().Add(-time.Hour))
	if err == nil && (n.recipient >= set.TranscriptsPerRecipient || n.visitor >= set.TranscriptsPerVisitor || n.all >= set.TranscriptsPerHour) {
		err = errTooMany()
	}
	return err
}
