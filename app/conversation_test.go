package app

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/test/people"
)

// staff makes an agent and signs him in; his screen is connected, so he is reachable.
func (r *running) staff(username string) (*people.Agent, *people.Listener) {
	r.t.Helper()
	ctx := r.t.Context()
	boss, err := r.SignIn(ctx, "boss", "boss-pw")
	if err != nil {
		r.t.Fatal(err)
	}
	err = boss.Call(ctx, "POST", "/api/v1/users.create", map[string]any{"username": username, "name": username,
		"email": username + "@example.com", "password": "pw", "roles": []string{chat.RoleAgent}}, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	agent, err := r.SignIn(ctx, username, "pw")
	if err != nil {
		r.t.Fatal(err)
	}
	screen := agent.Listen().Start(ctx)
	r.t.Cleanup(screen.Stop)
	r.wait(screen, func() bool { return screen.Connected() && slices.Contains(screen.Pushes(), "agent.changed") })
	return agent, screen
}

func (r *running) wait(l *people.Listener, holds func() bool) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), 10*time.Second)
	defer cancel()
	if !l.Wait(ctx, holds) {
		r.t.Fatalf("it did not happen; pushes %v\n%s", l.Pushes(), r.log)
	}
}

// gone waits until a screen has no connection.
func (r *running) gone(l *people.Listener) {
	r.t.Helper()
	for until := time.Now().Add(10 * time.Second); l.Connected(); <-time.After(5 * time.Millisecond) {
		if time.Now().After(until) {
			r.t.Fatalf("still connected\n%s", r.log)
		}
	}
}

// The whole of the first conversation, through the wire, on both engines.
func TestAConversation(t *testing.T) {
	eachEngine(t, func(t *testing.T, engine db.Engine) {
		ctx := t.Context()
		r := begin(t, withAdmin(config(t, engine)))
		alice, screen := r.staff("alice")
		ann, err := r.NewVisitor(ctx, "Ann")
		if err == nil {
			err = ann.Open(ctx)
		}
		if err != nil {
			t.Fatal(err)
		}
		phone := ann.Listen().Start(ctx)
		defer phone.Stop()
		phone.Join(ann.Room.ID)
		screen.Join(ann.Room.ID)
		if _, err := ann.Say(ctx, "m1", "hello"); err != nil {
			t.Fatal(err)
		}
		if _, err := alice.Say(ctx, ann.Room.ID, "m2", "hi Ann"); err != nil {
			t.Fatal(err)
		}
		for _, l := range []*people.Listener{phone, screen} {
			r.wait(l, func() bool { return strings.Contains(said(l, ann.Room.ID), "hello|hi Ann") })
		}
		if err := alice.Close(ctx, ann.Room.ID, "bye"); err != nil {
			t.Fatal(err)
		}
		for _, l := range []*people.Listener{phone, screen} {
			r.wait(l, func() bool { return l.Shown(ann.Room.ID).Closed })
		}
		if _, err := ann.Say(ctx, "m3", "too late"); err == nil {
			t.Error("a closed room takes no message")
		}
		history, err := ann.History(ctx)
		if err != nil || !slices.ContainsFunc(history, func(m chat.Message) bool { return m.Msg == "hi Ann" }) {
			t.Errorf("%v, %v", history, err)
		}
	})
}

// said is what ordinary messages a screen shows of a room.
func said(l *people.Listener, rid chat.RoomID) string {
	var texts []string
	for _, m := range l.Shown(rid).Messages {
		if m.T == "" {
			texts = append(texts, m.Msg)
		}
	}
	return strings.Join(texts, "|")
}

// Revoking a sign-in closes its sockets within a second, also when another
// process did it.
func TestRevokingClosesSockets(t *testing.T) {
	eachEngine(t, func(t *testing.T, engine db.Engine) {
		c := withAdmin(config(t, engine))
		r := begin(t, c)
		for name, revoke := range map[string]func(*people.Agent) error{
			"logout": func(a *people.Agent) error { return a.Call(t.Context(), "POST", "/api/v1/logout", nil, nil) },
			"command": func(a *people.Agent) error {
				return SetPassword(t.Context(), c.Storage, Person{ID: string(a.User), Password: "new"})
			},
		} {
			agent, screen := r.staff(name)
			if err := revoke(agent); err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			r.gone(screen)
			if took := time.Since(began); name == "logout" && took > time.Second {
				t.Errorf("%s: the socket lived for %s", name, took)
			}
			if err := agent.Call(t.Context(), "GET", "/api/v1/me", nil, nil); err == nil {
				t.Errorf("%s: the token still works", name)
			}
		}
	})
}

// SIGTERM: readiness turns off, sockets are sent elsewhere, the process ends by itself.
func TestDrain(t *testing.T) {
	c := withAdmin(config(t, db.SQLite))
	c.MetricsListen = "127.0.0.1:0"
	r := begin(t, c)
	_, screen := r.staff("alice")
	r.stop()
	r.await("/health/ready", 503)
	if a := r.do("GET", "/health/live", ""); a.status != 200 {
		t.Errorf("live: %d", a.status)
	}
	r.gone(screen)
	r.end()
}
