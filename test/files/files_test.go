package files

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

func painted(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.RGBA{uint8(255 * x / w), uint8(255 * y / h), 90, 255})
		}
	}
	return img
}

func pngOf(w, h int) string {
	var b bytes.Buffer
	png.Encode(&b, painted(w, h))
	return b.String()
}

// photo is a JPEG with a place, an owner and an orientation in its EXIF.
func photo(w, h int, orientation uint16) string {
	var b bytes.Buffer
	jpeg.Encode(&b, painted(w, h), &jpeg.Options{Quality: 95})
	exif := append([]byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01"), 0, byte(orientation), 0, 0, 0, 0, 0, 0)
	exif = append(exif, "GPS 48.1486N 17.1077E owner=ann"...)
	head := []byte{0xff, 0xd8, 0xff, 0xe1, 0, 0}
	binary.BigEndian.PutUint16(head[4:], uint16(len(exif)+2))
	return string(head) + string(exif) + b.String()[2:]
}

func keys(v any) []string { return slices.Sorted(maps.Keys(v.(map[string]any))) }

// rest-api.md 8: POST livechat/upload/{rid}, and 5: GET /file-upload/{fileId}/{name}; LC-UPL-5.
func TestAVisitorSendsAPictureAndBothReadIt(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		rid := h.visitor("ann")
		a := h.upload("/api/v1/livechat/upload/"+rid, []string{"X-Visitor-Token", "ann"},
			part{"file", "fjord.jpg", photo(900, 600, 6)}, part{"description", "", "the view"})
		if a.status != 200 || a.at("success") != true || a.at("rid") != rid || a.at("msg") != "" || a.at("token") != "ann" {
			t.Fatalf("%d %s", a.status, a.text)
		}
		if got := keys(a.at("files.0")); !slices.Equal(got, []string{"_id", "name", "type"}) {
			t.Errorf("files[0] has %v", got)
		}
		if fmt.Sprint(a.at("file")) != fmt.Sprint(a.at("files.0")) || a.at("file.type") != "image/jpeg" || a.at("file.name") != "fjord.jpg" {
			t.Errorf("file %v", a.at("file"))
		}
		link := a.at("attachments.0.title_link").(string)
		for key, want := range map[string]any{"title": "fjord.jpg", "type": "file", "description": "the view", "title_link_download": true, "image_url": link,
			"image_type": "image/jpeg", "image_dimensions.width": 600.0, "image_dimensions.height": 900.0} {
			if got := a.at("attachments.0." + key); got != want {
				t.Errorf("attachment %s is %v, want %v", key, got, want)
			}
		}
		if p, _ := a.at("attachments.0.image_preview").(string); len(p) < 200 || len(p) > 4000 {
			t.Errorf("preview of %d", len(p))
		}
		h.settle()

		// Upright, and without what it told about its owner.
		got := h.send("GET", link+"?rc_room_type=l&rc_rid="+rid+"&rc_token=ann", "", nil)
		img, err := jpeg.Decode(strings.NewReader(got.text))
		if err != nil || img.Bounds().Dx() != 600 || img.Bounds().Dy() != 900 || strings.Contains(got.text, "GPS") || strings.Contains(got.text, "Exif") {
			t.Fatalf("%d %v %v", got.status, err, img)
		}
		if r, _, _, _ := img.At(590, 10).RGBA(); r>>8 > 20 { // what was bottom left is top left, top left is top right
			t.Errorf("turned wrongly: red %d", r>>8)
		}
		for name, want := range map[string]string{"Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-cache",
			"Content-Disposition": `inline; filename=fjord.jpg`} {
			if got.header.Get(name) != want {
				t.Errorf("%s: %q", name, got.header.Get(name))
			}
		}
		if csp := got.header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "sandbox") {
			t.Error(csp)
		}
		small := h.send("GET", link+"?thumbnail=true&rc_rid="+rid+"&rc_token=ann", "", nil)
		if img, err := jpeg.Decode(strings.NewReader(small.text)); err != nil || img.Bounds().Dy() != 360 || len(small.text) > len(got.text)/2 {
			t.Errorf("thumbnail: %v %v", err, small.status)
		}
		// The agent's browser shows a cookie, asks for a part, and knows what it has.
		part := h.send("GET", link, "", nil, "Cookie", "foyer_session=t-boss", "Range", "bytes=2-5")
		if part.status != 206 || len(part.text) != 4 || part.header.Get("Cross-Origin-Resource-Policy") != "same-origin" {
			t.Errorf("%d %q", part.status, part.text)
		}
		if known := h.send("GET", link, "", nil, append(user("boss"), "If-None-Match", got.header.Get("Etag"))...); known.status != 304 {
			t.Error(known.status)
		}
		// Everybody's history has it.
		for _, path := range []string{"livechat/messages.history/" + rid + "?token=ann", "foyer/rooms/" + rid + "/history"} {
			if all := h.ok("boss", "GET", path, nil); !strings.Contains(all.text, link) {
				t.Errorf("%s: %s", path, all.text)
			}
		}
	})
}

