package scripts

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/foyerchat/foyer/app"
	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/test/people"
)

// patience is how long a screen may take; it is only ever used up by a failure.
const patience = 15 * time.Second

// world is one story: a server on a clock that stands still, and its people.
type world struct {
	ctx      context.Context
	cancel   context.CancelFunc
	config   app.Config
	clock    *clock.Fake
	stop     func() error
	server   *people.Server
	boss     *people.Agent
	agents   map[string]*agent
	visitors map[string]*visitor
	drop     func()

	departments map[chat.DepartmentID]string
}

type agent struct {
	*people.Agent
	here   bool // his console is open
	screen *people.Listener
	said   int
}

type visitor struct {
	*people.Visitor
	screen *people.Listener
	said   int
}

var databases atomic.Int64

func newWorld(folder string, onPostgres bool) (*world, error) {
	w := &world{clock: clock.NewFake(clock.Instant(1_780_000_000_000)), agents: map[string]*agent{}, visitors: map[string]*visitor{}, drop: func() {},
		departments: map[chat.DepartmentID]string{}}
	w.ctx, w.cancel = context.WithTimeout(context.Background(), 2*time.Minute)
	w.config = app.Config{Listen: "127.0.0.1:0", RateLimits: "off", LogLevel: "error", LogFormat: "text",
		Admin: app.Admin{Username: "boss", Password: "Boss-password-1", Email: "boss@example.com", Name: "Boss"}}
	w.config.Data = filepath.Join(folder, "data")
	if onPostgres {
		if err := w.useDatabase(fmt.Sprintf("foyer_story_%d_%d", os.Getpid(), databases.Add(1))); err != nil {
			return nil, err
		}
	}
	if err := w.start(); err != nil {
		return nil, err
	}
	var err error
	w.boss, err = w.server.SignIn(w.ctx, "boss", "Boss-password-1")
	return w, err
}

// useDatabase makes an empty PostgreSQL database for this story.
func (w *world) useDatabase(name string) error {
	admin, err := sql.Open("pgx", os.Getenv("FOYER_TEST_POSTGRES"))
	if err != nil {
		return err
	}
	w.drop = func() {
		_, _ = admin.Exec("DROP DATABASE " + name + " WITH (FORCE)")
		admin.Close()
	}
	if _, err := admin.Exec("CREATE DATABASE " + name); err != nil {
		return err
	}
	u, err := url.Parse(os.Getenv("FOYER_TEST_POSTGRES"))
	if err != nil {
		return err
	}
	u.Path = "/" + name
	w.config.Database = u.String()
	return nil
}

func (w *world) start() error {
	a, err := app.New(w.ctx, w.config, app.Options{Version: "test", Clock: w.clock, Log: os.Stderr})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(w.ctx)
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	w.stop = func() error { cancel(); return w.drained(ended) }
	if w.server == nil {
		w.server = &people.Server{HTTP: &http.Client{Timeout: patience}}
	}
	w.server.HTTP.CloseIdleConnections() // those to the server before
	w.server.URL = a.URL()
	w.config.Listen = strings.TrimPrefix(a.URL(), "http://") // a restart comes back at the same place
	return nil
}

// drained lets the clock run while the server ends, because draining takes time.
func (w *world) drained(ended <-chan error) error {
	for {
		select {
		case err := <-ended:
			return err
		case <-time.After(10 * time.Millisecond):
			w.clock.Advance(time.Second)
		}
	}
}

func (w *world) end() {
	for _, a := range w.agents {
		a.screen.Stop()
	}
	for _, v := range w.visitors {
		v.screen.Stop()
	}
	_ = w.stop()
	w.cancel()
	w.drop()
}

func (w *world) restartVerb([]string) (string, error) {
	if err := w.stop(); err != nil {
		return "", err
	}
	return "", w.start()
}

func (w *world) clockVerb(args []string) (string, error) {
	d, err := time.ParseDuration(strings.TrimPrefix(args[0], "+"))
	for ; err == nil && d > 0; d -= stride {
		w.clock.Advance(min(d, stride))
		err = w.alive()
	}
	return "", err
}

// stride is how far time moves at once: connected people show signs of life in between.
const stride = 5 * time.Second

// alive waits until everybody whose console is open is connected: time that runs faster
// than they do ends connections as silent, and they connect again.
func (w *world) alive() error {
	for name, a := range w.agents {
		ctx, cancel := context.WithTimeout(w.ctx, patience)
		defer cancel()
		if a.here && !a.screen.Ping(ctx) {
			return fmt.Errorf("%s does not come back", name)
		}
		for late := time.After(patience); a.here; time.Sleep(20 * time.Millisecond) {
			if there, err := w.reachable(a); err != nil {
				return err
			} else if there && a.screen.Connected() {
				break
			}
			select {
			case <-late:
				return fmt.Errorf("%s does not come back", name)
			default:
			}
		}
	}
	return nil
}

