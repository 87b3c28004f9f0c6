package rooms

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/search"
)

// messageFields are the columns of messageRow, in its order.
var messageFields = []string{"id", "room_id", "seq", "msg", "ts", "t", "sender_id", "sender_username", "sender_name",
	"by_visitor", "alias", "ungroupable", "hidden", "edited_at", "edited_by", "extra", "updated_at"}

var messageColumns = strings.Join(messageFields, ", ")

// messageRow is a stored message, or what a LEFT JOIN found instead of one.
type messageRow struct {
	id, rid, msg, t, senderID, senderUsername, senderName, alias sql.NullString
	seq, ts, editedAt, updatedAt                                 sql.NullInt64
	byVisitor, ungroupable, hidden                               sql.NullBool
	editedBy                                                     *chat.UserRef
	extra                                                        chat.MessageExtra
}

func (m *messageRow) targets() []any {
	return []any{&m.id, &m.rid, &m.seq, &m.msg, &m.ts, &m.t, &m.senderID, &m.senderUsername, &m.senderName,
		&m.byVisitor, &m.alias, &m.ungroupable, &m.hidden, &m.editedAt, db.JSON(&m.editedBy), db.JSON(&m.extra), &m.updatedAt}
}

// message is the row as a message; the token of the room's visitor marks what he wrote.
func (m *messageRow) message(token string) chat.Message {
	out := chat.Message{
		ID: chat.MessageID(m.id.String), RID: chat.RoomID(m.rid.String), Seq: m.seq.Int64,
		Msg: m.msg.String, TS: clock.Instant(m.ts.Int64), T: chat.MessageType(m.t.String), Alias: m.alias.String,
		U:      chat.Sender{ID: m.senderID.String, Username: m.senderUsername.String, Name: m.senderName.String},
		Hidden: m.hidden.Bool, EditedAt: clock.Instant(m.editedAt.Int64), EditedBy: m.editedBy,
		UpdatedAt: clock.Instant(m.updatedAt.Int64), MessageExtra: m.extra,
	}
	if m.byVisitor.Bool {
		out.Token = token
	}
	if m.ungroupable.Bool {
		no := false
		out.Groupable = &no
	}
	return out
}

func scanMessage(token string) func(db.Row) (chat.Message, error) {
	return func(row db.Row) (chat.Message, error) {
		var m messageRow
		err := row.Scan(m.targets()...)
		return m.message(token), err
	}
}

const messageInsert = `INSERT INTO messages (id, room_id, seq, msg, ts, t, sender_id, sender_username, sender_name,
	by_visitor, alias, ungroupable, extra, updated_at, words) VALUES `

func messageValues(m chat.Message) []any {
	return []any{m.ID, m.RID, m.Seq, m.Msg, m.TS, m.T, m.U.ID, m.U.Username, m.U.Name,
		m.ByVisitor(), m.Alias, m.Groupable != nil && !*m.Groupable, extra(m), m.UpdatedAt, words(m)}
}

// insertMessage stores a message; false when its id is stored already (LC-MSG-2).
func insertMessage(ctx context.Context, tx *db.Tx, m chat.Message) (bool, error) {
	values := messageValues(m)
	n, err := tx.Exec(ctx, messageInsert+db.Values(1, len(values), 1)+` ON CONFLICT (id) DO NOTHING`, values...)
	return n == 1, err
}

// insertAtCommit stores messages with the commit; one whose id is stored already
// fails the transaction with db.IsUnique.
func insertAtCommit(tx *db.Tx, all ...chat.Message) {
	rows := make([][]any, len(all))
	for i, m := range all {
		rows[i] = messageValues(m)
	}
	tx.InsertAtCommit(messageInsert, rows)
}

