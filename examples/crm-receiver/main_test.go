package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/app"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
	"github.com/foyerchat/foyer/test/people"
)

// A chat from its beginning to its end and what the receiver learned of it
// (webhooks.md 1.5, "What a chat produces").
func TestAChatIsTold(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			crm := newReceiver("hush", "")
			server := httptest.NewServer(crm)
			defer server.Close()
			h := begin(t, engine, server.URL)
			crm.secrets = []string{h.secret()}
			bob := h.agent("bob")
			ann, err := h.NewVisitor(t.Context(), "Ann")
			if err != nil {
				t.Fatal(err)
			}
			for err = ann.Open(t.Context()); err != nil; err = ann.Open(t.Context()) {
				if !strings.Contains(err.Error(), "no-agent-online") || people.Sleep(t.Context(), 20*time.Millisecond) != nil {
					t.Fatal(err)
				}
			}
			rid := ann.Room.ID
			h.await(crm, 2)
			if _, err := ann.Say(t.Context(), "m1", "I am ann@example.org"); err != nil {
				t.Fatal(err)
			}
			h.await(crm, 4)
			if _, err := bob.Say(t.Context(), rid, "m2", "Hello Ann"); err != nil {
				t.Fatal(err)
			}
			h.await(crm, 5)
			eve := h.agent("eve")
			h.call("POST", "livechat/room.forward", map[string]any{"roomId": rid, "userId": eve.User})
			h.await(crm, 7)
			h.call("POST", "livechat/inquiries.returnAsInquiry", map[string]any{"roomId": rid})
			h.await(crm, 8)
			var got []string
			for _, e := range crm.all() {
				got = append(got, e.Type)
				if e.Room != string(rid) || e.Visitor.Name != "Ann" {
					t.Errorf("%+v", e)
				}
			}
			want := []string{"LivechatSessionStart", "LivechatSessionTaken", "Message", "LeadCapture", "Message",
				"LivechatSessionTaken", "LivechatSessionForwarded", "LivechatSessionQueued"}
			if !slices.Equal(got[:len(want)], want) {
				t.Errorf("%v", got)
			}
			if m := crm.all()[4].Messages; len(m) != 1 || m[0].Username != "bob" || m[0].Msg != "Hello Ann" {
				t.Error(m)
			}
			n := len(crm.all())
			h.call("POST", "livechat/room.closeByUser", map[string]any{"rid": rid, "comment": "bye"})
			h.awaitType(crm, n, "LivechatSession")
			h.call("POST", "livechat/room.saveInfo", map[string]any{"guestData": map[string]any{"_id": ann.Room.V.ID}, "roomData": map[string]any{"_id": rid, "topic": "Invoices"}})
			h.awaitType(crm, n, "LivechatEdit")
		})
	}
}

// Who cannot prove himself is not believed.
func TestStrangersAreRefused(t *testing.T) {
	const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" // of the scheme's own example
	good := http.Header{"Webhook-Id": {"msg_p5jXN8AQM9LWM0D4loKWxJek"}, "Webhook-Timestamp": {"1614265330"},
		"Webhook-Signature": {"v1,bm9ldHUjKzFob2VudXRob2VodWUzMjRvdWVvdW9ldQo= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}}
	ask := func(r *receiver, h http.Header, body string) int {
		q := httptest.NewRequest("POST", "/", strings.NewReader(body))
		q.Header = h
		w := httptest.NewRecorder()
		r.ServeHTTP(w, q)
		return w.Code
	}
	at := func(seconds int64) *receiver {
		r := newReceiver("", "whsec_AAAA,"+secret)
		r.age = func(sent time.Time) time.Duration { return time.Unix(seconds, 0).Sub(sent) }
		return r
	}
	const body = `{"test": 2432232314}`
	if got := ask(at(1614265330), good, body); got != 200 {
		t.Error("the example of the scheme:", got)
	}
	for name, got := range map[string]int{
		"another body": ask(at(1614265330), good, body+" "), "an old one": ask(at(1614265330+3600), good, body),
		"nothing": ask(at(1614265330), http.Header{}, body), "no token": ask(newReceiver("hush", ""), good, body),
	} {
		if got != 403 {
			t.Error(name, got)
		}
	}
}

func (s *receiver) all() []event {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.events)
}

// house is a running server whose CRM is the receiver.
type house struct {
	people.Server
	t    *testing.T
	boss *people.Agent
}

func begin(t *testing.T, engine db.Engine, crm string) *house {
	t.Helper()
	c := app.Config{Listen: "127.0.0.1:0", RateLimits: "off", LogLevel: "error", LogFormat: "text", AllowPrivateOutbound: true,
		Admin: app.Admin{Username: "boss", Password: "boss-pw", Email: "boss@example.com", ID: "boss-id"}}
	c.Data, c.Database = t.TempDir(), testkit.URL(t, engine)
	a, err := app.New(t.Context(), c, app.Options{Version: "v-test"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
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
	for id, value := range map[string]any{"Livechat_secret_token": "hush", "Livechat_webhook_on_start": true, "Livechat_webhook_on_close": true,
		"Livechat_webhook_on_chat_taken": true, "Livechat_webhook_on_chat_queued": true, "Livechat_webhook_on_forward": true,
		"Livechat_webhook_on_visitor_message": true, "Livechat_webhook_on_agent_message": true, "Livechat_webhook_on_capture": true,
		"Livechat_webhookUrl": crm} {
		h.call("POST", "settings/"+id, map[string]any{"value": value})
	}
	return h
}

func (h *house) call(method, path string, body any) {
	h.t.Helper()
	if err := h.boss.Call(h.t.Context(), method, "/api/v1/"+path, body, nil); err != nil {
		h.t.Fatal(err)
	}
}

// secret is what the deliveries are signed with.
func (h *house) secret() string {
	h.t.Helper()
	var a struct {
		Secret string `json:"secret"`
	}
	if err := h.boss.Call(h.t.Context(), "GET", "/api/v1/foyer/webhooks/crm/secret", nil, &a); err != nil {
		h.t.Fatal(err)
	}
	return a.Secret
}

// agent makes one who is there until the test ends.
func (h *house) agent(name string) *people.Agent {
	h.t.Helper()
	h.call("POST", "users.create", map[string]any{"name": name, "username": name, "email": name + "@example.com",
		"password": "pw", "roles": []string{"user", "livechat-agent"}, "verified": true})
	a, err := h.SignIn(h.t.Context(), name, "pw")
	if err != nil {
		h.t.Fatal(err)
	}
	l := a.Listen().Start(h.t.Context())
	h.t.Cleanup(l.Stop)
	l.Wait(h.t.Context(), func() bool { return l.Connected() && slices.Contains(l.Pushes(), "agent.changed") })
	return a
}

// await waits until the receiver has taken n deliveries.
func (h *house) await(r *receiver, n int) {
	h.t.Helper()
	h.until(func() bool { return len(r.all()) >= n }, r)
}

// awaitType waits until one of a type came after the first n.
func (h *house) awaitType(r *receiver, n int, kind string) {
	h.t.Helper()
	h.until(func() bool { return slices.ContainsFunc(r.all()[n:], func(e event) bool { return e.Type == kind }) }, r)
}

func (h *house) until(holds func() bool, r *receiver) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), 20*time.Second)
	defer cancel()
	for !holds() {
		if people.Sleep(ctx, 5*time.Millisecond) != nil {
			h.t.Fatalf("it did not arrive: %+v", r.all())
		}
	}
}
