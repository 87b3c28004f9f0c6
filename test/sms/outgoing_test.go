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
	twilio(t, func(t *testing.T, h *house) {
		rid := h.served()
		h.call("alice", "POST", "chat.sendMessage", map[string]any{"message": map[string]any{"rid": rid, "msg": "one & two"}})
		h.replies(rid, "three")
		got := h.provider.got()
		if len(got) != 2 {
			t.Fatalf("%+v", got)
		}
		for i, want := range []string{"one & two", "three"} {
			form, _ := url.ParseQuery(got[i].body)
			if got[i].method != "POST" || got[i].path != "/2010-04-01/Accounts/"+sid+"/Messages.json" || got[i].header.Get("Authorization") != basic(sid, token) ||
				got[i].header.Get("Content-Type") != "application/x-www-form-urlencoded" || form.Encode() != (url.Values{"To": {ann}, "From": {ours}, "Body": {want}}).Encode() {
				t.Errorf("%+v", got[i])
			}
		}
		h.arrives(hello("Body", "thanks"))
		h.ok("alice", "POST", "livechat/room.closeByUser", map[string]any{"rid": rid, "comment": "bye"})
		if got := h.provider.got(); len(got) != 0 || len(h.notices(rid)) != 0 {
			t.Errorf("what visitors and the system say does not leave: %+v %v", got, h.notices(rid))
		}
	})
}

func TestNothingLeavesWhileOffOrFromOtherRooms(t *testing.T) {
	twilio(t, func(t *testing.T, h *house) {
		rid := h.served()
		h.set("SMS_Enabled", false)
		h.replies(rid, "unsent")
		h.set("SMS_Enabled", true)
		h.exec(`DELETE FROM visitor_phones`)
		h.replies(rid, "to nobody")
		h.send("POST", "/api/v1/livechat/visitor", "application/json", `{"visitor":{"token":"ben","phone":"+1888"}}`)
		web := h.send("GET", "/api/v1/livechat/room?token=ben", "", "").at("room._id").(string)
		inquiry := h.ok("alice", "GET", "livechat/inquiries.getOne?roomId="+web, nil).at("inquiry._id")
		h.ok("alice", "POST", "livechat/inquiries.take", map[string]any{"inquiryId": inquiry})
		h.replies(web, "on the web")
		if got := h.provider.got(); len(got) != 0 || len(h.notices(rid)) != 0 {
			t.Errorf("%+v %v", got, h.notices(rid))
		}
	})
}

func TestWhatTheProviderRefusesIsToldToTheAgentAlone(t *testing.T) {
	twilio(t, func(t *testing.T, h *house) {
		rid := h.served()
		h.provider.says(400, `{"code":21211,"message":"The 'To' number is not valid.\n","more_info":"https://…","status":400}`)
		h.replies(rid, "are you there?")
		const want = "Not sent as a text message: “are you there?”. Reason: The 'To' number is not valid. (21211)"
		if told := h.notices(rid); len(told) != 1 || told[0] != want || len(h.provider.got()) != 1 {
			t.Errorf("%v", told)
		}
		if a := h.ok("boss", "GET", "foyer/rooms/"+rid+"/history", nil); !strings.Contains(a.text, "foyer_undelivered") {
			t.Errorf("agents do not see it: %s", a.text)
		}
		h.exec(`UPDATE visitors SET token = 'known', token_opens = true`)
		if a := h.send("GET", "/api/v1/livechat/messages.history/"+rid+"?token=known", "", ""); a.status != 200 || strings.Contains(a.text, "Not sent") {
			t.Errorf("the visitor sees it: %d %s", a.status, a.text)
		}
		h.set("SMS_Twilio_authToken", "")
		h.replies(rid, "again")
		if told := h.notices(rid); len(told) != 2 || !strings.HasSuffix(told[1], "the settings of the SMS service are incomplete") {
			t.Errorf("%v", told)
		}
		h.set("SMS_Service", "")
		h.replies(rid, "and again")
		if told := h.notices(rid); len(told) != 3 || len(h.provider.got()) != 0 {
			t.Errorf("%v", told)
		}
	})
}

