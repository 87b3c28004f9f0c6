package agents

import (
	"context"
	"sync"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

func TestWhatFollowsFromTheFacts(t *testing.T) { // lifecycle 1.7 and 2.3, conditions 1-4
	agent := facts{agentRole: true, active: true, statusDefault: chat.Online, connected: true, atKeyboard: true, switched: chat.Available}
	with := func(change func(f *facts)) facts { f := agent; change(&f); return f }
	gone := func(f *facts) { f.connected, f.atKeyboard = false, false }
	for name, c := range map[string]struct {
		facts
		strict bool // idle agents do not count
		status chat.Presence
		ready  bool
	}{
		"connected":                 {agent, false, chat.Online, true},
		"switched off":              {with(func(f *facts) { f.switched = chat.NotAvailable }), false, chat.Online, false},
		"no role":                   {with(func(f *facts) { f.agentRole = false }), false, chat.Online, false},
		"deactivated":               {with(func(f *facts) { f.active = false }), false, chat.Online, false},
		"not connected":             {with(gone), false, chat.Offline, false},
		"away":                      {with(func(f *facts) { f.atKeyboard = false }), false, chat.Away, true},
		"away, idle does not count": {with(func(f *facts) { f.atKeyboard = false }), true, chat.Away, false},
		"chose busy":                {with(func(f *facts) { f.statusDefault = chat.Busy }), true, chat.Busy, true},
		"chose busy, away":          {with(func(f *facts) { f.statusDefault, f.atKeyboard = chat.Busy, false }), true, chat.Busy, false},
		"chose busy, gone":          {with(func(f *facts) { gone(f); f.statusDefault = chat.Busy }), false, chat.Offline, false},
		"chose to appear offline":   {with(func(f *facts) { f.statusDefault = chat.Offline }), false, chat.Offline, false},
		"bot, not connected":        {with(func(f *facts) { gone(f); f.bot = true }), true, chat.Offline, true},
		"bot, switched off":         {with(func(f *facts) { f.bot, f.switched = true, chat.NotAvailable }), false, chat.Online, false},
	} {
		if got := c.facts.infer(!c.strict); got.status != c.status || got.ready != c.ready {
			t.Errorf("%s: %+v, want %v %v", name, got, c.status, c.ready)
		}
	}
}

// The SQL of the lists says the same as infer.
func TestSQLAndRulesAgreeAboutStatus(t *testing.T) {
	engines(t, func(k *kit) {
		k.agent("bob")
		for _, chosen := range []chat.Presence{chat.Online, chat.Away, chat.Busy, chat.Offline} {
			for _, leases := range []string{"", "online", "away", "both"} {
				k.Exec(`DELETE FROM presence`)
				k.Exec(`UPDATE users SET status_default = $1`, chosen)
				for _, s := range []string{"online", "away"} {
					if leases == s || leases == "both" {
						k.Exec(`INSERT INTO presence (connection_id, user_id, session_id, status, expires_at) VALUES ($1, 'bob', 's', $1, $2)`, s, k.clock.Now()+1)
					}
				}
				k.InTx(func(tx *db.Tx) error {
					f, err := userFacts(context.Background(), tx, "bob")
					k.Must(err)
					u, err := user(context.Background(), tx, "bob", tx.Now())
					if want := f.infer(true); u.Status != want.status || u.StatusConnection != want.connection {
						t.Errorf("%v, %q: SQL says %v %v, the rule %v %v", chosen, leases, u.Status, u.StatusConnection, want.status, want.connection)
					}
					return err
				})
			}
		}
	})
}

func TestTheRoleMakesAnAgentAvailable(t *testing.T) { // lifecycle 2.3
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.user("bob")
		for range 2 {
			_, err := k.Add(ctx, "bob", chat.RoleAgent)
			k.Must(err)
		}
		k.expect("bob role offline available")
		k.connect("c", "bob")
		k.expect("bob connected online available")
		k.Must(k.Remove(ctx, "bob", chat.RoleAgent))
		k.expect("bob role online ")
		if len(k.left) != 1 || k.left[0] != "bob" {
			t.Errorf("left departments: %v", k.left)
		}
		k.Must(k.Remove(ctx, "bob", chat.RoleAgent))
		k.expect("")
	})
}

func TestWhoChoseToAppearOfflineStartsNotAvailable(t *testing.T) { // lifecycle 2.3
	engines(t, func(k *kit) {
		k.user("bob")
		k.Exec(`UPDATE users SET status_default = 'offline'`)
		_, err := k.Add(context.Background(), "bob", chat.RoleAgent)
		k.Must(err)
		k.expect("bob role offline not-available")
	})
}

