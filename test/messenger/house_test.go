// Package messenger tests Facebook Messenger from Facebook's call to Facebook's API, in the
// whole server and on both engines. Facebook is a small server that speaks as the real one.
package messenger

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/foyerchat/foyer/test/house"
)

const (
	site     = "https://chat.example.org"
	secret   = "app-secret"
	callback = "/api/v1/livechat/facebook"
	page     = "1001"
	ann      = "2002"
	token    = "page-token"
)

// office is the server and Facebook; page is entered and known at Facebook.
type office struct {
	*house.House
	facebook *house.Receiver
	down     atomic.Int64 // the status that messages are answered with, if it is not 0
	said     atomic.Value // and the text
	busy     atomic.Int64 // how often files are not handed out
}

// pixel is a picture as Facebook keeps it.
const pixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"

func each(t *testing.T, test func(t *testing.T, o *office)) { eachWith(t, true, test) }

func eachWith(t *testing.T, private bool, test func(t *testing.T, o *office)) {
	house.Each(t, func(h *house.House) { h.Config.AllowPrivateOutbound = private }, func(t *testing.T, h *house.House) {
		o := &office{House: h, facebook: house.NewReceiver(t, "")}
		o.said.Store("")
		o.facebook.Answers(o.asked)
		o.Set("Site_Url", site)
		o.Set("Livechat_Facebook_Enabled", true)
		o.Set("Livechat_Facebook_API_Secret", secret)
		o.Set("Livechat_Facebook_Graph_URL", o.facebook.URL+"/v23.0/")
		o.enter(nil)
		test(t, o)
	})
}

// asked is Facebook's API, and where it keeps files.
func (o *office) asked(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasSuffix(r.URL.Path, "/messages") && o.down.Load() != 0:
		w.WriteHeader(int(o.down.Load()))
		fmt.Fprint(w, o.said.Load())
	case strings.HasSuffix(r.URL.Path, "/messages"):
		fmt.Fprint(w, `{"recipient_id":"2002","message_id":"m_1"}`)
	case strings.HasSuffix(r.URL.Path, "/subscribed_apps"):
		fmt.Fprint(w, `{"success":true}`)
	case r.URL.Path == "/v23.0/"+ann:
		fmt.Fprint(w, `{"first_name":"Ann","last_name":"Bee","profile_pic":"https://x.example/p.jpg","id":"2002"}`)
	case r.URL.Path == "/pixel.png" && o.busy.Add(-1) >= 0:
		w.WriteHeader(503)
	case r.URL.Path == "/pixel.png":
		fmt.Fprint(w, pixel)
	case r.URL.Path == "/moved":
		http.Redirect(w, r, "/pixel.png", http.StatusFound)
	case r.URL.Path == "/endless":
		w.Header().Set("Content-Type", "image/png")
		for range 26 << 4 {
			if _, err := w.Write(make([]byte, 64<<10)); err != nil {
				return
			}
		}
	case r.URL.Path == "/nothing":
	default:
		w.WriteHeader(404)
		fmt.Fprint(w, `{"error":{"message":"Unsupported get request.","type":"GraphMethodException","code":100,"fbtrace_id":"x"}}`)
	}
}

// refuses has Facebook answer messages so; 0: take them again.
func (o *office) refuses(status int64, text string) {
	o.said.Store(text)
	o.down.Store(status)
}

// enter enters the page, with changes.
func (o *office) enter(changes map[string]any) {
	o.T.Helper()
	o.OK("boss", "POST", "foyer/facebook/pages", with(map[string]any{"pageId": page, "name": "Shop", "accessToken": token}, changes))
}

func with(all, changes map[string]any) map[string]any {
	for name, v := range changes {
		all[name] = v
	}
	return all
}

func mac(of func() hash.Hash, body string) string {
	m := hmac.New(of, []byte(secret))
	m.Write([]byte(body))
	return hex.EncodeToString(m.Sum(nil))
}

