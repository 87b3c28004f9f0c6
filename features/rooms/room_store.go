package rooms

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// roomFields are the columns scanRoom reads, in its order.
var roomFields = []string{"id", "site_id", "fname", "ts", "lm", "msgs", "users_count", "open", "v", "department_id",
	"source", "queued_at", "served_by", "served_by_username", "served_at", "waiting_response", "response_by",
	"livechat_data", "tags", "topic", "label", "priority_weight", "sla_minutes", "on_hold", "metrics", "closed_at",
	"closer", "closed_by", "contact_id", "custom_fields", "code", "updated_at", "seq", "visitor_at", "asked_at", "answered_at",
	"unit_id", "priority_id", "sla_id", "held_at", "abandoned_at", "transferred_at", "silent_at", "initiator", "transcript_request", "pdf_requested", "pdf_file", "queue_ms", "verifying", "verified", "email"}

var (
	roomColumns = strings.Join(roomFields, ", ")
	selectRoom  = "SELECT r." + strings.Join(roomFields, ", r.") + ", m." + strings.Join(messageFields, ", m.") +
		", COALESCE((SELECT sv.answers FROM surveys sv WHERE sv.room_id = r.id), 'null') FROM rooms r LEFT JOIN messages m ON m.room_id = r.id AND m.seq = r.last_seq "
)

// scanRoom reads a room without its last message.
func scanRoom(row db.Row) (chat.Room, error) { return scanRoomAnd(row) }

func scanRoomAnd(row db.Row, more ...any) (chat.Room, error) {
	r := chat.Room{T: chat.RoomType}
	var served chat.ServedBy
	var metrics chat.Metrics
	var visitorAt, asked, answered, abandoned clock.Instant
	var unit chat.UnitID
	err := row.Scan(append([]any{&r.ID, &r.Site, &r.FName, &r.TS, &r.LM, &r.Msgs, &r.UsersCount, &r.Open, db.JSON(&r.V), &r.DepartmentID,
		db.JSON(&r.Source), &r.QueuedAt, &served.ID, &served.Username, &served.TS, &r.WaitingResponse, db.JSON(&r.ResponseBy),
		db.JSON(&r.LivechatData), db.JSON(&r.Tags), &r.Topic, &r.Label, &r.PriorityWeight, &r.EstimatedWaitingTimeQueue, &r.OnHold,
		db.JSON(&metrics), &r.ClosedAt, &r.Closer, db.JSON(&r.ClosedBy), &r.ContactID, db.JSON(&r.CustomFields), &r.Code,
		&r.UpdatedAt, &r.Seq, &visitorAt, &asked, &answered,
		&unit, &r.PriorityID, &r.SLAID, &r.HeldAt, &abandoned, &r.AutoTransferredAt, &r.SilentSince, &r.Initiator,
		db.JSON(&r.TranscriptRequest), &r.PDFRequested, &r.PDFFile, &r.QueueMillis, &r.Verifying, &r.Verified, db.JSON(&r.Email)}, more...)...)
	if err != nil {
		return r, err
	}
	r.SMS, r.Facebook = r.Source.SMS(), r.Source.Facebook()
	if served.ID != "" {
		r.ServedBy = &served
	}
	if unit != "" {
		r.DepartmentAncestors = []chat.UnitID{unit}
	}
	if abandoned > 0 {
		r.Omnichannel = &chat.RoomPrediction{PredictedVisitorAbandonmentAt: abandoned}
	}
	r.V.LastMessageTS = visitorAt
	if asked > 0 {
		metrics.V = &chat.VisitorMetrics{LQ: asked}
	}
	if answered > 0 {
		metrics.ServedBy = &chat.AgentMetrics{LR: answered}
	}
	if metrics != (chat.Metrics{}) {
		r.Metrics = &metrics
	}
	return r, nil
}

// scanRoomAndLast reads what selectRoom selects: a room with its last message.
func scanRoomAndLast(row db.Row) (chat.Room, error) {
	var last messageRow
	var said map[string]string
	r, err := scanRoomAnd(row, append(last.targets(), db.JSON(&said))...)
	r.SurveyFeedback = said
	if err == nil && last.id.Valid {
		m := last.message(r.V.Token)
		r.LastMessage = &m
	}
	return r, err
}

func findRoom(ctx context.Context, q db.Querier, rid chat.RoomID) (chat.Room, error) {
	return db.One(ctx, q, scanRoomAndLast, selectRoom+`WHERE r.id = $1`, rid)
}

