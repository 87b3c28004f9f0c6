package live

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// room makes a waiting room of a visitor, as the rooms feature would leave it.
func (k *kit) room(rid, visitor, department string) chat.Room {
	k.t.Helper()
	r := chat.Room{ID: chat.RoomID(rid), T: chat.RoomType, FName: "Visitor " + visitor, TS: start, LM: start, Open: true, DepartmentID: chat.DepartmentID(department),
		V: chat.VisitorView{ID: chat.VisitorID(visitor), Username: "guest-1", Token: token, Name: "Visitor " + visitor}, Source: chat.Source{Type: chat.SourceWidget}}
	k.exec(`INSERT INTO visitors (id, site_id, username, token, token_opens, ts, updated_at)
		VALUES ($1, 'default', $1, $1, false, 0, 0) ON CONFLICT DO NOTHING`, visitor)
	k.exec(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, department_id, source_type, source, updated_at)
		VALUES ($1, 'default', 1, $2, $3, $3, true, $4, $5, $6, $1, $7, $3)`,
		r.ID, r.FName, start, visitor, db.JSON(r.V), department, db.JSON(r.Source))
	k.exec(`INSERT INTO inquiries (id, room_id, status, department_id, ts, updated_at) VALUES ($1, $2, 'queued', $3, 0, 0)`,
		"inquiry-of-"+rid, rid, department)
	return r
}

func (k *kit) user(name string, departments ...string) {
	k.t.Helper()
	k.exec(`INSERT INTO users (id, username, username_lower, created_at, updated_at) VALUES ($1, $1, $1, 0, 0)`, name)
	k.exec(`INSERT INTO sessions (id, user_id, token_hash, created_at, last_used_at, expires_at) VALUES ($1, $2, $1, 0, 0, $3)`,
		"session-of-"+name, name, start+1_000_000_000)
	for _, d := range departments {
		k.exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at)
			VALUES ($1, 'default', $1, $2, true, true, 0) ON CONFLICT DO NOTHING`, d, d != "disabled")
		k.exec(`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ($1, $2, 0)`, d, name)
	}
}

// serve makes somebody the agent of a room, without an event.
func (k *kit) serve(r *chat.Room, agent string) {
	k.t.Helper()
	r.ServedBy = &chat.ServedBy{ID: chat.UserID(agent), Username: agent, TS: start}
	k.exec(`UPDATE rooms SET served_by = $2, served_by_username = $2, served_at = $3 WHERE id = $1`, r.ID, agent, start)
	k.member(*r, agent)
}

func (k *kit) member(r chat.Room, agent string) {
	k.t.Helper()
	k.exec(`INSERT INTO subscriptions (id, room_id, user_id, ts, seen, updated_at) VALUES ($1, $2, $3, 0, 0, 0)`,
		string(r.ID)+agent, r.ID, agent)
}

// happens stores what happened in a room under its next number, as the rooms
// feature does, and emits it. It returns the event with its number.
func (k *kit) happens(r *chat.Room, e chat.Event) chat.Event {
	k.t.Helper()
	k.tx(func(ctx context.Context, tx *db.Tx) error {
		if err := tx.QueryRow(ctx, `UPDATE rooms SET seq = seq + 1 WHERE id = $1 RETURNING seq`, r.ID).Scan(&r.Seq); err != nil {
			return err
		}
		e = numbered(e, *r)
		if err := store(ctx, tx, *r, e); err != nil {
			return err
		}
		return tx.Emit(ctx, e)
	})
	return e
}

func numbered(e chat.Event, r chat.Room) chat.Event {
	switch e := e.(type) {
	case chat.MessageSent:
		e.Message.RID, e.Message.Seq, e.Head = r.ID, r.Seq, r.Head()
		return e
	case chat.MessageChanged:
		e.Message.RID, e.Seq = r.ID, r.Seq
		return e
	case chat.RoomTaken:
		e.Room, e.Seq = r, r.Seq
		return e
	case chat.RoomClosed:
		e.Room, e.Seq = r, r.Seq
		return e
	case chat.RoomChanged:
		e.Room, e.Seq = r, r.Seq
		return e
	}
	return e
}

func store(ctx context.Context, tx *db.Tx, r chat.Room, e chat.Event) error {
	names := map[string]string{"message.changed": "message-changed", "room.taken": "taken", "room.closed": "closed", "room.changed": "changed"}
	if sent, ok := e.(chat.MessageSent); ok {
		m := sent.Message
		_, err := tx.Exec(ctx, `INSERT INTO messages (id, room_id, seq, msg, ts, t, sender_id, sender_username, sender_name, by_visitor, alias, hidden, updated_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
			m.ID, r.ID, m.Seq, m.Msg, m.TS, m.T, m.U.ID, m.U.Username, m.U.Name, m.Token != "", m.Alias, m.Hidden, m.UpdatedAt)
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO room_changes (room_id, seq, name, data, at) VALUES ($1, $2, $3, $4, 0)`, r.ID, r.Seq, names[e.EventName()], db.JSON(e))
	return err
}

func fromVisitor(id, text string, r chat.Room) chat.MessageSent {
	return chat.MessageSent{Message: chat.Message{ID: chat.MessageID(id), Msg: text, TS: start, UpdatedAt: start, Token: r.V.Token, Alias: r.V.Name,
		U: chat.Sender{ID: string(r.V.ID), Username: r.V.Username, Name: r.V.Name}}}
}

func fromAgent(id, text, agent string) chat.MessageSent {
	return chat.MessageSent{Message: chat.Message{ID: chat.MessageID(id), Msg: text, TS: start, UpdatedAt: start,
		U: chat.Sender{ID: agent, Username: agent, Name: "Agent " + agent}}}
}
