package routing

import (
	"testing"
	"time"
)

// RQ-POS-3: ((spot − 1) / C + 1) × average, absent without an average.
func TestEstimatedWait(t *testing.T) {
	for _, c := range []struct {
		spot, parallel int64
		average        time.Duration
		want           int64 // -1: absent
	}{
		{1, 1, time.Minute, 60},
		{2, 1, time.Minute, 120},
		{3, 2, time.Minute, 120},
		{2, 2, time.Minute, 90},
		{101, 100, time.Minute, 120}, // RC's divisor was the sample size
		{1, 1, 0, -1},
		{5, 3, 100 * time.Second, 233},
		{1 << 40, 1, time.Hour, 3600 << 40},
	} {
		got := estimate(c.spot, c.parallel, c.average)
		if (got == nil) != (c.want < 0) || got != nil && *got != c.want {
			t.Errorf("spot %d of %d at once, %s: %v", c.spot, c.parallel, c.average, got)
		}
	}
}

// RQ-POS-3, RQ-CAP: the agents' effective limits add up; without one an agent counts with a chat more than he has.
func TestChatsServedAtOnce(t *testing.T) {
	for _, c := range []struct {
		agents              []serving
		department, general int64
		want                int64
	}{
		{nil, 0, 0, 1},
		{[]serving{{0, 0}}, 0, 0, 1},
		{[]serving{{0, 4}, {0, 0}}, 0, 0, 6},
		{[]serving{{3, 3}, {0, 9}}, 0, 2, 5}, // own replaces the general limit
		{[]serving{{3, 0}, {1, 0}}, 2, 0, 3}, // the department's holds besides
		{[]serving{{0, 7}}, 2, 0, 2},         // and alone
		{[]serving{{0, 7}}, 5, 3, 3},         // general below the department's
		{[]serving{{10, 0}, {0, 0}}, 0, 2, 12},
	} {
		if got := parallel(c.agents, c.department, c.general); got != c.want {
			t.Errorf("%+v department %d general %d: %d, want %d", c.agents, c.department, c.general, got, c.want)
		}
	}
}
