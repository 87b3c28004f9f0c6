package messenger

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/test/house"
)

func TestFacebookIsVerified(t *testing.T) { // webhooks.md 6.2
	each(t, func(t *testing.T, o *office) {
		ask := func(query string) house.Answer { return o.Send("GET", callback+"?"+query, "", "") }
		made := o.OK("boss", "GET", "foyer/facebook", nil)
		given, _ := made.At("verifyToken").(string)
		if len(given) < 20 || made.At("callback") != site+callback {
			t.Fatalf("a server makes a token of its own: %s", made.Text)
		}
		if a := ask("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=" + given); a.Status != 200 || a.Text != "1158201444" || a.Kind() != "text/plain; charset=utf-8" {
			t.Errorf("%d %s %s", a.Status, a.Kind(), a.Text)
		}
		o.Set("Livechat_Facebook_Verify_Token", "mine")
		if a := ask("hub.mode=subscribe&hub.challenge=7&hub.verify_token=mine"); a.Status != 200 || a.Text != "7" {
			t.Errorf("%d %s", a.Status, a.Text)
		}
		wrong := []string{"hub.mode=subscribe&hub.challenge=7&hub.verify_token=" + given, "hub.mode=unsubscribe&hub.challenge=7&hub.verify_token=mine",
			"hub.challenge=7&hub.verify_token=mine", "hub.mode=subscribe&hub.challenge=7", "hub.mode=subscribe&hub.challenge=7&hub.verify_token[]=mine&hub.verify_token[]=x"}
		o.Set("Livechat_Facebook_Verify_Token", "mine")
		for _, query := range wrong {
			if a := ask(query); a.Status != 403 && a.Status != 400 || strings.Contains(a.Text, "mine") {
				t.Errorf("%s: %d %s", query, a.Status, a.Text)
			}
		}
		o.Set("Livechat_Facebook_Verify_Token", "")
		if a := ask("hub.mode=subscribe&hub.challenge=7&hub.verify_token="); a.Status != 403 {
			t.Errorf("no token is none: %d %s", a.Status, a.Text)
		}
	})
}

func TestAMessageBecomesAChat(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.told(batch(page, by(ann, text("m_1", "hello")), by(ann, text("m_2", "second"))))
		rid := o.room()
		r := o.OK("boss", "GET", "foyer/rooms/"+rid, nil)
		if r.At("room.source.type") != "app" || r.At("room.source.alias") != "facebook" || r.At("room.source.destination") != page || r.At("room.facebook.page") != page || r.At("room.fname") != "Ann Bee" {
			t.Errorf("%s", r.Text)
		}
		got := o.facebook.Got()
		if len(got) != 1 || got[0].Method != "GET" || got[0].Query.Get("fields") != "first_name,last_name,profile_pic" || got[0].Query.Get("access_token") != token {
			t.Errorf("%+v", got)
		}
		if got := o.words(rid); !same(got, "hello", "second") {
			t.Errorf("%q", got)
		}
		o.told(batch(page, by(ann, `"postback":{"title":"Buy","payload":"BUY"}`), by(ann, `"message":{"mid":"m_3","quick_reply":{"payload":"RED"}}`),
			by(ann, `"message":{"mid":"m_4","attachments":[{"type":"location","title":"Ann’s place","payload":{"coordinates":{"lat":59.91,"long":10.75}}},{"type":"fallback","title":"News","url":"https://news.example/1"},{"type":"template","payload":{}}]}`)))
		if got := o.words(rid); !same(got[2:], "Buy", "RED", "Ann’s place\nPlace: 59.91, 10.75\nNews\nhttps://news.example/1\n(Something that only Messenger shows)") {
			t.Errorf("%q", got)
		}
		if len(o.facebook.Got()) != 0 {
			t.Error("who is known is not asked for again")
		}
		o.told(batch("1009", by(ann, text("m_9", "the other page"))))
		if len(o.rooms()) != 1 {
			t.Error("a page that is not known here was taken")
		}
		o.Set("Livechat_Facebook_API_Key", "single")
		o.told(batch("1009", by(ann, text("m_9", "the other page"))))
		if o.Count(`SELECT count(*) FROM visitors`) != 2 || !same(o.Texts(`SELECT token FROM visitors ORDER BY token`), "fb-1001-2002", "fb-1009-2002") {
			t.Error("one person on two pages is two visitors")
		}
		if got := o.facebook.Got(); len(got) != 1 || got[0].Query.Get("access_token") != "single" {
			t.Errorf("%+v", got)
		}
	})
}

