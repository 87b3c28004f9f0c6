// Package sms tests text messages from a provider's request to a provider's request, in the
// whole server and on both engines. The providers are small servers that speak as the real ones.
package sms

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/foyerchat/foyer/app"
	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/testkit"
)

const (
	noon  = clock.Instant(1_767_268_800_000) // 2026-01-01T12:00:00Z
	site  = "https://chat.example.org"
	sid   = "AC0123"
	token = "twilio-token"
	ann   = "+15550101"
	ours  = "+15550999"
)

// request is one that a provider got.
type request struct {
	method, path string
	query        url.Values
	header       http.Header
	body         string
}

// provider is a server of others: it keeps what it gets and answers as it is told.
type provider struct {
	*httptest.Server
	mu     sync.Mutex
	all    []request
	answer func(w http.ResponseWriter, r *http.Request)
}

func (p *provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	p.mu.Lock()
	p.all = append(p.all, request{r.Method, r.URL.Path, r.URL.Query(), r.Header, string(body)})
	answer := p.answer
	p.mu.Unlock()
	answer(w, r)
}

// got is what came since it was asked last.
func (p *provider) got() []request {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := p.all
	p.all = nil
	return all
}

func (p *provider) says(status int, text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answer = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		io.WriteString(w, text)
	}
}

// house is the whole server on a clock that only the test moves, and a provider.
type house struct {
	t        *testing.T
	clock    *clock.Fake
	inside   *app.Inside
	provider *provider
}

func each(t *testing.T, f func(t *testing.T, h *house)) { eachWith(t, true, f) }

func eachWith(t *testing.T, private bool, f func(t *testing.T, h *house)) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			h := &house{t: t, clock: clock.NewFake(noon), provider: &provider{}}
			h.provider.Server = httptest.NewServer(h.provider)
			h.provider.Config.SetKeepAlivesEnabled(false) // who comes after its end finds nobody
			t.Cleanup(h.provider.Close)
			h.provider.says(201, `{"sid":"SM1","status":"queued"}`)
			c := app.Config{Storage: app.Storage{Data: t.TempDir(), Database: testkit.URL(t, engine)}, RateLimits: "off", Listen: "127.0.0.1:0", AllowPrivateOutbound: private}
			var err error
			h.inside, err = app.NewInside(t.Context(), c, app.Options{Version: "test", Clock: h.clock, Log: t.Output(), TwilioAPI: h.provider.URL})
			h.must(err)
			t.Cleanup(func() { h.inside.Close() })
			h.hire("boss", "admin", "livechat-manager")
			h.hire("alice", "livechat-agent")
			h.set("Site_Url", site)
			h.set("Livechat_accept_chats_with_no_agents", true)
			h.set("Livechat_Routing_Method", "Manual_Selection")
			h.set("SMS_Enabled", true)
			f(t, h)
		})
	}
}

// twilio is each with an account at Twilio.
func twilio(t *testing.T, f func(t *testing.T, h *house)) {
	each(t, func(t *testing.T, h *house) {
		h.account()
		f(t, h)
	})
}

func (h *house) account() {
	h.set("SMS_Twilio_Account_SID", sid)
	h.set("SMS_Twilio_authToken", token)
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) exec(sql string, args ...any) {
	h.t.Helper()
	h.must(h.inside.DB.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	}))
}

func (h *house) count(sql string, args ...any) (n int64) {
	h.t.Helper()
	h.must(h.inside.DB.QueryRow(context.Background(), sql, args...).Scan(&n))
	return n
}

