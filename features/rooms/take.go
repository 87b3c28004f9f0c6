package rooms

import (
	"cmp"
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

// Take gives a waiting room to an agent: the actor himself, or another one whom
// he names. Of several at once exactly one gets it (LC-TAKE-1 to 9).
func (s *Service) Take(ctx context.Context, a chat.Actor, inquiry chat.InquiryID, agent chat.AgentID) (taken chat.Inquiry, err error) {
	if agent == "" {
		agent = a.User
	}
	if agent != a.User && !chat.MayTakeFor(a) {
		return taken, errNotAllowed()
	}
	who, err := findAgent(ctx, s.DB, agent)
	if errors.Is(err, db.ErrNoRows) {
		return taken, fault.New(fault.Invalid, "error-invalid-agent", "Invalid agent")
	} else if err != nil {
		return taken, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) (err error) {
		taken, err = s.take(ctx, tx, a, inquiry, chat.Taking{Agent: who, By: a.Ref(), Method: "manual"})
		return err
	})
	return taken, err
}

func (s *Service) take(ctx context.Context, tx *db.Tx, a chat.Actor, inquiry chat.InquiryID, t chat.Taking) (chat.Inquiry, error) {
	none := fault.New(fault.Invalid, "error-not-found", "Inquiry not found")
	rid, err := roomOfInquiry(ctx, tx, inquiry)
	if errors.Is(err, db.ErrNoRows) {
		return chat.Inquiry{}, none
	} else if err != nil {
		return chat.Inquiry{}, err
	}
	l, err := open(ctx, tx, rid)
	switch {
	case errors.Is(err, db.ErrNoRows) || err == nil && !l.room.Open:
		return chat.Inquiry{}, none
	case err != nil:
		return chat.Inquiry{}, err
	case l.room.ServedBy != nil && l.room.ServedBy.ID == t.Agent.ID: // LC-TAKE-2: already his
		return chat.Inquiry{ID: inquiry, TS: l.room.TS, Status: chat.StatusTaken, TakenAt: l.room.ServedBy.TS,
			UpdatedAt: l.room.UpdatedAt}.About(l.room), nil
	}
	if t.Agent.ID != a.User { // permissions.md 5: a monitor places only chats of his units
		if facts, err := s.facts(ctx, tx, l.room, a); err != nil || !chat.MaySeeQueue(a, facts) {
			return chat.Inquiry{}, cmp.Or(err, error(none))
		}
	}
	if l.room.Verifying {
		return chat.Inquiry{}, errUnverified() // LC-TAKE-4
	}
	if err := s.Contacts.Admit(ctx, tx, l.room); err != nil {
		return chat.Inquiry{}, err
	}
	if err := s.Router.Ready(ctx, tx, chat.Serving{Agent: t.Agent.ID, Room: l.room, Act: chat.ActTake}); err != nil {
		return chat.Inquiry{}, err
	}
	if err := l.locate(ctx); err != nil {
		return chat.Inquiry{}, err
	}
	t.Reason = "Taken by " + t.Agent.Username
	if t.By.ID != t.Agent.ID {
		t.Reason = "Assigned to " + t.Agent.Username + " by " + t.By.Username
	}
	taken, err := s.serve(ctx, l, t)
	if err != nil {
		return taken, err
	}
	return taken, l.save(ctx)
}

// Assign gives a waiting room to whom the router picks; false when it no longer
// waits or nobody is there.
func (s *Service) Assign(ctx context.Context, rid chat.RoomID) (assigned bool, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		assigned = false
		l, err := open(ctx, tx, rid)
		if errors.Is(err, db.ErrNoRows) || err == nil && (!l.room.Open || l.room.Verifying || l.room.ServedBy != nil) {
			return nil
		} else if err != nil {
			return err
		}
		pick, err := s.Router.Pick(ctx, tx, chat.Inquiry{}.About(l.room))
		assigned = pick.Agent != ""
		switch {
		case err != nil:
			return err
		case pick.Department != l.room.DepartmentID:
			return s.fallBack(ctx, l, pick)
		case !assigned:
			return nil
		}
		if err := l.locate(ctx); err != nil {
			return err
		}
		if err := s.assign(ctx, l, pick); err != nil {
			return err
		}
		return l.save(ctx)
	})
	return assigned && err == nil, err
}

// fallBack brings a waiting room, and its visitor, to the department that stands in for
// its own (RQ-DEP-5), or to the public queue when its own takes no chats any more.
func (s *Service) fallBack(ctx context.Context, l *ledger, p chat.Pick) error {
	t := transfer{by: chat.System, scope: scopeDepartment, to: p.Department}
	if p.Department == "" {
		t.scope = scopeQueue
	}
	var err error
	if t.agent, err = s.picked(ctx, l.tx, p); err != nil {
		return err
	}
	if err := s.move(ctx, l, t); err != nil || p.Department == "" {
		return err
	}
	return s.Guests.Settle(ctx, l.tx, l.room.V.ID, p.Department)
}

