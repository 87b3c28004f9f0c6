package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/app"
	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
	"github.com/foyerchat/foyer/test/people"
)

func TestAgentsAreNamedInTurn(t *testing.T) {
	s := newService("secret", "bob,eve", "sales=ann:id-1,bob")
	ask := func(query, token string) string {
		r := httptest.NewRequest("GET", "/?"+query, nil)
		r.Header.Set("X-RocketChat-Secret-Token", token)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return strings.TrimSpace(w.Body.String())
	}
	for i, c := range []struct{ query, token, want string }{
		{"", "wrong", "wrong secret"},
		{"", "secret", `{"username":"bob"}`},
		{"", "secret", `{"username":"eve"}`},
		{"", "secret", `{"username":"bob"}`},
		{"departmentId=sales&ignoreAgentId=id-1", "secret", `{"username":"bob"}`},
		{"departmentId=sales", "secret", `{"username":"ann"}`},
		{"departmentId=unknown", "secret", `{}`},
	} {
		if got := ask(c.query, c.token); got != c.want {
			t.Errorf("question %d: %s, want %s", i, got, c.want)
		}
	}
}

// house is a running server whose chats the example routes.
type house struct {
	people.Server
	t    *testing.T
	boss *people.Agent
}

func open(t *testing.T, engine db.Engine, service string) *house {
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
	h := &house{t: t, Server: people.Server{URL: a.URL(), HTTP: &http.Client{Timeout: 40 * time.Second}}}
	if h.boss, err = h.SignIn(ctx, "boss", "boss-pw"); err != nil {
		t.Fatal(err)
	}
	for id, value := range map[string]any{"Livechat_External_Queue_URL": service, "Livechat_External_Queue_Token": "secret",
		"Livechat_Routing_Method": chat.RoutingExternal} {
		h.set(id, value)
	}
	return h
}

func (h *house) set(id string, value any) {
	h.t.Helper()
	if err := h.boss.Call(h.t.Context(), "POST", "/api/v1/settings/"+id, map[string]any{"value": value}, nil); err != nil {
		h.t.Fatal(err)
	}
}

// agent makes one who is there until the test ends.
func (h *house) agent(name string) *people.Agent {
	h.t.Helper()
	err := h.boss.Call(h.t.Context(), "POST", "/api/v1/users.create", map[string]any{"name": name, "username": name, "email": name + "@example.com",
		"password": "pw", "roles": []string{"user", "livechat-agent"}, "verified": true}, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	a, err := h.SignIn(h.t.Context(), name, "pw")
	if err != nil {
		h.t.Fatal(err)
	}
	l := a.Listen().Start(h.t.Context())
	h.t.Cleanup(l.Stop)
	l.Wait(h.t.Context(), l.Connected)
	return a
}

func (h *house) visitor(name string) *people.Visitor {
	h.t.Helper()
	v, err := h.NewVisitor(h.t.Context(), name)
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

// opens opens a chat as soon as somebody is there to have it.
func (h *house) opens(v *people.Visitor) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), 20*time.Second)
	defer cancel()
	for {
		err := v.Open(ctx)
		if err == nil {
			return
		}
		if !strings.Contains(err.Error(), "no-agent-online") || people.Sleep(ctx, 20*time.Millisecond) != nil {
			h.t.Fatal(err)
		}
	}
}

// wantAgent waits until the visitor is served.
func (h *house) wantAgent(v *people.Visitor, want string) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), 20*time.Second)
	defer cancel()
	for {
		got, _, err := v.Served(ctx)
		if err != nil || got != "" && got != want {
			h.t.Fatalf("%s is served by %q, want %q (%v)", v.Name, got, want, err)
		}
		if got == want {
			return
		}
		if err := people.Sleep(ctx, 20*time.Millisecond); err != nil {
			h.t.Fatalf("%s waits for ever", v.Name)
		}
	}
}

// RQ-EXT-1 to RQ-EXT-5: the server asks the example, takes whom it names if he is there, makes the chat wait or refuses
// it when it names nobody, and keeps the limits.
func TestTheExampleRoutesChats(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			ctx := t.Context()
			example := httptest.NewServer(newService("secret", "gone,eve,bob"))
			defer example.Close()
			h := open(t, engine, example.URL)
			first := h.visitor("First")
			if err := first.Open(ctx); err == nil || !strings.Contains(err.Error(), "no-agent-online") { // RQ-EXT-4
				t.Errorf("nobody is there: %v", err)
			}
			h.agent("bob")
			h.agent("eve")
			h.opens(first)
			served, _, err := first.Served(ctx)
			if err != nil || served != "eve" && served != "bob" {
				t.Fatalf("served by %q %v", served, err)
			}
			other := map[string]string{"eve": "bob", "bob": "eve"}[served]
			second := h.visitor("Second")
			if err := second.Open(ctx); err != nil {
				t.Fatal(err)
			}
			h.wantAgent(second, other)
			h.explained(first, `"rule":"method"`, `"answer":{"username":"`+served+`"`)

			h.set("Livechat_waiting_queue", true)
			h.set("Livechat_maximum_chats_per_agent", 1)
			third := h.visitor("Third")
			if err := third.Open(ctx); err != nil { // RQ-EXT-5: both have their chat, it waits
				t.Fatal(err)
			}
			if err := second.Close(ctx); err != nil {
				t.Fatal(err)
			}
			h.wantAgent(third, other)
		})
	}
}

// A service that is broken or gone keeps chats waiting, and they are served when it answers again.
func TestABrokenServiceLosesNoChat(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			broken := make(chan struct{})
			example := newService("secret", "bob")
			front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				select {
				case <-broken:
					example.ServeHTTP(w, r)
				default:
					io.WriteString(w, "<html>not now</html>")
				}
			}))
			defer front.Close()
			h := open(t, engine, front.URL)
			h.set("Livechat_accept_chats_with_no_agents", true)
			h.set("Omnichannel_queue_delay_timeout", 1)
			h.agent("bob")
			v := h.visitor("Vera")
			if err := v.Open(t.Context()); err != nil {
				t.Fatal(err)
			}
			if served, _, err := v.Served(t.Context()); err != nil || served != "" {
				t.Fatalf("served by %q %v", served, err)
			}
			close(broken)
			h.wantAgent(v, "bob")
		})
	}
}

func (h *house) explained(v *people.Visitor, parts ...string) {
	h.t.Helper()
	var answer json.RawMessage
	err := h.boss.Call(h.t.Context(), "GET", "/api/v1/livechat/rooms/"+string(v.Room.ID)+"/explain", nil, &answer)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, part := range parts {
		if !strings.Contains(string(answer), part) {
			h.t.Errorf("%s is missing in %s", part, answer)
		}
	}
}
