package conversation

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

func TestTheVisitorsEndpoints(t *testing.T) { // rest-api 7 and 8
	online(t, func(t *testing.T, w *wire) {
		w.visitor("ann")
		bob := w.agent("bob")
		w.signedIn(bob)
		const token = "token%20of%20ann"
		a := w.ok("", "GET", "livechat/room?token="+token, "")
		rid, _ := a.at("room._id").(string)
		if a.at("newRoom") != true || a.at("room.t") != "l" || a.at("room.open") != true || a.at("room.source.type") != "api" ||
			a.at("room.v.token") != "token of ann" || a.at("room.servedBy") != nil || a.at("room.ts") != "2026-01-01T12:00:00.000Z" || a.at("room.priorityWeight") != 99.0 {
			t.Errorf("room: %s", a.text)
		}
		if a := w.ok("", "GET", "livechat/room?token="+token+"&rid="+rid, ""); a.at("newRoom") != false || a.at("room._id") != rid {
			t.Errorf("again: %s", a.text)
		}
		a = w.ok("", "POST", "livechat/message", `{"token":"token of ann","rid":"`+rid+`","msg":"hi","_id":"m1","agent":{"agentId":"x","username":"y"}}`)
		if a.at("message._id") != "m1" || a.at("message.msg") != "hi" || a.at("message.token") != "token of ann" || a.at("message.alias") != "ann" ||
			a.at("message.u.username") != "guest-1" || a.at("message.seq") != 2.0 || a.at("message.t") != nil {
			t.Errorf("message: %s", a.text)
		}
		if a := w.ok("", "GET", "livechat/message/m1?token="+token+"&rid="+rid, ""); a.at("message.msg") != "hi" {
			t.Errorf("one message: %s", a.text)
		}
		a = w.ok("", "PUT", "livechat/message/m1", `{"token":"token of ann","rid":"`+rid+`","msg":"hello"}`)
		if a.at("message.msg") != "hello" || a.at("message.editedBy.username") != "guest-1" || a.at("message.editedAt") == nil {
			t.Errorf("edited: %s", a.text)
		}
		a = w.ok("", "GET", "livechat/messages.history/"+rid+"?token="+token, "") // LC-MSG-10
		if list := a.at("messages").([]any); len(list) != 2 || list[0].(map[string]any)["_id"] != "m1" || list[1].(map[string]any)["t"] != "livechat-started" || a.at("unreadNotLoaded") != nil {
			t.Errorf("history: %s", a.text)
		}
		a = w.ok("", "GET", "livechat/messages.history/"+rid+"?token="+token+"&limit=1&ls=2020-01-01T00:00:00.000Z", "")
		if len(a.at("messages").([]any)) != 1 || a.at("unreadNotLoaded") != 1.0 {
			t.Errorf("history since: %s", a.text)
		}
		a = w.ok("", "GET", "livechat/messages.history/"+rid+"?token="+token+"&end=2026-01-01T12:00:00.000Z", "")
		if len(a.at("messages").([]any)) != 1 {
			t.Errorf("history until: %s", a.text)
		}
		a = w.ok("", "DELETE", "livechat/message/m1", `{"token":"token of ann","rid":"`+rid+`"}`)
		if a.at("message._id") != "m1" || a.at("message.ts") != "2026-01-01T12:00:00.000Z" {
			t.Errorf("deleted: %s", a.text)
		}
		a = w.ok("", "POST", "livechat/room.close", `{"token":"token of ann","rid":"`+rid+`"}`)
		if a.at("rid") != rid || a.at("comment") != "Closed by visitor" {
			t.Errorf("closed: %s", a.text)
		}
		w.refused(t, 400, "[room-closed]", "", "POST", "livechat/room.close", `{"token":"token of ann","rid":"`+rid+`"}`)
		w.refused(t, 400, "[room-closed]", "", "POST", "livechat/message", `{"token":"token of ann","rid":"`+rid+`","msg":"hi"}`)
		if a := w.ok("", "GET", "livechat/messages.history/"+rid+"?token="+token, ""); len(a.at("messages").([]any)) != 2 { // LC-TOK-3
			t.Errorf("history of the closed room: %s", a.text)
		}
	})
}

