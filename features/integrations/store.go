package integrations

import (
	"context"
	"encoding/base64"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

func scanText(r db.Row) (s string, err error) { err = r.Scan(&s); return s, err }

// keepKey is the server's key: the stored one, or this one from now on.
func keepKey(ctx context.Context, tx *db.Tx, key []byte) ([]byte, error) {
	if _, err := tx.Exec(ctx, `INSERT INTO integration_keys (id, key) VALUES ('identity', $1) ON CONFLICT (id) DO NOTHING`,
		base64.StdEncoding.EncodeToString(key)); err != nil {
		return nil, err
	}
	stored, err := db.One(ctx, tx, scanText, `SELECT key FROM integration_keys WHERE id = 'identity'`)
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(stored)
}

// findLead is what is known of a room's visitor; one who is gone has no address.
func findLead(ctx context.Context, q db.Querier, r chat.Room) (lead, error) {
	visitors := map[string]string{}
	l, err := db.One(ctx, q, func(row db.Row) (l lead, err error) {
		var username string
		err = row.Scan(&l.Client, &l.Name, &username, db.JSON(&visitors), &l.Email, &l.Phone)
		if l.Name == "" {
			l.Name = username
		}
		return l, err
	}, `SELECT v.id, v.name, v.username, v.livechat_data,
		COALESCE((SELECT address FROM visitor_emails e WHERE e.visitor_id = v.id ORDER BY position LIMIT 1), ''),
		COALESCE((SELECT number FROM visitor_phones p WHERE p.visitor_id = v.id ORDER BY position LIMIT 1), '')
		FROM visitors v WHERE v.id = $1`, r.V.ID)
	if errors.Is(err, db.ErrNoRows) {
		return lead{}, nil
	}
	l.Tags, l.Fields = r.Tags, map[string]string{}
	for _, some := range []map[string]string{r.LivechatData, visitors} {
		for name, value := range some {
			l.Fields[name] = value
		}
	}
	return l, err
}

// keepClaim keeps what a page says about a room's visitor while the room is open.
func keepClaim(ctx context.Context, tx *db.Tx, rid chat.RoomID, sealed string) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO identity_claims (room_id, value, updated_at) SELECT id, $2, $3 FROM rooms WHERE id = $1 AND open
		ON CONFLICT (room_id) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`, rid, sealed, tx.Now())
	return n == 1, err
}

func findClaim(ctx context.Context, q db.Querier, rid chat.RoomID) (string, error) {
	return db.One(ctx, q, scanText, `SELECT c.value FROM identity_claims c JOIN rooms r ON r.id = c.room_id WHERE c.room_id = $1 AND r.open`, rid)
}

func dropClaim(ctx context.Context, tx *db.Tx, rid chat.RoomID) error {
	_, err := tx.Exec(ctx, `DELETE FROM identity_claims WHERE room_id = $1`, rid)
	return err
}

func visitorToken(ctx context.Context, q db.Querier, rid chat.RoomID) (string, error) {
	return db.One(ctx, q, scanText, `SELECT v.token FROM visitors v JOIN rooms r ON r.visitor_id = v.id WHERE r.id = $1`, rid)
}

// insertCheck keeps a check of a room that is still there, and the latest ones before it.
func insertCheck(ctx context.Context, tx *db.Tx, rid chat.RoomID, c Check) error {
	if _, err := tx.Exec(ctx, `INSERT INTO identity_checks (id, room_id, at, body) SELECT $1, id, $3, $4 FROM rooms WHERE id = $2`,
		c.ID, rid, c.At, db.JSON(c)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM identity_checks WHERE room_id = $1 AND id NOT IN
		(SELECT id FROM identity_checks WHERE room_id = $1 ORDER BY at DESC, id DESC LIMIT $2)`, rid, checksRecorded)
	return err
}

func listChecks(ctx context.Context, q db.Querier, rid chat.RoomID) ([]Check, error) {
	return db.All(ctx, q, func(r db.Row) (c Check, err error) { return c, r.Scan(db.JSON(&c)) },
		`SELECT body FROM identity_checks WHERE room_id = $1 ORDER BY at DESC, id DESC`, rid)
}
