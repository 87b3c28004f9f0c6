package sms

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"
)

func basic(name, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(name+":"+password))
}

func TestAnswersLeaveWithTwilioOnceAndInOrder(t *testing.T) { // webhooks.md 7.2
	twilio(t, func(t *testing.T, h *office) {
		rid := h.served()
		h.Call("alice", "POST", "chat.sendMessage", map[string]any{"message": map[string]any{"rid": rid, "msg": "one & two"}})
		h.Says("alice", rid, "three")
		got := h.provider.Got()
		if len(got) != 2 {
			t.Fatalf("%+v", got)
		}
		for i, want := range []string{"one & two", "three"} {
			form, _ := url.ParseQuery(got[i].Body)
			if got[i].Method != "POST" || got[i].Path != "/2010-04-01/Accounts/"+sid+"/Messages.json" || got[i].Header.Get("Authorization") != basic(sid, token) ||
				got[i].Header.Get("Content-Type") != "application/x-www-form-urlencoded" || form.Encode() != (url.Values{"To": {ann}, "From": {ours}, "Body": {want}}).Encode() {
				t.Errorf("%+v", got[i])
			}
		}
		h.arrives(hello("Body", "thanks"))
		h.OK("alice", "POST", "livechat/room.closeByUser", map[string]any{"rid": rid, "comment": "bye"})
		if got := h.provider.Got(); len(got) != 0 || len(h.notices(rid)) != 0 {
			t.Errorf("what visitors and the system say does not leave: %+v %v", got, h.notices(rid))
		}
	})
}

func TestBlocksLeaveInPlainText(t *testing.T) {
	twilio(t, func(t *testing.T, h *office) {
		rid := h.served()
		blocks := []map[string]any{{"type": "header", "text": "Order 7"}, {"type": "actions", "elements": []map[string]any{{"type": "button", "text": "Look", "url": "https://shop.example/7"}}}}
		h.OK("alice", "POST", "chat.sendMessage", map[string]any{"message": map[string]any{"rid": rid, "blocks": blocks}})
		got := h.provider.Got()
		if len(got) != 1 {
			t.Fatalf("%+v", got)
		}
		if form, _ := url.ParseQuery(got[0].Body); form.Get("Body") != "Order 7\nLook: https://shop.example/7" {
			t.Errorf("%q", form)
		}
		for text, want := range map[string]float64{"RDER": 1, "order%207": 1, "tulip": 0, "!": 0} { // and is found in its chat
			if a := h.OK("alice", "GET", "livechat/"+rid+"/messages?searchTerm="+text, nil); a.At("total") != want {
				t.Errorf("%s: %s", text, a.Text)
			}
		}
	})
}

func TestNothingLeavesWhileOffOrFromOtherRooms(t *testing.T) {
	twilio(t, func(t *testing.T, h *office) {
		rid := h.served()
		h.Set("SMS_Enabled", false)
		h.Says("alice", rid, "unsent")
		h.Set("SMS_Enabled", true)
		h.Exec(`DELETE FROM visitor_phones`)
		h.Says("alice", rid, "to nobody")
		h.Send("POST", "/api/v1/livechat/visitor", "application/json", `{"visitor":{"token":"ben","phone":"+1888"}}`)
		web := h.Send("GET", "/api/v1/livechat/room?token=ben", "", "").At("room._id").(string)
		h.Take("alice", web)
		h.Says("alice", web, "on the web")
		if got := h.provider.Got(); len(got) != 0 || len(h.notices(rid)) != 0 {
			t.Errorf("%+v %v", got, h.notices(rid))
		}
	})
}

