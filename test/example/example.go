// Package example runs a whole server inside a test, for the examples that talk with it.
package example

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/app"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
	"github.com/foyerchat/foyer/test/people"
)

// House is a running server, which may reach this machine, with its administrator.
type House struct {
	people.Server
	Boss *people.Agent

	t *testing.T
}

// Open runs a server until the test ends.
func Open(t *testing.T, engine db.Engine) *House {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	c := app.Config{Storage: app.Storage{Data: t.TempDir(), Database: testkit.EmptyURL(t, engine)}, Listen: "127.0.0.1:0", RateLimits: "off",
		LogLevel: "error", LogFormat: "text", AllowPrivateOutbound: true, Admin: app.Admin{Username: "boss", Password: "boss-pw"}}
	a, err := app.New(ctx, c, app.Options{Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	h := &House{t: t, Server: people.Server{URL: a.URL(), HTTP: &http.Client{Timeout: 40 * time.Second}}}
	if h.Boss, err = h.SignIn(ctx, "boss", "boss-pw"); err != nil {
		t.Fatal(err)
	}
	return h
}

// Set changes a setting.
func (h *House) Set(id string, value any) {
	h.t.Helper()
	h.Call(h.Boss, "POST", "/api/v1/settings/"+id, map[string]any{"value": value}, nil)
}

// Call sends a request that has to be answered with 200.
func (h *House) Call(who *people.Agent, method, path string, body, answer any) {
	h.t.Helper()
	if err := who.Call(h.t.Context(), method, path, body, answer); err != nil {
		h.t.Fatal(method, path, err)
	}
}

// User makes somebody with roles and signs him in.
func (h *House) User(name string, roles ...string) *people.Agent {
	h.t.Helper()
	h.Call(h.Boss, "POST", "/api/v1/users.create", map[string]any{"name": name, "username": name, "email": name + "@example.com",
		"password": "pw", "roles": roles, "verified": true}, nil)
	a, err := h.SignIn(h.t.Context(), name, "pw")
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// Agent makes an agent who is there until the test ends.
func (h *House) Agent(name string) *people.Agent {
	h.t.Helper()
	a := h.User(name, "user", "livechat-agent")
	l := a.Listen().Start(h.t.Context())
	h.t.Cleanup(l.Stop)
	l.Wait(h.t.Context(), l.Connected)
	return a
}

// Visitor registers somebody.
func (h *House) Visitor(name string) *people.Visitor {
	h.t.Helper()
	v, err := h.NewVisitor(h.t.Context(), name)
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

// Opens opens a chat as soon as somebody is there to have it.
func (h *House) Opens(v *people.Visitor) {
	h.t.Helper()
	h.Until(v.Name+" has no chat", func() bool {
		err := v.Open(h.t.Context())
		if err != nil && !strings.Contains(err.Error(), "no-agent-online") {
			h.t.Fatal(err)
		}
		return err == nil
	})
}

// Until waits for something to become true.
func (h *House) Until(otherwise string, done func() bool) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), 20*time.Second)
	defer cancel()
	for !done() {
		if people.Sleep(ctx, 20*time.Millisecond) != nil {
			h.t.Fatal(otherwise)
		}
	}
}
