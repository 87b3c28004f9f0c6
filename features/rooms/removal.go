package rooms

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Remove deletes a closed room with everything in it (LC-DEL-1).
func (s *Service) Remove(ctx context.Context, a chat.Actor, rid chat.RoomID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if c, err := groupFor(ctx, tx, a.User, rid, ""); err != nil {
			return err
		} else if c != nil {
			return fault.Text(fault.Invalid, codeNotLivechat)
		}
		l, _, err := s.openVisible(ctx, tx, a, rid)
		if err != nil {
			return err
		}
		if l.room.Open {
			return fault.Text(fault.Invalid, "error-room-is-not-closed")
		}
		return remove(ctx, tx, rid)
	})
}

func remove(ctx context.Context, tx *db.Tx, rid chat.RoomID) error {
	if err := removeRoom(ctx, tx, rid); err != nil {
		return err
	}
	return tx.Emit(ctx, chat.RoomErased{Room: rid})
}

const codeNotLivechat = "error-this-is-not-a-livechat-room"

// removalBatch is how many rooms go in one transaction.
const removalBatch = 100

// RemoveClosed deletes every closed room the actor oversees, of these departments or of
// all, and says how many those were. What was done stays done when it is interrupted;
// asked again it goes on (LC-DEL-2).
func (s *Service) RemoveClosed(ctx context.Context, a chat.Actor, of []chat.DepartmentID) (removed int, err error) {
	for {
		var gone int
		err := s.DB.InTx(ctx, func(tx *db.Tx) error {
			closed, err := closedRooms(ctx, tx, a.Monitor(), of, removalBatch)
			for _, rid := range closed {
				if err == nil {
					err = remove(ctx, tx, rid)
				}
			}
			gone = len(closed)
			return err
		})
		if err != nil || gone == 0 {
			return removed, err
		}
		removed += gone
	}
}

// Handing gives a room to another visitor.
type Handing struct {
	RID      chat.RoomID
	From, To chat.VisitorID
}

// Hand makes a room another visitor's: it carries his name, and only he may read and
// write it.
func (s *Service) Hand(ctx context.Context, a chat.Actor, h Handing) (r chat.Room, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, _, err := s.openVisible(ctx, tx, a, h.RID)
		if err != nil {
			return err
		}
		v, err := findVisitor(ctx, tx, byID, h.To)
		if errors.Is(err, db.ErrNoRows) || err == nil && l.room.V.ID != h.From {
			return fault.New(fault.Invalid, "error-invalid-visitor", "Invalid visitor")
		} else if err != nil {
			return err
		}
		if h.From != h.To {
			err = s.hand(ctx, l, v)
		}
		r = l.room
		return err
	})
	return r, err
}

func (s *Service) hand(ctx context.Context, l *ledger, v chat.Visitor) error {
	from := l.room.V.ID
	contact, err := s.Contacts.Begin(ctx, l.tx, v, handed(l.room, v))
	if err != nil {
		return err
	}
	l.room = handed(l.room, v)
	l.room.ContactID = contact
	if free, err := setVisitor(ctx, l.tx, l.room); err != nil {
		return err
	} else if !free {
		return fault.New(fault.Invalid, "error-visitor-has-open-room", "The visitor has an open chat on this channel")
	}
	if err := l.tx.Emit(ctx, chat.RoomGiven{Room: l.room.ID, From: from}); err != nil {
		return err
	}
	if err := l.changed(ctx); err != nil {
		return err
	}
	return l.save(ctx)
}

// handed is the room with another visitor in it.
func handed(r chat.Room, v chat.Visitor) chat.Room {
	r.FName, r.V = v.DisplayName(), v.View()
	return r
}