// permissions.md 5, LC-UPL-1, LC-UPL-6.
func TestWhoMaySendAndRead(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		rid, other := h.visitor("ann"), h.visitor("eve")
		for name, a := range map[string]answer{
			"without a token":          h.upload("/api/v1/livechat/upload/"+rid, nil, part{"file", "a.txt", "x"}),
			"an unknown token":         h.visits("nobody", rid, "a.txt", "x"),
			"another's room":           h.visits("eve", rid, "a.txt", "x"),
			"an unknown room":          h.visits("ann", "nowhere", "a.txt", "x"),
			"a user who serves it not": h.upload("/api/v1/rooms.upload/"+rid, user("bob"), part{"file", "a.txt", "x"}),
		} {
			if a.status != 403 || a.at("error") != "unauthorized" || a.at("success") != false {
				t.Errorf("%s: %d %s", name, a.status, a.text)
			}
		}
		if a := h.upload("/api/v1/rooms.upload/"+rid, nil, part{"file", "a.txt", "x"}); a.status != 401 {
			t.Errorf("nobody: %d", a.status)
		}
		h.take("alice", rid)
		sent := h.upload("/api/v1/rooms.upload/"+rid, user("alice"), part{"file", "offer.txt", "twelve"}, part{"msg", "", "here it is"})
		if sent.status != 200 || sent.at("message.msg") != "here it is" || sent.at("message.u._id") != "alice" || sent.at("message.attachments.0.format") != "TXT" ||
			sent.at("message.attachments.0.size") != 6.0 {
			t.Fatalf("%d %s", sent.status, sent.text)
		}
		link := sent.at("message.attachments.0.title_link").(string)
		reads := map[string]struct {
			query   string
			headers []string
			status  int
		}{
			"nobody":                   {"", nil, 403},
			"ann":                      {"?rc_room_type=l&rc_token=ann&rc_rid=" + rid, nil, 200},
			"ann's cookies":            {"", []string{"Cookie", "rc_token=ann; rc_rid=" + rid + "; rc_room_type=l"}, 200},
			"ann for another room":     {"?rc_token=ann&rc_rid=" + other, nil, 403},
			"ann without a room":       {"?rc_token=ann", nil, 403},
			"eve":                      {"?rc_token=eve&rc_rid=" + rid, nil, 403},
			"eve for hers":             {"?rc_token=eve&rc_rid=" + other, nil, 403},
			"alice":                    {"", user("alice"), 200},
			"alice's cookies":          {"", []string{"Cookie", "rc_uid=alice; rc_token=t-alice"}, 200},
			"alice in the query":       {"?rc_uid=alice&rc_token=t-alice", nil, 200},
			"bob, who serves it not":   {"", user("bob"), 403},
			"the manager":              {"", user("boss"), 200},
			"a wrong token of a user":  {"", []string{"X-Auth-Token", "x", "X-User-Id", "alice"}, 403},
			"a made-up link":           {"?token=eyJhbGciOiJub25lIn0.e30.", nil, 403},
			"an unknown guest session": {"", []string{"X-Foyer-Session", "0123456789012345678901234567890123456789"}, 403},
		}
		check := func() {
			for name, r := range reads {
				if a := h.send("GET", link+r.query, "", nil, r.headers...); a.status != r.status || r.status == 200 && a.text != "twelve" {
					t.Errorf("%s: %d %s", name, a.status, a.text)
				}
			}
		}
		check()
		if a := h.send("GET", "/file-upload/unknown/offer.txt", "", nil, user("boss")...); a.status != 404 {
			t.Error(a.status)
		}
		h.ok("alice", "POST", "livechat/room.closeByUser", map[string]any{"rid": rid, "comment": "bye"})
		if a := h.visits("ann", rid, "a.txt", "x"); a.status != 403 {
			t.Errorf("a closed room: %d %s", a.status, a.text)
		}
		// rest-api.md 5: closed chats are read too; alice sees no longer what she served, as permissions.md 5 has it.
		reads["alice"], reads["alice's cookies"], reads["alice in the query"] = struct {
			query   string
			headers []string
			status  int
		}{"", user("alice"), h.call("alice", "GET", "foyer/rooms/"+rid, nil).status}, reads["ann"], reads["ann"]
		if reads["alice"].status == 400 {
			delete(reads, "alice")
		}
		check()
		h.set("FileUpload_ProtectFiles", false)
		if a := h.send("GET", link, "", nil); a.status != 200 {
			t.Errorf("unprotected: %d", a.status)
		}
	})
}

