package files

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
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

// pdfText is what a PDF says, in one form of its letters.
func pdfText(t *testing.T, content string) string { return readPDF(t, content, "-layout") }

func readPDF(t *testing.T, content, how string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "t.pdf")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if to := os.Getenv("FOYER_LOOK"); to != "" {
		os.WriteFile(filepath.Join(to, strings.ReplaceAll(t.Name(), "/", "-")+".pdf"), []byte(content), 0o600)
	}
	out, err := exec.Command("pdftotext", how, file, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return norm.NFKC.String(string(out))
}

var (
	aWord = regexp.MustCompile(`<word xMin="([0-9.]+)" yMin="([0-9.]+)"[^>]*>([^<]*)</word>`)
	aTime = regexp.MustCompile(`\b\d\d:\d\d $`)
)

// linesOf are the words of a PDF, by the height at which they stand, from the left.
func linesOf(t *testing.T, content string) map[string]string {
	t.Helper()
	type word struct {
		x    float64
		text string
	}
	rows := map[string][]word{}
	for _, found := range aWord.FindAllStringSubmatch(readPDF(t, content, "-bbox"), -1) {
		x, err := strconv.ParseFloat(found[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		rows[found[2]] = append(rows[found[2]], word{x, found[3]})
	}
	lines := map[string]string{}
	for y, words := range rows {
		slices.SortFunc(words, func(a, b word) int { return cmp.Compare(a.x, b.x) })
		for _, w := range words {
			lines[y] += w.text + " "
		}
	}
	return lines
}

// The time stands beside the name, not within it, whichever way the name runs.
func TestNamesInBothDirections(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		rid := h.registered("ann", "ann@example.com")
		h.ok("", "POST", "livechat/visitor", map[string]any{"visitor": map[string]any{"token": "ann", "name": "Ann – أحمد"}})
		h.take("alice", rid)
		h.says("ann", rid, "hello")
		h.closes("alice", rid, map[string]any{"generateTranscriptPdf": true})
		file, _ := h.ok("boss", "GET", "foyer/rooms/"+rid, nil).at("room.pdfTranscriptFileId").(string)
		lines := linesOf(t, h.send("GET", "/file-upload/"+file+"/t.pdf", "", nil, user("boss")...).text)
		for _, line := range lines {
			if strings.HasPrefix(line, "Ann ") && aTime.MatchString(line) {
				return
			}
		}
		t.Errorf("no name followed by its time in %q", lines)
	})
}

