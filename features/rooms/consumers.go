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
		outbox.On("rooms.agent-gone", func(ctx context.Context, _ string, e chat.AgentChanged) error {
			if e.Cause != chat.CauseDeactivated && e.Cause != chat.CauseRole {
				return nil
			}
			return s.endAbandoned(ctx, e.Agent.ID)
		}),
		outbox.On("rooms.agent-left", func(ctx context.Context, _ string, e chat.AgentChanged) error {
			return s.watchAgent(ctx, e.Agent.ID)
		}),
		outbox.On("rooms.setting", s.onSettingChanged),
		outbox.On("rooms.department", s.onDepartmentChanged),
		outbox.On("rooms.unit", s.onUnitChanged),
		outbox.On("rooms.sla", s.onSLAChanged),
		outbox.On("rooms.field", s.onFieldChanged),
		outbox.On("rooms.page", s.onPageVisited),
		outbox.On("rooms.verified", s.onVerified),
	}
}

// onPageVisited writes a line for the agents of the room. It neither answers nor waits
// for anybody, and moves no timer (LC-NAV-5).
func (s *Service) onPageVisited(ctx context.Context, _ string, e chat.PageVisited) error {
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, err := open(ctx, tx, e.RID)
		if err != nil || !l.room.Open {
			return err
		}
		if _, err := l.say(ctx, chat.Message{ID: chat.MessageID(e.ID), T: chat.MessageNavigation, Msg: e.Text, U: user(chat.System.Ref()),
			MessageExtra: chat.MessageExtra{Navigation: &chat.Navigation{Page: e.Page}}}); err != nil {
			return err
		}
		return l.save(ctx)
	})
	if errors.Is(err, db.ErrNoRows) || errors.Is(err, errRepeated) {
		return nil
	}
	return err
}

// endAbandoned closes what a user serves who is no active agent any more: he was
// deactivated or deleted, or lost the role (lifecycle 2.1, 10.2).
func (s *Service) endAbandoned(ctx context.Context, agent chat.AgentID) error {
	abandoned, err := abandonedRooms(ctx, s.DB, agent)
	if err != nil {
		return err
	}
	for _, rid := range abandoned {
		if err := s.DB.InTx(ctx, func(tx *db.Tx) error {
			l, err := open(ctx, tx, rid)
			if err != nil || !l.room.Open || l.room.ServedBy == nil || l.room.ServedBy.ID != agent {
				return err
			}
			return s.end(ctx, l, chat.System, Closing{RID: rid, Comment: s.texts().deactivated})
		}); err != nil && !errors.Is(err, db.ErrNoRows) {
			return err
		}
	}
	return nil
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
