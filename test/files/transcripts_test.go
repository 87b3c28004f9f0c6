package files

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/db"
)

// letter is a mail that waits or was sent, as the queue has it.
type letter struct{ to, subject, message string }

func (h *house) mails() []letter {
	h.t.Helper()
	all, err := db.All(context.Background(), h.inside.DB, func(r db.Row) (l letter, err error) {
		err = r.Scan(&l.to, &l.subject, &l.message)
		return l, err
	}, `SELECT recipient, subject, message FROM mails WHERE kind = 'transcript' ORDER BY created_at, id`)
	h.must(err)
	return all
}

// registered is a visitor with an address and an open room.
func (h *house) registered(token, email string) string {
	h.t.Helper()
	h.ok("", "POST", "livechat/visitor", map[string]any{"visitor": map[string]any{"token": token, "name": token, "email": email}})
	return h.ok("", "GET", "livechat/room?token="+token, nil).at("room._id").(string)
}

func (h *house) says(token, rid, text string) {
	h.t.Helper()
	h.ok("", "POST", "livechat/message", map[string]any{"token": token, "rid": rid, "msg": text})
}

func (h *house) answers(agent, rid, text string) {
	h.t.Helper()
	h.ok(agent, "POST", "chat.sendMessage", map[string]any{"message": map[string]any{"rid": rid, "msg": text}})
}

func (h *house) closes(agent, rid string, more map[string]any) answer {
	h.t.Helper()
	body := map[string]any{"rid": rid, "comment": "bye"}
	for k, v := range more {
		body[k] = v
	}
	a := h.call(agent, "POST", "livechat/room.closeByUser", body)
	h.settle()
	return a
}

