package conversation

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/platform/fault"
)

func TestWhatAVisitorsMessageChanges(t *testing.T) { // LC-MSG-5, LC-MSG-7, LC-MSG-22
	each(t, func(t *testing.T, h *house) {
		bob, ann := h.agent("bob"), h.visitor("ann")
		r := h.open(ann) // numbers 1 to 4
		h.clock.Advance(10 * time.Second)
		m := h.say(ann, r, "hello")
		asked := h.clock.Now()
		if m.Seq != 5 || m.TS != asked || m.U != (chat.Sender{ID: "v-ann", Username: "guest-1", Name: "ann"}) || m.Alias != "ann" || m.Token == "" || m.T != "" {
			t.Errorf("message: %+v", m)
		}
		got := h.room(r)
		if got.Msgs != 4 || got.Seq != 5 || got.LM != asked || got.V.LastMessageTS != asked || got.Metrics.V.LQ != asked || !got.WaitingResponse || got.LastMessage.ID != m.ID {
			t.Errorf("room after the question: %+v, %+v", got, got.Metrics)
		}
		h.clock.Advance(5 * time.Second)
		h.say(ann, r, "anybody?")
		if got := h.room(r); got.Metrics.V.LQ != asked {
			t.Errorf("a second message of the burst moved lq to %d", got.Metrics.V.LQ)
		}
		h.clock.Advance(5 * time.Second)
		answer := h.answer(bob, r, "yes")
		got = h.room(r)
		want := chat.ResponseBy{ID: bob.User, Username: "bob", FirstResponseTS: answer.TS, LastMessageTS: answer.TS}
		if got.WaitingResponse || got.ResponseBy == nil || *got.ResponseBy != want || got.Metrics.Response.FT != 10 || got.Metrics.Reaction.FT < 19 ||
			got.Metrics.ServedBy.LR != answer.TS || !slices.Equal(got.V.Activity, []string{"2026-01"}) {
			t.Errorf("room after the answer: %+v %+v", got, got.Metrics.Response)
		}
		h.clock.Advance(time.Second)
		again := h.say(ann, r, "thanks")
		if got := h.room(r); !got.WaitingResponse || got.ResponseBy != nil || got.Metrics.V.LQ != again.TS {
			t.Errorf("room after the next question: %+v", got)
		}
	})
}

func TestARepeatedMessageIsStoredOnce(t *testing.T) { // LC-MSG-2, INV-8, INV-14
	each(t, func(t *testing.T, h *house) {
		bob, ann, bea := h.agent("bob"), h.visitor("ann"), h.visitor("bea")
		r, other := h.open(ann), h.open(bea)
		say := func(v chat.Actor, r chat.Room) (chat.Message, error) {
			return h.rooms.Say(h.ctx, v, rooms.Saying{RID: r.ID, ID: "m1", Msg: "hello"})
		}
		ids := make([]chat.Message, 16)
		for _, err := range parallel(16, func(i int) (err error) { ids[i], err = say(ann, r); return err }) {
			if err != nil {
				t.Error(err)
			}
		}
		for _, m := range ids {
			if m.ID != "m1" || m.Seq != ids[0].Seq || m.TS != ids[0].TS || m.Token != "token of ann" {
				t.Errorf("got %+v, want %+v", m, ids[0])
			}
		}
		if _, err := say(bea, other); !fault.Has(err, "invalid-message") {
			t.Errorf("the same id in another room: %v", err)
		}
		answer := func() (chat.Message, error) {
			return h.rooms.Answer(h.ctx, bob, rooms.Saying{RID: r.ID, ID: "m2", Msg: "hi"})
		}
		first, err := answer()
		second, err2 := answer()
		if err != nil || err2 != nil || first.Seq != second.Seq || second.Msg != "hi" {
			t.Errorf("an agent's repeat: %+v %v, %+v %v", first, err, second, err2)
		}
		if _, err := h.rooms.Answer(h.ctx, bob, rooms.Saying{RID: r.ID, ID: "m1", Msg: "hi"}); !fault.Has(err, "invalid-message") {
			t.Errorf("an agent takes a visitor's id: %v", err)
		}
		h.close(bob, r)
		if m, err := say(ann, r); err != nil || m.Seq != ids[0].Seq { // the first answer was lost on the way
			t.Errorf("a repeat after the close: %+v %v", m, err)
		}
		if m, err := answer(); err != nil || m.Seq != first.Seq {
			t.Errorf("an agent's repeat after the close: %+v %v", m, err)
		}
		if _, err := say(ann, h.open(ann)); !fault.Has(err, "invalid-message") {
			t.Errorf("the same id in the visitor's next room: %v", err)
		}
	})
}

