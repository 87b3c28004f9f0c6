package clock

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"
)

func TestAnInstantIsWrittenAsTimeWritesIt(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	instants := []Instant{0, 1, -1, 999, 1_780_000_000_000, -62135596800000, 253402300799999, 253402300800000, -62167219200001}
	for range 2000 {
		instants = append(instants, Instant(random.Int64N(500_000_000_000_000)-150_000_000_000_000))
	}
	for _, i := range instants {
		if want := time.UnixMilli(int64(i)).UTC().Format(layout); i.String() != want {
			t.Errorf("%d is %s, not %s", int64(i), i, want)
		}
	}
}

func TestAnInstantComesBackFromItsText(t *testing.T) {
	for text, want := range map[string]Instant{
		`"2024-10-15T04:52:42.123Z"`:      1728967962123,
		`"2024-10-15T06:52:42.123+02:00"`: 1728967962123,
		`{"$date":1728967962123}`:         1728967962123,
		`1728967962123`:                   1728967962123,
	} {
		var got Instant
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s is %d (%v), not %d", text, got, err, want)
		}
	}
	for _, text := range []string{`"yesterday"`, `{}`, `true`, `1.5`} {
		var got Instant
		if json.Unmarshal([]byte(text), &got) == nil {
			t.Errorf("%s was taken for %s", text, got)
		}
	}
	again, err := json.Marshal(Instant(1728967962123))
	if err != nil || string(again) != `"2024-10-15T04:52:42.123Z"` {
		t.Errorf("%s, %v", again, err)
	}
}
