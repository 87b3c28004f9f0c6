// Package outside has every feature that sends requests try to reach what it must not.
package outside

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/foyerchat/foyer/app"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/mailbox"
	"github.com/foyerchat/foyer/platform/testkit"
)

type object map[string]any

// use is a way to send a request to an address that somebody enters.
type use struct {
	file, name string // where it is made
	// ask sends it and says how that ended: with a code of platform/outbound, or "reached".
	ask func(h *house, address string) string
}

// uses are all of them: whoever adds one adds a row.
var uses = []use{
	{"features/webhooks/sender.go", "the CRM's webhook", func(h *house, address string) string {
		if !h.set("Livechat_webhookUrl", address) {
			return "invalid-url"
		}
		return h.tested("crm")
	}},
	{"features/webhooks/sender.go", "a further webhook", func(h *house, address string) string {
		var made struct {
			Webhook struct {
				ID string `json:"_id"`
			}
		}
		if h.call("boss", "POST", "foyer/webhooks", object{"name": "x", "url": address, "events": []string{"closed"}}, &made) != 200 {
			return "invalid-url"
		}
		defer h.call("boss", "DELETE", "foyer/webhooks/"+made.Webhook.ID, nil, nil)
		return h.tested(made.Webhook.ID)
	}},
	{"features/routing/external.go", "external routing", func(h *house, address string) string {
		if !h.set("Livechat_External_Queue_URL", address) {
			return "invalid-url"
		}
		h.log.Reset()
		h.call("", "GET", "livechat/room?token=asks", nil, nil)
		return h.logged()
	}},
	{"features/integrations/rdstation.go", "RD Station", func(h *house, address string) string {
		if !h.set("Livechat_RDStation_URL", address) {
			return "invalid-url"
		}
		i := slices.IndexFunc(h.inside.Jobs, func(k jobs.Kind) bool { return k.Name == "integrations.rdstation" })
		err := h.inside.Jobs[i].Run(h.t.Context(), jobs.Run{Attempt: 1, Payload: []byte(`{"client":"v","email":"a@example.org","name":"A"}`)})
		if err == nil {
			return "reached"
		}
		return code.FindString(strings.TrimPrefix(err.Error(), "not taken: "))
	}},
	{"features/integrations/identity.go", "identity check", func(h *house, address string) string {
		if !h.set("Livechat_identity_check_url", address) {
			return "invalid-url"
		}
		var asked struct{ Check struct{ Reason string } }
		if status := h.call("boss", "POST", "foyer/rooms/"+h.room+"/identity", object{}, &asked); status != 200 {
			h.t.Fatal("asked for an identity: ", status)
		}
		return reached(asked.Check.Reason)
	}},
	{"features/triggers/service.go", "a trigger's service", func(h *house, address string) string {
		var said struct{ Response string }
		h.call("boss", "POST", "livechat/triggers/external-service/test", object{"webhookUrl": address, "timeout": 3000, "fallbackMessage": "", "extraData": []any{}}, &said)
		return reached(said.Response)
	}},
	{"features/sms/media.go", "a file of a text message", func(h *house, address string) string {
		h.set("SMS_Service", "voxtelesys")
		h.log.Reset()
		if status := h.call("", "POST", "livechat/sms-incoming/voxtelesys?secret=hush", object{"from": "+1555", "to": "+1666", "body": "", "media": []string{address}}, nil); status != 200 {
			h.t.Fatal("texted: ", status)
		}
		return h.logged()
	}},
	{"features/sms/voxtelesys.go", "Voxtelesys", func(h *house, address string) string { return h.texted("voxtelesys", "SMS_Voxtelesys_URL", address) }},
	{"features/sms/mobex.go", "Mobex, one text", func(h *house, address string) string {
		h.set("SMS_Mobex_restful_address", "")
		return h.texted("mobex", "SMS_Mobex_gateway_address", address)
	}},
	{"features/sms/mobex.go", "Mobex, several texts", func(h *house, address string) string {
		h.set("SMS_Mobex_gateway_address", "")
		return h.texted("mobex", "SMS_Mobex_restful_address", address)
	}},
	{"features/messenger/graph.go", "Facebook", func(h *house, address string) string {
		if !h.set("Livechat_Facebook_Graph_URL", address) {
			return "invalid-url"
		}
		h.log.Reset()
		h.call("boss", "POST", "foyer/facebook/pages", object{"pageId": "1", "name": "x", "accessToken": "hush", "subscribed": true}, nil)
		defer h.exec(`DELETE FROM messenger_pages`)
		return h.logged()
	}},
	{"features/messenger/say.go", "a file from Messenger", func(h *house, address string) string {
		h.log.Reset()
		h.relayed(object{"attachments": []object{{"type": "image", "payload": object{"url": address}}}})
		return h.logged()
	}},
	{"platform/mail/send.go", "SMTP", func(h *house, address string) string {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || !h.set("SMTP_Host", u.Hostname()) || !h.set("SMTP_Port", u.Port()) {
			return "invalid-url" // a host's name is all that can be entered
		}
		h.set("SMTP_Protocol", map[bool]string{true: "smtps", false: "smtp"}[u.Scheme == "https"])
		var tried struct{ Error string }
		if status := h.call("boss", "POST", "foyer/mail.test", object{"to": "ann@example.com"}, &tried); status != 200 {
			h.t.Fatal("sent a test mail: ", status)
		}
		return reached(tried.Error)
	}},
	{"platform/mailbox/mailbox.go", "IMAP", func(h *house, address string) string {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return "invalid-url"
		}
		port, _ := strconv.Atoi(u.Port())
		box, err := mailbox.NewOpener(mailbox.Options{AllowPrivate: h.private}).Open(h.t.Context(), mailbox.Server{Host: u.Hostname(), Port: port, Secure: u.Scheme == "https"})
		if err == nil {
			box.Close()
			return "reached"
		}
		var why *mailbox.Error
		errors.As(err, &why)
		return reached(string(why.Code))
	}},
}