// insertReply stores whose response a message was, with the commit (AN-4).
func insertReply(tx *db.Tx, m chat.Message, r chat.Reply) {
	var reaction *int64
	if r.Reaction != nil {
		ms := r.Reaction.Milliseconds()
		reaction = &ms
	}
	tx.InsertAtCommit(`INSERT INTO room_replies (room_id, seq, agent_id, agent_username, took_ms, reaction_ms) VALUES `,
		[][]any{{m.RID, m.Seq, m.U.ID, m.U.Username, r.Took.Milliseconds(), reaction}})
}

func extra(m chat.Message) any {
	e := m.MessageExtra
	if !e.TranscriptRequested && e.TransferData == nil && e.Comment == "" && e.PriorityData == nil && e.SLAData == nil && e.Automatic == nil && e.Navigation == nil && e.File == nil && e.Attachments == nil && e.Blocks == nil && e.Location == nil && e.Email == nil && e.RequestData == nil && e.CallStatus == "" {
		return ""
	}
	return db.JSON(e)
}

func updateMessage(ctx context.Context, tx *db.Tx, m chat.Message) error {
	_, err := tx.Exec(ctx, `UPDATE messages SET msg = $2, edited_at = $3, edited_by = $4, updated_at = $5, words = $6 WHERE id = $1`,
		m.ID, m.Msg, m.EditedAt, db.JSON(m.EditedBy), m.UpdatedAt, words(m))
	return err
}

func updateExtra(ctx context.Context, tx *db.Tx, m chat.Message) error {
	_, err := tx.Exec(ctx, `UPDATE messages SET extra = $2, updated_at = $3 WHERE id = $1`, m.ID, extra(m), m.UpdatedAt)
	return err
}

// lastCall is the newest video call of a room.
func lastCall(ctx context.Context, q db.Querier, rid chat.RoomID) (chat.Message, error) {
	return db.One(ctx, q, scanMessage(""), `SELECT `+messageColumns+` FROM messages WHERE room_id = $1 AND t = $2 ORDER BY seq DESC LIMIT 1`, rid, chat.MessageCall)
}