// findOpen finds a visitor's open room, the one of the source rather than another.
func findOpen(ctx context.Context, q db.Querier, v chat.VisitorID, source string) (chat.Room, error) {
	return db.One(ctx, q, scanRoomAndLast, selectRoom+`WHERE r.visitor_id = $1 AND r.open
		ORDER BY CASE WHEN r.source_type = $2 THEN 0 ELSE 1 END, r.ts DESC LIMIT 1`, v, source)
}

// findOpenOn finds a visitor's open room on exactly this channel.
func findOpenOn(ctx context.Context, q db.Querier, v chat.VisitorID, from chat.Source) (chat.Room, error) {
	return db.One(ctx, q, scanRoomAndLast, selectRoom+`WHERE r.visitor_id = $1 AND r.source_type = $2 AND r.source_id = $3 AND r.open`, v, from.Type, from.ID)
}

// openRoomsOf lists the open rooms of a visitor.
func openRoomsOf(ctx context.Context, q db.Querier, v chat.VisitorID) ([]chat.RoomID, error) {
	return db.All(ctx, q, scanID[chat.RoomID], `SELECT id FROM rooms WHERE visitor_id = $1 AND open ORDER BY id`, v)
}

// abandonedRooms lists the open rooms a user serves although he is no active agent.
func abandonedRooms(ctx context.Context, q db.Querier, u chat.AgentID) ([]chat.RoomID, error) {
	return db.All(ctx, q, scanID[chat.RoomID], `SELECT id FROM rooms WHERE open AND served_by = $1 AND NOT EXISTS (
		SELECT 1 FROM users u JOIN user_roles r ON r.user_id = u.id AND r.role = $2 WHERE u.id = $1 AND u.active) ORDER BY id`, u, chat.RoleAgent)
}

func scanID[T ~string](row db.Row) (id T, err error) {
	err = row.Scan(&id)
	return id, err
}

// hold locks a room until the end of the transaction and reads it.
func hold(ctx context.Context, tx *db.Tx, rid chat.RoomID) (chat.Room, error) {
	return db.One(ctx, tx, scanRoom, `UPDATE rooms SET updated_at = $2 WHERE id = $1 RETURNING `+roomColumns, rid, tx.Now())
}