func TestABusyProviderIsTriedThreeTimesAndOthersWait(t *testing.T) {
	for _, status := range []int{500, 503, 429} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			twilio(t, func(t *testing.T, h *house) {
				rid := h.served()
				h.provider.says(status, "busy")
				h.replies(rid, "first")
				h.replies(rid, "second")
				if got := h.provider.got(); len(got) != 1 || len(h.notices(rid)) != 0 {
					t.Fatalf("the second waits for the first: %d %v", len(got), h.notices(rid))
				}
				h.clock.Advance(9 * time.Second)
				if h.settle(); len(h.provider.got()) != 0 {
					t.Error("it is tried again too early")
				}
				h.clock.Advance(time.Second)
				if h.settle(); len(h.provider.got()) != 1 {
					t.Error("it is not tried again")
				}
				h.provider.says(201, "{}")
				h.clock.Advance(20 * time.Second)
				h.settle()
				if got := h.provider.got(); len(got) != 2 || !strings.Contains(got[0].body, "first") || !strings.Contains(got[1].body, "second") || len(h.notices(rid)) != 0 {
					t.Errorf("%+v %v", got, h.notices(rid))
				}
			})
		})
	}
}

func TestAfterThreeTimesItIsGivenUp(t *testing.T) {
	twilio(t, func(t *testing.T, h *house) {
		rid := h.served()
		h.provider.says(502, "")
		h.replies(rid, "lost")
		for range 5 {
			h.clock.Advance(time.Minute)
			h.settle()
		}
		if told := h.notices(rid); len(h.provider.got()) != 3 || len(told) != 1 || told[0] != "Not sent as a text message: “lost”. Reason: 502" {
			t.Errorf("%v", told)
		}
		h.provider.Close()
		h.replies(rid, "unreachable")
		for range 5 {
			h.clock.Advance(time.Minute)
			h.settle()
		}
		if told := h.notices(rid); len(told) != 2 || !strings.HasSuffix(told[1], "the SMS service cannot be reached") {
			t.Errorf("%v", told)
		}
	})
}

// sends uploads a file as alice.
func (h *house) sends(rid, name, content, words string) {
	h.t.Helper()
	body := "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n" + content +
		"\r\n--x\r\nContent-Disposition: form-data; name=\"msg\"\r\n\r\n" + words + "\r\n--x--\r\n"
	if a := h.send("POST", "/api/v1/rooms.upload/"+rid, "multipart/form-data; boundary=x", body, "X-Auth-Token", "t-alice", "X-User-Id", "alice"); a.status != 200 {
		h.t.Fatalf("%d %s", a.status, a.text)
	}
	h.settle()
}

func TestFilesLeaveAsLinksThatOpen(t *testing.T) {
	twilio(t, func(t *testing.T, h *house) {
		rid := h.served()
		h.sends(rid, "a.png", pixel, "look")
		got := h.provider.got()
		if len(got) != 1 {
			t.Fatalf("%+v %v", got, h.notices(rid))
		}
		form, _ := url.ParseQuery(got[0].body)
		link, ok := strings.CutPrefix(form.Get("MediaUrl"), site)
		if !ok || form.Get("Body") != "look" {
			t.Fatalf("%v", form)
		}
		if a := h.send("GET", link, "", ""); a.status != 200 || a.kind != "image/png" {
			t.Errorf("%s: %d %s", link, a.status, a.kind)
		}
		h.set("SMS_Service", "voxtelesys")
		h.set("SMS_Voxtelesys_URL", h.provider.URL+"/api/v1/sms")
		h.set("SMS_Voxtelesys_authToken", "bearer")
		h.sends(rid, "a.png", pixel, "")
		var said struct {
			To, Media  []string
			From, Body string
		}
		got = h.provider.got()
		if len(got) != 1 || json.Unmarshal([]byte(got[0].body), &said) != nil || len(said.Media) != 1 || !strings.HasPrefix(said.Media[0], site+"/file-upload/") || said.To[0] != ann {
			t.Errorf("%+v", got)
		}
	})
}

func TestFilesThatDoNotLeaveAreToldOf(t *testing.T) {
	twilio(t, func(t *testing.T, h *house) {
		rid := h.served()
		h.set("SMS_Voxtelesys_URL", h.provider.URL)
		h.set("SMS_Voxtelesys_authToken", "bearer")
		h.set("SMS_Mobex_gateway_address", h.provider.URL)
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
			h.set("SMS_Service", c.service)
			h.set(c.setting, c.value)
			before := len(h.notices(rid))
			h.sends(rid, c.name, c.content, "")
			told := h.notices(rid)[before:]
			if got := h.provider.got(); len(got) != 0 || len(told) != 1 || told[0] != "Not sent as a text message: “"+c.name+"”. Reason: "+c.reason {
				t.Errorf("%s: %v %+v", c.reason, told, got)
			}
			h.sends(rid, c.name, c.content, "with words")
			if got := h.provider.got(); len(got) != 1 || strings.Contains(got[0].body, "edia") || len(h.notices(rid)) != before+2 {
				t.Errorf("%s: the words do not go without it: %+v", c.reason, got)
			}
			h.set(c.setting, c.back)
		}
	})
}