// assign gives a held room to the agent who was picked.
func (s *Service) assign(ctx context.Context, l *ledger, p chat.Pick) error {
	t, err := s.picked(ctx, l.tx, p)
	if err != nil {
		return err
	}
	_, err = s.serve(ctx, l, *t)
	return err
}

// picked is the taking of the agent whom routing picked; nil when it picked nobody.
func (s *Service) picked(ctx context.Context, q db.Querier, p chat.Pick) (*chat.Taking, error) {
	if p.Agent == "" {
		return nil, nil
	}
	who, err := findAgent(ctx, q, p.Agent)
	return &chat.Taking{Agent: who, By: chat.System.Ref(), Method: p.Method, Reason: p.Reason, Decision: p.Decision}, err
}

// serve hands a held room over: inquiry, room, membership and messages in one
// transaction (LC-TAKE-7, 8, 9).
func (s *Service) serve(ctx context.Context, l *ledger, t chat.Taking) (chat.Inquiry, error) {
	t.RID = l.room.ID
	inquiry, err := s.Queue.Take(ctx, l.tx, t)
	if err != nil {
		return inquiry, err
	}
	l.room.Serve(t.Agent, l.now())
	if err := s.planServed(ctx, l.tx, l.room); err != nil {
		return inquiry, err
	}
	inquiry = inquiry.About(l.room)
	if _, err := l.admit(ctx, t.Agent); err != nil {
		return inquiry, err
	}
	view, err := s.viewAgent(ctx, l.tx, t.Agent.ID)
	if err != nil {
		return inquiry, err
	}
	seq := l.number()
	if err := l.note(ctx, change{seq, changeTaken, chat.RoomTaken{
		Room: l.room, Inquiry: inquiry, Agent: view, By: t.By, Reason: t.Reason, Seq: seq}}); err != nil {
		return inquiry, err
	}
	for _, m := range []chat.Message{
		{T: chat.MessageCommand, Msg: chat.CommandConnected, U: user(t.Agent)},
		{T: chat.MessageJoined, Msg: t.Agent.Username, U: user(t.Agent)},
	} {
		if _, err := l.say(ctx, m); err != nil {
			return inquiry, err
		}
	}
	return inquiry, nil
}

// admit makes a user a member of the held room; he has read nothing yet.
func (l *ledger) admit(ctx context.Context, u chat.UserRef) (bool, error) {
	return insertMember(ctx, l.tx, member{chat.SubscriptionID(id.New()), l.room, u.ID})
}

// viewAgent is the agent as visitors may see him by the settings.
func (s *Service) viewAgent(ctx context.Context, q db.Querier, agent chat.AgentID) (chat.AgentView, error) {
	settings := s.Settings.Current()
	if !settings.ShowAgentInfo {
		return chat.AgentView{Hidden: true}, nil
	}
	view, err := agentView(ctx, q, agent, s.DB.Clock().Now())
	if !settings.ShowAgentEmail {
		view.Emails = nil
	}
	return view, err
}

// Join makes the actor a member of an open room without serving it.
func (s *Service) Join(ctx context.Context, a chat.Actor, rid chat.RoomID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, facts, err := s.openVisible(ctx, tx, a, rid)
		switch {
		case err != nil || facts.Open && facts.Member:
			return err
		case !facts.Open:
			return errRoomClosed()
		case facts.Verifying:
			return errUnverified()
		case !chat.MayJoin(a, facts):
			return errNotAllowed()
		}
		if err := s.Router.Ready(ctx, tx, chat.Serving{Agent: a.User, Room: l.room, Act: chat.ActJoin}); err != nil {
			return err
		}
		if _, err := l.admit(ctx, a.Ref()); err != nil {
			return err
		}
		if _, err := l.say(ctx, chat.Message{T: chat.MessageJoined, Msg: a.Username, U: user(a.Ref())}); err != nil {
			return err
		}
		return l.save(ctx)
	})
}

// Return gives a served room back to the queue, of its own or another department;
// false when nobody served it (LC-RET-1 to 3).
func (s *Service) Return(ctx context.Context, a chat.Actor, rid chat.RoomID, department chat.DepartmentID) (returned bool, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, facts, err := s.openVisible(ctx, tx, a, rid)
		returned = facts.Open && facts.ServedBy != ""
		switch {
		case err != nil:
			return err
		case !facts.Open:
			return errRoomClosed()
		case !returned:
			return nil
		case l.room.OnHold:
			return errOnHold()
		case !chat.MayReturn(a, facts):
			return errNotAllowed()
		}
		t := transfer{by: a, scope: scopeQueue, to: l.room.DepartmentID, all: true, cause: chat.ReturnGiven}
		if department != "" {
			if err := departmentExists(ctx, tx, department); err != nil {
				return err
			}
			t.to = department
		}
		return s.move(ctx, l, t)
	})
	return returned && err == nil, err
}
