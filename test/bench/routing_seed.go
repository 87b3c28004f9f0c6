package main

import (
	"context"
	"fmt"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

func servedRoom(i int) chat.RoomID { return chat.RoomID(fmt.Sprintf("served-%04d", i)) }

// seed stores agents who are there and visitors who wait; busy agents have a chat each.
func seed(ctx context.Context, d *db.DB, waiting int, busy bool) error {
	at := clock.Of(time.Now())
	err := d.InTx(ctx, func(tx *db.Tx) error {
		for i := range queueAgents {
			if err := seedAgent(ctx, tx, i, busy, at); err != nil {
				return err
			}
		}
		for i := range waiting {
			rid := fmt.Sprintf("waiting-%05d", i)
			if err := seedRoom(ctx, tx, rid, "", at+clock.Instant(i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || d.Engine() != db.PostgreSQL {
		return err
	}
	return d.InTx(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, `ANALYZE`); return err })
}

func seedAgent(ctx context.Context, tx *db.Tx, i int, busy bool, at clock.Instant) error {
	u := fmt.Sprintf("agent-%04d", i)
	for _, statement := range []string{
		`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ($1, $1, $1, $1, 0, 0)`,
		`INSERT INTO user_roles (user_id, role) VALUES ($1, 'livechat-agent')`,
		`INSERT INTO agents (user_id, status_livechat, updated_at) VALUES ($1, 'available', 0)`,
		`INSERT INTO presence (connection_id, user_id, session_id, status, expires_at) VALUES ($1, $1, '', 'online', 9000000000000)`,
		`INSERT INTO turns (department_id, agent_id) VALUES ('', $1) ON CONFLICT DO NOTHING`,
	} {
		if _, err := tx.Exec(ctx, statement, u); err != nil {
			return err
		}
	}
	if !busy {
		return nil
	}
	return seedRoom(ctx, tx, string(servedRoom(i)), u, at)
}

// seedRoom stores a room that waits or, with an agent, is served.
func seedRoom(ctx context.Context, tx *db.Tx, rid, agent string, at clock.Instant) error {
	status := chat.StatusQueued
	if agent != "" {
		status = chat.StatusTaken
	}
	for _, s := range []struct {
		sql  string
		args []any
	}{
		{`INSERT INTO visitors (id, site_id, username, token, token_opens, ts, updated_at) VALUES ($1, 'default', $1, $1, true, $2, $2)`, []any{rid, at}},
		{`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, queued_at, served_by, served_by_username, served_at, updated_at)
			VALUES ($1, 'default', 0, $1, $2, $2, true, $1, $3, 'api', '{"type":"api"}', $2, $4, $4, $2, $2)`,
			[]any{rid, at, db.JSON(chat.VisitorView{ID: chat.VisitorID(rid), Username: rid}), agent}},
		{`INSERT INTO inquiries (id, room_id, status, ts, queued_at, updated_at) VALUES ($1, $1, $2, $3, $3, $3)`, []any{rid, status, at}},
	} {
		if _, err := tx.Exec(ctx, s.sql, s.args...); err != nil {
			return err
		}
	}
	if agent == "" {
		return nil
	}
	_, err := tx.Exec(ctx, `INSERT INTO subscriptions (id, room_id, user_id, ts, seen, updated_at) VALUES ($1, $1, $2, $3, 0, $3)`, rid, agent, at)
	return err
}
