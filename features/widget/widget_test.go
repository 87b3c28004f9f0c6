package widget

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

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
	t        *testing.T
	clock    *clock.Fake
	settings *chat.Settings
	api      http.Handler
}

func (k *kit) Current() *chat.Settings { return k.settings }

// Choose knows the site other, on other.example.
func (k *kit) Choose(_ context.Context, account chat.SiteID, host string) (chat.SiteID, error) {
	switch {
	case account == "nowhere":
		return "", fault.New(fault.Invalid, "error-invalid-site", "Unknown site")
	case account == "" && host == "other.example":
		return "other", nil
	}
	return cmp.Or(account, chat.DefaultSite), nil
}

// For gives the site other a title and an embedding list of its own.
func (k *kit) For(_ context.Context, site chat.SiteID) (*chat.Settings, error) {
	if site != "other" {
		return k.settings, nil
	}
	return chat.Overlay(k.settings, map[string]any{"Livechat_title": "Other", "Livechat_AllowedDomainsList": "other.example"}), nil
}

// QueueInfo says that every room is the third.
func (k *kit) QueueInfo(_ context.Context, rid chat.RoomID) (*chat.QueueInfo, error) {
	seconds := int64(40)
	return &chat.QueueInfo{Spot: 3, Seconds: &seconds, Message: chat.QueueMessage{Text: "Wait in " + string(rid), User: chat.System.Ref()}}, nil
}

// BySecret knows one guest, ann, by "ann's secret".
func (k *kit) BySecret(_ context.Context, secret string) (chat.Actor, error) {
	switch secret {
	case "ann's secret":
		return chat.Actor{Visitor: "ours"}, nil
	case "broken":
		return chat.Actor{}, errors.New("no database")
	}
	return chat.Actor{}, fault.New(fault.Unauthenticated, "error-invalid-session", "Unknown session")
}

func (k *kit) Guest(context.Context, string) (rest.Caller, error) { return rest.Caller{}, nil }

// User knows "agent", who may chat, and "nobody".
func (k *kit) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	if c.UserID != "agent" && c.UserID != "nobody" {
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	return rest.Caller{Permissions: func(p string) bool { return c.UserID == "agent" && p == string(chat.ViewLRoom) }}, nil
}

var built = fstest.MapFS{
	"index.html":                 {Data: []byte("<!doctype html><html><head></head><body>" + strings.Repeat("<p>widget</p>", 50) + "</body></html>")},
	"rocketchat-livechat.min.js": {Data: []byte("loader()")},
	"livechatoo.min.js":          {Data: []byte("second()")},
	"assets/app-abc.js":          {Data: []byte(strings.Repeat("app();", 100))},
	"assets/some.unknown":        {Data: []byte("?")},
}

func engines(t *testing.T, run func(k *kit)) {
	t.Helper()
	c := clock.NewFake(1_790_000_000_000)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := &kit{t: t, clock: c, settings: chat.DefaultSettings()}
		k.Service = New(Deps{DB: d, Clock: c, Settings: k, Sites: k, Guests: k, Queue: k, Files: built, RootURL: "https://chat.example/"})
		k.api = testkit.API(t, rest.Config{Auth: k, Clock: c, Log: slog.New(slog.DiscardHandler)}, k.Rows())
		run(k)
	}, c)
}

func (k *kit) get(path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	return w
}

