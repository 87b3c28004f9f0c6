package conversation

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

// channel names a channel of the compatible API in a body.
func channel(visitor string) string {
	return `"visitor":{"visitorId":"` + visitor + `","source":{"type":"api"}}`
}

func TestAChannelIsVerifiedByHand(t *testing.T) { // lifecycle 15.3, 15.4, INV-18
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		const verify, unverify = "foyer/contacts.verify", "foyer/contacts.unverify"
		va, a := w.registered("a", `,"name":"Ann"`)
		vb, b := w.registered("b", `,"name":"Bea","phone":"2"`)
		vc, c := w.registered("c", `,"name":"Cat","email":"ann@x.org"`)
		before := w.snapshot()
		for body, want := range map[string]string{
			`{` + channel(va) + `,"field":"email","value":"ann@x.org"}`:     "error-contact-channel-not-found", // he never wrote
			`{` + channel("nobody") + `,"field":"email","value":"a@x.org"}`: "error-contact-not-found",
			`{` + channel(va) + `,"field":"email","value":"nonsense"}`:      "Invalid email nonsense [error-invalid-email]",
			`{` + channel(va) + `,"field":"phone","value":" "}`:             "A telephone number is needed [error-invalid-phone]",
			`{` + channel(va) + `,"field":"name","value":"Ann"}`:            "must be equal to one of the allowed values [invalid-params]",
			`{"field":"email","value":"ann@x.org"}`:                         "must have required property 'visitor' [invalid-params]",
		} {
			w.refused(t, 400, want, "bob", "POST", verify, body)
		}
		w.refused(t, 400, "error-contact-channel-not-found", "bob", "POST", unverify, `{`+channel(va)+`}`)
		w.refused(t, 400, "error-contact-not-found", "bob", "POST", unverify, `{`+channel("nobody")+`}`)
		w.refused(t, 403, noPermission, "plain", "POST", verify, `{}`)
		w.refused(t, 403, noPermission, "plain", "POST", unverify, `{}`)
		w.unchanged(t, before)
		w.opened("a")
		w.opened("b")
		w.opened("c")

		got := w.ok("bob", "POST", verify, `{`+channel(va)+`,"field":"email","value":" Ann@X.org "}`)
		if !strings.Contains(got.text, `"verified":true,"blocked":false,"field":"email","value":"ann@x.org","verifiedAt":"2026-01-01T12:00:00.000Z"`) || got.at("contact.unknown") != false || text(got.at("contact.emails")) != `["ann@x.org"]` {
			t.Error(got.text)
		}
		if w.contact(c) == nil {
			t.Error("an equal address merges: it is no proof")
		}
		if h := w.ok("bob", "GET", "omnichannel/contacts.history?contactId="+a, ""); !strings.Contains(h.text, `"verified":true`) {
			t.Error(h.text)
		}
		w.ok("bob", "POST", verify, `{`+channel(vb)+`,"field":"phone","value":"ann@x.org"}`) // another field
		if w.contact(b) == nil || w.contact(a) == nil {
			t.Error("merged by another field")
		}
		got = w.ok("bob", "POST", verify, `{`+channel(vb)+`,"field":"email","value":"ann@x.org"}`)
		if got.at("contact._id") != b || w.contact(a) != nil || len(got.at("contact.channels").([]any)) != 2 || got.at("contact.name") != "Bea" ||
			text(got.at("contact.conflictingFields")) != `[{"field":"name","value":"Ann"}]` {
			t.Error(got.text)
		}
		again := w.ok("bob", "POST", verify, `{`+channel(vb)+`,"field":"email","value":"ann@x.org"}`)
		if again.text != got.text || w.count(`SELECT value FROM counters WHERE name = 'merged-contacts'`) != 1 {
			t.Errorf("again:\n%s\n%s", got.text, again.text)
		}
		got = w.ok("bob", "POST", unverify, `{`+channel(va)+`}`)
		if len(got.at("contact.channels").([]any)) != 2 || strings.Count(got.text, `"verified":true`) != 1 {
			t.Error(got.text)
		}
		w.ok("bob", "POST", verify, `{`+channel(vc)+`,"field":"email","value":"ann@x.org"}`)
		if w.contact(b) != nil || len(w.contact(c)["channels"].([]any)) != 3 {
			t.Errorf("the third: %v", w.contact(c))
		}
	})
}

func TestTheSitesAnswerVerifiesAChannel(t *testing.T) { // lifecycle 15.3, LT-SEC-3
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		va, a := w.registered("a", "")
		_, b := w.registered("b", "")
		ra, rb := chat.RoomID(w.opened("a")), chat.RoomID(w.opened("b"))
		consume(w.house, "contacts.identity", chat.IdentityChecked{RID: ra})
		consume(w.house, "contacts.identity", chat.IdentityChecked{RID: ra, Email: "no address"})
		consume(w.house, "contacts.identity", chat.IdentityChecked{RID: "gone", Email: "ann@x.org"})
		if c := w.contact(a); c["unknown"] != true || strings.Contains(text(c), `"verified":true`) {
			t.Errorf("%v", c)
		}
		for range 2 {
			consume(w.house, "contacts.identity", chat.IdentityChecked{RID: ra, Email: "ann@x.org"})
		}
		if c := w.contact(a); c["unknown"] != false || !strings.Contains(text(c), `"value":"ann@x.org","verified":true`) {
			t.Errorf("%v", c)
		}
		consume(w.house, "contacts.identity", chat.IdentityChecked{RID: rb, Email: "ANN@x.org"})
		if w.contact(a) != nil || len(w.contact(b)["channels"].([]any)) != 2 {
			t.Errorf("%v", w.contact(b))
		}
		if i := w.ok("bob", "GET", "livechat/visitors.info?visitorId="+url.QueryEscape(va), ""); i.at("visitor.contactId") != b {
			t.Error(i.text)
		}
	})
}

func TestManyVerificationsAtOnceLeaveOneContact(t *testing.T) { // INV-18
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		var visitors []string
		for i := range 6 {
			token := fmt.Sprintf("t%d", i)
			v, _ := w.registered(token, "")
			w.opened(token)
			visitors = append(visitors, v)
		}
		var all sync.WaitGroup
		for _, v := range visitors {
			all.Go(func() {
				if a := w.call("bob", "POST", "foyer/contacts.verify", `{`+channel(v)+`,"field":"phone","value":"1"}`); a.status != 200 {
					t.Error(a.text)
				}
			})
		}
		all.Wait()
		if n := w.count(`SELECT count(*) FROM contacts`); n != 1 {
			t.Errorf("%d contacts", n)
		}
		if n := w.count(`SELECT count(*) FROM contact_channels WHERE verified`); n != 6 {
			t.Errorf("%d verified channels", n)
		}
	})
}
