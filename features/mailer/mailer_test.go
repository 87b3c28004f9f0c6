package mailer

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/mail"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

// kit is the feature on a real database, with its endpoints served; it is the settings, too.
type kit struct {
	*Service
	t     *testing.T
	api   http.Handler
	clock *clock.Fake
	set   chat.Settings
}

func (k *kit) Current() *chat.Settings { return &k.set }

var rights = map[string][]chat.Permission{"boss": {chat.ViewPrivilegedSetting, chat.EditPrivilegedSetting, chat.SendMail}, "looker": {chat.ViewPrivilegedSetting}, "ann": nil, "ben": nil}

func (k *kit) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	held, ok := rights[c.UserID]
	if !ok {
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	a := chat.Actor{User: chat.UserID(c.UserID), Permissions: map[chat.Permission]bool{}}
	for _, p := range held {
		a.Permissions[p] = true
	}
	return rest.Caller{Identity: a, Permissions: func(id string) bool { return a.May(chat.Permission(id)) }}, nil
}

func (k *kit) Guest(context.Context, string) (rest.Caller, error) {
	return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
}

const made = clock.Instant(1_700_000_000_000)

func each(t *testing.T, run func(t *testing.T, k *kit)) {
	t.Helper()
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			k := &kit{t: t, clock: clock.NewFake(1_790_000_000_000), set: *chat.DefaultSettings()}
			k.set.KeepMails, k.set.FromEmail = true, "Shop <shop@example.org>"
			d := testkit.Open(t, engine, k.clock)
			k.Service = New(Deps{DB: d, Clock: k.clock, Log: slog.New(slog.DiscardHandler), Settings: k, Sender: mail.NewSender(mail.SenderOptions{})})
			k.api = testkit.API(t, rest.Config{Auth: k, Clock: k.clock, Log: slog.New(slog.DiscardHandler)}, k.Rows())
			k.exec(`INSERT INTO users (id, username, username_lower, name, active, type, created_at, updated_at) VALUES ('ann', 'ann', 'ann', 'Ann <b>Lee', true, 'user', $1, 1),
				('ben', 'Ben', 'ben', 'Ben', true, 'user', $1, 1), ('bot', 'bot', 'bot', 'Bot', true, 'bot', $1, 1), ('off', 'off', 'off', 'Off', false, 'user', $1, 1), ('dan', 'dan', 'dan', 'Dan', true, 'user', $1, 1)`, made)
			k.exec(`INSERT INTO user_emails (user_id, address, position, verified) SELECT id, id || '@example.org', 1, true FROM users WHERE id <> 'dan'`)
			k.exec(`INSERT INTO user_roles (user_id, role) VALUES ('ben', 'livechat-agent')`)
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

func (k *kit) call(user, method, path, body string) (int, string) {
	k.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if user != "" {
		r.Header.Set("X-User-Id", user)
		r.Header.Set("X-Auth-Token", "t")
	}
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	b, _ := io.ReadAll(w.Body)
	return w.Code, string(b)
}

// deliver runs what the queue has waiting.
func (k *kit) deliver() {
	k.t.Helper()
	all, _, err := k.queue.List(k.t.Context(), mail.Filter{State: mail.Waiting, Limit: 100})
	if err != nil {
		k.t.Fatal(err)
	}
	for _, e := range all {
		if err := k.Jobs()[0].Run(k.t.Context(), jobs.Run{Key: e.ID, Attempt: 1}); err != nil {
			k.t.Fatal(err)
		}
	}
}

// kept are the mails since the last call, by receiver.
func (k *kit) kept() map[string]shown {
	k.t.Helper()
	k.deliver()
	found := map[string]shown{}
	all, _, err := k.queue.List(k.t.Context(), mail.Filter{State: mail.Kept, Limit: 100})
	if err != nil {
		k.t.Fatal(err)
	}
	for _, e := range all {
		a, err := k.getMail(k.t.Context(), byID{e.ID})
		if err != nil {
			k.t.Fatal(err)
		}
		found[e.To] = a.Mail
	}
	k.exec(`DELETE FROM mails`)
	return found
}

func receivers(m map[string]shown) (all []string) {
	for to := range m {
		name, _, _ := strings.Cut(to, "@")
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

func circular(body string, more string) string {
	text, _ := json.Marshal(body)
	return `{"from":"News <news@example.org>","subject":"Hello [fname]","body":` + string(text) + more + `}`
}

func TestAMailToManyUsers(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		send := func(user, body string) (int, string) { return k.call(user, "POST", "/api/v1/mailer", body) }
		if status, text := send("boss", circular("<p>Dear [name],</p> [unsubscribe]", "")); status != 200 || text != `{"success":true}` {
			t.Fatal(status, text)
		}
		all := k.kept()
		if got := receivers(all); !slices.Equal(got, []string{"ann", "ben"}) {
			t.Fatal(got)
		}
		m := all["ann@example.org"]
		if m.From != `"News" <news@example.org>` || m.Subject != "Hello Ann" || !strings.HasPrefix(m.HTML, "<p>Dear Ann &lt;b&gt;Lee,</p> http://example.com"+unsubscribePath+"?token=") ||
			!strings.HasPrefix(m.Text, "Dear Ann <b>Lee, http://") {
			t.Errorf("%+v", m)
		}
		for more, want := range map[string][]string{
			`,"query":"{\"roles\":\"livechat-agent\"}"`: {"ben"}, `,"query":"{\"username\":\"ben\"}"`: {"ben"}, `,"query":"{\"_id\":\"ann\"}"`: {"ann"},
			`,"query":"{\"name\":\"Ben\",\"active\":true}"`: {"ben"}, `,"query":"{\"active\":false}"`: nil, `,"query":"{\"emails.address\":\"ANN@example.org\"}"`: {"ann"},
			`,"dryrun":true`: nil, `,"dryrun":"true"`: nil,
		} {
			if status, text := send("boss", circular("x [unsubscribe]", more)); status != 200 {
				t.Errorf("%s: %s", more, text)
			}
			if got := receivers(k.kept()); !slices.Equal(got, want) {
				t.Errorf("%s: %v", more, got)
			}
		}
		for body, want := range map[string]string{
			`{"subject":"s","body":"[unsubscribe]"}`:                     "must have required property 'from' [invalid-params]",
			`{"from":{},"subject":"s","body":"[unsubscribe]"}`:           "[invalid-params]",
			`{"from":"a@b.de","subject":{},"body":"[unsubscribe]"}`:      "[invalid-params]",
			`{"from":"nobody","subject":"s","body":"[unsubscribe]"}`:     "Invalid from address [error-invalid-from-address]",
			`{"from":"a@b.de","subject":"s","body":"x"}`:                 "[error-missing-unsubscribe-link]",
			circular("[unsubscribe]", `,"query":"{\"$where\":\"1\"}"`):   "[error-invalid-query]",
			circular("[unsubscribe]", `,"query":"{\"name\":{\"a\":1}}"`): "[error-invalid-query]",
			circular("[unsubscribe]", `,"query":"x"`):                    "[error-invalid-query]",
		} {
			if status, text := send("boss", body); status != 400 || !strings.Contains(text, want) {
				t.Errorf("%s: %d %s", body, status, text)
			}
		}
		if status, _ := send("looker", circular("[unsubscribe]", "")); status != 403 {
			t.Error(status)
		}
	})
}

var link = regexp.MustCompile(unsubscribePath + `\?token=[^\s]+`)

// The page only asks; the button, a mail program's click and the endpoint do it.
func TestUnsubscribing(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		rest := func() []string {
			t.Helper()
			if status, text := k.call("boss", "POST", "/api/v1/mailer", circular("x [unsubscribe]", "")); status != 200 {
				t.Fatal(text)
			}
			return receivers(k.kept())
		}
		if status, text := k.call("boss", "POST", "/api/v1/mailer", circular("x [unsubscribe]", "")); status != 200 {
			t.Fatal(text)
		}
		path := link.FindString(k.kept()["ann@example.org"].Text)
		if status, text := k.call("", "GET", path, ""); status != 200 || !strings.Contains(text, "<button>Unsubscribe</button>") {
			t.Error(status, text)
		}
		if got := rest(); len(got) != 2 {
			t.Error("looking unsubscribed:", got)
		}
		if status, text := k.call("", "POST", path, "List-Unsubscribe=One-Click"); status != 200 || !strings.Contains(text, "you will get no more") {
			t.Error(status, text)
		}
		if got := rest(); !slices.Equal(got, []string{"ben"}) {
			t.Error(got)
		}
		k.set.Language = "ar"
		if status, text := k.call("", "POST", unsubscribePath+"?token=x", ""); status != 200 || !strings.Contains(text, `dir="rtl"`) || strings.Contains(text, "تم:") {
			t.Error(status, text)
		}
		for _, body := range []string{`{"_id":"ben"}`, `{"createdAt":"1"}`} {
			if status, _ := k.call("ann", "POST", "/api/v1/mailer.unsubscribe", body); status != 400 {
				t.Error(body, status)
			}
		}
		for i, c := range []struct {
			by, at string
			left   int
		}{{"ann", "123", 1}, {"ann", "soon", 1}, {"ann", "2023-11-14T22:13:20.000Z", 0}} {
			if status, text := k.call(c.by, "POST", "/api/v1/mailer.unsubscribe", `{"_id":"ben","createdAt":"`+c.at+`"}`); status != 200 || text != `{"success":true}` {
				t.Error(status, text)
			}
			if got := rest(); len(got) != c.left {
				t.Error(i, got)
			}
		}
		k.exec(`UPDATE mailer_recipients SET unsubscribed_at = 0`)
		k.call("ben", "POST", "/api/v1/mailer.unsubscribe", `{"_id":"ben","createdAt":"x"}`) // oneself
		if got := rest(); !slices.Equal(got, []string{"ann"}) {
			t.Error(got)
		}
	})
}

