package analytics

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// clockText is HH:MM:SS of seconds, rounded first, half away from zero (AN-13).
func clockText(seconds float64) string {
	n := int64(math.Round(seconds))
	return fmt.Sprintf("%02d:%02d:%02d", n/3600, n/60%60, n%60)
}

// mean is total/n of milliseconds, in seconds; 0 of none.
func mean(total, n int64) float64 {
	if n == 0 {
		return 0
	}
	return float64(total) / float64(n) / 1000
}

// meanMicros is that of microseconds. What was divided before is exact to the
// microsecond only: a mean as near as that to a millisecond is one.
func meanMicros(total, n int64) float64 {
	if n == 0 {
		return 0
	}
	m := float64(total) / float64(n)
	if whole := math.Round(m/1000) * 1000; math.Abs(m-whole) < 1 {
		m = whole
	}
	return m / 1e6
}

// ceilMean is the mean of milliseconds in whole seconds, rounded up.
func ceilMean(total, n int64) int64 {
	if n == 0 {
		return 0
	}
	return ceilDiv(total, n*1000)
}

func ceilDiv(a, b int64) int64 { return (a + b - 1) / b }

// hundredths rounds to two decimals.
func hundredths(x float64) float64 { return math.Round(x*100) / 100 }

// percentText has two decimals.
func percentText(part, of int64) string {
	return strconv.FormatFloat(100*float64(part)/float64(of), 'f', 2, 64) + "%"
}

// hourName is 7AM.
func hourName(t time.Time) string { return t.Format("3PM") }
