package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// object is a map as it is stored: never null.
func object(data map[string]string) any {
	if len(data) == 0 {
		return "{}"
	}
	return db.JSON(data)
}

// fieldsBatch is how many rooms lose a removed field between two looks at the table.
const fieldsBatch = 500

// holdersOf lists some of the rooms that have a value in a field.
func holdersOf(ctx context.Context, q db.Querier, f chat.FieldID) ([]chat.RoomID, error) {
	return db.All(ctx, q, scanID[chat.RoomID], `SELECT id FROM rooms WHERE replace(livechat_data, $1, '') <> livechat_data ORDER BY id LIMIT $2`,
		quoted(string(f))+":", fieldsBatch)
}

func saveData(ctx context.Context, tx *db.Tx, rid chat.RoomID, data map[string]string) error {
	_, err := tx.Exec(ctx, `UPDATE rooms SET livechat_data = $2, updated_at = $3 WHERE id = $1`, rid, object(data), tx.Now())
	return err
}
