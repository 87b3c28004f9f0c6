package conversation

import (
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

func TestStaffIsShownVisitorsTokensOnlyWhereIntegrationsNeedThem(t *testing.T) { // lifecycle.md 1.2, rest-api.md 4.4 to 4.6 and 27
	online(t, func(t *testing.T, w *wire) {
		boss, ann := w.user("boss", chat.RoleManager), w.visitor("ann")
		w.signedIn(boss)
		r := w.open(ann)
		w.say(ann, r, "hello")
		rid := string(r.ID)
		for path, at := range map[string]string{
			"livechat/rooms": "rooms.0.v.token", "channels.info?roomId=" + rid: "channel.v.token",
			"livechat/inquiries.getOne?roomId=" + rid: "inquiry.v.token", "livechat/inquiries.list": "inquiries.0.v.token",
			"livechat/" + rid + "/messages": "messages.0.token",
		} {
			w.settings.set(func(s *chat.Settings) { s.VisitorTokens = false })
			if a := w.ok("boss", "GET", path, ""); strings.Contains(a.text, "token of ann") {
				t.Errorf("%s: %s", path, a.text)
			}
			w.settings.set(func(s *chat.Settings) { s.VisitorTokens = true })
			if a := w.ok("boss", "GET", path, ""); a.at(at) != "token of ann" {
				t.Errorf("%s has no %s: %s", path, at, a.text)
			}
		}
		if a := w.ok("boss", "GET", "foyer/rooms/"+rid, ""); strings.Contains(a.text, "token of ann") {
			t.Errorf("our own screens need none: %s", a.text)
		}
	})
}
