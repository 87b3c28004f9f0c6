package files

import (
	"bytes"
	"encoding/xml"
	"image"
	"image/png"
	"io"
	"net/url"
	"strings"
	"testing"
)

const setAvatar = "/api/v1/users.setAvatar"

func (h *house) avatar(name string, headers ...string) answer {
	h.t.Helper()
	a := h.send("GET", "/avatar/"+name, "", nil, headers...)
	if a.status != 200 && a.status != 204 && a.status != 304 {
		h.t.Fatalf("%s: %d %s", name, a.status, a.text)
	}
	if got := a.header.Get("Content-Security-Policy"); got != "default-src 'none'; sandbox" {
		h.t.Errorf("%s: %q", name, got)
	}
	if a.header.Get("X-Content-Type-Options") != "nosniff" {
		h.t.Error("may be sniffed")
	}
	return a
}

func drawn(a answer) bool { return a.header.Get("Content-Type") == "image/svg+xml" }

// rocketchat-widget.md 1: /avatar/{name}.
func TestAUsersPictureIsCutCleanAndShown(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.exec(`UPDATE users SET name = 'Alice Weiß' WHERE id = 'alice'`)
		before := h.avatar("alice")
		if !drawn(before) {
			t.Fatalf("a picture before there is one: %s", before.text)
		}
		if a := h.upload(setAvatar, user("alice"), part{"image", "me.png", photo(900, 600, 6)}); a.status != 200 || a.at("success") != true {
			t.Fatalf("%d %s", a.status, a.text)
		}
		got := h.avatar("alice")
		img, kind, err := image.Decode(strings.NewReader(got.text))
		if err != nil || kind != "jpeg" || got.header.Get("Content-Type") != "image/jpeg" || img.Bounds().Dx() != 256 || img.Bounds().Dy() != 256 || strings.Contains(got.text, "GPS") {
			t.Fatalf("%v %s %v", err, kind, got.header)
		}
		if r, _, _, _ := img.At(250, 4).RGBA(); r>>8 > 60 { // upright: as the photo was turned, its left edge is on top
			t.Errorf("turned wrongly: red %d", r>>8)
		}
		for _, name := range []string{"ALICE", "Alice%20Wei%C3%9F", "uid/alice", "alice?format=png"} {
			if h.avatar(name).text != got.text {
				t.Errorf("%s has another picture", name)
			}
		}
		tag := got.header.Get("Etag")
		if a := h.avatar("alice", "If-None-Match", tag); a.status != 304 || a.text != "" {
			t.Errorf("known: %d", a.status)
		}
		for path, to := range map[string]string{"?username=alice": "/avatar/alice", "?userId=alice": "/avatar/uid/alice", "?username=a%2F..%2Fb%0d": "/avatar/a%2F..%2Fb%0D"} {
			if a := h.send("GET", "/api/v1/users.getAvatar"+path, "", nil); a.status != 307 || a.header.Get("Location") != to {
				t.Errorf("%s: %d %q", path, a.status, a.header.Get("Location"))
			}
		}
		faces := h.ok("bob", "GET", "foyer/console/faces", nil)
		if faces.at("faces.0._id") != "alice" || `"`+faces.at("faces.0.tag").(string)+`"` != tag {
			t.Errorf("%s %s", faces.text, tag)
		}

		// A small one stays as it is, one with holes keeps them.
		var b bytes.Buffer
		png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 40, 20)))
		if a := h.upload(setAvatar, user("alice"), part{"image", "me", b.String()}); a.status != 200 {
			t.Fatal(a.text)
		}
		next := h.avatar("alice", "If-None-Match", tag)
		if img, kind, err := image.Decode(strings.NewReader(next.text)); err != nil || kind != "png" || img.Bounds().Dx() != 20 {
			t.Errorf("%v %s", err, kind)
		}
		h.ok("alice", "POST", "users.resetAvatar", map[string]any{})
		if after := h.avatar("alice"); after.text != before.text {
			t.Error("the picture stays")
		}
	})
}

func TestAPictureGoesWithItsUser(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.upload(setAvatar, user("alice"), part{"image", "me.png", pngOf(300, 200)})
		h.upload(setAvatar, user("bob"), part{"image", "me.png", pngOf(200, 300)})
		h.ok("boss", "POST", "users.setActiveStatus", map[string]any{"userId": "bob", "activeStatus": false})
		if !drawn(h.avatar("bob")) || drawn(h.avatar("alice")) {
			t.Error("somebody who was sent away still shows, or nobody does")
		}
		h.ok("boss", "POST", "users.delete", map[string]any{"userId": "alice"})
		if n := h.count(`SELECT COUNT(*) FROM portraits WHERE user_id = 'alice'`); n != 0 || !drawn(h.avatar("alice")) {
			t.Errorf("%d pictures of nobody", n)
		}
	})
}

// LC-HID-6.
func TestHiddenAgentsShowNoPicture(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.upload(setAvatar, user("alice"), part{"image", "me.png", pngOf(300, 200)})
		h.set("Livechat_show_agent_info", false)
		for _, name := range []string{"alice", "uid/alice"} {
			if !drawn(h.avatar(name)) {
				t.Errorf("%s shows", name)
			}
		}
		if a := h.avatar("alice", "X-Auth-Token", "t-nobody", "X-User-Id", "nobody"); !drawn(a) {
			t.Error("wrong credentials show it")
		}
		if drawn(h.avatar("alice", user("bob")...)) {
			t.Error("colleagues do not see it")
		}
		if drawn(h.avatar("alice", "Cookie", "foyer_session=t-bob")) {
			t.Error("the console does not see it")
		}
	})
}

