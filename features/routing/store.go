package routing

import (
	"context"
	"errors"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// inquiryOwn are the columns of the inquiry itself.
const inquiryOwn = `id, room_id, status, department_id, ts, queued_at, taken_at, default_agent, updated_at`

// scanTaken reads the inquiry and whose room it is.
func scanTaken(row db.Row) (i chat.Inquiry, err error) {
	var agent chat.AgentID
	err = row.Scan(&i.ID, &i.RID, &i.Status, &i.Department, &i.TS, &i.QueuedAt, &i.TakenAt, &agent, &i.UpdatedAt, &i.V.ID)
	if agent != "" {
		i.DefaultAgent = &chat.DefaultAgent{AgentID: agent}
	}
	return i, err
}

func insertInquiry(ctx context.Context, tx *db.Tx, i chat.Inquiry) error {
	var agent chat.DefaultAgent
	if i.DefaultAgent != nil {
		agent = *i.DefaultAgent
	}
	_, err := tx.Exec(ctx, `INSERT INTO inquiries (id, room_id, status, department_id, ts, queued_at, default_agent, updated_at,
			priority_weight, sla_minutes, deadline, default_agent_why)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $5, $8, $9, $10, $11)`, i.ID, i.RID, i.Status, i.Department, i.TS, i.QueuedAt, agent.AgentID,
		i.PriorityWeight, i.EstimatedWaitingTimeQueue, i.Deadline(), agent.Why)
	return err
}

// takeInquiry is the compare-and-set: no row when somebody has it (LC-TAKE-7).
func takeInquiry(ctx context.Context, tx *db.Tx, rid chat.RoomID) (chat.Inquiry, error) {
	return db.One(ctx, tx, scanTaken, `UPDATE inquiries SET status = $2, taken_at = $3, queued_at = 0, default_agent = '', returned_by = '',
		updated_at = $3 WHERE room_id = $1 AND status NOT IN ($2, 'verifying') RETURNING `+inquiryOwn+`, (SELECT visitor_id FROM rooms WHERE id = $1)`, rid, chat.StatusTaken, tx.Now())
}

// returnInquiry queues the inquiry again and reads it with what it shows of its room.
func returnInquiry(ctx context.Context, tx *db.Tx, r chat.Returning) (chat.Inquiry, error) {
	if _, err := tx.Exec(ctx, `UPDATE inquiries SET status = $2, queued_at = $3, taken_at = 0, department_id = $4,
		returned_by = CASE WHEN $5 = '' THEN returned_by ELSE $5 END, default_agent = $6, updated_at = $7 WHERE room_id = $1`,
		r.RID, chat.StatusQueued, r.Since, r.Department, r.By, r.Wished, tx.Now()); err != nil {
		return chat.Inquiry{}, err
	}
	return findInquiry(ctx, tx, everyInquiry, r.RID)
}

func rankInquiry(ctx context.Context, tx *db.Tx, r chat.Room) (chat.Inquiry, error) {
	if _, err := tx.Exec(ctx, `UPDATE inquiries SET priority_weight = $2, sla_minutes = $3, deadline = ts + $4, department_id = $5, updated_at = $6
		WHERE room_id = $1`, r.ID, r.PriorityWeight, r.EstimatedWaitingTimeQueue, r.EstimatedWaitingTimeQueue*60_000, r.DepartmentID, tx.Now()); err != nil {
		return chat.Inquiry{}, err
	}
	i, err := findInquiry(ctx, tx, everyInquiry, r.ID)
	return i.About(r), err
}

// removeInquiry returns who it preferred.
func removeInquiry(ctx context.Context, tx *db.Tx, rid chat.RoomID) (chat.AgentID, error) {
	agent, err := db.One(ctx, tx, agentID, `DELETE FROM inquiries WHERE room_id = $1 RETURNING default_agent`, rid)
	if errors.Is(err, db.ErrNoRows) {
		err = nil
	}
	return agent, err
}

// scope is whose inquiries: all, or those of the user's departments, of the public
// queue, those that prefer him and those he serves or joined.
type scope struct {
	user       chat.UserID
	everything bool
	monitor    chat.UserID // of a monitor: of everything only what is of his units
	agent      bool        // takes chats of the public queue
}

func scopeOf(a chat.Actor) scope {
	return scope{user: a.User, everything: a.May(chat.ViewLivechatRooms), monitor: a.Monitor(), agent: a.Monitor() == "" || slices.Contains(a.Roles, chat.RoleAgent)}
}

func (s scope) args(more ...any) []any {
	return append([]any{s.everything, s.user, s.monitor, s.agent}, more...)
}

// everyInquiry is the scope of the server itself.
var everyInquiry = scope{everything: true}

const inquiryColumns = `i.id, i.room_id, i.status, i.department_id, i.ts, i.queued_at, i.taken_at, i.default_agent, i.updated_at,
	COALESCE(u.username, ''), r.site_id, r.fname, r.v, r.source, r.priority_weight, r.sla_minutes,
	COALESCE((SELECT m.msg FROM messages m WHERE m.room_id = i.room_id AND m.t = '' AND NOT m.hidden ORDER BY m.seq LIMIT 1), '')`

// inScope takes the scope as $1 to $4.
const inScope = ` FROM inquiries i JOIN rooms r ON r.id = i.room_id LEFT JOIN users u ON u.id = i.default_agent
	WHERE ($1 AND ($3 = '' OR NOT EXISTS (SELECT 1 FROM units) OR r.unit_id IN (SELECT um.unit_id FROM unit_monitors um WHERE um.monitor_id = $3))
		OR i.default_agent = $2 AND i.status <> 'verifying'
		OR i.status NOT IN ('taken', 'verifying') AND (i.department_id = '' AND $4 OR EXISTS (SELECT 1 FROM department_agents a JOIN departments d ON d.id = a.department_id
			WHERE a.department_id = i.department_id AND a.agent_id = $2 AND d.enabled AND NOT d.archived))
		OR EXISTS (SELECT 1 FROM subscriptions s WHERE s.room_id = i.room_id AND s.user_id = $2))`

func scanInquiry(row db.Row) (i chat.Inquiry, err error) {
	i.T = chat.RoomType
	var agent chat.DefaultAgent
	err = row.Scan(&i.ID, &i.RID, &i.Status, &i.Department, &i.TS, &i.QueuedAt, &i.TakenAt, &agent.AgentID, &i.UpdatedAt,
		&agent.Username, &i.Site, &i.Name, db.JSON(&i.V), db.JSON(&i.Source), &i.PriorityWeight, &i.EstimatedWaitingTimeQueue, &i.Message)
	if agent.AgentID != "" {
		i.DefaultAgent = &agent
	}
	return i, err
}

func findInquiry(ctx context.Context, q db.Querier, s scope, rid chat.RoomID) (chat.Inquiry, error) {
	return db.One(ctx, q, scanInquiry, `SELECT `+inquiryColumns+inScope+` AND i.room_id = $5`, s.args(rid)...)
}

func listInquiries(ctx context.Context, q db.Querier, s scope, l List) (found []chat.Inquiry, total int64, err error) {
	const matching = inScope + ` AND ($5 = '' OR i.department_id = $5) AND (NOT $6 OR i.status = 'queued')`
	order := ` ORDER BY ` + orderOf(l.sorting)
	if l.ByUpdate {
		order = ` ORDER BY i.updated_at DESC, i.id`
	}
	args := s.args(l.Department, l.QueuedOnly)
	if err := q.QueryRow(ctx, `SELECT count(*)`+matching, args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	found, err = db.All(ctx, q, scanInquiry, `SELECT `+inquiryColumns+matching+order+` LIMIT $7 OFFSET $8`, append(args, l.Limit, l.Offset)...)
	return found, total, err
}

// defaultAgent is who a waiting inquiry prefers.
func defaultAgent(ctx context.Context, q db.Querier, rid chat.RoomID) (agent chat.AgentID, err error) {
	err = q.QueryRow(ctx, `SELECT default_agent FROM inquiries WHERE room_id = $1`, rid).Scan(&agent)
	if errors.Is(err, db.ErrNoRows) {
		err = nil
	}
	return agent, err
}
