package visitors

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// handover is a session on its way.
type handover struct {
	hash     string
	visitor  chat.VisitorID
	from, to string
}

func insertHandover(ctx context.Context, tx *db.Tx, h handover) error {
	_, err := tx.Exec(ctx, `INSERT INTO handovers (code_hash, visitor_id, from_host, to_host, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		h.hash, h.visitor, h.from, h.to, tx.Now().Add(handoverLives))
	return err
}

// takeHandover uses a code up; a wrong or late one is db.ErrNoRows.
func takeHandover(ctx context.Context, tx *db.Tx, hash string) (handover, error) {
	return db.One(ctx, tx, func(r db.Row) (h handover, err error) { return h, r.Scan(&h.hash, &h.visitor, &h.from, &h.to) },
		`DELETE FROM handovers WHERE code_hash = $1 AND expires_at > $2 RETURNING code_hash, visitor_id, from_host, to_host`, hash, tx.Now())
}

func expireHandovers(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `DELETE FROM handovers WHERE expires_at <= $1`, tx.Now())
	return err
}
