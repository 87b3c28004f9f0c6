package chaos

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"net/url"
	"os"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/foyerchat/foyer/test/server"
)

var (
	kills = flag.Int("kills", 20, "how often the server is killed")
	seed  = flag.Uint64("seed", 1, "decides who does what, and when the server dies")
)

func TestChaosOnSQLite(t *testing.T) { storm(t, "") }

func TestChaosOnPostgreSQL(t *testing.T) {
	address := os.Getenv("FOYER_TEST_POSTGRES")
	if address == "" {
		t.Fatal("FOYER_TEST_POSTGRES is not set: run the tests with make test, or under scripts/with-services")
	}
	storm(t, database(t, address))
}

// database makes an empty database that is dropped after the test.
func database(t *testing.T, address string) string {
	name := fmt.Sprintf("foyer_chaos_%d", os.Getpid())
	admin, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := admin.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, _ = admin.Exec("DROP DATABASE " + name + " WITH (FORCE)")
		admin.Close()
	})
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func storm(t *testing.T, database string) {
	plan := Plan{Seed: *seed, Kills: *kills, Visitors: 12, Agents: 4}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute+time.Duration(plan.Kills)*5*time.Second)
	defer cancel()
	s := prepare(ctx, t, database, plan.Agents)
	report, err := Run(ctx, s, plan)
	if err != nil {
		t.Fatalf("seed %d: %v\n%s", plan.Seed, err, s.Log())
	}
	t.Logf("seed %d: %d kills, %d rooms, %d messages acknowledged, %d stored; lost %d, double %d, out of order %d, two agents %d, not shown %d",
		plan.Seed, report.Kills, report.Rooms, report.Told, report.Stored, len(report.Lost), len(report.Double),
		len(report.OutOfOrder), len(report.TwoAgents), len(report.NotShown))
	if err := report.Err(); err != nil {
		t.Error(err)
	}
	if report.Told < plan.Kills {
		t.Errorf("only %d messages were acknowledged: nothing was put to the test", report.Told)
	}
}

// prepare starts a server whose agents compete for what waits.
func prepare(ctx context.Context, t *testing.T, database string, agents int) *server.Server {
	binary, err := server.Build()
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.New(server.Options{Binary: binary, Folder: t.TempDir(), Database: database})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Kill() })
	for i := range agents {
		if _, err := s.Run("user", "create", "--username", AgentName(i), "--name", AgentName(i),
			"--role", "livechat-agent", "--role", "user", "--password", AgentPassword); err != nil {
			t.Fatal(err)
		}
	}
	boss, err := s.SignIn(ctx, server.AdminUsername, server.AdminPassword)
	if err != nil {
		t.Fatal(err)
	}
	for id, value := range map[string]any{"Livechat_Routing_Method": "Manual_Selection", "Livechat_accept_chats_with_no_agents": true} {
		if err := boss.Call(ctx, "POST", "/api/v1/settings/"+id, map[string]any{"value": value}, nil); err != nil {
			t.Fatal(err)
		}
	}
	return s
}
