package inboxes

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

func TestTheEndpoints(t *testing.T) { // rest-api.md 22, webhooks.md 8.1
	each(t, func(t *testing.T, h *office) {
		a := h.OK("boss", "POST", "email-inbox", h.inbox("description", "for orders"))
		id, _ := a.At("_id").(string)
		if id == "" {
			t.Fatal(a.Text)
		}
		one := h.OK("boss", "GET", "email-inbox/"+id, nil)
		for path, want := range map[string]any{"_id": id, "active": true, "name": "Shop", "email": "shop@example.org", "description": "for orders", "senderInfo": "The Shop",
			"smtp.server": "127.0.0.1", "smtp.password": "********", "imap.password": "********", "imap.maxRetries": float64(3), "imap.secure": false, "_createdBy.username": "boss"} {
			if got := one.At(path); got != want {
				t.Errorf("%s: %v, want %v", path, got, want)
			}
		}
		if n := h.Count(`SELECT count(*) FROM email_inboxes WHERE smtp LIKE '%pass word%' OR imap LIKE '%pass word%'`); n != 0 {
			t.Error("a password is stored as it is")
		}
		if a := h.OK("boss", "GET", "email-inbox.list?count=1", nil); a.At("emailInboxes.0.smtp.password") != "********" || a.At("total") != float64(1) || a.At("count") != float64(1) || a.At("offset") != float64(0) {
			t.Error(a.Text)
		}
		for query, want := range map[string]float64{`{"email":"shop@example.org","active":true}`: 1, `{}`: 1, `{"name":"Other"}`: 0, `{"active":false}`: 0, `{"active":"true"}`: 0,
			`{"email":{"$ne":""}}`: 0, `{"$where":"1"}`: 0, `{"name":null}`: 0} {
			if a := h.OK("boss", "GET", "email-inbox.list?query="+url.QueryEscape(query), nil); a.At("total") != want || a.At("count") != want {
				t.Errorf("%s: %s", query, a.Text)
			}
		}
		if a := h.OK("boss", "GET", "email-inbox.list?fields="+url.QueryEscape(`{"name":1,"smtp.port":1}`), nil); a.At("emailInboxes.0.name") != "Shop" || a.At("emailInboxes.0.smtp.port") == nil || strings.Contains(a.Text, "password") {
			t.Error(a.Text)
		}
		for _, bad := range []string{"fields=name", "query=name", "query=[]", "fields=" + url.QueryEscape(`{"name":3}`)} {
			if a := h.Call("boss", "GET", "email-inbox.list?"+bad, nil); a.Status != 400 || a.At("success") != false {
				t.Errorf("%s: %d %s", bad, a.Status, a.Text)
			}
		}
		if a := h.OK("boss", "GET", "email-inbox.search?email=SHOP@example.org", nil); a.At("emailInbox._id") != id {
			t.Error(a.Text)
		}
		if a := h.OK("boss", "GET", "email-inbox.search?email=other@example.org", nil); !strings.Contains(a.Text, `"emailInbox":null`) {
			t.Error(a.Text)
		}

		masked := h.inbox("_id", id, "name", "Store")
		for _, s := range []string{"smtp", "imap"} {
			masked[s].(map[string]any)["password"] = "********"
		}
		h.OK("boss", "POST", "email-inbox", masked)
		h.OK("boss", "POST", "email-inbox.send-test/"+id, map[string]any{}) // with the stored password
		masked["smtp"].(map[string]any)["server"] = "evil.example"
		h.refused(t, 400, "error-invalid-email-inbox", masked) // which goes to no other server

		h.refused(t, 400, "E11000", h.inbox())
		h.refused(t, 404, "Resource not found", h.inbox("_id", "none", "email", "x@example.org"))
		h.refused(t, 400, "error-invalid-email-inbox", h.inbox("email", "nobody"))
		h.refused(t, 400, "error-invalid-email-inbox", h.inbox("email", "x@example.org", "name", " "))
		h.refused(t, 400, "error-invalid-email-inbox", h.inbox("email", "x@example.org", "department", "none"))
		for _, field := range []string{"smtp", "imap", "name", "active", "email"} {
			r := h.inbox()
			delete(r, field)
			h.refused(t, 400, "must have required property '"+field+"'", r)
		}
		for _, c := range [][2]string{{"GET", "email-inbox.list"}, {"GET", "email-inbox/" + id}, {"DELETE", "email-inbox/" + id}, {"GET", "email-inbox.search?email=x"}, {"POST", "email-inbox"}, {"POST", "email-inbox.send-test/" + id}} {
			if a := h.Call("alice", c[0], c[1], nil); a.Status != 403 {
				t.Errorf("%v: %d", c, a.Status)
			}
		}
		for _, method := range []string{"GET", "DELETE"} {
			if a := h.Call("boss", method, "email-inbox/none", nil); a.Status != 404 || a.At("error") != "Resource not found" {
				t.Errorf("%d %s", a.Status, a.Text)
			}
		}
		if a := h.OK("boss", "DELETE", "email-inbox/"+id, nil); a.At("_id") != id {
			t.Error(a.Text)
		}
		if n := h.Count(`SELECT count(*) FROM email_inboxes`); n != 0 {
			t.Errorf("%d inboxes", n)
		}
	})
}

func (h *office) refused(t *testing.T, status int, why string, inbox map[string]any) {
	t.Helper()
	before := h.Count(`SELECT COALESCE(sum(revision), 0) FROM email_inboxes`)
	if a := h.Call("boss", "POST", "email-inbox", inbox); a.Status != status || !strings.Contains(fmt.Sprint(a.At("error")), why) {
		t.Errorf("%d %s, want %s", a.Status, a.Text, why)
	}
	if after := h.Count(`SELECT COALESCE(sum(revision), 0) FROM email_inboxes`); after != before {
		t.Error("something changed")
	}
}
