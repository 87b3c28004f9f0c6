package clock

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// Instant is a moment in milliseconds since the Unix epoch, UTC. It is stored as
// BIGINT and travels as ISO-8601 text with milliseconds and "Z". Zero means "not
// set"; use `json:",omitzero"` for fields that may be absent.
type Instant int64

const layout = "2006-01-02T15:04:05.000Z"

// Of converts a time, dropping what is below a millisecond.
func Of(t time.Time) Instant { return Instant(t.UnixMilli()) }

// Time converts to a time in UTC.
func (i Instant) Time() time.Time { return time.UnixMilli(int64(i)).UTC() }

// Add moves the instant by d.
func (i Instant) Add(d time.Duration) Instant { return i + Instant(d.Milliseconds()) }

// Sub is the time from j to i.
func (i Instant) Sub(j Instant) time.Duration { return time.Duration(i-j) * time.Millisecond }

// String is the ISO-8601 text.
func (i Instant) String() string { return string(i.append(make([]byte, 0, len(layout)))) }

// MarshalJSON writes the ISO-8601 text.
func (i Instant) MarshalJSON() ([]byte, error) {
	b := make([]byte, 0, len(layout)+2)
	b = append(b, '"')
	b = i.append(b)
	return append(b, '"'), nil
}

// append writes the text digit by digit: every message carries several instants,
// and time's own formatting was a tenth of what encoding one costs.
func (i Instant) append(b []byte) []byte {
	t := i.Time()
	year, month, day := t.Date()
	if year < 0 || year > 9999 {
		return t.AppendFormat(b, layout)
	}
	hour, minute, second := t.Clock()
	b = append(digits(b, year, 4), '-')
	b = append(digits(b, int(month), 2), '-')
	b = append(digits(b, day, 2), 'T')
	b = append(digits(b, hour, 2), ':')
	b = append(digits(b, minute, 2), ':')
	b = append(digits(b, second, 2), '.')
	return append(digits(b, t.Nanosecond()/1e6, 3), 'Z')
}

// digits appends n with leading zeros.
func digits(b []byte, n, width int) []byte {
	for power := pow10[width-1]; power > 0; power /= 10 {
		b = append(b, byte('0'+n/power%10))
	}
	return b
}

var pow10 = [...]int{1, 10, 100, 1000}

// UnmarshalJSON accepts ISO-8601 text, {"$date": ms} and plain milliseconds.
func (i *Instant) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) == nil {
		t, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			return fmt.Errorf("not an ISO-8601 date: %q", s)
		}
		*i = Of(t)
		return nil
	}
	var d struct {
		Date *int64 `json:"$date"`
	}
	if json.Unmarshal(b, &d) == nil && d.Date != nil {
		*i = Instant(*d.Date)
		return nil
	}
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil {
		return fmt.Errorf("not a date: %s", b)
	}
	*i = Instant(n)
	return nil
}
