package settings

import (
	"context"
	"encoding/base64"

	"github.com/foyerchat/foyer/platform/db"
)

func saveAsset(ctx context.Context, tx *db.Tx, setting string, a asset) error {
	_, err := tx.Exec(ctx, `INSERT INTO assets (setting, type, content, tag) VALUES ($1, $2, $3, $4)
		ON CONFLICT (setting) DO UPDATE SET type = $2, content = $3, tag = $4`, setting, a.Type, base64.StdEncoding.EncodeToString(a.Content), a.tag)
	return err
}

func deleteAsset(ctx context.Context, tx *db.Tx, setting string) error {
	_, err := tx.Exec(ctx, `DELETE FROM assets WHERE setting = $1`, setting)
	return err
}

func findAsset(ctx context.Context, q db.Querier, setting string) (asset, error) {
	return db.One(ctx, q, func(r db.Row) (a asset, err error) {
		var content string
		if err = r.Scan(&a.Type, &content, &a.tag); err == nil {
			a.Content, err = base64.StdEncoding.DecodeString(content)
		}
		return a, err
	}, `SELECT type, content, tag FROM assets WHERE setting = $1`, setting)
}
