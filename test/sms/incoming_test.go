package sms

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestATextBecomesAChat(t *testing.T) { // webhooks.md 7.1
	twilio(t, func(t *testing.T, h *office) {
		for _, field := range []string{"country", "city"} {
			h.OK("boss", "POST", "livechat/custom-fields.save", map[string]any{"customFieldId": nil, "customFieldData": map[string]any{"field": field, "label": field, "scope": "visitor", "visibility": "visible", "regexp": map[string]string{"country": "^[A-Z]+$", "city": "^[a-z]+$"}[field]}})
		}
		h.arrives(hello("MessageSid", "SM1", "FromCountry", "NO", "FromState", "Oslo", "FromCity", "NOT LOWER"))
		rid, room := h.room()
		if room.At("room.source.type") != "sms" || room.At("room.source.alias") != "twilio" || room.At("room.source.destination") != ours || room.At("room.sms.from") != ours {
			t.Errorf("%s", room.Text)
		}
		v := h.OK("boss", "GET", "livechat/visitors.info?visitorId="+fmt.Sprint(room.At("room.v._id")), nil)
		if v.At("visitor.username") != "15550101" || v.At("visitor.phone.0.phoneNumber") != ann {
			t.Errorf("%s", v.Text)
		}
		if v.At("visitor.livechatData.country") != "NO" || v.At("visitor.livechatData.city") != nil || v.At("visitor.livechatData.state") != nil {
			t.Errorf("what a field refuses, or what has none, is left out: %s", v.Text)
		}
		h.arrives(hello("Body", "second"))
		h.arrives(hello("MessageSid", "SM1"))
		if all := h.said(rid); len(all) != 2 || all[0].Msg != "hello" || all[1].Msg != "second" || h.Count(`SELECT count(*) FROM rooms`) != 1 {
			t.Errorf("a repeat is stored once, the rest goes on in the room: %+v", all)
		}
		h.arrives(hello("From", "15550101", "Body", "same number"))
		if h.Count(`SELECT count(*) FROM visitors`) != 1 {
			t.Error("one number, two people")
		}
	})
}

func TestARepeatAfterTheCloseOpensNothing(t *testing.T) {
	twilio(t, func(t *testing.T, h *office) {
		h.arrives(hello("MessageSid", "SM1"))
		rid, _ := h.room()
		h.OK("boss", "POST", "livechat/room.closeByUser", map[string]any{"rid": rid, "comment": "bye"})
		h.arrives(hello("MessageSid", "SM1"))
		if n := h.Count(`SELECT count(*) FROM rooms`); n != 1 {
			t.Errorf("%d rooms", n)
		}
	})
}

func TestATextWhoseChatEndsMeanwhileIsNotLost(t *testing.T) {
	twilio(t, func(t *testing.T, h *office) {
		first := h.served()
		h.provider.Answers(func(w http.ResponseWriter, _ *http.Request) {
			h.Call("alice", "POST", "livechat/room.closeByUser", map[string]any{"rid": first, "comment": "bye"})
			w.Write([]byte(pixel))
		})
		h.Clock.Advance(time.Second)
		h.arrives(h.with("/pixel"))
		rid, room := h.room()
		if all := h.said(rid); rid == first || room.At("room.open") != true || len(all) != 1 || all[0].Msg != "look" || all[0].Attachments[0]["image_type"] != "image/png" {
			t.Errorf("%s %s: %+v", first, rid, all)
		}
	})
}

func TestWithoutAProofNoFileIsFetched(t *testing.T) {
	each(t, func(t *testing.T, h *office) {
		h.keeps()
		if a := h.Send("POST", incoming+"twilio", "application/x-www-form-urlencoded", h.with("/pixel").Encode()); a.Status != 200 {
			t.Fatal(a.Text)
		}
		rid, _ := h.room()
		if all := h.said(rid); len(all) != 1 || all[0].Msg != "look" || all[0].Attachments[0]["color"] != "yellow" || len(h.provider.Got()) != 0 {
			t.Errorf("%+v", all)
		}
	})
}

func TestTextsThatComeTogetherAreOnePersons(t *testing.T) {
	twilio(t, func(t *testing.T, h *office) {
		var all sync.WaitGroup
		for i := range 8 {
			v := hello("Body", fmt.Sprint("text ", i))
			all.Go(func() {
				path := incoming + "twilio"
				if a := h.Send("POST", path, "application/x-www-form-urlencoded", v.Encode(), "X-Twilio-Signature", signature(site+path, v)); a.Text != "<Response></Response>" {
					t.Errorf("%d %s", a.Status, a.Text)
				}
			})
		}
		all.Wait()
		rid, _ := h.room()
		if n := len(h.said(rid)); n != 8 || h.Count(`SELECT count(*) FROM visitors`) != 1 || h.Count(`SELECT count(*) FROM rooms`) != 1 {
			t.Errorf("%d texts", n)
		}
	})
}

