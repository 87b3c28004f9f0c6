package mail

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/testkit"
)

// post is a queue, its clock, its runner and the server it sends to.
type post struct {
	*Queue
	t      *testing.T
	clock  *clock.Fake
	server *server
	out    Outbox
	log    bytes.Buffer
}

func eachPost(t *testing.T, f func(p *post)) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			p := &post{t: t, clock: clock.NewFake(noon), server: serve(t, None)}
			p.out = Outbox{Server: p.server.as(None), KeptDays: 30}
			p.Queue = &Queue{DB: testkit.Open(t, engine, p.clock), Clock: p.clock, Log: slog.New(slog.NewTextHandler(&p.log, nil)),
				Sender: p.server.sender(), Outbox: func() Outbox { return p.out }}
			f(p)
		})
	}
}

// run runs what is due until it is settled, then stops as a process does.
func (p *post) run() {
	p.t.Helper()
	r := jobs.New(p.DB, p.clock, slog.New(slog.DiscardHandler))
	r.Handle(p.Jobs()...)
	ctx, cancel := context.WithCancel(p.t.Context())
	done := make(chan error)
	go func() { done <- r.Run(ctx) }()
	for late := time.After(20 * time.Second); p.due() > 0; {
		select {
		case <-late:
			p.t.Fatal("it never ends")
		case <-time.After(2 * time.Millisecond):
		}
	}
	cancel()
	if err := <-done; err != nil {
		p.t.Error(err)
	}
}

func (p *post) due() int64 {
	n, err := db.One(p.t.Context(), p.DB, func(r db.Row) (n int64, err error) { return n, r.Scan(&n) },
		`SELECT count(*) FROM jobs WHERE due_at <= $1 AND dead_at = 0`, p.clock.Now())
	if err != nil {
		p.t.Fatal(err)
	}
	return n
}

