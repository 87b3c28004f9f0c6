package rooms

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// onDepartmentChanged follows a department that takes no chats any more (departments.md
// 5): its waiting chats go to its fallback, else to the public queue, and are routed
// again; chats that are served go on, without department when it is removed.
func (s *Service) onDepartmentChanged(ctx context.Context, _ string, e chat.DepartmentChanged) error {
	if !e.Gone {
		return s.watchAgain(ctx, &e.Department) // its patience with silent visitors may be another
	}
	if back, err := takesChats(ctx, s.DB, e.Department); err != nil || back {
		return err
	}
	if err := s.eachIn(ctx, e.Department, roomsWaiting, func(l *ledger) error { return s.leaveDepartment(ctx, l, e.Fallback) }); err != nil {
		return err
	}
	if !e.Removed {
		return nil
	}
	return s.eachIn(ctx, e.Department, `served_by <> ''`, func(l *ledger) error { return s.forgetDepartment(ctx, l) })
}

// eachIn does something to every open room of a department, each in its own transaction.
func (s *Service) eachIn(ctx context.Context, d chat.DepartmentID, kind string, f func(*ledger) error) error {
	all, err := openRooms(ctx, s.DB, kind, &d)
	if err != nil {
		return err
	}
	for _, rid := range all {
		err := s.DB.InTx(ctx, func(tx *db.Tx) error {
			l, err := open(ctx, tx, rid)
			if err != nil {
				return err
			}
			if !l.room.Open || l.room.DepartmentID != d {
				return errStale
			}
			return f(l)
		})
		if err != nil && !errors.Is(err, db.ErrNoRows) && !errors.Is(err, errStale) {
			return err
		}
	}
	return nil
}

// leaveDepartment puts a waiting room into another queue.
func (s *Service) leaveDepartment(ctx context.Context, l *ledger, fallback chat.DepartmentID) error {
	if l.room.ServedBy != nil || l.room.Verifying { // it is placed when it is verified
		return errStale
	}
	t := transfer{by: chat.System, scope: scopeQueue, cause: chat.ReturnGone}
	if fallback != "" {
		ok, err := takesChats(ctx, l.tx, fallback)
		if err != nil {
			return err
		} else if ok {
			t.scope, t.to = scopeDepartment, fallback
		}
	}
	return s.move(ctx, l, t)
}

// forgetDepartment takes a removed department from a room that is served.
func (s *Service) forgetDepartment(ctx context.Context, l *ledger) error {
	if l.room.ServedBy == nil {
		return s.leaveDepartment(ctx, l, "")
	}
	l.room.DepartmentID, l.room.DepartmentAncestors = "", nil
	if _, err := s.Queue.Rank(ctx, l.tx, l.room); err != nil {
		return err
	}
	if _, err := s.watch(ctx, l.tx, &l.room); err != nil {
		return err
	}
	if err := l.changed(ctx); err != nil {
		return err
	}
	return l.save(ctx)
}

// onUnitChanged gives the rooms of departments the units these are in now (tags-units
// 2.4): open ones always, closed ones when they have none yet.
func (s *Service) onUnitChanged(ctx context.Context, _ string, e chat.UnitChanged) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		for _, d := range e.Departments {
			if err := adoptUnit(ctx, tx, d); err != nil {
				return err
			}
		}
		if e.Removed == "" {
			return nil
		}
		return forgetUnit(ctx, tx, e.Removed)
	})
}
