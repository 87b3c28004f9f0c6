package visitors

import (
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
)

func TestASessionGoesAlongToAnotherDomain(t *testing.T) { // livechatoo.md 10.3, PT-LT-9
	each(t, func(k *kit) {
		secret, v := k.welcome(`{"name":"Ann"}`, "")
		give := func(from, to string) answer {
			return k.call("", "POST", "foyer/widget/handover", `{"from":"`+from+`","to":"`+to+`"}`, guestHeader, secret)
		}
		take := func(code, from, to string) answer {
			return k.call("", "POST", "foyer/widget/handover.take", `{"code":"`+code+`","from":"`+from+`","to":"`+to+`"}`)
		}
		refused := func(a answer, status int, code string) {
			t.Helper()
			if a.status != status || a.body["errorType"] != code {
				t.Errorf("%d %s", a.status, a.text)
			}
		}
		const here, there = "example.com", "shop.example.net"
		refused(give(here, there), 403, "error-domain-not-listed") // without a list nothing is shared
		k.settings.AllowedDomainsList = here + ", *.example.net"
		refused(give(here, "example.org"), 403, "error-domain-not-listed")
		refused(give("example.org", there), 403, "error-domain-not-listed")
		if a := k.call("", "POST", "foyer/widget/handover", `{"from":"a","to":"b"}`); a.status != 401 {
			t.Errorf("%d %s", a.status, a.text)
		}
		code := func() string { code, _ := give(here, there).body["code"].(string); return code }
		one := code()
		refused(take(one, "evil.example", there), 400, "error-invalid-code")
		refused(take(one, here, "other.example.net"), 400, "error-invalid-code")
		refused(take(one[:len(one)-1]+"x", here, there), 400, "error-invalid-code")
		a := take(one, here, there)
		other, _ := a.body["session"].(string)
		if a.status != 200 || other == secret {
			t.Fatalf("%d %s", a.status, a.text)
		}
		if guest, err := k.BySecret(t.Context(), other); err != nil || guest.Visitor != chat.VisitorID(v["_id"].(string)) {
			t.Errorf("%+v %v", guest, err)
		}
		refused(take(one, here, there), 400, "error-invalid-code") // once
		late := code()
		k.clock.Advance(handoverLives + time.Second)
		refused(take(late, here, there), 400, "error-invalid-code")
		code()
		if n := k.number(`SELECT count(*) FROM handovers`); n != 1 {
			t.Errorf("%d codes are kept", n)
		}
	})
}
