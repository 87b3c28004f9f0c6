package analytics

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// countVisitors counts whose record changed in the period and who chose the department.
func (s *Service) countVisitors(ctx context.Context, q question) (n int64, err error) {
	first, last := (q.from+dayMillis-1)/dayMillis, q.to/dayMillis
	edges := []question{q}
	all := &conditions{}
	var counts []string
	count := func(of string, w *conditions) {
		all.args = w.args
		counts = append(counts, `(SELECT `+of+w.String()+`)`)
	}
	if first < last {
		edges = []question{q.in(q.from, first*dayMillis), q.in(last*dayMillis, q.to)}
		count(`CAST(COALESCE(sum(v.visitors), 0) AS BIGINT) FROM visitor_days v`, visitorsOf(q, (&conditions{}).add("v.day >= ?", first).add("v.day < ?", last)))
	}
	for _, e := range edges {
		count(`count(*) FROM visitors v`, visitorsIn(e, all.args))
	}
	err = s.DB.QueryRow(ctx, `SELECT `+strings.Join(counts, " + "), all.args...).Scan(&n)
	return n, err
}

// visitorsIn are those of a period, after other arguments.
func visitorsIn(q question, args []any) *conditions {
	return visitorsOf(q, (&conditions{args: args}).add("v.updated_at >= ?", q.from).add("v.updated_at < ?", q.to))
}

func visitorsOf(q question, w *conditions) *conditions {
	if q.department != "" {
		w.add("v.department_id = ?", q.department)
	}
	if q.limited {
		w.inUnits(q, "(SELECT d.unit_id FROM departments d WHERE d.id = v.department_id)")
	}
	return w
}

// countOnline counts who is on the sites now, as the list of them does (analytics 7.1).
func (s *Service) countOnline(ctx context.Context, q question) (n int64, err error) {
	w := onlineIn(q)
	err = s.DB.QueryRow(ctx, `SELECT count(*) FROM sightings s`+w.String(), w.args...).Scan(&n)
	return n, err
}

// onlineIn are they: of the department they chose, and for a monitor on the sites of his
// units' departments, without those who chat in other units.
func onlineIn(q question) *conditions {
	w := (&conditions{}).add("s.expires_at > ?", q.now).add("s.left_at = 0")
	if q.department != "" {
		w.add("s.visitor_id IN (SELECT v.id FROM visitors v WHERE v.department_id = ?)", q.department)
	}
	if q.limited {
		sites := &conditions{args: w.args}
		sites.inUnits(q, "d.unit_id")
		chats := &conditions{args: sites.args}
		chats.inUnits(q, "r.unit_id")
		w.args = chats.args
		w.all = append(w.all, "s.site_id IN (SELECT d.site_id FROM departments d"+sites.String()+")",
			"NOT EXISTS (SELECT 1 FROM rooms r WHERE r.visitor_id = s.visitor_id AND r.open AND NOT ("+chats.all[0]+"))")
	}
	return w
}

// agentsIn are the agents a question is about: of the department, of the units.
func agentsIn(q question, column string) *conditions {
	w := &conditions{}
	if q.department != "" {
		w.add(column+" IN (SELECT m.agent_id FROM department_agents m WHERE m.department_id = ?)", q.department)
	}
	if q.limited {
		inner := &conditions{args: w.args}
		inner.inUnits(q, "d.unit_id")
		w.args = inner.args
		w.all = append(w.all, column+" IN (SELECT m.agent_id FROM department_agents m JOIN departments d ON d.id = m.department_id"+inner.String()+")")
	}
	return w
}

// standing is how an agent stands.
type standing struct {
	id        chat.AgentID
	username  string
	available chat.Availability
	status    chat.Presence
}

func (s *Service) standings(ctx context.Context, q question) ([]standing, error) {
	w := agentsIn(q, "a.user_id").add("u.active").add("EXISTS (SELECT 1 FROM user_roles ur WHERE ur.user_id = u.id AND ur.role = ?)", chat.RoleAgent)
	return db.All(ctx, s.DB, func(r db.Row) (a standing, err error) { return a, r.Scan(&a.id, &a.username, &a.available, &a.status) },
		`SELECT a.user_id, u.username, a.status_livechat, a.status FROM agents a JOIN users u ON u.id = a.user_id`+w.String()+` ORDER BY u.username`, w.args...)
}

// turn is a change of how an agent stands.
type turn struct {
	agent    chat.AgentID
	username string
	at       clock.Instant
	serves   bool // wants chats and is there (AN-40)
}

func scanTurn(r db.Row) (t turn, err error) {
	var available chat.Availability
	var status chat.Presence
	err = r.Scan(&t.agent, &t.username, &t.at, &available, &status)
	t.serves = available == chat.Available && status != chat.Offline
	return t, err
}

// turns are the changes in the period, agent by agent, each with the last one before it.
func (s *Service) turns(ctx context.Context, q question) ([]turn, error) {
	w := agentsIn(q, "c.user_id").add("c.at < ?", q.to).
		add("c.at >= COALESCE((SELECT max(b.at) FROM agent_changes b WHERE b.user_id = c.user_id AND b.at < ?), 0)", q.from)
	return db.All(ctx, s.DB, scanTurn, `SELECT c.user_id, u.username, c.at, c.status_livechat, c.status FROM agent_changes c JOIN users u ON u.id = c.user_id`+
		w.String()+` ORDER BY c.user_id, c.at, c.id`, w.args...)
}

// transfers are the transfers in the period by the rooms' departments.
func (s *Service) transfers(ctx context.Context, q question) (map[chat.DepartmentID]int64, error) {
	w := (&conditions{}).add("t.ts >= ?", q.from).add("t.ts < ?", q.to).scope(q, "t")
	kept, err := db.All(ctx, s.DB, scanLabel, `SELECT t.department_id, count(*) FROM analytics_transfers t`+w.String()+` GROUP BY t.department_id`, w.args...)
	if err != nil {
		return nil, err
	}
	all := map[chat.DepartmentID]int64{}
	for _, r := range kept {
		all[chat.DepartmentID(r.label)] = r.n
	}
	live, err := s.live(ctx, q.in(0, q.to)) // may have begun before the period
	if err != nil {
		return nil, err
	}
	of := map[string]chat.DepartmentID{}
	for _, f := range live {
		of[string(f.room)] = f.department
	}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(of)), 500) {
		rows, err := db.All(ctx, s.DB, scanLabel, `SELECT m.room_id, count(*) FROM messages m WHERE m.ts >= $1 AND m.ts < $2 AND m.t = 'livechat_transfer_history'
			AND m.room_id IN (`+db.In(len(some), 3)+`) GROUP BY m.room_id`, append([]any{q.from, q.to}, anys(some)...)...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			all[of[r.label]] += r.n
		}
	}
	return all, nil
}

func transfersIn(q question) *conditions {
	return (&conditions{}).add("m.t = 'livechat_transfer_history'").add("m.ts >= ?", q.from).add("m.ts < ?", q.to).scope(q, "r")
}

// languageOf is the language a user chose, "" for none.
func languageOf(ctx context.Context, q db.Querier, u chat.UserID) (string, error) {
	return db.One(ctx, q, scanText[string], `SELECT language FROM users WHERE id = $1`, u)
}
