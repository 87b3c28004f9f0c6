package inboxes

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/mail"
)

const jobSend = "inboxes.send" // key: the message

// pauses are those after each failed attempt; after one more an answer has failed.
var pauses = []time.Duration{10 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour}

// Jobs send what agents answer.
func (s *Service) Jobs() []jobs.Kind {
	return []jobs.Kind{{Name: jobSend, MaxAttempts: len(pauses) + 2, Lease: 2 * time.Minute, Run: s.runSend,
		Backoff: func(n int) time.Duration { return pauses[min(n, len(pauses))-1] }}}
}

// runSend is one attempt. Only what may help later is an error to the job.
func (s *Service) runSend(ctx context.Context, run jobs.Run) error {
	var w sending
	if err := json.Unmarshal(run.Payload, &w); err != nil {
		return err
	}
	m, err := findSaid(ctx, s.DB, w.RID, w.ID)
	if errors.Is(err, db.ErrNoRows) || err == nil && (m.Email == nil || m.Email.State == chat.MailSent) {
		return nil // erased meanwhile, or sent before
	} else if err != nil {
		return err
	}
	err = s.attempt(ctx, w, *m.Email)
	if err == nil {
		return s.settle(ctx, w.ID, chat.MailSent, "")
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	var failed *mail.Error
	_, refused := fault.Of(err)
	if errors.As(err, &failed) && !refused && !failed.Final() && failed != errInboxOff && run.Attempt <= len(pauses) {
		return errors.Join(err, s.settle(ctx, w.ID, chat.MailSending, err.Error()))
	}
	if failed == nil && !refused && run.Attempt <= len(pauses) {
		return err
	}
	s.Log.Warn("answer not mailed", "message", w.ID, "attempt", run.Attempt, "error", err)
	return s.settle(ctx, w.ID, chat.MailFailed, err.Error())
}

func (s *Service) attempt(ctx context.Context, w sending, e chat.MessageEmail) error {
	m, err := s.compose(ctx, w, e)
	if err != nil {
		return err
	}
	return s.send(ctx, e.Inbox, m.ID, m)
}

func (s *Service) settle(ctx context.Context, m chat.MessageID, state chat.SendState, why string) error {
	ctx = context.WithoutCancel(ctx)
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return s.Rooms.Mailed(ctx, tx, m, state, why) })
}
