package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/test/example"
	"github.com/foyerchat/foyer/test/people"
)

// webhooks.md 10: the page's value goes to the site, its answer to the agent, in both
// forms and with both examples; the visitor hears nothing of it.
func TestTheSiteSaysWhoItIs(t *testing.T) {
	h := example.Open(t, db.SQLite)
	h.Set("Livechat_secret_token", "hush")
	bob := h.Agent("bob")
	sites := map[string]string{"go": httptest.NewServer(newService("hush", "sess-0123456789abcdef=Ana:ana@example.org")).URL}
	if php, err := exec.LookPath("php"); err == nil {
		sites["php"] = serve(t, php)
	} else {
		t.Log("php is not installed")
	}
	for name, site := range sites {
		for _, form := range []string{"json", "form"} {
			t.Run(name+" "+form, func(t *testing.T) {
				h.Set("Livechat_identity_check_url", site)
				h.Set("Livechat_identity_check_format", form)
				v := h.Visitor("Vera")
				h.Opens(v)
				path := "/api/v1/foyer/rooms/" + string(v.Room.ID) + "/identity"
				claim := func(custom string) {
					t.Helper()
					if err := v.Claim(t.Context(), custom); err != nil {
						t.Fatal(err)
					}
				}
				claim("PHPSESSID=nobodyknows0123456")
				wantIdentity(t, h, bob, path, `[{"loggedIn":false,"fields":[]}]`)
				if name == "php" {
					claim("PHPSESSID=sess-0123456789abcdef")
				} else {
					claim("sess-0123456789abcdef")
				}
				wantIdentity(t, h, bob, path, `[{"loggedIn":true,"fields":[{"name":"name","value":"Ana"},{"name":"email","value":"ana@example.org"}]},{"loggedIn":false,"fields":[]}]`)
				var again struct{ Check struct{ By string } }
				h.Call(bob, "POST", path, map[string]any{}, &again)
				if again.Check.By != "bob" {
					t.Error(again)
				}
				if err := v.Close(t.Context()); err != nil {
					t.Fatal(err)
				}
			})
		}
	}
}

// wantIdentity waits until the agent reads what is wanted.
func wantIdentity(t *testing.T, h *example.House, a *people.Agent, path, want string) {
	t.Helper()
	got := ""
	h.Until("the agent does not read "+want+" but "+got, func() bool {
		var answer struct {
			Checks []struct {
				LoggedIn *bool
				Reason   string
				Fields   []struct{ Name, Value string }
			}
		}
		h.Call(a, "GET", path, nil, &answer)
		got = "["
		for i, c := range answer.Checks {
			if i > 0 {
				got += ","
			}
			if c.LoggedIn == nil {
				t.Fatalf("%+v", c)
			}
			got += fmt.Sprintf(`{"loggedIn":%t,"fields":[`, *c.LoggedIn)
			for j, f := range c.Fields {
				if j > 0 {
					got += ","
				}
				got += fmt.Sprintf(`{"name":%q,"value":%q}`, f.Name, f.Value)
			}
			got += "]}"
		}
		got += "]"
		return got == want
	})
}

// serve runs the PHP example on a session store in which Ana is signed in.
func serve(t *testing.T, php string) string {
	t.Helper()
	sessions := t.TempDir()
	stored := `user|a:2:{s:4:"name";s:3:"Ana";s:5:"email";s:15:"ana@example.org";}`
	if err := os.WriteFile(filepath.Join(sessions, "sess_sess-0123456789abcdef"), []byte(stored), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	c := exec.Command(php, "-d", "session.save_path="+sessions, "-S", address, "api_url.php")
	c.Env = append(os.Environ(), "FOYER_TOKEN=hush")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Process.Kill(); c.Wait() })
	client := http.Client{}
	for range 500 {
		if res, err := client.Get("http://" + address); err == nil {
			if res.Body.Close(); res.StatusCode != http.StatusForbidden {
				t.Error("a question without the token was answered")
			}
			return "http://" + address
		}
		people.Sleep(t.Context(), 10*time.Millisecond)
	}
	t.Fatal("php does not listen")
	return ""
}
