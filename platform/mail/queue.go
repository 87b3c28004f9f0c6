package mail

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/jobs"
)

// State is what became of a mail.
type State string

// The states. Kept was not sent because mails are kept to look at; unsent because no
// server is named.
const (
	Waiting State = "waiting"
	Sent    State = "sent"
	Dead    State = "dead"
	Kept    State = "kept"
	Unsent  State = "unsent"
)

// States lists every state.
func States() []State { return []State{Waiting, Sent, Dead, Kept, Unsent} }

// Entry is a mail as the queue shows it, without its content.
type Entry struct {
	ID        string        `json:"_id"`
	Kind      string        `json:"kind"`
	To        string        `json:"to"`
	Subject   string        `json:"subject"`
	State     State         `json:"state"`
	Attempts  int64         `json:"attempts"`
	Error     Code          `json:"error,omitempty" doc:"Why the last attempt failed."`
	Status    int           `json:"status" doc:"What the server answered last; 0: nothing."`
	Answer    string        `json:"answer,omitempty" doc:"The beginning of that answer."`
	CreatedAt clock.Instant `json:"createdAt"`
	DueAt     clock.Instant `json:"dueAt,omitzero"`
	DoneAt    clock.Instant `json:"doneAt,omitzero"`
}

// Outbox is where the queue's mails go now.
type Outbox struct {
	Server
	Keep     bool // show them instead of sending
	KeptDays int64
}

// Queue is the mails on their way.
type Queue struct {
	DB     *db.DB
	Clock  clock.Clock
	Log    *slog.Logger
	Sender *Sender
	Outbox func() Outbox
}

const (
	jobSend  = "mail.send"  // key: the mail
	jobClean = "mail.clean" // kind and key of the one cleaning job

	cleanEvery = time.Hour
	cleanSome  = 500
)

// pauses are those after each failed attempt; after one more attempt a mail is dead.
var pauses = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour,
	2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 8 * time.Hour}

// Enqueue has a mail sent after the transaction; the error of one that cannot be sent
// is a fault.
func (q *Queue) Enqueue(ctx context.Context, tx *db.Tx, m Message) error {
	if m.Letter != nil {
		var err error
		if m.Text, m.HTML, err = m.Letter.Render(); err != nil {
			return err
		}
	}
	if err := m.check(); err != nil {
		return err
	}
	e := Entry{ID: id.New(), Kind: m.Kind, To: m.To.Address, Subject: m.Subject, State: Waiting, CreatedAt: tx.Now(), DueAt: tx.Now()}
	if m.Once != "" {
		e.ID = m.Once
	}
	if fresh, err := insert(ctx, tx, e, m); err != nil || !fresh {
		return err
	}
	return tx.Enqueue(ctx, db.Job{Kind: jobSend, Key: e.ID})
}

// Jobs are the durable work of the queue.
func (q *Queue) Jobs() []jobs.Kind {
	return []jobs.Kind{
		{Name: jobSend, MaxAttempts: len(pauses) + 2, Run: q.run,
			Backoff: func(n int) time.Duration { return pauses[min(n, len(pauses))-1] }},
		{Name: jobClean, AtOnce: 1, Run: func(ctx context.Context, _ jobs.Run) error {
			if err := q.clean(ctx); err != nil {
				return err
			}
			return q.Start(ctx)
		}},
	}
}

// Start plans the cleaning.
func (q *Queue) Start(ctx context.Context) error {
	return q.DB.InTx(ctx, func(tx *db.Tx) error {
		return tx.Enqueue(ctx, db.Job{Kind: jobClean, Key: jobClean, DueAt: tx.Now().Add(cleanEvery)})
	})
}

var errLastEnded = &Error{Code: "process-ended"}

// run is one attempt. Only what may help later is an error to the job.
func (q *Queue) run(ctx context.Context, r jobs.Run) error {
	m, err := find(ctx, q.DB, r.Key)
	if errors.Is(err, db.ErrNoRows) {
		return nil // sent before, or forgotten
	}
	if err != nil {
		return err
	}
	out := q.Outbox()
	switch {
	case r.Attempt > len(pauses)+1: // the process ended during the last one
		return q.settle(ctx, r, Dead, errLastEnded)
	case out.Keep:
		return q.settle(ctx, r, Kept, nil)
	case !out.Configured():
		q.Log.Warn("mail not sent: no SMTP server or sender's address is set", "mail", r.Key, "kind", m.Kind)
		return q.settle(ctx, r, Unsent, nil)
	}
	answer, err := q.Sender.Send(ctx, out.Server, m, r.Key, q.Clock.Now())
	var failed *Error
	switch errors.As(err, &failed); {
	case err == nil:
		return q.settle(ctx, r, Sent, &Error{Answer: answer, Status: 250})
	case ctx.Err() != nil:
		return context.Cause(ctx) // the process is ending
	case failed.Final() || r.Attempt > len(pauses):
		q.Log.Error("mail is dead", "mail", r.Key, "kind", m.Kind, "attempt", r.Attempt, "error", failed.Code, "status", failed.Status)
		return q.settle(ctx, r, Dead, failed)
	}
	next := q.Clock.Now().Add(pauses[r.Attempt-1])
	return errors.Join(failed, q.DB.InTx(ctx, func(tx *db.Tx) error { return postpone(ctx, tx, r, next, failed) }))
}

func (q *Queue) settle(ctx context.Context, r jobs.Run, state State, e *Error) error {
	if e == nil {
		e = &Error{}
	}
	return q.DB.InTx(context.WithoutCancel(ctx), func(tx *db.Tx) error { return settle(ctx, tx, r, state, e) })
}

// Filter chooses entries; what is empty chooses all.
type Filter struct {
	State         State
	Offset, Limit int64
}

// List lists mails, the newest first, and says how many there are.
func (q *Queue) List(ctx context.Context, f Filter) ([]Entry, int64, error) {
	return list(ctx, q.DB, f)
}

// Count is how many mails are in each state.
func (q *Queue) Count(ctx context.Context) (map[State]int64, error) { return count(ctx, q.DB) }

// Content is a kept mail; no other's is shown to anybody.
func (q *Queue) Content(ctx context.Context, mail string) (Message, error) {
	m, err := findKept(ctx, q.DB, mail)
	if errors.Is(err, db.ErrNoRows) {
		err = errNoMail
	}
	return m, err
}

var errNoMail = fault.New(fault.NotFound, "error-mail-not-found", "There is no such mail")

// Retry lets a dead mail, or one that waits after a failure, be sent now.
func (q *Queue) Retry(ctx context.Context, mail string) error {
	return q.DB.InTx(ctx, func(tx *db.Tx) error {
		n, err := revive(ctx, tx, mail)
		if err == nil && n == 0 {
			err = errNoMail
		}
		if err != nil {
			return err
		}
		return tx.Enqueue(ctx, db.Job{Kind: jobSend, Key: mail})
	})
}

// Forget removes every mail about somebody, sent or not.
func (q *Queue) Forget(ctx context.Context, tx *db.Tx, about string) error {
	return removeAbout(ctx, tx, about)
}

// clean forgets mails that were settled long ago.
func (q *Queue) clean(ctx context.Context) error {
	before := q.Clock.Now().Add(-time.Duration(q.Outbox().KeptDays) * 24 * time.Hour)
	for {
		var n int64
		err := q.DB.InTx(ctx, func(tx *db.Tx) (err error) {
			n, err = removeOld(ctx, tx, before, cleanSome)
			return err
		})
		if err != nil || n < cleanSome {
			return err
		}
	}
}

func decode(text string) (m Message, err error) { return m, json.Unmarshal([]byte(text), &m) }