func TestACallFromTheWidgetIsRecognised(t *testing.T) { // rest-api 7
	online(t, func(t *testing.T, w *wire) {
		w.visitor("ann")
		w.exec(`UPDATE visitors SET host = 'shop.example' WHERE id = 'v-ann'`)
		a := w.callWith("", "GET", "livechat/room?token=token+of+ann", "", http.Header{"Cookie": {"rc_room_type=l; rc_is_widget=t"}})
		if a.at("room.source.type") != "widget" || a.at("room.source.destination") != "shop.example" {
			t.Errorf("source: %s", a.text)
		}
	})
}

func TestOurOwnWidget(t *testing.T) {
	online(t, func(t *testing.T, w *wire) {
		bob := w.agent("bob")
		w.signedIn(w.visitor("ann"), w.visitor("bea"), bob)
		a := w.ok("ann", "POST", "foyer/widget/room", `{}`)
		rid, _ := a.at("room._id").(string)
		if a.at("newRoom") != true || a.at("room.source.type") != "widget" || a.at("room.seq") != 1.0 {
			t.Errorf("room: %s", a.text)
		}
		send := `{"rid":"` + rid + `","_id":"m1","msg":"hi"}`
		for range 2 {
			if a := w.ok("ann", "POST", "foyer/widget/message", send); a.at("message.seq") != 2.0 || a.at("message.u._id") != "v-ann" {
				t.Errorf("message: %s", a.text)
			}
		}
		room := w.room(w.open(w.users["ann"]))
		w.take(bob, room)
		a = w.ok("ann", "GET", "foyer/widget/history?rid="+rid+"&after=1&count=2", "")
		if len(a.at("messages").([]any)) != 2 || a.at("more") != true || a.at("seq") != 5.0 || a.at("agent.username") != "bob" || a.at("room._id") != rid {
			t.Errorf("history: %s", a.text)
		}
		w.settings.now.ShowAgentInfo = false // LC-HID-6
		a = w.ok("ann", "GET", "foyer/widget/history?rid="+rid, "")
		if strings.Contains(a.text, "bob") || a.at("agent.hiddenInfo") != true || a.at("room.servedBy") == nil {
			t.Errorf("the hidden agent is seen: %s", a.text)
		}
		for _, who := range []string{"bea", "ann"} {
			other := rid
			if who == "ann" {
				other = "nowhere"
			}
			w.refused(t, 400, "[invalid-room]", who, "GET", "foyer/widget/history?rid="+other, "")
			w.refused(t, 400, "[invalid-room]", who, "POST", "foyer/widget/message", `{"rid":"`+other+`","_id":"m9","msg":"hi"}`)
			w.refused(t, 400, "[invalid-room]", who, "POST", "foyer/widget/close", `{"rid":"`+other+`"}`)
		}
		w.refused(t, 401, "You must be logged in to do this.", "", "POST", "foyer/widget/room", `{}`)
		w.refused(t, 401, "You must be logged in to do this.", "bob", "POST", "foyer/widget/message", send)
		w.ok("ann", "POST", "foyer/widget/close", `{"rid":"`+rid+`"}`)
		w.refused(t, 400, "[room-closed]", "ann", "POST", "foyer/widget/close", `{"rid":"`+rid+`"}`)
		if a := w.ok("ann", "GET", "foyer/widget/history?rid="+rid, ""); a.at("room.open") != nil || a.at("room.closedAt") == nil {
			t.Errorf("history of the closed room: %s", a.text)
		}
	})
}