// house is a server whose events and jobs nobody runs, with a room that waits.
type house struct {
	t      *testing.T
	inside *app.Inside
	log    *bytes.Buffer
	room   string

	private bool // addresses of this network are allowed
}

func open(t *testing.T, private bool) *house {
	t.Helper()
	h := &house{t: t, log: &bytes.Buffer{}, private: private}
	c := app.Config{Storage: app.Storage{Data: t.TempDir(), Database: testkit.EmptyURL(t, db.SQLite)}, RateLimits: "off", Listen: "127.0.0.1:0", AllowPrivateOutbound: private}
	var err error
	if h.inside, err = app.NewInside(t.Context(), c, app.Options{Version: "test", Log: h.log, Clock: clock.System}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.inside.Close() })
	const later = 1 << 52
	for _, sql := range []string{
		`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ('boss', 'boss', 'boss', 'boss', 1, 1)`,
		`INSERT INTO user_roles (user_id, role) VALUES ('boss', 'admin'), ('boss', 'livechat-agent')`,
		`INSERT INTO agents (user_id, status_livechat, updated_at) VALUES ('boss', 'available', 1)`, // somebody is there, so that the service is asked for him
		fmt.Sprintf(`INSERT INTO presence (connection_id, user_id, session_id, status, expires_at) VALUES ('c', 'boss', 's', 'online', %d)`, int64(later)),
		fmt.Sprintf(`INSERT INTO sessions (id, user_id, token_hash, created_at, last_used_at, expires_at) VALUES ('s', 'boss', '%s', 1, 1, %d)`, id.Hash("t-boss"), int64(later)),
	} {
		h.exec(sql)
	}
	h.set("Livechat_secret_token", "hush")
	h.set("From_Email", "shop@example.org")
	h.set("Livechat_RDStation_Token", "hush")
	h.set("Livechat_identity_check_url", "http://example.org")
	h.set("Livechat_accept_chats_with_no_agents", true)
	var in struct{ Session string }
	h.call("", "POST", "foyer/widget/visitor", object{"name": "Ana"}, &in)
	var opened struct {
		Room struct {
			ID string `json:"_id"`
		}
	}
	h.as(in.Session, "foyer/widget/room", object{}, &opened)
	h.room = opened.Room.ID
	h.as(in.Session, "foyer/widget/identity", object{"rid": h.room, "custom": "session"}, nil)
	h.set("Livechat_Facebook_Enabled", true)
	h.set("Livechat_Facebook_API_Secret", "hush")
	h.relayed(object{"text": "hello"})
	h.set("SMS_Enabled", true)
	h.set("SMS_Service", "voxtelesys")
	h.set("SMS_Voxtelesys_authToken", "hush")
	h.set("SMS_Inbound_Secret", "hush")
	if status := h.call("", "POST", "livechat/sms-incoming/voxtelesys?secret=hush", object{"from": "+1555", "to": "+1666", "body": "hello"}, nil); status != 200 {
		t.Fatal("texted: ", status)
	}
	h.set("Livechat_accept_chats_with_no_agents", false)
	h.set("Livechat_Routing_Method", "External")
	h.call("", "POST", "livechat/visitor", object{"visitor": object{"token": "asks"}}, nil)
	return h
}

