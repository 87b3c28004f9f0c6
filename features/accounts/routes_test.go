package accounts

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

// browser is the world behind its HTTP API.
type browser struct {
	*world
	api    http.Handler
	header http.Header
}

// authenticator has no visitors.
type authenticator struct{ *Service }

func (authenticator) Guest(context.Context, string) (rest.Caller, error) {
	return rest.Caller{}, errNoLogin
}

func eachBrowser(t *testing.T, test func(b *browser)) {
	each(t, func(w *world) {
		api := testkit.API(t, rest.Config{Auth: authenticator{w.Service}, Log: slog.New(slog.DiscardHandler), Clock: w.clock}, w.Rows())
		test(&browser{world: w, api: api, header: http.Header{}})
	})
}

// as signs a user in with tokens.
func (b *browser) as(username string) *browser {
	in := b.login(username)
	return &browser{world: b.world, api: b.api, header: http.Header{"X-Auth-Token": {in.Token}, "X-User-Id": {string(in.User.ID)}}}
}

type answer struct {
	status int
	header http.Header
	body   map[string]any
	text   string
}

func (b *browser) do(method, path, body string) answer {
	b.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	maps.Copy(r.Header, b.header)
	rec := httptest.NewRecorder()
	b.api.ServeHTTP(rec, r)
	a := answer{status: rec.Code, header: rec.Header(), text: rec.Body.String()}
	if err := json.NewDecoder(bytes.NewReader(rec.Body.Bytes())).Decode(&a.body); err != nil {
		b.t.Errorf("%s %s: not JSON: %s", method, path, rec.Body)
	}
	return a
}

func TestLoginEndpoint(t *testing.T) {
	eachBrowser(t, func(b *browser) {
		b.user("anna", chat.RoleAgent)
		digest := DigestOf("pw-anna")
		for _, body := range []string{
			`{"user":"anna","password":"pw-anna"}`,
			`{"username":"anna","password":"pw-anna"}`,
			`{"email":"anna@example.com","password":"pw-anna"}`,
			`{"user":{"username":"anna"},"password":"pw-anna"}`,
			`{"user":{"email":"anna@example.com"},"password":{"digest":"` + string(digest) + `","algorithm":"sha-256"}}`,
			`{"user":"anna","password":{"digest":"` + strings.ToUpper(string(digest)) + `","algorithm":"sha-256"},"code":""}`,
		} {
			a := b.do("POST", "/api/v1/login", body)
			data, _ := a.body["data"].(map[string]any)
			if a.status != 200 || a.body["status"] != "success" || a.body["success"] != nil || data["userId"] != "u-anna" {
				b.t.Fatalf("%s: %d %s", body, a.status, a.text)
			}
			again := b.do("POST", "/api/v1/login", fmt.Sprintf(`{"resume":%q}`, data["authToken"]))
			if again.status != 200 {
				b.t.Errorf("resume: %s", again.text)
			}
		}
		for _, body := range []string{``, `{}`, `{"user":"anna"}`, `{"password":"x"}`, `{"user":"anna","password":"wrong"}`, `{"resume":"nope"}`,
			`{"user":"anna","password":{"digest":"zz","algorithm":"sha-256"}}`, `{"user":"anna","password":{"digest":"` + string(digest) + `","algorithm":"md5"}}`,
			`{"user":{"$ne":null},"password":"pw-anna"}`, `{"user":null,"password":null}`} {
			a := b.do("POST", "/api/v1/login", body)
			if a.status != 401 || a.text != `{"status":"error","error":"Unauthorized","message":"Unauthorized"}` {
				b.t.Errorf("%s: %d %s", body, a.status, a.text)
			}
		}
		for _, body := range []string{`[]`, `{"user":7,"password":"x"}`, `{"user":"anna","password":["x"]}`, `{`, `{"user":"a","password":"b"` + strings.Repeat(" ", 300<<10) + `}`} {
			if a := b.do("POST", "/api/v1/login", body); a.status < 400 || a.status >= 500 {
				b.t.Errorf("%.40s: %d %s", body, a.status, a.text)
			}
		}
	})
}