func TestWhatIsToldAgainIsTakenOnce(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		all := []string{text("m_1", "hello"), `"postback":{"title":"Buy","payload":"BUY"}`, `"message":{"text":"no id"}`}
		for _, what := range all {
			o.told(batch(page, by(ann, what)))
		}
		rid := o.room()
		for _, what := range all {
			o.told(batch(page, by(ann, what), by(ann, what)))
		}
		if got := o.words(rid); !same(got, "hello", "Buy", "no id") {
			t.Errorf("%q", got)
		}
		o.Close("boss", rid)
		for _, what := range all {
			o.told(batch(page, by(ann, what)))
		}
		if len(o.rooms()) != 1 {
			t.Error("a repeat opened a chat")
		}
		o.told(batch(page, by(ann, text("m_2", "again"))))
		if got := o.words(o.room()); len(o.rooms()) != 2 || !same(got, "again") {
			t.Errorf("%q", got)
		}
		if kept := o.Count(`SELECT count(*) FROM messenger_incoming WHERE note <> ''`); kept != 0 {
			t.Errorf("the words of %d messages are kept twice", kept)
		}
	})
}

func TestWhatIsNoMessageIsLeftAlone(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for _, body := range []string{
			batch(page, by(page, `"message":{"mid":"m","text":"echo","is_echo":true,"app_id":1}`)), batch(page, by(ann, `"message":{"mid":"m","text":"echo","is_echo":true}`)),
			batch(page, by(page, text("m", "of the page"))), batch(page, by(ann, `"delivery":{"mids":["m"],"watermark":1}`)), batch(page, by(ann, `"read":{"watermark":1}`)),
			batch(page, by(ann, text("m", ""))), batch(page, by(ann, text("m", " \n"))), batch(page), `{"object":"page"}`, `{"object":"user","entry":[{"id":"1","changes":[]}]}`,
			batch(page, `{"sender":{"id":{"$ne":null}},"message":{"mid":"m","text":"x"}}`), batch(page, `7`), batch(page, `{"sender":{"id":"../x"},"message":{"mid":"m","text":"x"}}`),
			batch("a/b", by(ann, text("m", "x"))), batch(page, by(strings.Repeat("9", 65), text("m", "x"))),
		} {
			o.told(body)
		}
		if n := o.Count(`SELECT count(*) FROM messenger_people`); n != 0 || len(o.rooms()) != 0 || len(o.facebook.Got()) != 0 {
			t.Errorf("%d people", n)
		}
		o.told(batch(page, `{"sender":7}`, by(ann, text("m", "between")), `[]`))
		if got := o.words(o.room()); !same(got, "between") {
			t.Errorf("%q", got)
		}
	})
}

func TestAWrongCallChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		hello := batch(page, by(ann, text("m_1", "hello")))
		send := func(body string, headers ...string) house.Answer {
			return o.Send("POST", callback, "application/json", body, headers...)
		}
		refused := func(name, want string, a house.Answer) {
			t.Helper()
			o.Settle()
			if a.Status != 400 || a.Body["success"] != false || a.Body["error"] != want || o.Count(`SELECT count(*) FROM messenger_people`) != 0 {
				t.Errorf("%s: %d %s", name, a.Status, a.Text)
			}
		}
		refused("unsigned", "Invalid signature", send(hello))
		refused("another body", "Invalid signature", send(hello+" ", "X-Hub-Signature-256", newer(hello)))
		refused("no prefix", "Invalid signature", send(hello, "X-Hub-Signature-256", strings.TrimPrefix(newer(hello), "sha256=")))
		refused("empty", "Invalid signature", send(hello, "X-Hub-Signature-256", ""))
		refused("the older one does not make up for the newer", "Invalid signature", send(hello, "X-Hub-Signature-256", "sha256=00", "X-Hub-Signature", older(hello)))
		refused("the older one in the newer's place", "Invalid signature", send(hello, "X-Hub-Signature-256", older(hello)))
		for _, body := range []string{"", "{", "[]", "7", `{"object":{"$ne":null}}`, `{"object":"page","entry":{"$ne":null}}`, `{}`, `{"text":"x"}`, `{"text":"x","token":"t","page":{"$ne":1}}`,
			`{"text":"x","token":"a\u0000b","page":"1"}`, `{"token":"t","page":"1","mid":"m"}`, strings.Repeat(`{"a":`, 20000)} {
			a := send(body, "X-Hub-Signature-256", newer(body))
			refused(fmt.Sprintf("%.40s", body), "A message has a page, who wrote it, and words or files [invalid-params]", a)
		}
		if a := send(strings.Repeat("x", 1<<20+1), "X-Hub-Signature-256", "sha256=00"); a.Status != 413 {
			t.Errorf("%d %s", a.Status, a.Text)
		}
		o.Set("Livechat_Facebook_API_Secret", "")
		empty := "sha256=" + "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad" // of nothing, with nothing
		refused("no secret is none", "Invalid signature", send("", "X-Hub-Signature-256", empty))
		o.Set("Livechat_Facebook_API_Secret", secret)
		o.Set("Livechat_Facebook_Enabled", false)
		refused("off", "Integration disabled", o.tells(hello))
		o.Set("Livechat_Facebook_Enabled", true)
		if a := send(hello, "X-Hub-Signature", older(hello)); a.Status != 200 {
			t.Errorf("the older signature alone: %d %s", a.Status, a.Text)
		}
		o.Settle()
		if got := o.words(o.room()); !same(got, "hello") {
			t.Errorf("%q", got)
		}
	})
}

func TestWhatWasTakenSurvivesARestart(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		if a := o.tells(batch(page, by(ann, text("m_1", "hello")), by(ann, text("m_2", "world")))); a.Status != 200 || len(o.rooms()) != 0 {
			t.Fatalf("it is worked on afterwards: %d %s", a.Status, a.Text)
		}
		o.Restart()
		o.Settle()
		if got := o.words(o.room()); !same(got, "hello", "world") {
			t.Errorf("%q", got)
		}
	})
}

func TestAPersonFacebookDoesNotNameHasAName(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.told(batch(page, by("2003", text("m_1", "hello"))))
		if r := o.OK("boss", "GET", "foyer/rooms/"+o.room(), nil); r.At("room.fname") != "Facebook user" {
			t.Errorf("%s", r.Text)
		}
	})
}

func TestATokenSomebodyTookIsNoWayIn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		taken := `{"visitor":{"token":"fb-1001-2002","name":"Mallory"}}`
		if a := o.Send("POST", "/api/v1/livechat/visitor", "application/json", taken); a.Status != 200 {
			t.Fatal(a.Text)
		}
		o.told(batch(page, by(ann, text("m_1", "mine"))))
		if a := o.Send("GET", "/api/v1/livechat/messages.history/"+o.room()+"?token=fb-1001-2002", "", ""); a.Status == 200 || strings.Contains(a.Text, "mine") {
			t.Errorf("%d %s", a.Status, a.Text)
		}
		o.told(batch(page, by("2004", text("m_2", "mine"))))
		for _, ask := range [][2]string{{"GET", "messages.history/" + o.room() + "?token=fb-1001-2004"}, {"POST", "visitor"}} {
			if a := o.Send(ask[0], "/api/v1/livechat/"+ask[1], "application/json", map[string]string{"POST": `{"visitor":{"token":"fb-1001-2004","name":"Mallory"}}`}[ask[0]]); a.Status == 200 {
				t.Errorf("%v: the token opens: %s", ask, a.Text)
			}
		}
	})
}

