// Package visitors keeps the people who write from a web page: registration,
// their tokens and our own widget's secrets, their presence, the pages they
// viewed, and what staff may look up about them. It never hands out anybody's
// token but the visitor's own to himself, and knows nothing about conversations
// beyond reading them.
package visitors

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Rooms removes what a visitor leaves behind in conversations.
type Rooms interface {
	// Forget removes the visitor's rooms with everything in them.
	Forget(ctx context.Context, tx *db.Tx, visitor chat.VisitorID) error
}

// Fields knows what may be stored in custom fields.
type Fields interface {
	// Fill returns the stored values with the written ones over them.
	Fill(ctx context.Context, q db.Querier, w chat.FieldWrites) (map[string]string, error)
}

// Contacts are the people behind visitors.
type Contacts interface {
	// For makes the contact of a new visitor.
	For(ctx context.Context, tx *db.Tx, v chat.Visitor) (chat.ContactID, error)
	// Erased forgets a visitor; a contact that has no other goes with him.
	Erased(ctx context.Context, tx *db.Tx, v chat.VisitorID, c chat.ContactID) error
}

// Settings is the snapshot of the settings.
type Settings interface{ Current() *chat.Settings }

// Deps is what visitors need.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Settings Settings
	Sites    Sites
	Rooms    Rooms
	Fields   Fields
	Contacts Contacts
}

// Service registers visitors and knows them again.
type Service struct {
	Deps
	guests *guests
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{Deps: d, guests: newGuests(guestsKept)}
}

func invalidToken() error { return fault.New(fault.Invalid, "invalid-token", "") }

// ByToken finds the visitor whose credential the token is; anything else, also
// the stand-in of a visitor of our own widget, is invalid-token (LC-TOK-4).
func (s *Service) ByToken(ctx context.Context, token string) (chat.Visitor, error) {
	if !tokenUsable(token) {
		return chat.Visitor{}, invalidToken()
	}
	v, err := byToken(ctx, s.DB, token)
	if gone(err) {
		return v, invalidToken()
	}
	return v, err
}

// ByID finds a visitor for staff, without his token, or visitor-not-found.
func (s *Service) ByID(ctx context.Context, id chat.VisitorID) (chat.Visitor, error) {
	v, err := byID(ctx, s.DB, id)
	if gone(err) {
		return v, errNoVisitor()
	}
	v.Token = ""
	return v, err
}

func errNoVisitor() error { return fault.Text(fault.Invalid, "visitor-not-found") }

// Erase removes the visitor of a token with everything of his (LC-DEL-3). Open
// rooms stand in the way unless the privacy setting is on; then they go too.
func (s *Service) Erase(ctx context.Context, token string) (chat.Visitor, error) {
	v, err := s.ByToken(ctx, token)
	if err != nil {
		return v, err
	}
	return v, s.eraseClosed(ctx, v.ID)
}

// EraseGuest is Erase for who uses our own widget; it forgets his browser, too.
func (s *Service) EraseGuest(ctx context.Context, a chat.Actor) error {
	defer s.guests.drop(a.Visitor)
	return s.eraseClosed(ctx, a.Visitor)
}

func (s *Service) eraseClosed(ctx context.Context, id chat.VisitorID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if !s.Settings.Current().CollectHTTPHeaderInformation {
			if open, err := hasOpenRoom(ctx, tx, id); err != nil {
				return err
			} else if open {
				return fault.New(fault.Invalid, "visitor-has-open-rooms", "Cannot remove visitors with opened rooms")
			}
		}
		return s.erase(ctx, tx, id)
	})
}

// Remove erases a visitor whose contact is erased.
func (s *Service) Remove(ctx context.Context, tx *db.Tx, id chat.VisitorID) error {
	defer s.guests.drop(id)
	return s.erase(ctx, tx, id)
}

func (s *Service) erase(ctx context.Context, tx *db.Tx, id chat.VisitorID) error {
	if err := s.Rooms.Forget(ctx, tx, id); err != nil {
		return err
	}
	v, err := byID(ctx, tx, id)
	if gone(err) {
		return nil
	} else if err != nil {
		return err
	}
	if _, err := remove(ctx, tx, id); err != nil {
		return err
	}
	if err := s.Contacts.Erased(ctx, tx, id, v.ContactID); err != nil {
		return err
	}
	return tx.Emit(ctx, chat.VisitorErased{Visitor: id})
}

// SetStatusByToken sets the presence of the visitor of a token.
func (s *Service) SetStatusByToken(ctx context.Context, token string, p chat.Presence) error {
	v, err := s.ByToken(ctx, token)
	if err != nil || v.Status == p {
		return err
	}
	return s.change(ctx, v.ID, func(tx *db.Tx) (bool, error) { return setStatus(ctx, tx, v.ID, p) })
}

// SetStatus sets a visitor's presence as his connections show it. It is written
// only when it differs and somebody may look at it: he has an open room.
func (s *Service) SetStatus(ctx context.Context, id chat.VisitorID, p chat.Presence) error {
	if matters, err := statusMatters(ctx, s.DB, id, p); err != nil || !matters {
		return err
	}
	return s.change(ctx, id, func(tx *db.Tx) (bool, error) { return setStatus(ctx, tx, id, p) })
}

// change does one thing to a visitor and announces what he is now, if it did change.
func (s *Service) change(ctx context.Context, id chat.VisitorID, do func(*db.Tx) (bool, error)) error {
	defer s.guests.drop(id)
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if changed, err := do(tx); err != nil || !changed {
			return err
		}
		return s.announce(ctx, tx, id)
	})
}

func (s *Service) announce(ctx context.Context, tx *db.Tx, id chat.VisitorID) error {
	v, err := byID(ctx, tx, id)
	if err != nil {
		return err
	}
	return tx.Emit(ctx, chat.VisitorChanged{Visitor: v})
}

// Forget drops what this process remembers of a visitor, because another one changed him.
func (s *Service) Forget(id chat.VisitorID) { s.guests.drop(id) }
