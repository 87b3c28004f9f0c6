package live

import "context"

// readMembership fills in what a link's two ids refer to.
func (s *Service) readMembership(ctx context.Context, m *MembershipData) error {
	return s.DB.QueryRow(ctx, `SELECT u.username, coalesce(t.count, 0), m.position, d.enabled, m.updated_at
		FROM department_agents m JOIN departments d ON d.id = m.department_id JOIN users u ON u.id = m.agent_id
		LEFT JOIN turns t ON t.department_id = m.department_id AND t.agent_id = m.agent_id
		WHERE m.department_id = $1 AND m.agent_id = $2`, m.DepartmentID, m.AgentID).
		Scan(&m.Username, &m.Count, &m.Order, &m.DepartmentEnabled, &m.UpdatedAt)
}
