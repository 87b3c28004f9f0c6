package main

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/coder/websocket"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/agents"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/features/routing"
	"github.com/foyerchat/foyer/migrations"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/test/people"
	"github.com/foyerchat/foyer/test/server"
)

const (
	queueAgents  = 500
	queueLong    = 10_000
	queueWatched = 200 // visitors whose screens are watched
	changesEach  = 10 * time.Millisecond
)

// queue measures how fast waiting chats find agents, and that a long queue costs no
// more than a short one.
func queue(ctx context.Context, folder string) error {
	for _, engine := range strings.Split(*engines, ",") {
		if err := decisions(ctx, engine, folder); err != nil {
			return err
		}
		if err := untilSeen(ctx, engine, filepath.Join(folder, "queue-"+engine)); err != nil {
			return err
		}
	}
	return nil
}

// decisions has all agents free at once with more and more visitors waiting.
func decisions(ctx context.Context, engine, folder string) error {
	costs := map[int]time.Duration{}
	for _, waiting := range []int{100, 1000, queueLong} {
		name := fmt.Sprint("foyer_bench_queue_", waiting)
		database, err := address(engine, name)
		if err != nil {
			return err
		}
		if database == "" {
			database = "sqlite:" + filepath.Join(folder, name+".db")
		}
		given, took, err := giveAway(ctx, database, waiting)
		if err != nil {
			return err
		}
		costs[waiting] = took / time.Duration(given)
		if waiting == queueLong {
			line(engine+": decisions, 10,000 waiting, 500 agents", fmt.Sprintf("%.0f/s (%d in %v)", float64(given)/took.Seconds(), given, took.Round(time.Millisecond)), "≥ 100/s", given == queueAgents && float64(given)/took.Seconds() >= 100)
		}
	}
	ratio := float64(costs[queueLong]) / float64(costs[1000])
	logs := math.Log(queueLong) / math.Log(1000)
	line(engine+": cost of one with 100, 1,000, 10,000 waiting", fmt.Sprintf("%.1f, %.1f, %.1f ms = %.2f×", ms(costs[100]), ms(costs[1000]), ms(costs[queueLong]), ratio),
		fmt.Sprintf("no faster than the log: ≤ %.2f×", logs), ratio <= logs)
	return nil
}

func ms(d time.Duration) float64 { return d.Seconds() * 1e3 }

// fixed is a snapshot of the settings.
type fixed chat.Settings

// Current is the snapshot.
func (f *fixed) Current() *chat.Settings { return (*chat.Settings)(f) }

// Reload does nothing.
func (f *fixed) Reload(context.Context) error { return nil }

// giveAway lets every agent have one chat and says how long that took.
func giveAway(ctx context.Context, database string, waiting int) (given int, took time.Duration, err error) {
	d, err := db.Open(ctx, database, db.Options{})
	if err != nil {
		return 0, 0, err
	}
	defer d.Close()
	if err := d.Migrate(ctx, migrations.Files); err != nil {
		return 0, 0, err
	}
	if err := seed(ctx, d, waiting, false); err != nil {
		return 0, 0, err
	}
	s := fixed(*chat.DefaultSettings())
	s.WaitingQueue, s.MaxChatsPerAgent = true, 1
	who := agents.New(agents.Deps{DB: d, Clock: clock.System, Settings: &s})
	r := routing.New(routing.Deps{DB: d, Settings: &s, Agents: who})
	dispatcher := routing.NewDispatcher(r, rooms.New(rooms.Deps{DB: d, Settings: &s, Queue: r, Router: r}))
	start := time.Now()
	err = dispatcher.Sweep(ctx)
	took = time.Since(start)
	if err == nil {
		err = d.QueryRow(ctx, `SELECT count(*) FROM rooms WHERE served_by <> ''`).Scan(&given)
	}
	return given, took, err
}

