package analytics

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// roomsBehind is the condition of the rooms behind a figure.
func (s *Service) roomsBehind(f figure, r request) *conditions {
	w := (&conditions{}).add("r.ts >= ?", r.from).add("r.ts < ?", r.to).scope(r.question, "r")
	if strings.Contains(f.where, "?") {
		w.add("CAST(? AS BIGINT) >= 0", s.threshold()).add(f.where, s.threshold())
	} else if f.where != "" {
		w.add(f.where)
	}
	if f.ended {
		w.add("r.closed_at < ?", r.to)
	}
	if r.narrowed {
		w.add("r.department_id = ?", r.department)
	}
	if r.agent != "" {
		w.add("r.served_by = ?", r.agent)
	}
	if r.username != "" {
		w.add("r.served_by IN (SELECT u.id FROM users u WHERE u.username = ? UNION ALL SELECT a.agent_id FROM analytics_agents a WHERE a.username = ?)", r.username, r.username)
	}
	if r.agentName != "" {
		w.add("(r.served_by IN (SELECT u.id FROM users u WHERE u.name = ?) OR r.served_by = ? AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = r.served_by AND u.name <> ''))", r.agentName, r.agentName)
	}
	if r.departmentName != "" {
		w.add("r.department_id IN (SELECT d.id FROM departments d WHERE d.name = ?)", r.departmentName)
	}
	if r.answered != nil {
		w.add("r.waiting_response = ?", !*r.answered)
	}
	if r.tag != "" {
		w.add("replace(r.tags, ?, '') <> r.tags", quoted(r.tag))
	}
	if r.source != "" {
		w.add("(replace(r.source, ?, '') <> r.source OR r.source_type = ? AND replace(r.source, '\"alias\":\"', '') = r.source)", `"alias":`+quoted(r.source), r.source)
	}
	return r.without(w)
}

// without adds that the rooms have none of what they are reported by.
func (r request) without(w *conditions) *conditions {
	lacks := map[string]string{"department": "r.department_id = ''", "agent": "r.served_by = ''", "tags": "r.tags IN ('', '[]')"}
	if text, ok := lacks[r.by]; ok && r.none {
		w.add(text)
	}
	return w
}

// quoted is a text as it stands in stored JSON.
func quoted(s string) string {
	b, _ := json.Marshal(s) // a string always marshals
	return string(b)
}

func (s *Service) explainRooms(ctx context.Context, f figure, r request) ([]Row, int64, error) {
	w := s.roomsBehind(f, r)
	const joined = ` LEFT JOIN analytics_rooms f ON f.room_id = r.id`
	var total int64
	if err := s.DB.QueryRow(ctx, `SELECT count(*) FROM rooms r`+joined+w.String(), w.args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	all, err := db.All(ctx, s.DB, scanStored, selectStored+joined+w.String()+` ORDER BY r.ts, r.id LIMIT `+w.arg(r.limit)+` OFFSET `+w.arg(r.offset), w.args...)
	if err != nil {
		return nil, 0, err
	}
	if err := countMessages(ctx, s.DB, all); err != nil {
		return nil, 0, err
	}
	rows := make([]Row, len(all))
	for i, x := range all {
		silence := s.threshold()
		if x.closedAt >= r.to {
			silence = -1 // nobody was left within the period
		}
		rows[i] = Row{Kind: fromRooms, ID: string(x.room), Name: x.name, At: x.ts, Until: x.closedAt, Department: x.department, Agent: x.username,
			Value: f.value(x, silence)}
	}
	return rows, total, nil
}

func (s *Service) explainVisitors(ctx context.Context, r request) ([]Row, int64, error) {
	total, err := s.countVisitors(ctx, r.question)
	if err != nil {
		return nil, 0, err
	}
	w := visitorsIn(r.question, nil)
	rows, err := db.All(ctx, s.DB, func(row db.Row) (Row, error) {
		x := Row{Kind: fromVisitors, Value: 1}
		var username string
		err := row.Scan(&x.ID, &x.Name, &username, &x.At, &x.Department)
		if x.Name == "" {
			x.Name = username
		}
		return x, err
	}, `SELECT v.id, v.name, v.username, v.updated_at, v.department_id FROM visitors v`+w.String()+` ORDER BY v.updated_at, v.id LIMIT `+w.arg(r.limit)+` OFFSET `+w.arg(r.offset), w.args...)
	return rows, total, err
}

func (s *Service) explainOnline(ctx context.Context, r request) ([]Row, int64, error) {
	total, err := s.countOnline(ctx, r.question)
	if err != nil {
		return nil, 0, err
	}
	w := onlineIn(r.question)
	rows, err := db.All(ctx, s.DB, func(row db.Row) (Row, error) {
		x := Row{Kind: fromVisitors, Value: 1}
		return x, row.Scan(&x.ID, &x.Name, &x.At, &x.Department)
	}, `SELECT s.id, COALESCE(NULLIF(v.name, ''), NULLIF(v.username, ''), s.name), s.began_at, COALESCE(v.department_id, '') FROM sightings s
		LEFT JOIN visitors v ON v.id = s.visitor_id`+w.String()+` ORDER BY s.began_at, s.id LIMIT `+w.arg(r.limit)+` OFFSET `+w.arg(r.offset), w.args...)
	return rows, total, err
}

func (s *Service) explainTransfers(ctx context.Context, r request) ([]Row, int64, error) {
	w := transfersIn(r.question)
	if r.narrowed {
		w.add("r.department_id = ?", r.department)
	}
	const from = ` FROM messages m JOIN rooms r ON r.id = m.room_id`
	var total int64
	if err := s.DB.QueryRow(ctx, `SELECT count(*)`+from+w.String(), w.args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	rows, err := db.All(ctx, s.DB, func(row db.Row) (Row, error) {
		x := Row{Kind: fromTransfers, Value: 1}
		var at clock.Instant
		var d chat.DepartmentID
		err := row.Scan(&x.ID, &x.Name, &at, &d, &x.Agent)
		x.At, x.Department = at, d
		return x, err
	}, `SELECT m.id, r.fname, m.ts, r.department_id, m.sender_username`+from+w.String()+` ORDER BY m.ts, m.id LIMIT `+w.arg(r.limit)+` OFFSET `+w.arg(r.offset), w.args...)
	return rows, total, err
}