// LC-UPL-2, LC-UPL-3, LC-UPL-4: the reasons are where widgets read them.
func TestWhatIsRefused(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		rid := h.visitor("ann")
		refused := func(name string, a answer, reason string) {
			t.Helper()
			if a.status != 400 || a.at("reason") != reason || a.at("success") != false || !strings.Contains(a.at("error").(string), reason) {
				t.Errorf("%s: %d %s", name, a.status, a.text)
			}
		}
		svg := `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`
		refused("svg", h.visits("ann", rid, "a.svg", svg), "error-type-not-allowed")
		refused("svg called png", h.visits("ann", rid, "a.png", svg), "error-type-not-allowed")
		refused("text called svg", h.visits("ann", rid, "a.svg", "harmless"), "error-type-not-allowed")
		h.set("FileUpload_MediaTypeWhiteList", "image/*, text/csv")
		refused("pdf", h.visits("ann", rid, "a.pdf", "%PDF-1.7\n"), "error-type-not-allowed")
		refused("text called png", h.visits("ann", rid, "a.png", "not a picture"), "error-type-not-allowed")
		if a := h.visits("ann", rid, "a.csv", "a,b\n1,2\n"); a.status != 200 {
			t.Errorf("csv: %d %s", a.status, a.text)
		}
		h.set("FileUpload_MediaTypeWhiteList", "")
		h.set("FileUpload_MaxFileSize", 10)
		a := h.visits("ann", rid, "a.txt", "12345678901")
		refused("too large", a, "error-size-not-allowed")
		if a.at("sizeAllowed") != "10 B" {
			t.Error(a.text)
		}
		if a := h.visits("ann", rid, "a.txt", "1234567890"); a.status != 200 {
			t.Errorf("just fits: %d %s", a.status, a.text)
		}
		h.set("FileUpload_MaxFileSize", -1)
		h.set("Foyer_files_per_chat_megabytes", 1)
		refused("more than a chat takes", h.visits("ann", rid, "a.txt", strings.Repeat("x", 1<<20)), "error-size-not-allowed")
		for _, id := range []string{"FileUpload_Enabled", "Livechat_fileupload_enabled"} {
			h.set(id, false)
			refused("off", h.visits("ann", rid, "a.txt", "x"), "error-file-upload-disabled")
			if c := h.ok("", "GET", "livechat/config?token=ann", nil); c.at("config.settings.fileUpload") != false {
				t.Error("the widget still offers files")
			}
			h.set(id, true)
		}
		path, ann := "/api/v1/livechat/upload/"+rid, []string{"X-Visitor-Token", "ann"}
		before := len(h.stored())
		for name, a := range map[string]answer{
			"no file":     h.upload(path, ann, part{"description", "", "x"}),
			"two files":   h.upload(path, ann, part{"file", "a.txt", "x"}, part{"file", "b.txt", "x"}),
			"other field": h.upload(path, ann, part{"data", "a.txt", "x"}),
			"empty":       h.visits("ann", rid, "a.txt", ""),
			"no form":     h.send("POST", path, "application/json", []byte(`{"file":"x"}`), ann...),
			"half a form": h.send("POST", path, "multipart/form-data; boundary=b", []byte("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhal"), ann...),
			"many fields": h.upload(path, ann, slices.Repeat([]part{{"x", "", "x"}}, 30)...),
			"long text":   h.upload(path, ann, part{"file", "a.txt", "x"}, part{"msg", "", strings.Repeat("x", 6000)}),
			"odd id":      h.upload(path, ann, part{"file", "a.txt", "x"}, part{"_id", "", "a b"}),
			"not UTF-8":   h.upload(path, ann, part{"file", "a.txt", "x"}, part{"msg", "", "\xff"}),
			"broken jpeg": h.visits("ann", rid, "a.jpg", photo(20, 20, 1)[:300]),
		} {
			if a.status != 400 || a.at("success") != false {
				t.Errorf("%s: %d %s", name, a.status, a.text)
			}
		}
		if after := h.stored(); len(after) != before {
			t.Errorf("refused files stay: %v", after)
		}
	})
}