// What the console shows and does; the way to the server itself is proved in platform/mail.
func TestThePageOfMails(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.set.MailFooter = "Shop Ltd"
		if status, text := k.call("boss", "POST", "/api/v1/foyer/mail.test", `{"to":"me@example.org"}`); status != 200 || !strings.Contains(text, `"kept":true`) {
			t.Fatal(status, text)
		}
		k.deliver()
		status, text := k.call("looker", "GET", "/api/v1/foyer/mail?state=kept", "")
		var answer mailsAnswer
		if err := json.Unmarshal([]byte(text), &answer); err != nil || status != 200 || len(answer.Mails) != 1 || answer.States[mail.Kept] != 1 || !answer.Keeps || answer.From != `"Shop" <shop@example.org>` {
			t.Fatal(status, text)
		}
		if status, text := k.call("looker", "GET", "/api/v1/foyer/mail/"+answer.Mails[0].ID, ""); status != 200 || !strings.Contains(text, "Shop Ltd") || !strings.Contains(text, "me@example.org") {
			t.Error(status, text)
		}
		for _, c := range [][3]string{{"GET", "/api/v1/foyer/mail/x", ""}, {"POST", "/api/v1/foyer/mail.retry", `{"_id":"` + answer.Mails[0].ID + `"}`}} {
			if status, text := k.call("boss", c[0], c[1], c[2]); status != 404 || !strings.Contains(text, "error-mail-not-found") {
				t.Error(c, status, text)
			}
		}
		if status, _ := k.call("looker", "POST", "/api/v1/foyer/mail.test", `{"to":"me@example.org"}`); status != 403 {
			t.Error(status)
		}
		k.set.KeepMails = false
		for want, change := range map[string]func(){
			"[error-mail-not-configured]": func() { k.set.SMTPHost = "" },
			`"error":"address-forbidden"`: func() { k.set.SMTPHost, k.set.SMTPPort = "127.0.0.1", "25" },
		} {
			change()
			if _, text := k.call("boss", "POST", "/api/v1/foyer/mail.test", `{"to":"me@example.org"}`); !strings.Contains(text, want) {
				t.Error(want, text)
			}
		}
		if status, _ := k.call("boss", "POST", "/api/v1/foyer/mail.test", `{"to":"me"}`); status != 400 {
			t.Error(status)
		}
		k.exec(`INSERT INTO mails (id, kind, about, recipient, subject, message, state, due_at, created_at) VALUES ('d', 'x', 'v1', 'a@b', 's', '{}', 'dead', 1, 1)`)
		if status, text := k.call("boss", "POST", "/api/v1/foyer/mail.retry", `{"_id":"d"}`); status != 200 {
			t.Error(status, text)
		}
		c := k.Consumers()[0]
		if err := c.Handle(t.Context(), envelope(chat.VisitorErased{Visitor: "v1"})); err != nil {
			t.Error(err)
		}
		if _, total, err := k.queue.List(t.Context(), mail.Filter{State: mail.Waiting}); err != nil || total != 0 {
			t.Error("a mail about an erased visitor waits", total, err)
		}
	})
}