func TestParallelMessagesGetGapFreeNumbers(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		bob, ann := h.agent("bob"), h.visitor("ann")
		r := h.open(ann)
		const n = 200
		numbers := make([]int64, n)
		for _, err := range parallel(n, func(i int) (err error) {
			var m chat.Message
			if i%2 == 0 {
				m, err = h.rooms.Say(h.ctx, ann, rooms.Saying{RID: r.ID, Msg: fmt.Sprint("question ", i)})
			} else {
				m, err = h.rooms.Answer(h.ctx, bob, rooms.Saying{RID: r.ID, Msg: fmt.Sprint("answer ", i)})
			}
			numbers[i] = m.Seq
			return err
		}) {
			if err != nil {
				t.Fatal(err)
			}
		}
		slices.Sort(numbers)
		for i, seq := range numbers {
			if seq != r.Seq+int64(i)+1 {
				t.Fatalf("number %d is %d, want %d", i, seq, r.Seq+int64(i)+1)
			}
		}
	})
}

func TestWhoMayNotWrite(t *testing.T) { // LC-MSG-1, LC-MSG-20, LC-TOK-4
	each(t, func(t *testing.T, h *house) {
		bob, ann := h.agent("bob"), h.visitor("ann")
		r := h.open(ann)
		eve, boss, plain, bea := h.agent("eve"), h.user("boss", chat.RoleManager), h.user("plain", chat.RoleUser), h.visitor("bea")
		before := h.snapshot()
		answer := func(a chat.Actor, rid chat.RoomID) error {
			_, err := h.rooms.Answer(h.ctx, a, rooms.Saying{RID: rid, Msg: "hi"})
			return err
		}
		for name, c := range map[string]struct {
			err  error
			code string
		}{
			"an agent who does not see it":       {answer(eve, r.ID), "error-invalid-room"},
			"no agent":                           {answer(plain, r.ID), "error-invalid-room"},
			"a room that does not exist":         {answer(bob, "nowhere"), "error-invalid-room"},
			"a manager who sees, but not joined": {answer(boss, r.ID), "error-not-allowed"},
		} {
			if !fault.Has(c.err, c.code) {
				t.Errorf("%s: %v", name, c.err)
			}
		}
		_, foreign := h.rooms.Say(h.ctx, bea, rooms.Saying{RID: r.ID, ID: "x", Msg: "hi"})
		_, unknown := h.rooms.Say(h.ctx, bea, rooms.Saying{RID: "nowhere", ID: "x", Msg: "hi"})
		if !fault.Has(foreign, "invalid-room") || foreign.Error() != unknown.Error() {
			t.Errorf("foreign %v, unknown %v", foreign, unknown)
		}
		h.unchanged(t, before)

		if err := h.rooms.Join(h.ctx, boss, r.ID); err != nil {
			t.Fatal(err)
		}
		h.answer(boss, r, "let me help") // LC-MSG-24
		if got := h.room(r); got.ResponseBy.Username != "boss" || got.ServedBy.ID != bob.User {
			t.Errorf("answered by %+v", got.ResponseBy)
		}
		h.close(bob, r)
		before = h.snapshot()
		if err := answer(bob, r.ID); !fault.Has(err, "room-closed") {
			t.Errorf("the agent, closed: %v", err)
		}
		if _, err := h.rooms.Say(h.ctx, ann, rooms.Saying{RID: r.ID, ID: "x", Msg: "hi"}); !fault.Has(err, "room-closed") {
			t.Errorf("the visitor, closed: %v", err)
		}
		h.unchanged(t, before)
	})
}