// hugePNG says that it is 60,000 pixels wide and high.
func hugePNG() string {
	huge := []byte(pngOf(4, 4))
	binary.BigEndian.PutUint32(huge[16:], 60_000)
	binary.BigEndian.PutUint32(huge[20:], 60_000)
	copy(huge[29:], crc(huge[12:29]))
	return string(huge)
}

// A few bytes that want gigabytes when they are decoded.
func TestDecompressionBombs(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		rid := h.visitor("ann")
		var g bytes.Buffer
		gif.Encode(&g, painted(4, 4), nil)
		hugeGIF := g.Bytes()
		copy(hugeGIF[6:], "\xff\xff\xff\xff")
		for name, content := range map[string]string{"b.png": hugePNG(), "b.gif": string(hugeGIF),
			"b.webp": "RIFF\x16\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00"} {
			if a := h.visits("ann", rid, name, content); a.status != 400 || a.at("errorType") != "error-picture-too-large" {
				t.Errorf("%s: %d %s", name, a.status, a.text)
			}
		}
	})
}

// Names are for people; nothing in them leads anywhere or hides what the file is, and what a browser would run is never shown in it (LC-UPL-9).
func TestHostileNamesAndContents(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		rid := h.visitor("ann")
		for name, want := range map[string]string{
			"../../etc/passwd": "passwd", `C:\\windows\\a.txt`: "a.txt", "a\u202egnp.exe": "agnp.exe", "\u200b\u2060": "file",
			"...": "file", "naïve résumé 你好.txt": "naïve résumé 你好.txt", "<script>.txt": "script.txt", "a\\\"b.txt": "ab.txt", strings.Repeat("a", 300) + ".txt": strings.Repeat("a", 200) + ".txt",
		} {
			a := h.visits("ann", rid, name, "text")
			if a.status != 200 || a.at("file.name") != want {
				t.Errorf("%q: %d %v, want %q", name, a.status, a.at("file.name"), want)
				continue
			}
			got := h.send("GET", a.at("attachments.0.title_link").(string)+"?rc_token=ann&rc_rid="+rid, "", nil)
			if got.status != 200 || got.text != "text" || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment;") {
				t.Errorf("%q: %d %s", name, got.status, got.header.Get("Content-Disposition"))
			}
		}
		page := "<!DOCTYPE html><script>alert(document.cookie)</script>"
		for name, content := range map[string]string{
			"a.html": page, "a.png": page, "a.pdf": "%PDF-1.7\n<script>", "a.xml": `<?xml version="1.0"?><x xmlns="http://www.w3.org/1999/xhtml"><script/></x>`,
			"a.zip": "PK\x03\x04" + strings.Repeat("\x00", 40), "a.js": "alert(1)",
			"polyglot.gif": "GIF89a/*" + strings.Repeat("\x00", 60) + "*/=1;alert(1)",
		} {
			a := h.visits("ann", rid, name, content)
			if strings.HasPrefix(name, "polyglot") {
				if a.status != 400 {
					t.Errorf("%s: %d %s", name, a.status, a.text)
				}
				continue
			}
			got := h.send("GET", a.at("attachments.0.title_link").(string)+"?rc_token=ann&rc_rid="+rid, "", nil)
			if kind := got.header.Get("Content-Type"); got.text != content || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") ||
				strings.Contains(kind, "html") || strings.Contains(kind, "xml") || strings.Contains(kind, "javascript") || got.header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s: %s %s", name, kind, got.header.Get("Content-Disposition"))
			}
			if a.at("attachments.0.image_url") != nil {
				t.Errorf("%s is shown as a picture", name)
			}
		}
		// A picture with something behind it is a picture afterwards.
		a := h.visits("ann", rid, "a.png", pngOf(30, 20)+page)
		got := h.send("GET", a.at("attachments.0.title_link").(string)+"?rc_token=ann&rc_rid="+rid, "", nil)
		if img, err := png.Decode(strings.NewReader(got.text)); err != nil || img.Bounds().Dx() != 30 || strings.Contains(got.text, "script") {
			t.Errorf("%v %q", err, got.text)
		}
	})
}

