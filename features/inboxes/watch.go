package inboxes

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/mailbox"
)

const (
	lookEvery = 5 * time.Second
	leaseFor  = 30 * time.Second // how long another process waits when one has died

	firstPause = 3 * time.Second
	longPause  = 10 * time.Minute

	askEvery  = 5 * time.Minute  // also a server that tells by itself
	pollEvery = 30 * time.Second // what waits in the mailbox, or at a server that does not tell
)

// watch is an inbox that this process reads.
type watch struct {
	inbox Inbox
	node  string
	end   context.CancelFunc
	ended chan struct{}
	left  map[uint32]left // by the names of the mailbox
}

// Run watches the inboxes that no other process watches, until ctx ends.
func (s *Service) Run(ctx context.Context) error {
	var running sync.WaitGroup
	defer running.Wait()
	for {
		next := lookEvery
		if soon, err := s.look(ctx, &running); err == nil && soon > 0 {
			next = min(next, soon)
		} else if err != nil && ctx.Err() == nil {
			s.Log.Error("inboxes cannot be looked at", "error", err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-s.changed:
		case <-s.Clock.After(next):
		}
	}
}

// look begins to watch what is to be watched, and stops what is not any more. It answers
// when the next inbox is to be tried again.
func (s *Service) look(ctx context.Context, running *sync.WaitGroup) (soon time.Duration, err error) {
	var all []Inbox
	if s.Settings.Current().LivechatEnabled {
		if all, err = toWatch(ctx, s.DB); err != nil {
			return 0, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now, wanted := s.Clock.Now(), map[chat.InboxID]Inbox{}
	for _, i := range all {
		wanted[i.ID] = i
		if wait := i.Status.RetryAt.Sub(now); wait > 0 && (soon == 0 || wait < soon) {
			soon = wait
		}
	}
	for id, w := range s.watched {
		select {
		case <-w.ended:
			delete(s.watched, id)
			continue
		default:
		}
		if i, ok := wanted[id]; !ok || i.revision != w.inbox.revision || !s.claim(ctx, w) {
			w.end() // and it is taken up again when it has ended
		}
	}
	for id, i := range wanted {
		if _, ok := s.watched[id]; ok || i.Status.RetryAt > now {
			continue
		}
		w := &watch{inbox: i, node: s.node, ended: make(chan struct{}), left: map[uint32]left{}}
		if !s.claim(ctx, w) {
			continue
		}
		var within context.Context
		within, w.end = context.WithCancel(ctx)
		s.watched[id] = w
		running.Go(func() { s.watch(within, w) })
	}
	return soon, nil
}

func (s *Service) claim(ctx context.Context, w *watch) (mine bool) {
	err := s.DB.InTx(ctx, func(tx *db.Tx) (err error) {
		mine, err = claim(ctx, tx, w, tx.Now().Add(leaseFor))
		return err
	})
	return err == nil && mine
}

// watch reads an inbox until its connection or its time ends.
func (s *Service) watch(ctx context.Context, w *watch) {
	err := s.survive(ctx, w)
	after := context.WithoutCancel(ctx)
	if ctx.Err() == nil {
		s.failed(after, w, err)
	}
	w.end()
	if err := s.DB.InTx(after, func(tx *db.Tx) error { return release(after, tx, w) }); err != nil {
		s.Log.Error("inbox is not given free", "inbox", w.inbox.ID, "error", err)
	}
	close(w.ended)
	s.Forget()
}

// survive reads; what a hostile mail or server brings to a panic is an error like another.
func (s *Service) survive(ctx context.Context, w *watch) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	return s.read(ctx, w)
}

// read takes in what is there and then what comes.
func (s *Service) read(ctx context.Context, w *watch) error {
	server, err := s.opened(w.inbox.IMAP)
	if err != nil {
		return err
	}
	box, err := s.Opener.Open(ctx, w.inbox.mailbox(server))
	if err != nil {
		return err
	}
	defer box.Close()
	shown := Status{State: Waiting}
	for {
		if err := s.takeAll(ctx, w, box); err != nil {
			return err
		}
		held, heldFor := w.held()
		now := Status{State: Connected, Held: held, HeldFor: heldFor}
		if now != shown {
			if err := s.show(ctx, w, true, now); err != nil {
				return err
			}
			shown = now
		}
		pause := askEvery
		if held > 0 || !box.Tells() {
			pause = pollEvery
		}
		if err := box.Wait(s.Clock.After(pause)); err != nil {
			return err
		}
	}
}

// failed notes an end that was not meant: the inbox is tried again after a pause that
// grows, or switched off when it has failed too often (webhooks.md 8.2).
func (s *Service) failed(ctx context.Context, w *watch, why error) {
	i, err := find(ctx, s.DB, w.inbox.ID)
	if err != nil {
		return // removed meanwhile
	}
	st := Status{State: Retrying, Failures: i.Status.Failures + 1, Error: "failed"}
	var told *mailbox.Error
	if errors.As(why, &told) {
		st.Error, st.Answer = told.Code, told.Answer
	}
	active := true
	if most := i.IMAP.MaxRetries; most >= 0 && st.Failures > most {
		active, st.State = false, Off
	} else {
		st.RetryAt = s.Clock.Now().Add(pause(st.Failures))
	}
	s.Log.Warn("inbox cannot be read", "inbox", w.inbox.ID, "failures", st.Failures, "off", !active, "error", why)
	if err := s.show(ctx, w, active, st); err != nil {
		s.Log.Error("inbox's state is not kept", "inbox", w.inbox.ID, "error", err)
	}
}

// pause is how long to wait after so many failures one after the other: 3 s, doubling.
func pause(failures int64) time.Duration {
	return min(longPause, firstPause<<min(failures-1, 20))
}

func (s *Service) show(ctx context.Context, w *watch, active bool, st Status) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if mine, err := setStatus(ctx, tx, w, active, st); err != nil || !mine {
			return err
		}
		return tx.Emit(ctx, chat.InboxesChanged{})
	})
}
