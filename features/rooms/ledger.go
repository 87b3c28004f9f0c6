package rooms

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
)

// ledger is a room while it is written to. Its row is locked until the end of
// the transaction, so the numbers it gives out have no gaps and no doubles.
type ledger struct {
	tx   *db.Tx
	room chat.Room
	last int64 // number of the last message written, 0 = none
	kept shelf // as the memberships know it
}

// shelf is what memberships repeat of their room: which load it is (routing 6).
type shelf struct {
	department chat.DepartmentID
	onHold     bool
}

func shelfOf(r chat.Room) shelf { return shelf{r.DepartmentID, r.OnHold} }

// ledgerOf is a room whose row is locked.
func ledgerOf(tx *db.Tx, r chat.Room) *ledger { return &ledger{tx: tx, room: r, kept: shelfOf(r)} }

// change is a numbered entry that is no message.
type change struct {
	seq   int64
	name  string
	event db.Event // what a replay decodes again
}

// The names of the changes in room_changes.
const (
	changeMessage = "message-changed"
	changeTaken   = "taken"
	changeClosed  = "closed"
	changeRoom    = "changed"
)

// open locks a room for writing; db.ErrNoRows when there is none.
func open(ctx context.Context, tx *db.Tx, rid chat.RoomID) (*ledger, error) {
	r, err := hold(ctx, tx, rid)
	return ledgerOf(tx, r), err
}

// now is the moment of the next entry.
func (l *ledger) now() clock.Instant { return l.room.Next(l.tx.Now()) }

// say numbers and stores a message and tells of it; errRepeated when a message
// of this id is stored already.
func (l *ledger) say(ctx context.Context, m chat.Message) (chat.Message, error) {
	m.TS = l.now()
	l.room.Seq++
	l.room.Msgs++
	l.room.LM = m.TS
	m.ID, m.RID, m.Seq, m.UpdatedAt = orNew(m.ID), l.room.ID, l.room.Seq, m.TS
	if new, err := insertMessage(ctx, l.tx, m); err != nil || !new {
		return m, orRepeated(err)
	}
	l.last = m.Seq
	return m, l.tx.Emit(ctx, chat.MessageSent{Message: m, Head: l.room.Head()})
}

// errRepeated undoes a transaction that would store a message twice.
var errRepeated = errors.New("a message of this id is stored already")

func orRepeated(err error) error {
	if err == nil {
		return errRepeated
	}
	return err
}

// orNew is the id the client chose, or a new one.
func orNew(m chat.MessageID) chat.MessageID {
	if m == "" {
		return chat.MessageID(id.New())
	}
	return m
}

// number takes the room's next number for an entry that is no message.
func (l *ledger) number() int64 {
	l.room.Seq++
	return l.room.Seq
}

// note stores a numbered entry that is no message and tells of it.
func (l *ledger) note(ctx context.Context, c change) error {
	if err := insertChange(ctx, l.tx, l.room.ID, c); err != nil {
		return err
	}
	return l.tx.Emit(ctx, c.event)
}

// changed notes that something about the room changed, and who lost it by that.
func (l *ledger) changed(ctx context.Context, left ...chat.AgentID) error {
	seq := l.number()
	return l.note(ctx, change{seq, changeRoom, chat.RoomChanged{Room: l.room, Left: left, Seq: seq}})
}

// save writes the room back.
func (l *ledger) save(ctx context.Context) error {
	l.room.UpdatedAt = l.tx.Now()
	if now := shelfOf(l.room); now != l.kept {
		if err := updateMembers(ctx, l.tx, l.room); err != nil {
			return err
		}
		l.kept = now
	}
	return saveRoom(ctx, l.tx, l.room, l.last)
}

// user is the sender of a user's message.
func user(u chat.UserRef) chat.Sender {
	return chat.Sender{ID: string(u.ID), Username: u.Username, Name: u.Name}
}

// visitor is the sender of a visitor's message.
func visitor(v chat.VisitorView) chat.Sender {
	return chat.Sender{ID: string(v.ID), Username: v.Username, Name: v.Name}
}
