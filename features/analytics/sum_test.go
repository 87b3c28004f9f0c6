package analytics

import (
	"testing"

	"github.com/foyerchat/foyer/platform/clock"
)

// The pieces are every day once, and few.
func TestDaysAreCutIntoBlocks(t *testing.T) {
	for from := int64(20_000); from < 20_070; from++ {
		for length := int64(1); length < 400; length += 3 {
			seen, all := map[int64]int{}, pieces(from, from+length)
			for _, p := range all {
				for day := p.from * p.size; day < p.to*p.size; day++ {
					seen[day]++
				}
			}
			for day := from; day < from+length; day++ {
				if seen[day] != 1 {
					t.Fatalf("%d days from %d: day %d %d times in %v", length, from, day, seen[day], all)
				}
			}
			if int64(len(seen)) != length || len(all) > 5 {
				t.Fatalf("%d days from %d: %d in %v", length, from, len(seen), all)
			}
		}
	}
}

func TestTheWidestSumsThatFit(t *testing.T) {
	for minutes, want := range map[int64]int64{0: 4, 60: 4, 30: 2, 45: 1, 15: 1} {
		at := clock.Instant(20_000*dayMillis + minutes*60_000)
		if got := widthOf([]clock.Instant{at, at + dayMillis}); got != want {
			t.Errorf("%d minutes: %d", minutes, got)
		}
	}
}
