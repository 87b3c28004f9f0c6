package triggers

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/outbound"
	"github.com/foyerchat/foyer/platform/outbox"
)

const plain = `{"name":"Hi","description":"d","enabled":true,"runOnce":false,"conditions":[{"name":"page-url","value":"/shop"}],` +
	`"actions":[{"name":"send-message","params":{"sender":"queue","msg":"Hello","name":""}}]}`

func TestTriggersAreKept(t *testing.T) { // rest-api.md 20
	each(t, func(k *kit) {
		if a := k.call("boss", "POST", "livechat/triggers", plain); a.status != 200 || a.text != `{"success":true}` {
			t.Fatalf("%d %s", a.status, a.text)
		}
		all, _, err := k.List(t.Context(), nil, 0, 0)
		k.must(err)
		id := string(all[0].ID)
		want := `{"trigger":{"_id":"` + id + `","no":1,"name":"Hi","description":"d","enabled":true,"runOnce":false,"conditions":[{"name":"page-url","value":"/shop"}],` +
			`"actions":[{"name":"send-message","params":{"sender":"queue","name":"","msg":"Hello"}}],"_updatedAt":"2026-09-21T14:13:20.000Z"},"success":true}`
		if a := k.call("boss", "GET", "livechat/triggers/"+id, ""); a.text != want {
			t.Errorf("%s\nwant %s", a.text, want)
		}
		changed := strings.Replace(plain, `{"name":"Hi"`, `{"_id":"`+id+`","name":"Bye"`, 1)
		k.call("boss", "POST", "livechat/triggers", changed)
		k.call("boss", "POST", "livechat/triggers", strings.Replace(plain, `{"name":"Hi"`, `{"_id":"mine","name":"New"`, 1))
		if a := k.call("boss", "GET", "livechat/triggers?count=1&offset=1", ""); a.body["total"] != 2.0 || !strings.Contains(a.text, `"_id":"mine","no":2,"name":"New"`) {
			t.Error(a.text)
		}
		if a := k.call("boss", "GET", "livechat/triggers?count=1&sort=%7B%22name%22:-1%7D", ""); !strings.Contains(a.text, `"name":"New"`) {
			t.Error(a.text)
		}
		k.call("boss", "DELETE", "livechat/triggers/mine", "")
		k.call("boss", "POST", "livechat/triggers", plain)
		if a := k.call("boss", "GET", "livechat/triggers", ""); !strings.Contains(a.text, `"no":3`) || strings.Contains(a.text, `"no":2`) || !strings.Contains(a.text, `"Bye"`) {
			t.Error("a number is given twice: " + a.text)
		}
		if a := k.call("boss", "GET", "livechat/triggers/none", ""); a.text != `{"trigger":null,"success":true}` {
			t.Error(a.text)
		}
		for _, who := range []string{"bob", ""} {
			if a := k.call(who, "GET", "livechat/triggers", ""); a.status == 200 {
				t.Errorf("%s: %s", who, a.text)
			}
		}
	})
}