// rest-api.md 9: POST omnichannel/{rid}/request-transcript. LC-PDF-1, LC-PDF-3, LC-PDF-4.
func TestAChatAsAPDF(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		rid := h.registered("ann", "ann@example.com")
		h.take("alice", rid)
		said := []string{"Grüße aus Köln, déjà vu, Łódź, ő", "Καλημέρα σας, τι κάνετε;", "Добрый день, щука, Їжак", "你好，我想改一下送货时间。", "日本語もカナも大丈夫です", "안녕하세요 반갑습니다",
			"السلام عليكم (رقم 123) لا بأس", "English with عربي inside 42", "a very long line " + strings.Repeat("which goes on ", 30), "emoji 😀 and \u202eoverride", strings.Repeat("x", 300)}
		for i, text := range said {
			if i%2 == 0 {
				h.says("ann", rid, text)
			} else {
				h.answers("alice", rid, text)
			}
		}
		h.visits("ann", rid, "view.png", pngOf(900, 600))
		h.visits("ann", rid, "list.csv", "a,b\n")
		request := func(who, room string) answer {
			a := h.call(who, "POST", "omnichannel/"+room+"/request-transcript", nil)
			return a
		}
		if a := request("alice", rid); a.status != 400 || a.at("errorType") != "room-still-open" {
			t.Errorf("%d %s", a.status, a.text)
		}
		h.closes("alice", rid, nil)
		if a := request("boss", "unknown"); a.status != 400 {
			t.Errorf("%d %s", a.status, a.text)
		}
		for range 2 { // the second one while the first is made
			if a := request("boss", rid); a.status != 200 {
				t.Fatalf("%d %s", a.status, a.text)
			}
		}
		room := func() answer { return h.ok("boss", "GET", "foyer/rooms/"+rid, nil) }
		if n := h.count(`SELECT count(*) FROM jobs WHERE kind = 'transcripts.pdf'`); n != 1 {
			t.Errorf("%d jobs", n)
		}
		h.settle()
		a := room()
		file, _ := a.at("room.pdfTranscriptFileId").(string)
		if file == "" || a.at("room.pdfTranscriptRequested") != nil {
			t.Fatalf("%s", a.text)
		}
		got := h.send("GET", "/file-upload/"+file+"/transcript.pdf", "", nil, user("boss")...)
		if got.status != 200 || got.header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") || len(got.text) > 3<<20 {
			t.Fatalf("%d %d bytes", got.status, len(got.text))
		}
		if a := h.send("GET", "/file-upload/"+file+"/t.pdf?rc_rid="+rid+"&rc_token=ann", "", nil); a.status != 403 {
			t.Errorf("the visitor reads it: %d", a.status)
		}
		text := strings.Join(strings.Fields(pdfText(t, got.text)), " ")
		for _, want := range append(said[:6:6], "emoji □ and override", "list.csv", "2026-01-01", "alice", "English with", "inside 42") {
			if !strings.Contains(text, norm.NFKC.String(want)) {
				t.Errorf("no %q in %s", want, text)
			}
		}
		for _, word := range []string{"السلام", "عليكم", "بأس", "123", "عربي"} { // words, whichever way the tool turns the line
			back := []rune(word)
			slices.Reverse(back)
			if !strings.Contains(text, word) && !strings.Contains(text, string(back)) {
				t.Errorf("no %q in %s", word, text)
			}
		}
		// A new one takes the old one's place; it goes with the visitor.
		request("boss", rid)
		h.settle()
		if again, _ := room().at("room.pdfTranscriptFileId").(string); again == file || again == "" {
			t.Errorf("%q", again)
		}
		if n := h.count(`SELECT count(*) FROM files WHERE kind = 'transcript'`); n != 1 {
			t.Errorf("%d PDFs", n)
		}
		h.ok("", "DELETE", "livechat/visitor/ann", nil)
		if left := h.stored(); len(left) != 0 {
			t.Errorf("left: %v", left)
		}
	})
}

// LC-TRS-8: times are those of the reporting zone, or of who asks.
func TestTheZoneOfATranscript(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.set("Foyer_keep_mails", true)
		h.exec(`UPDATE users SET utc_offset = 330 WHERE id = 'boss'`)
		for i, c := range []struct{ zone, own, clock, name string }{
			{"custom", "Asia/Tokyo", "21:00", "Asia/Tokyo"}, {"user", "", "17:30", "UTC+05:30"}, {"custom", "America/New_York", "07:00", "America/New_York"},
		} {
			h.set("Default_Timezone_For_Reporting", c.zone)
			h.set("Default_Custom_Timezone", c.own)
			token := fmt.Sprint("v", i)
			rid := h.registered(token, token+"@example.com")
			h.take("alice", rid)
			h.says(token, rid, "what time is it?")
			if a := h.closes("boss", rid, map[string]any{"generateTranscriptPdf": true, "transcriptEmail": map[string]any{"sendToVisitor": true, "requestData": map[string]any{"email": "", "subject": ""}}}); a.status != 200 {
				t.Fatal(a.text)
			}
			if got := h.mails(); len(got) != i+1 || !strings.Contains(got[i].message, c.clock+"] You: what time is it?") {
				t.Errorf("%+v: %+v", c, got)
			}
			file, _ := h.ok("boss", "GET", "foyer/rooms/"+rid, nil).at("room.pdfTranscriptFileId").(string)
			text := pdfText(t, h.send("GET", "/file-upload/"+file+"/t.pdf", "", nil, user("boss")...).text)
			if !strings.Contains(text, c.name) || !strings.Contains(text, c.clock) {
				t.Errorf("%+v: %s", c, text)
			}
		}
	})
}

