package offline

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/limit"
	"github.com/foyerchat/foyer/platform/mail"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

// kit is the feature on a real database, with its endpoints served; it is the settings,
// the post and the domain names, too.
type kit struct {
	*Service
	t      *testing.T
	api    http.Handler
	clock  *clock.Fake
	set    chat.Settings
	mails  []mail.Message
	gone   []string
	asked  []string // domains
	noMail string   // the domain that takes none
	said   []chat.Sharing
}

func (k *kit) Current() *chat.Settings { return &k.set }
func (k *kit) Enqueue(_ context.Context, _ *db.Tx, m mail.Message) error {
	k.mails = append(k.mails, m)
	return nil
}
func (k *kit) Forget(_ context.Context, _ *db.Tx, about string) error {
	k.gone = append(k.gone, about)
	return nil
}
func (k *kit) TakesMail(_ context.Context, domain string) bool {
	k.asked = append(k.asked, domain)
	return domain != k.noMail
}

func (k *kit) BySecret(_ context.Context, secret string) (chat.Actor, error) {
	if secret != "ann's secret" {
		return chat.Actor{}, fault.New(fault.Unauthenticated, "", "")
	}
	return chat.Actor{Visitor: "ann"}, nil
}

var people = map[string]chat.Actor{
	"boss": {User: "boss", Roles: []string{chat.RoleManager}, Permissions: map[chat.Permission]bool{chat.ViewLivechatManager: true, chat.ViewLRoom: true, chat.ViewLivechatRooms: true}},
	"mona": {User: "mona", Roles: []string{chat.RoleMonitor}, Permissions: map[chat.Permission]bool{chat.ViewLivechatManager: true, chat.ViewLRoom: true, chat.ViewLivechatRooms: true}},
	"bob":  {User: "bob", Roles: []string{chat.RoleAgent}, Permissions: map[chat.Permission]bool{chat.ViewLRoom: true}},
	"eve":  {User: "eve", Roles: []string{chat.RoleAgent}, Permissions: map[chat.Permission]bool{chat.ViewLRoom: true}},
	"none": {User: "none"},
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

// Share is chats of which "r1" is ann's and open, "closed" hers and over.
func (k *kit) Share(_ context.Context, a chat.Actor, m chat.Sharing) (chat.Message, error) {
	if m.RID == "closed" {
		return chat.Message{}, fault.New(fault.Invalid, "room-closed", "")
	}
	if a.Visitor != "ann" || m.RID != "r1" {
		return chat.Message{}, fault.New(fault.Invalid, "invalid-room", "")
	}
	k.said = append(k.said, m)
	return chat.Message{}, nil
}

func each(t *testing.T, run func(t *testing.T, k *kit)) {
	t.Helper()
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			k := &kit{t: t, clock: clock.NewFake(1_790_000_000_000), set: *chat.DefaultSettings(), noMail: "nowhere.example"}
			k.set.OfflineEmail = "team@example.org"
			k.Service = New(Deps{DB: testkit.Open(t, engine, k.clock), Settings: k, Mails: k, Domains: k, Guests: k, Rooms: k})
			k.api = testkit.API(t, rest.Config{Auth: k, Clock: k.clock, Log: slog.New(slog.DiscardHandler)}, k.Rows())
			k.exec(`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ('boss', 'boss', 'boss', 'Boss', 1, 1), ('bob', 'bob', 'bob', 'Bob', 1, 1),
				('eve', 'eve', 'eve', 'Eve', 1, 1), ('mona', 'mona', 'mona', 'Mona', 1, 1)`)
			k.exec(`INSERT INTO departments (id, site_id, name, name_lower, email, offline_channel, enabled, archived, show_on_registration, show_on_offline_form, updated_at, unit_id) VALUES
				('d1', 'default', 'Sales', 'sales', 'sales@example.org', 'sales-leads', true, false, true, true, 1, ''),
				('d2', 'default', 'Support', 'support', 'bla@bla', '', true, false, true, true, 1, 'u'), ('d3', 'default', 'Asleep', 'asleep', 'x@example.org', '', false, false, true, true, 1, '')`)
			k.exec(`INSERT INTO department_agents (department_id, agent_id, position, updated_at) VALUES ('d1', 'bob', 1, 1)`)
			run(t, k)
		})
	}
}

func (k *kit) exec(sql string, args ...any) {
	k.t.Helper()
	err := k.DB.InTx(context.Background(), func(tx *db.Tx) error { _, err := tx.Exec(context.Background(), sql, args...); return err })
	if err != nil {
		k.t.Fatal(err)
	}
}

