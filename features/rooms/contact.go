package rooms

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// Regroup makes the rooms of a contact those of another one.
func (s *Service) Regroup(ctx context.Context, tx *db.Tx, from, to chat.ContactID) error {
	return regroup(ctx, tx, from, to)
}

// EndBlocked closes the open room of a visitor's channel that was blocked (lifecycle 15.5).
func (s *Service) EndBlocked(ctx context.Context, tx *db.Tx, v chat.VisitorID, from chat.Source) error {
	rid, err := openOn(ctx, tx, v, from)
	if errors.Is(err, db.ErrNoRows) {
		return nil
	} else if err != nil {
		return err
	}
	l, err := open(ctx, tx, rid)
	if err != nil || !l.room.Open {
		return err
	}
	return s.end(ctx, l, chat.System, Closing{RID: rid, Comment: s.texts().blocked})
}

// closedTo says why somebody cannot write to a closed room.
func (s *Service) closedTo(ctx context.Context, a chat.Actor, r chat.Room) error {
	if !a.IsVisitor() {
		return errRoomClosed()
	}
	blocked, err := isBlocked(ctx, s.DB, r)
	if err != nil {
		return err
	}
	if blocked {
		return errBlocked()
	}
	return errRoomClosed()
}