func TestTriggersThatCannotWorkAreRefused(t *testing.T) { // rest-api.md 20, webhooks.md 2.1
	each(t, func(k *kit) {
		for from, to := range map[string]string{
			`"description":"d",`:         ``,
			`"enabled":true`:             `"enabled":1`,
			`"name":"Hi"`:                `"name":7`,
			`"description":"d"`:          `"description":false`,
			`"runOnce":false,`:           ``,
			`"name":"page-url"`:          `"name":"moon-phase"`,
			`"value":"/shop"`:            `"value":{"$ne":1}`,
			`"/shop"`:                    `"["`,
			`"value":"/shop"}`:           `"value":"` + strings.Repeat("x", 1001) + `"}`,
			`"page-url","value":"/shop"`: `"time-on-site","value":"soon"`,
			`[{"name":"page-url"`:        `["x",{"name":"page-url"`,
			`"send-message"`:             `"launch"`,
			`,"name":""`:                 ``,
			`"sender":"queue"`:           `"sender":"custom"`,
			`"msg":"Hello",`:             ``,
			`"runOnce":false`:            `"runOnce":false,"site":"nowhere"`,
			`,"runOnce":false`:           `,"runOnce":0`,
			`"send-message","params":{"sender":"queue","msg":"Hello"`:  `"use-external-service","params":{"serviceUrl":"javascript:x","serviceTimeout":1,"serviceFallbackMessage":""`,
			`"send-message","params":{"sender":"queue","msg":"Hello",`: `"use-external-service","params":{"serviceUrl":"https://x","serviceTimeout":1,`,
		} {
			body := strings.Replace(plain, from, to, 1)
			if body == plain {
				continue
			}
			if a := k.call("boss", "POST", "livechat/triggers", body); a.status != 400 || a.body["success"] != false {
				t.Errorf("%s → %s: %d %s", from, to, a.status, a.text)
			}
		}
		if a := k.call("boss", "POST", "livechat/triggers", strings.Replace(plain, `"description":"d",`, ``, 1)); a.body["error"] != "must have required property 'description' [invalid-params]" {
			t.Error(a.text)
		}
		for from, field := range map[string]string{`"/shop"`: "conditions.value", `"msg":"Hello",`: "msg"} {
			to := map[string]string{"msg": "", "conditions.value": `""`}[field]
			if a := k.call("boss", "POST", "livechat/triggers", strings.Replace(plain, from, to, 1)); !strings.Contains(a.text, `"field":"`+field+`"`) {
				t.Error("a form cannot say what is wrong", a.text)
			}
		}
		if n := k.number(`SELECT count(*) FROM triggers`); n != 0 {
			t.Errorf("%d triggers", n)
		}
		k.exec(fmt.Sprintf(`INSERT INTO triggers (id, number, name, description, enabled, run_once, conditions, actions, updated_at)
			WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT 't' || i, -i, '', '', true, false, '[]', '[]', 1 FROM n`, most))
		if a := k.call("boss", "POST", "livechat/triggers", plain); a.status != 400 || a.body["error"] != "There are as many triggers as there may be [error-too-many-triggers]" {
			t.Errorf("%d %s", a.status, a.text)
		}
		if n := k.number(`SELECT count(*) FROM triggers`); n != most {
			t.Errorf("%d triggers", n)
		}
	})
}

// external saves a trigger that asks the service of the kit.
func (k *kit) external(timeout float64) chat.TriggerID {
	k.t.Helper()
	fallback := "Sorry"
	saved, err := k.Save(k.t.Context(), chat.Trigger{Name: "Ask", Enabled: true, Actions: []chat.Action{{Name: chat.UseExternalService,
		Params: chat.ActionParams{ServiceURL: k.service.URL, ServiceTimeout: &timeout, ServiceFallbackMessage: &fallback}}}})
	k.must(err)
	return saved.ID
}

