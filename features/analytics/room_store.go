package analytics

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

const selectStored = `SELECT r.id, r.visitor_id, r.fname, r.ts, r.closed_at, r.department_id, r.unit_id, r.served_by, r.served_by_username, r.open, r.on_hold, r.verifying,
	r.waiting_response, r.source_type, r.source, r.metrics, r.served_at, r.response_by, r.tags, r.queue_ms FROM rooms r`

func scanStored(row db.Row) (fact, error) {
	var r stored
	f := &r.fact
	err := row.Scan(&f.room, &f.visitor, &f.name, &f.ts, &f.closedAt, &f.department, &f.unit, &f.agent, &f.username, &f.open, &f.onHold, &f.verifying,
		&f.waiting, &r.sourceType, db.JSON(&r.source), db.JSON(&r.metrics), &r.servedAt, db.JSON(&r.responseBy), db.JSON(&f.tags), &f.queue)
	return r.counted(), err
}

// closedRooms are those of the rooms that are closed, counted.
func (s *Service) closedRooms(ctx context.Context, q db.Querier, ids []chat.RoomID) ([]fact, error) {
	all, err := db.All(ctx, q, scanStored, selectStored+` WHERE NOT r.open AND r.id IN (`+db.In(len(ids), 1)+`)`, anys(ids)...)
	if err != nil {
		return nil, err
	}
	return all, countMessages(ctx, q, all)
}

// countMessages fills in how many ordinary messages the rooms have.
func countMessages(ctx context.Context, q db.Querier, all []fact) error {
	at := map[chat.RoomID]*fact{}
	for i := range all {
		at[all[i].room] = &all[i]
	}
	for rest := all; len(rest) > 0; {
		some := rest[:min(len(rest), 500)]
		rest = rest[len(some):]
		ids := make([]any, 0, len(some))
		for _, f := range some {
			ids = append(ids, f.room)
		}
		rows, err := db.All(ctx, q, scanCount, `SELECT m.room_id, count(*), count(*) FILTER (WHERE NOT m.by_visitor) FROM messages m
			WHERE m.room_id IN (`+db.In(len(ids), 1)+`) AND m.t = '' AND NOT m.hidden GROUP BY m.room_id`, ids...)
		if err != nil {
			return err
		}
		for _, r := range rows {
			at[r.room].messages, at[r.room].agentMessages = r.all, r.agent
		}
	}
	return nil
}

type countRow struct {
	room       chat.RoomID
	all, agent int64
}

func scanCount(r db.Row) (c countRow, err error) { return c, r.Scan(&c.room, &c.all, &c.agent) }

// live are the conversations that are not added up: the open ones, and those that have
// just ended. They are read once for a question and the questions within it.
func (s *Service) live(ctx context.Context, q question) ([]fact, error) {
	if q.from < q.read.from || q.to > q.read.to {
		all, err := s.readLive(ctx, q)
		if err != nil {
			return nil, err
		}
		*q.read = reading{q.from, q.to, all}
	}
	return slices.DeleteFunc(slices.Clone(q.read.all), func(f fact) bool { return !q.holds(f) }), nil
}

// A room that was opened again a moment ago is still among the sums: it must not be read as well.
const (
	readOpen  = selectStored + ` WHERE r.open AND r.ts >= $1 AND r.ts < $2 AND ` + notKept
	readEnded = selectStored + ` WHERE NOT r.open AND r.closed_at > $1 AND ` + notKept
	notKept   = `NOT EXISTS (SELECT 1 FROM analytics_rooms f WHERE f.room_id = r.id)`
)

// readLive goes by the two indexes that find few rooms, whatever is asked for.
func (s *Service) readLive(ctx context.Context, q question) ([]fact, error) {
	all, err := db.All(ctx, s.DB, scanStored, readOpen, q.from, q.to)
	if err != nil {
		return nil, err
	}
	more, err := db.All(ctx, s.DB, scanStored, readEnded, q.now.Add(-lag))
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(append(all, more...), func(f fact) bool { return !q.holds(f) })
	if q.wordless {
		return all, nil
	}
	return all, countMessages(ctx, s.DB, all)
}

// staffNames are the usernames of who served, by id.
func (s *Service) staffNames(ctx context.Context) (names map[chat.AgentID]name, err error) {
	rows, err := db.All(ctx, s.DB, scanName, `SELECT a.agent_id, a.username, '' FROM analytics_agents a
		UNION ALL SELECT u.id, u.username, u.name FROM users u WHERE u.id IN (SELECT a.agent_id FROM analytics_agents a) OR u.id IN (SELECT r.served_by FROM rooms r WHERE r.open)`)
	names = map[chat.AgentID]name{}
	for _, r := range rows {
		names[r.id] = r
	}
	return names, err
}

type name struct {
	id             chat.AgentID
	username, text string
}

func scanName(r db.Row) (n name, err error) { return n, r.Scan(&n.id, &n.username, &n.text) }

// departmentNames are the names of the departments there are.
func (s *Service) departmentNames(ctx context.Context) (map[chat.DepartmentID]string, error) {
	type row struct {
		id   chat.DepartmentID
		name string
	}
	rows, err := db.All(ctx, s.DB, func(r db.Row) (d row, err error) { return d, r.Scan(&d.id, &d.name) }, `SELECT id, name FROM departments`)
	names := map[chat.DepartmentID]string{}
	for _, r := range rows {
		names[r.id] = r.name
	}
	return names, err
}
