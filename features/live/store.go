package live

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// facts are what decides whether the actor may see the room.
func (s *Service) facts(ctx context.Context, a chat.Actor, rid string) (chat.RoomFacts, error) {
	scan := func(r db.Row) (f chat.RoomFacts, err error) {
		return f, r.Scan(&f.Open, &f.Visitor, &f.ServedBy, &f.Department, &f.Member, &f.InDepartment, &f.Wished, &f.OutsideUnits)
	}
	f, err := db.One(ctx, s.DB, scan, `SELECT r.open, r.visitor_id, r.served_by, r.department_id,
		EXISTS (SELECT 1 FROM subscriptions s WHERE s.room_id = r.id AND s.user_id = $2),
		EXISTS (SELECT 1 FROM department_agents a JOIN departments d ON d.id = a.department_id
			WHERE a.department_id = r.department_id AND a.agent_id = $2 AND d.enabled),
		EXISTS (SELECT 1 FROM inquiries i WHERE i.room_id = r.id AND i.default_agent = $2),
		$3 <> '' AND EXISTS (SELECT 1 FROM units) AND NOT EXISTS (SELECT 1 FROM unit_monitors um WHERE um.unit_id = r.unit_id AND um.monitor_id = $3)
		FROM rooms r WHERE r.id = $1`, rid, a.User, a.Monitor())
	if errors.Is(err, db.ErrNoRows) {
		return f, errRoom
	}
	f.Member = f.Member || a.User != "" && a.User == f.ServedBy
	f.Wished = f.Wished && a.User != ""
	f.QueuePreview = s.Settings.Current().RoutingMethod == chat.RoutingManual
	return f, err
}

// sight reads what the user may hear; a monitor is limited once there is any unit.
func (s *Service) sight(ctx context.Context, a chat.Actor) (v sight, err error) {
	if v.departments, err = s.departments(ctx, `SELECT d.id FROM department_agents a JOIN departments d ON d.id = a.department_id
		WHERE a.agent_id = $1 AND d.enabled`, a.User); err != nil || a.Monitor() == "" {
		return v, err
	}
	if v.limited, err = s.exists(ctx, `SELECT EXISTS (SELECT 1 FROM units)`); err != nil || !v.limited {
		return v, err
	}
	scan := func(r db.Row) (u chat.UnitID, err error) { return u, r.Scan(&u) }
	if v.units, err = db.All(ctx, s.DB, scan, `SELECT unit_id FROM unit_monitors WHERE monitor_id = $1`, a.User); err != nil {
		return v, err
	}
	v.overseen, err = s.departments(ctx, `SELECT d.id FROM departments d JOIN unit_monitors m ON m.unit_id = d.unit_id WHERE m.monitor_id = $1`, a.User)
	return v, err
}

func (s *Service) departments(ctx context.Context, sql string, u chat.UserID) ([]chat.DepartmentID, error) {
	scan := func(r db.Row) (d chat.DepartmentID, err error) { return d, r.Scan(&d) }
	return db.All(ctx, s.DB, scan, sql, u)
}

// unitOf is the unit of a department, if any.
func (s *Service) unitOf(ctx context.Context, d chat.DepartmentID) (chat.UnitID, error) {
	scan := func(r db.Row) (u chat.UnitID, err error) { return u, r.Scan(&u) }
	return db.One(ctx, s.DB, scan, `SELECT coalesce(max(unit_id), '') FROM departments WHERE id = $1`, d)
}

// waitingText is what those who wait in a queue read: the department's own text,
// else the general one.
func (s *Service) waitingText(ctx context.Context, d chat.DepartmentID) (string, error) {
	scan := func(r db.Row) (text string, err error) { return text, r.Scan(&text) }
	text, err := db.One(ctx, s.DB, scan, `SELECT coalesce(max(queue_message), '') FROM departments WHERE id = $1`, d)
	if text == "" {
		text = s.Settings.Current().WaitingQueueMessage
	}
	return text, err
}

