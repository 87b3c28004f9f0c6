package app

import (
	"os"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/realtime"
	"github.com/foyerchat/foyer/test/people"
)

// patience is shorter than the half minute after which everything is read again anyway.
const patience = 10 * time.Second

// What one node changes the other is told: settings, permissions, sessions; and people on different nodes talk to each other.
func TestTwoNodes(t *testing.T) {
	ctx := t.Context()
	c := withAdmin(config(t, db.PostgreSQL))
	c.Redis = os.Getenv("FOYER_TEST_REDIS")
	if c.Redis == "" {
		t.Fatal("FOYER_TEST_REDIS must be the address of a Redis server; `make test` starts one and sets it")
	}
	one, two := begin(t, c), begin(t, c)
	alice, screen := one.staff("alice")
	ann, err := two.NewVisitor(ctx, "Ann")
	if err == nil {
		err = ann.Open(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	screen.Join(ann.Room.ID)
	if _, err := ann.Say(ctx, "m1", "from the other node"); err != nil {
		t.Fatal(err)
	}
	one.wait(screen, func() bool { return said(screen, ann.Room.ID) == "from the other node" })

	boss, err := two.SignIn(ctx, "boss", "boss-pw")
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := &people.Agent{Server: &one.Server, User: boss.User, Token: boss.Token}
	soon := func(what string, holds func() bool) {
		t.Helper()
		until(t, what, holds)
	}
	change := func(a *people.Agent, path string, body any) {
		t.Helper()
		if err := a.Call(ctx, "POST", "/api/v1/"+path, body, nil); err != nil {
			t.Fatal(err)
		}
	}
	mayList := func() bool { return elsewhere.Call(ctx, "GET", "/api/v1/users.list", nil, nil) == nil }
	if !mayList() {
		t.Fatal("before")
	}
	change(boss, "settings/Livechat_title", map[string]any{"value": "Two"})
	soon("setting", func() bool { return one.features.settings.Current().Title == "Two" })
	change(boss, "permissions.update", map[string]any{"permissions": []chat.Grant{{ID: chat.ViewFullOtherUserInfo, Roles: []string{}}}})
	soon("permission", func() bool { return !mayList() })
	change(boss, "users.setActiveStatus", map[string]any{"userId": alice.User, "activeStatus": false})
	soon("deactivation", func() bool { return !screen.Connected() && alice.Call(ctx, "GET", "/api/v1/me", nil, nil) != nil })
}

// What was changed while the bus was away is read when it is back.
func TestTheBusIsBack(t *testing.T) {
	r := begin(t, withAdmin(config(t, db.SQLite)))
	ctx := t.Context()
	err := r.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO settings (id, value, updated_at) VALUES ('Livechat_title', '"Unheard"', 1)`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	r.features.forget(realtime.BusBack, nil)
	until(t, "setting", func() bool { return r.features.settings.Current().Title == "Unheard" })
}

// until waits for something that a node is told.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !holds(); <-time.After(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not known", what)
		}
	}
}
