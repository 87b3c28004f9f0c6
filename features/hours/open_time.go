package hours

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// OpenTime is how much of a stretch of time lies in the opening hours of a department,
// or of everybody when it has none of its own; all of it while business hours are off
// (LC-CLOSE-9).
func (s *Service) OpenTime(ctx context.Context, q db.Querier, d chat.DepartmentID, from, to clock.Instant) (time.Duration, error) {
	if !s.Settings.Current().EnableBusinessHours {
		return to.Sub(from), nil
	}
	all, err := s.load(ctx, q, to)
	if err != nil {
		return 0, err
	}
	own, err := hourOf(ctx, q, d)
	if err != nil {
		return 0, err
	}
	var ids []chat.HourID
	if own != "" {
		ids = append(ids, own)
	}
	schedule, known := all.schedules[all.applicable(s.multiple(), ids)[0]]
	if !known {
		return to.Sub(from), nil
	}
	return schedule.within(from, to), nil
}

// within is how long the schedule is open in a stretch of time.
func (s Schedule) within(from, to clock.Instant) (open time.Duration) {
	for at := from; at < to; {
		next := to
		if change := s.Change(at); change > at {
			next = min(change, to)
		}
		if s.Open(at) {
			open += next.Sub(at)
		}
		at = next
	}
	return open
}
