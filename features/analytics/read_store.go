package analytics

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// question says which conversations are asked about: created from from on and before to,
// of one department or all, and of the units the caller may see.
type question struct {
	from, to   clock.Instant
	department chat.DepartmentID
	limited    bool // only these units
	units      []chat.UnitID
	wordless   bool // how much was said does not matter
	now        clock.Instant
	read       *reading
}

// reading is what was read of the live conversations of a period.
type reading struct {
	from, to clock.Instant
	all      []fact
}

// holds reports whether a conversation is asked about.
func (q question) holds(f fact) bool {
	return f.ts >= q.from && f.ts < q.to && (q.department == "" || f.department == q.department) && (!q.limited || slices.Contains(q.units, f.unit))
}

// silent is the same question where it does not matter how much was said.
func (q question) silent() question {
	q.wordless = true
	return q
}

// in is the same question about another period.
func (q question) in(from, to clock.Instant) question {
	q.from, q.to = from, to
	return q
}

// conditions are joined with AND, their values numbered.
type conditions struct {
	all  []string
	args []any
}

func (w *conditions) arg(v any) string {
	w.args = append(w.args, v)
	return "$" + strconv.Itoa(len(w.args))
}

func (w *conditions) add(text string, values ...any) *conditions {
	for _, v := range values {
		text = strings.Replace(text, "?", w.arg(v), 1)
	}
	w.all = append(w.all, text)
	return w
}

func (w *conditions) String() string {
	if len(w.all) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.all, " AND ")
}

// scope adds what the caller may see and asks for.
func (w *conditions) scope(q question, table string) *conditions {
	if q.department != "" {
		w.add(table+".department_id = ?", q.department)
	}
	return w.inUnits(q, table+".unit_id")
}

func (w *conditions) inUnits(q question, column string) *conditions {
	if q.limited {
		in := "NULL"
		if len(q.units) > 0 {
			marks := make([]string, len(q.units))
			for i, u := range q.units {
				marks[i] = w.arg(u)
			}
			in = strings.Join(marks, ", ")
		}
		w.all = append(w.all, column+" IN ("+in+")")
	}
	return w
}

