package inboxes

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/foyerchat/foyer/test/house"
)

// chat is a mail of ann's that alice has taken.
func (h *office) chat() (rid, message string) {
	h.T.Helper()
	h.OK("boss", "POST", "email-inbox", h.inbox())
	h.watches()
	h.brings(written("1@example.com", "Subject: Parcel", "References: <0@example.com>", "", "where\nis it?"))
	rid = h.rooms()[0]
	h.Take("alice", rid)
	return rid, h.messages(rid)[1]["_id"].(string)
}

func TestAnAnswerIsMailed(t *testing.T) { // webhooks.md 8.3
	each(t, func(t *testing.T, h *office) {
		rid, message := h.chat()
		h.OK("alice", "POST", "chat.sendMessage", map[string]any{"message": map[string]any{"rid": rid, "msg": "between us"}})
		if all, _ := h.post.took(); len(all) != 0 {
			t.Fatal("a message is mailed by itself")
		}
		a := h.answers("alice", rid, message, "On its way.\nBye")
		if a.Status != 200 || a.At("message.msg") != "On its way.\nBye" || a.At("message.email.state") != "sending" || a.At("message.email.quotes") != message {
			t.Fatalf("%d %s", a.Status, a.Text)
		}
		h.Settle()
		all, texts := h.post.took()
		if len(all) != 1 {
			t.Fatalf("%d mails", len(all))
		}
		for header, want := range map[string]string{"To": "<ann@example.com>", "From": `"The Shop" <shop@example.org>`, "Subject": "Re: Parcel",
			"In-Reply-To": "<1@example.com>", "References": "<0@example.com> <1@example.com>", "Auto-Submitted": ""} {
			if got := strings.Join(strings.Fields(all[0].Header.Get(header)), " "); got != want {
				t.Errorf("%s: %q, want %q", header, got, want)
			}
		}
		if !strings.Contains(texts[0], "On its way.\r\nBye") || !strings.Contains(texts[0], "> where\r\n> is it?") {
			t.Errorf("%q", texts[0])
		}
		last := h.messages(rid)
		if e := last[len(last)-1]["email"].(map[string]any); e["state"] != "sent" || e["to"] != "ann@example.com" || e["subject"] != "Re: Parcel" || e["quoteText"] != "where\nis it?" {
			t.Errorf("%v", e)
		}
		h.brings(written("2@example.com", "Subject: Re: Parcel", "In-Reply-To: "+all[0].Header.Get("Message-Id"), "", "thanks")) // its id has joined the thread
		if len(h.rooms()) != 1 {
			t.Errorf("%v", h.rooms())
		}
		h.Clock.Advance(time.Minute)
		h.Close("alice", rid)
		h.brings(written("3@example.com", "In-Reply-To: "+all[0].Header.Get("Message-Id"), "", "one more thing"))
		if got := h.said(rid); len(h.rooms()) != 1 || !slices.Contains(got, "one more thing") {
			t.Errorf("%q", got)
		}
	})
}

func TestAnAcknowledgedAnswerIsMailedAlthoughTheProcessDies(t *testing.T) { // webhooks.md 8.3
	each(t, func(t *testing.T, h *office) {
		rid, message := h.chat()
		if a := h.answers("alice", rid, message, "kept"); a.Status != 200 {
			t.Fatal(a.Text)
		}
		if h.Config.Database != "" && !strings.HasPrefix(h.Config.Database, "sqlite") {
			h.Open() // as another process finds it; nothing of the first one is asked
		}
		h.Settle()
		if _, texts := h.post.took(); len(texts) != 1 || !strings.Contains(texts[0], "kept") {
			t.Fatalf("%q", texts)
		}
		h.Exec(`INSERT INTO jobs (id, kind, key, payload, due_at, created_at) SELECT 'again', 'inboxes.send', id, '{"rid":"' || room_id || '","id":"' || id || '"}', 0, 0
			FROM messages WHERE msg = 'kept'`)
		h.Settle() // a job that is run again sends nothing twice
		if _, texts := h.post.took(); len(texts) != 1 {
			t.Errorf("%d mails", len(texts))
		}
	})
}

