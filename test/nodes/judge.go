package nodes

import (
	"context"
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
	for last := time.Now(); people.Sleep(ctx, 20*time.Millisecond) == nil; {
		r.breath, last = max(r.breath, time.Since(last)), time.Now()
		found, err := r.texts(ctx, glimpse)
		if err == nil {
			err = r.lookAtQueues(ctx)
		}
		if err != nil && ctx.Err() == nil {
			r.wrong("the database cannot be looked at: %v", err)
		}
		for _, what := range found {
			r.wrong("%s", what)
		}
		r.count(&r.report.Snapshots)
	}
}

// wait is how a chat was seen to wait.
type wait struct {
	queue       string
	began       int64 // the order of the queue
	first, last time.Time
	given       time.Time // zero: not yet
	special     bool      // it was given back, or prefers somebody
}

// lookAtQueues notes who waits and who does not any more.
func (r *run) lookAtQueues(ctx context.Context) error {
	rows, err := r.database.QueryContext(ctx, `SELECT room_id, department_id, ts, status = 'queued', returned_by <> '' OR default_agent <> '' FROM inquiries`)
	if err != nil {
		return err
	}
	defer rows.Close()
	now := time.Now()
	for rows.Next() {
		var room, queue string
		var began int64
		var queued, special bool
		if err := rows.Scan(&room, &queue, &began, &queued, &special); err != nil {
			return err
		}
		w := r.waits[room]
		switch {
		case w == nil && queued:
			r.waits[room] = &wait{queue: queue, began: began, first: now, last: now, special: special}
		case w == nil:
		case queued:
			w.last, w.special = now, w.special || special || !w.given.IsZero() || w.queue != queue
		case w.given.IsZero():
			w.given = now
		}
	}
	return rows.Err()
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
	r.judgeOrder()
	return nil
}

// queueUp waits for the lock under which nodes choose, as they do, and notes for how long.
func (r *run) queueUp(ctx context.Context) {
	for people.Sleep(ctx, 20*time.Millisecond) == nil {
		began := time.Now()
		if _, err := r.database.ExecContext(ctx, `SELECT 1 FROM counters WHERE name = 'routing.pick' FOR UPDATE`); err == nil {
			r.turn = max(r.turn, time.Since(began))
		}
	}
}

// slack is the time in which nodes may see the queue differently: longer where even a
// look at it took long, or the turn to choose for a chat seen first.
func (r *run) slack() time.Duration { return 500*time.Millisecond + 3*r.breath + r.turn }

// judgeOrder is PT-Q-3 as far as it can be seen from outside: of two chats that waited
// in one queue, the younger one is not given away while the older one waits on.
func (r *run) judgeOrder() {
	slack := r.slack()
	for name, older := range r.waits {
		for other, younger := range r.waits {
			if older.special || younger.special || older.queue != younger.queue || older.began >= younger.began || younger.given.IsZero() {
				continue
			}
			if older.first.Add(slack).Before(younger.given) && younger.given.Add(slack).Before(older.last) {
				r.wrong("PT-Q-3 %s waited until %s, but %s, which came %d ms later, was given away at %s", name,
					older.last.Format(time.StampMilli), other, younger.began-older.began, younger.given.Format(time.StampMilli))
			}
		}
	}
}
