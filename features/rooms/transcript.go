package rooms

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

func (s *Service) planTranscripts(ctx context.Context, l *ledger, a chat.Actor, c Closing) (chat.Planned, error) {
	if s.Transcripts == nil {
		return chat.Planned{}, nil
	}
	return s.Transcripts.Ending(ctx, l.tx, chat.Ending{Room: l.room, By: a, Mail: c.Mail, PDF: c.PDF})
}

// finishTranscripts has the PDF ready when a visitor's closing is answered (rest-api.md 1.9).
func (s *Service) finishTranscripts(ctx context.Context, a chat.Actor, rid chat.RoomID) {
	if s.Transcripts != nil && a.IsVisitor() {
		s.Transcripts.Finish(ctx, rid)
	}
}

// NoteTranscript changes what is noted of a chat's transcripts and, with a message,
// says so in it. f may refuse.
func (s *Service) NoteTranscript(ctx context.Context, tx *db.Tx, rid chat.RoomID, f func(*chat.Room) (*chat.Message, error)) error {
	l, err := open(ctx, tx, rid)
	if errors.Is(err, db.ErrNoRows) {
		return errNoRoom()
	} else if err != nil {
		return err
	}
	m, err := f(&l.room)
	if err != nil {
		return err
	}
	if m != nil {
		if _, err := l.say(ctx, *m); err != nil {
			return err
		}
	}
	if err := l.changed(ctx); err != nil {
		return err
	}
	return l.save(ctx)
}
