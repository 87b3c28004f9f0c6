package inboxes

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/test/house"
	"github.com/google/go-cmp/cmp"
)

func TestAMailBecomesAChat(t *testing.T) { // webhooks.md 8.2
	each(t, func(t *testing.T, h *office) {
		h.OK("boss", "POST", "livechat/department", map[string]any{"department": map[string]any{"name": "Sales", "enabled": true, "email": "s@example.org", "showOnRegistration": true, "showOnOfflineForm": true}, "agents": []any{map[string]any{"agentId": "alice"}}})
		sales := h.OK("boss", "GET", "livechat/department", nil).At("departments.0._id").(string)
		h.post.brings(house.Noon.Time().Add(-time.Hour), written("old@example.com", "Subject: Before", "", "too early"))
		h.OK("boss", "POST", "email-inbox", h.inbox("department", sales))
		h.watches()
		h.until("connected", func() bool { return h.status() == "true connected 0 <nil>" })
		h.post.brings(house.Noon.Time().Add(time.Second), written("1@example.com", "Subject: Where is my parcel?", "Reply-To: home@example.com", "Content-Type: text/html", "", `<p>Where <b>is</b> it? <a href="https://post.example/4711">Track</a></p><script>x</script>`))
		h.until("taken in", func() bool { return len(h.rooms()) == 1 && h.Count(`SELECT count(*) FROM messages WHERE t = ''`) == 1 })
		rid := h.rooms()[0]
		a := h.OK("boss", "GET", "foyer/rooms/"+rid, nil)
		for path, want := range map[string]any{"room.source.type": "email", "room.source.id": "shop@example.org", "room.source.alias": "email-inbox", "room.fname": "Ann Bee",
			"room.departmentId": sales, "room.email.inbox": "shop@example.org", "room.email.replyTo": "home@example.com", "room.email.subject": "Where is my parcel?",
			"room.email.thread.0": "1@example.com", "visitor.visitorEmails.0.address": "ann@example.com", "visitor.department": sales} {
			if got := a.At(path); got != want {
				t.Errorf("%s: %v, want %v in %s", path, got, want, a.Text)
			}
		}
		if got := h.said(rid); !slices.Equal(got, []string{"(livechat-started)", "Where is it? Track [https://post.example/4711]"}) {
			t.Errorf("%q", got)
		}
		m := h.messages(rid)[1]["email"].(map[string]any)
		if m["from"] != `"Ann Bee" <ann@example.com>` || m["subject"] != "Where is my parcel?" || m["messageId"] != "1@example.com" || m["replyTo"] != "home@example.com" {
			t.Errorf("%v", m)
		}
		h.until("seen", func() bool { n, all := h.post.unseen(); return n == 1 && all == 2 }) // the one of before is left alone, nothing is deleted
	})
}

func TestMailsOfAThreadShareARoom(t *testing.T) { // webhooks.md 8.2, LC-REO-2 to 5
	each(t, func(t *testing.T, h *office) {
		h.OK("boss", "POST", "email-inbox", h.inbox())
		h.watches()
		h.brings(written("1@example.com", "Subject: One", "", "one"))
		rid := h.rooms()[0]
		h.brings(written("2@example.com", "Subject: Re: One", "In-Reply-To: <1@example.com>", "", "two"))
		h.brings(written("1@example.com", "Subject: One", "", "one again")) // handled once for good
		if got := h.said(rid); len(h.rooms()) != 1 || !slices.Equal(got, []string{"(livechat-started)", "one", "two"}) {
			t.Fatalf("%v %q", h.rooms(), got)
		}
		h.Take("alice", rid)
		h.Clock.Advance(time.Minute)
		h.Close("alice", rid)
		if n := h.Count(`SELECT count(*) FROM analytics_rooms`); n != 1 {
			t.Errorf("%d rooms counted", n)
		}
		h.Clock.Advance(time.Minute)
		h.brings(written("3@example.com", "Subject: Re: One", "References: <1@example.com> <2@example.com>", "", "three"))
		a := h.OK("boss", "GET", "foyer/rooms/"+rid, nil)
		if len(h.rooms()) != 1 || a.At("room.open") != true || a.At("room.closedAt") != nil || a.At("room.closedBy") != nil || a.At("room.closer") != nil || a.At("room.servedBy") != nil {
			t.Fatalf("%v %s", h.rooms(), a.Text) // LC-REO-2
		}
		if a.At("room.metrics.chatDuration") != nil || a.At("room.metrics.v.lq") == nil || h.Count(`SELECT count(*) FROM analytics_rooms`) != 0 {
			t.Errorf("%s", a.Text) // LC-REO-5
		}
		if got := h.OK("alice", "GET", "livechat/inquiries.getOne?roomId="+rid, nil).At("inquiry.defaultAgent.agentId"); got != "alice" {
			t.Errorf("preferred: %v", got) // LC-REO-3
		}
		h.Take("alice", rid)
		h.Clock.Advance(time.Minute)
		h.Close("alice", rid)
		if d := h.Count(`SELECT duration_ms FROM analytics_rooms`); d < 180_000 {
			t.Errorf("it lasted %d ms", d) // from its first beginning
		}
		h.brings(written("4@example.com", "Subject: Something else", "", "four"))
		if all := h.rooms(); len(all) != 2 {
			t.Fatalf("%v", all)
		}
		h.brings(written("5@example.com", "Subject: Re: One", "In-Reply-To: <3@example.com>", "", "five"))
		if got := h.said(h.rooms()[1]); !slices.Equal(got, []string{"(livechat-started)", "four", "five"}) {
			t.Errorf("%q", got) // LC-REO-4: the visitor's open one
		}
	})
}

