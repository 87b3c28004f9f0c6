package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/coder/websocket"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/test/people"
	"github.com/foyerchat/foyer/test/server"
)

// startFoyer starts the binary with fresh data; the administrator is an agent too.
func startFoyer(ctx context.Context, binary, folder, database string, flags ...string) (*server.Server, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	binary, err := filepath.Abs(binary)
	if err != nil {
		return nil, err
	}
	s, err := server.New(server.Options{Binary: binary, Folder: folder, Database: database,
		Flags: append([]string{"--log-level", "warn"}, flags...)})
	if err != nil {
		return nil, err
	}
	started = append(started, s)
	return s, s.Start(ctx)
}

// started are all servers there were.
var started []*server.Server

// endAll ends those that a measurement which failed left behind.
func endAll() {
	for _, s := range started {
		_ = s.Kill()
	}
}

const agentPassword = "Agent-password-1"

// foyerTarget lets one agent serve a room of every writer and hear it all.
func foyerTarget(ctx context.Context, name string, s *server.Server, writers int) (target, error) {
	t := target{name: name, pid: s.PID(), heard: newEar()}
	if _, err := s.Run("user", "create", "--username", "ada", "--name", "Ada", "--role", "livechat-agent", "--role", "user", "--password", agentPassword); err != nil {
		return t, err
	}
	ada, err := s.SignIn(ctx, "ada", agentPassword)
	if err != nil {
		return t, err
	}
	conn, err := connectAgent(ctx, ada)
	if err != nil {
		return t, err
	}
	if err := ada.Switch(ctx, chat.Available); err != nil {
		return t, err
	}
	visitors := make([]*people.Visitor, writers)
	for i := range visitors {
		if visitors[i], err = visit(ctx, s, i); err != nil {
			return t, err
		}
		if err := send(ctx, conn, `{"t":"join","room":%q,"after":0}`, string(visitors[i].Room.ID)); err != nil {
			return t, err
		}
		if err := readUntil(ctx, conn, `"t":"joined"`); err != nil {
			return t, err
		}
	}
	go t.heard.listen(ctx, conn)
	go ping(ctx, conn)
	t.send = func(writer int, id string) error {
		v := visitors[writer]
		return post(s.URL+"/api/v1/foyer/widget/message", v.Session, message(string(v.Room.ID), id))
	}
	return t, nil
}

// connectAgent opens an agent's socket.
func connectAgent(ctx context.Context, a *people.Agent) (*websocket.Conn, error) {
	var answer struct{ Ticket string }
	if err := a.Call(ctx, "POST", "/api/v1/foyer/realtime/ticket", map[string]any{}, &answer); err != nil {
		return nil, err
	}
	return dial(ctx, a.URL, fmt.Sprintf(`{"t":"hello","v":1,"ticket":%q}`, answer.Ticket))
}

// dial opens a socket, says hello and waits for the welcome.
func dial(ctx context.Context, url, hello string) (*websocket.Conn, error) {
	conn, _, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(url, "http")+"/realtime", nil)
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(8 << 20)
	if err := conn.Write(ctx, websocket.MessageText, []byte(hello)); err != nil {
		return conn, err
	}
	return conn, readUntil(ctx, conn, `"t":"welcome"`)
}

// ping keeps a socket that has nothing else to say from being given up.
func ping(ctx context.Context, conn *websocket.Conn) {
	for send(ctx, conn, `{"t":"ping"}`) == nil {
		time.Sleep(20 * time.Second)
	}
}

func send(ctx context.Context, conn *websocket.Conn, format string, args ...any) error {
	return conn.Write(ctx, websocket.MessageText, fmt.Appendf(nil, format, args...))
}

// readUntil reads frames until one contains the text.
func readUntil(ctx context.Context, conn *websocket.Conn, text string) error {
	for {
		_, frame, err := conn.Read(ctx)
		if err != nil {
			return err
		}
		if strings.Contains(string(frame), text) {
			return nil
		}
	}
}

// visit registers a visitor and opens a room, again and again until an agent is there.
func visit(ctx context.Context, s *server.Server, i int) (*people.Visitor, error) {
	v, err := s.NewVisitor(ctx, fmt.Sprint("Visitor ", i))
	if err != nil {
		return nil, err
	}
	for {
		if err = v.Open(ctx); err == nil {
			return v, nil
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// memoryOf is the resident memory of a process in MiB.
func memoryOf(pid int) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib / 1024, err
		}
	}
	return 0, fmt.Errorf("no VmRSS of process %d", pid)
}

// tick is the unit of the times in /proc/…/stat: USER_HZ, 100 a second on every Linux.
const tick = 10 * time.Millisecond

// processorTime is what a process has used of all processors, in user and system mode.
func processorTime(pid int) (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // after the command's name
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, fmt.Errorf("/proc/%d/stat: %q", pid, stat)
	}
	user, err := strconv.ParseInt(fields[11], 10, 64)
	if err != nil {
		return 0, err
	}
	system, err := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * tick, err
}
