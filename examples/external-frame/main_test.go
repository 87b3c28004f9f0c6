package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/test/example"
)

// webhooks.md 4: the page learns who looks at what; its token ends with the sign-in.
func TestThePageKnowsWhoLooks(t *testing.T) {
	h := example.Open(t, db.SQLite)
	bob := h.Agent("bob")
	v := h.Visitor("<Vera>")
	h.Opens(v)
	var made struct{ Key string }
	h.Call(h.Boss, "POST", "/api/v1/foyer/external-frame/key", nil, &made)
	p, err := newPage(h.URL, made.Key)
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(p)
	defer site.Close()
	h.Set("Omnichannel_External_Frame_Enabled", true)
	h.Set("Omnichannel_External_Frame_URL", site.URL+"/panel?tenant=1")
	var frame struct{ URL string }
	h.Call(bob, "POST", "/api/v1/foyer/rooms/"+string(v.Room.ID)+"/frame", nil, &frame)
	open := func(address string) (int, string) {
		t.Helper()
		res, err := http.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, _ := io.ReadAll(res.Body)
		return res.StatusCode, string(b)
	}
	if status, body := open(frame.URL); status != 200 || !strings.Contains(body, "Hello bob") || !strings.Contains(body, "&lt;Vera&gt;") || !strings.Contains(frame.URL, "tenant=1&") {
		t.Fatal(status, body, frame.URL)
	}
	u, _ := url.Parse(frame.URL)
	q := u.Query()
	q.Set("uid", string(h.Boss.User))
	u.RawQuery = q.Encode()
	if status, _ := open(u.String()); status != 403 {
		t.Error("somebody else's token:", status)
	}
	if status, _ := open(site.URL + "/?t=x"); status != 403 {
		t.Error("no token:", status)
	}
	h.Call(bob, "POST", "/api/v1/logout", map[string]any{}, nil)
	if status, _ := open(frame.URL); status != 403 {
		t.Error("after the agent signed out:", status)
	}
}
