package cache

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

const keep = 5 * time.Second

func TestAnswersAreKeptForAWhile(t *testing.T) {
	now := clock.NewFake(1_000_000)
	c, n := New[int](now, 10), 0
	get := func(key string) int {
		v, err := c.Get(t.Context(), key, keep, func(context.Context) (int, error) { n++; return n, nil })
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if get("a") != 1 || get("b") != 2 || get("a") != 1 {
		t.Errorf("made %d times", n)
	}
	now.Advance(keep - time.Millisecond)
	if get("a") != 1 {
		t.Error("it was made anew too early")
	}
	now.Advance(time.Millisecond)
	if get("a") != 3 {
		t.Error("it was kept for too long")
	}
}

func TestManyWhoAskAtOnceHaveItMadeOnce(t *testing.T) {
	now := clock.NewFake(1)
	c, asked, finish := New[int](now, 10), make(chan struct{}), make(chan struct{})
	first, leave := context.WithCancel(t.Context())
	var all sync.WaitGroup
	all.Go(func() {
		v, err := c.Get(first, "a", keep, func(ctx context.Context) (int, error) {
			close(asked)
			<-finish
			return 7, ctx.Err()
		})
		if v != 7 || err != nil {
			t.Errorf("%d, %v", v, err)
		}
	})
	<-asked
	now.Advance(keep - time.Millisecond)
	leave() // who makes it went away: the others get it all the same
	for range 50 {
		all.Go(func() {
			v, err := c.Get(t.Context(), "a", keep, func(context.Context) (int, error) { return 0, errors.New("made twice") })
			if v != 7 || err != nil {
				t.Errorf("%d, %v", v, err)
			}
		})
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	now.Advance(time.Millisecond) // it takes long: who comes now does not begin anew
	if _, err := c.Get(gone, "a", keep, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("who goes away waits no longer: %v", err)
	}
	now.Advance(-time.Millisecond)
	close(finish)
	all.Wait()
}

func TestWhatFailsIsNotKept(t *testing.T) {
	c, failed := New[int](clock.NewFake(1), 10), errors.New("failed")
	if _, err := c.Get(t.Context(), "a", keep, func(context.Context) (int, error) { return 1, failed }); !errors.Is(err, failed) {
		t.Error(err)
	}
	func() {
		defer func() { _ = recover() }()
		_, _ = c.Get(t.Context(), "a", keep, func(context.Context) (int, error) { panic("failed") })
	}()
	if v, err := c.Get(t.Context(), "a", keep, func(context.Context) (int, error) { return 2, nil }); v != 2 || err != nil {
		t.Errorf("%d, %v", v, err)
	}
}

func TestFewAreKept(t *testing.T) {
	now := clock.NewFake(1)
	c := New[int](now, 3)
	get := func(key string, keep time.Duration) (made bool) {
		_, err := c.Get(t.Context(), key, keep, func(context.Context) (int, error) { made = true; return 0, nil })
		if err != nil {
			t.Error(err)
		}
		return made
	}
	for i := range 100 {
		get(fmt.Sprint(i), keep+time.Duration(i)*time.Millisecond)
		if c.Len() > 3 {
			t.Fatalf("%d are kept", c.Len())
		}
	}
	if get("99", keep) || get("98", keep) || !get("0", keep) {
		t.Error("those that expire first were not the ones that went")
	}
	now.Advance(time.Minute)
	get("x", keep)
	if c.Len() != 1 {
		t.Errorf("what has expired is kept: %d", c.Len())
	}
}