func TestTheFormerAgentIsAskedOnlyWhenHeIsThere(t *testing.T) { // LC-REO-3
	each(t, func(t *testing.T, h *office) {
		h.Set("Livechat_Routing_Method", "Auto_Selection")
		h.OK("boss", "POST", "email-inbox", h.inbox())
		h.watches()
		h.Leaves("bob")
		h.brings(written("1@example.com", "Subject: One", "", "one"))
		rid := h.rooms()[0]
		served := func() any { return h.OK("boss", "GET", "foyer/rooms/"+rid, nil).At("room.servedBy.username") }
		if served() != "alice" {
			t.Fatalf("%v", served())
		}
		h.Comes("bob")
		h.Clock.Advance(time.Minute)
		h.Close("alice", rid)
		h.brings(written("2@example.com", "In-Reply-To: <1@example.com>", "", "two"))
		if served() != "alice" {
			t.Errorf("%v", served())
		}
		h.Clock.Advance(time.Minute)
		h.Close("alice", rid)
		h.Leaves("alice")
		h.brings(written("3@example.com", "In-Reply-To: <2@example.com>", "", "three"))
		if served() != "bob" {
			t.Errorf("%v", served())
		}
	})
}

func TestMailsThatAreNoConversation(t *testing.T) { // webhooks.md 8.2
	each(t, func(t *testing.T, h *office) {
		h.OK("boss", "POST", "email-inbox", h.inbox())
		h.Set("From_Email", "Notices <notices@example.org>")
		h.watches()
		for n, raw := range []string{
			"From: ann@example.com\nSubject: no id\n\nx\n",
			"Message-ID: <a@example.com>\nSubject: no sender\n\nx\n",
			written("b@example.com", "Auto-Submitted: auto-replied", "", "I am on holiday"),
			"From: Shop <shop@example.org>\nMessage-ID: <c@example.com>\n\nour own\n",
			"From: notices@example.org\nMessage-ID: <d@example.com>\n\nour own\n",
			"\x00\xff\xfe\n\n",
		} {
			h.brings(raw)
			if all := h.rooms(); len(all) > 0 {
				t.Errorf("mail %d became a chat", n)
			}
		}
	})
}

