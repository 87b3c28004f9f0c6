package departments

import (
	"context"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// What units and business hours change of a department while it is being saved is
// not undone by the save (departments.md 5, tags-units 2.2, RQ-BH-5).
func TestASaveUndoesNoLinkMadeMeanwhile(t *testing.T) {
	each(t, func(k *kit) {
		ctx := context.Background()
		done := make(chan error, 2)
		link := func(how func(tx *db.Tx) error) { done <- k.DB.InTx(ctx, how) }
		if err := k.DB.InTx(ctx, func(tx *db.Tx) error {
			d, err := lock(ctx, tx, "d1")
			if err != nil {
				return err
			}
			go link(func(tx *db.Tx) error {
				_, err := k.PutInUnit(ctx, tx, "u1", []chat.DepartmentID{"d1"})
				return err
			})
			go link(func(tx *db.Tx) error { return k.FollowHour(ctx, tx, "h1", []chat.DepartmentID{"d1"}) })
			<-clock.System.After(200 * time.Millisecond) // both wait, unless the save lets them pass
			return k.keep(ctx, tx, d, d)
		}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := <-done; err != nil {
				t.Fatal(err)
			}
		}
		if d, err := find(ctx, k.DB, "d1"); err != nil || d.Unit != "u1" || d.BusinessHour != "h1" {
			t.Errorf("unit %q, hour %q, %v", d.Unit, d.BusinessHour, err)
		}
	})
}
