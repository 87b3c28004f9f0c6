package conversation

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

func TestPagesAreLinesForAgentsWhereThatIsWanted(t *testing.T) { // LC-NAV-2, LC-NAV-3, LC-NAV-5
	online(t, func(t *testing.T, w *wire) {
		bob := w.agent("bob")
		w.signedIn(w.visitor("ann"), bob)
		rid, _ := w.ok("ann", "POST", "foyer/widget/room", `{}`).at("room._id").(string)
		room := w.room(chat.Room{ID: chat.RoomID(rid)})
		w.take(bob, room)
		page := func(title string) {
			t.Helper()
			w.ok("ann", "POST", "foyer/widget/page", `{"rid":"`+rid+`","change":"url","title":"`+title+`","location":{"href":"https://shop/x"}}`)
			w.readPages()
		}
		page("Quiet")
		w.settings.now.NavigationAsMessage = true
		page("Cart")
		w.readPages() // handed over twice
		staff := w.ok("bob", "GET", "foyer/rooms/"+rid+"/history?count=50", "")
		if strings.Count(staff.text, "Cart - https://shop/x") != 1 || !strings.Contains(staff.text, `"t":"livechat_navigation_history"`) || strings.Contains(staff.text, "Quiet") {
			t.Errorf("agents see: %s", staff.text)
		}
		if a := w.ok("ann", "GET", "foyer/widget/history?rid="+rid+"&count=50", ""); strings.Contains(a.text, "Cart") {
			t.Errorf("the visitor sees: %s", a.text)
		}
		if after := w.room(chat.Room{ID: chat.RoomID(rid)}); after.WaitingResponse != room.WaitingResponse {
			t.Errorf("a page answers nobody: %v", after.WaitingResponse)
		}
	})
}

// readPages hands every page that was told of to the rooms.
func (h *house) readPages() {
	h.t.Helper()
	told, err := db.All(h.ctx, h.db, func(r db.Row) (e chat.PageVisited, err error) {
		var payload string
		if err = r.Scan(&payload); err == nil {
			err = json.Unmarshal([]byte(payload), &e)
		}
		return e, err
	}, `SELECT payload FROM outbox WHERE name = 'page.visited'`)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, e := range told {
		consume(h, "rooms.page", e)
	}
}
