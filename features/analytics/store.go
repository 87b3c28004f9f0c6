package analytics

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

const (
	slotMillis = 15 * 60 * 1000
	dayMillis  = 24 * 60 * 60 * 1000

	blockOf      = 8  // so many days, or blocks, make a block
	largestBlock = 64 // days
)

// widths are how many quarters of an hour are added up too: a zone whose days begin with
// a half or a full hour is quicker by them.
var widths = []int64{2, 4}

// column is a sum that is kept: how it is made of conversations and of sums, whether it
// is kept for quarters of an hour too, and where it is when it was added up here.
type column struct {
	name, fact, fold string
	slots            bool
	of               func(s *sums) *int64
}

var columns = []column{
	{"rooms", "count(*)", "sum(rooms)", true, func(s *sums) *int64 { return &s.rooms }},
	{"answered", "count(*) FILTER (WHERE NOT f.waiting)", "sum(answered)", false, func(s *sums) *int64 { return &s.answered }},
	{"messages", "sum(f.messages)", "sum(messages)", true, func(s *sums) *int64 { return &s.messages }},
	{"agent_messages", "sum(f.agent_messages)", "sum(agent_messages)", true, func(s *sums) *int64 { return &s.agentMessages }},
	{"responded", "count(f.first_ms)", "sum(responded)", true, func(s *sums) *int64 { return &s.responded }},
	{"response_us", "sum(f.response_us)", "sum(response_us)", true, func(s *sums) *int64 { return &s.response }},
	{"first_ms", "sum(f.first_ms)", "sum(first_ms)", true, func(s *sums) *int64 { return &s.first }},
	{"waited_ms", "sum(f.first_ms) FILTER (WHERE NOT f.waiting)", "sum(waited_ms)", false, func(s *sums) *int64 { return &s.waited }},
	{"best_ms", "min(f.first_ms)", "min(best_ms) FILTER (WHERE best_ms >= 0)", true, func(s *sums) *int64 { return &s.best }},
	{"slowest_ms", "max(f.first_ms)", "max(slowest_ms)", false, func(s *sums) *int64 { return &s.slowest }},
	{"reaction_ms", "sum(f.reaction_ms)", "sum(reaction_ms)", true, func(s *sums) *int64 { return &s.reaction }},
	{"slowest_reaction_ms", "max(f.reaction_ms)", "max(slowest_reaction_ms)", false, func(s *sums) *int64 { return &s.slowestReaction }},
	{"duration_ms", "sum(f.duration_ms)", "sum(duration_ms)", true, func(s *sums) *int64 { return &s.duration }},
	{"longest_ms", "max(f.duration_ms)", "max(longest_ms)", false, func(s *sums) *int64 { return &s.longest }},
	{"served", "count(f.service_ms)", "sum(served)", false, func(s *sums) *int64 { return &s.served }},
	{"service_ms", "sum(f.service_ms)", "sum(service_ms)", false, func(s *sums) *int64 { return &s.service }},
	{"spans", "count(f.span_ms)", "sum(spans)", false, func(s *sums) *int64 { return &s.spans }},
	{"span_ms", "sum(f.span_ms)", "sum(span_ms)", false, func(s *sums) *int64 { return &s.span }},
	{"assigned", "count(f.queue_ms)", "sum(assigned)", false, func(s *sums) *int64 { return &s.assigned }},
	{"queue_ms", "sum(f.queue_ms)", "sum(queue_ms)", false, func(s *sums) *int64 { return &s.queue }},
	{"abandoned", "count(*) FILTER (WHERE $1 >= 0 AND f.inactivity_ms >= $1)", "sum(abandoned)", false, func(s *sums) *int64 { return &s.abandoned }},
	{"last_closed", "max(f.closed_at)", "max(last_closed)", false, func(s *sums) *int64 { return &s.lastClosed }},
}

