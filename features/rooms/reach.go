package rooms

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

// Reach returns the open room that a mail belongs into: the visitor's open one of this
// inbox, else the one that shares its thread, opened again if it is closed, else a new one
// (LC-REO-2, LC-REO-4).
func (s *Service) Reach(ctx context.Context, want chat.Reaching) (r chat.Room, err error) {
	if !s.Settings.Current().LivechatEnabled {
		return r, errDisabled()
	}
	for range openTries {
		r, err = findOpenOn(ctx, s.DB, want.Visitor, want.Source)
		switch {
		case err == nil:
			err = s.join(ctx, r.ID, want.Email.Thread)
		case !errors.Is(err, db.ErrNoRows):
		case want.Room != "":
			r, err = s.reopened(ctx, want)
			if errors.Is(err, errStale) { // it is another visitor's by now, or gone
				want.Room = ""
			}
		default:
			email := want.Email
			r, err = s.opened(ctx, Opening{Visitor: want.Visitor, Source: want.Source, Email: &email})
		}
		if !errors.Is(err, errOpenAlready) && !errors.Is(err, errStale) {
			return r, err
		}
	}
	return r, fault.New(fault.Unavailable, "error-room-cannot-be-opened-try-again", "")
}

// join notes the ids of further mails of an open room; errStale when it is closed.
func (s *Service) join(ctx context.Context, rid chat.RoomID, thread []string) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, err := open(ctx, tx, rid)
		if errors.Is(err, db.ErrNoRows) || err == nil && !l.room.Open {
			return errStale
		} else if err != nil {
			return err
		}
		return l.join(ctx, thread)
	})
}

func (l *ledger) join(ctx context.Context, thread []string) error {
	if l.room.Email == nil || !l.room.Email.Join(thread) {
		return nil
	}
	return l.save(ctx)
}

// reopened opens a closed room again, for its former agent if he is there (LC-REO-3).
func (s *Service) reopened(ctx context.Context, want chat.Reaching) (r chat.Room, err error) {
	ctx = s.aheadOfOpening(ctx, Opening{Visitor: want.Visitor})
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, err := open(ctx, tx, want.Room)
		switch {
		case errors.Is(err, db.ErrNoRows) || err == nil && l.room.V.ID != want.Visitor:
			return errStale
		case err != nil || l.room.Open: // LC-REO-4
			return err
		}
		return s.reopen(ctx, l, want.Email.Thread)
	})
	if db.IsUnique(err) {
		return r, errOpenAlready
	} else if err != nil {
		return r, err
	}
	return findRoom(ctx, s.DB, want.Room)
}

func (s *Service) reopen(ctx context.Context, l *ledger, thread []string) error {
	v, err := findVisitor(ctx, l.tx, byID, l.room.V.ID)
	if errors.Is(err, db.ErrNoRows) {
		return errStale
	} else if err != nil {
		return err
	}
	if l.room.ContactID, err = s.Contacts.Begin(ctx, l.tx, v, l.room); err != nil {
		return err
	}
	former := servedBy(l.room)
	l.room.Reopen(l.now())
	if l.room.Verifying, err = s.Contacts.Awaits(ctx, l.tx, l.room); err != nil {
		return err
	}
	inquiry := chat.Inquiry{ID: chat.InquiryID(id.New()), TS: l.tx.Now(), QueuedAt: l.room.QueuedAt,
		Status: chat.StatusQueued, UpdatedAt: l.tx.Now()}.About(l.room)
	if former != "" {
		inquiry.DefaultAgent = &chat.DefaultAgent{AgentID: former, Why: chat.PreferFormer}
	}
	if l.room.Verifying {
		err = s.awaitAgain(ctx, l, inquiry)
	} else {
		err = s.placeAgain(ctx, l, inquiry)
	}
	if err != nil {
		return err
	}
	if l.room.Email != nil {
		l.room.Email.Join(thread)
	}
	return l.save(ctx)
}

// placeAgain is place for a room that is opened again.
func (s *Service) placeAgain(ctx context.Context, l *ledger, inquiry chat.Inquiry) error {
	if err := s.onlyIfReady(ctx, l, &inquiry); err != nil {
		return err
	}
	inquiry, pick, err := s.Router.Place(ctx, l.tx, inquiry)
	if err != nil {
		return err
	}
	if err := s.placed(ctx, l, inquiry); err != nil {
		return err
	}
	if err := s.startAgain(ctx, l, inquiry); err != nil {
		return err
	}
	return s.deal(ctx, l, inquiry, pick)
}

// awaitAgain is await for a room that is opened again.
func (s *Service) awaitAgain(ctx context.Context, l *ledger, inquiry chat.Inquiry) error {
	inquiry, err := s.held(ctx, l, inquiry)
	if err != nil {
		return err
	}
	if err := s.startAgain(ctx, l, inquiry); err != nil {
		return err
	}
	return s.planWaited(ctx, l.tx, l.room)
}