func TestTheExternalServiceIsAsked(t *testing.T) { // webhooks.md 2.2 to 2.6
	each(t, func(k *kit) {
		id := k.external(5000)
		path := "livechat/triggers/" + string(id) + "/external-service/call"
		ask := `{"token":"t1","extraData":[{"key":"name","value":"Ana"}]}`
		if a := k.call("", "POST", path, ask); a.status != 400 || a.body["error"] != "Livechat secret token is not configured" {
			t.Errorf("%d %s", a.status, a.text)
		}
		k.settings.WebhookToken = "hush"
		var got string
		k.answer = func(w http.ResponseWriter, r *http.Request) {
			body := make([]byte, 1000)
			n, _ := r.Body.Read(body)
			got = fmt.Sprint(r.Method, r.Header["Accept"], r.Header["Content-Type"], r.Header.Get("X-RocketChat-Livechat-Token"), string(body[:n]))
			fmt.Fprint(w, `{"contents":[{"msg":"b","order":2},{"msg":"a","order":1},{"msg":"c","order":2}]}`)
		}
		a := k.call("", "POST", path, ask)
		want := `{"triggerId":"` + string(id) + `","response":{"statusCode":200,"contents":[{"msg":"a","order":1},{"msg":"b","order":2},{"msg":"c","order":2}]},"success":true}`
		if a.text != want {
			t.Error(a.text)
		}
		if want := `POST[application/json] [application/json]hush{"metadata":[{"key":"name","value":"Ana"}],"visitorToken":"t1"}`; got != want {
			t.Error(got)
		}
		test := `{"webhookUrl":"` + k.service.URL + `","timeout":1000,"fallbackMessage":"f"}`
		if a := k.call("boss", "POST", "livechat/triggers/external-service/test", test); a.status != 200 || !strings.Contains(a.text, `"triggerId":"test-trigger"`) ||
			!strings.Contains(got, `{"metadata":[],"visitorToken":"1234567890"}`) {
			t.Errorf("%s; asked %s", a.text, got)
		}
		for answer, text := range map[string]string{`no json`: "", `{"contents":[]}`: "", `{"contents":[{"msg":"a"}]}`: "", `{"contents":[{"msg":1,"order":1}]}`: "",
			`{"contents":[{"msg":"a","order":"1"}]}`: "", `[]`: "", `{"contents":[{"msg":"a","order":1},{}]}`: "", "500": "kaput", "302": "elsewhere", "201": "created"} {
			k.later()
			k.answer = func(w http.ResponseWriter, r *http.Request) {
				var status int
				if text != "" {
					fmt.Sscan(answer, &status)
					w.Header().Set("Location", "/")
					w.WriteHeader(status)
					fmt.Fprint(w, text)
					return
				}
				fmt.Fprint(w, answer)
			}
			a := k.call("", "POST", path, ask)
			if a.status != 400 || a.body["success"] != false || a.body["error"] != "error-invalid-external-service-response" || a.body["triggerId"] != string(id) ||
				a.body["fallbackMessage"] != "Sorry" || a.body["response"] != "The service did not answer as expected" {
				t.Errorf("%s: %d %s", answer, a.status, a.text)
			}
			if a := k.call("boss", "POST", "livechat/triggers/external-service/test", test); a.status != 400 || text != "" && !strings.Contains(fmt.Sprint(a.body["response"]), text) {
				t.Errorf("test of %s: %d %s", answer, a.status, a.text)
			}
		}
	})
}

func TestASlowServiceIsNotWaitedFor(t *testing.T) { // webhooks.md 2.3, 2.5
	each(t, func(k *kit) {
		k.settings.WebhookToken = "hush"
		k.answer = func(w http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body) // only then the end of the connection is noticed
			<-r.Context().Done()
		}
		id := string(k.external(30))
		for _, c := range [][3]string{{"", "livechat/triggers/" + id + "/external-service/call", `{"token":"t"}`}, {"", "foyer/widget/trigger", firing(id)},
			{"boss", "livechat/triggers/external-service/test", `{"webhookUrl":"` + k.service.URL + `","timeout":30,"fallbackMessage":"Sorry"}`}} {
			if a := k.call(c[0], "POST", c[1], c[2]); a.status != 400 || a.body["error"] != "error-timeout" || a.body["fallbackMessage"] != "Sorry" {
				t.Errorf("%s: %d %s", c[1], a.status, a.text)
			}
		}
		zero, less := 0.0, 300.0
		if within(nil) != 5*time.Second || within(&zero) != time.Second || within(&less) != 300*time.Millisecond {
			t.Error("wrong time-outs")
		}
	})
}

func TestOnlyTriggersWithAServiceAskOne(t *testing.T) { // webhooks.md 2.2
	each(t, func(k *kit) {
		plain, err := k.Save(t.Context(), chat.Trigger{Enabled: true})
		k.must(err)
		id := k.external(1)
		if a := k.call("", "POST", "foyer/widget/trigger", firing(string(id))); a.status != 400 || a.body["error"] != "Livechat secret token is not configured" {
			t.Error(a.text)
		}
		k.settings.WebhookToken = "hush"
		nowhere := string(k.external(1))
		k.exec(`UPDATE triggers SET actions = '[{"name":"use-external-service","params":{}}]' WHERE id = $1`, nowhere) // none that was saved here
		for path, want := range map[string]string{"none": "Invalid trigger", string(plain.ID): "Trigger is not configured to use an external service", nowhere: "Invalid service URL"} {
			if a := k.call("", "POST", "livechat/triggers/"+path+"/external-service/call", `{"token":"t"}`); a.status != 400 || a.body["error"] != want {
				t.Errorf("%s: %s", path, a.text)
			}
		}
		if a := k.call("", "POST", "foyer/widget/trigger", firing(nowhere)); a.status != 400 || a.body["error"] != "Invalid service URL" {
			t.Error(a.text)
		}
		k.answer = func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "no json") }
		if a := k.call("", "POST", "foyer/widget/trigger", firing(string(k.external(1000)))); a.status != 400 || a.body["error"] != "error-invalid-external-service-response" {
			t.Error(a.text)
		}
		k.exec(`UPDATE triggers SET enabled = false`)
		if a := k.call("", "POST", "livechat/triggers/"+string(id)+"/external-service/call", `{"token":"t"}`); a.body["error"] != "Invalid trigger" {
			t.Error(a.text)
		}
	})
}

