package main

import (
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/test/example"
	"github.com/foyerchat/foyer/test/people"
)

// webhooks.md 9.2: a bot serves chats, answers what it knows, and gives the rest to people.
func TestTheBotAnswers(t *testing.T) {
	h := example.Open(t, db.SQLite)
	helper := h.User("helper", "bot", "livechat-agent")
	var made struct {
		Department struct {
			ID string `json:"_id"`
		}
	}
	bob := h.Agent("bob")
	h.Call(h.Boss, "POST", "/api/v1/livechat/department", map[string]any{"department": map[string]any{"name": "People", "email": "p@example.com", "enabled": true,
		"showOnRegistration": false, "showOnOfflineForm": false}, "agents": []map[string]any{{"agentId": bob.User, "username": "bob", "count": 0, "order": 0}}}, &made)
	h.Call(h.Boss, "POST", "/api/v1/permissions.update", map[string]any{"permissions": []map[string]any{
		{"_id": "view-l-room", "roles": []string{"livechat-manager", "livechat-agent", "admin", "bot"}},
		{"_id": "transfer-livechat-guest", "roles": []string{"livechat-manager", "admin", "bot"}}}}, nil)
	h.Set("Livechat_assign_new_conversation_to_bot", true)
	site := httptest.NewUnstartedServer(nil)
	site.Start()
	defer site.Close()
	var hook struct {
		Webhook struct {
			ID string `json:"_id"`
		}
	}
	h.Call(h.Boss, "POST", "/api/v1/foyer/webhooks", map[string]any{"name": "bot", "url": site.URL, "events": []string{"visitor-message"}}, &hook)
	var proof struct{ Secret string }
	h.Call(h.Boss, "GET", "/api/v1/foyer/webhooks/"+hook.Webhook.ID+"/secret", nil, &proof)
	b, err := newBot(h.URL, proof.Secret, made.Department.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.signIn(t.Context(), "helper", "pw"); err != nil || b.user != string(helper.User) {
		t.Fatal(err)
	}
	site.Config.Handler = b
	v := h.Visitor("Vera")
	h.Opens(v)
	for _, c := range []struct{ id, question, answer string }{{"q1", "When are you OPEN?", "We are open from 9 to 17."}, {"q2", "I want a person", toPeople}} {
		if _, err := v.Say(t.Context(), c.id, c.question); err != nil {
			t.Fatal(err)
		}
		h.Until("no answer to "+c.question, func() bool { return slices.Contains(said(t, v), c.answer) })
	}
	h.Until("bob does not get the chat", func() bool {
		agent, _, err := v.Served(t.Context())
		return err == nil && agent == "bob"
	})
}

func said(t *testing.T, v *people.Visitor) (all []string) {
	t.Helper()
	found, err := v.History(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range found {
		all = append(all, m.Msg)
	}
	return all
}
