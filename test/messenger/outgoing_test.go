package messenger

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestAnswersLeaveOnceAndInOrder(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		rid := o.served()
		o.Call("alice", "POST", "chat.sendMessage", map[string]any{"message": map[string]any{"rid": rid, "msg": "one <b>"}})
		o.Says("alice", rid, "two")
		if got := o.handed(); !same(got, response(`{"text":"one \u003cb\u003e"}`), response(`{"text":"two"}`)) {
			t.Errorf("%q", got)
		}
		o.told(batch(page, by(ann, text("m_2", "thanks"))))
		o.Close("alice", rid)
		if got := o.handed(); len(got) != 0 || len(o.notices(rid)) != 0 {
			t.Errorf("what visitors and the system say does not leave: %q %q", got, o.notices(rid))
		}
	})
}

func TestBlocksLeaveInPlainText(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		rid := o.served()
		blocks := []map[string]any{{"type": "header", "text": "Order 7"}, {"type": "actions", "elements": []map[string]any{{"type": "button", "text": "Yes"}}}}
		o.OK("alice", "POST", "chat.sendMessage", map[string]any{"message": map[string]any{"rid": rid, "blocks": blocks}})
		if got := o.handed(); !same(got, response(`{"text":"Order 7\nYes"}`)) {
			t.Errorf("%q", got)
		}
	})
}

func TestLongWordsLeaveInParts(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		rid := o.served()
		first, second := strings.Repeat("é", 1500), strings.Repeat("b", 900)
		o.Says("alice", rid, first+" "+second)
		if got := o.handed(); !same(got, response(`{"text":"`+first+` "}`), response(`{"text":"`+second+`"}`)) {
			t.Errorf("%q", got)
		}
		o.refuses(500, "")
		o.Says("alice", rid, first+" "+second)
		o.refuses(0, "")
		o.handed()
		o.After(10 * time.Second)
		if got := o.handed(); len(got) != 2 || len(o.notices(rid)) != 0 {
			t.Errorf("%q", got)
		}
	})
}

func TestNothingLeavesWhileOffOrFromOtherChats(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		rid := o.served()
		o.Set("Livechat_Facebook_Enabled", false)
		o.Says("alice", rid, "unsent")
		o.Set("Livechat_Facebook_Enabled", true)
		o.Send("POST", "/api/v1/livechat/visitor", "application/json", `{"visitor":{"token":"ben"}}`)
		web := o.Send("GET", "/api/v1/livechat/room?token=ben", "", "").At("room._id").(string)
		o.Settle()
		o.Take("alice", web)
		o.Says("alice", web, "on the web")
		if got := o.handed(); len(got) != 0 || len(o.notices(rid)) != 0 {
			t.Errorf("%q %q", got, o.notices(rid))
		}
	})
}

func TestFacebookDownThenBack(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		rid := o.served()
		for _, status := range []int64{500, 503, 429} {
			o.refuses(status, "")
			o.Says("alice", rid, "first")
			o.Says("alice", rid, "second")
			if got := o.handed(); !same(got, response(`{"text":"first"}`)) || len(o.notices(rid)) != 0 {
				t.Fatalf("the second waits for the first: %q %q", got, o.notices(rid))
			}
			if o.After(9 * time.Second); len(o.handed()) != 0 {
				t.Error("it is tried again too early")
			}
			if o.After(time.Second); len(o.handed()) != 1 {
				t.Error("it is not tried again")
			}
			o.Restart()
			o.refuses(0, "")
			o.After(20 * time.Second)
			if got := o.handed(); !same(got, response(`{"text":"first"}`), response(`{"text":"second"}`)) || len(o.notices(rid)) != 0 {
				t.Errorf("%q %q", got, o.notices(rid))
			}
		}
		o.refuses(400, `{"error":{"message":"Please retry","code":2,"is_transient":true}}`)
		o.Says("alice", rid, "third")
		o.refuses(0, "")
		if o.After(10 * time.Second); len(o.handed()) != 2 || len(o.notices(rid)) != 0 {
			t.Errorf("%q", o.notices(rid))
		}
	})
}

