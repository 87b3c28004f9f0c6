package files

import (
	"strings"
	"testing"
)

// guest is a visitor of our own widget with an open chat.
func (h *house) guest(email string) (secret []string, rid string) {
	h.t.Helper()
	in := h.ok("", "POST", "foyer/widget/visitor", map[string]any{"name": "Zoe", "email": email})
	secret = []string{"X-Foyer-Session", in.at("session").(string)}
	return secret, h.asGuest(secret, "room", `{}`).at("room._id").(string)
}

func (h *house) asGuest(secret []string, path, body string) answer {
	h.t.Helper()
	return h.send("POST", "/api/v1/foyer/widget/"+path, "application/json", []byte(body), secret...)
}

// LC-UPL-1 to 4: guests and users are refused as visitors with a token are.
func TestEveryWayInRefusesAlike(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		secret, rid := h.guest("")
		other := h.visitor("ann")
		h.take("alice", rid)
		ways := map[string][]string{"foyer/widget/upload?rid=": secret, "rooms.upload/": user("alice"), "rooms.media/": user("alice")}
		text := part{"file", "a.txt", "eleven byte"}
		refused := func(status int, want string, parts ...part) {
			t.Helper()
			for way, who := range ways {
				room := rid
				if status == 403 {
					room = other
				}
				if a := h.upload("/api/v1/"+way+room, who, parts...); a.status != status || a.at("error") != want {
					t.Errorf("%s: %d %s, want %s", way, a.status, a.text, want)
				}
			}
		}
		refused(403, "unauthorized", text)
		refused(400, "Files of this type may not be sent [error-type-not-allowed]", part{"file", "a.svg", "<svg/>"})
		refused(400, "File required [error-no-file]", part{"description", "", "x"})
		refused(400, "The file is empty [error-file-empty]", part{"file", "a.txt", ""})
		refused(400, "Just 1 file is allowed [error-one-file]", text, text)
		refused(400, "The picture cannot be read [error-invalid-picture]", part{"file", "a.jpg", photo(20, 20, 1)[:300]})
		refused(400, "The picture has too many pixels [error-picture-too-large]", part{"file", "b.png", hugePNG()})
		h.set("FileUpload_MaxFileSize", 10)
		refused(400, "The file is too large [error-size-not-allowed]", text)
		h.set("FileUpload_MaxFileSize", -1)
		h.set("FileUpload_Enabled", false)
		refused(400, "File upload is off [error-file-upload-disabled]", text)
		if got := h.stored(); len(got) != 0 {
			t.Errorf("refused files stay: %v", got)
		}
	})
}

// LC-UPL-6: what is somebody else's is not told from what there is not, or is forbidden.
func TestAnothersFilesAndTranscripts(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		secret, rid := h.guest("zoe@example.com")
		strange, _ := h.guest("eve@example.com")
		h.take("alice", rid)
		sent := h.upload("/api/v1/foyer/widget/upload?rid="+rid, secret, part{"file", "a.txt", "x"})
		file := strings.Split(sent.at("message.attachments.0.title_link").(string), "/")[2]
		brought := h.upload("/api/v1/rooms.media/"+rid, user("alice"), part{"file", "b.txt", "x"}).at("file._id").(string)
		mail := func(who []string, rid string) answer { return h.asGuest(who, "transcript", `{"rid":"`+rid+`"}`) }
		none, nowhere := h.guest("")
		h.set("Foyer_transcripts_per_visitor", 1)
		if a := mail(secret, rid); a.status != 200 {
			t.Errorf("%d %s", a.status, a.text)
		}
		for name, c := range map[string]struct {
			answer
			status int
			text   string
		}{
			"another guest's link":           {h.send("GET", "/api/v1/foyer/widget/files/"+file, "", nil, strange...), 403, "unauthorized"},
			"an unknown file":                {h.send("GET", "/api/v1/foyer/widget/files/x", "", nil, secret...), 404, "File not found"},
			"another agent's brought file":   {h.call("bob", "POST", "rooms.mediaConfirm/"+rid+"/"+brought, map[string]any{}), 400, "Invalid file [error-invalid-file]"},
			"another guest's transcript":     {mail(strange, rid), 400, "Invalid visitor [error-invalid-visitor]"},
			"a transcript to no address":     {mail(none, nowhere), 400, "Invalid email address [error-invalid-email-address]"},
			"a second transcript of one":     {mail(secret, rid), 429, "Too many transcripts were sent; try again later [error-too-many-transcripts]"},
			"an agent outside asks for PDFs": {h.call("bob", "POST", "omnichannel/"+rid+"/request-transcript", nil), 400, "Invalid room [error-invalid-room]"},
		} {
			if c.answer.status != c.status || c.at("error") != c.text {
				t.Errorf("%s: %d %s, want %d %s", name, c.answer.status, c.answer.text, c.status, c.text)
			}
		}
	})
}
