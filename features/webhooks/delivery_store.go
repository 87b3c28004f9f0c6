package webhooks

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// claim is a delivery that this process sends now.
type claim struct {
	ID      string
	Event   Event
	Attempt int64 // the one to be made, from 1
	due     clock.Instant
	lease   clock.Instant
}

// insertDelivery numbers a delivery by the time, after every earlier one of its room: no
// row is shared by what is told of different rooms.
func insertDelivery(ctx context.Context, tx *db.Tx, id string, e Event, destination string) error {
	_, err := tx.Exec(ctx, `INSERT INTO webhook_deliveries (id, event_id, destination_id, room_id, place, number, status, due_at, created_at)
		SELECT $1, $2, $3, $4, $5, CASE WHEN last >= $6 THEN last + 1 ELSE $6 END, 'pending', $6, $6
		FROM (SELECT COALESCE(max(number), 0) AS last FROM webhook_deliveries WHERE room_id = $4) room`,
		id, e.ID, destination, e.Room, e.place, tx.Now())
	return err
}

// unheardFor is how long a delivery waits for earlier events of its room that another
// process has still to hear; longer only if that fails again and again.
const unheardFor = time.Minute

// isDue chooses a destination's ($1) deliveries that wait and are due ($2).
const isDue = ` d.destination_id = $1 AND d.status = 'pending' AND d.due_at <= $2 AND d.lease_until <= $2`

// isNext chooses those of them whose turn it is: a room's first attempts are made one
// after the other, in the order of the room's numbers, after what is still to be heard
// of it since $3; a retry stands in nobody's way.
const isNext = isDue + ` AND (d.attempt > 0 OR
	NOT EXISTS (SELECT 1 FROM webhook_deliveries e WHERE e.destination_id = d.destination_id AND e.room_id = d.room_id
		AND d.room_id <> '' AND e.status = 'pending' AND e.attempt = 0 AND (e.place, e.number) < (d.place, d.number))
	AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.key = d.room_id AND o.place > 0 AND o.place < d.place AND o.at > $3))`

// claimDue takes deliveries of a destination whose turn it is.
func claimDue(ctx context.Context, tx *db.Tx, destination string, most int, lease clock.Instant) ([]claim, error) {
	ids, err := db.All(ctx, tx, scanText, `SELECT d.id FROM webhook_deliveries d WHERE`+isNext+`
		ORDER BY d.due_at, d.number, d.id LIMIT $4`+tx.SkipLocked(), destination, tx.Now(), tx.Now().Add(-unheardFor), most)
	if err != nil {
		return nil, err
	}
	var claims []claim
	for _, id := range ids {
		c, err := db.One(ctx, tx, scanClaim, `UPDATE webhook_deliveries SET lease_until = $2 WHERE id = $1
			RETURNING id, attempt + 1, due_at, lease_until, event_id`, id, lease)
		if err != nil {
			return nil, err
		}
		if c.Event, err = findEvent(ctx, tx, c.Event.ID); err != nil {
			return nil, err
		}
		claims = append(claims, c)
	}
	return claims, nil
}

func scanText(r db.Row) (s string, err error) { err = r.Scan(&s); return s, err }

func scanClaim(r db.Row) (c claim, err error) {
	err = r.Scan(&c.ID, &c.Attempt, &c.due, &c.lease, &c.Event.ID)
	return c, err
}

func findEvent(ctx context.Context, q db.Querier, id string) (Event, error) {
	return db.One(ctx, q, func(r db.Row) (e Event, err error) {
		return e, r.Scan(&e.ID, &e.Kind, &e.Type, &e.Room, &e.visitor, &e.Body, &e.At)
	}, `SELECT id, kind, type, room_id, visitor_id, body, at FROM webhook_events WHERE id = $1`, id)
}

// settle writes down how an attempt went; false when somebody else has the delivery by now.
func settle(ctx context.Context, tx *db.Tx, c claim, o outcome) (bool, error) {
	done := clock.Instant(0)
	if o.state != Pending {
		done = tx.Now()
	}
	n, err := tx.Exec(ctx, `UPDATE webhook_deliveries SET status = $3, attempt = $4, due_at = $5, lease_until = 0, last_status = $6, last_error = $7, done_at = $8
		WHERE id = $1 AND lease_until = $2 AND status = 'pending'`, c.ID, c.lease, o.state, c.Attempt, o.due, o.Status, o.Error, done)
	return n == 1, err
}

// release gives a delivery back that was not sent.
func release(ctx context.Context, tx *db.Tx, c claim) error {
	_, err := tx.Exec(ctx, `UPDATE webhook_deliveries SET lease_until = 0 WHERE id = $1 AND lease_until = $2 AND status = 'pending'`, c.ID, c.lease)
	return err
}

func insertAttempt(ctx context.Context, tx *db.Tx, id, delivery string, a Attempt) error {
	_, err := tx.Exec(ctx, `INSERT INTO webhook_attempts (id, delivery_id, attempt, at, duration, status, error, answer)
		SELECT $1, d.id, $3, $4, $5, $6, $7, $8 FROM webhook_deliveries d WHERE d.id = $2`,
		id, delivery, a.Number, a.At, a.Duration, a.Status, a.Error, a.Answer)
	return err
}

// dropPending gives up what waits for a destination that has no address any more.
func dropPending(ctx context.Context, tx *db.Tx, destination string) error {
	_, err := tx.Exec(ctx, `UPDATE webhook_deliveries SET status = 'dropped', done_at = $2, lease_until = 0 WHERE destination_id = $1 AND status = 'pending'`,
		destination, tx.Now())
	return err
}

func hasPending(ctx context.Context, q db.Querier, destination string) (bool, error) {
	return db.One(ctx, q, func(r db.Row) (b bool, err error) { return b, r.Scan(&b) },
		`SELECT EXISTS (SELECT 1 FROM webhook_deliveries WHERE destination_id = $1 AND status = 'pending')`, destination)
}

// due reports whether anything of a destination is due, and whether it is its turn.
func due(ctx context.Context, q db.Querier, destination string, now clock.Instant) (some, next bool, err error) {
	flag := func(r db.Row) (b bool, err error) { return b, r.Scan(&b) }
	some, err = db.One(ctx, q, flag, `SELECT EXISTS (SELECT 1 FROM webhook_deliveries d WHERE`+isDue+`)`, destination, now)
	if err != nil || !some {
		return some, false, err
	}
	next, err = db.One(ctx, q, flag, `SELECT EXISTS (SELECT 1 FROM webhook_deliveries d WHERE`+isNext+`)`, destination, now, now.Add(-unheardFor))
	return some, next, err
}
