package departments

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Link is an agent's place in a department; nil keeps what he has, or is a newcomer's.
type Link struct {
	AgentID chat.AgentID `json:"agentId" required:"true" minLength:"1" maxLength:"64"`
	Count   *int64       `json:"count" empty:"null" doc:"Round-robin counter; the smallest is next."`
	Order   *int64       `json:"order" empty:"null" doc:"Rank among equal counters."`
}

// The actions of chat.MembershipChanged.
const (
	inserted = "inserted"
	updated  = "updated"
	removed  = "removed"
)

// SetAgents removes agents from a department and then adds or changes others.
func (s *Service) SetAgents(ctx context.Context, id chat.DepartmentID, upsert []Link, remove []chat.AgentID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if _, err := lock(ctx, tx, id); err != nil {
			return known(err, errUnknown())
		}
		for _, agent := range remove {
			if err := s.drop(ctx, tx, id, agent); err != nil {
				return err
			}
		}
		if err := s.link(ctx, tx, id, upsert); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.DepartmentChanged{Department: id})
	})
}

// link adds agents to a department, or changes their places (departments.md 3).
func (s *Service) link(ctx context.Context, tx *db.Tx, id chat.DepartmentID, links []Link) error {
	for _, l := range links {
		if err := s.put(ctx, tx, id, l); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) put(ctx context.Context, tx *db.Tx, id chat.DepartmentID, l Link) error {
	if err := mustBeAgent(ctx, tx, l.AgentID); err != nil {
		return err
	}
	was, err := rankOf(ctx, tx, id, l.AgentID)
	if err != nil || was.member && l.Order == nil && l.Count == nil {
		return err
	}
	order := was.order
	if l.Order != nil {
		order = *l.Order
	}
	if err := putMember(ctx, tx, id, l.AgentID, order); err != nil {
		return err
	}
	if err := s.Turns.Set(ctx, tx, id, l.AgentID, l.Count); err != nil {
		return err
	}
	action := inserted
	if was.member {
		action = updated
	}
	return tx.Emit(ctx, chat.MembershipChanged{Department: id, Agent: l.AgentID, Action: action})
}

func mustBeAgent(ctx context.Context, tx *db.Tx, u chat.AgentID) error {
	known, agent, err := person(ctx, tx, u)
	switch {
	case err != nil:
		return err
	case !known:
		return fault.New(fault.Invalid, "error-invalid-user", "There is no user "+string(u)).At("agentId")
	case !agent:
		return fault.New(fault.Invalid, "error-user-is-not-agent", "The user "+string(u)+" is not an agent").At("agentId")
	}
	return nil
}

// drop ends a membership; somebody who is no member stays none.
func (s *Service) drop(ctx context.Context, tx *db.Tx, id chat.DepartmentID, agent chat.AgentID) error {
	was, err := dropMember(ctx, tx, id, agent)
	if err != nil || !was {
		return err
	}
	if err := s.Turns.Drop(ctx, tx, id, agent); err != nil {
		return err
	}
	return tx.Emit(ctx, chat.MembershipChanged{Department: id, Agent: agent, Action: removed})
}

// Leave ends all memberships of an agent (lifecycle 2.3: the role was taken away).
func (s *Service) Leave(ctx context.Context, tx *db.Tx, agent chat.AgentID) error {
	return s.JoinOnly(ctx, tx, agent, nil)
}

// JoinOnly makes these departments, and no others, those of an agent. Where he
// stays, his place and counter stay.
func (s *Service) JoinOnly(ctx context.Context, tx *db.Tx, agent chat.AgentID, departments []chat.DepartmentID) error {
	had, err := departmentsOf(ctx, tx, agent)
	if err != nil {
		return err
	}
	for _, id := range had {
		if slices.Contains(departments, id) {
			continue
		}
		if err := s.drop(ctx, tx, id, agent); err != nil {
			return err
		}
		if err := tx.Emit(ctx, chat.DepartmentChanged{Department: id}); err != nil {
			return err
		}
	}
	return s.join(ctx, tx, agent, departments, had)
}

func (s *Service) join(ctx context.Context, tx *db.Tx, agent chat.AgentID, departments, had []chat.DepartmentID) error {
	for _, id := range departments {
		if slices.Contains(had, id) {
			continue
		}
		had = append(had, id)
		if _, err := lock(ctx, tx, id); err != nil {
			return known(err, fault.New(fault.Invalid, "error-invalid-department", "There is no department "+string(id)).At("agentDepartments"))
		}
		if err := s.put(ctx, tx, id, Link{AgentID: agent}); err != nil {
			return err
		}
		if err := tx.Emit(ctx, chat.DepartmentChanged{Department: id}); err != nil {
			return err
		}
	}
	return nil
}
