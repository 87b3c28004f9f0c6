package accounts

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

const start = clock.Instant(1_800_000_000_000)

// world is accounts on a real database, with the events it emitted.
type world struct {
	*Service
	t     *testing.T
	ctx   context.Context
	clock *clock.Fake
	set   *chat.Settings
	desk  *desk

	mu   sync.Mutex
	seen []chat.Event
}

// desk is an agents' feature that only remembers what it was told.
type desk struct{ told []string }

func (d *desk) RoleGiven(_ context.Context, _ *db.Tx, u chat.UserID) error { return d.note("role", u) }
func (d *desk) SignedIn(_ context.Context, _ *db.Tx, u chat.UserID) error  { return d.note("in", u) }
func (d *desk) StatusChosen(_ context.Context, _ *db.Tx, u chat.UserID, session chat.SessionID) error {
	if session != "" {
		return d.note("own status", u)
	}
	return d.note("status", u)
}
func (d *desk) ActiveSet(_ context.Context, _ *db.Tx, u chat.UserID, active bool) error {
	if active {
		return d.note("active", u)
	}
	return d.note("inactive", u)
}
func (d *desk) note(what string, u chat.UserID) error {
	d.told = append(d.told, what+" "+string(u))
	return nil
}

// each runs a test on both engines.
func each(t *testing.T, test func(w *world)) {
	t.Helper()
	c := clock.NewFake(start)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) { test(newWorld(t, d, c)) }, c)
}

func newWorld(t *testing.T, d *db.DB, c *clock.Fake) *world {
	w := &world{t: t, ctx: t.Context(), clock: c, set: chat.DefaultSettings(), desk: &desk{}}
	w.Service = New(Deps{DB: d, Clock: c, Log: slog.New(slog.DiscardHandler), Settings: func() *chat.Settings { return w.set },
		Agents: w.desk, Version: "test", LimitAttempts: true})
	w.hasher = newHasher(cost{memory: 64, time: 1, threads: 1}, 4, 100) // the real cost has a test of its own
	if err := w.Start(w.ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.OnEvents("test", func(events []db.Emitted) {
		w.mu.Lock()
		defer w.mu.Unlock()
		for _, e := range events {
			w.seen = append(w.seen, e.Event.(chat.Event))
		}
	}))
	return w
}

// events are what was emitted since the last call.
func (w *world) events() []chat.Event {
	w.t.Helper()
	if err := w.DB.Settled(w.ctx); err != nil {
		w.t.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	seen := w.seen
	w.seen = nil
	return seen
}

func (w *world) user(username string, roles ...string) chat.User {
	w.t.Helper()
	u, err := w.Create(w.ctx, NewUser{ID: chat.UserID("u-" + username), Username: username, Email: username + "@example.com",
		Roles: roles, Digest: DigestOf("pw-" + username)})
	if err != nil {
		w.t.Fatal(err)
	}
	return u
}

func (w *world) login(username string) SignedIn {
	w.t.Helper()
	in, err := w.Login(w.ctx, username, DigestOf("pw-"+username), Origin{IP: "10.0.0.1", UserAgent: "test"})
	if err != nil {
		w.t.Fatal(err)
	}
	return in
}

// works reports whether the token opens a session now.
func (w *world) works(token string) bool {
	w.t.Helper()
	_, _, err := w.ByToken(w.ctx, token)
	return err == nil
}

func (w *world) advance(d time.Duration) { w.clock.Advance(d) }
