package hours

import (
	"context"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

func hourID(r db.Row) (h chat.HourID, err error) { err = r.Scan(&h); return h, err }

func yes(r db.Row) (b bool, err error) { err = r.Scan(&b); return b, err }

func instant(r db.Row) (i clock.Instant, err error) { err = r.Scan(&i); return i, err }

// lastCheck is the latest instant the hours were looked at.
func lastCheck(ctx context.Context, q db.Querier) (clock.Instant, error) {
	return db.One(ctx, q, instant, `SELECT COALESCE(max(at), 0) FROM business_hour_checks`)
}

func setLastCheck(ctx context.Context, tx *db.Tx, at clock.Instant) error {
	_, err := tx.Exec(ctx, `UPDATE business_hour_checks SET at = $1 WHERE id = 'last'`, at)
	return err
}

// lock lets one at a time change business hours.
func lock(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `INSERT INTO business_hour_checks (id, at) VALUES ('last', 0)
		ON CONFLICT (id) DO UPDATE SET at = business_hour_checks.at`)
	return err
}

const hourColumns = `id, type, name, active, timezone, utc_offset, open, ts, updated_at`

func scanHour(r db.Row) (h Hour, err error) {
	err = r.Scan(&h.ID, &h.Type, &h.Name, &h.Active, &h.Zone, &h.Offset, &h.Open, &h.TS, &h.UpdatedAt)
	return h, err
}

// hours are all business hours, the default one first, then by name.
func hours(ctx context.Context, q db.Querier) ([]Hour, error) {
	found, err := db.All(ctx, q, scanHour, `SELECT `+hourColumns+` FROM business_hours ORDER BY type = 'default' DESC, name_lower, id`)
	if err != nil {
		return nil, err
	}
	at := map[chat.HourID]*Hour{}
	for i := range found {
		at[found[i].ID] = &found[i]
	}
	_, err = db.All(ctx, q, func(r db.Row) (w Window, err error) {
		var id chat.HourID
		var day int64
		err = r.Scan(&id, &day, &w.Start, &w.Finish, &w.Open)
		w.Day = time.Weekday(day)
		if h := at[id]; h != nil {
			h.Windows = append(h.Windows, w)
		}
		return w, err
	}, `SELECT hour_id, day, start, finish, open FROM business_hour_days ORDER BY hour_id, position, day, start`)
	return found, err
}

// enabled are departments that count.
const enabled = `d.enabled AND NOT d.archived`

// ownHours are the hours of an agent's departments.
func ownHours(ctx context.Context, q db.Querier, agent chat.AgentID) ([]chat.HourID, error) {
	return db.All(ctx, q, hourID, `SELECT DISTINCT h.id FROM department_agents m
		JOIN departments d ON d.id = m.department_id AND `+enabled+`
		JOIN business_hours h ON h.id = d.business_hour_id AND h.type = 'custom' WHERE m.agent_id = $1`, agent)
}

// follower is an agent as he stands and what his departments have.
type follower struct {
	agent     chat.AgentID
	own, open []chat.HourID
	bound     bool // open hours are noted of him
	available bool // and may not be while he is outside
}

// followers are all agents.
func followers(ctx context.Context, q db.Querier) ([]follower, error) {
	return db.All(ctx, q, func(r db.Row) (f follower, err error) {
		var own string
		err = r.Scan(&f.agent, db.JSON(&f.open), &f.available, &own)
		f.bound = f.open != nil
		for _, id := range strings.Fields(own) {
			f.own = append(f.own, chat.HourID(id))
		}
		return f, err
	}, `SELECT a.user_id, a.open_hours, a.status_livechat = 'available' AND u.type <> 'bot'
			AND NOT EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = u.id AND r.role = 'bot'),
		COALESCE((SELECT string_agg(h.id, ' ') FROM department_agents m JOIN departments d ON d.id = m.department_id AND `+enabled+`
			JOIN business_hours h ON h.id = d.business_hour_id AND h.type = 'custom' WHERE m.agent_id = a.user_id), '')
		FROM agents a JOIN users u ON u.id = a.user_id ORDER BY a.user_id`)
}

