package webhooks

import (
	"context"
	"errors"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// known is a room as it is stored, and the CRM's last answer.
type known struct {
	room chat.Room
	crm  string

	survey map[string]string // how the visitor rated it; nil: not
}

func findRoom(ctx context.Context, q db.Querier, rid chat.RoomID) (known, error) {
	return db.One(ctx, q, func(r db.Row) (k known, err error) {
		var served chat.ServedBy
		err = r.Scan(&k.room.ID, &k.room.FName, &k.room.Topic, &k.room.Code, &k.room.TS, &k.room.LM, db.JSON(&k.room.Tags),
			db.JSON(&k.room.LivechatData), db.JSON(&k.room.V), &k.room.DepartmentID, &served.ID, &served.Username, &served.TS, &k.room.Seq, &k.crm, db.JSON(&k.survey))
		if served.ID != "" {
			k.room.ServedBy = &served
		}
		return k, err
	}, `SELECT id, fname, topic, code, ts, lm, tags, livechat_data, v, department_id, served_by, served_by_username, served_at, seq, crm_data,
		COALESCE((SELECT s.answers FROM surveys s WHERE s.room_id = rooms.id), 'null') FROM rooms WHERE id = $1`, rid)
}

// findVisitor is what a payload says of a visitor; of one who is gone only the id.
func findVisitor(ctx context.Context, q db.Querier, id chat.VisitorID, lists bool) (Visitor, error) {
	var agent string
	v, err := db.One(ctx, q, func(r db.Row) (v Visitor, err error) {
		return v, r.Scan(&v.ID, &v.Token, &v.Name, &v.Username, &v.Department, &v.IP, &agent, db.JSON(&v.CustomFields))
	}, `SELECT id, token, name, username, department_id, ip, user_agent, livechat_data FROM visitors WHERE id = $1`, id)
	if errors.Is(err, db.ErrNoRows) {
		return Visitor{ID: id}, nil
	} else if err != nil {
		return v, err
	}
	v.device(agent)
	mails, err := db.All(ctx, q, func(r db.Row) (e chat.Email, err error) { return e, r.Scan(&e.Address) },
		`SELECT address FROM visitor_emails WHERE visitor_id = $1 ORDER BY position`, id)
	if err != nil {
		return v, err
	}
	numbers, err := db.All(ctx, q, func(r db.Row) (p chat.Phone, err error) { return p, r.Scan(&p.PhoneNumber) },
		`SELECT number FROM visitor_phones WHERE visitor_id = $1 ORDER BY position`, id)
	v.contacts(mails, numbers, lists)
	return v, err
}

func findAgent(ctx context.Context, q db.Querier, by chat.ServedBy) (Agent, error) {
	a, err := db.One(ctx, q, func(r db.Row) (a Agent, err error) { return a, r.Scan(&a.ID, &a.Username, &a.Name, &a.Email) },
		`SELECT u.id, u.username, u.name, COALESCE((SELECT e.address FROM user_emails e WHERE e.user_id = u.id ORDER BY e.position LIMIT 1), '')
		FROM users u WHERE u.id = $1`, by.ID)
	if errors.Is(err, db.ErrNoRows) {
		return Agent{ID: by.ID, Username: by.Username}, nil
	}
	return a, err
}

// The most of a long conversation that one payload repeats; older messages are left out.
const (
	mostMessages = 5000
	mostText     = 4 << 20
)

// findMessages lists what was said up to a number, the oldest first.
func findMessages(ctx context.Context, q db.Querier, rid chat.RoomID, upTo int64, pages bool) ([]Message, error) {
	all, err := db.All(ctx, q, scanMessage, `SELECT id, room_id, msg, ts, t, sender_id, sender_username, sender_name, by_visitor, edited_at, updated_at, extra
		FROM messages WHERE room_id = $1 AND seq <= $2 AND NOT hidden AND (t IN ('', $3) OR t = $4 AND $5) ORDER BY seq DESC LIMIT $6`,
		rid, upTo, chat.MessageClosed, chat.MessageNavigation, pages, mostMessages)
	size := 0
	for i, m := range all {
		if size += len(m.Msg); size > mostText {
			all = all[:i]
			break
		}
	}
	slices.Reverse(all)
	return all, err
}

func scanMessage(r db.Row) (Message, error) {
	var m chat.Message
	var byVisitor bool
	err := r.Scan(&m.ID, &m.RID, &m.Msg, &m.TS, &m.T, &m.U.ID, &m.U.Username, &m.U.Name, &byVisitor, &m.EditedAt, &m.UpdatedAt, db.JSON(&m.MessageExtra))
	if byVisitor {
		m.Token = "x" // whose it is; not told
	}
	return told(m), err
}
