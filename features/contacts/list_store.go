package contacts

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// literal makes a searched text mean itself inside LIKE.
var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

var (
	sortable = map[string]string{"name": "c.name", "unknown": "c.unknown", "lastChat.ts": "c.last_chat_at", "createdAt": "c.created_at", "_updatedAt": "c.updated_at"}
	roomSort = map[string]string{"ts": "r.ts", "closedAt": "r.closed_at", "msgs": "r.msgs", "_updatedAt": "r.updated_at"}
)

func number(r db.Row) (n int64, err error) { return n, r.Scan(&n) }

const matching = ` FROM contacts c WHERE (NOT $2 OR c.unknown = $3) AND (c.search LIKE $1 ESCAPE '\'
	OR $1 <> '%%' AND EXISTS (SELECT 1 FROM contact_values x JOIN custom_fields f ON f.id = x.field AND f.searchable
		WHERE x.contact_id = c.id AND x.folded LIKE $1 ESCAPE '\'))`

func list(ctx context.Context, q db.Querier, f Filter) ([]Contact, int64, error) {
	args := []any{"%" + literal.Replace(fold(f.Text)) + "%", f.Unknown != nil, f.Unknown != nil && *f.Unknown}
	total, err := db.One(ctx, q, number, `SELECT count(*)`+matching, args...)
	if err != nil {
		return nil, 0, err
	}
	found, err := db.All(ctx, q, scan, `SELECT `+columns+matching+` ORDER BY `+f.Sort.Over(sortable)+`c.name, c.id LIMIT $4 OFFSET $5`, append(args, f.Limit, f.Offset)...)
	if err != nil || len(found) == 0 {
		return found, total, err
	}
	return found, total, complete(ctx, q, found)
}

// managersOf are the users who manage contacts.
func managersOf(ctx context.Context, q db.Querier, all []Contact) (map[chat.AgentID]chat.UserRef, error) {
	args, out := []any{""}, map[chat.AgentID]chat.UserRef{}
	for _, c := range all {
		args = append(args, c.Manager)
	}
	found, err := db.All(ctx, q, func(r db.Row) (u chat.UserRef, err error) { return u, r.Scan(&u.ID, &u.Username, &u.Name) },
		`SELECT id, username, name FROM users WHERE id IN (`+db.In(len(args), 1)+`)`, args...)
	for _, u := range found {
		out[chat.AgentID(u.ID)] = u
	}
	return out, err
}

func exists(ctx context.Context, q db.Querier, w Who) (yes bool, err error) {
	if w.ID != "" {
		err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM contacts WHERE id = $1)`, w.ID).Scan(&yes)
		return yes, err
	}
	kind, value := "phone", w.Phone
	if w.Email != "" {
		kind, value = "email", w.Email
	}
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM contact_addresses WHERE kind = $1 AND (value = $2 OR value = lower($2)))`, kind, value).Scan(&yes)
	return yes, err
}

// inUnits is what of rooms r a monitor, a placeholder, may see; empty: units do not
// limit the actor (permissions.md 5).
func inUnits(monitor string) string {
	return `(` + monitor + ` = '' OR NOT EXISTS (SELECT 1 FROM units)
	OR r.unit_id IN (SELECT um.unit_id FROM unit_monitors um WHERE um.monitor_id = ` + monitor + `)
	OR r.served_by = ` + monitor + ` OR EXISTS (SELECT 1 FROM subscriptions us WHERE us.room_id = r.id AND us.user_id = ` + monitor + `))`
}

var ofContact = ` FROM rooms r WHERE r.contact_id = $1 AND ($2 = '' OR r.source_type = $2) AND ` + inUnits("$3")

func history(ctx context.Context, q db.Querier, f HistoryFilter) ([]Past, int64, error) {
	args := []any{f.Contact, f.Source, f.Monitor}
	total, err := db.One(ctx, q, number, `SELECT count(*)`+ofContact, args...)
	if err != nil {
		return nil, 0, err
	}
	found, err := db.All(ctx, q, scanPast, `SELECT r.id, r.fname, r.source, r.ts, r.closed_at, r.closed_by, r.closer, r.served_by, r.served_by_username, r.served_at, r.msgs, r.tags,
		EXISTS (SELECT 1 FROM contact_channels c WHERE c.visitor_id = r.visitor_id AND c.source_type = r.source_type AND c.source_id = r.source_id AND c.verified)`+
		ofContact+` ORDER BY `+f.Sort.Over(roomSort)+`r.ts DESC, r.id LIMIT $4 OFFSET $5`, append(args, f.Limit, f.Offset)...)
	return found, total, err
}

func scanPast(row db.Row) (p Past, err error) {
	var served chat.ServedBy
	err = row.Scan(&p.ID, &p.FName, db.JSON(&p.Source), &p.TS, &p.ClosedAt, db.JSON(&p.ClosedBy), &p.Closer, &served.ID, &served.Username, &served.TS, &p.Msgs, db.JSON(&p.Tags), &p.Verified)
	if served.ID != "" {
		p.ServedBy = &served
	}
	return p, err
}
