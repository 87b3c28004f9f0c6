package analytics

import (
	"context"
	"sort"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
)

// reportingZone is the zone of a caller (AN-10).
func (s *Service) reportingZone(ctx context.Context, a chat.Actor) (*time.Location, error) {
	settings := s.Settings.Current()
	switch settings.ReportingZone {
	case "custom":
		if settings.ReportingZoneName != "" {
			return named(settings.ReportingZoneName), nil
		}
	case "user":
		return zoneOf(ctx, s.DB, a.User)
	}
	return named(s.Zone), nil
}

// named is a zone of the database of zones, UTC for none.
func named(name string) *time.Location {
	if l, err := time.LoadLocation(name); err == nil && name != "Local" {
		return l
	}
	return time.UTC
}

// days are whole days of a zone, the last one exclusive.
type days struct{ first, last time.Time }

// dates are two dates as they were asked for, and the names of their parameters.
type dates struct{ from, to, fromName, toName string }

// wholeDays reads two dates; both are included (AN-11).
func wholeDays(d dates, l *time.Location) (days, error) {
	first, err := date(d.from, d.fromName, l)
	if err != nil {
		return days{}, err
	}
	last, err := date(d.to, d.toName, l)
	if err == nil && last.Sub(first) > longest {
		err = errTooLong()
	}
	return days{first, next(last)}, err
}

const longest = 3660 * 24 * time.Hour

func date(text, name string, l *time.Location) (time.Time, error) {
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return beginning(time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, l)), nil
	}
	at, err := instant(text, name)
	return dayOf(at, l), err
}

func dayOf(at clock.Instant, l *time.Location) time.Time {
	y, m, d := at.Time().In(l).Date()
	return beginning(time.Date(y, m, d, 12, 0, 0, 0, l))
}

func next(day time.Time) time.Time {
	y, m, d := day.Date()
	return beginning(time.Date(y, m, d+1, 12, 0, 0, 0, day.Location()))
}

// beginning is the first moment of a day: midnight, or where the clocks change then,
// the first hour there is.
func beginning(noon time.Time) time.Time {
	y, m, d := noon.Date()
	t := time.Date(y, m, d, 0, 0, 0, 0, noon.Location())
	if t.Day() != d {
		return t.Add(time.Hour)
	}
	if before := t.Add(-time.Hour); before.Day() == d {
		return before
	}
	return t
}

// daysAround are the calendar days of two moments (AN-12).
func daysAround(from, to clock.Instant, l *time.Location) (days, error) {
	if to > from.Add(longest) { // a difference may overflow
		return days{}, errTooLong()
	}
	return days{dayOf(from, l), next(dayOf(to, l))}, nil
}

func errTooLong() error {
	return fault.Text(fault.Invalid, "The period must be less than 10 years long.")
}

func (d days) from() clock.Instant { return clock.Of(d.first) }
func (d days) to() clock.Instant   { return clock.Of(d.last) }

// each are the moments at which the days begin, and the end.
func (d days) each() []clock.Instant {
	var all []clock.Instant
	for t := d.first; t.Before(d.last); t = next(t) {
		all = append(all, clock.Of(t))
	}
	return append(all, d.to())
}

// count is how many days there are.
func (d days) count() int { return len(d.each()) - 1 }

// hours are the moments at which the hours of a day begin, and the day's end: 24 of
// them, 23 or 25 where the clocks change.
func hours(day time.Time) []clock.Instant {
	end := clock.Of(next(day))
	var all []clock.Instant
	for at := clock.Of(day); at < end; at = at.Add(time.Hour) {
		all = append(all, at)
	}
	return append(all, end)
}

// bucket is the place of a moment among bounds, -1 outside.
func bucket(bounds []clock.Instant, at clock.Instant) int {
	if at >= bounds[len(bounds)-1] {
		return -1
	}
	return sort.Search(len(bounds), func(i int) bool { return bounds[i] > at }) - 1
}

// layouts are the dates that are understood beside ISO 8601.
var layouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999", "2006-01-02 15:04:05.999", "2006-01-02T15:04", time.DateOnly,
	time.RFC1123, "Mon Jan 02 2006 15:04:05 GMT-0700", "1/2/2006"}

// instant reads a date; without a zone it is UTC.
func instant(text, name string) (clock.Instant, error) {
	text, _, _ = strings.Cut(text, " (")
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil && t.Year() > 0 && t.Year() < 10000 {
			return clock.Of(t), nil
		}
	}
	return 0, fault.Text(fault.Invalid, `The "`+name+`" query parameter must be a valid date.`)
}

// mostDays is what a report may cover.
const mostDays = 368

// moments reads the two ends of a period.
func moments(start, end string) (from, to clock.Instant, err error) {
	if from, err = instant(start, "start"); err != nil {
		return 0, 0, err
	}
	to, err = instant(end, "end")
	return from, to, err
}

// reported reads the period of a report.
func reported(start, end string) (from, to clock.Instant, err error) {
	if from, to, err = moments(start, end); err != nil {
		return 0, 0, err
	}
	if to >= from.Add((mostDays+1)*24*time.Hour) {
		return 0, 0, fault.Text(fault.Invalid, `The "start" and "end" query parameters must be less than 1 year apart.`)
	}
	if from >= to {
		return 0, 0, fault.Text(fault.Invalid, `The "start" query parameter must be before the "end" query parameter.`)
	}
	return from, to, nil
}
