package visitors

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Contact is what staff note of a visitor (LC-CON-7). Manager is the username of an
// agent, empty for none; nil leaves it as it is.
type Contact struct {
	Registration
	Manager *string
}

// SaveContact makes or changes the visitor of the token.
func (s *Service) SaveContact(ctx context.Context, c Contact) (v chat.Visitor, err error) {
	if !tokenUsable(c.Token) {
		return v, invalidRegistrationToken()
	}
	if err := c.clean(); err != nil {
		return v, err
	}
	c.ByStaff = true
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if v, err = s.register(ctx, tx, c.Registration); err != nil || c.Manager == nil {
			return err
		}
		return s.setManager(ctx, tx, v.ID, *c.Manager)
	})
	s.guests.drop(v.ID)
	return v, err
}

// SetManager gives a visitor the agent he goes to first, by username; empty is nobody.
func (s *Service) SetManager(ctx context.Context, visitor chat.VisitorID, username string) (v chat.Visitor, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := s.setManager(ctx, tx, visitor, username); err != nil {
			return err
		}
		v, err = byID(ctx, tx, visitor)
		if gone(err) {
			return fault.Text(fault.Invalid, "visitor-not-found")
		}
		return err
	})
	v.Token = ""
	return v, err
}

func (s *Service) setManager(ctx context.Context, tx *db.Tx, visitor chat.VisitorID, username string) error {
	manager := chat.AgentID("")
	if username != "" {
		found, err := agentNamed(ctx, tx, username)
		if gone(err) {
			return fault.New(fault.Invalid, "error-contact-manager-not-found", "The contact manager is no agent").At("contactManager")
		}
		if err != nil {
			return err
		}
		manager = found
	}
	changed, err := updateManager(ctx, tx, visitor, manager)
	if err != nil || !changed {
		return err
	}
	return s.announce(ctx, tx, visitor)
}

// managerGone frees the visitors of somebody who is no agent any more (LC-CON-8).
func (s *Service) managerGone(ctx context.Context, u chat.UserID) error {
	if u == "" {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return clearManager(ctx, tx, u) })
}

// onSessionRevoked hears of deleted accounts.
func (s *Service) onSessionRevoked(ctx context.Context, _ string, e chat.SessionRevoked) error {
	if e.Session != "" {
		return nil
	}
	return s.managerGone(ctx, e.User)
}

// Wanted is what a contact is looked up by; empty fields are not given.
type Wanted struct {
	Email, Phone string
	Custom       map[string]any // part of a value of a searchable custom field
}

// parts are the wanted pieces of values; false: nobody has what is no text.
func (w Wanted) parts() (map[string]string, bool) {
	parts := map[string]string{}
	for key, value := range w.Custom {
		text, ok := value.(string)
		if !ok {
			return nil, false
		}
		parts[key] = text
	}
	return parts, true
}

// FindContact returns the latest visitor who has all that is wanted, or nil.
func (s *Service) FindContact(ctx context.Context, w Wanted) (*chat.Visitor, error) {
	parts, ok := w.parts()
	if !ok {
		return nil, nil
	}
	email, err := cleanEmail(w.Email)
	if err != nil {
		return nil, nil // nobody's address
	}
	return s.found(byAddress(ctx, s.DB, byWhat{email, cleanText(w.Phone, maxPhone), parts}))
}

// Contact returns a visitor for staff, or nil.
func (s *Service) Contact(ctx context.Context, id chat.VisitorID) (*chat.Visitor, error) {
	return s.found(byID(ctx, s.DB, id))
}

func (s *Service) found(v chat.Visitor, err error) (*chat.Visitor, error) {
	if errors.Is(err, db.ErrNoRows) {
		return nil, nil
	}
	v = s.Settings.Current().ShownVisitor(v)
	return &v, err
}
