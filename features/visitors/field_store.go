package visitors

import (
	"context"
	"encoding/json"

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

// lockRoomData keeps other changes of the visitor waiting and reads what is kept for
// his next room.
func lockRoomData(ctx context.Context, tx *db.Tx, id chat.VisitorID) (map[string]string, error) {
	return db.One(ctx, tx, func(r db.Row) (data map[string]string, err error) { return data, r.Scan(db.JSON(&data)) },
		`UPDATE visitors SET search = search WHERE id = $1 RETURNING room_data`, id)
}

func saveRoomData(ctx context.Context, tx *db.Tx, id chat.VisitorID, data map[string]string) error {
	_, err := tx.Exec(ctx, `UPDATE visitors SET room_data = $2 WHERE id = $1`, id, object(data))
	return err
}

// fieldsBatch is how many visitors lose a removed field between two looks at the table.
const fieldsBatch = 500

// holding is the condition that a visitor has a value in a field; $1 is its key in JSON.
const holding = `(replace(livechat_data, $1, '') <> livechat_data OR replace(room_data, $1, '') <> room_data)`

func keyIn(f chat.FieldID) string {
	b, _ := json.Marshal(f) // a text always marshals
	return string(b) + ":"
}

// holdersOf lists some of the visitors who have a value in a field.
func holdersOf(ctx context.Context, q db.Querier, f chat.FieldID) ([]chat.VisitorID, error) {
	return db.All(ctx, q, func(r db.Row) (id chat.VisitorID, err error) { return id, r.Scan(&id) },
		`SELECT id FROM visitors WHERE `+holding+` ORDER BY id LIMIT $2`, keyIn(f), fieldsBatch)
}

func dropField(ctx context.Context, tx *db.Tx, id chat.VisitorID, f chat.FieldID) error {
	if err := lock(ctx, tx, id); err != nil {
		return err
	}
	var own, next map[string]string
	if err := tx.QueryRow(ctx, `SELECT livechat_data, room_data FROM visitors WHERE id = $1`, id).Scan(db.JSON(&own), db.JSON(&next)); gone(err) {
		return nil
	} else if err != nil {
		return err
	}
	delete(own, string(f))
	delete(next, string(f))
	_, err := tx.Exec(ctx, `UPDATE visitors SET livechat_data = $2, room_data = $3, updated_at = $4 WHERE id = $1`, id, object(own), object(next), tx.Now())
	return err
}