func (k *kit) call(user, method, path, body string) (status int, answer map[string]any, text string) {
	k.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if user != "" {
		r.Header.Set("X-User-Id", user)
		r.Header.Set("X-Auth-Token", "t")
	}
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	b, _ := io.ReadAll(w.Body)
	if err := json.Unmarshal(b, &answer); err != nil {
		k.t.Fatalf("%s: %s", path, b)
	}
	return w.Code, answer, string(b)
}

// leave is a message over the compatible endpoint.
func (k *kit) leave(fields string) (int, string) {
	k.t.Helper()
	status, _, text := k.call("", "POST", "/api/v1/livechat/offline.message", fields)
	return status, text
}

const ann = `{"name":"Ann","email":"ann@example.com","message":"Do you have bicycles for small children?","department":"%s","host":"https://shop.example/bikes"}`

func to(department string) string { return strings.Replace(ann, "%s", department, 1) }

func (k *kit) told() []chat.OfflineMessage {
	k.t.Helper()
	all, err := db.All(k.t.Context(), k.DB, func(r db.Row) (m chat.OfflineMessage, err error) {
		var e chat.OfflineReceived
		return e.Message, r.Scan(db.JSON(&e))
	}, `SELECT payload FROM outbox WHERE name = 'offline.received'`)
	if err != nil {
		k.t.Fatal(err)
	}
	return all
}

func (k *kit) sees(user, query string) (names []string, fresh float64) {
	k.t.Helper()
	status, answer, text := k.call(user, "GET", "/api/v1/foyer/offline.messages"+query, "")
	if status != 200 {
		k.t.Fatal(text)
	}
	for _, m := range answer["messages"].([]any) {
		names = append(names, m.(map[string]any)["name"].(string))
	}
	slices.Sort(names)
	return names, answer["new"].(float64)
}

// LC-OFF-2, LC-OFF-3, LC-OFF-4, LC-OFF-8: stored, told, mailed to whom it concerns, in the visitor's name.
func TestAMessageGoesItsWays(t *testing.T) { // LC-OFF-3, LC-OFF-4, LC-OFF-7
	each(t, func(t *testing.T, k *kit) {
		status, text := k.leave(to("Sales"))
		if status != 200 || text != `{"message":"Your message has been sent. We will answer by e-mail.","success":true}` {
			t.Fatal(status, text)
		}
		m := k.mails[0]
		if m.To.Address != "sales@example.org" || m.From.Name != "Ann" || m.From.Address != "" || m.ReplyTo.Address != "ann@example.com" ||
			m.Subject != "Message from the website: Ann: Do you have bicycles" {
			t.Errorf("%+v", m)
		}
		body, _, err := m.Letter.Render()
		if err != nil || !strings.Contains(body, "Department: Sales\nPage: https://shop.example/bikes\n") || !strings.Contains(body, "> Do you have bicycles for small children?") {
			t.Errorf("%v\n%s", err, body)
		}
		if e := k.told(); len(e) != 1 || e[0].Department != "d1" || e[0].Asked != "Sales" || e[0].Email != "ann@example.com" || e[0].State != chat.OfflineNew {
			t.Errorf("%+v", e)
		}
		k.set.OfflineEmail, k.set.OfflineMailSubject, k.set.OfflineMailText, k.set.Language = "a@example.org, Team <b@example.org>,A@example.org", "{name}/{email}/{department}", "{message}", "de-AT"
		for _, department := range []string{"", "no such", "Asleep"} {
			k.mails = nil
			if status, text := k.leave(to(department)); status != 200 || !strings.Contains(text, "Ihre Nachricht") {
				t.Fatal(status, text)
			}
			if len(k.mails) != 2 || k.mails[1].To.Name != "Team" || k.mails[0].Subject != "Ann/ann@example.com/" || k.mails[0].Letter.Parts[0].Text != "Do you have bicycles" {
				t.Errorf("%q: %+v", department, k.mails)
			}
		}
	})
}

