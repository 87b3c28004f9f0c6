package routing

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

const noon = clock.Instant(1_767_268_800_000)

// kit writes facts.
type kit struct {
	t *testing.T
	d *db.DB
}

func each(t *testing.T, f func(k kit)) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) { f(kit{t, d}) }, clock.NewFake(noon))
}

func (k kit) exec(sql string, args ...any) {
	k.t.Helper()
	k.tx(func(tx *db.Tx) error { _, err := tx.Exec(context.Background(), sql, args...); return err })
}

func (k kit) tx(f func(tx *db.Tx) error) {
	k.t.Helper()
	if err := k.d.InTx(context.Background(), f); err != nil {
		k.t.Fatal(err)
	}
}

// agent makes one who is there.
func (k kit) agent(id string) {
	k.exec(`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ($1, $1, $1, $1, 0, 0)`, id)
	k.exec(`INSERT INTO user_roles (user_id, role) VALUES ($1, 'livechat-agent')`, id)
	k.exec(`INSERT INTO agents (user_id, status_livechat, updated_at) VALUES ($1, 'available', 0)`, id)
	k.exec(`INSERT INTO presence (connection_id, user_id, session_id, status, expires_at) VALUES ($1, $1, '', 'online', $2)`, id, noon.Add(time.Minute))
}

func (k kit) department(id string, members ...string) {
	k.exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at) VALUES ($1, 'default', $1, true, true, true, 0)`, id)
	for _, m := range members {
		k.exec(`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ($1, $2, 0)`, id, m)
	}
}

// chats gives an agent open rooms of a department.
func (k kit) chats(agent, department string, n int, change string) {
	for i := range n {
		id := fmt.Sprint(agent, "-", department, i, change)
		k.exec(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, department_id, updated_at)
			VALUES ($1, 'default', 0, '', 0, 0, true, $1, '{}', 'api', '{}', $2, 0)`, id, department)
		k.exec(`INSERT INTO subscriptions (id, room_id, user_id, ts, seen, updated_at, department_id, on_hold) VALUES ($1, $1, $2, 0, 0, 0, $3, $4)`,
			id, agent, department, change == "on_hold = true")
		if change != "" {
			k.exec(`UPDATE rooms SET `+change+` WHERE id = $1`, id)
			k.exec(`DELETE FROM subscriptions WHERE room_id IN (SELECT id FROM rooms WHERE NOT open)`)
		}
	}
}

// lifecycle 2.3, conditions 1 to 4 and 6, and RQ-IDLE: whoever is ruled out of the
// candidates does not make a department available either, and the other way round.
func TestWhoIsThere(t *testing.T) {
	for _, c := range []struct {
		name   string
		change string // of the agent "a"
		idle   bool   // idle agents count
		out    Out
	}{
		{"there", ``, true, ""},
		{"deactivated", `UPDATE users SET active = false WHERE id = 'a'`, true, OutInactive},
		{"no agent any more", `DELETE FROM user_roles WHERE user_id = 'a'`, true, OutInactive},
		{"switched off", `UPDATE agents SET status_livechat = 'not-available'`, true, OutSwitched},
		{"not connected", `DELETE FROM presence`, true, OutOffline},
		{"the lease ran out", `UPDATE presence SET expires_at = 1767268800000`, true, OutOffline},
		{"appears offline", `UPDATE users SET status_default = 'offline' WHERE id = 'a'`, true, OutOffline},
		{"chose away: that is not idle", `UPDATE users SET status_default = 'away' WHERE id = 'a'`, false, ""},
		{"busy", `UPDATE users SET status_default = 'busy' WHERE id = 'a'`, false, ""},
		{"RQ-IDLE-1: away from the keyboard", `UPDATE presence SET status = 'away'`, false, OutIdle},
		{"RQ-IDLE-2: which counts like online", `UPDATE presence SET status = 'away'`, true, ""},
		{"a bot needs no connection", `DELETE FROM presence; INSERT INTO user_roles (user_id, role) VALUES ('a', 'bot')`, false, ""},
		{"but its switch", `UPDATE agents SET status_livechat = 'not-available'; INSERT INTO user_roles (user_id, role) VALUES ('a', 'bot')`, false, OutSwitched},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(k kit) {
				k.agent("a")
				k.department("d", "a")
				for _, s := range statements(c.change) {
					k.exec(s)
				}
				ctx, w := context.Background(), question{now: noon, idle: c.idle, department: "d"}
				found, err := roster(ctx, k.d, w)
				if err != nil || len(found) != 1 || found[0].Out != c.out {
					t.Fatalf("%+v, %v", found, err)
				}
				departments, err := chain(ctx, k.d, w)
				if err != nil || len(departments) != 1 || (departments[0].Available || departments[0].Bot) != (c.out == "") || departments[0].Available == departments[0].Bot && c.out == "" {
					t.Errorf("%+v, %v", departments, err)
				}
				if there, err := anybody(ctx, k.d, w, true); err != nil || there != (c.out == "") {
					t.Errorf("anybody: %v, %v", there, err)
				}
			})
		})
	}
}

func statements(text string) (all []string) {
	for len(text) > 0 {
		i := len(text)
		for j, c := range text {
			if c == ';' {
				i = j
				break
			}
		}
		all = append(all, text[:i])
		text = text[min(i+1, len(text)):]
	}
	return all
}

