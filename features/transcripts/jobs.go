package transcripts

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
)

const (
	mailJob     = "transcripts.mail"
	pdfJob      = "transcripts.pdf" // key: the room
	pdfAttempts = 6                 // LC-PDF-2: five repeats, five seconds apart
	pdfPause    = 5 * time.Second
	pdfAtOnce   = 2 // each holds its fonts and pictures in memory
)

// mailing is a transcript to be mailed.
type mailing struct {
	RID     chat.RoomID      `json:"rid"`
	Visitor chat.VisitorID   `json:"visitor"`
	To      string           `json:"to"`
	Subject string           `json:"subject"`
	By      chat.RequestData `json:"by"`
}

// printing is a PDF to be made.
type printing struct {
	RID  chat.RoomID `json:"rid"`
	User chat.UserID `json:"user"` // who asked, and whose language it has
}

// Jobs are the durable work.
func (s *Service) Jobs() []jobs.Kind {
	return []jobs.Kind{
		{Name: mailJob, Run: s.runMail},
		{Name: pdfJob, MaxAttempts: pdfAttempts, AtOnce: pdfAtOnce, Backoff: func(int) time.Duration { return pdfPause }, Run: s.runPDF},
	}
}

// runMail composes a mail from the chat as it is and hands it to the queue; both the
// mail and the line in the chat are there, or none.
func (s *Service) runMail(ctx context.Context, r jobs.Run) error {
	var m mailing
	if err := json.Unmarshal(r.Payload, &m); err != nil {
		return err
	}
	c, err := findChat(ctx, s.DB, m.RID)
	if errors.Is(err, db.ErrNoRows) {
		return nil // erased meanwhile
	} else if err != nil {
		return err
	}
	all, err := spoken(ctx, s.DB, m.RID)
	if err != nil {
		return err
	}
	letter, err := s.compose(ctx, c, all, m)
	if err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if done, err := finished(ctx, tx, r.ID); err != nil || done {
			return err
		}
		if err := s.Mails.Enqueue(ctx, tx, letter); err != nil {
			return err
		}
		return s.Rooms.NoteTranscript(ctx, tx, m.RID, func(*chat.Room) (*chat.Message, error) { return history(m.By), nil })
	})
}

// history is the line that tells of a transcript (LC-TRS-9).
func history(by chat.RequestData) *chat.Message {
	no := false
	m := &chat.Message{T: chat.MessageTranscript, Groupable: &no, MessageExtra: chat.MessageExtra{RequestData: &by}}
	if by.Visitor != nil {
		m.U = *by.Visitor
	} else {
		m.U = chat.Sender{ID: string(by.User.ID), Username: by.User.Username, Name: by.User.Name}
	}
	return m
}

func (s *Service) runPDF(ctx context.Context, r jobs.Run) error {
	var p printing
	if err := json.Unmarshal(r.Payload, &p); err != nil {
		return err
	}
	err := s.print(ctx, p)
	if err == nil || r.Attempt < pdfAttempts {
		return err
	}
	s.Log.Error("a chat cannot be printed", "room", p.RID, "err", err)
	return errors.Join(err, s.DB.InTx(ctx, func(tx *db.Tx) error { return s.printed(ctx, tx, p, "") }))
}

// finishWithin bounds how long a closing waits for its PDF.
const finishWithin = 5 * time.Second

// Finish makes a planned PDF at once; when that fails the job does it.
func (s *Service) Finish(ctx context.Context, rid chat.RoomID) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishWithin)
	defer cancel()
	user, err := planned(ctx, s.DB, rid)
	if err == nil && user != nil {
		err = s.print(ctx, printing{rid, *user})
	}
	if err != nil {
		s.Log.Warn("a chat is printed later", "room", rid, "err", err)
	}
}

// print makes the PDF and notes it, unless somebody did so meanwhile.
func (s *Service) print(ctx context.Context, p printing) error {
	c, err := findChat(ctx, s.DB, p.RID)
	if errors.Is(err, db.ErrNoRows) {
		return nil
	} else if err != nil {
		return err
	}
	if wanted, err := isRequested(ctx, s.DB, p.RID); err != nil || !wanted {
		return err
	}
	file, err := s.makePDF(ctx, c, p.User)
	if err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return s.printed(ctx, tx, p, file) })
}

// printed notes the room's PDF, or that there is none, and tells whoever asked for it.
func (s *Service) printed(ctx context.Context, tx *db.Tx, p printing, file chat.FileID) error {
	err := s.Rooms.NoteTranscript(ctx, tx, p.RID, func(r *chat.Room) (*chat.Message, error) {
		r.PDFRequested = false
		if file != "" {
			r.PDFFile = file
		}
		return nil, nil
	})
	if err != nil {
		return err
	}
	return s.notify(ctx, tx, p, file)
}
