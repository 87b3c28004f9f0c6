package main

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"time"

	"github.com/foyerchat/foyer/test/people"
	"github.com/foyerchat/foyer/test/server"
)

// hooked measures what a receiver of webhooks that never answers costs a message.
func hooked(ctx context.Context, folder string) error {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer silent.Close()
	go swallow(silent)
	for _, engine := range []string{"SQLite", "PostgreSQL"} {
		database, err := address(engine, "foyer_bench_hooked")
		if err != nil {
			return err
		}
		if err := hookedOn(ctx, engine, filepath.Join(folder, "hooked"+engine), database, "http://"+silent.Addr().String()); err != nil {
			return err
		}
	}
	return nil
}

// swallow takes every connection and says nothing.
func swallow(l net.Listener) {
	for {
		if _, err := l.Accept(); err != nil {
			return
		}
	}
}

func hookedOn(ctx context.Context, engine, folder, database, receiver string) error {
	s, err := startFoyer(ctx, *binary, folder, database, "--allow-private-outbound")
	if err != nil {
		return err
	}
	t, err := foyerTarget(ctx, "foyer on "+engine, s, writers)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, s.Log())
	}
	boss, err := s.SignIn(ctx, server.AdminUsername, server.AdminPassword)
	if err != nil {
		return err
	}
	if err := set(ctx, boss, "Livechat_webhook_on_visitor_message", true); err != nil {
		return err
	}
	var ratios, without, with []float64
	for range *rounds {
		var tails [2]float64
		for i, url := range []string{"", receiver} {
			if err := set(ctx, boss, "Livechat_webhookUrl", url); err != nil {
				return err
			}
			if err := people.Sleep(ctx, 2*time.Second); err != nil { // what waited is dropped meanwhile
				return err
			}
			_, p99, err := t.steady(hookedRate, writers, time.Duration(*seconds)*time.Second)
			if err != nil {
				return fmt.Errorf("%w\n%s", err, s.Log())
			}
			tails[i] = p99.Seconds() * 1e3
		}
		without, with, ratios = append(without, tails[0]), append(with, tails[1]), append(ratios, tails[1]/tails[0])
	}
	r := median(ratios)
	line(fmt.Sprintf("%s: a message's p99 at %d/s beside a receiver that never answers", engine, hookedRate),
		fmt.Sprintf("%.1f ms of %.1f ms = %.2f×", median(with), median(without), r), "≤ 1.25× without it", r <= 1.25)
	return s.Stop()
}

// hookedRate is how many messages a second are sent, each of which is to be told.
const hookedRate = 200

func set(ctx context.Context, boss *people.Agent, id string, value any) error {
	return boss.Call(ctx, "POST", "/api/v1/settings/"+id, map[string]any{"value": value}, nil)
}