// LC-OFF-1, LC-OFF-2: the form is off, or what it says is not enough.
func TestWhatIsRefused(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for body, want := range map[string]string{
			`{"email":"a@example.com","message":"m"}`:                                "must have required property 'name' [invalid-params]",
			`{"name":"n","message":"m"}`:                                             "must have required property 'email' [invalid-params]",
			`{"name":"n","email":"a@example.com"}`:                                   "must have required property 'message' [invalid-params]",
			`{"name":" \u0000","email":"a@example.com","message":"m"}`:               "",
			`{"name":"n","email":"a@example.com","message":" \n "}`:                  "must not be empty [invalid-params]",
			`{"name":"n","email":"a","message":"m"}`:                                 "Invalid email address [error-invalid-email-address]",
			`{"name":"n","email":"A <a@example.com>","message":"m"}`:                 "Invalid email address [error-invalid-email-address]",
			`{"name":"n","email":"a@example.com, b@example.com","message":"m"}`:      "Invalid email address [error-invalid-email-address]",
			`{"name":"n","email":"a@example.com\nBcc: b@example.com","message":"m"}`: "Invalid email address [error-invalid-email-address]",
			`{"name":"n","email":"a@nowhere.example","message":"m"}`:                 "Invalid email address [error-invalid-email-address]",
		} {
			k.clock.Advance(time.Minute) // the address may ask again
			if status, text := k.leave(body); status != 400 || !strings.Contains(text, want) {
				t.Errorf("%s: %d %s", body, status, text)
			}
		}
		if len(k.mails)+len(k.told()) > 0 {
			t.Error("something was sent")
		}
		k.set.ValidateOfflineEmail, k.asked = false, nil
		k.clock.Advance(time.Minute)
		if status, text := k.leave(`{"name":"n","email":"a@nowhere.example","message":"m"}`); status != 200 || len(k.asked) > 0 {
			t.Error(text, k.asked)
		}
		for what, change := range map[string]func(){"form": func() { k.set.DisplayOfflineForm = false }, "all": func() { k.set.LivechatEnabled, k.set.DisplayOfflineForm = false, true }} {
			change()
			if status, text := k.leave(to("")); status != 400 || !strings.Contains(text, "[error-offline-form-disabled]") {
				t.Error(what, status, text)
			}
			if status, answer := k.widget(false, "offline", to("")); status != 400 || answer["error"] != "The offline form is disabled [error-offline-form-disabled]" {
				t.Error(what, status, answer)
			}
		}
	})
}

// settings.md 5.4: the compatible endpoint refuses what nobody would get; our own widget's messages are kept in any case.
func TestAMessageThatNobodyIsTold(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.set.OfflineEmail = ""
		if status, text := k.leave(to("")); status != 400 || !strings.Contains(text, "[error-sending-offline-message]") || len(k.told()) > 0 {
			t.Error(status, text)
		}
		if status, text := k.leave(to("Sales")); status != 200 {
			t.Error("the department has an address:", text)
		}
		if status, _, text := k.call("", "POST", "/api/v1/foyer/widget/offline", `{"name":"Own","email":"o@example.com","message":"m","phone":"+49 1"}`); status != 200 {
			t.Error(text)
		}
		k.set.OfflineToChannel, k.set.OfflineChannel = true, "leads"
		if status, text := k.leave(to("")); status != 200 {
			t.Error("agents see it:", text)
		}
		k.set.OfflineToChannel, k.set.WebhookOnOfflineMessage = false, true
		if status, _ := k.leave(to("")); status != 400 {
			t.Error("a webhook without an address tells nobody:", status)
		}
		k.set.WebhookURL = "https://crm.example.org"
		if status, text := k.leave(to("")); status != 200 {
			t.Error("the webhook tells it:", text)
		}
		all, _, _, err := k.List(t.Context(), people["boss"], Filter{Limit: 9})
		if err != nil || len(all) != 4 || all[1].Channel != "leads" || all[2].Phone != "+49 1" || len(k.mails) != 1 {
			t.Errorf("%v %+v", err, all)
		}
	})
}

// Nobody fills a mailbox: one address and one client have their measure.
func TestHowOftenOneMayWrite(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		for i := range perAddress + 1 {
			status, text := k.leave(strings.Replace(to(""), "ann@", []string{"ann@", "ANN@"}[i%2], 1))
			if want := map[bool]int{true: 200, false: 429}[i < perAddress]; status != want {
				t.Fatal(i, status, text)
			}
			k.clock.Advance(time.Minute)
		}
		if status, answer := k.widget(false, "offline", to("")); status != 429 || answer["error"] != "Too many messages from this address, try again later [error-too-many-requests]" {
			t.Error(status, answer)
		}
		k.clock.Advance(time.Hour)
		if status, text := k.leave(to("")); status != 200 || len(k.mails) != perAddress+1 {
			t.Error(status, text)
		}
		k.set.OfflineMessagesPerHour = 3 // of all, whatever addresses they name
		for i, want := range []int{200, 200, 429} {
			if status, text := k.leave(strings.Replace(to(""), "ann@", fmt.Sprintf("ann%d@", i), 1)); status != want {
				t.Error(i, status, text)
			}
		}
		if len(k.told()) != perAddress+3 {
			t.Error("what was refused was kept:", len(k.told()))
		}
	})
}

