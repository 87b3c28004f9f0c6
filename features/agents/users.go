package agents

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// Member is somebody on the list of agents or managers.
type Member struct {
	chat.User
	Departments []chat.DepartmentID `json:"departments,omitempty"`
	Chats       int64               `json:"chats,omitempty"`     // open, not on hold
	Most        int64               `json:"mostChats,omitempty"` // at the same time, as long as there is a waiting queue; absent: any number
}

// Filter narrows the list of agents or managers.
type Filter struct {
	Role          string
	Text          string // part of name, username or address, case-insensitive
	OnlyAvailable bool
	WithoutIdle   bool // leave out who is offline; bots stay
	Except        chat.UserID
	Monitor       chat.UserID // only who works in a department of his units (tags-units 3.2)
	Offset        int64
	Limit         int64 // 0: all
	Sort          rest.Sort
}

// List returns a page of those who have a role, and how many there are.
func (s *Service) List(ctx context.Context, f Filter) ([]Member, int64, error) {
	users, total, err := list(ctx, s.DB, f, s.Clock.Now())
	if err != nil {
		return nil, 0, err
	}
	members := make([]Member, len(users))
	at := map[chat.UserID]int{}
	for i, u := range users {
		members[i].User, members[i].Most, at[u.ID] = u, most(s.Settings.Current(), u), i
	}
	return members, total, fillMembers(ctx, s.DB, members, at)
}

// most is how many chats an agent may have at once besides his departments' limits; 0:
// any number (RQ-CAP: only while there is a waiting queue, and not for bots).
func most(now *chat.Settings, u chat.User) int64 {
	switch {
	case !now.WaitingQueue || u.Type == chat.RoleBot:
		return 0
	case u.Livechat != nil && u.Livechat.MaxChats > 0:
		return u.Livechat.MaxChats
	}
	return max(0, now.MaxChatsPerAgent)
}

func errNoUser() error { return fault.Text(fault.Invalid, "User not found") }

// sees reports whether an agent is one the actor may know of: a monitor of units only
// himself and who works in a department of them (tags-units 3.2).
func (s *Service) sees(ctx context.Context, by chat.Actor, agent chat.AgentID) (bool, error) {
	if by.Monitor() == "" || agent == by.User {
		return true, nil
	}
	return overseen(ctx, s.DB, by.Monitor(), agent)
}

// Find returns a user who has the role; nil when he lacks it.
func (s *Service) Find(ctx context.Context, id chat.UserID, role string) (*chat.User, error) {
	u, err := user(ctx, s.DB, id, s.Clock.Now())
	if errors.Is(err, db.ErrNoRows) {
		return nil, errNoUser()
	}
	if err != nil || !u.HasRole(role) {
		return nil, err
	}
	u.Roles = nil
	return &u, nil
}

// Add gives a user the role of an agent or a manager; giving it twice changes nothing.
func (s *Service) Add(ctx context.Context, username, role string) (u chat.User, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		id, err := byUsername(ctx, tx, username)
		if errors.Is(err, db.ErrNoRows) {
			return fault.New(fault.Invalid, "error-invalid-user", "Invalid user").At("username")
		}
		if err != nil {
			return err
		}
		if err := s.Roles.Grant(ctx, tx, id, role); err != nil {
			return err
		}
		if role == chat.RoleAgent {
			if err := s.RoleGiven(ctx, tx, id); err != nil {
				return err
			}
		}
		u, err = user(ctx, tx, id, tx.Now())
		return err
	})
	return u, err
}

// Remove takes the role from a user; whoever lacks it stays as he is.
func (s *Service) Remove(ctx context.Context, id chat.UserID, role string) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		_, err := userFacts(ctx, tx, id)
		if errors.Is(err, db.ErrNoRows) {
			return fault.New(fault.Invalid, "error-invalid-user", "Invalid user").At("_id")
		}
		if err != nil {
			return err
		}
		if err := s.Roles.Revoke(ctx, tx, id, role); err != nil || role != chat.RoleAgent {
			return err
		}
		return s.RoleTaken(ctx, tx, id)
	})
}

// Membership is one department of an agent (rest-api.md 4.8).
type Membership struct {
	ID                string            `json:"_id"`
	AgentID           chat.AgentID      `json:"agentId"`
	Username          string            `json:"username"`
	DepartmentID      chat.DepartmentID `json:"departmentId"`
	DepartmentName    string            `json:"departmentName"`
	DepartmentEnabled bool              `json:"departmentEnabled"`
	Count             int64             `json:"count"`
	Order             int64             `json:"order"`
	UpdatedAt         clock.Instant     `json:"_updatedAt"`
}

// Memberships lists the departments of an agent; somebody unknown has none.
func (s *Service) Memberships(ctx context.Context, agent chat.AgentID, enabledOnly bool) ([]Membership, error) {
	return memberships(ctx, s.DB, agent, enabledOnly)
}
