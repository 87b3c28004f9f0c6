package limit_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/limit"
)

func TestAllow(t *testing.T) {
	c := clock.NewFake(0)
	l := limit.New(c, true)
	for i := range 3 {
		if ok, _ := l.Allow("a", 3, time.Minute); !ok {
			t.Fatalf("call %d of 3 was refused", i+1)
		}
	}
	if ok, retry := l.Allow("a", 3, time.Minute); ok || retry != 20*time.Second {
		t.Errorf("the fourth: %v, wait %v, want 20s", ok, retry)
	}
	if ok, _ := l.Allow("b", 3, time.Minute); !ok {
		t.Error("another key was refused")
	}
	c.Advance(19 * time.Second)
	if ok, retry := l.Allow("a", 3, time.Minute); ok || retry != time.Second {
		t.Errorf("after 19 s: %v, wait %v; a refused call must not count", ok, retry)
	}
	c.Advance(time.Second)
	if ok, _ := l.Allow("a", 3, time.Minute); !ok {
		t.Error("after the wait it was refused")
	}
}

func TestOffAllowsEverything(t *testing.T) {
	l := limit.New(clock.NewFake(0), false)
	for range 10 {
		if ok, _ := l.Allow("a", 1, time.Hour); !ok {
			t.Fatal("refused while off")
		}
	}
	l.Turn(true)
	if ok, _ := l.Allow("a", 1, time.Hour); !ok {
		t.Error("what happened while off was counted")
	}
	if ok, _ := l.Allow("a", 1, time.Hour); ok {
		t.Error("allowed too often after turning on")
	}
}

// A key in use keeps its count while many others come and go.
func TestMemoryIsBounded(t *testing.T) {
	l := limit.New(clock.NewFake(0), true)
	l.Allow("kept", 1, time.Hour)
	for i := range 200_000 {
		l.Allow(fmt.Sprint(i), 1, time.Hour)
		if i%10_000 == 0 {
			if ok, _ := l.Allow("kept", 1, time.Hour); ok {
				t.Fatalf("forgotten after %d others", i)
			}
		}
	}
	if got := l.Len(); got > 100_000 {
		t.Errorf("%d buckets kept", got)
	}
}

func TestAnotherNumberCountsFromThenOn(t *testing.T) {
	l := limit.New(clock.NewFake(0), true)
	for i, c := range []struct {
		n    int
		want bool
	}{{2, true}, {2, true}, {2, false}, {3, true}, {1, true}, {1, false}} {
		if ok, _ := l.Allow("k", c.n, time.Minute); ok != c.want {
			t.Errorf("call %d, %d a minute: %t", i+1, c.n, ok)
		}
	}
}