// The client's guards hold here too: without leave no private address is asked.
func TestTheServiceMustBeOutside(t *testing.T) {
	each(t, func(k *kit) {
		k.settings.WebhookToken = "hush"
		guarded := outbound.New(outbound.Options{Timeout: time.Second})
		defer guarded.Close()
		k.Outbound = guarded
		k.answer = func(http.ResponseWriter, *http.Request) { t.Error("the service was asked") }
		test := `{"webhookUrl":"` + k.service.URL + `","timeout":1000,"fallbackMessage":""}`
		if a := k.call("boss", "POST", "livechat/triggers/external-service/test", test); a.status != 400 || a.body["response"] != "address-forbidden" {
			t.Error(a.text)
		}
	})
}

func TestWhoSpeaksWhenATriggerFires(t *testing.T) { // lifecycle 21, rocketchat-widget.md 8
	each(t, func(k *kit) {
		k.visitor()
		k.call("boss", "POST", "livechat/triggers", strings.Replace(plain, `{"name":"Hi"`, `{"_id":"queue","name":"Hi"`, 1))
		custom := strings.NewReplacer(`{"name":"Hi"`, `{"_id":"custom","name":"Hi"`, `"sender":"queue"`, `"sender":"custom"`, `"name":""`, `"name":"Zoe"`).Replace(plain)
		k.call("boss", "POST", "livechat/triggers", custom)
		fire := func(who, trigger string) string {
			return k.call(who, "POST", "foyer/widget/trigger", firing(trigger)).text
		}
		if got := fire("", "queue"); got != `{"success":true}` {
			t.Error(got)
		}
		k.next = &chat.AgentView{ID: "bob", Username: "bob", Name: "Bob"}
		if got := fire("ann", "queue"); !strings.Contains(got, `"sender":{"_id":"bob","username":"bob","name":"Bob"`) {
			t.Error(got)
		}
		if got := fire("", "custom"); got != `{"success":true}` {
			t.Error(got)
		}
		k.settings.RoutingMethod, k.next = chat.RoutingManual, nil
		if got := fire("", "queue"); !strings.Contains(got, "[no-agent-online]") {
			t.Error(got)
		}
		if got := fire("", "none"); !strings.Contains(got, "Invalid trigger") {
			t.Error(got)
		}
		if n := k.number(`SELECT (SELECT count(*) FROM trigger_visits) + (SELECT count(*) FROM trigger_firings)`); n != 0 {
			t.Error("something is stored about somebody who did nothing")
		}
		k.settings.WebhookToken = "hush"
		var asked string
		k.answer = func(w http.ResponseWriter, r *http.Request) {
			body := make([]byte, 1000)
			n, _ := r.Body.Read(body)
			asked = string(body[:n])
			fmt.Fprint(w, `{"contents":[{"msg":"Hello","order":1}]}`)
		}
		id := string(k.external(1000))
		k.settings.RoutingMethod = chat.RoutingAuto
		if got := fire("ann", id); !strings.Contains(got, `"contents":[{"msg":"Hello","order":1}]`) || !strings.Contains(asked, `"visitorToken":"stand-in"`) {
			t.Error(got, asked)
		}
		if fire("", id); !strings.Contains(asked, `"visitorToken":"visit-0001"`) {
			t.Error(asked)
		}
	})
}

func firing(trigger string) string { return `{"trigger":"` + trigger + `","visit":"visit-0001"}` }

