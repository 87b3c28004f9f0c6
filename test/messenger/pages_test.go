package messenger

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/foyerchat/foyer/test/house"
)

func TestPagesAreKept(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.enter(map[string]any{"name": " Our\nShop ", "welcomeMessage": "Welcome!"})
		a := o.OK("boss", "GET", "foyer/facebook", nil)
		if a.At("pages.0.name") != "Our Shop" || a.At("pages.0.accessToken") != "********" || a.At("pages.0.welcomeMessage") != "Welcome!" || a.At("pages.0.subscribed") != false ||
			a.At("enabled") != true || a.At("hasSecret") != true || strings.Contains(a.Text, token) || strings.Contains(a.Text, secret) {
			t.Errorf("%s", a.Text)
		}
		o.facebook.Got()
		o.enter(map[string]any{"accessToken": "********", "subscribed": true})
		got := o.facebook.Got()
		if len(got) != 1 || got[0].Method != "POST" || got[0].Path != "/v23.0/1001/subscribed_apps" || got[0].Query.Get("access_token") != token || got[0].Query.Get("subscribed_fields") != "messages,messaging_postbacks" {
			t.Errorf("%+v", got)
		}
		o.enter(map[string]any{"accessToken": "********", "subscribed": true, "welcomeMessage": "Hi"})
		if got := o.facebook.Got(); len(got) != 0 {
			t.Errorf("%+v", got)
		}
		o.enter(map[string]any{"accessToken": "new", "subscribed": true})
		if got := o.facebook.Got(); len(got) != 1 || got[0].Query.Get("access_token") != "new" {
			t.Errorf("%+v", got)
		}
		o.enter(map[string]any{"accessToken": "********"})
		if got := o.facebook.Got(); len(got) != 1 || got[0].Method != "DELETE" || got[0].Query.Get("access_token") != "new" {
			t.Errorf("%+v", got)
		}
		o.enter(map[string]any{"accessToken": "********", "subscribed": true})
		o.facebook.Got()
		o.OK("boss", "DELETE", "foyer/facebook/pages/"+page, nil)
		if got := o.facebook.Got(); len(got) != 1 || got[0].Method != "DELETE" {
			t.Errorf("%+v", got)
		}
		if a := o.Call("boss", "DELETE", "foyer/facebook/pages/"+page, nil); a.Status != 404 {
			t.Errorf("%d %s", a.Status, a.Text)
		}
	})
}

func TestTokensAreSealed(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.enter(map[string]any{"accessToken": "********", "name": "Store"})
		if n := o.Count(`SELECT count(*) FROM messenger_pages WHERE access_token LIKE '%page-token%' OR access_token = ''`); n != 0 {
			t.Error("a token is stored as it is, or not at all")
		}
		o.Restart()
		rid := o.served()
		o.Says("alice", rid, "hi")
		if got := o.handed(); !same(got, response(`{"text":"hi"}`)) {
			t.Errorf("%q", got)
		}
		o.Exec(`UPDATE messenger_pages SET access_token = 'c2VhbGVkIHdpdGggYW5vdGhlciBrZXkuIFNlYWxlZC4='`)
		o.Says("alice", rid, "with another key")
		if got, all := o.handed(), o.notices(rid); len(got) != 0 || len(all) != 1 || !strings.HasSuffix(all[0], "there is no access token for this page") {
			t.Errorf("%q %q", got, all)
		}
		o.OK("boss", "DELETE", "foyer/facebook/pages/"+page, nil)
	})
}

func TestAPageThatIsRefusedChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		before := o.OK("boss", "GET", "foyer/facebook", nil).Text
		refused := func(want string, changes map[string]any) {
			t.Helper()
			a := o.Call("boss", "POST", "foyer/facebook/pages", with(map[string]any{"pageId": page, "name": "Other", "accessToken": "other"}, changes))
			if a.Status != 400 || !strings.Contains(a.Text, want) || o.OK("boss", "GET", "foyer/facebook", nil).Text != before {
				t.Errorf("%s: %d %s", want, a.Status, a.Text)
			}
		}
		refused("error-name-required", map[string]any{"name": " \n"})
		refused("error-page-exists", map[string]any{"new": true})
		refused("error-invalid-department", map[string]any{"departmentId": "nowhere"})
		refused("must match pattern", map[string]any{"pageId": "../1"})
		refused("more than 2000 characters", map[string]any{"welcomeMessage": strings.Repeat("x", 2001)})
		refused("there is no access token for this page", map[string]any{"pageId": "1002", "accessToken": "", "subscribed": true})
		o.facebook.Says(400, `{"error":{"message":"Malformed access token other","code":190}}`)
		refused("Malformed access token … (190) [error-facebook-refused]", map[string]any{"subscribed": true})
		o.facebook.Close()
		refused("Facebook cannot be reached", map[string]any{"subscribed": true})
	})
}

func TestOfTwoWhoEnterAPageAtTheSameMomentOneIsRefused(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		var both sync.WaitGroup
		both.Add(2)
		o.facebook.Answers(func(w http.ResponseWriter, _ *http.Request) { // each has found no page when Facebook is asked
			both.Done()
			both.Wait()
			io.WriteString(w, `{"success":true}`)
		})
		names := []string{"Mine", "Yours"}
		answers := make([]house.Answer, len(names))
		var done sync.WaitGroup
		for i, name := range names {
			done.Go(func() {
				answers[i] = o.Call("boss", "POST", "foyer/facebook/pages", map[string]any{"new": true, "pageId": "1002", "name": name, "accessToken": name, "subscribed": true})
			})
		}
		done.Wait()
		won := slices.IndexFunc(answers, func(a house.Answer) bool { return a.Status == 200 })
		if won < 0 {
			t.Fatalf("%+v", answers)
		}
		if a := answers[1-won]; a.Status != 400 || !strings.Contains(a.Text, "error-page-exists") {
			t.Errorf("%d %s", a.Status, a.Text)
		}
		if got := o.Texts(`SELECT name FROM messenger_pages WHERE id = '1002'`); len(got) != 1 || got[0] != names[won] {
			t.Errorf("%q", got)
		}
	})
}

func TestOnlyWhoMaySeesPages(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for _, who := range []string{"alice", "nobody"} {
			for _, ask := range [][2]string{{"GET", "foyer/facebook"}, {"POST", "foyer/facebook/pages"}, {"DELETE", "foyer/facebook/pages/" + page}} {
				if a := o.Call(who, ask[0], ask[1], map[string]any{"pageId": page, "name": "x"}); a.Status != 403 && a.Status != 401 {
					t.Errorf("%s %v: %d %s", who, ask, a.Status, a.Text)
				}
			}
		}
		if n := o.Count(`SELECT count(*) FROM messenger_pages WHERE name = 'Shop'`); n != 1 {
			t.Error("the page is another")
		}
	})
}

func TestAPersonWhoIsErasedIsForgotten(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.enter(map[string]any{"welcomeMessage": "Welcome!"})
		rid := o.served()
		o.Close("alice", rid)
		o.OK("boss", "POST", "foyer/contacts.erase", map[string]any{"contactId": o.Texts(`SELECT contact_id FROM rooms`)[0]})
		for _, table := range []string{"messenger_people", "messenger_incoming", "messenger_outgoing"} {
			if n := o.Count(`SELECT count(*) FROM ` + table); n != 0 {
				t.Errorf("%d rows in %s", n, table)
			}
		}
		o.told(batch(page, by(ann, text("m_9", "back"))))
		if o.Count(`SELECT count(*) FROM visitors`) != 1 || !same(o.words(o.room()), "back") {
			t.Error("who comes back is not somebody new")
		}
	})
}

func TestWhatIsDoneIsForgottenAfterAMonth(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.told(batch(page, by(ann, text("m_1", "hello"))))
		o.After(31 * 24 * time.Hour)
		o.told(batch(page, by(ann, text("m_2", "hello"))))
		if got := o.Count(`SELECT count(*) FROM messenger_incoming`); got != 1 {
			t.Errorf("%d", got)
		}
	})
}