func TestWhatDidNotLeaveIsToldToTheAgentAlone(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		rid := o.served()
		told := func(want string, requests int) {
			t.Helper()
			all := o.notices(rid)
			if got := o.handed(); len(all) == 0 || all[len(all)-1] != want || len(got) != requests {
				t.Errorf("%q %q", all, got)
			}
		}
		o.refuses(400, `{"error":{"message":"No matching\nuser for page-token","type":"OAuthException","code":100,"error_subcode":2018001,"fbtrace_id":"x"}}`)
		o.Says("alice", rid, "are you\nthere?")
		told("Not sent to Messenger: “are you there?”. Reason: No matching user for … (100)", 1)
		if a := o.OK("boss", "GET", "foyer/rooms/"+rid+"/history", nil); !strings.Contains(a.Text, "foyer_undelivered") {
			t.Errorf("agents do not see it: %s", a.Text)
		}
		o.refuses(502, "<html>")
		o.Says("alice", rid, "lost")
		for range 5 {
			o.After(time.Minute)
		}
		told("Not sent to Messenger: “lost”. Reason: 502", 3)
		o.Set("Livechat_Facebook_Graph_URL", "http://127.0.0.1:1")
		o.Set("Language", "de")
		o.Says("alice", rid, "weg")
		for range 5 {
			o.After(time.Minute)
		}
		told("Nicht an Messenger gesendet: „weg“. Grund: Facebook ist nicht erreichbar", 0)
		o.Set("Language", "")
		o.OK("boss", "DELETE", "foyer/facebook/pages/"+page, nil)
		o.Says("alice", rid, "no token")
		told("Not sent to Messenger: “no token”. Reason: there is no access token for this page", 0)
	})
}

func TestLateAnswersAreAHumans(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		rid := o.served()
		o.After(24 * time.Hour)
		o.Says("alice", rid, "in time")
		o.After(time.Second)
		o.Says("alice", rid, "late")
		if got := o.handed(); !same(got, response(`{"text":"in time"}`), tagged(`{"text":"late"}`)) {
			t.Errorf("%q", got)
		}
		o.told(batch(page, by(ann, text("m_2", "back"))))
		o.Says("alice", rid, "in time")
		if got := o.handed(); !same(got, response(`{"text":"in time"}`)) {
			t.Errorf("%q", got)
		}
		o.refuses(400, `{"error":{"message":"(#10) This message is sent outside of allowed window.","type":"OAuthException","code":10,"error_subcode":2018278}}`)
		o.Says("alice", rid, "Facebook's clock")
		if got := o.handed(); !same(got, response(`{"text":"Facebook's clock"}`), tagged(`{"text":"Facebook's clock"}`)) {
			t.Errorf("%q", got)
		}
		if all := o.notices(rid); len(all) != 1 || !strings.HasSuffix(all[0], "Reason: (#10) This message is sent outside of allowed window. (10)") {
			t.Errorf("%q", all)
		}
	})
}

func TestFilesLeaveAsLinksThatOpen(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		rid := o.served()
		o.Upload("alice", rid, "a.png", pixel, "look")
		got := o.handed()
		if len(got) != 2 || got[1] != response(`{"text":"look"}`) {
			t.Fatalf("%q %q", got, o.notices(rid))
		}
		var said struct {
			Message struct {
				Attachment struct {
					Type    string
					Payload struct {
						URL      string
						Reusable *bool `json:"is_reusable"`
					}
				}
			}
		}
		json.Unmarshal([]byte(got[0][strings.Index(got[0], "{"):]), &said)
		a := said.Message.Attachment
		link, ok := strings.CutPrefix(a.Payload.URL, site)
		if !ok || a.Type != "image" || a.Payload.Reusable == nil || *a.Payload.Reusable {
			t.Fatalf("%s", got[0])
		}
		if f := o.Send("GET", link, "", ""); f.Status != 200 || f.Kind() != "image/png" {
			t.Errorf("%s: %d %s", link, f.Status, f.Kind())
		}
		o.Upload("alice", rid, "a.bin", "\x00\x01\x02\x03", "")
		if got := o.handed(); len(got) != 1 || !strings.Contains(got[0], `"type":"file"`) {
			t.Errorf("%q", got)
		}
	})
}

