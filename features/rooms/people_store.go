package rooms

import (
	"context"
	"errors"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// findVisitor reads what a room needs of its visitor.
func findVisitor(ctx context.Context, q db.Querier, where string, key any) (chat.Visitor, error) {
	v, err := db.One(ctx, q, scanVisitor, `SELECT id, site_id, username, token, name, department_id, status, activity, host, updated_at, room_data, contact_id
		FROM visitors WHERE `+where, key)
	if err != nil {
		return v, err
	}
	v.Phone, err = db.All(ctx, q, scanPhone, `SELECT number FROM visitor_phones WHERE visitor_id = $1 ORDER BY position`, v.ID)
	if len(v.Phone) == 0 {
		v.Phone = nil
	}
	return v, err
}

// visitorCard is what staff see of a visitor: all but his token.
func visitorCard(ctx context.Context, q db.Querier, id chat.VisitorID) (chat.Visitor, error) {
	v, err := findVisitor(ctx, q, byID, id)
	if err != nil {
		return v, err
	}
	v.Token = ""
	var last chat.ChatRef
	var manager chat.ContactManager
	if err := q.QueryRow(ctx, `SELECT ts, user_agent, ip, last_chat_id, last_chat_at, livechat_data,
		COALESCE((SELECT u.username FROM users u WHERE u.id = contact_manager), '') FROM visitors WHERE `+byID, id).
		Scan(&v.TS, &v.UserAgent, &v.IP, &last.ID, &last.TS, db.JSON(&v.LivechatData), &manager.Username); err != nil {
		return v, err
	}
	if manager.Username != "" {
		v.ContactManager = &manager
	}
	if last.ID != "" {
		v.LastChat = &last
	}
	if v.Consent, err = consentOf(ctx, q, id); err != nil {
		return v, err
	}
	v.VisitorEmails, err = db.All(ctx, q, scanAddress, `SELECT address FROM visitor_emails WHERE visitor_id = $1 ORDER BY position`, id)
	return v, err
}

// consentOf is what a visitor agreed to last; nil: nothing.
func consentOf(ctx context.Context, q db.Querier, id chat.VisitorID) (*chat.Consent, error) {
	c, err := db.One(ctx, q, func(row db.Row) (c chat.Consent, err error) { return c, row.Scan(&c.Text, &c.At) },
		`SELECT text, at FROM visitor_consents WHERE visitor_id = $1 ORDER BY position DESC LIMIT 1`, id)
	if errors.Is(err, db.ErrNoRows) {
		return nil, nil
	}
	return &c, err
}

func scanAddress(row db.Row) (e chat.Email, err error) {
	err = row.Scan(&e.Address)
	return e, err
}

const (
	byID    = `id = $1`
	byToken = `token = $1 AND token_opens`
)

func scanVisitor(row db.Row) (v chat.Visitor, err error) {
	err = row.Scan(&v.ID, &v.Site, &v.Username, &v.Token, &v.Name, &v.Department, &v.Status, db.JSON(&v.Activity), &v.Host, &v.UpdatedAt, db.JSON(&v.RoomData), &v.ContactID)
	return v, err
}

func scanPhone(row db.Row) (p chat.Phone, err error) {
	err = row.Scan(&p.PhoneNumber)
	return p, err
}

// visitorActor finds the visitor whose credential the token is (LC-TOK-2).
func visitorActor(ctx context.Context, q db.Querier, token string) (a chat.Actor, err error) {
	err = q.QueryRow(ctx, `SELECT id, username, name FROM visitors WHERE `+byToken, token).Scan(&a.Visitor, &a.Username, &a.Name)
	return a, err
}

// findAgent reads an active user with the agent role.
func findAgent(ctx context.Context, q db.Querier, u chat.UserID) (chat.UserRef, error) {
	return db.One(ctx, q, scanRef, `SELECT id, username, name FROM users u WHERE id = $1 AND active
		AND EXISTS (SELECT 1 FROM user_roles WHERE user_id = u.id AND role = $2)`, u, chat.RoleAgent)
}

func scanRef(row db.Row) (r chat.UserRef, err error) {
	err = row.Scan(&r.ID, &r.Username, &r.Name)
	return r, err
}

// siteShut reports whether a site has hours of its own and is outside them.
func siteShut(ctx context.Context, q db.Querier, site chat.SiteID) (shut bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM sites s JOIN business_hours h ON h.id = s.business_hour_id WHERE s.id = $1 AND NOT h.open)`, site).Scan(&shut)
	return shut, err
}

// siteName is what a site is called among several, empty for the only one.
func siteName(ctx context.Context, q db.Querier, site chat.SiteID) (name string, err error) {
	err = q.QueryRow(ctx, `SELECT coalesce((SELECT name FROM sites WHERE id = $1 AND (SELECT count(*) FROM sites) > 1), '')`, site).Scan(&name)
	return name, err
}

// triggerNamed reads what a trigger says.
func triggerNamed(ctx context.Context, q db.Querier, id chat.TriggerID) (chat.Trigger, error) {
	return db.One(ctx, q, func(row db.Row) (t chat.Trigger, err error) {
		err = row.Scan(&t.ID, &t.Name, db.JSON(&t.Actions))
		return t, err
	}, `SELECT id, name, actions FROM triggers WHERE id = $1`, id)
}

// agentNamed is the username of the agent who has it, "" where nobody does.
func agentNamed(ctx context.Context, q db.Querier, username string) (string, error) {
	if username == "" {
		return "", nil
	}
	return orZero(db.One(ctx, q, scanID[string], `SELECT u.username FROM users u JOIN agents a ON a.user_id = u.id WHERE u.username_lower = $1 AND u.active`, strings.ToLower(username)))
}

// invitation is what an agent has said on a page load of a site, if no chat of the visitor
// has come since.
func invitation(ctx context.Context, q db.Querier, page string, v chat.VisitorID, now clock.Instant) (by chat.AgentID, site chat.SiteID, o Offer, err error) {
	o.known = true
	err = q.QueryRow(ctx, `SELECT s.invited_by, s.site_id, s.invitation, coalesce(nullif(u.name, ''), u.username), u.username FROM sightings s JOIN users u ON u.id = s.invited_by
		WHERE s.page = $1 AND s.invitation_id <> '' AND s.expires_at > $2
		AND NOT EXISTS (SELECT 1 FROM rooms r WHERE r.visitor_id = $3 AND r.ts >= s.invited_at)`, page, now, v).Scan(&by, &site, &o.Msg, &o.Name, &o.User)
	return by, site, o, err
}

// agentView reads an agent as visitors may see him.
func agentView(ctx context.Context, q db.Querier, u chat.UserID, now clock.Instant) (chat.AgentView, error) {
	a, err := db.One(ctx, q, scanAgent, `SELECT u.id, u.username, u.name, COALESCE((SELECT CASE WHEN u.status_default <> 'online' THEN u.status_default ELSE max(p.status) END
		FROM presence p WHERE p.user_id = u.id AND p.expires_at > $2 HAVING count(*) > 0), 'offline'), coalesce((SELECT p.tag FROM portraits p WHERE p.user_id = u.id), '') FROM users u WHERE u.id = $1`, u, now)
	if err != nil {
		return a, err
	}
	a.Emails, err = db.All(ctx, q, scanEmail, `SELECT address, verified FROM user_emails WHERE user_id = $1 ORDER BY position`, u)
	return a, err
}

func scanAgent(row db.Row) (a chat.AgentView, err error) {
	err = row.Scan(&a.ID, &a.Username, &a.Name, &a.Status, &a.ETag)
	return a, err
}

func scanEmail(row db.Row) (e chat.UserEmail, err error) {
	err = row.Scan(&e.Address, &e.Verified)
	return e, err
}

// departmentExists refuses a department that cannot take chats.
func departmentExists(ctx context.Context, q db.Querier, d chat.DepartmentID) error {
	_, err := db.One(ctx, q, scanID[chat.DepartmentID], `SELECT id FROM departments WHERE id = $1 AND enabled AND NOT archived`, d)
	if errors.Is(err, db.ErrNoRows) {
		return fault.New(fault.Invalid, "error-invalid-department", "Invalid department")
	}
	return err
}

// departmentRef names a department; by its id alone when it is gone.
func departmentRef(ctx context.Context, q db.Querier, d chat.DepartmentID) (departmentName, error) {
	ref := departmentName{ID: d}
	var err error
	ref.Name, err = orZero(db.One(ctx, q, scanID[string], `SELECT name FROM departments WHERE id = $1`, d))
	return ref, err
}

// departmentName is a department in a transfer.
type departmentName struct {
	ID   chat.DepartmentID `json:"_id"`
	Name string            `json:"name,omitempty"`
}

// unitOfDepartment is "" when it is in none.
func unitOfDepartment(ctx context.Context, q db.Querier, d chat.DepartmentID) (chat.UnitID, error) {
	return orZero(db.One(ctx, q, scanID[chat.UnitID], `SELECT unit_id FROM departments WHERE id = $1`, d))
}

// rulesOf are a department's rules for its chats; zero when there is none.
func rulesOf(ctx context.Context, q db.Querier, d chat.DepartmentID) (r departmentRules, err error) {
	if d == "" {
		return r, nil
	}
	return orZero(db.One(ctx, q, func(row db.Row) (r departmentRules, err error) {
		err = row.Scan(&r.ID, &r.Name, &r.RequestTag, db.JSON(&r.ForwardTo), db.JSON(&r.closingTags), &r.abandonSeconds, &r.abandonMessage)
		return r, err
	}, `SELECT id, name, request_tag, forward_to, closing_tags, abandon_seconds, abandon_message FROM departments WHERE id = $1`, d))
}

// departmentRules is what a department says about its chats (departments.md 6).
type departmentRules struct {
	ID             chat.DepartmentID   `json:"_id"`
	Name           string              `json:"name"`
	RequestTag     bool                `json:"requestTagBeforeClosingChat"`
	ForwardTo      []chat.DepartmentID `json:"departmentsAllowedToForward,omitempty"` // none: all
	closingTags    []string
	abandonSeconds int64
	abandonMessage string
}

// verifyingRooms lists the rooms that wait for a proof, of a visitor or of all.
func verifyingRooms(ctx context.Context, q db.Querier, v chat.VisitorID) ([]chat.RoomID, error) {
	return db.All(ctx, q, scanID[chat.RoomID], `SELECT id FROM rooms WHERE open AND verifying AND ($1 = '' OR visitor_id = $1) ORDER BY ts, id`, v)
}

// verifyingInquiry is the inquiry of such a room, as it was made.
func verifyingInquiry(ctx context.Context, q db.Querier, rid chat.RoomID) (i chat.Inquiry, err error) {
	var wished chat.DefaultAgent
	err = q.QueryRow(ctx, `SELECT id, ts, default_agent, default_agent_why FROM inquiries WHERE room_id = $1 AND status = 'verifying'`, rid).
		Scan(&i.ID, &i.TS, &wished.AgentID, &wished.Why)
	if wished.AgentID != "" {
		i.DefaultAgent = &wished
	}
	return i, err
}

func roomOfInquiry(ctx context.Context, q db.Querier, i chat.InquiryID) (chat.RoomID, error) {
	return db.One(ctx, q, scanID[chat.RoomID], `SELECT room_id FROM inquiries WHERE id = $1`, i)
}

// insertMember makes a user a member of a room; false when he is one already (lifecycle 1.6).
func insertMember(ctx context.Context, tx *db.Tx, m member) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO subscriptions (id, room_id, user_id, ts, seen, updated_at, department_id, on_hold) VALUES ($1, $2, $3, $4, $5, $4, $6, $7)
		ON CONFLICT (room_id, user_id) DO NOTHING`, m.id, m.room.ID, m.user, tx.Now(), m.room.Seq, m.room.DepartmentID, m.room.OnHold)
	return n == 1, err
}