// pixelOf is content of no particular type with this many bytes.
func pixelOf(n int) string { return "\x00\x01\x02\x03" + strings.Repeat("\xfe", n-4) }

func TestVoxtelesysIsHandedJSON(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.set("SMS_Service", "voxtelesys")
		h.set("SMS_Voxtelesys_URL", h.provider.URL+"/api/v1/sms")
		h.set("SMS_Voxtelesys_authToken", "bearer")
		rid := h.begun("voxtelesys", "application/json", `{"from":"15550101","to":"15550999","body":"hello","received_at":"2026-01-01T12:00:00Z"}`)
		h.replies(rid, "hi")
		got := h.provider.got()
		if len(got) != 1 || got[0].path != "/api/v1/sms" || got[0].header.Get("Authorization") != "Bearer bearer" || got[0].body != `{"body":"hi","from":"15550999","to":["15550101"]}` {
			t.Errorf("%+v", got)
		}
		h.provider.says(422, `{"status":422,"message":"from number not found"}`)
		h.replies(rid, "hi")
		if told := h.notices(rid); len(told) != 1 || !strings.HasSuffix(told[0], "Reason: from number not found") {
			t.Errorf("%v", told)
		}
	})
}

// begun is a room that began with this text, taken by alice.
func (h *house) begun(service, kind, body string) string {
	h.t.Helper()
	if a := h.send("POST", incoming+service, kind, body); a.status != 200 {
		h.t.Fatalf("%d %s", a.status, a.text)
	}
	h.settle()
	rid, _ := h.room()
	inquiry := h.ok("alice", "GET", "livechat/inquiries.getOne?roomId="+rid, nil).at("inquiry._id")
	h.ok("alice", "POST", "livechat/inquiries.take", map[string]any{"inquiryId": inquiry})
	return rid
}

func TestMobexIsHandedOneTextOrSeveral(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for id, v := range map[string]any{"SMS_Service": "mobex", "SMS_Mobex_gateway_address": h.provider.URL + "/gate/", "SMS_Mobex_username": "us er", "SMS_Mobex_password": "p&w", "SMS_Mobex_from_number": "300",
			"SMS_Mobex_from_numbers_list": "200, 201"} {
			h.set(id, v)
		}
		h.provider.says(200, `Success "1f"`)
		rid := h.begun("mobex", "application/x-www-form-urlencoded", "from=%2B15550101&to=200&content=hello")
		h.replies(rid, "hi & bye")
		got := h.provider.got()
		if len(got) != 1 || got[0].method != "GET" || got[0].path != "/gate/send" ||
			got[0].query.Encode() != (url.Values{"username": {"us er"}, "password": {"p&w"}, "to": {"15550101"}, "from": {"200"}, "content": {"hi & bye"}}).Encode() {
			t.Errorf("%+v", got)
		}
		h.set("SMS_Mobex_from_numbers_list", "201")
		h.provider.says(200, `Error "No route found"`)
		h.replies(rid, "from another")
		if got := h.provider.got(); len(got) != 1 || got[0].query.Get("from") != "300" {
			t.Errorf("%+v", got)
		}
		if told := h.notices(rid); len(told) != 1 || !strings.HasSuffix(told[0], "Reason: No route found") {
			t.Errorf("%v", told)
		}
		h.set("SMS_Mobex_restful_address", h.provider.URL+"/rest")
		h.provider.says(503, "")
		h.replies(rid, "a")
		h.replies(rid, "b")
		h.provider.got()
		h.provider.says(200, `{"data":{"batchId":"x","messageCount":2}}`)
		h.clock.Advance(10 * time.Second)
		h.settle()
		got = h.provider.got()
		if len(got) != 1 || got[0].path != "/rest/secure/sendbatch" || got[0].header.Get("Authorization") != basic("us er", "p&w") ||
			got[0].body != `{"messages":[{"to":["15550101"],"from":"300","content":"a"},{"to":["15550101"],"from":"300","content":"b"}]}` {
			t.Errorf("what waits together goes together: %+v", got)
		}
		h.set("SMS_Mobex_gateway_address", "")
		h.replies(rid, "alone")
		if got := h.provider.got(); len(got) != 1 || got[0].path != "/rest/secure/sendbatch" {
			t.Errorf("%+v", got)
		}
	})
}