func TestMeAndLogout(t *testing.T) {
	eachBrowser(t, func(b *browser) {
		b.user("anna")
		anna := b.as("anna")
		if a := anna.do("GET", "/api/v1/me", ""); a.status != 200 || a.body["_id"] != "u-anna" || a.body["success"] != true || strings.Contains(a.text, "argon") {
			b.t.Errorf("%d %s", a.status, a.text)
		}
		stranger := *anna
		stranger.header = http.Header{"X-Auth-Token": anna.header["X-Auth-Token"], "X-User-Id": {"u-other"}}
		if a := stranger.do("GET", "/api/v1/me", ""); a.status != 401 || a.body["message"] != "You must be logged in to do this." {
			b.t.Errorf("another's id: %d %s", a.status, a.text)
		}
		if a := anna.do("POST", "/api/v1/logout", ""); a.status != 200 || a.body["status"] != "success" {
			b.t.Errorf("logout: %s", a.text)
		}
		if a := anna.do("GET", "/api/v1/me", ""); a.status != 401 {
			b.t.Errorf("after logout: %d", a.status)
		}
	})
}

func TestUserEndpoints(t *testing.T) {
	eachBrowser(t, func(b *browser) {
		b.user("root", chat.RoleAdmin)
		root := b.as("root")
		a := root.do("POST", "/api/v1/users.create", `{"name":"Bert B","email":"B@Example.com","username":"bert.1","password":"rocket.chat","roles":["livechat-agent"],"joinDefaultChannels":false,"bio":"","nickname":"B","customFields":{},"requirePasswordChange":true,"sendWelcomeEmail":true,"verified":true}`)
		u, _ := a.body["user"].(map[string]any)
		if a.status != 200 || u["username"] != "bert.1" || u["active"] != true || fmt.Sprint(u["roles"]) != "[livechat-agent]" {
			b.t.Fatalf("create: %s", a.text)
		}
		if _, is := u["nickname"]; is {
			b.t.Errorf("nobody has a nickname here: %s", a.text)
		}
		id := u["_id"].(string)
		steps := []struct{ method, path, body, want string }{
			{"GET", "/api/v1/users.info?userId=" + id, "", `"username":"bert.1"`},
			{"GET", "/api/v1/users.info?username=BERT.1", "", `"address":"b@example.com"`},
			{"POST", "/api/v1/users.setActiveStatus", `{"userId":"` + id + `","activeStatus":false}`, `{"user":{"_id":"` + id + `","active":false},"success":true}`},
			{"POST", "/api/v1/users.setStatus", `{"message":"","status":"busy"}`, `{"success":true}`},
			{"GET", "/api/v1/me", "", `"statusDefault":"busy"`},
			{"POST", "/api/v1/users.setPreferences", `{"data":{"omnichannelTranscriptPDF":true}}`, `"settings":{"preferences":{"omnichannelTranscriptPDF":true}}`},
			{"POST", "/api/v1/users.setPreferences", `{"data":{"language":"de"}}`, `"omnichannelTranscriptPDF":true`},
			{"GET", "/api/v1/users.list?count=1", "", `"total":3`},
			{"GET", "/api/v1/licenses.info", "", `"monthlyActiveContacts":{"max":-1}`},
			{"GET", "/api/v1/licenses.info?loadValues=true", "", `"monthlyActiveContacts":{"value":0,"max":-1},"activeUsers":{"value":1,"max":-1}`},
			{"POST", "/api/v1/permissions.update", `{"permissions":[{"_id":"view-l-room","roles":[]}]}`, `{"_id":"view-l-room","roles":[]}`},
			{"GET", "/api/v1/permissions.listAll", "", `"remove":[]`},
			{"POST", "/api/v1/users.delete", `{"userId":"` + id + `","confirmRelinquish":true}`, `{"success":true}`},
		}
		for _, s := range steps {
			if a := root.do(s.method, s.path, s.body); a.status != 200 || !strings.Contains(a.text, s.want) {
				b.t.Errorf("%s %s: %d %s, want %s", s.method, s.path, a.status, a.text, s.want)
			}
		}
		if a := root.do("GET", "/api/v1/users.info?userId="+id, ""); a.status != 400 || a.body["error"] != "User not found." {
			b.t.Errorf("deleted: %s", a.text)
		}
	})
}

