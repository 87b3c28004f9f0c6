package conversation

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
)

// hits are the texts that somebody finds.
func (h *house) hits(a chat.Actor, text string) []string {
	h.t.Helper()
	found, _, err := h.rooms.Search(h.ctx, a, rooms.Search{Text: text, Count: 50})
	if err != nil {
		h.t.Fatalf("%q: %v", text, err)
	}
	all := make([]string, len(found))
	for i, f := range found {
		all[i] = f.Message.Msg
		if f.Room.ID != f.Message.RID {
			h.t.Errorf("message of %s under room %s", f.Message.RID, f.Room.ID)
		}
	}
	return all
}

func TestMessagesAreFoundByTheirWords(t *testing.T) {
	manual(t, func(t *testing.T, h *house) {
		boss := h.user("boss", chat.RoleManager)
		ann := h.visitor("ann")
		r := h.open(ann)
		first := "Můj balík NEPŘIŠEL"
		second := "my parcel, order No. 4711/b, is late"
		third := "東京都に送りました"
		for _, text := range []string{first, second, third, "***", "it's 100% late"} {
			h.say(ann, r, text)
		}
		for text, want := range map[string][]string{
			"balik": {first}, "BALÍK neprisel": {first}, "nepri": {first}, "bal late": nil,
			"4711": {second}, "order parcel": {second}, "parc": {second}, "pa": nil,
			"late": {"it's 100% late", second}, "100%": {"it's 100% late"},
			"東京": {third}, "京都": {third}, "都": {third}, "京東": nil, "送りました": {third},
			"***": nil, " ": nil, `"`: nil, `late" OR "parcel`: nil, `late*) OR (parcel`: nil, "NEAR(late, 5)": nil, "words:late": nil,
			"late -parcel": {second}, "' & | ! :*": nil, "late\x00": {"it's 100% late", second}, `late\`: {"it's 100% late", second}, "\xff\xfe": nil,
		} {
			if got := h.hits(boss, text); !slices.Equal(got, want) && len(got)+len(want) > 0 {
				t.Errorf("%q finds %q, want %q", text, got, want)
			}
		}
		if got := h.hits(boss, strings.Repeat("late ", 100)); len(got) != 2 {
			t.Errorf("a word said a hundred times: %q", got)
		}
	})
}

func TestBlocksAreFoundByTheirWords(t *testing.T) {
	manual(t, func(t *testing.T, h *house) {
		boss, bob, ann := h.user("boss", chat.RoleManager), h.agent("bob"), h.visitor("ann")
		r := h.open(ann)
		h.take(bob, r)
		blocks := []chat.Block{{Type: "header", Text: "Orchidée"}, {Type: "actions", Elements: []chat.BlockElement{{Type: "button", Text: "50 ferns"}}}}
		if _, err := h.rooms.Answer(h.ctx, bob, rooms.Saying{RID: r.ID, Blocks: blocks}); err != nil {
			t.Fatal(err)
		}
		h.say(ann, r, "a tulip")
		for text, want := range map[string]int{"orchid": 1, "ferns": 1, "tulip": 1, "rose": 0} {
			if got := h.hits(boss, text); len(got) != want {
				t.Errorf("%s: %q", text, got)
			}
		}
	})
}

func TestWhatIsGoneIsNotFound(t *testing.T) {
	manual(t, func(t *testing.T, h *house) {
		boss, ann := h.user("boss", chat.RoleManager), h.visitor("ann")
		h.settings.set(func(s *chat.Settings) { s.MessageAllowEditing, s.MessageAllowDeleting = true, true })
		r := h.open(ann)
		changed, erased := h.say(ann, r, "an apple"), h.say(ann, r, "an onion")
		h.say(ann, r, "a carrot")
		if _, err := h.rooms.Edit(h.ctx, ann, rooms.Saying{RID: r.ID, ID: changed.ID, Msg: "a banana"}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.rooms.Erase(h.ctx, ann, rooms.Saying{RID: r.ID, ID: erased.ID}); err != nil {
			t.Fatal(err)
		}
		again := h.say(ann, r, "a cherry") // may get the place of one that is gone
		for text, want := range map[string]int{"apple": 0, "banana": 1, "onion": 0, "carrot": 1, "cherry": 1} {
			if got := h.hits(boss, text); len(got) != want {
				t.Errorf("%s: %q", text, got)
			}
		}
		h.close(boss, r)
		if err := h.rooms.Remove(h.ctx, boss, again.RID); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"banana", "carrot", "cherry"} {
			if got := h.hits(boss, text); len(got) != 0 {
				t.Errorf("%s: %q", text, got)
			}
		}
		if h.db.Engine() == db.SQLite {
			if n := h.count(`SELECT count(*) FROM (SELECT rowid FROM message_words WHERE message_words MATCH '"a" OR "an"')`); n != 0 {
				t.Errorf("%d are still in the index", n)
			}
		}
	})
}

// What somebody finds is what he may see: the search's condition and the policy agree.
func TestOnlyWhatOneMaySeeIsFound(t *testing.T) { // permissions.md 5
	for _, preview := range []string{chat.RoutingManual, chat.RoutingAuto} {
		each(t, func(t *testing.T, h *house) {
			h.settings.set(func(s *chat.Settings) { s.RoutingMethod, s.AcceptChatsWithNoAgents = chat.RoutingManual, true })
			bob, oda := h.agent("bob"), h.agent("oda")
			in, out := h.department("inside", bob), h.department("outside", oda)
			mona := h.user("mona", chat.RoleMonitor)
			h.unit("u", []chat.DepartmentID{in}, mona)
			callers := []chat.Actor{bob, oda, mona, h.agent("eve"), h.user("boss", chat.RoleManager), h.user("plain", chat.RoleUser)}
			strict := h.agent("strict")
			strict.Permissions = map[chat.Permission]bool{chat.ViewLRoom: true}
			same := h.agent("same")
			same.Permissions = map[chat.Permission]bool{chat.ViewLRoom: true, chat.ViewLivechatRoomClosedSameDepartment: true}
			callers = append(callers, strict, same)
			n := 0
			for _, d := range []chat.DepartmentID{in, out} {
				for _, state := range []string{"waiting", "served", "closed"} {
					n++
					v := h.visitor(fmt.Sprintf("visitor%d", n))
					r := h.inDepartment(v, d)
					h.say(v, r, "needle "+string(r.ID))
					if state != "waiting" {
						h.take(oda, r)
					}
					if state == "closed" {
						h.close(oda, r)
					}
				}
			}
			h.settings.set(func(s *chat.Settings) { s.RoutingMethod = preview })
			for _, a := range callers {
				found := map[string]bool{}
				for _, text := range h.hits(a, "needle") {
					found[strings.TrimPrefix(text, "needle ")] = true
				}
				ids, err := db.All(h.ctx, h.db, func(row db.Row) (id chat.RoomID, err error) { return id, row.Scan(&id) }, `SELECT id FROM rooms`)
				if err != nil || len(ids) != n {
					t.Fatal(ids, err)
				}
				for _, id := range ids {
					_, _, err := h.rooms.Visible(h.ctx, a, id)
					if sees := err == nil; sees != found[string(id)] {
						t.Errorf("%s: may see %s: %v, finds it: %v (%s)", a.Username, id, sees, found[string(id)], preview)
					}
				}
			}
		})
	}
}

func TestSearchEndpoints(t *testing.T) {
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		ann := w.visitor("ann")
		r := w.open(ann)
		for i := range 5 {
			w.say(ann, r, fmt.Sprintf("needle number%d", i))
		}
		w.refused(t, 401, noLogin, "", "GET", "foyer/search?text=x", "")
		w.refused(t, 403, noPermission, "plain", "GET", "foyer/search?text=x", "")
		w.refused(t, 400, "must have required property 'text' [invalid-params]", "boss", "GET", "foyer/search", "")
		w.refused(t, 401, noLogin, "", "GET", "chat.search?roomId=x&searchText=x", "")
		w.refused(t, 400, "error-invalid-room", "plain", "GET", "chat.search?searchText=x&roomId="+string(r.ID), "")
		w.refused(t, 400, "must have required property 'searchText' [invalid-params]", "boss", "GET", "chat.search?roomId="+string(r.ID), "")
		page := w.ok("boss", "GET", "foyer/search?text=needle&count=2&offset=2", "")
		if page.body["more"] != true || !strings.Contains(page.text, "number2") || !strings.Contains(page.text, "number1") || strings.Contains(page.text, "number3") {
			t.Error(page.text)
		}
		if last := w.ok("boss", "GET", "foyer/search?text=needle&count=2&offset=4", ""); last.body["more"] != false || strings.Contains(last.text, "token of") {
			t.Error(last.text)
		}
		if other := w.ok("boss", "GET", "foyer/search?text=needle&departmentId=other", ""); other.text != `{"found":[],"more":false,"success":true}` {
			t.Error(other.text)
		}
		if one := w.ok("boss", "GET", "chat.search?searchText=EDLE+number3&roomId="+string(r.ID), ""); len(one.body["messages"].([]any)) != 1 {
			t.Error(one.text)
		}
	})
}

func TestEarlierMessagesGetTheirWords(t *testing.T) {
	manual(t, func(t *testing.T, h *house) {
		boss, ann := h.user("boss", chat.RoleManager), h.visitor("ann")
		r := h.open(ann)
		h.say(ann, r, "an OLD message")
		h.exec(`UPDATE messages SET words = ''`)
		if got := h.hits(boss, "old"); len(got) != 0 {
			t.Fatalf("%q", got)
		}
		for _, kind := range h.rooms.Jobs() {
			if kind.Name == "rooms.words" {
				for range 2 {
					if err := kind.Run(h.ctx, jobs.Run{}); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		if got := h.hits(boss, "old"); len(got) != 1 {
			t.Errorf("%q", got)
		}
	})
}

// A page is full and in order wherever its messages are: PostgreSQL looks through the
// latest ones before it asks its index.
func TestOldMessagesAreFoundBehindManyNewOnes(t *testing.T) {
	manual(t, func(t *testing.T, h *house) {
		boss, ann := h.user("boss", chat.RoleManager), h.visitor("ann")
		r := h.open(ann)
		const many = 6000
		if err := h.db.InTx(h.ctx, func(tx *db.Tx) error {
			rows := make([][]any, many)
			for i := range rows {
				text := "straw"
				if i%1000 == 0 {
					text = fmt.Sprint("needle ", i)
				}
				rows[i] = []any{fmt.Sprintf("m%05d", i), r.ID, 100 + i, text, int64(r.TS) + int64(i), "ann", "ann", true, 1, text}
			}
			tx.InsertAtCommit(`INSERT INTO messages (id, room_id, seq, msg, ts, sender_id, sender_username, by_visitor, updated_at, words) VALUES `, rows)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for _, w := range []rooms.Search{{Count: 2}, {Count: 3, Offset: 2}, {Count: 4, Offset: 3}, {Count: 50}} {
			w.Text = "needle"
			found, more, err := h.rooms.Search(h.ctx, boss, w)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for i := w.Offset; i < min(w.Offset+w.Count, 6); i++ {
				want = append(want, fmt.Sprint("needle ", 5000-1000*i))
			}
			got := make([]string, len(found))
			for i, f := range found {
				got[i] = f.Message.Msg
			}
			if !slices.Equal(got, want) || more != (w.Offset+w.Count < 6) {
				t.Errorf("%d from %d: %q, more %v", w.Count, w.Offset, got, more)
			}
		}
		h.exec(`DELETE FROM messages WHERE room_id = $1 AND seq >= 100`, r.ID) // they are in no order of the room's
	})
}

// Whichever way is taken, by who sees all, little or much, the same is found as by
// reading every message: frequent words and rare ones, whole ones and beginnings.
func TestEveryWayFindsTheSame(t *testing.T) {
	manual(t, func(t *testing.T, h *house) {
		boss, bob, oda := h.user("boss", chat.RoleManager), h.agent("bob"), h.agent("oda")
		bob.Permissions = map[chat.Permission]bool{chat.ViewLRoom: true}
		var chats []chat.Room
		for i, agent := range []chat.Actor{bob, oda, oda, oda} {
			r := h.open(h.visitor(fmt.Sprint("visitor", i)))
			h.take(agent, r)
			chats = append(chats, r)
		}
		h.close(boss, chats[0])
		g := rand.New(rand.NewPCG(5, 6))
		said := h.chatter(g, chats, 9000)
		for round := range 90 {
			a, sees := boss, func(chat.RoomID) bool { return true }
			if round%3 > 0 {
				a, sees = bob, func(r chat.RoomID) bool { return r == chats[0].ID }
			}
			if round%3 == 2 { // much, as far as anybody knows
				h.exec(`UPDATE rooms SET last_seq = 50000`)
			} else {
				h.exec(`UPDATE rooms SET last_seq = 9`)
			}
			words := make([]string, 1+g.IntN(3))
			for i := range words {
				words[i] = spoken(g)
			}
			last := words[len(words)-1]
			words[len(words)-1] = last[:len(last)-g.IntN(3)]
			w := rooms.Search{Text: strings.Join(words, " "), Offset: g.Int64N(15), Count: 1 + g.Int64N(20)}
			var want []string
			for _, m := range slices.Backward(said) {
				if sees(m.RID) && holdsAll(m.Msg, words) {
					want = append(want, string(m.ID))
				}
			}
			want = want[min(w.Offset, int64(len(want))):]
			found, more, err := h.rooms.Search(h.ctx, a, w)
			if err != nil {
				t.Fatal(err)
			}
			got := make([]string, len(found))
			for i, f := range found {
				got[i] = string(f.Message.ID)
			}
			if !slices.Equal(got, want[:min(w.Count, int64(len(want)))]) || more != (int64(len(want)) > w.Count) {
				t.Errorf("%s asks for %q, %d from %d: %q, more %v; there are %d", a.Username, w.Text, w.Count, w.Offset, got, more, len(want))
			}
		}
		h.exec(`DELETE FROM messages WHERE id LIKE 'z%'`)
		h.exec(`UPDATE rooms SET last_seq = (SELECT max(m.seq) FROM messages m WHERE m.room_id = rooms.id)`)
	})
}

// spoken is a word of which some are in every other message and some in hardly any.
func spoken(g *rand.Rand) string {
	const longest = 12
	n := 0
	for n < longest && g.IntN(2) == 0 {
		n++
	}
	return []string{"parcel", "parcels", "parade", "late", "later", "order", "ordinary", "needle", "needles", "straw", "reorder", "zebra", "zebras"}[n]
}

func holdsAll(text string, words []string) bool {
	for i, w := range words {
		if !slices.ContainsFunc(strings.Fields(text), func(s string) bool {
			return s == w || i == len(words)-1 && len(w) >= 3 && strings.HasPrefix(s, w)
		}) {
			return false
		}
	}
	return true
}

// chatter stores messages, each later than the one before.
func (h *house) chatter(g *rand.Rand, chats []chat.Room, n int) []chat.Message {
	h.t.Helper()
	said, rows := make([]chat.Message, n), make([][]any, n)
	for i := range said {
		words := []string{spoken(g), spoken(g), spoken(g)}
		text, r := strings.Join(words, " "), chats[g.IntN(len(chats))]
		said[i] = chat.Message{ID: chat.MessageID(fmt.Sprintf("z%05d", i)), RID: r.ID, Msg: text}
		rows[i] = []any{said[i].ID, r.ID, 100 + i, text, int64(r.TS) + int64(i), "ann", "ann", true, 1, text}
	}
	if err := h.db.InTx(h.ctx, func(tx *db.Tx) error {
		tx.InsertAtCommit(`INSERT INTO messages (id, room_id, seq, msg, ts, sender_id, sender_username, by_visitor, updated_at, words) VALUES `, rows)
		return nil
	}); err != nil {
		h.t.Fatal(err)
	}
	return said
}
