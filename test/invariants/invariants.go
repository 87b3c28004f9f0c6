// Package invariants says what no sequence of acts may leave behind in the database
// (lifecycle 25), for every test that does a lot and looks at the end.
package invariants

import (
	"context"
	"fmt"
	"slices"

	"github.com/foyerchat/foyer/platform/db"
)

// impossible are counts that are always 0.
var impossible = map[string]string{
	"INV-1 an open room without an inquiry": `SELECT count(*) FROM rooms r WHERE r.open AND NOT EXISTS (SELECT 1 FROM inquiries i WHERE i.room_id = r.id)`,
	"INV-1 a closed room with an inquiry":   `SELECT count(*) FROM rooms r JOIN inquiries i ON i.room_id = r.id WHERE NOT r.open`,
	"INV-2 open and closedAt":               `SELECT count(*) FROM rooms WHERE open = (closed_at > 0)`,
	"INV-3 taken without an agent, or the other way round": `SELECT count(*) FROM rooms r JOIN inquiries i ON i.room_id = r.id
		WHERE (i.status = 'taken') <> (r.served_by <> '')`,
	"INV-4 a serving agent without a subscription": `SELECT count(*) FROM rooms r WHERE r.open AND r.served_by <> ''
		AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.room_id = r.id AND s.user_id = r.served_by)`,
	"a closed room with a subscription": `SELECT count(*) FROM rooms r JOIN subscriptions s ON s.room_id = r.id WHERE NOT r.open`,
	"a subscription that does not know its room": `SELECT count(*) FROM subscriptions s JOIN rooms r ON r.id = s.room_id
		WHERE s.on_hold <> r.on_hold OR s.department_id <> r.department_id`,
	"INV-5 on hold and not served":             `SELECT count(*) FROM rooms WHERE on_hold AND (NOT open OR served_by = '')`,
	"INV-6 two open rooms of one visitor":      `SELECT count(*) FROM (SELECT visitor_id FROM rooms WHERE open GROUP BY visitor_id, source_type, source_id HAVING count(*) > 1) x`,
	"INV-7 one user name twice":                `SELECT count(*) FROM (SELECT username FROM visitors GROUP BY username HAVING count(*) > 1) x`,
	"INV-8 msgs is not the number of messages": `SELECT count(*) FROM rooms r WHERE r.msgs <> (SELECT count(*) FROM messages m WHERE m.room_id = r.id)`,
	"INV-9 numbers and times order differently": `SELECT count(*) FROM messages a JOIN messages b ON a.room_id = b.room_id
		AND a.seq < b.seq AND (a.ts, a.id) >= (b.ts, b.id)`,
	"INV-10 waitingResponse disagrees with the last ordinary message": `SELECT count(*) FROM rooms r
		JOIN messages m ON m.room_id = r.id AND m.seq = (SELECT max(seq) FROM messages x WHERE x.room_id = r.id AND x.t = '')
		WHERE r.waiting_response <> m.by_visitor
		AND NOT EXISTS (SELECT 1 FROM room_changes c WHERE c.room_id = r.id AND c.name = 'message-changed')`,
	"INV-11 times in the wrong order": `SELECT count(*) FROM rooms WHERE closed_at > 0 AND (closed_at < served_at OR closed_at < ts)
		OR served_at > 0 AND served_at < ts`,
	"INV-12 room and inquiry in different departments": `SELECT count(*) FROM rooms r JOIN inquiries i ON i.room_id = r.id WHERE i.department_id <> r.department_id`,
	"the last message is not the room's last": `SELECT count(*) FROM rooms r
		WHERE r.last_seq <> (SELECT COALESCE(max(seq), 0) FROM messages m WHERE m.room_id = r.id)`,
	"numbers with a gap or a double": `SELECT count(*) FROM rooms r WHERE r.seq <> (SELECT count(DISTINCT n.seq) FROM
			(SELECT seq FROM messages WHERE room_id = r.id UNION ALL SELECT seq FROM room_changes WHERE room_id = r.id) n WHERE n.seq BETWEEN 1 AND r.seq)
		OR r.seq <> (SELECT count(*) FROM messages WHERE room_id = r.id) + (SELECT count(*) FROM room_changes WHERE room_id = r.id)`,
	"LC-CLOSE-6 a timer of a closed room": `SELECT count(*) FROM jobs j JOIN rooms r ON j.key LIKE '%:' || r.id
		WHERE NOT r.open AND j.dead_at = 0 AND j.kind = 'rooms.timer'`,
}

// Broken lists what is in the database although it cannot be.
func Broken(ctx context.Context, q db.Querier) (broken []string, err error) {
	for what, sql := range impossible {
		var n int64
		if err := q.QueryRow(ctx, sql).Scan(&n); err != nil {
			return nil, fmt.Errorf("%s: %w", what, err)
		}
		if n > 0 {
			broken = append(broken, fmt.Sprintf("%d × %s", n, what))
		}
	}
	slices.Sort(broken)
	return broken, nil
}