// Bad input: 4xx in the envelope, nothing changes, no event.
func TestBadInputChangesNothing(t *testing.T) {
	eachBrowser(t, func(b *browser) {
		b.user("root", chat.RoleAdmin)
		root := b.as("root")
		b.events()
		long := strings.Repeat("x", 5000)
		for _, c := range []struct{ method, path, body string }{
			{"POST", "/api/v1/users.create", `{}`},
			{"POST", "/api/v1/users.create", `{"name":"x","email":"x@example.com","username":"x"}`},
			{"POST", "/api/v1/users.create", `{"name":"x","email":"x@example.com","username":"x","password":""}`},
			{"POST", "/api/v1/users.create", `{"name":{},"email":"x@example.com","username":"x","password":"x"}`},
			{"POST", "/api/v1/users.create", `{"name":"x","email":"x@example.com","username":"` + long + `","password":"x"}`},
			{"POST", "/api/v1/users.create", `{"name":"x","email":"x@example.com","username":"x y","password":"x"}`},
			{"POST", "/api/v1/users.create", `{"name":"x","email":"x@example.com","username":"root","password":"x"}`},
			{"POST", "/api/v1/users.create", `{"name":"x","email":"root@example.com","username":"x","password":"x"}`},
			{"POST", "/api/v1/users.create", `{"name":"x","email":"x@example.com","username":"x","password":"x","roles":["king"]}`},
			{"POST", "/api/v1/users.create", `{"name":"x\u0000","email":"x@example.com","username":"x","password":"x"}`},
			{"POST", "/api/v1/users.delete", `{}`},
			{"POST", "/api/v1/users.delete", `{"userId":"none"}`},
			{"POST", "/api/v1/users.delete", `{"userId":{"$ne":""}}`},
			{"POST", "/api/v1/users.delete", `{"userId":"u-root"}`},
			{"POST", "/api/v1/users.delete", `{"userId":"rocket.cat"}`},
			{"GET", "/api/v1/users.info", ""},
			{"GET", "/api/v1/users.info?userId[]=u-root", ""},
			{"GET", "/api/v1/users.info?username=" + long, ""},
			{"POST", "/api/v1/users.setActiveStatus", `{"userId":"u-root"}`},
			{"POST", "/api/v1/users.setActiveStatus", `{"userId":"u-root","activeStatus":false}`},
			{"POST", "/api/v1/users.setActiveStatus", `{"userId":"u-root","activeStatus":"maybe"}`},
			{"POST", "/api/v1/users.setStatus", `{}`},
			{"POST", "/api/v1/users.setStatus", `{"status":"sleeping"}`},
			{"POST", "/api/v1/users.setStatus", `{"status":["online"]}`},
			{"POST", "/api/v1/users.setStatus", `{"status":"online","message":"` + long + `"}`},
			{"POST", "/api/v1/users.setPreferences", `{}`},
			{"POST", "/api/v1/users.setPreferences", `{"data":"x"}`},
			{"POST", "/api/v1/users.setPreferences", `{"data":{"x":"` + strings.Repeat("x", 70<<10) + `"}}`},
			{"POST", "/api/v1/permissions.update", `{}`},
			{"POST", "/api/v1/permissions.update", `{"permissions":[]}`},
			{"POST", "/api/v1/permissions.update", `{"permissions":[{"_id":"view-l-room"}]}`},
			{"POST", "/api/v1/permissions.update", `{"permissions":[{"_id":"nothing","roles":[]}]}`},
			{"POST", "/api/v1/permissions.update", `{"permissions":[{"_id":"view-l-room","roles":["king"]}]}`},
			{"GET", "/api/v1/users.list?count=many", ""},
			{"DELETE", "/api/v1/foyer/console/sessions/none", ""},
			{"GET", "/api/v1/foyer/console/setup", ""},
			{"GET", "/api/v1/foyer/console/setup?ticket=x", ""},
			{"POST", "/api/v1/foyer/console/setup", `{"ticket":"x","username":"x","password":"x"}`},
		} {
			a := root.do(c.method, c.path, c.body)
			if a.status < 400 || a.status >= 500 || a.body["success"] != false || a.body["error"] == "" {
				b.t.Errorf("%s %.60s %.80s: %d %s", c.method, c.path, c.body, a.status, a.text)
			}
		}
		if n, _ := countUsers(b.ctx, b.DB); n != 2 {
			b.t.Errorf("%d users", n)
		}
		if got := b.events(); len(got) > 0 {
			b.t.Errorf("events %v", got)
		}
	})
}

