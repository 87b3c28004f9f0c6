package hours

import (
	"archive/zip"
	"flag"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

var allZones = flag.Bool("zones", false, "compare the calendar with a naive one for every quarter of an hour over ten years in every zone")

// zoneNames are the names of the zone database that comes with the compiler.
func zoneNames(t *testing.T) (names []string) {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Skip("no zone database to list: ", err)
	}
	all, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Skip("no zone database to list: ", err)
	}
	defer all.Close()
	for _, f := range all.File {
		if !strings.HasSuffix(f.Name, "/") {
			names = append(names, f.Name)
		}
	}
	slices.Sort(names)
	return names
}

// quarter is the grain of the naive calendar; every zone's changes lie on it since 1973.
const quarter = 15 * 60

// naive knows nothing of jumps: it looks at what the clocks of the zone showed until
// an instant and at what they will show from then on. A window has started when its
// start was ever shown, or passed over, and has ended when nothing before its finish
// is shown any more, which is what RQ-BH-11 means.
type naive struct {
	from      int64   // second
	seen, due []int64 // highest local second until then, lowest from then on
}

func newNaive(zone *time.Location, from, to int64) naive {
	n := naive{from: from}
	for s := from; s < to; s += quarter {
		_, offset := time.Unix(s, 0).In(zone).Zone()
		n.seen = append(n.seen, s+int64(offset))
	}
	n.due = slices.Clone(n.seen)
	for i := range n.seen {
		if i > 0 {
			n.seen[i] = max(n.seen[i], n.seen[i-1])
			j := len(n.due) - 1 - i
			n.due[j] = min(n.due[j], n.due[j+1])
		}
	}
	return n
}

func (n naive) open(i int, windows [7][]Window) bool {
	for day := n.due[i]/daySeconds - 1; day <= n.seen[i]/daySeconds; day++ {
		for _, w := range windows[(day+4)%7] {
			if n.seen[i] >= day*daySeconds+int64(w.Start)*60 && n.due[i] < day*daySeconds+int64(w.Finish)*60 {
				return true
			}
		}
	}
	return false
}

// randomSchedule starts its windows on quarters of an hour; their finishes are anywhere.
func randomSchedule(r *rand.Rand, zone *time.Location) (s Schedule, byDay [7][]Window) {
	s = Schedule{Zone: zone}
	for day := range time.Weekday(7) {
		for start := r.IntN(96); start < 96 && r.IntN(3) > 0; start += 1 + r.IntN(40) {
			w := Window{Day: day, Start: start * 15, Open: true}
			w.Finish = w.Start + 1 + r.IntN(lastMinute-w.Start)
			s.Windows = append(s.Windows, w)
			byDay[day] = append(byDay[day], w)
		}
	}
	return s, byDay
}

// compare counts the quarters looked at; the next change must explain each of them too.
func compare(t *testing.T, zone *time.Location, r *rand.Rand, from, to int64) (looked int) {
	const margin = 3 * daySeconds
	s, byDay := randomSchedule(r, zone)
	n := newNaive(zone, from-margin, to+margin)
	now, change := false, clock.Instant(-1)
	for second := from; second < to; second += quarter {
		want := n.open(int((second-n.from)/quarter), byDay)
		instant := clock.Instant(second * 1000)
		if got := s.Open(instant); got != want {
			t.Errorf("%s %s: open %v, want %v; %v", zone, instant, got, want, s.Windows)
			return looked
		}
		// follow the changes from one to the next, too
		for change == -1 || change != 0 && change <= instant {
			at := max(change, clock.Instant(from*1000))
			now, change = s.Open(at), s.Change(at)
		}
		if now != want {
			t.Errorf("%s %s: %v after the last change, want %v; %v", zone, instant, now, want, s.Windows)
			return looked
		}
		looked++
	}
	return looked
}

func TestTheCalendarAgreesWithANaiveOne(t *testing.T) { // routing 15 #18, RQ-BH-4, RQ-BH-10, RQ-BH-11
	names := zoneNames(t)
	from, to := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2036, 1, 1, 0, 0, 0, 0, time.UTC)
	if *allZones {
		everyZone(t, names, from.Unix(), to.Unix())
		return
	}
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 11))
		zone, err := time.LoadLocation(names[r.IntN(len(names))])
		if err != nil {
			t.Fatal(err)
		}
		begin := from.Unix() + r.Int64N((to.Unix()-from.Unix())/daySeconds)*daySeconds
		if _, until := time.Unix(begin, 0).In(zone).ZoneBounds(); !until.IsZero() && until.Before(to) {
			begin = until.Unix()/daySeconds*daySeconds - 3*daySeconds // around a jump
		}
		compare(t, zone, r, begin, begin+8*daySeconds)
	}
}

func everyZone(t *testing.T, names []string, from, to int64) {
	began := clock.System.Now()
	var looked atomic.Int64
	var work sync.WaitGroup
	for part := range runtime.GOMAXPROCS(0) {
		work.Go(func() {
			for i := part; i < len(names); i += runtime.GOMAXPROCS(0) {
				zone, err := time.LoadLocation(names[i])
				if err != nil {
					t.Error(err)
					continue
				}
				looked.Add(int64(compare(t, zone, rand.New(rand.NewPCG(uint64(i), 7)), from, to)))
			}
		})
	}
	work.Wait()
	t.Logf("%d zones, %d quarters of an hour in %s", len(names), looked.Load(), clock.System.Now().Sub(began))
}

// jump is a moment at which the clocks of a zone are set anew, in local seconds
// before and after.
type jump struct{ before, after int64 }

// jumps are found by looking at every hour and bisecting: not by asking the library for them.
func jumps(zone *time.Location, from, to int64) (all []jump) {
	offset := func(s int64) int64 { _, o := time.Unix(s, 0).In(zone).Zone(); return int64(o) }
	for s := from; s < to; s += 3600 {
		low, high := s, s+3600
		if offset(low) == offset(high) {
			continue
		}
		for high-low > 1 {
			if mid := (low + high) / 2; offset(mid) == offset(s) {
				low = mid
			} else {
				high = mid
			}
		}
		all = append(all, jump{high + offset(low), high + offset(high)})
	}
	return all
}

func TestADaysOpenTimeIsItsWindowsLengthAndTheShiftInIt(t *testing.T) { // PT-BH-3
	names := zoneNames(t)
	if !*allZones {
		r := rand.New(rand.NewPCG(4, 2))
		r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		names = append(names[:5], "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "America/Havana")
	}
	first, last := int64(10957), int64(25933) // 2000-01-01 to 2041-01-01
	for i, name := range names {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(uint64(i), 3))
		set := jumps(zone, (first-2)*daySeconds, (last+2)*daySeconds)
		for day := first; day < last; day++ {
			w := Window{Day: weekday(day), Start: r.IntN(8 * 60), Open: true}
			w.Finish = w.Start + 1 + r.IntN(lastMinute-w.Start)
			from, to := day*daySeconds+int64(w.Start)*60, day*daySeconds+int64(w.Finish)*60
			want := to - from
			for _, j := range set {
				if j.after > j.before { // skipped: the part of the window in it is missing
					want -= max(0, min(to, j.after)-max(from, j.before))
				} else if from < j.before && to >= j.after { // shown twice
					want += j.before - j.after
				}
			}
			if got := (Schedule{Zone: zone}).on(w, day); got.to-got.from != want {
				t.Fatalf("%s, day %d, %v: open for %d s, want %d", name, day, w, got.to-got.from, want)
			}
		}
	}
}