func TestFilesThatDoNotLeaveAreToldOf(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		rid := o.served()
		o.Set("FileUpload_Enable_json_web_token_for_files", false)
		o.Upload("alice", rid, "a.png", pixel, "the words go")
		want := "Not sent to Messenger: “a.png”. Reason: files are protected, and their links are not signed (see the file settings)"
		if got := o.handed(); !same(got, response(`{"text":"the words go"}`)) || !same(o.notices(rid), want) {
			t.Errorf("%q %q", got, o.notices(rid))
		}
		o.Set("FileUpload_Enable_json_web_token_for_files", true)
		o.Upload("alice", rid, "b.bin", "\x00\x01\x02\x03"+strings.Repeat("\xfe", 25<<20), "")
		if got := o.handed(); len(got) != 0 || !same(o.notices(rid), want, "Not sent to Messenger: “b.bin”. Reason: a file may have at most 25 MB") {
			t.Errorf("%q %q", got, o.notices(rid))
		}
	})
}

func TestWhatAPageSaysByItself(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.enter(map[string]any{"welcomeMessage": "Welcome!", "finishedMessage": "Bye!", "offlineMessage": "Nobody here."})
		o.told(batch(page, by(ann, text("m_1", "hello"))))
		rid := o.room()
		o.told(batch(page, by(ann, text("m_2", "hello?"))))
		if got := o.handed(); !same(got, response(`{"text":"Welcome!"}`)) {
			t.Errorf("once when a chat begins: %q", got)
		}
		o.Take("alice", rid)
		o.Says("alice", rid, "hi")
		o.Close("alice", rid)
		if got := o.handed(); !same(got, response(`{"text":"hi"}`), response(`{"text":"Bye!"}`)) {
			t.Errorf("%q", got)
		}
		o.told(batch(page, by(ann, text("m_3", "one more"))))
		o.handed()
		o.After(25 * time.Hour)
		o.Close("boss", o.room())
		if got := o.handed(); len(got) != 0 {
			t.Errorf("after a day only humans write: %q", got)
		}
	})
}

func TestWhoWritesWhileNobodyIsThereIsToldSo(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.enter(map[string]any{"welcomeMessage": "Welcome!", "offlineMessage": "Nobody here."})
		o.Set("Livechat_accept_chats_with_no_agents", false)
		o.Leaves("alice")
		o.Leaves("bob")
		o.told(batch(page, by(ann, text("m_1", "hello"))))
		o.told(batch(page, by(ann, text("m_2", "hello?"))))
		if got := o.handed(); len(o.rooms()) != 0 || !same(got, response(`{"text":"Nobody here."}`)) {
			t.Errorf("%d chats, %q", len(o.rooms()), got)
		}
		o.After(time.Hour + time.Second)
		o.told(batch(page, by(ann, text("m_3", "still?"))))
		if got := o.handed(); !same(got, response(`{"text":"Nobody here."}`)) {
			t.Errorf("%q", got)
		}
		body := `{"mid":"m.1","page":"1001","token":"2002","text":"hello"}`
		if a := o.Send("POST", callback, "application/json", body, "X-Hub-Signature", older(body)); a.Status != 400 || !strings.Contains(a.Text, "no-agent-online") {
			t.Errorf("%d %s", a.Status, a.Text)
		}
		o.Set("Livechat_accept_chats_with_no_agents", true)
		o.After(time.Hour)
		o.Set("Livechat_enabled", false)
		o.told(batch(page, by(ann, text("m_5", "closed?"))))
		if got := o.handed(); len(o.rooms()) != 0 || !same(got, response(`{"text":"Nobody here."}`)) {
			t.Errorf("%d chats, %q", len(o.rooms()), got)
		}
		o.Set("Livechat_enabled", true)
		o.told(batch(page, by(ann, text("m_4", "and now"))))
		if got := o.handed(); !same(got, response(`{"text":"Welcome!"}`)) || !same(o.words(o.room()), "and now") {
			t.Errorf("%q", got)
		}
	})
}
