package visitors

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

func addEmail(ctx context.Context, tx *db.Tx, id chat.VisitorID, address string) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO visitor_emails (visitor_id, position, address)
		SELECT v.id, (SELECT COALESCE(max(e.position) + 1, 0) FROM visitor_emails e WHERE e.visitor_id = v.id), $2 FROM visitors v
		WHERE v.id = $1 AND NOT EXISTS (SELECT 1 FROM visitor_emails e WHERE e.visitor_id = v.id AND e.address = $2)
		AND (SELECT count(*) FROM visitor_emails e WHERE e.visitor_id = v.id) < $3`, id, address, maxFound)
	return n > 0, err
}

func addPhone(ctx context.Context, tx *db.Tx, id chat.VisitorID, number string) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO visitor_phones (visitor_id, position, number)
		SELECT v.id, (SELECT COALESCE(max(p.position) + 1, 0) FROM visitor_phones p WHERE p.visitor_id = v.id), $2 FROM visitors v
		WHERE v.id = $1 AND NOT EXISTS (SELECT 1 FROM visitor_phones p WHERE p.visitor_id = v.id AND p.number = $2)
		AND (SELECT count(*) FROM visitor_phones p WHERE p.visitor_id = v.id) < $3`, id, number, maxFound)
	return n > 0, err
}

// agree keeps the words that a visitor accepts, unless they are those accepted last; of
// very many the latest.
func agree(ctx context.Context, tx *db.Tx, id chat.VisitorID, words string) error {
	if words == "" {
		return nil
	}
	if _, err := tx.Exec(ctx, `INSERT INTO visitor_consents (visitor_id, position, text, at)
		SELECT v.id, (SELECT COALESCE(max(c.position) + 1, 0) FROM visitor_consents c WHERE c.visitor_id = v.id), $2, $3 FROM visitors v
		WHERE v.id = $1 AND COALESCE((SELECT c.text FROM visitor_consents c WHERE c.visitor_id = v.id ORDER BY c.position DESC LIMIT 1), '') <> $2`,
		id, words, tx.Now()); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM visitor_consents WHERE visitor_id = $1
		AND position <= (SELECT max(c.position) FROM visitor_consents c WHERE c.visitor_id = $1) - $2`, id, maxFound)
	return err
}

// refreshSearch makes a visitor findable by the first address and number.
func refreshSearch(ctx context.Context, tx *db.Tx, id chat.VisitorID) error {
	v, err := byID(ctx, tx, id)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE visitors SET search = $2, updated_at = $3 WHERE id = $1`, id, searchText(v), tx.Now())
	return err
}
