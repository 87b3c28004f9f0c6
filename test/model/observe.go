package model

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/platform/db"
)

// State is what the database and the queue list show.
func (h *House) State() (all State, err error) {
	places, err := h.places()
	if err != nil {
		return nil, err
	}
	count := map[string]int{}
	rooms, err := db.All(h.ctx, h.inside.DB, func(row db.Row) (string, error) {
		var s Seen
		var rid, visitor, closer, status, queue string
		err := row.Scan(&rid, &visitor, &s.Open, &s.Department, &s.Agent, &s.OnHold, &closer, &s.Closed, &status, &queue)
		count[visitor]++
		s.Room, s.Place = fmt.Sprintf("%s.%d", visitor, count[visitor]), places[rid]
		s.Closed = closedBy(closer, s.Closed)
		if s.Open && (status == "taken") != (s.Agent != "") || s.Open && queue != s.Department || s.Open != (status != "") {
			return s.String() + fmt.Sprintf(" BUT its inquiry is %q in %q", status, queue), err
		}
		return s.String(), err
	}, `SELECT r.id, v.name, r.open, r.department_id, r.served_by, r.on_hold, r.closer, r.closed_by, COALESCE(i.status, ''), COALESCE(i.department_id, '')
		FROM rooms r JOIN visitors v ON v.id = r.visitor_id LEFT JOIN inquiries i ON i.room_id = r.id ORDER BY r.ts, r.id`)
	if err != nil {
		return nil, err
	}
	agents, err := db.All(h.ctx, h.inside.DB, func(row db.Row) (string, error) {
		var name string
		var ready bool
		var load int64
		err := row.Scan(&name, &ready, &load)
		return Agency(name, ready, load), err
	}, `SELECT a.user_id, a.ready, (SELECT count(*) FROM subscriptions s JOIN rooms r ON r.id = s.room_id
		WHERE s.user_id = a.user_id AND r.open AND NOT r.on_hold) FROM agents a`)
	if err != nil {
		return nil, err
	}
	counts, err := db.All(h.ctx, h.inside.DB, func(row db.Row) (string, error) {
		var department, agent string
		var n int64
		err := row.Scan(&department, &agent, &n)
		return Counter(department, agent, n), err
	}, `SELECT t.department_id, t.agent_id, t.count FROM turns t JOIN department_agents m ON m.department_id = t.department_id AND m.agent_id = t.agent_id`)
	all = slices.Concat(rooms, agents, counts)
	slices.Sort(all)
	return all, err
}

// closedBy reads the JSON of rooms.closed_by: a visitor, the system or a user's name.
func closedBy(closer, by string) string {
	switch {
	case closer == "visitor":
		return "visitor"
	case strings.Contains(by, "rocket.cat"):
		return "system"
	}
	_, name, _ := strings.Cut(by, `"username":"`)
	name, _, _ = strings.Cut(name, `"`)
	return name
}

// places says which place each waiting room has, from the list managers see.
func (h *House) places() (map[string]int, error) {
	var answer struct {
		Inquiries []struct{ RID, Status, Department string }
	}
	if err := h.call("boss", "GET", "livechat/inquiries.list?count=100", nil, &answer); err != nil {
		return nil, err
	}
	before, places := map[string]int{}, map[string]int{}
	for _, i := range answer.Inquiries {
		if i.Status == "queued" {
			before[i.Department]++
			places[i.RID] = before[i.Department]
		}
	}
	return places, nil
}

// everything is what chats consist of, as it is stored.
func (h *House) everything() (string, error) {
	var b strings.Builder
	for _, table := range []string{"rooms", "inquiries", "subscriptions", "messages", "room_changes", "turns", "jobs", "outbox"} {
		rows, err := h.inside.DB.Query(h.ctx, "SELECT * FROM "+table+" ORDER BY 1, 2, 3")
		if err != nil {
			return "", err
		}
		if err := write(&b, table, rows); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

func write(b *strings.Builder, table string, rows *sql.Rows) error {
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return err
	}
	values, into := make([]any, len(names)), make([]any, len(names))
	for i := range into {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		fmt.Fprintln(b, table, values)
	}
	return rows.Err()
}
