package sites

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

// kit is the feature on a real database, with its endpoints served.
type kit struct {
	*Service
	t       *testing.T
	api     http.Handler
	general *chat.Settings
	belong  string // what was asked of departments
}

func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := &kit{t: t, general: chat.DefaultSettings()}
		k.Service = New(Deps{DB: d, Settings: k, Departments: k})
		t.Cleanup(d.OnEvents("test", func(all []db.Emitted) {
			for _, e := range all {
				if _, ok := e.Event.(chat.SitesChanged); ok {
					k.Forget()
				}
			}
		}))
		k.api = testkit.API(t, rest.Config{Auth: k, Clock: clock.NewFake(1), Log: slog.New(slog.DiscardHandler)}, k.Rows())
		run(k)
	})
}

func (k *kit) Current() *chat.Settings { return k.general }

func (k *kit) Belong(_ context.Context, _ *db.Tx, site chat.SiteID, all []chat.DepartmentID) error {
	k.belong = fmt.Sprint(site, all)
	if len(all) > 0 && all[0] == "none" {
		return fault.New(fault.Invalid, "error-department-not-found", "Department not found")
	}
	return nil
}

func (k *kit) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	return rest.Caller{Identity: chat.Actor{User: "boss"}, Permissions: func(p string) bool {
		return c.UserID == "boss" || c.UserID == "manager" && p == string(chat.ViewLivechatManager)
	}}, nil
}

func (k *kit) Guest(context.Context, string) (rest.Caller, error) { return rest.Caller{}, nil }

func (k *kit) call(who, method, path, body string) (int, string) {
	k.t.Helper()
	r := httptest.NewRequest(method, "/api/v1/foyer/sites"+path, strings.NewReader(body))
	r.Header.Set("X-User-Id", who)
	r.Header.Set("X-Auth-Token", "t")
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	if err := k.DB.Settled(context.Background()); err != nil {
		k.t.Fatal(err)
	}
	return w.Code, w.Body.String()
}

func (k *kit) ok(method, path, body string) string {
	k.t.Helper()
	status, text := k.call("boss", method, path, body)
	if status != 200 {
		k.t.Fatalf("%s %s: %d %s", method, path, status, text)
	}
	return text
}

func (k *kit) exec(sql string) {
	k.t.Helper()
	if err := k.DB.InTx(context.Background(), func(tx *db.Tx) error { _, err := tx.Exec(context.Background(), sql); return err }); err != nil {
		k.t.Fatal(err)
	}
}

// of is a site's title and colour.
func (k *kit) of(site chat.SiteID) string {
	k.t.Helper()
	now, err := k.For(k.t.Context(), site)
	if err != nil {
		k.t.Fatal(err)
	}
	return now.Title + " " + now.TitleColor
}

func TestASiteLiesOverTheGeneralSettings(t *testing.T) {
	each(t, func(k *kit) {
		k.ok("POST", "", `{"_id":"shop","name":"Shop","hosts":[" Shop.example ","*.shop.example"],"departments":["d1"]}`)
		if k.belong != "shop[d1]" {
			t.Error(k.belong)
		}
		k.ok("POST", "/shop/settings/Livechat_title", `{"value":"Our shop"}`)
		k.ok("POST", "/shop/settings/Livechat_title", `{"value":"Our shop"}`)
		k.general = chat.Overlay(k.general, map[string]any{"Livechat_title_color": "#111111"})
		if k.of("shop") != "Our shop #111111" || k.of("default") != "Foyer #111111" {
			t.Errorf("%s, %s", k.of("shop"), k.of("default"))
		}
		for _, c := range []struct{ account, host, want string }{{"", "shop.example", "shop"}, {"", "www.shop.example:8080", "shop"}, {"", "x.example", "default"}, {"shop", "x.example", "shop"},
			{"nowhere", "", ""}} {
			if got, err := k.Choose(t.Context(), chat.SiteID(c.account), c.host); string(got) != c.want || (err == nil) == (c.want == "") {
				t.Errorf("%+v: %s %v", c, got, err)
			}
		}
		text := k.ok("GET", "", "")
		var all allAnswer
		if err := json.Unmarshal([]byte(text), &all); err != nil || len(all.Sites) != 2 || all.Sites[0].ID != "default" || string(all.Sites[1].Settings["Livechat_title"]) != `"Our shop"` ||
			fmt.Sprint(all.Sites[1].Hosts) != "[shop.example *.shop.example]" || len(all.Settings) != len(chat.SiteSettings()) {
			t.Errorf("%v %s", err, text)
		}
		k.ok("DELETE", "/shop/settings/Livechat_title", "")
		if k.of("shop") != "Foyer #111111" {
			t.Error(k.of("shop"))
		}
		audit, err := db.All(t.Context(), k.DB, func(r db.Row) (s string, err error) {
			var site, setting, previous, value, by string
			err = r.Scan(&site, &setting, &previous, &value, &by)
			return fmt.Sprint(site, " ", setting, " ", previous, "→", value, " ", by), err
		}, `SELECT site_id, setting, previous, value, user_id FROM site_changes ORDER BY at, value DESC`)
		if want := `[shop Livechat_title →"Our shop" boss shop Livechat_title "Our shop"→ boss]`; err != nil || fmt.Sprint(audit) != want {
			t.Errorf("%v %v", audit, err)
		}
		k.ok("DELETE", "/shop", "")
		if text := k.ok("GET", "", ""); strings.Contains(text, `"_id":"shop"`) || k.belong != "shop[]" {
			t.Error(text, k.belong)
		}
	})
}