// untilSeen measures from an agent's being free to the visitor's screen.
func untilSeen(ctx context.Context, engine, folder string) error {
	database, err := address(engine, "foyer_bench_queue")
	if err != nil {
		return err
	}
	s, err := startFoyer(ctx, *binary, folder, database)
	if err != nil {
		return err
	}
	boss, watched, err := waitFirst(ctx, s)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, s.Log())
	}
	if err := s.Stop(); err != nil {
		return err
	}
	if database == "" {
		database = "sqlite:" + filepath.Join(folder, "data", "foyer.db")
	}
	d, err := db.Open(ctx, database, db.Options{})
	if err != nil {
		return err
	}
	if err := seed(ctx, d, queueLong, true); err != nil {
		return err
	}
	if err := d.Close(); err != nil {
		return err
	}
	if err := s.Start(ctx); err != nil {
		return err
	}
	delays, err := freeAll(ctx, boss, watched)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, s.Log())
	}
	p50, p99 := delays[len(delays)/2], delays[len(delays)*99/100]
	line(engine+": agent free → visitor's screen, 10,000 waiting", fmt.Sprintf("p50 %.0f ms, p99 %.0f ms", ms(p50), ms(p99)),
		"p99 ≤ 50 ms at 100 changes/s (SQLite)", p99 <= 50*time.Millisecond)
	return s.Stop()
}

// waitFirst lets visitors wait before all others.
func waitFirst(ctx context.Context, s *server.Server) (*people.Agent, []*people.Visitor, error) {
	boss, err := s.SignIn(ctx, server.AdminUsername, server.AdminPassword)
	if err != nil {
		return nil, nil, err
	}
	for setting, value := range map[string]any{"Livechat_waiting_queue": true, "Livechat_accept_chats_with_no_agents": true, "Livechat_maximum_chats_per_agent": 1} {
		if err := boss.Call(ctx, "POST", "/api/v1/settings/"+setting, map[string]any{"value": value}, nil); err != nil {
			return nil, nil, err
		}
	}
	watched := make([]*people.Visitor, queueWatched)
	for i := range watched {
		if watched[i], err = visit(ctx, s, i); err != nil {
			return nil, nil, err
		}
	}
	return boss, watched, nil
}

// freeAll closes agents' only chats, a hundred a second, and lists, sorted, how long
// it took until the next visitor saw that he is served.
func freeAll(ctx context.Context, boss *people.Agent, watched []*people.Visitor) ([]time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	seen, failed := make(chan time.Time, len(watched)), make(chan error, 2*len(watched))
	for _, v := range watched {
		conn, err := listen(ctx, v)
		if err != nil {
			return nil, err
		}
		defer conn.Close(websocket.StatusNormalClosure, "")
		go func() {
			if err := readUntil(ctx, conn, `"name":"taken"`); err != nil {
				failed <- err
				return
			}
			seen <- time.Now()
		}()
	}
	changes := time.NewTicker(changesEach)
	defer changes.Stop()
	var freed []time.Time
	for i := range watched {
		freed = append(freed, <-changes.C)
		go func() {
			if err := boss.Close(ctx, servedRoom(i), "done"); err != nil {
				failed <- err
			}
		}()
	}
	delays := make([]time.Duration, len(watched))
	for i := range delays { // the first visitor gets the first agent
		select {
		case at := <-seen:
			delays[i] = at.Sub(freed[i])
		case err := <-failed:
			return nil, err
		}
	}
	slices.Sort(delays)
	return delays, nil
}

// listen joins the visitor's room on a socket.
func listen(ctx context.Context, v *people.Visitor) (*websocket.Conn, error) {
	conn, err := dial(ctx, v.URL, fmt.Sprintf(`{"t":"hello","v":1,"session":%q}`, v.Session))
	if err != nil {
		return nil, err
	}
	if err := send(ctx, conn, `{"t":"join","room":%q,"after":0}`, string(v.Room.ID)); err != nil {
		return nil, err
	}
	return conn, readUntil(ctx, conn, `"t":"joined"`)
}