func TestDeactivationAndReturn(t *testing.T) { // lifecycle 2.3
	engines(t, func(k *kit) {
		k.agent("bob", "eve")
		k.connect("c", "bob")
		k.told()
		set := func(name string, active bool) {
			k.InTx(func(tx *db.Tx) error {
				if _, err := tx.Exec(context.Background(), `UPDATE users SET active = $2 WHERE id = $1`, name, active); err != nil {
					return err
				}
				return k.ActiveSet(context.Background(), tx, chat.UserID(name), active)
			})
		}
		set("bob", false)
		k.expect("bob deactivated online not-available")
		set("bob", true)
		k.expect("bob manager online available")
		_, err := k.Switch(context.Background(), rights.Actor("eve"), "", chat.NotAvailable)
		k.Must(err)
		k.told()
		set("eve", false)
		set("eve", true)
		// told although nothing visible changed: her chats must end; she had switched off herself, so nobody switches her on
		k.expect("eve deactivated offline not-available")
	})
}

func TestSignOutSwitchesOffOnlyWithoutAnySession(t *testing.T) { // lifecycle 2.3, the defect not copied
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob", "robot")
		k.Exec(`INSERT INTO user_roles (user_id, role) VALUES ('robot', 'bot')`)
		k.Exec(`INSERT INTO sessions (id, user_id, token_hash, created_at, last_used_at, expires_at) VALUES ('s2', 'bob', 'h', 1, 1, $1)`, k.clock.Now()+1000)
		out := func(name string) {
			k.Must(k.onSessionRevoked(ctx, "", chat.SessionRevoked{User: chat.UserID(name), Session: "s1"}))
		}
		out("bob")
		k.expect("")
		k.Exec(`DELETE FROM sessions`)
		out("bob")
		out("bob")
		k.expect("bob signed-out offline not-available")
		k.InTx(func(tx *db.Tx) error { return k.Reassess(ctx, tx, "robot", chat.CauseRole) })
		k.told()
		out("robot")
		k.expect("")
		k.InTx(func(tx *db.Tx) error { return k.SignedIn(ctx, tx, "bob") })
		k.expect("bob signed-in offline available")
	})
}

func TestSignInLeavesThePersonsOwnChoice(t *testing.T) { // lifecycle 2.3
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob")
		_, err := k.Switch(ctx, rights.Actor("bob"), "", chat.NotAvailable)
		k.Must(err)
		k.told()
		k.InTx(func(tx *db.Tx) error { return k.SignedIn(ctx, tx, "bob") })
		k.Must(k.SignedOut(ctx, "bob"))
		k.InTx(func(tx *db.Tx) error { return k.SignedIn(ctx, tx, "bob") })
		k.expect("")
	})
}

func TestTheIdleRuleIsFollowedAtOnce(t *testing.T) { // lifecycle 2.3, condition 4
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob", "eve")
		k.connect("b", "bob")
		k.connect("e", "eve")
		k.Must(k.Idle(ctx, "b", true))
		k.told()
		k.settings.EnabledWhenAgentIdle = false
		k.Must(k.onSettingChanged(ctx, "", chat.SettingChanged{ID: "Livechat_title"}))
		k.expect("")
		k.Must(k.onSettingChanged(ctx, "", chat.SettingChanged{ID: idleRule}))
		k.expect("bob setting away available")
		if k.ready("bob") || !k.ready("eve") {
			t.Error("bob is away and must not count, eve must")
		}
		if _, ok := chat.SettingByID(idleRule); !ok {
			t.Error("there is no such setting")
		}
	})
}

func TestARoleGivenElsewhereIsNoticed(t *testing.T) {
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("robot")
		k.Exec(`INSERT INTO user_roles (user_id, role) VALUES ('robot', 'bot')`)
		k.Must(k.onPermissionsChanged(ctx, "", chat.PermissionsChanged{}))
		k.expect("")
		k.Must(k.onPermissionsChanged(ctx, "", chat.PermissionsChanged{User: "robot"}))
		k.expect("robot role offline available")
		k.Exec(`UPDATE users SET status_default = 'busy'`)
		k.connect("c", "robot")
		k.told()
		k.Exec(`UPDATE users SET status_default = 'away'`)
		k.InTx(func(tx *db.Tx) error { return k.StatusChosen(ctx, tx, "robot", "") })
		k.expect("robot self away available")
	})
}

func TestManyChangesAtOnceAreEachAnnouncedOnceAndInOrder(t *testing.T) {
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob")
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				if i%2 == 0 {
					if _, err := k.Switch(ctx, rights.Actor("bob"), "", ""); err != nil {
						t.Error(err)
					}
					return
				}
				if err := k.Connected(ctx, string(rune('a'+i)), "bob", "s"); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		events, err := db.All(ctx, k.DB, func(r db.Row) (e chat.AgentChanged, err error) { err = r.Scan(db.JSON(&e)); return e, err },
			`SELECT payload FROM outbox ORDER BY id`)
		k.Must(err)
		connected := 0
		for _, e := range events {
			if e.Cause == chat.CauseConnected {
				connected++
			}
		}
		if connected != 1 || len(events) != 11 { // 10 flips, and the first connection
			t.Errorf("%d announcements, %d of them connections", len(events), connected)
		}
		if got, want := k.ready("bob"), true; got != want { // flipped an even number of times, connected
			t.Errorf("ready %v", got)
		}
	})
}
