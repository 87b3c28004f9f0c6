// Package conversation tests rooms and routing together, on both engines and
// through their endpoints: what is one transaction, who wins a race, what every
// reader may see, and what must be true of the database after all of it.
package conversation

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/agents"
	"github.com/foyerchat/foyer/features/contacts"
	"github.com/foyerchat/foyer/features/fields"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/features/routing"
	"github.com/foyerchat/foyer/features/visitors"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

// noon is when every test begins.
const noon = clock.Instant(1_767_268_800_000) // 2026-01-01T12:00:00Z

// house is rooms and routing on a database of their own.
type house struct {
	t          *testing.T
	ctx        context.Context
	db         *db.DB
	clock      *clock.Fake
	settings   *settings
	routing    *routing.Service
	rooms      *rooms.Service
	visitors   *visitors.Service
	fields     *fields.Service
	contacts   *contacts.Service
	dispatcher *routing.Dispatcher
	registry   *prometheus.Registry
	people     int
}

// settings is a snapshot that tests change.
type settings struct {
	mu   sync.Mutex
	now  chat.Settings
	once func() // what happens before they are read next
}

// onNextRead lets something happen between what a command does before it reads the
// settings and what it does afterwards.
func (s *settings) onNextRead(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.once = do
}

func (s *settings) Current() *chat.Settings {
	s.mu.Lock()
	do := s.once
	s.once = nil
	s.mu.Unlock()
	if do != nil {
		do()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now
	return &now
}

// For is the same for every site.
func (s *settings) For(context.Context, chat.SiteID) (*chat.Settings, error) { return s.Current(), nil }

// Reload does nothing: the snapshot is always the latest.
func (s *settings) Reload(context.Context) error { return nil }

func (s *settings) set(f func(*chat.Settings)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(&s.now)
}

// each runs a test on both engines and checks the invariants at its end.
func each(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			h := newHouse(t, engine)
			f(t, h)
			h.invariants()
		})
	}
}

func newHouse(t *testing.T, engine db.Engine) *house {
	t.Helper()
	fake := clock.NewFake(noon)
	d := testkit.Open(t, engine, fake)
	h := &house{t: t, ctx: context.Background(), db: d, clock: fake, settings: &settings{now: *chat.DefaultSettings()}, registry: prometheus.NewRegistry()}
	who := agents.New(agents.Deps{DB: d, Clock: fake, Settings: h.settings})
	h.routing = routing.New(routing.Deps{DB: d, Settings: h.settings, Agents: who, Visitors: visitors.New(visitors.Deps{DB: d, Clock: fake}), Registry: h.registry})
	h.rooms = rooms.New(rooms.Deps{DB: d, Settings: h.settings, Queue: h.routing, Router: h.routing})
	h.routing.Sight = h.rooms
	h.visitors = visitors.New(visitors.Deps{DB: d, Clock: fake, Settings: h.settings, Rooms: h.rooms})
	h.rooms.Guests, h.rooms.Sites = h.visitors, h.settings
	h.fields = fields.New(fields.Deps{DB: d, Visitors: h.visitors, Rooms: h.rooms})
	h.rooms.Fields, h.visitors.Fields = h.fields, h.fields
	h.contacts = contacts.New(contacts.Deps{DB: d, Settings: h.settings, Visitors: h.visitors, Rooms: h.rooms, Fields: h.fields})
	h.rooms.Contacts, h.visitors.Contacts = h.contacts, h.contacts
	h.dispatcher = routing.NewDispatcher(h.routing, h.rooms)
	return h
}

// manual is each with Manual_Selection and chats that may wait.
func manual(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	each(t, func(t *testing.T, h *house) {
		h.settings.set(func(s *chat.Settings) { s.RoutingMethod, s.AcceptChatsWithNoAgents = chat.RoutingManual, true })
		f(t, h)
	})
}

func (h *house) exec(sql string, args ...any) {
	h.t.Helper()
	if err := h.db.InTx(h.ctx, func(tx *db.Tx) error { _, err := tx.Exec(h.ctx, sql, args...); return err }); err != nil {
		h.t.Fatalf("%s: %v", sql, err)
	}
}

func (h *house) count(sql string, args ...any) (n int64) {
	h.t.Helper()
	if err := h.db.QueryRow(h.ctx, sql, args...).Scan(&n); err != nil {
		h.t.Fatalf("%s: %v", sql, err)
	}
	return n
}

// visitor registers somebody whose token is "token of " and the name.
func (h *house) visitor(name string) chat.Actor {
	h.t.Helper()
	h.people++
	id := chat.VisitorID("v-" + name)
	username := fmt.Sprintf("guest-%d", h.people)
	h.exec(`INSERT INTO visitors (id, site_id, username, token, token_opens, name, ts, updated_at) VALUES ($1, 'default', $2, $3, true, $4, $5, $5)`,
		id, username, "token of "+name, name, noon)
	return chat.Actor{Visitor: id, Username: username, Name: name}
}

