package nodes

import (
	"context"
	"fmt"
	"time"

	"github.com/foyerchat/foyer/test/people"
)

// glimpse is one snapshot: what must not be in it.
const glimpse = `
	SELECT 'PT-CAP-1 ' || s.user_id || ' has ' || count(*) || ' chats and may have ' || max(a.max_chats)
		FROM subscriptions s JOIN rooms r ON r.id = s.room_id JOIN agents a ON a.user_id = s.user_id
		WHERE r.open AND NOT r.on_hold GROUP BY s.user_id HAVING count(*) > max(a.max_chats)
	UNION ALL SELECT 'PT-Q-1 two agents are in ' || room_id FROM subscriptions GROUP BY room_id HAVING count(*) > 1
	UNION ALL SELECT 'INV-1 no inquiry: ' || r.id FROM rooms r LEFT JOIN inquiries i ON i.room_id = r.id WHERE r.open AND i.id IS NULL
	UNION ALL SELECT 'INV-1 an inquiry, but closed: ' || r.id FROM rooms r JOIN inquiries i ON i.room_id = r.id WHERE NOT r.open
	UNION ALL SELECT 'INV-3 ' || i.status || ', served by ' || r.served_by || ': ' || r.id FROM rooms r JOIN inquiries i ON i.room_id = r.id
		WHERE (i.status = 'taken') <> (r.served_by <> '')
	UNION ALL SELECT 'INV-4 no subscription: ' || r.id FROM rooms r LEFT JOIN subscriptions s ON s.room_id = r.id AND s.user_id = r.served_by
		WHERE r.open AND r.served_by <> '' AND s.id IS NULL
	UNION ALL SELECT 'INV-12 ' || r.department_id || ' and ' || i.department_id || ': ' || r.id FROM rooms r JOIN inquiries i ON i.room_id = r.id
		WHERE i.department_id <> r.department_id`

// watch looks at the whole house again and again while it is at work.
func (r *run) watch(ctx context.Context) {
	for people.Sleep(ctx, 20*time.Millisecond) == nil {
		found, err := r.texts(ctx, glimpse)
		if err != nil && ctx.Err() == nil {
			r.wrong("the database cannot be looked at: %v", err)
		}
		for _, what := range found {
			r.wrong("%s", what)
		}
		r.count(&r.report.Snapshots)
	}
}

func (r *run) texts(ctx context.Context, query string) (all []string, err error) {
	rows, err := r.database.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	return all, rows.Err()
}

// afterwards is what must not be there when everybody has gone home.
const afterwards = `
	SELECT 'a chat is still open: ' || id FROM rooms WHERE open
	UNION ALL SELECT 'an inquiry is stranded: ' || room_id || ' ' || status FROM inquiries
	UNION ALL SELECT 'PT-Q-1 ' || room_id || ' was given to ' || sender_username || ' although ' || had || ' had it' FROM (
		SELECT room_id, sender_username, t, msg, lag(t) OVER w AS before, lag(sender_username) OVER w AS had
		FROM messages WHERE t = 'ul' OR t = 'command' AND msg = 'connected' WINDOW w AS (PARTITION BY room_id ORDER BY seq)) x
		WHERE t = 'command' AND before = 'command'`

// judge looks at what is stored when all is over.
func (r *run) judge(ctx context.Context) error {
	found, err := r.texts(ctx, afterwards)
	if err != nil {
		return err
	}
	for _, what := range found {
		r.wrong("%s", what)
	}
	return r.judgeOrder(ctx)
}

// given is a chat that waited once and was given away once.
type given struct {
	room, queue string
	began, at   int64 // milliseconds
}

// slack is the time in which nodes may see the queue differently.
const slack = 500

// judgeOrder is PT-Q-3 as far as it can be seen from outside: of two chats that waited
// in one queue, the older one is not given away clearly later.
func (r *run) judgeOrder(ctx context.Context) error {
	rows, err := r.database.QueryContext(ctx, `SELECT r.id, r.department_id, r.ts, max(m.ts) FROM rooms r
		JOIN messages m ON m.room_id = r.id AND m.t = 'command' AND m.msg = 'connected'
		WHERE NOT EXISTS (SELECT 1 FROM messages x WHERE x.room_id = r.id AND x.t IN ('ul', 'livechat_transfer_history', 'omnichannel_placed_chat_on_hold'))
		GROUP BY r.id, r.department_id, r.ts HAVING count(*) = 1`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var all []given
	for rows.Next() {
		var g given
		if err := rows.Scan(&g.room, &g.queue, &g.began, &g.at); err != nil {
			return err
		}
		all = append(all, g)
	}
	for _, older := range all {
		for _, younger := range all {
			if older.queue == younger.queue && older.began < younger.began && older.began+slack < younger.at && younger.at+slack < older.at {
				r.wrong("%s", fmt.Sprintf("PT-Q-3 %s began at %d and was served at %d, but %s began at %d and was served at %d",
					older.room, older.began, older.at, younger.room, younger.began, younger.at))
			}
		}
	}
	return rows.Err()
}
