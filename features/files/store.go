package files

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/picture"
)

const columns = `f.id, f.room_id, f.message_id, f.kind, f.name, f.type, f.size, f.width, f.height, f.preview, f.thumbnail, f.by_visitor,
	f.sender_id, f.secret, f.created_at`

func scan(r db.Row) (f File, err error) {
	var p picture.Cleaned
	err = r.Scan(&f.ID, &f.RID, &f.Message, &f.Kind, &f.Name, &f.Type, &f.Size, &p.Width, &p.Height, &p.Preview, &p.Thumbnail,
		&f.ByVisitor, &f.Sender, &f.Secret, &f.CreatedAt)
	if p.Width > 0 {
		f.Picture = &p
	}
	return f, err
}

func find(ctx context.Context, q db.Querier, id chat.FileID) (File, error) {
	return db.One(ctx, q, scan, `SELECT `+columns+` FROM files f WHERE f.id = $1`, id)
}

func insert(ctx context.Context, tx *db.Tx, f File) error {
	var p picture.Cleaned
	if f.Picture != nil {
		p = *f.Picture
	}
	_, err := tx.Exec(ctx, `INSERT INTO files (id, room_id, kind, name, type, size, width, height, preview, thumbnail, by_visitor, sender_id, secret, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		f.ID, f.RID, f.Kind, f.Name, f.Type, f.Size, p.Width, p.Height, p.Preview, p.Thumbnail, f.ByVisitor, f.Sender, f.Secret, f.CreatedAt)
	return err
}

func setMessage(ctx context.Context, tx *db.Tx, id chat.FileID, m chat.MessageID) error {
	_, err := tx.Exec(ctx, `UPDATE files SET message_id = $2 WHERE id = $1`, id, m)
	return err
}

func remove(ctx context.Context, tx *db.Tx, id chat.FileID) error {
	_, err := tx.Exec(ctx, `DELETE FROM files WHERE id = $1`, id)
	return err
}

// visitorsBytes is how much the visitor left in a chat.
func visitorsBytes(ctx context.Context, q db.Querier, rid chat.RoomID) (int64, error) {
	return db.One(ctx, q, func(r db.Row) (n int64, err error) { err = r.Scan(&n); return n, err },
		`SELECT CAST(COALESCE(sum(size), 0) AS BIGINT) FROM files WHERE room_id = $1 AND by_visitor`, rid)
}

func ofMessage(ctx context.Context, q db.Querier, m chat.MessageID) ([]File, error) {
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM files f WHERE f.message_id = $1`, m)
}

// orphans lists files whose chat is gone, and uploads older than a moment that no message shows.
func orphans(ctx context.Context, q db.Querier, before clock.Instant, most int) ([]File, error) {
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM files f WHERE NOT EXISTS (SELECT 1 FROM rooms r WHERE r.id = f.room_id)
		OR f.kind = $1 AND f.created_at < $2 AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.id = f.message_id) LIMIT $3`, Uploaded, before, most)
}

// made lists what the server itself made of a chat.
func made(ctx context.Context, q db.Querier, rid chat.RoomID, k Kind) ([]File, error) {
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM files f WHERE f.room_id = $1 AND f.kind = $2`, rid, k)
}
