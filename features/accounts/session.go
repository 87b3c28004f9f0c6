package accounts

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

// Origin is where a sign-in comes from.
type Origin struct{ IP, UserAgent string }

// SignedIn is a new session: the secret that proves it and who it is.
type SignedIn struct {
	Token   string
	Session Session
	User    chat.User
}

var (
	errWrong   = fault.New(fault.Unauthenticated, "Unauthorized", "Unauthorized")
	errNoLogin = fault.New(fault.Unauthenticated, "", "")
)

// Login begins a session for whoever knows the password. Unknown people, wrong
// passwords and inactive accounts look alike and take the same work.
func (s *Service) Login(ctx context.Context, login string, d Digest, from Origin) (SignedIn, error) {
	if len(login) == 0 || len(login) > 300 {
		return SignedIn{}, errWrong
	}
	who, err := findSecret(ctx, s.DB, login)
	if err != nil {
		return SignedIn{}, err
	}
	account, address := "account:"+string(who.id), "address:"+from.IP
	if who.id == "" {
		account = "nobody:" + strings.ToLower(login)
	}
	if err := s.admit(account, address); err != nil {
		return SignedIn{}, err
	}
	right, err := s.hasher.verify(ctx, who.hash, d)
	if err != nil {
		s.excuse(account, address) // nothing was tried
		return SignedIn{}, err
	}
	if !right || !who.active {
		return SignedIn{}, errWrong
	}
	s.attempts.forget(account)
	s.attempts.giveBack(address)
	s.renewHash(ctx, who, d)
	return s.begin(ctx, who.id, from)
}

// excuse takes back a booked attempt that was none.
func (s *Service) excuse(account, address string) {
	s.attempts.giveBack(account)
	s.attempts.giveBack(address)
}

// admit refuses an account or an address with too many failures.
func (s *Service) admit(account, address string) error {
	if !s.LimitAttempts {
		return nil
	}
	set := s.Settings()
	byAddress := rule{set.LoginAttemptsByAddress, time.Duration(set.LoginUnblockAddressMinutes) * time.Minute}
	byAccount := rule{set.LoginAttemptsByUser, time.Duration(set.LoginUnblockUserMinutes) * time.Minute}
	if !s.attempts.take(address, byAddress) {
		return fault.New(fault.Unauthenticated, "error-login-blocked-for-ip", "Too many failed sign-ins from this address, try again later")
	}
	if !s.attempts.take(account, byAccount) {
		s.attempts.giveBack(address)
		return fault.New(fault.Unauthenticated, "error-login-blocked-for-user", "Too many failed sign-ins to this account, try again later")
	}
	return nil
}

// renewHash stores the password under today's parameters; if that fails, the next sign-in tries again.
func (s *Service) renewHash(ctx context.Context, who secretOf, d Digest) {
	if !s.hasher.stale(who.hash) {
		return
	}
	renewed, err := s.hasher.hash(ctx, d)
	if err == nil {
		err = s.DB.InTx(ctx, func(tx *db.Tx) error { return rehash(ctx, tx, who.id, who.hash, renewed) })
	}
	if err != nil {
		s.Log.Warn("password hash not renewed", "user", who.id, "error", err)
	}
}

// begin makes a session of an active user.
func (s *Service) begin(ctx context.Context, user chat.UserID, from Origin) (SignedIn, error) {
	var in SignedIn
	err := s.DB.InTx(ctx, func(tx *db.Tx) (err error) {
		in, err = s.beginIn(ctx, tx, user, from)
		return err
	})
	return in, err
}

func (s *Service) beginIn(ctx context.Context, tx *db.Tx, user chat.UserID, from Origin) (SignedIn, error) {
	days := time.Duration(s.Settings().LoginExpirationDays)
	session := Session{ID: chat.SessionID(id.New()), User: user, CreatedAt: tx.Now(), LastUsedAt: tx.Now(),
		ExpiresAt: tx.Now().Add(days * 24 * time.Hour), IP: from.IP, UserAgent: cut(from.UserAgent, 300)}
	token := id.Secret()
	if err := insertSession(ctx, tx, session, id.Hash(token)); err != nil {
		return SignedIn{}, err
	}
	if err := s.Agents.SignedIn(ctx, tx, user); err != nil {
		return SignedIn{}, err
	}
	u, err := findUser(ctx, tx, tx.Now(), user)
	if err == nil && !u.Active {
		err = errWrong
	}
	return SignedIn{Token: token, Session: session, User: u}, err
}

func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "")
}

