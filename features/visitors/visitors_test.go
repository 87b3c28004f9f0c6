package visitors

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

func TestUnknownTokensAreInvalid(t *testing.T) { // LC-TOK-4
	each(t, func(k *kit) {
		k.visitor("known")
		before := k.state()
		for _, token := range []string{"unknown", "KNOWN", "known%20", "%25", strings.Repeat("x", 3000), "%00", "%FF", "%24ne", "' OR '1'='1"} {
			for _, method := range []string{"GET", "DELETE"} {
				a := k.call("", method, "livechat/visitor/"+strings.ReplaceAll(token, " ", "%20"), "")
				if a.status != 400 || a.body["success"] != false {
					t.Errorf("%s %q: %d %s", method, token, a.status, a.text)
				}
			}
		}
		if a := k.call("", "GET", "livechat/visitor/unknown", ""); a.body["error"] != "[invalid-token]" || a.body["errorType"] != "invalid-token" {
			t.Error(a.text)
		}
		if k.state() != before {
			t.Error("something changed")
		}
		if a := k.call("", "GET", "livechat/visitor/known", ""); a.status != 200 || !strings.Contains(a.text, `"token":"known"`) {
			t.Error(a.text)
		}
	})
}

func TestEraseRemovesEverythingOfTheVisitor(t *testing.T) { // LC-DEL-3, LC-TOK-6, INV-17
	each(t, func(k *kit) {
		k.call("", "POST", "livechat/visitor", `{"visitor":{"token":"t1","email":"a@b.c","phone":"1"}}`)
		v := k.visitor("t1")
		other := k.visitor("t2")
		k.call("", "POST", "livechat/page.visited", `{"token":"t1","pageInfo":{"change":"url","title":"T","location":{"href":"h"}}}`)
		a := k.call("", "DELETE", "livechat/visitor/t1", "")
		want := `{"visitor":{"_id":"` + string(v.ID) + `","ts":"` + start.String() + `"},"success":true}`
		if a.status != 200 || a.text != want {
			t.Fatalf("%d %s", a.status, a.text)
		}
		if len(k.rooms.asked) == 0 || k.rooms.asked[0] != v.ID || !strings.HasSuffix(k.events(), "visitor.erased") {
			t.Errorf("rooms were asked for %v; events %q", k.rooms.asked, k.events())
		}
		left := k.number(`SELECT (SELECT count(*) FROM visitors WHERE id <> $1) * 100 + (SELECT count(*) FROM visitor_emails) + (SELECT count(*) FROM visitor_phones)
			+ (SELECT count(*) FROM pages)`, other.ID)
		if left != 0 {
			t.Errorf("left over: %d", left)
		}
		if again := k.visitor("t1"); again.ID == v.ID || again.Username != "guest-3" {
			t.Errorf("the token's next visitor is %+v", again)
		}
	})
}

func TestOpenRoomsStandInTheWayOfErasing(t *testing.T) { // rest-api.md 6, LC-DEL-3
	each(t, func(k *kit) {
		k.room("r1", k.visitor("t1"))
		before := k.state()
		a := k.call("", "DELETE", "livechat/visitor/t1", "")
		if a.status != 400 || a.body["error"] != "Cannot remove visitors with opened rooms [visitor-has-open-rooms]" || k.state() != before || len(k.rooms.asked) > 0 {
			t.Errorf("%d %s", a.status, a.text)
		}
		k.settings.CollectHTTPHeaderInformation = true
		if a := k.call("", "DELETE", "livechat/visitor/t1", ""); a.status != 200 || k.number(`SELECT count(*) FROM rooms`) != 0 {
			t.Errorf("%d %s", a.status, a.text)
		}
	})
}

func TestVisitorSetsHisPresence(t *testing.T) { // lifecycle 2.4
	each(t, func(k *kit) {
		k.visitor("t1")
		a := k.call("", "POST", "livechat/visitor.status", `{"token":"t1","status":"away"}`)
		if a.status != 200 || a.text != `{"token":"t1","status":"away","success":true}` || k.events() != "visitor.changed" {
			t.Fatalf("%d %s, %q", a.status, a.text, k.events())
		}
		k.call("", "POST", "livechat/visitor.status", `{"token":"t1","status":"away"}`)
		if k.events() != "visitor.changed" {
			t.Errorf("the same again was announced: %q", k.events()) // INV-14
		}
		before := k.state()
		for body, want := range map[string]string{
			`{"status":"away"}`: "Match error: Missing key 'token'", `{"token":"t1"}`: "Match error: Missing key 'status'",
			`{"token":"no","status":"away"}`: "[invalid-token]", `{"token":"t1","status":"asleep"}`: "", `{"token":"t1","status":1}`: "",
			`{"token":{},"status":"away"}`: "", `{"token":"t1","status":"` + strings.Repeat("x", 9999) + `"}`: "",
		} {
			if a := k.call("", "POST", "livechat/visitor.status", body); a.status != 400 || want != "" && a.body["error"] != want {
				t.Errorf("%s: %d %s", body, a.status, a.text)
			}
		}
		if k.state() != before {
			t.Error("something changed")
		}
	})
}

