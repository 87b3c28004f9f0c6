package departments

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// putIntoUnit moves a department that is being saved into another unit, or out of
// its own; nil leaves it. false: the actor is a monitor of other units, and it
// stays where it is (departments.md 4).
func putIntoUnit(ctx context.Context, tx *db.Tx, by chat.Actor, d *Department, unit *chat.UnitID) (bool, error) {
	if unit == nil || *unit == d.Unit {
		return true, nil
	}
	to, err := sightOf(ctx, tx, *unit, by)
	if err != nil {
		return false, err
	}
	if *unit != "" && !to.exists {
		return false, fault.New(fault.Invalid, "error-unit-not-found", "Unit not found").At("departmentUnit._id")
	}
	if ok, err := mayMove(ctx, tx, by, d.Unit, *unit == "" || to.monitors); err != nil || !ok {
		return false, err
	}
	if err := mustNotEmpty(ctx, tx, *d); err != nil {
		return false, err
	}
	d.Unit = *unit
	return true, nil
}

// mayMove: whoever administers units may, and a monitor of both units.
func mayMove(ctx context.Context, tx *db.Tx, by chat.Actor, from chat.UnitID, monitorsNew bool) (bool, error) {
	if by.May(chat.ManageLivechatUnits) {
		return true, nil
	}
	if from == "" || !monitorsNew {
		return monitorsNew, nil
	}
	old, err := sightOf(ctx, tx, from, by)
	return old.monitors, err
}

// mustNotEmpty refuses that the last department leaves its unit.
func mustNotEmpty(ctx context.Context, tx *db.Tx, d Department) error {
	if d.Unit == "" {
		return nil
	}
	last, err := alone(ctx, tx, d.Unit, d.ID)
	if err != nil || !last {
		return err
	}
	return fault.New(fault.Invalid, "error-unit-cant-be-empty", "The last department in a unit can't be removed")
}