// config is the decoded configuration and its text.
func (k *kit) config(path string, headers ...string) (map[string]any, string) {
	k.t.Helper()
	w := k.get("/api/v1/"+path, headers...)
	var body struct {
		Config  map[string]any `json:"config"`
		Success bool           `json:"success"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || w.Code != 200 || !body.Success {
		k.t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	return body.Config, w.Body.String()
}

func (k *kit) exec(sql string, args ...any) {
	k.t.Helper()
	err := k.DB.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	})
	if err != nil {
		k.t.Fatal(err)
	}
}

// agent adds one, who is reachable or not, to a department if one is named.
func (k *kit) agent(name string, ready bool, department string) {
	k.exec(`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ($1, $1, $1, 'Bob Boss', 1, 1)`, name)
	k.exec(`INSERT INTO user_emails (address, user_id, position, verified) VALUES ($1, $2, 0, true)`, name+"@corp.example", name)
	k.exec(`INSERT INTO agents (user_id, status_livechat, status, ready, updated_at) VALUES ($1, 'available', 'online', $2, 1)`, name, ready)
	if department != "" {
		k.exec(`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ($1, $2, 1)`, department, name)
	}
}

func (k *kit) department(id string, enabled, archived bool) {
	k.exec(`INSERT INTO departments (id, site_id, name, enabled, archived, show_on_registration, show_on_offline_form, updated_at)
		VALUES ($1, 'default', $2, $3, $4, true, false, 1)`, id, "Name of "+id, enabled, archived)
}

// guests adds one visitor of the compatible API and one of our own widget, both with an open room served by bob.
func (k *kit) guests() {
	for _, id := range []string{"theirs", "ours"} {
		k.exec(`INSERT INTO visitors (id, site_id, username, token, token_opens, name, ts, updated_at) VALUES ($1, 'default', $1, $2, $3, 'Ann', 1, 1)`, id, "token-"+id, id == "theirs")
		k.exec(`INSERT INTO visitor_emails (visitor_id, position, address) VALUES ($1, 0, 'ann@x.y')`, id)
		k.exec(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, seq, open, visitor_id, v, source_type, source, served_by, served_by_username, served_at, updated_at)
			VALUES ($1, 'default', 1, 'Ann', 1, 1, 7, true, $2, '{}', 'api', '{}', 'bob', 'bob', 5, 1)`, "room-"+id, id)
	}
}

func TestConfigurationOfANewServer(t *testing.T) { // settings.md 3, rest-api.md 21, LC-HID-2
	engines(t, func(k *kit) {
		_, text := k.config("livechat/config")
		want := `{"config":{"enabled":true,"online":false,` +
			`"settings":{"registrationForm":true,"allowSwitchingDepartments":true,"nameFieldRegistrationForm":true,"emailFieldRegistrationForm":true,"phoneFieldRegistrationForm":false,"ratingEnabled":true,"displayOfflineForm":true,` +
			`"videoCall":false,"fileUpload":true,"language":"en","transcript":false,"historyMonitorType":"url","forceAcceptDataProcessingConsent":false,"showConnecting":false,` +
			`"agentHiddenInfo":false,"clearLocalStorageWhenChatEnded":false,"limitTextLength":false,"hiddenSystemMessages":["uj","ul","livechat-close"],"hideWatermark":false,"visitorsCanCloseChat":true},` +
			`"theme":{"title":"Foyer","color":"#C1272D","offlineTitle":"","offlineColor":"#666666","position":"right","background":"","actionLinks":{"webrtc":[],"jitsi":[]}},` +
			`"messages":{"offlineMessage":"","offlineSuccessMessage":"","offlineUnavailableMessage":"","conversationFinishedMessage":"","conversationFinishedText":"","transcriptMessage":"","registrationFormMessage":"","dataProcessingConsentText":""},` +
			`"survey":{"items":["satisfaction","agentKnowledge","agentResposiveness","agentFriendliness"],"values":["1","2","3","4","5"]},` +
			`"departments":[],"triggers":[],"customFields":[],"resources":{"sound":"https://chat.example/livechat/chime.wav","emojis":[]},"queueInfo":null},"success":true}`
		if text != want {
			t.Errorf("got  %s\nwant %s", text, want)
		}
	})
}

