package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

func removeRoom(ctx context.Context, tx *db.Tx, rid chat.RoomID) error {
	_, err := tx.Exec(ctx, `DELETE FROM rooms WHERE id = $1`, rid)
	return err
}

// closedRooms lists some of the closed rooms of departments, or of all, as far as a
// monitor may see them.
func closedRooms(ctx context.Context, tx *db.Tx, monitor chat.UserID, of []chat.DepartmentID, most int) ([]chat.RoomID, error) {
	w := &conditions{}
	w.add(`NOT r.open`)
	if monitor != "" {
		w.add(inUnits(w.arg(monitor)))
	}
	if len(of) > 0 {
		from := len(w.args) + 1
		for _, d := range of {
			w.args = append(w.args, d)
		}
		w.add(`r.department_id IN (` + db.In(len(of), from) + `)`)
	}
	return db.All(ctx, tx, scanID[chat.RoomID], `SELECT r.id FROM rooms r`+w.String()+` ORDER BY r.id LIMIT `+w.arg(most), w.args...)
}

// setVisitor notes whose room it is now; false: he has an open one on its channel.
func setVisitor(ctx context.Context, tx *db.Tx, r chat.Room) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE rooms SET visitor_id = $2, contact_id = $3, visitor_seen = 0 WHERE id = $1
		AND (NOT open OR NOT EXISTS (SELECT 1 FROM rooms o WHERE o.visitor_id = $2 AND o.source_type = rooms.source_type AND o.source_id = rooms.source_id AND o.open AND o.id <> $1))`, r.ID, r.V.ID, r.ContactID)
	return n == 1, err
}
