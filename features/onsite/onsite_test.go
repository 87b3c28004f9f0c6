package onsite

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

const begin = clock.Instant(1_790_000_000_000)

// kit is the feature on a real database, with its endpoints served.
type kit struct {
	*Service
	t     *testing.T
	api   http.Handler
	clock *clock.Fake
	set   *chat.Settings
}

var people = map[string]chat.Actor{
	"boss": {User: "boss", Roles: []string{chat.RoleManager}, Permissions: map[chat.Permission]bool{chat.ViewLivechatManager: true, chat.ViewLRoom: true, chat.ViewLivechatRooms: true}},
	"mona": {User: "mona", Roles: []string{chat.RoleMonitor}, Permissions: map[chat.Permission]bool{chat.ViewLivechatManager: true, chat.ViewLivechatRooms: true}},
	"bob":  {User: "bob", Roles: []string{chat.RoleAgent}, Permissions: map[chat.Permission]bool{chat.ViewLRoom: true}},
	"eve":  {User: "eve", Roles: []string{chat.RoleAgent}, Permissions: map[chat.Permission]bool{chat.ViewLRoom: true}},
	"moe":  {User: "moe", Roles: []string{chat.RoleMonitor, chat.RoleAgent}, Permissions: map[chat.Permission]bool{chat.ViewLivechatManager: true, chat.ViewLRoom: true, chat.ViewLivechatRooms: true}},
	"none": {User: "none"},
}

func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			k := &kit{t: t, clock: clock.NewFake(begin), set: chat.DefaultSettings()}
			k.Service = New(Deps{DB: testkit.Open(t, engine, k.clock), Sites: k, Guests: k})
			k.api = testkit.API(t, rest.Config{Auth: k, Clock: k.clock, Log: slog.New(slog.DiscardHandler)}, k.Rows())
			k.exec(`INSERT INTO sites (id, name, created_at) VALUES ('blog', 'Blog', 1)`)
			k.exec(`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ('boss', 'boss', 'boss', 'Boss', 1, 1), ('bob', 'bob', 'bob', 'Bob B.', 1, 1), ('eve', 'eve', 'eve', '', 1, 1), ('mona', 'mona', 'mona', '', 1, 1), ('moe', 'moe', 'moe', '', 1, 1)`)
			k.exec(`INSERT INTO agents (user_id, status_livechat, ready, updated_at) VALUES ('bob', 'available', true, 1), ('eve', 'available', true, 1), ('moe', 'available', true, 1)`)
			k.exec(`INSERT INTO user_roles (user_id, role) VALUES ('bob', 'livechat-agent'), ('eve', 'livechat-agent'), ('moe', 'livechat-agent')`)
			k.exec(`INSERT INTO visitors (id, site_id, username, name, token, token_opens, ts, updated_at, search) VALUES ('ann', 'default', 'guest-1', 'Ann', 't', false, 1, 1, 'ann ann@example.com')`)
			k.exec(`INSERT INTO visitor_emails (visitor_id, position, address) VALUES ('ann', 0, 'ann@example.com')`)
			run(k)
		})
	}
}

func (k *kit) Choose(_ context.Context, account chat.SiteID, host string) (chat.SiteID, error) {
	switch {
	case account == "nowhere":
		return "", fault.New(fault.Invalid, "error-invalid-site", "Unknown site")
	case account != "":
		return account, nil
	}
	return chat.DefaultSite, nil
}

func (k *kit) For(context.Context, chat.SiteID) (*chat.Settings, error) { return k.set, nil }

func (k *kit) BySecret(_ context.Context, secret string) (chat.Actor, error) {
	if secret != "ann's" {
		return chat.Actor{}, fault.New(fault.Unauthenticated, "", "")
	}
	return chat.Actor{Visitor: "ann"}, nil
}

func (k *kit) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	a, ok := people[c.UserID]
	if !ok {
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	return rest.Caller{Identity: a, Permissions: func(id string) bool { return a.May(chat.Permission(id)) }}, nil
}

func (k *kit) Guest(ctx context.Context, secret string) (rest.Caller, error) {
	a, err := k.BySecret(ctx, secret)
	return rest.Caller{Identity: a}, err
}

func (k *kit) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

func (k *kit) exec(sql string, args ...any) {
	k.t.Helper()
	k.must(k.DB.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	}))
}

