package live

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// unitsOf are the units of the departments an agent works in.
func (s *Service) unitsOf(ctx context.Context, a chat.AgentID) ([]chat.UnitID, error) {
	return db.All(ctx, s.DB, func(row db.Row) (u chat.UnitID, err error) { return u, row.Scan(&u) },
		`SELECT DISTINCT d.unit_id FROM department_agents m JOIN departments d ON d.id = m.department_id WHERE m.agent_id = $1 AND d.unit_id <> ''`, a)
}

// readMembership fills in what a link's two ids refer to.
func (s *Service) readMembership(ctx context.Context, m *MembershipData) error {
	return s.DB.QueryRow(ctx, `SELECT u.username, coalesce(t.count, 0), m.position, d.enabled, m.updated_at
		FROM department_agents m JOIN departments d ON d.id = m.department_id JOIN users u ON u.id = m.agent_id
		LEFT JOIN turns t ON t.department_id = m.department_id AND t.agent_id = m.agent_id
		WHERE m.department_id = $1 AND m.agent_id = $2`, m.DepartmentID, m.AgentID).
		Scan(&m.Username, &m.Count, &m.Order, &m.DepartmentEnabled, &m.UpdatedAt)
}
