package departments

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

const columns = `d.id, d.site_id, d.name, d.description, d.email, d.enabled, d.archived,
	d.show_on_registration, d.show_on_offline_form, d.updated_at,
	(SELECT count(*) FROM department_agents m WHERE m.department_id = d.id)`

func scan(r db.Row) (d chat.Department, err error) {
	err = r.Scan(&d.ID, &d.Site, &d.Name, &d.Description, &d.Email, &d.Enabled, &d.Archived,
		&d.ShowOnRegistration, &d.ShowOnOfflineForm, &d.UpdatedAt, &d.NumAgents)
	return d, err
}

const matching = ` FROM departments d WHERE ($1 = '' OR lower(d.name) LIKE $1 ESCAPE '\')
	AND ($2 = '' OR d.enabled = ($2 = 'true')) AND (NOT d.archived OR $3) AND d.id <> $4`

// orders are the sortings a caller may ask for.
var orders = map[string]string{"name": "d.name", "enabled": "d.enabled", "_updatedAt": "d.updated_at", "numAgents": "11"}

func list(ctx context.Context, q db.Querier, f Filter, p Page) ([]chat.Department, int64, error) {
	text, enabled := "", ""
	if f.Text != "" {
		text = "%" + literal.Replace(strings.ToLower(f.Text)) + "%"
	}
	if f.Enabled != nil {
		enabled = map[bool]string{true: "true", false: "false"}[*f.Enabled]
	}
	total, err := db.One(ctx, q, number, `SELECT count(*)`+matching, text, enabled, f.Archived, f.Except)
	if err != nil {
		return nil, 0, err
	}
	limit := p.Limit
	if limit == 0 {
		limit = total
	}
	found, err := db.All(ctx, q, scan, `SELECT `+columns+matching+` ORDER BY `+p.Order+`d.name, d.id LIMIT $5 OFFSET $6`,
		text, enabled, f.Archived, f.Except, limit, p.Offset)
	return found, total, err
}

// literal makes a searched text mean itself inside LIKE.
var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func number(r db.Row) (n int64, err error) { err = r.Scan(&n); return n, err }

func find(ctx context.Context, q db.Querier, id chat.DepartmentID) (chat.Department, error) {
	return db.One(ctx, q, scan, `SELECT `+columns+` FROM departments d WHERE d.id = $1`, id)
}

func members(ctx context.Context, q db.Querier, id chat.DepartmentID) ([]Member, error) {
	return db.All(ctx, q, scanMember, `SELECT m.department_id, m.agent_id, u.username, m.livechat_count, m.position, d.enabled, m.updated_at
		FROM department_agents m JOIN departments d ON d.id = m.department_id JOIN users u ON u.id = m.agent_id
		WHERE m.department_id = $1 ORDER BY m.position, u.username_lower`, id)
}

func scanMember(r db.Row) (m Member, err error) {
	err = r.Scan(&m.DepartmentID, &m.AgentID, &m.Username, &m.Count, &m.Order, &m.DepartmentEnabled, &m.UpdatedAt)
	m.ID = string(m.DepartmentID) + ":" + string(m.AgentID)
	return m, err
}

func leave(ctx context.Context, tx *db.Tx, agent chat.AgentID) error {
	_, err := tx.Exec(ctx, `DELETE FROM department_agents WHERE agent_id = $1`, agent)
	return err
}
