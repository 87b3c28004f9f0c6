package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/test/people"
	"github.com/foyerchat/foyer/test/server"
)

// startFoyer starts the binary with fresh data; the administrator is an agent too.
func startFoyer(ctx context.Context, binary, folder, database string) (*server.Server, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	binary, err := filepath.Abs(binary)
	if err != nil {
		return nil, err
	}
	s, err := server.New(server.Options{Binary: binary, Folder: folder, Database: database,
		Flags: []string{"--log-level", "warn"}})
	if err != nil {
		return nil, err
	}
	return s, s.Start(ctx)
}

const agentPassword = "Agent-password-1"

// foyerTarget lets one agent serve a room of every writer and hear it all.
func foyerTarget(ctx context.Context, name string, s *server.Server, writers int) (target, error) {
	t := target{name: name, heard: newEar()}
	if _, err := s.Run("user", "create", "--username", "ada", "--name", "Ada", "--role", "livechat-agent", "--role", "user", "--password", agentPassword); err != nil {
		return t, err
	}
	ada, err := s.SignIn(ctx, "ada", agentPassword)
	if err != nil {
		return t, err
	}
	screen := ada.Listen()
	screen.OnFrame = func(name string, data json.RawMessage) {
		var view struct{ Message chat.Message }
		if name == "event:message" && json.Unmarshal(data, &view) == nil {
			t.heard.hear(string(view.Message.ID))
		}
	}
	screen.Start(ctx)
	if err := ada.Switch(ctx, chat.Available); err != nil {
		return t, err
	}
	visitors := make([]*people.Visitor, writers)
	for i := range visitors {
		if visitors[i], err = visit(ctx, s, i); err != nil {
			return t, err
		}
		screen.Join(visitors[i].Room.ID)
	}
	if !screen.Wait(ctx, func() bool { return screen.Shown(visitors[writers-1].Room.ID).Last > 0 }) {
		return t, ctx.Err()
	}
	t.send = func(writer int, id string) error {
		_, err := visitors[writer].Say(ctx, id, messageText)
		return err
	}
	return t, nil
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
