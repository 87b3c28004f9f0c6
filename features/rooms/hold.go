package rooms

import (
	"context"
	"fmt"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

func errNotAuthorized() error { return fault.Text(fault.Invalid, "Not_authorized") }

// Hold puts a served room on hold: it counts for its agent no longer, until somebody
// resumes it or its time is over (LC-HOLD-1 to 4).
func (s *Service) Hold(ctx context.Context, a chat.Actor, rid chat.RoomID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, facts, err := s.openAny(ctx, tx, a, rid)
		if err != nil {
			return err
		}
		if err := s.mayHold(a, facts, l.room); err != nil {
			return err
		}
		return s.putOnHold(ctx, l, a, fmt.Sprintf(s.texts().heldBy, displayName(a)))
	})
}

// mayHold says what is in the way, in the order of the endpoint (LC-HOLD-3).
func (s *Service) mayHold(a chat.Actor, f chat.RoomFacts, r chat.Room) error {
	switch {
	case !r.Open:
		return fault.Text(fault.Invalid, "error-room-already-closed")
	case !s.engaged(r):
		return fault.Text(fault.Invalid, "error-cannot-place-chat-on-hold")
	case !f.Member && !a.May(chat.OnHoldOthersLivechatRoom) || !chat.MaySee(a, f):
		return errNotAuthorized()
	case r.ServedBy == nil:
		return fault.Text(fault.Invalid, "error-unserved-rooms-cannot-be-placed-onhold")
	case r.OnHold:
		return fault.Text(fault.Invalid, "error-room-is-already-on-hold")
	case !chat.MayHold(a, f):
		return errNotAllowed()
	}
	return nil
}

// engaged reports whether the rule about who wrote last lets the room be put on hold.
func (s *Service) engaged(r chat.Room) bool {
	return !r.WaitingResponse || !s.Settings.Current().OnHoldUponEngagementOnly
}

// putOnHold puts a locked room on hold.
func (s *Service) putOnHold(ctx context.Context, l *ledger, by chat.Actor, comment string) error {
	l.room.Hold(l.now())
	if err := s.dropTimer(ctx, l.tx, timerAbandoned, string(l.room.ID)); err != nil {
		return err
	}
	if err := s.planHeld(ctx, l.tx, l.room); err != nil {
		return err
	}
	m := chat.Message{T: chat.MessageOnHold, U: user(by.Ref()), MessageExtra: chat.MessageExtra{Comment: comment}}
	if _, err := l.say(ctx, m); err != nil {
		return err
	}
	if err := l.changed(ctx); err != nil {
		return err
	}
	return l.save(ctx)
}

// Resume takes a room off hold for its agent, if he has room for it (LC-HOLD-7, 8).
func (s *Service) Resume(ctx context.Context, a chat.Actor, rid chat.RoomID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, facts, err := s.openAny(ctx, tx, a, rid)
		switch {
		case err != nil:
			return err
		case !l.room.OnHold:
			return fault.Text(fault.Invalid, "error-room-not-on-hold")
		case !chat.MayResume(a, facts):
			return errNotAuthorized()
		}
		if err := s.Router.Ready(ctx, tx, chat.Serving{Agent: l.room.ServedBy.ID, Room: l.room, Act: chat.ActResume}); err != nil {
			return err
		}
		if err := s.resume(ctx, l, a, fmt.Sprintf(s.texts().resumedBy, displayName(a))); err != nil {
			return err
		}
		if err := l.changed(ctx); err != nil {
			return err
		}
		return l.save(ctx)
	})
}

// resume takes a locked room off hold.
func (s *Service) resume(ctx context.Context, l *ledger, by chat.Actor, comment string) error {
	l.room.Resume()
	if err := s.dropTimer(ctx, l.tx, timerHeld, string(l.room.ID)); err != nil {
		return err
	}
	_, err := l.say(ctx, chat.Message{T: chat.MessageResumed, U: user(by.Ref()), MessageExtra: chat.MessageExtra{Comment: comment}})
	return err
}

// wake resumes a room whose visitor wrote; if its agent cannot go on with it, it waits
// for another one (LC-HOLD-6).
func (s *Service) wake(ctx context.Context, l *ledger) error {
	unable := s.Router.Ready(ctx, l.tx, chat.Serving{Agent: l.room.ServedBy.ID, Room: l.room, Act: chat.ActResume})
	if _, told := fault.Of(unable); unable != nil && !told {
		return unable
	}
	if err := s.resume(ctx, l, chat.System, fmt.Sprintf(s.texts().resumedAsked, l.room.FName)); err != nil {
		return err
	}
	if unable == nil {
		if err := l.changed(ctx); err != nil {
			return err
		}
		return l.save(ctx)
	}
	inquiry, left, err := s.release(ctx, l, transfer{by: chat.System, to: l.room.DepartmentID, cause: chat.ReturnUnresumed})
	if err != nil {
		return err
	}
	if err := l.changed(ctx, left...); err != nil {
		return err
	}
	if err := s.wait(ctx, l, inquiry); err != nil {
		return err
	}
	return l.save(ctx)
}

// displayName is how people call a user.
func displayName(a chat.Actor) string {
	if a.Name != "" {
		return a.Name
	}
	return a.Username
}
