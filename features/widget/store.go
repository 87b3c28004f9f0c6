package widget

import (
	"context"
	"errors"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// human and bot are conditions on agents a: reachable people, and bots that take chats.
const (
	human = `a.ready AND NOT EXISTS (SELECT 1 FROM user_roles b WHERE b.user_id = a.user_id AND b.role = 'bot')`
	bot   = `a.status_livechat = 'available' AND EXISTS (SELECT 1 FROM users u WHERE u.id = a.user_id AND u.active)
		AND EXISTS (SELECT 1 FROM user_roles b WHERE b.user_id = a.user_id AND b.role = 'bot')
		AND EXISTS (SELECT 1 FROM user_roles g WHERE g.user_id = a.user_id AND g.role = 'livechat-agent')`
	member = `SELECT 1 FROM department_agents m JOIN agents a ON a.user_id = m.agent_id WHERE m.department_id = d.id`
)

// loadOffer reads the departments and units there are, and where one is reachable.
func loadOffer(ctx context.Context, q db.Querier) (o offer, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM agents a WHERE `+human+`), EXISTS (SELECT 1 FROM agents a WHERE `+bot+`)`).Scan(&o.somebody, &o.bot)
	if err != nil {
		return o, err
	}
	units, err := db.All(ctx, q, func(r db.Row) (u chat.UnitID, err error) { return u, r.Scan(&u) }, `SELECT id FROM units`)
	if err != nil {
		return o, err
	}
	o.units = map[chat.UnitID]bool{}
	for _, u := range units {
		o.units[u] = true
	}
	if o.fields, err = db.All(ctx, q, scanField, `SELECT id, label, regexp, required, type, default_value, options FROM custom_fields
		WHERE scope = 'visitor' AND public AND visibility = 'visible' ORDER BY label, id`); err != nil {
		return o, err
	}
	all, err := db.All(ctx, q, scanOffered, `SELECT d.id, d.site_id, d.unit_id, d.name, d.show_on_registration, d.show_on_offline_form, d.forward_to,
		d.fallback_id, d.enabled AND NOT d.archived, EXISTS (`+member+`), EXISTS (`+member+` AND `+human+`), EXISTS (`+member+` AND `+bot+`),
		EXISTS (SELECT 1 FROM business_hours h WHERE h.id = d.business_hour_id AND NOT h.open)
		FROM departments d ORDER BY d.name, d.id`)
	if err != nil {
		return o, err
	}
	o.add(all)
	o.triggers, err = db.All(ctx, q, func(r db.Row) (t chat.Trigger, err error) {
		err = r.Scan(&t.ID, &t.Number, &t.Name, &t.RunOnce, &t.Site, db.JSON(&t.Conditions), db.JSON(&t.Actions))
		return t, err
	}, `SELECT id, number, name, run_once, site_id, conditions, actions FROM triggers WHERE enabled ORDER BY number`)
	if err != nil {
		return o, err
	}
	shut, err := db.All(ctx, q, func(r db.Row) (s chat.SiteID, err error) { return s, r.Scan(&s) },
		`SELECT s.id FROM sites s JOIN business_hours h ON h.id = s.business_hour_id WHERE NOT h.open`)
	o.shut = map[chat.SiteID]bool{}
	for _, s := range shut {
		o.shut[s] = true
	}
	return o, err
}

func scanField(r db.Row) (f Field, err error) {
	var options string
	err = r.Scan(&f.ID, &f.Label, &f.Regexp, &f.Required, &f.Type, &f.DefaultValue, &options)
	f.Options = []string{}
	if options != "" {
		f.Options = strings.Split(options, ",")
	}
	return f, err
}

// metBy lists the triggers a visitor has met.
func metBy(ctx context.Context, q db.Querier, v chat.VisitorID) ([]chat.TriggerID, error) {
	return db.All(ctx, q, func(r db.Row) (t chat.TriggerID, err error) { return t, r.Scan(&t) },
		`SELECT trigger_id FROM trigger_firings WHERE visitor_id = $1`, v)
}

func scanOffered(r db.Row) (d offered, err error) {
	err = r.Scan(&d.ID, &d.site, &d.unit, &d.Name, &d.ShowOnRegistration, &d.ShowOnOfflineForm, db.JSON(&d.ForwardTo),
		&d.fallback, &d.usable, &d.staffed, &d.somebody, &d.bot, &d.shut)
	return d, err
}

// visitor is who asks, with his open room.
type visitor struct {
	guest Guest
	site  chat.SiteID
	room  *Room
}

const visitorColumns = `SELECT v.id, v.site_id, v.username, v.name, v.department_id,
	coalesce((SELECT e.address FROM visitor_emails e WHERE e.visitor_id = v.id AND e.position = 0), ''),
	coalesce(r.id, ''), coalesce(r.seq, 0), coalesce(r.code, 0), coalesce(r.initiator, ''), coalesce(r.department_id, ''), coalesce(r.served_by, ''), coalesce(r.served_by_username, ''), coalesce(r.served_at, 0), coalesce(r.verifying, FALSE)
	FROM visitors v LEFT JOIN rooms r ON r.visitor_id = v.id AND r.open`

// byToken finds the visitor whose credential the token is; nil: there is none.
func byToken(ctx context.Context, q db.Querier, token string) (*visitor, error) {
	if token == "" {
		return nil, nil
	}
	v, err := one(ctx, q, visitorColumns+` WHERE v.token = $1 AND v.token_opens ORDER BY r.ts DESC LIMIT 1`, token)
	if v != nil {
		v.guest.Token = token
	}
	return v, err
}

func byID(ctx context.Context, q db.Querier, id chat.VisitorID) (*visitor, error) {
	return one(ctx, q, visitorColumns+` WHERE v.id = $1 ORDER BY r.ts DESC LIMIT 1`, id)
}

func one(ctx context.Context, q db.Querier, sql string, key any) (*visitor, error) {
	v, err := db.One(ctx, q, scanVisitor, sql, key)
	if errors.Is(err, db.ErrNoRows) {
		return nil, nil
	}
	return &v, err
}

func scanVisitor(row db.Row) (v visitor, err error) {
	var email string
	var room Room
	var by chat.ServedBy
	err = row.Scan(&v.guest.ID, &v.site, &v.guest.Username, &v.guest.Name, &v.guest.Department, &email,
		&room.ID, &room.Seq, &room.Code, &room.Initiator, &room.DepartmentID, &by.ID, &by.Username, &by.TS, &room.Verifying)
	if email != "" {
		v.guest.VisitorEmails = []chat.Email{{Address: email}}
	}
	if by.ID != "" {
		room.ServedBy = &by
	}
	if room.ID != "" {
		room.Open, v.room = true, &room
	}
	return v, err
}

// findAgent reads what visitors may see of an agent.
func findAgent(ctx context.Context, q db.Querier, id chat.AgentID) (chat.User, error) {
	u, err := db.One(ctx, q, func(r db.Row) (u chat.User, err error) {
		err = r.Scan(&u.ID, &u.Username, &u.Name, &u.Status, &u.AvatarETag)
		return u, err
	}, `SELECT u.id, u.username, u.name, coalesce(a.status, 'offline'), coalesce((SELECT p.tag FROM portraits p WHERE p.user_id = u.id), '')
		FROM users u LEFT JOIN agents a ON a.user_id = u.id WHERE u.id = $1`, id)
	if err != nil {
		return u, err
	}
	u.Emails, err = db.All(ctx, q, func(r db.Row) (e chat.UserEmail, err error) {
		err = r.Scan(&e.Address, &e.Verified)
		return e, err
	}, `SELECT address, verified FROM user_emails WHERE user_id = $1 ORDER BY position`, id)
	return u, err
}
