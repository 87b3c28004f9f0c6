package routing

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

// line is a queue under test, on a real database.
type line struct {
	*Places
	t        *testing.T
	db       *db.DB
	clock    *clock.Fake
	settings *chat.Settings
	rooms    int
	seen     chan chat.QueueMoved
}

func (l *line) Current() *chat.Settings { return l.settings }

// Reload does nothing.
func (l *line) Reload(context.Context) error { return nil }

func lines(t *testing.T, run func(l *line)) {
	t.Helper()
	c := clock.NewFake(1_790_000_000_000)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		l := &line{t: t, db: d, clock: c, settings: chat.DefaultSettings(), seen: make(chan chat.QueueMoved, 100)}
		l.settings.WaitingQueue = true
		l.Places = NewPlaces(New(Deps{DB: d, Settings: l}))
		t.Cleanup(d.OnEvents("test", func(events []db.Emitted) {
			for _, e := range events {
				if m, ok := e.Event.(chat.QueueMoved); ok {
					l.seen <- m
				}
			}
		}))
		run(l)
	}, c)
}

func (l *line) exec(sql string, args ...any) {
	l.t.Helper()
	err := l.db.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	})
	if err != nil {
		l.t.Fatal(err)
	}
}

// waiter is an inquiry with everything the orders look at.
type waiter struct {
	rid                      chat.RoomID
	id                       string
	ts, updated, weight, sla int64
}

