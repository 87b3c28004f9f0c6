package routing

import (
	"context"
	"fmt"
	"testing"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

// What a decision reads of 500 agents who have a chat each.
func BenchmarkRoster(b *testing.B) {
	for _, engine := range testkit.Engines {
		b.Run(string(engine), func(b *testing.B) {
			d := testkit.Open(b, engine, clock.NewFake(noon))
			ctx := context.Background()
			err := d.InTx(ctx, func(tx *db.Tx) error { return team500(ctx, tx) })
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				found, err := roster(ctx, d, question{now: noon, idle: true, room: "r"})
				if err != nil || len(found) != 500 {
					b.Fatal(len(found), err)
				}
			}
		})
	}
}

func team500(ctx context.Context, tx *db.Tx) error {
	for i := range 500 {
		for _, s := range []string{
			`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ($1, $1, $1, $1, 0, 0)`,
			`INSERT INTO user_roles (user_id, role) VALUES ($1, 'livechat-agent')`,
			`INSERT INTO agents (user_id, status_livechat, updated_at) VALUES ($1, 'available', 0)`,
			`INSERT INTO presence (connection_id, user_id, session_id, status, expires_at) VALUES ($1, $1, '', 'online', 9000000000000)`,
			`INSERT INTO turns (department_id, agent_id) VALUES ('', $1)`,
			`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, served_by, updated_at)
				VALUES ($1, 'default', 0, '', 0, 0, true, $1, '{}', 'api', '{}', $1, 0)`,
			`INSERT INTO subscriptions (id, room_id, user_id, ts, seen, updated_at) VALUES ($1, $1, $1, 0, 0, 0)`,
		} {
			if _, err := tx.Exec(ctx, s, fmt.Sprintf("agent-%04d", i)); err != nil {
				return err
			}
		}
	}
	return nil
}
