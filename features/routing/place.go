package routing

import (
	"context"
	"errors"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// eligible is a department a chat without one may go to.
type eligible struct {
	ID        chat.DepartmentID
	Available bool // somebody is there
}

// department chooses among the eligible ones, which are sorted by name: none is
// the public queue, a single one gets the chat whether somebody is there or not, of
// several the first with somebody there (RQ-DEP-2).
func department(all []eligible) chat.DepartmentID {
	if len(all) == 1 {
		return all[0].ID
	}
	for _, d := range all {
		if d.Available {
			return d.ID
		}
	}
	return ""
}

// errNobody is the answer when a chat may not even wait (lifecycle 4.3).
func errNobody() error {
	return fault.New(fault.Invalid, "no-agent-online", "Sorry, no online agents")
}

// Place settles where a new inquiry goes and who takes it now (lifecycle 4.2, 4.3).
// Picks are serialised until the transaction ends: of chats that open at once none
// sees an agent as idle whom another is about to give a chat (PT-RR-3).
func (s *Service) Place(ctx context.Context, tx *db.Tx, i chat.Inquiry) (chat.Inquiry, chat.Pick, error) {
	settings := s.Settings.Current()
	if err := s.oneAtATime(ctx, tx); err != nil {
		return i, chat.Pick{}, err
	}
	wished, err := s.wished(ctx, tx, i)
	if err != nil {
		return i, chat.Pick{}, err
	}
	i.DefaultAgent = wished
	if i.Department, err = s.settle(ctx, tx, i); err != nil {
		return i, chat.Pick{}, err
	}
	found, err := candidates(ctx, tx, s.ask(tx, i))
	if err != nil {
		return i, chat.Pick{}, err
	}
	if wished == nil && len(found) == 0 && !settings.AcceptChatsWithNoAgents {
		return i, chat.Pick{}, errNobody()
	}
	pick := s.choose(wished, found)
	if pick.Agent == "" {
		err = insertDecision(ctx, tx, i.RID, pick)
	}
	return i, pick, err
}

// wished is the agent the visitor asked for, if he is there; if not, the wish is
// dropped or, when chats may not wait, refused (LC-START-4, RQ-ACC-3).
func (s *Service) wished(ctx context.Context, tx *db.Tx, i chat.Inquiry) (*chat.DefaultAgent, error) {
	if i.DefaultAgent == nil {
		return nil, nil
	}
	username, err := present(ctx, tx, i.DefaultAgent.AgentID, s.ask(tx, i))
	if errors.Is(err, db.ErrNoRows) && s.Settings.Current().AcceptChatsWithNoAgents {
		return nil, nil
	} else if errors.Is(err, db.ErrNoRows) {
		return nil, errNobody()
	} else if err != nil {
		return nil, err
	}
	return &chat.DefaultAgent{AgentID: i.DefaultAgent.AgentID, Username: username}, nil
}

// settle is the department of a new inquiry: the visitor's if it takes chats, else
// chosen, unless somebody was asked for (lifecycle 4.2).
func (s *Service) settle(ctx context.Context, tx *db.Tx, i chat.Inquiry) (chat.DepartmentID, error) {
	if i.Department != "" {
		if ok, err := takesChats(ctx, tx, i.Department); ok || err != nil {
			return i.Department, err
		}
	}
	if i.DefaultAgent != nil {
		return "", nil
	}
	all, err := eligibleDepartments(ctx, tx, s.ask(tx, i))
	return department(all), err
}

func (s *Service) choose(wished *chat.DefaultAgent, found []Candidate) chat.Pick {
	switch {
	case s.Settings.Current().RoutingMethod != chat.RoutingAuto:
		return chat.Pick{Method: chat.RoutingManual, Reason: "Waits until an agent takes it"}
	case wished != nil:
		return chat.Pick{Agent: wished.AgentID, Method: chat.RoutingAuto, Reason: wished.Username + " was asked for"}
	}
	return leastBusy(found)
}

// Pick chooses an agent for an inquiry that waits; nobody under Manual_Selection.
func (s *Service) Pick(ctx context.Context, tx *db.Tx, i chat.Inquiry) (chat.Pick, error) {
	if s.Settings.Current().RoutingMethod != chat.RoutingAuto {
		return chat.Pick{}, nil
	}
	if err := s.oneAtATime(ctx, tx); err != nil {
		return chat.Pick{}, err
	}
	found, err := candidates(ctx, tx, s.ask(tx, i))
	if err != nil {
		return chat.Pick{}, err
	}
	return leastBusy(found), nil
}

// Ready refuses an agent who is not there to serve (LC-TAKE-3).
func (s *Service) Ready(ctx context.Context, tx *db.Tx, w chat.Serving) error {
	_, err := present(ctx, tx, w.Agent, s.ask(tx, chat.Inquiry{}))
	if errors.Is(err, db.ErrNoRows) {
		return fault.New(fault.Invalid, "error-agent-status-service-offline", "Agent status is offline or Omnichannel service is not active")
	}
	return err
}

// Move settles where a room goes that is forwarded to a department or loses its agent.
func (s *Service) Move(ctx context.Context, tx *db.Tx, m chat.Moving) (chat.Move, error) {
	i := m.Inquiry
	if m.To != "" {
		i.Department = m.To
	}
	found, err := candidates(ctx, tx, s.ask(tx, i))
	if err != nil {
		return chat.Move{}, err
	}
	found = slices.DeleteFunc(found, func(c Candidate) bool { return c.ID == m.From })
	return chat.Move{Department: i.Department, Pick: leastBusy(found)}, nil
}

// oneAtATime makes picks wait for each other until the end of their transactions.
func (s *Service) oneAtATime(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Next(ctx, "routing.pick")
	return err
}

func (s *Service) ask(tx *db.Tx, i chat.Inquiry) question {
	return question{now: tx.Now(), idle: s.Settings.Current().EnabledWhenAgentIdle, department: i.Department, room: i.RID}
}