// updateMembers tells the memberships what their room is like.
func updateMembers(ctx context.Context, tx *db.Tx, r chat.Room) error {
	_, err := tx.Exec(ctx, `UPDATE subscriptions SET department_id = $2, on_hold = $3 WHERE room_id = $1`, r.ID, r.DepartmentID, r.OnHold)
	return err
}

// member is a new membership; unread is counted from the room's number.
type member struct {
	id   chat.SubscriptionID
	room chat.Room
	user chat.UserID
}

// removeMembers ends all memberships of a room and says whose they were.
func removeMembers(ctx context.Context, tx *db.Tx, rid chat.RoomID) ([]chat.AgentID, error) {
	return db.All(ctx, tx, scanID[chat.AgentID], `DELETE FROM subscriptions WHERE room_id = $1 RETURNING user_id`, rid)
}

// removeMember ends one membership of a room; none when there was none.
func removeMember(ctx context.Context, tx *db.Tx, rid chat.RoomID, u chat.UserID) ([]chat.AgentID, error) {
	return db.All(ctx, tx, scanID[chat.AgentID], `DELETE FROM subscriptions WHERE room_id = $1 AND user_id = $2 RETURNING user_id`, rid, u)
}

// markSeen moves a member's read mark forward, never back nor past the end.
func markSeen(ctx context.Context, tx *db.Tx, rid chat.RoomID, u chat.UserID, seq int64) (moved bool, err error) {
	n, err := tx.Exec(ctx, `UPDATE subscriptions SET ls = $4, seen = $3, updated_at = $4 WHERE room_id = $1 AND user_id = $2
		AND (seen < $3 OR ls = 0) AND $3 <= (SELECT seq FROM rooms WHERE id = $1)`, rid, u, seq, tx.Now())
	return n > 0, err
}