// deleteMessage removes a message; the room's last message is then the one before.
func deleteMessage(ctx context.Context, tx *db.Tx, m chat.Message) error {
	if _, err := tx.Exec(ctx, `DELETE FROM messages WHERE id = $1`, m.ID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE rooms SET last_seq = COALESCE((SELECT max(seq) FROM messages WHERE room_id = $1), 0) WHERE id = $1`, m.RID)
	return err
}

func findMessage(ctx context.Context, q db.Querier, id chat.MessageID, token string) (chat.Message, error) {
	return db.One(ctx, q, scanMessage(token), `SELECT `+messageColumns+` FROM messages WHERE id = $1`, id)
}

// window is a stretch of a room's history by number, after and before exclusive.
type window struct {
	rid           chat.RoomID
	token         string
	before, after int64 // before 0: to the end
	count         int
	forward       bool     // the first ones of the window, else the last ones
	hidden        []string // types that are left out
}

// messagesBetween lists visible messages of a window in the order of their numbers.
func messagesBetween(ctx context.Context, q db.Querier, w window) ([]chat.Message, error) {
	direction := "DESC"
	if w.forward {
		direction = "ASC"
	}
	other, args := without(w.hidden, w.rid, w.after, orEnd(w.before), w.count)
	found, err := db.All(ctx, q, scanMessage(w.token), `SELECT `+messageColumns+` FROM messages
		WHERE room_id = $1 AND NOT hidden AND seq > $2 AND seq < $3`+other+` ORDER BY seq `+direction+` LIMIT $4`, args...)
	if !w.forward {
		slices.Reverse(found)
	}
	return found, err
}

func orEnd(before int64) int64 {
	if before <= 0 {
		return math.MaxInt64
	}
	return before
}

// past asks for a visitor's history as pages from the newest on (LC-MSG-10).
type past struct {
	rid           chat.RoomID
	token         string
	until         clock.Instant // zero: now
	offset, limit int64
	hidden        []string // types that are left out
}

// without is the condition that a message is of none of the types, which follow the other
// arguments.
func without(types []string, args ...any) (sql string, all []any) {
	for _, t := range types {
		args = append(args, t)
		sql += ` AND t <> ` + db.In(1, len(args))
	}
	return sql, args
}

func messagesUntil(ctx context.Context, q db.Querier, p past) ([]chat.Message, error) {
	other, args := without(p.hidden, p.rid, orEnd(int64(p.until)), p.limit, p.offset)
	return db.All(ctx, q, scanMessage(p.token), `SELECT `+messageColumns+` FROM messages
		WHERE room_id = $1 AND NOT hidden AND ts <= $2`+other+` ORDER BY seq DESC LIMIT $3 OFFSET $4`, args...)
}

// countBetween counts a room's visible messages after one moment and before another.
func countBetween(ctx context.Context, q db.Querier, rid chat.RoomID, after, before clock.Instant, hidden []string) (int64, error) {
	other, args := without(hidden, rid, after, before)
	return db.One(ctx, q, scanInt, `SELECT count(*) FROM messages WHERE room_id = $1 AND NOT hidden AND ts > $2 AND ts < $3`+other, args...)
}

// roomSearch asks for a page of a room's ordinary messages that contain a text.
type roomSearch struct {
	rid           chat.RoomID
	token         string // of its visitor, to be shown with what he wrote
	text          string
	sort          rest.Sort
	offset, count int64
}

var messageOrders = map[string]string{"ts": "seq", "_updatedAt": "updated_at", "_id": "id", "msg": "msg"}

func searchMessages(ctx context.Context, q db.Querier, s roomSearch) (found []chat.Message, total int64, err error) {
	const matching = ` FROM messages WHERE room_id = $1 AND t = '' AND NOT hidden AND (msg LIKE $2 ESCAPE '\' OR lower(msg) LIKE $3 ESCAPE '\' OR msg = '' AND words <> '' AND words LIKE $4 ESCAPE '\')`
	any, folded, ofBlocks := containing(s.text), containing(strings.ToLower(s.text)), search.Inside(s.text)
	if total, err = db.One(ctx, q, scanInt, `SELECT count(*)`+matching, s.rid, any, folded, ofBlocks); err != nil {
		return nil, 0, err
	}
	found, err = db.All(ctx, q, scanMessage(s.token), `SELECT `+messageColumns+matching+` ORDER BY `+s.sort.Over(messageOrders)+`seq DESC LIMIT $5 OFFSET $6`,
		s.rid, any, folded, ofBlocks, s.count, s.offset)
	return found, total, err
}

// containing is the LIKE pattern of texts that contain this one, literally.
func containing(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}

func scanInt(row db.Row) (n int64, err error) {
	err = row.Scan(&n)
	return n, err
}

// orZero turns "no row" into the zero value.
func orZero[T any](v T, err error) (T, error) {
	if errors.Is(err, db.ErrNoRows) {
		var zero T
		return zero, nil
	}
	return v, err
}

// transfersOf pages through where a room was moved, oldest first.
func transfersOf(ctx context.Context, q db.Querier, rid chat.RoomID, by rest.Sort, offset, limit int64) (found []map[string]any, total int64, err error) {
	if total, err = db.One(ctx, q, scanInt, `SELECT count(*) FROM messages WHERE room_id = $1 AND t = $2`, rid, chat.MessageTransfer); err != nil {
		return nil, 0, err
	}
	found, err = db.All(ctx, q, func(row db.Row) (map[string]any, error) {
		var e chat.MessageExtra
		err := row.Scan(db.JSON(&e))
		return e.TransferData, err
	}, `SELECT extra FROM messages WHERE room_id = $1 AND t = $2 ORDER BY `+by.Over(map[string]string{"ts": "seq"})+`seq LIMIT $3 OFFSET $4`, rid, chat.MessageTransfer, limit, offset)
	return found, total, err
}
