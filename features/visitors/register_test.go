package visitors

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

func TestNewVisitorIsStoredAsAsked(t *testing.T) { // LC-REG-2, LC-REG-5, LC-REG-11
	each(t, func(k *kit) {
		a := k.call("", "POST", "livechat/visitor", `{"visitor":{"token":"t1","name":" Ann\n Lee ","email":" Ann@Example.ORG ","phone":"+1 2"}}`)
		v, _ := a.body["visitor"].(map[string]any)
		if a.status != 200 || a.body["success"] != true || v["username"] != "guest-1" || v["name"] != "Ann Lee" ||
			v["status"] != "online" || v["token"] != "t1" || v["ts"] != start.String() {
			t.Fatalf("%d %s", a.status, a.text)
		}
		if !strings.Contains(a.text, `"visitorEmails":[{"address":"ann@example.org"}]`) || !strings.Contains(a.text, `"phone":[{"phoneNumber":"+1 2"}]`) {
			t.Error(a.text)
		}
		if b := k.call("", "POST", "livechat/visitor", `{"visitor":{"token":"t2","username":"admin"}}`); !strings.Contains(b.text, `"username":"guest-2"`) {
			t.Errorf("a stranger chose his username: %s", b.text)
		}
	})
}

func TestSameTokenIsSameVisitorAndChangesOnlyWhatIsGiven(t *testing.T) { // LC-REG-4 (a), LC-REG-6, LC-REG-8
	each(t, func(k *kit) {
		ctx := context.Background()
		first, err := k.Register(ctx, Registration{Token: "t1", Name: "Ann", Email: "a@b.c"})
		k.must(err)
		again, err := k.Register(ctx, Registration{Token: "t1", Name: "Ann"})
		k.must(err)
		if again.ID != first.ID || k.events() != "" {
			t.Errorf("the same again is %v, events %q", again.ID, k.events())
		}
		renamed, err := k.Register(ctx, Registration{Token: "t1", Name: "Bea"})
		k.must(err)
		stored, err := k.ByToken(ctx, "t1")
		k.must(err)
		if renamed.ID != first.ID || stored.Name != "Bea" || stored.VisitorEmails[0].Address != "a@b.c" || stored.Username != first.Username {
			t.Errorf("%+v", stored)
		}
		if k.events() != "visitor.changed" {
			t.Errorf("events %q", k.events())
		}
	})
}

func TestKnownPhoneOrAddressLeadsToNobodysRecord(t *testing.T) { // LC-REG-4, the defect not copied
	each(t, func(k *kit) {
		k.call("", "POST", "livechat/visitor", `{"visitor":{"token":"secret-of-ann","phone":"123","email":"ann@x.y"}}`)
		a := k.call("", "POST", "livechat/visitor", `{"visitor":{"token":"t2","phone":"123","email":"ann@x.y"}}`)
		if a.status != 200 || strings.Contains(a.text, "secret-of-ann") || !strings.Contains(a.text, "guest-2") {
			t.Error(a.text)
		}
		if v, err := k.ByToken(context.Background(), "secret-of-ann"); err != nil || v.Username != "guest-1" {
			t.Errorf("ann lost her record: %v %v", v, err)
		}
	})
}

func TestRegistrationsAtOnceWithOneTokenAreOneVisitor(t *testing.T) { // LC-REG-5
	each(t, func(k *kit) {
		const n = 16
		var wg sync.WaitGroup
		ids := make([]chat.VisitorID, n)
		for i := range n {
			wg.Go(func() {
				v, err := k.Register(context.Background(), Registration{Token: "t", Name: "Ann"})
				if err != nil {
					t.Error(err)
				}
				ids[i] = v.ID
			})
		}
		wg.Wait()
		for _, id := range ids {
			if id != ids[0] {
				t.Fatalf("several visitors: %v", ids)
			}
		}
		if got := k.number(`SELECT count(*) FROM visitors`); got != 1 {
			t.Errorf("%d records", got)
		}
	})
}