// The stand-in token of our own widget's visitor is no credential.
func TestAStandInTokenOpensNothing(t *testing.T) { // LC-TOK-2, LC-TOK-7, LC-START-1
	online(t, func(t *testing.T, w *wire) {
		room := w.open(w.visitor("ann"))
		w.exec(`UPDATE visitors SET token_opens = false`)
		rid := string(room.ID)
		for _, c := range [][]string{{"GET", "livechat/room?token=token+of+ann", ""}, {"GET", "livechat/messages.history/" + rid + "?token=token+of+ann", ""},
			{"POST", "livechat/message", `{"token":"token of ann","rid":"` + rid + `","msg":"x"}`}, {"POST", "livechat/room.close", `{"token":"token of ann","rid":"` + rid + `"}`}} {
			w.refused(t, 400, "[invalid-token]", "", c[0], c[1], c[2])
		}
	})
}

func TestChatsAreNotStartedWithoutEnd(t *testing.T) { // LC-START-8
	online(t, func(t *testing.T, w *wire) {
		w.visitor("ann")
		w.api = w.serving(true)
		w.settings.set(func(s *chat.Settings) { s.CallsPerMinute = 5 })
		for i := range 6 {
			if a := w.call("", "GET", "livechat/room?token=token+of+ann", ""); (a.status == 429) != (i == 5) {
				t.Errorf("call %d: %d %s", i, a.status, a.text)
			}
		}
	})
}

func TestVisitorsAreNotRegisteredWithoutEnd(t *testing.T) { // LC-REG-10; how often is a setting: rest-api 1.9
	online(t, func(t *testing.T, w *wire) {
		first := func() (refused int) {
			for i := range 302 {
				switch a := w.call("", "POST", "livechat/visitor", `{"visitor":{"token":"t","name":"Ann"}}`); a.status {
				case 429:
					return i + 1
				case 200:
				default:
					t.Fatalf("%d %s", a.status, a.text)
				}
			}
			return 0
		}
		w.api = w.serving(true)
		for _, c := range []struct {
			perMinute int64
			want      int
		}{{300, 301}, {5, 6}, {2, 3}, {0, 0}} {
			w.settings.set(func(s *chat.Settings) { s.CallsPerMinute = c.perMinute })
			if got := first(); got != c.want {
				t.Errorf("%d a minute: call %d is the first refused, want %d", c.perMinute, got, c.want)
			}
		}
		w.api = w.serving(false)
		if got := first(); got != 0 {
			t.Errorf("without limits call %d is refused", got)
		}
	})
}

func TestNobodyOnTheWire(t *testing.T) { // rest-api 7
	online(t, func(t *testing.T, w *wire) {
		w.settings.now.AcceptChatsWithNoAgents = false
		w.signedIn(w.visitor("ann"))
		w.refused(t, 400, "Sorry, no online agents [no-agent-online]", "", "GET", "livechat/room?token=token+of+ann", "")
		w.refused(t, 400, "Sorry, no online agents [no-agent-online]", "ann", "POST", "foyer/widget/room", `{}`)
	})
}

// hostile are values no text field may choke on.
var hostile = []string{"'; DROP TABLE rooms; --", "$regex", "%", "\\", "<script>", "🙂", "\u202e", strings.Repeat("x", 90), "../../etc/passwd", "null"}

