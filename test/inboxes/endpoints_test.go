package inboxes

import (
	"fmt"
	"strings"
	"testing"
)

func TestTheEndpoints(t *testing.T) { // rest-api.md 22, webhooks.md 8.1
	each(t, func(t *testing.T, h *house) {
		a := h.ok("boss", "POST", "email-inbox", h.inbox("description", "for orders"))
		id, _ := a.at("_id").(string)
		if id == "" {
			t.Fatal(a.text)
		}
		one := h.ok("boss", "GET", "email-inbox/"+id, nil)
		for path, want := range map[string]any{"_id": id, "active": true, "name": "Shop", "email": "shop@example.org", "description": "for orders", "senderInfo": "The Shop",
			"smtp.server": "127.0.0.1", "smtp.password": "********", "imap.password": "********", "imap.maxRetries": float64(3), "imap.secure": false, "_createdBy.username": "boss"} {
			if got := one.at(path); got != want {
				t.Errorf("%s: %v, want %v", path, got, want)
			}
		}
		if n := h.count(`SELECT count(*) FROM email_inboxes WHERE smtp LIKE '%pass word%' OR imap LIKE '%pass word%'`); n != 0 {
			t.Error("a password is stored as it is")
		}
		if a := h.ok("boss", "GET", "email-inbox.list?count=1", nil); a.at("emailInboxes.0.smtp.password") != "********" || a.at("total") != float64(1) || a.at("count") != float64(1) || a.at("offset") != float64(0) {
			t.Error(a.text)
		}
		if a := h.ok("boss", "GET", "email-inbox.search?email=SHOP@example.org", nil); a.at("emailInbox._id") != id {
			t.Error(a.text)
		}
		if a := h.ok("boss", "GET", "email-inbox.search?email=other@example.org", nil); !strings.Contains(a.text, `"emailInbox":null`) {
			t.Error(a.text)
		}

		masked := h.inbox("_id", id, "name", "Store")
		for _, s := range []string{"smtp", "imap"} {
			masked[s].(map[string]any)["password"] = "********"
		}
		h.ok("boss", "POST", "email-inbox", masked)
		h.ok("boss", "POST", "email-inbox.send-test/"+id, map[string]any{}) // with the stored password
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
			if a := h.call("alice", c[0], c[1], nil); a.status != 403 {
				t.Errorf("%v: %d", c, a.status)
			}
		}
		for _, method := range []string{"GET", "DELETE"} {
			if a := h.call("boss", method, "email-inbox/none", nil); a.status != 404 || a.at("error") != "Resource not found" {
				t.Errorf("%d %s", a.status, a.text)
			}
		}
		if a := h.ok("boss", "DELETE", "email-inbox/"+id, nil); a.at("_id") != id {
			t.Error(a.text)
		}
		if n := h.count(`SELECT count(*) FROM email_inboxes`); n != 0 {
			t.Errorf("%d inboxes", n)
		}
	})
}

func (h *house) refused(t *testing.T, status int, why string, inbox map[string]any) {
	t.Helper()
	before := h.count(`SELECT COALESCE(sum(revision), 0) FROM email_inboxes`)
	if a := h.call("boss", "POST", "email-inbox", inbox); a.status != status || !strings.Contains(fmt.Sprint(a.at("error")), why) {
		t.Errorf("%d %s, want %s", a.status, a.text, why)
	}
	if after := h.count(`SELECT COALESCE(sum(revision), 0) FROM email_inboxes`); after != before {
		t.Error("something changed")
	}
}
