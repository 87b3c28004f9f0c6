package integrations

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/outbound"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/seal"
	"github.com/foyerchat/foyer/platform/testkit"
)

const start = clock.Instant(1_790_000_000_000)

// kit is the feature on a real database; settings, rooms and tokens are played by it.
type kit struct {
	*Service
	t     *testing.T
	clock *clock.Fake
	set   *chat.Settings
}

func (k *kit) Current() *chat.Settings { return k.set }

func (k *kit) Change(_ context.Context, _ chat.Actor, id string, raw json.RawMessage) error {
	d, _ := chat.SettingByID(id)
	v, err := d.Accept(raw)
	if err == nil {
		k.set = d.With(k.set, v)
	}
	return err
}

func (k *kit) Visible(_ context.Context, a chat.Actor, rid chat.RoomID) (chat.Room, chat.Can, error) {
	if a.Visitor == "" && a.User == "" || a.Visitor != "" && a.Visitor != "v1" || rid != "r1" {
		if a.IsVisitor() {
			return chat.Room{}, chat.Can{}, fault.New(fault.Invalid, "invalid-room", "")
		}
		return chat.Room{}, chat.Can{}, fault.Text(fault.Invalid, "error-invalid-room")
	}
	var open bool
	err := k.DB.QueryRow(k.t.Context(), `SELECT open FROM rooms WHERE id = $1`, rid).Scan(&open)
	return chat.Room{ID: rid, Open: open}, chat.Can{}, err
}

func (k *kit) Lend(_ context.Context, u chat.UserID, s chat.SessionID) (string, error) {
	return "lent to " + string(u) + " from " + string(s), nil
}

