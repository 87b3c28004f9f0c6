package rooms

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// Visible finds a room the actor may see with what he may do with it; any other
// is an error that does not tell whether it exists (permissions.md 5, LC-TOK-4).
func (s *Service) Visible(ctx context.Context, a chat.Actor, rid chat.RoomID) (chat.Room, chat.Can, error) {
	none := errNoRoom()
	if a.IsVisitor() {
		none = errInvalidRoom()
	}
	r, err := findRoom(ctx, s.DB, rid)
	if errors.Is(err, db.ErrNoRows) {
		return r, chat.Can{}, none
	} else if err != nil {
		return r, chat.Can{}, err
	}
	facts, err := s.facts(ctx, s.DB, r, a)
	if err == nil && !chat.MaySee(a, facts) {
		return chat.Room{}, chat.Can{}, none
	}
	return r, chat.CanDo(a, facts), err
}

// Span asks for a stretch of a room's history by number; both ends are exclusive.
type Span struct {
	RID           chat.RoomID
	Before, After *int64
	Count         int
}

// Stretch is part of a room's history in the order of the numbers.
type Stretch struct {
	Messages []chat.Message
	Room     chat.Room // as it was before Messages was read: ask for what comes after its Seq
	More     bool      // there is more in the direction that was asked for
}

// The size of a Stretch.
const (
	usualStretch = 50
	maxStretch   = 100
)

// History reads what was said after a number, or before one, or last.
func (s *Service) History(ctx context.Context, a chat.Actor, p Span) (Stretch, error) {
	r, _, err := s.Visible(ctx, a, p.RID)
	if err != nil {
		return Stretch{}, err
	}
	count := min(p.Count, maxStretch)
	if count <= 0 {
		count = usualStretch
	}
	w := window{rid: r.ID, token: r.V.Token, count: count + 1, forward: p.After != nil && p.Before == nil, hidden: s.Settings.Current().HiddenTypes}
	if p.After != nil {
		w.after = *p.After
	}
	if p.Before != nil {
		w.before = *p.Before
	}
	found, err := messagesBetween(ctx, s.DB, w)
	more := len(found) > count
	if more && w.forward {
		found = found[:count]
	} else if more {
		found = found[1:]
	}
	if err == nil {
		err = s.unread(ctx, r, found)
	}
	return Stretch{Messages: found, Room: r, More: more}, err
}

// Past is a visitor's history from the newest message on (LC-MSG-10).
type Past struct {
	RID           chat.RoomID
	Until         clock.Instant // zero: all
	Seen          clock.Instant // zero: not given
	Offset, Limit int64
}

// Newest lists a room's messages, newest first, and counts those after Seen that
// are older than the page.
func (s *Service) Newest(ctx context.Context, a chat.Actor, p Past) (found []chat.Message, notLoaded int64, err error) {
	r, _, err := s.Visible(ctx, a, p.RID)
	if err != nil {
		return nil, 0, err
	}
	hidden := s.Settings.Current().HiddenTypes
	found, err = messagesUntil(ctx, s.DB, past{rid: r.ID, token: r.V.Token, until: p.Until, offset: p.Offset, limit: p.Limit, hidden: hidden})
	if err == nil {
		err = s.unread(ctx, r, found)
	}
	if err != nil || p.Seen == 0 || len(found) == 0 {
		return found, 0, err
	}
	notLoaded, err = countBetween(ctx, s.DB, r.ID, p.Seen, found[len(found)-1].TS, hidden)
	return found, notLoaded, err
}

// preview sets a room's last message to the last one that people are shown (LC-HID-4).
func (s *Service) preview(ctx context.Context, r *chat.Room) error {
	set := s.Settings.Current()
	if r.LastMessage == nil || !set.Hides(r.LastMessage.T) {
		return nil
	}
	found, err := messagesUntil(ctx, s.DB, past{rid: r.ID, token: r.V.Token, limit: 1, hidden: set.HiddenTypes})
	r.LastMessage = nil
	if len(found) > 0 {
		r.LastMessage = &found[0]
	}
	return err
}

// Message finds one message of a room the actor may see.
func (s *Service) Message(ctx context.Context, a chat.Actor, rid chat.RoomID, mid chat.MessageID) (chat.Message, error) {
	r, _, err := s.Visible(ctx, a, rid)
	if err != nil {
		return chat.Message{}, err
	}
	m, err := findMessage(ctx, s.DB, mid, r.V.Token)
	if errors.Is(err, db.ErrNoRows) || err == nil && (m.RID != r.ID || m.Hidden || a.IsVisitor() && m.StaffOnly()) {
		return chat.Message{}, errInvalidMessage()
	}
	if err != nil {
		return m, err
	}
	one := []chat.Message{m}
	err = s.unread(ctx, r, one)
	return one[0], err
}

// Seen moves the reader's mark and reports whether it did: it only goes forward and never
// past the room's last number, and somebody without a mark in this room has none
// (LC-READ-2, 3).
func (s *Service) Seen(ctx context.Context, a chat.Actor, rid chat.RoomID, seq int64) (moved bool, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if a.IsVisitor() {
			moved, err = markVisitorSeen(ctx, tx, rid, a.Visitor, seq)
		} else {
			moved, err = markSeen(ctx, tx, rid, a.User, seq)
		}
		return err
	})
	return moved, err
}

// Marks are the read marks of a room (LC-READ-2, 3).
func (s *Service) Marks(ctx context.Context, rid chat.RoomID) (chat.ReadMarks, error) {
	return marksOf(ctx, s.DB, rid)
}

// unread says of a room's messages which their other side has not read yet (LC-READ-1).
func (s *Service) unread(ctx context.Context, r chat.Room, messages []chat.Message) error {
	if !s.Settings.Current().ReadReceipts || !r.Open || len(messages) == 0 {
		return nil
	}
	marks, err := s.Marks(ctx, r.ID)
	if err != nil {
		return err
	}
	for i := range messages {
		m := &messages[i]
		m.Unread = m.T == "" && m.Seq > marks.Of(m.Token == "")
	}
	return nil
}

// Forget removes a visitor's rooms with everything in them; open ones are closed
// first, so that everybody concerned hears of it (LC-DEL-3).
func (s *Service) Forget(ctx context.Context, tx *db.Tx, v chat.VisitorID) error {
	open, err := openRoomsOf(ctx, tx, v)
	if err != nil {
		return err
	}
	for _, rid := range open {
		if err := s.endForgotten(ctx, tx, rid); err != nil {
			return err
		}
	}
	return removeRooms(ctx, tx, v)
}

func (s *Service) endForgotten(ctx context.Context, tx *db.Tx, rid chat.RoomID) error {
	l, err := open(ctx, tx, rid)
	if err != nil || !l.room.Open {
		return err
	}
	return s.end(ctx, l, chat.System, Closing{RID: rid})
}