func TestChangedSettingsActAtOnce(t *testing.T) { // rest-api.md 1.9 and 21
	engines(t, func(k *kit) {
		k.config("livechat/config")
		s := k.settings
		s.Title, s.RoutingMethod, s.ShowAgentInfo, s.VisitorsMayClose, s.SiteURL, s.Language = "Shop", chat.RoutingManual, false, false, "https://site.example/", "de"
		s.EnableMessageCharacterLimit = true
		s.HideSystemMessages = nil
		s.PhoneFieldRegistrationForm, s.RatingEnabled, s.HideWatermark, s.ForceConsent, s.ConsentText = true, false, true, true, "Agreed?"
		c, text := k.config("livechat/config")
		for _, part := range []string{`"title":"Shop"`, `"showConnecting":true`, `"agentHiddenInfo":true`, `"visitorsCanCloseChat":false`, `"limitTextLength":5000`,
			`"phoneFieldRegistrationForm":true`, `"ratingEnabled":false`, `"hideWatermark":true`, `"forceAcceptDataProcessingConsent":true`, `"dataProcessingConsentText":"Agreed?"`,
			`"hiddenSystemMessages":[]`, `"sound":"https://site.example/livechat/`, `"language":"de"`} {
			if !strings.Contains(text, part) {
				t.Errorf("%s is missing in %v", part, c)
			}
		}
		s.MessageCharacterLimit = 80
		if _, text := k.config("livechat/config"); !strings.Contains(text, `"limitTextLength":80`) {
			t.Error(text)
		}
	})
}

func TestOnlineIsSomebodyReachable(t *testing.T) { // settings.md 3, lifecycle 2.3, RQ-DEP-6
	engines(t, func(k *kit) {
		k.department("sales", true, false)
		k.department("empty", true, false)
		k.department("closed", false, false)
		k.department("support", true, false)
		k.agent("gone", false, "sales")
		online := func(query string, want bool) {
			t.Helper()
			k.offers.drop()
			if c, _ := k.config("livechat/config" + query); c["online"] != want {
				t.Errorf("%q: online is %v", query, c["online"])
			}
		}
		online("", false)
		k.agent("bob", true, "closed")
		online("", false) // sales gets every chat: it is the only one with agents
		k.agent("ben", false, "support")
		online("", true) // now anybody will do
		for _, d := range []string{"sales", "empty", "closed", "unknown"} {
			online("?department="+d, false)
		}
		k.exec(`UPDATE agents SET ready = true`)
		online("?department=sales", true)
		online("?department=unknown", false)
		k.settings.LivechatEnabled = false
		online("", false)
		k.settings.LivechatEnabled, k.settings.AcceptChatsWithNoAgents = true, true
		online("?department=empty", true)
	})
}

// RQ-DEP-4, RQ-DEP-6: the fallbacks of a department count, as far as the settings go and however they are tied.
func TestOnlineAlongTheFallbacks(t *testing.T) {
	engines(t, func(k *kit) {
		for i, d := range []string{"a", "b", "c", "d"} {
			k.department(d, d != "b", false) // b takes no chats, but leads on
			k.exec(`UPDATE departments SET fallback_id = $2 WHERE id = $1`, d, string("bcda"[i]))
			k.agent("of-"+d, false, d)
		}
		online := func(department string, want bool) {
			t.Helper()
			k.offers.drop()
			if c, _ := k.config("livechat/config?department=" + department); c["online"] != want {
				t.Errorf("%s: online is %v", department, c["online"])
			}
		}
		online("a", false) // and the circle ends
		k.exec(`UPDATE agents SET ready = true WHERE user_id = 'of-d'`)
		online("a", true)
		online("b", true)
		k.settings.MaxFallbackDepth = 2
		online("a", false)
		online("c", true)
		k.settings.MaxFallbackDepth = 3
		k.exec(`INSERT INTO business_hours (id, type, name_lower, active, timezone, open, ts, updated_at) VALUES ('h', 'custom', 'h', true, 'UTC', false, 1, 1)`)
		k.exec(`UPDATE departments SET business_hour_id = 'h' WHERE id = 'd'`)
		k.settings.EnableBusinessHours, k.settings.BusinessHourType = true, "Multiple"
		online("d", true)
		k.settings.BusinessHoursStrict = true // 11.2
		online("d", false)
		online("a", false)
		k.settings.BusinessHourType = "Single"
		online("d", true)
	})
}

