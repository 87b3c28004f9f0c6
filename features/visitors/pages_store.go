package visitors

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

func insertPage(ctx context.Context, tx *db.Tx, owner string, p Page) error {
	_, err := tx.Exec(ctx, `INSERT INTO pages (id, visitor_id, room_id, change, title, href, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		p.ID, owner, p.RoomID, p.Change, p.Title, p.Href, p.At)
	return err
}

// openRoomOf is rid if it is an open room of the visitor, else none.
func openRoomOf(ctx context.Context, q db.Querier, visitor string, rid chat.RoomID) (chat.RoomID, error) {
	if rid == "" {
		return "", nil
	}
	found, err := db.One(ctx, q, text, `SELECT id FROM rooms WHERE id = $1 AND visitor_id = $2 AND open`, rid, visitor)
	if gone(err) {
		return "", nil
	}
	return chat.RoomID(found), err
}

// dropOldestPages keeps the newest pages of one owner that no room claimed.
func dropOldestPages(ctx context.Context, tx *db.Tx, owner string, keep int64) error {
	_, err := tx.Exec(ctx, `DELETE FROM pages WHERE id IN (SELECT id FROM pages WHERE visitor_id = $1 AND room_id = ''
		ORDER BY at DESC, id DESC LIMIT 100000 OFFSET $2)`, owner, keep)
	return err
}

// adoptPages gives the pages seen before the registration to the visitor.
func adoptPages(ctx context.Context, tx *db.Tx, id chat.VisitorID, before string) error {
	_, err := tx.Exec(ctx, `UPDATE pages SET visitor_id = $1 WHERE visitor_id = $2`, id, before)
	return err
}

// claimPages gives the visitor's pages that belong to no room yet to the room (LC-NAV-4).
func claimPages(ctx context.Context, tx *db.Tx, id chat.VisitorID, rid chat.RoomID) error {
	_, err := tx.Exec(ctx, `UPDATE pages SET room_id = $2 WHERE visitor_id = $1 AND room_id = ''`, id, rid)
	return err
}

func expirePages(ctx context.Context, tx *db.Tx, before clock.Instant) error {
	_, err := tx.Exec(ctx, `DELETE FROM pages WHERE room_id = '' AND at < $1`, before)
	return err
}

var pageOrders = map[string]string{"ts": "at", "_updatedAt": "at", "_id": "id"}

func pagesOf(ctx context.Context, q db.Querier, rid chat.RoomID, p Slice) ([]Page, int64, error) {
	total, err := db.One(ctx, q, number, `SELECT count(*) FROM pages WHERE room_id = $1`, rid)
	if err != nil {
		return nil, 0, err
	}
	pages, err := db.All(ctx, q, func(r db.Row) (p Page, err error) {
		err = r.Scan(&p.ID, &p.RoomID, &p.Change, &p.Title, &p.Href, &p.At)
		return p, err
	}, `SELECT id, room_id, change, title, href, at FROM pages WHERE room_id = $1 ORDER BY `+p.Sort.Over(pageOrders)+`at DESC, id DESC LIMIT $2 OFFSET $3`,
		rid, p.Limit, p.Offset)
	return pages, total, err
}

// removePagesOf removes what was looked at in a room that is no more, and the room from
// the visitors whose last one it was.
func removePagesOf(ctx context.Context, tx *db.Tx, rid chat.RoomID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM pages WHERE room_id = $1`, rid); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE visitors SET last_chat_id = '', last_chat_at = 0 WHERE last_chat_id = $1`, rid)
	return err
}
