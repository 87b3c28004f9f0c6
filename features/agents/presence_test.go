package agents

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
)

func TestFirstConnectionAndLastLossAreAnnounced(t *testing.T) {
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob")
		k.connect("c1", "bob")
		k.connect("c2", "bob")
		k.expect("bob connected online available")
		k.Must(k.Gone(ctx, "c1"))
		k.clock.Advance(grace)
		k.Must(k.Sweep(ctx))
		k.expect("")
		k.Must(k.Gone(ctx, "c2"))
		k.Must(k.Sweep(ctx))
		k.expect("")
		k.clock.Advance(grace - time.Millisecond)
		k.Must(k.Sweep(ctx))
		k.expect("")
		k.clock.Advance(time.Millisecond)
		k.Must(k.Sweep(ctx))
		k.Must(k.Sweep(ctx))
		k.expect("bob lost offline available")
	})
}

func TestAReloadDoesNotBlink(t *testing.T) { // RT-21
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob")
		k.connect("c1", "bob")
		k.told()
		k.Must(k.Gone(ctx, "c1"))
		k.clock.Advance(time.Second)
		k.connect("c2", "bob")
		k.clock.Advance(grace)
		k.Must(k.Sweep(ctx))
		k.expect("")
	})
}

func TestALeaseLivesAsLongAsItIsRenewed(t *testing.T) {
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob")
		k.connect("c1", "bob")
		k.told()
		for range 10 {
			k.clock.Advance(30 * time.Second)
			k.Must(k.Renew(ctx, []string{"c1", "strange"}))
			k.Must(k.Sweep(ctx))
		}
		k.expect("")
		k.clock.Advance(lease)
		k.Must(k.Sweep(ctx)) // as after a kill: nobody said goodbye
		k.expect("bob lost offline available")
	})
}

// A server that was down kept nobody available, whoever comes back first (AN-43, AN-45).
func TestACrashEndsAvailabilityWhenTheLeaseEnds(t *testing.T) {
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob")
		k.connect("c1", "bob")
		k.connect("c2", "bob")
		ended := k.clock.Now().Add(lease)
		k.Must(k.Gone(ctx, "c2")) // another connection is left: nothing ends
		k.clock.Advance(8 * time.Hour)
		back := k.clock.Now()
		k.Must(k.Start(ctx))
		k.connect("c3", "bob")
		all, err := db.All(ctx, k.DB, func(r db.Row) (s string, err error) {
			var at clock.Instant
			err = r.Scan(&s, &at)
			return s + " " + at.String(), err
		}, `SELECT status, at FROM agent_changes WHERE user_id = 'bob' ORDER BY at, id`)
		k.Must(err)
		if want := []string{"online " + ended.Add(-lease).String(), "offline " + ended.String(), "online " + back.String()}; !slices.Equal(all, want) {
			t.Errorf("%v, not %v", all, want)
		}
		k.told()
	})
}

func TestALostLeaseIsTakenAgain(t *testing.T) {
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob")
		k.connect("c1", "bob")
		k.Must(k.Idle(ctx, "c1", true))
		k.clock.Advance(lease)
		k.Must(k.Sweep(ctx))
		k.told()
		k.Must(k.Renew(ctx, []string{"c1"}))
		k.expect("bob connected away available")
		k.clock.Advance(lease) // ran out, and not swept yet, but others noticed
		k.InTx(func(tx *db.Tx) error { return k.Reassess(ctx, tx, "bob", chat.CauseLost) })
		k.expect("bob lost offline available")
		k.Must(k.Renew(ctx, []string{"c1"}))
		k.expect("bob connected away available")
		k.Must(k.Gone(ctx, "c1"))
		k.Must(k.Renew(ctx, []string{"c1"})) // a renewal on its way while the connection ended
		k.clock.Advance(lease)
		k.Must(k.Sweep(ctx))
		k.expect("bob lost offline available")
	})
}

func TestAwayWhenNoConnectionIsAtTheKeyboard(t *testing.T) {
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob")
		k.connect("c1", "bob")
		k.connect("c2", "bob")
		k.told()
		k.Must(k.Idle(ctx, "c1", true))
		k.expect("")
		k.Must(k.Idle(ctx, "c2", true))
		k.Must(k.Idle(ctx, "c2", true))
		k.expect("bob idle away available")
		k.Must(k.Idle(ctx, "c1", false))
		k.expect("bob idle online available")
		k.Must(k.Idle(ctx, "strange", true))
		k.expect("")
	})
}

func TestWhatNobodySeesIsNotAnnounced(t *testing.T) {
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob")
		k.Exec(`UPDATE users SET status_default = 'busy'`)
		k.connect("c", "bob")
		k.expect("bob connected busy available")
		k.Must(k.Idle(ctx, "c", true)) // he still shows as busy, and idle agents count
		k.expect("")
		k.settings.EnabledWhenAgentIdle = false
		k.Must(k.ReassessAll(ctx, chat.CauseSetting))
		k.expect("bob setting busy available")
	})
}

