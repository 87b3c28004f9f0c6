// Package house is the whole server inside a test, on a clock that only the test moves:
// it is spoken to over HTTP, and events are delivered and jobs run when the test says so.
package house

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
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
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
	"github.com/foyerchat/foyer/test/invariants"
)

// Noon is when every test begins.
const Noon = clock.Instant(1_767_268_800_000) // 2026-01-01T12:00:00Z

// House is the server and who works there: boss administers, alice and bob are agents.
// Chats wait in the queue until somebody takes them, also while nobody is there.
type House struct {
	T       *testing.T
	Clock   *clock.Fake
	Config  app.Config
	Options app.Options
	Inside  *app.Inside
	// JobsFail has a job that fails tried again after its pause; else the test fails.
	JobsFail bool
	server   *httptest.Server
}

// Each runs a test on both engines. Prepare, if there is one, changes what the server is
// opened with. At its end everything that follows happens, and must leave no contradiction.
func Each(t *testing.T, prepare func(h *House), test func(t *testing.T, h *House)) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			h := &House{T: t, Clock: clock.NewFake(Noon)}
			h.Config = app.Config{Storage: app.Storage{Data: t.TempDir(), Database: testkit.URL(t, engine)}, RateLimits: "off", Listen: "127.0.0.1:0", AllowPrivateOutbound: true}
			h.Options = app.Options{Version: "test", Clock: h.Clock, Log: t.Output()}
			if prepare != nil {
				prepare(h)
			}
			h.Open()
			t.Cleanup(func() { h.Inside.Close() })
			h.server = httptest.NewServer(Checked(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.Inside.API.ServeHTTP(w, r) })))
			t.Cleanup(h.server.Close)
			h.Hire("boss", "admin", "livechat-manager")
			h.Hire("alice", "livechat-agent")
			h.Hire("bob", "livechat-agent")
			h.Set("Livechat_accept_chats_with_no_agents", true)
			h.Set("Livechat_Routing_Method", "Manual_Selection")
			test(t, h)
			h.Settle()
			h.sound()
		})
	}
}

var document = sync.OnceValue(func() []byte { return rest.OpenAPI(app.Rows(), "") })

// Checked is the API, whose answers are held against the document of all of it.
func Checked(t testing.TB, api http.Handler) http.Handler {
	t.Helper()
	return testkit.Checked(t, api, document())
}

// sound fails the test when what is stored contradicts itself.
func (h *House) sound() {
	h.T.Helper()
	broken, err := invariants.Broken(context.Background(), h.Inside.DB)
	h.Must(err)
	for _, what := range broken {
		h.T.Error(what)
	}
}

// Open starts the server on what is stored.
func (h *House) Open() {
	h.T.Helper()
	var err error
	h.Inside, err = app.NewInside(h.T.Context(), h.Config, h.Options)
	h.Must(err)
}

// Restart ends the server and starts it anew.
func (h *House) Restart() {
	h.T.Helper()
	h.Must(h.Inside.Close())
	h.Open()
}

// Must fails the test on an error.
func (h *House) Must(err error) {
	h.T.Helper()
	if err != nil {
		h.T.Fatal(err)
	}
}

// Exec changes the database by hand.
func (h *House) Exec(sql string, args ...any) {
	h.T.Helper()
	h.Must(h.Inside.DB.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	}))
}

// Count is the number a query answers.
func (h *House) Count(sql string, args ...any) (n int64) {
	h.T.Helper()
	h.Must(h.Inside.DB.QueryRow(context.Background(), sql, args...).Scan(&n))
	return n
}

// Texts are what a query answers in its one column.
func (h *House) Texts(sql string, args ...any) []string {
	h.T.Helper()
	all, err := db.All(context.Background(), h.Inside.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, sql, args...)
	h.Must(err)
	return all
}

// Hire makes a user whose id is his name and who is signed in with the token "t-name".
func (h *House) Hire(name string, roles ...string) {
	h.T.Helper()
	now := h.Clock.Now()
	h.Exec(`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ($1, $1, $1, $1, $2, $2)`, name, now)
	h.Exec(`INSERT INTO user_emails (address, user_id, position, verified) VALUES ($1, $2, 0, true)`, name+"@team.example", name)
	for _, role := range roles {
		h.Exec(`INSERT INTO user_roles (user_id, role) VALUES ($1, $2)`, name, role)
	}
	if slices.Contains(roles, chat.RoleAgent) {
		h.Exec(`INSERT INTO agents (user_id, status_livechat, updated_at) VALUES ($1, 'available', $2)`, name, now)
		h.Comes(name)
	}
	h.Exec(`INSERT INTO sessions (id, user_id, token_hash, created_at, last_used_at, expires_at) VALUES ($1, $2, $3, $4, $4, $5)`,
		"s-"+name, name, id.Hash("t-"+name), now, now.Add(900*24*time.Hour))
}

