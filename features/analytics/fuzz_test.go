package analytics

import (
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/fault"
)

// Whatever is asked for as a period is one, in order and not longer than it may be, or is
// refused (AN-11, AN-12, PT-AN-11).
func FuzzPeriods(f *testing.F) {
	for _, seed := range [][2]string{
		{"2026-04-01", "2026-04-03"}, {"2026-03-29", "2026-03-29"}, {"2026-04-03", "2026-04-01"}, {"0001-01-01", "9999-12-31"}, {"2026-02-30", "x"},
		{"2026-04-01T00:00:00.000Z", "2026-04-01T24:00:00Z"}, {"2026-04-01 12:00:00", "Fri Apr 03 2026 12:00:00 GMT+0200 (CEST)"},
		{"2011-12-30", "2011-12-31"}, {"1/2/2006", "Mon, 02 Jan 2006 15:04:05 MST"}, {"-0001-01-01", "+10000-01-01"}, {"", "\x00"}, {"2026-04-01T12:00+99:99", "("},
	} {
		for zone := range len(zones) {
			f.Add(seed[0], seed[1], zone)
		}
	}
	f.Fuzz(func(t *testing.T, from, to string, zone int) {
		l := named(zones[uint(zone)%uint(len(zones))])
		if begin, end, err := reported(from, to); refused(t, err) && (begin >= end || end.Sub(begin) > (mostDays+1)*24*time.Hour) {
			t.Errorf("a report from %v to %v", begin, end)
		}
		if d, err := wholeDays(dates{from, to, "start", "end"}, l); refused(t, err) {
			all := d.each()
			for i := range len(all) - 1 {
				if long := all[i+1].Sub(all[i]); long < 23*time.Hour || long > 48*time.Hour {
					t.Errorf("a day of %v in %s: %v", long, l, all[i])
				}
			}
			if len(all) > 3662 {
				t.Errorf("%d days", len(all))
			}
		}
	})
}

var zones = []string{"UTC", "Europe/Prague", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe", "America/Sao_Paulo"}

// refused reports whether there is no error, and fails if it is not the caller's.
func refused(t *testing.T, err error) bool {
	t.Helper()
	if f, ok := fault.Of(err); err != nil && (!ok || f.Kind != fault.Invalid) {
		t.Errorf("%v", err)
	}
	return err == nil
}
