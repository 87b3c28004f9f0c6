package departments

import (
	"context"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// lock reads a department and keeps other changes of departments waiting: they
// refer to one another.
func lock(ctx context.Context, tx *db.Tx, id chat.DepartmentID) (Department, error) {
	if err := lockAll(ctx, tx); err != nil {
		return Department{}, err
	}
	return find(ctx, tx, id)
}

func lockAll(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Next(ctx, "departments")
	return err
}

func write(ctx context.Context, tx *db.Tx, d Department) error {
	_, err := tx.Exec(ctx, `INSERT INTO departments (id, site_id, name, name_lower, description, email, enabled, archived,
		show_on_registration, show_on_offline_form, offline_channel, request_tag, closing_tags, fallback_id, forward_to,
		receive_offline, max_chats, abandon_seconds, abandon_message, queue_message, business_hour_id, unit_id, had_unit, extra, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $22 <> '', $23, $24)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_lower = excluded.name_lower, description = excluded.description,
		email = excluded.email, enabled = excluded.enabled, archived = excluded.archived, show_on_registration = excluded.show_on_registration,
		show_on_offline_form = excluded.show_on_offline_form, offline_channel = excluded.offline_channel, request_tag = excluded.request_tag,
		closing_tags = excluded.closing_tags, fallback_id = excluded.fallback_id, forward_to = excluded.forward_to,
		receive_offline = excluded.receive_offline, max_chats = excluded.max_chats, abandon_seconds = excluded.abandon_seconds,
		abandon_message = excluded.abandon_message, queue_message = excluded.queue_message, business_hour_id = excluded.business_hour_id,
		unit_id = excluded.unit_id, had_unit = departments.had_unit OR excluded.had_unit, extra = excluded.extra, updated_at = excluded.updated_at`,
		d.ID, d.Site, d.Name, strings.ToLower(d.Name), d.Description, d.Email, d.Enabled, d.Archived,
		d.ShowOnRegistration, d.ShowOnOfflineForm, d.OfflineChannel, d.RequestTag, db.JSON(d.ClosingTags), d.Fallback, db.JSON(d.ForwardTo),
		d.ReceiveOffline, d.MaxChats, d.AbandonSeconds, d.AbandonMessage, d.WaitingQueueMessage, d.BusinessHour, d.Unit, db.JSON(d.Extra), tx.Now())
	return err
}

func nameUsed(ctx context.Context, tx *db.Tx, d Department) (bool, error) {
	return db.One(ctx, tx, flag, `SELECT EXISTS (SELECT 1 FROM departments WHERE name_lower = $1 AND id <> $2)`, strings.ToLower(d.Name), d.ID)
}

// fallback is where a department sends chats that nobody here can take.
type fallback struct {
	to   chat.DepartmentID
	open bool // the department itself takes chats
}

func fallbacks(ctx context.Context, tx *db.Tx) (map[chat.DepartmentID]fallback, error) {
	all := map[chat.DepartmentID]fallback{}
	_, err := db.All(ctx, tx, func(r db.Row) (struct{}, error) {
		var id chat.DepartmentID
		var f fallback
		err := r.Scan(&id, &f.to, &f.open)
		all[id] = f
		return struct{}{}, err
	}, `SELECT id, fallback_id, enabled AND NOT archived FROM departments`)
	return all, err
}

// existing are those of the departments that are there, each once, in their order.
func existing(ctx context.Context, tx *db.Tx, departments []chat.DepartmentID) (known []chat.DepartmentID, err error) {
	there, err := db.All(ctx, tx, departmentID, `SELECT id FROM departments WHERE id IN (`+db.In(len(departments), 1)+`)`, anyOf(departments)...)
	for _, d := range departments {
		if slices.Contains(there, d) && !slices.Contains(known, d) {
			known = append(known, d)
		}
	}
	return known, err
}

// alone reports whether a unit has no department but this one.
func alone(ctx context.Context, tx *db.Tx, unit chat.UnitID, id chat.DepartmentID) (bool, error) {
	return db.One(ctx, tx, flag, `SELECT NOT EXISTS (SELECT 1 FROM departments WHERE unit_id = $1 AND id <> $2)`, unit, id)
}

// sight is what an actor may do with a unit.
type sight struct{ exists, monitors bool }

// sightOf reads it; a private unit exists for its creator, its monitors and administrators.
func sightOf(ctx context.Context, tx *db.Tx, unit chat.UnitID, a chat.Actor) (sight, error) {
	all := chat.User{Roles: a.Roles}.HasRole(chat.RoleAdmin)
	return db.One(ctx, tx, func(r db.Row) (s sight, err error) { err = r.Scan(&s.exists, &s.monitors); return s, err },
		`SELECT EXISTS (SELECT 1 FROM units u WHERE u.id = $1 AND ($3 OR u.visibility <> 'private' OR u.created_by = $2
			OR EXISTS (SELECT 1 FROM unit_monitors m WHERE m.unit_id = u.id AND m.monitor_id = $2))),
		EXISTS (SELECT 1 FROM unit_monitors WHERE unit_id = $1 AND monitor_id = $2)`, unit, a.User, all)
}

// remove deletes a department; its links go with it.
func remove(ctx context.Context, tx *db.Tx, id chat.DepartmentID) error {
	_, err := tx.Exec(ctx, `DELETE FROM departments WHERE id = $1`, id)
	return err
}

// withoutFallback clears a fallback that is no more and returns whose it was.
func withoutFallback(ctx context.Context, tx *db.Tx, gone chat.DepartmentID) ([]chat.DepartmentID, error) {
	return db.All(ctx, tx, departmentID, `UPDATE departments SET fallback_id = '', updated_at = $2 WHERE fallback_id = $1 RETURNING id`, gone, tx.Now())
}

// forwardingTo are the departments on whose lists a department is.
func forwardingTo(ctx context.Context, tx *db.Tx, id chat.DepartmentID) ([]Department, error) {
	return db.All(ctx, tx, scan, `SELECT `+columns+` FROM departments d WHERE d.forward_to LIKE $1 ESCAPE '\'`,
		`%"`+literal.Replace(string(id))+`"%`)
}

// belong gives a site these departments and the default site those it had besides.
func belong(ctx context.Context, tx *db.Tx, site chat.SiteID, all []chat.DepartmentID) error {
	if _, err := tx.Exec(ctx, `UPDATE departments SET site_id = $1 WHERE site_id = $2`, chat.DefaultSite, site); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE departments SET site_id = $1 WHERE id IN (`+db.In(len(all), 2)+`)`, append([]any{site}, anyOf(all)...)...)
	return err
}
