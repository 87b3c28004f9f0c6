package rooms

import (
	"context"
	"strconv"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/search"
)

var messageIndex = search.Index{Table: "messages", Words: "message_words", At: "ts"}

// words are what a message is found by; system messages are not.
func words(m chat.Message) string {
	if m.System() {
		return ""
	}
	return search.Words(m.Text())
}

// sight is who looks, and whether waiting rooms are shown to agents.
type sight struct {
	chat.Actor
	preview bool
}

// sees adds that the actor may see room r: chat.MaySee in SQL.
func (w *conditions) sees(a sight) {
	me, monitor := w.arg(a.User), "true"
	if m := a.Monitor(); m != "" {
		monitor = `(NOT EXISTS (SELECT 1 FROM units) OR r.unit_id IN (SELECT um.unit_id FROM unit_monitors um WHERE um.monitor_id = ` + me + `))`
	}
	own := `r.department_id IN (SELECT da.department_id FROM department_agents da JOIN departments d ON d.id = da.department_id
		WHERE da.agent_id = ` + me + ` AND d.enabled AND NOT d.archived)`
	ways := []string{`r.served_by = ` + me, `EXISTS (SELECT 1 FROM subscriptions s WHERE s.room_id = r.id AND s.user_id = ` + me + `)`}
	if a.May(chat.ViewLivechatRooms) {
		ways = append(ways, monitor)
	}
	if a.May(chat.ViewLivechatRoomClosedByAnotherAgent) {
		ways = append(ways, `NOT r.open AND `+monitor)
	}
	if a.May(chat.ViewLivechatRoomClosedSameDepartment) {
		ways = append(ways, `NOT r.open AND `+own)
	}
	if a.preview && a.May(chat.ViewLRoom) {
		public := `r.department_id = ''`
		if !a.hasRole(chat.RoleAgent) {
			public += ` AND ` + monitor
		}
		ways = append(ways, `r.open AND r.served_by = '' AND NOT r.verifying AND (`+public+` OR `+own+` OR EXISTS (SELECT 1 FROM inquiries i WHERE i.room_id = r.id AND i.default_agent = `+me+`))`)
	}
	w.add(`(` + strings.Join(ways, ` OR `) + `)`)
}

func (a sight) hasRole(role string) bool {
	for _, r := range a.Roles {
		if r == role {
			return true
		}
	}
	return false
}

// findWords lists messages that hold words with their rooms, the latest first. Whichever
// way is taken, the answer is the same.
func findWords(ctx context.Context, q *db.DB, s Search, a sight) (found []Found, err error) {
	few, err := a.seesFew(ctx, q)
	if err != nil {
		return nil, err
	}
	ways := []search.Way{messageIndex.Among(q.Engine(), s.Text)}
	if !few {
		ways, err = messageIndex.Ways(ctx, q, s.Text, !a.May(chat.ViewLivechatRooms) || a.Monitor() != "")
	}
	for _, way := range ways {
		if n := int64(len(found)); err == nil && n < s.Count && (way.Wider == 0 || n*way.Wider >= s.Count) {
			found, err = a.findWords(ctx, q, s, way, few)
		}
	}
	return found, err
}

func (a sight) findWords(ctx context.Context, q *db.DB, s Search, way search.Way, few bool) ([]Found, error) {
	w := &conditions{}
	by := way.Part(w.arg)
	w.add(by.Where)
	w.sees(a)
	if few {
		within, _ := a.within(w)
		w.add(`m.room_id IN (` + within + `)`)
	}
	if s.Department != "" {
		w.add(`r.department_id = ` + w.arg(s.Department))
	}
	ids, err := db.All(ctx, q, scanID[chat.MessageID], `SELECT m.id FROM `+by.From+` JOIN rooms r ON r.id = m.room_id`+w.String()+
		` ORDER BY `+by.Order+` LIMIT `+w.arg(s.Count)+` OFFSET `+w.arg(s.Offset), w.args...)
	if err != nil {
		return nil, err
	}
	return withRooms(ctx, q, ids)
}

