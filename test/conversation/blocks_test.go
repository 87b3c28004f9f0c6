package conversation

import (
	"encoding/json"
	"reflect"
	"slices"
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
			for _, part := range []string{`"text":"<b>No</b>","type":"plain_text"},"value":"v"}`, `"text":"Yes"`, `{"type":"section","text":{"text":"*x*","type":"mrkdwn"}}`} {
				if !strings.Contains(a.text, part) {
					t.Errorf("%s does not see %s: %s", name, part, a.text)
				}
			}
		}
		for name, blocks := range map[string]string{
			"no list": `{}`, "no type": `[{"elements":[]}]`, "an empty button": `[{"type":"actions","elements":[` + button("") + `]}]`,
			"a long button": `[{"type":"actions","elements":[` + button(strings.Repeat("x", 201)) + `]}]`, "much text": `[{"type":"section","text":"` + strings.Repeat("x", 17<<10) + `"}]`,
			"many":                    `[` + strings.Repeat(`{"type":"divider"},`, 20) + `{"type":"divider"}]`,
			"a picture without words": `[{"type":"image","imageUrl":"https://x.example/a.png"}]`, "a script as a picture": `[{"type":"section","accessory":{"type":"image","imageUrl":"javascript:x","altText":"a"}}]`,
			"a script as a link": `[{"type":"actions","elements":[{"type":"button","text":"a","url":"javascript:alert(1)"}]}]`, "text of a text": `[{"type":"section","text":{"text":{"text":"x"}}}]`,
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

// A context has texts and pictures, a section more texts and a picture or button beside it.
func TestBlocksInTheirStandardForms(t *testing.T) {
	online(t, func(t *testing.T, w *wire) {
		bob, ann := w.agent("bob"), w.visitor("ann")
		w.signedIn(bob)
		room := w.open(ann)
		w.say(ann, room, "hello")
		w.take(bob, room)
		rid := string(room.ID)
		const blocks = `[{"type":"section","text":{"type":"mrkdwn","text":"*Order*"},"fields":["Ferns",{"type":"plain_text","text":"7"}],` +
			`"accessory":{"type":"image","imageUrl":"https://shop.example/fern.png","altText":"A fern"}},` +
			`{"type":"context","elements":[{"type":"image","imageUrl":"https://shop.example/van.png","altText":"A van"},{"type":"mrkdwn","text":"_on its way_"}]},` +
			`{"type":"image","title":{"type":"plain_text","text":"Where it is"},"imageUrl":"https://shop.example/map.png","altText":"A map"},` +
			`{"type":"actions","elements":[{"type":"button","text":"Follow","url":"https://shop.example/7"}]}]`
		w.ok("bob", "POST", "chat.sendMessage", `{"message":{"rid":"`+rid+`","msg":"","blocks":`+blocks+`}}`)
		seen := w.ok("", "GET", "livechat/messages.history/"+rid+"?token=token%20of%20ann", "")
		var got struct {
			Messages []struct{ Blocks []chat.Block }
		}
		if err := json.Unmarshal([]byte(seen.text), &got); err != nil {
			t.Fatal(err)
		}
		var want []chat.Block
		if err := json.Unmarshal([]byte(blocks), &want); err != nil {
			t.Fatal(err)
		}
		if i := slices.IndexFunc(got.Messages, func(m struct{ Blocks []chat.Block }) bool { return m.Blocks != nil }); i < 0 || !reflect.DeepEqual(got.Messages[i].Blocks, want) {
			t.Errorf("the visitor sees %s", seen.text)
		}
		for blocks, want := range map[string]string{
			`[{"type":"divider"},7]`: `"error":"must be object [invalid-params]","errorType":"invalid-params","details":{"field":"message.blocks[1]"}`,
			`7`:                      `"error":"must be array [invalid-params]","errorType":"invalid-params","details":{"field":"message.blocks"}`,
			`[{"type":"actions","elements":[{"type":"b"},"button"]}]`: `"details":{"field":"message.blocks[0].elements[1]"}`,
			`[{"type":"section","accessory":[]}]`:                     `"details":{"field":"message.blocks[0].accessory"}`,
		} {
			if a := w.call("bob", "POST", "chat.sendMessage", `{"message":{"rid":"`+rid+`","msg":"","blocks":`+blocks+`}}`); a.status != 400 || !strings.Contains(a.text, want) {
				t.Errorf("%s: %s", blocks, a.text)
			}
		}
		refused := w.call("bob", "POST", "chat.sendMessage", `{"message":{"rid":"`+rid+`","msg":"","blocks":[{"type":"divider"},{"type":"image","imageUrl":"https://x.example/a.png"}]}}`)
		if refused.status != 400 || !strings.Contains(refused.text, "Block 2: a picture needs imageUrl and altText [error-invalid-blocks]") {
			t.Errorf("%d %s", refused.status, refused.text)
		}
	})
}