// insertRoom stores a new room; false when the visitor has an open one (LC-START-3).
func insertRoom(ctx context.Context, tx *db.Tx, r chat.Room) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO rooms (id, site_id, code, fname, ts, lm, users_count, open, visitor_id, v,
		department_id, source_type, source, queued_at, updated_at, livechat_data, initiator, contact_id, source_id, email, custom_fields)
		VALUES ($1, $2, $3, $4, $5, $5, $6, true, $7, $8, $9, $10, $11, $5, $5, $12, $13, $14, $15, $16, $17)
		ON CONFLICT (visitor_id, source_type, source_id) WHERE open DO NOTHING`,
		r.ID, r.Site, r.Code, r.FName, r.TS, r.UsersCount, r.V.ID, db.JSON(r.V), r.DepartmentID, r.Source.Type, db.JSON(r.Source), object(r.LivechatData), r.Initiator, r.ContactID, r.Source.ID, db.JSON(r.Email), db.JSON(r.CustomFields))
	return n == 1, err
}

// saveRoom writes what may have changed of a held room; last is the number of its last message.
func saveRoom(ctx context.Context, tx *db.Tx, r chat.Room, last int64) error {
	var served chat.ServedBy
	if r.ServedBy != nil {
		served = *r.ServedBy
	}
	metrics, asked, answered := splitMetrics(r.Metrics)
	var unit chat.UnitID
	if len(r.DepartmentAncestors) > 0 {
		unit = r.DepartmentAncestors[0]
	}
	var abandoned clock.Instant
	if r.Omnichannel != nil {
		abandoned = r.Omnichannel.PredictedVisitorAbandonmentAt
	}
	v := r.V
	v.LastMessageTS = 0
	_, err := tx.Exec(ctx, `UPDATE rooms SET fname = $2, lm = $3, msgs = $4, users_count = $5, open = $6, v = $7,
		department_id = $8, queued_at = $9, served_by = $10, served_by_username = $11, served_at = $12, waiting_response = $13,
		response_by = $14, tags = $15, on_hold = $16, metrics = $17, closed_at = $18, closer = $19, closed_by = $20,
		updated_at = $21, seq = $22, asked_at = $23, answered_at = $24,
		unit_id = $26, priority_id = $27, priority_weight = $28, sla_id = $29, sla_minutes = $30, held_at = $31,
		abandoned_at = $32, transferred_at = $33, silent_at = $34, topic = $35,
		livechat_data = $36, transcript_request = $37, pdf_requested = $38, pdf_file = $39, queue_ms = $40, verifying = $41, verified = $42, email = $43,
		last_seq = CASE WHEN CAST($25 AS BIGINT) > 0 THEN CAST($25 AS BIGINT) ELSE last_seq END WHERE id = $1`,
		r.ID, r.FName, r.LM, r.Msgs, r.UsersCount, r.Open, db.JSON(v),
		r.DepartmentID, r.QueuedAt, served.ID, served.Username, served.TS, r.WaitingResponse,
		db.JSON(r.ResponseBy), db.JSON(r.Tags), r.OnHold, db.JSON(metrics), r.ClosedAt, r.Closer, db.JSON(r.ClosedBy),
		r.UpdatedAt, r.Seq, asked, answered, last,
		unit, r.PriorityID, r.PriorityWeight, r.SLAID, r.EstimatedWaitingTimeQueue, r.HeldAt, abandoned, r.AutoTransferredAt,
		r.SilentSince, r.Topic, object(r.LivechatData), db.JSON(r.TranscriptRequest), r.PDFRequested, r.PDFFile, r.QueueMillis, r.Verifying, r.Verified, db.JSON(r.Email))
	return err
}

func splitMetrics(m *chat.Metrics) (rest chat.Metrics, asked, answered clock.Instant) {
	if m == nil {
		return rest, 0, 0
	}
	rest = *m
	if m.V != nil {
		asked = m.V.LQ
	}
	if m.ServedBy != nil {
		answered = m.ServedBy.LR
	}
	rest.V, rest.ServedBy = nil, nil
	return rest, asked, answered
}

// insertChange keeps what has a number and is no message, for replays.
func insertChange(ctx context.Context, tx *db.Tx, rid chat.RoomID, c change) error {
	_, err := tx.Exec(ctx, `INSERT INTO room_changes (room_id, seq, name, data, at) VALUES ($1, $2, $3, $4, $5)`,
		rid, c.seq, c.name, db.JSON(c.event), tx.Now())
	return err
}

// removeRooms deletes a visitor's rooms with everything in them.
func removeRooms(ctx context.Context, tx *db.Tx, v chat.VisitorID) error {
	_, err := tx.Exec(ctx, `DELETE FROM rooms WHERE visitor_id = $1`, v)
	return err
}

// markVisitorSeen moves the visitor's read mark forward, never back nor past the end.
func markVisitorSeen(ctx context.Context, tx *db.Tx, rid chat.RoomID, v chat.VisitorID, seq int64) (moved bool, err error) {
	n, err := tx.Exec(ctx, `UPDATE rooms SET visitor_seen = $3 WHERE id = $1 AND visitor_id = $2 AND visitor_seen < $3 AND $3 <= seq`,
		rid, v, seq)
	return n > 0, err
}

// reasonOf is why routing last decided about the room, or "".
func reasonOf(ctx context.Context, q db.Querier, rid chat.RoomID) (string, error) {
	return orZero(db.One(ctx, q, scanID[string], `SELECT reason FROM decisions WHERE room_id = $1 ORDER BY at DESC, id DESC LIMIT 1`, rid))
}

// adoptUnit gives the open rooms of a department its unit, and closed ones that never
// had any.
func adoptUnit(ctx context.Context, tx *db.Tx, d chat.DepartmentID) error {
	_, err := tx.Exec(ctx, `UPDATE rooms SET unit_id = COALESCE((SELECT d.unit_id FROM departments d WHERE d.id = $1), ''), updated_at = $2
		WHERE department_id = $1 AND (open OR unit_id = '')`, d, tx.Now())
	return err
}

// forgetUnit takes a removed unit from all rooms.
func forgetUnit(ctx context.Context, tx *db.Tx, u chat.UnitID) error {
	_, err := tx.Exec(ctx, `UPDATE rooms SET unit_id = '', updated_at = $2 WHERE unit_id = $1`, u, tx.Now())
	return err
}

// takesChats reports whether the department exists and is in use.
func takesChats(ctx context.Context, q db.Querier, d chat.DepartmentID) (ok bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM departments WHERE id = $1 AND enabled AND NOT archived)`, d).Scan(&ok)
	return ok, err
}