func TestLengthOfMessages(t *testing.T) { // LC-MSG-3, LC-MSG-4
	each(t, func(t *testing.T, h *house) {
		bob, ann := h.agent("bob"), h.visitor("ann")
		r := h.open(ann)
		say := func(n int) error {
			_, err := h.rooms.Say(h.ctx, ann, rooms.Saying{RID: r.ID, Msg: strings.Repeat("é", n)})
			return err
		}
		answer := func(n int) error {
			_, err := h.rooms.Answer(h.ctx, bob, rooms.Saying{RID: r.ID, Msg: strings.Repeat("😀", n)})
			return err
		}
		if err := say(5000); err != nil {
			t.Errorf("5000 code points: %v", err)
		}
		if err := answer(5000); err != nil {
			t.Errorf("5000 code points by the agent: %v", err)
		}
		h.settings.set(func(s *chat.Settings) { s.EnableMessageCharacterLimit, s.MessageCharacterLimit = true, 10 })
		before := h.snapshot()
		for name, c := range map[string]struct {
			err  error
			code string
		}{
			"too long":              {say(5001), "error-message-size-exceeded"},
			"over the limit":        {say(11), "message-length-exceeds-character-limit"},
			"empty":                 {say(0), "error-message-empty"},
			"the agent's, too long": {answer(5001), "error-message-size-exceeded"},
		} {
			if !fault.Has(c.err, c.code) {
				t.Errorf("%s: %v", name, c.err)
			}
		}
		h.unchanged(t, before)
		if err := say(10); err != nil {
			t.Errorf("at the limit: %v", err)
		}
		if err := answer(11); err != nil {
			t.Errorf("the limit is for visitors only: %v", err)
		}
	})
}

func TestEditingAndDeleting(t *testing.T) { // LC-MSG-8, LC-MSG-9, LC-TOK-3, INV-8
	each(t, func(t *testing.T, h *house) {
		bob, ann := h.agent("bob"), h.visitor("ann")
		r := h.open(ann)
		m, last := h.say(ann, r, "helo"), h.say(ann, r, "secret 4711")
		agents := h.answer(bob, r, "hm?")
		edit := func(id chat.MessageID) (chat.Message, error) {
			return h.rooms.Edit(h.ctx, ann, rooms.Saying{RID: r.ID, ID: id, Msg: "hello"})
		}
		erase := func(id chat.MessageID) (chat.Message, error) {
			return h.rooms.Erase(h.ctx, ann, rooms.Saying{RID: r.ID, ID: id})
		}
		h.clock.Advance(time.Minute)
		before := h.room(r)
		edited, err := edit(m.ID)
		if err != nil || edited.Msg != "hello" || edited.EditedAt != h.clock.Now() || edited.EditedBy.Username != "guest-1" || edited.Seq != m.Seq {
			t.Errorf("edited: %+v %v", edited, err)
		}
		after := h.room(r)
		if after.LM != before.LM || after.Msgs != before.Msgs || after.WaitingResponse != before.WaitingResponse || after.Seq != before.Seq+1 {
			t.Errorf("an edit is no new message: %+v", after)
		}
		if _, err := erase(last.ID); err != nil {
			t.Fatal(err)
		}
		if got := h.room(r); got.Msgs != before.Msgs-1 || got.Seq != before.Seq+2 || got.LastMessage.ID != agents.ID {
			t.Errorf("after deleting: %+v", got)
		}
		if n := h.count(`SELECT count(*) FROM messages WHERE msg LIKE '%4711%'`) + h.count(`SELECT count(*) FROM room_changes WHERE data LIKE '%4711%'`); n != 0 {
			t.Error("the deleted text is still stored")
		}
		snapshot := h.snapshot()
		refusals := map[string]struct {
			id   chat.MessageID
			code string
		}{
			"the agent's message": {agents.ID, "error-action-not-allowed"},
			"a system message":    {h.first(r).ID, "error-action-not-allowed"},
			"an unknown one":      {"nothing", "invalid-message"},
			"the deleted one":     {last.ID, "invalid-message"},
		}
		for name, c := range refusals {
			_, e1 := edit(c.id)
			_, e2 := erase(c.id)
			if !fault.Has(e1, c.code) || !fault.Has(e2, c.code) {
				t.Errorf("%s: %v, %v", name, e1, e2)
			}
		}
		h.settings.set(func(s *chat.Settings) { s.MessageAllowEditing, s.MessageAllowDeleting = false, false })
		_, e1 := edit(m.ID)
		_, e2 := erase(m.ID)
		if !fault.Has(e1, "error-action-not-allowed") || !fault.Has(e2, "error-action-not-allowed") {
			t.Errorf("switched off: %v, %v", e1, e2)
		}
		h.unchanged(t, snapshot)
		h.close(bob, r)
		_, e1 = edit(m.ID)
		_, e2 = erase(m.ID)
		if !fault.Has(e1, "room-closed") || !fault.Has(e2, "room-closed") {
			t.Errorf("closed: %v, %v", e1, e2)
		}
	})
}

