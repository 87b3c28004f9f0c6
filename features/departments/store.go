package departments

import (
	"context"
	"strconv"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/rest"
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

func list(ctx context.Context, q db.Querier, f Filter) ([]chat.Department, int64, error) {
	text, enabled := "", ""
	if f.Text != "" {
		text = "%" + literal.Replace(strings.ToLower(f.Text)) + "%"
	}
	if f.Enabled != nil {
		enabled = strconv.FormatBool(*f.Enabled)
	}
	args := []any{text, enabled, f.Archived, f.Except}
	total, err := db.One(ctx, q, number, `SELECT count(*)`+matching, args...)
	if err != nil {
		return nil, 0, err
	}
	if f.Limit == 0 {
		f.Limit = total
	}
	found, err := db.All(ctx, q, scan, `SELECT `+columns+matching+` ORDER BY `+order(f.Sort)+`d.name, d.id LIMIT $5 OFFSET $6`,
		append(args, f.Limit, f.Offset)...)
	return found, total, err
}

var sortable = map[string]string{"name": "d.name", "enabled": "d.enabled", "_updatedAt": "d.updated_at", "email": "d.email"}

// order words a caller's order; what cannot be sorted by is left out.
func order(s rest.Sort) (sql string) {
	for _, k := range s {
		if column, ok := sortable[k.Field]; ok && k.Desc {
			sql += column + " DESC, "
		} else if ok {
			sql += column + ", "
		}
	}
	return sql
}

// literal makes a searched text mean itself inside LIKE.
var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func number(r db.Row) (n int64, err error) { err = r.Scan(&n); return n, err }

func find(ctx context.Context, q db.Querier, id chat.DepartmentID) (chat.Department, error) {
	return db.One(ctx, q, scan, `SELECT `+columns+` FROM departments d WHERE d.id = $1`, id)
}

func members(ctx context.Context, q db.Querier, id chat.DepartmentID) ([]Member, error) {
	return db.All(ctx, q, scanMember, `SELECT m.department_id, m.agent_id, u.username, COALESCE((SELECT t.count FROM turns t WHERE t.department_id = m.department_id AND t.agent_id = m.agent_id), 0), m.position, d.enabled, m.updated_at
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
