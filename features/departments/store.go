package departments

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

const columns = `d.id, d.site_id, d.name, d.description, d.email, d.enabled, d.archived,
	d.show_on_registration, d.show_on_offline_form, d.offline_channel, d.request_tag, d.closing_tags, d.fallback_id,
	d.forward_to, d.receive_offline, d.max_chats, d.abandon_seconds, d.abandon_message, d.queue_message,
	d.business_hour_id, d.unit_id, d.had_unit, d.extra, d.updated_at,
	(SELECT count(*) FROM department_agents m WHERE m.department_id = d.id)`

func scan(r db.Row) (d Department, err error) {
	err = r.Scan(&d.ID, &d.Site, &d.Name, &d.Description, &d.Email, &d.Enabled, &d.Archived,
		&d.ShowOnRegistration, &d.ShowOnOfflineForm, &d.OfflineChannel, &d.RequestTag, db.JSON(&d.ClosingTags), &d.Fallback,
		db.JSON(&d.ForwardTo), &d.ReceiveOffline, &d.MaxChats, &d.AbandonSeconds, &d.AbandonMessage, &d.WaitingQueueMessage,
		&d.BusinessHour, &d.Unit, &d.HadUnit, db.JSON(&d.Extra), &d.UpdatedAt, &d.NumAgents)
	if d.Unit != "" {
		d.Ancestors = []chat.UnitID{d.Unit}
	}
	d.Type = "d"
	return d, err
}

// conditions collects what a list asks for.
type conditions struct {
	sql  []string
	args []any
}

// and adds a condition; a ? in it is the argument.
func (c *conditions) and(sql string, arg ...any) {
	for _, a := range arg {
		c.args = append(c.args, a)
		sql = strings.Replace(sql, "?", db.In(1, len(c.args)), 1)
	}
	c.sql = append(c.sql, sql)
}

func (c *conditions) among(sql string, all []chat.DepartmentID) {
	c.sql = append(c.sql, sql+` (`+db.In(len(all), len(c.args)+1)+`)`)
	for _, d := range all {
		c.args = append(c.args, d)
	}
}

func (c *conditions) where() string {
	return ` FROM departments d WHERE ` + strings.Join(c.sql, ` AND `)
}

func matching(f Filter) *conditions {
	c := &conditions{}
	c.and(`d.archived IN (?, ?)`, f.OnlyArchived, f.OnlyArchived || f.Archived)
	if f.Text != "" {
		c.and(`d.name_lower LIKE ? ESCAPE '\'`, pattern(f))
	}
	if f.Enabled {
		c.and(`d.enabled`)
	}
	if f.OnRegistration != nil {
		c.and(`d.show_on_registration = ?`, *f.OnRegistration)
	}
	if f.OnOfflineForm != nil {
		c.and(`d.show_on_offline_form = ?`, *f.OnOfflineForm)
	}
	if f.NumAgents != nil {
		c.and(`(SELECT count(*) FROM department_agents m WHERE m.department_id = d.id) = ?`, *f.NumAgents)
	}
	if len(f.Except) > 0 {
		c.among(`d.id NOT IN`, f.Except)
	}
	if f.IDs != nil {
		c.among(`d.id IN`, f.IDs)
	}
	if f.Of != nil {
		mine(c, *f.Of)
	}
	return c
}

func pattern(f Filter) string {
	text := literal.Replace(strings.ToLower(f.Text)) + "%"
	if f.Prefix {
		return text
	}
	return "%" + text
}

// mine are the departments of an actor (departments.md 8.7, rest-api.md 12): of a
// monitor those of his units, all while there is no unit; of managers all; of
// others those they work in.
func mine(c *conditions, a chat.Actor) {
	who := chat.User{Roles: a.Roles}
	switch {
	case who.HasRole(chat.RoleAdmin), who.HasRole(chat.RoleManager):
	case who.HasRole(chat.RoleMonitor):
		c.and(`(d.unit_id IN (SELECT unit_id FROM unit_monitors WHERE monitor_id = ?) OR NOT EXISTS (SELECT 1 FROM units))`, a.User)
	default:
		c.and(`EXISTS (SELECT 1 FROM department_agents m WHERE m.department_id = d.id AND m.agent_id = ?)`, a.User)
	}
}

func list(ctx context.Context, q db.Querier, f Filter) ([]Department, int64, error) {
	c := matching(f)
	total, err := db.One(ctx, q, number, `SELECT count(*)`+c.where(), c.args...)
	if err != nil {
		return nil, 0, err
	}
	found, err := db.All(ctx, q, scan, `SELECT `+columns+c.where()+` ORDER BY `+f.Sort.Over(sortable)+`d.name, d.id`+page(c, f, total), c.args...)
	return found, total, err
}

// page is the part of a list that is wanted.
func page(c *conditions, f Filter, total int64) string {
	if f.Limit == 0 {
		f.Limit = total
	}
	c.args = append(c.args, f.Limit, f.Offset)
	return ` LIMIT ` + db.In(1, len(c.args)-1) + ` OFFSET ` + db.In(1, len(c.args))
}

var sortable = map[string]string{"name": "d.name", "enabled": "d.enabled", "_updatedAt": "d.updated_at", "email": "d.email",
	"description": "d.description", "showOnRegistration": "d.show_on_registration", "showOnOfflineForm": "d.show_on_offline_form",
	"numAgents": "(SELECT count(*) FROM department_agents m WHERE m.department_id = d.id)"}

// literal makes a searched text mean itself inside LIKE.
var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func number(r db.Row) (n int64, err error) { err = r.Scan(&n); return n, err }

func flag(r db.Row) (b bool, err error) { err = r.Scan(&b); return b, err }

func find(ctx context.Context, q db.Querier, id chat.DepartmentID) (Department, error) {
	return db.One(ctx, q, scan, `SELECT `+columns+` FROM departments d WHERE d.id = $1`, id)
}
