package rooms

import (
	"context"
	"errors"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// unknownFor is how long after a server's start nobody counts as gone: consoles
// connect again (RQ-LV-6).
const unknownFor = time.Minute

// watchAgent begins to wait for an agent who is not there any more, or ends it because
// he is (RQ-LV-1). Who waits for him already goes on from when he left.
func (s *Service) watchAgent(ctx context.Context, agent chat.AgentID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		t := timer{Act: timerLeft, ID: string(agent), Of: tx.Now()}
		settings := s.Settings.Current()
		there, err := isThere(ctx, tx, agent, tx.Now())
		if err != nil {
			return err
		}
		if there || settings.AgentLeaveAction == chat.ActionNone {
			return tx.CancelJob(ctx, timerJob, t.key())
		}
		if waiting, err := pendingTimer(ctx, tx, t.key()); err != nil || waiting {
			return err
		}
		return plan(ctx, tx, t, s.leaveDue(t.Of))
	})
}

// leaveDue is when an agent who left then counts as gone.
func (s *Service) leaveDue(left clock.Instant) clock.Instant {
	return left.Add(inSeconds(max(0, s.Settings.Current().AgentLeaveSeconds)))
}

// left ends, or moves on, the chats of an agent who is gone (RQ-LV-2 to 5). One chat
// that cannot be moved does not keep the others.
func (s *Service) left(ctx context.Context, t timer) error {
	agent := chat.AgentID(t.ID)
	settings := s.Settings.Current()
	now := s.DB.Clock().Now()
	if settings.AgentLeaveAction == chat.ActionNone {
		return nil
	}
	if known := clock.Instant(s.started.Load()).Add(unknownFor); s.started.Load() > 0 && now < known {
		return s.DB.InTx(ctx, func(tx *db.Tx) error { return plan(ctx, tx, t, known) })
	}
	if there, err := isThere(ctx, s.DB, agent, now); err != nil || there {
		return err
	}
	served, err := roomsServedBy(ctx, s.DB, agent)
	if err != nil {
		return err
	}
	var failed []error
	for _, rid := range served {
		told := s.aheadOfMove(ctx, rid, "")
		err := s.DB.InTx(told, func(tx *db.Tx) error { return s.leaveRoom(told, tx, rid, agent) })
		if err != nil && !errors.Is(err, errStale) && !errors.Is(err, db.ErrNoRows) {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// leaveRoom does to one chat of the agent what the setting says.
func (s *Service) leaveRoom(ctx context.Context, tx *db.Tx, rid chat.RoomID, agent chat.AgentID) error {
	l, err := open(ctx, tx, rid)
	if err != nil {
		return err
	}
	if !l.room.Open || servedBy(l.room) != agent {
		return errStale
	}
	if there, err := isThere(ctx, tx, agent, tx.Now()); err != nil || there { // he may have come back meanwhile
		return err
	}
	settings := s.Settings.Current()
	switch {
	case settings.AgentLeaveAction == chat.ActionClose:
		by := chat.UserRef{ID: agent, Username: l.room.ServedBy.Username}
		return s.end(ctx, l, chat.System, Closing{RID: rid, Comment: orSentence(settings.AgentLeaveComment, s.texts().agentLeft), closedFor: &by})
	case settings.AgentLeaveAction == chat.ActionForward && !l.room.OnHold:
		return s.moveOn(ctx, l)
	}
	return errStale
}

// moveOn gives the chat of an agent who is gone to another one, or to its queue (RQ-LV-3).
func (s *Service) moveOn(ctx context.Context, l *ledger) error {
	m, err := s.Router.Move(ctx, l.tx, s.moving(l.room, chat.MoveLeft))
	if err != nil {
		return err
	}
	t := transfer{by: chat.System, scope: scopeQueue, to: m.Department}
	if t.agent, err = s.picked(ctx, l.tx, m.Pick); err != nil {
		return err
	}
	if t.agent != nil {
		t.scope = scopeAgent
	}
	return s.move(ctx, l, t)
}