// LC-UPL-8: a file does to its room what any message does (LC-MSG-7).
func TestAFileIsAMessage(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		rid := h.visitor("ann")
		h.take("alice", rid)
		room := func() answer { return h.ok("boss", "GET", "channels.info?roomId="+rid, nil) }
		before := room()
		if a := h.visits("ann", rid, "a.txt", "x"); a.status != 200 {
			t.Fatal(a.text)
		}
		asked := room()
		if asked.at("channel.msgs") != before.at("channel.msgs").(float64)+1 || asked.at("channel.waitingResponse") != true || asked.at("channel.lastMessage.file.name") != "a.txt" ||
			asked.at("channel.metrics.v.lq") == nil {
			t.Errorf("the visitor's file: %s", asked.text)
		}
		if a := h.upload("/api/v1/rooms.upload/"+rid, user("alice"), part{"file", "b.txt", "x"}); a.status != 200 {
			t.Fatal(a.text)
		}
		answered := room()
		if answered.at("channel.waitingResponse") != nil || answered.at("channel.metrics.response.total") != 1.0 || answered.at("channel.responseBy.username") != "alice" ||
			answered.at("channel.v.activity") == nil {
			t.Errorf("the agent's file: %s", answered.text)
		}
	})
}

// LC-UPL-7, LC-DEL-3: what is removed takes its files along.
func TestFilesGoWithTheirMessageAndTheirVisitor(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		rid := h.visitor("ann")
		first := h.visits("ann", rid, "a.png", pngOf(600, 600))
		h.visits("ann", rid, "b.txt", "b")
		if len(h.stored()) != 3 { // a thumbnail, too
			t.Fatal(h.stored())
		}
		h.ok("", "DELETE", "livechat/message/"+first.at("_id").(string), map[string]any{"token": "ann", "rid": rid})
		if got := h.stored(); len(got) != 1 {
			t.Errorf("after the message: %v", got)
		}
		h.ok("", "POST", "livechat/room.close", map[string]any{"token": "ann", "rid": rid})
		other := h.visitor("eve")
		h.visits("eve", other, "c.txt", "c")
		h.ok("", "POST", "livechat/room.close", map[string]any{"token": "eve", "rid": other})
		h.ok("boss", "POST", "livechat/rooms.delete", map[string]any{"roomId": other})
		if got := h.stored(); len(got) != 1 {
			t.Errorf("after the room: %v", got)
		}
		h.ok("", "DELETE", "livechat/visitor/ann", nil)
		if got := h.stored(); len(got) != 0 || h.count(`SELECT count(*) FROM files`) != 0 {
			t.Errorf("after the visitor: %v", got)
		}
	})
}

