package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

const (
	messagesEach     = 10
	yearAgents       = 50
	yearDepartments  = 10
	openOnes         = 1000 // of the youngest
	roomsATime       = 200
	transfersOfEvery = 30
)

// seedConversations stores a year of conversations of fifty agents in ten departments.
func seedConversations(ctx context.Context, d *db.DB, n int, now time.Time) error {
	if err := d.InTx(ctx, func(tx *db.Tx) error { return seedStaff(ctx, tx) }); err != nil {
		return err
	}
	g := rand.New(rand.NewPCG(1, 1))
	for from := 0; from < n; from += roomsATime {
		if err := d.InTx(ctx, func(tx *db.Tx) error {
			var visitors, rooms, messages [][]any
			for i := from; i < min(from+roomsATime, n); i++ {
				at := clock.Of(now.Add(-time.Duration(float64(year) * float64(i+1) / float64(n+1))))
				visitors = append(visitors, yearVisitor(i, at))
				rooms = append(rooms, yearRoom(g, i, at))
				messages = append(messages, yearMessages(i, at)...)
			}
			tx.InsertAtCommit(`INSERT INTO visitors (id, site_id, username, token, token_opens, ts, updated_at) VALUES `, visitors)
			tx.InsertAtCommit(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, department_id, served_by, served_by_username,
				served_at, waiting_response, response_by, tags, metrics, closed_at, answered_at, queue_ms, updated_at) VALUES `, rooms)
			tx.InsertAtCommit(`INSERT INTO messages (id, room_id, seq, msg, ts, t, sender_id, sender_username, by_visitor, updated_at) VALUES `, messages)
			return nil
		}); err != nil {
			return err
		}
	}
	if d.Engine() != db.PostgreSQL {
		return nil
	}
	return d.InTx(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, `ANALYZE`); return err })
}

func seedStaff(ctx context.Context, tx *db.Tx) error {
	if _, err := tx.Exec(ctx, `DELETE FROM analytics_marks`); err != nil { // as before there were analytics
		return err
	}
	for i := range yearAgents {
		if _, err := tx.Exec(ctx, `INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ($1, $1, $1, $1, 0, 0)`, fmt.Sprintf("agent-%02d", i)); err != nil {
			return err
		}
	}
	for i := range yearDepartments {
		if _, err := tx.Exec(ctx, `INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at) VALUES ($1, 'default', $1, true, false, false, 0)`, fmt.Sprintf("department-%d", i)); err != nil {
			return err
		}
	}
	return nil
}

func yearVisitor(i int, at clock.Instant) []any {
	id := fmt.Sprintf("year-%07d", i)
	return []any{id, "default", id, id, false, at, at}
}

func yearRoom(g *rand.Rand, i int, at clock.Instant) []any {
	id, who := fmt.Sprintf("year-%07d", i), g.IntN(yearAgents)
	agent, department := fmt.Sprintf("agent-%02d", who), fmt.Sprintf("department-%d", (who+g.IntN(2))%yearDepartments) // everybody is in two
	open := i < openOnes
	length := float64(g.IntN(3600)) + 1
	first := float64(g.IntN(300))
	m := chat.Metrics{Response: &chat.ResponseMetrics{Total: 3, TT: 3 * first, Avg: first, FT: first}, Reaction: &chat.ReactionMetrics{FT: first}}
	closed := clock.Instant(0)
	if !open {
		closed = at.Add(time.Duration(length) * time.Second)
		m.ChatDuration, m.ServiceTimeDuration, m.VisitorInactivity = &length, &length, &length
	}
	response := chat.ResponseBy{ID: chat.UserID(agent), FirstResponseTS: at + 1, LastMessageTS: at.Add(time.Duration(length/2) * time.Second)}
	tags := []string{"question", "order", "complaint", "praise"}[:g.IntN(4)]
	source := []string{"widget", "api", "app"}[g.IntN(3)]
	return []any{id, "default", i, "Visitor", at, at, open, id, "{}", source, db.JSON(chat.Source{Type: source}), department,
		agent, agent, at, false, db.JSON(response), db.JSON(tags), db.JSON(m), closed, at + 1, int64(first) * 500, at}
}

func yearMessages(i int, at clock.Instant) [][]any {
	rows := make([][]any, messagesEach)
	for n := range rows {
		kind := ""
		if n == 1 && i%transfersOfEvery == 0 {
			kind = string(chat.MessageTransfer)
		}
		rows[n] = []any{fmt.Sprintf("year-%07d-%d", i, n), fmt.Sprintf("year-%07d", i), n + 1, "How are you today?", at + clock.Instant(n), kind, "someone", "someone", n%2 == 0, at}
	}
	return rows
}