func visitOf(id string, at clock.Instant, fired string) string {
	return fmt.Sprintf(`{"visit":%q,"facts":[{"at":%q,"is":"page","address":"https://shop/x"},{"at":%q,"is":"opened"}],"ledger":[{"trigger":%q,"at":%q,"reason":"fired"},{"trigger":"other","at":%q,"reason":"other-page"}]}`,
		id, at, at, fired, at, at)
}

func TestVisitsOfThoseWhoActedAreKept(t *testing.T) {
	each(t, func(k *kit) {
		k.visitor()
		k.call("boss", "POST", "livechat/triggers", strings.Replace(plain, `{"name":"Hi"`, `{"_id":"t1","name":"Hi"`, 1))
		now := k.clock.Now()
		for range 2 { // a repeat is harmless
			if a := k.call("ann", "POST", "foyer/widget/visit", visitOf("visit-0001", now, "t1")); a.status != 200 {
				t.Fatal(a.text)
			}
		}
		if a := k.call("", "POST", "foyer/widget/visit", visitOf("visit-0002", now, "t1")); a.status != 401 {
			t.Errorf("a stranger: %d", a.status)
		}
		a := k.call("bob", "GET", "foyer/triggers.ledger?rid=r1", "")
		if a.status != 200 || len(a.body["visits"].([]any)) != 1 || !strings.Contains(a.text, `"ledger":[{"trigger":"t1"`) || !strings.Contains(a.text, `"address":"https://shop/x"`) {
			t.Error(a.text)
		}
		if a := k.call("bob", "GET", "foyer/triggers.ledger?rid=r2", ""); a.status != 400 {
			t.Error(a.text)
		}
		if !strings.HasSuffix(a.text, `"names":{"t1":"Hi"},"success":true}`) || strings.Contains(a.text, "time-on-site") {
			t.Error("an agent reads the names of triggers, and no more", a.text)
		}
		period := fmt.Sprintf("foyer/triggers.visits?from=%s&to=%s", now, now.Add(time.Second))
		if a := k.call("boss", "GET", period, ""); a.body["total"] != 1.0 || strings.Contains(a.text, "ann") {
			t.Error(a.text)
		}
		if a := k.call("bob", "GET", period, ""); a.status != 403 {
			t.Error(a.text)
		}
		if n := k.number(`SELECT count(*) FROM trigger_firings WHERE visitor_id = 'ann' AND trigger_id = 't1'`); n != 1 {
			t.Errorf("met %d times", n)
		}
		for i := range visitsKept + 3 {
			k.clock.Advance(2 * time.Second)
			k.call("ann", "POST", "foyer/widget/visit", visitOf(fmt.Sprintf("visit-1%03d", i), k.clock.Now(), "t1"))
		}
		if n := k.number(`SELECT count(*) FROM trigger_visits`); n != visitsKept {
			t.Errorf("%d visits", n)
		}
		k.clock.Advance(7*day + time.Millisecond)
		k.must(k.runExpiry(t.Context(), jobs.Run{}))
		if n := k.number(`SELECT count(*) FROM trigger_visits`); n != 0 {
			t.Errorf("%d visits did not expire", n)
		}
		k.settings.TriggerVisitDays = 0
		k.call("ann", "POST", "foyer/widget/visit", visitOf("visit-2000", k.clock.Now(), "t1"))
		if n := k.number(`SELECT count(*) FROM trigger_visits`); n != 0 {
			t.Error("kept although nothing is to be kept")
		}
		for _, c := range k.Consumers() {
			k.must(c.Handle(t.Context(), outbox.Envelope{ID: "e", Event: chat.VisitorErased{Visitor: "ann"}}))
		}
		if n := k.number(`SELECT count(*) FROM trigger_firings`); n != 0 {
			t.Error("an erased visitor is remembered")
		}
	})
}