func setOpen(ctx context.Context, tx *db.Tx, id chat.HourID, open bool) error {
	_, err := tx.Exec(ctx, `UPDATE business_hours SET open = $2 WHERE id = $1`, id, open)
	return err
}

// insertDefault makes the default hour, if there is none.
func insertDefault(ctx context.Context, tx *db.Tx, h Hour) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO business_hours (id, type, name, name_lower, active, timezone, utc_offset, ts, updated_at)
		VALUES ($1, 'default', '', '', true, $2, $3, $4, $4) ON CONFLICT DO NOTHING`, h.ID, h.Zone, h.Offset, tx.Now())
	return n > 0, err
}

func insertHour(ctx context.Context, tx *db.Tx, h Hour) error {
	_, err := tx.Exec(ctx, `INSERT INTO business_hours (id, type, name, name_lower, active, timezone, utc_offset, ts, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)`, h.ID, h.Type, h.Name, strings.ToLower(h.Name), h.Active, h.Zone, h.Offset, tx.Now())
	return err
}

// updateHour changes everything but the type; false: there is none of this id and type.
func updateHour(ctx context.Context, tx *db.Tx, h Hour) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE business_hours SET name = $3, name_lower = $4, active = $5, timezone = $6, utc_offset = $7, updated_at = $8
		WHERE id = $1 AND type = $2`, h.ID, h.Type, h.Name, strings.ToLower(h.Name), h.Active, h.Zone, h.Offset, tx.Now())
	return n > 0, err
}

func nameTaken(ctx context.Context, tx *db.Tx, h Hour) (bool, error) {
	return db.One(ctx, tx, yes, `SELECT EXISTS (SELECT 1 FROM business_hours WHERE name_lower = $1 AND id <> $2)`, strings.ToLower(h.Name), h.ID)
}

func defaultID(ctx context.Context, q db.Querier) (chat.HourID, error) {
	return db.One(ctx, q, hourID, `SELECT id FROM business_hours WHERE type = 'default'`)
}

func removeHour(ctx context.Context, tx *db.Tx, id chat.HourID) (bool, error) {
	n, err := tx.Exec(ctx, `DELETE FROM business_hours WHERE id = $1 AND type = 'custom'`, id)
	return n > 0, err
}

func replaceWindows(ctx context.Context, tx *db.Tx, h Hour) error {
	if _, err := tx.Exec(ctx, `DELETE FROM business_hour_days WHERE hour_id = $1`, h.ID); err != nil {
		return err
	}
	for i, w := range h.Windows {
		if _, err := tx.Exec(ctx, `INSERT INTO business_hour_days (hour_id, day, start, finish, open, position) VALUES ($1, $2, $3, $4, $5, $6)`,
			h.ID, int64(w.Day), w.Start, w.Finish, w.Open, i); err != nil {
			return err
		}
	}
	return nil
}

// deactivateUnused switches an hour off that no department follows; false: nothing changed.
func deactivateUnused(ctx context.Context, tx *db.Tx, id chat.HourID) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE business_hours SET active = false, updated_at = $2 WHERE id = $1 AND type = 'custom' AND active
		AND NOT EXISTS (SELECT 1 FROM departments WHERE business_hour_id = $1)`, id, tx.Now())
	return n > 0, err
}

// DepartmentRef names a department that follows an hour.
type DepartmentRef struct {
	ID   chat.DepartmentID `json:"_id"`
	Name string            `json:"name"`
}

// departmentsOf are who follows which hour, by name.
func departmentsOf(ctx context.Context, q db.Querier) (map[chat.HourID][]DepartmentRef, error) {
	by := map[chat.HourID][]DepartmentRef{}
	_, err := db.All(ctx, q, func(r db.Row) (d DepartmentRef, err error) {
		var hour chat.HourID
		err = r.Scan(&hour, &d.ID, &d.Name)
		by[hour] = append(by[hour], d)
		return d, err
	}, `SELECT business_hour_id, id, name FROM departments WHERE business_hour_id <> '' ORDER BY name, id`)
	return by, err
}
