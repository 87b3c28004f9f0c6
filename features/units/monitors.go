package units

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Monitor is a user who oversees units (tags-units 3).
type Monitor struct {
	ID             chat.UserID       `json:"_id"`
	Username       string            `json:"username"`
	Name           string            `json:"name,omitempty"`
	Status         chat.Presence     `json:"status"`
	StatusLivechat chat.Availability `json:"statusLivechat,omitempty"`
	Emails         []chat.UserEmail  `json:"emails,omitempty"`
	Livechat       struct {
		MaxChats int64 `json:"maxNumberSimultaneousChat,omitempty"`
	} `json:"livechat,omitzero"`
}

// Link says that a monitor oversees a unit.
type Link struct {
	ID        string        `json:"_id"`
	MonitorID chat.UserID   `json:"monitorId"`
	UnitID    chat.UnitID   `json:"unitId"`
	Username  string        `json:"username"`
	UpdatedAt clock.Instant `json:"_updatedAt"`
}

// Monitors returns a page of the monitors, and how many there are.
func (s *Service) Monitors(ctx context.Context, f Filter) ([]Monitor, int64, error) {
	return listMonitors(ctx, s.DB, f, s.DB.Clock().Now())
}

// Monitor finds one by username.
func (s *Service) Monitor(ctx context.Context, username string) (Monitor, error) {
	m, err := findMonitor(ctx, s.DB, username, s.DB.Clock().Now())
	if errors.Is(err, db.ErrNoRows) {
		return m, fault.New(fault.Invalid, "invalid-user", "Invalid user").At("username")
	}
	return m, err
}

// AddMonitor makes a user a monitor and returns him with his roles; being one already is no error.
func (s *Service) AddMonitor(ctx context.Context, username string) (u chat.User, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if u, err = known(byUsername(ctx, tx, username)); err != nil {
			return err
		}
		if err := s.Roles.Grant(ctx, tx, u.ID, chat.RoleMonitor); err != nil {
			return err
		}
		u.Roles, err = rolesOf(ctx, tx, u.ID)
		return err
	})
	return u, err
}

// RemoveMonitor takes the role and the units from a user; not having them is no error.
func (s *Service) RemoveMonitor(ctx context.Context, username string) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		u, err := known(byUsername(ctx, tx, username))
		if err != nil {
			return err
		}
		if err := s.Roles.Revoke(ctx, tx, u.ID, chat.RoleMonitor); err != nil {
			return err
		}
		return leave(ctx, tx, u.ID)
	})
}

func known(u chat.User, err error) (chat.User, error) {
	if errors.Is(err, db.ErrNoRows) {
		return u, fault.New(fault.Invalid, "error-invalid-user", "Invalid user").At("username")
	}
	return u, err
}
