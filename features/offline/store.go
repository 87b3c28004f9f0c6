package offline

import (
	"context"
	"errors"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
)

// department is the enabled one of this id or name; empty if there is none.
func department(ctx context.Context, q db.Querier, idOrName string) (asked, error) {
	if idOrName == "" {
		return asked{}, nil
	}
	d, err := db.One(ctx, q, func(r db.Row) (d asked, err error) { return d, r.Scan(&d.id, &d.name, &d.email, &d.channel) },
		`SELECT id, name, email, offline_channel FROM departments WHERE (id = $1 OR name_lower = $2) AND enabled AND NOT archived
		ORDER BY CASE WHEN id = $1 THEN 0 ELSE 1 END, id LIMIT 1`, idOrName, strings.ToLower(idOrName))
	if errors.Is(err, db.ErrNoRows) {
		err = nil
	}
	return d, err
}

func number(r db.Row) (n int64, err error) { return n, r.Scan(&n) }

// leftCount is how many messages came from an address and from everybody.
type leftCount struct{ address, all int64 }

func leftSince(ctx context.Context, q db.Querier, email string, since clock.Instant) (leftCount, error) {
	return db.One(ctx, q, func(r db.Row) (n leftCount, err error) { return n, r.Scan(&n.address, &n.all) },
		`SELECT (SELECT count(*) FROM offline_messages WHERE email_lower = $1 AND at > $2), (SELECT count(*) FROM offline_messages WHERE at > $2)`,
		strings.ToLower(email), since)
}

func insert(ctx context.Context, tx *db.Tx, m chat.OfflineMessage, f Form) error {
	claim, agent := "", chat.UserID("")
	if f.Claim != "" {
		claim = id.Hash(f.Claim)
	}
	if m.Agent != nil {
		agent = m.Agent.ID
	}
	_, err := tx.Exec(ctx, `INSERT INTO offline_messages (id, at, name, email, email_lower, phone, text, search, department_id, asked, host, channel, state, visitor_id, agent_id, claim)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`, m.ID, m.At, m.Name, m.Email, strings.ToLower(m.Email), m.Phone, m.Text,
		strings.ToLower(m.Name+"\n"+m.Email+"\n"+m.Text), m.Department, m.Asked, m.Host, m.Channel, m.State, f.Visitor, agent, claim)
	return err
}

// agent is who has this id and takes chats, or nobody.
func agent(ctx context.Context, q db.Querier, who chat.UserID) (*chat.UserRef, error) {
	if who == "" {
		return nil, nil
	}
	u, err := db.One(ctx, q, func(r db.Row) (u chat.UserRef, err error) { return u, r.Scan(&u.ID, &u.Username, &u.Name) },
		`SELECT u.id, u.username, u.name FROM users u JOIN agents a ON a.user_id = u.id WHERE u.id = $1`, who)
	if errors.Is(err, db.ErrNoRows) {
		return nil, nil
	}
	return &u, err
}

// unhandled are the messages of a claim that nobody has dealt with and that no chat has
// yet, the oldest first.
func unhandled(ctx context.Context, q db.Querier, claim string) ([]chat.OfflineMessage, error) {
	return db.All(ctx, q, func(r db.Row) (m chat.OfflineMessage, err error) { return m, r.Scan(&m.ID, &m.At, &m.Text) },
		`SELECT id, at, text FROM offline_messages WHERE claim = $1 AND claim <> '' AND state <> 'handled'
			AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.id = offline_messages.id) ORDER BY at, id LIMIT 100`, claim)
}

// resumed notes that a message goes on in a visitor's chat.
func resumed(ctx context.Context, tx *db.Tx, id string, v chat.VisitorID, rid chat.RoomID) error {
	_, err := tx.Exec(ctx, `UPDATE offline_messages SET room_id = $2, visitor_id = $3, state = 'handled', handled_at = $4 WHERE id = $1 AND state <> 'handled'`, id, rid, v, tx.Now())
	return err
}

// member is the condition that the message went to a private channel of the agent or monitor,
// closed that it went to one of others.
const (
	ofChannel = `SELECT 1 FROM user_groups c JOIN user_group_members b ON b.group_id = c.id WHERE c.name_lower = lower(m.channel) AND b.user_id IN ($2, $3)`
	member    = `m.channel <> '' AND EXISTS (` + ofChannel + `)`
	closed    = `EXISTS (SELECT 1 FROM user_groups c WHERE c.name_lower = lower(m.channel) AND c.t = 'p')`
)

// seen is the condition of a sight; its values come first.
const seen = `($1 OR ` + member + ` OR m.department_id IN (SELECT d.id FROM departments d JOIN unit_monitors u ON u.unit_id = d.unit_id WHERE u.monitor_id = $2)
	OR CAST($2 AS TEXT) <> '' AND NOT EXISTS (SELECT 1 FROM units)
	OR $4 AND m.channel <> '' AND NOT ` + closed + ` AND CAST($3 AS TEXT) <> '' AND (m.department_id = '' OR m.department_id IN (SELECT a.department_id FROM department_agents a WHERE a.agent_id = $3)))`