func TestWhatNoSiteMayBe(t *testing.T) {
	each(t, func(k *kit) {
		k.ok("POST", "", `{"_id":"shop","name":"Shop","hosts":["shop.example"]}`)
		before := k.ok("GET", "", "")
		for _, c := range []struct{ who, method, path, body, want string }{
			{"boss", "POST", "", `{"_id":"A shop","name":"x"}`, "error-invalid-site-id"},
			{"boss", "POST", "", `{"_id":"x","name":"x","hosts":["https://x"]}`, "error-invalid-host"},
			{"boss", "POST", "", `{"_id":"x","name":"x","hosts":["*"]}`, "error-invalid-host"},
			{"boss", "POST", "", `{"_id":"x","name":"x","hosts":["shop.example"]}`, "error-host-in-use"},
			{"boss", "POST", "", `{"_id":"x","name":"x","businessHour":"none"}`, "error-business-hour-not-found"},
			{"boss", "POST", "", `{"_id":"x","name":"x","departments":["none"]}`, "error-department-not-found"},
			{"boss", "POST", "", `{"_id":"x","name":""}`, "false"},
			{"boss", "POST", "", `{"_id":{},"name":"x"}`, "false"},
			{"boss", "POST", "/shop/settings/Livechat_secret_token", `{"value":"x"}`, "error-setting-not-found"},
			{"boss", "POST", "/shop/settings/Livechat_webhookUrl", `{"value":"https://x"}`, "error-setting-not-found"},
			{"boss", "POST", "/shop/settings/Livechat_title_color", `{"value":"url(x)"}`, "error-invalid-setting-value"},
			{"boss", "POST", "/shop/settings/Livechat_title", `{"value":null}`, "error-invalid-setting-value"},
			{"boss", "POST", "/nowhere/settings/Livechat_title", `{"value":"x"}`, "error-invalid-site"},
			{"boss", "DELETE", "/nowhere/settings/Livechat_title", "", "Unknown site [error-invalid-site]"},
			{"boss", "DELETE", "/default", "", "error-default-site"},
			{"manager", "POST", "", `{"_id":"x","name":"x"}`, "error-unauthorized"},
			{"manager", "POST", "/shop/settings/Livechat_title", `{"value":"x"}`, "error-unauthorized"},
			{"nobody", "GET", "", "", "error-unauthorized"},
		} {
			if status, text := k.call(c.who, c.method, c.path, c.body); status < 400 || status > 403 || !strings.Contains(text, c.want) {
				t.Errorf("%+v: %d %s", c, status, text)
			}
		}
		if k.ok("GET", "", "") != before {
			t.Error("something changed")
		}
		k.exec(fmt.Sprintf(`INSERT INTO sites (id, name, created_at) WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT 'site-' || i, 'x', 1 FROM n`, most))
		if status, text := k.call("boss", "POST", "", `{"_id":"x","name":"x"}`); status != 400 || !strings.Contains(text, "[error-too-many-sites]") {
			t.Errorf("%d %s", status, text)
		}
		k.ok("POST", "", `{"_id":"site-3","name":"y"}`)
		k.exec(`INSERT INTO visitors (id, site_id, username, token, token_opens, ts, updated_at) VALUES ('v', 'shop', 'v', 't', true, 1, 1)`)
		if status, text := k.call("boss", "DELETE", "/shop", ""); status != 400 || !strings.Contains(text, "error-site-in-use") {
			t.Error(text)
		}
		k.exec(`INSERT INTO site_settings (site_id, id, value, updated_at) VALUES ('shop', 'From_the_future', '1', 1), ('shop', 'Livechat_title', '{}', 1)`)
		k.Forget()
		if k.of("shop") != "Foyer #C1272D" {
			t.Error(k.of("shop"))
		}
	})
}