// marksOf are the read marks of a room.
func marksOf(ctx context.Context, q db.Querier, rid chat.RoomID) (chat.ReadMarks, error) {
	return db.One(ctx, q, func(r db.Row) (m chat.ReadMarks, err error) { return m, r.Scan(&m.Visitor, &m.Agents) },
		`SELECT visitor_seen, COALESCE((SELECT min(seen) FROM subscriptions WHERE room_id = $1), 0) FROM rooms WHERE id = $1`, rid)
}

// unreadMessages is the visitor's messages after the read mark; unread counts the
// notice of a room never read too, as subscriptions do on the wire.
const (
	unreadMessages = `(SELECT count(*) FROM messages n WHERE n.room_id = s.room_id AND n.by_visitor AND n.seq > s.seen)`
	unread         = unreadMessages + ` + CASE WHEN s.ls = 0 THEN 1 ELSE 0 END`
)

// roomAndUnread is a room of a member with the count of what he has not read.
type roomAndUnread struct {
	chat.Room
	Unread int64 `json:"unread"`
}

// roomsOfMember lists the open rooms a user is a member of, the latest first.
func roomsOfMember(ctx context.Context, q db.Querier, u chat.UserID, since clock.Instant) ([]roomAndUnread, error) {
	return db.All(ctx, q, scanRoomAndUnread, memberRooms+`WHERE s.user_id = $1 AND r.open AND r.updated_at >= $2 ORDER BY r.lm DESC, r.id LIMIT 1000`, u, since)
}

