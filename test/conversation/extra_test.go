package conversation

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

func TestWhatAClientWantsKeptWithARoom(t *testing.T) { // rest-api.md 7, lifecycle.md 1.4
	online(t, func(t *testing.T, w *wire) {
		w.visitor("ann")
		w.signedIn(w.user("boss", "livechat-manager"))
		const room = "livechat/room?token=token%20of%20ann"
		long, many := strings.Repeat("x", 1001), ""
		for i := range 51 {
			many += fmt.Sprintf("&key%d=x", i)
		}
		before := w.snapshot()
		for _, bad := range []string{"&crm[]=1", "&crm=1&crm=2", "&crm[a]=1", "&crm=" + long, "&" + strings.Repeat("k", 101) + "=1", "&=1", many, "&crm=%00", "&crm=%ff"} {
			if a := w.call("", "GET", room+bad, ""); a.status != 400 || a.at("success") != false {
				t.Errorf("%.20s: %d %s", bad, a.status, a.text)
			}
		}
		w.unchanged(t, before)
		a := w.ok("", "GET", room+"&salesforceCrmContactId=0031&"+url.QueryEscape("$where")+"=1&open=false&empty=", "")
		rid, _ := a.at("room._id").(string)
		want := map[string]any{"salesforceCrmContactId": "0031", "$where": "1", "open": "false", "empty": ""}
		for name, value := range want {
			if got, _ := a.at("room.customFields").(map[string]any); got[name] != value || len(got) != len(want) {
				t.Errorf("%s is kept as it is: %s", name, a.text)
			}
		}
		if a.at("room.open") != true {
			t.Error("it takes no place of the room's own", a.text)
		}
		if a := w.ok("", "GET", room+"&other=1", ""); a.at("room._id") != rid || a.at("room.customFields.other") != nil {
			t.Errorf("a room that is there stays as it is: %s", a.text)
		}
		if a := w.ok("boss", "GET", `livechat/rooms?fields=`+url.QueryEscape(`{"customFields.empty":1}`), ""); !strings.Contains(a.text, `"rooms":[{"_id":"`+rid+`","customFields":{"empty":""}}]`) {
			t.Errorf("staff reads it: %s", a.text)
		}
		w.visitor("bea")
		if a := w.ok("", "GET", "livechat/room?token=token%20of%20bea", ""); strings.Contains(a.text, "customFields") {
			t.Errorf("nothing given: %s", a.text)
		}
	})
}
