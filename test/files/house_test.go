// Package files tests uploads as the wire has them, on both engines: who may send what,
// what becomes of it, who reads it, and when it is gone.
package files

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
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
	wire "github.com/foyerchat/foyer/test/house"
)

// noon is when every test begins.
const noon = clock.Instant(1_767_268_800_000) // 2026-01-01T12:00:00Z

// house is the whole server on a clock that only the test moves.
type house struct {
	t      *testing.T
	clock  *clock.Fake
	inside *app.Inside
	data   string
}

func each(t *testing.T, f func(t *testing.T, h *house)) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			h := &house{t: t, clock: clock.NewFake(noon), data: t.TempDir()}
			c := app.Config{Storage: app.Storage{Data: h.data, Database: testkit.URL(t, engine)}, RateLimits: "off", Listen: "127.0.0.1:0"}
			var err error
			h.inside, err = app.NewInside(t.Context(), c, app.Options{Version: "test", Clock: h.clock, Log: t.Output()})
			h.must(err)
			t.Cleanup(func() { h.inside.Close() })
			h.hire("boss", "admin", "livechat-manager")
			h.hire("alice", "livechat-agent")
			h.hire("bob", "livechat-agent")
			h.set("Livechat_accept_chats_with_no_agents", true)
			h.set("Livechat_Routing_Method", "Manual_Selection")
			f(t, h)
		})
	}
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
	header http.Header
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
			v = m[int(key[0]-'0')]
		default:
			return nil
		}
	}
	return v
}

func (h *house) send(method, path, kind string, body []byte, headers ...string) answer {
	h.t.Helper()
	r := httptest.NewRequest(method, path, bytes.NewReader(body))
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	wire.Checked(h.t, h.inside.API).ServeHTTP(w, r)
	out := answer{status: w.Code, header: w.Header(), text: w.Body.String()}
	json.Unmarshal(w.Body.Bytes(), &out.body)
	if w.Code >= 500 {
		h.t.Errorf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	return out
}

func user(name string) []string { return []string{"X-Auth-Token", "t-" + name, "X-User-Id", name} }

// call sends JSON as a user, or as nobody.
func (h *house) call(who, method, path string, body any) answer {
	h.t.Helper()
	text, err := json.Marshal(body)
	h.must(err)
	if body == nil {
		text = nil
	}
	var headers []string
	if who != "" {
		headers = user(who)
	}
	return h.send(method, "/api/v1/"+path, "application/json", text, headers...)
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

// ann registers a visitor with this token and opens her room.
func (h *house) visitor(token string) (rid string) {
	h.t.Helper()
	h.ok("", "POST", "livechat/visitor", map[string]any{"visitor": map[string]any{"token": token, "name": token}})
	return h.ok("", "GET", "livechat/room?token="+token, nil).at("room._id").(string)
}

func (h *house) take(agent, rid string) {
	h.t.Helper()
	inquiry := h.ok(agent, "GET", "livechat/inquiries.getOne?roomId="+rid, nil).at("inquiry._id")
	h.ok(agent, "POST", "livechat/inquiries.take", map[string]any{"inquiryId": inquiry})
}

type part struct{ name, file, content string }

func form(parts ...part) (kind string, body []byte) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range parts {
		head := map[string][]string{"Content-Disposition": {fmt.Sprintf(`form-data; name=%q`, p.name)}}
		if p.file != "" {
			head["Content-Disposition"] = []string{fmt.Sprintf(`form-data; name=%q; filename="%s"`, p.name, p.file)}
			head["Content-Type"] = []string{"image/png"} // what the client says is not believed
		}
		out, _ := w.CreatePart(head)
		out.Write([]byte(p.content))
	}
	w.Close()
	return w.FormDataContentType(), b.Bytes()
}

func (h *house) upload(path string, headers []string, parts ...part) answer {
	h.t.Helper()
	kind, body := form(parts...)
	return h.send("POST", path, kind, body, headers...)
}

// visits sends one file as a visitor.
func (h *house) visits(token, rid, name, content string) answer {
	h.t.Helper()
	return h.upload("/api/v1/livechat/upload/"+rid, []string{"X-Visitor-Token", token}, part{"file", name, content})
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

// stored lists the content that is kept.
func (h *house) stored() (names []string) {
	h.t.Helper()
	root := filepath.Join(h.data, "files")
	filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(root, path)
			names = append(names, name)
		}
		return err
	})
	return names
}