func (l *line) wait(department string, w waiter) waiter {
	l.t.Helper()
	l.rooms++
	w.rid = chat.RoomID(fmt.Sprintf("room-%d", l.rooms))
	w.id = fmt.Sprintf("%x", w.rid[5:]+"x"+chat.RoomID(fmt.Sprint(l.rooms*7919%1000)))
	l.exec(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, department_id, source_type, source, updated_at)
		VALUES ($1, 'default', $2, 'Ann', $3, $3, true, $1, '{}', $4, 'api', '{}', 1)`, w.rid, l.rooms, w.ts, department)
	l.exec(`INSERT INTO inquiries (id, room_id, status, department_id, ts, queued_at, updated_at, priority_weight, sla_minutes, deadline)
		VALUES ($1, $2, 'queued', $3, $4, $4, $5, $6, $7, $8)`, w.id, w.rid, department, w.ts, w.updated, w.weight, w.sla, w.ts+w.sla*60_000)
	return w
}

// before is RQ-SORT written down once more, as a comparison.
func before(sorting string) func(a, b waiter) int {
	first := func(w waiter) int64 {
		switch sorting {
		case chat.SortPriority:
			return w.weight
		case chat.SortSLA:
			return w.sla
		case chat.SortDeadline:
			return w.ts + w.sla*60_000
		}
		return 0
	}
	return func(a, b waiter) int {
		return cmp.Or(cmp.Compare(first(a), first(b)), cmp.Compare(a.ts, b.ts), cmp.Compare(b.updated, a.updated), strings.Compare(a.id, b.id))
	}
}

func roomsOf(all []waiter) (rooms []chat.RoomID) {
	for _, w := range all {
		rooms = append(rooms, w.rid)
	}
	return rooms
}

// PT-POS, PT-SORT, RQ-SORT-4, RQ-POS-1: the spots of a queue are 1…k in the order of the
// comparator, whatever waits in other queues; taking one lowers those behind it by one.
func TestPlacesAreTheOrderOfTheQueue(t *testing.T) {
	lines(t, func(l *line) {
		random := rand.New(rand.NewPCG(1, 2))
		queues := map[string][]waiter{}
		for range 60 {
			department := []string{"", "sales"}[random.IntN(2)]
			w := waiter{ts: random.Int64N(5) * 60_000, updated: random.Int64N(3), weight: []int64{1, 3, 99}[random.IntN(3)], sla: []int64{1, 2, 9999999}[random.IntN(3)]}
			queues[department] = append(queues[department], l.wait(department, w))
		}
		for _, sorting := range []string{chat.SortTimestamp, chat.SortPriority, chat.SortSLA, chat.SortDeadline, "Unknown"} {
			l.settings.QueueSorting = sorting
			for department, all := range queues {
				slices.SortFunc(all, before(sorting))
				l.wantPlaces(department, roomsOf(all))
				gone := random.IntN(len(all))
				l.exec(`UPDATE inquiries SET status = 'taken' WHERE room_id = $1`, all[gone].rid)
				queues[department] = slices.Delete(all, gone, gone+1)
				l.wantPlaces(department, roomsOf(queues[department]))
			}
		}
	})
}

func (l *line) wantPlaces(department string, want []chat.RoomID) {
	l.t.Helper()
	places, err := l.routing.places(context.Background(), chat.DepartmentID(department))
	if err != nil || len(places) != len(want) {
		l.t.Fatalf("%d places, want %d (%v)", len(places), len(want), err)
	}
	for i, p := range places {
		if p.RID != want[i] || p.Spot != int64(i+1) {
			l.t.Fatalf("%s %q: place %d is %+v, want %s", l.settings.QueueSorting, department, i+1, p, want[i])
		}
		if i%7 == 0 {
			if info, err := l.routing.QueueInfo(context.Background(), p.RID); err != nil || info == nil || info.Spot != p.Spot {
				l.t.Fatalf("alone %s is told %+v (%v), want %d", p.RID, info, err, p.Spot)
			}
		}
	}
}

// RQ-POS-2…4, 6: the estimate follows the last chats and the team, the text is the department's or the general one.
func TestWhatAWaitingVisitorIsTold(t *testing.T) {
	lines(t, func(l *line) {
		ctx := context.Background()
		l.exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, max_chats, queue_message, updated_at)
			VALUES ('sales', 'default', 'Sales', true, true, true, 2, 'Sales is coming', 1)`)
		first := l.wait("", waiter{ts: 1})
		l.wait("sales", waiter{ts: 1})
		second := l.wait("sales", waiter{ts: 2})
		third := l.wait("sales", waiter{ts: 3})
		l.settings.WaitingQueueMessage = "Please wait"
		told := func(rid chat.RoomID) string {
			t.Helper()
			info, err := l.routing.QueueInfo(ctx, rid)
			if err != nil {
				t.Fatal(err)
			}
			if info == nil {
				return "nothing"
			}
			if info.Message.User.ID != chat.SystemUserID {
				t.Errorf("%+v says it", info.Message.User)
			}
			if info.Seconds == nil {
				return fmt.Sprintf("%d %s", info.Spot, info.Message.Text)
			}
			return fmt.Sprintf("%d %ds %s", info.Spot, *info.Seconds, info.Message.Text)
		}
		want := func(rid chat.RoomID, want string) {
			t.Helper()
			if got := told(rid); got != want {
				t.Errorf("%s: %q, want %q", rid, got, want)
			}
		}
		want(first.rid, "1 Please wait")
		want(second.rid, "2 Sales is coming")
		closed := func(department string, took int64, served string) {
			l.rooms++
			l.exec(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, department_id, source_type, source, served_by, closed_at, updated_at)
				VALUES ($1, 'default', $2, 'Ann', 1000, 1, false, $1, '{}', $3, 'api', '{}', $4, $5, 1)`, fmt.Sprint("closed-", l.rooms), l.rooms, department, served, 1000+took*1000)
		}
		closed("support", 60, "bob")
		closed("support", 40, "")        // nobody served it
		want(first.rid, "1 Please wait") // nobody is there: nobody knows
		closed("sales", 100, "bob")
		want(third.rid, "3 Sales is coming")
		for _, name := range []string{"bob", "eve"} {
			l.exec(`INSERT INTO users (id, username, username_lower, name, active, created_at, updated_at) VALUES ($1, $1, $1, $1, true, 1, 1)`, name)
			l.exec(`INSERT INTO user_roles (user_id, role) VALUES ($1, 'livechat-agent')`, name)
			l.exec(`INSERT INTO agents (user_id, status_livechat, status, updated_at) VALUES ($1, 'available', 'online', 1)`, name)
			l.exec(`INSERT INTO presence (connection_id, user_id, session_id, status, expires_at) VALUES ($1, $1, '', 'online', $2)`, name, l.clock.Now().Add(time.Hour))
			l.exec(`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ('sales', $1, 1)`, name)
		}
		want(first.rid, "1 80s Please wait")      // of all departments
		want(third.rid, "3 150s Sales is coming") // (2/(2+2)+1)×100
		l.exec(`UPDATE agents SET max_chats = 1 WHERE user_id = 'eve'`)
		want(third.rid, "3 167s Sales is coming") // (2/(2+1)+1)×100
		l.settings.RecentChatsForEstimate = 0
		want(third.rid, "3 Sales is coming")
		l.exec(`UPDATE inquiries SET status = 'taken' WHERE room_id = $1`, third.rid)
		want(third.rid, "nothing")
		want("unknown", "nothing")
		l.settings.QueueStatistics = false
		want(second.rid, "nothing")
		l.settings.QueueStatistics, l.settings.WaitingQueue = true, false
		want(second.rid, "nothing")
	})
}

// RQ-POS-5: many changes of a queue are told once, soon, and in events of at most 500 places.
func TestChangesAreToldTogether(t *testing.T) {
	lines(t, func(l *line) {
		ctx := context.Background()
		for i := range 501 {
			l.wait("", waiter{ts: int64(i)})
		}
		for range 5 {
			if err := l.moved(ctx, "", "sales", ""); err != nil {
				t.Fatal(err)
			}
		}
		jobs := l.waitingJobs()
		if len(jobs) != 2 || jobs[0] != jobs[1] {
			t.Fatalf("jobs due at %v", jobs)
		}
		if wait := jobs[0].Sub(l.clock.Now()); wait < placesAfter || wait > placesAfter+placesEvery {
			t.Errorf("told after %s", wait)
		}
		if err := NewPlaces(l.routing).moved(ctx, ""); err != nil || len(l.waitingJobs()) != 2 {
			t.Errorf("another node planned once more: %v", l.waitingJobs())
		}
		l.clock.Advance(placesEvery)
		if err := l.moved(ctx, ""); err != nil || len(l.waitingJobs()) != 3 || l.waitingJobs()[0] != jobs[0] {
			t.Errorf("a later change put the telling off: %v", l.waitingJobs())
		}
		if err := l.tell(ctx, ""); err != nil {
			t.Fatal(err)
		}
		for _, want := range []int{500, 1} {
			if e := <-l.seen; len(e.Places) != want {
				t.Errorf("%d places in an event", len(e.Places))
			}
		}
		l.settings.QueueStatistics = false
		l.exec(`DELETE FROM jobs`)
		l.clock.Advance(time.Minute)
		if err := l.moved(ctx, ""); err != nil || len(l.waitingJobs()) != 0 {
			t.Error("planned although places are not shown")
		}
		if err := l.settingChanged(ctx, "", chat.SettingChanged{ID: "Omnichannel_sorting_mechanism"}); err != nil || len(l.waitingJobs()) != 1 {
			t.Error("a setting tells every queue")
		}
	})
}

func (l *line) waitingJobs() []clock.Instant {
	l.t.Helper()
	all, err := db.All(context.Background(), l.db, func(r db.Row) (i clock.Instant, err error) { return i, r.Scan(&i) },
		`SELECT due_at FROM jobs WHERE kind = $1 ORDER BY due_at`, jobPlaces)
	if err != nil {
		l.t.Fatal(err)
	}
	return all
}