// unitsOf are the units of a monitor, and whether any unit exists.
func unitsOf(ctx context.Context, q db.Querier, monitor chat.UserID) (units []chat.UnitID, exist bool, err error) {
	if err := q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM units)`).Scan(&exist); err != nil || !exist {
		return nil, false, err
	}
	units, err = db.All(ctx, q, scanText[chat.UnitID], `SELECT unit_id FROM unit_monitors WHERE monitor_id = $1 ORDER BY unit_id`, monitor)
	return units, true, err
}

func scanText[T ~string](r db.Row) (t T, err error) { return t, r.Scan(&t) }

// group is one agent's conversations of one department.
type group struct {
	department chat.DepartmentID
	agent      chat.AgentID
	sums
}

func scanGroup(r db.Row) (g group, err error) {
	s := &g.sums
	err = r.Scan(&g.department, &g.agent, &s.rooms, &s.answered, &s.messages, &s.agentMessages, &s.responded, &s.response, &s.first, &s.waited,
		&s.best, &s.slowest, &s.reaction, &s.slowestReaction, &s.duration, &s.longest, &s.served, &s.service, &s.spans, &s.span, &s.assigned, &s.queue, &s.abandoned, &s.lastClosed)
	s.closed = s.rooms
	return g, err
}

// kept adds up the closed conversations by department and agent. endedBy, unless 0,
// leaves out what ended later.
func (s *Service) kept(ctx context.Context, q question, endedBy clock.Instant) ([]group, error) {
	first, last := (q.from+dayMillis-1)/dayMillis, q.to/dayMillis
	if first >= last {
		return s.addedUp(ctx, q, endedBy)
	}
	var all []group
	for _, edge := range []question{q.in(q.from, first*dayMillis), q.in(last*dayMillis, q.to)} {
		more, err := s.addedUp(ctx, edge, endedBy)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	for _, p := range pieces(int64(first), int64(last)) {
		more, err := s.piece(ctx, q, p, endedBy)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// piece is a run of blocks of one size, in days.
type piece struct{ size, from, to int64 }

// pieces cuts days into the largest blocks there are.
func pieces(from, to int64) (all []piece) {
	add := func(p piece) {
		if p.from < p.to {
			all = append(all, p)
		}
	}
	for size := int64(1); ; size *= blockOf {
		up, down := (from+blockOf-1)/blockOf, to/blockOf
		if size == largestBlock || up >= down {
			add(piece{size, from, to})
			return all
		}
		add(piece{size, from, up * blockOf})
		add(piece{size, down * blockOf, to})
		from, to = up, down
	}
}

// piece adds up blocks. Those in which something ended after endedBy are cut into smaller
// ones, and of such a day the conversations are added up one by one.
func (s *Service) piece(ctx context.Context, q question, p piece, endedBy clock.Instant) ([]group, error) {
	if endedBy == 0 {
		return s.blocks(ctx, q, p)
	}
	late, err := s.late(ctx, q, p, endedBy)
	if err != nil {
		return nil, err
	}
	var all []group
	from := p.from
	for _, b := range append(late, p.to) {
		more, err := s.blocks(ctx, q, piece{p.size, from, b})
		if err != nil {
			return nil, err
		}
		all, from = append(all, more...), b+1
		if b == p.to {
			break
		}
		if p.size == 1 {
			more, err = s.addedUp(ctx, q.in(clock.Instant(b*dayMillis), clock.Instant(from*dayMillis)), endedBy)
		} else {
			more, err = s.piece(ctx, q, piece{p.size / blockOf, b * blockOf, from * blockOf}, endedBy)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// in is the table of the blocks, with the conditions that they are of the piece.
func (p piece) in(q question) (table, at string, w *conditions) {
	table, at, w = `analytics_blocks`, `block`, &conditions{}
	if p.size == 1 {
		table, at = `analytics_days`, `day`
	} else {
		w.add("d.size = ?", p.size)
	}
	return table, at, w.add("d."+at+" >= ?", p.from).add("d."+at+" < ?", p.to).scope(q, "d")
}

func (s *Service) blocks(ctx context.Context, q question, p piece) ([]group, error) {
	if p.from >= p.to {
		return nil, nil
	}
	table, _, w := p.in(q)
	return db.All(ctx, s.DB, scanGroup, `SELECT department_id, agent_id, `+dayFolds+` FROM `+table+` d`+w.String()+` GROUP BY department_id, agent_id`, w.args...)
}

// late are the blocks in which something ended after endedBy, in order.
func (s *Service) late(ctx context.Context, q question, p piece, endedBy clock.Instant) ([]int64, error) {
	table, at, w := p.in(q)
	w.add("d.last_closed > ?", endedBy)
	return db.All(ctx, s.DB, func(r db.Row) (b int64, err error) { return b, r.Scan(&b) }, `SELECT DISTINCT d.`+at+` FROM `+table+` d`+w.String()+` ORDER BY 1`, w.args...)
}

// addedUp adds up conversations one by one: what is not a whole day. A department has
// far more of them than a day, so the index of moments is the one to go by.
func (s *Service) addedUp(ctx context.Context, q question, endedBy clock.Instant) ([]group, error) {
	if q.from >= q.to {
		return nil, nil
	}
	w := &conditions{args: []any{s.threshold()}}
	w.add("f.ts >= ?", q.from).add("f.ts < ?", q.to).inUnits(q, "f.unit_id")
	if q.department != "" {
		w.add("f.department_id || '' = ?", q.department)
	}
	if endedBy > 0 {
		w.add("f.closed_at <= ?", endedBy)
	}
	return db.All(ctx, s.DB, scanGroup, `SELECT f.department_id, f.agent_id, `+dayFacts+` FROM analytics_rooms f`+w.String()+` GROUP BY f.department_id, f.agent_id`, w.args...)
}

// stretch is a run of buckets of one width.
type stretch struct {
	from  clock.Instant
	width int64
	n     int
	at    int // the number of its first bucket
}

func stretches(bounds []clock.Instant) (all []stretch) {
	for i := range len(bounds) - 1 {
		width := int64(bounds[i+1] - bounds[i])
		if n := len(all); n > 0 && all[n-1].width == width {
			all[n-1].n++
			continue
		}
		all = append(all, stretch{from: bounds[i], width: width, n: 1, at: i})
	}
	return all
}

// widthOf is the widest sum that no bound divides, in quarters of an hour.
func widthOf(bounds []clock.Instant) int64 {
	best := int64(1)
	for _, width := range widths {
		if !slices.ContainsFunc(bounds, func(at clock.Instant) bool { return int64(at)%(width*slotMillis) != 0 }) {
			best = width
		}
	}
	return best
}

// keptSeries adds up the closed conversations bucket by bucket. Bounds are quarters of
// an hour, as every zone's hours and days are.
func (s *Service) keptSeries(ctx context.Context, q question, bounds []clock.Instant, out []sums) error {
	width := widthOf(bounds)
	for _, st := range stretches(bounds) {
		rows, err := s.slots(ctx, q, st, width)
		if err != nil {
			return err
		}
		for _, r := range rows {
			out[st.at+r.n].add(r.sums)
		}
	}
	return nil
}

func (s *Service) slots(ctx context.Context, q question, st stretch, width int64) ([]slotRow, error) {
	length := width * slotMillis
	w := &conditions{args: []any{st.from, st.width, length}}
	table := `analytics_slots`
	if width > 1 {
		table = `analytics_hours`
		w.add("d.width = ?", width)
	}
	w.add("d.slot >= ?", int64(st.from)/length).add("d.slot < ?", (int64(st.from)+st.width*int64(st.n))/length)
	department := q.department
	if department == "" {
		department = "*"
	}
	w.add("d.department_id = ?", department)
	if q.limited {
		w.inUnits(q, "d.unit_id")
	} else if q.department == "" {
		w.add("d.unit_id = '*'")
	}
	return db.All(ctx, s.DB, scanSlot, `SELECT (d.slot * CAST($3 AS BIGINT) - CAST($1 AS BIGINT)) / CAST($2 AS BIGINT), `+slotFolds+
		` FROM `+table+` d`+w.String()+` GROUP BY 1`, w.args...)
}

type slotRow struct {
	n int
	sums
}

func scanSlot(r db.Row) (s slotRow, err error) {
	err = r.Scan(&s.n, &s.rooms, &s.messages, &s.agentMessages, &s.responded, &s.response, &s.first, &s.best, &s.reaction, &s.duration)
	s.closed = s.rooms
	return s, err
}

// lag is how long after its end a conversation may not be added up yet.
const lag = time.Hour
