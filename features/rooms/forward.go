package rooms

import (
	"context"
	"errors"
	"unicode/utf8"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Forwarding sends a room on to an agent, or to a department, where the agent is then
// only a wish.
type Forwarding struct {
	RID        chat.RoomID
	Agent      chat.AgentID
	Department chat.DepartmentID
	Comment    string
	ByClient   bool // a person at a screen, who is told exactly what stands in the way
}

func errOnHold() error { return fault.New(fault.Invalid, "error-room-onHold", "") }

const (
	codeFull   = "error-max-number-simultaneous-chats-reached"
	textClosed = "This_conversation_is_already_closed"
)

// Forward moves an open room, or fails and changes nothing (LC-FWD-1 to 3, INV-15).
func (s *Service) Forward(ctx context.Context, a chat.Actor, f Forwarding) error {
	if f.Agent == "" && f.Department == "" {
		return fault.New(fault.Invalid, "error-no-target", "An agent or a department is needed")
	}
	if utf8.RuneCountInString(f.Comment) > s.Settings.Current().AgentMessageLimit() {
		return errTooLong()
	}
	if f.Department != "" {
		ctx = s.aheadOfForward(ctx, a, f.RID, f.Department)
	}
	return s.Router.Refused(ctx, s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, facts, err := s.openVisible(ctx, tx, a, f.RID)
		switch {
		case err != nil:
			return err
		case !facts.Open:
			return fault.Text(fault.Invalid, textClosed)
		case !chat.MayForward(a, facts):
			return errNotAllowed()
		case f.Department != "":
			return s.toDepartment(ctx, l, a, f)
		}
		return s.toAgent(ctx, l, a, f)
	}))
}

// ChangeDepartment forwards a visitor's own open room where he wants it (LC-FWD-4).
func (s *Service) ChangeDepartment(ctx context.Context, a chat.Actor, rid chat.RoomID, to chat.DepartmentID) error {
	ctx = s.aheadOfForward(ctx, a, rid, to)
	return s.Router.Refused(ctx, s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, err := open(ctx, tx, rid)
		switch {
		case errors.Is(err, db.ErrNoRows) || err == nil && l.room.V.ID != a.Visitor:
			return errInvalidRoom()
		case err != nil:
			return err
		case !l.room.Open:
			return errRoomClosed()
		case !s.Settings.Current().AllowSwitchingDepartments:
			return errNotAllowed()
		}
		if err := s.toDepartment(ctx, l, a, Forwarding{RID: rid, Department: to}); err != nil {
			return err
		}
		return s.Guests.Settle(ctx, tx, a.Visitor, l.room.DepartmentID)
	}))
}

// toAgent gives a held room to another agent, in the department it is in (lifecycle 7.2).
func (s *Service) toAgent(ctx context.Context, l *ledger, a chat.Actor, f Forwarding) error {
	if l.room.OnHold {
		return errOnHold()
	}
	if l.room.Verifying {
		return errUnverified()
	}
	err := s.Router.Ready(ctx, l.tx, chat.Serving{Agent: f.Agent, Room: l.room, Act: chat.ActForward})
	full := fault.Has(err, codeFull)
	switch {
	case err != nil && !full:
		return err
	case l.room.ServedBy != nil && l.room.ServedBy.ID == f.Agent:
		return fault.New(fault.Invalid, "error-selected-agent-room-agent-are-same", "The selected agent and the room's agent are the same")
	case full && f.ByClient:
		return err
	case full:
		return fault.New(fault.Invalid, "error-forwarding-chat", "")
	}
	who, err := findAgent(ctx, l.tx, f.Agent)
	if err != nil {
		return err
	}
	return s.move(ctx, l, transfer{by: a, scope: scopeAgent, comment: f.Comment, to: l.room.DepartmentID,
		agent: &chat.Taking{Agent: who, By: a.Ref(), Method: "manual", Reason: "Forwarded to " + who.Username + " by " + a.Username}})
}

// toDepartment moves a held room to another department, where routing chooses who
// serves it or lets it wait (lifecycle 7.3).
func (s *Service) toDepartment(ctx context.Context, l *ledger, a chat.Actor, f Forwarding) error {
	if l.room.OnHold {
		return errOnHold()
	}
	if l.room.Verifying {
		return errUnverified()
	}
	m, err := s.Router.Move(ctx, l.tx, chat.Moving{Inquiry: chat.Inquiry{}.About(l.room), From: servedBy(l.room),
		To: f.Department, Wished: f.Agent, Cause: chat.MoveForward})
	if err != nil {
		return err
	}
	t := transfer{by: a, scope: scopeDepartment, comment: f.Comment, to: m.Department, meant: f.Department, wished: m.Wished}
	if t.agent, err = s.picked(ctx, l.tx, m.Pick); err != nil {
		return err
	}
	if t.agent != nil && !a.IsVisitor() {
		t.agent.By = a.Ref()
	}
	return s.move(ctx, l, t)
}

// servedBy is who serves the room, or "".
func servedBy(r chat.Room) chat.AgentID {
	if r.ServedBy == nil {
		return ""
	}
	return r.ServedBy.ID
}