// One client has one measure, whichever way its messages come (rest-api.md 24).
func TestAClientHasOneMeasure(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		calls := rest.CallRows(k.Calls(), slog.New(slog.DiscardHandler))
		k.api = testkit.API(t, rest.Config{Auth: k, Clock: k.clock, Log: slog.New(slog.DiscardHandler), Limits: limit.New(k.clock, true)}, append(k.Rows(), calls...))
		invocation, err := json.Marshal(`{"msg":"method","id":"1","method":"livechat:sendOfflineMessage","params":[` + to("") + `]}`)
		if err != nil {
			t.Fatal(err)
		}
		byName := func(user, path string) string {
			t.Helper()
			_, _, text := k.call(user, "POST", path, `{"message":`+string(invocation)+`}`)
			return text
		}
		ways := []func() string{
			func() string { _, text := k.leave(to("")); return text },
			func() string { _, _, text := k.call("", "POST", "/api/v1/foyer/widget/offline", to("")); return text },
			func() string { return byName("", "/api/v1/method.callAnon/livechat:sendOfflineMessage") },
			func() string { return byName("bob", "/api/v1/method.call/livechat:sendOfflineMessage") },
		}
		for i := range 6 {
			if text := ways[i%len(ways)](); strings.Contains(text, "error") {
				t.Fatal(i, text)
			}
		}
		for i, ask := range ways {
			if text := ask(); !strings.Contains(text, "too-many-requests") {
				t.Errorf("way %d: %s", i, text)
			}
		}
		if len(k.told()) != 6 {
			t.Errorf("%d messages, want 6", len(k.told()))
		}
		k.clock.Advance(10 * time.Second)
		if text := ways[2](); strings.Contains(text, "error") {
			t.Error("after its wait:", text)
		}
	})
}

// Managers see all, monitors their units', agents with a channel their departments' and those of none.
// LC-OFF-6: agents see what is for a channel.
func TestWhoSeesWhat(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.set.OfflineChannel = "leads"
		for i, d := range []string{"", "d1", "d2"} {
			k.set.OfflineToChannel = true
			body := strings.Replace(to(d), `"Ann"`, `"for `+d+`"`, 1)
			if status, text := k.leave(body); status != 200 {
				t.Fatal(i, text)
			}
		}
		all := []string{"for", "for d1", "for d2"}
		check := func(user, query string, want ...string) {
			t.Helper()
			if got, _ := k.sees(user, query); !slices.Equal(got, want) {
				t.Errorf("%s%s sees %q, want %q", user, query, got, want)
			}
		}
		check("boss", "", all...)
		check("mona", "", all...) // no units yet
		k.exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ('u', 'U', 'u', 'public', 1)`)
		check("mona", "")
		k.exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('u', 'mona', 1)`)
		check("mona", "", "for d2")
		check("bob", "", "for", "for d1")
		check("eve", "", "for")
		check("boss", "?department=d1", "for d1")
		check("boss", "?text=FOR%20D2", "for d2")
		check("boss", "?text=%25")
		check("boss", "?state=handled")
		if status, _, _ := k.call("none", "GET", "/api/v1/foyer/offline.messages", ""); status != 403 {
			t.Error(status)
		}
		k.set.OfflineToChannel = false
		check("bob", "")
		listed, _, _, err := k.List(t.Context(), people["boss"], Filter{Limit: 9})
		if err != nil || listed[1].Channel != "sales-leads" || listed[1].DepartmentName != "Sales" {
			t.Errorf("%v %+v", err, listed)
		}
	})
}

func TestAMessageIsDealtWith(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.leave(to("d1"))
		id := k.told()[0].ID
		mark := func(user, state string) int {
			t.Helper()
			status, _, _ := k.call(user, "POST", "/api/v1/foyer/offline.mark", `{"_id":"`+id+`","state":"`+state+`"}`)
			return status
		}
		if _, fresh := k.sees("boss", ""); fresh != 1 {
			t.Error(fresh)
		}
		if got := []int{mark("bob", "read"), mark("none", "read"), mark("boss", "gone"), mark("boss", "read")}; !slices.Equal(got, []int{404, 403, 400, 200}) {
			t.Error(got)
		}
		if _, fresh := k.sees("boss", ""); fresh != 0 {
			t.Error(fresh)
		}
		mark("boss", "handled")
		all, _, _, err := k.List(t.Context(), people["boss"], Filter{State: chat.OfflineHandled, Limit: 9})
		if err != nil || len(all) != 1 || all[0].HandledBy == nil || all[0].HandledBy.Name != "Boss" || all[0].HandledAt != k.clock.Now() {
			t.Fatalf("%v %+v", err, all)
		}
		mark("boss", "new")
		if all, _, _, _ := k.List(t.Context(), people["boss"], Filter{Limit: 9}); all[0].HandledBy != nil || all[0].HandledAt != 0 {
			t.Errorf("%+v", all)
		}
		body := `{"_id":"` + id + `"}`
		for i, want := range []int{403, 200, 404} {
			if status, _, text := k.call([]string{"bob", "boss", "boss"}[i], "POST", "/api/v1/foyer/offline.delete", body); status != want {
				t.Error(i, status, text)
			}
		}
		if !slices.Equal(k.gone, []string{id}) {
			t.Error(k.gone)
		}
	})
}
