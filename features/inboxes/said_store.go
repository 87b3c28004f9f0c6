package inboxes

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// findSaid finds a message of a room.
func findSaid(ctx context.Context, q db.Querier, rid chat.RoomID, m chat.MessageID) (chat.Message, error) {
	return db.One(ctx, q, func(r db.Row) (m chat.Message, err error) {
		return m, r.Scan(&m.ID, &m.RID, &m.Msg, db.JSON(&m.MessageExtra))
	}, `SELECT id, room_id, msg, extra FROM messages WHERE id = $1 AND room_id = $2`, m, rid)
}
