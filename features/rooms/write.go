package rooms

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Saying is a message to be written. A repeat of its id is answered with the
// stored message and stores nothing (LC-MSG-2).
type Saying struct {
	RID chat.RoomID
	ID  chat.MessageID // chosen by the client; empty: the server chooses
	Msg string

	Blocks []chat.Block // only of users

	shared   chat.Shared        // the message's file, or what is said of one; then the text may be empty
	location *chat.Point        // the same of a place
	email    *chat.MessageEmail // the mail it is; then it may be, too
}

// Share stores a message with a file, of a visitor or a user.
func (s *Service) Share(ctx context.Context, a chat.Actor, m chat.Sharing) (chat.Message, error) {
	w := Saying{RID: m.RID, ID: m.ID, Msg: m.Msg, shared: m.Shared, location: m.Location, email: m.Email}
	if a.IsVisitor() {
		return s.Say(ctx, a, w)
	}
	return s.Answer(ctx, a, w)
}

// Say stores a visitor's message (LC-MSG-1 to 7).
func (s *Service) Say(ctx context.Context, a chat.Actor, w Saying) (m chat.Message, err error) {
	if err := s.fitForVisitor(w); err != nil {
		return m, err
	}
	w.ID = orNew(w.ID)
	if together := s.asking.Do(ctx, saying{w, a.Visitor}); together != nil {
		return *together, nil
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) (err error) {
		m, err = s.say(ctx, tx, saying{w, a.Visitor})
		return err
	})
	if db.IsUnique(err) {
		err = errRepeated
	}
	if errors.Is(err, errRepeated) || errors.Is(err, db.ErrNoRows) {
		return s.saidBefore(ctx, a, w, err)
	}
	return m, err
}

// fitForVisitor refuses what is empty, too long or sent while chats are off (LC-MSG-3, 4, 6).
func (s *Service) fitForVisitor(w Saying) error {
	settings := s.Settings.Current()
	switch n := utf8.RuneCountInString(w.Msg); {
	case !settings.LivechatEnabled:
		return errDisabled()
	case strings.TrimSpace(w.Msg) == "" && w.shared.File == nil && w.shared.Attachments == nil && w.location == nil && w.email == nil:
		return fault.New(fault.Invalid, "error-message-empty", "The message is empty").At("msg")
	case n > int(settings.MessageMaxAllowedSize):
		return errTooLong()
	case n > settings.VisitorMessageLimit():
		return fault.New(fault.Invalid, "message-length-exceeds-character-limit", "").At("msg")
	}
	return nil
}

func errTooLong() error {
	return fault.New(fault.Invalid, "error-message-size-exceeded", "Message size exceeds Message_MaxAllowedSize").At("msg")
}

// saidBefore answers a message that was not stored now: with the stored one if
// the same person sent it to the same room, else with why it was refused.
func (s *Service) saidBefore(ctx context.Context, a chat.Actor, w Saying, why error) (chat.Message, error) {
	r, err := findRoom(ctx, s.DB, w.RID)
	if errors.Is(err, db.ErrNoRows) || err == nil && a.IsVisitor() && r.V.ID != a.Visitor {
		return chat.Message{}, errInvalidRoom()
	} else if err != nil {
		return chat.Message{}, err
	}
	m, err := findMessage(ctx, s.DB, w.ID, r.V.Token)
	switch {
	case err == nil && m.RID == w.RID && m.U.ID == senderID(a) && !m.System():
		return m, nil
	case err != nil && !errors.Is(err, db.ErrNoRows):
		return chat.Message{}, err
	case errors.Is(why, errRepeated):
		return chat.Message{}, errInvalidMessage()
	}
	return chat.Message{}, s.closedTo(ctx, a, r)
}

func senderID(a chat.Actor) string {
	if a.IsVisitor() {
		return string(a.Visitor)
	}
	return string(a.User)
}

// mostBlocks is how many bytes the blocks of a message may have.
const mostBlocks = 16 << 10

// Answer stores a user's message (LC-MSG-20, 22, 24).
func (s *Service) Answer(ctx context.Context, a chat.Actor, w Saying) (m chat.Message, err error) {
	if err := chat.CheckBlocks(w.Blocks); err != nil {
		return m, err
	}
	blocks, err := json.Marshal(w.Blocks)
	if err != nil {
		return m, err
	}
	if utf8.RuneCountInString(w.Msg) > s.Settings.Current().AgentMessageLimit() || len(blocks) > mostBlocks {
		return m, errTooLong()
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) (err error) {
		m, err = s.answer(ctx, tx, a, w)
		return err
	})
	if errors.Is(err, errRepeated) || errors.Is(err, errOver) {
		return s.saidBefore(ctx, a, w, err)
	}
	return m, err
}

