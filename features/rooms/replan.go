package rooms

import (
	"context"
	"errors"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// replans says which timers count anew from their origin when a setting changes
// (RQ-T-4), and which rooms may go on.
func (s *Service) replans() map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"Livechat_auto_close_on_hold_chats_timeout": s.replanHeld,
		"Livechat_max_queue_wait_time":              s.replanWaited,
		"Livechat_auto_transfer_chat_timeout":       s.replanUnanswered,
		"Livechat_visitor_inactivity_timeout":       s.replanAbandoned,
		"Livechat_abandoned_rooms_action":           s.replanAbandoned,
		"Livechat_agent_leave_action":               s.replanLeft,
		"Livechat_agent_leave_action_timeout":       s.replanLeft,
		"Livechat_Require_Contact_Verification":     s.awaitNoMore,
		"Livechat_Contact_Verification_App":         s.awaitNoMore,
		"Livechat_Block_Unverified_Contacts":        s.awaitNoMore,
		"Livechat_identity_check_url":               s.awaitNoMore,
	}
}

func (s *Service) onSettingChanged(ctx context.Context, _ string, e chat.SettingChanged) error {
	replan := s.replans()[e.ID]
	if replan == nil {
		return nil
	}
	if err := s.Settings.Reload(ctx); err != nil { // the event may be faster than the snapshot
		return err
	}
	return replan(ctx)
}

func (s *Service) replanHeld(ctx context.Context) error {
	lasts := inSeconds(s.Settings.Current().OnHoldSeconds)
	return s.replan(ctx, roomsHeld, func(tx *db.Tx, r chat.Room) error {
		return planOrDrop(ctx, tx, timer{timerHeld, string(r.ID), r.HeldAt}, lasts)
	})
}

func (s *Service) replanWaited(ctx context.Context) error {
	lasts := time.Duration(s.Settings.Current().MaxQueueWaitMinutes) * time.Minute
	return s.replan(ctx, roomsWaiting, func(tx *db.Tx, r chat.Room) error {
		return planOrDrop(ctx, tx, timer{timerWaited, string(r.ID), r.QueuedAt}, lasts)
	})
}

func (s *Service) replanUnanswered(ctx context.Context) error {
	lasts := inSeconds(s.Settings.Current().UnansweredTransferSeconds)
	return s.replan(ctx, roomsUnanswered, func(tx *db.Tx, r chat.Room) error {
		t := timer{timerUnanswered, string(r.ID), r.ServedBy.TS}
		if answered, err := answeredSince(ctx, tx, r.ID, t.Of); err != nil || answered {
			return err
		}
		return planOrDrop(ctx, tx, t, lasts)
	})
}

// replan does something for every open room of a kind, each in its own transaction.
// One that changes meanwhile plans for itself.
func (s *Service) replan(ctx context.Context, kind string, f func(*db.Tx, chat.Room) error) error {
	all, err := openRooms(ctx, s.DB, kind, nil)
	if err != nil {
		return err
	}
	for _, rid := range all {
		err := s.DB.InTx(ctx, func(tx *db.Tx) error {
			r, err := stillOpen(ctx, tx, kind, rid)
			if err != nil {
				return err
			}
			return f(tx, r)
		})
		if err != nil && !errors.Is(err, db.ErrNoRows) {
			return err
		}
	}
	return nil
}

func (s *Service) replanAbandoned(ctx context.Context) error { return s.watchAgain(ctx, nil) }

// watchAgain foretells anew when visitors count as gone, in one department or in all;
// it is switched off and on the same way (RQ-AB-4).
func (s *Service) watchAgain(ctx context.Context, d *chat.DepartmentID) error {
	all, err := openRooms(ctx, s.DB, roomsSilent, d)
	if err != nil {
		return err
	}
	for _, rid := range all {
		err := s.DB.InTx(ctx, func(tx *db.Tx) error {
			l, err := open(ctx, tx, rid)
			if err != nil {
				return err
			}
			news := false
			if l.room.Open {
				news, err = s.watch(ctx, tx, &l.room)
			}
			if err == nil && !news {
				err = errStale
			}
			if err == nil {
				err = l.changed(ctx)
			}
			if err != nil {
				return err
			}
			return l.save(ctx)
		})
		if err != nil && !errors.Is(err, db.ErrNoRows) && !errors.Is(err, errStale) {
			return err
		}
	}
	return nil
}

// replanLeft counts anew from when the agents left who are waited for.
func (s *Service) replanLeft(ctx context.Context) error {
	all, err := timersOf(ctx, s.DB, timerLeft)
	if err != nil {
		return err
	}
	off := s.Settings.Current().AgentLeaveAction == chat.ActionNone
	for _, t := range all {
		err := s.DB.InTx(ctx, func(tx *db.Tx) error {
			if off {
				return tx.CancelJob(ctx, timerJob, t.key())
			}
			return plan(ctx, tx, t, s.leaveDue(t.Of))
		})
		if err != nil {
			return err
		}
	}
	return nil
}