func TestChangesAtOnceLoseNothing(t *testing.T) { // LC-REG-6
	each(t, func(k *kit) {
		k.visitor("t")
		var wg sync.WaitGroup
		for i := range 20 {
			r := Registration{Token: "t", Name: "Ann"}
			if i%2 == 0 {
				r = Registration{Token: "t", Phone: "123"}
			}
			wg.Go(func() {
				if _, err := k.Register(context.Background(), r); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if v, err := k.ByToken(context.Background(), "t"); err != nil || v.Name != "Ann" || len(v.Phone) != 1 {
			t.Errorf("%+v %v", v, err)
		}
		if got := k.number(`SELECT count(*) FROM outbox`); got != 2 {
			t.Errorf("%d announcements of two changes", got)
		}
	})
}

func TestDepartmentByIDOrNameOrNone(t *testing.T) { // LC-REG-3
	each(t, func(k *kit) {
		k.exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at)
			VALUES ('d1', 'default', 'Sales', true, true, true, 1), ('d2', 'default', 'd1', true, true, true, 1)`)
		for _, c := range []struct{ given, want string }{{"Sales", "d1"}, {"d1", "d1"}, {"d2", "d2"}, {"", ""}} {
			v, err := k.Register(context.Background(), Registration{Token: "t", Department: &c.given})
			if err != nil || string(v.Department) != c.want {
				t.Errorf("%q became %q, %v", c.given, v.Department, err)
			}
		}
		before := k.state()
		a := k.call("", "POST", "livechat/visitor", `{"visitor":{"token":"t","name":"New","department":"nowhere"}}`)
		if a.status != 400 || a.body["errorType"] != "error-invalid-department" || k.state() != before {
			t.Errorf("%d %s", a.status, a.text)
		}
		v, err := k.Register(context.Background(), Registration{Token: "t"})
		if err != nil || v.Department != "" || v.Name != "" {
			t.Errorf("%+v %v", v, err)
		}
	})
}

func TestHeadersAreStoredOnlyWhenAllowedAndOnlyAtFirst(t *testing.T) { // lifecycle 1.2
	each(t, func(k *kit) {
		k.call("", "POST", "livechat/visitor", `{"visitor":{"token":"private"}}`)
		k.settings.CollectHTTPHeaderInformation = true
		k.call("", "POST", "livechat/visitor", `{"visitor":{"token":"private","name":"x"}}`)
		a := k.call("", "POST", "livechat/visitor", `{"visitor":{"token":"open"}}`)
		if !strings.Contains(a.text, `"userAgent":"Browser/1"`) || !strings.Contains(a.text, `"ip":"192.0.2.1"`) {
			t.Error(a.text)
		}
		if v, err := k.ByToken(context.Background(), "private"); err != nil || v.IP+v.UserAgent+v.Host != "" {
			t.Errorf("%+v %v", v, err)
		}
	})
}

func TestChosenIDIsTakenOnceAndNeverSomebodyElses(t *testing.T) {
	each(t, func(k *kit) {
		a := k.call("", "POST", "livechat/visitor", `{"visitor":{"token":"t1","id":"abc123"}}`)
		if !strings.Contains(a.text, `"_id":"abc123"`) {
			t.Fatal(a.text)
		}
		before := k.state()
		b := k.call("", "POST", "livechat/visitor", `{"visitor":{"token":"t2","id":"abc123","name":"Thief"}}`)
		if b.status != 400 || b.body["errorType"] != "error-livechat-visitor-registration" || k.state() != before {
			t.Errorf("%d %s", b.status, b.text)
		}
	})
}

func TestBadRegistrationsAreRefusedAndChangeNothing(t *testing.T) { // LC-REG-1, LC-REG-2, LC-TOK-1
	each(t, func(k *kit) {
		k.visitor("known")
		before := k.state()
		long := strings.Repeat("x", 300)
		for _, c := range []struct{ body, want string }{
			{`{}`, "Match error: Missing key 'visitor'"},
			{`{"visitor":{}}`, "Match error: Missing key 'token' in field visitor"},
			{`{"visitor":"x"}`, ""},
			{`{"visitor":{"token":""}}`, "Invalid token [error-invalid-token]"},
			{`{"visitor":{"token":" \t "}}`, "Invalid token [error-invalid-token]"},
			{`{"visitor":{"token":"a\u0007b"}}`, ""},
			{`{"visitor":{"token":"a\u0000b"}}`, ""},
			{`{"visitor":{"token":"` + long + `"}}`, ""},
			{`{"visitor":{"token":7}}`, ""},
			{`{"visitor":{"token":{"$ne":""}}}`, ""},
			{`{"visitor":{"token":["known"]}}`, ""},
			{`{"visitor":{"token":"n","email":"nonsense"}}`, "Invalid email [error-invalid-email]"},
			{`{"visitor":{"token":"n","email":"a@b\r\nBcc: c@d"}}`, ""},
			{`{"visitor":{"token":"n","email":"` + long + `@x.y"}}`, ""},
			{`{"visitor":{"token":"n","email":{}}}`, ""},
			{`{"visitor":{"token":"n","name":"` + long + `"}}`, ""},
			{`{"visitor":{"token":"n","name":[]}}`, ""},
			{`{"visitor":{"token":"n","phone":"` + long + `"}}`, ""},
			{`{"visitor":{"token":"n","department":"nope"}}`, ""},
			{`{"visitor":{"token":"n","id":"../../etc"}}`, ""},
			{`{"visitor":{"token":"n"}`, ""},
			{`nonsense`, ""},
		} {
			a := k.call("", "POST", "livechat/visitor", c.body)
			if a.status != 400 || a.body["success"] != false || c.want != "" && a.body["error"] != c.want {
				t.Errorf("%s: %d %s", c.body, a.status, a.text)
			}
		}
		if a := k.call("", "POST", "livechat/visitor", `{"visitor":{"token":"n","name":"`+strings.Repeat("x", 300_000)+`"}}`); a.status != 413 {
			t.Errorf("oversized: %d", a.status)
		}
		if k.state() != before || k.events() != "" {
			t.Errorf("something changed: %q", k.events())
		}
	})
}

func TestTextIsOneCleanLine(t *testing.T) {
	for given, want := range map[string]string{
		" Ann \n Lee ": "Ann Lee", "a\u0000b": "a b", "\u202eevil": "evil", "\u2066x\u2069": "x", "شيماء": "شيماء",
		"<script>": "<script>", "😀": "😀", strings.Repeat("ü", 300): strings.Repeat("ü", 255), "\xff": "",
	} {
		if got := cleanText(given, 255); got != want {
			t.Errorf("%q became %q, want %q", given, got, want)
		}
	}
}

func TestEmailSyntax(t *testing.T) { // LC-REG-2
	good := []string{"a@b", "a.b+c@d-e.fr", "A@B.C", "", "o'neil@x.y"}
	bad := []string{"a", "@b", "a@", "a b@c", "a@-b", "a@b..c", "a@b,c", "a@b\nc", "ä@b.c", strings.Repeat("a", 251) + "@b.c"}
	for _, e := range good {
		if _, err := cleanEmail(e); err != nil {
			t.Errorf("%q refused", e)
		}
	}
	for _, e := range bad {
		if _, err := cleanEmail(e); !fault.Has(err, "error-invalid-email") {
			t.Errorf("%q accepted", e)
		}
	}
}

func TestWhoAgreedToWhatIsKept(t *testing.T) { // LC-REG-12
	each(t, func(k *kit) {
		agreed := func() string {
			k.t.Helper()
			all, err := db.All(context.Background(), k.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) },
				`SELECT v.token || ' ' || c.text FROM visitor_consents c JOIN visitors v ON v.id = c.visitor_id ORDER BY v.token, c.position`)
			if err != nil {
				k.t.Fatal(err)
			}
			return strings.Join(all, ", ")
		}
		for _, body := range []string{`{"token":"t1"}`, `{"token":"t1","consent":" "}`, `{"token":"t1","consent":"old"}`, `{"token":"t1","consent":" old "}`, `{"token":"t1","consent":"new"}`, `{"token":"t2","consent":"new"}`} {
			if a := k.call("", "POST", "livechat/visitor", `{"visitor":`+body+`}`); a.status != 200 || strings.Contains(a.text, "consent") {
				k.t.Fatalf("%s: %d %s", body, a.status, a.text)
			}
		}
		if got := agreed(); got != "t1 old, t1 new, t2 new" {
			k.t.Error(got)
		}
		if a := k.call("", "POST", "livechat/visitor", `{"visitor":{"token":"t1","consent":"`+strings.Repeat("x", 10_001)+`"}}`); a.status != 400 {
			k.t.Errorf("%d %s", a.status, a.text)
		}
		secret, _ := k.welcome(`{"consent":"ours"}`, "")
		k.welcome(`{"consent":"ours"}`, secret)
		k.welcome(`{"consent":"ours","token":"somebody-else"}`, secret) // LC-TOK-8: a browser that turns to another visitor does not consent for them
		if n := k.number(`SELECT count(*) FROM visitor_consents WHERE text = 'ours'`); n != 1 {
			k.t.Errorf("%d times", n)
		}
		if a := k.call("", "DELETE", "livechat/visitor/t1", ""); a.status != 200 || agreed() == "" || strings.Contains(agreed(), "t1") {
			k.t.Errorf("%d %s: %s", a.status, a.text, agreed())
		}
	})
}