func TestWhatTheProviderRefusesIsToldToTheAgentAlone(t *testing.T) {
	twilio(t, func(t *testing.T, h *office) {
		rid := h.served()
		h.provider.Says(400, `{"code":21211,"message":"The 'To' number is not valid.\n","more_info":"https://…","status":400}`)
		h.Says("alice", rid, "are you there?")
		const want = "Not sent as a text message: “are you there?”. Reason: The 'To' number is not valid. (21211)"
		if told := h.notices(rid); len(told) != 1 || told[0] != want || len(h.provider.Got()) != 1 {
			t.Errorf("%v", told)
		}
		if a := h.OK("boss", "GET", "foyer/rooms/"+rid+"/history", nil); !strings.Contains(a.Text, "foyer_undelivered") {
			t.Errorf("agents do not see it: %s", a.Text)
		}
		h.Exec(`UPDATE visitors SET token = 'known', token_opens = true`)
		if a := h.Send("GET", "/api/v1/livechat/messages.history/"+rid+"?token=known", "", ""); a.Status != 200 || strings.Contains(a.Text, "Not sent") {
			t.Errorf("the visitor sees it: %d %s", a.Status, a.Text)
		}
		h.Set("SMS_Twilio_authToken", "")
		h.Says("alice", rid, "again")
		if told := h.notices(rid); len(told) != 2 || !strings.HasSuffix(told[1], "the settings of the SMS service are incomplete") {
			t.Errorf("%v", told)
		}
		h.Set("SMS_Service", "")
		h.Says("alice", rid, "and again")
		if told := h.notices(rid); len(told) != 3 || len(h.provider.Got()) != 0 {
			t.Errorf("%v", told)
		}
	})
}

func TestABusyProviderIsTriedThreeTimesAndOthersWait(t *testing.T) {
	for _, status := range []int{500, 503, 429} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			twilio(t, func(t *testing.T, h *office) {
				rid := h.served()
				h.provider.Says(status, "busy")
				h.Says("alice", rid, "first")
				h.Says("alice", rid, "second")
				if got := h.provider.Got(); len(got) != 1 || len(h.notices(rid)) != 0 {
					t.Fatalf("the second waits for the first: %d %v", len(got), h.notices(rid))
				}
				h.Clock.Advance(9 * time.Second)
				if h.Settle(); len(h.provider.Got()) != 0 {
					t.Error("it is tried again too early")
				}
				h.Clock.Advance(time.Second)
				if h.Settle(); len(h.provider.Got()) != 1 {
					t.Error("it is not tried again")
				}
				h.provider.Says(201, "{}")
				h.Clock.Advance(20 * time.Second)
				h.Settle()
				if got := h.provider.Got(); len(got) != 2 || !strings.Contains(got[0].Body, "first") || !strings.Contains(got[1].Body, "second") || len(h.notices(rid)) != 0 {
					t.Errorf("%+v %v", got, h.notices(rid))
				}
			})
		})
	}
}

func TestAfterThreeTimesItIsGivenUp(t *testing.T) {
	twilio(t, func(t *testing.T, h *office) {
		rid := h.served()
		h.provider.Says(502, "")
		h.Says("alice", rid, "lost")
		for range 5 {
			h.Clock.Advance(time.Minute)
			h.Settle()
		}
		if told := h.notices(rid); len(h.provider.Got()) != 3 || len(told) != 1 || told[0] != "Not sent as a text message: “lost”. Reason: 502" {
			t.Errorf("%v", told)
		}
		h.provider.Close()
		h.Says("alice", rid, "unreachable")
		for range 5 {
			h.Clock.Advance(time.Minute)
			h.Settle()
		}
		if told := h.notices(rid); len(told) != 2 || !strings.HasSuffix(told[1], "the SMS service cannot be reached") {
			t.Errorf("%v", told)
		}
	})
}