func TestTheLedgerOfAVisitorWithoutAChat(t *testing.T) {
	each(t, func(k *kit) {
		k.visitor()
		k.exec(`DELETE FROM rooms`)
		k.call("boss", "POST", "livechat/triggers", strings.Replace(plain, `{"name":"Hi"`, `{"_id":"t1","name":"Hi"`, 1))
		visit := func(name string) {
			if a := k.call("ann", "POST", "foyer/widget/visit", visitOf(name, k.clock.Now(), "t1")); a.status != 200 {
				t.Fatal(a.text)
			}
			k.clock.Advance(time.Minute)
		}
		ledger := func(who, sighting string) reply { return k.call(who, "GET", "foyer/onsite.ledger?_id="+sighting, "") }
		visit("visit-0001")
		k.came = k.clock.Now()
		if a := ledger("bob", "s1"); len(a.body["visits"].([]any)) != 0 {
			t.Error("an earlier visit is not this one", a.text)
		}
		visit("visit-0002")
		a := ledger("bob", "s1")
		if len(a.body["visits"].([]any)) != 1 || !strings.Contains(a.text, `"_id":"visit-0002"`) || !strings.Contains(a.text, `"names":{"t1":"Hi"}`) {
			t.Error(a.text)
		}
		if n := k.number(`SELECT count(*) FROM outbox WHERE name = 'visitors.moved'`); n != 2 {
			t.Errorf("told %d times", n)
		}
		if a := ledger("bob", "s2"); a.status != 200 || len(a.body["visits"].([]any)) != 0 {
			t.Error("nothing is known of who has not acted", a.text)
		}
		k.exec(`INSERT INTO sightings (id, page, kin, site_id, visitor_id, name, staff_name, email, phone, href, title, referrer, browser, targets, offered, pages, visits, began_at,
			seen_at, left_at, expires_at, invitation_id, invitation, invited_by, invited_at, ledger) VALUES ('s2', '', '', 'default', '', '', '', '', '', '', '', '', '', '[]', false, 1, 1, 1,
			2, 0, 3, '', '', '', 0, $1)`, db.JSON([]chat.TriggerEntry{{Trigger: "t1", At: 1, Reason: chat.TriggerOtherPage}}))
		if a := ledger("bob", "s2"); !strings.Contains(a.text, `"facts":[],"ledger":[{"trigger":"t1","at":"1970-01-01T00:00:00.001Z","reason":"other-page"}]`) || !strings.Contains(a.text, `"names":{"t1":"Hi"}`) {
			t.Error("not what his browser tells", a.text)
		}
		if a := ledger("bob", "s3"); a.status != 404 {
			t.Error(a.text)
		}
		for who, status := range map[string]int{"": 401, "cleo": 403} {
			if a := ledger(who, "s1"); a.status != status {
				t.Errorf("%s: %d", who, a.status)
			}
		}
	})
}

func TestBadVisitsChangeNothing(t *testing.T) {
	each(t, func(k *kit) {
		k.visitor()
		good := visitOf("visit-0001", k.clock.Now(), "t1")
		for from, to := range map[string]string{`"visit-0001"`: `"x"`, `"page"`: `"moon"`, `"fired"`: `"because"`, `"facts":[`: `"facts":{},"x":[`,
			`https://shop/x`: strings.Repeat("x", 2001), `"trigger":"t1"`: `"trigger":{}`} {
			if a := k.call("ann", "POST", "foyer/widget/visit", strings.Replace(good, from, to, 1)); a.status != 400 {
				t.Errorf("%s → %.20s: %d %s", from, to, a.status, a.text)
			}
		}
		if n := k.number(`SELECT count(*) FROM trigger_visits`); n != 0 {
			t.Error("something was stored")
		}
	})
}

func TestBrowsersAreNotToldWhomTheServerAsks(t *testing.T) { // settings.md 3
	timeout, fallback := 1.0, "f"
	all := chat.Trigger{Actions: []chat.Action{{Params: chat.ActionParams{ServiceURL: "https://x", ServiceTimeout: &timeout, ServiceFallbackMessage: &fallback}}}}
	if p := all.ForBrowsers().Actions[0].Params; p.ServiceURL != "" || p.ServiceTimeout != nil || *p.ServiceFallbackMessage != "f" {
		t.Errorf("%+v", p)
	}
	if all.Actions[0].Params.ServiceURL == "" {
		t.Error("the trigger itself was changed")
	}
	if !slices.Contains(chat.TriggerReasons(), chat.TriggerFired) || len(FactKinds()) != 6 {
		t.Error("words are missing")
	}
}
