package accounts

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Edit is what somebody changes about a user; nil is left alone.
type Edit struct {
	Username, Name, Email *string
	Verified              *bool
	StatusText            *string
	Password              *Digest // ends all his sessions
}

// Edit changes a user. Who may not make administrators changes none.
func (s *Service) Edit(ctx context.Context, by chat.Actor, id chat.UserID, e Edit) (u chat.User, err error) {
	hash := ""
	if e.Password != nil {
		if hash, err = s.hasher.hash(ctx, *e.Password); err != nil {
			return u, err
		}
	}
	err = s.change(ctx, id, func(tx *db.Tx, old chat.User) error {
		if !mayEdit(by, old) {
			return fault.New(fault.Invalid, "error-action-not-allowed", "Editing this user is not allowed")
		}
		if err := s.edit(ctx, tx, old, e, hash); err != nil {
			return err
		}
		u, err = findUser(ctx, tx, tx.Now(), id)
		return err
	})
	return u, err
}

func mayEdit(by chat.Actor, u chat.User) bool {
	return u.ID != chat.SystemUserID && (!u.HasRole(chat.RoleAdmin) || by.May(chat.AssignAdminRole))
}

func (s *Service) edit(ctx context.Context, tx *db.Tx, old chat.User, e Edit, hash string) error {
	n := NewUser{Username: old.Username, Name: old.Name, StatusText: old.StatusText}
	for to, from := range map[*string]*string{&n.Username: e.Username, &n.Name: e.Name, &n.Email: e.Email, &n.StatusText: e.StatusText} {
		if from != nil {
			*to = *from
		}
	}
	if err := n.check(); err != nil {
		return err
	}
	if n.Name == "" {
		n.Name = n.Username
	}
	if free, err := updateUser(ctx, tx, old.ID, n); err != nil || !free {
		return taken(err, n.Username, "username")
	}
	if e.Email != nil || e.Verified != nil {
		if err := editEmail(ctx, tx, old, e, n.Email); err != nil {
			return err
		}
	}
	if err := tx.Emit(ctx, chat.PortraitChanged{User: old.ID}); err != nil {
		return err
	}
	if err := s.rolesChanged(ctx, tx, old.ID); err != nil || hash == "" { // every node forgets who he was
		return err
	}
	if err := updatePassword(ctx, tx, old.ID, hash); err != nil {
		return err
	}
	return s.revokeAll(ctx, tx, old.ID)
}

// editEmail replaces the first address; a new one is proven only if that is said, too.
func editEmail(ctx context.Context, tx *db.Tx, old chat.User, e Edit, address string) error {
	first := chat.UserEmail{}
	if len(old.Emails) > 0 {
		first = old.Emails[0]
	}
	next := first
	if e.Email != nil && address != first.Address {
		next = chat.UserEmail{Address: address}
	}
	if e.Verified != nil {
		next.Verified = *e.Verified
	}
	if next == first {
		return nil
	}
	if err := deleteEmail(ctx, tx, old.ID, first.Address); err != nil || next.Address == "" {
		return err
	}
	if free, err := insertEmail(ctx, tx, old.ID, next, 0); err != nil || !free {
		return taken(err, next.Address, "email")
	}
	return nil
}