// An answer for a user without a picture is that for a stranger.
func TestInitialsForAnyName(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.exec(`UPDATE users SET name = 'Zora Quist' WHERE id = 'alice'`)
		for name, want := range map[string]string{
			"alice": "A", "Zora Quist": "ZQ", "nobody.here": "NH", "o'brien-smith": "OS", "": "?", "...": "?", "\u202e\u200b": "?", " ": "?", "Олена Шевченко": "ОШ",
			"李 小龍": "李小", "محمد علي": "مع", "🦊": "🦊", "<script>alert(1)</script>": "SS", `"><svg onload=x>`: "SO", "a&b </text> &amp;": "AA",
			"../../etc/passwd": "EP", strings.Repeat("Hubert ", 2000): "HH", "uid/nobody": "N", "e\u0301": "E",
		} {
			a := h.avatar(url.PathEscape(name))
			var words strings.Builder
			tokens := xml.NewDecoder(strings.NewReader(a.text))
			for {
				token, err := tokens.Token()
				if err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%.40q: %v in %s", name, err, a.text)
				}
				if e, ok := token.(xml.StartElement); ok && e.Name.Local != "svg" && e.Name.Local != "rect" && e.Name.Local != "text" {
					t.Errorf("%.40q makes a %s", name, e.Name.Local)
				}
				if text, ok := token.(xml.CharData); ok {
					words.Write(text)
				}
			}
			if !drawn(a) || words.String() != want {
				t.Errorf("%.40q: %q, want %q", name, words.String(), want)
			}
			if again := h.avatar(url.PathEscape(name), "If-None-Match", a.header.Get("Etag")); again.status != 304 {
				t.Errorf("%.40q: %d when known", name, again.status)
			}
			if none := h.avatar(url.PathEscape(name) + "?initials=false"); none.status != 204 || none.text != "" {
				t.Errorf("%.40q: %d without initials", name, none.status)
			}
		}
	})
}

// A display name stands for one user only, and never for who has it as username.
func TestADisplayNameOfTwoShowsNeither(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.upload(setAvatar, user("alice"), part{"image", "me.png", pngOf(300, 200)})
		h.exec(`UPDATE users SET name = 'Sam' WHERE id IN ('alice', 'bob')`)
		if !drawn(h.avatar("Sam")) {
			t.Error("one of two")
		}
		h.exec(`UPDATE users SET name = 'bob' WHERE id = 'alice'`)
		if !drawn(h.avatar("bob")) {
			t.Error("somebody else's username")
		}
	})
}

func TestWhoSetsWhosePicture(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.hire("root", "admin")
		h.ok("boss", "POST", "permissions.update", map[string]any{"permissions": []any{map[string]any{"_id": "edit-other-user-info", "roles": []string{"admin", "livechat-manager"}}}})
		h.hire("chief", "livechat-manager")
		me := part{"image", "me.png", pngOf(300, 200)}
		for _, c := range []struct {
			name, who string
			parts     []part
			want      int
			of        string
		}{
			{"one's own, by name", "alice", []part{{"username", "", "alice"}, me}, 200, "alice"},
			{"another's, without the right", "alice", []part{{"userId", "", "bob"}, me}, 403, "bob"},
			{"another's", "boss", []part{me, {"username", "", "bob"}}, 200, "bob"},
			{"an administrator's", "chief", []part{{"userId", "", "root"}, me}, 400, "root"},
			{"the system's", "boss", []part{{"username", "", "rocket.cat"}, me}, 400, "rocket.cat"},
			{"nobody's", "boss", []part{{"userId", "", "ghost"}, me}, 400, "ghost"},
		} {
			a := h.upload(setAvatar, user(c.who), c.parts...)
			if a.status != c.want || drawn(h.avatar(c.of)) != (c.want != 200) {
				t.Errorf("%s: %d %s", c.name, a.status, a.text)
			}
		}
		if a := h.upload(setAvatar, nil, me); a.status != 401 {
			t.Errorf("signed out: %d", a.status)
		}
		if a := h.call("alice", "POST", "users.resetAvatar", map[string]any{"username": "bob"}); a.status != 403 || drawn(h.avatar("bob")) {
			t.Errorf("taking another's away: %d", a.status)
		}
		h.ok("boss", "POST", "users.resetAvatar", map[string]any{"userId": "bob"})
		if !drawn(h.avatar("bob")) {
			t.Error("it stays")
		}
	})
}

func TestWhatIsNoPortrait(t *testing.T) {
	huge := []byte(pngOf(4, 4))
	copy(huge[16:], "\x00\x00\xff\xff\x00\x00\xff\xff")
	copy(huge[29:], crc(huge[12:29]))
	each(t, func(t *testing.T, h *house) {
		for code, parts := range map[string][]part{
			"error-invalid-picture":   {{"image", "a.png", `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`}},
			"error-no-file":           {{"userId", "", "alice"}},
			"error-one-file":          {{"file", "a.png", pngOf(3, 3)}},
			"error-size-not-allowed":  {{"image", "a.png", strings.Repeat("x", 10<<20+1)}},
			"error-picture-too-large": {{"image", "a.png", string(huge)}},
		} {
			if a := h.upload(setAvatar, user("alice"), parts...); a.status != 400 || a.at("errorType") != code {
				t.Errorf("%s: %d %s", code, a.status, a.text)
			}
		}
		if a := h.call("alice", "POST", "users.setAvatar", map[string]any{"avatarUrl": "http://127.0.0.1/"}); a.status != 400 {
			t.Errorf("by address: %d", a.status)
		}
		if !drawn(h.avatar("alice")) {
			t.Error("something was kept")
		}
	})
}