func (v sight) args() []any { return []any{v.All, v.Monitor, v.Agent, v.channels} }

var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func list(ctx context.Context, q db.Querier, v sight, f Filter) (all []Listed, total, fresh int64, err error) {
	if fresh, err = db.One(ctx, q, number, `SELECT count(*) FROM offline_messages m WHERE m.state = 'new' AND `+seen, v.args()...); err != nil {
		return nil, 0, 0, err
	}
	part := ""
	if f.Text != "" {
		part = "%" + literal.Replace(strings.ToLower(f.Text)) + "%"
	}
	const matching = seen + ` AND (CAST($5 AS TEXT) = '' OR m.state = $5) AND (CAST($6 AS TEXT) = '' OR m.department_id = $6)
		AND (CAST($7 AS TEXT) = '' OR m.search LIKE $7 ESCAPE '\')`
	args := append(v.args(), f.State, f.Department, part)
	if total, err = db.One(ctx, q, number, `SELECT count(*) FROM offline_messages m WHERE `+matching, args...); err != nil {
		return nil, 0, 0, err
	}
	all, err = db.All(ctx, q, scan, `SELECT m.id, m.at, m.name, m.email, m.phone, m.text, m.department_id, m.asked, m.host, m.channel, m.state, m.handled_at,
		m.handled_by, coalesce(u.username, ''), coalesce(u.name, ''), coalesce(d.name, ''),
		m.room_id, coalesce(c.id, ''), coalesce(c.username, ''), coalesce(c.name, '')
		FROM offline_messages m LEFT JOIN users u ON u.id = m.handled_by LEFT JOIN users c ON c.id = m.agent_id LEFT JOIN departments d ON d.id = m.department_id
		WHERE `+matching+` ORDER BY m.at DESC, m.id DESC LIMIT $8 OFFSET $9`, append(args, f.Limit, f.Offset)...)
	return all, total, fresh, err
}

func scan(r db.Row) (m Listed, err error) {
	var by, chosen chat.UserRef
	err = r.Scan(&m.ID, &m.At, &m.Name, &m.Email, &m.Phone, &m.Text, &m.Department, &m.Asked, &m.Host, &m.Channel, &m.State, &m.HandledAt,
		&by.ID, &by.Username, &by.Name, &m.DepartmentName, &m.Room, &chosen.ID, &chosen.Username, &chosen.Name)
	if chosen.ID != "" {
		m.Agent = &chosen
	}
	if by.ID != "" {
		m.HandledBy = &by
	}
	return m, err
}

// mark changes a state; who reads what is dealt with leaves it so.
func mark(ctx context.Context, tx *db.Tx, v sight, id string, state chat.OfflineState, by chat.UserID) (int64, error) {
	at := tx.Now()
	if state != chat.OfflineHandled {
		by, at = "", 0
	}
	return tx.Exec(ctx, `UPDATE offline_messages AS m SET state = $6, handled_by = $7, handled_at = $8 WHERE m.id = $5 AND `+seen,
		append(v.args(), id, state, by, at)...)
}

func unshare(ctx context.Context, tx *db.Tx, lowerName string) error {
	_, err := tx.Exec(ctx, `UPDATE offline_messages SET channel = '' WHERE lower(channel) = $1 AND channel <> ''`, lowerName)
	return err
}

func goesTo(ctx context.Context, q db.Querier, lowerName string) (bool, error) {
	n, err := db.One(ctx, q, number, `SELECT (SELECT count(*) FROM departments WHERE lower(offline_channel) = $1) +
		(SELECT count(*) FROM offline_messages WHERE lower(channel) = $1 AND channel <> '')`, lowerName)
	return n > 0, err
}

func remove(ctx context.Context, tx *db.Tx, v sight, id string) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM offline_messages WHERE id IN (SELECT m.id FROM offline_messages m WHERE m.id = $5 AND `+seen+`)`, append(v.args(), id)...)
}

func scanID(r db.Row) (id string, err error) { return id, r.Scan(&id) }

// removeOf forgets what a visitor wrote, removeOld what is older than a moment, some at a time.
func removeOf(ctx context.Context, tx *db.Tx, v chat.VisitorID) ([]string, error) {
	return db.All(ctx, tx, scanID, `DELETE FROM offline_messages WHERE visitor_id = $1 AND visitor_id <> '' RETURNING id`, v)
}

func removeOld(ctx context.Context, tx *db.Tx, before clock.Instant, most int) ([]string, error) {
	return db.All(ctx, tx, scanID, `DELETE FROM offline_messages WHERE id IN
		(SELECT id FROM offline_messages WHERE at < $1 ORDER BY at, id LIMIT $2) RETURNING id`, before, most)
}
