package visitors

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

const guestHeader = "X-Foyer-Session"

func (k *kit) welcome(body, session string) (secret string, v map[string]any) {
	k.t.Helper()
	a := k.call("", "POST", "foyer/widget/visitor", body, guestHeader, session)
	if a.status != 200 {
		k.t.Fatalf("%d %s", a.status, a.text)
	}
	secret, _ = a.body["session"].(string)
	v, _ = a.body["visitor"].(map[string]any)
	return secret, v
}

func TestOurWidgetGetsASecretOfWhichOnlyTheHashIsStored(t *testing.T) {
	each(t, func(k *kit) {
		secret, v := k.welcome(`{"name":"Ann","email":"A@B.C"}`, "")
		if len(secret) != 43 || v["name"] != "Ann" {
			t.Fatalf("%q %v", secret, v)
		}
		if k.number(`SELECT count(*) FROM visitor_sessions WHERE secret_hash = $1`, id.Hash(secret)) != 1 {
			t.Error("the hash is not stored")
		}
		a, err := k.BySecret(context.Background(), secret)
		if err != nil || string(a.Visitor) != v["_id"] || a.Name != "Ann" || a.Username != "guest-1" || !a.IsVisitor() {
			t.Errorf("%+v %v", a, err)
		}
	})
}

func TestTheStandInTokenOpensNothing(t *testing.T) { // spec README, visitor token
	each(t, func(k *kit) {
		_, v := k.welcome(`{}`, "")
		token, _ := v["token"].(string)
		before := k.state()
		if a := k.call("", "GET", "livechat/visitor/"+token, ""); a.status != 400 || a.body["error"] != "[invalid-token]" {
			t.Errorf("%d %s", a.status, a.text)
		}
		if a := k.call("", "POST", "livechat/visitor", `{"visitor":{"token":"`+token+`","name":"Thief"}}`); a.status != 400 || a.body["errorType"] != "error-invalid-token" {
			t.Errorf("%d %s", a.status, a.text)
		}
		if a := k.call("", "DELETE", "livechat/visitor/"+token, ""); a.status != 400 || k.state() != before {
			t.Errorf("%d %s", a.status, a.text)
		}
	})
}

func TestASessionChangesItsOwnVisitorAndAStrangeOneMakesANew(t *testing.T) {
	each(t, func(k *kit) {
		secret, first := k.welcome(`{"name":"Ann"}`, "")
		if _, err := k.BySecret(context.Background(), secret); err != nil { // remembered under the old name
			t.Fatal(err)
		}
		same, v := k.welcome(`{"name":"Bea","email":"b@c.d"}`, secret)
		if same != secret || v["_id"] != first["_id"] || v["name"] != "Bea" || k.events() != "visitor.changed" {
			t.Errorf("%q %v %q", same, v, k.events())
		}
		if a, err := k.BySecret(context.Background(), secret); err != nil || a.Name != "Bea" {
			t.Errorf("the old name is remembered: %+v %v", a, err)
		}
		for _, strange := range []string{id.Secret(), "x", strings.Repeat("x", 5000)} {
			if other, w := k.welcome(`{}`, strange); other == secret || other == strange || w["_id"] == first["_id"] {
				t.Errorf("%q became %v", strange, w)
			}
		}
	})
}

func TestUnknownSecretsAreNobody(t *testing.T) {
	each(t, func(k *kit) {
		for _, s := range []string{"", "short", id.Secret(), strings.Repeat("y", 10_000), "' OR 1=1 --xxxxxxxxxxxxxxxx"} {
			if _, err := k.BySecret(context.Background(), s); err == nil || !isUnauthenticated(err) {
				t.Errorf("%.20q: %v", s, err)
			}
		}
	})
}

func isUnauthenticated(err error) bool {
	f, ok := fault.Of(err)
	return ok && f.Kind == fault.Unauthenticated
}

func TestBadWelcomesAreRefusedAndChangeNothing(t *testing.T) {
	each(t, func(k *kit) {
		before := k.state()
		for _, body := range []string{`{"email":"nonsense"}`, `{"name":{}}`, `{"name":"` + strings.Repeat("x", 256) + `"}`, `{"department":"nope"}`,
			`{"department":[]}`, `{"site":"elsewhere"}`, `{"site":"` + strings.Repeat("x", 65) + `"}`, `[]`, `"x"`, `{`} {
			if a := k.call("", "POST", "foyer/widget/visitor", body); a.status != 400 || a.body["success"] != false {
				t.Errorf("%s: %d %s", body, a.status, a.text)
			}
		}
		if k.state() != before {
			t.Error("something changed")
		}
	})
}

