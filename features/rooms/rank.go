package rooms

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

func errInvalidPriority() error {
	return fault.New(fault.Invalid, "error-invalid-priority", "Invalid priority")
}
func errInvalidSLA() error { return fault.New(fault.Invalid, "error-invalid-sla", "Invalid SLA") }

// wishes gives a new room the priority and the SLA policy it is opened with (LC-START-5).
func wishes(ctx context.Context, q db.Querier, r *chat.Room, o Opening) error {
	if o.Priority != "" {
		p, err := findPriority(ctx, q, o.Priority)
		if err != nil {
			return orElse(err, errInvalidPriority())
		}
		p.put(r)
	}
	if o.SLA != "" {
		p, err := findPolicy(ctx, q, o.SLA)
		if err != nil {
			return orElse(err, errInvalidSLA())
		}
		p.put(r)
	}
	return nil
}

// orElse says something else when there is no such row.
func orElse(err, none error) error {
	if errors.Is(err, db.ErrNoRows) {
		return none
	}
	return err
}

// priority is one of the five; the zero value is none.
type priority struct {
	chat.PriorityRef
	weight int64
}

func (p priority) put(r *chat.Room) {
	r.PriorityID, r.PriorityWeight = p.ID, p.weight
	if p.ID == "" {
		r.PriorityWeight = chat.NoPriorityWeight
	}
}

// policy is an SLA policy; the zero value is none.
type policy struct {
	chat.SLARef
	minutes int64
}

func (p policy) put(r *chat.Room) {
	r.SLAID, r.EstimatedWaitingTimeQueue = p.ID, p.minutes
	if p.ID == "" {
		r.EstimatedWaitingTimeQueue = chat.NoEstimatedWaiting
	}
}

// SetPriority gives an open room a priority by its id; "" takes it away.
func (s *Service) SetPriority(ctx context.Context, a chat.Actor, rid chat.RoomID, to chat.PriorityID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, _, err := s.openVisible(ctx, tx, a, rid)
		switch {
		case fault.Has(err, codeNoRoom):
			return fault.Text(fault.Invalid, "error-room-does-not-exist")
		case err != nil:
			return err
		case !l.room.Open:
			return errRoomClosed()
		}
		changed, err := l.prioritize(ctx, a, string(to))
		if err != nil || !changed {
			return err
		}
		return s.ranked(ctx, l)
	})
}

// SetSLA gives a waiting room an SLA policy by its id or name.
func (s *Service) SetSLA(ctx context.Context, a chat.Actor, rid chat.RoomID, to string) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, _, err := s.openVisible(ctx, tx, a, rid)
		switch {
		case err != nil:
			return err
		case !l.room.Open:
			return errRoomClosed()
		case l.room.ServedBy != nil:
			return fault.New(fault.Invalid, "error-invalid-inquiry", "")
		}
		changed, err := l.promise(ctx, a, to)
		if errors.Is(err, db.ErrNoRows) {
			return errInvalidSLA()
		} else if err != nil || !changed {
			return err
		}
		return s.ranked(ctx, l)
	})
}

// prioritize changes a held room's priority; false when it is that already.
func (l *ledger) prioritize(ctx context.Context, by chat.Actor, to string) (changed bool, err error) {
	var p priority
	if to != "" {
		if p, err = findPriority(ctx, l.tx, to); err != nil {
			return false, orElse(err, errInvalidPriority())
		}
	}
	if p.ID == l.room.PriorityID {
		return false, nil
	}
	p.put(&l.room)
	data := chat.PriorityData{DefinedBy: definer(by)}
	if p.ID != "" {
		data.Priority = &p.PriorityRef
	}
	_, err = l.say(ctx, chat.Message{T: chat.MessagePriority, U: user(by.Ref()), MessageExtra: chat.MessageExtra{PriorityData: &data}})
	return true, err
}

// promise changes a held room's SLA policy; db.ErrNoRows when there is none of this id
// or name.
func (l *ledger) promise(ctx context.Context, by chat.Actor, to string) (changed bool, err error) {
	var p policy
	if to != "" {
		if p, err = findPolicy(ctx, l.tx, to); err != nil {
			return false, err
		}
	}
	if p.ID == l.room.SLAID {
		return false, nil
	}
	p.put(&l.room)
	data := chat.SLAData{DefinedBy: definer(by)}
	if p.ID != "" {
		data.SLA = &p.SLARef
	}
	_, err = l.say(ctx, chat.Message{T: chat.MessageSLA, U: user(by.Ref()), MessageExtra: chat.MessageExtra{SLAData: &data}})
	return true, err
}

func definer(a chat.Actor) chat.UserRef { return chat.UserRef{ID: a.User, Username: a.Username} }

// ranked gives the inquiry of a held open room its new rank, tells of it and saves.
func (s *Service) ranked(ctx context.Context, l *ledger) error {
	if err := s.rank(ctx, l); err != nil {
		return err
	}
	if err := l.changed(ctx); err != nil {
		return err
	}
	return l.save(ctx)
}

// rank moves the inquiry of a held open room to its new place in the queue.
func (s *Service) rank(ctx context.Context, l *ledger) error {
	inquiry, err := s.Queue.Rank(ctx, l.tx, l.room)
	if err != nil || l.room.ServedBy != nil || l.room.Verifying {
		return err
	}
	return l.tx.Emit(ctx, chat.InquiryChanged{Inquiry: inquiry.About(l.room).Lasting(s.Settings.Current().MaxQueueWaitMinutes)})
}

// onSLAChanged follows a policy whose time is another, or that is gone.
func (s *Service) onSLAChanged(ctx context.Context, _ string, e chat.SLAChanged) error {
	now, err := findPolicy(ctx, s.DB, string(e.SLA))
	if err != nil && !errors.Is(err, db.ErrNoRows) {
		return err
	}
	promised, err := roomsPromised(ctx, s.DB, e.SLA)
	if err != nil {
		return err
	}
	for _, rid := range promised {
		err := s.DB.InTx(ctx, func(tx *db.Tx) error {
			l, err := open(ctx, tx, rid)
			if err != nil {
				return err
			}
			if !l.room.Open || l.room.SLAID != e.SLA || now.ID != "" && l.room.EstimatedWaitingTimeQueue == now.minutes {
				return errStale
			}
			now.put(&l.room)
			return s.ranked(ctx, l)
		})
		if err != nil && !errors.Is(err, db.ErrNoRows) && !errors.Is(err, errStale) {
			return err
		}
	}
	if now.ID != "" {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return forgetPolicy(ctx, tx, e.SLA) }) // also of those that closed meanwhile
}
