package transcripts

import (
	"context"
	"math"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// aChat is what a transcript needs of a room.
type aChat struct {
	room           chat.RoomID
	visitor        chat.VisitorID
	username, name string // the visitor's
	agent          string
	began, ended   clock.Instant
	snapshot       chat.VisitorView // as the room has him
	token          string           // as he is now
	tokenOpens     bool
}

func findChat(ctx context.Context, q db.Querier, rid chat.RoomID) (aChat, error) {
	return db.One(ctx, q, func(r db.Row) (c aChat, err error) {
		err = r.Scan(&c.room, &c.visitor, &c.username, &c.name, &c.agent, &c.began, &c.ended, db.JSON(&c.snapshot), &c.token, &c.tokenOpens)
		return c, err
	}, `SELECT r.id, v.id, v.username, v.name, COALESCE((SELECT CASE WHEN u.name = '' THEN u.username ELSE u.name END FROM users u WHERE u.id = r.served_by), r.served_by_username),
		r.ts, r.closed_at, r.v, v.token, v.token_opens FROM rooms r JOIN visitors v ON v.id = r.visitor_id WHERE r.id = $1`, rid)
}

const mostMessages = 10_000

// spoken lists what was said in a chat before it was closed.
func spoken(ctx context.Context, q db.Querier, rid chat.RoomID) ([]chat.Message, error) {
	end, err := db.One(ctx, q, number, `SELECT COALESCE(max(seq), 0) FROM messages WHERE room_id = $1 AND t = $2`, rid, chat.MessageClosed)
	if err != nil {
		return nil, err
	}
	if end == 0 {
		end = math.MaxInt64
	}
	return db.All(ctx, q, func(r db.Row) (m chat.Message, err error) {
		var visitor bool
		err = r.Scan(&m.ID, &m.Msg, &m.TS, &m.T, &m.U.ID, &m.U.Username, &m.U.Name, &visitor, db.JSON(&m.MessageExtra))
		if visitor {
			m.Token = "his" // marks whose it is; nobody sees it
		}
		return m, err
	}, `SELECT id, msg, ts, t, sender_id, sender_username, sender_name, by_visitor, extra FROM messages
		WHERE room_id = $1 AND NOT hidden AND seq < $2 ORDER BY seq LIMIT $3`, rid, end, mostMessages)
}

func number(r db.Row) (n int64, err error) {
	err = r.Scan(&n)
	return n, err
}

func addresses(ctx context.Context, q db.Querier, v chat.VisitorID) ([]string, error) {
	return db.All(ctx, q, text, `SELECT address FROM visitor_emails WHERE visitor_id = $1 ORDER BY position`, v)
}

func text(r db.Row) (s string, err error) {
	err = r.Scan(&s)
	return s, err
}

// preferencesOf are an agent's own where he has chosen, else the given ones.
func preferencesOf(ctx context.Context, q db.Querier, u chat.UserID, p preferences) (preferences, error) {
	all, err := db.All(ctx, q, func(r db.Row) (chosen map[string]any, err error) {
		err = r.Scan(db.JSON(&chosen))
		return chosen, err
	}, `SELECT preferences FROM users WHERE id = $1`, u)
	for _, chosen := range all {
		if b, ok := chosen["omnichannelTranscriptEmail"].(bool); ok {
			p.mail = b
		}
		if b, ok := chosen["omnichannelTranscriptPDF"].(bool); ok {
			p.pdf = b
		}
	}
	return p, err
}

// languageOf is the language a user reads, "" if none is known.
func languageOf(ctx context.Context, q db.Querier, u chat.UserID) (string, error) {
	all, err := db.All(ctx, q, text, `SELECT language FROM users WHERE id = $1`, u)
	if len(all) == 0 {
		return "", err
	}
	return all[0], err
}

// sent is how many transcripts left, and wait to leave.
type sent struct{ recipient, visitor, all int64 }

func sentSince(ctx context.Context, q db.Querier, v chat.VisitorID, to string, day, hour clock.Instant) (sent, error) {
	n, err := db.One(ctx, q, func(r db.Row) (n sent, err error) {
		err = r.Scan(&n.recipient, &n.visitor, &n.all)
		return n, err
	}, `SELECT count(*) FILTER (WHERE lower(recipient) = lower($1)), count(*) FILTER (WHERE about = $2), count(*) FILTER (WHERE created_at > $4)
		FROM mails WHERE kind = 'transcript' AND created_at > $3`, to, v, day, hour)
	if err != nil {
		return n, err
	}
	waiting, err := db.All(ctx, q, func(r db.Row) (m mailing, err error) {
		err = r.Scan(db.JSON(&m))
		return m, err
	}, `SELECT payload FROM jobs WHERE kind = 'transcripts.mail' AND dead_at = 0 LIMIT 10000`)
	for _, m := range waiting {
		n.all++
		if strings.EqualFold(m.To, to) {
			n.recipient++
		}
		if m.Visitor == v {
			n.visitor++
		}
	}
	return n, err
}

// isRequested reports whether a PDF of the chat is still to be made.
func isRequested(ctx context.Context, q db.Querier, rid chat.RoomID) (bool, error) {
	n, err := db.One(ctx, q, number, `SELECT count(*) FROM rooms WHERE id = $1 AND pdf_requested`, rid)
	return n > 0, err
}

// planned is for whom a PDF of the chat is to be made; nil: none is.
func planned(ctx context.Context, q db.Querier, rid chat.RoomID) (*chat.UserID, error) {
	all, err := db.All(ctx, q, func(r db.Row) (p printing, err error) {
		err = r.Scan(db.JSON(&p))
		return p, err
	}, `SELECT payload FROM jobs WHERE kind = 'transcripts.pdf' AND key = $1 AND dead_at = 0`, rid)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0].User, nil
}