// hire makes a user whose id is his name and who is signed in with the token "t-name".
func (h *house) hire(name string, roles ...string) {
	h.t.Helper()
	now := h.clock.Now()
	h.exec(`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ($1, $1, $1, $1, $2, $2)`, name, now)
	for _, role := range roles {
		h.exec(`INSERT INTO user_roles (user_id, role) VALUES ($1, $2)`, name, role)
	}
	if slices.Contains(roles, chat.RoleAgent) {
		h.exec(`INSERT INTO agents (user_id, status_livechat, updated_at) VALUES ($1, 'available', $2)`, name, now)
		h.exec(`INSERT INTO presence (connection_id, user_id, session_id, status, expires_at) VALUES ($1, $1, 's', 'online', $2)`, name, now.Add(1000*time.Hour))
	}
	h.exec(`INSERT INTO sessions (id, user_id, token_hash, created_at, last_used_at, expires_at) VALUES ($1, $2, $3, $4, $4, $5)`,
		"s-"+name, name, id.Hash("t-"+name), now, now.Add(900*24*time.Hour))
}

// answer is what came back.
type answer struct {
	status int
	kind   string
	text   string
	body   map[string]any
}

// at is the value under a path of keys and indexes, or nil.
func (a answer) at(path string) any {
	var v any = a.body
	for _, key := range strings.Split(path, ".") {
		switch m := v.(type) {
		case map[string]any:
			v = m[key]
		case []any:
			i := int(key[0] - '0')
			if i >= len(m) {
				return nil
			}
			v = m[i]
		default:
			return nil
		}
	}
	return v
}

