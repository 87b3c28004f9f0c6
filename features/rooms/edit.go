package rooms

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// Edit changes the text of a visitor's own message (LC-MSG-8, LC-MSG-9).
func (s *Service) Edit(ctx context.Context, a chat.Actor, w Saying) (m chat.Message, err error) {
	if err := s.fitForVisitor(w); err != nil {
		return m, err
	}
	err = s.revise(ctx, a, w, func(l *ledger, f chat.RoomFacts, old chat.Message) error {
		if !chat.MayEdit(a, f, old) {
			return errActionNotAllowed()
		}
		m = old
		m.Msg, m.EditedAt, m.UpdatedAt = w.Msg, l.tx.Now(), l.tx.Now()
		m.EditedBy = &chat.UserRef{ID: chat.UserID(a.Visitor), Username: a.Username}
		if err := updateMessage(ctx, l.tx, m); err != nil {
			return err
		}
		return l.revised(ctx, m, false)
	})
	return m, err
}

// Erase deletes a visitor's own message (LC-MSG-9). Its number stays taken: a
// change stands in its place, so that replays have no gap.
func (s *Service) Erase(ctx context.Context, a chat.Actor, w Saying) (m chat.Message, err error) {
	err = s.revise(ctx, a, w, func(l *ledger, f chat.RoomFacts, old chat.Message) error {
		if !chat.MayErase(a, f, old) {
			return errActionNotAllowed()
		}
		m = old
		if err := deleteMessage(ctx, l.tx, m); err != nil {
			return err
		}
		l.room.Msgs--
		m.Msg, m.MessageExtra, m.UpdatedAt = "", chat.MessageExtra{}, l.tx.Now()
		stub := change{m.Seq, changeMessage, chat.MessageChanged{Message: m, Removed: true, Seq: m.Seq}}
		if err := insertChange(ctx, l.tx, l.room.ID, stub); err != nil {
			return err
		}
		return l.revised(ctx, m, true)
	})
	return m, err
}

// revise runs a change of one message of a visitor's own open room.
func (s *Service) revise(ctx context.Context, a chat.Actor, w Saying, f func(*ledger, chat.RoomFacts, chat.Message) error) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, err := open(ctx, tx, w.RID)
		if errors.Is(err, db.ErrNoRows) || err == nil && l.room.V.ID != a.Visitor {
			return errInvalidRoom()
		} else if err != nil {
			return err
		}
		if !l.room.Open {
			return errRoomClosed() // LC-TOK-3
		}
		m, err := findMessage(ctx, tx, w.ID, l.room.V.Token)
		if errors.Is(err, db.ErrNoRows) || err == nil && m.RID != l.room.ID {
			return errInvalidMessage()
		} else if err != nil {
			return err
		}
		facts, err := s.facts(ctx, tx, l.room, a)
		if err != nil {
			return err
		}
		if err := f(l, facts, m); err != nil {
			return err
		}
		return l.save(ctx)
	})
}

// revised notes under a number of its own what a message is now.
func (l *ledger) revised(ctx context.Context, m chat.Message, removed bool) error {
	seq := l.number()
	return l.note(ctx, change{seq, changeMessage, chat.MessageChanged{Message: m, Removed: removed, Seq: seq}})
}