// LC-PDF-2, LC-PDF-5, LC-PDF-6: a PDF that cannot be made is tried five times more, five
// seconds apart, by a row of the table; then nobody waits for it any more and it can be asked for anew.
func TestAPDFThatCannotBeMade(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		rid := h.registered("ann", "ann@example.com")
		h.take("alice", rid)
		h.says("ann", rid, "hello")
		h.closes("alice", rid, nil)
		h.must(os.Rename(h.data, h.data+"-away")) // nowhere to write
		if a := h.call("boss", "POST", "omnichannel/"+rid+"/request-transcript", nil); a.status != 200 {
			t.Fatalf("%d %s", a.status, a.text)
		}
		kind := h.inside.Jobs[slices.IndexFunc(h.inside.Jobs, func(k jobs.Kind) bool { return k.Name == "transcripts.pdf" })]
		if kind.MaxAttempts != 6 || kind.Backoff(1) != 5*time.Second || kind.AtOnce < 1 || kind.AtOnce > 25 {
			t.Errorf("%+v", kind)
		}
		var payload string
		h.must(h.inside.DB.QueryRow(t.Context(), `SELECT payload FROM jobs WHERE kind = 'transcripts.pdf' AND key = $1`, rid).Scan(&payload))
		for attempt := 1; attempt <= kind.MaxAttempts; attempt++ {
			if n := h.count(`SELECT count(*) FROM rooms WHERE id = $1 AND pdf_requested`, rid); n != 1 {
				t.Errorf("attempt %d: not awaited any more", attempt)
			}
			if err := kind.Run(t.Context(), jobs.Run{ID: "j", Key: rid, Attempt: attempt, Payload: []byte(payload)}); err == nil {
				t.Errorf("attempt %d: made where nothing can be written", attempt)
			}
		}
		h.exec(`DELETE FROM jobs WHERE kind = 'transcripts.pdf'`)
		h.must(os.Rename(h.data+"-away", h.data))
		a := h.ok("boss", "GET", "foyer/rooms/"+rid, nil)
		if a.at("room.pdfTranscriptRequested") != nil || a.at("room.pdfTranscriptFileId") != nil {
			t.Errorf("%s", a.text)
		}
		h.ok("boss", "POST", "omnichannel/"+rid+"/request-transcript", nil)
		if a := h.ok("boss", "GET", "foyer/rooms/"+rid, nil); a.at("room.pdfTranscriptFileId") == nil {
			t.Errorf("%s", a.text)
		}
	})
}

// rest-api.md 1.9: the agent's preference; the PDF is there when the closing is answered.
func TestAPDFWhenTheVisitorCloses(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, on := range []bool{true, false} {
			h.ok("alice", "POST", "users.setPreferences", map[string]any{"data": map[string]any{"omnichannelTranscriptPDF": on}})
			token := fmt.Sprint("v", on)
			rid := h.visitor(token)
			h.take("alice", rid)
			h.call("", "POST", "livechat/room.close", map[string]any{"token": token, "rid": rid})
			a := h.call("boss", "GET", "foyer/rooms/"+rid, nil)
			if (a.at("room.pdfTranscriptFileId") != nil) != on {
				t.Errorf("preference %v: %s", on, a.text)
			}
			h.settle()
		}
		rid := h.visitor("kim")
		h.take("alice", rid)
		h.closes("alice", rid, map[string]any{"generateTranscriptPdf": true})
		if a := h.ok("boss", "GET", "foyer/rooms/"+rid, nil); a.at("room.pdfTranscriptFileId") == nil {
			t.Errorf("asked for at the closing: %s", a.text)
		}
	})
}
