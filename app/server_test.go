package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
	"github.com/foyerchat/foyer/test/people"
)

// running is a server in this process.
type running struct {
	*App
	people.Server
	t        *testing.T
	log, out *journal
	stop     context.CancelFunc
	ended    chan error
}

// journal is a writer that may be read meanwhile.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

// config is a server on a free port with a database of its own.
func config(t *testing.T, engine db.Engine) Config {
	c := Config{Listen: "127.0.0.1:0", RateLimits: "on", LogLevel: "info", LogFormat: "text"}
	c.Data, c.Database = t.TempDir(), testkit.URL(t, engine)
	return c
}

func withAdmin(c Config) Config {
	c.Admin = Admin{Username: "boss", Password: "boss-pw", Email: "boss@example.com", ID: "boss-id"}
	return c
}

func begin(t *testing.T, c Config) *running {
	t.Helper()
	r := &running{t: t, log: &journal{}, out: &journal{}, ended: make(chan error, 1)}
	a, err := New(t.Context(), c, Options{Version: "v-test", Log: r.log, Out: r.out})
	if err != nil {
		t.Fatal(err)
	}
	r.App = a
	r.Server = people.Server{URL: a.URL(), HTTP: &http.Client{Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}}
	var ctx context.Context
	ctx, r.stop = context.WithCancel(context.Background())
	go func() { r.ended <- a.Run(ctx) }()
	t.Cleanup(r.end)
	r.await("/health/ready", 200)
	return r
}

// end stops the server as SIGTERM does; it must end by itself and without an error.
func (r *running) end() {
	r.t.Helper()
	r.stop()
	if err := <-r.ended; err != nil {
		r.t.Errorf("the server ended with %v\n%s", err, r.log)
	}
	r.ended <- nil
}

// await asks until the answer has the status.
func (r *running) await(path string, status int) {
	r.t.Helper()
	for {
		res, err := r.HTTP.Get(r.Server.URL + path)
		if err == nil {
			res.Body.Close()
			if res.StatusCode == status {
				return
			}
		}
		select {
		case <-time.After(5 * time.Millisecond):
		case <-r.t.Context().Done():
			r.t.Fatalf("%s never answered %d", path, status)
		}
	}
}

type reply struct {
	status int
	header http.Header
	body   string
}

func (r *running) do(method, path, body string, headers ...string) reply {
	r.t.Helper()
	q, err := http.NewRequestWithContext(r.t.Context(), method, r.Server.URL+path, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		q.Header.Set(headers[i], headers[i+1])
	}
	res, err := r.HTTP.Do(q)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return reply{res.StatusCode, res.Header, string(text)}
}

// eachEngine runs a test with a running server on both engines.
func eachEngine(t *testing.T, test func(t *testing.T, engine db.Engine)) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) { test(t, engine) })
	}
}

var setupLink = regexp.MustCompile(`/console/setup#ticket=([\w-]+)`)

func TestFirstStartPrintsALinkOnce(t *testing.T) {
	eachEngine(t, func(t *testing.T, engine db.Engine) {
		c := config(t, engine)
		r := begin(t, c)
		found := setupLink.FindStringSubmatch(r.out.String())
		if found == nil {
			t.Fatalf("no link in\n%s", r.log)
		}
		a := r.do("POST", "/api/v1/foyer/console/setup", fmt.Sprintf(`{"ticket":%q,"username":"boss","password":"pw","grantAgents":true}`, found[1]))
		if a.status != 200 || !strings.Contains(a.header.Get("Set-Cookie"), "foyer_session=") {
			t.Fatalf("%d %s", a.status, a.body)
		}
		if strings.Count(r.out.String(), found[1]) != 1 {
			t.Error("the link's secret is logged again")
		}
		r.end()
		if again := begin(t, c); setupLink.MatchString(again.out.String()) {
			t.Error("a link although there is an administrator")
		}
	})
}

func TestFirstStartWithAnAdministrator(t *testing.T) {
	r := begin(t, withAdmin(config(t, db.SQLite)))
	boss, err := r.SignIn(t.Context(), "boss", "boss-pw")
	if err != nil || boss.User != "boss-id" || setupLink.MatchString(r.out.String()) {
		t.Errorf("%v, %v", boss, err)
	}
	if !strings.HasPrefix(r.out.String(), "Foyer v-test listens on "+r.Server.URL) {
		t.Errorf("printed %q", r.out)
	}
	if strings.Contains(r.out.String(), "boss-pw") || strings.Contains(r.out.String(), boss.Token) {
		t.Error("a secret stands in the log")
	}
}

var demoLine = regexp.MustCompile(`(demo-\w+) / (\S+)`)

func TestDemo(t *testing.T) {
	c := config(t, db.SQLite)
	c.Demo = true
	var printed []string
	for range 2 { // the second start must print working sign-ins, too
		r := begin(t, c)
		printed = append(printed, demoLine.FindString(r.out.String()))
		for _, m := range demoLine.FindAllStringSubmatch(r.out.String(), -1) {
			person, err := r.SignIn(t.Context(), m[1], m[2])
			if err != nil {
				t.Errorf("%s: %v", m[1], err)
			} else if m[1] == "demo-admin" {
				agentsMayForward(t, person)
			}
		}
		if !strings.Contains(r.out.String(), r.Server.URL+"/demo") || !strings.Contains(r.out.String(), r.Server.URL+"/console/") || setupLink.MatchString(r.out.String()) {
			t.Errorf("printed\n%s", r.out)
		}
		r.end()
	}
	if printed[0] == "" || printed[0] != printed[1] {
		t.Errorf("printed %q", printed)
	}
}

// permissions.md 7.1
func agentsMayForward(t *testing.T, admin *people.Agent) {
	t.Helper()
	var all struct{ Update []chat.Grant }
	if err := admin.Call(t.Context(), "GET", "/api/v1/permissions.listAll", nil, &all); err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all.Update, func(g chat.Grant) bool { return g.ID == chat.TransferLivechatGuest })
	if i < 0 || !slices.Contains(all.Update[i].Roles, chat.RoleAgent) {
		t.Error("the demo's agent may not forward")
	}
}

func TestConfigurationIsChecked(t *testing.T) {
	good := Config{Listen: "127.0.0.1:0", RootURL: "https://chat.example.org/", TrustedProxies: []string{"10.0.0.0/8", "::1"}, Demo: true}
	if err := good.check(); err != nil || good.RootURL != "https://chat.example.org" {
		t.Errorf("%v, %q", err, good.RootURL)
	}
	for word, c := range map[string]Config{
		"--listen":             {Listen: "8080"},
		"--demo":               {Listen: "0.0.0.0:80", Demo: true},
		"own address":          {Listen: ":80", Demo: true},
		"--root-url":           {Listen: ":80", RootURL: "chat.example.org"},
		"not supported":        {Listen: ":80", RootURL: "https://example.org/chat"},
		"belong together":      {Listen: ":80", Admin: Admin{Username: "boss"}},
		"--trusted-proxies":    {Listen: ":80", TrustedProxies: []string{"proxy"}},
		"FOYER_ADMIN_PASSWORD": {Listen: ":80", Admin: Admin{Password: "x"}},
	} {
		if err := c.check(); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("%+v: %v, want %s", c, err, word)
		}
	}
}