func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			c := clock.NewFake(start)
			k := &kit{t: t, clock: c, set: chat.DefaultSettings()}
			client := outbound.New(outbound.Options{AllowPrivate: true})
			t.Cleanup(client.Close)
			k.Service = New(Deps{DB: testkit.Open(t, engine, c), Clock: c, Log: slog.New(slog.DiscardHandler), Settings: k, Outbound: client, Rooms: k, Tokens: k})
			if err := k.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			k.exec(`INSERT INTO visitors (id, site_id, username, token, token_opens, name, ts, livechat_data, updated_at) VALUES
				('v1', 'default', 'guest-1', 'tok', true, 'Ana Lima', 1, '{"plan":"gold","email":"x","shared":"visitor"}', 1)`)
			k.exec(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, updated_at) VALUES
				('r1', 'default', 1, 'Ana', 1, 1, true, 'v1', '{}', 'widget', '{}', 1)`)
			run(k)
		})
	}
}

func (k *kit) exec(sql string, args ...any) {
	k.t.Helper()
	if err := k.DB.InTx(k.t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(k.t.Context(), sql, args...); return err }); err != nil {
		k.t.Fatal(err)
	}
}

// tell has every consumer hear an event, twice.
func (k *kit) tell(id string, e chat.Event) {
	k.t.Helper()
	for range 2 {
		for _, c := range k.Consumers() {
			if c.Events[0] != e.EventName() {
				continue
			}
			if err := c.Handle(k.t.Context(), outbox.Envelope{ID: id, Name: e.EventName(), Event: e}); err != nil {
				k.t.Fatal(err)
			}
		}
	}
}

// work runs what is due.
func (k *kit) work() {
	k.t.Helper()
	r := jobs.New(k.DB, k.clock, slog.New(slog.DiscardHandler))
	r.Handle(k.Jobs()...)
	ctx, stop := context.WithCancel(k.t.Context())
	ended := make(chan error)
	go func() { ended <- r.Run(ctx) }()
	late := time.After(20 * time.Second)
	for due := -1; due != 0; {
		if err := k.DB.QueryRow(ctx, `SELECT count(*) FROM jobs WHERE due_at <= $1`, k.clock.Now()).Scan(&due); err != nil {
			k.t.Fatal(err)
		}
		select {
		case <-late:
			k.t.Fatal(due, "jobs are not done")
		case <-time.After(2 * time.Millisecond):
		}
	}
	stop()
	if err := <-ended; err != nil {
		k.t.Fatal(err)
	}
}

// receiver is a real server that remembers what it was asked.
type receiver struct {
	*httptest.Server
	header []http.Header
	body   []string
	query  []string
	answer func(w http.ResponseWriter)
}

func newReceiver(t *testing.T) *receiver {
	f := &receiver{answer: func(http.ResponseWriter) {}}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		f.header, f.body, f.query = append(f.header, r.Header), append(f.body, string(b)), append(f.query, r.URL.RawQuery)
		f.answer(w)
	}))
	t.Cleanup(f.Close)
	return f
}

// webhooks.md 4: a receiver decodes twice, takes 16 bytes as IV and the last 16 as tag.
func TestFrame(t *testing.T) {
	each(t, func(k *kit) {
		bea := chat.Actor{User: "u7", Username: "bea"}
		if _, err := k.Frame(k.t.Context(), bea, "s1", "r1"); !fault.Has(err, "error-external-frame-disabled") {
			k.t.Error(err)
		}
		k.set.FrameEnabled, k.set.FrameURL = true, "https://crm.example/panel?tenant=a%20b#top"
		plain, err := k.Frame(k.t.Context(), bea, "s1", "r1")
		if err != nil || plain != "https://crm.example/panel?tenant=a%20b&rid=r1&uid=u7#top" { // never a plain token
			k.t.Error(plain, err)
		}
		jwk, err := k.NewFrameKey(k.t.Context(), bea)
		if err != nil || k.set.FrameKey != jwk {
			k.t.Fatal(jwk, err)
		}
		address, err := k.Frame(k.t.Context(), bea, "s1", "r1")
		u, perr := url.Parse(address)
		if err != nil || perr != nil {
			k.t.Fatal(err, perr)
		}
		once := u.Query().Get("t")
		twice, err := url.QueryUnescape(once)
		if err != nil || once == twice { // base64 of 16-byte groups ends in "=": escaped twice it differs
			k.t.Error(once, twice, err)
		}
		key, _ := chat.FrameKey(jwk)
		if token, err := seal.Open(key, twice); err != nil || token != "lent to u7 from s1" {
			k.t.Error(token, err)
		}
		if again, _ := k.Frame(k.t.Context(), bea, "s1", "r1"); again == address {
			k.t.Error("the IV is not random")
		}
		if _, err := k.Frame(k.t.Context(), bea, "s1", "r2"); err == nil {
			k.t.Error("a frame beside a room one may not see")
		}
	})
}

func TestFrameKeys(t *testing.T) {
	good := chat.NewFrameKey(seal.NewKey())
	for jwk, ok := range map[string]bool{"": true, good: true, "hush": false, strings.Replace(good, "oct", "RSA", 1): false,
		strings.Replace(good, "A256GCM", "A128GCM", 1): false, `{"kty":"oct","alg":"A256GCM","k":"c2hvcnQ"}`: false} {
		d, _ := chat.SettingByID("Omnichannel_External_Frame_Encryption_JWK")
		raw, _ := json.Marshal(jwk)
		if _, err := d.Accept(raw); (err == nil) != ok {
			t.Errorf("%s: %v", jwk, err)
		}
	}
}

// webhooks.md 5: both forms, decided by the path; custom fields replace nothing.
func TestRDStation(t *testing.T) {
	each(t, func(k *kit) {
		f := newReceiver(k.t)
		room := chat.Room{ID: "r1", V: chat.VisitorView{ID: "v1"}, Tags: []string{"billing"}, LivechatData: map[string]string{"order": "A-17", "shared": "room", "telefone": "evil"}}
		k.tell("e0", chat.RoomClosed{Room: room}) // no token
		k.set.RDStationToken, k.set.RDStationURL = "hush", f.URL+"/api/1.3/conversions"
		k.tell("e1", chat.RoomClosed{Room: room}) // no address of the visitor's
		k.work()
		if len(f.body) != 0 {
			k.t.Fatal(f.body)
		}
		k.exec(`INSERT INTO visitor_emails (visitor_id, position, address) VALUES ('v1', 0, 'ana@example.org'), ('v1', 1, 'b@example.org')`)
		k.tell("e2", chat.RoomClosed{Room: room})
		k.work()
		k.exec(`INSERT INTO visitor_phones (visitor_id, position, number) VALUES ('v1', 0, '5511')`)
		k.set.RDStationURL = f.URL + "/platform/conversions?x=1"
		k.tell("e3", chat.RoomDescribed{Room: room})
		k.work()
		want := []any{
			map[string]any{"token_rdstation": "hush", "identificador": "rocketchat-livechat", "client_id": "v1", "email": "ana@example.org", "nome": "Ana Lima",
				"tags": []any{"billing"}, "order": "A-17", "shared": "visitor", "plan": "gold"},
			map[string]any{"event_type": "CONVERSION", "event_family": "CDP", "payload": map[string]any{"conversion_identifier": "rocketchat-livechat",
				"email": "ana@example.org", "name": "Ana Lima", "personal_phone": "5511", "client_tracking_id": "v1", "tags": []any{"billing"},
				"cf_order": "A-17", "cf_shared": "visitor", "cf_plan": "gold", "cf_email": "x", "cf_telefone": "evil"}},
		}
		var got []any
		for _, b := range f.body {
			var v any
			if err := json.Unmarshal([]byte(b), &v); err != nil {
				k.t.Fatal(err)
			}
			got = append(got, v)
		}
		if !reflect.DeepEqual(got, want) {
			k.t.Errorf("%v", got)
		}
		if q := f.query[1]; q != "api_key=hush&x=1" {
			k.t.Error(q)
		}
	})
}

// As receivers of webhooks are: 10 retries, 10 seconds apart, then given up.
func TestRDStationDoesNotAnswer(t *testing.T) {
	each(t, func(k *kit) {
		f := newReceiver(k.t)
		f.answer = func(w http.ResponseWriter) { w.WriteHeader(500) }
		k.exec(`INSERT INTO visitor_emails (visitor_id, position, address) VALUES ('v1', 0, 'ana@example.org')`)
		k.set.RDStationToken, k.set.RDStationURL = "hush", f.URL
		k.tell("e1", chat.RoomClosed{Room: chat.Room{ID: "r1", V: chat.VisitorView{ID: "v1"}}})
		for n := range leadAttempts {
			if k.work(); len(f.body) != n+1 {
				k.t.Fatal(len(f.body), "requests, want", n+1)
			}
			k.clock.Advance(leadPause - time.Millisecond)
			if k.work(); len(f.body) != n+1 {
				k.t.Fatal("tried before its time")
			}
			k.clock.Advance(time.Millisecond)
		}
		k.work()
		var left int
		if err := k.DB.QueryRow(k.t.Context(), `SELECT count(*) FROM jobs`).Scan(&left); err != nil || left != 0 || len(f.body) != leadAttempts {
			k.t.Error(left, len(f.body), err)
		}
	})
}

// webhooks.md 10: when the site is asked, what of, what is kept and for how long.
func TestIdentity(t *testing.T) {
	each(t, func(k *kit) {
		f := newReceiver(k.t)
		f.answer = func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			io.WriteString(w, `{"plan":"gold <b>","email":"ana@example.org","logged_in":true,"age":3,"name":"Ana"}`)
		}
		ctx, guest, bea := k.t.Context(), chat.Actor{Visitor: "v1"}, chat.Actor{User: "u7", Username: "bea"}
		claim := func(custom string) {
			k.t.Helper()
			if err := k.Claim(ctx, guest, "r1", custom); err != nil {
				k.t.Fatal(err)
			}
			k.work()
		}
		claim("before there is an address")
		if _, err := k.Verify(ctx, bea, "r1"); !fault.Has(err, "error-no-identity-claim") {
			k.t.Error(err)
		}
		k.set.IdentityURL, k.set.WebhookToken = f.URL, "hush"
		claim("")
		claim("PHPSESSID=1")
		claim("PHPSESSID=1") // the same asks nothing
		if len(f.body) != 1 || f.body[0] != `{"custom":"PHPSESSID=1","rid":"r1","visitorToken":"tok"}` || f.header[0].Get("X-RocketChat-Livechat-Token") != "hush" ||
			f.header[0].Get("Content-Type") != "application/json" {
			k.t.Fatal(f.body, f.header)
		}
		yes := true
		checks, may, err := k.Identity(ctx, bea, "r1")
		want := Check{At: start, LoggedIn: &yes, Fields: []Field{{"name", "Ana"}, {"email", "ana@example.org"}, {"plan", "gold <b>"}, {"age", "3"}}}
		if err != nil || !may || len(checks) != 1 {
			k.t.Fatal(checks, may, err)
		}
		var told string
		if err := k.DB.QueryRow(ctx, `SELECT payload FROM outbox WHERE name = 'identity.checked'`).Scan(&told); err != nil || told != `{"rid":"r1","email":"ana@example.org"}` {
			k.t.Error(told, err)
		}
		if checks[0].ID = ""; !reflect.DeepEqual(checks[0], want) {
			k.t.Errorf("%+v", checks[0])
		}
		k.set.IdentityFormat = "form"
		claim("a&b=c ü")
		if got, err := url.ParseQuery(f.body[1]); err != nil || !reflect.DeepEqual(got, url.Values{"custom": {"a&b=c ü"}, "visitorToken": {"tok"}, "rid": {"r1"}}) {
			k.t.Error(f.body[1], err)
		}
		var stored string
		if err := k.DB.QueryRow(ctx, `SELECT value FROM identity_claims`).Scan(&stored); err != nil || strings.Contains(stored, "a&b") {
			k.t.Error(stored, err)
		}
		k.clock.Advance(time.Second)
		if c, err := k.Verify(ctx, bea, "r1"); err != nil || c.By != "bea" || len(f.body) != 3 {
			k.t.Error(c, err)
		}
		if _, _, err := k.Identity(ctx, chat.Actor{}, "r1"); err == nil {
			k.t.Error("shown to somebody who may not see the room")
		}
		if err := k.Claim(ctx, chat.Actor{Visitor: "v2"}, "r1", "x"); err == nil {
			k.t.Error("somebody else's room")
		}
		k.exec(`UPDATE rooms SET open = false`)
		k.tell("e1", chat.RoomClosed{Room: chat.Room{ID: "r1"}})
		claim("after the end")
		var left int
		if err := k.DB.QueryRow(ctx, `SELECT count(*) FROM identity_claims`).Scan(&left); err != nil || left != 0 {
			k.t.Error(left, err)
		}
		if checks, may, err := k.Identity(ctx, bea, "r1"); err != nil || may || len(checks) != 3 || checks[0].By != "bea" {
			k.t.Error(checks, may, err)
		}
	})
}

// What is not an answer is "not verified" with the reason.
func TestNotVerified(t *testing.T) {
	yes := true
	for _, c := range []struct {
		name, kind, body string
		want             Check
	}{
		{"text", "text/plain", " signed in as <b>Ana</b> ", Check{Text: "signed in as <b>Ana</b>", Fields: []Field{}}},
		{"a script that does not say", "", "yes", Check{Text: "yes", Fields: []Field{}}},
		{"a script's usual type", "text/html; charset=utf-8", "yes", Check{Text: "yes", Fields: []Field{}}},
		{"a list", "application/json", "[1]", Check{Text: "[1]", Fields: []Field{}}},
		{"cut", "application/json", `{"name":"An`, Check{Text: `{"name":"An`, Fields: []Field{}}},
		{"nested", "application/json", `{"a":{"b":1},"logged_in":"no","c":null}`, Check{Fields: []Field{{"a", `{"b":1}`}, {"logged_in", "no"}, {"c", "null"}}}},
		{"only that", "application/json", `{"logged_in":true}`, Check{LoggedIn: &yes, Fields: []Field{}}},
		{"nothing", "text/plain", " ", Check{Reason: reasonUnreadable}},
		{"a picture", "image/png", "x", Check{Reason: reasonUnreadable}},
	} {
		res := outbound.Response{Status: 200, Header: http.Header{"Content-Type": {c.kind}}, Body: []byte(c.body)}
		if got := read(res, ""); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	if got := read(outbound.Response{Status: 404}, ""); got.Reason != "status-404" {
		t.Error(got)
	}
	if got := read(outbound.Response{}, outbound.TimedOut); got.Reason != "timed-out" {
		t.Error(got)
	}
	each(t, func(k *kit) {
		f := newReceiver(k.t)
		f.answer = func(w http.ResponseWriter) { io.WriteString(w, strings.Repeat("x", 10_000)) }
		k.set.IdentityURL = f.URL
		if err := k.Claim(k.t.Context(), chat.Actor{Visitor: "v1"}, "r1", "x"); err != nil {
			k.t.Fatal(err)
		}
		if c, err := k.Verify(k.t.Context(), chat.Actor{User: "u"}, "r1"); err != nil || len(c.Text) != identityBytes {
			k.t.Error(len(c.Text), err)
		}
	})
}
