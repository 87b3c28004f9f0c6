package contacts

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

// For makes the contact of a new visitor (LC-CON-1).
func (s *Service) For(ctx context.Context, tx *db.Tx, v chat.Visitor) (chat.ContactID, error) {
	c := Contact{ID: chat.ContactID(id.New()), Unknown: true}.with(v)
	if err := insert(ctx, tx, c); err != nil {
		return "", err
	}
	return c.ID, tx.Emit(ctx, chat.ContactChanged{Contact: c.ID})
}

// with is a contact nobody has looked at yet with what a visitor says of himself.
func (c Contact) with(v chat.Visitor) Contact {
	if v.Name != "" || c.Name == "" {
		c.Name = v.DisplayName()
	}
	c.Emails, c.Phones = append([]string{}, c.Emails...), append([]string{}, c.Phones...)
	for _, e := range v.VisitorEmails {
		c.Emails = with(c.Emails, e.Address)
	}
	for _, p := range v.Phone {
		c.Phones = with(c.Phones, p.PhoneNumber)
	}
	if len(v.LivechatData) > 0 {
		c.Fields = v.LivechatData
	}
	return c
}

// Begin notes that a visitor writes on a channel and says whose visitor he is; a
// blocked channel and, where that is set, somebody nobody has looked at yet are refused
// (lifecycle 15.5, LC-START-7).
func (s *Service) Begin(ctx context.Context, tx *db.Tx, v chat.Visitor, r chat.Room) (chat.ContactID, error) {
	contact := v.ContactID
	if contact == "" { // he came before there were contacts, or his was lost
		made, err := s.For(ctx, tx, v)
		if err == nil {
			err = s.Visitors.Belong(ctx, tx, v.ID, made)
		}
		if err != nil {
			return "", err
		}
		contact = made
	}
	blocked, err := openChannel(ctx, tx, contact, r)
	switch {
	case err != nil:
		return contact, err
	case blocked:
		return contact, ErrBlocked()
	}
	r.ContactID = contact
	err = s.Admit(ctx, tx, r)
	if s.verifies() && fault.Has(err, codeUnverified) { // it waits for that
		err = nil
	}
	return contact, err
}

// Admit refuses a room whose visitor agents shall not serve: while the settings
// Livechat_Block_Unknown_Contacts and Livechat_Block_Unverified_Contacts are on, somebody
// nobody has looked at yet, or on a channel that is not verified (LC-START-7, LC-TAKE-4).
func (s *Service) Admit(ctx context.Context, q db.Querier, r chat.Room) error {
	now := s.Settings.Current()
	if now.BlockUnknownContacts {
		if err := admitKnown(ctx, q, r.ContactID); err != nil {
			return err
		}
	}
	if !now.BlockUnverifiedContacts {
		return nil
	}
	verified, err := isVerified(ctx, q, r)
	if err == nil && !verified {
		err = errUnverified()
	}
	return err
}

func admitKnown(ctx context.Context, q db.Querier, contact chat.ContactID) error {
	unknown, err := isUnknown(ctx, q, contact)
	switch {
	case errors.Is(err, db.ErrNoRows):
		return fault.New(fault.Invalid, "error-invalid-contact", "")
	case err == nil && unknown:
		return errStranger()
	}
	return err
}

// ErrBlocked is what a visitor hears on a blocked channel.
func ErrBlocked() error { return fault.New(fault.Invalid, "error-contact-channel-blocked", "") }

// Erased forgets a visitor; a contact that has no other goes with him.
func (s *Service) Erased(ctx context.Context, tx *db.Tx, v chat.VisitorID, contact chat.ContactID) error {
	if err := removeChannels(ctx, tx, v); err != nil {
		return err
	}
	return removeEmpty(ctx, tx, contact)
}

// onVisitorChanged keeps a contact nobody has looked at as its visitor describes
// himself, and any contact's manager as staff chose him beside a chat.
func (s *Service) onVisitorChanged(ctx context.Context, _ string, e chat.VisitorChanged) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		id, manager, err := contactOf(ctx, tx, e.Visitor.ID)
		if errors.Is(err, db.ErrNoRows) {
			return nil
		} else if err != nil {
			return err
		}
		old, err := hold(ctx, tx, id)
		if fault.Has(err, "error-contact-not-found") {
			return nil
		} else if err != nil {
			return err
		}
		next := old
		if old.Unknown { // events come in any order: the record is the latest
			v, err := described(ctx, tx, e.Visitor.ID)
			if err != nil {
				return err
			}
			next = old.with(v)
		}
		if next.Manager = manager; same(old, next) {
			return nil
		}
		return s.save(ctx, tx, next)
	})
}

// managerGone frees the contacts of somebody who is no agent any more (LC-CON-8).
func (s *Service) managerGone(ctx context.Context, u chat.UserID) error {
	if u == "" {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return clearManager(ctx, tx, u) })
}
