package departments

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/testkit"
)

func TestADepartmentIsInOneUnitAtMost(t *testing.T) { // RQ-U-1, tags-units 2.2
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		s, ctx := New(Deps{DB: d}), context.Background()
		put := func(unit chat.UnitID, departments ...chat.DepartmentID) (string, error) {
			var changed []chat.DepartmentID
			err := d.InTx(ctx, func(tx *db.Tx) (err error) {
				changed, err = s.PutInUnit(ctx, tx, unit, departments)
				return err
			})
			slices.Sort(changed)
			return fmt.Sprint(changed), err
		}
		for _, c := range []struct {
			unit    chat.UnitID
			in      []chat.DepartmentID
			changed string
		}{
			{"u1", []chat.DepartmentID{"d1", "d2", "d1"}, "[d1 d2]"},
			{"u1", []chat.DepartmentID{"d2", "d1"}, "[]"},
			{"u2", []chat.DepartmentID{"d2"}, "[d2]"}, // moves
			{"u1", []chat.DepartmentID{"d3"}, "[d1 d3]"},
			{"u1", nil, "[d3]"},
			{"u3", nil, "[]"},
		} {
			if got, err := put(c.unit, c.in...); err != nil || got != c.changed {
				t.Errorf("%s %v: %s %v", c.unit, c.in, got, err)
			}
		}
		if _, err := put("u1", "d1", "nowhere"); !fault.Has(err, "error-invalid-department") {
			t.Error(err)
		}
		units, err := db.All(ctx, d, departmentID, `SELECT id || '@' || unit_id FROM departments ORDER BY id`)
		if got := fmt.Sprint(units); err != nil || got != "[d1@ d2@u2 d3@ d4@]" {
			t.Error(got, err)
		}
	})
}