// Every row refuses callers without sign-in and without its permission, before it looks at the input.
func TestRowsAskForTheirPermission(t *testing.T) {
	eachBrowser(t, func(b *browser) {
		b.user("anna")
		anna := b.as("anna")
		for _, row := range b.Rows() {
			if row.Access.String() == "public" {
				continue
			}
			path := strings.ReplaceAll(row.Path, "{id}", "x")
			if a := b.do(row.Method, path, "{"); a.status != 401 {
				b.t.Errorf("%s: %d without sign-in", row.Name(), a.status)
			}
			if len(row.Access.Permissions()) == 0 {
				continue
			}
			if a := anna.do(row.Method, path, "{"); a.status != 403 {
				b.t.Errorf("%s: %d without permission", row.Name(), a.status)
			}
		}
	})
}

func TestRightsCannotBeGivenBeyondOnesOwn(t *testing.T) {
	eachBrowser(t, func(b *browser) {
		b.user("mia", chat.RoleManager)
		if _, err := b.UpdatePermissions(b.ctx, []chat.Grant{{ID: chat.CreateUser, Roles: []string{chat.RoleManager}}}); err != nil {
			b.t.Fatal(err)
		}
		mia := b.as("mia")
		create := func(extra string) answer {
			return mia.do("POST", "/api/v1/users.create", `{"name":"x","email":"x@example.com","username":"x","password":"x"`+extra+`}`)
		}
		for _, extra := range []string{`,"roles":["admin"]`, `,"roles":["livechat-agent"]`, `,"active":true`} {
			if a := create(extra); a.status != 400 && a.status != 403 {
				b.t.Errorf("%s: %d", extra, a.status)
			}
		}
		if a := create(""); a.status != 200 {
			b.t.Errorf("an ordinary user: %s", a.text)
		}
		b.user("root", chat.RoleAdmin)
		for path, body := range map[string]string{"users.setStatus": `{"userId":"u-root","status":"away"}`, "users.setPreferences": `{"userId":"u-root","data":{"language":"de"}}`,
			"users.resetAvatar": `{"userId":"u-root"}`, "users.update": `{"userId":"u-root","data":{"name":"x"}}`} {
			if a := mia.do("POST", "/api/v1/"+path, body); a.status != 403 {
				b.t.Errorf("somebody else's: %s: %d", path, a.status)
			}
		}
		if _, err := b.UpdatePermissions(b.ctx, []chat.Grant{{ID: chat.EditOtherUserInfo, Roles: []string{chat.RoleManager}}}); err != nil {
			b.t.Fatal(err)
		}
		for path, body := range map[string]string{"users.resetAvatar": `{"userId":"u-root"}`, "users.update": `{"userId":"u-root","data":{"name":"x"}}`} {
			if a := mia.do("POST", "/api/v1/"+path, body); a.status != 400 || a.body["error"] != "Editing this user is not allowed [error-action-not-allowed]" {
				b.t.Errorf("an administrator: %s: %d %s", path, a.status, a.text)
			}
		}
		if a := mia.do("POST", "/api/v1/users.update", `{"userId":"u-mia","data":{"username":"root"}}`); a.status != 400 || a.body["errorType"] != "error-field-unavailable" {
			b.t.Errorf("another one's name: %d %s", a.status, a.text)
		}
	})
}

func TestColleaguesSeeNoAddresses(t *testing.T) {
	eachBrowser(t, func(b *browser) {
		b.user("anna")
		b.user("bert")
		anna := b.as("anna")
		if a := anna.do("GET", "/api/v1/users.info?username=bert", ""); a.status != 200 || strings.Contains(a.text, "@") {
			b.t.Errorf("%d %s", a.status, a.text)
		}
		if a := anna.do("GET", "/api/v1/users.info?email=bert@example.com", ""); a.status != 400 {
			b.t.Errorf("probing an address: %d", a.status)
		}
		if a := anna.do("GET", "/api/v1/users.info?username=anna", ""); !strings.Contains(a.text, "anna@example.com") {
			b.t.Errorf("one's own: %s", a.text)
		}
	})
}