func (c column) whole(text string) string {
	if c.name == "best_ms" {
		return "CAST(COALESCE(" + text + ", -1) AS BIGINT)"
	}
	return "CAST(COALESCE(" + text + ", 0) AS BIGINT)"
}

// lists are the columns' names, what they are of conversations f, and of sums.
func lists(slots bool) (names, facts, folds string) {
	var n, f, s []string
	for _, c := range columns {
		if c.slots || !slots {
			n, f, s = append(n, c.name), append(f, c.whole(strings.ReplaceAll(c.fact, "$1", "CAST($1 AS BIGINT)"))), append(s, c.whole(c.fold))
		}
	}
	return strings.Join(n, ", "), strings.Join(f, ", "), strings.Join(s, ", ")
}

var (
	dayNames, dayFacts, dayFolds    = lists(false)
	slotNames, slotFacts, slotFolds = lists(true)
)

// place is where a conversation is added up.
type place struct {
	ts         clock.Instant
	department chat.DepartmentID
	unit       chat.UnitID
	agent      chat.AgentID
}

func (f fact) place() place { return place{f.ts, f.department, f.unit, f.agent} }

// errAgain undoes a transaction that met another one about the same conversation.
var errAgain = errors.New("somebody else counts this conversation")

// refresh counts rooms as they are now, or no more if they are open or gone, and puts
// the sums right that they are in or were in.
func (s *Service) refresh(ctx context.Context, tx *db.Tx, ids []chat.RoomID) error {
	before, err := forget(ctx, tx, ids)
	if err != nil {
		return err
	}
	now, err := s.closedRooms(ctx, tx, ids)
	if err != nil {
		return err
	}
	if err := insertFacts(ctx, tx, now); err != nil {
		return err
	}
	if err := copyTransfers(ctx, tx, ids); err != nil {
		return err
	}
	if err := recountParts(ctx, tx, ids); err != nil {
		return err
	}
	if err := relabel(ctx, tx, before, now); err != nil {
		return err
	}
	if len(before) > 0 {
		return s.addUp(ctx, tx, append(before, now...))
	}
	return s.addOn(ctx, tx, now)
}

const factColumns = `room_id, visitor_id, ts, closed_at, department_id, unit_id, agent_id, waiting, messages, agent_messages,
	response_us, first_ms, reaction_ms, duration_ms, service_ms, inactivity_ms, span_ms, queue_ms, source, tags`

func scanFact(r db.Row) (f fact, err error) {
	err = r.Scan(&f.room, &f.visitor, &f.ts, &f.closedAt, &f.department, &f.unit, &f.agent, &f.waiting, &f.messages, &f.agentMessages,
		&f.response, &f.first, &f.reaction, &f.duration, &f.service, &f.inactivity, &f.lastWord, &f.queue, &f.source, db.JSON(&f.tags))
	return f, err
}

func forget(ctx context.Context, tx *db.Tx, ids []chat.RoomID) ([]fact, error) {
	return db.All(ctx, tx, scanFact, `DELETE FROM analytics_rooms WHERE room_id IN (`+db.In(len(ids), 1)+`) RETURNING `+factColumns, anys(ids)...)
}

func insertFacts(ctx context.Context, tx *db.Tx, all []fact) error {
	const width = 20
	if err := rememberAgents(ctx, tx, all); err != nil {
		return err
	}
	for len(all) > 0 {
		some := all[:min(len(all), 200)]
		all = all[len(some):]
		var values []any
		for _, f := range some {
			values = append(values, f.room, f.visitor, f.ts, f.closedAt, f.department, f.unit, f.agent, f.waiting, f.messages, f.agentMessages,
				f.response, f.first, f.reaction, f.duration, f.service, f.inactivity, f.lastWord, f.queue, f.source, db.JSON(f.tags))
		}
		n, err := tx.Exec(ctx, `INSERT INTO analytics_rooms (`+factColumns+`) VALUES `+db.Values(len(some), width, 1)+` ON CONFLICT (room_id) DO NOTHING`, values...)
		if err != nil {
			return err
		}
		if n != int64(len(some)) {
			return errAgain
		}
	}
	return nil
}