func (h *house) first(r chat.Room) chat.Message {
	h.t.Helper()
	after := int64(0)
	s, err := h.rooms.History(h.ctx, everything, rooms.Span{RID: r.ID, After: &after, Count: 1})
	if err != nil || len(s.Messages) != 1 {
		h.t.Fatalf("%v %v", s.Messages, err)
	}
	return s.Messages[0]
}

func TestHistoryByNumber(t *testing.T) {
	manual(t, func(t *testing.T, h *house) {
		ann := h.visitor("ann")
		r := h.open(ann)
		for i := range 9 {
			h.say(ann, r, fmt.Sprint(i)) // numbers 2 to 10
		}
		at := func(n int64) *int64 { return &n }
		for _, c := range []struct {
			name string
			span rooms.Span
			want []int64
			more bool
		}{
			{"the last ones", rooms.Span{Count: 3}, []int64{8, 9, 10}, true},
			{"all", rooms.Span{Count: 10}, []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, false},
			{"before", rooms.Span{Count: 2, Before: at(5)}, []int64{3, 4}, true},
			{"before, the beginning", rooms.Span{Count: 5, Before: at(3)}, []int64{1, 2}, false},
			{"after", rooms.Span{Count: 2, After: at(5)}, []int64{6, 7}, true},
			{"after nothing", rooms.Span{Count: 2, After: at(0)}, []int64{1, 2}, true},
			{"after the end", rooms.Span{Count: 2, After: at(10)}, nil, false},
			{"after, the rest", rooms.Span{Count: 5, After: at(8)}, []int64{9, 10}, false},
		} {
			c.span.RID = r.ID
			got, err := h.rooms.History(h.ctx, ann, c.span)
			var numbers []int64
			for _, m := range got.Messages {
				numbers = append(numbers, m.Seq)
			}
			if err != nil || !slices.Equal(numbers, c.want) || got.More != c.more || got.Room.Seq != 10 {
				t.Errorf("%s: %v more=%v seq=%d %v, want %v more=%v", c.name, numbers, got.More, got.Room.Seq, err, c.want, c.more)
			}
		}
		h.exec(`UPDATE messages SET hidden = true WHERE seq = 5`)
		if got, _ := h.rooms.History(h.ctx, ann, rooms.Span{RID: r.ID, After: at(3), Count: 2}); got.Messages[1].Seq != 6 {
			t.Errorf("a hidden message is shown: %+v", got.Messages)
		}
	})
}