func TestANumberClaimedOnAWebsiteLeadsNobodyToAnothersTexts(t *testing.T) { // LC-REG-4
	twilio(t, func(t *testing.T, h *office) {
		a := h.Send("POST", "/api/v1/livechat/visitor", "application/json", `{"visitor":{"token":"thief","name":"Thief","phone":"`+ann+`"}}`)
		if a.Status != 200 {
			t.Fatal(a.Text)
		}
		h.arrives(hello())
		if a := h.Send("GET", "/api/v1/livechat/room?token=thief", "", ""); a.At("newRoom") != true {
			t.Errorf("the thief reads: %s", a.Text)
		}
		if n := h.Count(`SELECT count(*) FROM visitors WHERE NOT token_opens`); n != 1 {
			t.Errorf("%d visitors whose token opens nothing", n)
		}
	})
}

func TestBadTextsAreRefusedAndChangeNothing(t *testing.T) { // rest-api.md sms-incoming, webhooks.md 7.1
	twilio(t, func(t *testing.T, h *office) {
		const kind = "application/x-www-form-urlencoded"
		v := hello()
		path := incoming + "twilio"
		good := signature(site+path, v)
		rows := func() int64 {
			return h.Count(`SELECT (SELECT count(*) FROM visitors) + (SELECT count(*) FROM rooms) + (SELECT count(*) FROM messages) + (SELECT count(*) FROM outbox)`)
		}
		for _, c := range []struct {
			name, path, sign, error string
			body                    url.Values
			setting                 string
			value                   any
		}{
			{name: "off", path: path, sign: good, body: v, setting: "SMS_Enabled", value: false, error: "Text messages are off [error-sms-disabled]"},
			{name: "another service", path: path, sign: good, body: v, setting: "SMS_Service", value: "mobex", error: "Invalid service"},
			{name: "no service", path: path, sign: good, body: v, setting: "SMS_Service", value: "", error: "Invalid service"},
			{name: "an unknown service", path: incoming + "pigeon", sign: good, body: v, error: "Invalid service"},
			{name: "no signature", path: path, body: v, error: "Invalid request"},
			{name: "a wrong signature", path: path, sign: signature(site+path, hello("Body", "hullo")), body: v, error: "Invalid request"},
			{name: "another address", path: path, sign: good, body: v, setting: "Site_Url", value: "https://other.example.org", error: "Invalid request"},
			{name: "a query that was not signed", path: path + "?department=x", sign: good, body: v, error: "Invalid request"},
			{name: "no token", path: path, sign: good, body: v, setting: "SMS_Twilio_authToken", value: "", error: "Invalid request"},
			{name: "no words", path: path, sign: signature(site+path, form("From", ann, "To", ours)), body: form("From", ann, "To", ours), error: "A text has a sender, a receiver and words, a file or a place [invalid-params]"},
			{name: "no sender", path: path, sign: signature(site+path, form("Body", "x", "To", ours)), body: form("Body", "x", "To", ours), error: "A text has a sender, a receiver and words, a file or a place [invalid-params]"},
			{name: "an unknown department", path: path, sign: good, body: v, setting: "SMS_Default_Omnichannel_Department", value: "nowhere", error: "The provided department is invalid [error-invalid-department]"},
		} {
			if c.setting != "" {
				h.Set(c.setting, c.value)
			}
			before := rows()
			a := h.Send("POST", c.path, kind, c.body.Encode(), "X-Twilio-Signature", c.sign)
			if a.Status != 400 || a.Kind() != "application/json" || a.Body["success"] != false || a.Body["error"] != c.error || rows() != before {
				t.Errorf("%s: %d %s", c.name, a.Status, a.Text)
			}
			h.Set("SMS_Enabled", true)
			h.Set("SMS_Service", "twilio")
			h.Set("Site_Url", site+"/") // a slash at the end changes nothing
			h.Set("SMS_Twilio_authToken", token)
			h.Set("SMS_Default_Omnichannel_Department", "")
		}
		h.arrives(v)
	})
}

func TestTwiliosJSONIsSignedByItsHash(t *testing.T) {
	twilio(t, func(t *testing.T, h *office) {
		body := `{"From":"` + ann + `","To":"` + ours + `","Body":"hello"}`
		sum := sha256.Sum256([]byte(body))
		path := incoming + "twilio?bodySHA256=" + hex.EncodeToString(sum[:])
		if a := h.Send("POST", path, "application/json", strings.Replace(body, "hello", "hullo", 1), "X-Twilio-Signature", signature(site+path, nil)); a.Status != 400 {
			t.Errorf("another body: %d %s", a.Status, a.Text)
		}
		if a := h.Send("POST", path, "application/json", body, "X-Twilio-Signature", signature(site+path, nil)); a.Status != 200 || a.Text != "<Response></Response>" {
			t.Errorf("%d %s", a.Status, a.Text)
		}
	})
}

