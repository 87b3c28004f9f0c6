package analytics

import (
	"context"
	"encoding/json"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
)

const (
	fillJob    = "analytics.fill"    // counts the conversations that ended before there were analytics
	unitJob    = "analytics.units"   // and those whose unit changed
	silenceJob = "analytics.silence" // counts who is gone anew, after the setting changed

	batch   = 500 // conversations of a transaction
	perRun  = 20  // transactions of a run
	perDays = 30  // days of a transaction

	// settle lets the rooms and every server's settings follow the change first.
	settle = 5 * time.Second
)

// cursor is how far a job has come; zero is nowhere.
type cursor struct {
	TS   clock.Instant `json:"ts,omitzero"`
	Room chat.RoomID   `json:"room,omitempty"`
	Day  clock.Instant `json:"day,omitempty"`
}

// Jobs are the work that follows no single event. Each is one job that goes on where it
// stopped.
func (s *Service) Jobs() []jobs.Kind {
	kind := func(name string, step func(context.Context, *db.Tx, cursor) (cursor, bool, error)) jobs.Kind {
		return jobs.Kind{Name: name, AtOnce: 1, Run: func(ctx context.Context, r jobs.Run) error {
			var at cursor
			if err := json.Unmarshal(r.Payload, &at); err != nil {
				return err
			}
			return s.work(ctx, name, at, step)
		}}
	}
	return []jobs.Kind{kind(fillJob, s.fill), kind(unitJob, s.followUnits), kind(silenceJob, s.followSilence)}
}

// Start begins to count what ended before, newest first, unless that is done.
func (s *Service) Start(ctx context.Context) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		begun, err := marked(ctx, tx, fillJob)
		if err != nil || begun {
			return err
		}
		if err := mark(ctx, tx, fillJob); err != nil {
			return err
		}
		return tx.Enqueue(ctx, db.Job{Kind: fillJob, Key: fillJob, Payload: cursor{}})
	})
}

// work does some steps and leaves the rest to another run.
func (s *Service) work(ctx context.Context, name string, at cursor, step func(context.Context, *db.Tx, cursor) (cursor, bool, error)) error {
	for n := 1; ; n++ {
		var more bool
		then := at
		err := s.DB.InTx(ctx, func(tx *db.Tx) error {
			next, left, err := step(ctx, tx, at)
			if err != nil {
				return err
			}
			then, more = next, left
			if more && n == perRun {
				return tx.Enqueue(ctx, db.Job{Kind: name, Key: name, Payload: then})
			}
			return nil
		})
		if err != nil || !more || n == perRun {
			return err
		}
		at = then // only now: a transaction may have been tried twice
	}
}

// fill counts the next conversations that ended and are not counted.
func (s *Service) fill(ctx context.Context, tx *db.Tx, at cursor) (cursor, bool, error) {
	ids, next, err := ended(ctx, tx, at)
	if err != nil || len(ids) == 0 {
		return at, false, err
	}
	ids, err = uncounted(ctx, tx, ids)
	if err != nil || len(ids) == 0 {
		return next, true, err
	}
	return next, true, s.refresh(ctx, tx, ids)
}

// followUnits counts the next conversations whose unit is not the one they are counted in.
func (s *Service) followUnits(ctx context.Context, tx *db.Tx, at cursor) (cursor, bool, error) {
	ids, next, err := moved(ctx, tx, at)
	if err != nil || len(ids) == 0 {
		return at, false, err
	}
	return next, true, s.refresh(ctx, tx, ids)
}

func (s *Service) followSilence(ctx context.Context, tx *db.Tx, at cursor) (cursor, bool, error) {
	next, err := recountAbandoned(ctx, tx, at.Day, s.threshold())
	return cursor{Day: next}, next > 0, err
}
