package nodes

import (
	"context"
	"database/sql"
	"flag"

	"os"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
	"github.com/foyerchat/foyer/test/people"
	"github.com/foyerchat/foyer/test/server"
)

var (
	chats   = flag.Int("chats", 150, "how many chats there are; 1000 in the long run")
	clients = flag.Int("clients", 50, "how many at once")
	method  = flag.String("method", "Auto_Selection", "the routing method")
	kill    = flag.Duration("kill", 2*time.Second, "about how often a node is killed")
	seed    = flag.Uint64("seed", 1, "decides who does what, and when a node dies")
)

// Three processes on one database: nobody has more chats than he may, no chat has two
// agents, none is forgotten, the older one is served first (PT-CAP-1, PT-Q-1, PT-Q-3).
func TestSeveralNodes(t *testing.T) { // RQ-Q-8, PT-Q-1, PT-CAP-1
	redis := os.Getenv("FOYER_TEST_REDIS")
	if redis == "" {
		t.Fatal("FOYER_TEST_REDIS is not set: run the tests with make test, or under scripts/with-services")
	}
	plan := Plan{Seed: *seed, Nodes: 3, Clients: *clients, Chats: *chats, Agents: 20, Method: *method, Kill: *kill}
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second+time.Duration(plan.Chats)*time.Second/2)
	defer cancel()
	url := testkit.EmptyURL(t, db.PostgreSQL)
	database, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { database.Close() })
	nodes := start(ctx, t, plan, server.Options{Database: url, Redis: redis, Flags: []string{"--log-level", "warn"}})
	agents := hire(ctx, t, plan, nodes[0], database)
	began := time.Now()
	report, err := Run(ctx, plan, database, nodes, agents)
	t.Logf("seed %d: %d chats, %d served, %d moves, %d kills, %d snapshots, longest wait %s, in %s", plan.Seed, report.Chats, report.Served,
		report.Moves, report.Kills, report.Snapshots, report.Longest.Round(time.Millisecond), time.Since(began).Round(time.Second))
	for _, what := range report.Broken {
		t.Error(what)
	}
	if err != nil {
		t.Error(err)
	}
	if t.Failed() {
		for _, n := range nodes {
			t.Logf("%.3000s", n.Log())
		}
	}
}

// start starts the nodes on one database; the first makes it.
func start(ctx context.Context, t *testing.T, p Plan, o server.Options) (nodes []*server.Server) {
	binary, err := server.Build()
	if err != nil {
		t.Fatal(err)
	}
	o.Binary = binary
	for range p.Nodes {
		o.Folder = t.TempDir()
		s, err := server.New(o)
		if err == nil {
			err = s.Start(ctx)
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Kill() })
		nodes = append(nodes, s)
	}
	return nodes
}

// hire makes the agents with their limits and departments, signs them in and sets
// the house up.
func hire(ctx context.Context, t *testing.T, p Plan, s *server.Server, database *sql.DB) map[string]*people.Agent {
	boss, err := s.SignIn(ctx, server.AdminUsername, server.AdminPassword)
	if err != nil {
		t.Fatal(err)
	}
	call := func(a *people.Agent, path string, body map[string]any) {
		t.Helper()
		if err := a.Call(ctx, "POST", "/api/v1/"+path, body, nil); err != nil {
			t.Fatal(err)
		}
	}
	exec := func(statement string, args ...any) {
		t.Helper()
		if _, err := database.ExecContext(ctx, statement, args...); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range Departments {
		exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at) VALUES ($1, 'default', $1, true, true, true, 1)`, name)
	}
	agents := map[string]*people.Agent{}
	for i := range p.Agents {
		name := AgentName(i)
		exec(`INSERT INTO users (id, username, username_lower, name, password_hash, created_at, updated_at)
			SELECT $1, $1, $1, $1, password_hash, 1, 1 FROM users WHERE username = $2`, name, server.AdminUsername)
		exec(`INSERT INTO user_roles (user_id, role) VALUES ($1, 'user')`, name)
		call(boss, "livechat/users/agent", map[string]any{"username": name})
		exec(`UPDATE agents SET max_chats = $1 WHERE user_id = $2`, Limit(i), name)
		for k, department := range Departments {
			if i%(k+2) == 0 {
				exec(`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ($1, $2, 1)`, department, name)
			}
		}
		a, err := s.SignIn(ctx, name, server.AdminPassword)
		if err != nil {
			t.Fatal(err)
		}
		call(a, "users.setStatus", map[string]any{"status": "online"})
		agents[name] = a
	}
	for id, value := range map[string]any{"Livechat_Routing_Method": p.Method, "Livechat_accept_chats_with_no_agents": true,
		"Livechat_waiting_queue": true, "Omnichannel_queue_delay_timeout": 1, "Livechat_allow_manual_on_hold": true,
		"Livechat_allow_manual_on_hold_upon_agent_engagement_only": false, "Livechat_request_comment_when_closing_conversation": false} {
		call(boss, "settings/"+id, map[string]any{"value": value})
	}
	call(boss, "permissions.update", map[string]any{"permissions": []chat.Grant{{ID: chat.TransferLivechatGuest, Roles: []string{"admin", chat.RoleAgent}}}})
	if err := people.Sleep(ctx, time.Second); err != nil { // until every node has heard of the settings
		t.Fatal(err)
	}
	return agents
}
