package conversation

import (
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

func TestMessagesOnBehalfOfAVisitor(t *testing.T) { // rest-api 8, LC-MSG-11
	online(t, func(t *testing.T, w *wire) {
		bob := w.agent("bob")
		w.signedIn(bob)
		ann := w.visitor("ann")
		const target = "livechat/messages"
		before := w.snapshot()
		for body, want := range map[string]string{
			`{"messages":[{"msg":"x"}]}`:                                                "must have required property 'visitor' [invalid-params]",
			`{"visitor":{},"messages":[{"msg":"x"}]}`:                                   "must have required property 'token' [invalid-params]",
			`{"visitor":{"token":"token of ann"}}`:                                      "must have required property 'messages' [invalid-params]",
			`{"visitor":{"token":"token of ann"},"messages":"x"}`:                       "must be array [invalid-params]",
			`{"visitor":{"token":"token of ann"},"messages":[]}`:                        "must NOT have fewer than 1 items [invalid-params]",
			`{"visitor":{"token":"nobody"},"messages":[{"msg":"x"}]}`:                   "[invalid-token]",
			`{"visitor":{"token":"token of ann"},"messages":[{"msg":"x"},{"msg":" "}]}`: "The message is empty [error-message-empty]",
		} {
			w.refused(t, 400, want, "bob", "POST", target, body)
		}
		w.unchanged(t, before)
		a := w.ok("bob", "POST", target, `{"visitor":{"token":"token of ann"},"messages":[{"msg":"one"},{"msg":"two"}]}`)
		list := a.at("messages").([]any)
		if len(list) != 2 || list[0].(map[string]any)["msg"] != "one" || list[1].(map[string]any)["username"] != ann.Username || strings.Contains(a.text, "token") {
			t.Errorf("answer: %s", a.text)
		}
		w.ok("bob", "POST", target, `{"visitor":{"token":"token of ann"},"messages":[{"msg":"three"}]}`)
		if n := w.count(`SELECT count(*) FROM rooms`); n != 1 {
			t.Errorf("%d rooms", n)
		}
		if n := w.count(`SELECT count(*) FROM messages WHERE msg IN ('one', 'two', 'three')`); n != 3 {
			t.Errorf("%d messages", n)
		}
	})
}

func TestARoomByItsID(t *testing.T) { // rest-api 5, channels.info
	online(t, func(t *testing.T, w *wire) {
		bob, eve, boss := w.agent("bob"), w.agent("eve"), w.user("boss", chat.RoleManager)
		w.signedIn(bob, eve, boss)
		r := w.open(w.visitor("ann"))
		w.take(bob, r)
		target := "channels.info?roomId=" + string(r.ID)
		a := w.ok("bob", "GET", target, "")
		if a.at("channel._id") != string(r.ID) || a.at("channel.t") != "l" || strings.Contains(a.text, "token") {
			t.Errorf("open: %s", a.text)
		}
		w.refused(t, 400, "error-invalid-room", "eve", "GET", target, "")
		w.refused(t, 400, "error-invalid-room", "bob", "GET", "channels.info?roomId=nowhere", "")
		w.refused(t, 400, "must have required property 'roomId' [invalid-params]", "bob", "GET", "channels.info", "")
		w.refused(t, 401, "You must be logged in to do this.", "", "GET", target, "")
		w.close(bob, r)
		if a := w.ok("boss", "GET", target, ""); a.at("channel.closer") != "user" || a.at("channel.open") != nil {
			t.Errorf("closed: %s", a.text)
		}
	})
}