func TestPresenceOfConnectionsIsStoredOnlyWhenItMatters(t *testing.T) {
	each(t, func(k *kit) {
		ctx := context.Background()
		v := k.visitor("t1")
		k.must(k.SetStatus(ctx, v.ID, chat.Offline))
		if k.events() != "" {
			t.Errorf("without an open room: %q", k.events())
		}
		k.room("r1", v)
		k.must(k.SetStatus(ctx, v.ID, chat.Online))
		if k.events() != "" {
			t.Errorf("unchanged: %q", k.events())
		}
		k.must(k.SetStatus(ctx, v.ID, chat.Offline))
		k.must(k.SetStatus(ctx, v.ID, chat.Offline))
		if got, err := k.ByToken(ctx, "t1"); err != nil || got.Status != chat.Offline || k.events() != "visitor.changed" {
			t.Errorf("%v %v %q", got.Status, err, k.events())
		}
		k.must(k.SetStatus(ctx, "nobody", chat.Online))
		k.must(k.DB.InTx(ctx, func(tx *db.Tx) error { // two at once: the second changes nothing
			changed, err := setStatus(ctx, tx, v.ID, chat.Offline)
			if changed {
				t.Error("the same presence is a change")
			}
			return err
		}))
	})
}

func TestConsumersNoteLastChatAndActivity(t *testing.T) { // lifecycle 1.2, LC-MSG-22
	each(t, func(k *kit) {
		ctx := context.Background()
		v := k.visitor("t1")
		k.room("r1", v)
		room := chat.Room{ID: "r1", TS: k.clock.Now(), V: v.View()}
		k.must(k.onRoomOpened(ctx, "", chat.RoomOpened{Room: room}))
		answer := chat.MessageSent{Message: chat.Message{TS: start, U: chat.Sender{ID: "bob"}}, Head: room.Head()}
		for range 2 {
			k.must(k.onMessageSent(ctx, "", answer))
		}
		for _, m := range []chat.Message{{TS: start + 1e11, Token: "t1"}, {TS: start + 1e11, T: chat.MessageJoined}} { // his own, and the system's
			k.must(k.onMessageSent(ctx, "", chat.MessageSent{Message: m, Head: room.Head()}))
		}
		got, err := k.ByToken(ctx, "t1")
		k.must(err)
		if got.LastChat == nil || got.LastChat.ID != "r1" || len(got.Activity) != 1 || got.Activity[0] != "2026-09" || k.events() != "visitor.changed" {
			t.Errorf("%+v %v %q", got.LastChat, got.Activity, k.events())
		}
		room.V.ID = "nobody"
		k.must(k.onMessageSent(ctx, "", chat.MessageSent{Message: answer.Message, Head: room.Head()}))
	})
}

func TestMonthsNotedAtOnceAreAllKept(t *testing.T) {
	each(t, func(k *kit) {
		v := k.visitor("t1")
		var wg sync.WaitGroup
		for i := range monthsKept {
			wg.Go(func() {
				sent := chat.MessageSent{Message: chat.Message{TS: start.Add(time.Duration(i) * 31 * day)}, Head: chat.Room{V: v.View()}.Head()}
				if err := k.onMessageSent(context.Background(), "", sent); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got, err := k.ByToken(context.Background(), "t1"); err != nil || len(got.Activity) != monthsKept {
			t.Errorf("%v %v", got.Activity, err)
		}
	})
}

func TestWhoWasActiveStaysCounted(t *testing.T) { // rest-api.md 5, licenses.info
	each(t, func(k *kit) {
		ctx := context.Background()
		for _, token := range []string{"t1", "t2", "t2"} {
			sent := chat.MessageSent{Message: chat.Message{TS: start, U: chat.Sender{ID: "bob"}}, Head: chat.Room{V: k.visitor(token).View()}.Head()}
			k.must(k.onMessageSent(ctx, "", sent))
		}
		_, err := k.Erase(ctx, "t1")
		k.must(err)
		var n int64
		k.must(k.DB.QueryRow(ctx, `SELECT value FROM counters WHERE name = $1`, chat.ActiveContacts("2026-09")).Scan(&n))
		if n != 2 {
			t.Errorf("%d were active, want 2", n)
		}
	})
}

func TestTwelveMonthsAreKept(t *testing.T) { // lifecycle 1.2
	var months []string
	for _, m := range strings.Fields("2025-01 2025-03 2025-02 2025-04 2025-05 2025-06 2025-07 2025-08 2025-09 2025-10 2025-11 2025-12 2026-01 2026-01") {
		months = withMonth(months, m)
	}
	if len(months) != 12 || months[0] != "2025-02" || months[1] != "2025-03" || months[11] != "2026-01" {
		t.Error(months)
	}
}
