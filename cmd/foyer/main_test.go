package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
	"github.com/foyerchat/foyer/test/people"
)

// The test binary is the command when it is told so.
func TestMain(m *testing.M) {
	if os.Getenv("FOYER_TEST_RUN") != "" {
		os.Exit(run(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// house is a place with a database in which the command is run.
type house struct {
	t      *testing.T
	folder string
	url    string // of the database; empty: SQLite in the folder
}

func newHouse(t *testing.T, engine db.Engine) *house {
	h := &house{t: t, folder: t.TempDir()}
	if engine == db.PostgreSQL {
		h.url = testkit.EmptyURL(t, engine)
	}
	return h
}

func (h *house) command(stdin string, args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), "FOYER_TEST_RUN=1", "FOYER_DATA="+h.folder, "FOYER_DATABASE="+h.url)
	c.Stdin = strings.NewReader(stdin)
	return c
}

// foyer runs the command to its end.
func (h *house) foyer(stdin string, args ...string) (out string, err error) {
	c := h.command(stdin, args...)
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	if err := c.Run(); err != nil {
		return stdout.String(), fmt.Errorf("%w: %s", err, stderr.String())
	}
	return stdout.String(), nil
}

func (h *house) must(args ...string) string {
	h.t.Helper()
	out, err := h.foyer("", args...)
	if err != nil {
		h.t.Fatalf("foyer %v: %v", args, err)
	}
	return out
}

// process is a running server.
type process struct {
	people.Server
	t       *testing.T
	command *exec.Cmd
	log     bytes.Buffer
}

func (h *house) serve(flags ...string) *process {
	h.t.Helper()
	p := &process{t: h.t, command: h.command("", append([]string{"serve"}, flags...)...)}
	address := freeAddress(h.t)
	p.command.Env = append(p.command.Env, "FOYER_LISTEN="+address, "FOYER_ADMIN_USERNAME=boss", "FOYER_ADMIN_PASSWORD=boss-pw")
	p.command.Stdout, p.command.Stderr = &p.log, &p.log
	p.Server = people.Server{URL: "http://" + address, HTTP: &http.Client{Timeout: 10 * time.Second}}
	if err := p.command.Start(); err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { p.command.Process.Kill(); p.command.Wait() })
	for until := time.Now().Add(20 * time.Second); !p.ready(); <-time.After(5 * time.Millisecond) {
		if time.Now().After(until) {
			p.command.Process.Kill()
			p.command.Wait()
			h.t.Fatalf("not ready:\n%s", p.log.String())
		}
	}
	return p
}

func (p *process) ready() bool {
	res, err := p.HTTP.Get(p.URL + "/health/ready")
	if err != nil {
		return false
	}
	defer res.Body.Close()
	io.Copy(io.Discard, res.Body)
	return res.StatusCode == http.StatusOK
}

// stop asks the server to end and returns how it did.
func (p *process) stop(s os.Signal) error {
	p.t.Helper()
	if err := p.command.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
	return p.command.Wait()
}

func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func eachEngine(t *testing.T, test func(t *testing.T, h *house)) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) { test(t, newHouse(t, engine)) })
	}
}

func TestHelpNamesEveryFlagAndVariable(t *testing.T) {
	h := newHouse(t, db.SQLite)
	help := h.must("serve", "-h")
	for _, flag := range []string{"listen", "data", "database", "redis", "root-url", "trusted-proxies", "allow-private-outbound",
		"rate-limits", "log-level", "log-format", "metrics-listen", "demo"} {
		variable := "FOYER_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
		if !strings.Contains(help, "--"+flag) || !strings.Contains(help, "$"+variable) {
			t.Errorf("--%s or %s is missing in\n%s", flag, variable, help)
		}
	}
	if v := h.must("version"); v != "foyer dev\n" {
		t.Errorf("version %q", v)
	}
}

func TestMistakesAreRefused(t *testing.T) {
	h := newHouse(t, db.SQLite)
	h.must("migrate", "up")
	for want, args := range map[string][]string{
		"unknown flag":      {"serve", "--nonsense"},
		"--rate-limits":     {"serve", "--rate-limits", "sometimes"},
		"host:port":         {"serve", "--listen", "nowhere"},
		"own address":       {"serve", "--demo", "--listen", "0.0.0.0:0"},
		"missing flags":     {"user", "create"},
		"no password":       {"user", "create", "--username", "x"},
		"Invalid role":      {"user", "create", "--username", "x", "--password", "x", "--role", "king"},
		"User not found":    {"user", "set-password", "--username", "nobody", "--password", "x"},
		"unexpected argume": {"frobnicate"},
		"no such file":      {"restore", filepath.Join(h.folder, "none")},
		"no backup":         {"restore", os.Args[0]},
	} {
		if _, err := h.foyer("", args...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("foyer %v: %v, want %q", args, err, want)
		}
	}
}

// A mistyped folder is told, and stays as it was.
func TestWhoOnlyReadsMakesNoDatabase(t *testing.T) {
	h := newHouse(t, db.SQLite)
	for _, args := range [][]string{{"user", "list"}, {"user", "set-password", "--username", "x", "--password", "x"}, {"backup", filepath.Join(h.folder, "b")}} {
		if _, err := h.foyer("", args...); err == nil || !strings.Contains(err.Error(), "there is no database in "+h.folder) {
			t.Errorf("foyer %v: %v", args, err)
		}
	}
	if s := h.must("migrate", "status"); !strings.Contains(s, "pending  0001") {
		t.Error(s)
	}
	if _, err := h.foyer("", "restore", os.Args[0]); err == nil {
		t.Error("what is no backup was restored")
	}
	if left, err := os.ReadDir(h.folder); err != nil || len(left) > 0 {
		t.Error(left, err)
	}
}

