package rooms

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// OpenOn returns the open room of somebody who writes on a channel, or opens one.
func (s *Service) OpenOn(ctx context.Context, v chat.VisitorID, from chat.Source) (chat.Room, error) {
	r, _, err := s.Open(ctx, Opening{Visitor: v, Source: from})
	return r, err
}

// Warn writes a notice for a room's agents; in a room that is gone it is nobody's business.
func (s *Service) Warn(ctx context.Context, tx *db.Tx, n chat.Notice) error {
	l, err := open(ctx, tx, n.RID)
	if errors.Is(err, db.ErrNoRows) {
		return nil
	} else if err != nil {
		return err
	}
	_, err = l.say(ctx, chat.Message{ID: n.ID, T: chat.MessageUndelivered, Msg: n.Text, U: user(chat.System.Ref())})
	if errors.Is(err, errRepeated) {
		return nil
	} else if err != nil {
		return err
	}
	return l.save(ctx)
}