func (p *post) enqueue(list ...Message) {
	p.t.Helper()
	err := p.DB.InTx(p.t.Context(), func(tx *db.Tx) error {
		for _, m := range list {
			if err := p.Enqueue(p.t.Context(), tx, m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *post) list() []Entry {
	p.t.Helper()
	all, total, err := p.List(p.t.Context(), Filter{Limit: 100})
	if err != nil || total != int64(len(all)) {
		p.t.Fatal(total, err)
	}
	return all
}

func (p *post) only() Entry {
	p.t.Helper()
	all := p.list()
	if len(all) != 1 {
		p.t.Fatalf("%+v", all)
	}
	return all[0]
}

func (p *post) stored() string {
	p.t.Helper()
	text, err := db.One(p.t.Context(), p.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, `SELECT message FROM mails`)
	if err != nil {
		p.t.Fatal(err)
	}
	return text
}

func TestAMailIsSentAndItsContentForgotten(t *testing.T) {
	eachPost(t, func(p *post) {
		m := hello()
		m.Letter, m.Text = &Letter{Title: "Hi", Parts: []Part{{Text: "there"}}}, ""
		p.enqueue(m)
		p.run()
		if got := p.server.got(t); len(got) != 1 || !strings.Contains(p.server.mails[0], "text/html") || !strings.Contains(p.server.mails[0], "there") {
			t.Fatal(p.server.mails)
		}
		if e := p.only(); e.State != Sent || e.Attempts != 1 || e.Status != 250 || e.DoneAt != noon || p.stored() != "" {
			t.Errorf("%+v", e)
		}
		p.run() // nothing twice
		if len(p.server.mails) != 1 {
			t.Error("sent again")
		}
	})
}

// What the transaction undoes is not sent; what cannot be sent undoes it.
func TestAMailBelongsToItsTransaction(t *testing.T) {
	eachPost(t, func(p *post) {
		no := errors.New("no")
		err := p.DB.InTx(t.Context(), func(tx *db.Tx) error { return errors.Join(p.Enqueue(t.Context(), tx, hello()), no) })
		if !errors.Is(err, no) || len(p.list()) != 0 {
			t.Error(err, p.list())
		}
		again := hello()
		again.Once = "event-1"
		p.enqueue(again, again)
		p.run()
		p.enqueue(again)
		p.run()
		if len(p.server.mails) != 1 || p.only().ID != "event-1" {
			t.Error("the same mail twice")
		}
		bad := hello()
		bad.Subject = "a\nb"
		if err := p.DB.InTx(t.Context(), func(tx *db.Tx) error { return p.Enqueue(t.Context(), tx, bad) }); !fault.Has(err, "error-invalid-mail-header") {
			t.Error(err)
		}
	})
}

// 4xx, then a lost connection, then success: after the pauses, also by another process.
func TestAMailIsTriedAgain(t *testing.T) {
	eachPost(t, func(p *post) {
		p.server.answer(&smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 1}, Message: "greylisted"})
		p.enqueue(hello())
		p.run()
		if e := p.only(); e.State != Waiting || e.Status != 450 || e.Error != Refused || !strings.Contains(e.Answer, "greylisted") || e.DueAt != noon.Add(time.Minute) {
			t.Fatalf("%+v", e)
		}
		port := p.out.Port
		p.out.Port = 1
		p.clock.Advance(time.Minute)
		p.run()
		if e := p.only(); e.State != Waiting || e.Error != "not-reached" || e.DueAt != p.clock.Now().Add(5*time.Minute) {
			t.Fatalf("%+v", e)
		}
		p.out.Port = port
		p.clock.Advance(5*time.Minute - time.Millisecond)
		p.run()
		if len(p.server.mails) != 0 {
			t.Error("too early")
		}
		p.clock.Advance(time.Millisecond)
		p.run()
		if e := p.only(); e.State != Sent || e.Attempts != 3 || len(p.server.mails) != 1 {
			t.Errorf("%+v", e)
		}
	})
}

// 5xx is for good at once, everything else after the last attempt; both can be retried.
func TestADeadMailCanBeRetried(t *testing.T) {
	eachPost(t, func(p *post) {
		p.server.answer(&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"})
		p.enqueue(hello())
		p.run()
		dead := p.only()
		if dead.State != Dead || dead.Attempts != 1 || dead.Status != 550 || p.stored() == "" {
			t.Fatalf("%+v", dead)
		}
		if err := p.Retry(t.Context(), dead.ID); err != nil {
			t.Fatal(err)
		}
		p.run()
		if e := p.only(); e.State != Sent {
			t.Errorf("%+v", e)
		}
		if err := p.Retry(t.Context(), dead.ID); !fault.Has(err, "error-mail-not-found") {
			t.Error("a sent mail was retried:", err)
		}
		p.out.Port = 1
		p.enqueue(hello())
		for i := range pauses {
			p.run()
			p.clock.Advance(pauses[i])
		}
		if n, err := p.Count(t.Context()); err != nil || n[Waiting] != 1 || n[Sent] != 1 || n[Dead] != 0 {
			t.Error(n, err)
		}
		p.run()
		if e := p.list()[0]; e.State != Dead || e.Attempts != int64(len(pauses)+1) || e.Error != "not-reached" {
			t.Errorf("%+v", e)
		}
	})
}

// A process that dies over a mail again and again does not send it for ever.
func TestAProcessThatEndsDuringTheLastAttempt(t *testing.T) {
	eachPost(t, func(p *post) {
		p.enqueue(hello())
		e := p.only()
		if err := p.Queue.run(t.Context(), jobs.Run{Key: e.ID, Attempt: len(pauses) + 2}); err != nil || p.only().State != Dead || p.only().Error != "process-ended" {
			t.Errorf("%v %+v", err, p.only())
		}
		p.enqueue(hello())
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := p.Queue.run(ctx, jobs.Run{Key: p.list()[0].ID, Attempt: 1}); err == nil || p.list()[0].State != Waiting || p.list()[0].Attempts != 0 {
			t.Errorf("%v %+v", err, p.list()[0])
		}
	})
}

// Without a server nothing fails; kept mails can be read, others cannot.
func TestMailsThatAreNotSent(t *testing.T) {
	eachPost(t, func(p *post) {
		p.out.Host = ""
		p.enqueue(hello())
		p.run()
		unsent := p.only()
		if unsent.State != Unsent || p.stored() != "" || !strings.Contains(p.log.String(), "mail not sent") || strings.Contains(p.log.String(), "ann@") {
			t.Errorf("%+v %s", unsent, p.log.String())
		}
		p.out.Keep = true
		m := hello()
		m.About = "ann"
		p.clock.Advance(time.Second)
		p.enqueue(m)
		p.run()
		kept := p.list()[0]
		got, err := p.Content(t.Context(), kept.ID)
		if err != nil || kept.State != Kept || got.Text != m.Text || got.To != m.To {
			t.Errorf("%+v %v", got, err)
		}
		if _, err := p.Content(t.Context(), unsent.ID); !fault.Has(err, "error-mail-not-found") {
			t.Error(err)
		}
		if err := p.DB.InTx(t.Context(), func(tx *db.Tx) error { return p.Forget(t.Context(), tx, "ann") }); err != nil || len(p.list()) != 1 {
			t.Error(err, p.list())
		}
		if err := p.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.out.KeptDays = 1
		p.clock.Advance(25 * time.Hour)
		p.run()
		if len(p.list()) != 0 {
			t.Error("not cleaned")
		}
	})
}
