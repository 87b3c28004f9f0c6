package rooms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
)

// Jobs are the timers, and what is to be done once.
func (s *Service) Jobs() []jobs.Kind {
	return []jobs.Kind{{Name: timerJob, Run: func(ctx context.Context, r jobs.Run) error {
		var t timer
		if err := json.Unmarshal(r.Payload, &t); err != nil {
			return err
		}
		return s.Fire(ctx, t)
	}}, {Name: wordsJob, Run: func(ctx context.Context, _ jobs.Run) error { return s.noteWords(ctx) }}}
}

// Start notes when this server began (RQ-LV-6).
func (s *Service) Start(context.Context) error {
	s.started.Store(int64(s.DB.Clock().Now()))
	return nil
}

// errStale undoes what was begun for a timer whose cause is gone.
var errStale = errors.New("the timer's cause is gone")

// Fire does what a timer is for, if that what it was made for still lasts.
func (s *Service) Fire(ctx context.Context, t timer) error {
	act := map[string]func(context.Context, *ledger, timer) error{
		timerUnanswered: s.unanswered, timerAbandoned: s.abandoned, timerHeld: s.heldTooLong, timerWaited: s.waitedTooLong,
	}[t.Act]
	if act == nil && t.Act == timerLeft {
		return s.left(ctx, t)
	} else if act == nil {
		return nil // of a later version
	}
	if t.Act == timerUnanswered {
		ctx = s.aheadOfMove(ctx, chat.RoomID(t.ID), "")
	}
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, err := open(ctx, tx, chat.RoomID(t.ID))
		if errors.Is(err, db.ErrNoRows) || err == nil && !l.room.Open {
			return errStale
		} else if err != nil {
			return err
		}
		return act(ctx, l, t)
	})
	if errors.Is(err, errStale) {
		return nil
	}
	return err
}

// unanswered moves a chat on whose agent did not write: once, to the next agent, or
// under Manual_Selection back to its queue (RQ-UN-1 to 4).
func (s *Service) unanswered(ctx context.Context, l *ledger, t timer) error {
	settings := s.Settings.Current()
	r := &l.room
	lasts := settings.UnansweredTransferSeconds
	if lasts <= 0 || r.ServedBy == nil || r.ServedBy.TS != t.Of || r.OnHold || r.AutoTransferredAt > 0 {
		return errStale
	}
	if answered, err := answeredSince(ctx, l.tx, r.ID, r.ServedBy.TS); err != nil {
		return err
	} else if answered {
		return errStale
	}
	on := transfer{by: chat.System, comment: strconv.FormatInt(lasts, 10), to: r.DepartmentID, scope: scopeAutoToQueue}
	if settings.RoutingMethod != chat.RoutingManual {
		m, err := s.Router.Move(ctx, l.tx, s.moving(*r, chat.MoveUnanswered))
		if err != nil {
			return err
		}
		if on.agent, err = s.picked(ctx, l.tx, m.Pick); err != nil {
			return err
		}
		if on.agent == nil {
			return plan(ctx, l.tx, t, l.tx.Now().Add(inSeconds(lasts)))
		}
		on.scope, on.to = scopeAutoToAgent, m.Department
	}
	r.AutoTransferredAt = l.now()
	return s.move(ctx, l, on)
}

func (s *Service) moving(r chat.Room, why chat.MoveCause) chat.Moving {
	return chat.Moving{Inquiry: chat.Inquiry{}.About(r), From: servedBy(r), Cause: why}
}

// abandoned closes a chat whose visitor is gone, or puts it on hold (RQ-AB-1 to 3).
func (s *Service) abandoned(ctx context.Context, l *ledger, t timer) error {
	settings := s.Settings.Current()
	r := &l.room
	if r.Omnichannel == nil || r.SilentSince != t.Of || r.Omnichannel.PredictedVisitorAbandonmentAt > l.tx.Now() {
		return errStale
	}
	rules, err := rulesOf(ctx, l.tx, r.DepartmentID)
	if err != nil {
		return err
	}
	lasted := patience(settings, rules)
	switch settings.AbandonedAction {
	case chat.ActionClose:
		own := rules.abandonMessage
		if own == "" {
			own = settings.AbandonedMessage
		}
		return s.end(ctx, l, chat.System, Closing{RID: r.ID, Comment: orSentence(own, fmt.Sprintf(s.texts().abandoned, r.FName, lasted))})
	case chat.ActionOnHold:
		if r.ServedBy == nil || !s.engaged(*r) {
			return errStale
		}
		return s.putOnHold(ctx, l, chat.System, fmt.Sprintf(s.texts().heldSilent, r.FName, lasted))
	}
	return errStale
}

// heldTooLong closes a chat that was on hold for too long (LC-HOLD-9).
func (s *Service) heldTooLong(ctx context.Context, l *ledger, t timer) error {
	settings := s.Settings.Current()
	if !l.room.OnHold || l.room.HeldAt != t.Of || settings.OnHoldSeconds <= 0 {
		return errStale
	}
	return s.end(ctx, l, chat.System, Closing{RID: l.room.ID,
		Comment: orSentence(settings.OnHoldMessage, fmt.Sprintf(s.texts().heldTooLong, settings.OnHoldSeconds))})
}

// waitedTooLong closes a chat that waited in the queue for too long.
func (s *Service) waitedTooLong(ctx context.Context, l *ledger, t timer) error {
	limit := s.Settings.Current().MaxQueueWaitMinutes
	if l.room.ServedBy != nil || l.room.QueuedAt != t.Of || limit <= 0 {
		return errStale
	}
	return s.end(ctx, l, chat.System, Closing{RID: l.room.ID, Comment: fmt.Sprintf(s.texts().waitedTooLong, limit)})
}