func (h *house) send(method, path, kind, body string, headers ...string) answer {
	h.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.inside.API.ServeHTTP(w, r)
	out := answer{status: w.Code, kind: w.Header().Get("Content-Type"), text: w.Body.String()}
	json.Unmarshal(w.Body.Bytes(), &out.body)
	if w.Code >= 500 {
		h.t.Errorf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	return out
}

// call sends JSON as a user.
func (h *house) call(who, method, path string, body any) answer {
	h.t.Helper()
	text := ""
	if body != nil {
		b, err := json.Marshal(body)
		h.must(err)
		text = string(b)
	}
	return h.send(method, "/api/v1/"+path, "application/json", text, "X-Auth-Token", "t-"+who, "X-User-Id", who)
}

func (h *house) ok(who, method, path string, body any) answer {
	h.t.Helper()
	a := h.call(who, method, path, body)
	if a.status != 200 {
		h.t.Fatalf("%s %s: %d %s", method, path, a.status, a.text)
	}
	h.settle()
	return a
}

func (h *house) set(id string, value any) {
	h.t.Helper()
	h.ok("boss", "POST", "settings/"+id, map[string]any{"value": value})
}

const incoming = "/api/v1/livechat/sms-incoming/"

// form are values as a form has them, a pair after the other.
func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// hello is a text of Ann's.
func hello(more ...string) url.Values {
	v := form("From", ann, "To", ours, "Body", "hello")
	maps.Copy(v, form(more...))
	return v
}

// signature is what Twilio signs a form with.
func signature(address string, v url.Values) string {
	m := hmac.New(sha1.New, []byte(token))
	m.Write([]byte(address))
	for _, name := range slices.Sorted(maps.Keys(v)) {
		m.Write([]byte(name + v.Get(name)))
	}
	return base64.StdEncoding.EncodeToString(m.Sum(nil))
}

// texts sends a form as Twilio does.
func (h *house) texts(v url.Values, query ...string) answer {
	h.t.Helper()
	path := incoming + "twilio" + strings.Join(query, "")
	a := h.send("POST", path, "application/x-www-form-urlencoded", v.Encode(), "X-Twilio-Signature", signature(site+path, v))
	h.settle()
	return a
}

// arrives is texts that must be taken.
func (h *house) arrives(v url.Values, query ...string) {
	h.t.Helper()
	if a := h.texts(v, query...); a.status != 200 || a.kind != "text/xml" || a.text != "<Response></Response>" {
		h.t.Fatalf("%d %s %s", a.status, a.kind, a.text)
	}
}

// room is the only room there is, as alice sees it.
func (h *house) room() (rid string, room answer) {
	h.t.Helper()
	h.must(h.inside.DB.QueryRow(context.Background(), `SELECT id FROM rooms ORDER BY ts DESC LIMIT 1`).Scan(&rid))
	return rid, h.ok("boss", "GET", "foyer/rooms/"+rid, nil)
}

// served is Ann's room, taken by alice.
func (h *house) served() string {
	h.t.Helper()
	h.arrives(hello())
	rid, _ := h.room()
	inquiry := h.ok("alice", "GET", "livechat/inquiries.getOne?roomId="+rid, nil).at("inquiry._id")
	h.ok("alice", "POST", "livechat/inquiries.take", map[string]any{"inquiryId": inquiry})
	h.provider.got()
	return rid
}

func (h *house) replies(rid, text string) {
	h.t.Helper()
	h.ok("alice", "POST", "chat.sendMessage", map[string]any{"message": map[string]any{"rid": rid, "msg": text}})
}

// message is one of a room.
type message struct {
	ID, Msg, T  string
	Attachments []map[string]any
	Location    map[string]any
}

// said lists what was said in a room, and told to its agents.
func (h *house) said(rid string) (all []message) {
	h.t.Helper()
	all, err := db.All(context.Background(), h.inside.DB, func(r db.Row) (m message, err error) {
		var extra struct {
			Attachments []map[string]any
			Location    map[string]any
		}
		err = r.Scan(&m.ID, &m.Msg, &m.T, db.JSON(&extra))
		m.Attachments, m.Location = extra.Attachments, extra.Location
		return m, err
	}, `SELECT id, msg, t, extra FROM messages WHERE room_id = $1 AND t IN ('', 'foyer_undelivered') ORDER BY seq`, rid)
	h.must(err)
	return all
}

// notices are what alice is told of messages that did not leave.
func (h *house) notices(rid string) (all []string) {
	for _, m := range h.said(rid) {
		if m.T != "" {
			all = append(all, m.Msg)
		}
	}
	return all
}

// settle delivers every event, each twice, and runs every job that is due until nothing follows.
func (h *house) settle() {
	h.t.Helper()
	for h.deliver() || h.work() {
	}
}

func (h *house) deliver() bool {
	h.t.Helper()
	events, err := db.All(context.Background(), h.inside.DB, func(r db.Row) (e outbox.Envelope, err error) {
		var payload string
		err = r.Scan(&e.ID, &e.Name, &e.Key, &payload, &e.At)
		e.Payload = []byte(payload)
		return e, err
	}, `SELECT id, name, key, payload, at FROM outbox ORDER BY id LIMIT 50`)
	h.must(err)
	for _, e := range events {
		for _, c := range h.inside.Consumers {
			for range 2 {
				if slices.Contains(c.Events, e.Name) {
					h.must(c.Handle(context.Background(), e))
				}
			}
		}
		h.exec(`DELETE FROM outbox WHERE id = $1`, e.ID)
	}
	return len(events) > 0
}

func (h *house) work() bool {
	h.t.Helper()
	type job struct{ id, kind, key, payload string }
	due, err := db.All(context.Background(), h.inside.DB, func(r db.Row) (j job, err error) {
		err = r.Scan(&j.id, &j.kind, &j.key, &j.payload)
		return j, err
	}, `SELECT id, kind, key, payload FROM jobs WHERE dead_at = 0 AND due_at <= $1 ORDER BY due_at, id`, h.clock.Now())
	h.must(err)
	for _, j := range due {
		i := slices.IndexFunc(h.inside.Jobs, func(k jobs.Kind) bool { return k.Name == j.kind })
		h.must(h.inside.Jobs[i].Run(context.Background(), jobs.Run{ID: j.id, Key: j.key, Attempt: 1, Payload: json.RawMessage(j.payload)}))
		h.exec(`DELETE FROM jobs WHERE id = $1`, j.id)
	}
	return len(due) > 0
}
