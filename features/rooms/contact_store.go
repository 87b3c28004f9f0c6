package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

func regroup(ctx context.Context, tx *db.Tx, from, to chat.ContactID) error {
	_, err := tx.Exec(ctx, `UPDATE rooms SET contact_id = $2 WHERE contact_id = $1`, from, to)
	return err
}

// openOn is the open room of a visitor's channel.
func openOn(ctx context.Context, q db.Querier, v chat.VisitorID, from chat.Source) (chat.RoomID, error) {
	return db.One(ctx, q, scanID[chat.RoomID], `SELECT id FROM rooms WHERE visitor_id = $1 AND source_type = $2 AND source_id = $3 AND open`, v, from.Type, from.ID)
}

// isBlocked reports whether the channel of a room is blocked.
func isBlocked(ctx context.Context, q db.Querier, r chat.Room) (yes bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM contact_channels WHERE visitor_id = $1 AND source_type = $2 AND source_id = $3 AND blocked)`,
		r.V.ID, r.Source.Type, r.Source.ID).Scan(&yes)
	return yes, err
}
