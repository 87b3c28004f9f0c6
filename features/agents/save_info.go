package agents

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// Terms are what a manager settles for an agent.
type Terms struct {
	MaxChats    int64 // his own limit; 0 or less: none
	Departments []chat.DepartmentID
}

// Settle gives an agent his limit and makes these departments, and no others, his
// (departments.md 4). Where he stays, his place and counter stay.
func (s *Service) Settle(ctx context.Context, id chat.AgentID, t Terms) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		u, err := user(ctx, tx, id, tx.Now())
		switch {
		case errors.Is(err, db.ErrNoRows):
			return fault.New(fault.Invalid, "error-invalid-user", "Invalid user").At("agentId")
		case err != nil:
			return err
		case !u.HasRole(chat.RoleAgent):
			return fault.New(fault.Invalid, "error-user-is-not-agent", "User is not a livechat agent").At("agentId")
		}
		if err := s.Departments.JoinOnly(ctx, tx, id, t.Departments); err != nil {
			return err
		}
		return s.limit(ctx, tx, id, max(t.MaxChats, 0))
	})
}

// limit stores an agent's own limit. Who can be given chats is announced again: he
// may take more of them now.
func (s *Service) limit(ctx context.Context, tx *db.Tx, id chat.AgentID, most int64) error {
	ready, err := setLimit(ctx, tx, id, most)
	if errors.Is(err, db.ErrNoRows) || err == nil && !ready {
		return nil
	}
	if err != nil {
		return err
	}
	u, err := user(ctx, tx, id, tx.Now())
	if err != nil {
		return err
	}
	return tx.Emit(ctx, chat.AgentChanged{Agent: u, Cause: chat.CauseManager, Ready: true})
}

type postInfo struct {
	AgentID chat.AgentID `json:"agentId" required:"true" minLength:"1" maxLength:"64"`
	Data    struct {
		MaxChats int64 `json:"maxNumberSimultaneousChat" empty:"null" max:"1000000" doc:"The agent's own limit of chats at the same time; 0, less or empty: none."`
	} `json:"agentData" required:"true"`
	Departments []chat.DepartmentID `json:"agentDepartments" required:"true" maxItems:"1000" maxLength:"64" doc:"All of the agent's departments."`
}

func (s *Service) postInfo(ctx context.Context, r postInfo) (struct{}, error) {
	return struct{}{}, s.Settle(ctx, r.AgentID, Terms{MaxChats: r.Data.MaxChats, Departments: r.Departments})
}

// infoRow is the endpoint (rest-api.md 11).
func (s *Service) infoRow() rest.Endpoint {
	return rest.Row("POST", "/api/v1/livechat/agents.saveInfo", rest.All(manageAgents), "Settle an agent's limit and departments.", s.postInfo,
		rest.Tag("agents"), rest.Errors("error-invalid-user", "error-user-is-not-agent", "error-invalid-department"))
}
