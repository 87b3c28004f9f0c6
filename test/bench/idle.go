package main

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/foyerchat/foyer/test/people"
	"github.com/foyerchat/foyer/test/server"
)

// idle connects many visitors who have a room and say nothing.
func idle(ctx context.Context, folder string) error {
	s, err := startFoyer(ctx, *binary, filepath.Join(folder, "idle"), "")
	if err != nil {
		return err
	}
	boss, err := s.SignIn(ctx, server.AdminUsername, server.AdminPassword)
	if err != nil {
		return err
	}
	if err := boss.Call(ctx, "POST", "/api/v1/settings/Livechat_accept_chats_with_no_agents", map[string]any{"value": true}, nil); err != nil {
		return err
	}
	visitors, err := arrive(ctx, s, *sockets)
	if err != nil {
		return err
	}
	before, err := memoryOf(s.PID())
	if err != nil {
		return err
	}
	began := time.Now()
	disconnect, err := connect(ctx, s.URL, visitors)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, s.Log())
	}
	took := time.Since(began)
	after, err := memoryOf(s.PID())
	if err != nil {
		return err
	}
	n := float64(len(visitors))
	each := (after - before) * 1024 / n
	line(fmt.Sprintf("memory of an idle visitor's socket, %d connected", len(visitors)), fmt.Sprintf("%.1f KiB", each), "≤ 20 KiB", each <= 20)
	line("whole process with them", fmt.Sprintf("%.0f MiB (%.0f before)", after, before), "≤ 250 MiB", after <= 250)
	line("connect, authenticate, join", fmt.Sprintf("%.0f/s", n/took.Seconds()), "printed only", true)
	disconnect()
	return s.Stop()
}

// many runs act for each visitor, 32 at a time, and returns the first error.
func many(n int, act func(i int) error) error {
	places := make(chan struct{}, writers)
	errs := make(chan error, 1)
	var all sync.WaitGroup
	for i := range n {
		places <- struct{}{}
		all.Go(func() {
			defer func() { <-places }()
			if err := act(i); err != nil {
				select {
				case errs <- err:
				default:
				}
			}
		})
	}
	all.Wait()
	select {
	case err := <-errs:
		return err
	default:
		return nil
	}
}

func arrive(ctx context.Context, s *server.Server, n int) ([]*people.Visitor, error) {
	visitors := make([]*people.Visitor, n)
	err := many(n, func(i int) (err error) {
		if visitors[i], err = s.NewVisitor(ctx, fmt.Sprint("Visitor ", i)); err != nil {
			return err
		}
		return visitors[i].Open(ctx)
	})
	return visitors, err
}

// connect opens a socket for each visitor and joins his room.
func connect(ctx context.Context, url string, visitors []*people.Visitor) (func(), error) {
	conns := make([]*websocket.Conn, len(visitors))
	err := many(len(visitors), func(i int) (err error) {
		conns[i], err = dial(ctx, url, fmt.Sprintf(`{"t":"hello","v":1,"session":%q}`, visitors[i].Session))
		if err != nil {
			return err
		}
		if err := send(ctx, conns[i], `{"t":"join","room":%q,"after":0}`, string(visitors[i].Room.ID)); err != nil {
			return err
		}
		return readUntil(ctx, conns[i], `"t":"joined"`)
	})
	return func() {
		for _, c := range conns {
			if c != nil {
				c.CloseNow()
			}
		}
	}, err
}
