package hours

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/testkit"
	"github.com/foyerchat/foyer/test/stage"
)

// kit is the feature on a real database; departments and agents are played by the kit.
type kit struct {
	*Service
	*stage.Stage
	clock    *clock.Fake
	settings *chat.Settings
	looked   []string // at agents, in their order
	log      *bytes.Buffer
}

func (k *kit) Current() *chat.Settings      { return k.settings }
func (k *kit) Reload(context.Context) error { return nil }

// Reassess notes who was looked at and stores what is open for him.
func (k *kit) Reassess(ctx context.Context, tx *db.Tx, a chat.AgentID, _ chat.Cause) error {
	k.looked = append(k.looked, string(a))
	open, bound, err := k.Service.Open(ctx, tx, a, tx.Now())
	if err != nil {
		return err
	}
	text := ""
	if bound {
		b, _ := json.Marshal(open)
		text = string(b)
	}
	_, err = tx.Exec(ctx, `UPDATE agents SET open_hours = $2, status_livechat = CASE WHEN $3 THEN 'not-available' ELSE status_livechat END WHERE user_id = $1`,
		a, text, bound && len(open) == 0 && a != "bot")
	return err
}

// FollowHour links departments whose names begin with d.
func (k *kit) FollowHour(ctx context.Context, tx *db.Tx, hour chat.HourID, departments []chat.DepartmentID) error {
	if _, err := tx.Exec(ctx, `UPDATE departments SET business_hour_id = '' WHERE business_hour_id = $1`, hour); err != nil {
		return err
	}
	for _, d := range departments {
		if n, err := tx.Exec(ctx, `UPDATE departments SET business_hour_id = $1 WHERE id = $2`, hour, d); err != nil {
			return err
		} else if n == 0 {
			return fault.New(fault.Invalid, "error-invalid-department", "Invalid department")
		}
	}
	return nil
}

var rights = stage.Rights{"manager": {chat.ViewLivechatBusinessHours}, "agent": {chat.ViewLRoom}}

// monday is Monday 2026-10-05, ten in the morning in Berlin.
const monday clock.Instant = 1_791_187_200_000

func engines(t *testing.T, run func(k *kit)) {
	t.Helper()
	c := clock.NewFake(monday)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		c.Advance(monday.Sub(c.Now()))
		k := &kit{Stage: &stage.Stage{T: t, DB: d, Below: "/api/v1/"}, clock: c, settings: chat.DefaultSettings(), log: &bytes.Buffer{}}
		k.settings.EnableBusinessHours = true
		k.Service = New(Deps{DB: d, Clock: c, Log: slog.New(slog.NewTextHandler(k.log, nil)), Settings: k, Departments: k, Agents: k, Zone: "Europe/Berlin"})
		k.Serve(rights, c, k.Rows())
		k.Must(k.Start(context.Background()))
		run(k)
	}, c)
}

func (k *kit) agent(name string, departments ...string) {
	k.Exec(`INSERT INTO users (id, username, username_lower, created_at, updated_at, type) VALUES ($1, $1, $1, 1, 1, CASE WHEN $1 = 'bot' THEN 'bot' ELSE 'user' END)`, name)
	k.Exec(`INSERT INTO agents (user_id, status_livechat, open_hours, updated_at) VALUES ($1, 'available', '', 1)`, name)
	for _, d := range departments {
		k.Exec(`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ($1, $2, 1)`, d, name)
	}
}

func (k *kit) department(ids ...string) {
	for _, id := range ids {
		k.Exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at) VALUES ($1, 'default', upper($1), true, true, true, 1)`, id)
	}
}

// hour makes a custom hour that is open between two times of every day.
func (k *kit) hour(name, start, finish string, departments ...string) chat.HourID {
	k.T.Helper()
	h := Hour{Type: Custom, Name: name, Active: true, Zone: "Europe/Berlin"}
	for day := range time.Weekday(7) {
		h.Windows = append(h.Windows, Window{Day: day, Start: minuteOf(start), Finish: minuteOf(finish), Open: true})
	}
	ids := make([]chat.DepartmentID, len(departments))
	for i, d := range departments {
		ids[i] = chat.DepartmentID(d)
	}
	k.Must(k.Save(context.Background(), h, ids))
	return k.named(name).ID
}

func (k *kit) named(name string) Hour {
	k.T.Helper()
	all, err := hours(context.Background(), k.DB)
	k.Must(err)
	i := slices.IndexFunc(all, func(h Hour) bool { return h.Name == name })
	if i < 0 {
		k.T.Fatalf("there is no hour %q", name)
	}
	return all[i]
}

// open are the names of the hours open for an agent; "-" is the default one.
func (k *kit) open(agent string) string {
	k.T.Helper()
	ids, bound, err := k.Service.Open(context.Background(), k.DB, chat.AgentID(agent), k.clock.Now())
	k.Must(err)
	if !bound {
		return "unbound"
	}
	all, err := hours(context.Background(), k.DB)
	k.Must(err)
	var names []string
	for _, h := range all {
		if slices.Contains(ids, h.ID) {
			names = append(names, map[bool]string{true: "-", false: h.Name}[h.Type == Default])
		}
	}
	return strings.Join(names, " ")
}

func (k *kit) check() clock.Instant {
	k.T.Helper()
	next, err := k.Check(context.Background())
	k.Must(err)
	return next
}

func (k *kit) call(as, method, path, body string) (int, string) {
	k.T.Helper()
	a := k.Call(as, method, path, body)
	return a.Status, a.Text
}
