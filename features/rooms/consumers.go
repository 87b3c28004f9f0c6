package rooms

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers are the events rooms follow.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{
		outbox.On("rooms.visitor", func(ctx context.Context, _ string, e chat.VisitorChanged) error {
			return s.follow(ctx, e.Visitor.ID)
		}),
	}
}

// follow brings the visitor's open rooms up to date with his name and presence
// (LC-REG-8). It reads the visitor again: events of different changes may arrive
// in any order, the record is the latest.
func (s *Service) follow(ctx context.Context, visitor chat.VisitorID) error {
	open, err := openRoomsOf(ctx, s.DB, visitor)
	if err != nil {
		return err
	}
	for _, rid := range open {
		if err := s.DB.InTx(ctx, func(tx *db.Tx) error { return followIn(ctx, tx, rid) }); err != nil {
			return err
		}
	}
	return nil
}

func followIn(ctx context.Context, tx *db.Tx, rid chat.RoomID) error {
	l, err := open(ctx, tx, rid)
	if errors.Is(err, db.ErrNoRows) || err == nil && !l.room.Open {
		return nil
	} else if err != nil {
		return err
	}
	v, err := findVisitor(ctx, tx, byID, l.room.V.ID)
	if errors.Is(err, db.ErrNoRows) {
		return nil
	} else if err != nil {
		return err
	}
	if !l.room.Follow(v) {
		return nil
	}
	if err := l.changed(ctx); err != nil {
		return err
	}
	return l.save(ctx)
}