// rooms.media and rooms.mediaConfirm: a file that is brought first and said later.
func TestAFileBroughtAndConfirmed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		rid := h.visitor("ann")
		h.take("alice", rid)
		bring := func() string {
			a := h.upload("/api/v1/rooms.media/"+rid, user("alice"), part{"file", "a.txt", "x"})
			if a.status != 200 || a.at("file.url") == nil {
				t.Fatalf("%d %s", a.status, a.text)
			}
			return a.at("file._id").(string)
		}
		said, forgotten := bring(), bring()
		for range 2 {
			a := h.ok("alice", "POST", "rooms.mediaConfirm/"+rid+"/"+said, map[string]any{"msg": "look"})
			if a.at("message.file._id") != said || a.at("message.msg") != "look" {
				t.Errorf("%s", a.text)
			}
		}
		if n := h.count(`SELECT count(*) FROM messages WHERE room_id = $1 AND t = ''`, rid); n != 1 {
			t.Errorf("%d messages", n)
		}
		for name, a := range map[string]answer{"somebody else's": h.call("boss", "POST", "rooms.mediaConfirm/"+rid+"/"+forgotten, map[string]any{}),
			"unknown": h.call("alice", "POST", "rooms.mediaConfirm/"+rid+"/x", map[string]any{})} {
			if a.status != 400 || a.at("errorType") != "error-invalid-file" {
				t.Errorf("%s: %d %s", name, a.status, a.text)
			}
		}
		h.clock.Advance(25 * time.Hour)
		h.settle()
		if got := h.stored(); len(got) != 1 || got[0] != "files/"+said {
			t.Errorf("left: %v", got)
		}
	})
}

// Our own widget: its secret in a header, links that open one file for a while, repeats that are harmless.
func TestOurOwnWidget(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		guest := h.ok("", "POST", "foyer/widget/visitor", map[string]any{"name": "Zoe"})
		secret := []string{"X-Foyer-Session", guest.at("session").(string)}
		room := h.send("POST", "/api/v1/foyer/widget/room", "application/json", []byte(`{}`), secret...)
		rid := room.at("room._id").(string)
		var link string
		for range 2 {
			a := h.upload("/api/v1/foyer/widget/upload?rid="+rid, secret, part{"file", "a.txt", "hello"}, part{"_id", "", "m1"})
			if a.status != 200 || a.at("message._id") != "m1" {
				t.Fatalf("%d %s", a.status, a.text)
			}
			link = a.at("message.attachments.0.title_link").(string)
		}
		if got := h.stored(); len(got) != 1 || h.count(`SELECT count(*) FROM messages WHERE id = 'm1'`) != 1 {
			t.Errorf("a repeat is stored: %v", got)
		}
		file := strings.Split(link, "/")[2]
		ask := func() answer { return h.send("GET", "/api/v1/foyer/widget/files/"+file, "", nil, secret...) }
		signed := ask().at("url").(string)
		if a := h.send("GET", signed, "", nil); a.text != "hello" {
			t.Errorf("%d %s", a.status, a.text)
		}
		h.set("FileUpload_json_web_token_secret_for_files", "our own")
		if a := h.send("GET", signed, "", nil); a.status != 403 {
			t.Errorf("signed by another secret: %d", a.status)
		}
		signed = ask().at("url").(string)
		if a := h.send("GET", signed[:len(signed)-2]+"xx", "", nil); a.status != 403 {
			t.Errorf("changed: %d", a.status)
		}
		h.clock.Advance(11 * time.Minute)
		if a := h.send("GET", signed, "", nil); a.status != 403 {
			t.Errorf("too old: %d", a.status)
		}
		h.visitor("eve")
		if a := h.send("GET", "/api/v1/foyer/widget/files/"+file, "", nil, "X-Foyer-Session", "eve"); a.status != 401 {
			t.Errorf("a stranger: %d", a.status)
		}
		var m struct{ Messages []json.RawMessage }
		all := h.send("GET", "/api/v1/foyer/widget/history?rid="+rid, "", nil, secret...)
		if err := json.Unmarshal([]byte(all.text), &m); err != nil || !strings.Contains(all.text, link) {
			t.Errorf("%v %s", err, all.text)
		}
	})
}