// copyTransfers notes the transfers of the rooms that are closed.
func copyTransfers(ctx context.Context, tx *db.Tx, ids []chat.RoomID) error {
	in := `room_id IN (` + db.In(len(ids), 1) + `)`
	if _, err := tx.Exec(ctx, `DELETE FROM analytics_transfers WHERE `+in, anys(ids)...); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO analytics_transfers (message_id, room_id, ts, department_id, unit_id)
		SELECT m.id, m.room_id, m.ts, r.department_id, r.unit_id FROM messages m JOIN rooms r ON r.id = m.room_id
		WHERE m.`+in+` AND m.t = 'livechat_transfer_history' AND NOT r.open`, anys(ids)...)
	return err
}

// rememberAgents keeps the names of who served.
func rememberAgents(ctx context.Context, tx *db.Tx, all []fact) error {
	names := map[chat.AgentID]string{}
	for _, f := range all {
		if f.agent != "" {
			names[f.agent] = f.username
		}
	}
	for _, id := range slices.Sorted(maps.Keys(names)) {
		if _, err := tx.Exec(ctx, `INSERT INTO analytics_agents (agent_id, username) VALUES ($1, $2)
			ON CONFLICT (agent_id) DO UPDATE SET username = excluded.username WHERE analytics_agents.username <> excluded.username`, id, names[id]); err != nil {
			return err
		}
	}
	return nil
}

func anys[T any](all []T) []any {
	out := make([]any, len(all))
	for i, v := range all {
		out[i] = v
	}
	return out
}

// labelled is a row of conversations by label.
type labelled struct {
	day         clock.Instant
	kind, label string
	unit        chat.UnitID
}

func (f fact) labels() []labelled {
	day := f.ts / dayMillis
	all := []labelled{{day, kindSource, f.source, f.unit}}
	for _, tag := range f.tagged() {
		all = append(all, labelled{day, kindTag, tag, f.unit})
	}
	return all
}

// tagged are the tags, or the empty one of who has none.
func (f fact) tagged() []string {
	if len(f.tags) == 0 {
		return []string{""}
	}
	return f.tags
}

// The kinds of labels.
const (
	kindSource = "source"
	kindTag    = "tag"
)

func byPlace(a, b labelled) int {
	return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.kind, b.kind), cmp.Compare(a.unit, b.unit), cmp.Compare(a.label, b.label))
}

func relabel(ctx context.Context, tx *db.Tx, before, now []fact) error {
	change := map[labelled]int64{}
	for _, f := range before {
		for _, l := range f.labels() {
			change[l]--
		}
	}
	for _, f := range now {
		for _, l := range f.labels() {
			change[l]++
		}
	}
	for _, l := range slices.SortedFunc(maps.Keys(change), byPlace) {
		n := change[l]
		if n == 0 {
			continue
		}
		if _, err := tx.Exec(ctx, `INSERT INTO analytics_labels (day, kind, label, unit_id, rooms) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (kind, day, unit_id, label) DO UPDATE SET rooms = analytics_labels.rooms + excluded.rooms`, l.day, l.kind, l.label, l.unit, n); err != nil {
			return err
		}
	}
	return nil
}

// zoneOf is the zone a user's preferences name, or that of his offset.
func zoneOf(ctx context.Context, q db.Querier, u chat.UserID) (*time.Location, error) {
	return db.One(ctx, q, func(r db.Row) (*time.Location, error) {
		var minutes int
		var preferences map[string]any
		if err := r.Scan(&minutes, db.JSON(&preferences)); err != nil {
			return nil, err
		}
		if name, ok := preferences["timezone"].(string); ok && name != "" && name != "Local" {
			if l, err := time.LoadLocation(name); err == nil {
				return l, nil
			}
		}
		return time.FixedZone("", minutes*60), nil
	}, `SELECT utc_offset, preferences FROM users WHERE id = $1`, u)
}