func TestFilesComeAlong(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.told(batch(page, by(ann, attached("m_1", "look", "image", o.facebook.URL+"/pixel.png?sig=1"))))
		rid := o.room()
		if all := o.attachments(rid); !strings.Contains(all, `"image/png"`) || !strings.Contains(all, "pixel.png") || !same(o.words(rid), "look") {
			t.Errorf("%s", all)
		}
		o.told(batch(page, by(ann, attached("m_1", "look", "image", o.facebook.URL+"/pixel.png?sig=1"))))
		if n := o.Count(`SELECT count(*) FROM files`); n != 1 {
			t.Errorf("%d files", n)
		}
		two := `"message":{"mid":"m_2","attachments":[{"type":"image","payload":{"url":"` + o.facebook.URL + `/pixel.png"}},{"type":"file","payload":{"url":"` + o.facebook.URL + `/pixel.png"}}]}`
		o.told(batch(page, by(ann, two)))
		if n := o.Count(`SELECT count(*) FROM files`); n != 3 {
			t.Errorf("%d files", n)
		}
	})
}

func TestAFileThatCannotBeHadIsALine(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for i, path := range []string{"/moved", "/endless", "/nothing", "/missing"} {
			o.told(batch(page, by(ann, attached(fmt.Sprint("m_", i), "look", "image", o.facebook.URL+path))))
			all := strings.Split(o.attachments(o.room()), "\n")
			if last := all[len(all)-1]; len(all) != i+1 || !strings.Contains(last, "yellow") || o.Count(`SELECT count(*) FROM files`) != 0 {
				t.Errorf("%s: %s", path, last)
			}
		}
		o.told(batch(page, by(ann, attached("m_9", "look", "image", "file:///etc/passwd"))))
		o.Set("FileUpload_MediaTypeBlackList", "image/png")
		o.told(batch(page, by(ann, attached("m_10", "look", "image", o.facebook.URL+"/pixel.png"))))
		if n := o.Count(`SELECT count(*) FROM files`); n != 0 || len(o.words(o.room())) != 6 {
			t.Errorf("%d files, %q", n, o.words(o.room()))
		}
	})
}

func TestAFileThatIsNotThereNowComesLater(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.JobsFail = true
		o.busy.Store(2)
		o.told(batch(page, by(ann, attached("m_1", "look", "image", o.facebook.URL+"/pixel.png")), by(ann, text("m_2", "next"))))
		if len(o.rooms()) != 0 {
			t.Error("it does not wait for its file")
		}
		o.After(5 * time.Second)
		o.After(20 * time.Second)
		if !same(o.words(o.room()), "look", "next") || o.Count(`SELECT count(*) FROM files`) != 1 {
			t.Errorf("%q", o.words(o.room()))
		}
		o.busy.Store(100)
		o.told(batch(page, by(ann, attached("m_3", "and this", "image", o.facebook.URL+"/pixel.png"))))
		o.After(5 * time.Second)
		o.After(20 * time.Second)
		if all := o.words(o.room()); !same(all, "look", "next", "and this") || !strings.Contains(o.attachments(o.room()), "yellow") || o.busy.Load() != 97 {
			t.Errorf("%q, asked %d times", all, 100-o.busy.Load())
		}
		o.told(batch(page, by(ann, attached("m_4", "once more", "image", o.facebook.URL+"/pixel.png"))))
		for i := range 13 { // each has it tried anew
			o.told(batch(page, by(ann, text(fmt.Sprint("m_5", i), "hello?"))))
			o.After(10 * time.Second)
		}
		if all := o.words(o.room()); len(all) < 4 || all[3] != "once more" {
			t.Errorf("who writes on is held up: %q", all)
		}
	})
}

