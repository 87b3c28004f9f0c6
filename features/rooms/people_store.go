package rooms

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// findVisitor reads what a room needs of its visitor.
func findVisitor(ctx context.Context, q db.Querier, where string, key any) (chat.Visitor, error) {
	v, err := db.One(ctx, q, scanVisitor, `SELECT id, site_id, username, token, name, department_id, status, activity, host, updated_at
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
	if err := q.QueryRow(ctx, `SELECT ts, user_agent, ip, last_chat_id, last_chat_at, livechat_data FROM visitors WHERE `+byID, id).
		Scan(&v.TS, &v.UserAgent, &v.IP, &last.ID, &last.TS, db.JSON(&v.LivechatData)); err != nil {
		return v, err
	}
	if last.ID != "" {
		v.LastChat = &last
	}
	v.VisitorEmails, err = db.All(ctx, q, scanAddress, `SELECT address FROM visitor_emails WHERE visitor_id = $1 ORDER BY position`, id)
	return v, err
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
	err = row.Scan(&v.ID, &v.Site, &v.Username, &v.Token, &v.Name, &v.Department, &v.Status, db.JSON(&v.Activity), &v.Host, &v.UpdatedAt)
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

// agentView reads an agent as visitors may see him.
func agentView(ctx context.Context, q db.Querier, u chat.UserID, now clock.Instant) (chat.AgentView, error) {
	a, err := db.One(ctx, q, scanAgent, `SELECT u.id, u.username, u.name, COALESCE((SELECT CASE WHEN u.status_default <> 'online' THEN u.status_default ELSE max(p.status) END
		FROM presence p WHERE p.user_id = u.id AND p.expires_at > $2 HAVING count(*) > 0), 'offline') FROM users u WHERE u.id = $1`, u, now)
	if err != nil {
		return a, err
	}
	a.Emails, err = db.All(ctx, q, scanEmail, `SELECT address, verified FROM user_emails WHERE user_id = $1 ORDER BY position`, u)
	return a, err
}

func scanAgent(row db.Row) (a chat.AgentView, err error) {
	err = row.Scan(&a.ID, &a.Username, &a.Name, &a.Status)
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

func roomOfInquiry(ctx context.Context, q db.Querier, i chat.InquiryID) (chat.RoomID, error) {
	return db.One(ctx, q, scanID[chat.RoomID], `SELECT room_id FROM inquiries WHERE id = $1`, i)
}