func (h *house) request(method, path string, body any, header map[string]string, answer any) int {
	h.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		h.t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(h.t.Context(), method, "/api/v1/"+path, bytes.NewReader(text))
	if method != "GET" {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.inside.API.ServeHTTP(w, r)
	if answer != nil {
		_ = json.Unmarshal(w.Body.Bytes(), answer)
	}
	if w.Code >= 500 {
		h.t.Error(method, path, w.Code, w.Body)
	}
	return w.Code
}

func (h *house) call(who, method, path string, body, answer any) int {
	h.t.Helper()
	header := map[string]string{}
	if who != "" {
		header = map[string]string{"X-Auth-Token": "t-" + who, "X-User-Id": who}
	}
	return h.request(method, path, body, header, answer)
}

func (h *house) as(session, path string, body, answer any) {
	h.t.Helper()
	if status := h.request("POST", path, body, map[string]string{"X-Foyer-Session": session}, answer); status != 200 {
		h.t.Fatal(path, status)
	}
}

// set changes a setting; false: it was refused.
func (h *house) set(id string, value any) bool {
	h.t.Helper()
	return h.call("boss", "POST", "settings/"+id, object{"value": value}, nil) == 200
}

// relayed has a gateway bring a message from Messenger.
func (h *house) relayed(m object) {
	h.t.Helper()
	m["page"], m["token"] = "1", "t"
	body, err := json.Marshal(m)
	if err != nil {
		h.t.Fatal(err)
	}
	sign := hmac.New(sha256.New, []byte("hush"))
	sign.Write(body)
	header := map[string]string{"X-Hub-Signature-256": "sha256=" + hex.EncodeToString(sign.Sum(nil))}
	if status := h.request("POST", "livechat/facebook", json.RawMessage(body), header, nil); status != 200 {
		h.t.Fatal("a message from Messenger: ", status)
	}
}

// texted hands a text over to a service at an address.
func (h *house) texted(service, setting, address string) string {
	h.t.Helper()
	if h.set("SMS_Service", service); !h.set(setting, address) {
		return "invalid-url"
	}
	h.exec(`DELETE FROM sms_outgoing`)
	h.exec(`INSERT INTO sms_outgoing (message_id, room_id, seq, state, attempts, due_at)
		SELECT m.id, m.room_id, m.seq, 'waiting', 0, 0 FROM messages m JOIN rooms r ON r.id = m.room_id WHERE r.source_type = 'sms' AND m.t = '' AND m.msg = 'hello'`)
	var room string
	if err := h.inside.DB.QueryRow(h.t.Context(), `SELECT room_id FROM sms_outgoing`).Scan(&room); err != nil {
		h.t.Fatal(err)
	}
	h.log.Reset()
	i := slices.IndexFunc(h.inside.Jobs, func(k jobs.Kind) bool { return k.Name == "sms.send" })
	if err := h.inside.Jobs[i].Run(h.t.Context(), jobs.Run{Key: room, Attempt: 1}); err != nil {
		h.t.Fatal(err)
	}
	return h.logged()
}

func (h *house) exec(sql string) {
	h.t.Helper()
	if err := h.inside.DB.InTx(h.t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(h.t.Context(), sql); return err }); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) tested(webhook string) string {
	h.t.Helper()
	var tested struct{ Attempt struct{ Error string } }
	if status := h.call("boss", "POST", "foyer/webhooks/"+webhook+"/test", object{}, &tested); status != 200 {
		h.t.Fatal("tested a webhook: ", status)
	}
	return reached(tested.Attempt.Error)
}

var (
	code   = regexp.MustCompile(`[a-z]+-[a-z-]+$`)
	inLogs = regexp.MustCompile(`outbound: ([a-z-]+)`)
)

func (h *house) logged() string {
	if found := inLogs.FindStringSubmatch(h.log.String()); found != nil {
		return found[1]
	}
	return reached(h.log.String())
}

// reached is a code of platform/outbound that something ended with, or "reached".
func reached(said string) string {
	if found := code.FindString(said); found != "" && found == said {
		return found
	}
	return "reached"
}

// victim is a server of this machine. It counts who comes, and does not wait for those
// who wait to be greeted.
func victim(t *testing.T, hits *atomic.Int64) (port string) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/redirect" {
			http.Redirect(w, r, "/secret", http.StatusFound)
		}
		if r.URL.Path == "/secret" {
			hits.Add(1000)
		}
	}))
	s.Config.ReadHeaderTimeout = 100 * time.Millisecond
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			hits.Add(1)
		}
	}
	s.Config.SetKeepAlivesEnabled(false) // every request is a new connection
	s.Start()
	t.Cleanup(s.Close)
	return s.URL[strings.LastIndex(s.URL, ":"):]
}

