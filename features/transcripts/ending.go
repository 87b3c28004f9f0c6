package transcripts

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// preferences are an agent's, as far as they are about transcripts.
type preferences struct{ mail, pdf bool }

// mailAt decides whether a transcript is mailed when a chat ends, and what is asked of
// it (LC-TRS-3, LC-TRS-4, lifecycle 10.2).
func mailAt(e chat.Ending, set *chat.Settings, p preferences) chat.MailWish {
	switch r := e.Room.TranscriptRequest; {
	case e.Mail != nil:
		return *e.Mail
	case r != nil:
		return chat.MailWish{Send: true, Email: r.Email, Subject: r.Subject}
	case set.EnableTranscript: // the visitor is asked
		return chat.MailWish{}
	}
	return chat.MailWish{Send: set.TranscriptSendAlways || e.By.IsVisitor() && p.mail}
}

// pdfAt decides the same about a PDF, which is made for the agent who served.
func pdfAt(e chat.Ending, p preferences) bool {
	if e.PDF != nil {
		return *e.PDF
	}
	return e.By.IsVisitor() && e.Room.ServedBy != nil && p.pdf
}

// Ending plans the transcripts of a chat that is being closed, in the transaction that
// closes it. Only what a person asked for can be refused.
func (s *Service) Ending(ctx context.Context, tx *db.Tx, e chat.Ending) (out chat.Planned, err error) {
	set := s.Settings.Current()
	p := preferences{set.PreferTranscriptEmail, set.PreferTranscriptPDF}
	if e.Room.ServedBy != nil {
		if p, err = preferencesOf(ctx, tx, e.Room.ServedBy.ID, p); err != nil {
			return out, err
		}
	}
	if wish := mailAt(e, set, p); wish.Send {
		if out.Mail, err = s.planMail(ctx, tx, e, wish); err != nil {
			return out, err
		}
	}
	if out.PDF = pdfAt(e, p); out.PDF {
		user := e.By.User
		if user == "" {
			user = e.Room.ServedBy.ID
		}
		err = s.planPDF(ctx, tx, e.Room.ID, user)
	}
	return out, err
}

func (s *Service) planMail(ctx context.Context, tx *db.Tx, e chat.Ending, wish chat.MailWish) (bool, error) {
	own, err := addresses(ctx, tx, e.Room.V.ID)
	if err != nil || e.Mail == nil && len(own) == 0 {
		return false, err
	}
	to, err := s.recipient(ctx, tx, e.Room.V.ID, wish.Email)
	if err != nil {
		return false, err
	}
	if s.within(ctx, tx, e.Room.V.ID, to) != nil {
		s.Log.Warn("transcript not sent: too many", "room", e.Room.ID)
		return false, nil
	}
	by := chat.RequestData{Type: "user", User: &chat.UserRef{ID: chat.SystemUserID, Username: chat.SystemUsername}}
	if r := e.Room.TranscriptRequest; r != nil && e.Mail == nil {
		by.User = &r.RequestedBy
	} else if !e.By.IsVisitor() {
		ref := e.By.Ref()
		by.User = &ref
	}
	return true, tx.Enqueue(ctx, db.Job{Kind: mailJob, Payload: mailing{e.Room.ID, e.Room.V.ID, to, wish.Subject, by}})
}
