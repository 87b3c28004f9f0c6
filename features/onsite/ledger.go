package onsite

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// toldOf is what a browser tells of triggers as it is stored: of each trigger that there is
// the last entry, at a time within the visit. What stays as it was keeps its time.
func toldOf(ctx context.Context, tx *db.Tx, told []chat.TriggerEntry, before row) ([]chat.TriggerEntry, error) {
	ledger := dated(told, before, tx.Now())
	if sameLedger(ledger, before.b.Ledger) {
		return ledger, nil
	}
	known, err := triggers(ctx, tx)
	return slices.DeleteFunc(ledger, func(e chat.TriggerEntry) bool { return !slices.Contains(known, e.Trigger) }), err
}

// dated puts each trigger's last entry at its place, in time.
func dated(told []chat.TriggerEntry, before row, now clock.Instant) []chat.TriggerEntry {
	ledger := make([]chat.TriggerEntry, 0, len(told))
	for _, e := range told {
		e.At = min(max(e.At, before.began), now)
		if i := slices.IndexFunc(before.b.Ledger, func(old chat.TriggerEntry) bool { return sameEntry(old, e) }); i >= 0 {
			e.At = before.b.Ledger[i].At
		}
		ledger = slices.DeleteFunc(ledger, func(old chat.TriggerEntry) bool { return old.Trigger == e.Trigger })
		ledger = append(ledger, e)
	}
	return ledger
}

func sameLedger(a, b []chat.TriggerEntry) bool { return slices.EqualFunc(a, b, sameEntry) }

func sameEntry(a, b chat.TriggerEntry) bool { return a.Trigger == b.Trigger && a.Reason == b.Reason }
