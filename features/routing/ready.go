package routing

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Ready refuses an agent who is not there to serve (LC-TAKE-3) or has as many chats
// as he may have (RQ-CAP-1). Who joins need be no agent, nor there: he is.
func (s *Service) Ready(ctx context.Context, tx *db.Tx, w chat.Serving) error {
	l := s.look(nil, tx, KindTake, chat.Inquiry{RID: w.Room.ID, Department: w.Room.DepartmentID})
	if l.c.Rules.WaitingQueue {
		if err := oneAtATime(ctx, tx); err != nil {
			return err
		}
	}
	at := l.at
	at.strict, at.department, at.only, at.more = false, w.Room.DepartmentID, true, []chat.AgentID{w.Agent}
	found, err := roster(ctx, tx, at)
	if err != nil {
		return err
	}
	if w.Act != chat.ActJoin && (len(found) == 0 || found[0].Out != "") {
		return notThere(w.Act)
	}
	if len(found) == 0 || !l.c.Rules.WaitingQueue {
		return nil
	}
	if found[0].Load, found[0].Local, err = loadOf(ctx, tx, at); err != nil {
		return err
	}
	if w.Act != chat.ActForward && w.Room.DepartmentID != "" {
		if l.c.Limit, err = departmentLimit(ctx, tx, w.Room.DepartmentID); err != nil {
			return err
		}
	}
	if _, _, full := l.c.full(found[0]); full {
		return fault.New(fault.Invalid, "error-max-number-simultaneous-chats-reached", "The agent has as many chats as allowed")
	}
	return nil
}

func notThere(act chat.ServingAct) error {
	if act == chat.ActForward {
		return fault.New(fault.Invalid, errWishedOffline, "The agent is not available")
	}
	return fault.New(fault.Invalid, "error-agent-status-service-offline", "Agent status is offline or Omnichannel service is not active")
}