// Comes has an agent be there, Leaves not any more.
func (h *House) Comes(name string) {
	h.T.Helper()
	h.Exec(`INSERT INTO presence (connection_id, user_id, session_id, status, expires_at) VALUES ($1, $1, 's', 'online', $2)`, name, h.Clock.Now().Add(10000*time.Hour))
}

// Leaves has an agent be gone.
func (h *House) Leaves(name string) {
	h.T.Helper()
	h.Exec(`DELETE FROM presence WHERE user_id = $1`, name)
}

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	Text   string
	Body   map[string]any
}

// Kind is its media type.
func (a Answer) Kind() string { return a.Header.Get("Content-Type") }

// At is the value under a path of keys and indexes, or nil.
func (a Answer) At(path string) any {
	var v any = a.Body
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

// Send makes a request; headers are names and values in turn. What the server cannot
// answer fails the test.
func (h *House) Send(method, path, kind, body string, headers ...string) Answer {
	h.T.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, h.server.URL+path, strings.NewReader(body))
	h.Must(err)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	res, err := h.server.Client().Transport.RoundTrip(r)
	h.Must(err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	h.Must(err)
	out := Answer{Status: res.StatusCode, Header: res.Header, Text: string(text)}
	json.Unmarshal(text, &out.Body)
	if out.Status >= 500 {
		h.T.Errorf("%s %s: %d %s", method, path, out.Status, out.Text)
	}
	return out
}

// As are the headers of a user.
func As(name string) []string { return []string{"X-Auth-Token", "t-" + name, "X-User-Id", name} }

// Call sends JSON as a user.
func (h *House) Call(who, method, path string, body any) Answer {
	h.T.Helper()
	text := ""
	if body != nil {
		b, err := json.Marshal(body)
		h.Must(err)
		text = string(b)
	}
	return h.Send(method, "/api/v1/"+path, "application/json", text, As(who)...)
}

// OK is Call that must succeed; everything that follows from it happens.
func (h *House) OK(who, method, path string, body any) Answer {
	h.T.Helper()
	a := h.Call(who, method, path, body)
	if a.Status != 200 {
		h.T.Fatalf("%s %s: %d %s", method, path, a.Status, a.Text)
	}
	h.Settle()
	return a
}

// Set changes a setting.
func (h *House) Set(id string, value any) {
	h.T.Helper()
	h.OK("boss", "POST", "settings/"+id, map[string]any{"value": value})
}

// Take has an agent take a chat that waits.
func (h *House) Take(agent, rid string) {
	h.T.Helper()
	inquiry := h.OK(agent, "GET", "livechat/inquiries.getOne?roomId="+rid, nil).At("inquiry._id")
	h.OK(agent, "POST", "livechat/inquiries.take", map[string]any{"inquiryId": inquiry})
}

// Says has an agent write into a chat.
func (h *House) Says(agent, rid, text string) {
	h.T.Helper()
	h.OK(agent, "POST", "chat.sendMessage", map[string]any{"message": map[string]any{"rid": rid, "msg": text}})
}

// Close has an agent end a chat.
func (h *House) Close(agent, rid string) {
	h.T.Helper()
	h.OK(agent, "POST", "livechat/room.closeByUser", map[string]any{"rid": rid, "comment": "bye"})
}

// Upload has an agent send a file, with words beside it.
func (h *House) Upload(agent, rid, name, content, words string) {
	h.T.Helper()
	body := "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n" + content +
		"\r\n--x\r\nContent-Disposition: form-data; name=\"msg\"\r\n\r\n" + words + "\r\n--x--\r\n"
	if a := h.Send("POST", "/api/v1/rooms.upload/"+rid, "multipart/form-data; boundary=x", body, As(agent)...); a.Status != 200 {
		h.T.Fatalf("%d %s", a.Status, a.Text)
	}
	h.Settle()
}
