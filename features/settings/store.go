package settings

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
)

// value is a stored setting: its id and its value as JSON.
type value struct{ id, text string }

func listValues(ctx context.Context, q db.Querier) ([]value, error) {
	return db.All(ctx, q, func(r db.Row) (v value, err error) {
		return v, r.Scan(&v.id, &v.text)
	}, `SELECT id, value FROM settings`)
}

// previousValue is the setting's value as JSON, the default when it was never
// changed. Counting makes two changes of one setting wait for each other.
func previousValue(ctx context.Context, tx *db.Tx, d chat.Setting) (string, error) {
	if _, err := tx.Next(ctx, "settings.changes"); err != nil {
		return "", err
	}
	var text string
	err := tx.QueryRow(ctx, `SELECT value FROM settings WHERE id = $1`, d.ID).Scan(&text)
	if errors.Is(err, db.ErrNoRows) {
		b, err := json.Marshal(d.Default)
		return string(b), err
	}
	return text, err
}

func saveValue(ctx context.Context, tx *db.Tx, v value) error {
	_, err := tx.Exec(ctx, `INSERT INTO settings (id, value, updated_at) VALUES ($1, $2, $3)
		ON CONFLICT (id) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`, v.id, v.text, tx.Now())
	return err
}

func insertChange(ctx context.Context, tx *db.Tx, c change, previous string) error {
	_, err := tx.Exec(ctx, `INSERT INTO setting_changes (id, setting, previous, value, user_id, at) VALUES ($1, $2, $3, $4, $5, $6)`,
		id.New(), c.setting.ID, previous, c.text, c.by, tx.Now())
	return err
}
