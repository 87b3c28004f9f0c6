package agents

import (
	"context"
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

// kit is the feature on a real database, with its endpoints served and its
// neighbours' decisions played by the kit itself.
type kit struct {
	*Service
	*stage.Stage
	clock    *clock.Fake
	settings *chat.Settings
	pick     chat.AgentID // whom the router would choose
	open     []chat.HourID
	bound    bool // business hours are on
	left     []chat.AgentID
}

func (k *kit) Current() *chat.Settings      { return k.settings }
func (k *kit) Reload(context.Context) error { return nil }

func (k *kit) Grant(ctx context.Context, tx *db.Tx, u chat.UserID, role string) error {
	_, err := tx.Exec(ctx, `INSERT INTO user_roles (user_id, role) VALUES ($1, $2) ON CONFLICT DO NOTHING`, u, role)
	return err
}

func (k *kit) Revoke(ctx context.Context, tx *db.Tx, u chat.UserID, role string) error {
	_, err := tx.Exec(ctx, `DELETE FROM user_roles WHERE user_id = $1 AND role = $2`, u, role)
	return err
}

func (k *kit) Leave(_ context.Context, _ *db.Tx, u chat.AgentID) error {
	k.left = append(k.left, u)
	return nil
}

// JoinOnly sets the memberships; the departments' own is tested there.
func (k *kit) JoinOnly(ctx context.Context, tx *db.Tx, u chat.AgentID, departments []chat.DepartmentID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM department_agents WHERE agent_id = $1`, u); err != nil {
		return err
	}
	for _, d := range departments {
		if d == "nope" {
			return fault.New(fault.Invalid, "error-invalid-department", "")
		}
		if _, err := tx.Exec(ctx, `INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ($1, $2, 1)`, d, u); err != nil {
			return err
		}
	}
	return nil
}

func (k *kit) Preview(context.Context, chat.Visitor) (chat.AgentID, error) { return k.pick, nil }

func (k *kit) Open(context.Context, db.Querier, chat.AgentID, clock.Instant) ([]chat.HourID, bool, error) {
	return k.open, k.bound, nil
}

func (k *kit) Next(_ context.Context, _ db.Querier, _ chat.AgentID, at clock.Instant) (clock.Instant, error) {
	if !k.bound {
		return 0, nil
	}
	return at.Add(time.Hour), nil
}

const start clock.Instant = 1_790_000_000_000

func engines(t *testing.T, run func(k *kit)) {
	t.Helper()
	c := clock.NewFake(start)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := &kit{Stage: &stage.Stage{T: t, DB: d, Below: "/api/v1/livechat/"}, clock: c, settings: chat.DefaultSettings()}
		k.Service = New(Deps{DB: d, Clock: c, Settings: k, Roles: k, Departments: k, Router: k, Hours: k})
		k.Serve(rights, c, k.Rows())
		run(k)
	}, c)
}

var rights = stage.Rights{
	"nobody": nil, "bob": {chat.ViewLRoom}, "forwarder": {chat.ViewLRoom, chat.TransferLivechatGuest},
	"monitor": {chat.ViewLRoom, chat.ViewLivechatManager},
	"manager": {chat.ViewLRoom, chat.ViewLivechatManager, chat.ManageLivechatAgents, chat.ManageLivechatManagers},
}

// user adds somebody who can sign in.
func (k *kit) user(name string) {
	k.Exec(`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ($1, $1, lower($1), upper($1), 1, 1)`, name)
}

// agent adds an agent whose switch is on.
func (k *kit) agent(names ...string) {
	for _, name := range names {
		k.user(name)
		_, err := k.Add(context.Background(), name, chat.RoleAgent)
		k.Must(err)
	}
	k.Exec(`DELETE FROM outbox`)
	k.Exec(`DELETE FROM agent_changes`)
}

func (k *kit) connect(conn, user string) {
	k.T.Helper()
	k.Must(k.Connected(context.Background(), conn, chat.UserID(user), "session"))
}

// told are the announcements since the last question: "bob lost offline available".
func (k *kit) told() string {
	k.T.Helper()
	ctx := context.Background()
	events, err := db.All(ctx, k.DB, func(r db.Row) (e chat.AgentChanged, err error) {
		err = r.Scan(db.JSON(&e))
		return e, err
	}, `SELECT payload FROM outbox WHERE name = 'agent.changed' ORDER BY id`)
	k.Must(err)
	k.Exec(`DELETE FROM outbox`)
	var said []string
	for _, e := range events {
		said = append(said, strings.Join([]string{string(e.Agent.ID), string(e.Cause), string(e.Agent.Status), string(e.Agent.StatusLivechat)}, " "))
	}
	k.recorded(len(events))
	return strings.Join(said, "; ")
}

// recorded checks that each announcement has its record, and empties the records.
func (k *kit) recorded(want int) {
	k.T.Helper()
	n, err := db.One(context.Background(), k.DB, number, `SELECT count(*) FROM agent_changes`)
	k.Must(err)
	if n != int64(want) {
		k.T.Errorf("%d records of %d announcements", n, want)
	}
	k.Exec(`DELETE FROM agent_changes`)
}

func (k *kit) expect(want string) {
	k.T.Helper()
	if got := k.told(); got != want {
		k.T.Errorf("announced %q\nwant      %q", got, want)
	}
}

// ready is whether routing may count on the agent.
func (k *kit) ready(name string) bool {
	k.T.Helper()
	b, err := db.One(context.Background(), k.DB, flag, `SELECT ready FROM agents WHERE user_id = $1`, name)
	k.Must(err)
	return b
}

// standing reads the console's view of agents.
func (k *kit) standing(as, path string) stage.Answer {
	k.T.Helper()
	s := *k.Stage
	s.Below = "/api/v1/foyer/agents/"
	return s.Call(as, "GET", path, "")
}