func newer(body string) string { return "sha256=" + mac(sha256.New, body) }
func older(body string) string { return "sha1=" + mac(sha1.New, body) }

// tells is a call with the newer signature; nothing follows yet.
func (o *office) tells(body string) house.Answer {
	o.T.Helper()
	return o.Send("POST", callback, "application/json", body, "X-Hub-Signature-256", newer(body))
}

// told is a call that must be taken; everything that follows from it happens.
func (o *office) told(body string) {
	o.T.Helper()
	if a := o.tells(body); a.Status != 200 || a.Body["success"] != true {
		o.T.Fatalf("%d %s", a.Status, a.Text)
	}
	o.Settle()
}

// batch is what Facebook tells of a page.
func batch(of string, events ...string) string {
	return `{"object":"page","entry":[{"id":"` + of + `","time":1767268800000,"messaging":[` + strings.Join(events, ",") + `]}]}`
}

// by is an event of somebody's.
func by(who, what string) string {
	return `{"sender":{"id":"` + who + `"},"recipient":{"id":"` + page + `"},"timestamp":1767268800000,` + what + `}`
}

func text(mid, words string) string {
	b, _ := json.Marshal(words)
	return `"message":{"mid":"` + mid + `","text":` + string(b) + `}`
}

func attached(mid, words, kind, url string) string {
	b, _ := json.Marshal(words)
	return `"message":{"mid":"` + mid + `","text":` + string(b) + `,"attachments":[{"type":"` + kind + `","payload":{"url":"` + url + `"}}]}`
}

// rooms are all there are, the oldest first.
func (o *office) rooms() []string { return o.Texts(`SELECT id FROM rooms ORDER BY code`) }

// room is the newest one.
func (o *office) room() string {
	o.T.Helper()
	all := o.rooms()
	if len(all) == 0 {
		o.T.Fatal("there is no chat")
	}
	return all[len(all)-1]
}

// words are what was said in a room.
func (o *office) words(rid string) []string {
	return o.Texts(`SELECT msg FROM messages WHERE room_id = $1 AND t = '' ORDER BY seq`, rid)
}

// notices are what a room's agents are told of messages that did not leave.
func (o *office) notices(rid string) []string {
	return o.Texts(`SELECT msg FROM messages WHERE room_id = $1 AND t = 'foyer_undelivered' ORDER BY seq`, rid)
}

// attachments are those of a room's messages, as JSON.
func (o *office) attachments(rid string) string {
	return strings.Join(o.Texts(`SELECT extra FROM messages WHERE room_id = $1 AND t = '' ORDER BY seq`, rid), "\n")
}

// served is Ann's room, taken by alice.
func (o *office) served() string {
	o.T.Helper()
	o.told(batch(page, by(ann, text("m_hello", "hello"))))
	rid := o.room()
	o.Take("alice", rid)
	o.facebook.Got()
	return rid
}

// handed is what was handed over to people since it was asked last: page, token and body.
func (o *office) handed() (all []string) {
	for _, r := range o.facebook.Got() {
		if strings.HasSuffix(r.Path, "/messages") {
			all = append(all, r.Method+" "+r.Path+" "+r.Query.Get("access_token")+" "+r.Body)
		}
	}
	return all
}

// response is how Ann is handed a message within a day.
func response(message string) string {
	return `POST /v23.0/1001/messages page-token {"message":` + message + `,"messaging_type":"RESPONSE","recipient":{"id":"2002"}}`
}

// tagged is the same later.
func tagged(message string) string {
	return `POST /v23.0/1001/messages page-token {"message":` + message + `,"messaging_type":"MESSAGE_TAG","recipient":{"id":"2002"},"tag":"HUMAN_AGENT"}`
}

func same(got []string, want ...string) bool {
	return strings.Join(got, "\n") == strings.Join(want, "\n")
}