// ByToken is who a token belongs to; asked on every request, it is answered from
// memory while the session was seen lately.
func (s *Service) ByToken(ctx context.Context, token string) (chat.Actor, chat.SessionID, error) {
	if len(token) == 0 || len(token) > 200 {
		return chat.Actor{}, "", errNoLogin
	}
	hash, now := id.Hash(token), s.Clock.Now()
	k, generation, ok := s.cache.find(hash, now)
	if !ok {
		var err error
		if k, err = findSession(ctx, s.DB, now, hash); err != nil {
			return chat.Actor{}, "", noLogin(err)
		}
		k.loaded = now
		if k.actor.Permissions, err = s.permissionsOf(ctx, k.actor.Roles); err != nil {
			return chat.Actor{}, "", err
		}
		s.cache.keep(hash, k, generation)
	}
	s.cache.touch(k.session, now)
	return k.actor, k.session, nil
}

func noLogin(err error) error {
	if errors.Is(err, db.ErrNoRows) {
		return errNoLogin
	}
	return err
}

// Resume returns the session a token proves, with its user.
func (s *Service) Resume(ctx context.Context, token string) (SignedIn, error) {
	a, session, err := s.ByToken(ctx, token)
	if err != nil {
		return SignedIn{}, errWrong
	}
	u, err := s.Find(ctx, a.User)
	return SignedIn{Token: token, Session: Session{ID: session, User: a.User}, User: u}, err
}

// Sessions lists a user's sign-ins, the latest used first.
func (s *Service) Sessions(ctx context.Context, user chat.UserID, current chat.SessionID) ([]Session, error) {
	if err := s.FlushUsed(ctx); err != nil {
		return nil, err
	}
	sessions, err := listSessions(ctx, s.DB, s.Clock.Now(), user)
	for i := range sessions {
		sessions[i].Current = sessions[i].ID == current
	}
	return sessions, err
}

// EndSession ends one sign-in of the user.
func (s *Service) EndSession(ctx context.Context, user chat.UserID, session chat.SessionID) error {
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		s.cache.distrust(user, tx.Now().Add(freshness))
		ended, err := deleteSession(ctx, tx, user, session)
		if err != nil {
			return err
		}
		if len(ended) == 0 {
			return fault.New(fault.NotFound, "error-session-not-found", "There is no such session")
		}
		for _, e := range ended {
			if err := tx.Emit(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
	s.ForgetUser(user)
	return err
}

const (
	lentFor  = time.Hour
	mostLent = 50 // of one sign-in at once
)

// Lend makes a token that proves the user for an hour and ends with his session: for
// somebody else's page that asks on his behalf.
func (s *Service) Lend(ctx context.Context, user chat.UserID, session chat.SessionID) (string, error) {
	token := id.Secret()
	return token, s.DB.InTx(ctx, func(tx *db.Tx) error {
		lent := Session{ID: chat.SessionID(id.New()), User: user, ExpiresAt: tx.Now().Add(lentFor)}
		ok, err := insertLent(ctx, tx, lent, session, id.Hash(token))
		if err == nil && !ok {
			err = errNoLogin
		}
		return err
	})
}

// revokeAll ends every sign-in of the user, in the caller's transaction.
func (s *Service) revokeAll(ctx context.Context, tx *db.Tx, user chat.UserID) error {
	if _, err := deleteSessions(ctx, tx, user); err != nil {
		return err
	}
	return tx.Emit(ctx, chat.SessionRevoked{User: user})
}

const ticketLife = 30 * time.Second

// Ticket makes a one-time ticket with which the session's socket says who it is.
func (s *Service) Ticket(ctx context.Context, user chat.UserID, session chat.SessionID) (string, clock.Instant, error) {
	secret, expires := id.Secret(), s.Clock.Now().Add(ticketLife)
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		return insertTicket(ctx, tx, id.Hash(secret), ticket{ticketSocket, user, session, expires})
	})
	return secret, expires, err
}

// Redeem uses up a socket ticket whose session still lives.
func (s *Service) Redeem(ctx context.Context, secret string) (chat.Actor, chat.SessionID, error) {
	var k known
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		t, err := useTicket(ctx, tx, ticketSocket, id.Hash(secret))
		if err == nil {
			k, err = findSessionByID(ctx, tx, tx.Now(), t.session)
		}
		return err
	})
	if err != nil {
		return chat.Actor{}, "", noLogin(err)
	}
	k.actor.Permissions, err = s.permissionsOf(ctx, k.actor.Roles)
	return k.actor, k.session, err
}