func TestAFolderIsOneServers(t *testing.T) {
	h := newHouse(t, db.SQLite)
	h.serve()
	if _, err := h.foyer("", "serve", "--listen", "127.0.0.1:0"); err == nil || !strings.Contains(err.Error(), "another server uses "+h.folder) {
		t.Error(err)
	}
	h.must("user", "create", "--username", "anna", "--password", "pw")
}

func TestUsersOnAStoppedServer(t *testing.T) {
	eachEngine(t, func(t *testing.T, h *house) {
		id := h.must("user", "create", "--id", "u1", "--username", "anna", "--name", "Anna B", "--email", "anna@example.com",
			"--role", "livechat-agent", "--role", "user", "--password", "pw-1")
		if id != "u1\n" {
			t.Errorf("printed %q", id)
		}
		if _, err := h.foyer("pw-2\n", "user", "create", "--username", "bert"); err != nil {
			t.Error(err)
		}
		if _, err := h.foyer("", "user", "create", "--username", "ANNA", "--password", "x"); err == nil || !strings.Contains(err.Error(), "already in use") {
			t.Errorf("twice: %v", err)
		}
		list := h.must("user", "list")
		if !strings.Contains(list, "anna@example.com") || !strings.Contains(list, "livechat-agent,user") || !strings.Contains(list, "bert") {
			t.Errorf("list\n%s", list)
		}
		h.must("user", "set-password", "--id", "u1", "--password", "pw-3")
		p := h.serve()
		if _, err := p.SignIn(t.Context(), "anna", "pw-1"); err == nil {
			t.Error("the old password works")
		}
		for name, password := range map[string]string{"anna": "pw-3", "bert": "pw-2"} {
			if _, err := p.SignIn(t.Context(), name, password); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := p.SignIn(t.Context(), "boss", "boss-pw"); err == nil {
			t.Error("an administrator was made although there were users")
		}
	})
}

func TestUsersOnARunningServer(t *testing.T) {
	eachEngine(t, func(t *testing.T, h *house) {
		p := h.serve()
		h.must("user", "create", "--username", "anna", "--password", "pw-1", "--role", "livechat-agent")
		anna, err := p.SignIn(t.Context(), "anna", "pw-1")
		if err != nil {
			t.Fatal(err)
		}
		h.must("user", "set-password", "--username", "anna", "--password", "pw-2")
		works := func() bool { return anna.Call(t.Context(), "GET", "/api/v1/me", nil, nil) == nil }
		for until := time.Now().Add(8 * time.Second); works(); <-time.After(10 * time.Millisecond) {
			if time.Now().After(until) {
				t.Fatal("the session still works")
			}
		}
		if _, err := p.SignIn(t.Context(), "anna", "pw-2"); err != nil {
			t.Error(err)
		}
	})
}

func TestMigrate(t *testing.T) {
	eachEngine(t, func(t *testing.T, h *house) {
		if s := h.must("migrate", "status"); !strings.Contains(s, "pending  0001") {
			t.Errorf("before: %s", s)
		}
		h.must("migrate", "up")
		h.must("migrate", "up")
		if s := h.must("migrate", "status"); !strings.Contains(s, "applied  0001") || strings.Contains(s, "pending") {
			t.Errorf("after: %s", s)
		}
	})
}

// A backup of a running server is restored into either engine.
func TestBackupAndRestore(t *testing.T) {
	eachEngine(t, func(t *testing.T, h *house) {
		p := h.serve()
		h.must("user", "create", "--id", "u1", "--username", "anna", "--password", "pw-1", "--role", "livechat-agent")
		file := filepath.Join(t.TempDir(), "backup")
		h.must("backup", file)
		h.must("backup", file) // the next night's replaces it
		if _, err := h.foyer("", "restore", file); err == nil {
			t.Error("a database in use must not be restored into")
		}
		if err := p.stop(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		for _, engine := range testkit.Engines {
			to := newHouse(t, engine)
			to.must("restore", file)
			anna, err := to.serve().SignIn(t.Context(), "anna", "pw-1")
			if err != nil || anna.User != "u1" {
				t.Errorf("restored into %s: %v", engine, err)
			}
		}
	})
}

// SIGTERM ends the process by itself with 0; SIGKILL loses nothing that was answered.
func TestEnds(t *testing.T) {
	eachEngine(t, func(t *testing.T, h *house) {
		p := h.serve()
		visitor, err := p.NewVisitor(t.Context(), "Vera")
		if err != nil {
			t.Fatal(err)
		}
		if err := p.stop(syscall.SIGTERM); err != nil {
			t.Errorf("SIGTERM: %v\n%s", err, p.log.String())
		}
		p = h.serve()
		visitor.Server = &p.Server
		second, err := p.NewVisitor(t.Context(), "Vic")
		if err != nil {
			t.Fatal(err)
		}
		if err := p.stop(syscall.SIGKILL); err == nil {
			t.Error("SIGKILL: exit 0")
		}
		p = h.serve()
		for _, v := range []*people.Visitor{visitor, second} {
			v.Server = &p.Server
			if err := v.Open(context.Background()); err == nil || !strings.Contains(err.Error(), "no-agent-online") {
				t.Errorf("the visitor is unknown: %v", err)
			}
		}
	})
}