func TestConsoleCookie(t *testing.T) {
	eachBrowser(t, func(b *browser) {
		b.user("anna", chat.RoleAgent)
		a := b.do("POST", "/api/v1/foyer/console/login", `{"user":"anna","password":"pw-anna"}`)
		cookie, err := http.ParseSetCookie(a.header.Get("Set-Cookie"))
		if err != nil || a.status != 200 || cookie.Name != "foyer_session" || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" {
			b.t.Fatalf("%d %s %v", a.status, a.header.Get("Set-Cookie"), err)
		}
		if strings.Contains(a.text, cookie.Value) {
			b.t.Error("the secret must not be readable by scripts")
		}
		tab := &browser{world: b.world, api: b.api, header: http.Header{"Cookie": {"foyer_session=" + cookie.Value}}}
		session := tab.do("GET", "/api/v1/foyer/console/session", "")
		held, _ := session.body["permissions"].([]any)
		if session.status != 200 || !slices.Contains(held, any("view-l-room")) || slices.Contains(held, any("create-user")) {
			b.t.Errorf("%s", session.text)
		}
		if list := tab.do("GET", "/api/v1/foyer/console/sessions", ""); !strings.Contains(list.text, `"current":true`) {
			b.t.Errorf("%s", list.text)
		}
		if ticket := tab.do("POST", "/api/v1/foyer/realtime/ticket", "{}"); ticket.status != 200 {
			b.t.Errorf("%s", ticket.text)
		}
		b.user("bert")
		berts, annas := b.login("bert"), b.login("anna")
		for _, c := range []struct {
			session chat.SessionID
			want    int
		}{{berts.Session.ID, 404}, {annas.Session.ID, 200}, {annas.Session.ID, 404}} {
			if a := tab.do("DELETE", "/api/v1/foyer/console/sessions/"+string(c.session), ""); a.status != c.want {
				b.t.Errorf("%d %s, want %d", a.status, a.text, c.want)
			}
		}
		if !b.works(berts.Token) || b.works(annas.Token) {
			b.t.Error("one ends one's own sign-ins, and nobody else's")
		}
		foreign := *tab
		foreign.header = http.Header{"Cookie": tab.header["Cookie"], "Sec-Fetch-Site": {"cross-site"}}
		for path, body := range map[string]string{"logout": "{}", "login": `{"user":"anna","password":"pw-anna"}`} {
			if a := foreign.do("POST", "/api/v1/foyer/console/"+path, body); a.status != 403 {
				b.t.Errorf("another site's page: %s: %d", path, a.status)
			}
		}
		out := tab.do("POST", "/api/v1/foyer/console/logout", "{}")
		if out.status != 200 || !strings.Contains(out.header.Get("Set-Cookie"), "Max-Age=0") {
			b.t.Errorf("%d %s", out.status, out.header.Get("Set-Cookie"))
		}
		if a := tab.do("GET", "/api/v1/foyer/console/session", ""); a.status != 401 {
			b.t.Errorf("after sign-out: %d", a.status)
		}
	})
}

func TestSetupEndpoint(t *testing.T) {
	eachBrowser(t, func(b *browser) {
		secret := b.link()
		if a := b.do("GET", "/api/v1/foyer/console/setup?ticket="+secret, ""); a.status != 200 || !strings.Contains(a.text, "transfer-livechat-guest") {
			b.t.Errorf("%s", a.text)
		}
		for _, password := range []string{`""`, `null`, `{"digest":"x","algorithm":"sha-256"}`} {
			if a := b.do("POST", "/api/v1/foyer/console/setup", `{"ticket":"`+secret+`","username":"boss","password":`+password+`}`); a.status != 400 {
				b.t.Errorf("password %s: %d %s", password, a.status, a.text)
			}
		}
		a := b.do("POST", "/api/v1/foyer/console/setup", `{"ticket":"`+secret+`","username":"boss","name":"Boss","email":"boss@example.com","password":"pw-boss"}`)
		if a.status != 200 || !strings.HasPrefix(a.header.Get("Set-Cookie"), "foyer_session=") {
			b.t.Fatalf("%s", a.text)
		}
		b.login("boss")
	})
}
