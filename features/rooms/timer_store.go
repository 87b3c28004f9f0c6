package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// answeredSince reports whether a user wrote into the room since then.
func answeredSince(ctx context.Context, q db.Querier, rid chat.RoomID, since clock.Instant) (answered bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM messages WHERE room_id = $1 AND t = '' AND NOT by_visitor AND ts >= $2)`, rid, since).Scan(&answered)
	return answered, err
}

// isThere is what makes an agent available apart from being idle: conditions 1 to 3 of
// lifecycle 2.3.
func isThere(ctx context.Context, q db.Querier, agent chat.AgentID, now clock.Instant) (there bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM agents a JOIN users u ON u.id = a.user_id
		WHERE u.id = $1 AND u.active AND a.status_livechat = 'available'
		AND EXISTS (SELECT 1 FROM user_roles g WHERE g.user_id = u.id AND g.role = 'livechat-agent')
		AND (EXISTS (SELECT 1 FROM user_roles b WHERE b.user_id = u.id AND b.role = 'bot')
			OR u.status_default <> 'offline' AND EXISTS (SELECT 1 FROM presence p WHERE p.user_id = u.id AND p.expires_at > $2)))`,
		agent, now).Scan(&there)
	return there, err
}

// pendingTimer reports whether a timer waits under the key.
func pendingTimer(ctx context.Context, q db.Querier, key string) (pending bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM jobs WHERE kind = $1 AND key = $2 AND dead_at = 0)`, timerJob, key).Scan(&pending)
	return pending, err
}

// timersOf lists the timers of one kind that wait.
func timersOf(ctx context.Context, q db.Querier, act string) ([]timer, error) {
	return db.All(ctx, q, func(row db.Row) (t timer, err error) {
		err = row.Scan(db.JSON(&t))
		return t, err
	}, `SELECT payload FROM jobs WHERE kind = $1 AND key LIKE $2 AND dead_at = 0 ORDER BY key`, timerJob, act+":%")
}

// roomsServedBy lists the open rooms of an agent.
func roomsServedBy(ctx context.Context, q db.Querier, agent chat.AgentID) ([]chat.RoomID, error) {
	return db.All(ctx, q, scanID[chat.RoomID], `SELECT id FROM rooms WHERE open AND served_by = $1 ORDER BY id`, agent)
}

// The open rooms that timers are about.
const (
	roomsHeld       = `on_hold`
	roomsWaiting    = `served_by = ''`
	roomsUnanswered = `served_by <> '' AND transferred_at = 0`
	roomsSilent     = `silent_at > 0`
)

// openRooms lists the open rooms of a kind, of one department or of all.
func openRooms(ctx context.Context, q db.Querier, kind string, d *chat.DepartmentID) ([]chat.RoomID, error) {
	all, department := d == nil, chat.DepartmentID("")
	if d != nil {
		department = *d
	}
	return db.All(ctx, q, scanID[chat.RoomID], `SELECT id FROM rooms WHERE open AND `+kind+` AND ($1 OR department_id = $2) ORDER BY id`, all, department)
}

// stillOpen reads an open room if it still is one of the kind; db.ErrNoRows else.
func stillOpen(ctx context.Context, q db.Querier, kind string, rid chat.RoomID) (chat.Room, error) {
	return db.One(ctx, q, scanRoom, `SELECT `+roomColumns+` FROM rooms WHERE id = $1 AND open AND `+kind, rid)
}