// room is Ann's open chat.
func (k *kit) room(site, servedBy, unit string) {
	k.t.Helper()
	k.exec(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, visitor_id, v, source_type, source, queued_at, updated_at, open, served_by, unit_id)
		VALUES ('r', $1, 1, '', 1, 1, 'ann', '{}', 'widget', '{}', 1, 1, true, $2, $3)`, site, servedBy, unit)
}

func (k *kit) call(who, method, path string, body any, header ...string) (int, string) {
	k.t.Helper()
	text, err := json.Marshal(body)
	k.must(err)
	r := httptest.NewRequest(method, "/api/v1/foyer/"+path, strings.NewReader(string(text)))
	r.Header.Set("User-Agent", "Chrome")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	if who != "" {
		r.Header.Set("X-User-Id", who)
		r.Header.Set("X-Auth-Token", "t")
	}
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

type fields map[string]any

// here is a sign of life of a page load that must be noted; the answer is what an agent says.
func (k *kit) here(page string, more fields, header ...string) *Spoken {
	k.t.Helper()
	body := fields{"page": page + "-page-load", "href": "https://shop.example/" + page}
	for key, v := range more {
		body[key] = v
	}
	status, text := k.call("", "POST", "widget/here", body, header...)
	var c Call
	if k.must(json.Unmarshal([]byte(text), &c)); status != 200 || !c.Watched && body["left"] == nil {
		k.t.Fatalf("%d %s", status, text)
	}
	return c.Invitation
}

// seen is whom somebody sees: each as page name, status, pages, visits and targets.
func (k *kit) seen(who string) string {
	k.t.Helper()
	texts := []string{}
	for _, x := range k.list(who) {
		texts = append(texts, fmt.Sprint(strings.TrimPrefix(x.Href, "https://shop.example/"), ":", x.Name, ":", x.Status, ":", x.Pages, "/", x.Visits, ":", strings.Join(x.Targets, "+")))
	}
	return strings.Join(texts, " ")
}

func (k *kit) list(who string) []Sighting {
	k.t.Helper()
	status, text := k.call(who, "GET", "onsite", nil)
	var a listAnswer
	if k.must(json.Unmarshal([]byte(text), &a)); status != 200 || a.Total != int64(len(a.Visitors)) {
		k.t.Fatalf("%d %s", status, text)
	}
	return a.Visitors
}

func (k *kit) wants(who, want string) {
	k.t.Helper()
	if got := k.seen(who); got != want {
		k.t.Errorf("%s sees\n%q, want\n%q", who, got, want)
	}
}

// moved is how often it was told that the list is another one, since it was asked last.
func (k *kit) moved() (n int64) {
	k.t.Helper()
	k.must(k.DB.QueryRow(k.t.Context(), `SELECT count(*) FROM outbox WHERE name = 'visitors.moved'`).Scan(&n))
	k.exec(`DELETE FROM outbox`)
	return n
}

func TestWhoIsOnTheSites(t *testing.T) { // livechatoo.md 10.13, 11.3, LC-NAV-8
	each(t, func(k *kit) {
		k.here("a", fields{"moved": true, "title": " Shoes ", "referrer": "https://search.example/?q=shoes#x", "name": "Al", "staffName": "Al, gold", "email": "al@example.com", "phone": "12"})
		k.clock.Advance(time.Second)
		k.here("b", fields{"moved": true, "site": "blog", "targets": []string{"*/order"}})
		k.clock.Advance(time.Second)
		k.here("c", fields{"moved": true, "offered": true, "referrer": "https://shop.example/before"})
		k.wants("boss", "b::browsing:1/1:*/order c::offered:1/1: a:Al, gold:browsing:1/1:")
		x := k.list("boss")[2]
		if x.Title != "Shoes" || x.Referrer != "https://search.example/?q=shoes" || x.Email != "al@example.com" || x.Phone != "12" || x.Browser != "Chrome" || x.SiteName != "Default" || x.Since != begin {
			t.Errorf("%+v", x)
		}
		if k.list("boss")[1].Referrer != "" {
			t.Error("a page of the site itself is no origin")
		}
		if n := k.moved(); n != 3 {
			t.Error(n)
		}
		k.here("c", fields{"offered": true})
		if n := k.moved(); n != 0 {
			t.Error("a sign of life alone is no news", n)
		}
		k.here("c", fields{"href": "https://shop.example/d", "moved": true, "targets": []string{"*/d"}})
		k.wants("boss", "d::browsing:2/1:*/d b::browsing:1/1:*/order a:Al, gold:browsing:1/1:")
		k.clock.Advance(lives - time.Second)
		k.wants("boss", "d::browsing:2/1:*/d")
		k.here("c", fields{"left": true})
		k.wants("boss", "")
		k.clock.Advance(follows)
		k.must(k.Jobs()[0].Run(t.Context(), jobs.Run{}))
		var left int64
		if k.must(k.DB.QueryRow(t.Context(), `SELECT count(*) FROM sightings`).Scan(&left)); left != 0 {
			t.Error("who is gone is still known", left)
		}
	})
}

func TestTheNextPageLoadIsTheSameVisit(t *testing.T) {
	each(t, func(k *kit) {
		next := fields{"moved": true, "referrer": "https://shop.example/a"}
		k.here("a", fields{"moved": true, "referrer": "https://search.example/"})
		k.here("a", fields{"left": true})
		k.clock.Advance(time.Second)
		k.here("b", next)
		k.wants("boss", "b::browsing:2/1:")
		if x := k.list("boss")[0]; x.Since != begin || x.Referrer != "https://search.example/" {
			t.Errorf("%+v", x)
		}
		k.here("b", fields{"left": true})
		k.here("b2", fields{"moved": true, "href": "https://shop.example/b", "referrer": "https://search.example/"}) // loaded anew
		k.wants("boss", "b::browsing:3/1:")
		for name, other := range map[string][]string{"another browser": {"User-Agent", "Firefox"}, "another page": nil} {
			k.exec(`DELETE FROM sightings`)
			k.here("a", fields{"moved": true})
			k.here("a", fields{"left": true})
			if other == nil {
				k.here("c", fields{"moved": true, "referrer": "https://shop.example/z"})
			} else {
				k.here("c", next, other...)
			}
			if got := k.seen("boss"); got != "c::browsing:1/1:" {
				t.Error(name, got)
			}
		}
		k.exec(`DELETE FROM sightings`)
		for _, one := range []string{"x", "y"} { // two behind one address: nobody is taken for the other
			k.here(one, fields{"moved": true, "href": "https://shop.example/a"})
		}
		k.here("x", fields{"left": true})
		k.here("y", fields{"left": true})
		k.here("b", next)
		k.wants("boss", "b::browsing:1/1:")
	})
}

func TestAVisitorWhoHasActed(t *testing.T) {
	each(t, func(k *kit) {
		ann := []string{rest.GuestHeader, "ann's"}
		k.here("a", fields{"moved": true}) // before he acts
		k.here("a", nil, ann...)
		k.here("b", fields{"moved": true}, ann...) // another window
		k.wants("boss", "b:Ann:browsing:2/1:")
		if x := k.list("boss")[0]; x.Email != "ann@example.com" || x.Visitor != "ann" {
			t.Errorf("%+v", x)
		}
		if v, since, err := k.Visitor(t.Context(), people["bob"], k.list("bob")[0].ID); v != "ann" || since != begin || err != nil {
			t.Error(v, since, err)
		}
		k.exec(`UPDATE visitors SET name = ''`)
		k.wants("boss", "b:guest-1:browsing:2/1:") // as his chats are called
		k.exec(`UPDATE visitors SET name = 'Ann'`)
		k.exec(`INSERT INTO livechatoo_notes (visitor_id, name, department, targets, updated_at) VALUES ('ann', 'Ann, gold', '', '[]', 1)`)
		k.clock.Advance(newVisit + time.Second)
		k.here("c", fields{"moved": true}, ann...)
		k.wants("boss", "c:Ann, gold:browsing:1/2:")
		k.room("default", "", "")
		k.wants("boss", "c:Ann, gold:waiting:1/2:")
		k.exec(`UPDATE rooms SET served_by = 'eve'`)
		k.wants("boss", "c:Ann, gold:chatting:1/2:")
		for who, room := range map[string]chat.RoomID{"boss": "r", "eve": "r", "bob": ""} {
			if got := k.list(who)[0].Room; got != room {
				t.Errorf("%s: %q", who, got)
			}
		}
		for _, c := range k.Consumers() {
			k.must(c.Handle(t.Context(), outbox.Envelope{ID: "e", Event: chat.VisitorErased{Visitor: "ann"}}))
		}
		k.wants("boss", "")
		k.exec(`DELETE FROM rooms`)
		k.exec(`DELETE FROM visitors WHERE id = 'ann'`)
		var n int64
		if k.must(k.DB.QueryRow(t.Context(), `SELECT count(*) FROM visit_counts`).Scan(&n)); n != 0 {
			t.Error("an erased visitor's visits are still counted")
		}
	})
}

func TestNobodyIsWatchedWithoutConsent(t *testing.T) {
	each(t, func(k *kit) {
		body := fields{"page": "a-page-load", "href": "https://shop.example/a", "moved": true}
		unseen := func() {
			t.Helper()
			if status, text := k.call("", "POST", "widget/here", body); status != 200 || strings.Contains(text, `"watched":true`) || k.seen("boss") != "" {
				t.Errorf("%d %s", status, text)
			}
		}
		k.set.VisitorsOnSite = false
		unseen()
		k.set.VisitorsOnSite, k.set.ForceConsent = true, true
		unseen()
		body["consents"] = true
		k.here("a", fields{"consents": true, "moved": true})
		k.wants("boss", "a::browsing:1/1:")
	})
}

func TestInvitations(t *testing.T) { // livechatoo.md 10.13, LT-PRO-4, LT-PRO-6
	each(t, func(k *kit) {
		k.here("a", fields{"moved": true})
		x := k.list("bob")[0].ID
		say := func(who, id, text string, want int, code string) {
			t.Helper()
			if status, answer := k.call(who, "POST", "onsite.invite", fields{"_id": id, "text": text}); status != want || !strings.Contains(answer, code) {
				t.Errorf("%s %q: %d %s", who, text, status, answer)
			}
		}
		say("bob", x, " ", 400, "invalid-params")
		say("bob", "nobody", "Hello", 404, "error-visitor-gone")
		say("boss", x, "Hello", 403, "error-not-an-agent")
		say("none", x, "Hello", 403, "")
		say("bob", x, strings.Repeat("x", 2001), 400, "")
		if k.here("a", nil) != nil {
			t.Error("what was refused was said")
		}
		k.moved()
		say("bob", x, " May I help? ", 200, "")
		if n := k.moved(); n != 1 {
			t.Error(n)
		}
		first := k.here("a", nil)
		if first == nil || first.Text != "May I help?" || first.Agent.Name != "Bob B." {
			t.Fatalf("%+v", first)
		}
		if i := k.list("eve")[0]; i.Status != Offered || i.Invitation.By.Username != "bob" || i.Invitation.Text != "May I help?" || i.Invitation.At != begin {
			t.Errorf("%+v", i)
		}
		k.set.ShowAgentInfo = false
		if said := k.here("a", nil); said.Agent.Name != "" || !said.Agent.Hidden {
			t.Errorf("%+v", said)
		}
		say("eve", x, "Or I?", 200, "")
		if said := k.here("a", nil); said.ID == first.ID || said.Text != "Or I?" {
			t.Errorf("%+v", said)
		}
		k.here("a", fields{"left": true}) // to the next page it comes along
		if said := k.here("b", fields{"moved": true, "referrer": "https://shop.example/a"}); said == nil || said.Text != "Or I?" {
			t.Errorf("%+v", said)
		}
		if status, text := k.call("bob", "POST", "onsite.withdraw", fields{"_id": x}); status != 200 {
			t.Error(status, text)
		}
		if said := k.here("b", nil); said != nil {
			t.Errorf("%+v", said)
		}
		say("bob", x, "Again", 200, "")
		k.clock.Advance(lives + time.Second)
		say("bob", x, "Too late", 404, "error-visitor-gone")
		if said := k.here("b", nil); said != nil {
			t.Error("an invitation outlives its visitor")
		}
		k.here("b", nil, rest.GuestHeader, "ann's")
		x = k.list("bob")[0].ID
		say("bob", x, "Hello Ann", 200, "")
		k.room("default", "bob", "")
		say("eve", x, "Hello", 400, "error-visitor-chatting")
		if said := k.here("b", nil, rest.GuestHeader, "ann's"); said != nil || k.list("bob")[0].Invitation != nil {
			t.Errorf("%+v", said)
		}
	})
}

func TestWhoSeesWhom(t *testing.T) { // permissions.md 5
	each(t, func(k *kit) {
		k.here("a", fields{"moved": true})
		k.here("b", fields{"moved": true, "site": "blog"})
		const b = "b::browsing:1/1:"
		for _, who := range []string{"boss", "mona", "bob"} { // without units and departments
			if len(k.list(who)) != 2 {
				t.Error(who, k.seen(who))
			}
		}
		k.exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at, unit_id) VALUES ('press', 'blog', 'Press', true, true, true, 1, 'u'), ('sales', 'default', 'Sales', true, true, true, 1, '')`)
		k.exec(`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ('press', 'bob', 1)`)
		k.exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ('u', 'U', 'u', 'public', 1)`)
		for who, want := range map[string]string{"bob": `"partial":true`, "boss": `"partial":false`} {
			if _, text := k.call(who, "GET", "onsite", nil); !strings.Contains(text, want) {
				t.Error("a total that is not all of it must say so", who, text)
			}
		}
		k.wants("bob", b)
		k.wants("mona", "")
		k.exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('u', 'mona', 1)`)
		k.wants("mona", b)
		k.wants("moe", "") // an agent in no department, and a monitor
		if status, text := k.call("moe", "POST", "onsite.invite", fields{"_id": idOf(k, "b"), "text": "Hello"}); status != 404 {
			t.Error(status, text)
		}
		k.exec(`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ('sales', 'moe', 1)`)
		k.wants("moe", "a::browsing:1/1:")
		if _, _, err := k.Visitor(t.Context(), people["bob"], idOf(k, "a")); err != errGone {
			t.Error(err)
		}
		if status, text := k.call("bob", "POST", "onsite.invite", fields{"_id": idOf(k, "a"), "text": "Hello"}); status != 404 {
			t.Error(status, text)
		}
		if status, _ := k.call("none", "GET", "onsite", nil); status != 403 {
			t.Error(status)
		}
		if status, _ := k.call("", "GET", "onsite", nil); status != 401 {
			t.Error(status)
		}
		k.here("b", fields{"site": "blog"}, rest.GuestHeader, "ann's")
		k.room("blog", "eve", "other")
		if got := k.seen("mona"); got != "" {
			t.Error("who chats with another unit", got)
		}
		for at, seen := range map[[2]string]bool{{"press", "eve"}: true, {"other", "eve"}: false, {"other", ""}: false, {"other", "bob"}: true, {"", "eve"}: true, {"", ""}: true} {
			k.exec(`UPDATE rooms SET department_id = $1, served_by = $2`, at[0], at[1])
			if got := k.seen("bob"); (got != "") != seen {
				t.Errorf("a chat of %q: %q", at, got)
			}
		}
	})
}

