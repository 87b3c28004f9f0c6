package main

import (
	"context"
	"flag"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/foyerchat/foyer/migrations"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/test/people"
	"github.com/foyerchat/foyer/test/server"
)

var seededRooms = flag.Int("rooms", 1_000_000, "conversations of the analytics' data set, ten messages each")

const (
	asksEach = 20
	goalAsk  = 200 * time.Millisecond
	year     = 365 * 24 * time.Hour
)

// figures measures how fast dashboards answer over a year of conversations.
func figures(ctx context.Context, folder string) error {
	for _, engine := range []string{"SQLite", "PostgreSQL"} {
		if err := dashboards(ctx, engine, filepath.Join(folder, "figures-"+engine)); err != nil {
			return err
		}
	}
	return nil
}

func dashboards(ctx context.Context, engine, folder string) error {
	database, err := address(engine, "foyer_bench_figures")
	if err != nil {
		return err
	}
	s, err := startFoyer(ctx, *binary, folder, database) // makes the administrator
	if err != nil {
		return err
	}
	if err := s.Stop(); err != nil {
		return err
	}
	where := database
	if where == "" {
		where = "sqlite:" + filepath.Join(folder, "data", "foyer.db")
	}
	began := time.Now()
	if err := seedYear(ctx, where); err != nil {
		return err
	}
	fmt.Printf("      %s: %d conversations and %d messages stored in %v\n", engine, *seededRooms, *seededRooms*messagesEach, time.Since(began).Round(time.Second))
	if err := s.Start(ctx); err != nil {
		return err
	}
	boss, err := s.SignIn(ctx, server.AdminUsername, server.AdminPassword)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, s.Log())
	}
	began = time.Now()
	if err := untilCounted(ctx, boss, began); err != nil {
		return fmt.Errorf("%w\n%s", err, s.Log())
	}
	fmt.Printf("      %s: counted in %v\n", engine, time.Since(began).Round(time.Second))
	if err := askAll(ctx, engine, boss, began); err != nil {
		return fmt.Errorf("%w\n%s", err, s.Log())
	}
	return s.Stop()
}

func seedYear(ctx context.Context, database string) error {
	d, err := db.Open(ctx, database, db.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Migrate(ctx, migrations.Files); err != nil {
		return err
	}
	return seedConversations(ctx, d, *seededRooms, time.Now())
}

// untilCounted waits until the totals know every conversation.
func untilCounted(ctx context.Context, boss *people.Agent, now time.Time) error {
	path := asking("overview", url.Values{"name": {"Conversations"}, "from": {now.Add(-2 * year).Format(time.DateOnly)}, "to": {now.AddDate(0, 0, 1).Format(time.DateOnly)}})
	for {
		var totals []struct{ Value any }
		if err := boss.Call(ctx, "GET", path, nil, &totals); err != nil {
			return err
		}
		if n, _ := totals[0].Value.(float64); int(n) >= *seededRooms {
			return nil
		}
		if err := people.Sleep(ctx, time.Second); err != nil {
			return err
		}
	}
}

func asking(path string, query url.Values) string {
	return "/api/v1/livechat/analytics/" + path + "?" + query.Encode()
}

// askAll asks every dashboard about a year, a month and a day.
func askAll(ctx context.Context, engine string, boss *people.Agent, now time.Time) error {
	for _, period := range []struct {
		name string
		long time.Duration
	}{{"a year", year}, {"a month", 30 * 24 * time.Hour}, {"a day", 0}} {
		from, to := now.Add(-period.long).Format(time.DateOnly), now.Format(time.DateOnly)
		exact := url.Values{"start": {now.Add(-max(period.long, 24*time.Hour)).UTC().Format(time.RFC3339)}, "end": {now.UTC().Format(time.RFC3339)}}
		chart := func(name string) url.Values { return url.Values{"chartName": {name}, "start": {from}, "end": {to}} }
		whole := func(name string) url.Values { return url.Values{"name": {name}, "from": {from}, "to": {to}} }
		worst, usual, which := time.Duration(0), time.Duration(0), ""
		for _, ask := range []string{
			asking("overview", whole("Conversations")), asking("overview", whole("Productivity")), asking("agent-overview", whole("Avg_first_response_time")),
			asking("dashboards/charts-data", chart("Total_messages")), asking("dashboards/charts-data", chart("Best_first_response_time")),
			asking("dashboards/conversation-totalizers", exact), asking("dashboards/productivity-totalizers", exact), asking("dashboards/chats-totalizers", exact),
			asking("dashboards/agents-productivity-totalizers", exact), asking("dashboards/charts/chats", exact), asking("dashboards/charts/chats-per-agent", exact),
			asking("dashboards/charts/chats-per-department", exact), asking("dashboards/charts/timings", exact), asking("dashboards/conversations-by-status", exact),
			asking("dashboards/conversations-by-source", exact), asking("dashboards/conversations-by-tags", exact), asking("dashboards/conversations-by-agent", exact),
			asking("departments/percentage-abandoned-chats", exact), asking("departments/total-transferred-chats", exact), asking("agents/total-service-time", exact),
		} {
			middle, took, err := asked(ctx, boss, ask)
			if err != nil {
				return err
			}
			if took > worst {
				worst, usual, which = took, middle, ask
			}
		}
		u, err := url.Parse(which)
		if err != nil {
			return err
		}
		line(fmt.Sprintf("%s: slowest of 20 dashboards over %s, p95", engine, period.name), fmt.Sprintf("%.0f ms, p50 %.0f (%s)", ms(worst), ms(usual), filepath.Base(u.Path)), "≤ 200 ms", worst <= goalAsk)
	}
	return nil
}

// asked is the median and the 95th percentile of some answers.
func asked(ctx context.Context, boss *people.Agent, path string) (p50, p95 time.Duration, err error) {
	took := make([]time.Duration, asksEach)
	for i := range took {
		another := strings.Replace(path, "Z", fmt.Sprintf(".%03dZ", i), 1) // what is asked twice is kept: every period ends at another moment
		began := time.Now()
		var answer any
		if err := boss.Call(ctx, "GET", another, nil, &answer); err != nil {
			return 0, 0, err
		}
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	return took[len(took)/2], took[len(took)*95/100], nil
}
