package analytics

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// share is what an agent did in a conversation, or in many (AN-4).
type share struct {
	rooms, replied, messages, response, firsts, first int64
	best                                              int64 // -1: none
	reaction, ended, duration                         int64
}

// did is a share as it is stored.
type did struct {
	room chat.RoomID
	place
	share
}

const (
	shareNames = `rooms, replied, messages, response_us, firsts, first_ms, best_ms, reaction_ms, ended, duration_ms`
	partNames  = `room_id, ts, department_id, unit_id, agent_id, ` + shareNames
	sumKey     = `size, block, department_id, unit_id, agent_id`
)

// shareFolds are sums of shares; shareSets add some to what is stored.
var shareFolds, shareSets = func() (string, string) {
	var folds, sets []string
	for _, name := range strings.Split(shareNames, ", ") {
		c := column{name: name, fold: "sum(d." + name + ")"}
		if name == "best_ms" {
			c.fold = "min(d.best_ms) FILTER (WHERE d.best_ms >= 0)"
		}
		folds, sets = append(folds, c.whole(c.fold)), append(sets, name+" = "+c.joined("analytics_part_sums"))
	}
	return strings.Join(folds, ", "), strings.Join(sets, ", ")
}()

func (s *share) targets() []any {
	return []any{&s.rooms, &s.replied, &s.messages, &s.response, &s.firsts, &s.first, &s.best, &s.reaction, &s.ended, &s.duration}
}

func scanDid(r db.Row) (d did, err error) {
	return d, r.Scan(append([]any{&d.room, &d.ts, &d.department, &d.unit, &d.agent}, d.targets()...)...)
}

// partsIn is the text of what everybody did in rooms, of which in is a list.
func partsIn(in string) string {
	return `SELECT x.*, CASE WHEN x.agent_id = min(CASE WHEN x.replied = 1 THEN x.agent_id END) OVER (PARTITION BY x.room_id) THEN 1 ELSE 0 END AS rooms,
			CASE WHEN x.first IS NULL THEN 0 ELSE 1 END AS firsts, COALESCE(x.first, 0) AS first_ms, COALESCE(x.first, -1) AS best_ms,
			CASE WHEN x.open THEN 0 ELSE x.replied END AS ended, CASE WHEN x.open OR x.replied = 0 THEN 0 ELSE x.closed_at - x.ts END AS duration_ms
		FROM (
			SELECT r.id AS room_id, r.ts, r.department_id, r.unit_id, r.open, r.closed_at, p.agent_id, max(p.username) AS username, max(p.replied) AS replied,
				CAST(sum(p.messages) AS BIGINT) AS messages, CAST(sum(p.response_us) AS BIGINT) AS response_us, max(p.first) AS first, COALESCE(max(p.reaction), 0) AS reaction_ms
			FROM rooms r JOIN (
				SELECT a.room_id, a.agent_id, max(a.agent_username) AS username, 1 AS replied, 0 AS messages, CAST(sum(a.took_ms) * 1000 / count(*) AS BIGINT) AS response_us,
					max(CASE WHEN a.reaction_ms IS NOT NULL THEN a.took_ms END) AS first, max(a.reaction_ms) AS reaction
				FROM room_replies a WHERE a.room_id IN (` + in + `) GROUP BY a.room_id, a.agent_id
				UNION ALL
				SELECT m.room_id, m.sender_id, max(m.sender_username), 0, count(*), 0, NULL, NULL
				FROM messages m WHERE m.room_id IN (` + in + `) AND m.t = '' AND NOT m.hidden AND NOT m.by_visitor GROUP BY m.room_id, m.sender_id
			) p ON p.room_id = r.id
			GROUP BY r.id, r.ts, r.department_id, r.unit_id, r.open, r.closed_at, p.agent_id
		) x`
}