// RQ-DEP-6, RQ-PREF-5: a bot is somebody only while new chats go to bots, then whatever its presence.
func TestOnlineBecauseOfABot(t *testing.T) {
	engines(t, func(k *kit) {
		k.department("sales", true, false)
		k.department("support", true, false)
		k.agent("robot", true, "sales")
		k.agent("gone", false, "support")
		for _, role := range []string{"bot", "livechat-agent"} {
			k.exec(`INSERT INTO user_roles (user_id, role) VALUES ('robot', $1)`, role)
		}
		online := func(query string, want bool) {
			t.Helper()
			k.offers.drop()
			if c, _ := k.config("livechat/config" + query); c["online"] != want {
				t.Errorf("%q: online is %v", query, c["online"])
			}
		}
		online("", false)
		online("?department=sales", false)
		k.settings.AssignToBot = true
		k.exec(`UPDATE agents SET ready = false`)
		online("", true)
		online("?department=sales", true)
		online("?department=support", false)
		k.exec(`UPDATE agents SET status_livechat = 'not-available'`)
		online("", false)
	})
}

// tags-units 2.5: with a unit only its departments, without one all; where each may be left for.
func TestDepartmentsOfAUnit(t *testing.T) {
	engines(t, func(k *kit) {
		for _, d := range []string{"sales", "support"} {
			k.department(d, true, false)
			k.agent("agent-of-"+d, true, d)
		}
		k.exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ('u1', 'U', 'u', 'public', 1), ('u2', 'V', 'v', 'public', 1)`)
		k.exec(`UPDATE departments SET unit_id = 'u1', forward_to = '["support"]' WHERE id = 'sales'`)
		list := func(query string) string {
			t.Helper()
			_, text := k.config("livechat/config" + query)
			_, text, _ = strings.Cut(text, `"departments":`)
			text, _, _ = strings.Cut(text, `,"triggers"`)
			return text
		}
		sales := `{"_id":"sales","name":"Name of sales","showOnRegistration":true,"showOnOfflineForm":false,"departmentsAllowedToForward":["support"]}`
		support := `{"_id":"support","name":"Name of support","showOnRegistration":true,"showOnOfflineForm":false}`
		for query, want := range map[string]string{"": "[" + sales + "," + support + "]", "?businessUnit=u1": "[" + sales + "]", "?businessUnit=u2": "[]"} {
			if got := list(query); got != want {
				t.Errorf("%s: %s", query, got)
			}
		}
		for _, path := range []string{"livechat/config", "foyer/widget/config"} {
			if w := k.get("/api/v1/" + path + "?businessUnit=u9"); w.Code != 400 || !strings.Contains(w.Body.String(), `"error":"Error! No Active Business Unit found with id: u9 [error-unit-not-found]"`) {
				t.Errorf("%s: %d %s", path, w.Code, w.Body)
			}
		}
	})
}

// RQ-POS-6: the place is told to the visitor whose room nobody serves.
func TestQueueInfoIsTheVisitorsOwn(t *testing.T) {
	engines(t, func(k *kit) {
		k.agent("bob", true, "")
		k.guests()
		if _, text := k.config("livechat/config?token=token-theirs"); !strings.Contains(text, `"queueInfo":null`) {
			t.Error("served, and told a place: " + text)
		}
		k.exec(`UPDATE rooms SET served_by = '', served_by_username = '', served_at = 0`)
		want := `"queueInfo":{"spot":3,"estimatedWaitTimeSeconds":40,"message":{"text":"Wait in room-theirs","user":{"_id":"rocket.cat","username":"rocket.cat","name":"Foyer"}}}`
		if _, text := k.config("livechat/config?token=token-theirs"); !strings.Contains(text, want) {
			t.Error(text)
		}
		if _, text := k.config("livechat/config"); !strings.Contains(text, `"queueInfo":null`) {
			t.Error(text)
		}
	})
}

// RQ-Q-10: only our own widget is told that a room waits for its visitor to be verified.
func TestOurWidgetKnowsWhoWaitsForAProof(t *testing.T) {
	engines(t, func(k *kit) {
		k.agent("bob", true, "")
		k.guests()
		own := func() string {
			_, text := k.config("foyer/widget/config", "X-Foyer-Session", "ann's secret")
			return text
		}
		if text := own(); !strings.Contains(text, `"_id":"room-ours"`) || strings.Contains(text, `"verifying"`) {
			t.Error(text)
		}
		k.exec(`UPDATE rooms SET served_by = '', verifying = TRUE`)
		if text := own(); !strings.Contains(text, `"verifying":true`) {
			t.Error(text)
		}
		if _, text := k.config("livechat/config?token=token-theirs"); strings.Contains(text, `"verifying"`) {
			t.Error(text)
		}
	})
}

func TestFieldsOfferedAreOfVisitorsVisibleAndPublic(t *testing.T) { // LC-CF-6
	engines(t, func(k *kit) {
		for id, of := range map[string]string{"yes": "'visitor', 'visible', true", "room": "'room', 'visible', true", "hidden": "'visitor', 'hidden', true", "private": "'visitor', 'visible', false"} {
			k.exec(`INSERT INTO custom_fields (id, label, searchable, type, required, updated_at, scope, visibility, public) VALUES ($1, 'L', false, 'input', true, 1, `+of+`)`, id)
		}
		if _, text := k.config("livechat/config"); !strings.Contains(text, `"customFields":[{"_id":"yes"`) || strings.Count(text, `"label":"L"`) != 1 {
			t.Error(text)
		}
	})
}

func TestDepartmentsOfferedAreEnabledAndHaveAgents(t *testing.T) { // settings.md 3
	engines(t, func(k *kit) {
		k.exec(`INSERT INTO sites (id, name, created_at) VALUES ('other', 'Other', 1)`)
		for _, d := range []string{"sales", "foreign", "closed", "archived", "empty"} {
			k.department(d, d != "closed", d == "archived")
			if d != "empty" {
				k.agent("agent-of-"+d, true, d)
			}
		}
		k.exec(`UPDATE departments SET site_id = 'other' WHERE id = 'foreign'`)
		_, text := k.config("livechat/config")
		if !strings.Contains(text, `"departments":[{"_id":"sales","name":"Name of sales","showOnRegistration":true,"showOnOfflineForm":false}]`) {
			t.Error(text)
		}
		if _, text := k.config("foyer/widget/config?site=other"); !strings.Contains(text, `"departments":[{"_id":"foreign"`) || strings.Contains(text, "sales") {
			t.Error(text)
		}
	})
}

// One server, several websites: each with its own look, departments, triggers, hours and visitors.
func TestSitesAreToldApart(t *testing.T) {
	engines(t, func(k *kit) {
		k.exec(`INSERT INTO sites (id, name, created_at) VALUES ('other', 'Other', 1)`)
		k.department("sales", true, false)
		k.department("foreign", true, false)
		k.exec(`UPDATE departments SET site_id = 'other' WHERE id = 'foreign'`)
		k.agent("bob", true, "sales")
		k.agent("eve", true, "foreign")
		for id, site := range map[string]string{"everywhere": "", "here": "default", "there": "other", "off": ""} {
			k.exec(`INSERT INTO triggers (id, number, name, description, enabled, run_once, site_id, conditions, actions, updated_at)
				VALUES ($1, $2, 'Name', '', $3, false, $4, '[{"name":"page-url","value":"x"}]', '[{"name":"use-external-service","params":{"serviceUrl":"https://secret.example","serviceTimeout":1,"serviceFallbackMessage":"f"}}]', 1)`,
				id, len(id), id != "off", site)
		}
		k.exec(`INSERT INTO visitors (id, site_id, username, token, token_opens, name, ts, updated_at) VALUES ('ours', 'default', 'ours', 't', false, 'Ann', 1, 1)`)
		k.exec(`INSERT INTO trigger_firings (visitor_id, trigger_id, at) VALUES ('ours', 'here', 1)`)
		for query, want := range map[string][]string{
			"":                                 {`"title":"Foyer"`, `"site":"default"`, `"departments":[{"_id":"sales"`, `"_id":"here","no":4,"name":"Name"`, `"_id":"everywhere"`},
			"?site=other":                      {`"title":"Other"`, `"site":"other"`, `"departments":[{"_id":"foreign"`, `"_id":"there"`},
			"?host=other.example":              {`"title":"Other"`, `"site":"other"`},
			"?host=other.example&site=default": {`"title":"Foyer"`, `"site":"default"`},
		} {
			_, text := k.config("foyer/widget/config" + query)
			for _, part := range want {
				if !strings.Contains(text, part) {
					t.Errorf("%s: %s is missing in %s", query, part, text)
				}
			}
			if strings.Contains(text, "secret.example") || strings.Contains(text, `"_id":"off"`) || strings.Contains(text, `"_id":"here"`) == strings.Contains(text, `"_id":"there"`) {
				t.Errorf("%s: %s", query, text)
			}
		}
		if _, text := k.config("livechat/config"); !strings.Contains(text, `"triggers":[{"_id":"here","runOnce":false,"conditions":[{"name":"page-url","value":"x"}],"actions":[{"name":"use-external-service","params":{"serviceFallbackMessage":"f"}}]},`) {
			t.Error(text)
		}
		if w := k.get("/api/v1/foyer/widget/config?site=nowhere"); w.Code != 400 || !strings.Contains(w.Body.String(), "error-invalid-site") {
			t.Error(w.Body)
		}
		if _, text := k.config("foyer/widget/config", "X-Foyer-Session", "ann's secret"); !strings.Contains(text, `"guest":`) || strings.Count(text, `"met":true`) != 1 {
			t.Error(text)
		}
		if _, text := k.config("foyer/widget/config?site=other", "X-Foyer-Session", "ann's secret"); strings.Contains(text, `"guest":`) {
			t.Error("a visitor of another site: " + text)
		}
		k.exec(`INSERT INTO business_hours (id, type, name_lower, active, timezone, open, ts, updated_at) VALUES ('h', 'custom', 'h', true, 'UTC', false, 1, 1)`)
		k.exec(`UPDATE sites SET business_hour_id = 'h' WHERE id = 'other'`)
		k.settings.EnableBusinessHours, k.settings.BusinessHourType = true, "Multiple"
		k.Forget()
		here, _ := k.config("foyer/widget/config")
		there, _ := k.config("foyer/widget/config?site=other")
		if here["online"] != true || there["online"] != false {
			t.Errorf("here %v, there %v", here["online"], there["online"])
		}
		if p := k.get("/livechat?host=other.example").Header().Get("Content-Security-Policy"); !strings.Contains(p, "frame-ancestors 'self' http://other.example https://other.example") {
			t.Error(p)
		}
		if p := k.get("/livechat").Header().Get("Content-Security-Policy"); strings.Contains(p, "frame-ancestors") {
			t.Error(p)
		}
		// LT-SEC-8: what a page's own style sheet imports, and its fonts, come from nowhere else.
		if p := k.get("/livechat?css=https://cdn.example/a.css%3Fv=1").Header().Get("Content-Security-Policy"); !strings.Contains(p, "style-src 'self' 'unsafe-inline' https://cdn.example/a.css;") {
			t.Error(p)
		}
		k.settings.Background = `#fff url("https://pictures.example/a.png") no-repeat`
		k.Forget()
		for query, want := range map[string]string{
			"":                           "img-src 'self' data: https:; ",
			"?css=javascript:alert(1)":   "img-src 'self' data: https:; ",
			"?css=https://cdn.example/a": "img-src 'self' data: https://cdn.example https://pictures.example; ",
			"?css=https://cdn.example/a&host=shop.example:8080":  "img-src 'self' data: https://cdn.example https://pictures.example http://shop.example:8080 https://shop.example:8080; ",
			"?css=https://cdn.example/a&host=x%3B%20script-src*": "img-src 'self' data: https://cdn.example https://pictures.example; ",
		} {
			if p := k.get("/livechat" + query).Header().Get("Content-Security-Policy"); !strings.Contains(p, want) {
				t.Errorf("%s: %s", query, p)
			}
		}
		if w := k.get("/livechat?site=nowhere"); w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") || w.Header().Get("Content-Security-Policy") == "" { // LT-LOAD-4
			t.Error(w.Code, w.Header())
		}
		if p := k.get("/livechat?css=javascript:alert(1)").Header().Get("Content-Security-Policy"); !strings.Contains(p, "style-src 'self' 'unsafe-inline';") {
			t.Error(p)
		}
		one, other := k.get("/livechatoo/embed.js"), k.get("/livechatoo/else.js")
		if again := k.get("/livechatoo/embed.js", "If-None-Match", one.Header().Get("Etag")); one.Body.String() != "second()" || other.Code != 404 || again.Code != 304 { // LT-LOAD-3
			t.Error(one.Body.String(), other.Code, again.Code)
		}
	})
}

func TestTheVisitorFindsHimselfAndHisRoom(t *testing.T) { // settings.md 3
	engines(t, func(k *kit) {
		k.agent("bob", true, "")
		k.guests()
		room := func(of, more string) string {
			return `"room":{"_id":"room-` + of + `","open":true,"seq":7,` + more + `"servedBy":{"_id":"bob","username":"bob","ts":"1970-01-01T00:00:00.005Z"}}`
		}
		agent := `"agent":{"_id":"bob","username":"bob","name":"Bob Boss","emails":[{"address":"bob@corp.example","verified":true}],"status":"online"}`
		_, text := k.config("livechat/config?token=token-theirs")
		for _, part := range []string{`"guest":{"_id":"theirs","username":"theirs","name":"Ann","token":"token-theirs","visitorEmails":[{"address":"ann@x.y"}]}`, room("theirs", ""), agent} {
			if !strings.Contains(text, part) {
				t.Errorf("%s is missing in %s", part, text)
			}
		}
		_, text = k.config("foyer/widget/config", "X-Foyer-Session", "ann's secret")
		for _, part := range []string{`"guest":{"_id":"ours","username":"ours","name":"Ann","visitorEmails":[{"address":"ann@x.y"}]}`, room("ours", `"code":1,"initiator":"client",`), agent} {
			if !strings.Contains(text, part) {
				t.Errorf("%s is missing in %s", part, text)
			}
		}
		if strings.Contains(text, "token-ours") {
			t.Error("the stand-in is shown")
		}
		k.settings.ShowAgentInfo = false
		if _, text := k.config("livechat/config?token=token-theirs"); !strings.Contains(text, `"agent":{"hiddenInfo":true}`) || strings.Contains(text, "bob") { // LC-HID-6
			t.Error(text)
		}
		k.exec(`UPDATE rooms SET open = false`)
		if _, text := k.config("livechat/config?token=token-theirs"); strings.Contains(text, `"room":`) || strings.Contains(text, `"agent":`) || !strings.Contains(text, `"guest":`) {
			t.Error(text)
		}
	})
}

func TestAStrangerLearnsNothingPersonal(t *testing.T) { // INV-13: a stand-in or a wrong secret is nobody
	engines(t, func(k *kit) {
		k.agent("bob", true, "")
		k.guests()
		for _, path := range []string{"?token=unknown", "?token=token-ours", "?token=", "?token=%25", "?department=token-theirs", ""} {
			if _, text := k.config("livechat/config" + path); strings.Contains(text, "guest") || strings.Contains(text, "room-") {
				t.Errorf("%s: %s", path, text)
			}
		}
		if _, text := k.config("foyer/widget/config", "X-Foyer-Session", "wrong"); strings.Contains(text, "guest") {
			t.Error(text)
		}
		if w := k.get("/api/v1/foyer/widget/config", "X-Foyer-Session", "broken"); w.Code != 500 || strings.Contains(w.Body.String(), "database") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		for _, path := range []string{"?token[]=x", "?token=%00", "?token=" + strings.Repeat("x", 300), "?department[$ne]=x", "?department=" + strings.Repeat("x", 300)} {
			if w := k.get("/api/v1/livechat/config" + path); w.Code != 400 {
				t.Errorf("%s: %d %s", path, w.Code, w.Body)
			}
		}
		for _, path := range []string{"?site[]=x", "?site=" + strings.Repeat("x", 300), "?department=%00"} {
			if w := k.get("/api/v1/foyer/widget/config" + path); w.Code != 400 {
				t.Errorf("%s: %d %s", path, w.Code, w.Body)
			}
		}
	})
}

func TestTheOfferIsReadOnceASecondAndAnewAfterAChange(t *testing.T) { // settings.md 1.5
	engines(t, func(k *kit) {
		online := func() any { c, _ := k.config("livechat/config"); return c["online"] }
		if online() != false {
			t.Fatal("nobody is there")
		}
		k.agent("bob", true, "")
		k.clock.Advance(offerFresh - time.Millisecond)
		if online() != false {
			t.Error("read again within the second")
		}
		k.clock.Advance(time.Millisecond)
		if online() != true {
			t.Error("still the old offer after a second")
		}
		for i, c := range k.Consumers() {
			there := i%2 == 1
			k.exec(`UPDATE agents SET ready = $1`, there)
			if err := c.Handle(context.Background(), envelope(c.Events[0])); err != nil {
				t.Error(err)
			}
			if online() != there {
				t.Errorf("the old offer after %s", c.Events[0])
			}
		}
	})
}

func TestManyBrowsersAreOneQuestion(t *testing.T) {
	var c cache
	var loads int
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			if _, err := c.find(5, func() (offer, error) { loads++; return offer{somebody: true}, nil }); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if loads != 1 {
		t.Errorf("%d questions", loads)
	}
	if _, err := c.find(5000, func() (offer, error) { return offer{}, io.EOF }); err == nil {
		t.Error("a failure is hidden")
	}
}

func TestRoutingConfig(t *testing.T) { // settings.md 4.6, RQ-4
	engines(t, func(k *kit) {
		auto := `{"config":{"previewRoom":false,"showConnecting":false,"showQueue":false,"showQueueLink":true,"returnQueue":false,"enableTriggerAction":true,"autoAssignAgent":true},"success":true}`
		manual := `{"config":{"previewRoom":true,"showConnecting":true,"showQueue":true,"showQueueLink":false,"returnQueue":true,"enableTriggerAction":false,"autoAssignAgent":false},"success":true}`
		others := strings.Replace(auto, `"showQueueLink":true`, `"showQueueLink":false`, 1)
		for method, want := range map[string]string{chat.RoutingAuto: auto, chat.RoutingManual: manual,
			chat.RoutingExternal: others, chat.RoutingBalance: others, chat.RoutingRotation: others} {
			k.settings.RoutingMethod = method
			if w := k.get("/api/v1/livechat/config/routing", "X-User-Id", "agent", "X-Auth-Token", "t"); w.Body.String() != want {
				t.Error(w.Body)
			}
		}
		if w := k.get("/api/v1/livechat/config/routing", "X-User-Id", "nobody", "X-Auth-Token", "t"); w.Code != 403 {
			t.Error(w.Code)
		}
		if w := k.get("/api/v1/livechat/config/routing"); w.Code != 401 {
			t.Error(w.Code)
		}
	})
}

func gunzip(t *testing.T, b []byte) string {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
