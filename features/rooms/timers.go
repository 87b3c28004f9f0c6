package rooms

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// The timers (routing-and-queue 10.1). Each guards a state; what it was made for is
// compared when it fires, so one that was not cancelled does nothing (RQ-T-1).
const (
	timerUnanswered = "unanswered" // of a room: its agent has not written
	timerAbandoned  = "abandoned"  // of a room: its visitor has not written
	timerHeld       = "held"       // of a room: it is on hold
	timerWaited     = "waited"     // of a room: it is in the queue
	timerLeft       = "left"       // of an agent: he is not there
)

// timer is the payload of its job.
type timer struct {
	Act string        `json:"act"`
	ID  string        `json:"id"` // of the room or the agent
	Of  clock.Instant `json:"of"` // since when the state lasts that it was made for
}

func (t timer) key() string { return t.Act + ":" + t.ID }

// timerJob is the kind of all of them.
const timerJob = "rooms.timer"

func plan(ctx context.Context, tx *db.Tx, t timer, due clock.Instant) error {
	return tx.Enqueue(ctx, db.Job{Kind: timerJob, Key: t.key(), Payload: t, DueAt: due})
}

// planOrDrop makes the timer last as long as the setting says; not positive is never.
func planOrDrop(ctx context.Context, tx *db.Tx, t timer, lasts time.Duration) error {
	if lasts <= 0 || t.Of == 0 {
		return tx.CancelJob(ctx, timerJob, t.key())
	}
	return plan(ctx, tx, t, t.Of.Add(lasts))
}

// dropTimer cancels a room's timer. While its setting is off there is none.
func (s *Service) dropTimer(ctx context.Context, tx *db.Tx, act, id string) error {
	if !s.running(act) {
		return nil
	}
	return tx.CancelJob(ctx, timerJob, timer{Act: act, ID: id}.key())
}

// running reports whether the settings have timers of this kind at all.
func (s *Service) running(act string) bool {
	switch settings := s.Settings.Current(); act {
	case timerUnanswered:
		return settings.UnansweredTransferSeconds > 0
	case timerAbandoned:
		return watches(settings)
	case timerHeld:
		return settings.OnHoldSeconds > 0
	case timerWaited:
		return settings.MaxQueueWaitMinutes > 0
	}
	return true
}

// dropAll cancels what runs for a room that ends, also what began before its setting
// was switched off (LC-CLOSE-6).
func (s *Service) dropAll(ctx context.Context, tx *db.Tx, r chat.Room) error {
	for act, may := range map[string]bool{
		timerUnanswered: r.ServedBy != nil && r.AutoTransferredAt == 0,
		timerAbandoned:  true, // also one that the visitor's message made stale
		timerHeld:       r.OnHold,
		timerWaited:     r.ServedBy == nil,
	} {
		if !may {
			continue
		}
		if err := tx.CancelJob(ctx, timerJob, timer{Act: act, ID: string(r.ID)}.key()); err != nil {
			return err
		}
	}
	return nil
}

// planServed begins what an assignment begins and ends what it ends (RQ-UN-1).
func (s *Service) planServed(ctx context.Context, tx *db.Tx, r chat.Room) error {
	if err := s.dropTimer(ctx, tx, timerWaited, string(r.ID)); err != nil {
		return err
	}
	lasts := s.Settings.Current().UnansweredTransferSeconds
	if lasts <= 0 || r.AutoTransferredAt > 0 {
		return nil
	}
	return plan(ctx, tx, timer{timerUnanswered, string(r.ID), r.ServedBy.TS}, r.ServedBy.TS.Add(inSeconds(lasts)))
}

// planWaited limits how long a room may wait in the queue.
func (s *Service) planWaited(ctx context.Context, tx *db.Tx, r chat.Room) error {
	lasts := s.Settings.Current().MaxQueueWaitMinutes
	if lasts <= 0 {
		return nil
	}
	return plan(ctx, tx, timer{timerWaited, string(r.ID), r.QueuedAt}, r.QueuedAt.Add(time.Duration(lasts)*time.Minute))
}

// planHeld limits how long a room may be on hold.
func (s *Service) planHeld(ctx context.Context, tx *db.Tx, r chat.Room) error {
	lasts := s.Settings.Current().OnHoldSeconds
	if lasts <= 0 {
		return nil
	}
	return plan(ctx, tx, timer{timerHeld, string(r.ID), r.HeldAt}, r.HeldAt.Add(inSeconds(lasts)))
}

// watches reports whether something happens to chats whose visitor is gone.
func watches(settings *chat.Settings) bool { return settings.AbandonedAction != chat.ActionNone }

// watch foretells when the room's visitor counts as gone, and plans for it (RQ-AB-1).
// It reports whether the room's prediction is another one than before.
func (s *Service) watch(ctx context.Context, tx *db.Tx, r *chat.Room) (news bool, err error) {
	var lasts time.Duration
	if settings := s.Settings.Current(); watches(settings) && r.SilentSince > 0 {
		rules, err := rulesOf(ctx, tx, r.DepartmentID)
		if err != nil {
			return false, err
		}
		lasts = inSeconds(patience(settings, rules))
	}
	if !r.Predict(lasts) {
		return false, nil
	}
	return true, planOrDrop(ctx, tx, timer{timerAbandoned, string(r.ID), r.SilentSince}, lasts)
}

// patience is how many seconds a visitor may be silent.
func patience(settings *chat.Settings, rules departmentRules) int64 {
	if rules.abandonSeconds > 0 {
		return rules.abandonSeconds
	}
	return settings.VisitorInactivitySeconds
}

func inSeconds(n int64) time.Duration { return time.Duration(n) * time.Second }
