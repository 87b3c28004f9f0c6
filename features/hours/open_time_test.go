package hours

import (
	"testing"
	"time"
)

func TestOpenTimeWithinAStretch(t *testing.T) { // LC-CLOSE-9
	s := in(t, "Europe/Berlin", []time.Weekday{time.Monday, time.Tuesday}, [2]int{8 * 60, 12 * 60}, [2]int{13 * 60, 17 * 60})
	for _, c := range []struct {
		from, to string
		want     time.Duration
	}{
		{"2026-10-05T09:00:00+02:00", "2026-10-05T09:30:00+02:00", 30 * time.Minute},
		{"2026-10-05T11:30:00+02:00", "2026-10-05T13:15:00+02:00", 45 * time.Minute},
		{"2026-10-05T16:00:00+02:00", "2026-10-06T09:00:00+02:00", 2 * time.Hour},
		{"2026-10-05T18:00:00+02:00", "2026-10-05T19:00:00+02:00", 0},
		{"2026-10-06T16:00:00+02:00", "2026-10-12T08:30:00+02:00", 90 * time.Minute},
		{"2026-10-05T10:00:00+02:00", "2026-10-05T09:00:00+02:00", 0},
	} {
		if got := s.within(at(t, c.from), at(t, c.to)); got != c.want {
			t.Errorf("%s to %s: %v, want %v", c.from, c.to, got, c.want)
		}
	}
	always := in(t, "UTC", everyDay, [2]int{0, 24*60 - 1})
	if got := always.within(at(t, "2026-10-05T10:00:00Z"), at(t, "2027-10-05T10:00:00Z")); got != 365*24*time.Hour {
		t.Errorf("always open: %v", got)
	}
	if got := (Schedule{Zone: time.UTC}).within(at(t, "2026-10-05T10:00:00Z"), at(t, "2027-10-05T10:00:00Z")); got != 0 {
		t.Errorf("never open: %v", got)
	}
}
