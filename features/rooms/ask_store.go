package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// asked is a visitor's open room right after a message of his, whose number and moment
// are seq and at.
type asked struct {
	id         chat.RoomID
	visitor    chat.VisitorID
	seq, msgs  int64
	at         clock.Instant
	v          chat.VisitorView
	department chat.DepartmentID
	servedBy   chat.AgentID
	onHold     bool
}

func scanAsked(row db.Row) (r asked, err error) {
	err = row.Scan(&r.id, &r.visitor, &r.seq, &r.msgs, &r.at, db.JSON(&r.v), &r.department, &r.servedBy, &r.onHold)
	return r, err
}

// ask gives rooms all effects of a visitor's message at once (LC-MSG-7), and locks them.
const (
	ask = `UPDATE rooms SET seq = seq + 1, last_seq = seq + 1, msgs = msgs + 1,
		lm = CASE WHEN lm < $1 THEN $1 ELSE lm + 1 END,
		visitor_at = CASE WHEN lm < $1 THEN $1 ELSE lm + 1 END,
		asked_at = CASE WHEN asked_at > answered_at THEN asked_at WHEN lm < $1 THEN $1 ELSE lm + 1 END,
		waiting_response = true, response_by = '', silent_at = 0, abandoned_at = 0, updated_at = $1 WHERE `
	askReturning = ` RETURNING id, visitor_id, seq, msgs, lm, v, department_id, served_by, on_hold`
)

func askedAlone(ctx context.Context, tx *db.Tx, w saying) (asked, error) {
	return db.One(ctx, tx, scanAsked, ask+`id = $2 AND visitor_id = $3 AND open`+askReturning, tx.Now(), w.RID, w.by)
}

// askedTogether is that for many rooms, but those somebody else holds and those on hold.
func askedTogether(ctx context.Context, tx *db.Tx, all []saying) (map[chat.RoomID]asked, error) {
	n := db.Padded(len(all)) // few different statements
	args := append(make([]any, 0, 1+2*n), tx.Now())
	for i := range n {
		w := all[min(i, len(all)-1)]
		args = append(args, w.RID, w.by)
	}
	found, err := db.All(ctx, tx, scanAsked, ask+`id IN (SELECT id FROM rooms WHERE (id, visitor_id) IN (VALUES `+db.Values(n, 2, 2)+`)
		AND open AND NOT on_hold`+tx.SkipLocked()+`)`+askReturning, args...)
	byID := make(map[chat.RoomID]asked, len(found))
	for _, r := range found {
		byID[r.id] = r
	}
	return byID, err
}
