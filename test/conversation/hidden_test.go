package conversation

import (
	"fmt"
	"slices"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

// types are those of the messages an answer has, "" for what people said.
func types(a answer) (all []string) {
	for _, m := range a.at("messages").([]any) {
		t, _ := m.(map[string]any)["t"].(string)
		all = append(all, t)
	}
	return all
}

func TestSystemMessagesNobodyIsShown(t *testing.T) { // LC-HID-4
	online(t, func(t *testing.T, w *wire) {
		bob, ann := w.agent("bob"), w.visitor("ann")
		w.signedIn(bob, ann)
		r := w.open(ann)
		w.say(ann, r, "hello")
		w.take(bob, r)
		w.answer(bob, r, "hi")
		rid := string(r.ID)
		histories := map[string]string{"foyer/rooms/" + rid + "/history": "bob", "foyer/widget/history?rid=" + rid: "ann", "livechat/messages.history/" + rid + "?token=token%20of%20ann": ""}
		check := func(want ...string) {
			t.Helper()
			for path, who := range histories {
				got := types(w.ok(who, "GET", path, ""))
				if who == "" {
					slices.Reverse(got)
				}
				if fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("%s: %q, want %q", path, got, want)
				}
			}
		}
		check("livechat-started", "", "command", "uj", "")
		w.settings.set(func(s *chat.Settings) { s.HiddenTypes = []string{"uj", "livechat-started"} })
		check("", "command", "")
		a := w.ok("bob", "GET", "foyer/rooms/"+rid+"/history?count=3", "")
		if fmt.Sprint(types(a)) != fmt.Sprint([]string{"", "command", ""}) || a.at("more") != false {
			t.Errorf("hidden ones take no place on a page: %s", a.text)
		}
		if a := w.ok("", "GET", "livechat/messages.history/"+rid+"?token=token%20of%20ann&limit=1&offset=2&ls=2020-01-01T00:00:00.000Z", ""); len(types(a)) != 1 || a.at("messages.0.msg") != "hello" || a.at("unreadNotLoaded") != 0.0 {
			t.Errorf("nor do they count: %s", a.text)
		}
		w.settings.set(func(s *chat.Settings) { s.HiddenTypes = nil })
		check("livechat-started", "", "command", "uj", "") // they are stored all the same
	})
}

// Lists show the last message that people are shown instead of one that is hidden.
func TestAHiddenMessageIsNoPreview(t *testing.T) { // LC-HID-4
	online(t, func(t *testing.T, w *wire) {
		bob, ann, boss := w.agent("bob"), w.visitor("ann"), w.user("boss", chat.RoleManager)
		w.signedIn(bob, ann, boss)
		r := w.open(ann)
		w.say(ann, r, "hello")
		w.take(bob, r)
		lists := map[string]string{"livechat/rooms": "rooms.0.lastMessage", "rooms.get": "update.0.lastMessage", "foyer/inbox": "mine.0.lastMessage",
			"channels.info?roomId=" + string(r.ID): "channel.lastMessage"}
		check := func(key string, want any) {
			t.Helper()
			for path, last := range lists {
				who := "bob"
				if path == "livechat/rooms" {
					who = "boss"
				}
				if a := w.ok(who, "GET", path, ""); a.at(last+key) != want {
					t.Errorf("%s: not %v: %s", path, want, a.text)
				}
			}
		}
		check(".t", "uj")
		w.settings.set(func(s *chat.Settings) { s.HiddenTypes = []string{"uj", "livechat-started", "command"} })
		check(".msg", "hello")
		w.settings.set(func(s *chat.Settings) { s.HiddenTypes = nil })
		check(".t", "uj")
	})
}