// startAgain is start for a room that is opened again: its history goes on.
func (s *Service) startAgain(ctx context.Context, l *ledger, inquiry chat.Inquiry) error {
	if err := s.Queue.Enter(ctx, l.tx, inquiry); err != nil {
		return err
	}
	if err := l.changed(ctx); err != nil {
		return err
	}
	return l.tx.Emit(ctx, chat.RoomReopened{Room: l.room, Seq: l.room.Seq})
}

// onlyIfReady prefers the former agent of a room that was opened again only if he could
// serve it now (LC-REO-3).
func (s *Service) onlyIfReady(ctx context.Context, l *ledger, i *chat.Inquiry) error {
	a := i.DefaultAgent
	if a == nil || a.Why != chat.PreferFormer {
		return nil
	}
	err := s.Router.Ready(ctx, l.tx, chat.Serving{Agent: a.AgentID, Room: l.room, Act: chat.ActTake})
	if _, told := fault.Of(err); told {
		i.DefaultAgent, err = nil, nil
	}
	return err
}

// Mailed notes what became of a mail that a message was sent as, and tells the agents when
// it did not work.
func (s *Service) Mailed(ctx context.Context, tx *db.Tx, message chat.MessageID, state chat.SendState, why string) error {
	m, err := findMessage(ctx, tx, message, "")
	if errors.Is(err, db.ErrNoRows) || err == nil && m.Email == nil {
		return nil
	} else if err != nil {
		return err
	}
	l, err := open(ctx, tx, m.RID)
	if err != nil {
		return err
	}
	if m, err = findMessage(ctx, tx, message, l.room.V.Token); err != nil { // as it is now that the room is held
		return err
	}
	email := *m.Email
	email.State, email.Error = state, why
	m.Email, m.UpdatedAt = &email, tx.Now()
	if err := updateExtra(ctx, tx, m); err != nil {
		return err
	}
	if err := l.revised(ctx, m, false); err != nil {
		return err
	}
	if state == chat.MailFailed && l.room.Open {
		notice := chat.MessageEmail{To: email.To, Error: why, Quotes: m.ID, Notice: chat.NoticeNotSent}
		if err := s.notice(ctx, l, "", notice); err != nil {
			return err
		}
	}
	return l.save(ctx)
}

// Notice tells the agents of an open room, once for an id, what did not work with a mail.
func (s *Service) Notice(ctx context.Context, rid chat.RoomID, message chat.MessageID, e chat.MessageEmail) error {
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, err := open(ctx, tx, rid)
		if err != nil || !l.room.Open {
			return err
		}
		if err := s.notice(ctx, l, message, e); err != nil {
			return err
		}
		return l.save(ctx)
	})
	if errors.Is(err, errRepeated) || errors.Is(err, db.ErrNoRows) {
		return nil
	}
	return err
}

func (s *Service) notice(ctx context.Context, l *ledger, message chat.MessageID, e chat.MessageEmail) error {
	t := s.texts()
	text := fmt.Sprintf(t.leftOut, e.Subject)
	switch {
	case e.Notice == chat.NoticeNotSent:
		text = fmt.Sprintf(t.notMailed, e.To)
	case e.Error == chat.MailCut:
		text = t.cutOff
	case e.Error == chat.MailCrowded:
		text = t.crowded
	}
	if _, answer, told := strings.Cut(e.Error, ": "); told { // a code is for programs, a server's own words are for all
		text += ": " + answer
	}
	_, err := l.say(ctx, chat.Message{ID: message, T: chat.MessageMail, Msg: text, U: user(chat.System.Ref()), MessageExtra: chat.MessageExtra{Email: &e}})
	return err
}

// Mailing makes a stored message of an open room one that is sent as a mail: as says how.
func (s *Service) Mailing(ctx context.Context, tx *db.Tx, a chat.Actor, message chat.MessageID, as func(chat.Room, *chat.Message) error) error {
	m, err := findMessage(ctx, tx, message, "")
	if errors.Is(err, db.ErrNoRows) {
		return errInvalidMessage()
	} else if err != nil {
		return err
	}
	l, facts, err := s.openVisible(ctx, tx, a, m.RID)
	switch {
	case err != nil:
		return err
	case !l.room.Open:
		return errRoomClosed()
	case !chat.MayWrite(a, facts):
		return errNotAllowed()
	}
	if m, err = findMessage(ctx, tx, message, l.room.V.Token); err != nil {
		return err
	}
	if err := as(l.room, &m); err != nil {
		return err
	}
	m.UpdatedAt = tx.Now()
	if err := updateExtra(ctx, tx, m); err != nil {
		return err
	}
	if err := l.revised(ctx, m, false); err != nil {
		return err
	}
	return l.save(ctx)
}
