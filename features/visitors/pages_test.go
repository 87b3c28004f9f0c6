package visitors

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/jobs"
)

func visit(token, rid, title string) string {
	return fmt.Sprintf(`{"token":%q,"rid":%q,"pageInfo":{"change":"url","title":%q,"location":{"href":"https://shop/%s"}}}`, token, rid, title, title)
}

func (k *kit) visits(token, rid, title string) answer {
	return k.call("", "POST", "livechat/page.visited", visit(token, rid, title))
}

func TestAPageIsStoredAndAnswered(t *testing.T) { // LC-NAV-2, LC-NAV-7
	each(t, func(k *kit) {
		v := k.visitor("t1")
		k.room("r1", v)
		a := k.visits("t1", "r1", "Cart")
		want := `{"page":{"msg":"Cart - https://shop/Cart","navigation":{"page":{"change":"url","title":"Cart","location":{"href":"https://shop/Cart"}},"token":"t1"}},"success":true}`
		if a.status != 200 || a.text != want {
			t.Fatalf("%d %s", a.status, a.text)
		}
		k.clock.Advance(time.Second)
		k.visits("t1", "r1", "Pay")
		list := k.call("manager", "GET", "livechat/visitors.pagesVisited/r1?count=1", "")
		if list.status != 200 || list.body["total"] != 2.0 || list.body["count"] != 1.0 || !strings.Contains(list.text, `"msg":"Pay - https://shop/Pay"`) ||
			!strings.Contains(list.text, `"t":"livechat_navigation_history"`) || strings.Contains(list.text, "t1") {
			t.Errorf("%d %s", list.status, list.text)
		}
		if first := k.call("manager", "GET", "livechat/visitors.pagesVisited/r1?count=1&sort=%7B%22ts%22:1%7D", ""); !strings.Contains(first.text, `"msg":"Cart - https://shop/Cart"`) {
			t.Errorf("the oldest first: %d %s", first.status, first.text)
		}
	})
}

func TestOtherChangesAreNotStored(t *testing.T) { // LC-NAV-1
	each(t, func(k *kit) {
		k.visitor("t1")
		k.settings.HistoryMonitorType = "title"
		if a := k.visits("t1", "", "Cart"); a.status != 200 || a.text != `{"success":true}` || k.number(`SELECT count(*) FROM pages`) != 0 {
			t.Errorf("%d %s", a.status, a.text)
		}
	})
}

func TestPagesBeforeTheRegistrationFollowIntoTheFirstRoom(t *testing.T) { // LC-NAV-4
	each(t, func(k *kit) {
		k.visits("t1", "", "Home")
		k.visits("other", "", "Elsewhere")
		if k.number(`SELECT count(*) FROM pages WHERE visitor_id LIKE '%t1%'`) != 0 {
			t.Error("the token is readable in the database")
		}
		v := k.visitor("t1")
		k.visits("t1", "r-of-nobody", "Shoes")
		k.room("r1", v)
		k.must(k.onRoomOpened(context.Background(), "", chat.RoomOpened{Room: chat.Room{ID: "r1", V: v.View()}}))
		found, total, err := k.PagesOf(context.Background(), chat.System, "r1", Slice{Limit: 10})
		if err != nil || total != 2 || found[0].Title != "Shoes" || found[1].Title != "Home" {
			t.Errorf("%+v %v", found, err)
		}
	})
}

func TestSomebodyElsesRoomGetsNoPage(t *testing.T) { // INV-13
	each(t, func(k *kit) {
		k.room("r1", k.visitor("ann"))
		k.visitor("eve")
		if a := k.visits("eve", "r1", "Evil"); a.status != 200 {
			t.Error(a.text)
		}
		if k.number(`SELECT count(*) FROM pages WHERE room_id = 'r1'`) != 0 {
			t.Error("the page is in ann's room")
		}
	})
}

func TestPagesWithoutARoomAreFewAndExpire(t *testing.T) { // LC-NAV-4
	each(t, func(k *kit) {
		ctx := context.Background()
		for range pagesKept + 5 {
			_, err := k.PageVisited(ctx, "t1", Page{Change: "url", Title: "x", Href: "y"})
			k.must(err)
		}
		if got := k.number(`SELECT count(*) FROM pages`); got != pagesKept {
			t.Errorf("%d pages are kept", got)
		}
		k.exec(`UPDATE pages SET room_id = 'r1' WHERE id = (SELECT min(id) FROM pages)`)
		run := func() int64 {
			k.must(k.runExpiry(ctx, jobs.Run{}))
			return k.number(`SELECT count(*) FROM pages`)
		}
		if run() != pagesKept {
			t.Error("pages expired too early")
		}
		k.clock.Advance(pagesExpire + time.Millisecond)
		if got := run(); got != 1 {
			t.Errorf("%d pages left, want the one of a room", got)
		}
		if got := k.number(`SELECT count(*) FROM jobs WHERE kind = 'visitors.pages' AND due_at = $1`, k.clock.Now().Add(day)); got != 1 {
			t.Errorf("%d jobs wait for tomorrow", got)
		}
	})
}

func TestBadPagesAreRefusedAndChangeNothing(t *testing.T) {
	each(t, func(k *kit) {
		k.visitor("t1")
		before := k.state()
		info := `"pageInfo":{"change":"url","title":"t","location":{"href":"h"}}`
		for body, want := range map[string]string{
			`{` + info + `}`:                "must have required property 'token' [invalid-params]",
			`{"token":"t1"}`:                "must have required property 'pageInfo' [invalid-params]",
			`{"token":"t1","pageInfo":{}}`:  "",
			`{"token":"t1","pageInfo":"x"}`: "",
			`{"token":"t1","pageInfo":{"change":"url","title":"t"}}`:                                                         "",
			`{"token":"t1","pageInfo":{"change":"url","title":"t","location":{}}}`:                                           "",
			`{"token":"t1","pageInfo":{"change":"url","title":{},"location":{"href":"h"}}}`:                                  "",
			`{"token":"t1","rid":{},` + info + `}`:                                                                           "",
			`{"token":"",` + info + `}`:                                                                                      "[invalid-token]",
			`{"token":"` + strings.Repeat("x", 300) + `",` + info + `}`:                                                      "[invalid-token]",
			`{"token":"t1","pageInfo":{"change":"url","title":"t","location":{"href":"` + strings.Repeat("x", 9000) + `"}}}`: "",
		} {
			if a := k.call("", "POST", "livechat/page.visited", body); a.status != 400 || want != "" && a.body["error"] != want {
				t.Errorf("%s: %d %s", body, a.status, a.text)
			}
		}
		if k.state() != before {
			t.Error("something changed")
		}
	})
}

func TestStartSchedulesTheExpiryOnce(t *testing.T) {
	each(t, func(k *kit) {
		k.must(k.Start(context.Background()))
		k.must(k.Start(context.Background()))
		if k.number(`SELECT count(*) FROM jobs WHERE kind = $1`, pagesJob) != 1 || k.Jobs()[0].Name != pagesJob {
			t.Error("want one job")
		}
	})
}
