// Package inboxes tests the e-mail channel as a whole, on both engines: a real IMAP and a
// real SMTP conversation, the chats in between through their endpoints.
package inboxes

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http/httptest"
	"slices"
	"strings"
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
	"github.com/foyerchat/foyer/test/invariants"
)

// noon is when every test begins.
const noon = clock.Instant(1_767_268_800_000) // 2026-01-01T12:00:00Z

// house is the whole server on a clock that only the test moves, and a mail provider.
type house struct {
	t      *testing.T
	clock  *clock.Fake
	config app.Config
	inside *app.Inside
	post   *post
}

func each(t *testing.T, f func(t *testing.T, h *house)) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			h := &house{t: t, clock: clock.NewFake(noon), post: newPost(t)}
			h.config = app.Config{Storage: app.Storage{Data: t.TempDir(), Database: testkit.URL(t, engine)}, RateLimits: "off", Listen: "127.0.0.1:0", AllowPrivateOutbound: true}
			h.open()
			t.Cleanup(func() { h.inside.Close() })
			h.hire("boss", "admin", "livechat-manager")
			h.hire("alice", "livechat-agent")
			h.hire("bob", "livechat-agent")
			h.set("Livechat_accept_chats_with_no_agents", true)
			h.set("Livechat_Routing_Method", "Manual_Selection")
			f(t, h)
			h.settle()
			broken, err := invariants.Broken(context.Background(), h.inside.DB)
			h.must(err)
			for _, what := range broken {
				t.Error(what)
			}
		})
	}
}

// open starts the server on what is stored.
func (h *house) open() {
	h.t.Helper()
	var err error
	h.inside, err = app.NewInside(h.t.Context(), h.config, app.Options{Version: "test", Clock: h.clock, Log: h.t.Output()})
	h.must(err)
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
	h.exec(`INSERT INTO user_emails (address, user_id, position, verified) VALUES ($1, $2, 0, true)`, name+"@team.example", name)
	for _, role := range roles {
		h.exec(`INSERT INTO user_roles (user_id, role) VALUES ($1, $2)`, name, role)
	}
	if slices.Contains(roles, chat.RoleAgent) {
		h.exec(`INSERT INTO agents (user_id, status_livechat, updated_at) VALUES ($1, 'available', $2)`, name, now)
		h.comes(name)
	}
	h.exec(`INSERT INTO sessions (id, user_id, token_hash, created_at, last_used_at, expires_at) VALUES ($1, $2, $3, $4, $4, $5)`,
		"s-"+name, name, id.Hash("t-"+name), now, now.Add(900*24*time.Hour))
}

func (h *house) comes(name string) {
	h.exec(`INSERT INTO presence (connection_id, user_id, session_id, status, expires_at) VALUES ($1, $1, 's', 'online', $2)`, name, h.clock.Now().Add(10000*time.Hour))
}

func (h *house) leaves(name string) { h.exec(`DELETE FROM presence WHERE user_id = $1`, name) }

// answer is what came back.
type answer struct {
	status int
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
			if n := int(key[0] - '0'); n < len(m) {
				v = m[n]
			} else {
				return nil
			}
		default:
			return nil
		}
	}
	return v
}

// call sends JSON as a user.
func (h *house) call(who, method, path string, body any) answer {
	h.t.Helper()
	var text []byte
	if body != nil {
		var err error
		text, err = json.Marshal(body)
		h.must(err)
	}
	r := httptest.NewRequest(method, "/api/v1/"+path, bytes.NewReader(text))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Auth-Token", "t-"+who)
	r.Header.Set("X-User-Id", who)
	w := httptest.NewRecorder()
	h.inside.API.ServeHTTP(w, r)
	out := answer{status: w.Code, text: w.Body.String()}
	json.Unmarshal(w.Body.Bytes(), &out.body)
	if w.Code >= 500 {
		h.t.Errorf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	return out
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

// settle delivers every event and runs every job that is due until nothing follows.
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
			if slices.Contains(c.Events, e.Name) {
				h.must(c.Handle(context.Background(), e))
			}
		}
		h.exec(`DELETE FROM outbox WHERE id = $1`, e.ID)
	}
	return len(events) > 0
}

// work runs what is due; what fails is tried again after its pause.
func (h *house) work() bool {
	h.t.Helper()
	type job struct {
		id, kind, key, payload string
		attempt                int
	}
	due, err := db.All(context.Background(), h.inside.DB, func(r db.Row) (j job, err error) {
		err = r.Scan(&j.id, &j.kind, &j.key, &j.payload, &j.attempt)
		return j, err
	}, `SELECT id, kind, key, payload, attempt FROM jobs WHERE dead_at = 0 AND due_at <= $1 ORDER BY due_at, id`, h.clock.Now())
	h.must(err)
	for _, j := range due {
		k := h.inside.Jobs[slices.IndexFunc(h.inside.Jobs, func(k jobs.Kind) bool { return k.Name == j.kind })]
		err := k.Run(context.Background(), jobs.Run{ID: j.id, Key: j.key, Attempt: j.attempt + 1, Payload: json.RawMessage(j.payload)})
		if err != nil {
			h.exec(`UPDATE jobs SET attempt = attempt + 1, due_at = $2 WHERE id = $1`, j.id, h.clock.Now().Add(k.Backoff(j.attempt+1)))
			continue
		}
		h.exec(`DELETE FROM jobs WHERE id = $1`, j.id)
	}
	return len(due) > 0
}

