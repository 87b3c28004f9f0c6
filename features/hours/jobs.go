package hours

import (
	"context"
	"math"
	"time"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/jobs"
)

const (
	checkJob = "hours.check"
	always   = "always" // the key of the one job that repeats
)

// Jobs is the durable work: being there at the next change, and looking each minute.
func (s *Service) Jobs() []jobs.Kind {
	return []jobs.Kind{{Name: checkJob, MaxAttempts: math.MaxInt32, AtOnce: 1, Run: s.runCheck,
		Backoff: func(int) time.Duration { return 5 * time.Second }}}
}

// Start makes the default hour at the first start, and has what was missed made up.
func (s *Service) Start(ctx context.Context) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := s.addDefault(ctx, tx); err != nil {
			return err
		}
		return tx.Enqueue(ctx, db.Job{Kind: checkJob, Key: always})
	})
}

func (s *Service) runCheck(ctx context.Context, _ jobs.Run) error {
	if err := s.Settings.Reload(ctx); err != nil {
		return err
	}
	next, err := s.Check(ctx)
	if err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		return tx.Enqueue(ctx, db.Job{Kind: checkJob, Key: always, DueAt: next})
	})
}

// addDefault makes the hour everybody follows: weekdays from eight to eight (RQ-BH-2).
func (s *Service) addDefault(ctx context.Context, tx *db.Tx) error {
	h := Hour{ID: chatHour(id.New()), Zone: s.Zone, Offset: s.offset(s.Zone, tx.Now())}
	if made, err := insertDefault(ctx, tx, h); err != nil || !made {
		return err
	}
	for day := range time.Weekday(7) {
		open := day != time.Sunday && day != time.Saturday
		h.Windows = append(h.Windows, Window{Day: day, Start: 8 * 60, Finish: 20 * 60, Open: open})
	}
	return replaceWindows(ctx, tx, h)
}