// What the other side has not read is marked, while that is wanted; a widget that reports
// nothing reads with the agents.
func TestReadReceipts(t *testing.T) { // LC-READ-1, LC-READ-3
	each(t, func(t *testing.T, h *house) {
		bob, ann := h.agent("bob"), h.visitor("ann")
		r := h.open(ann)
		unread := func() (texts []string) {
			t.Helper()
			s, err := h.rooms.History(h.ctx, ann, rooms.Span{RID: r.ID, Count: 50})
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range s.Messages {
				if m.Unread {
					texts = append(texts, m.Msg)
				}
			}
			return texts
		}
		says := func(want ...string) {
			t.Helper()
			if got := unread(); !slices.Equal(got, want) {
				t.Errorf("unread: %q, not %q", got, want)
			}
		}
		seen := func(a chat.Actor, seq int64) {
			t.Helper()
			if moved, err := h.rooms.Seen(h.ctx, a, r.ID, seq); err != nil || !moved {
				t.Fatal(moved, err)
			}
		}
		asked := h.say(ann, r, "asked")
		says()
		h.settings.set(func(s *chat.Settings) { s.ReadReceipts = true })
		says("asked")
		seen(bob, asked.Seq)
		first := h.answer(bob, r, "first")
		says("first")
		seen(ann, first.Seq)
		says()
		h.answer(bob, r, "second")
		later := h.say(ann, r, "later")
		says("second", "later")
		if m, err := h.rooms.Message(h.ctx, bob, r.ID, later.ID); err != nil || !m.Unread {
			t.Error(m, err)
		}
		if moved, err := h.rooms.Seen(h.ctx, ann, r.ID, 1); err != nil || moved {
			t.Errorf("a mark went back: %v", err)
		}
	})
}

func TestUnreadAndReadMarks(t *testing.T) { // lifecycle 1.6, rest-api 25.9, LC-READ-2, LC-READ-3
	each(t, func(t *testing.T, h *house) {
		bob, ann := h.agent("bob"), h.visitor("ann")
		r := h.open(ann)
		unread := func() int64 {
			t.Helper()
			return h.count(`SELECT (SELECT count(*) FROM messages n WHERE n.room_id = s.room_id AND n.by_visitor AND n.seq > s.seen)
				+ CASE WHEN s.ls = 0 THEN 1 ELSE 0 END FROM subscriptions s WHERE s.user_id = $1`, bob.User)
		}
		seen := func(a chat.Actor, seq int64) {
			t.Helper()
			if _, err := h.rooms.Seen(h.ctx, a, r.ID, seq); err != nil {
				t.Fatal(err)
			}
		}
		h.say(ann, r, "one")
		m := h.say(ann, r, "two")
		if n := unread(); n != 3 {
			t.Errorf("the notice and two messages are %d unread", n)
		}
		seen(bob, m.Seq+50)
		if n := unread(); n != 3 {
			t.Errorf("a mark past the end counts: %d", n)
		}
		seen(bob, m.Seq)
		seen(bob, 1)
		if n := unread(); n != 0 {
			t.Errorf("a mark went back: %d", n)
		}
		h.say(ann, r, "three")
		h.answer(bob, r, "own")
		if n := unread(); n != 1 {
			t.Errorf("%d unread, want the visitor's", n)
		}
		before := h.snapshot()
		seen(ann, 5)
		seen(ann, 2)
		seen(h.visitor("bea"), 6)
		seen(h.agent("eve"), 6)
		if got := h.count(`SELECT visitor_seen FROM rooms`); got != 5 {
			t.Errorf("the visitor's mark is %d", got)
		}
		before["visitors"], before["users"] = 2, 2
		h.unchanged(t, before)
	})
}

func TestBotsAnswerButAreNoPeople(t *testing.T) { // LC-MSG-23
	for counts, want := range map[bool]int64{true: 2, false: 1} {
		each(t, func(t *testing.T, h *house) {
			h.settings.set(func(s *chat.Settings) { s.BotsRespond = counts })
			robo := h.agent("robo")
			robo.Roles = append(robo.Roles, chat.RoleBot)
			r := h.open(h.visitor("vic"))
			bob := h.agent("bob")
			h.say(chat.Actor{Visitor: r.V.ID}, r, "hello?")
			h.answer(robo, r, "I am a robot")
			if got := h.room(r); got.WaitingResponse || got.ResponseBy == nil || got.ResponseBy.ID != robo.User {
				t.Errorf("he waits on: %+v", got.ResponseBy)
			}
			if err := h.rooms.Forward(h.ctx, h.user("boss", chat.RoleManager), rooms.Forwarding{RID: r.ID, Agent: bob.User}); err != nil {
				t.Fatal(err)
			}
			h.say(chat.Actor{Visitor: r.V.ID}, r, "a person, please")
			h.answer(bob, r, "here I am")
			if m := h.room(r).Metrics; m.Response.Total != want {
				t.Errorf("%d responses, want %d", m.Response.Total, want)
			}
		})
	}
}