// inbox is the request that makes one at the provider.
func (h *house) inbox(change ...any) map[string]any {
	server := func(port int) map[string]any {
		return map[string]any{"server": "127.0.0.1", "port": port, "username": "shop", "password": password, "secure": false}
	}
	imap := server(h.post.imapPort)
	imap["maxRetries"] = 3
	r := map[string]any{"active": true, "name": "Shop", "email": "Shop@Example.org", "senderInfo": "The Shop", "smtp": server(h.post.smtpPort), "imap": imap}
	for n := 0; n < len(change); n += 2 {
		r[change[n].(string)] = change[n+1]
	}
	return r
}

// watches has the server look after the inboxes until the function it returns is called.
func (h *house) watches() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended, inside := make(chan struct{}), h.inside
	go func() { inside.Inboxes.Run(ctx); close(ended) }()
	once := false
	stop = func() {
		if !once {
			once = true
			cancel()
			<-ended
		}
	}
	h.t.Cleanup(stop)
	return stop
}

// until waits for what other goroutines do; they wait for nothing but the network of this machine.
func (h *house) until(what string, is func() bool) {
	h.t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			h.t.Fatalf("%s: not within 20 s", what)
		}
		h.inside.Inboxes.Forget() // as every node does on InboxesChanged
	}
	h.settle()
}

// seen waits until every mail was taken in.
func (h *house) seen() {
	h.t.Helper()
	h.until("all mails seen", func() bool { n, _ := h.post.unseen(); return n == 0 })
}

// status is how it goes with the only inbox.
func (h *house) status() string {
	a := h.call("boss", "GET", "email-inbox.list", nil)
	return fmt.Sprint(a.at("emailInboxes.0.active"), " ", a.at("emailInboxes.0.status.state"), " ", a.at("emailInboxes.0.status.failures"), " ", a.at("emailInboxes.0.status.error"))
}

// written is a mail of ann's; the lines are headers, an empty one, and the text.
func written(id string, lines ...string) string {
	return "From: Ann Bee <Ann@example.com>\nTo: shop@example.org\nMessage-ID: <" + id + ">\n" + strings.Join(lines, "\n") + "\n"
}

// brings delivers a mail now and waits until it was taken in.
func (h *house) brings(raw string) {
	h.t.Helper()
	h.post.brings(h.clock.Now().Time().Add(time.Second), raw)
	h.seen()
}

// rooms are the rooms of mails, the oldest first.
func (h *house) rooms() []string {
	h.t.Helper()
	all, err := db.All(context.Background(), h.inside.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, `SELECT id FROM rooms WHERE source_type = 'email' ORDER BY ts, id`)
	h.must(err)
	return all
}

// said are the texts of a room's messages, system messages in parentheses.
func (h *house) said(rid string) (all []string) {
	h.t.Helper()
	for _, m := range h.messages(rid) {
		text := fmt.Sprint(m["msg"])
		if m["t"] != nil {
			text = fmt.Sprintf("(%s)", m["t"])
		}
		all = append(all, text)
	}
	return all
}

func (h *house) messages(rid string) (all []map[string]any) {
	h.t.Helper()
	list, _ := h.call("boss", "GET", "foyer/rooms/"+rid+"/history", nil).at("messages").([]any)
	for _, m := range list {
		all = append(all, m.(map[string]any))
	}
	return all
}

func (h *house) take(agent, rid string) {
	h.t.Helper()
	inquiry := h.ok(agent, "GET", "livechat/inquiries.getOne?roomId="+rid, nil).at("inquiry._id")
	h.ok(agent, "POST", "livechat/inquiries.take", map[string]any{"inquiryId": inquiry})
}

func (h *house) close(agent, rid string) {
	h.t.Helper()
	h.ok(agent, "POST", "livechat/room.closeByUser", map[string]any{"rid": rid, "comment": "done"})
}

// answers says something as an agent to a mail, as clients quote it.
func (h *house) answers(agent, rid, message, text string) answer {
	h.t.Helper()
	return h.call(agent, "POST", "chat.sendMessage", map[string]any{"message": map[string]any{"rid": rid, "msg": "[ ](https://chat.example/live/" + rid + "?msg=" + message + ") " + text}})
}

// upload sends a file as an agent.
func (h *house) upload(agent, rid, name, content string) (message string) {
	h.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	h.must(err)
	part.Write([]byte(content))
	w.Close()
	r := httptest.NewRequest("POST", "/api/v1/rooms.media/"+rid, &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("X-Auth-Token", "t-"+agent)
	r.Header.Set("X-User-Id", agent)
	out := httptest.NewRecorder()
	h.inside.API.ServeHTTP(out, r)
	var answer struct {
		File struct {
			ID string `json:"_id"`
		}
	}
	h.must(json.Unmarshal(out.Body.Bytes(), &answer))
	if out.Code != 200 {
		h.t.Fatalf("%d %s", out.Code, out.Body)
	}
	a := h.ok(agent, "POST", "rooms.mediaConfirm/"+rid+"/"+answer.File.ID, map[string]any{"msg": ""})
	message, _ = a.at("message._id").(string)
	return message
}
