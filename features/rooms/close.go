package rooms

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Closing ends a conversation.
type Closing struct {
	RID     chat.RoomID
	Comment string
	Tags    []string

	Mail *chat.MailWish // what is said about a mailed transcript
	PDF  *bool          // and about a PDF

	closedFor *chat.UserRef // in whose name the system closes; nil: its own
}

// Close ends a room once: the one who comes second gets an error and changes
// nothing (LC-CLOSE-1 to 8).
func (s *Service) Close(ctx context.Context, a chat.Actor, c Closing) error {
	r, err := s.closable(ctx, a, c)
	if err != nil {
		return err
	}
	if a.IsVisitor() {
		c.Comment = s.texts().closedByVisitor
	} else if err := s.fitForClosing(c); err != nil {
		return err
	}
	if !r.Open {
		return closedAlready(a)
	}
	c.Tags = usable(c.Tags)
	defer s.finishTranscripts(ctx, a, c.RID)
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, err := open(ctx, tx, c.RID)
		if err != nil {
			return err
		}
		if !l.room.Open && a.IsVisitor() {
			return errRoomClosed() // LC-CLOSE-2
		} else if !l.room.Open { // it was open when we came: somebody was faster
			return fault.Text(fault.Invalid, "error-room-cannot-be-closed-try-again")
		}
		if err := s.tagged(ctx, l, a, c); err != nil {
			return err
		}
		return s.end(ctx, l, a, c)
	})
}

// closable finds the room if the actor has the right to close it.
func (s *Service) closable(ctx context.Context, a chat.Actor, c Closing) (chat.Room, error) {
	none := errNoRoom()
	if a.IsVisitor() {
		none = errInvalidRoom()
	}
	r, err := findRoom(ctx, s.DB, c.RID)
	if errors.Is(err, db.ErrNoRows) {
		return r, none
	} else if err != nil {
		return r, err
	}
	facts, err := s.facts(ctx, s.DB, r, a)
	switch {
	case err != nil:
		return r, err
	case !chat.MaySee(a, facts) && !(r.Open && chat.MayClose(a, facts)):
		return r, none
	case r.Open && !chat.MayClose(a, facts) && a.IsVisitor():
		return r, fault.New(fault.Invalid, "error-not-allowed-to-close-conversation", "")
	case r.Open && !chat.MayClose(a, facts):
		return r, fault.New(fault.Invalid, "error-not-authorized", "Not authorized")
	}
	return r, nil
}

func closedAlready(a chat.Actor) error {
	if a.IsVisitor() {
		return errRoomClosed()
	}
	return fault.Text(fault.Invalid, "error-room-already-closed")
}

// The bounds of what is stored with a closing.
const (
	maxTags      = 100
	maxTagLength = 100
)

// fitForClosing checks a person's comment and tags (LC-CLOSE-3).
func (s *Service) fitForClosing(c Closing) error {
	settings := s.Settings.Current()
	if settings.RequestCommentWhenClosing && strings.TrimSpace(c.Comment) == "" {
		return fault.Text(fault.Invalid, "error-comment-is-required")
	}
	if utf8.RuneCountInString(c.Comment) > settings.AgentMessageLimit() {
		return errTooLong()
	}
	return fitTags(c.Tags, "tags")
}

func fitTags(tags []string, field string) error {
	if len(tags) > maxTags {
		return fault.New(fault.Invalid, "error-too-many-tags", "Too many tags").At(field)
	}
	for _, tag := range tags {
		if utf8.RuneCountInString(tag) > maxTagLength {
			return fault.New(fault.Invalid, "error-invalid-tag", "Invalid tag").At(field)
		}
	}
	return nil
}

// tagged refuses a person's closing of an untagged room where the department wants a
// tag; the department's own do not count (LC-CLOSE-4).
func (s *Service) tagged(ctx context.Context, l *ledger, a chat.Actor, c Closing) error {
	if a.IsVisitor() || len(c.Tags)+len(l.room.Tags) > 0 {
		return nil
	}
	rules, err := rulesOf(ctx, l.tx, l.room.DepartmentID)
	if err == nil && rules.RequestTag {
		err = fault.Text(fault.Invalid, "error-tags-must-be-assigned-before-closing-chat")
	}
	return err
}

// end closes a held room. The closing message comes before the closing itself, so
// that it reaches the visitor while he may still listen (LC-CLOSE-8).
func (s *Service) end(ctx context.Context, l *ledger, a chat.Actor, c Closing) error {
	if err := s.Queue.Leave(ctx, l.tx, l.room.ID); err != nil {
		return err
	}
	if a.User == chat.SystemUserID {
		if err := s.Queue.Ended(ctx, l.tx, l.room, c.Comment); err != nil {
			return err
		}
	}
	if err := s.dropAll(ctx, l.tx, l.room); err != nil {
		return err
	}
	rules, err := rulesOf(ctx, l.tx, l.room.DepartmentID)
	if err != nil {
		return err
	}
	members, err := removeMembers(ctx, l.tx, l.room.ID)
	if err != nil {
		return err
	}
	planned, err := s.planTranscripts(ctx, l, a, c)
	if err != nil {
		return err
	}
	no := false
	m := chat.Message{T: chat.MessageClosed, Msg: c.Comment, U: user(a.Ref()), Groupable: &no}
	closer, by := chat.CloserUser, a.Ref()
	if c.closedFor != nil {
		by = *c.closedFor
	}
	if a.IsVisitor() {
		closer, by = chat.CloserVisitor, chat.UserRef{ID: chat.UserID(a.Visitor), Username: l.room.V.Username}
		m.U, m.Token, m.Alias = visitor(l.room.V), l.room.V.Token, l.room.V.Name
	}
	m.TranscriptRequested = planned.Mail
	if _, err := l.say(ctx, m); err != nil {
		return err
	}
	if s.Settings.Current().EnableTranscript && !planned.Mail {
		if _, err := l.say(ctx, chat.Message{T: chat.MessageCommand, Msg: chat.CommandPromptTranscript, U: user(chat.System.Ref())}); err != nil {
			return err
		}
	}
	l.room.TranscriptRequest, l.room.PDFRequested = nil, planned.PDF
	l.room.Close(closer, by, slices.Concat(c.Tags, rules.closingTags), l.room.LM)
	if err := s.onlyOpenTime(ctx, l); err != nil {
		return err
	}
	seq := l.number()
	if err := l.note(ctx, change{seq, changeClosed, chat.RoomClosed{Room: l.room, Agents: members, Seq: seq}}); err != nil {
		return err
	}
	return l.save(ctx)
}

// onlyOpenTime counts of the visitor's silence what lay in business hours (LC-CLOSE-9).
func (s *Service) onlyOpenTime(ctx context.Context, l *ledger) error {
	m := l.room.Metrics
	if m.VisitorInactivity == nil || !s.Settings.Current().EnableBusinessHours {
		return nil
	}
	open, err := s.Hours.OpenTime(ctx, l.tx, l.room.DepartmentID, l.room.ResponseBy.FirstResponseTS, l.room.ClosedAt)
	inactive := open.Seconds()
	m.VisitorInactivity = &inactive
	return err
}
