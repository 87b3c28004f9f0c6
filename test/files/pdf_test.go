package files

import (
	"cmp"
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

	"github.com/foyerchat/foyer/platform/jobs"
)

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
		// Whoever asked is told, and nobody else, until he puts it away (LC-PDF-4).
		if a := h.ok("boss", "GET", "foyer/pdf.notices", nil); a.at("notices.0.fileId") != file || a.at("notices.0.rid") != rid || a.at("notices.0.name") != "ann" || h.notices("boss") != 1 {
			t.Errorf("%s", a.text)
		}
		h.ok("alice", "POST", "foyer/pdf.noticed", map[string]any{"rid": rid}) // not hers to put away
		if a := h.ok("alice", "GET", "foyer/pdf.notices", nil); !strings.Contains(a.text, `"notices":[]`) || h.notices("boss") != 1 {
			t.Errorf("%s", a.text)
		}
		h.ok("boss", "POST", "foyer/pdf.noticed", map[string]any{"rid": rid})
		if h.notices("boss") != 0 {
			t.Error("put away, and still there")
		}
		// A new one takes the old one's place; it goes with the visitor.
		for range 2 {
			request("boss", rid)
			h.settle()
		}
		if n := h.notices("boss"); n != 1 {
			t.Errorf("%d notices of one chat", n)
		}
		if again, _ := room().at("room.pdfTranscriptFileId").(string); again == file || again == "" {
			t.Errorf("%q", again)
		}
		if n := h.count(`SELECT count(*) FROM files WHERE kind = 'transcript'`); n != 1 {
			t.Errorf("%d PDFs", n)
		}
		h.ok("", "DELETE", "livechat/visitor/ann", nil)
		if left := h.stored(); len(left) != 0 || h.notices("boss") != 0 {
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
		if a := h.ok("boss", "GET", "foyer/pdf.notices", nil); a.at("notices.0.rid") != rid || a.at("notices.0.fileId") != nil || h.notices("boss") != 1 {
			t.Errorf("nobody is told that it could not be made: %s", a.text)
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

// notices is how many somebody has.
func (h *house) notices(who string) int64 {
	h.t.Helper()
	return h.count(`SELECT count(*) FROM pdf_notices WHERE user_id = $1`, who)
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
			if n := h.notices("alice"); n != 1 { // told of the first, of which nothing else is said
				t.Errorf("preference %v: %d notices", on, n)
			}
		}
		h.clock.Advance(31 * 24 * time.Hour)
		rid := h.visitor("kim")
		h.take("alice", rid)
		h.closes("alice", rid, map[string]any{"generateTranscriptPdf": true})
		if a := h.ok("boss", "GET", "foyer/rooms/"+rid, nil); a.at("room.pdfTranscriptFileId") == nil {
			t.Errorf("asked for at the closing: %s", a.text)
		}
		if a := h.ok("alice", "GET", "foyer/pdf.notices", nil); a.at("notices.0.rid") != rid || h.notices("alice") != 1 {
			t.Errorf("a notice of last month: %s", a.text)
		}
	})
}
