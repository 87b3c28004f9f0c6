package livechatoo

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/limit"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

type kit struct {
	*Service
	t   *testing.T
	api http.Handler
	set *chat.Settings
}

func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := &kit{t: t, set: chat.DefaultSettings()}
		k.Service = New(Deps{DB: d, Clock: clock.NewFake(1), Sites: k, Rooms: k})
		k.api = testkit.API(t, rest.Config{Auth: k, Clock: clock.NewFake(1), Log: slog.New(slog.DiscardHandler)}, k.Rows())
		k.exec(`INSERT INTO sites (id, name, created_at) VALUES ('blog', 'Blog', 1)`)
		for i, d := range []string{"sales", "care", "press"} {
			k.exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at) VALUES ($1, $2, $1, true, true, true, $3)`,
				d, map[bool]string{true: "blog", false: "default"}[d == "press"], i)
		}
		for i, a := range []string{"ada", "bob", "eve", "bot", "gone"} {
			k.exec(`INSERT INTO users (id, username, username_lower, name, active, created_at, updated_at) VALUES ($1, $1, $1, $2, $3, 1, 1)`, a, strings.ToUpper(a), a != "gone")
			k.exec(`INSERT INTO agents (user_id, status_livechat, ready, updated_at) VALUES ($1, 'available', $2, $3)`, a, a != "bob", i)
			k.exec(`INSERT INTO user_roles (user_id, role) VALUES ($1, 'livechat-agent')`, a)
		}
		k.exec(`INSERT INTO user_roles (user_id, role) VALUES ('bot', 'bot')`)
		k.exec(`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ('sales', 'ada', 1), ('care', 'bob', 1), ('press', 'ada', 1), ('press', 'bot', 1)`)
		k.must(k.Start(context.Background()))
		run(k)
	})
}

func (k *kit) Choose(_ context.Context, account chat.SiteID, _ string) (chat.SiteID, error) {
	return cmp.Or(account, chat.DefaultSite), nil
}

func (k *kit) For(context.Context, chat.SiteID) (*chat.Settings, error) { return k.set, nil }

func (k *kit) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	return rest.Caller{Identity: chat.Actor{}, Permissions: func(string) bool { return c.UserID == "boss" }}, nil
}

func (k *kit) Guest(context.Context, string) (rest.Caller, error) {
	return rest.Caller{Identity: chat.Actor{Visitor: "vera"}}, nil
}

func (k *kit) Visible(_ context.Context, _ chat.Actor, rid chat.RoomID) (chat.Room, chat.Can, error) {
	return chat.Room{V: chat.VisitorView{ID: chat.VisitorID(rid)}}, chat.Can{}, nil
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

func (k *kit) call(who, method, path, body string) (int, string) {
	k.t.Helper()
	r := httptest.NewRequest(method, "/api/v1/foyer/"+path, strings.NewReader(body))
	if who != "" {
		r.Header.Set("X-User-Id", who)
		r.Header.Set("X-Auth-Token", "t")
	}
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// shown is what a page is told, short: departments and operators by number.
func (k *kit) shown(site chat.SiteID) string {
	k.t.Helper()
	p, err := k.ForPage(k.t.Context(), site, "")
	k.must(err)
	text := ""
	for _, d := range p.Departments {
		text += fmt.Sprint(d.No, d.ID, d.Online, " ")
	}
	for _, o := range p.Operators {
		text += fmt.Sprint(o.No, o.ID, o.Departments, o.Online, " ")
	}
	return strings.TrimSpace(text)
}

func TestNumbersAreSmallAndStay(t *testing.T) { // livechatoo.md 11.2
	each(t, func(k *kit) {
		if got := k.shown(""); got != "1salestrue 2carefalse 1ada[1] true 2bob[2] false 3eve[] true" {
			t.Error(got)
		}
		k.exec(`DELETE FROM departments WHERE id = 'care'`)
		k.exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at) VALUES ('new', 'default', 'new', true, true, true, 9)`)
		for range 2 {
			for _, e := range []chat.Event{chat.DepartmentChanged{Department: "new"}, chat.DepartmentChanged{Department: "care", Removed: true}, chat.AgentChanged{Agent: chat.User{ID: "ada"}}} {
				for _, c := range k.Consumers() {
					if c.Events[0] == e.EventName() {
						k.must(c.Handle(t.Context(), outbox.Envelope{ID: "e", Event: e}))
					}
				}
			}
		}
		if got := k.shown(""); got != "1salestrue 4newfalse 1ada[1] true 2bob[] false 3eve[] true" {
			t.Error(got)
		}
	})
}