func TestLastUseIsNotedOnceADay(t *testing.T) {
	each(t, func(k *kit) {
		secret, _ := k.welcome(`{}`, "")
		used := func() int64 { return k.number(`SELECT last_used_at FROM visitor_sessions`) }
		created := used()
		for _, step := range []struct {
			after time.Duration
			moved bool
		}{{time.Hour, false}, {24 * time.Hour, true}, {time.Hour, false}} {
			before := used()
			k.clock.Advance(step.after)
			if _, err := k.BySecret(context.Background(), secret); err != nil {
				t.Fatal(err)
			}
			if (used() != before) != step.moved {
				t.Errorf("after %v: %d → %d (created %d)", step.after, before, used(), created)
			}
		}
	})
}

func TestAnErasedGuestIsForgotten(t *testing.T) {
	each(t, func(k *kit) {
		secret, v := k.welcome(`{}`, "")
		if _, err := k.BySecret(context.Background(), secret); err != nil {
			t.Fatal(err)
		}
		k.exec(`DELETE FROM visitors`)
		if _, err := k.BySecret(context.Background(), secret); err != nil {
			t.Error("a remembered guest is not asked for again at once")
		}
		id, _ := v["_id"].(string)
		k.Forget(chat.VisitorID(id))
		if _, err := k.BySecret(context.Background(), secret); !isUnauthenticated(err) {
			t.Errorf("%v", err)
		}
	})
}

func TestRememberedGuestsAreBoundedAndExpire(t *testing.T) {
	g := newGuests(2)
	for _, v := range []string{"a", "b", "c"} {
		g.keep("key-"+v, chat.Actor{Visitor: chat.VisitorID(v)}, 100, g.mark())
	}
	known := func(v string, now clock.Instant) bool { _, ok := g.find("key-"+v, now); return ok }
	if known("a", 0) || !known("b", 0) || !known("c", 99) || known("c", 100) {
		t.Error("want the two newest, until their time")
	}
	mark := g.mark()
	g.drop("b")
	if known("b", 0) || len(g.byVisitor) != 0 || g.order.Len() != 0 {
		t.Error("b is still known")
	}
	if g.keep("key-b", chat.Actor{Visitor: "b"}, 100, mark); known("b", 0) {
		t.Error("what was read before a change is kept after it")
	}
}

func TestATokenOfThePageLeadsToItsVisitor(t *testing.T) { // rocketchat-widget.md 2, registerGuest and setGuestToken
	each(t, func(k *kit) {
		secret, v := k.welcome(`{"token":"page-7","name":"Ann","phone":"123"}`, "")
		if a := k.call("", "GET", "livechat/visitor/page-7", ""); a.status != 200 {
			t.Errorf("the page's token is a credential: %d %s", a.status, a.text)
		}
		if same, again := k.welcome(`{"token":"page-7","name":"Anna"}`, secret); same != secret || again["_id"] != v["_id"] || again["name"] != "Anna" {
			t.Errorf("%v", again)
		}
		elsewhere, found := k.welcome(`{"token":"page-7"}`, "")
		if elsewhere == secret || found["_id"] != v["_id"] {
			t.Errorf("another browser: %v", found)
		}
		if other, w := k.welcome(`{"token":"page-8"}`, secret); other == secret || w["_id"] == v["_id"] {
			t.Errorf("another token: %v", w)
		}
		_, w := k.welcome(`{}`, "")
		before := k.state()
		standIn, _ := w["token"].(string)
		for _, token := range []string{standIn, "  ", "a\u0000b"} {
			body, _ := json.Marshal(map[string]string{"token": token})
			if a := k.call("", "POST", "foyer/widget/visitor", string(body)); a.status != 400 || k.state() != before {
				t.Errorf("%q: %d %s", token, a.status, a.text)
			}
		}
	})
}

func TestAGuestsPagesAndHowHeIsForgotten(t *testing.T) {
	each(t, func(k *kit) {
		secret, v := k.welcome(`{"name":"Ann"}`, "")
		for _, change := range []string{"url", "title"} {
			if a := k.call("", "POST", "foyer/widget/page", `{"change":"`+change+`","title":"Cart","location":{"href":"https://shop/cart"}}`, guestHeader, secret); a.status != 200 {
				t.Fatalf("%d %s", a.status, a.text)
			}
		}
		if n := k.number(`SELECT count(*) FROM pages`); n != 1 {
			t.Errorf("%d pages: only the monitored change is stored", n)
		}
		if a := k.call("", "POST", "foyer/widget/page", `{"change":"url","title":"Cart","location":{"href":"https://shop/cart"}}`, guestHeader, ""); a.status != 401 {
			t.Errorf("%d %s", a.status, a.text)
		}
		if a := k.call("", "POST", "foyer/widget/forget", `{}`, guestHeader, secret); a.status != 200 {
			t.Fatalf("%d %s", a.status, a.text)
		}
		if a := k.call("", "POST", "foyer/widget/forget", `{}`, guestHeader, secret); a.status != 401 || k.number(`SELECT count(*) FROM pages`) != 0 || len(k.rooms.asked) == 0 || string(k.rooms.asked[len(k.rooms.asked)-1]) != v["_id"] {
			t.Errorf("%d %s %v", a.status, a.text, k.rooms.asked)
		}
	})
}
