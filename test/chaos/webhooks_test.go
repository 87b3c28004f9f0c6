package chaos

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/foyerchat/foyer/app"
	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/testkit"
	"github.com/foyerchat/foyer/test/people"
	"github.com/foyerchat/foyer/test/server"
)

var deliveries = flag.Int("deliveries", 200, "webhooks that are pending when the server is killed")

// TestMain is also the server that is killed: a process whose clock its parent moves.
func TestMain(m *testing.M) {
	if folder := os.Getenv("FOYER_TEST_CHILD"); folder != "" {
		if err := serve(folder); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// moved is the machine's clock and what a file adds to it, in milliseconds.
type moved struct {
	clock.Clock
	ahead atomic.Int64
}

func (c *moved) Now() clock.Instant { return c.Clock.Now() + clock.Instant(c.ahead.Load()) }

func (c *moved) read(file string) {
	text, err := os.ReadFile(file)
	if err != nil {
		return
	}
	if n, err := strconv.ParseInt(string(text), 10, 64); err == nil {
		c.ahead.Store(n)
	}
}

func serve(folder string) error {
	c := &moved{Clock: clock.System}
	file := filepath.Join(folder, "ahead")
	c.read(file)
	go func() {
		for {
			<-c.After(10 * time.Millisecond)
			c.read(file)
		}
	}()
	log, err := os.OpenFile(filepath.Join(folder, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	a, err := app.New(context.Background(), app.Config{Storage: app.Storage{Data: folder, Database: os.Getenv("FOYER_TEST_CHILD_DATABASE")},
		Listen: os.Getenv("FOYER_TEST_CHILD_LISTEN"), RateLimits: "off", LogLevel: "warn", LogFormat: "text", AllowPrivateOutbound: true,
		Admin: app.Admin{Username: server.AdminUsername, Password: server.AdminPassword}}, app.Options{Version: "test", Clock: c, Log: log})
	if err != nil {
		return err
	}
	return a.Run(context.Background())
}

// child is such a process.
type child struct {
	people.Server
	t        *testing.T
	folder   string
	listen   string
	database string
	ahead    time.Duration
	command  *exec.Cmd
}

func newChild(t *testing.T, database string) *child {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	c := &child{t: t, folder: t.TempDir(), listen: address, database: database,
		Server: people.Server{URL: "http://" + address, HTTP: &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}}
	c.start()
	t.Cleanup(c.kill)
	return c
}

func (c *child) start() {
	c.t.Helper()
	c.command = exec.Command(os.Args[0])
	c.command.Env = append(os.Environ(), "FOYER_TEST_CHILD="+c.folder, "FOYER_TEST_CHILD_LISTEN="+c.listen, "FOYER_TEST_CHILD_DATABASE="+c.database)
	if err := c.command.Start(); err != nil {
		c.t.Fatal(err)
	}
	for late := time.Now().Add(30 * time.Second); ; {
		if res, err := c.HTTP.Get(c.URL + "/health/ready"); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(late) {
			log, _ := os.ReadFile(filepath.Join(c.folder, "log"))
			c.t.Fatalf("the server does not get ready\n%s", log)
		}
		people.Sleep(context.Background(), 10*time.Millisecond)
	}
}

func (c *child) kill() {
	_ = c.command.Process.Kill()
	_ = c.command.Wait()
}

// advance moves the server's clock.
func (c *child) advance(d time.Duration) {
	c.ahead += d
	file := filepath.Join(c.folder, "ahead")
	if err := os.WriteFile(file+".new", []byte(strconv.FormatInt(c.ahead.Milliseconds(), 10)), 0o600); err != nil {
		c.t.Fatal(err)
	}
	if err := os.Rename(file+".new", file); err != nil {
		c.t.Fatal(err)
	}
}

// Killed with webhooks pending and a receiver that fails at random: everything arrives, in the order of each chat,
// at the times and as often as the rule says (webhooks.md 1.3).
func TestWebhooksSurviveKills(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute+time.Duration(*deliveries)*100*time.Millisecond)
			defer cancel()
			r := newReceiver(*seed)
			defer r.Close()
			c := newChild(t, testkit.EmptyURL(t, engine))
			told := c.fill(ctx, r)
			c.kill()
			c.start()
			r.down.Store(false)
			began, kills := time.Now(), 1
			for want := *deliveries; r.taken() < want; {
				if err := people.Sleep(ctx, 100*time.Millisecond); err != nil {
					log, _ := os.ReadFile(filepath.Join(c.folder, "log"))
					t.Fatalf("%d of %d arrived\n%s", r.taken(), want, log[max(0, len(log)-4000):])
				}
				c.advance(2 * time.Second)
				if done := r.taken(); kills < 4 && done > kills*want/5 {
					kills++
					c.kill()
					c.start()
				}
			}
			d := r.judge(told)
			t.Logf("%d pending, %d kills, drained in %s: %d requests, %d retries, %d of them repeated by a kill; lost %d, out of order %d, against the rule %d", d.Messages, kills,
				time.Since(began).Round(time.Second), d.Requests, d.Retries, d.Repeats, len(d.Lost), len(d.OutOfOrder), len(d.Wrong))
			for what, list := range map[string][]string{"lost": d.Lost, "out of order": d.OutOfOrder, "wrong": d.Wrong} {
				if len(list) > 0 {
					t.Errorf("%s: %.2000v", what, list)
				}
			}
			if d.Repeats > 4*kills {
				t.Error(d.Repeats, "repeats: at most what was under way when the server died")
			}
		})
	}
}

// fill has everything written while the receiver is down, and says what was acknowledged.
func (c *child) fill(ctx context.Context, r *receiver) map[chat.RoomID][]chat.MessageID {
	c.t.Helper()
	boss, err := c.SignIn(ctx, server.AdminUsername, server.AdminPassword)
	if err != nil {
		c.t.Fatal(err)
	}
	for id, value := range map[string]any{"Livechat_Routing_Method": "Manual_Selection", "Livechat_accept_chats_with_no_agents": true,
		"Livechat_webhookUrl": r.URL, "Livechat_webhook_on_visitor_message": true} {
		if err := boss.Call(ctx, "POST", "/api/v1/settings/"+id, map[string]any{"value": value}, nil); err != nil {
			c.t.Fatal(err)
		}
	}
	each := 20
	if *deliveries < 1000 {
		each = 5
	}
	told, err := talk(ctx, &c.Server, *deliveries/each, each)
	if err != nil {
		c.t.Fatal(err)
	}
	return told
}