// user makes somebody with a role and its default permissions.
func (h *house) user(name, role string) chat.Actor {
	h.t.Helper()
	id := chat.UserID("u-" + name)
	h.exec(`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ($1, $2, $2, $3, $4, $4)`,
		id, name, "Mx "+name, noon)
	h.exec(`INSERT INTO user_roles (user_id, role) VALUES ($1, $2)`, id, role)
	a := chat.Actor{User: id, Username: name, Name: "Mx " + name, Roles: []string{role}, Permissions: map[chat.Permission]bool{}}
	for _, g := range chat.DefaultPermissions() {
		for _, r := range g.Roles {
			a.Permissions[g.ID] = a.Permissions[g.ID] || r == role
		}
	}
	return a
}

// agent makes an agent who is there.
func (h *house) agent(name string) chat.Actor {
	h.t.Helper()
	a := h.user(name, chat.RoleAgent)
	h.exec(`INSERT INTO agents (user_id, status_livechat, updated_at) VALUES ($1, 'available', $2)`, a.User, noon)
	h.connect(a, chat.Online)
	return a
}

func (h *house) connect(a chat.Actor, p chat.Presence) {
	h.exec(`INSERT INTO presence (connection_id, user_id, session_id, status, expires_at) VALUES ($1, $2, 's', $3, $4)`,
		fmt.Sprintf("c-%s-%s", a.Username, p), a.User, p, h.clock.Now().Add(24*time.Hour))
}

func (h *house) disconnect(a chat.Actor) { h.exec(`DELETE FROM presence WHERE user_id = $1`, a.User) }

// department makes a department with members.
func (h *house) department(name string, members ...chat.Actor) chat.DepartmentID {
	h.exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at)
		VALUES ($1, 'default', $1, true, true, true, $2)`, name, noon)
	for _, m := range members {
		h.exec(`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ($1, $2, $3)`, name, m.User, noon)
	}
	return chat.DepartmentID(name)
}

// open opens a visitor's room.
func (h *house) open(v chat.Actor) chat.Room {
	h.t.Helper()
	r, _, err := h.rooms.Open(h.ctx, rooms.Opening{Visitor: v.Visitor, Source: chat.Source{Type: chat.SourceAPI}})
	if err != nil {
		h.t.Fatalf("open for %s: %v", v.Name, err)
	}
	return r
}

func (h *house) say(v chat.Actor, r chat.Room, text string) chat.Message {
	h.t.Helper()
	m, err := h.rooms.Say(h.ctx, v, rooms.Saying{RID: r.ID, Msg: text})
	if err != nil {
		h.t.Fatalf("%s says: %v", v.Name, err)
	}
	return m
}

func (h *house) answer(a chat.Actor, r chat.Room, text string) chat.Message {
	h.t.Helper()
	m, err := h.rooms.Answer(h.ctx, a, rooms.Saying{RID: r.ID, Msg: text})
	if err != nil {
		h.t.Fatalf("%s answers: %v", a.Username, err)
	}
	return m
}

func (h *house) take(a chat.Actor, r chat.Room) {
	h.t.Helper()
	if _, err := h.rooms.Take(h.ctx, a, h.inquiry(r).ID, ""); err != nil {
		h.t.Fatalf("%s takes: %v", a.Username, err)
	}
}

func (h *house) close(a chat.Actor, r chat.Room) {
	h.t.Helper()
	if err := h.rooms.Close(h.ctx, a, rooms.Closing{RID: r.ID, Comment: "done"}); err != nil {
		h.t.Fatalf("close: %v", err)
	}
}

// everything sees all.
var everything = chat.Actor{User: chat.SystemUserID, Permissions: map[chat.Permission]bool{chat.ViewLivechatRooms: true, chat.ViewLRoom: true}}

func (h *house) inquiry(r chat.Room) chat.Inquiry {
	h.t.Helper()
	i, err := h.routing.Find(h.ctx, everything, r.ID)
	if err != nil || i == nil {
		h.t.Fatalf("inquiry of %s: %v, %v", r.ID, i, err)
	}
	return *i
}

func (h *house) room(r chat.Room) chat.Room {
	h.t.Helper()
	found, _, err := h.rooms.Visible(h.ctx, everything, r.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return found
}

// events are the names of what was emitted about a room, in order.
func (h *house) events(r chat.Room) []string {
	h.t.Helper()
	names, err := db.All(h.ctx, h.db, func(row db.Row) (name string, err error) { err = row.Scan(&name); return name, err },
		`SELECT name FROM outbox WHERE key = $1 ORDER BY id`, r.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return names
}

// parallel runs f n times at once and returns its errors.
func parallel(n int, f func(i int) error) []error {
	errs := make([]error, n)
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		ready.Add(1)
		done.Add(1)
		go func() {
			defer done.Done()
			ready.Done()
			<-start
			errs[i] = f(i)
		}()
	}
	ready.Wait()
	close(start)
	done.Wait()
	return errs
}

// winners counts the calls that succeeded; all others must fail with one of the codes.
func winners(t *testing.T, errs []error, codes ...string) (n int) {
	t.Helper()
	for _, err := range errs {
		if err == nil {
			n++
		} else if !hasCode(err, codes) {
			t.Errorf("a loser got %v, want one of %v", err, codes)
		}
	}
	return n
}

func closing(r chat.Room, tags ...string) rooms.Closing {
	return rooms.Closing{RID: r.ID, Comment: "done", Tags: tags}
}
