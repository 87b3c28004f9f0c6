package surveys

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// ratedRoom is a room with what was said about it so far.
type ratedRoom struct {
	answers    map[string]string // nil: nothing
	agent      chat.AgentID
	department chat.DepartmentID
}

// rating finds the visitor's room. Writing nothing new keeps other ratings of it waiting.
func rating(ctx context.Context, tx *db.Tx, v chat.VisitorID, rid chat.RoomID) (ratedRoom, error) {
	if _, err := tx.Exec(ctx, `UPDATE surveys SET at = at WHERE room_id = $1`, rid); err != nil {
		return ratedRoom{}, err
	}
	r, err := db.One(ctx, tx, func(row db.Row) (r ratedRoom, err error) {
		err = row.Scan(&r.agent, &r.department, db.JSON(&r.answers))
		return r, err
	}, `SELECT COALESCE(r.served_by, ''), r.department_id, COALESCE(s.answers, 'null') FROM rooms r LEFT JOIN surveys s ON s.room_id = r.id
		WHERE r.id = $1 AND r.visitor_id = $2`, rid, v)
	if errors.Is(err, db.ErrNoRows) {
		return r, fault.New(fault.Invalid, "invalid-room", "")
	}
	return r, err
}

func save(ctx context.Context, tx *db.Tx, rid chat.RoomID, r ratedRoom, stars int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO surveys (room_id, answers, satisfaction, agent_id, department_id, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (room_id) DO UPDATE SET answers = excluded.answers, satisfaction = excluded.satisfaction,
			agent_id = excluded.agent_id, department_id = excluded.department_id, at = excluded.at`,
		rid, db.JSON(r.answers), stars, r.agent, r.department, tx.Now())
	return err
}
