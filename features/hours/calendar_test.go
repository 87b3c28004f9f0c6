package hours

import (
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

// in makes a schedule of one zone from days that all have the same windows.
func in(t *testing.T, zone string, days []time.Weekday, windows ...[2]int) Schedule {
	t.Helper()
	where, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	s := Schedule{Zone: where, ToTheEnd: true}
	for _, d := range days {
		for _, w := range windows {
			s.Windows = append(s.Windows, Window{Day: d, Start: w[0], Finish: w[1], Open: true})
		}
	}
	return s
}

var everyDay = []time.Weekday{0, 1, 2, 3, 4, 5, 6}

func at(t *testing.T, text string) clock.Instant {
	t.Helper()
	when, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return clock.Of(when)
}

func TestAScheduleIsOpenFromItsStartUntilItsFinish(t *testing.T) { // RQ-BH-4
	s := in(t, "Europe/Berlin", []time.Weekday{time.Monday}, [2]int{8 * 60, 12 * 60}, [2]int{13 * 60, 17*60 + 30})
	for text, want := range map[string]bool{
		"2026-10-05T07:59:59+02:00": false, "2026-10-05T08:00:00+02:00": true, "2026-10-05T11:59:59+02:00": true,
		"2026-10-05T12:00:00+02:00": false, "2026-10-05T13:00:00+02:00": true, "2026-10-05T17:29:59+02:00": true,
		"2026-10-05T17:30:00+02:00": false, "2026-10-06T09:00:00+02:00": false, "2026-10-12T09:00:00+02:00": true,
	} {
		if got := s.Open(at(t, text)); got != want {
			t.Errorf("%s: open %v", text, got)
		}
	}
	s.Windows[0].Open = false
	if s.Open(at(t, "2026-10-05T09:00:00+02:00")) {
		t.Error("a closed window is open")
	}
}

func TestTheNextChange(t *testing.T) { // RQ-BH-14
	office := in(t, "Europe/Berlin", []time.Weekday{1, 2, 3, 4, 5}, [2]int{8 * 60, 20 * 60})
	always := in(t, "Europe/Berlin", everyDay, [2]int{0, lastMinute})
	never := Schedule{Zone: time.UTC}
	lastMinuteClosed := always
	lastMinuteClosed.ToTheEnd = false
	samoa := in(t, "Pacific/Apia", []time.Weekday{time.Friday}, [2]int{9 * 60, 10 * 60})
	for name, c := range map[string]struct {
		s        Schedule
		at, want string
	}{
		"before opening":                {office, "2026-10-05T06:00:00+02:00", "2026-10-05T08:00:00+02:00"},
		"while open":                    {office, "2026-10-05T08:00:00+02:00", "2026-10-05T20:00:00+02:00"},
		"at closing":                    {office, "2026-10-05T20:00:00+02:00", "2026-10-06T08:00:00+02:00"},
		"over the weekend and a change": {office, "2026-10-23T21:00:00+02:00", "2026-10-26T08:00:00+01:00"},
		"around the clock: never":       {always, "2026-10-05T06:00:00+02:00", ""},
		"the last minute, if it closes": {lastMinuteClosed, "2026-10-05T06:00:00+02:00", "2026-10-05T23:59:00+02:00"},
		"no windows: never":             {never, "2026-10-05T06:00:00+02:00", ""},
		"a Friday that Samoa left out":  {samoa, "2011-12-23T11:00:00-10:00", "2012-01-06T09:00:00+14:00"},
	} {
		want := clock.Instant(0)
		if c.want != "" {
			want = at(t, c.want)
		}
		if got := c.s.Change(at(t, c.at)); got != want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestLocalTimesThatAreSkippedOrRepeated(t *testing.T) { // RQ-BH-11
	for name, c := range map[string]struct {
		zone          string
		window        [2]int
		before        string
		opens, closes string
	}{
		"the start is skipped":    {"Europe/Berlin", [2]int{2*60 + 30, 5 * 60}, "2026-03-28T23:00:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-29T05:00:00+02:00"},
		"the finish is skipped":   {"Europe/Berlin", [2]int{60, 2*60 + 30}, "2026-03-28T23:00:00+01:00", "2026-03-29T01:00:00+01:00", "2026-03-29T03:00:00+02:00"},
		"all of it is skipped":    {"Europe/Berlin", [2]int{2*60 + 10, 2*60 + 50}, "2026-03-28T23:00:00+01:00", "2026-03-30T02:10:00+02:00", "2026-03-30T02:50:00+02:00"},
		"the start is repeated":   {"Europe/Berlin", [2]int{2*60 + 30, 5 * 60}, "2026-10-24T23:00:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T05:00:00+01:00"},
		"the finish is repeated":  {"Europe/Berlin", [2]int{60, 2*60 + 30}, "2026-10-24T23:00:00+02:00", "2026-10-25T01:00:00+02:00", "2026-10-25T02:30:00+01:00"},
		"midnight itself skipped": {"Africa/Cairo", [2]int{0, 60 + 30}, "2026-04-23T20:00:00+02:00", "2026-04-24T01:00:00+03:00", "2026-04-24T01:30:00+03:00"},
		"half an hour":            {"Australia/Lord_Howe", [2]int{60 + 45, 3 * 60}, "2026-04-04T20:00:00+11:00", "2026-04-05T01:45:00+11:00", "2026-04-05T03:00:00+10:30"},
	} {
		s := in(t, c.zone, everyDay, c.window)
		opens := s.Change(at(t, c.before))
		if opens != at(t, c.opens) || s.Change(opens) != at(t, c.closes) {
			t.Errorf("%s: %s to %s, want %s to %s", name, opens, s.Change(opens), c.opens, c.closes)
		}
	}
}

func TestTheLastMinuteOfTheDay(t *testing.T) { // RQ-BH-3
	monday := in(t, "UTC", []time.Weekday{time.Monday}, [2]int{0, lastMinute})
	late := at(t, "2026-10-05T23:59:30Z")
	if monday.Open(late) {
		t.Error("the next day does not open at midnight, yet 23:59 is no finish")
	}
	both := in(t, "UTC", []time.Weekday{time.Monday, time.Tuesday}, [2]int{0, lastMinute})
	if !both.Open(late) || both.Change(late) != at(t, "2026-10-06T23:59:00Z") {
		t.Error("a day that the next one continues is closed in its last minute")
	}
	both.ToTheEnd = false
	if both.Open(late) || both.Change(at(t, "2026-10-05T12:00:00Z")) != at(t, "2026-10-05T23:59:00Z") {
		t.Error("the setting is off, yet the last minute is open")
	}
}

// The library's ZoneBounds takes the last day of a leap year for the next year's.
func TestTheLastDayOfALeapYear(t *testing.T) { // RQ-BH-10
	s := in(t, "America/New_York", everyDay, [2]int{9 * 60, 17 * 60})
	for _, text := range []string{"2028-12-30T12:00:00-05:00", "2028-12-31T12:00:00-05:00", "2029-01-01T12:00:00-05:00"} {
		if noon := at(t, text); !s.Open(noon) || s.Change(noon) != noon.Add(5*time.Hour) {
			t.Errorf("%s: %v until %s", text, s.Open(noon), s.Change(noon))
		}
	}
}