func TestWithoutCredentialsTheSecretDecides(t *testing.T) { // rest-api.md: checked when credentials are configured
	each(t, func(t *testing.T, h *office) {
		for _, c := range []struct{ service, kind, body, ok string }{
			{"twilio", "application/json", `{"From":"1","To":"2","Body":"x"}`, "<Response></Response>"},
			{"voxtelesys", "application/json", `{"from":"1","to":"2","body":"x"}`, `{"success":true}`},
			{"mobex", "application/x-www-form-urlencoded", `from=1&to=2&content=x`, "ACK/Jasmin"},
		} {
			h.Set("SMS_Service", c.service)
			h.Set("SMS_Inbound_Secret", "")
			if a := h.Send("POST", incoming+c.service, c.kind, c.body); a.Status != 200 || a.Text != c.ok {
				t.Errorf("%s: %d %s", c.service, a.Status, a.Text)
			}
			h.Set("SMS_Inbound_Secret", "hush")
			for _, wrong := range []string{"", "?secret=", "?secret=hus", "?secret=hushh"} {
				if a := h.Send("POST", incoming+c.service+wrong, c.kind, c.body); a.Status != 400 || a.Body["error"] != "Invalid request" {
					t.Errorf("%s%s: %d %s", c.service, wrong, a.Status, a.Text)
				}
			}
			if a := h.Send("POST", incoming+c.service+"?secret=hush", c.kind, c.body); a.Status != 200 || a.Text != c.ok {
				t.Errorf("%s: %d %s", c.service, a.Status, a.Text)
			}
		}
	})
}

func TestTheDepartmentOfATextIsTheOneThatExists(t *testing.T) {
	twilio(t, func(t *testing.T, h *office) {
		made := map[string]string{}
		for _, name := range []string{"sales", "support"} {
			made[name] = h.OK("boss", "POST", "livechat/department", map[string]any{"department": map[string]any{"enabled": true, "name": name, "showOnRegistration": true, "email": "d@example.org", "showOnOfflineForm": true},
				"agents": []any{map[string]any{"agentId": "alice", "username": "alice"}}}).At("department._id").(string)
		}
		for i, c := range []struct{ standard, query, want string }{
			{"", "", ""}, {"", "?department=nowhere", ""}, {"support", "", made["support"]}, {made["support"], "?department=nowhere", made["support"]},
			{"support", "?department=sales", made["sales"]}, {"nowhere", "?department=" + made["sales"], made["sales"]},
		} {
			h.Set("SMS_Default_Omnichannel_Department", c.standard)
			h.Clock.Advance(1000)
			h.arrives(hello("From", fmt.Sprint("+1777", i)), c.query)
			_, room := h.room()
			v := h.OK("boss", "GET", "livechat/visitors.info?visitorId="+fmt.Sprint(room.At("room.v._id")), nil).At("visitor.department")
			if c.want == "" && v != nil || c.want != "" && (v != c.want || room.At("room.departmentId") != c.want) { // without a wish routing finds one
				t.Errorf("%+v: %v", c, v)
			}
		}
		h.Set("SMS_Default_Omnichannel_Department", made["support"])
		h.Set("Omnichannel_enable_department_removal", true)
		h.OK("boss", "DELETE", "livechat/department/"+made["support"], nil)
		if a := h.OK("boss", "GET", "settings/SMS_Default_Omnichannel_Department", nil); a.At("value") != "" {
			t.Errorf("a department that is gone gets no texts: %s", a.Text)
		}
	})
}

var pixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"

// keeps lets the provider give out files.
func (h *office) keeps() {
	h.provider.Answers(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/pixel":
			w.Write([]byte(pixel))
		case "/moved":
			http.Redirect(w, r, "/pixel", http.StatusFound)
		case "/svg":
			w.Write([]byte(`<svg xmlns="http://www.w3.org/2000/svg"></svg>`))
		case "/empty":
		default:
			http.NotFound(w, r)
		}
	})
}

func (h *office) with(paths ...string) url.Values {
	v := hello("NumMedia", fmt.Sprint(len(paths)), "Body", "look")
	for i, p := range paths {
		v.Set(fmt.Sprint("MediaUrl", i), h.provider.URL+p)
		v.Set(fmt.Sprint("MediaContentType", i), "image/png")
	}
	return v
}

