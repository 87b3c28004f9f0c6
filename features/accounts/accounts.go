// Package accounts is about people who sign in: users, their roles and what
// those may do, passwords, sessions, and the first start. It will not know who
// serves which chat: what follows from being an agent belongs to features/agents.
package accounts

import (
	"context"
	"errors"
	"log/slog"
	"runtime"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Agents keeps the serving side of a person in step with his account, inside the
// transaction that changes the account.
type Agents interface {
	// RoleGiven: the user holds the agent role now.
	RoleGiven(ctx context.Context, tx *db.Tx, u chat.UserID) error
	// ActiveSet: the user was deactivated or activated again.
	ActiveSet(ctx context.Context, tx *db.Tx, u chat.UserID, active bool) error
	// SignedIn: the user began a session.
	SignedIn(ctx context.Context, tx *db.Tx, u chat.UserID) error
	// StatusChosen: the user chose another presence; in his own session, or in none when somebody else chose.
	StatusChosen(ctx context.Context, tx *db.Tx, u chat.UserID, session chat.SessionID) error
}

// Deps are what accounts needs of others.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Log      *slog.Logger
	Settings func() *chat.Settings
	Agents   Agents
	Version  string
	// LimitAttempts blocks accounts and addresses after too many failed sign-ins.
	LimitAttempts bool
}

// Service holds the commands of this feature.
type Service struct {
	Deps
	hasher   *hasher
	attempts *attempts
	cache    *cache
	rights   rights
}

const (
	cachedSessions  = 20_000
	countedAttempts = 50_000
	waitingHashes   = 64
)

// New makes the service; Start makes what it stands on.
func New(d Deps) *Service {
	if d.Agents == nil {
		d.Agents = nobody{}
	}
	s := &Service{
		Deps:     d,
		hasher:   newHasher(presentCost, max(2, runtime.GOMAXPROCS(0)/2), waitingHashes),
		attempts: newAttempts(d.Clock, countedAttempts),
		cache:    newCache(cachedSessions),
	}
	return s
}

// Start writes what every server has: the permissions that are missing, the system user.
func (s *Service) Start(ctx context.Context) error {
	table, err := listGrants(ctx, s.DB)
	if err != nil {
		return err
	}
	missing := missingGrants(table)
	if len(missing) == 0 {
		return nil
	}
	defer s.ForgetPermissions()
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return writeDefaults(ctx, tx, missing) })
}

func missingGrants(table []chat.Grant) []chat.Grant {
	have := map[chat.Permission]bool{}
	for _, g := range table {
		have[g.ID] = true
	}
	var missing []chat.Grant
	for _, g := range chat.DefaultPermissions() {
		if !have[g.ID] {
			missing = append(missing, g)
		}
	}
	return missing
}

func writeDefaults(ctx context.Context, tx *db.Tx, missing []chat.Grant) error {
	for _, g := range missing {
		if err := insertGrant(ctx, tx, g); err != nil {
			return err
		}
	}
	// The system user signs what the server does; without a password nobody signs in as him.
	_, err := insertUser(ctx, tx, chat.User{ID: chat.SystemUserID, Username: chat.SystemUsername,
		Name: chat.System.Name, Type: "bot", Active: true}, "")
	return err
}

// Find reads a user.
func (s *Service) Find(ctx context.Context, id chat.UserID) (chat.User, error) {
	u, err := findUser(ctx, s.DB, s.Clock.Now(), id)
	return u, notFound(err)
}

// FindByUsername reads a user by his name, upper or lower case alike.
func (s *Service) FindByUsername(ctx context.Context, username string) (chat.User, error) {
	u, err := findByUsername(ctx, s.DB, s.Clock.Now(), username)
	return u, notFound(err)
}

// List reads users in the order of their usernames, and how many there are.
func (s *Service) List(ctx context.Context, count, offset int) ([]chat.User, int, error) {
	users, err := listUsers(ctx, s.DB, s.Clock.Now(), count, offset)
	if err != nil {
		return nil, 0, err
	}
	total, err := countUsers(ctx, s.DB)
	return users, total, err
}

// Actor is the user as somebody who asks, fresh from the database.
func (s *Service) Actor(ctx context.Context, id chat.UserID) (chat.Actor, error) {
	u, err := s.Find(ctx, id)
	if err != nil {
		return chat.Actor{}, err
	}
	held, err := s.permissionsOf(ctx, u.Roles)
	return chat.Actor{User: u.ID, Username: u.Username, Name: u.Name, Roles: u.Roles, Permissions: held}, err
}

const unknownText = "User not found."

// notFound turns "no row" into what callers of the API are told.
func notFound(err error) error {
	if errors.Is(err, db.ErrNoRows) {
		return fault.Text(fault.Invalid, unknownText)
	}
	return err
}

// nobody stands in where there are no agents: in tests of accounts alone.
type nobody struct{}

func (nobody) RoleGiven(context.Context, *db.Tx, chat.UserID) error                    { return nil }
func (nobody) ActiveSet(context.Context, *db.Tx, chat.UserID, bool) error              { return nil }
func (nobody) SignedIn(context.Context, *db.Tx, chat.UserID) error                     { return nil }
func (nobody) StatusChosen(context.Context, *db.Tx, chat.UserID, chat.SessionID) error { return nil }

// IsUnknown reports whether the error says that there is no such user.
func IsUnknown(err error) bool { return fault.Has(err, unknownText) }
