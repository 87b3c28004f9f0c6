package analytics

import (
	"context"

	"github.com/foyerchat/foyer/platform/db"
)

// part is what an agent did in a conversation that makes a figure, when it counts for who
// answered and not for who served last (AN-4).
type part struct {
	value  string // of a row p of replies or of messages
	where  string
	spoken bool  // made of messages, not of replies
	unit   int64 // so many are one second, or one message
}

var parts = map[string]part{
	totalConversations: {value: "1", unit: 1},
	avgDuration:        {value: "p.closed_at - p.ts", where: "NOT p.open", unit: 1e3},
	totalMessages:      {value: "p.messages", spoken: true, unit: 1},
	avgFirst:           {value: "p.first_ms", where: "p.first_ms IS NOT NULL", unit: 1e3},
	bestFirst:          {value: "p.first_ms", where: "p.first_ms IS NOT NULL", unit: 1e3},
	avgResponse:        {value: "p.response_us", unit: 1e6},
	avgReaction:        {value: "p.reaction_ms", where: "p.reaction_ms IS NOT NULL", unit: 1e3},
}

const (
	partColumns  = `SELECT r.id, r.fname, r.ts, r.open, r.closed_at, r.department_id, `
	replyColumns = `a.agent_id, max(a.agent_username) AS username, CAST(sum(a.took_ms) * 1000 / count(*) AS BIGINT) AS response_us,
		max(CASE WHEN a.reaction_ms IS NOT NULL THEN a.took_ms END) AS first_ms, max(a.reaction_ms) AS reaction_ms
		FROM rooms r JOIN room_replies a ON a.room_id = r.id`
	wordColumns = `m.sender_id AS agent_id, max(m.sender_username) AS username, count(*) AS messages
		FROM rooms r JOIN messages m ON m.room_id = r.id AND m.t = '' AND NOT m.hidden AND NOT m.by_visitor`
)

// from is the text of the parts in the rooms of some conditions, with today's names.
func (p part) from(rooms *conditions) string {
	text := partColumns + replyColumns + rooms.String() + ` GROUP BY r.id, a.agent_id`
	if p.spoken {
		text = partColumns + wordColumns + rooms.String() + ` GROUP BY r.id, m.sender_id`
	}
	return ` FROM (` + text + `) p LEFT JOIN users u ON u.id = p.agent_id`
}

// conditions are what the parts must meet, after those of the rooms.
func (p part) conditions(rooms *conditions) *conditions {
	w := &conditions{args: rooms.args}
	if p.where != "" {
		w.add(p.where)
	}
	return w
}

const someReplied = "EXISTS (SELECT 1 FROM room_replies a WHERE a.room_id = r.id)"

// explainParts lists the parts of a figure, each with its conversation.
func (s *Service) explainParts(ctx context.Context, p part, r request) ([]Row, int64, error) {
	rooms := s.roomsBehind(figure{}, r.ofAnybody())
	w := p.conditions(rooms)
	if r.agent != "" {
		w.add("p.agent_id = ?", r.agent)
	}
	if r.username != "" {
		w.add("COALESCE(u.username, p.username) = ?", r.username)
	}
	if r.agentName != "" {
		w.add("COALESCE(NULLIF(u.name, ''), p.agent_id) = ?", r.agentName)
	}
	from := p.from(rooms) + w.String()
	var total int64
	if err := s.DB.QueryRow(ctx, `SELECT count(*)`+from, w.args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	rows, err := db.All(ctx, s.DB, func(row db.Row) (Row, error) {
		x := Row{Kind: fromRooms}
		var value int64
		err := row.Scan(&x.ID, &x.Name, &x.At, &x.Until, &x.Department, &x.Agent, &value)
		x.Value = float64(value) / float64(p.unit)
		return x, err
	}, `SELECT p.id, p.fname, p.ts, p.closed_at, p.department_id, COALESCE(u.username, p.username), `+p.value+from+
		` ORDER BY p.ts, p.id, p.agent_id LIMIT `+w.arg(r.limit)+` OFFSET `+w.arg(r.offset), w.args...)
	return rows, total, err
}

// ofNothing is the request without asking for those that have none.
func (r request) ofNothing() request {
	r.none = false
	return r
}

// ofAnybody is the request without what narrows it to one agent.
func (r request) ofAnybody() request {
	r.agent, r.username, r.agentName = "", "", ""
	return r
}
