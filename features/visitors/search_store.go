package visitors

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/search"
)

// literal makes a searched text mean itself inside LIKE.
var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// exactly matches a whole name; the empty one matches nobody's.
func exactly(folded string) string {
	if folded == "" {
		return ""
	}
	return literal.Replace(folded) + "\n%"
}

func contains(folded string) string { return "%" + literal.Replace(folded) + "%" }

// visitorOrders are the sortings of a search.
var visitorOrders = map[string]string{"lastChat.ts": "v.last_chat_at", "name": "v.name", "username": "v.username", "ts": "v.ts", "_updatedAt": "v.updated_at"}

func searched(ctx context.Context, q db.Querier, term string, p Slice) ([]chat.Visitor, int64, error) {
	total, err := db.One(ctx, q, number, `SELECT count(*) FROM visitors v WHERE v.search LIKE $1 ESCAPE '\'`, contains(term))
	if err != nil {
		return nil, 0, err
	}
	found, err := db.All(ctx, q, scan, `SELECT `+columns+` FROM visitors v WHERE v.search LIKE $1 ESCAPE '\'
		ORDER BY `+p.Sort.Over(visitorOrders)+`CASE WHEN v.search LIKE $2 ESCAPE '\' THEN 0 ELSE 1 END, v.last_chat_at DESC, v.ts DESC, v.id LIMIT $3 OFFSET $4`,
		contains(term), exactly(term), p.Limit, p.Offset)
	return found, total, err
}

const completed = 50 // a choice longer than this needs another letter

func complete(ctx context.Context, q db.Querier, term string, except []chat.VisitorID) ([]chat.Visitor, error) {
	args := []any{contains(term), literal.Replace(term) + "\n%", completed}
	not := ""
	if len(except) > 0 {
		not = ` AND v.id NOT IN (` + db.In(len(except), len(args)+1) + `)`
	}
	for _, id := range except {
		args = append(args, id)
	}
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM visitors v WHERE v.search LIKE $1 ESCAPE '\'`+not+`
		ORDER BY CASE WHEN v.search LIKE $2 ESCAPE '\' THEN 0 ELSE 1 END, v.last_chat_at DESC, v.ts DESC, v.id LIMIT $3`, args...)
}

// roomOrders are the sortings of a history.
var roomOrders = map[string]string{"ts": "r.ts", "lm": "r.lm", "msgs": "r.msgs", "closedAt": "r.closed_at", "_updatedAt": "r.updated_at"}

// inUnits is what of rooms r a monitor, a placeholder, may see; empty: units do not
// limit the actor (permissions.md 5).
func inUnits(monitor string) string {
	return `(` + monitor + ` = '' OR NOT EXISTS (SELECT 1 FROM units)
	OR r.unit_id IN (SELECT um.unit_id FROM unit_monitors um WHERE um.monitor_id = ` + monitor + `)
	OR r.served_by = ` + monitor + ` OR EXISTS (SELECT 1 FROM subscriptions us WHERE us.room_id = r.id AND us.user_id = ` + monitor + `))`
}

var historyMatching = ` FROM rooms r LEFT JOIN messages l ON l.room_id = r.id AND l.seq = r.last_seq WHERE r.visitor_id = $1 AND (NOT $2 OR NOT r.open) AND (NOT $3 OR r.served_by <> '')
	AND ($4 = '' OR r.source_type = $4) AND ` + inUnits("$6") + `
	AND ($5 = '' OR EXISTS (SELECT 1 FROM messages m WHERE m.room_id = r.id AND m.t = '' AND NOT m.hidden AND (lower(m.msg) LIKE $5 ESCAPE '\' OR m.msg = '' AND m.words <> '' AND m.words LIKE $7 ESCAPE '\')))`

