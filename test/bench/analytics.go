package main

import (
	"cmp"
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
	asksEach = 40
	goalAsk  = 200 * time.Millisecond
	year     = 365 * 24 * time.Hour
)

// figures measures how fast dashboards answer over a year of conversations.
func figures(ctx context.Context, folder string) error {
	return onEach(folder, "figures", func(engine, folder string) error { return dashboards(ctx, engine, folder) })
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
	made, err := once(folder, func() error {
		if err := s.Stop(); err != nil {
			return err
		}
		began := time.Now()
		if err := seedYear(ctx, cmp.Or(database, "sqlite:"+filepath.Join(folder, "data", "foyer.db"))); err != nil {
			return err
		}
		fmt.Printf("      %s: %d conversations and %d messages stored in %v\n", engine, *seededRooms, *seededRooms*messagesEach, time.Since(began).Round(time.Second))
		return s.Start(ctx)
	})
	if err != nil {
		return err
	}
	boss, err := s.SignIn(ctx, server.AdminUsername, server.AdminPassword)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, s.Log())
	}
	began := time.Now()
	if err := untilCounted(ctx, boss, made); err != nil {
		return fmt.Errorf("%w\n%s", err, s.Log())
	}
	fmt.Printf("      %s: counted in %v\n", engine, time.Since(began).Round(time.Second))
	if err := askAll(ctx, engine, boss, made); err != nil {
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

// dashboard is an endpoint, and how its period is told.
type dashboard struct {
	path    string
	more    url.Values
	dates   bool // a pair of dates under these names
	names   [2]string
	reports bool // knows no departments
}

// charted are the charts, and columns of the agents' table.
var charted = []string{"Total_conversations", "Avg_chat_duration", "Total_messages", "Avg_first_response_time", "Best_first_response_time", "Avg_response_time", "Avg_reaction_time"}

// queueTime is the dashboard that says how long chats were in the queue.
const queueTime = "dashboards/productivity-totalizers"

func everyDashboard() (all []dashboard) {
	moments := [2]string{"start", "end"}
	for _, name := range []string{"Conversations", "Productivity"} {
		all = append(all, dashboard{"overview", url.Values{"name": {name}}, true, [2]string{"from", "to"}, false})
	}
	for _, name := range charted {
		all = append(all, dashboard{"agent-overview", url.Values{"name": {name}}, true, [2]string{"from", "to"}, false},
			dashboard{"agent-overview", url.Values{"name": {name}, "attribution": {"actual"}}, true, [2]string{"from", "to"}, false},
			dashboard{"dashboards/charts-data", url.Values{"chartName": {name}}, true, moments, false})
	}
	all = append(all, dashboard{"dashboards/conversations-by-agent", url.Values{"attribution": {"actual"}}, false, moments, true})
	all = append(all, dashboard{"agents/available-for-service-history", nil, true, moments, false})
	for _, path := range []string{"conversation-totalizers", "productivity-totalizers", "chats-totalizers", "agents-productivity-totalizers", "charts/chats",
		"charts/chats-per-agent", "charts/chats-per-department", "charts/timings", "charts/agents-status"} {
		all = append(all, dashboard{"dashboards/" + path, nil, false, moments, false})
	}
	for _, by := range []string{"status", "source", "department", "tags", "agent"} {
		all = append(all, dashboard{"dashboards/conversations-by-" + by, nil, false, moments, true})
	}
	for _, path := range []string{"agents/average-service-time", "agents/total-service-time", "departments/amount-of-chats", "departments/average-service-time",
		"departments/total-service-time", "departments/average-chat-duration-time", "departments/average-waiting-time", "departments/total-transferred-chats",
		"departments/total-abandoned-chats", "departments/percentage-abandoned-chats"} {
		all = append(all, dashboard{path, nil, false, moments, false})
	}
	return all
}

// ask is the question about a period, each time another one, so that no answer is
// remembered: every other one is about a department.
func (d dashboard) ask(end time.Time, long time.Duration, i int) string {
	query := url.Values{}
	for name, values := range d.more {
		query[name] = values
	}
	if i%2 == 1 && !d.reports {
		query.Set("departmentId", fmt.Sprintf("department-%d", i%yearDepartments))
	}
	if d.dates {
		end = end.AddDate(0, 0, -i/2)
		query.Set(d.names[0], end.Add(-long).Format(time.DateOnly))
		query.Set(d.names[1], end.Format(time.DateOnly))
	} else {
		end = end.Add(-time.Duration(i) * 37 * time.Minute).UTC()
		query.Set(d.names[0], end.Add(-max(long, 24*time.Hour)).Format(time.RFC3339))
		query.Set(d.names[1], end.Format(time.RFC3339))
	}
	return asking(d.path, query)
}

// name is what the dashboard is called in the results.
func (d dashboard) name() string {
	words := []string{filepath.Base(d.path)}
	for _, one := range []string{"name", "chartName", "attribution"} {
		words = append(words, d.more[one]...)
	}
	return strings.Join(words, " ")
}

// speed is how fast a dashboard answered.
type speed struct {
	dashboard
	p50, p95 time.Duration
}

func (s speed) String() string {
	return fmt.Sprintf("%.0f ms, p50 %.0f (%s)", ms(s.p95), ms(s.p50), s.name())
}

// askAll asks every dashboard about a year, a month and a day.
func askAll(ctx context.Context, engine string, boss *people.Agent, now time.Time) error {
	for _, period := range []struct {
		name string
		long time.Duration
	}{{"a year", year}, {"a month", 30 * 24 * time.Hour}, {"a day", 0}} {
		var all []speed
		for _, d := range everyDashboard() {
			p50, p95, err := asked(ctx, boss, func(i int) string { return d.ask(now, period.long, i) })
			if err != nil {
				return fmt.Errorf("%s: %w", d.name(), err)
			}
			all = append(all, speed{d, p50, p95})
		}
		queued := all[slices.IndexFunc(all, func(s speed) bool { return s.path == queueTime })]
		slices.SortFunc(all, func(a, b speed) int { return cmp.Compare(b.p95, a.p95) })
		line(fmt.Sprintf("%s: slowest of %d dashboards over %s, p95", engine, len(all), period.name), all[0].String(), "≤ 200 ms", all[0].p95 <= goalAsk)
		line(fmt.Sprintf("%s: Avg_of_queue_time over %s, p95", engine, period.name), queued.String(), "≤ 200 ms", queued.p95 <= goalAsk)
		for _, next := range all[1:5] {
			fmt.Printf("      then %s\n", next)
		}
	}
	return nil
}

// asked is the median and the 95th percentile of some answers.
func asked(ctx context.Context, boss *people.Agent, path func(i int) string) (p50, p95 time.Duration, err error) {
	took := make([]time.Duration, asksEach)
	for i := range took {
		began := time.Now()
		var answer any
		if err := boss.Call(ctx, "GET", path(i), nil, &answer); err != nil {
			return 0, 0, err
		}
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	return took[len(took)/2], took[len(took)*95/100], nil
}