// Loads: joined rooms count, those on hold do not, the chat that is decided about neither.
func TestWhatTheRosterTells(t *testing.T) { // routing 1, RQ-CAP-3, RQ-DEP-7
	each(t, func(k kit) {
		ctx := context.Background()
		for _, a := range []string{"a", "b", "c"} {
			k.agent(a)
		}
		k.department("d", "a", "b")
		k.chats("a", "d", 2, "")
		k.chats("a", "", 3, "")
		k.chats("a", "d", 1, "on_hold = true")
		k.exec(`UPDATE agents SET max_chats = 7, ready_at = 5 WHERE user_id = 'a'`)
		k.exec(`UPDATE department_agents SET position = 4 WHERE agent_id = 'a'`)
		k.exec(`INSERT INTO turns (department_id, agent_id, count, queue_at, counted_at) VALUES ('d', 'a', 6, 8, 3)`)
		k.exec(`INSERT INTO turns (department_id, agent_id, count, routed_at) VALUES ('', 'a', 1, 9)`)
		k.exec(`INSERT INTO inquiries (id, room_id, status, ts, returned_by, updated_at) VALUES ('i', 'a-d0', 'queued', 0, 'a', 0)`)
		found, err := roster(ctx, k.d, question{now: noon, department: "d", room: "a-d0", more: []chat.AgentID{"c"}})
		want := Agent{ID: "a", Username: "a", Name: "a", Load: 4, Local: 1, Limit: 7, Count: 6, Order: 4, Back: 5, Routed: 9, Queued: 8, Returned: true}
		if err != nil || len(found) != 3 || found[0] != want || !found[1].New || found[1].Outside || !found[2].Outside {
			t.Errorf("%+v %v", found, err)
		}
		if everybody, err := roster(ctx, k.d, question{now: noon}); err != nil || len(everybody) != 3 || everybody[0].Load != 5 || everybody[0].Local != 0 || everybody[0].Outside {
			t.Errorf("%+v %v", everybody, err)
		}
		if n, err := floor(ctx, k.d, "d"); err != nil || n != 6 {
			t.Errorf("the least counter is %d, %v", n, err)
		}
	})
}

func TestDepartmentsThatKeepTheirHoursStrictly(t *testing.T) { // routing 11.2
	each(t, func(k kit) {
		ctx := context.Background()
		k.agent("a")
		k.department("d", "a")
		k.exec(`INSERT INTO business_hours (id, type, name, name_lower, active, timezone, ts, updated_at, open) VALUES ('h', 'custom', 'h', 'h', true, 'UTC', 0, 0, false)`)
		k.exec(`UPDATE departments SET business_hour_id = 'h'`)
		for _, strict := range []bool{false, true} {
			w := question{now: noon, department: "d", strict: strict}
			found, err := roster(ctx, k.d, w)
			if err != nil || (found[0].Out == OutHours) != strict {
				t.Errorf("strict %v: %+v %v", strict, found, err)
			}
			if all, err := chain(ctx, k.d, w); err != nil || all[0].Available == strict {
				t.Errorf("strict %v: %+v %v", strict, all, err)
			}
		}
		k.exec(`UPDATE business_hours SET open = true`)
		if found, err := roster(ctx, k.d, question{now: noon, department: "d", strict: true}); err != nil || found[0].Out != "" {
			t.Errorf("open: %+v %v", found, err)
		}
	})
}

func TestFallbackChainsEndInTheDatabaseToo(t *testing.T) { // RQ-DEP-4
	each(t, func(k kit) {
		for _, d := range []string{"a", "b", "c", "x"} {
			k.department(d)
		}
		k.exec(`UPDATE departments SET fallback_id = CASE id WHEN 'a' THEN 'b' WHEN 'b' THEN 'c' WHEN 'c' THEN 'b' ELSE '' END`)
		if all, err := chain(context.Background(), k.d, question{now: noon, department: "a"}); err != nil || len(all) != 3 {
			t.Errorf("%+v %v", all, err)
		}
	})
}

func TestCountersOfMembers(t *testing.T) { // RQ-AUTO-2, RQ-AUTO-3
	each(t, func(k kit) {
		ctx, s := context.Background(), New(Deps{DB: k.d})
		for _, a := range []string{"a", "b", "c"} {
			k.agent(a)
		}
		k.department("d", "a", "b", "c")
		five, two := int64(5), int64(2)
		set := func(agent chat.AgentID, count *int64) {
			k.tx(func(tx *db.Tx) error { return s.Set(ctx, tx, "d", agent, count) })
		}
		count := func(agent string) (n int64) {
			if err := k.d.QueryRow(ctx, `SELECT count FROM turns WHERE department_id = 'd' AND agent_id = $1`, agent).Scan(&n); err != nil {
				k.t.Fatal(err)
			}
			return n
		}
		set("a", &five)
		if set("b", nil); count("b") != 5 {
			k.t.Errorf("a newcomer begins at %d", count("b"))
		}
		set("b", &two)
		if set("b", nil); count("b") != 2 {
			k.t.Errorf("saved again without a counter it is %d", count("b"))
		}
		k.tx(func(tx *db.Tx) error { return s.Drop(ctx, tx, "d", "b") })
		if set("b", nil); count("b") != 5 {
			k.t.Errorf("who left and comes again begins at %d", count("b"))
		}
	})
}
