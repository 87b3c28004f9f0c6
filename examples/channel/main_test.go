package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/test/example"
)

// webhooks.md 9.1: two people write through the channel, an agent answers, each hears his own.
func TestTheChannelCarriesBothWays(t *testing.T) {
	h := example.Open(t, db.SQLite)
	bob := h.Agent("bob")
	site := httptest.NewServer(newChannel(h.URL, "hush"))
	defer site.Close()
	h.Set("Livechat_webhookUrl", site.URL+"/webhook")
	h.Set("Livechat_secret_token", "hush")
	h.Set("Livechat_webhook_on_agent_message", true)
	say := func(from, text string) {
		t.Helper()
		h.Until(from+" cannot write", func() bool { // until bob is seen to be there
			res, err := http.Post(site.URL+"/say?from="+from, "text/plain", strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			return res.StatusCode == 200
		})
	}
	heard := func(from string) string {
		res, err := http.Get(site.URL + "/heard?from=" + from)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, _ := io.ReadAll(res.Body)
		return string(b)
	}
	say("ana", "Hello?")
	say("ben", "Hi")
	say("ana", "Anybody?")
	rooms := map[string]chat.RoomID{}
	h.Until("bob has not both chats", func() bool {
		_, mine, err := bob.Inbox(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range mine {
			rooms[r.FName] = r.ID
		}
		return len(rooms) == 2
	})
	for name, rid := range rooms {
		if _, err := bob.Say(t.Context(), rid, "to-"+name, "Hello "+name); err != nil {
			t.Fatal(err)
		}
	}
	for name := range rooms {
		h.Until(name+" hears nothing", func() bool { return heard(name) == "Hello "+name+"\n" })
	}
	if res, err := http.Post(site.URL+"/webhook", "application/json", strings.NewReader(`{"type":"Message"}`)); err != nil || res.StatusCode != 403 {
		t.Error("anybody may speak for agents", err)
	}
}