func TestHostileMails(t *testing.T) {
	each(t, func(t *testing.T, h *office) {
		h.OK("boss", "POST", "email-inbox", h.inbox())
		h.watches()
		h.brings(written("1@example.com", "Subject: =?utf-8?Q?a=00b=0D=0AX:_y?= <script>", "", strings.Repeat("long ", 2000)+"\x00\x1b[31m"))
		rid := h.rooms()[0]
		all := h.messages(rid)
		text := all[1]["msg"].(string)
		if n := len([]rune(text)); n != 5000 || !strings.HasSuffix(text, "…") || strings.ContainsAny(text, "\x00\x1b") {
			t.Errorf("%d characters", n)
		}
		if s := all[1]["email"].(map[string]any)["subject"]; s != "ab X: y <script>" && s != "a b X: y <script>" {
			t.Errorf("%q", s)
		}
		if f := all[2]["file"].(map[string]any); f["name"] != "message.txt" { // the whole of it
			t.Errorf("%v", f)
		}
		h.Set("FileUpload_MediaTypeBlackList", "application/x-msdownload,application/vnd.microsoft.portable-executable")
		exe := base64.StdEncoding.EncodeToString([]byte("MZ" + strings.Repeat("\x90", 100)))
		h.brings(written("2@example.com", "Content-Type: multipart/mixed; boundary=x", "", "--x", "", "see there",
			"--x", `Content-Disposition: attachment; filename="../../etc/passwd.txt"`, "", "root:x", "--x", "Content-Type: application/x-msdownload", `Content-Disposition: attachment; filename="run.exe"`,
			"Content-Transfer-Encoding: base64", "", exe, "--x--"))
		all = h.messages(rid)[3:]
		if len(all) != 3 || all[0]["msg"] != "see there" || all[2]["t"] != "foyer_mail_notice" {
			t.Fatalf("%v", all)
		}
		if f := all[1]["file"].(map[string]any); strings.ContainsAny(f["name"].(string), "/\\") {
			t.Errorf("%v", f)
		}
		if e := all[2]["email"].(map[string]any); e["notice"] != "left-out" || e["subject"] != "run.exe" || e["error"] != "error-type-not-allowed" {
			t.Errorf("%v", e)
		}
	})
}

func TestAnAddressIsOnlyClaimed(t *testing.T) { // LC-REG-4: a mail never leads to the visitor of a page
	each(t, func(t *testing.T, h *office) {
		h.OK("boss", "POST", "livechat/visitor", map[string]any{"visitor": map[string]any{"token": "page", "name": "Eve", "email": "ann@example.com"}})
		h.OK("boss", "POST", "email-inbox", h.inbox())
		h.watches()
		h.brings(written("1@example.com", "", "secret"))
		if a := h.Call("boss", "GET", "livechat/room?token=page", nil); a.At("room._id") == h.rooms()[0] {
			t.Error("the page sees the mails")
		}
		if n := h.Count(`SELECT count(DISTINCT visitor_id) FROM rooms`); n != 2 {
			t.Errorf("%d visitors", n)
		}
		h.brings(strings.Replace(written("2@example.com", "In-Reply-To: <1@example.com>", "", "me too"), "Ann@example.com", "eve@example.com", 1))
		if all := h.rooms(); len(all) != 2 {
			t.Errorf("who knows an id is in another's room: %v", all)
		}
	})
}

func TestWhoIsNotServedNow(t *testing.T) { // webhooks.md 8.2
	each(t, func(t *testing.T, h *office) {
		h.Set("Livechat_accept_chats_with_no_agents", false)
		h.Leaves("alice")
		h.Leaves("bob")
		h.OK("boss", "POST", "email-inbox", h.inbox())
		h.watches()
		h.post.brings(house.Noon.Time().Add(time.Second), written("1@example.com", "", "at night"))
		h.until("held", func() bool {
			a := h.Call("boss", "GET", "email-inbox.list", nil)
			return fmt.Sprint(a.At("emailInboxes.0.status.held"), a.At("emailInboxes.0.status.heldFor")) == "1no-agent-online"
		})
		if n, _ := h.post.unseen(); n != 1 {
			t.Error("it is seen already")
		}
		h.Comes("alice")
		h.until("taken in", func() bool { h.Clock.Advance(5 * time.Second); n, _ := h.post.unseen(); return n == 0 })
		if got := h.said(h.rooms()[0]); !slices.Contains(got, "at night") {
			t.Errorf("%q", got)
		}
		visitor := h.OK("boss", "GET", "foyer/rooms/"+h.rooms()[0], nil).At("visitor._id")
		h.OK("boss", "POST", "omnichannel/contacts.block", map[string]any{"visitor": map[string]any{"visitorId": visitor, "source": map[string]any{"type": "email", "id": "shop@example.org"}}})
		h.brings(written("2@example.com", "In-Reply-To: <1@example.com>", "", "again"))
		if n := h.Count(`SELECT count(*) FROM rooms WHERE open`); n != 0 {
			t.Error("who is blocked came in")
		}
	})
}

