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
// refused again, for the same reason is not worth another one: then nothing is written and the id is empty.
func (s *Service) record(ctx context.Context, tx *db.Tx, d Decision) (chat.DecisionID, error) {
	h := fingerprint(d.Kind, d.Verdict)
	if d.Verdict.idle() {
		last, err := lastHash(ctx, tx, d.RID)
		if err != nil || last == h {
			return "", err
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
	key := chat.DecisionID(id.New())
	_, err = tx.Exec(ctx, `INSERT INTO decisions (id, room_id, agent, method, reason, at, kind, department_id, facts, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		key, d.RID, d.Verdict.Agent, d.Method, d.Verdict.Reason, tx.Now(), d.Kind, d.Verdict.Department, facts, h)
	return key, err
}

// lastHash is the fingerprint of a room's last decision, or "".
func lastHash(ctx context.Context, q db.Querier, rid chat.RoomID) (h string, err error) {
	err = q.QueryRow(ctx, `SELECT hash FROM decisions WHERE room_id = $1 ORDER BY at DESC, id DESC LIMIT 1`, rid).Scan(&h)
	if errors.Is(err, db.ErrNoRows) {
		err = nil
	}
	return h, err
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

// decisionsOf lists a room's decisions, oldest first.
func decisionsOf(ctx context.Context, q db.Querier, rid chat.RoomID) ([]kept, error) {
	return db.All(ctx, q, scanKept, decisionColumns+`WHERE room_id = $1 ORDER BY at, id LIMIT $2`, rid, decisionsShown)
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
