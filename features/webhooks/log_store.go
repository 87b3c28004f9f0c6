package webhooks

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/platform/db"
)

const deliveryColumns = `d.id, d.destination_id, t.name, e.kind, e.type, d.room_id, d.status, d.attempt, d.last_status, d.last_error, d.created_at,
	CASE WHEN d.status = 'pending' THEN d.due_at ELSE 0 END, d.done_at`

func scanDelivery(r db.Row) (d Delivery, err error) {
	err = r.Scan(&d.ID, &d.Destination, &d.Name, &d.Kind, &d.Type, &d.Room, &d.State, &d.Attempts, &d.Status, &d.Error, &d.CreatedAt, &d.DueAt, &d.DoneAt)
	return d, err
}

// matching is the condition of a filter and its values.
func (f Filter) matching() (string, []any) {
	args := []any{f.Destination, f.Kind, f.State, f.Room, f.From, f.To}
	sql := ` FROM webhook_deliveries d JOIN webhook_events e ON e.id = d.event_id JOIN webhook_destinations t ON t.id = d.destination_id
		WHERE (CAST($1 AS TEXT) = '' OR d.destination_id = $1) AND (CAST($2 AS TEXT) = '' OR e.kind = $2) AND (CAST($3 AS TEXT) = '' OR d.status = $3)
		AND (CAST($4 AS TEXT) = '' OR d.room_id = $4) AND d.created_at >= $5 AND (CAST($6 AS BIGINT) = 0 OR d.created_at <= $6)`
	if f.Text != "" {
		args = append(args, "%"+literal.Replace(strings.ToLower(f.Text))+"%")
		sql += ` AND (lower(e.body) LIKE $7 ESCAPE '\' OR EXISTS (SELECT 1 FROM webhook_attempts a WHERE a.delivery_id = d.id AND lower(a.answer) LIKE $7 ESCAPE '\'))`
	}
	if len(f.IDs) > 0 {
		sql += ` AND d.id IN (` + db.In(len(f.IDs), len(args)+1) + `)`
		for _, id := range f.IDs {
			args = append(args, id)
		}
	}
	return sql, args
}

var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func listDeliveries(ctx context.Context, q db.Querier, f Filter) ([]Delivery, int64, error) {
	matching, args := f.matching()
	total, err := db.One(ctx, q, number, `SELECT count(*)`+matching, args...)
	if err != nil {
		return nil, 0, err
	}
	n := len(args)
	all, err := db.All(ctx, q, scanDelivery, `SELECT `+deliveryColumns+matching+` ORDER BY d.number DESC, d.id DESC LIMIT `+db.In(1, n+1)+` OFFSET `+db.In(1, n+2),
		append(args, f.Limit, f.Offset)...)
	return all, total, err
}

func number(r db.Row) (n int64, err error) { err = r.Scan(&n); return n, err }

func bodyOf(ctx context.Context, q db.Querier, delivery string) (string, error) {
	return db.One(ctx, q, scanText, `SELECT e.body FROM webhook_events e JOIN webhook_deliveries d ON d.event_id = e.id WHERE d.id = $1`, delivery)
}

func listAttempts(ctx context.Context, q db.Querier, delivery string) ([]Attempt, error) {
	return db.All(ctx, q, func(r db.Row) (a Attempt, err error) {
		return a, r.Scan(&a.Number, &a.At, &a.Duration, &a.Status, &a.Error, &a.Answer)
	}, `SELECT attempt, at, duration, status, error, answer FROM webhook_attempts WHERE delivery_id = $1 ORDER BY at, id LIMIT 200`, delivery)
}

// replay lets settled deliveries be sent again, the oldest first.
func replay(ctx context.Context, tx *db.Tx, f Filter) (int64, error) {
	matching, args := f.matching()
	n := len(args)
	return tx.Exec(ctx, `UPDATE webhook_deliveries SET status = 'pending', attempt = 0, due_at = `+db.In(1, n+1)+`, lease_until = 0, done_at = 0
		WHERE id IN (SELECT d.id`+matching+` AND d.status <> 'pending' ORDER BY d.number, d.id LIMIT `+db.In(1, n+2)+`)`, append(args, tx.Now(), f.Limit)...)
}

func countState(ctx context.Context, q db.Querier, s State) (int64, error) {
	sql := `SELECT count(*) FROM webhook_deliveries WHERE status = 'pending'`
	if s == Dead {
		sql = `SELECT count(*) FROM webhook_deliveries WHERE status = 'dead'`
	}
	return db.One(ctx, q, number, sql)
}