func TestWhatPagesAreTold(t *testing.T) { // livechatoo.md 11.1, 11.3
	each(t, func(k *kit) {
		if got := k.shown("blog"); got != "3presstrue 1ada[3] true 3eve[] true" {
			t.Error(got)
		}
		k.set.DepartmentSupport = false
		if got := k.shown(""); got != "1ada[1] true 2bob[2] false 3eve[] true" {
			t.Error(got)
		}
		k.set.ShowAgentInfo, k.set.ManualOperatorAssignment = false, true
		if p, err := k.ForPage(t.Context(), "", ""); err != nil || len(p.Operators) > 0 || p.ManualAssignment {
			t.Errorf("%+v %v", p, err)
		}
		k.set.PhoneFieldRegistrationForm, k.set.EmailFieldRegistrationForm, k.set.PrivacyURL = true, false, "https://shop.example/privacy"
		p, err := k.ForPage(t.Context(), "", "")
		if k.must(err); p.Requests != (Requests{Optional, Off, Optional}) || p.Privacy != "https://shop.example/privacy" || !p.Rating || !p.GoogleAnalytics {
			t.Errorf("%+v", p)
		}
		k.set.BeforeChatRequestMode = "required"
		if p, _ := k.ForPage(t.Context(), "", ""); p.Requests != (Requests{Required, Off, Required}) {
			t.Errorf("%+v", p.Requests)
		}
		k.set.RegistrationForm = false
		if p, _ := k.ForPage(t.Context(), "", ""); p.Requests != (Requests{Off, Off, Off}) {
			t.Errorf("%+v", p.Requests)
		}
		if status, text := k.call("", "GET", "widget/livechatoo", ""); status != 200 || !strings.Contains(text, `"requests":{"name":"off"`) {
			t.Errorf("%d %s", status, text)
		}
	})
}

func TestWelcomes(t *testing.T) { // livechatoo.md 11.1, LT-SEC-7: a number opens nothing
	each(t, func(k *kit) {
		for _, c := range []struct {
			who, body string
			status    int
		}{
			{"boss", `{"kind":"operator","id":"ada","text":" Hello, I am Ada "}`, 200}, {"boss", `{"kind":"department","id":"care","text":"Hi"}`, 200}, {"boss", `{"kind":"department","id":"care","text":""}`, 200},
			{"boss", `{"kind":"operator","id":"1","text":"x"}`, 400}, {"boss", `{"kind":"operator","id":"nobody","text":"x"}`, 400}, {"boss", `{"kind":"moon","id":"ada","text":"x"}`, 400}, {"boss", `{"kind":"operator","id":"ada"}`, 400},
			{"bob", `{"kind":"operator","id":"ada","text":"x"}`, 403}, {"", `{"kind":"operator","id":"ada","text":"x"}`, 401},
		} {
			if status, text := k.call(c.who, "POST", "livechatoo.welcome", c.body); status != c.status {
				t.Errorf("%+v: %d %s", c, status, text)
			}
		}
		_, text := k.call("boss", "GET", "livechatoo", "")
		if strings.Count(text, `"welcome"`) != 1 || !strings.Contains(text, `"welcome":"Hello, I am Ada"`) || !strings.Contains(text, `"_id":"press"`) {
			t.Error(text)
		}
		if status, _ := k.call("bob", "GET", "livechatoo", ""); status != 403 {
			t.Error(status)
		}
	})
}

func TestAPageTellsNotTooOften(t *testing.T) { // LT-SEC-9
	each(t, func(k *kit) {
		k.exec(`INSERT INTO visitors (id, site_id, username, token, token_opens, ts, updated_at) VALUES ('vera', 'default', 'guest-1', 't', false, 1, 1)`)
		k.api = testkit.API(t, rest.Config{Auth: k, Clock: k.Clock, Log: slog.New(slog.DiscardHandler), Limits: limit.New(k.Clock, true)}, k.Rows())
		for i := range 62 {
			r := httptest.NewRequest("POST", "/api/v1/foyer/widget/livechatoo", strings.NewReader(`{"name":"Vera"}`))
			r.Header.Set(rest.GuestHeader, "vera's")
			w := httptest.NewRecorder()
			k.api.ServeHTTP(w, r)
			if want := map[bool]int{true: 200, false: 429}[i < 60]; w.Code != want {
				t.Errorf("%d: %d %s", i, w.Code, w.Body)
			}
		}
	})
}

func TestWhatPagesTellAgents(t *testing.T) { // livechatoo.md 10.8, 10.9, LT-SEC-3, LT-SEC-2
	each(t, func(k *kit) {
		k.exec(`INSERT INTO visitors (id, site_id, username, token, token_opens, ts, updated_at) VALUES ('vera', 'default', 'guest-1', 't', false, 1, 1)`)
		told := func(rid chat.RoomID) string {
			n, err := k.Told(t.Context(), chat.Actor{}, rid)
			k.must(err)
			return fmt.Sprint(n.Name, "|", n.Department, "|", n.Targets)
		}
		if got := told("vera"); got != "||[]" {
			t.Error(got)
		}
		for _, n := range []Note{{Name: " Vera B. ", Targets: []string{"*/order"}}, {Name: "Vera C.", Department: "Eshop", Targets: []string{"*/basket", "*/order"}}} {
			k.must(k.Tell(t.Context(), "vera", n))
		}
		if got := told("vera"); got != "Vera C.|Eshop|[*/order */basket]" {
			t.Error(got)
		}
		if got := told("other"); got != "||[]" {
			t.Error(got)
		}
		for i := range 30 {
			k.must(k.Tell(t.Context(), "vera", Note{Targets: []string{fmt.Sprint(i)}}))
		}
		if n, _ := k.Told(t.Context(), chat.Actor{}, "vera"); len(n.Targets) != 20 || n.Targets[19] != "29" || n.Name != "" {
			t.Errorf("%+v", n)
		}
		k.exec(`DELETE FROM visitors WHERE id = 'vera'`)
		if got := told("vera"); got != "||[]" {
			t.Error(got)
		}
	})
}
