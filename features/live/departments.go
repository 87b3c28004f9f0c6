package live

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

type (
	// MembershipData goes with "departmentAgentData", to the agent concerned. Of a
	// membership that ended only its two ids are left.
	MembershipData struct {
		Action            string            `json:"action" enum:"inserted,updated,removed"`
		ID                string            `json:"_id"`
		DepartmentID      chat.DepartmentID `json:"departmentId"`
		AgentID           chat.AgentID      `json:"agentId"`
		Username          string            `json:"username,omitempty"`
		Count             int64             `json:"count"`
		Order             int64             `json:"order"`
		DepartmentEnabled bool              `json:"departmentEnabled"`
		UpdatedAt         clock.Instant     `json:"_updatedAt,omitzero"`
	}
	// DepartmentData goes with "department.changed", to all staff.
	DepartmentData struct {
		ID      chat.DepartmentID `json:"_id"`
		Removed bool              `json:"removed"`
	}
)

// Who hears which queue depends on the departments people are in.

func (s *Service) membershipChanged(ctx context.Context, _ string, e chat.MembershipChanged) error {
	if err := s.tell(ctx, e); err != nil {
		return err
	}
	data, err := s.membership(ctx, e)
	if err != nil {
		return err
	}
	return s.push(ctx, "departmentAgentData", data, user(e.Agent))
}

// membership is the link as it is now; it may have gone since the event.
func (s *Service) membership(ctx context.Context, e chat.MembershipChanged) (MembershipData, error) {
	link := MembershipData{Action: e.Action, ID: string(e.Department) + ":" + string(e.Agent), DepartmentID: e.Department, AgentID: e.Agent}
	err := s.readMembership(ctx, &link)
	if errors.Is(err, db.ErrNoRows) {
		err, link.Action = nil, "removed"
	}
	return link, err
}

func (s *Service) departmentChanged(ctx context.Context, _ string, e chat.DepartmentChanged) error {
	if err := s.tell(ctx, e); err != nil {
		return err
	}
	return s.push(ctx, "department.changed", DepartmentData{e.Department, e.Removed}, staff)
}
