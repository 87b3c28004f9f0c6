package rooms

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/rest"
)

// Filter says which rooms to list; zero values do not restrict.
type Filter struct {
	Monitor      chat.UserID // only rooms of his units, and those he serves or joined
	Agents       []chat.AgentID
	Name         string // part of the visitor's name
	Department   chat.DepartmentID
	Units        []chat.UnitID
	State        State
	Tags         []string // has one of them
	CustomFields map[string]string
	Created      Between
	Closed       Between
	Order        rest.Sort
	Offset       int64
	Limit        int64
}

// Between is a stretch of time, both ends included; zero is open.
type Between struct{ Start, End clock.Instant }

// State restricts a list to rooms in one state.
type State int

// The states of a list; Waiting wins over OnHold (rest-api.md 7).
const (
	AnyState State = iota
	Served
	Closed
	Waiting
	OnHold
	Verifying
)

var inState = map[State]string{
	Served:    `r.open AND NOT r.on_hold AND r.served_by <> ''`,
	Closed:    `NOT r.open`,
	Waiting:   `r.open AND r.served_by = '' AND NOT r.verifying`,
	OnHold:    `r.open AND r.on_hold`,
	Verifying: `r.open AND r.verifying`,
}

// sortable are the fields a list may be ordered by, in the words of the API.
var sortable = map[string]string{
	"_id": "r.id", "ts": "r.ts", "lm": "r.lm", "fname": "r.fname", "name": "r.fname", "open": "CASE WHEN r.open THEN 1 ELSE 0 END",
	"closedAt": "r.closed_at", "queuedAt": "r.queued_at", "departmentId": "r.department_id", "servedBy": "r.served_by_username",
	"servedBy.username": "r.served_by_username", "msgs": "r.msgs", "_updatedAt": "r.updated_at", "code": "r.code",
	"priorityWeight": "r.priority_weight", "estimatedWaitingTimeQueue": "r.sla_minutes",
}

func listRooms(ctx context.Context, q db.Querier, f Filter) (rooms []chat.Room, total int64, err error) {
	w := f.where()
	if total, err = db.One(ctx, q, scanInt, `SELECT count(*) FROM rooms r`+w.String(), w.args...); err != nil {
		return nil, 0, err
	}
	rooms, err = db.All(ctx, q, scanRoomAndLast, selectRoom+w.String()+` ORDER BY `+f.Order.Over(sortable)+`r.ts DESC, r.id`+
		` LIMIT `+w.arg(f.Limit)+` OFFSET `+w.arg(f.Offset), w.args...)
	return rooms, total, err
}

func (f Filter) where() *conditions {
	w := &conditions{}
	if f.Monitor != "" {
		w.add(inUnits(w.arg(f.Monitor)))
	}
	if len(f.Agents) > 0 {
		w.add(`r.served_by` + in(w, f.Agents))
	}
	if len(f.Units) > 0 {
		w.add(`r.unit_id` + in(w, f.Units))
	}
	if f.Name != "" {
		w.add(`(r.fname LIKE ` + w.arg(containing(f.Name)) + ` ESCAPE '\' OR lower(r.fname) LIKE ` +
			w.arg(containing(strings.ToLower(f.Name))) + ` ESCAPE '\')`)
	}
	if f.Department != "" {
		w.add(`r.department_id = ` + w.arg(f.Department))
	}
	if f.State != AnyState {
		w.add(inState[f.State])
	}
	w.between("r.ts", f.Created)
	w.between("r.closed_at", f.Closed)
	tagged := make([]string, len(f.Tags))
	for i, tag := range f.Tags {
		tagged[i] = w.holds("r.tags", quoted(tag))
	}
	if len(tagged) > 0 {
		w.add(`(` + strings.Join(tagged, " OR ") + `)`)
	}
	for key, value := range f.CustomFields {
		w.add(w.holds("r.livechat_data", quoted(key)+":"+quoted(value)))
	}
	return w
}

// in is the condition that a column is one of the values.
func in[T any](w *conditions, values []T) string {
	numbered := make([]string, len(values))
	for i, v := range values {
		numbered[i] = w.arg(v)
	}
	return ` IN (` + strings.Join(numbered, ", ") + `)`
}

// conditions are joined with AND, their values numbered.
type conditions struct {
	all  []string
	args []any
}

func (w *conditions) add(condition string) { w.all = append(w.all, condition) }

func (w *conditions) arg(v any) string {
	w.args = append(w.args, v)
	return "$" + strconv.Itoa(len(w.args))
}

func (w *conditions) between(column string, b Between) {
	if b.Start != 0 {
		w.add(column + ` >= ` + w.arg(b.Start))
	}
	if b.End != 0 {
		w.add(column + ` BETWEEN 1 AND ` + w.arg(b.End))
	}
}

// holds is the condition that JSON text contains a piece of JSON text.
func (w *conditions) holds(column, piece string) string {
	return `replace(` + column + `, ` + w.arg(piece) + `, '') <> ` + column
}

func (w *conditions) String() string {
	if len(w.all) == 0 {
		return ""
	}
	return ` WHERE ` + strings.Join(w.all, " AND ")
}

// quoted is a text as it stands in stored JSON.
func quoted(s string) string {
	b, _ := json.Marshal(s) // a string always marshals
	return string(b)
}

// sourcesInUse lists the kinds of sources rooms came from.
func sourcesInUse(ctx context.Context, q db.Querier) ([]chat.Source, error) {
	return db.All(ctx, q, func(row db.Row) (s chat.Source, err error) {
		err = row.Scan(&s.Type)
		return s, err
	}, `SELECT DISTINCT source_type FROM rooms ORDER BY source_type`)
}