func history(ctx context.Context, q db.Querier, f HistoryFilter) ([]chat.Room, int64, error) {
	inside := ""
	if f.Text != "" {
		inside = contains(strings.ToLower(f.Text))
	}
	args := []any{f.Visitor, f.ClosedOnly, f.ServedOnly, f.Source, inside, f.Monitor, search.Inside(f.Text)}
	total, err := db.One(ctx, q, number, `SELECT count(*)`+historyMatching, args...)
	if err != nil {
		return nil, 0, err
	}
	rooms, err := db.All(ctx, q, scanRoom, `SELECT `+roomColumns+historyMatching+` ORDER BY `+f.Sort.Over(roomOrders)+`r.ts DESC, r.id LIMIT $8 OFFSET $9`,
		append(args, f.Limit, f.Offset)...)
	return rooms, total, err
}

func openRooms(ctx context.Context, q db.Querier, id chat.VisitorID, monitor chat.UserID) ([]chat.Room, error) {
	return db.All(ctx, q, scanRoom, `SELECT `+roomColumns+` FROM rooms r LEFT JOIN messages l ON l.room_id = r.id AND l.seq = r.last_seq
		WHERE r.visitor_id = $1 AND r.open AND `+inUnits("$2")+` ORDER BY r.ts DESC, r.id`, id, monitor)
}

const roomColumns = `r.id, r.code, r.fname, r.ts, r.lm, r.msgs, r.seq, r.users_count, r.open, r.v, r.department_id, r.source, r.queued_at,
	r.served_by, r.served_by_username, r.served_at, r.waiting_response, r.tags, r.topic, r.priority_weight, r.sla_minutes,
	r.metrics, r.closed_at, r.closer, r.closed_by, r.updated_at,
	coalesce(l.id, ''), coalesce(l.msg, ''), coalesce(l.t, ''), coalesce(l.ts, 0), coalesce(l.sender_id, ''), coalesce(l.sender_username, ''),
	coalesce(l.sender_name, ''), coalesce(l.updated_at, 0), r.last_seq`

// scanRoom reads what a list of a visitor's conversations shows of each.
func scanRoom(r db.Row) (c chat.Room, err error) {
	var served chat.ServedBy
	var last chat.Message
	err = r.Scan(&c.ID, &c.Code, &c.FName, &c.TS, &c.LM, &c.Msgs, &c.Seq, &c.UsersCount, &c.Open, db.JSON(&c.V), &c.DepartmentID, db.JSON(&c.Source), &c.QueuedAt,
		&served.ID, &served.Username, &served.TS, &c.WaitingResponse, db.JSON(&c.Tags), &c.Topic, &c.PriorityWeight, &c.EstimatedWaitingTimeQueue,
		db.JSON(&c.Metrics), &c.ClosedAt, &c.Closer, db.JSON(&c.ClosedBy), &c.UpdatedAt,
		&last.ID, &last.Msg, &last.T, &last.TS, &last.U.ID, &last.U.Username, &last.U.Name, &last.UpdatedAt, &last.Seq)
	if served.ID != "" {
		c.ServedBy = &served
	}
	if last.ID != "" {
		last.RID = c.ID
		c.LastMessage = &last
	}
	c.T = chat.RoomType
	return c, err
}

// roomFacts are what the policies ask about a room; whether a room wishes for the user is not looked up.
func roomFacts(ctx context.Context, q db.Querier, rid chat.RoomID, by chat.Actor) (chat.RoomFacts, error) {
	return db.One(ctx, q, func(r db.Row) (f chat.RoomFacts, err error) {
		err = r.Scan(&f.Open, &f.Visitor, &f.ServedBy, &f.Department, &f.Member, &f.InDepartment, &f.OutsideUnits)
		return f, err
	}, `SELECT r.open, r.visitor_id, r.served_by, r.department_id,
		EXISTS (SELECT 1 FROM subscriptions s WHERE s.room_id = r.id AND s.user_id = $2),
		EXISTS (SELECT 1 FROM department_agents m JOIN departments d ON d.id = m.department_id AND d.enabled AND NOT d.archived
			WHERE m.department_id = r.department_id AND m.agent_id = $2),
		$3 <> '' AND EXISTS (SELECT 1 FROM units) AND NOT EXISTS (SELECT 1 FROM unit_monitors um WHERE um.unit_id = r.unit_id AND um.monitor_id = $3)
		FROM rooms r WHERE r.id = $1`, rid, by.User, by.Monitor())
}
