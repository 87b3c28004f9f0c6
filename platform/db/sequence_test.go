package db

import (
	"context"
	"log/slog"
	"slices"
	"testing"
)

// The later transaction's goroutine is the faster one: its events wait.
func TestEventsWaitForTheEarlierTransactionOfTheirKey(t *testing.T) {
	d := &DB{after: newDispatcher(slog.New(slog.DiscardHandler)), order: &sequence{lanes: map[string][]*ticket{}}}
	var got []string
	d.OnEvents("node", func(events []Emitted) {
		for _, e := range events {
			got = append(got, e.ID)
		}
	})
	settled := func(want ...string) {
		t.Helper()
		if err := d.Settled(context.Background()); err != nil || !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v %v", got, want, err)
		}
	}
	begin := func(keys ...string) *Tx {
		tx := &Tx{db: d}
		for _, k := range keys {
			tx.remember(Emitted{ID: k, Key: k[:1], owner: "node"})
		}
		return tx
	}
	first, failing, second, third := begin("a1", "b1"), begin("a2"), begin("a3", "a4", "c1"), begin("b2")
	d.order.settle(second, true)
	settled("c1")
	d.order.settle(failing, false)
	settled("c1")
	d.order.settle(third, true)
	settled("c1")
	d.order.settle(first, true)
	d.Settled(context.Background())
	byKey := map[string][]string{}
	for _, id := range got {
		byKey[id[:1]] = append(byKey[id[:1]], id)
	}
	if !slices.Equal(byKey["a"], []string{"a1", "a3", "a4"}) || !slices.Equal(byKey["b"], []string{"b1", "b2"}) || len(got) != 6 {
		t.Error(got)
	}
	if len(d.order.lanes) != 0 {
		t.Errorf("kept %v", d.order.lanes)
	}
}
