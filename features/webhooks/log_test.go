package webhooks

import (
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbox"
)

// The log is searched, one delivery or all of a filter are sent again, and the old is forgotten.
func TestTheLog(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		broken := true
		f := newReceiver(k.t, func(_ int, w http.ResponseWriter, _ *http.Request) {
			if broken {
				w.WriteHeader(400)
				io.WriteString(w, "no such <customer>")
			}
		})
		k.set.WebhookURL = f.URL
		k.tell(sent("m1", "the red parcel", true))
		k.tell(sent("m2", "the blue parcel", false))
		k.deliver()
		for range 10 {
			k.clock.Advance(10 * second)
			k.deliver()
		}
		status, list := k.call(chat.RoleManager, "GET", "foyer/webhooks.deliveries?state=dead&text=RED%20parcel", "")
		if status != 200 || list["total"] != 1.0 {
			k.t.Fatal(status, list)
		}
		first := list["deliveries"].([]any)[0].(map[string]any)["_id"].(string)
		for query, want := range map[string]float64{"text=%3Ccustomer": 2, "kind=agent-message": 1, "rid=r1&webhook=crm": 2, "state=sent": 0, "text=100%25": 0} {
			if _, list := k.call(chat.RoleManager, "GET", "foyer/webhooks.deliveries?"+query, ""); list["total"] != want {
				k.t.Error(query, list["total"])
			}
		}
		_, one := k.call(chat.RoleManager, "GET", "foyer/webhooks.deliveries/"+first, "")
		if log := one["log"].([]any); len(log) != 11 || log[0].(map[string]any)["answer"] != "no such <customer>" || !strings.Contains(one["body"].(string), "red parcel") {
			k.t.Error(one)
		}
		if status, _ := k.call(chat.RoleManager, "GET", "foyer/webhooks.deliveries/nothing", ""); status != 404 {
			k.t.Error(status)
		}
		broken = false
		before := len(f.got())
		if _, r := k.call(chat.RoleManager, "POST", "foyer/webhooks.replay", `{"ids":["`+first+`"]}`); r["replayed"] != 1.0 {
			k.t.Fatal(r)
		}
		k.deliver()
		if all := f.got(); len(all) != before+1 || all[before].header.Get("X-Livechat-Delivery") != first || all[before].body != all[0].body {
			k.t.Error(len(all)-before, "sent again")
		}
		if status, _ := k.call(chat.RoleManager, "POST", "foyer/webhooks.replay", `{}`); status != 400 {
			k.t.Error("everything was replayed by an empty request")
		}
		if _, r := k.call(chat.RoleManager, "POST", "foyer/webhooks.replay", `{"webhook":"crm","state":"dead"}`); r["replayed"] != 1.0 {
			k.t.Error(r)
		}
		k.deliver()
		if got := k.states(); got[Sent] != 2 {
			k.t.Error(got)
		}
		from, until := k.clock.Now().Add(-time.Hour).String(), start.Add(-second).String()
		for query, want := range map[string]float64{"from=" + from: 2, "from=" + from + "&to=" + until: 0} {
			if status, list := k.call(chat.RoleManager, "GET", "foyer/webhooks.deliveries?"+query, ""); list["total"] != want {
				k.t.Error(query, status, list)
			}
		}
		if _, r := k.call(chat.RoleManager, "POST", "foyer/webhooks.replay", `{"from":"`+from+`","to":"`+k.clock.Now().String()+`"}`); r["replayed"] != 2.0 {
			k.t.Error("a stretch of time was not replayed", r)
		}
		k.deliver()
		k.clock.Advance(31 * 24 * time.Hour)
		k.tell(sent("m3", "new", true))
		if err := k.clean(k.t.Context()); err != nil || !reflect.DeepEqual(k.states(), map[State]int{Pending: 1}) {
			k.t.Error(err, k.states())
		}
	})
}

// Everything about a visitor goes with him.
func TestErasure(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		k.set.WebhookURL, k.set.WebhookOnOfflineMessage = newReceiver(k.t, nil).URL, true
		k.tell(sent("m1", "x", true))
		k.tell(chat.OfflineReceived{Message: chat.OfflineMessage{ID: "o1", Text: "x"}, Visitor: "v42"})
		if got := k.states(); got[Pending] != 2 {
			k.t.Error(got)
		}
		i := slices.IndexFunc(k.Consumers(), func(c outbox.Consumer) bool { return c.Name == "webhooks.erased" })
		if err := k.Consumers()[i].Handle(k.t.Context(), outbox.Envelope{ID: "e", Event: chat.VisitorErased{Visitor: "v42"}}); err != nil || len(k.states()) != 0 {
			k.t.Error(err, k.states())
		}
	})
}
