package departments

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

const selectMembers = `SELECT m.department_id, m.agent_id, u.username, COALESCE((SELECT t.count FROM turns t WHERE t.department_id = m.department_id AND t.agent_id = m.agent_id), 0), m.position, d.enabled, m.updated_at
	FROM department_agents m JOIN departments d ON d.id = m.department_id JOIN users u ON u.id = m.agent_id
	WHERE m.department_id = $1`

func scanMember(r db.Row) (m Member, err error) {
	err = r.Scan(&m.DepartmentID, &m.AgentID, &m.Username, &m.Count, &m.Order, &m.DepartmentEnabled, &m.UpdatedAt)
	m.ID = string(m.DepartmentID) + ":" + string(m.AgentID)
	return m, err
}

func members(ctx context.Context, q db.Querier, id chat.DepartmentID) ([]Member, error) {
	return db.All(ctx, q, scanMember, selectMembers+` ORDER BY m.position, u.username_lower`, id)
}

var sortableMembers = map[string]string{"username": "u.username", "order": "m.position", "count": "4", "_updatedAt": "m.updated_at"}

func pageOfMembers(ctx context.Context, q db.Querier, id chat.DepartmentID, f Filter) ([]Member, int64, error) {
	total, err := db.One(ctx, q, number, `SELECT count(*) FROM department_agents WHERE department_id = $1`, id)
	if err != nil {
		return nil, 0, err
	}
	c := &conditions{args: []any{id}}
	found, err := db.All(ctx, q, scanMember, selectMembers+` ORDER BY `+f.Sort.Over(sortableMembers)+`u.username, u.id`+page(c, f, total), c.args...)
	return found, total, err
}

// rank is an agent's place in a department.
type rank struct {
	member bool
	order  int64
}

func rankOf(ctx context.Context, tx *db.Tx, department chat.DepartmentID, agent chat.AgentID) (rank, error) {
	return db.One(ctx, tx, func(r db.Row) (k rank, err error) { err = r.Scan(&k.member, &k.order); return k, err },
		`SELECT count(*) > 0, coalesce(max(position), 0) FROM department_agents WHERE department_id = $1 AND agent_id = $2`, department, agent)
}

func putMember(ctx context.Context, tx *db.Tx, department chat.DepartmentID, agent chat.AgentID, order int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO department_agents (department_id, agent_id, position, updated_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (department_id, agent_id) DO UPDATE SET position = excluded.position, updated_at = excluded.updated_at`, department, agent, order, tx.Now())
	return err
}

// dropMember removes a link; false: there was none.
func dropMember(ctx context.Context, tx *db.Tx, department chat.DepartmentID, agent chat.AgentID) (bool, error) {
	n, err := tx.Exec(ctx, `DELETE FROM department_agents WHERE department_id = $1 AND agent_id = $2`, department, agent)
	return n > 0, err
}

func departmentsOf(ctx context.Context, tx *db.Tx, agent chat.AgentID) ([]chat.DepartmentID, error) {
	return db.All(ctx, tx, departmentID, `SELECT department_id FROM department_agents WHERE agent_id = $1 ORDER BY department_id`, agent)
}

// person says whether a user id is somebody's, and an agent's.
func person(ctx context.Context, tx *db.Tx, u chat.AgentID) (known, agent bool, err error) {
	err = tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM users WHERE id = $1),
		EXISTS (SELECT 1 FROM user_roles WHERE user_id = $1 AND role = '`+chat.RoleAgent+`')`, u).Scan(&known, &agent)
	return known, agent, err
}
