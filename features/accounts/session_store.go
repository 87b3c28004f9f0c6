package accounts

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// Session is one sign-in of a user.
type Session struct {
	ID         chat.SessionID `json:"_id"`
	User       chat.UserID    `json:"-"`
	CreatedAt  clock.Instant  `json:"createdAt"`
	LastUsedAt clock.Instant  `json:"lastUsedAt"`
	ExpiresAt  clock.Instant  `json:"expiresAt"`
	IP         string         `json:"ip"`
	UserAgent  string         `json:"userAgent"`
	Current    bool           `json:"current"` // the one that asks
}

func insertSession(ctx context.Context, tx *db.Tx, s Session, tokenHash string) error {
	_, err := tx.Exec(ctx, `INSERT INTO sessions (id, user_id, token_hash, created_at, last_used_at, expires_at, ip, user_agent)
		VALUES ($1, $2, $3, $4, $4, $5, $6, $7)`, s.ID, s.User, tokenHash, tx.Now(), s.ExpiresAt, s.IP, s.UserAgent)
	return err
}

// findSession finds a live session of an active user by the hash of its token.
func findSession(ctx context.Context, q db.Querier, now clock.Instant, tokenHash string) (known, error) {
	return db.One(ctx, q, scanKnown, `SELECT s.id, s.expires_at, u.id, u.username, u.name,
		COALESCE((SELECT string_agg(r.role, ' ' ORDER BY r.role) FROM user_roles r WHERE r.user_id = u.id), '')
		FROM sessions s JOIN users u ON u.id = s.user_id
		WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.active`, tokenHash, now)
}

func findSessionByID(ctx context.Context, q db.Querier, now clock.Instant, id chat.SessionID) (known, error) {
	return db.One(ctx, q, scanKnown, `SELECT s.id, s.expires_at, u.id, u.username, u.name,
		COALESCE((SELECT string_agg(r.role, ' ' ORDER BY r.role) FROM user_roles r WHERE r.user_id = u.id), '')
		FROM sessions s JOIN users u ON u.id = s.user_id
		WHERE s.id = $1 AND s.expires_at > $2 AND u.active`, id, now)
}

func scanKnown(r db.Row) (k known, err error) {
	var roles string
	err = r.Scan(&k.session, &k.expires, &k.actor.User, &k.actor.Username, &k.actor.Name, &roles)
	k.actor.Roles = strings.Fields(roles)
	return k, err
}

func listSessions(ctx context.Context, q db.Querier, now clock.Instant, user chat.UserID) ([]Session, error) {
	return db.All(ctx, q, func(r db.Row) (s Session, err error) {
		s.User = user
		return s, r.Scan(&s.ID, &s.CreatedAt, &s.LastUsedAt, &s.ExpiresAt, &s.IP, &s.UserAgent)
	}, `SELECT id, created_at, last_used_at, expires_at, ip, user_agent FROM sessions
		WHERE user_id = $1 AND expires_at > $2 AND parent = '' ORDER BY last_used_at DESC, id DESC`, user, now)
}

// deleteSession ends one session of the user and what was lent from it, and returns
// which; none: there is no such session.
func deleteSession(ctx context.Context, tx *db.Tx, user chat.UserID, id chat.SessionID) ([]chat.SessionRevoked, error) {
	return db.All(ctx, tx, scanRevoked, `DELETE FROM sessions WHERE (id = $1 OR parent = $1) AND user_id = $2 RETURNING id, user_id`, id, user)
}

func scanRevoked(r db.Row) (e chat.SessionRevoked, err error) { return e, r.Scan(&e.Session, &e.User) }

// insertLent stores a session that proves the same user as its parent and ends with it;
// the latest ones of a parent are kept. False: the parent has ended.
func insertLent(ctx context.Context, tx *db.Tx, s Session, parent chat.SessionID, tokenHash string) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO sessions (id, user_id, token_hash, created_at, last_used_at, expires_at, parent)
		SELECT $1, user_id, $4, $5, $5, CASE WHEN expires_at < $6 THEN expires_at ELSE $6 END, id FROM sessions WHERE id = $2 AND user_id = $3 AND expires_at > $5`,
		s.ID, parent, s.User, tokenHash, tx.Now(), s.ExpiresAt)
	if err != nil || n == 0 {
		return false, err
	}
	_, err = tx.Exec(ctx, `DELETE FROM sessions WHERE parent = $1 AND id NOT IN
		(SELECT id FROM sessions WHERE parent = $1 ORDER BY created_at DESC, id DESC LIMIT $2)`, parent, mostLent)
	return true, err
}

func deleteSessions(ctx context.Context, tx *db.Tx, user chat.UserID) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM sessions WHERE user_id = $1`, user)
}

// deleteExpired ends the sessions and tickets whose time is over and returns the sessions.
func deleteExpired(ctx context.Context, tx *db.Tx) ([]chat.SessionRevoked, error) {
	if _, err := tx.Exec(ctx, `DELETE FROM tickets WHERE expires_at <= $1`, tx.Now()); err != nil {
		return nil, err
	}
	return db.All(ctx, tx, scanRevoked, `DELETE FROM sessions WHERE expires_at <= $1 RETURNING id, user_id`, tx.Now())
}

func updateUsed(ctx context.Context, tx *db.Tx, id chat.SessionID, at clock.Instant) error {
	_, err := tx.Exec(ctx, `UPDATE sessions SET last_used_at = $2 WHERE id = $1 AND last_used_at < $2`, id, at)
	return err
}

// The kinds of tickets.
const (
	ticketSocket = "socket"
	ticketSetup  = "setup"
)

type ticket struct {
	kind    string
	user    chat.UserID
	session chat.SessionID
	expires clock.Instant
}

func insertTicket(ctx context.Context, tx *db.Tx, hash string, t ticket) error {
	_, err := tx.Exec(ctx, `INSERT INTO tickets (hash, kind, user_id, session_id, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		hash, t.kind, t.user, t.session, t.expires)
	return err
}

// useTicket deletes a ticket that is still good and returns it; only one caller gets it.
func useTicket(ctx context.Context, tx *db.Tx, kind, hash string) (ticket, error) {
	return db.One(ctx, tx, func(r db.Row) (t ticket, err error) {
		t.kind = kind
		return t, r.Scan(&t.user, &t.session)
	}, `DELETE FROM tickets WHERE hash = $1 AND kind = $2 AND expires_at > $3 RETURNING user_id, session_id`, hash, kind, tx.Now())
}

func ticketIsGood(ctx context.Context, q db.Querier, now clock.Instant, kind, hash string) (good bool, err error) {
	return good, q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM tickets WHERE hash = $1 AND kind = $2 AND expires_at > $3)`,
		hash, kind, now).Scan(&good)
}

func deleteTickets(ctx context.Context, tx *db.Tx, kind string) error {
	_, err := tx.Exec(ctx, `DELETE FROM tickets WHERE kind = $1`, kind)
	return err
}