func TestAConnectionIsLost(t *testing.T) { // webhooks.md 8.2
	each(t, func(t *testing.T, h *office) {
		h.OK("boss", "POST", "email-inbox", h.inbox())
		h.watches()
		h.until("connected", func() bool { return h.status() == "true connected 0 <nil>" })
		h.post.hangUp()
		for n, wait := range []time.Duration{3 * time.Second, 6 * time.Second, 12 * time.Second} {
			h.until("a failure", func() bool { return strings.HasPrefix(h.status(), fmt.Sprint("true retrying ", n+1)) })
			due := h.Count(`SELECT retry_at FROM email_inboxes`)
			if due != int64(h.Clock.Now().Add(wait)) {
				t.Errorf("pause %d is %d ms", n, due-int64(h.Clock.Now()))
			}
			if n == 1 { // and comes back
				h.post.listenAgain()
				h.Clock.Advance(wait)
				h.until("connected again", func() bool { return h.status() == "true connected 0 <nil>" })
				h.brings(written("1@example.com", "", "here again"))
				if len(h.rooms()) != 1 {
					t.Error("nothing came")
				}
				break
			}
			h.Clock.Advance(wait)
		}
		h.post.hangUp()
		for n := range 4 { // maxRetries is 3
			h.until("another failure", func() bool { return strings.Contains(h.status(), fmt.Sprint(" ", n+1, " ")) })
			h.Clock.Advance(time.Minute)
		}
		if got := h.status(); !strings.HasPrefix(got, "false off 4 ") {
			t.Errorf("%s", got)
		}
		h.post.listenAgain()
		id := h.Call("boss", "GET", "email-inbox.list", nil).At("emailInboxes.0._id")
		again := h.inbox("_id", id)
		h.OK("boss", "POST", "email-inbox", again)
		h.until("connected after all", func() bool { return h.status() == "true connected 0 <nil>" })
		again["imap"].(map[string]any)["password"] = "wrong"
		h.OK("boss", "POST", "email-inbox", again)
		h.until("refused", func() bool { return h.status() == "true retrying 1 login-refused" })
	})
}

func TestOneNodeWatches(t *testing.T) { // webhooks.md 8.2
	each(t, func(t *testing.T, h *office) {
		if strings.HasPrefix(h.Config.Database, "sqlite") || h.Config.Database == "" {
			t.Skip("an embedded database has one node")
		}
		h.OK("boss", "POST", "email-inbox", h.inbox())
		stop := h.watches()
		h.until("connected", func() bool { return h.status() == "true connected 0 <nil>" })
		one := h.Inside
		h.Open()
		defer one.Close()
		h.watches()
		for range 20 { // however often the second looks
			h.Inside.Inboxes.Forget()
			h.Clock.Advance(time.Second)
			one.Inboxes.Forget()
		}
		h.brings(written("1@example.com", "", "once"))
		if _, ever := h.post.sessions(); ever != 1 {
			t.Errorf("%d sessions", ever)
		}
		stop()
		h.until("the other one", func() bool { _, ever := h.post.sessions(); return ever == 2 })
		h.brings(written("2@example.com", "In-Reply-To: <1@example.com>", "", "twice"))
		if got := h.said(h.rooms()[0]); !cmp.Equal(got, []string{"(livechat-started)", "once", "twice"}) {
			t.Errorf("%q", got)
		}
	})
}

func TestWhatIsChangedIsWatchedAnew(t *testing.T) {
	each(t, func(t *testing.T, h *office) {
		id := h.OK("boss", "POST", "email-inbox", h.inbox()).At("_id")
		h.watches()
		h.until("connected", func() bool { return h.status() == "true connected 0 <nil>" })
		h.OK("boss", "POST", "email-inbox", h.inbox("_id", id, "active", false))
		h.until("left", func() bool { open, _ := h.post.sessions(); return open == 0 })
		if got := h.status(); got != "false off 0 <nil>" {
			t.Error(got)
		}
		h.OK("boss", "POST", "email-inbox", h.inbox("_id", id))
		h.until("connected again", func() bool { return h.status() == "true connected 0 <nil>" })
		h.OK("boss", "DELETE", fmt.Sprint("email-inbox/", id), nil)
		h.until("left for good", func() bool { open, _ := h.post.sessions(); return open == 0 })
	})
}
