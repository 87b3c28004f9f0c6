package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
	"github.com/foyerchat/foyer/test/example"
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

// open runs a server whose chats the example routes.
func open(t *testing.T, engine db.Engine, service string) *house {
	t.Helper()
	h := &house{example.Open(t, engine), t}
	for id, value := range map[string]any{"Livechat_External_Queue_URL": service, "Livechat_External_Queue_Token": "secret",
		"Livechat_Routing_Method": chat.RoutingExternal} {
		h.Set(id, value)
	}
	return h
}

type house struct {
	*example.House
	t *testing.T
}

// wantAgent waits until the visitor is served.
func (h *house) wantAgent(v *people.Visitor, want string) {
	h.t.Helper()
	h.Until(v.Name+" waits for ever", func() bool {
		got, _, err := v.Served(h.t.Context())
		if err != nil || got != "" && got != want {
			h.t.Fatalf("%s is served by %q, want %q (%v)", v.Name, got, want, err)
		}
		return got == want
	})
}

// RQ-EXT-1 to RQ-EXT-5: the server asks the example, takes whom it names if he is there, makes the chat wait or refuses
// it when it names nobody, and keeps the limits.
func TestTheExampleRoutesChats(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			ctx := t.Context()
			service := httptest.NewServer(newService("secret", "gone,eve,bob"))
			defer service.Close()
			h := open(t, engine, service.URL)
			first := h.Visitor("First")
			if err := first.Open(ctx); err == nil || !strings.Contains(err.Error(), "no-agent-online") { // RQ-EXT-4
				t.Errorf("nobody is there: %v", err)
			}
			h.Agent("bob")
			h.Agent("eve")
			h.Opens(first)
			served, _, err := first.Served(ctx)
			if err != nil || served != "eve" && served != "bob" {
				t.Fatalf("served by %q %v", served, err)
			}
			other := map[string]string{"eve": "bob", "bob": "eve"}[served]
			second := h.Visitor("Second")
			if err := second.Open(ctx); err != nil {
				t.Fatal(err)
			}
			h.wantAgent(second, other)
			h.explained(first, `"rule":"method"`, `"answer":{"username":"`+served+`"`)

			h.Set("Livechat_waiting_queue", true)
			h.Set("Livechat_maximum_chats_per_agent", 1)
			third := h.Visitor("Third")
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
			service := newService("secret", "bob")
			front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				select {
				case <-broken:
					service.ServeHTTP(w, r)
				default:
					io.WriteString(w, "<html>not now</html>")
				}
			}))
			defer front.Close()
			h := open(t, engine, front.URL)
			h.Set("Livechat_accept_chats_with_no_agents", true)
			h.Set("Omnichannel_queue_delay_timeout", 1)
			h.Agent("bob")
			v := h.Visitor("Vera")
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
	err := h.Boss.Call(h.t.Context(), "GET", "/api/v1/livechat/rooms/"+string(v.Room.ID)+"/explain", nil, &answer)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, part := range parts {
		if !strings.Contains(string(answer), part) {
			h.t.Errorf("%s is missing in %s", part, answer)
		}
	}
}