// rest-api.md 9: POST livechat/transcript. LC-TRS-1, LC-TRS-6, LC-TRS-7, LC-TRS-9, LC-TRS-10.
func TestAVisitorHasATranscriptMailed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.set("Foyer_keep_mails", true)
		rid := h.registered("ann", "ann@example.com")
		h.take("alice", rid)
		h.says("ann", rid, `<img src=x onerror=alert(1)> & "you"`)
		h.visits("ann", rid, "<b>view</b>.png", pngOf(900, 600))
		h.answers("alice", rid, "second line\n.\nand a dot")
		ask := func(token, room, email string) answer {
			return h.call("", "POST", "livechat/transcript", map[string]any{"token": token, "rid": room, "email": email})
		}
		h.visitor("eve")
		for name, a := range map[string]answer{"unknown token": ask("nobody", rid, "ann@example.com"), "another's": ask("eve", rid, "eve@example.com"),
			"unknown room": ask("ann", "nowhere", "ann@example.com"), "no address": ask("ann", rid, "invalid-email"), "two addresses": ask("ann", rid, "a@example.com, b@example.com"),
			"header": ask("ann", rid, "a@example.com\nBcc: b@example.com"), "missing": h.call("", "POST", "livechat/transcript", map[string]any{"token": "ann", "rid": rid})} {
			if a.status != 400 || a.at("success") != false {
				t.Errorf("%s: %d %s", name, a.status, a.text)
			}
		}
		// Wherever it is asked to go, it goes to her own address.
		if a := ask("ann", rid, "stranger@example.org"); a.status != 200 || a.at("message") == "" {
			t.Fatalf("%d %s", a.status, a.text)
		}
		h.settle()
		got := h.mails()
		if len(got) != 1 || got[0].to != "ann@example.com" || got[0].subject != "Transcript of your conversation" {
			t.Fatalf("%+v", got)
		}
		text := got[0].message
		for _, want := range []string{"You: ", "alice: second line", "onerror", "cid:picture1", `"contentId":"picture1"`, "&lt;img src=x onerror=alert(1)&gt;"} {
			escaped := strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`).Replace(want)
			if !strings.Contains(text, want) && !strings.Contains(text, escaped) {
				t.Errorf("no %s in %.3000s", want, text)
			}
		}
		html := regexp.MustCompile(`"html":"(.*?)","files"`).FindString(text)
		if strings.Contains(html, `\u003cimg src=x`) || strings.Contains(html, `\u003cb\u003eview`) || strings.Contains(text, "joined the chat") {
			t.Errorf("%s", html)
		}
		if n := h.count(`SELECT count(*) FROM messages WHERE room_id = $1 AND t = 'livechat_transcript_history'`, rid); n != 1 {
			t.Errorf("%d lines tell of it", n)
		}
		// Nobody has one sent to an address that is not his, and a refusal keeps nothing.
		other := h.visitor("bob")
		if a := ask("bob", other, "victim@example.com"); a.status != 400 || a.at("errorType") != "error-invalid-email-address" {
			t.Errorf("%d %s", a.status, a.text)
		}
		if n := h.count(`SELECT (SELECT count(*) FROM visitor_emails WHERE address = 'victim@example.com') + (SELECT count(*) FROM mails WHERE recipient = 'victim@example.com')`); n != 0 {
			t.Errorf("%d traces of a stranger's address", n)
		}
		// So many to one address, of one visitor and of the site within an hour, and no more.
		h.ok("", "POST", "livechat/visitor", map[string]any{"visitor": map[string]any{"token": "bob", "email": "bob0@example.com"}})
		h.set("Foyer_transcripts_per_recipient", 2)
		for i, want := range []int{200, 200, 429} { // what waits counts too
			if a := ask("bob", other, fmt.Sprintf("bob%d@example.com", i)); a.status != want {
				t.Errorf("transcript %d: %d %s", i, a.status, a.text)
			}
		}
		h.settle()
		if got := h.mails(); len(got) != 3 || got[1].to != "bob0@example.com" || got[2].to != "bob0@example.com" {
			t.Errorf("%+v", got)
		}
		for id, value := range map[string]int{"Foyer_transcripts_per_visitor": 2, "Foyer_transcripts_per_hour": 3} {
			h.set("Foyer_transcripts_per_recipient", 100)
			h.set(id, value)
			if a := ask("bob", other, "bob0@example.com"); a.status != 429 || a.at("errorType") != "error-too-many-transcripts" {
				t.Errorf("%s: %d %s", id, a.status, a.text)
			}
			h.set(id, 100)
		}
		h.set("Foyer_transcripts_per_recipient", 2)
		h.clock.Advance(25 * time.Hour)
		if a := ask("bob", other, "bob0@example.com"); a.status != 200 {
			t.Errorf("a day later: %d", a.status)
		}
		// Whoever is erased leaves no mail.
		h.settle()
		h.closes("boss", rid, nil)
		h.ok("", "DELETE", "livechat/visitor/ann", nil)
		if n := h.count(`SELECT count(*) FROM mails WHERE recipient = 'ann@example.com'`); n != 0 {
			t.Errorf("%d mails stay", n)
		}
	})
}

// LC-TRS-2, LC-TRS-3, LC-TRS-4, LC-TRS-5, lifecycle 10.2: who decides at the end.
func TestTranscriptsAtTheEnd(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.set("Foyer_keep_mails", true)
		n := 0
		end := func(by string, address bool, prepare func(rid string), more map[string]any) (mailed, flagged, prompted bool, subject string) {
			t.Helper()
			n++
			token, email := fmt.Sprintf("v%d", n), ""
			if address {
				email = token + "@example.com"
			}
			rid := h.registered(token, email)
			h.take("alice", rid)
			h.says(token, rid, "hello")
			if prepare != nil {
				prepare(rid)
			}
			before := len(h.mails())
			if by == "visitor" {
				h.ok("", "POST", "livechat/room.close", map[string]any{"token": token, "rid": rid})
			} else if a := h.closes(by, rid, more); a.status != 200 {
				t.Errorf("close: %s", a.text)
			}
			h.settle()
			got := h.mails()
			if mailed = len(got) > before; mailed {
				subject = got[len(got)-1].subject
			}
			flagged = h.count(`SELECT count(*) FROM messages WHERE room_id = $1 AND t = 'livechat-close' AND extra LIKE '%transcriptRequested%'`, rid) == 1
			prompted = h.count(`SELECT count(*) FROM messages WHERE room_id = $1 AND t = 'command' AND msg = 'promptTranscript'`, rid) == 1
			return
		}
		request := func(rid string) {
			h.ok("boss", "POST", "livechat/transcript/"+rid, map[string]any{"email": "x@example.com", "subject": "As you wished"})
			if a := h.call("boss", "POST", "livechat/transcript/"+rid, map[string]any{"email": "x@example.com", "subject": "again"}); a.at("errorType") != "error-transcript-already-requested" {
				t.Error(a.text)
			}
			if a := h.ok("boss", "GET", "foyer/rooms/"+rid, nil); a.at("room.transcriptRequest.subject") != "As you wished" {
				t.Error(a.text)
			}
		}
		send := map[string]any{"transcriptEmail": map[string]any{"sendToVisitor": true, "requestData": map[string]any{"email": "x@example.com", "subject": "From the closing"}}}
		no := map[string]any{"transcriptEmail": map[string]any{"sendToVisitor": false}}
		prefer := func(on bool) {
			h.ok("alice", "POST", "users.setPreferences", map[string]any{"data": map[string]any{"omnichannelTranscriptEmail": on}})
		}
		check := func(name string, want, prompt bool, by string, address bool, prepare func(string), more map[string]any, subject string) {
			t.Helper()
			mailed, flagged, prompted, got := end(by, address, prepare, more)
			if mailed != want || flagged != want || prompted != prompt || want && got != subject {
				t.Errorf("%s: mailed %v, flagged %v, prompted %v, %q", name, mailed, flagged, prompted, got)
			}
		}
		usual := "Transcript of your conversation"
		check("nothing", false, false, "alice", true, nil, nil, "")
		check("requested", true, false, "alice", true, request, nil, "As you wished")
		check("requested and cancelled", false, false, "alice", true, request, no, "")
		check("at the closing", true, false, "alice", true, request, send, "From the closing")
		prefer(true)
		check("preferred, the visitor closes", true, false, "visitor", true, nil, nil, usual)
		check("preferred, no address", false, false, "visitor", false, nil, nil, "")
		check("preferred, the agent closes", false, false, "alice", true, nil, nil, "")
		h.set("Livechat_transcript_send_always", true)
		h.set("Livechat_transcript_email_subject", "Ours")
		check("always", true, false, "alice", true, nil, nil, "Ours")
		h.set("Livechat_enable_transcript", true)
		check("asking wins", false, true, "visitor", true, nil, nil, "")
		if c := h.ok("", "GET", "livechat/config", nil); c.at("config.settings.transcript") != true {
			t.Error("the widget does not ask")
		}
		// Not for everybody, and not for a chat that is over.
		rid := h.registered("late", "late@example.com")
		h.take("alice", rid)
		if a := h.call("alice", "POST", "livechat/transcript/"+rid, map[string]any{"email": "x@example.com", "subject": "x"}); a.status != 403 {
			t.Errorf("%d", a.status)
		}
		for _, want := range []string{"error-transcript-not-requested"} {
			if a := h.call("boss", "DELETE", "livechat/transcript/"+rid, nil); a.status != 400 || a.at("errorType") != want {
				t.Error(a.text)
			}
		}
		request(rid)
		h.ok("boss", "DELETE", "livechat/transcript/"+rid, nil)
		h.closes("alice", rid, nil)
		for _, a := range []answer{h.call("boss", "POST", "livechat/transcript/"+rid, map[string]any{"email": "x@example.com", "subject": "x"}),
			h.call("boss", "DELETE", "livechat/transcript/"+rid, nil), h.call("boss", "POST", "livechat/transcript/unknown", map[string]any{"email": "x@example.com", "subject": "x"})} {
			if a.status != 400 || a.at("errorType") != "error-invalid-room" {
				t.Errorf("%d %s", a.status, a.text)
			}
		}
	})
}

// What nobody is shown is in no transcript, and what it hides comes back with the setting.
func TestHiddenKindsAreInNoTranscript(t *testing.T) { // LC-HID-4
	each(t, func(t *testing.T, h *house) {
		h.set("Foyer_keep_mails", true)
		h.set("Livechat_transcript_show_system_messages", true)
		transcripts := func(token string) (mail, pdf string) {
			t.Helper()
			rid := h.registered(token, token+"@example.com")
			h.take("alice", rid)
			h.says(token, rid, "hello")
			if a := h.closes("boss", rid, map[string]any{"generateTranscriptPdf": true, "transcriptEmail": map[string]any{"sendToVisitor": true, "requestData": map[string]any{"email": "", "subject": ""}}}); a.status != 200 {
				t.Fatal(a.text)
			}
			file, _ := h.ok("boss", "GET", "foyer/rooms/"+rid, nil).at("room.pdfTranscriptFileId").(string)
			all := h.mails()
			return all[len(all)-1].message, strings.Join(strings.Fields(pdfText(t, h.send("GET", "/file-upload/"+file+"/t.pdf", "", nil, user("boss")...).text)), " ")
		}
		for i, hidden := range [][]string{{}, {"uj"}, {}} {
			h.set("Hide_System_Messages", hidden)
			mail, pdf := transcripts(fmt.Sprint("v", i))
			for name, text := range map[string]string{"mail": mail, "PDF": pdf} {
				if !strings.Contains(text, "hello") || strings.Contains(text, "joined the chat") != (len(hidden) == 0) {
					t.Errorf("%s with %v hidden: %.2000s", name, hidden, text)
				}
			}
		}
	})
}