func TestFilesOfATextAreTakenOver(t *testing.T) {
	twilio(t, func(t *testing.T, h *office) {
		h.keeps()
		h.arrives(h.with("/pixel", "/moved", "/gone", "/empty", "/svg", "/pixel"))
		rid, _ := h.room()
		all := h.said(rid)
		if len(all) != 6 || all[0].Msg != "look" || all[1].Msg != "" {
			t.Fatalf("%+v", all)
		}
		for i, m := range all {
			a := m.Attachments[0]
			if taken := i == 0 || i == 5; taken && (a["image_type"] != "image/png" || a["title"] != "pixel.png") ||
				!taken && (a["color"] != "yellow" || a["text"] != "A file that came with this message could not be taken over." || a["image_url"] != nil) {
				t.Errorf("%d: %+v", i, a)
			}
		}
		for _, r := range h.provider.Got() {
			if r.Header.Get("Authorization") != "" {
				t.Error("credentials go where a text says")
			}
		}
		v := h.with("/pixel")
		v.Set("Body", "")
		v.Set("MessageSid", "SM7")
		h.arrives(v)
		h.arrives(v)
		if n, files := len(h.said(rid)), h.Count(`SELECT count(*) FROM files`); n != 7 || files != 3 {
			t.Errorf("a repeat stores nothing: %d messages, %d files", n, files)
		}
	})
}

func TestFilesOfThisNetworkAreNotFetched(t *testing.T) {
	eachWith(t, false, func(t *testing.T, h *office) {
		h.account()
		h.keeps()
		h.arrives(h.with("/pixel"))
		rid, _ := h.room()
		if all := h.said(rid); len(all) != 1 || all[0].Msg != "look" || all[0].Attachments[0]["color"] != "yellow" || len(h.provider.Got()) != 0 {
			t.Errorf("%+v", all)
		}
	})
}

func TestAPlaceIsAPoint(t *testing.T) {
	twilio(t, func(t *testing.T, h *office) {
		h.arrives(hello("Body", "", "Latitude", "59.91", "Longitude", "10.75"))
		rid, _ := h.room()
		all := h.said(rid)
		if len(all) != 1 || fmt.Sprint(all[0].Location) != "map[coordinates:[10.75 59.91] type:Point]" {
			t.Errorf("%+v", all)
		}
		if a := h.OK("boss", "GET", "livechat/"+rid+"/messages", nil); a.At("messages.0.location.type") != "Point" {
			t.Errorf("%s", a.Text)
		}
	})
}

func TestWhoTextsReadsWhyNobodyAnswers(t *testing.T) {
	twilio(t, func(t *testing.T, h *office) {
		h.Set("Livechat_accept_chats_with_no_agents", false)
		h.Exec(`DELETE FROM presence`)
		h.Exec(`UPDATE agents SET status_livechat = 'not-available'`)
		if a := h.texts(hello()); a.Status != 200 || a.Kind() != "text/xml" || a.Text != "<Response><Message>Sorry, nobody is here to answer right now. Please try again later.</Message></Response>" {
			t.Errorf("%d %s %s", a.Status, a.Kind(), a.Text)
		}
		h.Set("Language", "de")
		if a := h.texts(hello()); !strings.Contains(a.Text, "Leider ist gerade niemand da") {
			t.Errorf("%s", a.Text)
		}
		h.Set("Livechat_accept_chats_with_no_agents", true)
		h.Set("Message_MaxAllowedSize", 10)
		if a := h.texts(hello("Body", strings.Repeat("x", 11))); !strings.Contains(a.Text, "zu lang") {
			t.Errorf("%s", a.Text)
		}
		h.Set("Livechat_enabled", false)
		if a := h.texts(hello()); a.Status != 200 || a.Text != "<Response></Response>" {
			t.Errorf("%d %s", a.Status, a.Text)
		}
		h.Set("SMS_Service", "voxtelesys")
		if a := h.Send("POST", incoming+"voxtelesys", "application/json", `{"from":"1","to":"2","body":"x"}`); a.Status != 200 || a.Text != `{"error":"","success":false}` {
			t.Errorf("%d %s", a.Status, a.Text)
		}
	})
}

func TestTheNumberAnswersGoToStays(t *testing.T) { // webhooks.md 7.1, 6
	twilio(t, func(t *testing.T, h *office) {
		rid := h.served()
		_, room := h.room()
		visitor := room.At("room.v._id")
		h.OK("alice", "POST", "livechat/room.saveInfo", map[string]any{"guestData": map[string]any{"_id": visitor, "name": "Ann", "phone": "+1999"}, "roomData": map[string]any{"_id": rid}})
		v := h.OK("boss", "GET", "livechat/visitors.info?visitorId="+fmt.Sprint(visitor), nil)
		if v.At("visitor.phone.0.phoneNumber") != ann || v.At("visitor.name") != "Ann" {
			t.Errorf("%s", v.Text)
		}
	})
}
