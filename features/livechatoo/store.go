package livechatoo

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// things are the ids of a kind, the oldest first.
var things = map[Kind]string{
	Departments: `SELECT t.id FROM departments t WHERE NOT EXISTS (SELECT 1 FROM livechatoo_numbers n WHERE n.kind = 'department' AND n.id = t.id) ORDER BY t.updated_at, t.id`,
	Operators:   `SELECT t.user_id FROM agents t WHERE NOT EXISTS (SELECT 1 FROM livechatoo_numbers n WHERE n.kind = 'operator' AND n.id = t.user_id) ORDER BY t.updated_at, t.user_id`,
}

func hasNumber(ctx context.Context, q db.Querier, k Kind, id string) (yes bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM livechatoo_numbers WHERE kind = $1 AND id = $2)`, k, id).Scan(&yes)
	return yes, err
}

// numberless lists what has no number yet. Counting makes two who look wait for each other.
func numberless(ctx context.Context, tx *db.Tx, k Kind) ([]string, error) {
	if _, err := tx.Next(ctx, "livechatoo.looks"); err != nil {
		return nil, err
	}
	return db.All(ctx, tx, func(r db.Row) (id string, err error) { return id, r.Scan(&id) }, things[k])
}

func number(ctx context.Context, tx *db.Tx, k Kind, id string, no int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO livechatoo_numbers (kind, id, no) VALUES ($1, $2, $3) ON CONFLICT (kind, id) DO NOTHING`, k, id, no)
	return err
}

func setWelcome(ctx context.Context, tx *db.Tx, k Kind, id, text string) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE livechatoo_numbers SET welcome = $3 WHERE kind = $1 AND id = $2`, k, id, text)
	return n == 1, err
}

// human is that the agent a is reachable and no bot.
const human = `a.ready AND NOT EXISTS (SELECT 1 FROM user_roles b WHERE b.user_id = a.user_id AND b.role = 'bot')`

// lists reads departments and operators that have a number, by number.
func lists(ctx context.Context, q db.Querier) ([]Department, []Operator, error) {
	departments, err := db.All(ctx, q, func(r db.Row) (d Department, err error) {
		return d, r.Scan(&d.ID, &d.No, &d.Name, &d.Welcome, &d.site, &d.offered, &d.Online)
	}, `SELECT d.id, n.no, d.name, n.welcome, d.site_id, d.enabled AND NOT d.archived AND d.show_on_registration,
		EXISTS (SELECT 1 FROM department_agents m JOIN agents a ON a.user_id = m.agent_id WHERE m.department_id = d.id AND `+human+`)
		FROM departments d JOIN livechatoo_numbers n ON n.kind = 'department' AND n.id = d.id ORDER BY n.no`)
	if err != nil {
		return nil, nil, err
	}
	operators, err := db.All(ctx, q, func(r db.Row) (o Operator, err error) {
		o.Departments = []int64{}
		return o, r.Scan(&o.ID, &o.No, &o.Username, &o.Name, &o.Welcome, &o.Online)
	}, `SELECT u.id, n.no, u.username, u.name, n.welcome, `+human+` FROM agents a JOIN users u ON u.id = a.user_id AND u.active
		JOIN livechatoo_numbers n ON n.kind = 'operator' AND n.id = u.id
		WHERE EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = u.id AND r.role = 'livechat-agent')
		AND NOT EXISTS (SELECT 1 FROM user_roles b WHERE b.user_id = u.id AND b.role = 'bot') ORDER BY n.no`)
	if err != nil {
		return nil, nil, err
	}
	at := map[chat.AgentID]*Operator{}
	for i := range operators {
		at[operators[i].ID] = &operators[i]
	}
	_, err = db.All(ctx, q, func(r db.Row) (struct{}, error) {
		var agent chat.AgentID
		var no int64
		err := r.Scan(&agent, &no)
		if o := at[agent]; o != nil {
			o.Departments = append(o.Departments, no)
		}
		return struct{}{}, err
	}, `SELECT m.agent_id, n.no FROM department_agents m JOIN livechatoo_numbers n ON n.kind = 'department' AND n.id = m.department_id ORDER BY n.no`)
	return departments, operators, err
}

func findNote(ctx context.Context, q db.Querier, visitor chat.VisitorID) (n Note, err error) {
	err = q.QueryRow(ctx, `SELECT name, department, targets, updated_at FROM livechatoo_notes WHERE visitor_id = $1`, visitor).Scan(&n.Name, &n.Department, db.JSON(&n.Targets), &n.At)
	return n, err
}

func saveNote(ctx context.Context, tx *db.Tx, visitor chat.VisitorID, n Note) error {
	_, err := tx.Exec(ctx, `INSERT INTO livechatoo_notes (visitor_id, name, department, targets, updated_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (visitor_id) DO UPDATE SET name = $2, department = $3, targets = $4, updated_at = $5`, visitor, n.Name, n.Department, db.JSON(n.Targets), n.At)
	return err
}
