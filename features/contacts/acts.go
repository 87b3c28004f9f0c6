package contacts

import (
	"context"
	"maps"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers follow visitors, agents and custom fields.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{
		outbox.On("contacts.visitor", s.onVisitorChanged),
		outbox.On("contacts.manager-role", func(ctx context.Context, _ string, e chat.PermissionsChanged) error {
			return s.managerGone(ctx, e.User)
		}),
		outbox.On("contacts.manager-gone", func(ctx context.Context, _ string, e chat.SessionRevoked) error {
			if e.Session != "" {
				return nil
			}
			return s.managerGone(ctx, e.User)
		}),
		outbox.On("contacts.identity", s.onIdentityChecked),
		outbox.On("contacts.room-erased", func(ctx context.Context, _ string, e chat.RoomErased) error {
			return s.DB.InTx(ctx, func(tx *db.Tx) error { return forgetRoom(ctx, tx, e.Room) })
		}),
		outbox.On("contacts.field", func(ctx context.Context, _ string, e chat.FieldChanged) error {
			if !e.Removed {
				return nil
			}
			return s.DB.InTx(ctx, func(tx *db.Tx) error { return dropField(ctx, tx, e.Field) })
		}),
	}
}

func same(a, b Contact) bool {
	return a.Name == b.Name && a.Manager == b.Manager && slices.Equal(a.Emails, b.Emails) && slices.Equal(a.Phones, b.Phones) && maps.Equal(a.Fields, b.Fields)
}

// Block closes a channel to its visitor: his chat there ends, he opens none and writes
// nothing (lifecycle 15.5).
func (s *Service) Block(ctx context.Context, a Association) error {
	return s.set(ctx, a, true, func(tx *db.Tx) error {
		return s.Rooms.EndBlocked(ctx, tx, a.VisitorID, chat.Source{Type: a.Source.Type, ID: a.Source.ID})
	})
}

// Unblock opens it again.
func (s *Service) Unblock(ctx context.Context, a Association) error {
	return s.set(ctx, a, false, func(*db.Tx) error { return nil })
}

func (s *Service) set(ctx context.Context, a Association, blocked bool, then func(*db.Tx) error) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		contact, found, err := setBlocked(ctx, tx, a, blocked)
		if err != nil {
			return err
		}
		if contact == "" {
			return errUnknown()
		}
		if !found {
			return errNoChannel()
		}
		if err := then(tx); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.ContactChanged{Contact: contact})
	})
}

// Erase removes a contact with all its visitors and their conversations; an open one
// stands in the way (LC-DEL-4).
func (s *Service) Erase(ctx context.Context, id chat.ContactID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if _, err := hold(ctx, tx, id); err != nil {
			return err
		}
		if open, err := writesNow(ctx, tx, id); err != nil {
			return err
		} else if open {
			return errOpenRooms()
		}
		all, err := visitorsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, v := range all {
			if err := s.Visitors.Remove(ctx, tx, v); err != nil {
				return err
			}
		}
		if err := remove(ctx, tx, id); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.ContactChanged{Contact: id})
	})
}

// Merge makes a contact part of another one: what both know of the person, all
// channels, all rooms (lifecycle 15.3).
func (s *Service) Merge(ctx context.Context, into, from chat.ContactID) (c Contact, err error) {
	if into == from {
		return c, fault.New(fault.Invalid, "error-contact-merge-same", "A contact cannot be merged with itself").At("from")
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := lockAll(ctx, tx, []chat.ContactID{into, from}); err != nil {
			return err
		}
		if err := s.combine(ctx, tx, into, from); err != nil {
			return err
		}
		c, err = find(ctx, tx, into)
		return err
	})
	return c, err
}

// lockAll holds contacts in the order in which everybody does: two merges wait for each
// other instead of each holding half.
func lockAll(ctx context.Context, tx *db.Tx, all []chat.ContactID) error {
	slices.Sort(all)
	for _, one := range all {
		if err := lock(ctx, tx, one); err != nil {
			return err
		}
	}
	return nil
}

// combine makes a contact part of another one; both are locked.
func (s *Service) combine(ctx context.Context, tx *db.Tx, into, from chat.ContactID) error {
	target, err := hold(ctx, tx, into)
	if err != nil {
		return err
	}
	source, err := hold(ctx, tx, from)
	if err != nil {
		return err
	}
	if _, err := tx.Next(ctx, "merged-contacts"); err != nil {
		return err
	}
	return s.join(ctx, tx, merged(target, source), from)
}

func (s *Service) join(ctx context.Context, tx *db.Tx, next Contact, from chat.ContactID) error {
	if err := moveChannels(ctx, tx, from, next.ID); err != nil {
		return err
	}
	if err := s.Visitors.Regroup(ctx, tx, from, next.ID); err != nil {
		return err
	}
	if err := s.Rooms.Regroup(ctx, tx, from, next.ID); err != nil {
		return err
	}
	if err := remove(ctx, tx, from); err != nil {
		return err
	}
	if err := s.save(ctx, tx, next); err != nil {
		return err
	}
	if err := tx.Emit(ctx, chat.ContactChanged{Contact: from}); err != nil {
		return err
	}
	return s.tellVisitors(ctx, tx, Contact{}, next) // the visitors that came are not called so yet
}