// reachable reports whether a connection of the agent is alive now, which may not have
// been announced yet.
func (w *world) reachable(a *agent) (bool, error) {
	var answer struct{ User chat.User }
	err := w.boss.Call(w.ctx, "GET", "/api/v1/livechat/users/agent/"+string(a.User), nil, &answer)
	return answer.User.Status != chat.Offline, err
}

// presence is what was announced of an agent.
func (w *world) presence(ctx context.Context, agent string) (chat.Presence, error) {
	var answer struct{ User chat.User }
	err := w.boss.Call(ctx, "GET", "/api/v1/users.info?username="+agent, nil, &answer)
	return answer.User.Status, err
}

func (w *world) settingVerb(args []string) (string, error) {
	return "", w.boss.Call(w.ctx, "POST", "/api/v1/settings/"+args[0], map[string]any{"value": json.RawMessage(args[1])}, nil)
}

// grantVerb gives a permission to a role besides the administrator's.
func (w *world) grantVerb(args []string) (string, error) {
	return "", w.boss.Call(w.ctx, "POST", "/api/v1/permissions.update", map[string]any{"permissions": []map[string]any{
		{"_id": args[0], "roles": []string{"admin", "livechat-manager", args[1]}}}}, nil)
}

// departmentVerb makes a department with members.
func (w *world) departmentVerb(args []string) (string, error) {
	members := []map[string]any{}
	for _, name := range args[1:] {
		members = append(members, map[string]any{"agentId": w.agents[name].User, "username": name})
	}
	var answer struct {
		Department struct {
			ID chat.DepartmentID `json:"_id"`
		}
	}
	err := w.boss.Call(w.ctx, "POST", "/api/v1/livechat/department", map[string]any{"agents": members, "department": map[string]any{
		"enabled": true, "name": args[0], "email": args[0] + "@example.com", "showOnRegistration": false, "showOnOfflineForm": false}}, &answer)
	w.departments[answer.Department.ID] = args[0]
	return "", err
}

func (w *world) departmentID(name string) chat.DepartmentID {
	for id, called := range w.departments {
		if called == name {
			return id
		}
	}
	return chat.DepartmentID(name)
}

// becomes waits until a room is as wanted.
func (w *world) becomes(rid chat.RoomID, wanted func(chat.Room) bool) error {
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	for {
		room, err := w.boss.RoomOf(ctx, rid)
		if err != nil || wanted(room) {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func (w *world) rid(name string) (chat.RoomID, error) {
	v := w.visitors[name]
	if v == nil || v.Room.ID == "" {
		return "", fmt.Errorf("%s has no room", name)
	}
	return v.Room.ID, nil
}

func (w *world) roomVerb(args []string) (string, error) {
	rid, err := w.rid(args[0])
	if err != nil {
		return "", err
	}
	room, err := w.boss.RoomOf(w.ctx, rid)
	if err != nil {
		return "", err
	}
	state := []string{"closed"}
	if room.Open {
		state = []string{"open"}
	}
	if room.ServedBy != nil {
		state = append(state, "served by "+room.ServedBy.Username)
	}
	if room.OnHold {
		state = append(state, "on hold")
	}
	if room.DepartmentID != "" {
		state = append(state, "in "+w.departments[room.DepartmentID])
	}
	if room.Closer != "" {
		state = append(state, "closed by "+string(room.Closer))
	}
	if len(room.Tags) > 0 {
		state = append(state, "tags "+strings.Join(room.Tags, " "))
	}
	return strings.Join(state, ", ") + "\n", nil
}

// historyVerb prints what is stored: number, sender, type and text.
func (w *world) historyVerb(args []string) (string, error) {
	rid, err := w.rid(args[0])
	if err != nil {
		return "", err
	}
	messages, err := w.boss.History(w.ctx, rid)
	var out strings.Builder
	for _, m := range messages {
		sender := m.U.Username
		if m.U.ID == string(w.visitors[args[0]].Visitor.Visitor.ID) {
			sender = args[0]
		}
		text := m.Msg
		if m.System() {
			text = strings.TrimSpace("[" + string(m.T) + "] " + m.Msg)
		}
		fmt.Fprintf(&out, "%s: %s\n", sender, text)
	}
	return out.String(), err
}

// shows waits until the screen shows the text in the room.
func (w *world) shows(screen *people.Listener, rid chat.RoomID, text string) error {
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if screen.Wait(ctx, func() bool {
		for _, m := range screen.Shown(rid).Messages {
			if m.Msg == text {
				return true
			}
		}
		return false
	}) {
		return nil
	}
	return errors.New("the screen does not show it")
}