func TestAMailIsRefused(t *testing.T) { // webhooks.md 8.3
	each(t, func(t *testing.T, h *office) {
		rid, message := h.chat()
		last := func() map[string]any { all := h.messages(rid); return all[len(all)-1] }
		h.post.refuses(&smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 0, 0}, Message: "later"})
		h.answers("alice", rid, message, "first")
		h.Settle()
		if e := last()["email"].(map[string]any); e["state"] != "sending" || !strings.Contains(e["error"].(string), "later") {
			t.Errorf("%v", e)
		}
		h.Clock.Advance(10 * time.Second)
		h.Settle()
		if e := last()["email"].(map[string]any); e["state"] != "sent" || e["error"] != nil {
			t.Errorf("%v", e)
		}
		h.post.refuses(&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "nobody of that name"})
		h.answers("alice", rid, message, "second")
		h.Settle()
		notice := last()
		if e := notice["email"].(map[string]any); notice["t"] != "foyer_mail_notice" || e["notice"] != "not-sent" || !strings.Contains(e["error"].(string), "nobody of that name") ||
			!strings.HasSuffix(notice["msg"].(string), ": 550 5.1.1 nobody of that name") {
			t.Errorf("%v", notice)
		}
		id := h.Call("boss", "GET", "email-inbox.list", nil).At("emailInboxes.0._id")
		h.OK("boss", "POST", "email-inbox", h.inbox("_id", id, "active", false))
		h.answers("alice", rid, message, "third")
		h.Settle()
		if n := last(); n["email"].(map[string]any)["notice"] != "not-sent" || n["email"].(map[string]any)["error"] != "inbox-off" || strings.Contains(n["msg"].(string), "inbox-off") {
			t.Errorf("%v", n)
		}
		if a := h.answers("alice", rid, message, " "); a.Status != 400 {
			t.Errorf("%d %s", a.Status, a.Text)
		}
		if a := h.answers("alice", rid, "nothing", "to nobody"); a.Status != 200 || a.At("message.email") != nil {
			t.Errorf("%d %s", a.Status, a.Text)
		}
	})
}

func TestAnAnswerToNoAddress(t *testing.T) { // webhooks.md 8.3: said at once, in a word that screens know
	each(t, func(t *testing.T, h *office) {
		h.OK("boss", "POST", "email-inbox", h.inbox())
		h.watches()
		h.brings(written("1@example.com", "Reply-To: <ann@[192.0.2.1]>", "", "where is it?"))
		rid := h.rooms()[0]
		h.Take("alice", rid)
		h.answers("alice", rid, fmt.Sprint(h.messages(rid)[1]["_id"]), "here")
		h.Settle()
		all := h.messages(rid)
		last := all[len(all)-1]
		if e, _ := last["email"].(map[string]any); last["t"] != "foyer_mail_notice" || e["notice"] != "not-sent" || e["error"] != "mail-invalid" {
			t.Errorf("%v", last)
		}
	})
}

func TestAFileIsMailed(t *testing.T) { // webhooks.md 8.3
	each(t, func(t *testing.T, h *office) {
		rid, message := h.chat()
		m := h.upload("alice", rid, "invoice.txt", "100 EUR")
		if all, _ := h.post.took(); len(all) != 0 {
			t.Fatal("a file is mailed by itself")
		}
		send := func(who, m string) house.Answer {
			return h.Call(who, "POST", "foyer/email-inbox.send-file", map[string]any{"messageId": m})
		}
		if a := send("bob", m); a.Status != 400 {
			t.Errorf("who does not serve: %d %s", a.Status, a.Text)
		}
		if a := send("alice", message); a.Status != 400 {
			t.Errorf("no file: %d %s", a.Status, a.Text)
		}
		if a := send("alice", m); a.Status != 200 {
			t.Fatalf("%d %s", a.Status, a.Text)
		}
		if a := send("alice", m); a.Status != 400 {
			t.Errorf("twice: %d %s", a.Status, a.Text)
		}
		h.Settle()
		all, texts := h.post.took()
		if len(all) != 1 || !strings.Contains(texts[0], `filename="invoice.txt"`) || all[0].Header.Get("To") != "<ann@example.com>" || all[0].Header.Get("Subject") != "Re: Parcel" {
			t.Fatalf("%v %q", all, texts)
		}
		list := h.messages(rid)
		if e := list[len(list)-1]["email"].(map[string]any); e["state"] != "sent" {
			t.Errorf("%v", e)
		}
	})
}

func TestAnInboxIsTried(t *testing.T) { // webhooks.md 8.1
	each(t, func(t *testing.T, h *office) {
		id := fmt.Sprint(h.OK("boss", "POST", "email-inbox", h.inbox()).At("_id"))
		h.OK("boss", "POST", "email-inbox.send-test/"+id, map[string]any{})
		if all, _ := h.post.took(); len(all) != 1 || all[0].Header.Get("To") != "<boss@team.example>" {
			t.Errorf("%v", all)
		}
		test := func(want string) {
			t.Helper()
			if a := h.Call("boss", "POST", "email-inbox.send-test/"+id, map[string]any{}); a.Status != 400 || !strings.Contains(a.Text, want) {
				t.Errorf("%d %s", a.Status, a.Text)
			}
		}
		h.post.refuses(&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 0, 0}, Message: "no"})
		test("error-email-send-failed")
		h.Exec(`UPDATE user_emails SET verified = false`)
		test("user-without-verified-email")
		h.OK("boss", "POST", "email-inbox", h.inbox("_id", id, "active", false))
		test("inbox-not-found")
	})
}