var memberRooms = strings.Replace(selectRoom, " FROM rooms r", ", "+unreadMessages+" FROM subscriptions s JOIN rooms r ON r.id = s.room_id", 1)

func scanRoomAndUnread(row db.Row) (roomAndUnread, error) {
	var last messageRow
	var out roomAndUnread
	var said map[string]string
	r, err := scanRoomAnd(row, append(last.targets(), db.JSON(&said), &out.Unread)...)
	if err == nil && last.id.Valid {
		m := last.message(r.V.Token)
		r.LastMessage = &m
	}
	r.SurveyFeedback = said
	out.Room = r
	return out, err
}

// findSubscription reads a membership with what it has from its room and user.
func findSubscription(ctx context.Context, q db.Querier, rid chat.RoomID, u chat.UserID) (*chat.Subscription, error) {
	s := chat.Subscription{T: chat.RoomType, Open: true}
	var v chat.VisitorView
	err := q.QueryRow(ctx, `SELECT s.id, s.room_id, s.ts, s.ls, s.updated_at, u.id, u.username, u.name, r.fname, r.v, r.department_id, r.on_hold,
		CASE WHEN s.ls = 0 THEN 1 ELSE 0 END, `+unread+`
		FROM subscriptions s JOIN rooms r ON r.id = s.room_id JOIN users u ON u.id = s.user_id
		WHERE s.room_id = $1 AND s.user_id = $2`, rid, u).
		Scan(&s.ID, &s.RID, &s.TS, &s.LS, &s.UpdatedAt, &s.U.ID, &s.U.Username, &s.U.Name, &s.FName, db.JSON(&v), &s.Department, &s.OnHold,
			&s.UserMentions, &s.Unread)
	if err != nil {
		return orZero((*chat.Subscription)(nil), err)
	}
	v = v.ForStaff()
	s.Name, s.V, s.Alert = s.FName, &v, s.Unread > 0
	return &s, nil
}

// factsFor looks up what the policies ask about a user and a room.
func factsFor(ctx context.Context, q db.Querier, r chat.Room, a chat.Actor) (f chat.RoomFacts, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM subscriptions WHERE room_id = $1 AND user_id = $2),
		EXISTS (SELECT 1 FROM department_agents a JOIN departments d ON d.id = a.department_id
			WHERE a.department_id = $3 AND a.agent_id = $2 AND d.enabled AND NOT d.archived),
		EXISTS (SELECT 1 FROM inquiries WHERE room_id = $1 AND default_agent = $2), `+outsideUnits("$4", "$5"),
		r.ID, a.User, r.DepartmentID, a.Monitor(), unitOf(r)).
		Scan(&f.Member, &f.InDepartment, &f.Wished, &f.OutsideUnits)
	return f, err
}
