package analytics

import (
	"context"
	"math"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

func isKept(ctx context.Context, q db.Querier, rid chat.RoomID) (kept bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM analytics_rooms WHERE room_id = $1)`, rid).Scan(&kept)
	return kept, err
}

func roomsOfVisitor(ctx context.Context, q db.Querier, v chat.VisitorID) ([]chat.RoomID, error) {
	return db.All(ctx, q, scanText[chat.RoomID], `SELECT room_id FROM analytics_rooms WHERE visitor_id = $1 ORDER BY ts, room_id`, v)
}

func marked(ctx context.Context, q db.Querier, id string) (is bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM analytics_marks WHERE id = $1)`, id).Scan(&is)
	return is, err
}

func mark(ctx context.Context, tx *db.Tx, id string) error {
	_, err := tx.Exec(ctx, `INSERT INTO analytics_marks (id, value) VALUES ($1, $2) ON CONFLICT DO NOTHING`, id, tx.Now())
	return err
}

// place in time of a room, for going through all of them.
type spot struct {
	id chat.RoomID
	ts clock.Instant
}

func scanSpot(r db.Row) (s spot, err error) { return s, r.Scan(&s.id, &s.ts) }

// before is the page of rooms that comes before the cursor, the newest first.
func before(ctx context.Context, q db.Querier, at cursor, sql string) ([]chat.RoomID, cursor, error) {
	ts, last := at.TS, at.Room
	if ts == 0 {
		ts = math.MaxInt64
	}
	all, err := db.All(ctx, q, scanSpot, sql, ts, last, batch)
	ids := make([]chat.RoomID, len(all))
	for i, s := range all {
		ids[i], at = s.id, cursor{TS: s.ts, Room: s.id}
	}
	return ids, at, err
}

func ended(ctx context.Context, q db.Querier, at cursor) ([]chat.RoomID, cursor, error) {
	return before(ctx, q, at, `SELECT r.id, r.ts FROM rooms r WHERE (r.ts, r.id) < ($1, $2) AND NOT r.open ORDER BY r.ts DESC, r.id DESC LIMIT $3`)
}

// uncounted are those of the rooms that are not counted. It is asked of a page of them: of
// all rooms, each page would be looked for among all that is counted.
func uncounted(ctx context.Context, q db.Querier, ids []chat.RoomID) ([]chat.RoomID, error) {
	counted, err := db.All(ctx, q, scanText[chat.RoomID], `SELECT room_id FROM analytics_rooms WHERE room_id IN (`+db.In(len(ids), 1)+`)`, anys(ids)...)
	return slices.DeleteFunc(ids, func(id chat.RoomID) bool { return slices.Contains(counted, id) }), err
}

func moved(ctx context.Context, q db.Querier, at cursor) ([]chat.RoomID, cursor, error) {
	return before(ctx, q, at, `SELECT r.id, r.ts FROM rooms r JOIN analytics_rooms f ON f.room_id = r.id
		WHERE (r.ts, r.id) < ($1, $2) AND f.unit_id <> r.unit_id ORDER BY r.ts DESC, r.id DESC LIMIT $3`)
}

// recountAbandoned counts the abandoned conversations of the next days from one on and
// returns the day after them; 0: there are none left.
func recountAbandoned(ctx context.Context, tx *db.Tx, from clock.Instant, silence int64) (clock.Instant, error) {
	var last *clock.Instant
	if err := tx.QueryRow(ctx, `SELECT max(day) FROM (SELECT DISTINCT day FROM analytics_days WHERE day >= $1 ORDER BY day LIMIT $2) d`, from, perDays).Scan(&last); err != nil || last == nil {
		return 0, err
	}
	for _, lock := range []string{ // what is added meanwhile must not be counted away: hold the rows before they are read
		`UPDATE analytics_days SET abandoned = abandoned WHERE day >= $1 AND day <= $2`,
		`UPDATE analytics_blocks SET abandoned = abandoned WHERE (block + 1) * size > $1 AND block * size <= $2`,
	} {
		if _, err := tx.Exec(ctx, lock, from, *last); err != nil {
			return 0, err
		}
	}
	_, err := tx.Exec(ctx, `UPDATE analytics_days SET abandoned = (SELECT count(*) FROM analytics_rooms f
		WHERE f.department_id = analytics_days.department_id AND f.unit_id = analytics_days.unit_id AND f.agent_id = analytics_days.agent_id
			AND f.ts >= analytics_days.day * 86400000 AND f.ts < (analytics_days.day + 1) * 86400000
			AND CAST($1 AS BIGINT) >= 0 AND f.inactivity_ms >= CAST($1 AS BIGINT))
		WHERE day >= $2 AND day <= $3`, silence, from, *last)
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, `UPDATE analytics_blocks SET abandoned = (SELECT CAST(COALESCE(sum(d.abandoned), 0) AS BIGINT) FROM analytics_days d
		WHERE d.day >= analytics_blocks.block * analytics_blocks.size AND d.day < (analytics_blocks.block + 1) * analytics_blocks.size
			AND d.department_id = analytics_blocks.department_id AND d.unit_id = analytics_blocks.unit_id AND d.agent_id = analytics_blocks.agent_id)
		WHERE (block + 1) * size > $1 AND block * size <= $2`, from, *last)
	return *last + 1, err
}
