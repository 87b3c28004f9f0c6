package live

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/realtime"
	"github.com/foyerchat/foyer/platform/testkit"
)

const (
	start = clock.Instant(1_790_000_000_000)
	soon  = 10 * time.Second // for what must happen; nothing waits this long unless it fails
	token = "the-visitors-own-token-is-never-shown"
)

// kit is the feature on a real database behind a real server, fed by the real
// outbox. Its neighbours' decisions are played by the kit itself.
type kit struct {
	*Service
	t        *testing.T
	url      string
	clock    *clock.Fake
	presence chan string // what was stored about presence and reading

	mu       sync.Mutex
	settings chat.Settings
	rights   map[string][]chat.Permission
	roles    map[string][]string // agents, unless said otherwise
	heard    []byte              // every frame anybody got
}

func engines(t *testing.T, run func(k *kit)) {
	t.Helper()
	c := clock.NewFake(start)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) { run(newKit(t, d, c)) }, c)
}

func newKit(t *testing.T, d *db.DB, c *clock.Fake) *kit {
	t.Helper()
	k := &kit{t: t, clock: c, presence: make(chan string, 1000), settings: *chat.DefaultSettings(), rights: map[string][]chat.Permission{}, roles: map[string][]string{}}
	log := slog.New(slog.DiscardHandler)
	hub := realtime.NewHub(realtime.NewMemory(), realtime.Options{Clock: c, Log: log})
	k.Service = New(Deps{DB: d, Hub: hub, Clock: c, Log: log, Settings: k, Accounts: k, Guests: k, Presence: k, Visitors: visitorStatus{k}, Reads: k})
	relay := outbox.New(d, c, log)
	relay.Consume(k.Consumers()...)
	server := httptest.NewServer(hub.Routes())
	k.url = server.URL
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	for _, run := range []func(context.Context) error{hub.Run, relay.Run} {
		all.Go(func() {
			if err := run(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(func() {
		cancel()
		all.Wait()
		server.CloseClientConnections()
		server.Close()
	})
	return k
}

func (k *kit) Current() *chat.Settings {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.settings
	return &now
}

func (k *kit) set(change func(*chat.Settings)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	change(&k.settings)
}

// may gives a user these rights and no others.
func (k *kit) may(name string, p ...chat.Permission) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.rights[name] = p
}

func (k *kit) Redeem(ctx context.Context, ticket string) (chat.Actor, chat.SessionID, error) {
	name, ok := strings.CutPrefix(ticket, "ticket-of-")
	if !ok {
		return chat.Actor{}, "", errSession
	}
	a, err := k.Actor(ctx, chat.UserID(name))
	return a, chat.SessionID("session-of-" + name), err
}

func (k *kit) Actor(_ context.Context, u chat.UserID) (chat.Actor, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	a := chat.Actor{User: u, Username: string(u), Name: "Agent " + string(u), Roles: []string{chat.RoleAgent}, Permissions: map[chat.Permission]bool{}}
	for _, p := range k.rights[string(u)] {
		a.Permissions[p] = true
	}
	if roles, ok := k.roles[string(u)]; ok {
		a.Roles = roles
	}
	return a, nil
}

func (k *kit) BySecret(_ context.Context, secret string) (chat.Actor, error) {
	name, ok := strings.CutPrefix(secret, "secret-of-")
	if !ok {
		return chat.Actor{}, fault.New(fault.Unauthenticated, "error-invalid-session", "")
	}
	return chat.Actor{Visitor: chat.VisitorID(name), Username: "guest-1", Name: "Visitor " + name}, nil
}

func (k *kit) note(format string, args ...any) error {
	k.presence <- fmt.Sprintf(format, args...)
	return nil
}

func (k *kit) Connected(_ context.Context, _ string, u chat.UserID, s chat.SessionID) error {
	return k.note("connected %s %s", u, s)
}
func (k *kit) Renew(_ context.Context, conns []string) error { return k.note("renewed %d", len(conns)) }
func (k *kit) Gone(context.Context, string) error            { return k.note("gone") }
func (k *kit) Idle(_ context.Context, _ string, away bool) error {
	return k.note("idle %t", away)
}
func (k *kit) Seen(_ context.Context, a chat.Actor, rid chat.RoomID, seq int64) (bool, error) {
	return true, k.note("%s%s has seen %s to %d", a.User, a.Visitor, rid, seq)
}
func (k *kit) Marks(context.Context, chat.RoomID) (chat.ReadMarks, error) {
	return chat.ReadMarks{Visitor: 1, Agents: 2}, nil
}

type visitorStatus struct{ k *kit }

func (v visitorStatus) SetStatus(_ context.Context, id chat.VisitorID, p chat.Presence) error {
	return v.k.note("%s is %s", id, p)
}

// wantNote is the next thing stored about presence or reading.
func (k *kit) wantNote(want string) {
	k.t.Helper()
	select {
	case got := <-k.presence:
		if got != want {
			k.t.Fatalf("stored %q, wanted %q", got, want)
		}
	case <-clock.System.After(soon):
		k.t.Fatalf("never stored: %s", want)
	}
}

func (k *kit) tx(do func(ctx context.Context, tx *db.Tx) error) {
	k.t.Helper()
	ctx := context.Background()
	if err := k.DB.InTx(ctx, func(tx *db.Tx) error { return do(ctx, tx) }); err != nil {
		k.t.Fatal(err)
	}
}

func (k *kit) exec(sql string, args ...any) {
	k.t.Helper()
	k.tx(func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, sql, args...)
		return err
	})
}

func (k *kit) emit(events ...db.Event) {
	k.t.Helper()
	k.tx(func(ctx context.Context, tx *db.Tx) error {
		for _, e := range events {
			if err := tx.Emit(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// client is somebody's screen, on an event stream.
type client struct {
	k      *kit
	name   string
	secret string
	drop   context.CancelFunc
	frames chan frame
	ended  chan int
}

type frame struct {
	T, Room, Name, Code, ID string
	Seq                     int64
	More, Visitor, On       bool
	Data                    json.RawMessage
	raw                     string
}

func (k *kit) post(path, secret, body string) (*http.Response, []byte) {
	k.t.Helper()
	r, err := http.NewRequest("POST", k.url+"/realtime/"+path, strings.NewReader(body))
	if err != nil {
		k.t.Fatal(err)
	}
	r.Header.Set("X-Foyer-Connection", secret)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		k.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		k.t.Fatal(err)
	}
	return res, b
}

// visitor connects a visitor, agent a user.
func (k *kit) visitor(name string) *client {
	k.t.Helper()
	return k.connect(name, fmt.Sprintf(`{"t":"hello","v":1,"session":"secret-of-%s"}`, name))
}

func (k *kit) agent(name string) *client {
	k.t.Helper()
	return k.connect(name, fmt.Sprintf(`{"t":"hello","v":1,"ticket":"ticket-of-%s"}`, name))
}

func (k *kit) connect(name, hello string) *client {
	k.t.Helper()
	res, b := k.post("open", "", hello)
	var answer struct{ Connection string }
	if err := json.Unmarshal(b, &answer); err != nil || answer.Connection == "" {
		k.t.Fatalf("%s: %s %s", name, res.Status, b)
	}
	ctx, cancel := context.WithCancel(context.Background())
	r, err := http.NewRequestWithContext(ctx, "GET", k.url+"/realtime/events", nil)
	if err != nil {
		k.t.Fatal(err)
	}
	r.Header.Set("X-Foyer-Connection", answer.Connection)
	stream, err := http.DefaultClient.Do(r)
	if err != nil {
		k.t.Fatal(err)
	}
	c := &client{k: k, name: name, secret: answer.Connection, drop: cancel, frames: make(chan frame, 1000), ended: make(chan int, 1)}
	go c.read(stream)
	k.t.Cleanup(cancel)
	c.want("welcome")
	return c
}

func (c *client) read(res *http.Response) {
	defer res.Body.Close()
	code := 0
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		data, ok := bytes.CutPrefix(lines.Bytes(), []byte("data: "))
		if !ok {
			continue
		}
		var f frame
		var bye realtime.Closed
		if json.Unmarshal(data, &bye) == nil && bye.T == "closed" {
			code = bye.Code
			continue
		}
		if err := json.Unmarshal(data, &f); err != nil {
			c.k.t.Errorf("%s: %v", data, err)
		}
		f.raw = string(data)
		c.k.mu.Lock()
		c.k.heard = append(append(c.k.heard, data...), '\n')
		c.k.mu.Unlock()
		c.frames <- f
	}
	close(c.frames)
	c.ended <- code
}

// leaked reports whether any frame to anybody contained this.
func (k *kit) leaked(secret string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return bytes.Contains(k.heard, []byte(secret))
}

func (c *client) say(format string, args ...any) {
	c.k.t.Helper()
	if res, b := c.k.post("send", c.secret, fmt.Sprintf(format, args...)); res.StatusCode != http.StatusNoContent {
		c.k.t.Fatalf("%s: %s %s", c.name, res.Status, b)
	}
}

func (c *client) next() frame {
	c.k.t.Helper()
	select {
	case f, ok := <-c.frames:
		if !ok {
			c.k.t.Fatalf("%s: the stream has ended", c.name)
		}
		return f
	case <-clock.System.After(soon):
		c.k.t.Fatalf("%s: nothing came", c.name)
		panic("unreachable")
	}
}

func (c *client) want(t string) frame {
	c.k.t.Helper()
	f := c.next()
	if f.T != t {
		c.k.t.Fatalf("%s wanted %s, got %s", c.name, t, f.raw)
	}
	return f
}

// wantNamed is the next frame: an event or a push of this name.
func (c *client) wantNamed(t, name string) frame {
	c.k.t.Helper()
	f := c.want(t)
	if f.Name != name {
		c.k.t.Fatalf("%s wanted %s, got %s", c.name, name, f.raw)
	}
	return f
}

func (c *client) wantError(code string) {
	c.k.t.Helper()
	if f := c.want("error"); f.Code != code {
		c.k.t.Fatalf("%s wanted error %s, got %s", c.name, code, f.raw)
	}
}

func (c *client) join(rid string, after int64) {
	c.k.t.Helper()
	c.say(`{"t":"join","room":%q,"after":%d}`, rid, after)
}

// joined joins a room in which nothing has happened since after.
func (c *client) joined(rid string, after int64) *client {
	c.k.t.Helper()
	c.join(rid, after)
	if f := c.want("joined"); f.Seq != after {
		c.k.t.Fatalf("%s: %s", c.name, f.raw)
	}
	return c
}

// quiet proves that nothing else was sent: a push to all of staff, or a pong to
// a visitor, comes last.
func (c *client) quiet() {
	c.k.t.Helper()
	c.say(`{"t":"ping"}`)
	c.want("pong")
}

func (c *client) wantEnd(code int) {
	c.k.t.Helper()
	select {
	case got := <-c.ended:
		if got != code {
			c.k.t.Fatalf("%s was closed with %d, not %d", c.name, got, code)
		}
	case <-clock.System.After(soon):
		c.k.t.Fatalf("%s was not closed", c.name)
	}
}

func after5ms() <-chan time.Time { return clock.System.After(5 * time.Millisecond) }
