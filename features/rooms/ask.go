package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// saying is what a visitor says, its id chosen.
type saying struct {
	Saying
	by chat.VisitorID
}

// sayTogether is the hot path: what several visitors say at the same time is stored in
// one transaction, with one statement each for rooms, messages and events. A room that is
// locked, on hold, not open or not the visitor's is left to say.
func (s *Service) sayTogether(ctx context.Context, all []saying) ([]*chat.Message, error) {
	var said []*chat.Message
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		rooms, err := askedTogether(ctx, tx, all)
		if err != nil {
			return err
		}
		said = make([]*chat.Message, len(all))
		messages := make([]chat.Message, 0, len(rooms))
		for i, w := range all {
			r, ok := rooms[w.RID]
			if !ok || r.visitor != w.by {
				continue
			}
			delete(rooms, w.RID) // a second message in the same room is said alone
			messages = append(messages, r.message(w))
			said[i] = &messages[len(messages)-1]
			if err := tx.Emit(ctx, chat.MessageSent{Message: *said[i], Head: r.head()}); err != nil {
				return err
			}
		}
		insertAtCommit(tx, messages...)
		return nil
	})
	return said, err
}

// say stores what one visitor says: the room's update, the message, its event.
func (s *Service) say(ctx context.Context, tx *db.Tx, w saying) (m chat.Message, err error) {
	r, err := askedAlone(ctx, tx, w)
	if err != nil {
		return m, err
	}
	m = r.message(w)
	insertAtCommit(tx, m)
	if err := tx.Emit(ctx, chat.MessageSent{Message: m, Head: r.head()}); err != nil || !r.onHold {
		return m, err
	}
	l, err := open(ctx, tx, w.RID)
	if err != nil {
		return m, err
	}
	return m, s.wake(ctx, l)
}

// message is what was said as the room's latest message.
func (r asked) message(w saying) chat.Message {
	return chat.Message{ID: w.ID, RID: r.id, Seq: r.seq, Msg: w.Msg, TS: r.at, UpdatedAt: r.at,
		U: visitor(r.v), Token: r.v.Token, Alias: r.v.Name, MessageExtra: chat.MessageExtra{Shared: w.shared, Location: w.location, Email: w.email}}
}

func (r asked) head() chat.RoomHead {
	return chat.RoomHead{Visitor: r.visitor, DepartmentID: r.department, ServedBy: r.servedBy, Open: true, Msgs: r.msgs}
}