func TestBadInputFromVisitors(t *testing.T) {
	online(t, func(t *testing.T, w *wire) {
		w.signedIn(w.visitor("ann"), w.visitor("bea"))
		room := w.open(w.users["ann"])
		m := w.say(w.users["ann"], room, "hi")
		rid, mid := string(room.ID), string(m.ID)
		const token = `"token":"token of ann"`
		message := func(fields string) []string { return []string{"POST", "livechat/message", "{" + fields + "}"} }
		cases := map[string][]string{
			"must have required property 'token' [invalid-params]": message(`"rid":"` + rid + `","msg":"x"`),
			"must have required property 'rid' [invalid-params]":   message(token + `,"msg":"x"`),
			"must have required property 'msg' [invalid-params]":   message(token + `,"rid":"` + rid + `"`),
			"Match error: Missing key 'token'":                     {"GET", "livechat/room", ""},
			"[invalid-token]":                                      message(`"token":"nobody's","rid":"` + rid + `","msg":"x"`),
			"[invalid-room]":                                       message(token + `,"rid":"nowhere","msg":"x"`),
			"invalid-message":                                      {"GET", "livechat/message/nothing?token=token+of+ann&rid=" + rid, ""},
		}
		for text, c := range cases {
			w.refused(t, 400, text, "", c[0], c[1], c[2])
		}
		w.badRequests(t, "", [][]string{
			message(token + `,"rid":{"$ne":1},"msg":"x"`), message(token + `,"rid":"` + rid + `","msg":{"a":1}`), message(token + `,"rid":"` + rid + `","msg":["x"]`),
			message(token + `,"rid":"` + rid + `","msg":""`), message(token + `,"rid":"` + rid + `","msg":"  "`),
			message(token + `,"rid":"` + rid + `","msg":"a\u0000b"`), message(token + `,"rid":"` + rid + `","msg":` + quote(strings.Repeat("x", 5001))),
			message(token + `,"rid":"` + rid + `","msg":"x","_id":""`), message(token + `,"rid":"` + rid + `","msg":"x","_id":"a b"`),
			message(token + `,"rid":"` + rid + `","msg":"x","_id":` + quote(strings.Repeat("x", 65))), message(token + `,"rid":"` + rid + `","msg":"x","_id":{"a":1}`),
			message(`"token":"","rid":"` + rid + `","msg":"x"`), message(`"token":` + quote(strings.Repeat("x", 300)) + `,"rid":"` + rid + `","msg":"x"`),
			{"POST", "livechat/message", "{"}, {"POST", "livechat/message", "[]"}, {"POST", "livechat/message", `"x"`}, {"POST", "livechat/message", ""},
			{"POST", "livechat/message", `{"token":"token of ann","rid":"` + rid + `","msg":` + quote(strings.Repeat("x", 400<<10)) + `}`},
			{"GET", "livechat/room?token[]=a", ""}, {"GET", "livechat/room?token=", ""}, {"GET", "livechat/room?token=%00", ""}, {"GET", "livechat/room?token=%ff", ""},
			{"GET", "livechat/room?token=token+of+ann&rid=nowhere", ""}, {"GET", "livechat/room?token=token+of+bea&rid=" + rid, ""},
			{"GET", "livechat/message/" + mid, ""}, {"GET", "livechat/message/" + mid + "?token=token+of+ann", ""}, {"GET", "livechat/message/" + mid + "?rid=" + rid, ""},
			{"GET", "livechat/message/" + mid + "?token=token+of+bea&rid=" + rid, ""}, {"GET", "livechat/message/%00?token=token+of+ann&rid=" + rid, ""},
			{"PUT", "livechat/message/" + mid, `{}`}, {"PUT", "livechat/message/" + mid + "?token=token+of+ann&rid=" + rid + "&msg=x", ""},
			{"PUT", "livechat/message/" + mid, `{"token":"token of bea","rid":"` + rid + `","msg":"x"}`}, {"PUT", "livechat/message/" + mid, `{` + token + `,"rid":"` + rid + `","msg":""}`},
			{"PUT", "livechat/message/" + mid, `{` + token + `,"rid":"` + rid + `","msg":{"a":1}}`},
			{"DELETE", "livechat/message/" + mid, `{}`}, {"DELETE", "livechat/message/" + mid, `{"token":"token of bea","rid":"` + rid + `"}`}, {"DELETE", "livechat/message/x", `{` + token + `,"rid":"` + rid + `"}`},
			{"GET", "livechat/messages.history/" + rid, ""}, {"GET", "livechat/messages.history/" + rid + "?token=token+of+bea", ""}, {"GET", "livechat/messages.history/x?token=token+of+ann", ""},
			{"GET", "livechat/messages.history/" + rid + "?token=token+of+ann&limit=x", ""}, {"GET", "livechat/messages.history/" + rid + "?token=token+of+ann&limit=-1", ""},
			{"GET", "livechat/messages.history/" + rid + "?token=token+of+ann&limit=99999999999999999999", ""}, {"GET", "livechat/messages.history/" + rid + "?token=token+of+ann&offset=-1", ""},
			{"GET", "livechat/messages.history/" + rid + "?token=token+of+ann&end=yesterday", ""}, {"GET", "livechat/messages.history/" + rid + "?token=token+of+ann&ls[]=1", ""},
			{"POST", "livechat/room.close", `{}`}, {"POST", "livechat/room.close", `{"rid":"` + rid + `"}`}, {"POST", "livechat/room.close", `{"rid":"` + rid + `","token":"token of bea"}`},
			{"POST", "livechat/room.close", `{"rid":["` + rid + `"],"token":"token of ann"}`},
		})
		w.badRequests(t, "ann", [][]string{
			{"POST", "foyer/widget/message", `{}`}, {"POST", "foyer/widget/message", `{"rid":"` + rid + `","msg":"x"}`}, {"POST", "foyer/widget/message", `{"rid":"` + rid + `","_id":"a"}`},
			{"POST", "foyer/widget/message", `{"rid":"` + rid + `","_id":"a","msg":null}`}, {"POST", "foyer/widget/message", `{"rid":"` + rid + `","_id":"a\n","msg":"x"}`},
			{"POST", "foyer/widget/message", `{"rid":"` + rid + `","_id":"a","msg":"x"`}, {"GET", "foyer/widget/history", ""}, {"GET", "foyer/widget/history?rid=" + rid + "&before=0", ""},
			{"GET", "foyer/widget/history?rid=" + rid + "&after=-1", ""}, {"GET", "foyer/widget/history?rid=" + rid + "&count=0", ""}, {"GET", "foyer/widget/history?rid=" + rid + "&after=x", ""},
			{"POST", "foyer/widget/close", `{}`}, {"POST", "foyer/widget/close", `{"rid":1e999}`},
		})
		for _, text := range hostile {
			w.badRequests(t, "", [][]string{
				message(token + `,"rid":` + quote(text) + `,"msg":"x"`), message(`"token":` + quote(text) + `,"rid":"` + rid + `","msg":"x"`),
				{"GET", "livechat/room?token=" + url.QueryEscape(text), ""}, {"GET", "livechat/messages.history/" + url.PathEscape(text) + "?token=token+of+ann", ""},
			})
			if a := w.ok("", "POST", "livechat/message", `{`+token+`,"rid":"`+rid+`","msg":`+quote(text)+`}`); a.at("message.msg") != text {
				t.Errorf("text %q came back as %q", text, a.at("message.msg"))
			}
		}
	})
}