func TestFilesLeaveAsLinksThatOpen(t *testing.T) {
	twilio(t, func(t *testing.T, h *office) {
		rid := h.served()
		h.Upload("alice", rid, "a.png", pixel, "look")
		got := h.provider.Got()
		if len(got) != 1 {
			t.Fatalf("%+v %v", got, h.notices(rid))
		}
		form, _ := url.ParseQuery(got[0].Body)
		link, ok := strings.CutPrefix(form.Get("MediaUrl"), site)
		if !ok || form.Get("Body") != "look" {
			t.Fatalf("%v", form)
		}
		if a := h.Send("GET", link, "", ""); a.Status != 200 || a.Kind() != "image/png" {
			t.Errorf("%s: %d %s", link, a.Status, a.Kind())
		}
		h.Set("SMS_Service", "voxtelesys")
		h.Set("SMS_Voxtelesys_URL", h.provider.URL+"/api/v1/sms")
		h.Set("SMS_Voxtelesys_authToken", "bearer")
		h.Upload("alice", rid, "a.png", pixel, "")
		var said struct {
			To, Media  []string
			From, Body string
		}
		got = h.provider.Got()
		if len(got) != 1 || json.Unmarshal([]byte(got[0].Body), &said) != nil || len(said.Media) != 1 || !strings.HasPrefix(said.Media[0], site+"/file-upload/") || said.To[0] != ann {
			t.Errorf("%+v", got)
		}
	})
}

func TestFilesThatDoNotLeaveAreToldOf(t *testing.T) {
	twilio(t, func(t *testing.T, h *office) {
		rid := h.served()
		h.Set("SMS_Voxtelesys_URL", h.provider.URL)
		h.Set("SMS_Voxtelesys_authToken", "bearer")
		h.Set("SMS_Mobex_gateway_address", h.provider.URL)
		big := pixelOf(5<<20 + 1)
		for _, c := range []struct {
			service, name, content, reason string
			setting                        string
			value, back                    any
		}{
			{"twilio", "a.png", pixel, "files do not leave as text messages (see the SMS settings)", "SMS_Twilio_FileUpload_Enabled", false, true},
			{"twilio", "a.png", pixel, "files of this type do not leave as text messages", "SMS_Twilio_FileUpload_MediaTypeWhiteList", "audio/*", ""},
			{"twilio", "a.bin", big, "a file may have at most 5 MB", "SMS_Twilio_FileUpload_MediaTypeWhiteList", "", ""},
			{"twilio", "a.png", pixel, "files are protected, and their links are not signed (see the file settings)", "FileUpload_Enable_json_web_token_for_files", false, true},
			{"voxtelesys", "a.png", pixel, "files do not leave as text messages (see the SMS settings)", "SMS_Voxtelesys_FileUpload_Enabled", false, true},
			{"voxtelesys", "a.png", pixel, "files of this type do not leave as text messages", "SMS_Voxtelesys_FileUpload_MediaTypeWhiteList", "audio/*,text/*", ""},
			{"mobex", "a.png", pixel, "this SMS service carries no files", "SMS_Mobex_username", "u", "u"},
		} {
			h.Set("SMS_Service", c.service)
			h.Set(c.setting, c.value)
			before := len(h.notices(rid))
			h.Upload("alice", rid, c.name, c.content, "")
			told := h.notices(rid)[before:]
			if got := h.provider.Got(); len(got) != 0 || len(told) != 1 || told[0] != "Not sent as a text message: “"+c.name+"”. Reason: "+c.reason {
				t.Errorf("%s: %v %+v", c.reason, told, got)
			}
			h.Upload("alice", rid, c.name, c.content, "with words")
			if got := h.provider.Got(); len(got) != 1 || strings.Contains(got[0].Body, "edia") || len(h.notices(rid)) != before+2 {
				t.Errorf("%s: the words do not go without it: %+v", c.reason, got)
			}
			h.Set(c.setting, c.back)
		}
	})
}

// pixelOf is content of no particular type with this many bytes.
func pixelOf(n int) string { return "\x00\x01\x02\x03" + strings.Repeat("\xfe", n-4) }