// sessionLives reports whether a sign-in is still valid.
func (s *Service) sessionLives(ctx context.Context, id chat.SessionID) (bool, error) {
	return s.exists(ctx, `SELECT EXISTS (SELECT 1 FROM sessions WHERE id = $1 AND expires_at > $2)`, id, s.Clock.Now())
}

func (s *Service) visitorExists(ctx context.Context, v chat.VisitorID) (bool, error) {
	return s.exists(ctx, `SELECT EXISTS (SELECT 1 FROM visitors WHERE id = $1)`, v)
}

func (s *Service) exists(ctx context.Context, sql string, args ...any) (bool, error) {
	scan := func(r db.Row) (yes bool, err error) { return yes, r.Scan(&yes) }
	return db.One(ctx, s.DB, scan, sql, args...)
}

// served are the open rooms of an agent.
func (s *Service) served(ctx context.Context, u chat.UserID) ([]string, error) {
	scan := func(r db.Row) (rid string, err error) { return rid, r.Scan(&rid) }
	return db.All(ctx, s.DB, scan, `SELECT id FROM rooms WHERE served_by = $1 AND open`, u)
}

// viewOf is an agent as visitors may see him, but for his presence, which is told by itself.
func (s *Service) viewOf(ctx context.Context, u chat.UserID) (a chat.AgentView, err error) {
	a, err = db.One(ctx, s.DB, func(r db.Row) (a chat.AgentView, err error) {
		return a, r.Scan(&a.ID, &a.Username, &a.Name, &a.ETag)
	}, `SELECT u.id, u.username, u.name, coalesce((SELECT p.tag FROM portraits p WHERE p.user_id = u.id), '') FROM users u WHERE u.id = $1`, u)
	if err != nil {
		return a, err
	}
	a.Emails, err = db.All(ctx, s.DB, func(r db.Row) (e chat.UserEmail, err error) {
		return e, r.Scan(&e.Address, &e.Verified)
	}, `SELECT address, verified FROM user_emails WHERE user_id = $1 ORDER BY position`, u)
	return a, err
}

// head is the number of the last thing that happened in a room.
func (s *Service) head(ctx context.Context, rid string) (int64, error) {
	scan := func(r db.Row) (n int64, err error) { return n, r.Scan(&n) }
	n, err := db.One(ctx, s.DB, scan, `SELECT seq FROM rooms WHERE id = $1`, rid)
	if errors.Is(err, db.ErrNoRows) {
		return 0, errRoom
	}
	return n, err
}

// span is what happened in a room above one number up to another.
type span struct {
	room     string
	from, to int64
}

func (s *Service) messages(ctx context.Context, p span) ([]chat.Message, error) {
	return db.All(ctx, s.DB, scanMessage, `SELECT id, room_id, seq, msg, ts, t, sender_id, sender_username, sender_name,
		by_visitor, alias, ungroupable, hidden, edited_at, edited_by, extra, updated_at
		FROM messages WHERE room_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq`, p.room, p.from, p.to)
}

// byVisitor stands for the token, which is not read and is never shown.
const byVisitor = "visitor"

func scanMessage(r db.Row) (m chat.Message, err error) {
	var visitor, ungroupable bool
	err = r.Scan(&m.ID, &m.RID, &m.Seq, &m.Msg, &m.TS, &m.T, &m.U.ID, &m.U.Username, &m.U.Name,
		&visitor, &m.Alias, &ungroupable, &m.Hidden, &m.EditedAt, db.JSON(&m.EditedBy), db.JSON(&m.MessageExtra), &m.UpdatedAt)
	if visitor {
		m.Token = byVisitor
	}
	if ungroupable {
		m.Groupable = new(bool)
	}
	return m, err
}

// change is an entry of a room's history that is no message.
type change struct {
	seq  int64
	name string
	data string
}

func (s *Service) changes(ctx context.Context, p span) ([]change, error) {
	scan := func(r db.Row) (c change, err error) { return c, r.Scan(&c.seq, &c.name, &c.data) }
	return db.All(ctx, s.DB, scan, `SELECT seq, name, data FROM room_changes
		WHERE room_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq`, p.room, p.from, p.to)
}
