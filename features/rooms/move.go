package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
)

// The scopes of transfers (lifecycle 1.9).
const (
	scopeAgent       = "agent"
	scopeDepartment  = "department"
	scopeQueue       = "queue"
	scopeAutoToAgent = "autoTransferUnansweredChatsToAgent"
	scopeAutoToQueue = "autoTransferUnansweredChatsToQueue"
)

// transfer says where a held room goes, and for whom it is told.
type transfer struct {
	by      chat.Actor
	scope   string
	comment string
	to      chat.DepartmentID // where it is afterwards
	meant   chat.DepartmentID // what was asked for when to is its fallback; else empty
	agent   *chat.Taking      // who serves it afterwards; nil: it waits
	wished  chat.AgentID      // who is preferred while it waits
	all     bool              // all memberships end, not only that of who served
	cause   chat.ReturnCause  // why it returns to a queue, where routing did not decide it
}

// before is what a room was when it began to move.
type before struct {
	servedBy   *chat.ServedBy
	department chat.DepartmentID
	userType   string
}

// move carries a transfer out: who served leaves, who serves comes, the history says
// so, or nothing of it happens (INV-15). The transfer is the room's last message.
func (s *Service) move(ctx context.Context, l *ledger, t transfer) error {
	was := before{l.room.ServedBy, l.room.DepartmentID, userType(t.by, l.room)}
	inquiry, left, err := s.release(ctx, l, t)
	if err != nil {
		return err
	}
	t.to = l.room.DepartmentID
	if t.agent != nil {
		if _, err := s.serve(ctx, l, *t.agent); err != nil {
			return err
		}
	}
	if err := s.tell(ctx, l, t, was); err != nil {
		return err
	}
	if err := l.changed(ctx, left...); err != nil {
		return err
	}
	if err := l.tx.Emit(ctx, chat.RoomForwarded{Room: l.room, OldServedBy: was.servedBy, OldDepartment: was.department,
		Scope: t.scope, Seq: l.room.Seq}); err != nil {
		return err
	}
	if t.agent == nil { // told last: lists drop it in the queue it left, then show it in this one
		if err := s.wait(ctx, l, inquiry); err != nil {
			return err
		}
	}
	return l.save(ctx)
}

// release takes a held room from its agent and puts it into the queue of the
// transfer's department; left is whose memberships ended.
func (s *Service) release(ctx context.Context, l *ledger, t transfer) (inquiry chat.Inquiry, left []chat.AgentID, err error) {
	was := l.room.ServedBy
	if err := s.settle(ctx, l, t); err != nil {
		return inquiry, nil, err
	}
	since, moved := l.now(), was == nil && t.by.User == chat.SystemUserID
	if moved || was == nil && t.agent != nil { // it waits on (routing 10.1), or has waited until now
		since = l.room.QueuedAt
	}
	l.room.Requeue(since)
	back := chat.Returning{RID: l.room.ID, Department: l.room.DepartmentID, Since: since, Wished: t.wished, Moved: moved, Cause: t.cause, Actor: t.by.Ref()}
	if was != nil {
		back.By = was.ID
	}
	if inquiry, err = s.Queue.Return(ctx, l.tx, back); err != nil {
		return inquiry, nil, err
	}
	if was == nil {
		return inquiry, nil, nil
	}
	for _, act := range []string{timerUnanswered, timerAbandoned} {
		if err := s.dropTimer(ctx, l.tx, act, string(l.room.ID)); err != nil {
			return inquiry, nil, err
		}
	}
	if t.all {
		left, err = removeMembers(ctx, l.tx, l.room.ID)
	} else {
		left, err = removeMember(ctx, l.tx, l.room.ID, was.ID)
	}
	if err != nil {
		return inquiry, nil, err
	}
	who := chat.UserRef{ID: was.ID, Username: was.Username}
	_, err = l.say(ctx, chat.Message{T: chat.MessageLeft, Msg: was.Username, U: user(who)})
	return inquiry, left, err
}

// settle gives a held room the transfer's department; waiting it comes into one that takes chats.
func (s *Service) settle(ctx context.Context, l *ledger, t transfer) (err error) {
	l.room.DepartmentID = t.to
	if t.agent == nil && t.to != "" {
		if l.room.DepartmentID, err = s.Router.QueueOf(ctx, l.tx, t.to); err != nil {
			return err
		}
	}
	return l.locate(ctx)
}

// wait tells that a held room waits in its queue, and limits for how long.
func (s *Service) wait(ctx context.Context, l *ledger, inquiry chat.Inquiry) error {
	if err := s.planWaited(ctx, l.tx, l.room); err != nil {
		return err
	}
	return l.tx.Emit(ctx, chat.InquiryQueued{Inquiry: inquiry.About(l.room).Lasting(s.Settings.Current().MaxQueueWaitMinutes), Seq: l.room.Seq})
}

// tell writes the transfer into the room's history.
func (s *Service) tell(ctx context.Context, l *ledger, t transfer, was before) error {
	data, err := s.transferData(ctx, l, t, was)
	if err != nil {
		return err
	}
	no := false
	m := chat.Message{T: chat.MessageTransfer, U: user(t.by.Ref()), Groupable: &no}
	if t.by.IsVisitor() {
		m.U, m.Token, m.Alias = visitor(l.room.V), l.room.V.Token, l.room.V.Name
	}
	if t.meant != "" && t.meant != t.to {
		original, err := departmentRef(ctx, l.tx, t.meant)
		if err != nil {
			return err
		}
		fallback := m
		fallback.T, fallback.TransferData = chat.MessageTransferFallback, with(data, "originalDepartment", original)
		if _, err := l.say(ctx, fallback); err != nil {
			return err
		}
	}
	m.TransferData = data
	_, err = l.say(ctx, m)
	return err
}

func with(data map[string]any, key string, value any) map[string]any {
	out := map[string]any{key: value}
	for k, v := range data {
		out[k] = v
	}
	return out
}

func (s *Service) transferData(ctx context.Context, l *ledger, t transfer, was before) (map[string]any, error) {
	by := map[string]any{"_id": t.by.User, "username": t.by.Username, "name": t.by.Name, "userType": was.userType}
	if t.by.IsVisitor() {
		by["_id"], by["username"], by["name"] = l.room.V.ID, l.room.V.Username, l.room.V.Name
	}
	data := map[string]any{"scope": t.scope, "comment": t.comment, "ts": l.now(), "transferredBy": by}
	if t.agent != nil {
		data["transferredTo"] = t.agent.Agent
	}
	if was.department != "" {
		data["previousDepartment"] = was.department
	}
	if t.to != "" && (t.to != was.department || t.scope == scopeDepartment) {
		next, err := departmentRef(ctx, l.tx, t.to)
		if err != nil {
			return nil, err
		}
		data["nextDepartment"] = next
	}
	return data, nil
}

// userType says in transfers who moved the room (LC-FWD-3).
func userType(a chat.Actor, r chat.Room) string {
	switch {
	case a.IsVisitor():
		return "visitor"
	case r.ServedBy != nil && r.ServedBy.ID == a.User:
		return "agent"
	}
	return "user"
}

// locate gives a held room the unit of its department.
func (l *ledger) locate(ctx context.Context) error {
	l.room.DepartmentAncestors = nil
	if l.room.DepartmentID == "" {
		return nil
	}
	unit, err := unitOfDepartment(ctx, l.tx, l.room.DepartmentID)
	if err == nil && unit != "" {
		l.room.DepartmentAncestors = []chat.UnitID{unit}
	}
	return err
}