func TestTheServerOfTheSettings(t *testing.T) {
	s := chat.DefaultSettings()
	if mail := serverOf(s); mail.Configured() {
		t.Error(mail)
	}
	s.SMTPHost, s.SMTPPort, s.SMTPUsername, s.SMTPPassword, s.FromEmail = "h", "2525", "u", "p", "N <n@example.org>"
	for _, c := range []struct {
		protocol string
		ignore   bool
		want     mail.Encryption
	}{{"smtp", true, mail.None}, {"smtp", false, mail.STARTTLS}, {"smtps", true, mail.TLS}, {"smtps", false, mail.TLS}} {
		s.SMTPProtocol, s.SMTPIgnoreTLS, s.SMTPPool = c.protocol, c.ignore, c.ignore
		want := mail.Server{Host: "h", Port: 2525, Username: "u", Password: "p", Encryption: c.want, From: mail.Address{Name: "N", Address: "n@example.org"}, Reuse: c.ignore}
		if got := serverOf(s); got != want || !got.Configured() {
			t.Errorf("%+v", got)
		}
	}
}

func envelope(e db.Event) outbox.Envelope {
	b, _ := json.Marshal(e)
	return outbox.Envelope{ID: "1", Name: e.EventName(), Key: e.EventKey(), Payload: b}
}