func TestVoxtelesysIsHandedJSON(t *testing.T) {
	each(t, func(t *testing.T, h *office) {
		h.Set("SMS_Service", "voxtelesys")
		h.Set("SMS_Voxtelesys_URL", h.provider.URL+"/api/v1/sms")
		h.Set("SMS_Voxtelesys_authToken", "bearer")
		rid := h.begun("voxtelesys", "application/json", `{"from":"15550101","to":"15550999","body":"hello","received_at":"2026-01-01T12:00:00Z"}`)
		h.Says("alice", rid, "hi")
		got := h.provider.Got()
		if len(got) != 1 || got[0].Path != "/api/v1/sms" || got[0].Header.Get("Authorization") != "Bearer bearer" || got[0].Body != `{"body":"hi","from":"15550999","to":["15550101"]}` {
			t.Errorf("%+v", got)
		}
		h.provider.Says(422, `{"status":422,"message":"from number not found"}`)
		h.Says("alice", rid, "hi")
		if told := h.notices(rid); len(told) != 1 || !strings.HasSuffix(told[0], "Reason: from number not found") {
			t.Errorf("%v", told)
		}
	})
}

// begun is a room that began with this text, taken by alice.
func (h *office) begun(service, kind, body string) string {
	h.T.Helper()
	if a := h.Send("POST", incoming+service, kind, body); a.Status != 200 {
		h.T.Fatalf("%d %s", a.Status, a.Text)
	}
	h.Settle()
	rid, _ := h.room()
	h.Take("alice", rid)
	return rid
}

func TestMobexIsHandedOneTextOrSeveral(t *testing.T) {
	each(t, func(t *testing.T, h *office) {
		for id, v := range map[string]any{"SMS_Service": "mobex", "SMS_Mobex_gateway_address": h.provider.URL + "/gate/", "SMS_Mobex_username": "us er", "SMS_Mobex_password": "p&w", "SMS_Mobex_from_number": "300",
			"SMS_Mobex_from_numbers_list": "200, 201"} {
			h.Set(id, v)
		}
		h.provider.Says(200, `Success "1f"`)
		rid := h.begun("mobex", "application/x-www-form-urlencoded", "from=%2B15550101&to=200&content=hello")
		h.Says("alice", rid, "hi & bye")
		got := h.provider.Got()
		if len(got) != 1 || got[0].Method != "GET" || got[0].Path != "/gate/send" ||
			got[0].Query.Encode() != (url.Values{"username": {"us er"}, "password": {"p&w"}, "to": {"15550101"}, "from": {"200"}, "content": {"hi & bye"}}).Encode() {
			t.Errorf("%+v", got)
		}
		h.Set("SMS_Mobex_from_numbers_list", "201")
		h.provider.Says(200, `Error "No route found"`)
		h.Says("alice", rid, "from another")
		if got := h.provider.Got(); len(got) != 1 || got[0].Query.Get("from") != "300" {
			t.Errorf("%+v", got)
		}
		if told := h.notices(rid); len(told) != 1 || !strings.HasSuffix(told[0], "Reason: No route found") {
			t.Errorf("%v", told)
		}
		h.Set("SMS_Mobex_restful_address", h.provider.URL+"/rest")
		h.provider.Says(503, "")
		h.Says("alice", rid, "a")
		h.Says("alice", rid, "b")
		h.provider.Got()
		h.provider.Says(200, `{"data":{"batchId":"x","messageCount":2}}`)
		h.Clock.Advance(10 * time.Second)
		h.Settle()
		got = h.provider.Got()
		if len(got) != 1 || got[0].Path != "/rest/secure/sendbatch" || got[0].Header.Get("Authorization") != basic("us er", "p&w") ||
			got[0].Body != `{"messages":[{"to":["15550101"],"from":"300","content":"a"},{"to":["15550101"],"from":"300","content":"b"}]}` {
			t.Errorf("what waits together goes together: %+v", got)
		}
		h.Set("SMS_Mobex_gateway_address", "")
		h.Says("alice", rid, "alone")
		if got := h.provider.Got(); len(got) != 1 || got[0].Path != "/rest/secure/sendbatch" {
			t.Errorf("%+v", got)
		}
	})
}
