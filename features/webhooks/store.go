package webhooks

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

const destinationColumns = `id, name, url, token, events, enabled, secret, old_secret, old_until, failures, open_until, created_at, updated_at`

func scanDestination(r db.Row) (d Destination, err error) {
	d.Events = []Kind{}
	err = r.Scan(&d.ID, &d.Name, &d.URL, &d.token, db.JSON(&d.Events), &d.Enabled, &d.secret, &d.oldSecret, &d.OldUntil, &d.Failures, &d.openUntil, &d.CreatedAt, &d.UpdatedAt)
	return d, err
}

func listDestinations(ctx context.Context, q db.Querier) ([]Destination, error) {
	return db.All(ctx, q, scanDestination, `SELECT `+destinationColumns+` FROM webhook_destinations ORDER BY created_at, id`)
}

func findDestination(ctx context.Context, q db.Querier, id string) (Destination, error) {
	return db.One(ctx, q, scanDestination, `SELECT `+destinationColumns+` FROM webhook_destinations WHERE id = $1`, id)
}

func insertDestination(ctx context.Context, tx *db.Tx, d Destination) error {
	_, err := tx.Exec(ctx, `INSERT INTO webhook_destinations (id, name, url, token, events, enabled, secret, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)`, d.ID, d.Name, d.URL, d.token, db.JSON(d.Events), d.Enabled, d.secret, tx.Now())
	return err
}

func updateDestination(ctx context.Context, tx *db.Tx, d Destination) error {
	_, err := tx.Exec(ctx, `UPDATE webhook_destinations SET name = $2, url = $3, token = $4, events = $5, enabled = $6, updated_at = $7,
		failures = 0, open_until = 0 WHERE id = $1`, d.ID, d.Name, d.URL, d.token, db.JSON(d.Events), d.Enabled, tx.Now())
	return err
}

func deleteDestination(ctx context.Context, tx *db.Tx, id string) (bool, error) {
	n, err := tx.Exec(ctx, `DELETE FROM webhook_destinations WHERE id = $1`, id)
	return n > 0, err
}

// giveSecret gives a destination without a signing secret one.
func giveSecret(ctx context.Context, tx *db.Tx, id, secret string) error {
	_, err := tx.Exec(ctx, `UPDATE webhook_destinations SET secret = $2 WHERE id = $1 AND secret = ''`, id, secret)
	return err
}

// rotate replaces the signing secret; the one before signs too for a while.
func rotate(ctx context.Context, tx *db.Tx, id, secret string, until clock.Instant) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE webhook_destinations SET old_secret = secret, old_until = $3, secret = $2, updated_at = $4 WHERE id = $1`,
		id, secret, until, tx.Now())
	return n > 0, err
}

// answered notes that a destination gave an answer.
func answered(ctx context.Context, tx *db.Tx, id string) error {
	_, err := tx.Exec(ctx, `UPDATE webhook_destinations SET failures = 0, open_until = 0 WHERE id = $1 AND failures > 0`, id)
	return err
}

// silent notes that a destination gave none, and after too many lets it rest.
func silent(ctx context.Context, tx *db.Tx, id string) error {
	_, err := tx.Exec(ctx, `UPDATE webhook_destinations SET failures = failures + 1,
		open_until = CASE WHEN failures + 1 >= $2 THEN CAST($3 AS BIGINT) ELSE open_until END WHERE id = $1`, id, breakAfter, tx.Now().Add(breakFor))
	return err
}

// probe gives one node the right to try a resting destination.
func probe(ctx context.Context, tx *db.Tx, id string) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE webhook_destinations SET open_until = $2 WHERE id = $1 AND open_until <= $3`, id, tx.Now().Add(breakFor), tx.Now())
	return n > 0, err
}

func insertEvent(ctx context.Context, tx *db.Tx, e Event) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO webhook_events (id, source, kind, type, room_id, visitor_id, body, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (source, kind) DO NOTHING`, e.ID, e.source, e.Kind, e.Type, e.Room, e.visitor, e.Body, e.At)
	return n == 1, err
}

func rewrite(ctx context.Context, tx *db.Tx, event, body string) error {
	_, err := tx.Exec(ctx, `UPDATE webhook_events SET body = $2 WHERE id = $1`, event, body)
	return err
}

func removeOfVisitor(ctx context.Context, tx *db.Tx, v chat.VisitorID) error {
	_, err := tx.Exec(ctx, `DELETE FROM webhook_events WHERE visitor_id = $1`, v)
	return err
}

// removeOld forgets what was settled before a moment, some at a time.
func removeOld(ctx context.Context, tx *db.Tx, before clock.Instant, most int) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM webhook_events WHERE id IN (SELECT e.id FROM webhook_events e WHERE e.at < $1
		AND NOT EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.event_id = e.id AND d.status = 'pending') ORDER BY e.at LIMIT $2)`, before, most)
}