func TestNothingInwardIsReached(t *testing.T) {
	names := resolve(t)
	var hits atomic.Int64
	port := victim(t, &hits)
	h := open(t, false)
	for _, u := range uses {
		t.Run(u.name, func(t *testing.T) {
			begun := time.Now()
			for _, host := range slices.Concat(testkit.Inward, names) {
				for _, scheme := range []string{"http", "https"} {
					switch how := u.ask(h, scheme+"://"+host+port+"/"); how {
					case "address-forbidden", "name-not-resolved", "invalid-url":
					default:
						t.Errorf("%s://%s: %s", scheme, host, how)
					}
				}
			}
			for _, address := range []string{"file:///etc/passwd", "gopher://127.0.0.1" + port, "ftp://127.0.0.1" + port, "//127.0.0.1" + port, "unix:///var/run/x"} {
				if how := u.ask(h, address); how != "invalid-url" {
					t.Errorf("%s: %s", address, how)
				}
			}
			t.Log(time.Since(begun).Round(time.Millisecond))
		})
	}
	if hits.Load() != 0 {
		t.Error(hits.Load(), "requests arrived")
	}
}

// The same uses do arrive where private addresses are allowed, or the test above says
// nothing; they follow no redirect, and the metadata services stay closed.
func TestEveryUseCanReach(t *testing.T) {
	resolve(t)
	var hits atomic.Int64
	port := victim(t, &hits)
	h := open(t, true)
	for _, u := range uses {
		before := hits.Load()
		u.ask(h, "http://127.0.0.1"+port+"/")
		if hits.Load() == before {
			t.Errorf("%s %s sends nothing", u.file, u.name)
		}
		before = hits.Load()
		u.ask(h, "http://127.0.0.1"+port+"/redirect")
		if n := hits.Load() - before; n == 0 || n >= 1000 {
			t.Errorf("%s %s follows a redirect: %d", u.file, u.name, n)
		}
		for _, host := range []string{"169.254.169.254", "[fe80::1]", "metadata.test", "[::ffff:169.254.169.254]"} {
			if how := u.ask(h, "http://"+host+port); how != "address-forbidden" {
				t.Errorf("%s %s: %s: %s", u.file, u.name, host, how)
			}
		}
	}
}

// leaves is what makes a request or opens a connection to somewhere else.
var leaves = regexp.MustCompile(`outbound\.(Request\{|Dialer\(|New\()|\bhttp\.(Client|Transport)\{|\b(net|tls)\.(Dial\w*\(|Dialer\{)|\bsmtp\.(Dial|NewClient)`)

// elsewhere are files that connect without a row: to what the operator configures, not to
// what somebody enters, or for those that have one.
var elsewhere = []string{"app/features.go", "features/sms/twilio.go", "platform/outbound/outbound.go"}

// Every file that makes a request has its rows; a new one without fails here.
func TestEveryRequestIsTried(t *testing.T) {
	tried := map[string]bool{}
	root := os.DirFS("../..")
	for _, folder := range []string{"app", "chat", "cmd", "features", "platform", "web"} {
		err := fs.WalkDir(root, folder, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() && d.Name() == "node_modules" {
				return cmp.Or(err, fs.SkipDir)
			}
			if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "platform/testkit/") {
				return nil
			}
			text, err := fs.ReadFile(root, file)
			if found := leaves.FindString(sending(string(text))); found != "" {
				tried[file] = true
				if !slices.ContainsFunc(uses, func(u use) bool { return u.file == file }) && !slices.Contains(elsewhere, file) {
					t.Errorf("%s sends requests (%s) and has no row here", file, found)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, u := range uses {
		if !tried[u.file] {
			t.Errorf("%s sends nothing any more", u.file)
		}
	}
}

// sending is a file's text without what sends nothing: an empty request beside an error.
func sending(text string) string { return strings.ReplaceAll(text, "outbound.Request{}", "") }

func TestARequestWithoutARowIsNoticed(t *testing.T) {
	for _, text := range []string{`s.Outbound.Do(ctx, outbound.Request{URL: u})`, `outbound.Dialer(true).Dial("tcp", a)`, `c := &http.Client{}`, `net.DialTimeout("tcp", a, n)`, `d := net.Dialer{}`, `smtp.Dial(a)`, `tls.Dial("tcp", a, nil)`} {
		if !leaves.MatchString(text) {
			t.Error(text)
		}
	}
	if leaves.MatchString(sending("return outbound.Request{}, err")) {
		t.Error("nothing is sent")
	}
}