func idOf(k *kit, page string) string {
	k.t.Helper()
	for _, x := range k.list("boss") {
		if strings.HasSuffix(x.Href, "/"+page) {
			return x.ID
		}
	}
	k.t.Fatal(page)
	return ""
}

func TestHostileBeats(t *testing.T) {
	each(t, func(k *kit) {
		for _, body := range []fields{
			{"href": "https://shop.example/"}, {"page": "short", "href": "x"}, {"page": "a page load", "href": "x"}, {"page": "a-page-load", "href": strings.Repeat("x", 2001)},
			{"page": "a-page-load", "href": "x", "name": strings.Repeat("x", 101)}, {"page": "a-page-load", "href": "x", "targets": make([]string, 21)}, {"page": "a-page-load", "href": "x", "site": "nowhere"},
			{"page": "a-page-load", "href": "x", "ledger": []fields{{"trigger": "t1", "at": "2026-01-01T12:00:00Z", "reason": "because"}}}, {"page": "a-page-load", "href": "x", "ledger": make([]fields, 201)},
		} {
			if status, text := k.call("", "POST", "widget/here", body); status != 400 {
				t.Errorf("%v: %d %s", body, status, text)
			}
		}
		k.wants("boss", "")
		k.here("a", fields{"href": "javascript:alert(1)", "referrer": "data:text/html,x", "title": "<b>x</b>"})
		if x := k.list("boss")[0]; x.Href != "" || x.Referrer != "" || x.Title != "<b>x</b>" {
			t.Errorf("%+v", x)
		}
		for i := range 30 {
			k.here("a", fields{"targets": []string{fmt.Sprint(i)}})
		}
		if got := k.list("boss")[0].Targets; len(got) != mostGoals || got[mostGoals-1] != "29" {
			t.Error(got)
		}
		if status, text := k.call("boss", "GET", "onsite?text=%25", nil); status != 200 || strings.Contains(text, "javascript") || !strings.Contains(text, `"total":0`) {
			t.Errorf("%d %s", status, text)
		}
	})
}
