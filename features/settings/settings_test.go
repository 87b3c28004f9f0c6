package settings

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

var boss = chat.Actor{User: "boss", Permissions: map[chat.Permission]bool{chat.ViewPrivilegedSetting: true, chat.EditPrivilegedSetting: true}}

type world struct {
	*Service
	t   *testing.T
	ctx context.Context

	mu   sync.Mutex
	seen []any
}

func each(t *testing.T, test func(w *world)) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		w := &world{t: t, ctx: t.Context(), Service: New(Deps{DB: d, Clock: clock.System, Log: slog.New(slog.DiscardHandler)})}
		t.Cleanup(d.OnEvents("test", func(events []db.Emitted) {
			w.mu.Lock()
			defer w.mu.Unlock()
			for _, e := range events {
				w.seen = append(w.seen, e.Event)
			}
		}))
		test(w)
	})
}

func (w *world) events() []any {
	w.t.Helper()
	if err := w.DB.Settled(w.ctx); err != nil {
		w.t.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	seen := w.seen
	w.seen = nil
	return seen
}

func (w *world) change(id, raw string) error { return w.Change(w.ctx, boss, id, json.RawMessage(raw)) }

// audit is what was written down: "setting previous→value by user".
func (w *world) audit() []string {
	w.t.Helper()
	all, err := db.All(w.ctx, w.DB, func(r db.Row) (string, error) {
		var setting, previous, value, user string
		err := r.Scan(&setting, &previous, &value, &user)
		return fmt.Sprintf("%s %s→%s %s", setting, previous, value, user), err
	}, `SELECT setting, previous, value, user_id FROM setting_changes ORDER BY at, id`)
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

func TestChange(t *testing.T) {
	each(t, func(w *world) {
		before := w.Current()
		for _, raw := range []string{`"Hello"`, `"Hello"`, `"Bye"`} {
			if err := w.change("Livechat_title", raw); err != nil {
				w.t.Fatal(err)
			}
		}
		if before.Title != "Foyer" || w.Current().Title != "Bye" {
			w.t.Errorf("before %q, now %q", before.Title, w.Current().Title)
		}
		want := `[Livechat_title "Foyer"→"Hello" boss Livechat_title "Hello"→"Bye" boss]`
		if got := fmt.Sprint(w.audit()); got != want {
			w.t.Errorf("audit %s", got)
		}
		if got := w.events(); len(got) != 2 || got[0] != (chat.SettingChanged{ID: "Livechat_title", Public: true}) {
			w.t.Errorf("events %v", got)
		}
		other := New(w.Deps) // another node, or the next start
		if err := other.Reload(w.ctx); err != nil || other.Current().Title != "Bye" {
			w.t.Errorf("elsewhere %q, %v", other.Current().Title, err)
		}
	})
}

// settings.md 2.8, 3: a secret is written and used, and never given back, not even to the audit.
func TestSecretsAreNeverShown(t *testing.T) {
	each(t, func(w *world) {
		api := testkit.API(t, rest.Config{Auth: anybody{"boss": boss}, Log: slog.New(slog.DiscardHandler), Clock: clock.System}, w.Rows())
		const id = "Livechat_External_Queue_Token"
		if err := w.change(id, `"hush hush"`); err != nil || w.Current().ExternalQueueToken != "hush hush" {
			w.t.Fatalf("%q %v", w.Current().ExternalQueueToken, err)
		}
		if err := w.change(id, `"`+chat.SecretMask+`"`); err != nil || w.Current().ExternalQueueToken != "hush hush" {
			w.t.Errorf("the mask became the secret: %q %v", w.Current().ExternalQueueToken, err)
		}
		for _, path := range []string{"settings?count=0", "settings/" + id, "settings.public?count=0"} {
			r := httptest.NewRequest("GET", "/api/v1/"+path, nil)
			r.Header.Set("X-Auth-Token", "boss")
			rec := httptest.NewRecorder()
			api.ServeHTTP(rec, r)
			shown := strings.Contains(rec.Body.String(), `"`+chat.SecretMask+`"`)
			if public := strings.Contains(path, "public"); rec.Code != 200 || strings.Contains(rec.Body.String(), "hush") || shown == public {
				w.t.Errorf("%s: %d %s", path, rec.Code, rec.Body)
			}
		}
		if err := w.change(id, `""`); err != nil || w.Current().ExternalQueueToken != "" {
			w.t.Errorf("not removed: %v", err)
		}
		want := `[` + id + ` ""→"` + chat.SecretMask + `" boss ` + id + ` "` + chat.SecretMask + `"→"" boss]`
		if got := fmt.Sprint(w.audit()); got != want {
			w.t.Errorf("audit %s", got)
		}
	})
}

func TestRefusedChangesLeaveNoTrace(t *testing.T) {
	each(t, func(w *world) {
		for id, raw := range map[string]string{"No_such": `1`, "Livechat_title": `{"$ne":1}`, "Message_MaxAllowedSize": `1.5`,
			"Livechat_Routing_Method": `"Magic"`, "Livechat_title_color": `"url(x)"`, "Livechat_enabled": `null`, "Site_Url": `"ftp://x"`} {
			err := w.change(id, raw)
			if f, ok := fault.Of(err); !ok || f.Kind != fault.Invalid {
				w.t.Errorf("%s ← %s: %v", id, raw, err)
			}
		}
		if len(w.audit()) > 0 || len(w.events()) > 0 {
			w.t.Errorf("audit %v", w.audit())
		}
	})
}

// A stored value that this version does not know or refuses falls back to the default.
func TestForeignValuesDoNotStopTheServer(t *testing.T) {
	each(t, func(w *world) {
		err := w.DB.InTx(w.ctx, func(tx *db.Tx) error {
			for id, text := range map[string]string{"From_the_future": `1`, "Livechat_title": `{}`, "Livechat_Routing_Method": `"Magic"`, "Livechat_enabled": `false`} {
				if err := saveValue(w.ctx, tx, value{id, text}); err != nil {
					return err
				}
			}
			return nil
		})
		if err == nil {
			err = w.Reload(w.ctx)
		}
		if s := w.Current(); err != nil || s.Title != "Foyer" || s.RoutingMethod != chat.RoutingAuto || s.LivechatEnabled {
			w.t.Errorf("%v: %+v", err, s)
		}
	})
}

// Whoever must not wait for long does not wait for somebody else's reading either.
func TestAReadingThatHangsHoldsUpNobodyElse(t *testing.T) {
	each(t, func(w *world) {
		w.reading <- struct{}{}
		ctx, cancel := context.WithCancel(w.ctx)
		cancel()
		if err := w.Reload(ctx); !errors.Is(err, context.Canceled) {
			w.t.Errorf("%v", err)
		}
		<-w.reading
		if err := w.Reload(w.ctx); err != nil {
			w.t.Error(err)
		}
	})
}

func TestOtherNodesHaveReadAChangeOnceTold(t *testing.T) {
	each(t, func(w *world) {
		other := New(w.Deps)
		if err := w.change("Livechat_title", `"Told"`); err != nil {
			w.t.Fatal(err)
		}
		if other.Changed(); other.Current().Title != "Told" {
			w.t.Errorf("title %q", other.Current().Title)
		}
	})
}

// anybody answers with whoever the header names.
type anybody map[string]chat.Actor

func (a anybody) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	who, ok := a[c.Token]
	if !ok {
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	return rest.Caller{Identity: who, Permissions: func(p string) bool { return who.May(chat.Permission(p)) }}, nil
}

func (anybody) Guest(context.Context, string) (rest.Caller, error) { return rest.Caller{}, nil }

func TestEndpoints(t *testing.T) {
	each(t, func(w *world) {
		may := func(all ...chat.Permission) chat.Actor {
			a := chat.Actor{User: "x", Permissions: map[chat.Permission]bool{}}
			for _, p := range all {
				a.Permissions[p] = true
			}
			return a
		}
		people := anybody{"boss": boss, "anna": may(), "one": may(chat.ManageSelectedSettings, chat.ChangeSetting("Livechat_title")),
			"looks": may(chat.ViewLivechatManager, chat.ViewLivechatAppearance), "reads": may(chat.ViewLivechatManager)}
		api := testkit.API(t, rest.Config{Auth: people, Log: slog.New(slog.DiscardHandler), Clock: clock.System}, w.Rows())
		for _, c := range []struct {
			who, method, path, body string
			status                  int
			want                    string
		}{
			{"", "GET", "settings.public", "", 200, `{"_id":"Livechat_title","value":"Foyer"}`},
			{"", "GET", "settings.public?_id=Livechat_title,Livechat_history_monitor_type", "", 200, `"count":1,"total":1`},
			{"", "GET", "settings.public?count=2&offset=1", "", 200, `"offset":1,"count":2`},
			{"", "GET", "settings.public?offset=999999999999", "", 200, `"count":0`},
			{"", "GET", "settings.public?count=x", "", 400, `"success":false`},
			{"", "GET", "settings", "", 401, `logged in`},
			{"anna", "GET", "settings?count=0", "", 200, `"_id":"Livechat_title"`},
			{"boss", "GET", "settings?count=0", "", 200, `"values":[{"key":"Auto_Selection","i18nLabel":"Auto_Selection"}`},
			{"boss", "GET", "settings/Livechat_accept_chats_with_no_agents", "", 200, `{"_id":"Livechat_accept_chats_with_no_agents","value":false,"success":true}`},
			{"anna", "GET", "settings/Livechat_title", "", 403, `error-unauthorized`},
			{"boss", "GET", "settings/None", "", 400, `error-setting-not-found`},
			{"boss", "POST", "settings/Livechat_title", `{"value":"New"}`, 200, `{"success":true}`},
			{"boss", "POST", "settings/Livechat_title_color", `{"value":"#ffffff","editor":"color"}`, 200, `{"success":true}`},
			{"boss", "POST", "settings/Livechat_registration_form", `{"value":"some text"}`, 200, `{"success":true}`},
			{"boss", "POST", "settings/Livechat_title", `{}`, 400, `must have required property 'value' [invalid-params]`},
			{"boss", "POST", "settings/Livechat_title", `{"value":["x"]}`, 400, `Invalid setting value`},
			{"boss", "POST", "settings/None", `{"value":1}`, 400, `error-setting-not-found`},
			{"anna", "POST", "settings/Livechat_title", `{`, 403, `error-unauthorized`},
			{"one", "POST", "settings/Livechat_title", `{"value":"Mine"}`, 200, `{"success":true}`},
			{"one", "POST", "settings/Livechat_enabled", `{"value":false}`, 403, `error-action-not-allowed`},
			{"looks", "POST", "livechat/appearance", `[{"_id":"Livechat_offline_title","value":"Gone"}]`, 200, `{"success":true}`},
			{"reads", "GET", "livechat/appearance", "", 200, `"value":"Gone"`},
			{"looks", "POST", "livechat/appearance", `[]`, 400, `must NOT have fewer than 1 items [invalid-params]`},
			{"looks", "POST", "livechat/appearance", `[{"_id":"Livechat_enabled","value":false}]`, 400, `"error":"invalid-setting"`},
			{"looks", "POST", "livechat/appearance", `[{"_id":"Livechat_title_color","value":"url(x)"}]`, 400, `[error-invalid-setting-value]`},
			{"reads", "POST", "livechat/appearance", `[{"_id":"Livechat_title","value":"x"}]`, 403, `error-unauthorized`},
			{"anna", "GET", "livechat/appearance", "", 403, `error-unauthorized`},
		} {
			r := httptest.NewRequest(c.method, "/api/v1/"+c.path, strings.NewReader(c.body))
			if c.who != "" {
				r.Header.Set("X-Auth-Token", c.who)
			}
			rec := httptest.NewRecorder()
			api.ServeHTTP(rec, r)
			if rec.Code != c.status || !strings.Contains(rec.Body.String(), c.want) {
				w.t.Errorf("%s %s %s %s: %d %.300s", c.who, c.method, c.path, c.body, rec.Code, rec.Body)
			}
			if c.who == "" && strings.Contains(rec.Body.String(), "Livechat_accept_chats_with_no_agents") {
				w.t.Errorf("%s shows what is not public", c.path)
			}
		}
		if s := w.Current(); s.Title != "Mine" || !s.LivechatEnabled || s.RegistrationForm {
			w.t.Errorf("now %+v", s)
		}
	})
}
