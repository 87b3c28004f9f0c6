package webhooks

import (
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/outbound"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

var update = flag.Bool("update", false, "write the golden files")

const start = clock.Instant(1_790_000_000_000)

// got is a request that a receiver got.
type got struct {
	header http.Header
	body   string
	path   string
}

func (g got) payload(t *testing.T) (p map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(g.body), &p); err != nil {
		t.Fatalf("%v in %s", err, g.body)
	}
	return p
}

// receiver is a real server; answer decides what it says to the n-th request, nil: 200.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	all    []got
	answer func(n int, w http.ResponseWriter, r *http.Request)
}

func newReceiver(t *testing.T, answer func(n int, w http.ResponseWriter, r *http.Request)) *receiver {
	t.Helper()
	f := &receiver{answer: answer}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	f.mu.Lock()
	f.all = append(f.all, got{r.Header, string(body), r.URL.Path})
	n := len(f.all)
	f.mu.Unlock()
	if f.answer != nil {
		f.answer(n, w, r)
	}
}

func (f *receiver) got() []got {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]got(nil), f.all...)
}

func (f *receiver) types(t *testing.T) (types []string) {
	for _, g := range f.got() {
		types = append(types, g.payload(t)["type"].(string))
	}
	return types
}

// kit is the feature on a real database; settings, visitors and rooms are played by it.
type kit struct {
	registry *prometheus.Registry
	*Service
	t     *testing.T
	db    *db.DB
	clock *clock.Fake
	set   *chat.Settings
	found []string
	opens string // the token that opens files now; empty: "signed"
	api   http.Handler
	n     int
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

func (k *kit) KeepCRMData(ctx context.Context, tx *db.Tx, rid chat.RoomID, data string) error {
	_, err := tx.Exec(ctx, `UPDATE rooms SET crm_data = $2 WHERE id = $1`, rid, data)
	return err
}

func (k *kit) Link(_ context.Context, file chat.FileID) (string, error) {
	if file == "gone" {
		return "", nil
	}
	return "/file-upload/" + string(file) + "/invoice.png?token=" + cmp.Or(k.opens, "signed"), nil
}

func (k *kit) Lasts(_ context.Context, _ chat.FileID, token string) (bool, error) {
	return token == cmp.Or(k.opens, "signed"), nil
}

func (k *kit) AddFound(ctx context.Context, tx *db.Tx, v chat.VisitorID, mails, numbers []string) error {
	k.found = append(append(k.found, mails...), numbers...)
	for i, m := range mails {
		if _, err := tx.Exec(ctx, `INSERT INTO visitor_emails (visitor_id, position, address) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, v, i+1, m); err != nil {
			return err
		}
	}
	return nil
}

func (k *kit) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	a := chat.Actor{User: chat.UserID(c.UserID), Permissions: map[chat.Permission]bool{}}
	for _, g := range chat.DefaultPermissions() {
		for _, r := range g.Roles {
			if r == c.UserID {
				a.Permissions[g.ID] = true
			}
		}
	}
	return rest.Caller{Identity: a, Permissions: func(id string) bool { return a.May(chat.Permission(id)) }}, nil
}

func (k *kit) Guest(context.Context, string) (rest.Caller, error) {
	return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
}

func each(t *testing.T, run func(k *kit)) { eachWith(t, outbound.Options{AllowPrivate: true}, run) }

func eachWith(t *testing.T, o outbound.Options, run func(k *kit)) {
	t.Helper()
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			c := clock.NewFake(start)
			run(newKit(t, testkit.Open(t, engine, c), c, o))
		})
	}
}

func newKit(t *testing.T, d *db.DB, c *clock.Fake, o outbound.Options) *kit {
	k := &kit{t: t, db: d, clock: c, set: chat.DefaultSettings()}
	for _, s := range chat.AllSettings() {
		if strings.HasPrefix(s.ID, "Livechat_webhook_on_") {
			k.set = s.With(k.set, true)
		}
	}
	client := outbound.New(o)
	t.Cleanup(client.Close)
	k.registry = prometheus.NewRegistry()
	k.Service = New(Deps{DB: d, Clock: c, Log: slog.New(slog.DiscardHandler), Settings: k, Outbound: client, Rooms: k, Visitors: k, Files: k, RootURL: "https://chat.example.org/", Registry: k.registry})
	if err := k.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	k.api = testkit.API(t, rest.Config{Auth: k, Clock: c, Log: slog.New(slog.DiscardHandler)}, k.Rows())
	return k
}

func (k *kit) exec(sql string, args ...any) {
	k.t.Helper()
	err := k.db.InTx(k.t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(k.t.Context(), sql, args...); return err })
	if err != nil {
		k.t.Fatal(err)
	}
}

// people stores Ana, who asks, Bea, who serves, and their room with its messages.
func (k *kit) people() {
	k.t.Helper()
	k.exec(`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ('u7', 'bea', 'bea', 'Bea', 1, 1)`)
	k.exec(`INSERT INTO user_emails (address, user_id, position, verified) VALUES ('bea@example.org', 'u7', 0, true)`)
	k.exec(`INSERT INTO visitors (id, site_id, username, token, token_opens, name, ts, department_id, livechat_data, user_agent, ip, updated_at) VALUES
		('v42', 'default', 'guest-12', '5f0c', true, 'Ana Lima', 1, 'dep1', '{"customerId":"9"}',
		'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36', '203.0.113.7', 1)`)
	k.exec(`INSERT INTO visitor_emails (visitor_id, position, address) VALUES ('v42', 0, 'ana@example.org')`)
	k.exec(`INSERT INTO visitor_phones (visitor_id, position, number) VALUES ('v42', 0, '5511999990000')`)
	k.room("r1")
}

func (k *kit) room(id string) {
	k.t.Helper()
	r := room(chat.RoomID(id))
	k.exec(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, seq, open, visitor_id, v, source_type, source, livechat_data, tags, topic, served_by, served_by_username, updated_at) VALUES
		($1, 'default', 4711, $2, $3, $4, 9, false, 'v42', $5, 'widget', '{}', $6, $7, $8, 'u7', 'bea', 1)`, r.ID, r.FName, r.TS, r.LM, db.JSON(r.V), db.JSON(r.LivechatData), db.JSON(r.Tags), r.Topic)
	for _, m := range []struct {
		seq             int
		t, msg, id, who string
		visitor, hidden bool
	}{
		{1, "livechat-started", "", "v42", "guest-12", true, false}, {2, "", "My invoice is wrong", "v42", "guest-12", true, false},
		{3, "uj", "bea", "u7", "bea", false, false}, {4, "", "Let me see <b>", "u7", "bea", false, false}, {5, "", "secret", "u7", "bea", false, true},
		{6, "livechat-close", "Solved", "u7", "bea", false, false}, {9, "", "later", "u7", "bea", false, false},
	} {
		k.exec(`INSERT INTO messages (id, room_id, seq, msg, ts, t, sender_id, sender_username, by_visitor, hidden, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $5)`,
			id+"-m"+string(rune('0'+m.seq)), id, m.seq, m.msg, start+clock.Instant(m.seq*1000), m.t, m.id, m.who, m.visitor, m.hidden)
	}
}

// room is as events carry it.
func room(id chat.RoomID) chat.Room {
	return chat.Room{ID: id, FName: "Ana Lima", Topic: "Invoices", Code: 4711, TS: start, LM: start + 4000, Tags: []string{"billing"},
		LivechatData: map[string]string{"orderId": "A-17"}, V: chat.VisitorView{ID: "v42", Username: "guest-12", Name: "Ana Lima", Token: "5f0c"},
		DepartmentID: "dep2", ServedBy: &chat.ServedBy{ID: "u7", Username: "bea", TS: start + 3000}, Seq: 6}
}

// tell has the feature hear an event, as from another process.
func (k *kit) tell(e chat.Event) {
	k.t.Helper()
	k.n++
	b, err := json.Marshal(e)
	if err != nil {
		k.t.Fatal(err)
	}
	v := outbox.Envelope{ID: "event-" + string(rune('A'+k.n/26)) + string(rune('a'+k.n%26)), Name: e.EventName(), Key: e.EventKey(), At: k.clock.Now(), Payload: b}
	for range 2 { // heard twice is told once
		if err := k.hear(k.t.Context(), v); err != nil {
			k.t.Fatal(err)
		}
	}
}

// deliver sends everything that is due now.
func (k *kit) deliver() {
	k.t.Helper()
	for before := int64(-1); before != k.made(); {
		before = k.made()
		if _, err := k.round(k.t.Context()); err != nil {
			k.t.Fatal(err)
		}
		k.work.Wait()
	}
}

// made is how many attempts there were.
func (k *kit) made() (n int64) {
	k.t.Helper()
	if err := k.db.QueryRow(k.t.Context(), `SELECT count(*) FROM webhook_attempts`).Scan(&n); err != nil {
		k.t.Fatal(err)
	}
	return n
}

func (k *kit) states() map[State]int {
	k.t.Helper()
	rows, err := db.All(k.t.Context(), k.db, scanText, `SELECT status FROM webhook_deliveries`)
	if err != nil {
		k.t.Fatal(err)
	}
	all := map[State]int{}
	for _, s := range rows {
		all[State(s)]++
	}
	return all
}

func sent(id, msg string, byVisitor bool) chat.MessageSent {
	m := chat.Message{ID: chat.MessageID(id), RID: "r1", Msg: msg, TS: start + 5000, UpdatedAt: start + 5000, U: chat.Sender{ID: "u7", Username: "bea", Name: "Bea"}, Seq: 7}
	if byVisitor {
		m.U, m.Token = chat.Sender{ID: "v42", Username: "guest-12", Name: "Ana Lima"}, "5f0c"
	}
	return chat.MessageSent{Message: m, Head: room("r1").Head()}
}

// golden compares with a file.
func golden(t *testing.T, name, body string) {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatal(err)
	}
	got, _ := json.MarshalIndent(v, "", "  ")
	file := "testdata/" + name + ".json"
	if *update {
		if err := os.WriteFile(file, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != string(got)+"\n" {
		t.Errorf("%s: %v, got\n%s", name, err, got)
	}
}

func (k *kit) call(as, method, path, body string) (int, map[string]any) {
	k.t.Helper()
	r := httptest.NewRequest(method, "/api/v1/"+path, strings.NewReader(body))
	if body == "" {
		r = httptest.NewRequest(method, "/api/v1/"+path, nil)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-User-Id", as)
	r.Header.Set("X-Auth-Token", "x")
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	var out map[string]any
	_ = json.Unmarshal(w.Body.Bytes(), &out)
	return w.Code, out
}

const second = time.Second

// another is the same on another node.
func (k *kit) another() *Service {
	d := k.Deps
	d.Registry = nil
	return New(d)
}
