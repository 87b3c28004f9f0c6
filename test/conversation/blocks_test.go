package conversation

import (
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

// rocketchat-widget.md 6.1, webhooks.md 1.7: blocks of a message.
func TestAMessageMayOfferReplies(t *testing.T) {
	online(t, func(t *testing.T, w *wire) {
		bob, ann := w.agent("bob"), w.visitor("ann")
		w.signedIn(bob)
		room := w.open(ann)
		w.say(ann, room, "hello")
		w.take(bob, room)
		rid := string(room.ID)
		offer := func(blocks string) string {
			return `{"message":{"rid":"` + rid + `","msg":"Pick one","blocks":` + blocks + `}}`
		}
		button := func(text string) string {
			return `{"type":"button","actionId":"a","text":{"type":"plain_text","text":"` + text + `"},"value":"v"}`
		}

		sent := w.ok("bob", "POST", "chat.sendMessage", offer(`[{"type":"section","text":{"type":"mrkdwn","text":"*x*"}},{"type":"actions","elements":[`+button("Yes")+","+button("<b>No</b>")+`]}]`))
		seen := w.ok("", "GET", "livechat/messages.history/"+rid+"?token=token%20of%20ann", "")
		for name, a := range map[string]answer{"the agent": sent, "the visitor": seen} {
			for _, part := range []string{`"text":"<b>No</b>"},"value":"v"}`, `"text":"Yes"`, `{"type":"section","text":{"text":"*x*","type":"mrkdwn"}}`} {
				if !strings.Contains(a.text, part) {
					t.Errorf("%s does not see %s: %s", name, part, a.text)
				}
			}
		}
		for name, blocks := range map[string]string{
			"no list": `{}`, "no type": `[{"elements":[]}]`, "an empty button": `[{"type":"actions","elements":[` + button("") + `]}]`,
			"a long button": `[{"type":"actions","elements":[` + button(strings.Repeat("x", 201)) + `]}]`, "much text": `[{"type":"section","text":"` + strings.Repeat("x", 17<<10) + `"}]`,
			"many": `[` + strings.Repeat(`{"type":"divider"},`, 20) + `{"type":"divider"}]`,
		} {
			if a := w.call("bob", "POST", "chat.sendMessage", offer(blocks)); a.status != 400 {
				t.Errorf("%s: %d %.200s", name, a.status, a.text)
			}
		}
		if n := w.count(`SELECT COUNT(*) FROM messages WHERE room_id = $1 AND t = '' AND NOT by_visitor`, chat.RoomID(rid)); n != 1 {
			t.Errorf("%d messages of the agent", n)
		}
		w.call("", "POST", "livechat/message", `{"token":"token of ann","rid":"`+rid+`","msg":"mine","blocks":[{"type":"actions","elements":[`+button("x")+`]}]}`)
		if a := w.ok("", "GET", "livechat/messages.history/"+rid+"?token=token%20of%20ann", ""); strings.Count(a.text, `"blocks"`) != 1 {
			t.Errorf("a visitor offers replies: %s", a.text)
		}
	})
}