func TestWhoIsNoAgentIsPresentWithoutAnnouncement(t *testing.T) {
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.user("manager")
		k.connect("c", "manager")
		k.expect("")
		u, err := user(ctx, k.DB, "manager", k.clock.Now())
		if err != nil || u.Status != chat.Online || u.StatusLivechat != "" {
			t.Errorf("%+v %v", u, err)
		}
		k.clock.Advance(lease)
		k.Must(k.Sweep(ctx))
		k.expect("")
	})
}

func TestManyLeasesAreRenewedAndSwept(t *testing.T) {
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.user("manager")
		conns := make([]string, 1100)
		for i := range conns {
			conns[i] = fmt.Sprint("c", i)
		}
		k.InTx(func(tx *db.Tx) error {
			for _, c := range conns {
				if err := insertLease(ctx, tx, c, connection{user: "manager", status: chat.Online}, tx.Now().Add(lease)); err != nil {
					return err
				}
			}
			return nil
		})
		k.clock.Advance(time.Second)
		k.Must(k.Renew(ctx, conns))
		count := func() int64 {
			n, err := db.One(ctx, k.DB, number, `SELECT count(*) FROM presence WHERE expires_at = $1`, k.clock.Now().Add(lease))
			k.Must(err)
			return n
		}
		if got := count(); got != 1100 {
			t.Errorf("%d renewed", got)
		}
		k.clock.Advance(lease)
		k.Must(k.Sweep(ctx))
		n, err := db.One(ctx, k.DB, number, `SELECT count(*) FROM presence`)
		if err != nil || n != 0 {
			t.Errorf("%d left, %v", n, err)
		}
	})
}

func TestTheSweepComesWhenTheFirstLeaseEnds(t *testing.T) {
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob")
		k.Must(k.Start(ctx))
		due := func(key string) time.Duration {
			at, err := db.One(ctx, k.DB, number, `SELECT due_at FROM jobs WHERE kind = $1 AND key = $2`, sweepJob, key)
			k.Must(err)
			return time.Duration(at-int64(k.clock.Now())) * time.Millisecond
		}
		run := func(key string) { k.Must(k.Jobs()[0].Run(ctx, jobs.Run{Key: key})) }
		if due(always) != 0 {
			t.Error("the first sweep is not due at once")
		}
		run(always)
		if due(always) != sweep {
			t.Errorf("without leases the next is due in %v", due(always))
		}
		k.connect("c", "bob")
		k.clock.Advance(lease - 10*time.Second)
		run(always)
		if due(always) != 10*time.Second {
			t.Errorf("the lease ends in 10 s, the sweep is due in %v", due(always))
		}
		k.Must(k.Gone(ctx, "c"))
		if due("c") != grace {
			t.Errorf("after a goodbye the sweep is due in %v", due("c"))
		}
		k.told()
		k.clock.Advance(grace)
		run("c")
		k.expect("bob lost offline available")
	})
}

// rest-api.md 5, users.setStatus: it persists for clients that never open a realtime connection.
func TestAChosenStatusStandsWithoutAConnection(t *testing.T) {
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob")
		k.Exec(`INSERT INTO sessions (id, user_id, token_hash, created_at, last_used_at, expires_at) VALUES ('s1', 'bob', 'h', 1, 1, $1)`, k.clock.Now().Add(24*time.Hour))
		choose := func(status chat.Presence, session chat.SessionID) {
			k.Exec(`UPDATE users SET status_default = $1 WHERE id = 'bob'`, status)
			k.InTx(func(tx *db.Tx) error { return k.StatusChosen(ctx, tx, "bob", session) })
		}
		choose(chat.Online, "")
		k.expect("") // somebody else chose it: that does not make him reachable
		choose(chat.Online, "s1")
		k.expect("bob self online available")
		k.clock.Advance(time.Hour)
		k.Must(k.Sweep(ctx))
		k.expect("")
		choose(chat.Away, "s1")
		k.expect("bob self away available")
		choose(chat.Offline, "s1")
		k.expect("bob self offline available")
		choose(chat.Online, "s1")
		k.connect("c", "bob") // from now on connections tell
		k.Must(k.Gone(ctx, "c"))
		k.told()
		k.clock.Advance(grace + 1)
		k.Must(k.Sweep(ctx))
		k.expect("bob lost offline available")
		choose(chat.Online, "s1")
		k.told()
		k.Exec(`INSERT INTO sessions (id, user_id, token_hash, created_at, last_used_at, expires_at) VALUES ('s2', 'bob', 'h2', 1, 1, $1)`, k.clock.Now().Add(24*time.Hour))
		k.Exec(`DELETE FROM sessions WHERE id = 's1'`)
		k.Must(k.onSessionRevoked(ctx, "", chat.SessionRevoked{User: "bob", Session: "s1"}))
		k.expect("bob lost offline available") // the other session keeps the switch, not the presence
	})
}