// finished reports whether a job has been done by an attempt before, and notes that it is now.
func finished(ctx context.Context, tx *db.Tx, job string) (bool, error) {
	if _, err := tx.Exec(ctx, `DELETE FROM transcript_mails WHERE at < $1`, tx.Now().Add(-7*24*time.Hour)); err != nil {
		return false, err
	}
	n, err := tx.Exec(ctx, `INSERT INTO transcript_mails (job, at) VALUES ($1, $2) ON CONFLICT (job) DO NOTHING`, job, tx.Now())
	return n == 0, err
}

// zoneOf is the zone a user has chosen, "" if none, and what it is known to be off by.
func zoneOf(ctx context.Context, q db.Querier, u chat.UserID) (name string, minutes int, err error) {
	_, err = db.All(ctx, q, func(r db.Row) (struct{}, error) {
		var chosen map[string]any
		err := r.Scan(&minutes, db.JSON(&chosen))
		name, _ = chosen["timezone"].(string)
		return struct{}{}, err
	}, `SELECT utc_offset, preferences FROM users WHERE id = $1`, u)
	return name, minutes, err
}

// putNotice keeps the newest notice about a room; false when nobody of that id is there to read it.
func putNotice(ctx context.Context, tx *db.Tx, p printing, file chat.FileID) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO pdf_notices (user_id, room_id, file_id, at) SELECT u.id, $2, $3, $4 FROM users u WHERE u.id = $1
		ON CONFLICT (user_id, room_id) DO UPDATE SET file_id = excluded.file_id, at = excluded.at`, p.User, p.RID, file, tx.Now())
	return n > 0, err
}

func listNotices(ctx context.Context, q db.Querier, who chat.UserID) ([]Notice, error) {
	return db.All(ctx, q, func(r db.Row) (n Notice, err error) { return n, r.Scan(&n.RID, &n.Name, &n.File, &n.At) },
		`SELECT n.room_id, r.fname, n.file_id, n.at FROM pdf_notices n JOIN rooms r ON r.id = n.room_id WHERE n.user_id = $1 ORDER BY n.at DESC, n.room_id LIMIT 100`, who)
}

func forgetNotice(ctx context.Context, tx *db.Tx, who chat.UserID, rid chat.RoomID) error {
	_, err := tx.Exec(ctx, `DELETE FROM pdf_notices WHERE user_id = $1 AND room_id = $2`, who, rid)
	return err
}

func forgetNotices(ctx context.Context, tx *db.Tx, who chat.UserID, before clock.Instant) error {
	_, err := tx.Exec(ctx, `DELETE FROM pdf_notices WHERE user_id = $1 AND at < $2`, who, before)
	return err
}