// errOver undoes a message to a room that is closed.
var errOver = errors.New("the room is closed")

func (s *Service) answer(ctx context.Context, tx *db.Tx, a chat.Actor, w Saying) (m chat.Message, err error) {
	l, facts, err := s.openVisible(ctx, tx, a, w.RID)
	switch {
	case err != nil:
		return m, err
	case !l.room.Open:
		return m, errOver
	case !chat.MayWrite(a, facts):
		return m, errNotAllowed()
	}
	reply, err := s.answered(ctx, l, a)
	if err != nil {
		return m, err
	}
	if w.Msg, err = s.filledIn(ctx, l, w.Msg); err != nil {
		return m, err
	}
	m = chat.Message{ID: orNew(w.ID), RID: l.room.ID, Msg: w.Msg, U: user(a.Ref()), MessageExtra: chat.MessageExtra{Blocks: w.Blocks, Shared: w.shared}}
	if s.Mails != nil && l.room.Email != nil {
		if err := s.Mails.Answering(ctx, tx, l.room, &m); err != nil {
			return m, err
		}
	}
	if m, err = l.say(ctx, m); err != nil {
		return m, err
	}
	if reply != nil {
		insertReply(l.tx, m, *reply)
	}
	return m, l.save(ctx)
}

// answered notes a user's answer; the first one ends the wait for the agent and begins
// that for the visitor. Further ones plan nothing.
func (s *Service) answered(ctx context.Context, l *ledger, a chat.Actor) (*chat.Reply, error) {
	r := &l.room
	if served := r.ServedBy; served != nil && r.AutoTransferredAt == 0 && (r.ResponseBy == nil || r.ResponseBy.LastMessageTS < served.TS) {
		if err := s.dropTimer(ctx, l.tx, timerUnanswered, string(r.ID)); err != nil {
			return nil, err
		}
	}
	waits := r.SilentSince == 0
	reply := r.Answered(a.Ref(), l.now(), !a.IsBot() || s.Settings.Current().BotsRespond)
	if !waits {
		return reply, nil
	}
	_, err := s.watch(ctx, l.tx, r)
	return reply, err
}

// openVisible locks a room the actor may see; any other is error-invalid-room.
func (s *Service) openVisible(ctx context.Context, tx *db.Tx, a chat.Actor, rid chat.RoomID) (*ledger, chat.RoomFacts, error) {
	l, facts, err := s.openAny(ctx, tx, a, rid)
	if err == nil && !chat.MaySee(a, facts) {
		err = errNoRoom()
	}
	return l, facts, err
}

// openAny locks a room whether the actor may see it or not; an unknown one is
// error-invalid-room.
func (s *Service) openAny(ctx context.Context, tx *db.Tx, a chat.Actor, rid chat.RoomID) (*ledger, chat.RoomFacts, error) {
	l, err := open(ctx, tx, rid)
	if errors.Is(err, db.ErrNoRows) {
		return nil, chat.RoomFacts{}, errNoRoom()
	} else if err != nil {
		return nil, chat.RoomFacts{}, err
	}
	facts, err := s.facts(ctx, tx, l.room, a)
	return l, facts, err
}

// facts are what the policies ask about this actor and this room.
func (s *Service) facts(ctx context.Context, q db.Querier, r chat.Room, a chat.Actor) (f chat.RoomFacts, err error) {
	served := chat.AgentID("")
	if r.ServedBy != nil {
		served = r.ServedBy.ID
	}
	switch {
	case a.IsVisitor():
	case served != "" && served == a.User && r.Open:
		f.Member = true // INV-4: no need to look
	default:
		if f, err = factsFor(ctx, q, r, a); err != nil {
			return f, err
		}
	}
	settings := s.Settings.Current()
	f.Open, f.Visitor, f.ServedBy, f.Department = r.Open, r.V.ID, served, r.DepartmentID
	f.OnHold, f.Verifying, f.ManualOnHold = r.OnHold, r.Verifying, settings.AllowManualOnHold
	f.QueuePreview = settings.RoutingMethod == chat.RoutingManual
	f.VisitorsMayClose = settings.VisitorsMayClose
	f.VisitorsMayEdit, f.VisitorsMayErase = settings.MessageAllowEditing, settings.MessageAllowDeleting
	return f, nil
}
