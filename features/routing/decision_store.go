package routing

import (
	"context"
	"errors"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
)

// record keeps a decision and what it followed from. A room that still waits, or is
// refused again, for the same reason is not worth another one: what ruled whom out
// is brought up to date, or nothing is written and the id is empty.
func (s *Service) record(ctx context.Context, tx *db.Tx, d Decision) (chat.DecisionID, error) {
	tx.AfterCommit(func() { s.counts.decided(d) })
	h := fingerprint(d.Kind, d.Verdict)
	key := chat.DecisionID(id.New())
	if d.Verdict.idle() {
		last, err := lastDecision(ctx, tx, d.RID)
		if err != nil || last.hash == h {
			return "", err
		}
		if last.says(d) {
			key = last.id
		}
	}
	a := account{Case: d.Case, Verdict: d.Verdict}
	if d.Case == nil && d.By.ID != "" {
		a.By = &d.By
	}
	facts, err := a.pack()
	if err != nil {
		return "", err
	}
	_, err = tx.Exec(ctx, `INSERT INTO decisions (id, room_id, agent, method, reason, at, kind, department_id, facts, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (id) DO UPDATE SET at = excluded.at, facts = excluded.facts, hash = excluded.hash`,
		key, d.RID, d.Verdict.Agent, d.Method, d.Verdict.Reason, tx.Now(), d.Kind, d.Verdict.Department, facts, h)
	return key, err
}

// lastDecision is the latest about a room, without its facts; empty: there is none.
func lastDecision(ctx context.Context, q db.Querier, rid chat.RoomID) (k kept, err error) {
	err = q.QueryRow(ctx, `SELECT id, agent, method, reason, kind, department_id, hash FROM decisions WHERE room_id = $1 ORDER BY at DESC, id DESC LIMIT 1`,
		rid).Scan(&k.id, &k.agent, &k.method, &k.reason, &k.kind, &k.department, &k.hash)
	if errors.Is(err, db.ErrNoRows) {
		err = nil
	}
	return k, err
}

// says reports whether a decision tells people the same as this one.
func (k kept) says(d Decision) bool {
	return k.id != "" && k.agent == d.Verdict.Agent && k.method == d.Method && k.kind == d.Kind &&
		k.department == d.Verdict.Department && k.reason == d.Verdict.Reason
}

// kept is a decision as it is stored.
type kept struct {
	id         chat.DecisionID
	rid        chat.RoomID
	agent      chat.AgentID
	method     string
	reason     string
	at         clock.Instant
	kind       Kind
	department chat.DepartmentID
	facts      string
	hash       string
}

const decisionColumns = `SELECT id, room_id, agent, method, reason, at, kind, department_id, facts, hash FROM decisions `

func scanKept(r db.Row) (k kept, err error) {
	return k, r.Scan(&k.id, &k.rid, &k.agent, &k.method, &k.reason, &k.at, &k.kind, &k.department, &k.facts, &k.hash)
}

// decisionsShown bounds the answer about one room.
const decisionsShown = 500

// decisionsOf lists a room's latest decisions, oldest first.
func decisionsOf(ctx context.Context, q db.Querier, rid chat.RoomID) ([]kept, error) {
	found, err := db.All(ctx, q, scanKept, decisionColumns+`WHERE room_id = $1 ORDER BY at DESC, id DESC LIMIT $2`, rid, decisionsShown)
	slices.Reverse(found)
	return found, err
}

// stretch is a page of decisions by time, from after one.
type stretch struct {
	from, to clock.Instant
	after    kept // the last of the page before
	limit    int64
}

func decisionsBetween(ctx context.Context, q db.Querier, p stretch) ([]kept, error) {
	return db.All(ctx, q, scanKept, decisionColumns+`WHERE at >= $1 AND at < $2 AND (at, id) > ($3, $4) ORDER BY at, id LIMIT $5`,
		p.from, p.to, p.after.at, p.after.id, p.limit)
}

// names are what people and departments are called now.
type names struct {
	people      map[chat.UserID]chat.UserRef
	departments map[chat.DepartmentID]string
}

// namesFor reads what the ids are called; who is gone is missing.
func namesFor(ctx context.Context, q db.Querier, people []chat.UserID, departments []chat.DepartmentID) (n names, err error) {
	n = names{map[chat.UserID]chat.UserRef{}, map[chat.DepartmentID]string{}}
	for _, id := range distinct(people) {
		u := chat.UserRef{ID: id}
		err := q.QueryRow(ctx, `SELECT username, name FROM users WHERE id = $1`, id).Scan(&u.Username, &u.Name)
		if err == nil {
			n.people[id] = u
		} else if !errors.Is(err, db.ErrNoRows) {
			return n, err
		}
	}
	for _, id := range distinct(departments) {
		var name string
		err := q.QueryRow(ctx, `SELECT name FROM departments WHERE id = $1`, id).Scan(&name)
		if err == nil {
			n.departments[id] = name
		} else if !errors.Is(err, db.ErrNoRows) {
			return n, err
		}
	}
	return n, nil
}

// distinct leaves out what comes twice and what is empty.
func distinct[T ~string](all []T) []T {
	all = slices.Clone(all)
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(t T) bool { return t == "" })
}
