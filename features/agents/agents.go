// Package agents knows who serves: the switch with which agents say that they
// want chats, the leases of their connections that say that they are reachable,
// and what follows from both. Whatever it changes it records with its cause, and
// it announces exactly the changes somebody can see or that decide who gets a
// chat. It picks nobody and knows nothing about conversations.
package agents

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// Roles gives and takes roles; the accounts decide whether that is possible.
type Roles interface {
	Grant(ctx context.Context, tx *db.Tx, user chat.UserID, role string) error
	Revoke(ctx context.Context, tx *db.Tx, user chat.UserID, role string) error
}

// Departments keep memberships.
type Departments interface {
	// Leave ends all memberships of an agent.
	Leave(ctx context.Context, tx *db.Tx, agent chat.AgentID) error
	// JoinOnly makes these departments, and no others, those of an agent.
	JoinOnly(ctx context.Context, tx *db.Tx, agent chat.AgentID, departments []chat.DepartmentID) error
}

// Router knows who would get a chat.
type Router interface {
	// Preview is who would get the visitor's chat now, "": nobody. It counts nothing and
	// prefers who was shown when the visitor writes (RQ-AUTO-4).
	Preview(ctx context.Context, v chat.Visitor) (chat.AgentID, error)
}

// Hours say when an agent may be available.
type Hours interface {
	// Open are the business hours open for him; bound is false while there is nothing to follow.
	Open(ctx context.Context, q db.Querier, agent chat.AgentID, at clock.Instant) (open []chat.HourID, bound bool, err error)
	// Next is when the first of his hours opens, or the last one closes; 0: not in sight.
	Next(ctx context.Context, q db.Querier, agent chat.AgentID, at clock.Instant) (clock.Instant, error)
}

// Settings is the snapshot of the settings; Reload reads it anew.
type Settings interface {
	Current() *chat.Settings
	Reload(ctx context.Context) error
}

// Deps is what agents need.
type Deps struct {
	DB          *db.DB
	Clock       clock.Clock
	Settings    Settings
	Roles       Roles
	Departments Departments
	Router      Router
	Hours       Hours
}

// Service knows the agents.
type Service struct {
	Deps
	connections connections
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{Deps: d, connections: connections{known: map[string]connection{}}}
}

// Assigned records that an agent got a chat.
func (s *Service) Assigned(ctx context.Context, tx *db.Tx, agent chat.AgentID, at clock.Instant) error {
	return assigned(ctx, tx, agent, at)
}

// RoleGiven makes a user an agent: available, unless he chose to appear offline or
// is outside his business hours (lifecycle 2.3, rest-api.md 11). It does nothing to
// somebody who is one.
func (s *Service) RoleGiven(ctx context.Context, tx *db.Tx, u chat.UserID) error {
	f, err := userFacts(ctx, tx, u)
	if err != nil {
		return err
	}
	to := chat.Available
	if f.statusDefault == chat.Offline {
		to = chat.NotAvailable
	}
	if added, err := insertAgent(ctx, tx, u, to); err != nil || !added {
		return err
	}
	f, ok, err := s.lock(ctx, tx, u)
	if err != nil || !ok {
		return err
	}
	if f.announced = (state{}); f.outside() {
		f.switched, f.systemModified = chat.NotAvailable, true
	}
	return s.settle(ctx, tx, f, change{agent: u, cause: chat.CauseRole})
}

// RoleTaken makes an agent an ordinary user: his switch and memberships go.
func (s *Service) RoleTaken(ctx context.Context, tx *db.Tx, u chat.UserID) error {
	if err := s.Departments.Leave(ctx, tx, u); err != nil {
		return err
	}
	gone, err := removeAgent(ctx, tx, u)
	if err != nil || !gone {
		return err
	}
	return s.record(ctx, tx, change{agent: u, cause: chat.CauseRole}, state{switched: chat.NotAvailable, status: chat.Offline})
}

// ActiveSet follows an account's deactivation, which also ends the memberships,
// and its return (lifecycle 2.3).
func (s *Service) ActiveSet(ctx context.Context, tx *db.Tx, u chat.UserID, active bool) error {
	if active {
		return s.byServer(ctx, tx, u, serverChange{to: true, cause: chat.CauseManager})
	}
	if err := s.Departments.Leave(ctx, tx, u); err != nil {
		return err
	}
	return s.byServer(ctx, tx, u, serverChange{to: false, cause: chat.CauseDeactivated})
}

// StatusChosen follows the presence a user chose to show. What he chose in a
// session of his own without any connection stands: such a client keeps none
// (rest-api.md 5, users.setStatus).
func (s *Service) StatusChosen(ctx context.Context, tx *db.Tx, u chat.UserID, session chat.SessionID) error {
	if session != "" {
		if err := s.stand(ctx, tx, u, session); err != nil {
			return err
		}
	}
	return s.Reassess(ctx, tx, u, chat.CauseSelf)
}

// SignedIn makes an agent available again whom the server had switched off, and with
// business hours anybody who is inside them.
func (s *Service) SignedIn(ctx context.Context, tx *db.Tx, u chat.UserID) error {
	return s.byServer(ctx, tx, u, serverChange{to: true, cause: chat.CauseSignedIn})
}

// SignedOut makes an agent without any session left not available (lifecycle
// 2.3: not at every sign-out, and never a bot).
func (s *Service) SignedOut(ctx context.Context, u chat.UserID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if ended, err := endStanding(ctx, tx, u); err != nil {
			return err
		} else if ended {
			if err := s.Reassess(ctx, tx, u, chat.CauseLost); err != nil {
				return err
			}
		}
		if left, err := sessionsLeft(ctx, tx, u); err != nil || left {
			return err
		}
		return s.byServer(ctx, tx, u, serverChange{to: false, cause: chat.CauseSignedOut})
	})
}

type serverChange struct {
	to    bool
	cause chat.Cause
}

// byServer flips the switch without the agent having asked. It flips back only what
// the server itself had switched off, and only inside business hours.
func (s *Service) byServer(ctx context.Context, tx *db.Tx, u chat.UserID, c serverChange) error {
	f, ok, err := s.lock(ctx, tx, u)
	if err != nil || !ok {
		return err
	}
	switch {
	case !c.to && f.switched == chat.Available && (!f.bot || c.cause == chat.CauseDeactivated):
		f.switched, f.systemModified = chat.NotAvailable, true
	case c.to && f.mayReturn(c.cause):
		f.switched, f.systemModified = chat.Available, false
	}
	return s.settle(ctx, tx, f, change{agent: u, cause: c.cause})
}
