package accounts

import (
	"context"
	"encoding/base64"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

func savePortrait(ctx context.Context, tx *db.Tx, u chat.UserID, p Portrait) error {
	_, err := tx.Exec(ctx, `INSERT INTO portraits (user_id, type, content, tag) VALUES ($1, $2, $3, $4)
		ON CONFLICT (user_id) DO UPDATE SET type = $2, content = $3, tag = $4`, u, p.Type, base64.StdEncoding.EncodeToString(p.Content), p.Tag)
	return err
}

func deletePortrait(ctx context.Context, tx *db.Tx, u chat.UserID) error {
	_, err := tx.Exec(ctx, `DELETE FROM portraits WHERE user_id = $1`, u)
	return err
}

const selectPortrait = `SELECT p.type, p.content, p.tag FROM portraits p JOIN users u ON u.id = p.user_id WHERE u.active AND `

func scanPortrait(r db.Row) (p Portrait, err error) {
	var content string
	if err = r.Scan(&p.Type, &content, &p.Tag); err != nil {
		return p, err
	}
	p.Content, err = base64.StdEncoding.DecodeString(content)
	return p, err
}

// served limits pictures to those of agents, unless $1.
const served = ` AND ($1 OR EXISTS (SELECT 1 FROM agents a WHERE a.user_id = u.id))`

func findPortrait(ctx context.Context, q db.Querier, everybody bool, u chat.UserID) (Portrait, error) {
	return db.One(ctx, q, scanPortrait, selectPortrait+`u.id = $2`+served, everybody, u)
}

func findPortraitByName(ctx context.Context, q db.Querier, everybody bool, name string) (Portrait, error) {
	return db.One(ctx, q, scanPortrait, selectPortrait+`(u.username_lower = $2 OR u.name = $3
		AND NOT EXISTS (SELECT 1 FROM users o WHERE o.id <> u.id AND (o.username_lower = $2 OR o.name = $3)))`+served, everybody, strings.ToLower(name), name)
}

// listFaces lists who has a picture.
func listFaces(ctx context.Context, q db.Querier) ([]Face, error) {
	return db.All(ctx, q, func(r db.Row) (f Face, err error) { return f, r.Scan(&f.ID, &f.Tag) },
		`SELECT p.user_id, p.tag FROM portraits p JOIN users u ON u.id = p.user_id WHERE u.active ORDER BY p.user_id`)
}