const (
	fewRooms    = 1000
	fewMessages = 10_000
)

// seesFew reports whether all that the actor may see is sooner read than what holds a
// frequent word.
func (a sight) seesFew(ctx context.Context, q db.Querier) (few bool, err error) {
	w := &conditions{}
	within, ok := a.within(w)
	if !ok {
		return false, nil
	}
	var n, messages int64
	err = q.QueryRow(ctx, `SELECT count(*), CAST(COALESCE(sum(r.last_seq), 0) AS BIGINT) FROM rooms r WHERE r.id IN (`+within+`)`, w.args...).Scan(&n, &messages)
	return n <= fewRooms && messages <= fewMessages, err
}

// within names the rooms the actor may see, and perhaps others, by what indexes know;
// not ok: he may see all. If there are many, some are missing.
func (a sight) within(w *conditions) (ids string, ok bool) {
	me := w.arg(a.User)
	some := []string{`SELECT id FROM rooms WHERE served_by = ` + me + ` AND served_by <> ''`, `SELECT room_id FROM subscriptions WHERE user_id = ` + me}
	if a.May(chat.ViewLivechatRooms) || a.May(chat.ViewLivechatRoomClosedByAnotherAgent) {
		if a.Monitor() == "" {
			return "", false
		}
		some = append(some, `SELECT id FROM rooms WHERE unit_id <> '' AND unit_id IN (SELECT um.unit_id FROM unit_monitors um WHERE um.monitor_id = `+me+`)`,
			`SELECT id FROM rooms WHERE NOT EXISTS (SELECT 1 FROM units)`)
	}
	if a.May(chat.ViewLivechatRoomClosedSameDepartment) {
		some = append(some, `SELECT id FROM rooms WHERE NOT open AND department_id IN (SELECT da.department_id FROM department_agents da WHERE da.agent_id = `+me+`)`)
	}
	if a.preview && a.May(chat.ViewLRoom) {
		some = append(some, `SELECT id FROM rooms WHERE open AND served_by = ''`)
	}
	for i, one := range some {
		some[i] = `SELECT * FROM (` + one + ` LIMIT ` + strconv.Itoa(fewRooms+1) + `) x` + strconv.Itoa(i)
	}
	return strings.Join(some, ` UNION `), true
}

// withRooms reads messages and the rooms they are in; what is gone meanwhile is left out.
func withRooms(ctx context.Context, q db.Querier, ids []chat.MessageID) ([]Found, error) {
	rooms, all := map[chat.RoomID]chat.Room{}, make([]Found, 0, len(ids))
	for _, id := range ids {
		m, err := orZero(findMessage(ctx, q, id, ""))
		if err != nil {
			return nil, err
		}
		r, known := rooms[m.RID]
		if !known && m.ID != "" {
			if r, err = orZero(findRoom(ctx, q, m.RID)); err != nil {
				return nil, err
			}
			rooms[m.RID] = r
		}
		if r.ID != "" {
			all = append(all, Found{r, m})
		}
	}
	return all, nil
}

// wordless lists some ordinary messages after one that have no words yet.
func wordless(ctx context.Context, tx *db.Tx, after chat.MessageID, most int) ([]chat.Message, error) {
	return db.All(ctx, tx, scanMessage(""), `SELECT `+messageColumns+` FROM messages WHERE id > $1 AND words = '' AND t = '' AND msg <> '' ORDER BY id LIMIT $2`, after, most)
}

// setWords notes the words of a message, unless it was edited since it was read.
func setWords(ctx context.Context, tx *db.Tx, m chat.Message) error {
	_, err := tx.Exec(ctx, `UPDATE messages SET words = $2 WHERE id = $1 AND msg = $3`, m.ID, words(m), m.Msg)
	return err
}