// recountParts notes what everybody did in the rooms that are closed, and puts the sums
// right.
func recountParts(ctx context.Context, tx *db.Tx, ids []chat.RoomID) error {
	in, args := db.In(len(ids), 1), anys(ids)
	before, err := db.All(ctx, tx, scanDid, `DELETE FROM analytics_parts WHERE room_id IN (`+in+`) RETURNING `+partNames, args...)
	if err != nil {
		return err
	}
	now, err := db.All(ctx, tx, scanDid, `INSERT INTO analytics_parts (`+partNames+`, username) SELECT `+partNames+`, username FROM (`+partsIn(in)+`) y WHERE NOT y.open
		RETURNING `+partNames, args...)
	if err != nil || sameParts(before, now) {
		return err
	}
	if _, err := tx.Exec(ctx, `INSERT INTO analytics_agents (agent_id, username) SELECT agent_id, max(username) FROM analytics_parts WHERE room_id IN (`+in+`) GROUP BY agent_id ORDER BY agent_id
		ON CONFLICT (agent_id) DO UPDATE SET username = excluded.username WHERE analytics_agents.username <> excluded.username`, args...); err != nil {
		return err
	}
	places := map[place]bool{}
	for _, d := range append(before, now...) {
		d.place.ts /= dayMillis
		places[d.place] = true
	}
	for size := int64(1); size <= largestBlock; size *= blockOf {
		if len(before) == 0 {
			err = addParts(ctx, tx, size, in, args)
		} else {
			err = addUpParts(ctx, tx, size, ordered(coarser(places, size)))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func sameParts(a, b []did) bool {
	for _, all := range [][]did{a, b} {
		slices.SortFunc(all, func(x, y did) int { return cmp.Or(cmp.Compare(x.room, y.room), cmp.Compare(x.agent, y.agent)) })
	}
	return slices.Equal(a, b)
}

// addParts adds those of rooms that were in no sum yet.
func addParts(ctx context.Context, tx *db.Tx, size int64, in string, args []any) error {
	days := (&conditions{args: args}).arg(size)
	_, err := tx.Exec(ctx, `INSERT INTO analytics_part_sums (`+sumKey+`, `+shareNames+`)
		SELECT CAST(`+days+` AS BIGINT), d.ts / (86400000 * CAST(`+days+` AS BIGINT)), d.department_id, d.unit_id, d.agent_id, `+shareFolds+`
		FROM analytics_parts d WHERE d.room_id IN (`+in+`) GROUP BY 2, 3, 4, 5 ORDER BY 2, 3, 4, 5
		ON CONFLICT (`+sumKey+`) DO UPDATE SET `+shareSets, append(slices.Clone(args), size)...)
	return err
}

// addUpParts makes sums anew: of a day, or of eight of what is added up already. A row is
// locked before it is added up.
func addUpParts(ctx context.Context, tx *db.Tx, size int64, places []place) error {
	const row = ` WHERE size = $1 AND block = $2 AND department_id = $3 AND unit_id = $4 AND agent_id = $5`
	for _, p := range places {
		key := []any{size, p.ts, p.department, p.unit, p.agent}
		from, width, table := p.ts*dayMillis, clock.Instant(dayMillis), `analytics_parts d WHERE d.ts >= $6 AND d.ts < $7`
		if size > 1 {
			from, width, table = p.ts*blockOf, blockOf, `analytics_part_sums d WHERE d.block >= $6 AND d.block < $7 AND d.size = CAST($1 AS BIGINT) / 8`
		}
		for _, step := range []struct {
			sql  string
			args []any
		}{
			{`INSERT INTO analytics_part_sums (` + sumKey + `) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (` + sumKey + `) DO UPDATE SET size = excluded.size`, key},
			{`UPDATE analytics_part_sums SET (` + shareNames + `) = (SELECT ` + shareFolds + ` FROM ` + table +
				` AND d.department_id = $3 AND d.unit_id = $4 AND d.agent_id = $5)` + row, append(slices.Clone(key), from, from+width)},
			{`DELETE FROM analytics_part_sums` + row + ` AND replied = 0 AND messages = 0`, key},
		} {
			if _, err := tx.Exec(ctx, step.sql, step.args...); err != nil {
				return err
			}
		}
	}
	return nil
}

// shared is what an agent did; his name is known of what is not added up.
type shared struct {
	agent chat.AgentID
	share
	username string
}

func scanShared(r db.Row) (a shared, err error) {
	return a, r.Scan(append(append([]any{&a.agent}, a.targets()...), &a.username)...)
}

// shares add up what each agent did in the conversations of a question.
func (s *Service) shares(ctx context.Context, q question) (map[chat.AgentID]shared, error) {
	all := map[chat.AgentID]shared{}
	read := func(from, username string, w *conditions) error {
		rows, err := db.All(ctx, s.DB, scanShared, `SELECT d.agent_id, `+shareFolds+`, `+username+` FROM `+from+w.String()+` GROUP BY d.agent_id`, w.args...)
		for _, r := range rows {
			all[r.agent] = shared{r.agent, all[r.agent].and(r.share), cmp.Or(all[r.agent].username, r.username)}
		}
		return err
	}
	first, last := int64(q.from+dayMillis-1)/dayMillis, int64(q.to)/dayMillis
	edges := []question{q}
	if first < last {
		edges = []question{q.in(q.from, clock.Instant(first*dayMillis)), q.in(clock.Instant(last*dayMillis), q.to)}
		for _, p := range pieces(first, last) {
			w := (&conditions{}).add("d.size = ?", p.size).add("d.block >= ?", p.from).add("d.block < ?", p.to).scope(q, "d")
			if err := read(`analytics_part_sums d`, `''`, w); err != nil {
				return nil, err
			}
		}
	}
	for _, e := range edges {
		if err := read(`analytics_parts d`, `max(d.username)`, (&conditions{}).add("d.ts >= ?", e.from).add("d.ts < ?", e.to).scope(q, "d")); err != nil {
			return nil, err
		}
	}
	live, err := s.live(ctx, q.silent())
	for some := range slices.Chunk(live, batch) {
		w := &conditions{}
		ids := make([]string, len(some))
		for i, f := range some {
			ids[i] = w.arg(f.room)
		}
		if err == nil {
			err = read(`(`+partsIn(strings.Join(ids, ", "))+`) d`, `max(d.username)`, w)
		}
	}
	return all, err
}

// and adds up two shares; the zero one is none.
func (s share) and(o share) share {
	switch {
	case s.firsts == 0:
		s.best = o.best
	case o.firsts > 0:
		s.best = min(s.best, o.best)
	}
	return share{s.rooms + o.rooms, s.replied + o.replied, s.messages + o.messages, s.response + o.response, s.firsts + o.firsts, s.first + o.first,
		s.best, s.reaction + o.reaction, s.ended + o.ended, s.duration + o.duration}
}

// actors are the names of who did something, also in conversations that are not counted.
func (s *Service) actors(ctx context.Context, all map[chat.AgentID]shared) (map[chat.AgentID]name, error) {
	names, err := s.staffNames(ctx)
	if err != nil {
		return nil, err
	}
	var unknown []chat.AgentID
	for id, x := range all {
		if _, ok := names[id]; !ok {
			unknown, names[id] = append(unknown, id), name{id, x.username, ""}
		}
	}
	for some := range slices.Chunk(unknown, batch) {
		rows, err := db.All(ctx, s.DB, scanName, `SELECT u.id, u.username, u.name FROM users u WHERE u.id IN (`+db.In(len(some), 1)+`)`, anys(some)...)
		if err != nil {
			return nil, err
		}
		for _, n := range rows {
			names[n.id] = n
		}
	}
	return names, nil
}
