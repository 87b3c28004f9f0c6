package visitors

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// agentNamed finds an active user with the agent role.
func agentNamed(ctx context.Context, q db.Querier, username string) (chat.AgentID, error) {
	return db.One(ctx, q, func(r db.Row) (a chat.AgentID, err error) { return a, r.Scan(&a) }, `SELECT u.id FROM users u
		JOIN user_roles r ON r.user_id = u.id AND r.role = $2 WHERE u.username_lower = $1 AND u.active`, strings.ToLower(username), chat.RoleAgent)
}

func updateManager(ctx context.Context, tx *db.Tx, visitor chat.VisitorID, manager chat.AgentID) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE visitors SET contact_manager = $2, updated_at = $3 WHERE id = $1 AND contact_manager <> $2`, visitor, manager, tx.Now())
	return n > 0, err
}

// clearManager frees a user's visitors unless he is an agent.
func clearManager(ctx context.Context, tx *db.Tx, u chat.UserID) error {
	_, err := tx.Exec(ctx, `UPDATE visitors SET contact_manager = '', updated_at = $3 WHERE contact_manager = $1 AND contact_manager <> ''
		AND NOT EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = $1 AND r.role = $2)`, u, chat.RoleAgent, tx.Now())
	return err
}

// byWhat is what a visitor is looked up by: one of them is given.
type byWhat struct {
	email, phone string
	parts        map[string]string // of values of custom fields
}

// fits reports whether the visitor's values have the parts.
func (w byWhat) fits(v chat.Visitor) bool {
	for key, part := range w.parts {
		if value, ok := v.LivechatData[key]; !ok || !strings.Contains(value, part) {
			return false
		}
	}
	return true
}

// byAddress finds the latest visitor with what is wanted.
func byAddress(ctx context.Context, q db.Querier, w byWhat) (none chat.Visitor, err error) {
	where, args := []string{`true`}, []any{}
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	if w.email != "" {
		where = append(where, `v.id IN (SELECT e.visitor_id FROM visitor_emails e WHERE e.address = `+arg(w.email)+`)`)
	}
	if w.phone != "" {
		where = append(where, `v.id IN (SELECT p.visitor_id FROM visitor_phones p WHERE p.number = `+arg(w.phone)+`)`)
	}
	for key, part := range w.parts {
		where = append(where, `EXISTS (SELECT 1 FROM custom_fields f WHERE f.id = `+arg(key)+` AND f.scope = 'visitor' AND f.searchable)
			AND v.livechat_data LIKE `+arg(holdsPart(key, part))+` ESCAPE '\'`)
	}
	found, err := db.All(ctx, q, scan, `SELECT `+columns+` FROM visitors v WHERE `+strings.Join(where, " AND ")+`
		ORDER BY v.last_chat_at DESC, v.ts DESC, v.id LIMIT `+arg(w.limit()), args...)
	for _, v := range found {
		if w.fits(v) {
			return v, err
		}
	}
	if err == nil {
		err = db.ErrNoRows
	}
	return none, err
}

// holdsPart finds, in stored JSON, a value that may have the part: fits says for sure.
func holdsPart(key, part string) string {
	text, _ := json.Marshal(part) // a text always marshals
	return "%" + literal.Replace(keyIn(chat.FieldID(key))) + `"%` + literal.Replace(string(text[1:len(text)-1])) + "%"
}

// looked is how many visitors with the wanted fields are looked at for the wanted values.
const looked = 5000

func (w byWhat) limit() int {
	if len(w.parts) == 0 {
		return 1
	}
	return looked
}

func regroup(ctx context.Context, tx *db.Tx, from, to chat.ContactID) error {
	_, err := tx.Exec(ctx, `UPDATE visitors SET contact_id = $2, updated_at = $3 WHERE contact_id = $1`, from, to, tx.Now())
	return err
}

func setContact(ctx context.Context, tx *db.Tx, v chat.VisitorID, c chat.ContactID) error {
	_, err := tx.Exec(ctx, `UPDATE visitors SET contact_id = $2 WHERE id = $1`, v, c)
	return err
}
