package hours

import (
	"slices"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

// Window is one opening of a weekday in local minutes of the day: Start is inside, Finish is not.
type Window struct {
	Day           time.Weekday
	Start, Finish int
	Open          bool
}

// Schedule is when a business hour is open. It asks nobody: the same schedule and
// instant always give the same answer.
type Schedule struct {
	Zone    *time.Location
	Windows []Window
	// ToTheEnd: 23:59 is the end of the day if the next day opens at 00:00 (RQ-BH-3).
	ToTheEnd bool
}

const (
	daySeconds  = 24 * 60 * 60
	lastMinute  = 23*60 + 59
	lookBack    = 1  // days; a window ends a day late when the clock is turned back at midnight
	lookAhead   = 16 // days: two weeks, and a weekday that a zone leaves out
	zoneReaches = 48 * 60 * 60
)

// Open reports whether the schedule is open at an instant.
func (s Schedule) Open(at clock.Instant) bool {
	second := at.Time().Unix()
	today := s.day(second)
	for day := today - lookBack; day <= today+lookBack; day++ {
		for _, w := range s.Windows {
			if p := s.on(w, day); p.from <= second && second < p.to {
				return true
			}
		}
	}
	return false
}

// Change is the next instant after at when open becomes closed or closed becomes
// open; 0: none is in sight.
func (s Schedule) Change(at clock.Instant) clock.Instant {
	second := at.Time().Unix()
	for _, p := range s.periods(s.day(second)) {
		switch {
		case p.to <= second:
		case p.from > second:
			return clock.Instant(p.from * 1000)
		case s.day(p.to) >= s.day(second)+lookAhead:
			return 0 // it never closes
		default:
			return clock.Instant(p.to * 1000)
		}
	}
	return 0
}

// period is a stretch of time in seconds since the epoch, without its end.
type period struct{ from, to int64 }

// periods are the openings from a day on, in order, those that touch or overlap as one.
func (s Schedule) periods(today int64) (merged []period) {
	var all []period
	for day := today - lookBack; day <= today+lookAhead; day++ {
		for _, w := range s.Windows {
			if p := s.on(w, day); p.from < p.to {
				all = append(all, p)
			}
		}
	}
	slices.SortFunc(all, func(a, b period) int { return int(a.from - b.from) })
	for _, p := range all {
		if last := len(merged) - 1; last >= 0 && p.from <= merged[last].to {
			merged[last].to = max(merged[last].to, p.to)
		} else {
			merged = append(merged, p)
		}
	}
	return merged
}

// on is the window on a day, empty if it is not of that weekday. A start that the
// clocks show twice is the first, a finish the second (RQ-BH-11).
func (s Schedule) on(w Window, day int64) period {
	if !w.Open || weekday(day) != w.Day {
		return period{}
	}
	finish := w.Finish
	if s.ToTheEnd && finish == lastMinute && s.opensAtMidnight(weekday(day+1)) {
		finish++
	}
	from, _ := occurrences(s.Zone, day*daySeconds+int64(w.Start)*60)
	_, to := occurrences(s.Zone, day*daySeconds+int64(finish)*60)
	return period{from, to}
}

func (s Schedule) opensAtMidnight(day time.Weekday) bool {
	return slices.ContainsFunc(s.Windows, func(w Window) bool { return w.Open && w.Day == day && w.Start == 0 })
}

// day is the number of the local day since 1970-01-01.
func (s Schedule) day(second int64) int64 {
	_, offset := time.Unix(second, 0).In(s.Zone).Zone()
	return floorDiv(second+int64(offset), daySeconds)
}

// weekday is the day of the week of a day's number; 1970-01-01 was a Thursday.
func weekday(day int64) time.Weekday { return time.Weekday(day + 4 - floorDiv(day+4, 7)*7) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// occurrences are the first and the last instant at which the clocks of a zone show
// a local time, given as if it were UTC. A local time that is skipped is the instant
// of the jump (RQ-BH-11).
func occurrences(zone *time.Location, local int64) (first, last int64) {
	found := false
	add := func(at int64) {
		if !found {
			first = at
		}
		last, found = at, true
	}
	at := time.Unix(local-zoneReaches, 0).In(zone)
	for {
		_, offset := at.Zone()
		from, until := at.ZoneBounds()
		if !until.IsZero() && !until.After(at) { // ZoneBounds ends a leap year after 365 days
			until = at.Add(time.Hour)
		}
		if i := local - int64(offset); (from.IsZero() || from.Unix() <= i) && (until.IsZero() || i < until.Unix()) {
			add(i)
		}
		if until.IsZero() || until.Unix() > local+zoneReaches {
			return first, last
		}
		_, next := until.Zone()
		if jump := until.Unix(); jump+int64(offset) <= local && local < jump+int64(next) {
			add(jump)
		}
		at = until
	}
}
