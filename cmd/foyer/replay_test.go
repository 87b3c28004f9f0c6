package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
	"github.com/foyerchat/foyer/test/people"
)

// open opens a chat as soon as somebody is there to have it.
func (p *process) open(name string) *people.Visitor {
	p.t.Helper()
	v, err := p.NewVisitor(p.t.Context(), name)
	if err != nil {
		p.t.Fatal(err)
	}
	for until := time.Now().Add(20 * time.Second); ; <-time.After(20 * time.Millisecond) {
		if err = v.Open(p.t.Context()); err == nil {
			return v
		}
		if !strings.Contains(err.Error(), "no-agent-online") || time.Now().After(until) {
			p.t.Fatal(err)
		}
	}
}

func (p *process) agents(h *house, names ...string) {
	p.t.Helper()
	for _, name := range names {
		h.must("user", "create", "--username", name, "--name", name, "--password", "pw", "--role", "livechat-agent")
		a, err := p.SignIn(p.t.Context(), name, "pw")
		if err != nil {
			p.t.Fatal(err)
		}
		l := a.Listen().Start(p.t.Context())
		p.t.Cleanup(l.Stop)
	}
}

// What a server decided comes out the same afterwards; other settings would have changed what the table says; a
// record that was tampered with is found.
func TestReplay(t *testing.T) {
	eachEngine(t, func(t *testing.T, h *house) {
		p := h.serve("--rate-limits", "off")
		p.agents(h, "bob", "eve")
		first := p.open("Visitor 0")
		for i := range 5 {
			p.open(fmt.Sprint("Visitor ", i+1))
		}
		if err := p.stop(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		out := h.must("replay", "--from", "2020-01-01")
		if !strings.Contains(out, "decisions 6, by people 0, identical 6, different 0") || hashes(out) != 1 {
			t.Errorf("unchanged:\n%s", out)
		}
		if out := h.must("replay", "--from", "2020-01-01", "--to", "2020-01-02T10:00:00Z"); !strings.Contains(out, "decisions 0,") {
			t.Errorf("before there was anything:\n%s", out)
		}
		with := filepath.Join(t.TempDir(), "settings.json")
		if err := os.WriteFile(with, []byte(`{"Livechat_Routing_Method":"Manual_Selection","Livechat_title":"x"}`), 0o600); err != nil {
			t.Fatal(err)
		}
		out = h.must("replay", "--from", "2020-01-01", "--with", with)
		if !strings.Contains(out, "ROOM") || strings.Count(out, "waits in the public queue  Waits until an agent takes it") != 6 ||
			!strings.Contains(out, string(first.Room.ID)) || !strings.Contains(out, "different 6") || !strings.Contains(out, "not replayed: what Livechat_title changes") {
			t.Errorf("with other settings:\n%s", out)
		}
		h.exec(`UPDATE decisions SET hash = 'x' WHERE room_id = $1`, first.Room.ID)
		if out, err := h.foyer("", "replay", "--from", "2020-01-01"); err == nil || !strings.Contains(out, "different 1") || hashes(out) != 2 {
			t.Errorf("tampered with: %v\n%s", err, out)
		}
	})
}

// hashes counts the different hashes that were printed.
func hashes(out string) int {
	found := map[string]bool{}
	for line := range strings.Lines(out) {
		if f := strings.Fields(line); len(f) == 2 && (f[0] == "stored" || f[0] == "replayed") {
			found[f[1]] = true
		}
	}
	return len(found)
}

func (h *house) exec(sql string, args ...any) {
	h.t.Helper()
	url := h.url
	if url == "" {
		url = "sqlite:" + filepath.Join(h.folder, "foyer.db")
	}
	d := testkit.OpenURL(h.t, url)
	err := d.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func TestReplayRefusesMistakes(t *testing.T) {
	h := newHouse(t, db.SQLite)
	h.must("migrate", "up")
	file := func(text string) string {
		name := filepath.Join(t.TempDir(), "settings.json")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	for want, args := range map[string][]string{
		"--from":           {},
		"neither a day":    {"--from", "yesterday"},
		"must be after":    {"--from", "2026-01-02", "--to", "2026-01-02"},
		"want a JSON":      {"--from", "2026-01-02", "--with", file(`[1]`)},
		"names no setting": {"--from", "2026-01-02", "--with", file(`{}`)},
		"no setting \"x\"": {"--from", "2026-01-02", "--with", file(`{"x":1}`)},
		"must be one of":   {"--from", "2026-01-02", "--with", file(`{"Livechat_Routing_Method":"Magic"}`)},
		"no such file":     {"--from", "2026-01-02", "--with", filepath.Join(h.folder, "none")},
	} {
		if _, err := h.foyer("", append([]string{"replay"}, args...)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("foyer replay %v: %v, want %q", args, err, want)
		}
	}
}