// badRequests must each be answered with a 4xx in the envelope and change nothing.
func (w *wire) badRequests(t *testing.T, who string, all [][]string) {
	t.Helper()
	before := w.snapshot()
	for _, c := range all {
		a := w.call(who, c[0], c[1], c[2])
		text, _ := a.body["error"].(string)
		if a.status < 400 || a.status >= 500 || a.body["success"] != false || text == "" {
			t.Errorf("%s %s %.80s: %d %.200s", c[0], c[1], c[2], a.status, a.text)
		}
	}
	w.unchanged(t, before)
}

func TestHiddenSystemMessagesAreStoredAndTold(t *testing.T) { // LC-HID-3: hiding is the widget's
	online(t, func(t *testing.T, w *wire) {
		bob, ann := w.agent("bob"), w.visitor("ann")
		w.settings.set(func(s *chat.Settings) {
			s.HideSystemMessages = []string{"uj", "ul", "livechat-close", "livechat-started", "livechat_transfer_history"}
		})
		room := w.open(ann)
		w.take(bob, room)
		a := w.ok("", "GET", "livechat/messages.history/"+string(room.ID)+"?token="+url.QueryEscape("token of ann"), "")
		for _, kind := range []string{"livechat-started", "uj"} {
			if !strings.Contains(a.text, `"t":"`+kind+`"`) {
				t.Errorf("no %s: %s", kind, a.text)
			}
		}
	})
}