func TestNothingInwardIsFetched(t *testing.T) {
	eachWith(t, false, func(t *testing.T, o *office) {
		o.told(batch(page, by(ann, attached("m_1", "look", "image", o.facebook.URL+"/pixel.png"))))
		if got := o.facebook.Got(); len(got) != 0 || !strings.Contains(o.attachments(o.room()), "yellow") || !same(o.words(o.room()), "look") {
			t.Errorf("%+v", got)
		}
	})
}

func TestLongWordsComeInParts(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.Set("Message_MaxAllowedSize", 10)
		o.told(batch(page, by(ann, text("m_1", "one two three four"))))
		if got := o.words(o.room()); strings.Join(got, "|") != "one two |three four" {
			t.Errorf("%q", got)
		}
	})
}

func TestAChatThatEndsMeanwhileLosesNothing(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		first := o.served()
		if a := o.tells(batch(page, by(ann, text("m_2", "one more thing")))); a.Status != 200 {
			t.Fatal(a.Text)
		}
		o.Call("alice", "POST", "livechat/room.closeByUser", map[string]any{"rid": first, "comment": "bye"})
		o.Settle()
		if rid := o.room(); rid == first || !same(o.words(rid), "one more thing") {
			t.Errorf("%q", o.words(first))
		}
	})
}

func TestTheDepartmentIsThePages(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		d := o.OK("boss", "POST", "livechat/department", map[string]any{"department": map[string]any{"enabled": true, "name": "sales", "showOnRegistration": true, "email": "d@example.org", "showOnOfflineForm": true},
			"agents": []any{map[string]any{"agentId": "alice", "username": "alice"}}}).At("department._id")
		o.enter(map[string]any{"departmentId": d})
		o.told(batch(page, by(ann, text("m_1", "hello"))))
		if r := o.OK("boss", "GET", "foyer/rooms/"+o.room(), nil); r.At("room.departmentId") != d {
			t.Errorf("%s", r.Text)
		}
		o.Set("Omnichannel_enable_department_removal", true)
		o.OK("boss", "DELETE", fmt.Sprint("livechat/department/", d), nil)
		if a := o.OK("boss", "GET", "foyer/facebook", nil); a.At("pages.0.departmentId") != nil || a.At("pages.0.pageId") != page {
			t.Errorf("%s", a.Text)
		}
	})
}

func TestAGatewaysMessageIsAnswered(t *testing.T) { // webhooks.md 6.1
	each(t, func(t *testing.T, o *office) {
		body := `{"mid":"mid.1","page":"77","token":"their token/1","first_name":"Ann","last_name":"Bee","text":"hello"}`
		send := func() house.Answer {
			a := o.Send("POST", callback, "application/json", body, "X-Hub-Signature", older(body))
			o.Settle()
			return a
		}
		for range 2 {
			if a := send(); a.Status != 200 || a.Body["success"] != true || a.At("message._id") != "mid.1" || a.At("message.msg") != "hello" || a.At("message.rid") != o.room() {
				t.Errorf("%d %s", a.Status, a.Text)
			}
		}
		r := o.OK("boss", "GET", "foyer/rooms/"+o.room(), nil)
		if !same(o.words(o.room()), "hello") || r.At("room.facebook.page") != "77" || r.At("room.fname") != "Ann Bee" || len(o.facebook.Got()) != 0 {
			t.Errorf("%s", r.Text)
		}
		o.Set("Livechat_Facebook_API_Key", "gateway-key")
		o.Take("alice", o.room())
		o.Says("alice", o.room(), "hi")
		if got := o.handed(); !same(got, `POST /v23.0/77/messages gateway-key {"message":{"text":"hi"},"messaging_type":"RESPONSE","recipient":{"id":"their token/1"}}`) {
			t.Errorf("%q", got)
		}
		body = `{"mid":"mid.2","page":{"id":"77"},"token":"their token/1","attachments":[{"type":"image","payload":{"url":"` + o.facebook.URL + `/pixel.png"}}]}`
		if a := send(); a.Status != 200 || !strings.Contains(o.attachments(o.room()), "image/png") {
			t.Errorf("%d %s", a.Status, a.Text)
		}
	})
}
