package units

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

const (
	ofUnit  = `d.unit_id = $1`
	forUnit = `d.unit_id IN ('', $1) AND NOT d.archived`
)

const departmentColumns = `d.id, d.name, d.description, d.email, d.enabled, d.archived, d.show_on_registration, d.show_on_offline_form,
	d.offline_channel, d.request_tag, d.closing_tags, d.fallback_id, d.forward_to, d.receive_offline, d.max_chats, d.abandon_seconds,
	d.abandon_message, d.queue_message, d.business_hour_id, d.unit_id, d.had_unit, d.extra, d.updated_at, (SELECT count(*) FROM department_agents m WHERE m.department_id = d.id)`

func scanDepartment(r db.Row) (d chat.DepartmentView, err error) {
	err = r.Scan(&d.ID, &d.Name, &d.Description, &d.Email, &d.Enabled, &d.Archived, &d.ShowOnRegistration, &d.ShowOnOfflineForm,
		&d.OfflineChannel, &d.RequestTag, db.JSON(&d.ClosingTags), &d.Fallback, db.JSON(&d.ForwardTo), &d.ReceiveOffline, &d.MaxChats, &d.AbandonSeconds,
		&d.AbandonMessage, &d.WaitingQueueMessage, &d.BusinessHour, &d.Unit, &d.HadUnit, db.JSON(&d.Extra), &d.UpdatedAt, &d.NumAgents)
	d.Type = "d"
	if d.Unit != "" {
		d.Ancestors = []chat.UnitID{d.Unit}
	}
	return d, err
}

var departmentOrders = map[string]string{"name": "d.name", "enabled": "d.enabled", "_updatedAt": "d.updated_at", "email": "d.email",
	"numAgents": "(SELECT count(*) FROM department_agents m WHERE m.department_id = d.id)"}

func departments(ctx context.Context, q db.Querier, which string, f DepartmentFilter) ([]chat.DepartmentView, int64, error) {
	matching := ` FROM departments d WHERE ` + which + ` AND ($2 = '' OR lower(d.name) LIKE $2 ESCAPE '\')
		AND ($3 = '' OR EXISTS (SELECT 1 FROM department_agents m WHERE m.department_id = d.id AND m.agent_id = $3))`
	args := []any{f.Unit, part(f.Text), f.Mine}
	total, err := db.One(ctx, q, number, `SELECT count(*)`+matching, args...)
	if err != nil {
		return nil, 0, err
	}
	if f.Limit == 0 {
		f.Limit = total
	}
	found, err := db.All(ctx, q, scanDepartment, `SELECT `+departmentColumns+matching+` ORDER BY `+f.Sort.Over(departmentOrders)+`d.name, d.id LIMIT $4 OFFSET $5`,
		append(args, f.Limit, f.Offset)...)
	return found, total, err
}
